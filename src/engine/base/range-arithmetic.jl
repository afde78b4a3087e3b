# What can be known of a range without running through it, and arithmetic that gives ranges again.

function ==(r::AbstractRange, s::AbstractRange)
    length(r) == length(s) || return false
    isempty(r) || (first(r) == first(s) && last(r) == last(s) && (length(r) == 1 || __item(r, 1) == __item(s, 1)))
end
reverse(r::OrdinalRange) = last(r):-step(r):first(r)
reverse(r::StepRangeLen) = __step_range(r.stop, -r.step, r.start, r.len, r.n0 + (r.len - 1) * r.n1, -r.n1, r.den)
reverse(r::LinRange) = LinRange(r.stop, r.start, r.len)
minimum(r::AbstractRange) = isempty(r) ? __argument_error("range must be non-empty") : min(first(r), last(r))
maximum(r::AbstractRange) = isempty(r) ? __argument_error("range must be non-empty") : max(first(r), last(r))
extrema(r::AbstractRange) = (minimum(r), maximum(r))
"The whole of what is added to the first element does not pass what the sum fits in."
function sum(r::AbstractRange{<:Integer})
    n = length(r)
    n * first(r) + (iseven(n) ? step(r) * (n - 1) * (n >> 1) : step(r) * n * ((n - 1) >> 1))
end
sum(r::AbstractRange{Bool}) = count(r)
function sum(r::StepRangeLen{T}) where {T<:IEEEFloat}
    n = r.len
    steps = div(n * (n - 1), 2)
    r.den < 0 ? T(n) * (r.start / 2 + r.stop / 2) : __snapped(T(n) * r.start, T(steps) * r.step, n * r.n0 + steps * r.n1, r.den)
end
in(x::Integer, r::AbstractUnitRange{<:Integer}) = first(r) <= x && x <= last(r)
in(x::Real, r::OrdinalRange{<:Integer}) = !isempty(r) && isinteger(x) && minimum(r) <= x && x <= maximum(r) && iszero(rem(x - first(r), step(r)))
copy(r::AbstractRange) = r
sort(r::AbstractUnitRange) = r
sort(r::AbstractRange) = step(r) < zero(step(r)) ? reverse(r) : r
issorted(r::AbstractUnitRange) = true
allunique(r::AbstractRange) = length(r) <= 1 || !iszero(step(r))
unique(r::AbstractRange) = allunique(r) ? collect(r) : collect(r)[1:1]
float(r::AbstractUnitRange) = __range_from(float(first(r)), length(r), float(step(r)))
float(r::AbstractRange{<:AbstractFloat}) = r
intersect(r::OneTo, s::OneTo) = OneTo(min(last(r), last(s)))
intersect(r::AbstractUnitRange{<:Integer}, s::AbstractUnitRange{<:Integer}) = max(first(r), first(s)):min(last(r), last(s))
function intersect(r::OrdinalRange{<:Integer}, s::OrdinalRange{<:Integer})
    step(r) < 0 && return reverse(intersect(reverse(r), s))
    step(s) < 0 && return intersect(r, reverse(s))
    by = lcm(step(r), step(s))
    at = first(r)
    while at <= last(r) && (at < first(s) || rem(at - first(s), step(s)) != 0)
        at += step(r)
    end
    at:by:min(last(r), last(s))
end
promote_rule(::Type{UnitRange{T}}, ::Type{OneTo{T}}) where {T} = UnitRange{T}
promote_rule(::Type{UnitRange{T}}, ::Type{UnitRange{S}}) where {T,S} = UnitRange{promote_type(T, S)}
promote_rule(::Type{OneTo{T}}, ::Type{OneTo{S}}) where {T,S} = OneTo{promote_type(T, S)}
promote_rule(::Type{StepRange{T,A}}, ::Type{StepRange{S,B}}) where {T,A,S,B} = StepRange{promote_type(T, S),promote_type(A, B)}
promote_rule(::Type{StepRange{T,A}}, ::Type{R}) where {T,A,R<:AbstractUnitRange} = StepRange{promote_type(T, eltype(R)),promote_type(A, eltype(R))}
convert(::Type{StepRange{T,S}}, r::StepRange{T,S}) where {T,S} = r
convert(::Type{StepRange{T,S}}, r::AbstractRange) where {T,S} = StepRange{T,S}(r)
convert(::Type{UnitRange{T}}, r::AbstractUnitRange) where {T} = UnitRange{T}(first(r), last(r))

# Arithmetic that gives ranges again.
-(r::OrdinalRange) = -first(r):-step(r):-last(r)
-(r::StepRangeLen) = __step_range(-r.start, -r.step, -r.stop, r.len, -r.n0, -r.n1, r.den)
-(r::LinRange) = __lin_range(-r.start, -r.stop, r.len)
*(x::Number, r::AbstractRange) = broadcasted(*, x, r)
*(r::AbstractRange, x::Number) = broadcasted(*, r, x)
/(r::AbstractRange, x::Number) = broadcasted(/, r, x)
\(x::Number, r::AbstractRange) = r / x
+(r::AbstractRange, s::AbstractRange) = (__same_size(r, s); __added(first(r) + first(s), step(r) + step(s), length(r)))
-(r::AbstractRange, s::AbstractRange) = (__same_size(r, s); __added(first(r) - first(s), step(r) - step(s), length(r)))

"`n` values from `a` on, by steps that may be 0."
__added(a, s, n) = __range_of(promote(a, s)..., n)
__scaled(x::Number, r::AbstractRange) = __added(x * first(r), x * step(r), length(r))
"The parts of a float range in exact fractions stay exact when they are moved or scaled by a short decimal."
function __scaled(x::Union{Integer,AbstractFloat}, r::StepRangeLen{T}) where {T<:IEEEFloat}
    p, q = r.den <= 0 ? (0, 0) : __ratio(Float64(x))
    start, step = promote(x * r.start, x * r.step)
    fits = q != 0 && abs(p) < 1048576 && q < 1048576 && abs(r.n0) < 1048576 && abs(r.n1) * r.len < 1048576 && r.den < 1048576
    fits ? __step_range(start, step, x * r.stop, r.len, p * r.n0, p * r.n1, q * r.den) : __step_range(start, step, x * r.stop, r.len, 0, 0, min(r.den, 0))
end
__scaled(x::Number, r::LinRange) = __lin_range(x * r.start, x * r.stop, r.len)
__divided(r::AbstractRange, x) = __added(first(r) / x, step(r) / x, length(r))
__divided(r::LinRange, x) = __lin_range(r.start / x, r.stop / x, r.len)
__moved(r::AbstractRange, x) = __added(first(r) + x, step(r), length(r))
__moved(r::AbstractUnitRange{<:Integer}, x::Integer) = first(r)+x:last(r)+x
__moved(r::StepRange{<:Integer,<:Integer}, x::Integer) = first(r)+x:step(r):last(r)+x
function __moved(r::StepRangeLen{<:IEEEFloat}, x)
    r.den >= 0 && return __added(first(r) + x, step(r), length(r))
    start, by = promote(r.start + x, r.step)
    __step_range(start, by, r.stop + x, r.len, 0, 0, -1)
end
__moved(r::LinRange, x) = __lin_range(r.start + x, r.stop + x, r.len)
__mirrored(x, r::AbstractRange) = __added(x - first(r), -step(r), length(r))
__mirrored(x::Integer, r::OrdinalRange{<:Integer,<:Integer}) = x-first(r):-step(r):x-last(r)
__mirrored(x, r::LinRange) = __lin_range(x - r.start, x - r.stop, r.len)
broadcasted(::typeof(-), r::AbstractRange) = -r
broadcasted(::typeof(+), r::AbstractRange) = r
broadcasted(::typeof(+), r::AbstractRange{<:Real}, x::Real) = __moved(r, x)
broadcasted(::typeof(+), x::Real, r::AbstractRange{<:Real}) = __moved(r, x)
broadcasted(::typeof(-), r::AbstractRange{<:Real}, x::Real) = __moved(r, -x)
broadcasted(::typeof(-), x::Real, r::AbstractRange{<:Real}) = __mirrored(x, r)
broadcasted(::typeof(*), r::AbstractRange{<:Number}, x::Number) = __scaled(x, r)
broadcasted(::typeof(*), x::Number, r::AbstractRange{<:Number}) = __scaled(x, r)
broadcasted(::typeof(/), r::AbstractRange{<:Number}, x::Number) = __divided(r, x)
broadcasted(::typeof(\), x::Number, r::AbstractRange{<:Number}) = __divided(r, x)
broadcasted(::typeof(+), r::AbstractRange{<:Real}, s::AbstractRange{<:Real}) = r + s
broadcasted(::typeof(-), r::AbstractRange{<:Real}, s::AbstractRange{<:Real}) = r - s

# Ranges: vectors whose elements are computed.

"1, 2, …, stop."
struct OneTo{T<:Integer} <: AbstractUnitRange{T}
    stop::T
    OneTo{T}(n) where {T<:Integer} = new{T}(n < 0 ? zero(T) : convert(T, n))
end
OneTo(n::T) where {T<:Integer} = OneTo{T}(n)
"start, start + 1, …, stop; an empty one ends just before its start."
struct UnitRange{T<:Real} <: AbstractUnitRange{T}
    start::T
    stop::T
    UnitRange{T}(a, b) where {T<:Real} = new{T}(a, b < a ? a - one(T) : b)
end
UnitRange(a::T, b::T) where {T<:Real} = UnitRange{T}(a, b)
UnitRange(r::AbstractUnitRange{T}) where {T} = UnitRange{T}(first(r), last(r))
"start, start + step, … up to the last one that does not pass stop."
struct StepRange{T,S} <: OrdinalRange{T,S}
    start::T
    step::S
    stop::T
    StepRange{T,S}(a, s, b) where {T,S} = new{T,S}(a, s, __range_end(a, s, b))
end
StepRange(a::T, s::S, b::T) where {T,S} = StepRange{T,S}(a, s, b)
function __range_end(a, s, b)
    iszero(s) && __argument_error("step cannot be zero")
    (s > zero(s)) != (b > a) && b != a && return a - oftype(a, s > zero(s) ? one(s) : -one(s))
    a + div(b - a, s) * s
end
"""
Evenly spaced floats. Elements are start + k step; when the ends and the step are short decimals, `(n0 + k n1) / den` in whole
numbers says how the exact value rounds (`den` is 0 otherwise).
"""
struct StepRangeLen{T} <: AbstractRange{T}
    start::T
    step::T
    stop::T
    len::Int64
    n0::Int64
    n1::Int64
    den::Int64
end
"As `StepRangeLen`, by interpolation between its ends."
struct LinRange{T,L} <: AbstractRange{T}
    start::T
    stop::T
    len::L
end
LinRange(a::Real, b::Real, n::Integer) = __lin_range(promote(float(a), float(b))..., Int64(n))
__lin_range(a::T, b::T, n::Int64) where {T} = LinRange{T,Int64}(a, b, n)

(::Colon)(a::Int64, b::Int64) = UnitRange{Int64}(a, b)
(::Colon)(a::T, b::T) where {T<:Integer} = UnitRange{T}(a, b)
(::Colon)(a::T, b::T) where {T<:Real} = a:one(a):b
(::Colon)(a::Real, b::Real) = (:)(promote(a, b)...)
(::Colon)(a::T, s::T, b::T) where {T<:Integer} = StepRange{T,T}(a, s, b)
(::Colon)(a::T, s::T, b::T) where {T<:AbstractFloat} = __float_range(a, s, b)
(::Colon)(a::T, s::T, b::T) where {T<:Real} = StepRange{T,T}(a, s, b)
(::Colon)(a::Real, s::Real, b::Real) = (:)(promote(a, s, b)...)
(::Colon)(a::Char, b::Char) = StepRange{Char,Int64}(a, 1, b)
(::Colon)(a::Char, s::Integer, b::Char) = StepRange{Char,Int64}(a, Int64(s), b)

length(r::OneTo) = __raw(r.stop)
length(r::UnitRange{Int64}) = r.stop - r.start + 1
length(r::UnitRange) = __raw(r.stop) - __raw(r.start) + 1
length(r::StepRange) = __steps(r.start, r.step, r.stop)
__steps(a, s, b) = (s > zero(s)) == (b >= a) || a == b ? Int64(div(b - a, s)) + 1 : 0
length(r::StepRangeLen) = r.len
length(r::LinRange) = r.len
size(r::AbstractRange) = (length(r),)
isempty(r::AbstractRange) = length(r) == 0
first(r::OneTo{T}) where {T} = one(T)
first(r::AbstractRange) = r.start
last(r::AbstractRange) = r.stop
last(r::Union{StepRangeLen,LinRange}) = r.stop
step(r::AbstractUnitRange{T}) where {T} = one(T)
step(r::StepRange) = r.step
step(r::StepRangeLen) = r.step
step(r::LinRange) = (r.stop - r.start) / max(r.len - 1, 1)
__get(r::OneTo{T}, i::Int64) where {T} = convert(T, i)
__get(r::UnitRange{Int64}, i::Int64) = r.start + (i - 1)
__get(r::UnitRange{T}, i::Int64) where {T} = convert(T, r.start + (i - 1))
__get(r::StepRange{T}, i::Int64) where {T} = convert(T, r.start + (i - 1) * r.step)
__get(r::LinRange{T}, i::Int64) where {T} = __lerp(r.start, r.stop, i - 1, r.len - 1)
function __get(r::StepRangeLen{T}, i::Int64) where {T}
    i == 1 ? r.start : i == r.len ? r.stop : __snapped(r.start + T(i - 1) * r.step, r.n0 + (i - 1) * r.n1, r.den)
end
__item(r::AbstractRange, k::Int64) = __get(r, k + 1)
__item(r::OneTo{Int64}, k::Int64) = k + 1
__item(r::UnitRange{Int64}, k::Int64) = r.start + k
getindex(r::AbstractRange, i::Int64) = 1 <= i && i <= length(r) ? __get(r, i) : __out_of_bounds(r, i)
getindex(r::AbstractRange, ::Colon) = r
getindex(r::AbstractUnitRange{<:Integer}, s::AbstractUnitRange{<:Integer}) = isempty(s) ? (first(r):first(r)-1) : (r[first(s)]:r[last(s)])
getindex(r::AbstractUnitRange{<:Integer}, s::StepRange) = StepRange(r[first(s)], oftype(first(r), s.step), r[last(s)])

"`a + t (b - a)` with t = k / n, exact at both ends."
function __lerp(a, b, k::Int64, n::Int64)
    n == 0 && return a
    t = k / n
    oftype(a, (1 - t) * a + t * b)
end
"`x` moved to the float nearest num / den, by whole units in the last place, so that its derivative stays that of `x`."
function __snapped(x::Float64, num::Int64, den::Int64)
    den == 0 && return x
    u = eps(x)
    x + Float64(Intrinsics.i64_trunc_f64((Float64(num) / Float64(den) - x) / u)) * u
end
__snapped(x::T, num::Int64, den::Int64) where {T<:NarrowFloat} = T(__snapped(Float64(x), num, den))

__snapped(x::Integer, num::Int64, den::Int64) = x

"A fraction of small whole numbers that is exactly `x`, as `(num, den)`, or `(0, 0)`."
function __ratio(x::Float64)
    (!isfinite(x) || abs(x) > 1.0e9) && return (0, 0)
    y = x
    a, b, c, d = 1, 0, 0, 1
    for _ in 1:20
        f = Intrinsics.i64_trunc_f64(Intrinsics.f64_floor(y))
        y = y - Float64(f)
        a, c = f * a + c, a
        b, d = f * b + d, b
        (abs(a) > 16777216 || b > 16777216) && return (0, 0)
        Float64(a) / Float64(b) == x && return (a, b)
        y == 0.0 && return (0, 0)
        y = 1.0 / y
        y > 1.0e9 && return (0, 0)
    end
    (0, 0)
end
"`(n0, n1, den)` with a = n0 / den and s = n1 / den, or `den` 0."
function __common_ratio(a::Float64, s::Float64)
    n0, d0 = __ratio(a)
    n1, d1 = __ratio(s)
    (d0 == 0 || d1 == 0) && return (0, 0, 0)
    d = lcm(d0, d1)
    d > 1000000000 && return (0, 0, 0)
    (n0 * div(d, d0), n1 * div(d, d1), d)
end
function __float_range(a::T, s::T, b::T) where {T}
    iszero(s) && __argument_error("range step cannot be zero")
    n0, n1, den = __common_ratio(__decimal(a), __decimal(s))
    q = (__decimal(b) - __decimal(a)) / __decimal(s)
    # A last element that rounding alone would lose still counts.
    len = q < 0 ? 0 : Int64(floor(q * (1 + 3 * eps(Float64)))) + 1
    stop = len == 0 ? a - s : __snapped(a + T(len - 1) * s, n0 + (len - 1) * n1, den)
    StepRangeLen{T}(a, s, stop, len, n0, n1, den)
end
__decimal(x::Float64) = x
__decimal(x::AbstractFloat) = Float64(x)

"Evenly spaced values from what is given of start, stop, length and step."
range(a, b; length=nothing, step=nothing) = __range(a, b, length, step)
range(a, b, n::Integer) = __range(a, b, n, nothing)
range(a; stop=nothing, length=nothing, step=nothing) = stop === nothing ? __range_from(a, length, step) : __range(a, stop, length, step)
range(n::Integer) = OneTo(n)
range(; start=1, stop=nothing, length=nothing, step=nothing) = range(start; stop=stop, length=length, step=step)
__range(a, b, ::Nothing, ::Nothing) = a:b
__range(a, b, ::Nothing, step) = a:step:b
function __range(a, b, n::Integer, ::Nothing)
    x, y = promote(float(a), float(b))
    __spaced(x, y, Int64(n))
end
function __spaced(a::T, b::T, n::Int64) where {T}
    n < 0 && __argument_error("range(", a, ", stop=", b, ", length=", n, "): negative length")
    n == 1 && a != b && __argument_error("range(", a, ", stop=", b, ", length=", n, "): endpoints differ")
    n <= 1 && return StepRangeLen{T}(a, zero(T), b, n, 0, 0, 0)
    m = n - 1
    n0, d0 = __ratio(__decimal(a))
    n1, d1 = __ratio(__decimal(b))
    step = (b - a) / T(m)
    (d0 == 0 || d1 == 0 || m > 1000000) && return StepRangeLen{T}(a, step, b, n, 0, 0, 0)
    d = lcm(d0, d1)
    d > 1000000 && return StepRangeLen{T}(a, step, b, n, 0, 0, 0)
    p, q = n0 * div(d, d0), n1 * div(d, d1)
    (abs(p) > 1000000000 || abs(q) > 1000000000) && return StepRangeLen{T}(a, step, b, n, 0, 0, 0)
    StepRangeLen{T}(a, step, b, n, p * m, q - p, d * m)
end
__range_from(a, n::Integer, ::Nothing) = a:oftype(a, a + n - 1)
__range_from(a::Integer, n::Integer, step::Integer) = a:step:(a+(n-1)*step)
function __range_from(a, n::Integer, step)
    x, s = promote(float(a), float(step))
    n0, n1, den = __common_ratio(__decimal(x), __decimal(s))
    T = typeof(x)
    StepRangeLen{T}(x, s, __snapped(x + T(n - 1) * s, n0 + (n - 1) * n1, den), n, n0, n1, den)
end

function ==(r::AbstractRange, s::AbstractRange)
    length(r) == length(s) || return false
    isempty(r) || (first(r) == first(s) && last(r) == last(s) && (length(r) == 1 || r[2] == s[2]))
end
reverse(r::OrdinalRange) = isempty(r) ? r : (last(r):-step(r):first(r))
reverse(r::StepRangeLen{T}) where {T} = StepRangeLen{T}(r.stop, -r.step, r.start, r.len, r.n0 + (r.len - 1) * r.n1, -r.n1, r.den)
reverse(r::LinRange) = LinRange(r.stop, r.start, r.len)
minimum(r::AbstractRange) = isempty(r) ? __argument_error("range must be non-empty") : min(first(r), last(r))
maximum(r::AbstractRange) = isempty(r) ? __argument_error("range must be non-empty") : max(first(r), last(r))
extrema(r::AbstractRange) = (minimum(r), maximum(r))
sum(r::AbstractUnitRange{<:Integer}) = div(length(r) * (first(r) + last(r)), 2)
in(x::Integer, r::AbstractUnitRange{<:Integer}) = first(r) <= x && x <= last(r)
in(x::Real, r::OrdinalRange{<:Integer}) = !isempty(r) && isinteger(x) && minimum(r) <= x && x <= maximum(r) && iszero(rem(x - first(r), step(r)))
copy(r::AbstractRange) = r
sort(r::AbstractUnitRange) = r
issorted(r::AbstractUnitRange) = true
-(r::OrdinalRange) = -first(r):-step(r):-last(r)
-(r::StepRangeLen{T}) where {T} = StepRangeLen{T}(-r.start, -r.step, -r.stop, r.len, -r.n0, -r.n1, r.den)
+(r::UnitRange{Int64}, x::Int64) = UnitRange{Int64}(r.start + x, r.stop + x)
intersect(r::AbstractUnitRange{<:Integer}, s::AbstractUnitRange{<:Integer}) = max(first(r), first(s)):min(last(r), last(s))
promote_rule(::Type{UnitRange{T}}, ::Type{OneTo{T}}) where {T} = UnitRange{T}
convert(::Type{UnitRange{T}}, r::AbstractUnitRange) where {T} = UnitRange{T}(first(r), last(r))

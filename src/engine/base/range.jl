# Ranges: vectors whose elements are computed.

"1, 2, …, stop."
struct OneTo{T<:Integer} <: AbstractUnitRange{T}
    stop::T
    OneTo{T}(n) where {T<:Integer} = new{T}(n < 0 ? zero(T) : convert(T, n))
    function OneTo{T}(r::AbstractRange) where {T<:Integer}
        isempty(r) || first(r) == 1 || __argument_error("first element must be 1, got ", first(r))
        isempty(r) || step(r) == 1 || __argument_error("step must be 1, got ", step(r))
        new{T}(max(zero(T), convert(T, last(r))))
    end
end
OneTo(r::AbstractRange{T}) where {T<:Integer} = OneTo{T}(r)
OneTo(n::T) where {T<:Integer} = OneTo{T}(n)
"start, start + 1, …, stop; an empty one ends just before its start."
struct UnitRange{T<:Real} <: AbstractUnitRange{T}
    start::T
    stop::T
    UnitRange{T}(a, b) where {T<:Real} = new{T}(a, b < a ? a - one(T) : b)
end
UnitRange(a::T, b::T) where {T<:Real} = UnitRange{T}(a, b)
UnitRange(r::AbstractRange{T}) where {T<:Real} = UnitRange{T}(r)
function UnitRange{T}(r::AbstractRange) where {T<:Real}
    isempty(r) || isone(step(r)) || __argument_error("step of range must be 1 to convert to a UnitRange")
    UnitRange{T}(convert(T, first(r)), convert(T, last(r)))
end
"start, start + step, … up to the last one that does not pass stop."
struct StepRange{T,S} <: OrdinalRange{T,S}
    start::T
    step::S
    stop::T
    StepRange{T,S}(a, s, b) where {T,S} = new{T,S}(a, s, __range_end(a, s, b))
end
StepRange(a::T, s::S, b::T) where {T,S} = StepRange{T,S}(a, s, b)
StepRange(a, s, b) = ((x, y) = promote(a, b); StepRange(x, s, y))
StepRange(r::AbstractUnitRange{T}) where {T} = StepRange{T,T}(first(r), step(r), last(r))
StepRange{T,S}(r::AbstractRange) where {T,S} = StepRange{T,S}(convert(T, first(r)), convert(S, step(r)), convert(T, last(r)))
function __range_end(a, s, b)
    iszero(s) && __argument_error("step cannot be zero")
    (s > zero(s)) != (b > a) && b != a && return a - oftype(a, s > zero(s) ? one(s) : -one(s))
    a + div(b - a, s) * s
end
"""
Evenly spaced floats. Elements are start + k step; when the ends and the step are short decimals, `(n0 + k n1) / den` in whole
numbers says how the exact value rounds. Otherwise `den` is 0, or -1 for elements that are between the ends: start + k (stop - start) /
(len - 1).
"""
struct StepRangeLen{T,R,S,L<:Integer} <: AbstractRange{T}
    start::T
    step::T
    stop::T
    len::Int64
    n0::Int64
    n1::Int64
    den::Int64
end
StepRangeLen(start, step, len::Integer, offset::Integer=1) = __step_range(start - (offset - 1) * step, step, Int64(len))
StepRangeLen{T}(start, step, len::Integer, offset::Integer=1) where {T} =
    __step_range(convert(T, start - (offset - 1) * step), convert(T, step), Int64(len))
StepRangeLen(r::AbstractRange) = __range_of(promote(first(r), step(r))..., Int64(length(r)))
StepRangeLen{T}(r::AbstractRange) where {T} = __range_of(convert(T, first(r)), convert(T, step(r)), Int64(length(r)))
"How Julia holds the parts of a float range; here it only names the type."
struct TwicePrecision{T} end
__reference_type(::Type{T}) where {T} = T
__reference_type(::Type{Float64}) = TwicePrecision{Float64}
__reference_type(::Type{<:__NarrowFloat}) = Float64
__step_range(start::T, step::T, len::Int64) where {T} = __step_range(start, step, __step_at(start, step, len - 1), len, 0, 0, 0)
"`start + k step`, of narrow floats rounded once."
__step_at(start, step, k::Int64) = start + k * step
__step_at(start::T, step::T, k::Int64) where {T<:__NarrowFloat} = T(Float64(start) + k * Float64(step))
__step_range(start, step, len::Int64) = __step_range(promote(start, step)..., len)
__step_range(start::T, step::T, stop::T, len::Int64, n0, n1, den) where {T} =
    StepRangeLen{T,__reference_type(T),__reference_type(T),Int64}(start, step, stop, len, n0, n1, den)
"As `StepRangeLen`, by interpolation between its ends."
struct LinRange{T,L} <: AbstractRange{T}
    start::T
    stop::T
    len::L
end
LinRange(a::Number, b::Number, n::Integer) = __lin_range(promote(float(a), float(b))..., Int64(n))
LinRange(r::AbstractRange) = LinRange(first(r), last(r), length(r))
LinRange{T}(r::AbstractRange) where {T} = LinRange{T}(first(r), last(r), length(r))
LinRange{T}(a, b, n::Integer) where {T} = __lin_range(convert(T, a), convert(T, b), Int64(n))
function __lin_range(a::T, b::T, n::Int64) where {T}
    n < 0 && __argument_error("range(", a, ", stop=", b, ", length=", n, "): negative length")
    n == 1 && a != b && __argument_error("range(", a, ", stop=", b, ", length=", n, "): endpoints differ")
    LinRange{T,Int64}(a, b, n)
end

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
length(r::UnitRange{<:Integer}) = __raw(r.stop) - __raw(r.start) + 1
length(r::UnitRange) = Int64(floor(r.stop - r.start)) + 1
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
    i == 1 && return r.start
    i == r.len && return r.stop
    r.den == 0 && return __step_at(r.start, r.step, i - 1)
    r.den < 0 ? __between_ends(r.start, r.stop, r.step, i - 1, r.len - 1) : __snapped(r.start, T(i - 1) * r.step, r.n0 + (i - 1) * r.n1, r.den)
end
__item(r::AbstractRange, k::Int64) = __get(r, k + 1)
__item(r::OneTo{Int64}, k::Int64) = k + 1
__item(r::UnitRange{Int64}, k::Int64) = r.start + k
getindex(r::AbstractRange, i::Int64) = 1 <= i && i <= length(r) ? __get(r, i) : __out_of_bounds(r, i)
getindex(r::AbstractRange, ::Colon) = r
getindex(r::OneTo{T}, s::OneTo) where {T} = (__check_range(r, s); OneTo{T}(s.stop))
getindex(r::AbstractUnitRange{<:Integer}, s::AbstractUnitRange{<:Integer}) = (__check_range(r, s); __from(r, s):__from(r, s)+(length(s)-1))
getindex(r::OrdinalRange{<:Integer}, s::OrdinalRange{<:Integer}) = (__check_range(r, s); __stepped(__from(r, s), step(r) * step(s), length(s)))
function getindex(r::StepRangeLen{T}, s::OrdinalRange{<:Integer}) where {T}
    __check_range(r, s)
    isempty(s) && return __step_range(__from(r, s), r.step, __from(r, s) - r.step, 0, 0, 0, 0)
    k, m = __raw(first(s)), __raw(step(s))
    __step_range(r[k], T(m) * r.step, r[last(s)], length(s), r.n0 + (k - 1) * r.n1, m * r.n1, r.den)
end
getindex(r::LinRange, s::AbstractUnitRange{<:Integer}) =
    (__check_range(r, s); isempty(s) ? __lin_range(__from(r, s), __from(r, s), 0) : __lin_range(r[first(s)], r[last(s)], length(s)))
getindex(r::AbstractRange, s::AbstractVector{Bool}) = collect(r)[s]
__check_range(r, s) = isempty(s) || (1 <= minimum(s) && maximum(s) <= length(r)) ? nothing : __out_of_bounds(r, (s,))
"Where `r[s]` starts."
__from(r, s) = isempty(r) ? first(r) : isempty(s) ? first(r) : __get(r, __raw(first(s)))
"`n` values from `a` on."
__stepped(a, s, n) = StepRange(a, s, oftype(a, a + (n - 1) * s))

"`a + t (b - a)` with t = k / n, exact at both ends."
function __lerp(a, b, k::Int64, n::Int64)
    n == 0 && return a
    t = k / n
    oftype(a, (1 - t) * a + t * b)
end
"""
`a + b` moved to the float nearest num / den, by whole units in the last place, so that its derivative stays that of the sum. Only as far as
the sum may be rounded: the shadow of a range has other floats with the same whole numbers.
"""
function __snapped(a::Float64, b::Float64, num::Int64, den::Int64)
    x = a + b
    den == 0 ? x : __moved(x, Float64(num) / Float64(den) - x, 4 * eps(1.0) * (abs(a) + abs(b)))
end
function __snapped(a::T, b::T, num::Int64, den::Int64) where {T<:__NarrowFloat}
    x = a + b
    den == 0 ? x : T(__moved(Float64(x), Float64(num) / Float64(den) - Float64(x), 4 * Float64(eps(T)) * (abs(Float64(a)) + abs(Float64(b)))))
end
"`a + k step` moved to the float nearest a + k (b - a) / m: what it is short of that is found from exact products."
function __between_ends(a::T, b::T, step::T, k::Int64, m::Int64) where {T<:IEEEFloat}
    x = a + T(k) * step
    u, v, w, n = Float64(a), Float64(b), Float64(x), Float64(m)
    p, q, r = Float64(m - k) * u, Float64(k) * v, n * w
    s = p + q
    t = s - p
    lost = (p - (s - t)) + (q - t) + fma(Float64(m - k), u, -p) + fma(Float64(k), v, -q) - fma(n, w, -r)
    T(__moved(w, Float64(T(w + ((s - r) + lost) / n)) - w, 4 * Float64(eps(T)) * (abs(u) + abs(v))))
end
__between_ends(a, b, step, k::Int64, m::Int64) = a + k * step
function __moved(x::Float64, by::Float64, most::Float64)
    abs(by) > most && return x
    u = eps(x)
    x + Float64(Intrinsics.i64_trunc_f64(by / u)) * u
end
__snapped(a, b, num::Int64, den::Int64) = a + b

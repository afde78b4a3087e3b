# Interpolations: functions through values on a grid, linear, constant or cubic in each direction, and what they are outside of it.
module Interpolations
using LinearAlgebra
import ..ForwardDiff
export interpolate, scale, extrapolate, linear_interpolation, constant_interpolation, cubic_spline_interpolation, LinearInterpolation, ConstantInterpolation,
    CubicSplineInterpolation, BSpline, Gridded, Constant, Linear, Quadratic, Cubic, NoInterp, OnGrid, OnCell, Flat, Line, Free, Periodic, Reflect, InPlace, Throw,
    Natural, Next, Previous, Nearest, AbstractInterpolation, AbstractExtrapolation, knots, bounds

abstract type Degree end
struct Constant{W} <: Degree end
struct Nearest end
struct Previous end
struct Next end
Constant() = Constant{Nearest}()
struct Linear <: Degree end
struct NoInterp <: Degree end
struct OnGrid end
struct OnCell end
# Conditions at the ends, and what is said outside.
struct Throw end
struct Flat{G} end
struct Line{G} end
struct Natural{G} end
struct Free{G} end
struct Periodic{G} end
struct Reflect{G} end
struct InPlace end
Flat() = Flat{Nothing}()
Line() = Line{Nothing}()
Natural() = Natural{Nothing}()
Free() = Free{Nothing}()
Periodic() = Periodic{Nothing}()
Reflect() = Reflect{Nothing}()
Flat(g) = Flat{typeof(g)}()
Line(g) = Line{typeof(g)}()
Natural(g) = Natural{typeof(g)}()
Free(g) = Free{typeof(g)}()
Periodic(g) = Periodic{typeof(g)}()
Reflect(g) = Reflect{typeof(g)}()
struct Quadratic{B} <: Degree
    bc::B
end
struct Cubic{B} <: Degree
    bc::B
end
Quadratic() = Quadratic(Line(OnGrid()))
Cubic() = Cubic(Line(OnGrid()))
struct BSpline{D}
    degree::D
end
struct Gridded{D}
    degree::D
end

abstract type AbstractInterpolation{T,N} end
abstract type AbstractExtrapolation{T,N} <: AbstractInterpolation{T,N} end
"Values at knots; for cubic pieces with the second derivatives there, direction by direction."
struct Interpolation{T,N,K<:Tuple,A<:AbstractArray{T,N},D<:Tuple} <: AbstractInterpolation{T,N}
    knots::K
    values::A
    degrees::D
end
made(knots, values::AbstractArray{T,N}, degrees) where {T,N} = Interpolation{T,N,typeof(knots),typeof(values),typeof(degrees)}(knots, values, degrees)
each_direction(mode, ::Val{N}) where {N} = ntuple(_ -> degree_of(mode), Val(N))
each_direction(modes::Tuple, ::Val) = map(degree_of, modes)
degree_of(m::BSpline) = m.degree
degree_of(m::Gridded) = m.degree
degree_of(m) = m
"A function through the values of an array: at the indices of its elements, or at given knots."
interpolate(a::AbstractArray{T,N}, mode) where {T,N} = made(map(n -> 1:n, size(a)), copy(a), each_direction(mode, Val(N)))
interpolate(::Type{T}, a::AbstractArray, mode) where {T} = interpolate(map(T, a), mode)
interpolate!(a::AbstractArray, mode) = interpolate(a, mode)
function interpolate(knots::Tuple, a::AbstractArray{T,N}, mode) where {T,N}
    map(length, knots) == size(a) || throw(DimensionMismatch("knots have lengths $(map(length, knots)), the array has size $(size(a))"))
    all(issorted, knots) || Base.__argument_error("knot-vectors must be sorted in increasing order")
    made(knots, a, each_direction(mode, Val(N)))
end
interpolate(x::AbstractVector, y::AbstractVector, mode) = interpolate((x,), y, mode)
"The same with the knots at the points of ranges."
scale(i::Interpolation, ranges::AbstractRange...) = made(ranges, i.values, i.degrees)
struct Extrapolation{T,N,I<:AbstractInterpolation{T,N},E} <: AbstractExtrapolation{T,N}
    itp::I
    how::E
end
extrapolate(i::AbstractInterpolation{T,N}, how) where {T,N} = Extrapolation{T,N,typeof(i),typeof(how)}(i, how)
linear_interpolation(x::AbstractVector, y::AbstractVector; extrapolation_bc=Throw()) = extrapolate(interpolate((x,), y, Gridded(Linear())), extrapolation_bc)
linear_interpolation(xs::Tuple, y::AbstractArray; extrapolation_bc=Throw()) = extrapolate(interpolate(xs, y, Gridded(Linear())), extrapolation_bc)
constant_interpolation(x::AbstractVector, y::AbstractVector; extrapolation_bc=Throw()) = extrapolate(interpolate((x,), y, Gridded(Constant())), extrapolation_bc)
constant_interpolation(xs::Tuple, y::AbstractArray; extrapolation_bc=Throw()) = extrapolate(interpolate(xs, y, Gridded(Constant())), extrapolation_bc)
cubic_spline_interpolation(x::AbstractRange, y::AbstractVector; bc=Line(OnGrid()), extrapolation_bc=Throw()) = extrapolate(scale(interpolate(y, BSpline(Cubic(bc))), x), extrapolation_bc)
cubic_spline_interpolation(xs::Tuple, y::AbstractArray; bc=Line(OnGrid()), extrapolation_bc=Throw()) = extrapolate(scale(interpolate(y, BSpline(Cubic(bc))), xs...), extrapolation_bc)
const LinearInterpolation = linear_interpolation
const ConstantInterpolation = constant_interpolation
const CubicSplineInterpolation = cubic_spline_interpolation
Base.size(i::Interpolation) = size(i.values)
Base.size(e::Extrapolation) = size(e.itp)
Base.ndims(i::AbstractInterpolation{T,N}) where {T,N} = N
Base.eltype(i::AbstractInterpolation{T}) where {T} = T
"The knots, and the first and last of them in each direction."
knots(i::Interpolation{T,1}) where {T} = i.knots[1]
knots(i::Interpolation) = Iterators.product(i.knots...)
knots(e::Extrapolation) = knots(e.itp)
bounds(i::Interpolation) = map(k -> (first(k), last(k)), i.knots)
bounds(e::Extrapolation) = bounds(e.itp)
Base.broadcastable(i::AbstractInterpolation) = Ref(i)

# ---- Inside: direction by direction, the last one first
(i::Interpolation{T,N})(x::Vararg{Number,N}) where {T,N} = (within(i, x); at(i, x))
(e::Extrapolation{T,N})(x::Vararg{Number,N}) where {T,N} = outside(e.how, e.itp, x)
(i::AbstractInterpolation)(x::AbstractVector{<:Number}) = ndims(i) == 1 ? map(i, x) : Base.__argument_error("one point needs $(ndims(i)) coordinates")
(i::AbstractInterpolation)(xs::AbstractVector{<:Number}, ys::AbstractVector{<:Number}) = [i(x, y) for x in xs, y in ys]
(i::AbstractInterpolation)(x::Number, ys::AbstractVector{<:Number}) = [i(x, y) for y in ys]
(i::AbstractInterpolation)(xs::AbstractVector{<:Number}, y::Number) = [i(x, y) for x in xs]
Base.getindex(i::AbstractInterpolation, x::Number...) = i(x...)
is_within(i, x) = all(map((k, t) -> first(k) <= t <= last(k), i.knots, x))
within(i, x) = is_within(i, x) ? nothing : throw(BoundsError(i.values, x))
at(i::Interpolation{T,1}, x) where {T} = along(i.degrees[1], i.knots[1], i.values, x[1])
function at(i::Interpolation{T,N}, x) where {T,N}
    rest = made(Base.front(i.knots), i.values[ntuple(_ -> Colon(), N - 1)..., 1], Base.front(i.degrees))
    line = [at(made(rest.knots, i.values[ntuple(_ -> Colon(), N - 1)..., k], rest.degrees), Base.front(x)) for k in span(i.degrees[N], i.knots[N], x[N])]
    along(i.degrees[N], i.knots[N][span(i.degrees[N], i.knots[N], x[N])], line, x[N])
end
"Which knots matter for a value."
span(::Degree, k, x) = (n = left_of(k, x); n:n+1)
span(::Union{Cubic,Quadratic}, k, x) = 1:length(k)
left_of(k, x) = clamp(searchsortedlast(k, x), 1, length(k) - 1)
fraction(k, n, x) = (x - k[n]) / (k[n+1] - k[n])
function along(::Linear, k, v, x)
    n = left_of(k, x)
    t = fraction(k, n, x)
    (1 - t) * v[n] + t * v[n+1]
end
along(::Constant{Nearest}, k, v, x) = (n = left_of(k, x); fraction(k, n, x) < 0.5 ? v[n] : v[n+1])
along(::Constant{Previous}, k, v, x) = (n = left_of(k, x); x >= k[n+1] ? v[n+1] : v[n])
along(::Constant{Next}, k, v, x) = (n = left_of(k, x); x <= k[n] ? v[n] : v[n+1])
along(::NoInterp, k, v, x) = v[Int(x)]
function along(d::Cubic, k, v, x)
    m = second_derivatives(d.bc, k, v)
    n = left_of(k, x)
    h = k[n+1] - k[n]
    t = fraction(k, n, x)
    (1 - t) * v[n] + t * v[n+1] - h * h / 6 * ((1 - t) * (1 - (1 - t)^2) * m[n] + t * (1 - t^2) * m[n+1])
end
"Pieces of degree two about each knot, from halfway before it to halfway beyond."
function along(d::Quadratic, k, v, x)
    c = quadratic_coefficients(d.bc, v)
    n = left_of(k, x)
    t = fraction(k, n, x)
    m, δ = t < 0.5 ? (n, t) : (n + 1, t - 1)
    (δ - 1 / 2)^2 / 2 * c[m] + (3 / 4 - δ^2) * c[m+1] + (δ + 1 / 2)^2 / 2 * c[m+2]
end
"The coefficients, with one more before the first knot and after the last, which the condition at the ends gives."
function quadratic_coefficients(bc, v)
    n = length(v)
    row = quadratic_end(bc)
    full = [i == 1 ? (j <= length(row) ? row[j] : 0.0) : i == n + 2 ? (n + 3 - j <= length(row) ? row[n+3-j] : 0.0) : i == j ? 0.75 : abs(i - j) == 1 ? 0.125 : 0.0
            for i in 1:n+2, j in 1:n+2]
    full \ [zero(v[1]); v; zero(v[1])]
end
quadratic_end(::Union{Line,Natural}) = (1.0, -2.0, 1.0)
quadratic_end(::Free) = (1.0, -3.0, 3.0, -1.0)
quadratic_end(::Union{Flat{OnGrid},Reflect{OnGrid}}) = (-1.0, 0.0, 1.0)
quadratic_end(::Union{Flat{OnCell},Reflect{OnCell}}) = (-1.0, 1.0)
function quadratic_coefficients(::Periodic, v)
    n = length(v)
    full = [(i == j) * 0.75 + (mod1(i + 1, n) == j) * 0.125 + (mod1(i - 1, n) == j) * 0.125 for i in 1:n, j in 1:n]
    c = full \ v
    [c[n]; c; c[1]]
end
"Second derivatives of the cubic spline at its knots: none at the ends, or as the condition there says."
function second_derivatives(bc, k, v)
    n = length(k)
    n < 3 && return zero(v) / 1
    h = diff(k)
    s = diff(v) ./ h
    a = [i == j ? 2 * (h[i] + h[i+1]) : abs(i - j) == 1 ? h[max(i, j)] : zero(h[1]) for i in 1:n-2, j in 1:n-2]
    r = 6 .* diff(s)
    inner = ended(bc, a, r, h, s)
    inner
end
ended(::Union{Line,Natural}, a, r, h, s) = (z = zero(r[1] / h[1]); [z; a \ r; z])
# With a slope of zero at both ends.
function ended(::Flat, a, r, h, s)
    n = length(r) + 2
    full = [i == j ? (i == 1 ? 2h[1] : i == n ? 2h[n-1] : 2 * (h[i-1] + h[i])) : abs(i - j) == 1 ? h[min(i, j)] : zero(h[1]) for i in 1:n, j in 1:n]
    full \ [6 * s[1]; r; -6 * s[end]]
end
# The third derivative does not jump at the knots next to the ends.
function ended(::Free, a, r, h, s)
    n = length(r) + 2
    full = zeros(eltype(a), n, n)
    for i in 1:n-2
        full[i+1, i], full[i+1, i+1], full[i+1, i+2] = h[i], 2 * (h[i] + h[i+1]), h[i+1]
    end
    full[1, 1], full[1, 2], full[1, 3] = h[2], -(h[1] + h[2]), h[1]
    full[n, n-2], full[n, n-1], full[n, n] = h[n-1], -(h[n-2] + h[n-1]), h[n-2]
    full \ [zero(r[1]); r; zero(r[1])]
end
function ended(::Periodic, a, r, h, s)
    n = length(r) + 1
    g(i) = h[mod1(i, n)]
    full = [i == j ? 2 * (g(i - 1) + g(i)) : zero(h[1]) for i in 1:n, j in 1:n]
    for i in 1:n
        full[i, mod1(i - 1, n)] += g(i - 1)
        full[i, mod1(i + 1, n)] += g(i)
    end
    m = full \ [6 * (s[i] - s[mod1(i - 1, n)]) for i in 1:n]
    [m; m[1]]
end

# ---- Outside
outside(::Throw, i, x) = (within(i, x); at(i, x))
outside(v::Number, i, x) = is_within(i, x) ? at(i, x) : oftype(at(i, clamped(i, x)), v)
clamped(i, x) = map((k, t) -> clamp(t, first(k), last(k)), i.knots, x)
outside(::Flat, i, x) = at(i, clamped(i, x))
outside(::Periodic, i, x) = at(i, map((k, t) -> first(k) <= t <= last(k) ? t : first(k) + mod(t - first(k), last(k) - first(k)), i.knots, x))
outside(::Reflect, i, x) = at(i, map((k, t) -> (w = last(k) - first(k); s = mod(t - first(k), 2w); first(k) + (s > w ? 2w - s : s)), i.knots, x))
"Along the tangent at the nearest point of the grid."
function outside(::Line, i, x)
    c = clamped(i, x)
    is_within(i, x) && return at(i, x)
    y = at(i, c)
    d = slope(i, c)
    for k in 1:length(x)
        y += d[k] * (x[k] - c[k])
    end
    y
end
outside(hows::Tuple, i, x) = outside(first(first(x) < first(i.knots[1]) ? hows : reverse(hows)), i, x)
function slope(i, c)
    map(1:length(c)) do k
        h = 1.0e-5 * (last(i.knots[k]) - first(i.knots[k]))
        low, high = max(c[k] - h, first(i.knots[k])), min(c[k] + h, last(i.knots[k]))
        moved(t) = ntuple(j -> j == k ? oftype(c[k] + t, t) : c[j], length(c))
        (at(i, moved(high)) - at(i, moved(low))) / (high - low)
    end
end
"The derivatives at a point in each direction."
gradient(i::Interpolation, x::Number...) = [Interpolations.derivative(i, x, k) for k in 1:length(x)]
gradient(e::Extrapolation, x::Number...) = gradient(e.itp, x...)
derivative(i, x, k) = ForwardDiff.derivative(t -> at(i, ntuple(j -> j == k ? t : x[j], length(x))), float(x[k]))
Base.show(io::IO, i::Interpolation) = print(io, join(size(i), "×"), "-element interpolate(", i.knots, ", ", i.degrees, ")")
Base.show(io::IO, e::Extrapolation) = print(io, "extrapolate(", e.itp, ", ", e.how, ")")
end

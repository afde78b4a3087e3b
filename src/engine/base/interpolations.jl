# Interpolations: functions through values on a grid, linear, constant or cubic in each direction, and what they are outside of it.
module Interpolations
using LinearAlgebra
import ..StaticArrays: SVector, SMatrix
export interpolate, interpolate!, scale, extrapolate, linear_interpolation, constant_interpolation, cubic_spline_interpolation, quadratic_spline_interpolation, LinearInterpolation, ConstantInterpolation,
    CubicSplineInterpolation, BSpline, Gridded, Constant, Linear, Quadratic, Cubic, NoInterp, OnGrid, OnCell, Flat, Line, Free, Periodic, Reflect, InPlace, Throw,
    Natural, Next, Previous, Nearest, AbstractInterpolation, AbstractExtrapolation, knots, bounds,
    LinearMonotonicInterpolation, FiniteDifferenceMonotonicInterpolation, CardinalMonotonicInterpolation, FritschCarlsonMonotonicInterpolation,
    FritschButlandMonotonicInterpolation, SteffenMonotonicInterpolation

abstract type Degree end
struct Constant{W} <: Degree end
struct Nearest end
struct Previous end
struct Next end
Constant() = Constant{Nearest}()
Constant(::Type{W}) where {W} = Constant{W}()
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
"Values at knots, and the coefficients of the pieces, which lie around them in each direction."
struct Interpolation{T,N,K<:Tuple,A<:AbstractArray{<:Any,N},C<:AbstractArray,D<:Tuple} <: AbstractInterpolation{T,N}
    knots::K
    values::A
    coefficients::C
    degrees::D
end
made(knots, values, degrees) = made(knots, values, filtered(degrees, values), degrees)
made(knots, values::AbstractArray{T,N}, c, degrees) where {T,N} =
    Interpolation{typeof(float(first(c))),N,typeof(knots),typeof(values),typeof(c),typeof(degrees)}(knots, values, c, degrees)
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
    all(allunique, knots) || Base.__argument_error("knot-vectors must be unique and sorted in increasing order")
    made(knots, a, each_direction(mode, Val(N)))
end
interpolate(x::AbstractVector, y::AbstractVector, mode) = interpolate((x,), y, mode)
"The same with the knots at the points of ranges."
scale(i::Interpolation, ranges::AbstractRange...) = map(length, ranges) == size(i) ? made(ranges, i.values, i.coefficients, i.degrees) :
    Base.__argument_error("The ranges of a scaled interpolation need the lengths of the array: found ", map(length, ranges), " and ", size(i))
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
quadratic_spline_interpolation(x::AbstractRange, y::AbstractVector; bc=Line(OnGrid()), extrapolation_bc=Throw()) = extrapolate(scale(interpolate(y, BSpline(Quadratic(bc))), x), extrapolation_bc)
quadratic_spline_interpolation(xs::Tuple, y::AbstractArray; bc=Line(OnGrid()), extrapolation_bc=Throw()) = extrapolate(scale(interpolate(y, BSpline(Quadratic(bc))), xs...), extrapolation_bc)
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
bounds(i::Interpolation) = map(bounds_of, i.degrees, i.knots)
bounds_of(::Degree, k) = (first(k), last(k))
bounds_of(d::Union{Quadratic,Cubic}, k) = bounds_on(d.bc, k)
"Where the conditions hold half a cell outside of the first and last knot, it reaches so far."
bounds_on(bc, k) = (first(k), last(k))
bounds_on(::Union{Flat{OnCell},Line{OnCell},Natural{OnCell},Free{OnCell},Periodic{OnCell},Reflect{OnCell}}, k) = (h = (k[2] - k[1]) / 2; (first(k) - h, last(k) + h))
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
is_within(i, x) = all(map((b, t) -> b[1] <= t <= b[2], bounds(i), x))
within(i, x) = is_within(i, x) ? nothing : throw(BoundsError(i.values, x))

# In each direction the first coefficient that matters, and the weights of that and those behind it: of the value (`Val(0)`), the slope, and its slope.
const Value, Slope, Curve = Val{0}, Val{1}, Val{2}
at(i, x) = weighed(i, x, map(_ -> Val(0), x))
weighed(i, x, orders) = contracted(i.coefficients, map(weights, i.degrees, i.knots, x, orders), ())
contracted(c, ::Tuple{}, I) = c[I...]
function contracted(c, places::Tuple, I)
    from, w = last(places)
    rest = Base.front(places)
    y = w[1] * contracted(c, rest, (from, I...))
    for k in 2:length(w)
        y = y + w[k] * contracted(c, rest, (from + k - 1, I...))
    end
    y
end
left_of(k, x) = clamp(searchsortedlast(k, x), 1, length(k) - 1)
"How far beyond a knot, as a part of the way to the next one."
fraction(k, n, x) = (x - k[n]) / (k[n+1] - k[n])
per_cell(w, k, n, ::Value) = w
per_cell(w, k, n, ::Slope) = (h = k[n+1] - k[n]; map(u -> u / h, w))
per_cell(w, k, n, ::Curve) = (h = (k[n+1] - k[n])^2; map(u -> u / h, w))
function weights(d::Degree, k, x, order::Val)
    n = left_of(k, x)
    from, w = pieces(d, n, fraction(k, n, x), order)
    (from, per_cell(w, k, n, order))
end
"Before the first knot as after the last, where the coefficients begin again."
function weights(d::Cubic{<:Periodic}, k, x, order::Val)
    h = k[2] - k[1]
    t = (x < first(k) ? x + length(k) * h : x) - first(k)
    n = min(floor(Int, t / h) + 1, length(k))
    from, w = pieces(d, n, t / h - (n - 1), order)
    (from, per_cell(w, k, 1, order))
end
weights(::NoInterp, k, x, ::Value) = (Int(x), (1,))
weights(::NoInterp, k, x, ::Val) = (Int(x), (0,))
weights(::Constant, k, x, ::Val) = (left_of(k, x), (0,))
weights(::Constant{Nearest}, k, x, ::Value) = (n = left_of(k, x); (fraction(k, n, x) < 0.5 ? n : n + 1, (1,)))
weights(::Constant{Previous}, k, x, ::Value) = (n = left_of(k, x); (x >= k[n+1] ? n + 1 : n, (1,)))
weights(::Constant{Next}, k, x, ::Value) = (n = left_of(k, x); (x <= k[n] ? n : n + 1, (1,)))
pieces(::Linear, n, t, ::Value) = (n, (1 - t, t))
pieces(::Linear, n, t, ::Slope) = (n, (-one(t), one(t)))
pieces(::Linear, n, t, ::Curve) = (n, (zero(t), zero(t)))
"Pieces of degree two about each knot, from halfway before it to halfway beyond."
about(n, t) = t < 0.5 ? (n, t) : (n + 1, t - 1)
pieces(::Quadratic, n, t, ::Value) = ((m, u) = about(n, t); (m, ((1 - 2u)^2 / 8, 3 / oftype(u, 4) - u^2, (1 + 2u)^2 / 8)))
pieces(::Quadratic, n, t, ::Slope) = ((m, u) = about(n, t); (m, ((2u - 1) / 2, -2u, (2u + 1) / 2)))
pieces(::Quadratic, n, t, ::Curve) = ((m, u) = about(n, t); (m, (one(u), -2 * one(u), one(u))))
pieces(::Cubic, n, t, ::Value) = (n, ((1 - t)^3 / 6, (4 - 6t^2 + 3t^3) / 6, (4 - 6 * (1 - t)^2 + 3 * (1 - t)^3) / 6, t^3 / 6))
pieces(::Cubic, n, t, ::Slope) = (n, (-(1 - t)^2 / 2, (3t^2 - 4t) / 2, (4 * (1 - t) - 3 * (1 - t)^2) / 2, t^2 / 2))
pieces(::Cubic, n, t, ::Curve) = (n, (1 - t, 3t - 2, 1 - 3t, t))

# ---- The coefficients: with one more before the first knot and one after the last, which the conditions at the ends give.
filtered(degrees::Tuple, a) = filtered(degrees, a, 1)
filtered(::Tuple{}, a, d) = a
filtered(degrees::Tuple, a, d) = filtered(Base.tail(degrees), filtered_along(first(degrees), a, d), d + 1)
filtered_along(::Degree, a, d) = a
filtered_along(degree::Union{Quadratic,Cubic}, a::AbstractVector, d) = spline_coefficients(degree, a)
function filtered_along(degree::Union{Quadratic,Cubic}, a::AbstractArray{T,N}, d) where {T,N}
    out = Array{typeof(first(a) * 1.0),N}(undef, ntuple(k -> size(a, k) + (k == d) * more(degree), Val(N)))
    for after in CartesianIndices(size(a)[d+1:N]), before in CartesianIndices(size(a)[1:d-1])
        out[before, :, after] = spline_coefficients(degree, a[before, :, after])
    end
    out
end
more(degree) = 2
more(::Cubic{<:Periodic}) = 3
middle(::Quadratic) = (0.125, 0.75)
middle(::Cubic) = (1 / 6, 2 / 3)
"""
Between the ends, `a c[i-1] + b c[i] + a c[i+1]` is the value at knot i. So all are `p + x q + y r`, with x and y before and after the others, and the two
conditions say what these are.
"""
function spline_coefficients(degree, v)
    n = length(v)
    a, b = middle(degree)
    unit(k) = [j == k ? -a : 0.0 for j in 1:n]
    z = zero(first(v) * 1.0)
    p, q, r = [z; solved(a, b, v); z], [1.0; solved(a, b, unit(1)); 0.0], [0.0; solved(a, b, unit(n)); 1.0]
    (s, t), (s′, t′) = conditions(degree, q), conditions(degree, r)
    u, u′ = conditions(degree, p)
    w = s * t′ - s′ * t
    x, y = (s′ * u′ - t′ * u) / w, (t * u - s * u′) / w
    c = [p[k] + x * q[k] + y * r[k] for k in 1:n+2]
    degree isa Cubic{<:Periodic} ? [c; c[3]] : c
end
"The solution of the system with `b` on the diagonal and `a` beside it."
function solved(a, b, v)
    n = length(v)
    x = [e * 1.0 for e in v]
    d = fill(b, n)
    for k in 2:n
        f = a / d[k-1]
        d[k] -= f * a
        x[k] = x[k] - f * x[k-1]
    end
    x[n] = x[n] / d[n]
    for k in n-1:-1:1
        x[k] = (x[k] - a * x[k+1]) / d[k]
    end
    x
end
"What the conditions at both ends ask to be zero."
conditions(degree, c) = conditions_of(degree.bc, end_of(degree, degree.bc), c)
conditions_of(bc, row, c) = (sum(k -> row[k] * c[k], 1:min(length(row), length(c))), sum(k -> row[k] * c[end+1-k], 1:min(length(row), length(c))))
conditions_of(::Periodic, row, c) = (c[1] - c[end-1], c[end] - c[2])
end_of(degree, ::Periodic) = ()
end_of(::Quadratic, ::Union{Line,Natural}) = (1, -2, 1)
end_of(::Quadratic, ::Free) = (1, -3, 3, -1)
end_of(::Quadratic, ::Union{Flat,Reflect}) = (-1, 0, 1)
end_of(::Quadratic, ::Union{Flat{OnCell},Reflect{OnCell}}) = (-1, 1)
end_of(::Cubic, ::Union{Line,Natural}) = (1, -2, 1)
end_of(::Cubic, ::Line{OnCell}) = (3, -7, 5, -1)
end_of(::Cubic, ::Union{Flat,Reflect}) = (-1, 0, 1)
end_of(::Cubic, ::Flat{OnCell}) = (-9, 11, -3, 1)
# The third derivative does not jump at the knots next to the ends.
end_of(::Cubic, ::Free) = (1, -4, 6, -4, 1)

# ---- Outside: in each direction a point inside, from where a line goes on with the slope there
outside(::Throw, i, x) = (within(i, x); at(i, x))
outside(v::Number, i, x) = is_within(i, x) ? at(i, x) : oftype(at(i, map(k -> first(k) * one(first(x)), i.knots)), v)
outside(how, i, x) = is_within(i, x) ? at(i, x) : outside(each_side(how, i, x), i, x)
struct PerDirection{H<:Tuple}
    hows::H
end
each_side(how, i, x) = PerDirection(map(_ -> how, x))
each_side(hows::Tuple, i, x) = length(x) == 1 && length(hows) == 2 ? each_side((hows,), i, x) : PerDirection(hows)
function outside(s::PerDirection, i, x)
    inner = map(inside, s.hows, bounds(i), x)
    y = at(i, inner)
    for k in 1:length(x)
        goes_on(s.hows[k], bounds(i)[k], x[k]) && (y = y + (x[k] - inner[k]) * slope(i, inner, k))
    end
    y
end
inside(::Union{Flat,Line}, (low, high), t) = clamp(t, low, high)
inside(::Periodic, (low, high), t) = low <= t <= high ? t * one(low) : low + mod(t - low, high - low)
inside(::Reflect, (low, high), t) = (w = high - low; s = mod(t - low, 2w); low + (s > w ? 2w - s : s))
inside(::Throw, (low, high), t) = low <= t <= high ? t : throw(BoundsError(low:high, t))
inside(hows::Tuple, b, t) = t < b[1] ? inside(hows[1], b, t) : inside(hows[2], b, t)
goes_on(how, b, t) = false
goes_on(::Line, b, t) = !(b[1] <= t <= b[2])
goes_on(hows::Tuple, b, t) = t < b[1] ? goes_on(hows[1], b, t) : goes_on(hows[2], b, t)
slope(i, x, k) = weighed(i, x, ntuple(j -> j == k ? Val(1) : Val(0), length(x)))
"The derivatives at a point in each direction, and the second ones."
gradient(i::Interpolation{T,N}, x::Vararg{Number,N}) where {T,N} = (within(i, x); gradient_at(i, x))
gradient_at(i, x::NTuple{N,Number}) where {N} = SVector{N}(ntuple(k -> slope(i, x, k), Val(N)))
gradient(i::Interpolation, x::AbstractVector{<:Number}) = [gradient(i, t) for t in x]
gradient(e::Extrapolation{T,N}, x::Vararg{Number,N}) where {T,N} = is_within(e.itp, x) ? gradient_at(e.itp, x) : outside_gradient(e.how, e.itp, x)
outside_gradient(::Throw, i, x) = throw(BoundsError(i.values, x))
outside_gradient(::Number, i, x) = zero(gradient_at(i, map(k -> first(k) * one(first(x)), i.knots)))
function outside_gradient(how, i, x::NTuple{N,Number}) where {N}
    hows = each_side(how, i, x).hows
    inner = map(inside, hows, bounds(i), x)
    g = gradient_at(i, inner)
    SVector{N}(ntuple(k -> ends(hows[k], bounds(i)[k], x[k]) ? zero(g[k]) : g[k], Val(N)))
end
ends(how, b, t) = false
ends(::Flat, b, t) = !(b[1] <= t <= b[2])
ends(hows::Tuple, b, t) = t < b[1] ? ends(hows[1], b, t) : ends(hows[2], b, t)
hessian(i::Interpolation{T,N}, x::Vararg{Number,N}) where {T,N} = (within(i, x); SMatrix{N,N}([curve(i, x, j, k) for j in 1:N, k in 1:N]))
hessian(e::Extrapolation{T,N}, x::Vararg{Number,N}) where {T,N} = hessian(e.itp, x...)
curve(i, x, j, k) = weighed(i, x, ntuple(l -> j == k ? (l == k ? Val(2) : Val(0)) : l == j || l == k ? Val(1) : Val(0), length(x)))
gradient1(i, x::Number) = gradient(i, x)[1]
hessian1(i, x::Number) = hessian(i, x)[1]
Base.show(io::IO, i::Interpolation) = print(io, join(size(i), "×"), "-element interpolate(", i.knots, ", ", i.degrees, ")")
Base.show(io::IO, e::Extrapolation) = print(io, "extrapolate(", e.itp, ", ", e.how, ")")
end

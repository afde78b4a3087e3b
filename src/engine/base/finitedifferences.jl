# FiniteDifferences: derivatives from function values, with steps that balance rounding against truncation.
module FiniteDifferences

import ..LinearAlgebra
import ..LinearAlgebra: Diagonal, Symmetric, Hermitian, UpperTriangular, LowerTriangular, Adjoint, Transpose

export FiniteDifferenceMethod, central_fdm, forward_fdm, backward_fdm, grad, jacobian, jvp, j′vp, to_vec, extrapolate_fdm
public UnadaptedFiniteDifferenceMethod, AdaptedFiniteDifferenceMethod, estimate_step

"A derivative of order Q from values at `x + h g` for the P points g of a grid."
abstract type FiniteDifferenceMethod{P,Q} end
"What follows from the grid: its coefficients, those for estimates around it, and bounds of its errors."
struct Grid
    points::Vector{Int64}
    coefs::Vector{Float64}
    coefs_neighbourhood::NTuple{3,Vector{Float64}}
    ∇f_magnitude_mult::Float64
    f_error_mult::Float64
end
"The step follows from the condition that is assumed."
struct UnadaptedFiniteDifferenceMethod{P,Q} <: FiniteDifferenceMethod{P,Q}
    on::Grid
    condition::Float64
    factor::Float64
    max_range::Float64
end
"The step follows from the size of the next derivative, which another method estimates."
struct AdaptedFiniteDifferenceMethod{P,Q,E<:FiniteDifferenceMethod} <: FiniteDifferenceMethod{P,Q}
    on::Grid
    condition::Float64
    factor::Float64
    max_range::Float64
    bound_estimator::E
end
Base.getproperty(m::FiniteDifferenceMethod, name::Symbol) = of_grid(m, Val(name))
of_grid(m, ::Val{:grid}) = getfield(m, :on).points
of_grid(m, ::Val{name}) where {name} = name in fieldnames(Grid) ? getfield(getfield(m, :on), name) : getfield(m, name)
function Base.show(io::IO, ::MIME"text/plain", m::FiniteDifferenceMethod{P,Q}) where {P,Q}
    print(io, "FiniteDifferenceMethod:\n  order of method:       ", P, "\n  order of derivative:   ", Q, "\n  grid:                  ", m.grid, "\n  coefficients:          ", m.coefs, "\n")
end

function Grid(points::Vector{Int64}, q::Int64)
    p = length(points)
    coefs = coefficients(points, q)
    around = (coefficients(points .- 1, q), coefs, coefficients(points .+ 1, q))
    Grid(points, coefs, around, sum(abs.(coefs .* Float64.(points) .^ p)) / factorial(p), sum(abs, coefs))
end
"What makes the grid exact for polynomials: `Σ c g^k` is q! for k = q and 0 for other k below p."
coefficients(points, q) = Float64.([Rational{BigInt}(big(g)^k) for k in 0:length(points)-1, g in points] \ [Rational{BigInt}(k == q ? factorial(big(q)) : 0) for k in 0:length(points)-1])
function check_orders(p, q)
    q >= 0 || throw(DomainError(q, "order of derivative (`q`) must be non-negative"))
    q < p || throw(DomainError((q, p), "order of the method (`p`) must be strictly greater than that of the derivative (`q`)"))
end
function FiniteDifferenceMethod(points::AbstractVector{<:Integer}, q::Integer; condition = 10, factor = 1, max_range = Inf)
    check_orders(length(points), q)
    UnadaptedFiniteDifferenceMethod{length(points),Int64(q)}(Grid(collect(Int64, points), Int64(q)), condition, factor, max_range)
end

central_points(p) = isodd(p) ? collect(-div(p, 2):div(p, 2)) : filter(!iszero, collect(-div(p, 2):div(p, 2)))
forward_points(p) = collect(0:p-1)
backward_points(p) = collect(1-p:0)
"Points that go away from 0 by powers."
spread(points) = sign.(points) .* div.(3 .^ abs.(points), 3)
central_fdm(p::Integer, q::Integer; adapt = 1, kws...) = method_on(central_points, Int64(p), Int64(q), Val(adapt); kws...)
forward_fdm(p::Integer, q::Integer; adapt = 1, kws...) = method_on(forward_points, Int64(p), Int64(q), Val(adapt); kws...)
backward_fdm(p::Integer, q::Integer; adapt = 1, kws...) = method_on(backward_points, Int64(p), Int64(q), Val(adapt); kws...)
function method_on(points, p, q, ::Val{adapt}; condition = 10, factor = 1, max_range = Inf, geom = false) where {adapt}
    check_orders(p, q)
    on = Grid(geom ? spread(points(p)) : points(p), q)
    adapt >= 1 || return UnadaptedFiniteDifferenceMethod{p,q}(on, condition, factor, max_range)
    # The size of the derivative of order p around a point takes two more points.
    estimator = method_on(points, p + 2, p, Val(adapt - 1); condition, factor, max_range, geom)
    AdaptedFiniteDifferenceMethod{p,q,typeof(estimator)}(on, condition, factor, max_range, estimator)
end

"The derivative of `f` at x, with the given step or with that of the least error."
(m::FiniteDifferenceMethod)(f, x::Real) = m(f, x, estimate_step(m, f, x)[1])
(m::FiniteDifferenceMethod)(f, x::Real, step::Real) = estimate(m, values_on(m, f, float(x), step), float(x), step, m.coefs)
values_on(m, f, x::T, step) where {T} = map(g -> f(x + T(step) * g), m.grid)
estimate(m::FiniteDifferenceMethod{P,Q}, fs, x::T, step, coefs) where {P,Q,T} = sum(fs .* T.(coefs)) ./ T(step)^Q
"The step of the least error, and that error; it is not known (NaN) when a limit holds."
estimate_step(m::FiniteDifferenceMethod, f, x::Real) = step_at(m, f, float(x))
step_at(m::UnadaptedFiniteDifferenceMethod, f, x) = limited(m, x, default_step(m, x)...)
function step_at(m::AdaptedFiniteDifferenceMethod, f, x)
    by_derivative, by_value = magnitudes(m.bound_estimator, f, x)
    limited(m, x, (by_derivative == 0 || by_value == 0 ? default_step(m, x) : balanced(m, by_derivative, eps(by_value)))...)
end
function magnitudes(m, f, x)
    step = estimate_step(m, f, x)[1]
    fs = values_on(m, f, x, step)
    (maximum(coefs -> maximum(abs, estimate(m, fs, x, step, coefs)), m.coefs_neighbourhood), maximum(y -> maximum(abs, y), fs))
end
default_step(m, x::T) where {T} = balanced(m, m.condition, eps(T))
function balanced(m::FiniteDifferenceMethod{P,Q}, by_derivative, by_value) where {P,Q}
    rounding = by_value * m.f_error_mult * m.factor
    # The value itself is best taken where it is asked for.
    Q == 0 && return (0.0, rounding)
    truncation = by_derivative * m.∇f_magnitude_mult
    step = (Q / (P - Q) * (rounding / truncation))^(1 / P)
    (step, rounding * step^-Q + truncation * step^(P - Q))
end
function limited(m, x, step, accuracy)
    widest = m.max_range / maximum(abs, m.grid)
    step > widest && ((step, accuracy) = (widest, NaN))
    most = 1000 * default_step(m, x)[1]
    step > most ? (most, NaN) : (step, accuracy)
end
"The derivative extrapolated to a step of zero from larger ones, and the estimated error."
function extrapolate_fdm(m::FiniteDifferenceMethod, f, x::Real, initial_step::Real = 10; power = m.grid == -reverse(m.grid) ? 2 : 1, breaktol = Inf, contract = 0.125, rtol = sqrt(eps(Float64)), atol = 0.0, maxeval = typemax(Int64))
    contract = Float64(contract)
    row = [m(f, x, float(initial_step))]
    step, best, err, n = float(initial_step), row[1], Inf, 1
    while n < maxeval
        step *= contract
        n += 1
        last_row, factor = row, 1.0
        row = [m(f, x, step)]
        best_here, err_here = row[1], Inf
        for k in eachindex(last_row)
            factor *= contract^power
            push!(row, row[k] + (row[k] .- last_row[k]) .* (factor / (1 - factor)))
            e = LinearAlgebra.norm(row[k+1] - last_row[k])
            e2 = LinearAlgebra.norm(row[k+1] - row[k])
            max(e, e2) < err_here && ((best_here, err_here) = (row[k+1], max(e, e2)))
        end
        err_here < err && ((best, err) = (best_here, err_here))
        (err_here > breaktol * err || !isfinite(err_here) || err <= max(rtol * LinearAlgebra.norm(best), atol) || step == 0) && break
    end
    (best, err)
end

# ---- Values as vectors

"A value as a vector, and the function back."
to_vec(x::Real) = ([float(x)], v -> v[1])
to_vec(x::Transpose) = (p = to_vec(copy(x)); (p[1], v -> transpose(permutedims(p[2](v)))))
to_vec(x::Adjoint) = (p = to_vec(copy(x)); (p[1], v -> adjoint(conj(permutedims(p[2](v))))))
to_vec(x::Adjoint{T,<:AbstractVector}) where {T} = (p = to_vec(vec(copy(x))); (p[1], v -> adjoint(conj(p[2](v)))))
to_vec(x::Transpose{T,<:AbstractVector}) where {T} = (p = to_vec(vec(copy(x))); (p[1], v -> transpose(p[2](v))))
# Matrices of a structure are their elements, brought back to it.
to_vec(x::Diagonal) = (p = to_vec(Matrix(x)); (p[1], v -> Diagonal(p[2](v))))
to_vec(x::Symmetric) = (p = to_vec(Matrix(x)); (p[1], v -> Symmetric(p[2](v), Symbol(x.uplo))))
to_vec(x::Hermitian) = (p = to_vec(Matrix(x)); (p[1], v -> Hermitian(p[2](v), Symbol(x.uplo))))
to_vec(x::UpperTriangular) = (p = to_vec(Matrix(x)); (p[1], v -> UpperTriangular(p[2](v))))
to_vec(x::LowerTriangular) = (p = to_vec(Matrix(x)); (p[1], v -> LowerTriangular(p[2](v))))
to_vec(x::Complex) = ([real(x), imag(x)], v -> Complex(v[1], v[2]))
to_vec(x::AbstractArray{<:Real}) = (vec(float(collect(x))), v -> reshape(v, size(x)))
function to_vec(x::AbstractArray)
    parts = map(to_vec, vec(collect(x)))
    ends = cumsum([length(p[1]) for p in parts])
    back(v) = reshape([parts[i][2](v[ends[i] - length(parts[i][1]) + 1:ends[i]]) for i in 1:length(parts)], size(x))
    (isempty(parts) ? Float64[] : reduce(vcat, [p[1] for p in parts]), back)
end
to_vec(::Tuple{}) = (Float64[], v -> ())
function to_vec(x::Tuple)
    a, back_a = to_vec(x[1])
    b, back_b = to_vec(Base.tail(x))
    n = length(a)
    (vcat(a, b), v -> (back_a(v[1:n]), back_b(v[n + 1:end])...))
end
function to_vec(x::NamedTuple{names}) where {names}
    v, back = to_vec(Tuple(x))
    (v, w -> NamedTuple{names}(back(w)))
end
function to_vec(x::AbstractDict)
    order = collect(keys(x))
    v, back = to_vec([x[k] for k in order])
    (v, w -> Dict(zip(order, back(w))))
end
to_vec(x::Union{AbstractString,Symbol,Nothing,Function}) = (Float64[], v -> x)
to_vec(x::Bool) = (Float64[], v -> x)
"A struct is its fields one after the other."
function to_vec(x::T) where {T}
    fieldcount(T) == 0 && return (Float64[], v -> x)
    v, back = to_vec(map(name -> of_field(getfield(x, name)), fieldnames(T)))
    (v, w -> Base.__new(T, map(plain_field, back(w))...))
end
"An integer in a field counts something, and is not moved."
struct Kept
    x::Integer
end
of_field(x) = x
of_field(x::Integer) = Kept(x)
to_vec(k::Kept) = (Float64[], v -> k)
plain_field(x) = x
plain_field(k::Kept) = k.x

# ---- Gradients and products

"The gradient of a scalar function by each argument."
grad(m, f, xs...) = each(m, f, (), xs, gradient_by)
each(m, f, before::Tuple, ::Tuple{}, by) = ()
function each(m, f, before::Tuple, rest::Tuple, by)
    after = Base.tail(rest)
    (by(m, x -> f(before..., x, after...), rest[1]), each(m, f, (before..., rest[1]), after, by)...)
end
function gradient_by(m, f, x)
    v, back = to_vec(x)
    back([m(t -> f(back(moved(v, i, t))), zero(eltype(v))) for i in 1:length(v)])
end
moved(v, i, t) = (w = copy(v); w[i] += t; w)
"The derivatives of every element of the result (rows) by every element of each argument (columns)."
jacobian(m, f, xs...) = each(m, f, (), xs, jacobian_by)
function jacobian_by(m, f, x)
    v, back = to_vec(x)
    columns = [m(t -> to_vec(f(back(moved(v, i, t))))[1], zero(eltype(v))) for i in 1:length(v)]
    isempty(columns) ? zeros(length(to_vec(f(x))[1]), 0) : reduce(hcat, columns)
end
"The jacobian times tangents: `jvp(m, f, (x, ẋ), …)`."
function jvp(m, f, xs::Tuple{Any,Any}...)
    v, back = to_vec(map(first, xs))
    dv, _ = to_vec(map(last, xs))
    length(v) == length(dv) || throw(DimensionMismatch("arrays could not be broadcast to a common size; got a dimension with lengths $(length(v)) and $(length(dv))"))
    _, back_y = to_vec(f(map(first, xs)...))
    back_y(m(t -> to_vec(f(back(v .+ t .* dv)...))[1], zero(eltype(v))))
end
"Cotangents times the jacobian."
j′vp(m, f, ȳ, xs...) = each(m, f, (), xs, (m, g, x) -> gradient_by(m, z -> LinearAlgebra.dot(to_vec(ȳ)[1], to_vec(g(z))[1]), x))

end

module FiniteDiff

export finite_difference_derivative, finite_difference_gradient, finite_difference_jacobian, finite_difference_hessian
export finite_difference_gradient!, finite_difference_jacobian!, finite_difference_hessian!, finite_difference_derivative!

step_of(::Val{:forward}, x) = sqrt(eps(Float64)) * max(1.0, abs(x))
step_of(::Val{:central}, x) = cbrt(eps(Float64)) * max(1.0, abs(x))
difference(kind::Val{:forward}, f, x) = (h = step_of(kind, x); (f(x + h) - f(x)) / h)
difference(kind::Val{:central}, f, x) = (h = step_of(kind, x); (f(x + h) - f(x - h)) / (2 * h))
difference(::Val{:complex}, f, x) = (h = eps(Float64); imag(f(Complex(x, h))) / h)
difference(::Type{T}, f, x) where {T<:Val} = difference(T(), f, x)
default_relstep(::Val{:forward}, ::Type{T}) where {T} = sqrt(eps(real(T)))
default_relstep(::Val{:central}, ::Type{T}) where {T} = cbrt(eps(real(T)))
default_relstep(::Val{:hcentral}, ::Type{T}) where {T} = eps(real(T))^(1 / 4)
default_relstep(::Val, ::Type{T}) where {T} = one(real(T))
default_relstep(::Type{V}, ::Type{T}) where {V<:Val,T} = default_relstep(V(), T)

# ---- Caches hold memory that is not needed here, and the kind of difference

struct Cache{name,kind} end
plain_kind(kind::Val) = kind
plain_kind(::Type{V}) where {V<:Val} = V()
plain_kind(::Cache{name,k}) where {name,k} = Val(k)
difference(cache::Cache, f, x) = difference(plain_kind(cache), f, x)
kind_of(::Val{k}) where {k} = k
kind_of(::Type{Val{k}}) where {k} = k
const DerivativeCache{kind} = Cache{:DerivativeCache,kind}
DerivativeCache(arrays...; kws...) = Cache{:DerivativeCache,kind_in(arrays, :central)}()
const GradientCache{kind} = Cache{:GradientCache,kind}
GradientCache(arrays...; kws...) = Cache{:GradientCache,kind_in(arrays, :central)}()
const JacobianCache{kind} = Cache{:JacobianCache,kind}
JacobianCache(arrays...; kws...) = Cache{:JacobianCache,kind_in(arrays, :forward)}()
const HessianCache{kind} = Cache{:HessianCache,kind}
HessianCache(arrays...; kws...) = Cache{:HessianCache,kind_in(arrays, :hcentral)}()
const JVPCache{kind} = Cache{:JVPCache,kind}
JVPCache(arrays...; kws...) = Cache{:JVPCache,kind_in(arrays, :forward)}()
kind_in(::Tuple{}, usual) = usual
kind_in(given::Tuple, usual) = kind_in(given[1], Base.tail(given), usual)
kind_in(kind::Union{Val,Type{<:Val}}, rest, usual) = kind_of(kind)
kind_in(other, rest, usual) = kind_in(rest, usual)
"The jacobian times a direction."
finite_difference_jvp(f, x::AbstractArray, v::AbstractArray, kind = Val(:forward), args...; kws...) = array_difference(plain_kind(kind), t -> f(x .+ t .* v), 0.0)
finite_difference_jvp!(out, f!, x::AbstractArray, v::AbstractArray, kind = Val(:forward), args...; kws...) =
    (out .= finite_difference_jvp(z -> (y = zeros(eltype(z), size(out)); f!(y, z); y), x, v, kind); nothing)

"Differences by a number, by an array, of an array, and of second order."
finite_difference_derivative(f, x::Real, kind = Val(:central), args...; kws...) = difference(kind, f, float(x))
finite_difference_derivative(f, xs::AbstractArray, kind = Val(:central), args...; kws...) = map(x -> finite_difference_derivative(f, x, kind), xs)
finite_difference_derivative!(out, f, xs::AbstractArray, kind = Val(:central), args...; kws...) = copyto!(out, finite_difference_derivative(f, xs, kind))
finite_difference_gradient(f, x::AbstractArray, kind = Val(:central), args...; kws...) =
    reshape([difference(kind, t -> f(replaced(x, i, t)), x[i]) for i in 1:length(x)], size(x))
finite_difference_gradient(f, x::Real, kind = Val(:central), args...; kws...) = difference(kind, f, float(x))
finite_difference_gradient!(out, f, x, kind = Val(:central), args...; kws...) = copyto!(out, finite_difference_gradient(f, x, kind))
replaced(x, i, t) = (y = Array{promote_type(float(eltype(x)), typeof(t))}(undef, size(x)); copyto!(y, x); y[i] = t; y)
finite_difference_jacobian(f, x::AbstractArray, kind = Val(:forward), args...; kws...) =
    reduce(hcat, [vec(array_difference(plain_kind(kind), t -> f(replaced(x, i, t)), x[i])) for i in 1:length(x)])
array_difference(kind::Val{:forward}, f, x) = (h = step_of(kind, x); (f(x + h) .- f(x)) ./ h)
array_difference(kind::Val{:central}, f, x) = (h = step_of(kind, x); (f(x + h) .- f(x - h)) ./ (2 * h))
array_difference(::Val{:complex}, f, x) = (h = eps(Float64); imag.(f(Complex(x, h))) ./ h)
"The jacobian of `f!(y, x)`."
finite_difference_jacobian!(J, f!, x::AbstractArray, kind = Val(:forward), args...; kws...) =
    (copyto!(J, finite_difference_jacobian(z -> (y = zeros(eltype(z), size(J, 1)); f!(y, z); y), x, kind)); nothing)
function finite_difference_hessian(f, x::AbstractArray, kind = Val(:hcentral), args...; kws...)
    n = length(x)
    h = [eps(Float64)^0.25 * max(1.0, abs(x[i])) for i in 1:n]
    at(i, s, j, t) = (y = float(collect(x)); y[i] += s * h[i]; y[j] += t * h[j]; f(y))
    [(at(i, 1, j, 1) - at(i, 1, j, -1) - at(i, -1, j, 1) + at(i, -1, j, -1)) / (4 * h[i] * h[j]) for i in 1:n, j in 1:n]
end
finite_difference_hessian!(H, f, x::AbstractArray, kind = Val(:hcentral), args...; kws...) = copyto!(H, finite_difference_hessian(f, x))

end

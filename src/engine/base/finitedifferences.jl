# FiniteDifferences and FiniteDiff: derivatives from function values.
module FiniteDifferences

import ..LinearAlgebra

export FiniteDifferenceMethod, central_fdm, forward_fdm, backward_fdm, grad, jacobian, jvp, j′vp, to_vec, extrapolate_fdm

"A derivative of order `q` from values at `x + h g` for the points g of a grid."
struct FiniteDifferenceMethod{P,Q,G,C}
    grid::G
    coefs::C
    max_range::Float64
    factor::Float64
end
function method_on(grid::Vector{Int64}, q::Integer; adapt = 1, factor = 1, max_range = Inf, condition = 10, geom = false)
    p = length(grid)
    q < p || throw(ArgumentError("order of the method must be strictly greater than that of the derivative"))
    coefs = coefficients(grid, q)
    FiniteDifferenceMethod{p,q,Vector{Int64},Vector{Float64}}(grid, coefs, Float64(max_range), Float64(factor))
end
"What makes the grid exact for polynomials: `Σ c g^k` is k! for k = q and 0 for other k below p."
coefficients(grid, q) = [Float64(g)^k for k in 0:length(grid)-1, g in grid] \ [k == q ? Float64(factorial(q)) : 0.0 for k in 0:length(grid)-1]

central_fdm(p::Integer, q::Integer; kws...) = method_on(isodd(p) ? collect(-div(p, 2):div(p, 2)) : filter(!iszero, collect(-div(p, 2):div(p, 2))), q; kws...)
forward_fdm(p::Integer, q::Integer; kws...) = method_on(collect(0:p-1), q; kws...)
backward_fdm(p::Integer, q::Integer; kws...) = method_on(collect(1-p:0), q; kws...)

"The step at which rounding and truncation are about equal, for functions that vary on a scale of 1."
step_size(m::FiniteDifferenceMethod{P}, x) where {P} = min((10 * m.factor * eps(Float64))^(1 / P), m.max_range / maximum(abs, m.grid))

"The derivative of `f` at x, with the given step."
(m::FiniteDifferenceMethod)(f, x::Real) = m(f, x, step_size(m, x))
function (m::FiniteDifferenceMethod{P,Q})(f, x::Real, h::Real) where {P,Q}
    sum(k -> m.coefs[k] * f(x + h * m.grid[k]), 1:P) / h^Q
end
"The same extrapolated over decreasing steps; the method alone is as good here."
extrapolate_fdm(m::FiniteDifferenceMethod, f, x::Real, h = 0.1; kws...) = (m(f, x), 0.0)

# ---- Values as vectors

"A value as a vector, and the function back."
to_vec(x::Real) = ([float(x)], v -> v[1])
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
to_vec(x::Union{Integer,AbstractString,Symbol,Nothing,Function}) = (Float64[], v -> x)
to_vec(x::Bool) = (Float64[], v -> x)

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
    back([m(t -> f(back(moved(v, i, t))), 0.0) for i in 1:length(v)])
end
moved(v, i, t) = (w = copy(v); w[i] += t; w)
"The derivatives of every element of the result (rows) by every element of each argument (columns)."
jacobian(m, f, xs...) = each(m, f, (), xs, jacobian_by)
function jacobian_by(m, f, x)
    v, back = to_vec(x)
    columns = [m(t -> to_vec(f(back(moved(v, i, t))))[1], 0.0) for i in 1:length(v)]
    isempty(columns) ? zeros(length(to_vec(f(x))[1]), 0) : reduce(hcat, columns)
end
"The jacobian times tangents: `jvp(m, f, (x, ẋ), …)`."
function jvp(m, f, xs::Tuple{Any,Any}...)
    v, back = to_vec(map(first, xs))
    dv, _ = to_vec(map(last, xs))
    _, back_y = to_vec(f(map(first, xs)...))
    back_y(m(t -> to_vec(f(back(v .+ t .* dv)...))[1], 0.0))
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
    reduce(hcat, [vec(array_difference(kind, t -> f(replaced(x, i, t)), x[i])) for i in 1:length(x)])
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

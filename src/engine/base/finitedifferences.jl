# FiniteDifferences and FiniteDiff: derivatives from function values.
module FiniteDifferences

import ..LinearAlgebra

export FiniteDifferenceMethod, central_fdm, forward_fdm, backward_fdm, grad, jacobian, jvp, j′vp, to_vec, extrapolate_fdm

"A derivative of order Q from values at `x + h g` for the P points g of a grid."
struct FiniteDifferenceMethod{P,Q,G,B}
    grid::Vector{G}
    coefs::Vector{Float64}
    "Coefficients of the derivative at x - h, x and x + h."
    neighbourhood::NTuple{3,Vector{Float64}}
    condition::Float64
    factor::Float64
    max_range::Float64
    "The truncation error is this times the derivative of order P, the rounding error that times the error of f."
    truncation::Float64
    rounding::Float64
    "The method for the derivative of order P that chooses the step, or nothing."
    bound::B
end
method_on(grid_of, p::Integer, q::Integer; adapt = 1, condition = 10, factor = 1, max_range = Inf, geom = false) =
    method_on(grid_of, p, q, geom, Val(adapt); condition, factor, max_range)
function method_on(grid_of, p::Integer, q::Integer, is_spread, adapt::Val; condition, factor, max_range)
    q < p || throw(ArgumentError("order of the method must be strictly greater than that of the derivative"))
    grid = is_spread ? map(spread, grid_of(p)) : grid_of(p)
    coefs = coefficients(grid, q)
    bound = bounding(grid_of, p, adapt; condition, factor, max_range)
    FiniteDifferenceMethod{p,q,eltype(grid),typeof(bound)}(grid, coefs, (coefficients(grid .- 1, q), coefs, coefficients(grid .+ 1, q)),
        condition, factor, max_range, sum(abs.(coefs .* float.(grid) .^ p)) / prod(1.0:p), sum(abs, coefs), bound)
end
bounding(grid_of, p, ::Val{0}; kws...) = nothing
bounding(grid_of, p, ::Val{N}; kws...) where {N} = method_on(grid_of, p + 2, p, true, Val(N - 1); kws...)
"Grid points that stand further apart the further out they are."
spread(g) = iszero(g) ? 0 : sign(g) * 3^(abs(g) - 1)
"The weights of values at the points of a grid in the derivative of order q at 0, exact for polynomials (Fornberg's recurrence)."
coefficients(grid, q) = maximum(abs, grid) < 5 ? Float64.(weights(grid .// 1, q)) : weights(float.(grid), q)
function weights(x::Vector{T}, q) where {T}
    # Row i holds the weights of point i in the derivatives of orders 0 to q, of the polynomial through the points so far.
    w = zeros(T, length(x), q + 1)
    w[1, 1] = one(T)
    before = one(T)
    for i in 2:length(x)
        product = one(T)
        for j in 1:i-1
            product *= x[i] - x[j]
            if j == i - 1
                for k in min(i - 1, q):-1:1
                    w[i, k+1] = before * (k * w[j, k] - x[j] * w[j, k+1]) / product
                end
                w[i, 1] = -before * x[j] * w[j, 1] / product
            end
            for k in min(i - 1, q):-1:1
                w[j, k+1] = (x[i] * w[j, k+1] - k * w[j, k]) / (x[i] - x[j])
            end
            w[j, 1] = x[i] * w[j, 1] / (x[i] - x[j])
        end
        before = product
    end
    w[:, q+1]
end

central_grid(p) = isodd(p) ? collect(-div(p, 2):div(p, 2)) : filter(!iszero, collect(-div(p, 2):div(p, 2)))
central_fdm(p::Integer, q::Integer; kws...) = method_on(central_grid, p, q; kws...)
forward_fdm(p::Integer, q::Integer; kws...) = method_on(p -> collect(0:p-1), p, q; kws...)
backward_fdm(p::Integer, q::Integer; kws...) = method_on(p -> collect(1-p:0), p, q; kws...)
function Base.show(io::IO, ::MIME"text/plain", m::FiniteDifferenceMethod{P,Q}) where {P,Q}
    println(io, "FiniteDifferenceMethod:")
    println(io, "  order of method:       ", P)
    println(io, "  order of derivative:   ", Q)
    println(io, "  grid:                  ", m.grid)
    print(io, "  coefficients:          ", m.coefs)
end

"The step at which a bound on the sum of truncation and rounding is least, and that bound."
function best_step(m::FiniteDifferenceMethod{P,Q}, slope, error) where {P,Q}
    c1 = error * m.rounding * m.factor
    c2 = slope * m.truncation
    h = (Q / (P - Q) * (c1 / c2))^(1 / P)
    (h, c1 * h^(-Q) + c2 * h^(P - Q))
end
"The step and the expected accuracy at x."
estimate_step(m::FiniteDifferenceMethod, f, x::AbstractFloat) = limited(m, wanted_step(m, m.bound, f, x), x)
wanted_step(m, ::Nothing, f, x) = best_step(m, m.condition, eps(typeof(x)))
function wanted_step(m, bound, f, x)
    h = estimate_step(bound, f, x)[1]
    values = try
        values_at(bound, f, x, h)
    catch error
        error isa DomainError || rethrow()
        # Its points lie further out than those of the derivative.
        return wanted_step(m, nothing, f, x)
    end
    slope = maximum(c -> magnitude(combined(bound, values, x, h, c)), bound.neighbourhood)
    size_of_f = maximum(magnitude, values)
    # A function that looks like a polynomial, or that is not finite nearby, says nothing about the step.
    slope == 0 || size_of_f == 0 || !isfinite(slope) ? wanted_step(m, nothing, f, x) : best_step(m, slope, eps(typeof(x)(size_of_f)))
end
function limited(m, (h, accuracy), x)
    widest = min(m.max_range / maximum(abs, m.grid), 1000 * wanted_step(m, nothing, nothing, x)[1])
    h > widest ? (widest, NaN) : (h, accuracy)
end
magnitude(y::Number) = Float64(abs(y))
magnitude(y) = mapreduce(magnitude, max, y; init = 0.0)
values_at(m, f, x::T, h) where {T} = map(g -> f(x + T(h) * g), m.grid)
combined(::FiniteDifferenceMethod{P,Q}, values, x::T, h, coefs) where {P,Q,T} = sum(map((c, y) -> T(c) * y, coefs, values)) / T(h)^Q

"The derivative of `f` at x, with the step that is estimated or given."
(m::FiniteDifferenceMethod)(f, x::Real) = (x = float(x); m(f, x, estimate_step(m, f, x)[1]))
(m::FiniteDifferenceMethod)(f, x::Real, h::Real) = (x = float(x); combined(m, values_at(m, f, x, h), x, h, m.coefs))
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

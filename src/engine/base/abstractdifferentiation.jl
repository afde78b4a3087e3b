# AbstractDifferentiation: operators that need one primitive of a backend, a jacobian or a product; results are tuples, one entry an argument.
module AbstractDifferentiation

import ..LinearAlgebra: I, dot

export AD
public derivative, gradient, jacobian, hessian, second_derivative, value_and_derivative, value_and_gradient, value_and_jacobian, value_and_hessian,
    value_and_second_derivative, value_derivative_and_second_derivative, value_gradient_and_hessian, pushforward_function, value_and_pushforward_function,
    pullback_function, value_and_pullback_function, lazy_derivative, lazy_gradient, lazy_jacobian, lazy_hessian, primal_value, AbstractBackend,
    AbstractFiniteDifference, AbstractForwardMode, AbstractReverseMode, HigherOrderBackend, ForwardDiffBackend, ReverseDiffBackend, ZygoteBackend,
    FiniteDifferencesBackend, TrackerBackend, ReverseRuleConfigBackend
const AD = AbstractDifferentiation

abstract type AbstractBackend end
abstract type AbstractFiniteDifference <: AbstractBackend end
abstract type AbstractForwardMode <: AbstractBackend end
abstract type AbstractReverseMode <: AbstractBackend end
"Backends for derivatives of derivatives, the innermost last."
struct HigherOrderBackend{B} <: AbstractBackend
    backends::B
end
reduce_order(b::AbstractBackend) = b
reduce_order(b::HigherOrderBackend) = length(b.backends) == 1 ? lowest(b) : HigherOrderBackend(Base.front(b.backends))
lowest(b::AbstractBackend) = b
lowest(b::HigherOrderBackend) = b.backends[end]
second_lowest(b::AbstractBackend) = b
second_lowest(b::HigherOrderBackend) = lowest(reduce_order(b))

"What a program says of a backend's values; derivatives do not depend on it here."
primal_value(x::Tuple) = map(primal_value, x)
primal_value(x) = x
primal_value(::AbstractBackend, ys, f, xs) = primal_value(ys)

# ---- First order

function derivative(ab::AbstractBackend, f, xs::Number...)
    single(map(only_entry, jacobian(lowest(ab), f, xs...)))
end
single(found::Tuple) = found
single(found) = (found,)
only_entry(jac::Number) = jac
only_entry(jac) = length(jac) == 1 ? jac[1] : throw(ArgumentError("this backend takes derivatives of functions whose value is a number; take jacobian for those of arrays"))
gradient(ab::AbstractBackend, f, xs...) = map((jac, x) -> reshape(adjoint(jac), size(x)), jacobian(lowest(ab), f, xs...), xs)
jacobian(ab::HigherOrderBackend, f, xs...) = jacobian(lowest(ab), f, xs...)

value_and_derivative(ab::AbstractBackend, f, xs::Number...) = (f(xs...), derivative(lowest(ab), f, xs...))
value_and_gradient(ab::AbstractBackend, f, xs...) = (f(xs...), gradient(lowest(ab), f, xs...))
value_and_jacobian(ab::AbstractBackend, f, xs...) = (f(xs...), jacobian(lowest(ab), f, xs...))

# ---- Second order: the outer backend on what the inner one gives

inner_derivative(ab, f) = x -> derivative(lowest(ab), f, x)[1]
inner_gradient(ab, f) = (xs...) -> gradient(lowest(ab), f, xs...)[1]
second_derivative(ab::AbstractBackend, f, x::Number) = derivative(second_lowest(ab), inner_derivative(ab, f), x)
hessian(ab::AbstractBackend, f, x) = jacobian(second_lowest(ab), inner_gradient(ab, f), x)
value_and_hessian(ab::AbstractBackend, f, x) = (f(x), hessian(ab, f, x))
value_and_second_derivative(ab::AbstractBackend, f, x::Number) = (f(x), second_derivative(ab, f, x))
value_derivative_and_second_derivative(ab::AbstractBackend, f, x::Number) = (f(x), derivative(lowest(ab), f, x), second_derivative(ab, f, x))
value_gradient_and_hessian(ab::AbstractBackend, f, x) = (f(x), gradient(lowest(ab), f, x), hessian(ab, f, x))

# ---- Products with tangents and cotangents

"The function from tangents to the product with the jacobian: of several arguments, one product each."
function pushforward_function(ab::AbstractBackend, f, xs...)
    function pushed(ds)
        given = tangents(ds)
        length(given) == length(xs) || throw(AssertionError("length(ds) == length(xs)"))
        jacobian(lowest(ab), (steps...) -> f(map(step_toward, xs, given, steps)...), map(no_step, xs, given)...)
    end
end
tangents(ds::Tuple) = ds
tangents(ds) = (ds,)
step_toward(x::Number, v::Number, h) = x + v * h
step_toward(x, v, h) = x .+ v .* h
step_toward(x::AbstractVector, v::AbstractMatrix, h) = x + v * h
no_step(x::Number, d::Number) = zero(d)
no_step(x::Number, d::AbstractVector) = zero(d)
no_step(x::AbstractArray, d::AbstractArray) = zero(eltype(d))
no_step(x::AbstractVector, d::AbstractMatrix) = zeros(eltype(d), size(d, 2))
"The function from tangents to the value and the product with the jacobian."
value_and_pushforward_function(ab::AbstractBackend, f, xs...) = ds -> (f(xs...), pushforward_function(lowest(ab), f, xs...)(tangents(ds)))

"The function from cotangents of the value to the product with the jacobian of each argument."
function pullback_function(ab::AbstractBackend, f, xs...)
    pulled(ws) = map(adjoint, jacobian(lowest(ab), (at...) -> weighted(ws, f(at...)), xs...))
end
weighted(w, y) = dot(w, y)
function weighted(ws::Tuple, y)
    ys = y isa Tuple ? y : (y,)
    length(ws) == length(ys) || throw(AssertionError("length(vs) == length(ws)"))
    sum(map(dot, ws, ys))
end
"The value, and that function."
value_and_pullback_function(ab::AbstractBackend, f, xs...) = (f(xs...), pullback_function(lowest(ab), f, xs...))

# ---- Jacobians from products, for backends whose primitive is one of them

"The tuples of tangents that give the columns of the jacobian by each argument, all others being zero."
basis(x::Number) = (one(x),)
basis(x::AbstractArray) = ntuple(j -> unit(x, j), length(x))
unit(x, j) = (d = zero(x); d[j] = one(eltype(x)); d)
still(x) = zero(x)
function jacobian_by_pushforward(pushed, xs::Tuple)
    ntuple(length(xs)) do k
        foldl(hcat, [only_part(pushed(ntuple(i -> i == k ? d : still(xs[i]), length(xs)))) for d in basis(xs[k])])
    end
end
only_part(y::Tuple) = only(y)
only_part(y) = y
jacobian_by_pullback(y::Number, pulled) = single(pulled((one(y),)))
function jacobian_by_pullback(y::AbstractArray, pulled)
    rows = [single(pulled((w,))) for w in basis(y)]
    ntuple(k -> adjoint(foldl(hcat, [vectorised(row[k]) for row in rows])), length(rows[1]))
end
jacobian_by_pullback(y::Tuple, pulled) = throw(ArgumentError("a jacobian by pullbacks is for functions whose value is a number or an array"))
vectorised(x::Number) = x
vectorised(x::AbstractArray) = vec(x)

# ---- Lazy operators: computed when something is multiplied with them

struct Lazy{O,B,F,X}
    operator::O
    backend::B
    f::F
    xs::X
end
const LazyDerivative = Lazy{typeof(derivative)}
const LazyGradient = Lazy{typeof(gradient)}
const LazyJacobian = Lazy{typeof(jacobian)}
const LazyHessian = Lazy{typeof(hessian)}
lazy_derivative(ab::AbstractBackend, f, xs::Number...) = Lazy(derivative, ab, f, xs)
lazy_gradient(ab::AbstractBackend, f, xs...) = Lazy(gradient, ab, f, xs)
lazy_jacobian(ab::AbstractBackend, f, xs...) = Lazy(jacobian, ab, f, xs)
lazy_hessian(ab::AbstractBackend, f, xs...) = Lazy(hessian, ab, f, xs)
found(d::Lazy) = d.operator(d.backend, d.f, d.xs...)
Base.:*(d::Lazy, y::Number) = found(d) .* y
Base.:*(y::Number, d::Lazy) = y .* found(d)
Base.:*(d::Union{LazyDerivative,LazyGradient}, ys::Tuple) = scaled(found(d), ys)
Base.:*(ys::Tuple, d::Union{LazyDerivative,LazyGradient}) = scaled(found(d), ys)
scaled(parts, ys) = length(parts) == length(ys) || length(parts) == 1 || length(ys) == 1 ? parts .* ys : throw(AssertionError("length(y) == length(d.xs)"))
Base.:*(d::LazyDerivative, y::AbstractArray) = map(part -> part * y, found(d))
Base.:*(y::AbstractArray, d::LazyDerivative) = map(part -> y * part, found(d))
Base.:*(d::LazyJacobian, ys::Union{Tuple,AbstractArray}) = single(pushforward_function(d.backend, d.f, d.xs...)(tangents(ys)))
Base.:*(ys::Union{Tuple,AbstractArray}, d::LazyJacobian) = pullback_function(d.backend, d.f, d.xs...)(turned(ys))
Base.:*(d::LazyHessian, ys::Union{Tuple,AbstractArray}) =
    single(pushforward_function(second_lowest(d.backend), inner_gradient(d.backend, d.f), d.xs...)(tangents(ys)))
Base.:*(ys::Union{Tuple,AbstractArray}, d::LazyHessian) = pullback_function(second_lowest(d.backend), inner_gradient(d.backend, d.f), d.xs...)(turned(ys))
turned(ys::Tuple) = map(adjoint, ys)
turned(y) = adjoint(y)

end

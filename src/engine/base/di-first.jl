# DifferentiationInterface: operators of first order. The forms with a value do the work; every one takes an optional preparation before
# the backend, and `f!, y` in place of `f` for functions that write their result.
module DifferentiationInterface

"A result written into memory that was given for it."
put!(given::AbstractArray, found) = copyto!(given, found)
put!(given::Tuple, found::Tuple) = map(put!, given, found)
put!(given, found) = found

# ---- Products with tangents and cotangents

pushforward(f, args...) = last(value_and_pushforward(f, args...))
pushforward!(f, args...) = last(value_and_pushforward!(f, args...))
value_and_pushforward(f, p::PushforwardPrep, b::AbstractADType, x, tx, c::Context...) = (check(p, f, b, x, tx, c...); value_and_pushforward(f, b, x, tx, c...))
function value_and_pushforward(f, b::AbstractADType, x, tx::Tuple, c::Context...)
    at = floated(x)
    runs = map(dx -> push(forwards(way(b)), b, f, at, dx, c), tx)
    (first(first(runs)), map(last, runs))
end
function value_and_pushforward(f!, y::AbstractArray, p::PushforwardPrep, b::AbstractADType, x, tx, c::Context...)
    check(p, f!, y, b, x, tx, c...)
    value_and_pushforward(f!, y, b, x, tx, c...)
end
value_and_pushforward(f!, y::AbstractArray, b::AbstractADType, x, tx::Tuple, c::Context...) =
    (ty = map(dx -> push!!(forwards(way(b)), b, f!, y, x, dx, c)[2], tx); f!(y, x, values_of(c)...); (y, ty))
value_and_pushforward!(f, ty, b::AbstractADType, x, tx, c::Context...) = kept(ty, value_and_pushforward(f, b, x, tx, c...))
value_and_pushforward!(f, ty, p::PushforwardPrep, b::AbstractADType, x, tx, c::Context...) = kept(ty, value_and_pushforward(f, p, b, x, tx, c...))
value_and_pushforward!(f!, y::AbstractArray, ty::Tuple, b::AbstractADType, x, tx, c::Context...) = kept(ty, value_and_pushforward(f!, y, b, x, tx, c...))
value_and_pushforward!(f!, y::AbstractArray, ty::Tuple, p::PushforwardPrep, b::AbstractADType, x, tx, c::Context...) = kept(ty, value_and_pushforward(f!, y, p, b, x, tx, c...))
kept(given, (y, found)) = (y, put!(given, found))

pullback(f, args...) = last(value_and_pullback(f, args...))
pullback!(f, args...) = last(value_and_pullback!(f, args...))
value_and_pullback(f, p::PullbackPrep, b::AbstractADType, x, ty, c::Context...) = (check(p, f, b, x, ty, c...); value_and_pullback(f, b, x, ty, c...))
function value_and_pullback(f, b::AbstractADType, x, ty::Tuple, c::Context...)
    at = floated(x)
    runs = map(dy -> pull(backwards(way(b)), b, f, at, dy, c), ty)
    (first(first(runs)), map(last, runs))
end
function value_and_pullback(f!, y::AbstractArray, p::PullbackPrep, b::AbstractADType, x, ty, c::Context...)
    check(p, f!, y, b, x, ty, c...)
    value_and_pullback(f!, y, b, x, ty, c...)
end
value_and_pullback(f!, y::AbstractArray, b::AbstractADType, x, ty::Tuple, c::Context...) =
    (tx = map(dy -> pull!!(backwards(way(b)), b, f!, y, x, dy, c)[2], ty); f!(y, x, values_of(c)...); (y, tx))
value_and_pullback!(f, tx, b::AbstractADType, x, ty, c::Context...) = kept(tx, value_and_pullback(f, b, x, ty, c...))
value_and_pullback!(f, tx, p::PullbackPrep, b::AbstractADType, x, ty, c::Context...) = kept(tx, value_and_pullback(f, p, b, x, ty, c...))
value_and_pullback!(f!, y::AbstractArray, tx::Tuple, b::AbstractADType, x, ty, c::Context...) = kept(tx, value_and_pullback(f!, y, b, x, ty, c...))
value_and_pullback!(f!, y::AbstractArray, tx::Tuple, p::PullbackPrep, b::AbstractADType, x, ty, c::Context...) = kept(tx, value_and_pullback(f!, y, p, b, x, ty, c...))

# ---- Derivatives by a number

derivative(f, args...) = last(value_and_derivative(f, args...))
derivative!(f, args...) = last(value_and_derivative!(f, args...))
value_and_derivative(f, p::DerivativePrep, b::AbstractADType, x, c::Context...) = (check(p, f, b, x, c...); value_and_derivative(f, b, x, c...))
value_and_derivative(f, b::AbstractADType, x::Number, c::Context...) = (at = floated(x); push(forwards(way(b)), b, f, at, one(at), c))
value_and_derivative(f!, y::AbstractArray, p::DerivativePrep, b::AbstractADType, x, c::Context...) = (check(p, f!, y, b, x, c...); value_and_derivative(f!, y, b, x, c...))
function value_and_derivative(f!, y::AbstractArray, b::AbstractADType, x::Number, c::Context...)
    at = floated(x)
    dy = push!!(forwards(way(b)), b, f!, y, at, one(at), c)[2]
    f!(y, at, values_of(c)...)
    (y, dy)
end
value_and_derivative!(f, der, b::AbstractADType, x, c::Context...) = kept(der, value_and_derivative(f, b, x, c...))
value_and_derivative!(f, der, p::DerivativePrep, b::AbstractADType, x, c::Context...) = kept(der, value_and_derivative(f, p, b, x, c...))
value_and_derivative!(f!, y::AbstractArray, der::AbstractArray, b::AbstractADType, x, c::Context...) = kept(der, value_and_derivative(f!, y, b, x, c...))
value_and_derivative!(f!, y::AbstractArray, der::AbstractArray, p::DerivativePrep, b::AbstractADType, x, c::Context...) = kept(der, value_and_derivative(f!, y, p, b, x, c...))

# ---- Gradients of a scalar function

gradient(f, args...) = last(value_and_gradient(f, args...))
gradient!(f, args...) = last(value_and_gradient!(f, args...))
value_and_gradient(f, p::GradientPrep, b::AbstractADType, x, c::Context...) = (check(p, f, b, x, c...); value_and_gradient(f, b, x, c...))
value_and_gradient(f, b::AbstractADType, x, c::Context...) = gradient_by(backwards(way(b)), b, f, floated(x), c)
value_and_gradient!(f, grad, b::AbstractADType, x, c::Context...) = kept(grad, value_and_gradient(f, b, x, c...))
value_and_gradient!(f, grad, p::GradientPrep, b::AbstractADType, x, c::Context...) = kept(grad, value_and_gradient(f, p, b, x, c...))
gradient_by(::Reverses, b, f::F, x::X, contexts::C) where {F,X,C} = scalar_gradient(reverse_mode(b), function_annotation(f, function_shadow(b, f)), x, contexts)
gradient_by(w::Way, b, f::F, x::X, contexts::C) where {F,X,C} = pull(w, b, f, x, 1.0, contexts)

# ---- Jacobians, as matrices

jacobian(f, args...) = last(value_and_jacobian(f, args...))
jacobian!(f, args...) = last(value_and_jacobian!(f, args...))
value_and_jacobian(f, p::JacobianPrep, b::AbstractADType, x, c::Context...) = (check(p, f, b, x, c...); value_and_jacobian(f, b, x, c...))
function value_and_jacobian(f, b::AbstractADType, x, c::Context...)
    at = floated(x)
    y = f(at, values_of(c)...)
    (y, jacobian_by(forwards(way(b)), y, at, dx -> push(forwards(way(b)), b, f, at, dx, c)[2], dy -> pull(forwards(way(b)), b, f, at, dy, c)[2]))
end
value_and_jacobian(f!, y::AbstractArray, p::JacobianPrep, b::AbstractADType, x, c::Context...) = (check(p, f!, y, b, x, c...); value_and_jacobian(f!, y, b, x, c...))
function value_and_jacobian(f!, y::AbstractArray, b::AbstractADType, x, c::Context...)
    w = forwards(way(b))
    jac = jacobian_by(w, y, x, dx -> push!!(w, b, f!, y, x, dx, c)[2], dy -> pull!!(w, b, f!, y, x, dy, c)[2])
    f!(y, x, values_of(c)...)
    (y, jac)
end
value_and_jacobian!(f, jac, b::AbstractADType, x, c::Context...) = kept(jac, value_and_jacobian(f, b, x, c...))
value_and_jacobian!(f, jac, p::JacobianPrep, b::AbstractADType, x, c::Context...) = kept(jac, value_and_jacobian(f, p, b, x, c...))
value_and_jacobian!(f!, y::AbstractArray, jac::AbstractArray, b::AbstractADType, x, c::Context...) = kept(jac, value_and_jacobian(f!, y, b, x, c...))
value_and_jacobian!(f!, y::AbstractArray, jac::AbstractArray, p::JacobianPrep, b::AbstractADType, x, c::Context...) = kept(jac, value_and_jacobian(f!, y, p, b, x, c...))
"Columns from products with the directions of x, or rows from products with those of y."
function jacobian_by(::Way, y::Y, x::X, pushed, pulled) where {Y,X}
    out = zeros(promote_type(float(eltype(y)), eltype(x)), length(y), length(x))
    for j in 1:length(x)
        dy = pushed(direction(x, j))
        for i in 1:length(y)
            out[i, j] = dy[i]
        end
    end
    out
end
function jacobian_by(::Reverses, y::Y, x::X, pushed, pulled) where {Y,X}
    out = zeros(promote_type(float(eltype(y)), eltype(x)), length(y), length(x))
    at = floated(y)
    for i in 1:length(y)
        dx = pulled(direction(at, i))
        for j in 1:length(x)
            out[i, j] = dx[j]
        end
    end
    out
end

end

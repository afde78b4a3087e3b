# DifferentiationInterface: operators of second order, as a first-order operator of the outer backend on one of the inner.
module DifferentiationInterface

"The inner derivative as a function of all that the outer operator passes on."
struct InnerDerivative{F,B,C} <: Function
    f::F
    backend::B
    kinds::C
end
"The inner gradient as a function of all that the outer operator passes on."
struct InnerGradient{F,B,C} <: Function
    f::F
    backend::B
    kinds::C
end
kinds(contexts) = map(c -> same_kind(c, nothing), contexts)
(d::InnerDerivative)(x, values...) = derivative(d.f, d.backend, x, map(same_kind, d.kinds, values)...)
(d::InnerGradient)(x, values...) = gradient(d.f, d.backend, x, map(same_kind, d.kinds, values)...)
inner_derivative(f, b, c) = InnerDerivative(f, inner(b), kinds(c))
inner_gradient(f, b, c) = InnerGradient(f, inner(b), kinds(c))

# ---- Second derivatives by a number

second_derivative(f, args...) = last(value_derivative_and_second_derivative(f, args...))
second_derivative!(f, der2, b::AbstractADType, x, c::Context...) = put!(der2, second_derivative(f, b, x, c...))
second_derivative!(f, der2, p::SecondDerivativePrep, b::AbstractADType, x, c::Context...) = put!(der2, second_derivative(f, p, b, x, c...))
function value_derivative_and_second_derivative(f, p::SecondDerivativePrep, b::AbstractADType, x, c::Context...)
    check(p, f, b, x, c...)
    value_derivative_and_second_derivative(f, b, x, c...)
end
value_derivative_and_second_derivative(f, b::AbstractADType, x::Number, c::Context...) =
    (f(x, values_of(c)...), value_and_derivative(inner_derivative(f, b, c), outer(b), floated(x), c...)...)
value_derivative_and_second_derivative!(f, der, der2, b::AbstractADType, x, c::Context...) =
    kept_both(der, der2, value_derivative_and_second_derivative(f, b, x, c...))
value_derivative_and_second_derivative!(f, der, der2, p::SecondDerivativePrep, b::AbstractADType, x, c::Context...) =
    kept_both(der, der2, value_derivative_and_second_derivative(f, p, b, x, c...))
kept_both(first_given, second_given, (y, a, b)) = (y, put!(first_given, a), put!(second_given, b))

# ---- Products with the hessian

hvp(f, args...) = last(gradient_and_hvp(f, args...))
hvp!(f, tg, b::AbstractADType, x, tx, c::Context...) = put!(tg, hvp(f, b, x, tx, c...))
hvp!(f, tg, p::HVPPrep, b::AbstractADType, x, tx, c::Context...) = put!(tg, hvp(f, p, b, x, tx, c...))
gradient_and_hvp(f, p::HVPPrep, b::AbstractADType, x, tx, c::Context...) = (check(p, f, b, x, tx, c...); gradient_and_hvp(f, b, x, tx, c...))
gradient_and_hvp(f, b::AbstractADType, x, tx::Tuple, c::Context...) = hvp_by(forwards(way(outer(b))), f, b, x, tx, c)
hvp_by(::Way, f, b, x, tx, c) = value_and_pushforward(inner_gradient(f, b, c), outer(b), x, tx, c...)
# The hessian is symmetric, so a backend of reverse mode may as well multiply from the left.
hvp_by(::Reverses, f, b, x, tx, c) = value_and_pullback(inner_gradient(f, b, c), outer(b), x, tx, c...)
gradient_and_hvp!(f, grad, tg, b::AbstractADType, x, tx, c::Context...) = both_kept(grad, tg, gradient_and_hvp(f, b, x, tx, c...))
gradient_and_hvp!(f, grad, tg, p::HVPPrep, b::AbstractADType, x, tx, c::Context...) = both_kept(grad, tg, gradient_and_hvp(f, p, b, x, tx, c...))
both_kept(first_given, second_given, (a, b)) = (put!(first_given, a), put!(second_given, b))

# ---- Hessians, as matrices

hessian(f, args...) = last(value_gradient_and_hessian(f, args...))
hessian!(f, hess, b::AbstractADType, x, c::Context...) = put!(hess, hessian(f, b, x, c...))
hessian!(f, hess, p::HessianPrep, b::AbstractADType, x, c::Context...) = put!(hess, hessian(f, p, b, x, c...))
value_gradient_and_hessian(f, p::HessianPrep, b::AbstractADType, x, c::Context...) = (check(p, f, b, x, c...); value_gradient_and_hessian(f, b, x, c...))
value_gradient_and_hessian(f, b::AbstractADType, x, c::Context...) =
    (f(x, values_of(c)...), value_and_jacobian(inner_gradient(f, b, c), outer(b), floated(x), c...)...)
value_gradient_and_hessian!(f, grad, hess, b::AbstractADType, x, c::Context...) = kept_both(grad, hess, value_gradient_and_hessian(f, b, x, c...))
value_gradient_and_hessian!(f, grad, hess, p::HessianPrep, b::AbstractADType, x, c::Context...) =
    kept_both(grad, hess, value_gradient_and_hessian(f, p, b, x, c...))

end

# Calculus: derivatives by finite differences, by its names.
module Calculus
using LinearAlgebra
import ..FiniteDiff
export derivative, second_derivative, gradient, hessian, jacobian, check_gradient

"Derivatives of functions of a number, and gradients of functions of a vector; without a point, as functions."
derivative(f, x::Number, kind::Symbol=:central) = FiniteDiff.finite_difference_derivative(f, float(x))
derivative(f) = x -> derivative(f, x)
second_derivative(f, x::Number) = (h = max(abs(x), 1.0) * eps()^0.25; (f(x + h) - 2f(x) + f(x - h)) / h^2)
second_derivative(f) = x -> second_derivative(f, x)
gradient(f, x::AbstractVector, kind::Symbol=:central) = FiniteDiff.finite_difference_gradient(f, float(x))
gradient(f, x::Number, kind::Symbol=:central) = derivative(f, x)
gradient(f) = x -> gradient(f, x)
jacobian(f, x::AbstractVector, kind::Symbol=:central) = reduce(hcat, [column(f, float(x), k) for k in eachindex(x)])
column(f, x, k) = (h = max(abs(x[k]), 1.0) * cbrt(eps()); e = [j == k ? h : 0.0 for j in eachindex(x)]; (f(x + e) - f(x - e)) / 2h)
hessian(f, x::AbstractVector) = FiniteDiff.finite_difference_hessian(f, float(x))
hessian(f, x::Number) = second_derivative(f, x)
hessian(f) = x -> hessian(f, x)
"The largest difference between a gradient and its approximation."
check_gradient(f, g, x::AbstractVector) = maximum(abs, g(x) - gradient(f, x))
end

/** Packages that give one face to several ways of differentiation, as their own tests use them. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using AbstractDifferentiation, ForwardDiff, ReverseDiff, Zygote, FiniteDifferences, LinearAlgebra
fder(x, y) = exp(y) * x + y * log(x)
fgrad(x, y) = prod(x) + sum(y ./ (1:length(y)))
fjac(x, y) = x + -3 * y + [y[2:end]; zero(y[end])] / 2
const xs, ys, w = [0.3, 0.7, 0.2], [0.1, 0.2, 0.8], [1.0, 2.0, -1.0]
const Jx, Jy = Matrix(1.0I, 3, 3), Matrix(Bidiagonal(fill(-3.0, 3), fill(0.5, 2), :U))
const backends = (AD.ForwardDiffBackend(), AD.ReverseDiffBackend(), AD.ZygoteBackend(), AD.FiniteDifferencesBackend(), AD.TrackerBackend(), AD.ReverseRuleConfigBackend(Zygote.ZygoteRuleConfig()))
near(a, b) = norm(a - b) < 1e-6
all_near(a::Tuple, b::Tuple) = length(a) == length(b) && all(map(near, a, b))
everywhere(f) = map(f, backends)
twice(f) = map(f, backends[1:4])
struct ByJacobian <: AD.AbstractForwardMode end
AD.@primitive function jacobian(ab::ByJacobian, f, xs)
    xs isa Number && return (ForwardDiff.derivative(f, xs),)
    out = f(xs)
    out isa Number ? (adjoint(ForwardDiff.gradient(f, xs)),) : (ForwardDiff.jacobian(f, xs),)
end
struct ByPushforward{A} <: AD.AbstractFiniteDifference
    alg::A
end
AD.@primitive function pushforward_function(ab::ByPushforward, f, xs...)
    return function (vs)
        FiniteDifferences.jvp(ab.alg, f, tuple.(xs, vs)...)
    end
end
struct ByPullback <: AD.AbstractReverseMode end
AD.@primitive function pullback_function(ab::ByPullback, f, xs...)
    _, back = Zygote.pullback(f, xs...)
    return vs -> vs isa AbstractVector ? back(vs) : back(only(vs))
end
const own = (ByJacobian(), ByPushforward(central_fdm(5, 1)), ByPullback())
`)

describe('AbstractDifferentiation', () => {
  shows(
    () => session,
    `
    AD.gradient(AD.ForwardDiffBackend(), x -> sum(abs2, x), [1.0, 2.0]), AD.derivative(AD.ZygoteBackend(), (x, y) -> x^2 * y, 3.0, 2.0) => (([2.0, 4.0],), (12.0, 9.0))
    AD.value_and_gradient(AD.ReverseDiffBackend(), x -> sum(abs2, x), [1.0, 2.0]), AD.jacobian(AD.ForwardDiffBackend(), x -> x .^ 2, [1.0, 2.0]) => ((5.0, ([2.0, 4.0],)), ([2.0 0.0; 0.0 4.0],))
    everywhere(b -> all_near(AD.derivative(b, fder, 0.8, 1.3), (exp(1.3) + 1.3 / 0.8, exp(1.3) * 0.8 + log(0.8)))) => (true, true, true, true, true, true)
    everywhere(b -> all_near(AD.gradient(b, fgrad, xs, ys), (prod(xs) ./ xs, 1 ./ [1, 2, 3]))) => (true, true, true, true, true, true)
    everywhere(b -> all_near(AD.jacobian(b, fjac, xs, ys), (Jx, Jy))) => (true, true, true, true, true, true)
    everywhere(b -> all_near(AD.pushforward_function(b, x -> fjac(x, ys), xs)(w), (w,)) && near(AD.value_and_pushforward_function(b, x -> fjac(x, ys), xs)(w)[2][1], w)) => (true, true, true, true, true, true)
    everywhere(b -> all_near(AD.pullback_function(b, fjac, xs, ys)(w), (Jx'w, Jy'w)) && AD.value_and_pullback_function(b, fjac, xs, ys)[1] == fjac(xs, ys)) => (true, true, true, true, true, true)
    everywhere(b -> near((AD.lazy_jacobian(b, x -> fjac(x, ys), xs) * w)[1], w) && near((w' * AD.lazy_jacobian(b, y -> fjac(xs, y), ys))[1], Jy'w)) => (true, true, true, true, true, true)
    everywhere(b -> near((AD.lazy_gradient(b, x -> fgrad(x, ys), xs) * 2.0)[1], 2 * prod(xs) ./ xs) && near(([1.0, 2.0] * AD.lazy_derivative(b, abs2, 3.0))[1], [6.0, 12.0])) => (true, true, true, true, true, true)
    twice(b -> norm(AD.hessian(b, x -> sum(x .^ 3), xs)[1] - Diagonal(6xs)) < 1e-4 && abs(AD.second_derivative(b, x -> x^3, 2.0)[1] - 12) < 1e-4) => (true, true, true, true)
    twice(b -> norm((AD.lazy_hessian(b, x -> sum(x .^ 3), xs) * w)[1] - 6xs .* w) < 1e-4) => (true, true, true, true)
    AD.value_gradient_and_hessian(AD.ForwardDiffBackend(), x -> x[1]^2 * x[2], [1.0, 2.0]) => (2.0, ([4.0, 1.0],), ([4.0 2.0; 2.0 0.0],))
    AD.value_derivative_and_second_derivative(AD.ForwardDiffBackend(), x -> x^3, 2.0) => (8.0, (12.0,), (12.0,))
    AD.hessian(AD.HigherOrderBackend((AD.ForwardDiffBackend(), AD.ZygoteBackend())), x -> sum(x .^ 3), [1.0, 2.0]) => ([6.0 0.0; 0.0 12.0],)
    AD.hessian(AD.TrackerBackend(), x -> sum(x .^ 3), [1.0, 2.0]) => !ArgumentError
    AD.pushforward_function(AD.ForwardDiffBackend(), fjac, xs, ys)((w, w)) ≈ Jx * w + Jy * w => true
    map(b -> near(AD.jacobian(b, x -> x .^ 2, xs)[1], Diagonal(2xs)) && near(AD.gradient(b, x -> sum(x .^ 3), xs)[1], 3xs .^ 2), own) => (true, true, true)
    map(b -> near(AD.derivative(b, abs2, 3.0)[1], 6.0) && norm(AD.pushforward_function(b, x -> x .^ 2, xs)(w)[1] - 2xs .* w) < 1e-6, (own[1], own[3])) => (true, true)
    norm(AD.hessian(AD.HigherOrderBackend((ByPullback(), ByJacobian())), x -> sum(x .^ 3), xs)[1] - Diagonal(6xs)) < 1e-6 => true
    `,
  )
})

/** TaylorDiff: derivatives of high order. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using TaylorDiff
import ForwardDiff, Enzyme, Zygote
using Enzyme: autodiff, Reverse, Forward, Active, Duplicated
const elementary = (inv, sqrt, cbrt, exp, exp2, exp10, expm1, log, log2, log10, log1p, sin, cos, tan, sec, csc, cot, sinpi, cospi, asin, acos, atan, sinh, cosh, tanh, asinh, atanh,
    x -> acosh(x + 2), x -> x^3.5, x -> x^-2, x -> x^x, x -> 2^x, x -> hypot(x, 2), x -> abs(-x), x -> x^2 / (1 + x), x -> max(x, 0.1) * x, x -> sincos(x)[1] - 1)
by_duals(f, x, n) = n == 0 ? f(x) : ForwardDiff.derivative(y -> by_duals(f, y, n - 1), x)
agrees(f) = all(n -> derivative(f, 0.3, Val(n)) ≈ by_duals(f, 0.3, n), 1:3)
third(x) = derivative(sin, x, Val(3))
function doubled!(y, x)
    y[1] = 2x^3
    y[2] = exp(x)
    nothing
end
`)

describe('Taylor polynomials', () => {
  shows(
    () => session,
    `
    filter(k -> !agrees(elementary[k]), 1:length(elementary)) => Int64[]
    (derivative(x -> x^5, 2.0, Val(3)), derivative(exp, 0.0, Val(10)), derivative(sin, 0.0, 7), derivative(x -> 1.0, 2.0, Val(1)), derivative(x -> [x, x^2], 3.0, Val(2))) => (240.0, 1.0, -1.0, 0.0, [0.0, 2.0])
    (derivative(x -> x[1]^2 * x[2], [2.0, 3.0], [1.0, 0.0], Val(2)), derivative(x -> x[1] * x[2], [2.0, 3.0], [1.0, 1.0], Val(1))) => (6.0, 5.0)
    (derivatives(exp, 0.0, Val(3)), TaylorDiff.flatten(derivatives(x -> x^2, 3.0, 1.0, Val(2)))) => (TaylorScalar{Float64, 3}(1.0, (1.0, 0.5, 0.16666666666666666)), (9.0, 6.0, 1.0))
    let y = zeros(2); (derivative(doubled!, y, 2.0, 1.0, Val(2)), y); end => ([24.0, 7.38905609893065], [16.0, 7.38905609893065])
    (TaylorScalar(1.0, (2.0, 3.0)) + 1, 2 * TaylorScalar(1.0, (2.0,)), TaylorScalar(1, (2,)) * 0.5, TaylorScalar(1.0, (2.0,)) < 2, TaylorDiff.value(TaylorScalar(4.0, (1.0,))), TaylorDiff.extract_derivative(TaylorScalar(1.0, (2.0, 3.0)), 2)) => (TaylorScalar{Float64, 2}(2.0, (2.0, 3.0)), TaylorScalar{Float64, 1}(2.0, (4.0,)), TaylorScalar{Float64, 1}(0.5, (1.0,)), true, 4.0, 6.0)
    (ForwardDiff.derivative(third, 0.5) ≈ sin(0.5), autodiff(Reverse, third, Active, Active(0.5))[1][1] ≈ sin(0.5), autodiff(Forward, third, Duplicated(0.5, 1.0))[1] ≈ sin(0.5), Zygote.gradient(third, 0.5)[1] ≈ sin(0.5)) => (true, true, true, true)
    Enzyme.gradient(Reverse, w -> derivative(x -> w[1] * x^3 + w[2] * exp(x), 1.0, Val(2)), [2.0, 3.0])[1] ≈ [6.0, exp(1)] => true
    `,
  )
})

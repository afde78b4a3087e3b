/** NLsolve and NonlinearSolve: solutions beside exact ones, and their derivatives beside those of the exact ones. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using NLsolve, NonlinearSolve, Enzyme, ForwardDiff, Zygote, FiniteDifferences, StaticArrays, LinearAlgebra
near(a, b, tol=1e-8) = isapprox(a, b; rtol=tol, atol=tol)
function f!(F, x)
    F[1] = (x[1] + 3) * (x[2]^3 - 7) + 18
    F[2] = sin(x[2] * exp(x[1]) - 1)
end
function j!(J, x)
    J[1, 1] = x[2]^3 - 7
    J[1, 2] = 3 * x[2]^2 * (x[1] + 3)
    u = exp(x[1]) * cos(x[2] * exp(x[1]) - 1)
    J[2, 1] = x[2] * u
    J[2, 2] = u
end
# Two equations whose solution is known: x = p₂y, x² + y = p₁.
written(p) = nlsolve((F, x) -> (F[1] = x[1]^2 + x[2] - p[1]; F[2] = x[1] - p[2] * x[2]), [1.0, 1.0]).zero[1]
returned(p) = nlsolve(x -> [x[1]^2 + x[2] - p[1], x[1] - p[2] * x[2]], [1.0, 1.0] .+ zero(eltype(p)); autodiff=:forward, method=:newton).zero[1]
known(p) = (-1 + sqrt(1 + 4p[2]^2 * p[1])) / (2p[2])
const P, SLOPE = [3.0, 1.5], ForwardDiff.gradient(known, [3.0, 1.5])
g!(du, u, p) = (du[1] = u[1]^2 - p[1]; du[2] = u[1] * u[2] - p[2]; nothing)
const Q = NonlinearProblem(g!, [1.0, 1.0], [2.0, 3.0])
total(p, alg) = sum(solve(remake(Q; p), alg).u)
known_total(p) = sqrt(p[1]) + p[2] / sqrt(p[1])
root(p) = solve(NonlinearProblem((u, p) -> u^2 - p, 1.0, p), NewtonRaphson()).u
halved(p) = solve(IntervalNonlinearProblem((u, p) -> u^2 - p, (0.0, 5.0), p), Bisection()).u
root_of_matrix(A) = solve(NonlinearProblem((X, p) -> X * X .- p, [1.0 0.5; 0.5 1.0], A)).u
const A = [2.0 1; 1 3]
gradients(f, x) = (ForwardDiff.gradient(f, x), Enzyme.gradient(Reverse, f, x)[1], collect(Enzyme.gradient(Forward, f, x)[1]), Zygote.gradient(f, x)[1])
`)

describe('NLsolve', () => {
  shows(
    () => session,
    `
    (r = nlsolve(f!, j!, [0.1, 1.2]); (near(r.zero, [0, 1]), converged(r), r.iterations, r.f_calls, r.g_calls)) => (true, true, 4, 5, 5)
    split(string(nlsolve(f!, [0.1, 1.2]; autodiff=:forward, method=:newton)), '\\n')[[1, 2, 3, 5, 6, 7, 9]] => SubString{String}["Results of Nonlinear Solver Algorithm", " * Algorithm: Newton with line-search", " * Starting Point: [0.1, 1.2]", " * Inf-norm of residuals: 0.000000", " * Iterations: 4", " * Convergence: true", "   * |f(x)| < 1.0e-08: true"]
    (near(nlsolve(x -> [x[1]^2 - 2, x[1] * x[2] - 1], [1.0, 1.0]).zero, [sqrt(2), 1 / sqrt(2)]), near(fixedpoint(x -> cos.(x), [1.0]; ftol=1e-12).zero, [0.7390851332151607])) => (true, true)
    near(nlsolve(only_fj!((F, J, x) -> (F === nothing || f!(F, x); J === nothing || j!(J, x); nothing)), [0.1, 1.2]).zero, [0, 1]) => true
    (r = nlsolve(x -> x .^ 2 .+ 1, [1.0]; iterations=20, method=:newton); r.f_converged) => false
    map(g -> near(g, SLOPE), gradients(returned, P)) => (true, true, true, true)
    map(g -> near(g, SLOPE), (Enzyme.gradient(Reverse, written, P)[1], Zygote.gradient(written, P)[1])) => (true, true)
    near(ForwardDiff.hessian(returned, P), ForwardDiff.hessian(known, P)) => true
    near(ForwardDiff.jacobian(p -> Enzyme.gradient(Reverse, returned, p)[1], P), ForwardDiff.hessian(known, P)) => true
    `,
  )
})

describe('NonlinearSolve', () => {
  shows(
    () => session,
    `
    (s = solve(NonlinearProblem((u, p) -> u .* u .- p, [1.0, 1.0], 2.0), NewtonRaphson()); split(repr("text/plain", s), '\\n')) => SubString{String}["retcode: Success", "u: 2-element Vector{Float64}:", " 1.4142135623730951", " 1.4142135623730951"]
    map(alg -> near(solve(Q, alg).u, [sqrt(2), 3 / sqrt(2)]), (NewtonRaphson(), TrustRegion(), nothing)) => (true, true, true)
    solve(NonlinearProblem((u, p) -> u .* u .- p, SA[1.0, 1.0], 2.0), SimpleNewtonRaphson()).u => [1.4142135623730951, 1.4142135623730951]
    (typeof(solve(NonlinearProblem((u, p) -> u .* u .- p, SA[1.0, 1.0], 2.0)).u), near(root_of_matrix(A), sqrt(A)), near(root(2.0), sqrt(2)), near(halved(2.0), sqrt(2))) => (SVector{2, Float64}, true, true, true)
    (solve(NonlinearProblem((u, p) -> u^2 + 1, 1.0), NewtonRaphson()).retcode == ReturnCode.Success, solve(IntervalNonlinearProblem((u, p) -> u^2 + 1, (0.0, 1.0)); verbose=false).retcode == ReturnCode.InitialFailure) => (false, true)
    solve(NonlinearProblem((u, p) -> 1e9 .* (u .^ 3 .- 7.3), [1.0]), NewtonRaphson()).retcode == ReturnCode.Success => true
    [all(g -> near(g, ForwardDiff.gradient(known_total, [2.0, 3.0])), gradients(p -> total(p, alg), [2.0, 3.0])) for alg in (NewtonRaphson(), TrustRegion())] => Bool[1, 1]
    near(ForwardDiff.hessian(p -> total(p, NewtonRaphson()), [2.0, 3.0]), ForwardDiff.hessian(known_total, [2.0, 3.0])) => true
    map(f -> near(ForwardDiff.derivative(f, 2.0), 1 / sqrt(8)) && near(autodiff(Reverse, f, Active(2.0))[1][1], 1 / sqrt(8)) && near(ForwardDiff.derivative(p -> ForwardDiff.derivative(f, p), 2.0), -1 / (4 * 2^1.5)), (root, halved)) => (true, true)
    (g = grad(central_fdm(5, 1), a -> sum(sqrt(a)), A)[1]; map(d -> near(d, g), (ForwardDiff.gradient(a -> sum(root_of_matrix(a)), A), Enzyme.gradient(Reverse, a -> sum(root_of_matrix(a)), A)[1]))) => (true, true)
    `,
  )
})

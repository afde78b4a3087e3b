/** OrdinaryDiffEq: methods by their order, solutions beside exact ones, what is kept, events, and derivatives of all of these. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using OrdinaryDiffEq, DiffEqCallbacks, SciMLSensitivity, Enzyme, ForwardDiff, Zygote, ReverseDiff, FiniteDifferences, StaticArrays, LinearAlgebra, ComponentArrays, Optim
const METHODS = (Euler(), Midpoint(), Heun(), Ralston(), RK4(), BS3(), Tsit5(), DP5(), Vern7(), Rosenbrock23(), ImplicitEuler(), ImplicitMidpoint(), Trapezoid(), TRBDF2())
const STIFF = (Rodas4(), Rodas5P(), Rosenbrock23(), TRBDF2())
const Q = ODEProblem((u, p, t) -> [u[2], -u[1]], [1.0, 0.0], (0.0, 2.0))
turned(t) = [cos(t), -sin(t)]
fixed(alg, n) = solve(Q, alg; dt=2 / n, adaptive=false)
order(alg, off, n) = round(Int, log2(off(fixed(alg, n)) / off(fixed(alg, 2n))))
at_end(s) = norm(s.u[end] - turned(2.0))
within(s) = maximum(norm(s(t) - turned(t)) for t in 0.013:0.1:2)
# A system whose solution is known, which depends on time and is not linear.
const M = ODEProblem((u, p, t) -> [u[1]^2 * exp(-sin(t)) * cos(t) + (u[2] - 1 / (1 + t)) * u[1], -u[2]^2 + sin(u[1] - exp(sin(t)))], [1.0, 1.0], (0.0, 2.0))
moving(t) = [exp(sin(t)), 1 / (1 + t)]
stiff_error(alg, n) = (s = solve(M, alg; dt=2 / n, adaptive=false); (norm(s.u[end] - moving(2.0)), maximum(norm(s(t) - moving(t)) for t in 0.013:0.1:2)))
const D = ODEProblem((u, p, t) -> -u, 1.0, (0.0, 1.0))
const TIGHT = (abstol=1e-9, reltol=1e-9)
near(a, b, tol=1e-7) = isapprox(a, b; rtol=tol, atol=tol)
# Sums of the coefficients over rooted trees: what they have to be for a method to be of an order.
rooted(n) = n == 1 ? Any[()] : unique(Any[Tuple(sort!(Any[t, f...]; by=string)) for k in 1:n-1 for t in rooted(k) for f in forests(n - 1 - k)])
forests(n) = n == 0 ? Any[()] : Any[(t, f...) for k in 1:n for t in rooted(k) for f in forests(n - k)]
vertices(t) = 1 + sum(vertices, t; init=0)
density(t) = vertices(t) * prod(density, t; init=1)
stage_products(A, t) = reduce((x, y) -> x .* y, (A * stage_products(A, s) for s in t); init=ones(size(A, 1)))
function coefficients(alg)
    a = OrdinaryDiffEq.rows(alg)
    A = zeros(length(a) + 1, length(a) + 1)
    for (i, row) in enumerate(a), (j, x) in enumerate(row)
        A[i+1, j] = x
    end
    A
end
is_of_order(A, b, n) = all(abs(dot(b, stage_products(A, t)) - 1 / density(t)) < 1e-12 for k in 1:n for t in rooted(k))
consistent(alg) = (A = coefficients(alg); all(isapprox.(vec(sum(A; dims=2)), [0, OrdinaryDiffEq.times(alg)...]; atol=1e-13)) && is_of_order(A, A[end, :], OrdinaryDiffEq.order(alg)))
embedded(alg, n) = (A = coefficients(alg); e = collect(OrdinaryDiffEq.errors(alg)); is_of_order(A, A[end, :] - e, n) || is_of_order(A, A[end, :] + e, n))
function lotka!(du, u, p, t)
    α, β, δ, γ = p
    du[1] = α * u[1] - β * u[1] * u[2]
    du[2] = -δ * u[2] + γ * u[1] * u[2]
    nothing
end
const P = [1.5, 1.0, 3.0, 1.0]
const LV = ODEProblem(lotka!, [1.0, 1.0], (0.0, 3.0), P)
const DATA = Array(solve(LV, Vern7(); saveat=0.5, TIGHT...))
misfit(p) = sum(abs2, solve(remake(LV; p), Tsit5(); saveat=0.5, TIGHT...) .- DATA)
# Steps that do not depend on the parameters, so that differences see what derivatives see.
squares_fixed(p) = sum(abs2, Array(solve(remake(LV; p), RK4(); saveat=0.5, dt=0.01, adaptive=false)))
agree(f, x, g) = all(d -> near(d, g), (ForwardDiff.gradient(f, x), Enzyme.gradient(Reverse, f, x)[1], collect(Enzyme.gradient(Forward, f, x)[1]), Zygote.gradient(f, x)[1]))
ball!(du, u, p, t) = (du[1] = u[2]; du[2] = -p[1]; nothing)
const BOUNCE = ContinuousCallback((u, t, i) -> u[1], i -> i.u[2] = -i.p[2] * i.u[2])
const BALL = ODEProblem(ball!, [50.0, 0.0], (0.0, 5.0), [9.8, 0.9])
height(p) = solve(remake(BALL; p), Tsit5(); callback=BOUNCE, TIGHT...).u[end][1]
height_exact(p) = (s = sqrt(100 / p[1]); v = p[1] * s * p[2]; r = 5 - s; v * r - p[1] / 2 * r^2)
dosed(p) = solve(ODEProblem((du, u, p, t) -> (du[1] = -p[1] * u[1]; nothing), [10.0], (0.0, 3.0), p), Tsit5(); callback=PresetTimeCallback([1.0, 2.0], i -> i.u[1] += i.p[2]), TIGHT...).u[end][1]
half(p) = solve(ODEProblem((du, u, p, t) -> (du[1] = -p[1] * u[1]), [10.0], (0.0, 3.0), p), Tsit5(); callback=ContinuousCallback((u, t, i) -> u[1] - 5, terminate!), TIGHT...)
driven(p, alg) = solve(ODEProblem((du, u, p, t) -> (du[1] = -p[1] * (u[1] - cos(p[2] * t)); nothing), [0.5], (0.0, 1.0), p), alg; abstol=1e-7, reltol=1e-7).u[end][1]
driven_exact(p) = ((k, w) = p; a = k^2 / (k^2 + w^2); a * cos(w) + k * w / (k^2 + w^2) * sin(w) + (0.5 - a) * exp(-k))
function rober!(du, u, p, t)
    du[1] = -p[1] * u[1] + p[3] * u[2] * u[3]
    du[3] = p[2] * u[2]^2
    du[2] = -du[1] - du[3]
    nothing
end
const ROBER = ODEProblem(rober!, [1.0, 0.0, 0.0], (0.0, 1e5), [0.04, 3e7, 1e4])
struct Rate{T}
    k::T
end
decayed(k, wrap) = solve(ODEProblem((u, p, t) -> -p.k * u, 1.0, (0.0, 1.0), wrap(k)), Tsit5(); TIGHT...).u[end]
summed(p, how) = sum(solve(ODEProblem((u, p, t) -> p .* u, [1.0, 2.0], (0.0, 1.0), p), Tsit5(); saveat=0.1, sensealg=how, TIGHT...)[1, :])
const NET = ComponentArray(W=reshape(sin.(1:16), 8, 2) / 3, b=zeros(8), V=reshape(cos.(1:16), 2, 8) / 3)
net_loss(p) = sum(abs2, Array(solve(ODEProblem((u, p, t) -> p.V * tanh.(p.W * u .+ p.b), [2.0, 0.0], (0.0, 1.5)), Tsit5(); p, saveat=0.5, TIGHT...)) .- 1)
shown_lines(x) = split(repr("text/plain", x), '\\n')
`)

describe('methods', () => {
  shows(
    () => session,
    `
    [length(rooted(n)) for n in 1:7] => [1, 1, 2, 4, 9, 20, 48]
    map(consistent, METHODS[1:9]) => (true, true, true, true, true, true, true, true, true)
    map(embedded, (Midpoint(), Heun(), Ralston(), BS3(), Tsit5(), DP5(), Vern7()), (1, 1, 1, 2, 4, 4, 6)) => (true, true, true, true, true, true, true)
    [order(alg, at_end, alg isa Vern7 ? 8 : 64) for alg in METHODS] => [1, 2, 2, 2, 4, 3, 5, 5, 7, 2, 1, 2, 2, 2]
    [order(alg, within, alg isa Vern7 ? 8 : 64) for alg in METHODS] => [1, 2, 2, 2, 4, 3, 5, 5, 7, 2, 1, 2, 2, 2]
    [all(log2.(stiff_error(alg, 32) ./ stiff_error(alg, 64)) .> n - 0.1) for (alg, n) in zip(STIFF, (4, 5, 2, 2))] => Bool[1, 1, 1, 1]
    [at_end(solve(Q, alg; abstol=1e-7, reltol=1e-7)) < 1e-4 for alg in METHODS if OrdinaryDiffEq.is_adaptive(alg) && !(alg isa ImplicitEuler)] => Bool[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    (s = solve(ODEProblem((u, p, t) -> SA[u[2], -p * u[1]], SA[1.0, 0.0], (0.0, 1.0), 4.0), Tsit5(); TIGHT...); (near(s.u[end], SA[cos(2), -2sin(2)]), eltype(s.u))) => (true, SVector{2, Float64})
    (A = [1.0 2; -3 1]; near(solve(ODEProblem((du, u, p, t) -> mul!(du, A, u), [1.0 2; 3 4], (0.0, 1.0)), Tsit5(); TIGHT...).u[end], exp(A) * [1 2; 3 4], 1e-6)) => true
    near(solve(ODEProblem((u, p, t) -> im * u, 1.0 + 0im, (0, 1)), DP5(); TIGHT...).u[end], cis(1)) => true
    (s = solve(ODEProblem((du, u, p, t) -> du .= .-u, [1f0], (0f0, 1f0)), BS3()); (eltype(s.u), eltype(s.t), typeof(s(0.5f0)))) => (Vector{Float32}, Float32, Vector{Float32})
    [near(solve(ROBER, alg; abstol=1e-9, reltol=1e-7).u[end], [0.0178659, 7.27475e-8, 0.9821341], 1e-5) for alg in STIFF[1:3]] => Bool[1, 1, 1]
    (s = solve(ROBER; abstol=1e-8, reltol=1e-6); (s.alg, s.retcode == ReturnCode.Success)) => (Rosenbrock23(), true)
    `,
  )
})

describe('solutions', () => {
  shows(
    () => session,
    `
    map(k -> solve(D, Tsit5(); k...).t, ((saveat=0.3,), (saveat=[0.1, 0.5],), (saveat=0.5, save_start=false), (save_everystep=false,))) => ([0.0, 0.3, 0.6, 0.9, 1.0], [0.1, 0.5], [0.5, 1.0], [0.0, 1.0])
    (solve(D, Euler(); dt=0.25).u, 0.123 in solve(D, Tsit5(); tstops=[0.123]).t) => ([1.0, 0.75, 0.5625, 0.421875, 0.31640625], true)
    (s = solve(remake(D; tspan=(1.0, 0.0)), Tsit5(); saveat=0.25, TIGHT...); (s.t, near(s.u[end], exp(1)))) => ([1.0, 0.75, 0.5, 0.25, 0.0], true)
    near(solve(ODEProblem((u, p, t) -> -u, 1, (0, 1)), Tsit5(); TIGHT...)(0.3), exp(-0.3)) => true
    solve(D, Euler()) => !Fixed timestep methods require a choice of dt or choosing the tstops
    solve(D, Tsit5())(2.0) isa Float64, near(solve(D, Tsit5(); saveat=0.5, TIGHT...)(0.25), (1 + exp(-0.5)) / 2) => (true, true)
    solve(D, Tsit5(); saveat=0.5)(2.0) => !Solution interpolation cannot extrapolate
    (s = solve(LV, Tsit5(); saveat=1.0); (size(s), length(s), s[1, :] == [u[1] for u in s.u], s[end] == s.u[end], s[2, end] == s.u[end][2], s[:, 2] == s.u[2], size(Array(s)))) => ((2, 4), 4, true, true, true, true, (2, 4))
    (s = solve(LV, Tsit5(); TIGHT...); (s([0.5, 1.0]; idxs=1).u == [s(0.5)[1], s(1.0)[1]], s(0.5; idxs=2) == s(0.5)[2])) => (true, true)
    (s = solve(LV, Tsit5(); saveat=1.0); A = Array(s); (sum(s) == sum(A), maximum(s) == maximum(A), s .- A == zero(A), s' == A', reduce(hcat, s.u) == A, norm(s) == norm(A), extrema(s) == extrema(A))) => (true, true, true, true, true, true, true)
    (s = solve(LV, Tsit5(); save_idxs=2, TIGHT...); r = solve(LV, Tsit5(); TIGHT...); (s.u == r[2, :], near(s(0.7), r(0.7)[2]), solve(LV, Tsit5(); save_idxs=[2, 1], saveat=1.0).u[2] == solve(LV, Tsit5(); saveat=1.0).u[2][[2, 1]])) => (true, true, true)
    (i = init(D, Tsit5()); step!(i); t = i.t; step!(i, 0.5, true); near(i.t, t + 0.5) && solve!(i).t[end] == 1.0) => true
    (solve(ODEProblem((u, p, t) -> u^2, 1.0, (0.0, 2.0)), Tsit5(); verbose=false).retcode, solve(D, Tsit5(); maxiters=3, verbose=false).retcode) .== (ReturnCode.DtLessThanMin, ReturnCode.MaxIters) => (true, true)
    shown_lines(solve(ODEProblem((u, p, t) -> 1.01u, 0.5, (0.0, 1.0)), Tsit5()))[[1, 2, 3, 4, 9]] => SubString{String}["retcode: Success", "Interpolation: specialized 4th order \\"free\\" interpolation", "t: 5-element Vector{Float64}:", " 0.0", "u: 5-element Vector{Float64}:"]
    shown_lines(LV)[[1, 3, 4]] => SubString{String}["ODEProblem with uType Vector{Float64} and tType Float64. In-place: true", "timespan: (0.0, 3.0)", "u0: 2-element Vector{Float64}:"]
    (string(ReturnCode.Success), SciMLBase.successful_retcode(solve(D, Tsit5()))) => ("Success", true)
    `,
  )
})

describe('events', () => {
  shows(
    () => session,
    `
    near(solve(BALL, Tsit5(); callback=BOUNCE).u[end][1], height_exact([9.8, 0.9])) => true
    near(dosed([0.5, 2.0]), 10exp(-1.5) + 2 * (exp(-1) + exp(-0.5))) => true
    (s = half([1.0]); (s.retcode == ReturnCode.Terminated, near(s.t[end], log(2)))) => (true, true)
    solve(BALL, Tsit5(); callback=CallbackSet(BOUNCE, PresetTimeCallback([1.0], i -> nothing)), saveat=2.0).t[[1, 2, 3, 4, 7, 8]] => [0.0, 1.0, 1.0, 2.0, 4.0, 5.0]
    (v = SavedValues(Float64, Float64); s = solve(D, Tsit5(); callback=SavingCallback((u, t, i) -> 2u, v)); v.saveval == 2 .* s.u && v.t == s.t) => true
    agree(height, [9.8, 0.9], grad(central_fdm(5, 1), height_exact, [9.8, 0.9])[1]) => true
    agree(dosed, [0.5, 2.0], [-30exp(-1.5) - 4exp(-1) - 2exp(-0.5), exp(-1) + exp(-0.5)]) => true
    agree(p -> half(p).t[end], [1.3], [-log(2) / 1.69]) => true
    `,
  )
})

describe('derivatives of solutions', () => {
  shows(
    () => session,
    `
    agree(squares_fixed, P, grad(central_fdm(5, 1), squares_fixed, P)[1]) => true
    (d = ones(4); u = zeros(2); f = (u0, p) -> sum(solve(remake(LV; u0, p), Tsit5(); TIGHT...).u[end]); d .= 0; autodiff(Reverse, f, Active, Duplicated([1.0, 1.0], u), Duplicated(copy(P), d)); (near(u, ForwardDiff.gradient(x -> f(x, P), [1.0, 1.0])), near(d, ForwardDiff.gradient(x -> f([1.0, 1.0], x), P)))) => (true, true)
    near(Optim.minimizer(optimize(misfit, (g, p) -> g .= Enzyme.gradient(Reverse, misfit, p)[1], [1.4, 0.9, 2.9, 1.1], BFGS())), P) => true
    near(ForwardDiff.gradient(p -> sum(abs2, Enzyme.gradient(Reverse, squares_fixed, p)[1]), P), 2 * ForwardDiff.hessian(squares_fixed, P) * ForwardDiff.gradient(squares_fixed, P)) => true
    [all(g -> near(g, grad(central_fdm(5, 1), driven_exact, [20.0, 1.5])[1], 1e-5), (ForwardDiff.gradient(p -> driven(p, alg), [20.0, 1.5]), Enzyme.gradient(Reverse, p -> driven(p, alg), [20.0, 1.5])[1])) for alg in (Rodas5P(), Trapezoid())] => Bool[1, 1]
    near(autodiff(Reverse, T -> solve(remake(D; tspan=(0.0, T)), Tsit5(); TIGHT...).u[end], Active(2.0))[1][1], -exp(-2)) => true
    near(ForwardDiff.derivative(T -> solve(remake(D; tspan=(0.0, T)), Tsit5(); TIGHT...).u[end], 2.0), -exp(-2)) => true
    near(ForwardDiff.derivative(solve(D, Tsit5(); TIGHT...), 0.5), -exp(-0.5), 1e-6) => true
    map(wrap -> near(ForwardDiff.derivative(k -> decayed(k, wrap), 0.7), -exp(-0.7)) && near(autodiff(Reverse, k -> decayed(k, wrap), Active(0.7))[1][1], -exp(-0.7)), (Rate, k -> (; k))) => (true, true)
    map(how -> near(Zygote.gradient(p -> summed(p, how), [0.5, 1.0])[1], [sum(t * exp(0.5t) for t in 0:0.1:1), 0]), (ForwardDiffSensitivity(), InterpolatingAdjoint(autojacvec=ZygoteVJP()), BacksolveAdjoint(), QuadratureAdjoint(autojacvec=ReverseDiffVJP(true)), nothing)) => (true, true, true, true, true)
    near(ReverseDiff.gradient(p -> summed(p, ReverseDiffAdjoint()), [0.5, 1.0]), [sum(t * exp(0.5t) for t in 0:0.1:1), 0]) => true
    (g = Zygote.gradient(net_loss, NET)[1]; (g isa ComponentArray, near(g, ForwardDiff.gradient(net_loss, NET)))) => (true, true)
    `,
  )
})

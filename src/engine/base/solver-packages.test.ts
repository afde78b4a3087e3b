/** Packages for optimisation, roots, integrals and interpolation, layers, and arrays with other indices: each by a value that is known. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using NNlib, QuadGK, Roots, Optim, Interpolations, OffsetArrays, ComponentArrays, DiffRules, Calculus, DiffTests, ForwardDiff, Zygote, Enzyme
rosenbrock(x) = (1 - x[1])^2 + 100 * (x[2] - x[1]^2)^2
slope!(g, x) = (g[1] = -2 * (1 - x[1]) - 400 * (x[2] - x[1]^2) * x[1]; g[2] = 200 * (x[2] - x[1]^2))
reached(r) = (Optim.converged(r), round.(Optim.minimizer(r); digits=3))
near(x, y) = isapprox(x, y; rtol=1e-8)
const X, W = reshape(sin.(1:40), 5, 4, 2, 1), reshape(cos.(1:24), 3, 2, 2, 2)
const P = ComponentArray(a=1.0, b=[2.0, 3.0], c=(d=4.0, e=[5.0 6.0; 7.0 8.0]))
squares(p) = p.a^2 + sum(p.b) * p.c.d + sum(abs2, p.c.e)
weighted(x) = (o = OffsetArray(x, 0:length(x)-1); sum(i * o[i]^2 for i in eachindex(o)))
`)

describe('NNlib', () => {
  shows(
    () => session,
    `
    (relu(-2), sigmoid(0.0), softplus(1000.0), NNlib.hardtanh(3f0), leakyrelu(-1f0), gelu(0.0)) => (0, 0.5, 1000.0, 1.0f0, -0.01f0, 0.0)
    (near(sum(softmax([1.0 2; 3 4]); dims=1), [1 1]), near(logsoftmax([1.0, 2.0]), log.(softmax([1.0, 2.0]))), near(Zygote.gradient(x -> logsoftmax(x)[1], [1.0, 2.0])[1], [1, 0] - softmax([1.0, 2.0]))) => (true, true, true)
    (size(conv(X, W)), size(conv(X, W; pad=1, stride=2)), near(conv(X, W; flipped=true)[1, 1, 2, 1], sum(X[1:3, 1:2, :, 1] .* W[:, :, :, 2]))) => ((3, 3, 2, 1), (3, 3, 2, 1), true)
    near(conv(X, W)[2, 1, 1, 1], sum(X[2:4, 1:2, :, 1] .* W[3:-1:1, 2:-1:1, :, 1])) => true
    near(Zygote.gradient(w -> sum(conv(X, w)), W)[1][3, 2, 1, 1], sum(X[1:3, 1:3, 1, 1])) => true
    (maxpool(X, (2, 2))[1, 1, 1, 1] == maximum(X[1:2, 1:2, 1, 1]), size(meanpool(X, (2, 2)))) => (true, (2, 2, 2, 1))
    batched_mul(ones(2, 3, 2), ones(3, 1, 2))[:, :, 2] => [3.0; 3.0;;]
    `,
  )
})

describe('optimisation and roots', () => {
  shows(
    () => session,
    `
    reached(optimize(rosenbrock, [0.0, 0.0])) => (true, [1.0, 1.0])
    split(string(optimize(x -> (x - 2)^2, 0.0, 3.0)), '\\n')[2:3] => SubString{String}[" * Algorithm: Brent's Method", " * Search Interval: [0.000000, 3.000000]"]
    split(string(optimize(rosenbrock, [0.0, 0.0])), '\\n')[[4, 10, 14]] => SubString{String}["    Final objective value:     4.760478e-10", "    √(Σ(yᵢ-ȳ)²)/n ≤ 1.0e-08", "    Iterations:    60"]
    reached(optimize(rosenbrock, slope!, [0.0, 0.0], LBFGS())) => (true, [1.0, 1.0])
    reached(optimize(rosenbrock, [0.0, 0.0], BFGS(), Optim.Options(g_tol=1e-6); autodiff=:forward)) => (true, [1.0, 1.0])
    reached(optimize(rosenbrock, [0.0, 0.0], Newton(); autodiff=:forward)) => (true, [1.0, 1.0])
    reached(optimize(rosenbrock, [-1.0, -1.0], [0.5, 2.0], [0.0, 0.0], Fminbox(LBFGS()))) => (true, [0.5, 0.25])
    reached(optimize(x -> (x - 2)^2, 0.0, 5.0)) => (true, 2.0)
    (r = optimize(rosenbrock, slope!, [0.0, 0.0], GradientDescent(), Optim.Options(iterations=3)); (Optim.converged(r), Optim.iterations(r))) => (false, 3)
    (near(find_zero(cos, (1, 2)), pi / 2), near(find_zero(cos, 1.0), pi / 2), near(find_zero((x -> x^2 - 2, x -> 2x), 1.0, Roots.Newton()), sqrt(2)), round.(find_zeros(sin, 1, 7); digits=6)) => (true, true, true, [3.141593, 6.283185])
    find_zero(x -> x^2 + 1, (0, 1)) => !ArgumentError: The interval [a,b] is not a bracketing interval.
    near(ForwardDiff.derivative(p -> find_zero(x -> x^2 - p, (0.0, 10.0)), 2.0), 1 / sqrt(8)) => true
    near(autodiff(Reverse, p -> find_zero((x, q) -> exp(x) - q, 1.0, Order1(), p), Active(3.0))[1][1], 1 / 3) => true
    (near(find_zero((x, p) -> x^2 - p, 1.0; p=3), sqrt(3)), near(find_zero((x, p) -> x^2 - p, (0, 3), 3), sqrt(3)), find_zero(sin, (3.0, 4.0), Bisection()) === Float64(π), near(find_zero(x -> x^2 - 2, (2.0, 3.0), Order1()), sqrt(2))) => (true, true, true, true)
    (isnan(solve(ZeroProblem(x -> x^2 + 1, 1.0))), near(solve!(init(ZeroProblem((x, p) -> x^2 - p, 1.0), Order1(); p=2)), sqrt(2)), find_zero(x -> x^2 - 2, 1f0) isa Float32, near(find_zero(x -> x^2 + 1, 1.0 + im), im), isapprox(find_zero(x -> x^2 - 2, 1.0; xatol=0.1), sqrt(2); atol=0.1)) => (true, true, true, true, true)
    near.(map(m -> find_zero((sin, cos, x -> -sin(x)), 3.0, m), (Roots.Newton(), Roots.Halley(), Roots.Schroder(), Roots.QuadraticInverse(), Roots.SuperHalley())), π) => (true, true, true, true, true)
    near(find_zero(x -> (x^2 - 2, (x^2 - 2) / 2x), 1.0, Roots.Newton()), sqrt(2)), near(Zygote.gradient(p -> find_zero((x, p) -> p[1] * x^2 - p[2], (0.0, 5.0), Bisection(); p), [2.0, 3.0])[1], [-sqrt(1.5) / 4, 1 / (4 * sqrt(1.5))]) => (true, true)
    find_zero(x -> x^2 + 1, 1.0, Order1()) => !Roots.ConvergenceFailed
    (quadgk(x -> x^2, 0f0, 1f0)[1] isa Float32, near(kronrod(3)[2], [0.10465622602646726, 0.26848808986833345, 0.4013974147759622, 0.45091653865847414]), near(kronrod(2)[1], [-0.9258200997725514, -0.5773502691896257, 0]), near(quadgk(cos, 0, 1; order=4)[1], sin(1))) => (true, true, true, true)
    (x = gauss(x -> 1 + x^2, 3, -1, 1); (near(sum(x[2]), 8 / 3), near(sum(x[2] .* x[1] .^ 4), 2 / 5 + 2 / 7), sum(kronrod(4, -1, 1)[2]) ≈ 2, near(quadgk(BatchIntegrand{Float64}((y, x) -> y .= cos.(x)), 0, 1)[1], sin(1)))) => (true, true, true, true)
    `,
  )
})

describe('integrals and interpolation', () => {
  shows(
    () => session,
    `
    (near(quadgk(sin, 0, pi)[1], 2), near(quadgk(x -> exp(-x^2), -Inf, Inf)[1], sqrt(pi)), quadgk_count(identity, 0, 1)[3]) => (true, true, 15)
    near(Zygote.gradient(a -> quadgk(x -> sin(a * x), 0.0, 1.0)[1], 2.0)[1], (2sin(2) + cos(2) - 1) / 4) => true
    linear_interpolation([0.0, 1, 3], [1.0, 2, 6]).([0.5, 2, 3]) => [1.5, 4.0, 6.0]
    linear_interpolation(0:2, [1, 2, 4]; extrapolation_bc=Line())(3) => 6.0
    linear_interpolation(0:2, [1, 2, 4])(3) => !BoundsError
    isapprox(cubic_spline_interpolation(0:0.05:3.15, sin.(0:0.05:3.15))(1.234), sin(1.234); atol=1e-6) => true
    Zygote.gradient(y -> linear_interpolation(0:2, y)(0.25), [1.0, 2, 3])[1] => [0.75, 0.25, 0.0]
    interpolate(([0.0, 1, 3], [0.0, 2]), [1.0 2; 3 4; 5 6], Gridded(Linear()))(0.5, 1.0) => 2.5
    map(bc -> round(interpolate([1.0, 4, 9, 16, 25], BSpline(Quadratic(bc)))(3.5); digits=10), (Line(OnGrid()), Free(OnGrid()), Flat(OnGrid()), Periodic(OnGrid()))) => (12.2352941176, 12.25, 11.9901960784, 11.6896551724)
    [round(interpolate([1.0, 2.5, 3, 7, 4], BSpline(Cubic(bc)))(1.5); digits=9) for bc in (Line(OnCell()), Flat(OnCell()), Line(OnGrid()), Flat(OnGrid()), Free(OnGrid()))] => [2.039715719, 1.914874041, 1.991071429, 1.662946429, 2.390625]
    (c = interpolate([1.0, 2.5, 3, 7, 4], BSpline(Cubic(Periodic(OnCell())))); (bounds(c), near(c(5.3), extrapolate(c, Periodic())(0.3)), near(c(0.5), c(5.5)))) => (((0.5, 5.5),), true, true)
    (interpolate([1.0 2 3; 4 5 6], (BSpline(Linear()), NoInterp()))(1.5, 2), extrapolate(interpolate([1.0 2; 3 4], BSpline(Linear())), (Line(), Flat()))(3, 3), scale(interpolate([1.0, 4], BSpline(Linear())), 0:0.5:1)) => !ArgumentError
    (interpolate([1.0 2 3; 4 5 6], (BSpline(Linear()), NoInterp()))(1.5, 2), extrapolate(interpolate([1.0 2; 3 4], BSpline(Linear())), (Line(), Flat()))(3, 3), extrapolate(interpolate([1.0, 4], BSpline(Linear())), Line())(3)) => (3.5, 6.0, 7.0)
    (s = scale(interpolate([1.0 4; 9 16], BSpline(Linear())), 0:0.5:0.5, 1:2); (Interpolations.gradient(s, 0.25, 1.5), Interpolations.hessian(s, 0.25, 1.5), Interpolations.gradient(extrapolate(s, Flat()), 1.0, 1.5))) => ([20.0, 5.0], [0.0 8.0; 8.0 0.0], [0.0, 7.0])
    (map(m -> round(interpolate([0.0, 1, 2, 4], [0.0, 1, 1.5, 4], m)(2.5); digits=6), (LinearMonotonicInterpolation(), FritschCarlsonMonotonicInterpolation(), SteffenMonotonicInterpolation())), near(quadratic_spline_interpolation(0:2, [1.0, 2, 4])(1), 2)) => ((2.125, 2.019531, 1.984375), true)
    abs(interpolate([Float64(i^2 + j) for i in 1:4, j in 1:5], BSpline(Quadratic(Free(OnGrid()))))(2.3, 3.7) - (2.3^2 + 3.7)) < 1e-12 => true
    `,
  )
})

describe('arrays with other indices', () => {
  shows(
    () => session,
    `
    (v = OffsetArray([1.0, 2, 3], -1:1); (v[-1], v[end], axes(v, 1) == -1:1, sum(v), (v .+ 1)[0])) => (1.0, 3.0, true, 6.0, 3.0)
    OffsetArray([1, 2], 0:1)[2] => !BoundsError
    (ForwardDiff.gradient(weighted, [1.0, 2.0, 3.0]), Enzyme.gradient(Reverse, weighted, [1.0, 2.0, 3.0])[1]) => ([0.0, 4.0, 12.0], [0.0, 4.0, 12.0])
    (P.c.e, P[3], length(P), (2 .* P).a, keys(P), labels(ComponentArray(a=1, b=[2, 3]))) => ([5.0 6.0; 7.0 8.0], 3.0, 8, 2.0, (:a, :b, :c), ["a", "b[1]", "b[2]"])
    (g = ForwardDiff.gradient(squares, P); (g.a, g.c.e)) => (2.0, [10.0 12.0; 14.0 16.0])
    (g = Zygote.gradient(squares, P)[1]; (g.b, g.c.d)) => ([4.0, 4.0], 5.0)
    (repr(P), repr("text/plain", ComponentArray(a=1, b=(c=2,)))) => ("(a = 1.0, b = [2.0, 3.0], c = (d = 4.0, e = [5.0 6.0; 7.0 8.0]))", "ComponentVector{Int64}(a = 1, b = (c = 2))")
    (getaxes(P)[1], ComponentArray([1, 2, 3], Axis(x=1, y=2:3)).y, P["b"], P[KeepIndex(:a)], P[[:a, :b]], haskey(P, :c), convert(NamedTuple, P).b) => (Axis(a = 1, b = 2:3, c = ViewAxis(4:8, Axis(d = 1, e = ViewAxis(2:5, ShapedAxis((2, 2)))))), [2, 3], [2.0, 3.0], (a = 1.0), (a = 1.0, b = [2.0, 3.0]), true, [2.0, 3.0])
    (m = P .* P'; (m isa ComponentMatrix, m[:b, :a], (m * P).a, m[:c, :c][:d, :e], m[:, 1].b)) => (true, [2.0, 3.0], 204.0, [20.0 24.0; 28.0 32.0], [2.0, 3.0])
    (q = ComponentArray(a=1, b=[(x=2, y=3.0), (x=4, y=5.0)]); (q, q.b[2].x, [q; ComponentArray(z=[9])].z, labels(q)[3], Zygote.gradient(q -> sum(p.x^2 for p in q.b), q)[1].b[2].x)) => ((a = 1.0, b = [(x = 2.0, y = 3.0), (x = 4.0, y = 5.0)]), 4.0, [9.0], "b[1].y", 8.0)
    `,
  )
})

describe('rules and functions for tests', () => {
  shows(
    () => session,
    `
    (DiffRules.diffrule(:Base, :sin, :x), DiffRules.hasdiffrule(:Base, :nothing, 1), (:Base, :exp, 1) in DiffRules.diffrules()) => (:(cos(x)), false, true)
    (isapprox(Calculus.derivative(sin, 0.3), cos(0.3); atol=1e-8), all(f -> isapprox(ForwardDiff.gradient(f, [0.3, 0.8, 0.5, 0.9, 0.7]), Calculus.gradient(f, [0.3, 0.8, 0.5, 0.9, 0.7]); atol=1e-4), DiffTests.VECTOR_TO_NUMBER_FUNCS[1:3])) => (true, true)
    `,
  )
})

describe('Flux', () => {
  shows(
    () =>
      newSession(`
using Flux
const M = Chain(Dense([1.0 2; 3 4], [0.5, 0.5], relu), Dense([1.0 1], false))
struct Own; W; end
Flux.@layer Own
(m::Own)(x) = m.W * x
function trained(m)
    state = Flux.setup(Descent(0.1), m)
    Flux.train!((m, x, y) -> Flux.mse(m(x), y), m, [([1.0], [6.0]) for _ in 1:60], state)
    round.(m.W; digits=3)
end
`),
    `
    (M([1.0, 1.0]), string(M) == "Chain(Dense(2 => 2, relu), Dense(2 => 1; bias=false))", Dense(2 => 3).weight isa Matrix{Float32}) => ([11.0], true, true)
    let m = Own([1.0;;]); Flux.train!((m, x, y) -> Flux.mse(m(x), y), m, [([1.0], [6.0])], Descent(0.1)); m.W end => [2.0;;]
    Flux.gradient(m -> sum(m([1.0, 1.0])), M)[1].layers[1].bias => [1.0, 1.0]
    (ps = Flux.params(M); (length(ps), Flux.gradient(() -> sum(M([1.0, 1.0])), ps)[M.layers[1].bias])) => (3, [1.0, 1.0])
    (N = deepcopy(M); fill!(N.layers[1].bias, 7); Flux.loadmodel!(N, Flux.state(M)); N([1.0, 2.0]) == M([1.0, 2.0])) => true
    keys(Flux.state(M).layers[1]), Flux.state(M).layers[1].σ => ((:weight, :bias, :σ), ())
    Flux.update!(Descent(0.1), Flux.params(M), nothing) => !ArgumentError: training with implicit parameters is not there
    trained(Own([1.0;;])) => [6.0;;]
    (Flux.onecold(Flux.onehotbatch([:a, :b], [:a, :b]), [:a, :b]), length(Flux.DataLoader((ones(2, 5), ones(1, 5)); batchsize=2)), length(Flux.destructure(M)[1])) => ([:a, :b], 3, 8)
    isapprox(Flux.logitcrossentropy([1.0 2; 3 4], [1 0; 0 1]), Flux.crossentropy(softmax([1.0 2; 3 4]), [1 0; 0 1]); rtol=1e-6) => true
    `,
  )
})

/** The packages of derivatives and of special functions, as their own tests use them. */
import { expect, test } from 'vitest'
import { sessionOf } from './session-of.ts'

function failures(program: string): readonly string[] {
  const tests = sessionOf(program).tests()
  expect(tests.length).toBeGreaterThan(50)
  return tests.filter(t => t.status !== 'pass').map(t => `${t.status} ${t.name}: ${t.message}`)
}

test('ForwardDiff: configurations, results, dual numbers', () => {
  expect(
    failures(`
using Test, LinearAlgebra
import ForwardDiff
using ForwardDiff: Dual, value, partials, Chunk, GradientConfig, JacobianConfig, HessianConfig, DerivativeConfig
using DiffResults
f(x) = sum(sin, x) + prod(tan, x) * sum(sqrt, x)
x = [0.1, 0.2, 0.3, 0.4]
g = ForwardDiff.gradient(f, x)
rosen(x) = sum(100 * (x[i+1] - x[i]^2)^2 + (1 - x[i])^2 for i in 1:length(x)-1)
@testset "fd" begin
@test ForwardDiff.gradient(f, x) ≈ g
cfg = GradientConfig(f, x, Chunk{2}())
@test ForwardDiff.gradient(f, x, cfg) ≈ g
out = similar(x)
@test ForwardDiff.gradient!(out, f, x, cfg) === out
@test out ≈ g
r = DiffResults.GradientResult(x)
r = ForwardDiff.gradient!(r, f, x)
@test DiffResults.value(r) ≈ f(x)
@test DiffResults.gradient(r) ≈ g
r = DiffResults.HessianResult(x)
r = ForwardDiff.hessian!(r, f, x)
@test DiffResults.value(r) ≈ f(x)
@test DiffResults.gradient(r) ≈ g
@test DiffResults.hessian(r) ≈ ForwardDiff.hessian(f, x)
r = DiffResults.DiffResult(0.0, 0.0)
r = ForwardDiff.derivative!(r, sin, 1.0)
@test DiffResults.value(r) == sin(1.0)
@test DiffResults.derivative(r) == cos(1.0)
r = DiffResults.JacobianResult(x)
r = ForwardDiff.jacobian!(r, x -> x .^ 2, x)
@test DiffResults.jacobian(r) == Diagonal(2x)
@test DiffResults.value(r) == x .^ 2
r = DiffResults.JacobianResult(zeros(2), x)
ff!(y, x) = (y[1] = x[1]*x[2]; y[2] = x[3]^2; nothing)
y = zeros(2)
r = ForwardDiff.jacobian!(r, ff!, y, x)
@test DiffResults.jacobian(r) == [0.2 0.1 0 0; 0 0 0.6 0]
cfg = JacobianConfig(ff!, y, x)
@test ForwardDiff.jacobian(ff!, y, x, cfg) == [0.2 0.1 0 0; 0 0 0.6 0]
@test y == [x[1]*x[2], x[3]^2]
J = zeros(2, 4)
@test ForwardDiff.jacobian!(J, ff!, y, x, cfg) === J
@test ForwardDiff.jacobian(ff!, y, x, cfg, Val(false)) == J
@test ForwardDiff.jacobian(x -> x .^ 2, x, JacobianConfig(nothing, x)) == Diagonal(2x)
H = ForwardDiff.hessian(rosen, x)
@test H ≈ H'
@test ForwardDiff.hessian(rosen, x, HessianConfig(rosen, x, Chunk{1}())) ≈ H
H2 = similar(H)
@test ForwardDiff.hessian!(H2, rosen, x) === H2
@test ForwardDiff.hessian!(H2, rosen, x, HessianConfig(rosen, x)) ≈ H
@test ForwardDiff.derivative(x -> [sin(x), cos(x)], 1.0) ≈ [cos(1), -sin(1)]
dd = zeros(2)
@test ForwardDiff.derivative!(dd, x -> [sin(x), cos(x)], 1.0) === dd
fy!(y, x) = (y[1] = sin(x); y[2] = x^2; nothing)
yy = zeros(2)
@test ForwardDiff.derivative(fy!, yy, 1.0) ≈ [cos(1.0), 2]
@test yy ≈ [sin(1.0), 1.0]
@test ForwardDiff.derivative!(dd, fy!, yy, 1.0) ≈ [cos(1.0), 2]
@test ForwardDiff.derivative!(dd, fy!, yy, 1.0, DerivativeConfig(fy!, yy, 1.0)) ≈ [cos(1.0), 2]
@test ForwardDiff.derivative(x -> ForwardDiff.derivative(y -> x * y^2, 2.0), 3.0) == 4.0
@test ForwardDiff.gradient(x -> ForwardDiff.gradient(f, x)[1], x) ≈ ForwardDiff.hessian(f, x)[:, 1]
@test_throws Exception ForwardDiff.gradient(identity, 1.0)
@test ForwardDiff.gradient(x -> norm(x), [3.0, 4.0]) ≈ [0.6, 0.8]
@test ForwardDiff.gradient(x -> sum(abs2, x'), [3.0, 4.0]) ≈ [6, 8]
@test ForwardDiff.gradient(sum, zeros(2,3)) == ones(2,3)
@test ForwardDiff.derivative(x -> det([x 1.0; 2.0 x]), 3.0) ≈ 6
@test ForwardDiff.derivative(x -> exp(-x) * (x > 0 ? 1 : 2), 1.0) ≈ -exp(-1)
end
@testset "dual" begin
d = Dual(2.0, 1.0, 0.0)
@test value(d) == 2.0
@test partials(d) == [1.0, 0.0] || Tuple(partials(d)) == (1.0, 0.0)
@test partials(d, 1) == 1.0
@test partials(d)[2] == 0.0
@test ForwardDiff.npartials(d) == 2
@test d isa Dual && d isa Real && d isa Number
e = Dual(3.0, 0.0, 1.0)
@test value(d * e) == 6.0
@test partials(d * e, 1) == 3.0 && partials(d * e, 2) == 2.0
@test value(d + e) == 5.0 && partials(d + e, 2) == 1.0
@test partials(d / e, 1) ≈ 1/3 && partials(d / e, 2) ≈ -2/9
@test partials(sin(d), 1) ≈ cos(2.0)
@test partials(exp(d), 1) ≈ exp(2.0)
@test partials(d^3, 1) ≈ 12
@test partials(d^e, 2) ≈ 8 * log(2)
@test partials(2 * d, 1) == 2
@test partials(d * 2.5, 1) == 2.5
@test partials(d - 1, 1) == 1
@test partials(1 / d, 1) == -0.25
@test partials(sqrt(d), 1) ≈ 1 / (2sqrt(2))
@test partials(log(d), 1) ≈ 0.5
@test partials(atan(d, e), 1) ≈ 3/13
@test partials(max(d, e), 2) == 1.0
@test partials(abs(-d), 1) == 1.0
@test partials(hypot(d, e), 1) ≈ 2/sqrt(13)
@test d < e && d == Dual(2.0, 1.0, 0.0) && d != 2.0
@test d > 1 && !(d > 3)
@test isless(d, e)
@test zero(d) == 0 && one(d) == 1
@test float(d) === d
@test convert(typeof(d), 3.0) == 3.0
@test promote(d, 1)[2] isa Dual
@test [d, 1.0] isa Vector{<:Dual}
@test partials(sum([d, e, 1.0]), 1) == 1.0
@test partials(muladd(d, e, d), 1) == 4.0
v = [Dual(1.0, 1.0, 0.0), Dual(2.0, 0.0, 1.0)]
w = sum(x -> x^2, v)
@test ForwardDiff.partials.(w, 1:2) == [2.0, 4.0]
@test ForwardDiff.value.(v) == [1.0, 2.0]
@test partials(v' * v, 2) == 4.0
@test partials(([1.0 2.0; 3.0 4.0] * v)[1], 2) == 2.0
@test ForwardDiff.valtype(d) == Float64
@test Dual(1.0).value == 1.0
@test partials(floor(Dual(2.5, 1.0)), 1) == 0
@test trunc(Int, Dual(2.5, 1.0)) == 2
@test isnan(Dual(NaN, 1.0)) && isfinite(d)
@test eltype(v) <: Dual
d2 = ForwardDiff.Dual{:tag}(1.0, 2.0)
@test d2 isa Dual{:tag,Float64,1}
@test ForwardDiff.tagtype(d2) == :tag
nested = Dual{:o}(Dual{:i}(2.0, 1.0), Dual{:i}(1.0, 0.0))
@test value(partials(nested^3, 1)) == 12.0
@test partials(partials(nested^3, 1), 1) == 12.0
@test string(Dual(1.0, 2.0)) isa String
end
`),
  ).toEqual([])
})

test('Zygote, ReverseDiff, FiniteDifferences, FiniteDiff, LogExpFunctions, SpecialFunctions', () => {
  expect(
    failures(`
using Test, LinearAlgebra
using Zygote, ReverseDiff, FiniteDifferences, FiniteDiff, LogExpFunctions, SpecialFunctions, ForwardDiff, DiffResults
x = [1.0, 2.0, 3.0]
struct Pt; a::Float64; b::Vector{Float64}; name::String; end
@testset "zygote" begin
@test Zygote.gradient(x -> 3x^2 + 2x + 1, 5) == (32.0,)
@test Zygote.gradient((a, b) -> a * b, 2, 3) == (3.0, 2.0)
@test Zygote.gradient(p -> p.a * sum(p.b), Pt(2.0, [1.0, 2.0], "x")) == ((a = 3.0, b = [2.0, 2.0], name = nothing),)
@test Zygote.gradient(t -> t[1] * t[2], (2.0, 3.0)) == ((3.0, 2.0),)
@test Zygote.gradient(nt -> nt.a^2, (a = 2.0, b = "s")) == ((a = 4.0, b = nothing),)
@test Zygote.gradient((x, s) -> sum(x), x, "s") == ([1.0, 1, 1], nothing)
@test_throws ErrorException Zygote.gradient(x -> 2x, x)
@test Zygote.withgradient(x -> (sum(x), 1), x) == (val = (6.0, 1), grad = ([1.0, 1, 1],))
y, back = Zygote.pullback(x -> x .^ 2, x)
@test y == [1, 4, 9] && back([1.0, 0, 0]) == ([2.0, 0, 0],)
@test Zygote.pullback(sin, 0.5)[2](1.0)[1] ≈ cos(0.5)
@test Zygote.jacobian(x -> x .^ 2, x)[1] == Diagonal(2x)
@test Zygote.jacobian((a, b) -> a .* b, x, 2.0) == ([2.0 0 0; 0 2 0; 0 0 2], x)
@test Zygote.hessian(x -> sum(x .^ 3), x) ≈ Diagonal(6x)
@test Zygote.hessian_reverse(x -> sum(x .^ 3), x) ≈ Diagonal(6x)
@test Zygote.diaghessian(x -> sum(x .^ 3), x)[1] ≈ 6x
@test Zygote.hessian(sin, 1.0) ≈ -sin(1)
@test Zygote.gradient(x -> x * Zygote.ignore(() -> x), 3.0) == (3.0,)
@test Zygote.gradient(x -> x * Zygote.dropgrad(x), 3.0) == (3.0,)
@test Zygote.gradient(x) do x
  b = Zygote.Buffer(x)
  for i in 1:length(x); b[i] = x[i]^2; end
  sum(copy(b))
end == (2x,)
@test Zygote.gradient(x -> Zygote.forwarddiff(z -> sum(z .^ 2), x), x) == (2x,)
@test Zygote.gradient(x -> Zygote.checkpointed(sin, x), 1.0)[1] ≈ cos(1)
@test Zygote.gradient(() -> 1.0, Zygote.Params([x]))[x] === nothing
@test Zygote.gradient(x -> sum(gradient(y -> sum(y .^ 3), x)[1]), x)[1] ≈ 6x
@test Zygote.gradient(z -> abs2(z), 1.0 + 2im) == (2.0 + 4im,)
@test Zygote.gradient(W -> sum(W * x), ones(2, 3))[1] == [1 2 3; 1 2 3]
end
@testset "reversediff" begin
f(a, b) = sum(a' * b + a * b')
a, b = [1.0 2; 3 4], [5.0 6; 7 8]
ga, gb = ReverseDiff.gradient(f, (a, b))
@test ga ≈ ForwardDiff.gradient(a -> f(a, b), a)
tape = ReverseDiff.GradientTape(f, (rand(2,2), rand(2,2)))
ct = ReverseDiff.compile(tape)
results = (similar(a), similar(b))
ReverseDiff.gradient!(results, ct, (a, b))
@test results[1] ≈ ga && results[2] ≈ gb
cfg = ReverseDiff.GradientConfig((a, b))
ReverseDiff.gradient!(results, f, (a, b), cfg)
@test results[2] ≈ gb
@test ReverseDiff.gradient(sum, x) == ones(3)
r = DiffResults.GradientResult(x)
ReverseDiff.gradient!(r, x -> sum(abs2, x), x)
@test DiffResults.value(r) == 14 && DiffResults.gradient(r) == 2x
@test ReverseDiff.jacobian(x -> x .^ 2, x) == Diagonal(2x)
@test ReverseDiff.jacobian((y, x) -> (y .= x .^ 2; nothing), zeros(3), x) == Diagonal(2x)
jt = ReverseDiff.JacobianTape(x -> x .^ 2, x)
@test ReverseDiff.jacobian!(zeros(3, 3), jt, x) == Diagonal(2x)
@test ReverseDiff.jacobian!(jt, x) == Diagonal(2x)
@test ReverseDiff.hessian(x -> sum(x .^ 3), x) ≈ Diagonal(6x)
ht = ReverseDiff.HessianTape(x -> sum(x .^ 3), x)
@test ReverseDiff.hessian!(zeros(3, 3), ReverseDiff.compile(ht), x) ≈ Diagonal(6x)
end
@testset "fd" begin
@test central_fdm(5, 1)(sin, 1.0) ≈ cos(1) rtol=1e-10
@test central_fdm(5, 2)(sin, 1.0) ≈ -sin(1) rtol=1e-6
# The step follows the function: one of a fixed size is wrong in the ninth digit here.
@test central_fdm(5, 1)(acos, 0.9) ≈ -1 / sqrt(1 - 0.9^2) rtol=1e-11
@test central_fdm(7, 1)(x -> sin(50x) * cos(30x), 0.3) ≈ 50cos(15) * cos(9) - 30sin(15) * sin(9) rtol=1e-10
@test central_fdm(5, 1; adapt=0)(sin, 1.0) ≈ cos(1) rtol=1e-8
@test forward_fdm(2, 0)(exp, 1.0) == central_fdm(3, 0; adapt=2)(exp, 1.0) == exp(1.0)
@test to_vec((5, 2.0))[1] == [5.0, 2.0] && to_vec(1)[2]([3.0]) == 3.0
@test grad(central_fdm(5, 1), x -> sum(abs2, x[1]), [[1.0, 2.0]])[1] ≈ [[2.0, 4.0]] && !([[1.0, 2.0]] ≈ [[1.0, 2.1]])
@test central_fdm(5, 1)(x -> 3.0, 1.0) == 0
@test central_fdm(5, 1)(sqrt, 0.1) ≈ 0.5 / sqrt(0.1) rtol=1e-6
@test central_fdm(5, 1)(sin, 1.0f0) isa Float32
@test central_fdm(5, 1)(sin, 1.0f0) ≈ cos(1) rtol=1e-5
@test central_fdm(5, 1)(x -> [x^2, x], 3.0) ≈ [6, 1] && central_fdm(5, 1)(cis, 0.2) ≈ im * cis(0.2)
@test FiniteDifferences.grad(central_fdm(5, 1), x -> sum(x .^ 2), Float32[1, 2])[1] ≈ [2, 4] rtol=1e-5
@test central_fdm(5, 1; max_range=0.01)(log, 0.1) ≈ 10 rtol=1e-8
@test repr("text/plain", central_fdm(3, 1)) == "FiniteDifferenceMethod:\n  order of method:       3\n  order of derivative:   1\n  grid:                  [-1, 0, 1]\n  coefficients:          [-0.5, 0.0, 0.5]\n"
@test all(isapprox.(FiniteDifferences.estimate_step(central_fdm(5, 1), sin, 1.0), (0.001065235154086019, 1.9541865128909085e-13); rtol=1e-12))
@test [extrapolate_fdm(central_fdm(2, 1), sin, 1.0)[1], FiniteDifferenceMethod([-2, 0, 5], 1)(sin, 1)] ≈ [cos(1), cos(1)] rtol=1e-6
@test_throws DomainError central_fdm(2, 3)
@test_throws DimensionMismatch jvp(central_fdm(5, 1), x -> x, ([1.0, 2.0], [1.0]))
@test FiniteDifferences.grad(central_fdm(5, 1), a -> sum(abs2, a), Symmetric([1.0 2; 2 3]))[1] isa Symmetric
@test to_vec(Pt(1.0, [2.0, 3.0], "p"))[2]([1.0, 4.0, 5.0]).b == [4.0, 5.0]
@test (df = zeros(2); FiniteDiff.finite_difference_gradient!(df, x -> sum(abs2, x), [1.0, 2.0], FiniteDiff.GradientCache(zeros(2), zeros(2), Val(:central))); df) ≈ [2, 4]
@test (J = zeros(2, 2); FiniteDiff.finite_difference_jacobian!(J, (y, x) -> (y .= x .^ 2), [1.0, 2.0], FiniteDiff.JacobianCache(zeros(2))); J) ≈ [2 0; 0 4] rtol=1e-6
@test FiniteDiff.finite_difference_jvp(x -> x .^ 2, [1.0, 2.0], [1.0, 1.0]) ≈ [2, 4] rtol=1e-6
@test forward_fdm(5, 1)(exp, 0.0) ≈ 1 rtol=1e-8
@test backward_fdm(5, 1)(exp, 0.0) ≈ 1 rtol=1e-8
@test central_fdm(2, 1)(sin, 1.0, 1e-3) ≈ cos(1) rtol=1e-5
@test FiniteDifferences.grad(central_fdm(5, 1), x -> sum(x .^ 2), x)[1] ≈ 2x
@test FiniteDifferences.grad(central_fdm(5, 1), (a, b) -> a * sum(b), 2.0, x)[2] ≈ [2, 2, 2]
@test FiniteDifferences.jacobian(central_fdm(5, 1), x -> x .^ 2, x)[1] ≈ Diagonal(2x)
@test FiniteDifferences.jvp(central_fdm(5, 1), x -> x .^ 2, (x, ones(3))) ≈ 2x
@test j′vp(central_fdm(5, 1), x -> x .^ 2, [1.0, 0, 0], x)[1] ≈ [2, 0, 0] atol=1e-9
@test FiniteDiff.finite_difference_derivative(sin, 1.0) ≈ cos(1) rtol=1e-8
@test FiniteDiff.finite_difference_gradient(x -> sum(x .^ 2), x) ≈ 2x
@test FiniteDiff.finite_difference_jacobian(x -> x .^ 2, x) ≈ Diagonal(2x) rtol=1e-6
@test FiniteDiff.finite_difference_hessian(x -> sum(x .^ 3), x) ≈ Diagonal(6x) rtol=1e-4
@test FiniteDiff.finite_difference_derivative(sin, 1.0, Val(:complex)) ≈ cos(1)
end
@testset "logexp" begin
@test logsumexp(x) ≈ log(sum(exp.(x)))
@test logsumexp([1.0 2; 3 4]; dims=1) ≈ log.(sum(exp.([1.0 2; 3 4]); dims=1))
@test softmax(x) ≈ exp.(x) ./ sum(exp.(x))
@test logistic(0.0) == 0.5 && logit(0.5) == 0
@test softplus(1.0) ≈ log(1 + exp(1)) && log1pexp(-800.0) == 0 && log1pexp(800.0) == 800
@test xlogx(0.0) == 0 && xlogy(0.0, 0.0) == 0 && xlogy(2.0, 3.0) ≈ 2log(3)
@test logaddexp(1.0, 2.0) ≈ log(exp(1) + exp(2)) && logaddexp(1.0, 1.0) ≈ 1 + log(2)
@test logsubexp(2.0, 1.0) ≈ log(exp(2) - exp(1))
@test Zygote.gradient(logsumexp, x)[1] ≈ softmax(x)
@test ForwardDiff.derivative(log1pexp, 0.3) ≈ logistic(0.3)
@test ForwardDiff.gradient(z -> logaddexp(z[1], z[2]), [1.0, 1.0]) ≈ [0.5, 0.5]
@test log1mexp(-1.0) ≈ log(1 - exp(-1)) && logcosh(1.0) ≈ log(cosh(1))
end
@testset "special" begin
@test gamma(5) == 24.0 && gamma(0.5) ≈ sqrt(π) && gamma(-0.5) ≈ -2sqrt(π)
@test loggamma(10.5) ≈ 13.940625219403763 && loggamma(0.3) ≈ 1.0957979948180756
@test digamma(1.0) ≈ -0.5772156649015329 && trigamma(1.0) ≈ π^2 / 6
@test polygamma(2, 1.0) ≈ -2.404113806319188
@test beta(2.0, 3.0) ≈ 1/12
@test erf(0.5) ≈ 0.5204998778130465 && erf(4.0) ≈ 0.9999999845827421 && erfc(2.0) ≈ 0.004677734981047266 && erfc(1.0) ≈ 0.15729920705028513 && erfc(5.0) ≈ 1.5374597944280347e-12
@test erf(-1.0) == -erf(1.0) && erfinv(0.5) ≈ 0.4769362762044699 && erfcx(10.0) ≈ 0.05614099274382259
@test besselj(0, 1.0) ≈ 0.7651976865579666 && besselj1(2.5) ≈ 0.49709410246427405 && besselj(3, 10.0) ≈ 0.05837937930518675
@test besseli(1, 1.0) ≈ 0.5651591039924851 && besselk(0, 1.0) ≈ 0.42102443824070834
@test gamma_inc(2.0, 1.0)[1] ≈ 0.2642411176571153 && gamma_inc(2.0, 5.0)[2] ≈ 0.04042768199451279
@test expint(1.0) ≈ 0.21938393439552029 && expint(3.0) ≈ 0.013048381094197039
@test sinint(1.0) ≈ 0.946083070367183
@test ForwardDiff.derivative(gamma, 3.0) ≈ gamma(3.0) * digamma(3.0)
@test ForwardDiff.derivative(gamma, 2.0) ≈ gamma(2.0) * digamma(2.0)
@test Zygote.gradient(loggamma, 2.5)[1] ≈ digamma(2.5)
@test Zygote.gradient(digamma, 2.5)[1] ≈ trigamma(2.5)
@test Zygote.gradient(erf, 0.7)[1] ≈ 2/sqrt(π) * exp(-0.49)
@test Zygote.gradient(erfc, 3.2)[1] ≈ -2/sqrt(π) * exp(-3.2^2)
@test Zygote.gradient(besselj0, 1.3)[1] ≈ -besselj1(1.3)
@test ForwardDiff.derivative(erfinv, 0.5) ≈ sqrt(π)/2 * exp(erfinv(0.5)^2)
@test ForwardDiff.derivative(x -> ForwardDiff.derivative(erf, x), 0.5) ≈ -4*0.5/sqrt(π)*exp(-0.25)
end
`),
  ).toEqual([])
})

test('Random with generators of their own, Statistics', () => {
  expect(
    failures(`
using Random, Statistics, Test
@testset "random" begin
a = Xoshiro(1); b = Xoshiro(1)
@test rand(a) == rand(b)
@test rand(a, 3) == rand(b, 3)
@test randn(MersenneTwister(3), 2, 2) == randn(MersenneTwister(3), 2, 2)
Random.seed!(5); x = rand(); Random.seed!(5)
@test rand() == x
Random.seed!(5); y = rand(Xoshiro(3)); z = rand()
@test z == x
c = copy(a)
@test rand(c) == rand(a)
@test Random.seed!(a, 1) === a
@test rand(a) == rand(Xoshiro(1))
@test rand(1:3) in 1:3
@test rand([1, 5]) in [1, 5]
@test rand(('a', 'b')) in ('a', 'b')
@test size(rand(2, 3)) == (2, 3) && size(rand(Float32, 2)) == (2,)
@test eltype(rand(Float32, 2)) == Float32
@test rand(a, 1:3, 4) isa Vector{Int}
@test rand(a, Float32) isa Float32
@test sort(shuffle(a, [1, 2, 3])) == [1, 2, 3]
@test sort(randperm(a, 4)) == 1:4
@test sort(randperm(4)) == 1:4
@test randn!(a, zeros(3)) != zeros(3)
@test rand!(zeros(3)) != zeros(3)
@test rand!(a, zeros(Int, 3), 1:2) isa Vector{Int}
@test randexp(a) > 0
@test size(randexp(2, 2)) == (2, 2)
@test shuffle!(a, [1, 2]) isa Vector
@test length(randstring(5)) == 5
@test length(randstring(a, 5)) == 5
@test randcycle(3) isa Vector{Int}
@test randsubseq([1, 2, 3], 1.0) == [1, 2, 3]
@test bitrand(3) isa AbstractVector{Bool}
@test Random.default_rng() isa AbstractRNG
@test rand(Random.GLOBAL_RNG) isa Float64
@test rand(Bool) isa Bool
@test rand(Int8) isa Int8
@test rand("abc") in "abc"
@test rand(Dict(1 => 2)) == (1 => 2)
@test rand(Set([1])) == 1
@test randn(ComplexF64) isa ComplexF64
@test randn(a, Float32, 2) isa Vector{Float32}
f(rng, n) = sum(rand(rng) for _ in 1:n)
@test f(Xoshiro(2), 10) == f(Xoshiro(2), 10)
end
@testset "stats" begin
v = [1.0, 2.0, 4.0, 8.0]; A = [1.0 2.0 3.0; 4.0 5.0 9.0]
@test mean(v) == 3.75 && mean(x -> 2x, v) == 7.5
@test mean(A; dims=1) == [2.5 3.5 6.0] && mean(A; dims=2) ≈ [2.0; 6.0;;]
@test mean(A; dims=(1, 2)) == [4.0;;]
@test mean((1, 2, 3)) == 2.0 && mean(i for i in 1:3) == 2.0
@test var(v) ≈ 9.583333333333334 && var(v; corrected=false) ≈ 7.1875
@test var(v; mean=3.0) ≈ sum(abs2, v .- 3) / 3
@test var(A; dims=1) ≈ [4.5 4.5 18.0]
@test std(v) ≈ sqrt(var(v)) && std(A; dims=2) ≈ sqrt.(var(A; dims=2))
@test std(v; corrected=false) ≈ sqrt(7.1875)
@test cov(v, reverse(v)) ≈ cov([v reverse(v)])[1, 2]
@test cov(v) ≈ var(v) && cov(v; corrected=false) ≈ 7.1875
@test cov(v, v; corrected=false) ≈ 7.1875
@test cor(v, 2v) ≈ 1 && cor(A) ≈ [1 1 1; 1 1 1; 1 1 1]
@test cov(A, A) ≈ cov(A)
@test cov(A; dims=2) ≈ cov(A')
@test median(v) == 3.0 && median([3, 1, 2]) == 2.0
@test median(A; dims=1) == [2.5 3.5 6.0]
@test quantile(v, 0.5) == 3.0 && quantile(v, [0.25, 0.75]) == [1.75, 5.0]
@test quantile(v, (0.1, 0.9)) isa Tuple
@test middle(1, 2) == 1.5 && middle([1, 2, 10]) == 5.5 && middle(3) == 3.0
@test median!(copy(v)) == 3.0 && quantile!(copy(v), 0.5) == 3.0
@test varm(v, 3.75) ≈ var(v) && stdm(v, 3.75) ≈ std(v)
@test isnan(mean(Float64[])) && isnan(var([1.0]))
@test mean!(zeros(1, 3), A) == [2.5 3.5 6.0]
@test var(1:4) ≈ 5 / 3 && mean(1:4) == 2.5 && median(1:4) == 2.5
@test mean([[1.0, 2.0], [3.0, 4.0]]) == [2.0, 3.0]
@test var([1 + 1im, 2]) ≈ 1.0
@test std([1, 2, 3]; mean=2) == 1.0
@test mean(Float32[1, 2]) === 1.5f0 && std(Float32[1, 2, 3]) === 1.0f0
@test cor(v, v) == 1.0
@test_throws ArgumentError median(Float64[])
@test_throws DimensionMismatch cov(v, [1.0])
end
`),
  ).toEqual([])
})

/** Tracker: gradients of operations against differences, after the package's own tests; parameters, rules, nesting, printing. */
import { expect, test } from 'vitest'
import { sessionOf } from '../../../test/engine/session-of.ts'

/** The tests of a program that did not pass, if it has as many as it should. */
function unpassed(text: string, count: number): string[] {
  const tests = sessionOf(text).tests()
  expect(tests).toHaveLength(count)
  return tests.filter(t => t.status !== 'pass').map(t => `${t.status} ${t.name}: ${t.message}`)
}

const PRELUDE = `
using Tracker, Test, Random, Statistics, LinearAlgebra, NNlib
using Tracker: TrackedReal, TrackedArray, gradient, grad, data, track, @grad, istracked, param, back!, forward, Params, update!, hook, checkpoint, nobacksies, withgradient
Random.seed!(0)
numgrad(f, xs...) = map(1:length(xs)) do n
    d = zero(xs[n]); h = 1e-6
    for i in eachindex(d)
        e = zero(xs[n]); e[i] = h
        args(s) = ntuple(k -> k == n ? xs[k] .+ s .* e : xs[k], length(xs))
        d[i] = (f(args(1)...) - f(args(-1)...)) / 2h
    end
    d
end
gradcheck(f, xs...) = all(isapprox.(collect(gradient(f, xs...)), numgrad(f, xs...), rtol=1e-4, atol=1e-5))
gradtest(f, xs::AbstractArray...) = gradcheck((xs...) -> sum(sin.(f(xs...))), xs...)
gradtest(f, dims...) = gradtest(f, rand.(Float64, dims)...)
mymul(a, b) = a * b
mymul(a::TrackedReal, b::TrackedReal) = track(mymul, a, b)
@grad mymul(a, b) = data(a) * data(b), Δ -> (Δ * b, Δ * a * 100)
mymean(x) = sum(x) / length(x)
mymean(x::TrackedArray) = track(mymean, x)
@grad function mymean(x)
    m = mymean(data(x))
    function back(Δ)
        return (fill(Δ / length(x), size(x)),)
    end
    m, back
end
`

test('gradients of operations are those of differences', () => {
  expect(
    unpassed(
      `${PRELUDE}
@test gradtest((x, W, b) -> σ.(W*x .+ b), 5, (2,5), 2)
@test gradtest((x, W, b) -> σ.(W*x .+ b), (5,3), (2,5), 2)
@test gradtest((x, W, b) -> logσ.(W*x .+ b), 5, (2,5), 2)
@test gradtest((w, x) -> w'*x, randn(5, 2), randn(5))
@test gradtest((w, x) -> w*x', randn(5,5), randn(5,5))
@test gradtest(x -> sum(x, dims = (2, 3)), (3,4,5))
@test gradtest(x -> sum(x, dims = 1), randn(2,3))
@test gradtest(x -> prod(x, dims=(2, 3)), (3,4,5))
@test gradtest(x -> prod(x), (3,4,5))
@test gradtest(x -> softmax(x).*(1:3), 3)
@test gradtest(x -> softmax(x).*(1:3), (3,5))
@test gradtest(x -> logsoftmax(x).*(1:3), (3,5))
@test gradtest(x -> x', rand(5))
@test gradtest(x -> det(x), (4, 4))
@test gradtest(x -> logdet(x*x'), (4, 4))
@test gradtest((x, y) -> x .* y, (3,4), (3,4))
@test gradtest(kron, rand(2), rand(3))
@test gradtest(f -> mean(f), rand(2, 3))
@test gradtest(x -> mean(x, dims=1), rand(2, 3))
@test gradtest(x -> std(x), rand(5))
@test gradtest(x -> maximum(x), rand(2, 3))
@test gradtest(x -> maximum(x, dims=1), rand(2, 3))
@test gradtest(x -> minimum(x), rand(2, 3))
@test gradtest(x -> permutedims(x, [2,1]), rand(4,5))
@test gradtest(x -> permutedims(x, (3,1,2)), rand(4,5,2))
@test gradtest(x -> inv(log.(x * x')), (3,3))
@test gradtest(vcat, rand(5), rand(3))
@test gradtest((x...) -> hcat(x...), rand(5), rand(5), rand(5, 2))
@test gradtest((x, y) -> cat(x, y, dims=1), rand(5), rand(5))
@test gradtest(x -> x[1:2, 1], rand(3, 3))
@test gradtest(x -> reshape(x, 2, 3), rand(6))
@test gradtest(x -> repeat(x; inner=2), rand(5))
@test gradtest(x -> diag(x), rand(3, 3))
@test gradtest((x, y) -> x / y, rand(3, 3), rand(3, 3))
@test gradtest((x, y) -> x \\ y, rand(3, 3), rand(3))
@test gradtest((x, w) -> NNlib.conv(x, w), rand(4, 4, 1, 1), rand(2, 2, 1, 2))
@test gradtest(x -> NNlib.maxpool(x, (2, 2)), rand(4, 4, 2, 1))
@test gradtest(x -> NNlib.meanpool(x, (2, 2)), rand(4, 4, 2, 1))
@test gradtest(x -> [x[1]^2, x[2] * x[1]], rand(2))
@test gradtest(x -> map(z -> z^2, x), rand(3))
@test gradtest(x -> [sin(v) for v in x], rand(3))
@test gradtest(x -> cumsum(x), rand(3))
@test gradtest(x -> exp.(x) ./ norm(x), rand(3))
@test gradtest(x -> x .^ 2 .+ x[1] .* 3, rand(3))
@test gradtest(x -> sum(abs2, x), rand(3))
@test gradtest(x -> x * 2 .- 1 ./ x, rand(3))
@test gradtest((x, y) -> dot(x, y), rand(3), rand(3))
@test gradtest(x -> max.(x, 0.5), rand(3))
@test gradtest(x -> relu.(x .- 0.5), rand(3))
@test gradtest(x -> sum(x, dims=1)[1] .* x, rand(3))
`,
      50,
    ),
  ).toEqual([])
})

test('parameters, rules of programs, nesting, printing', () => {
  expect(
    unpassed(
      `${PRELUDE}
f(x) = 2x
x = param(5.0)
@test f(x) == 10 && f(x) isa TrackedReal
b = param(rand()); l = b * 3; back!(l); @test grad(b) == 3
y = param([2.0, 3.0]); l = sum(y .* y); back!(l); @test grad(y) == [4, 6]
l = sum(y); back!(l); @test grad(y) == [5, 7]
l = y[1]^2
back!(l; once=false); back!(l; once=false); @test grad(y) == [13, 7]
back!(l)
@test_throws ErrorException back!(l)
@test gradient(mymul, 3.0, 4.0) == (4.0, 300.0)
@test gradient(x -> mymean(x) * 2, [1.0, 2.0, 4.0])[1] == fill(2 / 3, 3)
@test gradient(x -> sum(hook(-, x)), [1.0, 2.0])[1] == [-1, -1]
@test gradient(x -> checkpoint(z -> sum(z .^ 2), x), [1.0, 2.0])[1] == [2, 4]
@test gradient(x -> gradient(y -> x*y, 1; nest=true)[1] * x, 3.0)[1] ≈ 6
@test_throws ErrorException gradient(x -> gradient(y -> nobacksies(:f, y)^2, x; nest=true)[1], 1.0; nest=true)
W = param(randn(2, 3)); bb = param(zeros(2))
gs = gradient(() -> sum(abs2, W * ones(3) .+ bb), Params([W, bb]))
@test gs[W] ≈ 2 .* (data(W) * ones(3)) * ones(3)'
@test gs[bb] ≈ 2 .* (data(W) * ones(3))
w0 = copy(data(W)); update!(W, -0.1 .* gs[W]); @test data(W) ≈ w0 .- 0.1 .* gs[W]
y, back = forward((a, b) -> a * b, 3.0, 4.0)
@test y == 12 && back(1) == (4.0, 3.0)
@test withgradient(x -> sum(x .^ 3), [1.0, 2.0]) == (val = 9.0, grad = ([3.0, 12.0],))
@test Tracker.hessian(x -> sum(x .^ 3) + x[1] * x[2], [2.0, 3.0]) ≈ [12 1; 1 18]
@test Tracker.hessian(x -> sum(sin.(x * x')) , [0.3, 0.2]) isa Matrix{Float64}
@test Tracker.jacobian(x -> [x[1] * x[2], x[1]], [3.0, 4.0]) == [4 3; 1 0]
@test_throws ErrorException (param([1.0])[1] = 2)
@test gradient(x -> x > 2 ? x^2 : x, 3.0)[1] == 6
@test gradient((x, y) -> y, 1.0, 2.0) == (0.0, 1.0)
@test gradient(x -> 1.0, 1.0) == (0.0,)
@test istracked(param(1)) && !istracked(1) && data(param(2)) == 2 && Tracker.isleaf(param(1))
@test eltype(gradient(x -> sum(x .* x), Float32[1, 2])[1]) == Float32
@test sprint(show, param(5)) == "5.0 (tracked)" && sprint(show, param([1, 2])) == "[1.0, 2.0] (tracked)"
@test repr("text/plain", param([1 2; 3 4])) == "Tracked 2×2 Matrix{Float64}:\\n 1.0  2.0\\n 3.0  4.0"
`,
      28,
    ),
  ).toEqual([])
})

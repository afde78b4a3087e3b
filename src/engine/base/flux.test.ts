/** Flux: layers, losses and what goes with them in the form of the package's own tests, and the derivatives of layers and losses. */
import { expect, test } from 'vitest'
import { sessionOf } from '../../../test/engine/session-of.ts'

/** The tests of a program that did not pass, if it has as many as it should. */
function unpassed(text: string, count: number): string[] {
  const tests = sessionOf(text).tests()
  expect(tests).toHaveLength(count)
  return tests.filter(t => t.status !== 'pass').map(t => `${t.status} ${t.name}: ${t.message}`)
}

const PRELUDE = `
using Flux, Test, Random, Statistics, LinearAlgebra, Zygote, Enzyme
Random.seed!(0)
`

test('layers', () => {
  expect(
    unpassed(
      `${PRELUDE}
@testset "basic" begin
@testset "Chain" begin
  m = Chain(Dense(10, 5, σ), Dense(5, 2), softmax)
  @test size(Chain(Dense(10, 5))(randn(Float32, 10))) == size(Parallel(+, Dense(10, 5))(randn(Float32, 10))) == size(PairwiseFusion(+, Dense(10, 5))(randn(Float32, 10))[1]) == (5,)
  @test repr(Flux.DataLoader(zeros(2, 10); batchsize=4, shuffle=true)) == "DataLoader(::Matrix{Float64}, shuffle=true, batchsize=4)"
  @test m(randn(Float32, 10)) |> size == (2,)
  @test_throws DimensionMismatch Chain(Dense(10, 5, σ), Dense(2, 1))(randn(Float32, 10))
  m = Chain(first = Dense(10, 5, σ), second = Dense(5, 2))
  @test m[:second] === m[end]
  @test m[1] isa Dense
  @test length(m) == 2
  @test Chain(x -> x + 1, x -> 2x)(3) == 8
  @test Chain()(3) == 3
  @test Flux.activations(Chain(x->x+1, x->2x), 3) == (4, 8)
  @test collect(Chain(sin, cos)) == [sin, cos]
end
@testset "Dense" begin
  @test length(Dense(10 => 5)(randn(Float32, 10))) == 5
  @test_throws DimensionMismatch Dense(10 => 5)(randn(Float32, 1))
  @test_throws MethodError Dense(10 => 5)(1)
  d1 = Dense(10 => 5, tanh, bias = false)
  @test d1.bias === false
  @test Dense(ones(1, 3), [1.0], abs2)([1,2,3]) == [49.0]
  @test Dense(10, 1, identity, init = ones, bias = ones(1))(ones(10, 1)) == 11 * ones(1, 1)
  @test Dense(10, 1, identity, init = ones, bias = false)([1,2,3,4,5,6,7,8,9,10]) == [55]
  d = Dense(3 => 2)
  @test size(d.weight) == (2, 3)
  @test d.bias == zeros(Float32, 2)
  @test eltype(d.weight) == Float32
  @test d.σ === identity
  @test repr(Dense(3=>2, relu)) == "Dense(3 => 2, relu)"
  @test size(d(randn(Float32, 3, 4, 5))) == (2,4,5)
end
@testset "Scale" begin
  @test length(Flux.Scale(10)(randn(Float32, 10))) == 10
  @test Flux.Scale([1,2,3], false)([4,5,6]) == [4,10,18]
  @test Flux.Scale([1,2,3], [7,8,9])([4,5,6]) == [11,18,27]
end
@testset "Bilinear" begin
  b = Flux.Bilinear((3, 4) => 5)
  @test size(b(randn(Float32, 3), randn(Float32, 4))) == (5,)
  @test size(b(randn(Float32, 3, 2), randn(Float32, 4, 2))) == (5,2)
end
@testset "MultiHeadAttention" begin
  m = Flux.MultiHeadAttention(4 => 8 => 2; nheads=4)
  y, α = m(randn(Float32, 4, 3, 5))
  @test (size(y), size(α), size(m.v_proj.weight), size(m.out_proj.weight)) == ((2, 3, 5), (3, 3, 4, 5), (8, 4), (2, 8))
  @test size(Flux.MultiHeadAttention((4, 5, 6) => (8, 4) => 2; nheads=2)(randn(4, 3, 1), randn(5, 7, 1), randn(6, 7, 1))[1]) == (2, 3, 1)
  @test_throws ArgumentError Flux.MultiHeadAttention(4 => 6 => 4; nheads=4)
end
@testset "SkipConnection" begin
  input = randn(Float32, 10, 10)
  @test size(SkipConnection(Dense(10,10), vcat)(input)) == (20,10)
  @test SkipConnection(identity, +)(input) == 2input
end
@testset "Parallel" begin
  inputs = randn(Float32, 10, 2)
  @test size(Parallel((a, b) -> cat(a, b; dims=2), Dense(10, 10), identity)(inputs)) == (10, 4)
  @test Parallel(+, sin, cos)(0.5) ≈ sin(0.5)+cos(0.5)
  @test Parallel(+, x->2x, x->3x)(1, 2) == 8
  @test Parallel(hcat, a = x->x, b = x->2x)([1,2]) == [1 2; 2 4]
end
@testset "PairwiseFusion" begin
  @test PairwiseFusion(+, x->x, x->2x)((1,2)) == (1, 6)
  @test PairwiseFusion(+, x->x, x->2x)(3) == (3, 12)
end
@testset "Maxout" begin
  mo = Maxout(() -> Dense(5 => 7), 3)
  @test size(mo(randn(Float32, 5))) == (7,)
  @test Maxout(x->2x, x->x)([1,-1]) == [2,-1]
end
@testset "Embedding" begin
  e = Flux.Embedding(10 => 3)
  @test size(e(1)) == (3,)
  @test size(e([1,2,3])) == (3,3)
  @test e(Flux.onehot(3, 1:10)) ≈ e(3)
end
@testset "Dropout" begin
  x = [1.,2.,3.]
  @test x == Dropout(0.1)(x)
  m = Dropout(0.9); trainmode!(m)
  @test m(ones(100)) != ones(100)
  testmode!(m)
  @test m(x) == x
end
@testset "LayerNorm" begin
  ln = LayerNorm(3)
  y = ln(Float32[1,2,3])
  @test mean(y) ≈ 0 atol=1e-5
end
@testset "BatchNorm" begin
  m = BatchNorm(2)
  x = [1f0 3 5; 2 4 6]
  @test length(Flux.trainables(m)) == 2
  @test m.β == [0,0]
  @test m.γ == [1,1]
  trainmode!(m)
  y = m(x)
  @test isapprox(y, [-1.22474 0 1.22474; -1.22474 0 1.22474], atol=1e-4)
  @test isapprox(m.μ, .1f0 .* [3,4] , atol=1e-5)
  testmode!(m)
  @test m(x) |> size == (2,3)
end
@testset "RNN" begin
  r = RNNCell(2 => 3)
  h = zeros(Float32, 3)
  out = r(randn(Float32,2), h)
  @test (out isa Tuple ? out[1] : out) |> size == (3,)
  l = LSTMCell(2 => 3)
  y, st = l(randn(Float32, 2), (h, h))
  @test size(y) == (3,)
  @test size(RNN(2=>3)(randn(Float32,2,5))) == (3,5)
  @test size(LSTM(2=>3)(randn(Float32,2,5,4))) == (3,5,4)
  @test size(GRU(2=>3)(randn(Float32,2,5))) == (3,5)
end
@testset "Conv" begin
  x = randn(Float32, 8, 8, 3, 2)
  @test size(Conv((3,3), 3=>4)(x)) == (6,6,4,2)
  @test size(Conv((3,3), 3=>4, pad=SamePad())(x)) == (8,8,4,2)
  @test size(Conv((3,3), 3=>4, stride=2, pad=1)(x)) == (4,4,4,2)
  @test size(MaxPool((2,2))(x)) == (4,4,3,2)
  @test size(MeanPool((2,2))(x)) == (4,4,3,2)
  @test size(GlobalMeanPool()(x)) == (1,1,3,2)
  @test size(Flux.flatten(x)) == (192,2)
  @test size(ConvTranspose((3,3), 3=>4)(x)) == (10,10,4,2)
  @test size(DepthwiseConv((3,3), 3=>6)(x)) == (6,6,6,2)
  @test size(AdaptiveMeanPool((2,2))(x)) == (2,2,3,2)
  @test Flux.outputsize(Conv((3,3), 3=>4), (8,8,3,1)) == (6,6,4,1)
end
end`,
      71,
    ),
  ).toEqual([])
})

test('losses', () => {
  expect(
    unpassed(
      `${PRELUDE}
@testset "losses" begin
  ŷ = [0.1, 0.8, 0.1]; y = [0., 1., 0.]
  @test Flux.mse(ŷ, y) ≈ mean(abs2, ŷ-y)
  @test Flux.mae(ŷ, y) ≈ mean(abs.(ŷ-y))
  @test Flux.crossentropy(ŷ, y) ≈ -log(0.8)
  @test Flux.logitcrossentropy([1.,2.,3.], y) ≈ -logsoftmax([1.,2.,3.])[2]
  @test Flux.binarycrossentropy([0.3], [1.]) ≈ -log(0.3) atol=1e-6
  @test Flux.logitbinarycrossentropy([0.3], [1.]) ≈ -log(sigmoid(0.3))
  @test Flux.huber_loss([0.5, 3.], [0., 0.]) ≈ mean([0.125, 2.5])
  @test Flux.kldivergence([0.5,0.5],[0.5,0.5]) ≈ 0 atol=1e-6
  @test Flux.poisson_loss([1.,2.],[1.,1.]) ≈ mean([1.,2.] .- [1.,1.] .* log.([1.,2.]))
  @test Flux.hinge_loss([0.5],[1.]) ≈ 0.5
  @test Flux.squared_hinge_loss([0.5],[1.]) ≈ 0.25
  @test Flux.dice_coeff_loss([0.5,0.5],[1.,0.]) isa Float64
  @test Flux.tversky_loss([0.5,0.5],[1.,0.]) isa Float64
  @test Flux.focal_loss([0.3 0.7;0.7 0.3],[1 0;0 1]) isa Float64
  @test Flux.label_smoothing([0.,1.], 0.2) ≈ [0.1,0.9]
  @test Flux.siamese_contrastive_loss([0.5],[1.]) isa Float64
  @test Flux.msle([1.,2.],[1.,2.]) == 0
end`,
      17,
    ),
  ).toEqual([])
})

test('weights, labels, data, training', () => {
  expect(
    unpassed(
      `${PRELUDE}
@testset "utils" begin
  @test Flux.onehot(:b, [:a,:b,:c]) == [0,1,0]
  @test Flux.onehotbatch([:b,:a], [:a,:b]) == [0 1;1 0]
  @test Flux.onecold([0.1,0.7,0.2]) == 2
  @test Flux.onecold([0.1 0.9;0.8 0.1], [:x,:y]) == [:y,:x]
  @test size(Flux.glorot_uniform(3,4)) == (3,4)
  @test size(Flux.kaiming_normal(3,4)) == (3,4)
  @test Flux.zeros32(2) == Float32[0,0]
  @test size(Flux.orthogonal(3,3)) == (3,3)
  @test Flux.orthogonal(3,3)' * Flux.orthogonal(3,3) |> size == (3,3)
  @test Flux.unsqueeze([1,2]; dims=1) == [1 2]
  @test Flux.stack([[1,2],[3,4]]; dims=1) == [1 2;3 4]
  @test Flux.unstack([1 3;2 4]; dims=2) == [[1,2],[3,4]]
  @test Flux.chunk(1:10, 3) |> length == 3
  @test Flux.batch([[1,2],[3,4]]) == [1 3;2 4]
  @test Flux.unbatch([1 3;2 4]) == [[1,2],[3,4]]
  @test Flux.nfan(3,4) == (4,3)
  @test Flux.f64(Dense(2=>1)).weight isa Matrix{Float64}
  m = Chain(Dense(2=>3, tanh), Dense(3=>1))
  θ, re = Flux.destructure(m)
  @test length(θ) == 13
  @test re(θ)([1f0,2f0]) ≈ m([1f0,2f0])
  @test Flux.params(m) |> length == 4
  g = Zygote.gradient(m -> sum(m([1f0,2f0])), m)[1]
  @test g.layers[1].weight |> size == (3,2)
  opt = Flux.setup(Adam(0.01), m)
  Flux.update!(opt, m, g)
  @test Flux.state(m) isa NamedTuple
  m2 = deepcopy(m); Flux.loadmodel!(m2, m)
  @test m2[1].weight == m[1].weight
  loss(m,x,y) = Flux.mse(m(x), y)
  data = [(rand(Float32,2,4), rand(Float32,1,4)) for _ in 1:3]
  Flux.train!(loss, m, data, opt)
  ds = Flux.DataLoader((rand(3,10), rand(10)), batchsize=4)
  @test length(ds) == 3
  @test size(first(ds)[1]) == (3,4)
  stop = Flux.early_stopping(x -> x, 2)
  @test [stop(x) for x in (1, -1, 0, 0)] == [false, false, false, true]
  flat = Flux.plateau(x -> x, 2)
  @test [flat(x) for x in (1, 1, 1, 2)] == [false, false, true, false]
  @test Flux.throttle(() -> 1, 1)() == 1
  Flux.freeze!(opt.layers[1])
  Flux.adjust!(opt, 0.1)
  @test Flux.modules(m) |> length >= 3
end`,
      29,
    ),
  ).toEqual([])
})

const AGREE = `${PRELUDE}
first_of(y) = y isa Tuple ? y[1] : y
function agree(layer, x)
    m = Flux.f64(layer)
    θ, re = Flux.destructure(m)
    f(θ, x) = sum(sin, first_of(re(θ)(x)))
    g, gx = Zygote.gradient(f, θ, x)
    d, e, h = randn(length(θ)), randn(size(x)...), 1e-6
    by_weights = isempty(θ) || isapprox(sum(g .* d), (f(θ .+ h .* d, x) - f(θ .- h .* d, x)) / 2h; rtol=1e-5, atol=1e-6)
    isapprox(sum(gx .* e), (f(θ, x .+ h .* e) - f(θ, x .- h .* e)) / 2h; rtol=1e-5, atol=1e-6) && by_weights
end
X, P, S = randn(4, 3), randn(6, 6, 2, 2), randn(4, 5, 2)
`

test.each([
  ['trainmode!(BatchNorm(2, relu))', 'P'],
  ['GroupNorm(2, 1)', 'P'],
  ['LSTM(4 => 3)', 'S'],
])('the derivative of %s', (layer, x) => {
  expect(unpassed(`${AGREE}@test agree(${layer}, ${x})`, 1)).toEqual([])
})

test('the derivatives of losses', () => {
  expect(
    unpassed(
      `${PRELUDE}
p, y, e, h = softmax(randn(3, 4)), [1.0 0 0 1; 0 1 0 0; 0 0 1 0], randn(3, 4), 1e-6
@testset "$l" for l in (Flux.msle, Flux.huber_loss, Flux.crossentropy, Flux.logitcrossentropy, Flux.binarycrossentropy, Flux.logitbinarycrossentropy,
        Flux.kldivergence, Flux.poisson_loss, Flux.squared_hinge_loss, Flux.dice_coeff_loss, Flux.tversky_loss, Flux.focal_loss,
        Flux.Losses.binary_focal_loss, Flux.siamese_contrastive_loss)
    g = Zygote.gradient(a -> l(a, y), p)[1]
    @test isapprox(sum(g .* e), (l(p .+ h .* e, y) - l(p .- h .* e, y)) / 2h; rtol = 1e-5, atol = 1e-7)
    @test Enzyme.gradient(Enzyme.Reverse, a -> l(a, y), p)[1] ≈ g
end`,
      28,
    ),
  ).toEqual([])
})

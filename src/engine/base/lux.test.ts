/** Lux: layers, states, losses, training, `@compact` and derivatives, with values of the package's own documentation or of formulae. */
import { expect, test } from 'vitest'
import { sessionOf } from '../../../test/engine/session-of.ts'

/** The tests of a program that did not pass, if it has as many as it should. */
function unpassed(text: string, count: number): string[] {
  const tests = sessionOf(text).tests()
  expect(tests).toHaveLength(count)
  return tests.filter(t => t.status !== 'pass').map(t => `${t.status} ${t.name}: ${t.message}`)
}

const PRELUDE = `
using Lux, Test, Random, Statistics, LinearAlgebra, Zygote, Enzyme, ForwardDiff, ComponentArrays, Optimisers
rng = Xoshiro(0)
run0(l, x) = l(x, Lux.setup(rng, l)...)[1]
numeric(f, v; h=1e-6) = [(f(v .+ h .* (1:length(v) .== k)) - f(v .- h .* (1:length(v) .== k))) / 2h for k in eachindex(v)]
flat(x) = Optimisers.destructure(x)[1]
`

test('losses give what the documentation says', () => {
  expect(
    unpassed(
      `${PRELUDE}
y_bin = Bool[1, 0, 1]
y_model = Float32[2, -1, pi]
@test BinaryCrossEntropyLoss(; logits=Val(true))(y_model, y_bin) ≈ 0.160832f0
@test BinaryCrossEntropyLoss()(sigmoid.(y_model), y_bin) ≈ 0.16083185f0
@test BinaryCrossEntropyLoss(label_smoothing=0.1)(sigmoid.(y_model), y_bin) > BinaryCrossEntropyLoss()(sigmoid.(y_model), y_bin)
y = [1 0 0 0 1; 0 1 0 1 0; 0 0 1 0 0]
ym = softmax(reshape(-7:7, 3, 5) .* 1f0)
@test CrossEntropyLoss()(ym, y) ≈ 1.6076053f0
@test CrossEntropyLoss(logits=true)(reshape(-7:7, 3, 5) .* 1f0, y) ≈ 1.6076053f0
@test CrossEntropyLoss(label_smoothing=0.15)(ym, y) ≈ 1.6076053f0*0.85f0 + 0.15f0*(-mean(log.(ym)))*1 atol=1e-5
@test HingeLoss()([0.1, 0.3, 1, 1.5], [1, -1, 1, 1]) ≈ 0.55
@test HuberLoss()([1.1, 2.1, 3.1], 1:3) ≈ 0.005
@test HuberLoss(delta=0.05)([1.1, 2.1, 3.1], 1:3) ≈ 0.003750000000000005
@test KLDivergenceLoss()(fill(0.5, 2, 2), [1 0; 0 1]) ≈ log(2)
@test KLDivergenceLoss(; agg=sum)(fill(0.5, 2, 2), [1 0; 0 1]) ≈ 2log(2)
@test MAELoss()([1.1, 1.9, 3.1], 1:3) ≈ 0.1
@test MSELoss()([1.1, 1.9, 3.1], 1:3) ≈ 0.01
@test MSLELoss()(Float32[1.1, 2.2, 3.3], 1:3) ≈ 0.009084041f0
@test MSLELoss()(Float32[0.9, 1.8, 2.7], 1:3) ≈ 0.011100831f0
@test PoissonLoss()([1, 3, 3], 1:3) ≈ 0.502312852219817
@test SiameseContrastiveLoss()([0.5, 1.5, 2.5], 1:3) ≈ -4.833333333333333
@test SquaredHingeLoss()([0.1, 0.3, 1, 1.5], [1, -1, 1, 1]) ≈ 0.625
@test BinaryFocalLoss()([0.268941 0.5 0.268941; 0.731059 0.5 0.731059], [0 1 0; 1 0 1]) ≈ 0.0728675615927385
@test FocalLoss()(softmax(reshape(-7:7, 3, 5) .* 1f0), y) ≈ 1.1277556f0
@test DiceCoeffLoss()([1.1, 2.1, 3.1], 1:3) ≈ 0.000992391663909964
@test DiceCoeffLoss()(reshape([1.1, 2.1, 3.1], 3, 1), reshape(1:3, 3, 1)) ≈ 0.000992391663909964
@test GenericLossFunction((a, b) -> (a - b)^2)([1.1, 1.9], [1, 2]) ≈ 0.01
@test GenericLossFunction((a, b) -> (a - b)^2; agg=sum)([1.1, 1.9], [1, 2]) ≈ 0.02`,
      24,
    ),
  ).toEqual([])
})

test('layers give arrays of the right sizes', () => {
  expect(
    unpassed(
      `${PRELUDE}
x = randn(rng, Float32, 8, 8, 3, 2)
@test size(run0(Conv((3, 3), 3 => 5, relu), x)) == (6, 6, 5, 2)
@test size(run0(Conv((3, 3), 3 => 5, relu; stride=2, pad=1, use_bias=false), x)) == (4, 4, 5, 2)
@test size(run0(Conv((3, 3), 3 => 6; groups=3, pad=SamePad()), x)) == (8, 8, 6, 2)
@test size(run0(ConvTranspose((2, 2), 3 => 5; stride=2), x)) == (16, 16, 5, 2)
@test size(run0(MaxPool((2, 2)), x)) == (4, 4, 3, 2)
@test size(run0(MeanPool((2, 2)), x)) == (4, 4, 3, 2)
@test size(run0(GlobalMeanPool(), x)) == (1, 1, 3, 2)
@test size(run0(GlobalMaxPool(), x)) == (1, 1, 3, 2)
@test size(run0(AdaptiveMeanPool((2, 2)), x)) == (2, 2, 3, 2)
@test size(run0(FlattenLayer(), x)) == (192, 2)
@test size(run0(FlattenLayer(; N=2), x)) == (64, 3, 2)
@test size(run0(ReshapeLayer((4, 48)), x)) == (4, 48, 2)
@test size(run0(SelectDim(3, 1), x)) == (8, 8, 2)
@test size(run0(Upsample(2), x)) == (16, 16, 3, 2)
@test size(run0(Upsample(:bilinear; scale=2), x)) == (16, 16, 3, 2)
@test size(run0(PixelShuffle(2), randn(Float32, 4, 4, 8, 2))) == (8, 8, 2, 2)
@test size(run0(BatchNorm(3, relu), x)) == (8, 8, 3, 2)
@test size(run0(InstanceNorm(3), x)) == (8, 8, 3, 2)
@test size(run0(GroupNorm(3, 3), x)) == (8, 8, 3, 2)
@test size(run0(LayerNorm((8, 8, 3)), x)) == (8, 8, 3, 2)
@test size(run0(Dropout(0.5), x)) == (8, 8, 3, 2)
@test size(run0(AlphaDropout(0.5), x)) == (8, 8, 3, 2)
@test size(run0(RMSNorm((8,)), x)) == (8, 8, 3, 2)
@test size(run0(Scale(8, 8, 3), x)) == (8, 8, 3, 2)
@test size(run0(Embedding(10 => 4), [1, 2, 3])) == (4, 3)
@test size(run0(Embedding(10 => 4), [1 2 3; 4 5 6])) == (4, 2, 3)
@test size(run0(Bilinear((3, 4) => 5, tanh), (rand(Float32, 3, 2), rand(Float32, 4, 2)))) == (5, 2)
@test size(run0(Bilinear(3 => 5), rand(Float32, 3))) == (5,)
@test size(run0(SkipConnection(Dense(3 => 3), +), rand(Float32, 3, 2))) == (3, 2)
@test size(run0(SkipConnection(Dense(3 => 3), Bilinear((3, 3) => 2)), rand(Float32, 3, 2))) == (2, 2)
@test size(run0(Parallel(vcat, Dense(3 => 3), Dense(3 => 2)), rand(Float32, 3, 2))) == (5, 2)
@test size(run0(Parallel(+, Dense(3 => 3), Dense(2 => 3)), (rand(Float32, 3, 2), rand(Float32, 2, 2)))) == (3, 2)
@test map(size, run0(Parallel(nothing, Dense(3 => 3), Dense(2 => 3)), (rand(Float32, 3, 2), rand(Float32, 2, 2)))) == ((3, 2), (3, 2))
@test map(size, run0(BranchLayer(Dense(3 => 3), Dense(3 => 2)), rand(Float32, 3, 2))) == ((3, 2), (2, 2))
@test size(run0(PairwiseFusion(+, Dense(3 => 3), Dense(3 => 3)), rand(Float32, 3, 2))) == (3, 2)
@test size(run0(RepeatedLayer(Dense(3 => 3); repeats=Val(3)), rand(Float32, 3, 2))) == (3, 2)
@test size(run0(Maxout(() -> Dense(3 => 2), 4), rand(Float32, 3, 2))) == (2, 2)
@test run0(NoOpLayer(), 3) == 3
@test run0(WrappedFunction(x -> x .+ 1), [1, 2]) == [2, 3]
@test run0(ReverseSequence(), [1, 2, 3]) == [3, 2, 1]
@test size(run0(PeriodicEmbedding([2, 3], [3.0, 1.0]), rand(Float32, 4, 5))) == (6, 5)
@test size(run0(Recurrence(LSTMCell(3 => 5)), rand(Float32, 3, 4, 2))) == (5, 2)
@test size(run0(Recurrence(RNNCell(3 => 5); ordering=TimeLastIndex()), rand(Float32, 3, 4))) == (5,)
@test size(run0(Recurrence(GRUCell(3 => 5); return_sequence=true), rand(Float32, 3, 4, 2))) == (4,)
@test size(run0(Chain(Recurrence(GRUCell(3 => 5)), Dense(5 => 1)), rand(Float32, 3, 4, 2))) == (1, 2)
ps, st = Lux.setup(rng, StatefulRecurrentCell(RNNCell(3 => 5)))
y, st2 = StatefulRecurrentCell(RNNCell(3 => 5))(rand(Float32, 3, 2), ps, st)
y, st2 = StatefulRecurrentCell(RNNCell(3 => 5))(rand(Float32, 3, 2), ps, st2)
@test size(y) == (5, 2)
@test Lux.update_state(st2, :carry, nothing).carry === nothing
@test Lux.parameterlength(LSTMCell(3 => 5)) == 4*5*(3+5+2)
w = WeightNorm(Dense(3 => 2), (:weight,))
psw, stw = Lux.setup(rng, w)
@test size(w(rand(Float32, 3, 2), psw, stw)[1]) == (2, 2)`,
      49,
    ),
  ).toEqual([])
})

test('layers give what their formulae say', () => {
  expect(
    unpassed(
      `${PRELUDE}
W, b = Float32[1 2; 3 4; 5 6], Float32[1, -2, 3]
@test Dense(2 => 3, relu)(Float32[1, -1], (weight=W, bias=b), (;))[1] == Float32[0, 0, 2]
@test Dense(2 => 3; use_bias=false)(Float32[1 0; -1 2], (weight=W,), (;))[1] == W * Float32[1 0; -1 2]
@test_throws DimensionMismatch Dense(2 => 3)(ones(Float32, 3), (weight=W, bias=b), (;))
@test Scale(2)([3.0, 4.0], (weight=[2.0, 5.0], bias=[1.0, 0.0]), (;))[1] == [7.0, 20.0]
x = randn(rng, 4, 3, 2)
bn = BatchNorm(3)
ps, st = Lux.setup(rng, bn) |> f64
y, st2 = bn(x, ps, st)
μ, σ² = vec(mean(x; dims=(1, 3))), vec(var(x; dims=(1, 3), corrected=false))
@test y ≈ (x .- reshape(μ, 1, 3)) ./ sqrt.(reshape(σ², 1, 3) .+ 1f-5)
@test st2.running_mean ≈ 0.1f0 .* μ
@test st2.running_var ≈ 0.9f0 .+ 0.1f0 .* σ² .* 8 ./ 7
@test bn(x, ps, Lux.testmode(st2))[1] ≈ (x .- reshape(st2.running_mean, 1, 3)) ./ sqrt.(reshape(st2.running_var, 1, 3) .+ 1f-5)
@test bn(x, ps, Lux.testmode(st2))[2].running_mean == st2.running_mean
ln = LayerNorm((4, 3))
@test run0(ln, x) ≈ (x .- mean(x)) ./ sqrt(var(x; corrected=false) + 1f-5)
gn = GroupNorm(3, 1)
@test mean(run0(gn, x); dims=(1, 2)) ≈ zeros(1, 1, 2) atol=1e-6
d = Dropout(0.5)
ps, st = Lux.setup(rng, d)
y, st2 = d(ones(Float32, 1000), ps, st)
@test Set(y) == Set(Float32[0, 2])
@test d(ones(Float32, 1000), ps, st)[1] == y
@test d(ones(Float32, 1000), ps, st2)[1] != y
@test d(ones(Float32, 3), ps, Lux.testmode(st))[1] == ones(3)
lstm = LSTMCell(1 => 1)
psl = (weight_ih=reshape([0.1, 0.2, 0.3, 0.4], 4, 1), weight_hh=reshape([0.5, 0.6, 0.7, 0.8], 4, 1), bias_ih=[0.0, 0.1, 0.0, 0.1], bias_hh=[0.1, 0.0, 0.1, 0.0])
(y, (h, c)), _ = lstm(([2.0], ([0.5], [-1.0])), psl, (;))
cn = sigmoid(0.2*2 + 0.6*0.5 + 0.1) * -1 + sigmoid(0.1*2 + 0.5*0.5 + 0.1) * tanh(0.3*2 + 0.7*0.5 + 0.1)
@test c ≈ [cn] && y == h ≈ [sigmoid(0.4*2 + 0.8*0.5 + 0.1) * tanh(cn)]
gru = GRUCell(1 => 1)
psg = (weight_ih=reshape([0.1, 0.2, 0.3], 3, 1), weight_hh=reshape([0.5, 0.6, 0.7], 3, 1), bias_ih=[0.1, 0.2, 0.3], bias_hh=[0.4, 0.5, 0.6])
z = sigmoid(0.2*2 + 0.2 + 0.6*0.5 + 0.5)
@test gru(([2.0], ([0.5],)), psg, (;))[1][1] ≈ [(1 - z) * tanh(0.3*2 + 0.3 + sigmoid(0.1*2 + 0.1 + 0.5*0.5 + 0.4) * (0.7*0.5 + 0.6)) + z * 0.5]
rnn = RNNCell(1 => 1)
psr = (weight_ih=[0.3;;], weight_hh=[0.7;;], bias_ih=[0.1], bias_hh=[0.2])
@test Recurrence(rnn)(([1.0], [2.0]), psr, (;))[1] ≈ [tanh(0.6 + 0.3 + 0.7 * tanh(0.3 + 0.3))]
m = Chain(a=Dense(2 => 3), b=Chain(Dense(3 => 3), Dropout(0.1)))
ps, st = Lux.setup(rng, m)
@test keys(ps) == (:a, :b) && keys(ps.b) == (:layer_1, :layer_2) && ps.b.layer_2 == (;)
@test m[:a] === m[1] === m.a && length(m) == 2 && m[end] isa Chain && length(m[1:1]) == 1
@test Lux.testmode(st).b.layer_2.training === Val(false)
@test Lux.parameterlength(m) == Lux.parameterlength(ps) == 9 + 12 && Lux.statelength(m) == 2
@test eltype(ps.a.weight) == Float32 && eltype((ps |> f64).a.weight) == Float64 && eltype(f32(f64(ps)).a.weight) == Float32
@test_throws ArgumentError Chain(Dense(2 => 3), 5)
@test repr("text/plain", Chain(Dense(1 => 16, relu), Chain(Dense(16 => 64; use_bias=false), BatchNorm(64)))) == """
Chain(
    layer_1 = Dense(1 => 16, relu),               # 32 parameters
    layer_2 = Chain(
        layer_1 = Dense(16 => 64, use_bias=false),  # 1_024 parameters
        layer_2 = BatchNorm(64, affine=true, track_stats=true),  # 128 parameters, plus 129
    ),
)         # Total: 1_184 parameters,
          #        plus 129 states."""`,
      25,
    ),
  ).toEqual([])
})

test('gradients of all packages are those of differences, nested ones too', () => {
  expect(
    unpassed(
      `${PRELUDE}
x = randn(rng, 4, 3)
models = [Chain(Dense(4 => 3, tanh), SkipConnection(Dense(3 => 3, sigmoid), +), Dense(3 => 2)),
    Chain(Parallel(vcat; a=Dense(4 => 2, gelu), b=Scale(4)), BatchNorm(6, tanh), Dense(6 => 1)),
    Chain(BranchLayer(Dense(4 => 2), Dense(4 => 3)), Bilinear((2, 3) => 2, tanh), LayerNorm((2,))),
    Chain(ReshapeLayer((2, 2, 1)), Conv((2, 2), 1 => 2, softplus; pad=1), MeanPool((2, 2)), FlattenLayer(), Dropout(0.3), Dense(2 => 1)),
    Chain(ReshapeLayer((2, 2)), Recurrence(LSTMCell(2 => 3)), Dense(3 => 1)), Chain(ReshapeLayer((2, 2)), Recurrence(GRUCell(2 => 3; train_state=true)), WeightNorm(Dense(3 => 1), (:weight,)))]
for model in models
  ps, st = Lux.setup(Xoshiro(2), model) |> f64
  v, re = Optimisers.destructure(ps)
  loss(ps) = sum(abs2, sin.(model(x, ps, st)[1]))
  known = numeric(loss ∘ re, v)
  @test flat(Zygote.gradient(loss, ps)[1]) ≈ known atol=1e-6
  dps = Enzyme.make_zero(ps)
  Enzyme.autodiff(Reverse, (m, p, s, x) -> sum(abs2, sin.(m(x, p, s)[1])), Active, Const(model), Duplicated(ps, dps), Const(st), Const(x))
  @test flat(dps) ≈ known atol=1e-6
  @test ForwardDiff.gradient(loss ∘ re, v) ≈ known atol=1e-6
end
let model = models[1], (ps, st) = Lux.setup(Xoshiro(2), model) |> f64, v = flat(ps), loss = ps -> sum(abs2, sin.(model(x, ps, st)[1]))
  @test getdata(ForwardDiff.gradient(loss, ComponentArray(ps))) ≈ flat(Enzyme.gradient(Reverse, loss, ps)[1]) atol=1e-9
end
model = Chain(Dense(2 => 4, tanh), Dense(4 => 2))
ps, st = Lux.setup(rng, model) |> f64
x = randn(rng, 2, 3)
v, re = Optimisers.destructure(ps)
function penalty(ps)
  smodel = StatefulLuxLayer{true}(model, ps, st)
  mean(abs2, smodel(x)) + sum(abs2, only(Zygote.gradient(Base.Fix1(sum, abs2) ∘ smodel, x))) + sum(abs2, ForwardDiff.jacobian(smodel, x) .* 0.1) +
    norm(vector_jacobian_product(smodel, AutoZygote(), x, x)) + norm(jacobian_vector_product(smodel, AutoForwardDiff(), x, x)) + sum(abs2, batched_jacobian(smodel, AutoForwardDiff(), x))
end
known = numeric(penalty ∘ re, v)
@test flat(Enzyme.gradient(Reverse, penalty, ps)[1]) ≈ known rtol=1e-6
@test flat(Zygote.gradient(penalty, ps)[1])[1:12] ≈ known[1:12] rtol=1e-6
@test ForwardDiff.gradient(penalty ∘ re, v) ≈ known rtol=1e-6
smodel = StatefulLuxLayer{true}(model, ps, st)
@test batched_jacobian(smodel, AutoEnzyme(), x)[:, :, 2] ≈ ForwardDiff.jacobian(smodel, x[:, 2])
@test smodel.ps === ps && smodel.st == st && size(smodel(x)) == (2, 3)
rn = StatefulLuxLayer{false}(StatefulRecurrentCell(RNNCell(2 => 3)), Lux.setup(rng, StatefulRecurrentCell(RNNCell(2 => 3)))...)
rn(ones(Float32, 2))
@test rn.st.carry isa Tuple`,
      25,
    ),
  ).toEqual([])
})

test('training takes the same steps with every backend', () => {
  expect(
    unpassed(
      `${PRELUDE}
x = randn(rng, Float32, 3, 16)
y = sum(abs2, x; dims=1)
model = Chain(Dense(3 => 8, tanh), BatchNorm(8), Dense(8 => 1))
ps, st = Lux.setup(Xoshiro(1), model)
called = Ref(0)
counted(args...) = (called[] += 1; MSELoss()(args...))
Training.compute_gradients(AutoEnzyme(), counted, (x, y), Training.TrainState(model, ps, st, Adam()))
Training.compute_gradients(AutoZygote(), counted, (x, y), Training.TrainState(model, ps, st, Adam()))
@test called[] == 2
known = nothing
for backend in (AutoEnzyme(), AutoZygote(), AutoForwardDiff(), AutoReverseDiff(), AutoTracker(), AutoMooncake())
  ts = Training.TrainState(model, deepcopy(ps), st, Adam(0.01f0))
  grads, loss, stats, ts = Training.compute_gradients(backend, MSELoss(), (x, y), ts)
  known === nothing && (global known = grads)
  @test flat(grads) ≈ flat(known) rtol=1e-4
  @test ts.step == 0 && stats == (;) && ts.states.layer_2.running_mean != st.layer_2.running_mean
  moved = Training.apply_gradients(ts, grads)
  @test moved.step == 1 && moved.parameters.layer_1.weight ≈ Optimisers.update(Optimisers.setup(Adam(0.01f0), ps), ps, grads)[2].layer_1.weight
  first_loss = loss
  for k in 1:30
    _, loss, _, ts = Training.single_train_step!(backend, MSELoss(), (x, y), ts)
  end
  @test loss < first_loss && ts.step == 30
end`,
      25,
    ),
  ).toEqual([])
})

test('compact layers', () => {
  expect(
    unpassed(
      `${PRELUDE}
r = @compact(w=[1.0, 2.0, 3.0]) do x
  return w .* x
end
ps, st = Lux.setup(rng, r)
@test ps == (w=[1.0, 2.0, 3.0],) && st == (;) && r([1, 2, 3], ps, st) == ([1, 4, 9], (;))
inner, n = 3, 2
m = @compact(w1=Dense(2 => inner), w2=[Dense(inner => inner, tanh) for i in 1:n], act=relu, scale=2) do x
  embed = act.(w1(x))
  for w in w2
    embed = act.(w(embed))
  end
  @return scale .* embed
end
ps, st = Lux.setup(rng, m) |> f64
@test keys(ps) == (:w1, :w2) && keys(ps.w2) == (Symbol(1), Symbol(2)) && Lux.parameterlength(m) == 9 + 24
x = randn(rng, 2, 5)
h = relu.(ps.w1.weight * x .+ ps.w1.bias)
h = relu.(tanh.(ps.w2[1].weight * h .+ ps.w2[1].bias))
@test m(x, ps, st)[1] ≈ 2 .* relu.(tanh.(ps.w2[2].weight * h .+ ps.w2[2].bias))
v, re = Optimisers.destructure(ps)
@test flat(Zygote.gradient(p -> sum(abs2, m(x, p, st)[1]), ps)[1]) ≈ numeric(p -> sum(abs2, m(x, re(p), st)[1]), v) atol=1e-6
@test flat(Enzyme.gradient(Reverse, p -> sum(abs2, m(x, p, st)[1]), ps)[1]) ≈ numeric(p -> sum(abs2, m(x, re(p), st)[1]), v) atol=1e-6
c = @compact(count=@non_trainable(0), f=@init_fn(rng -> ones(2)), bn=BatchNorm(2), name="Counter") do x
  count = count + 1
  @return bn(f .* x)
end
ps, st = Lux.setup(rng, c)
_, st = c(ones(2, 3), ps, st)
_, st = c(ones(2, 3), ps, st)
@test st.count == 2 && st.bn.running_mean ≈ [0.19, 0.19] && Lux.display_name(c) == "Counter" && ps.f == [1, 1]
two = @compact(a=[2.0]) do x, y
  @return a .* x .+ y
end
@test two(([3.0], 1.0), Lux.setup(rng, two)...)[1] == [7.0]
@test repr("text/plain", @compact(d=Dense(2 => 3)) do x
  @return d(x)
end) == """
@compact(
    d = Dense(2 => 3),                            # 9 parameters
) do x
  return d(x)
end       # Total: 9 parameters,
          #        plus 0 states."""`,
      8,
    ),
  ).toEqual([])
})

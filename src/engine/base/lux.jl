# Lux: layers whose parameters and states stand beside them. The other files of the module hold its other layers, losses and training.
module Lux
using LinearAlgebra, Random, Statistics
import ..Flux, ..LuxCore, ..WeightInitializers, ..Functors, ..Optimisers, ..ADTypes, ..EnzymeAutodiff, ..ConstructionBase
using ..NNlib, ..WeightInitializers
import ..NNlib: sigmoid_fast, tanh_fast
# One statement a type: a statement is run as a whole when one of its names is looked up, and the second type is defined by the first.
import ..LuxCore: AbstractLuxLayer
import ..LuxCore: AbstractLuxContainerLayer
import ..LuxCore: AbstractLuxWrapperLayer
import ..LuxCore: AbstractExplicitLayer
import ..LuxCore: AbstractExplicitContainerLayer
import ..LuxCore: initialparameters, initialstates,
    parameterlength, statelength, outputsize, setup, apply, stateless_apply, display_name, replicate, trainmode, testmode, update_state, contains_lux_layer, preserves_state_type
import ..ADTypes: AutoEnzyme, AutoForwardDiff, AutoMooncake, AutoReverseDiff, AutoTracker, AutoZygote
import ..Flux: cpu, gpu, of_type, plus, alike
export AutoEnzyme, AutoForwardDiff, AutoMooncake, AutoReverseDiff, AutoTracker, AutoZygote, LuxCore, LuxOps, AbstractLuxLayer, AbstractLuxContainerLayer, AbstractLuxWrapperLayer,
    Chain, SkipConnection, Parallel, BranchLayer, PairwiseFusion, RepeatedLayer, Maxout,
    Dense, Scale, Bilinear, Embedding, WrappedFunction, NoOpLayer, FlattenLayer, ReshapeLayer, SelectDim, ReverseSequence, PeriodicEmbedding, SinusoidalPositionalEmbedding,
    Conv, ConvTranspose, MaxPool, MeanPool, LPPool, GlobalMaxPool, GlobalMeanPool, GlobalLPPool, AdaptiveMaxPool, AdaptiveMeanPool, AdaptiveLPPool, Upsample, PixelShuffle, SamePad,
    Dropout, AlphaDropout, VariationalHiddenDropout, BatchNorm, LayerNorm, GroupNorm, InstanceNorm, WeightNorm, RMSNorm,
    RNNCell, LSTMCell, GRUCell, Recurrence, StatefulRecurrentCell, BatchLastIndex, TimeLastIndex,
    StatefulLuxLayer, f16, f32, f64, match_eltype, jacobian_vector_product, vector_jacobian_product, batched_jacobian, Training,
    BinaryCrossEntropyLoss, BinaryFocalLoss, CrossEntropyLoss, DiceCoeffLoss, FocalLoss, GenericLossFunction, HingeLoss, HuberLoss, KLDivergenceLoss, L1Loss, L2Loss, MAELoss, MSELoss,
    MSLELoss, PoissonLoss, SiameseContrastiveLoss, SquaredHingeLoss, cpu_device, gpu_device, reactant_device, get_device, cpu, gpu,
    sigmoid, σ, hardsigmoid, hardσ, hardtanh, relu, leakyrelu, relu6, rrelu, elu, gelu, swish, hardswish, selu, celu, softplus, softsign, logsigmoid, logσ, logcosh, mish, tanhshrink,
    softshrink, trelu, lisht, tanh_fast, sigmoid_fast, softmax, logsoftmax, batched_mul, ⊠,
    zeros16, ones16, rand16, randn16, zeros32, ones32, rand32, randn32, zeros64, ones64, rand64, randn64, glorot_normal, glorot_uniform, kaiming_normal, kaiming_uniform,
    truncated_normal, orthogonal, sparse_init, identity_init
public AbstractRecurrentCell, initialparameters, initialstates, parameterlength, statelength, outputsize, setup, apply,
    stateless_apply, display_name, replicate, trainmode, testmode, update_state, applyactivation, istraining

# Functions of this module, whatever their names mean elsewhere.
function flatten end

# ---- What layers have in common

"Options that may be given as `Val(true)`."
static(x) = x
static(::Val{X}) where {X} = X
activation_text(σ) = σ === identity ? "" : string(", ", σ)
"The spread that keeps numbers of one size through an activation."
calculate_gain(σ, x) = 1.0f0
calculate_gain(::typeof(relu), x) = Float32(sqrt(2))
calculate_gain(::typeof(tanh), x) = 5.0f0 / 3.0f0
calculate_gain(::typeof(leakyrelu), x) = sqrt(2.0f0 / (1 + Float32(x)^2))
calculate_gain(::typeof(selu), x) = 0.75f0
"The weight that a layer begins with: by its own function, or that of He for its activation."
initial_weight(rng, ::Nothing, σ, sizes...) = kaiming_uniform(rng, Float32, sizes...; gain=calculate_gain(σ, sqrt(5.0f0)))
initial_weight(rng, init, σ, sizes...) = init(rng, sizes...)
"The bias: by its own function, or uniform, narrower with more inputs."
initial_bias(rng, init, inputs, n) = init(rng, n)
initial_bias(rng, ::Nothing, inputs, n) = inputs > 0 ? (rand(rng, Float32, n) .- 0.5f0) .* (2 / sqrt(Float32(inputs))) : zeros(Float32, n)
applyactivation(σ, x::AbstractArray) = σ.(x)
with_bias(x, ps, ::Val{true}) = x .+ ps.bias
with_bias(x, ps, ::Val{false}) = x
const WITH_BIAS = Val(true)
"Does the state say that the layer is in training? Without being told, it is while a gradient is taken."
istraining(st::NamedTuple) = hasproperty(st, :training) ? in_training(st.training) : false
in_training(::Val{T}) where {T} = T === :auto ? __within_autodiff() : T
"Fails unless the input has `n` entries along dimension `k`."
function check_size(layer, x, k, n)
    size(x, k) == n || throw(DimensionMismatch("layer $layer expects size(input, $k) == $n, but got $(summary(x))"))
    nothing
end

# ---- Layers of weights

"`σ.(weight * x .+ bias)`"
struct Dense{F,W,B,U} <: AbstractLuxLayer
    activation::F
    in_dims::Int64
    out_dims::Int64
    init_weight::W
    init_bias::B
    use_bias::Val{U}
end
Dense(p::Pair{<:Integer,<:Integer}, σ=identity; init_weight=nothing, init_bias=nothing, use_bias=true) = Dense(σ, p.first, p.second, init_weight, init_bias, Val(static(use_bias)))
Dense(in::Integer, out::Integer, σ=identity; options...) = Dense(in => out, σ; options...)
initialparameters(rng::AbstractRNG, d::Dense{F,W,B,true}) where {F,W,B} =
    (weight=initial_weight(rng, d.init_weight, d.activation, d.out_dims, d.in_dims), bias=initial_bias(rng, d.init_bias, d.in_dims, d.out_dims))
initialparameters(rng::AbstractRNG, d::Dense{F,W,B,false}) where {F,W,B} = (weight=initial_weight(rng, d.init_weight, d.activation, d.out_dims, d.in_dims),)
parameterlength(d::Dense) = d.out_dims * d.in_dims + static(d.use_bias) * d.out_dims
statelength(::Dense) = 0
(d::Dense)(x::AbstractVecOrMat, ps, st::NamedTuple) = (check_size(d, x, 1, d.in_dims); (d.activation.(with_bias(ps.weight * x, ps, d.use_bias)), st))
function (d::Dense)(x::AbstractArray, ps, st::NamedTuple)
    y, st = d(reshape(x, size(x, 1), :), ps, st)
    (reshape(y, size(y, 1), Base.tail(size(x))...), st)
end
bias_text(::Val{U}) where {U} = U ? "" : ", use_bias=false"
Base.show(io::IO, d::Dense) = print(io, "Dense(", d.in_dims, " => ", d.out_dims, activation_text(d.activation), bias_text(d.use_bias), ")")

"`σ.(weight .* x .+ bias)`"
struct Scale{F,D,W,B,U} <: AbstractLuxLayer
    activation::F
    dims::D
    init_weight::W
    init_bias::B
    use_bias::Val{U}
end
Scale(dims::Tuple{Vararg{Integer}}, σ=identity; init_weight=ones32, init_bias=zeros32, use_bias=true) = Scale(σ, dims, init_weight, init_bias, Val(static(use_bias)))
Scale(n::Integer, σ=identity; options...) = Scale((n,), σ; options...)
Scale(n::Integer, m::Integer, σ=identity; options...) = Scale((n, m), σ; options...)
Scale(n::Integer, m::Integer, k::Integer, dims::Integer...; options...) = Scale((n, m, k, dims...); options...)
initialparameters(rng::AbstractRNG, s::Scale) = static(s.use_bias) ? (weight=s.init_weight(rng, s.dims...), bias=s.init_bias(rng, s.dims...)) : (weight=s.init_weight(rng, s.dims...),)
parameterlength(s::Scale) = (1 + static(s.use_bias)) * prod(s.dims)
statelength(::Scale) = 0
(s::Scale)(x::AbstractArray, ps, st::NamedTuple) = (s.activation.(with_bias(ps.weight .* x, ps, s.use_bias)), st)
Base.show(io::IO, s::Scale) = (print(io, "Scale("); join(io, s.dims, ", "); print(io, activation_text(s.activation), bias_text(s.use_bias), ")"))

"`σ.([x' * weight[k, :, :] * y for k in …] .+ bias)`, column by column of a batch."
struct Bilinear{F,W,B,U} <: AbstractLuxLayer
    activation::F
    in1_dims::Int64
    in2_dims::Int64
    out_dims::Int64
    init_weight::W
    init_bias::B
    use_bias::Val{U}
end
Bilinear(p::Pair{<:Tuple,<:Integer}, σ=identity; init_weight=nothing, init_bias=nothing, use_bias=true) =
    Bilinear(σ, p.first[1], p.first[2], p.second, init_weight, init_bias, Val(static(use_bias)))
Bilinear(p::Pair{<:Integer,<:Integer}, σ=identity; options...) = Bilinear((p.first, p.first) => p.second, σ; options...)
Bilinear(in1::Integer, in2::Integer, out::Integer, σ=identity; options...) = Bilinear((in1, in2) => out, σ; options...)
bilinear_weight(rng, ::Nothing, b) = (kaiming_uniform(rng, Float32, b.out_dims, b.in1_dims, b.in2_dims; gain=1) )
bilinear_weight(rng, init, b) = init(rng, b.out_dims, b.in1_dims, b.in2_dims)
initialparameters(rng::AbstractRNG, b::Bilinear) = static(b.use_bias) ?
    (weight=bilinear_weight(rng, b.init_weight, b), bias=initial_bias(rng, b.init_bias, b.in1_dims, b.out_dims)) : (weight=bilinear_weight(rng, b.init_weight, b),)
function (b::Bilinear)((x, y)::Tuple{AbstractVecOrMat,AbstractVecOrMat}, ps, st::NamedTuple)
    size(x, 1) == b.in1_dims && size(y, 1) == b.in2_dims && size(x, 2) == size(y, 2) ||
        throw(DimensionMismatch("layer $b cannot take arrays of sizes $(size(x)) and $(size(y))"))
    n = size(x, 2)
    right = reshape(reshape(ps.weight, :, b.in2_dims) * reshape(y, :, n), b.out_dims, b.in1_dims, n)
    z = reshape(batched_mul(right, reshape(x, b.in1_dims, 1, n)), b.out_dims, n)
    (like_input(x, b.activation.(with_bias(z, ps, b.use_bias))), st)
end
like_input(::AbstractVector, y) = vec(y)
like_input(::AbstractMatrix, y) = y
(b::Bilinear)((x, y)::Tuple{AbstractArray,AbstractArray}, ps, st::NamedTuple) =
    (z = b((reshape(x, size(x, 1), :), reshape(y, size(y, 1), :)), ps, st)[1]; (reshape(z, size(z, 1), Base.tail(size(x))...), st))
(b::Bilinear)(x::AbstractArray, ps, st::NamedTuple) = b((x, x), ps, st)
Base.show(io::IO, b::Bilinear) =
    print(io, "Bilinear(", b.in1_dims == b.in2_dims ? b.in1_dims : (b.in1_dims, b.in2_dims), " => ", b.out_dims, activation_text(b.activation), bias_text(b.use_bias), ")")

"A column for each number, or for each combination of numbers."
struct Embedding{I,W} <: AbstractLuxLayer
    in_dims::I
    out_dims::Int64
    init_weight::W
end
Embedding(p::Pair; init_weight=rand32) = Embedding(p.first, p.second, init_weight)
initialparameters(rng::AbstractRNG, e::Embedding) = (weight=e.init_weight(rng, e.out_dims, e.in_dims...),)
parameterlength(e::Embedding) = e.out_dims * prod(e.in_dims)
(e::Embedding)(k::Integer, ps, st::NamedTuple) = (ps.weight[:, k], st)
(e::Embedding)(ks::AbstractVector{<:Integer}, ps, st::NamedTuple) = (ps.weight[:, ks], st)
(e::Embedding)(ks::AbstractArray{<:Integer}, ps, st::NamedTuple) = (reshape(ps.weight[:, vec(ks)], :, size(ks)...), st)
(e::Embedding)(ks::Tuple{Integer,Vararg{Integer}}, ps, st::NamedTuple) = (ps.weight[:, ks...], st)
(e::Embedding)(ks::Tuple{AbstractVector{<:Integer},Vararg{AbstractVector{<:Integer}}}, ps, st::NamedTuple) = (stack([ps.weight[:, i...] for i in zip(ks...)]), st)
Base.show(io::IO, e::Embedding) = print(io, "Embedding(", e.in_dims, " => ", e.out_dims, ")")
end

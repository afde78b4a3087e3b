# Flux: layers of neural networks. The other files of the module hold its other layers, losses and training with explicit gradients.
module Flux
using LinearAlgebra, Random, Statistics
import ..Zygote, ..Optimisers, ..Functors, ..EnzymeAutodiff, ..LogExpFunctions
using ..NNlib
import ..Zygote: gradient, withgradient, pullback
import ..Optimisers: trainable, setup, update!, destructure, trainables, freeze!, thaw!, adjust!, Descent, Momentum, Nesterov, RMSProp, Adam, AdamW, AdaGrad, WeightDecay, ClipGrad, ClipNorm, OptimiserChain, RAdam, AdaMax, OAdam, AMSGrad, NAdam, AdaBelief, AdaDelta, Lion, Rprop, SignDecay, AccumGrad
import ..Functors: fmap
export Chain, Dense, Scale, Maxout, SkipConnection, Parallel, PairwiseFusion, Bilinear, Embedding, EmbeddingBag, flatten, gradient, withgradient, pullback,
    Conv, ConvTranspose, CrossCor, DepthwiseConv, SamePad, MaxPool, MeanPool, GlobalMaxPool, GlobalMeanPool, AdaptiveMaxPool, AdaptiveMeanPool, Upsample, PixelShuffle,
    Dropout, AlphaDropout, LayerNorm, BatchNorm, InstanceNorm, GroupNorm, testmode!, trainmode!,
    RNN, LSTM, GRU, GRUv3, RNNCell, LSTMCell, GRUCell, GRUv3Cell, Recurrence, MultiHeadAttention,
    destructure, trainables, Descent, Momentum, Nesterov, RMSProp, Adam, AdamW, AdaGrad, WeightDecay, ClipGrad, ClipNorm, OptimiserChain, DataLoader, fmap, cpu, gpu, f16, f32, f64,
    sigmoid, σ, hardsigmoid, hardtanh, relu, leakyrelu, relu6, elu, gelu, swish, selu, celu, softplus, softsign, logsigmoid, logσ, mish, softmax, logsoftmax,
    glorot_uniform, glorot_normal, kaiming_uniform, kaiming_normal

# Functions of this module, whatever their names mean elsewhere.
function mse end
function mae end
function huber_loss end
function crossentropy end
function logitcrossentropy end
function binarycrossentropy end
function logitbinarycrossentropy end
function kldivergence end
function hinge_loss end
function poisson_loss end
function flatten end
function outputsize end
function onehot end

# ---- What layers have in common

activation_text(σ) = σ === identity ? "" : string(", ", σ)
bias_text(bias) = bias === false ? "; bias=false" : ""
plus(x, b::Bool) = x
plus(x, b) = x .+ b
create_bias(weight::AbstractArray, bias::Bool, dims::Integer...) = bias ? fill!(similar(weight, dims...), 0) : false
function create_bias(weight::AbstractArray, bias::AbstractArray, dims::Integer...)
    size(bias) == dims || throw(DimensionMismatch("expected bias of size $dims, got size $(size(bias))"))
    convert(AbstractArray{eltype(weight)}, bias)
end
"Input of floats or integers in the type of the weights."
alike(weight::AbstractArray{T}, x::AbstractArray{T}) where {T} = x
alike(weight::AbstractArray{T}, x::AbstractArray{<:Union{Integer,Float16,Float32,Float64}}) where {T<:AbstractFloat} = convert(AbstractArray{T}, x)
alike(weight, x) = x
"Fails unless the input has `n` entries along its dimension `k`."
function check_size(layer, x, k, n)
    size(x, k) == n || throw(DimensionMismatch("layer $layer expects size(input, $k) == $n, but got $(summary(x))"))
    nothing
end

# ---- Chains

struct Chain{T<:Union{Tuple,NamedTuple,AbstractVector}}
    layers::T
end
Chain(layers...) = Chain(layers)
Chain(; layers...) = Chain(NamedTuple(layers))
through(::Tuple{}, x) = x
through(layers::Tuple, x) = through(Base.tail(layers), first(layers)(x))
through(layers::AbstractVector, x) = foldl((y, layer) -> layer(y), layers; init=x)
(c::Chain)(x) = through(in_order(c.layers), x)
in_order(layers) = layers
in_order(layers::NamedTuple) = values(layers)
Base.getindex(c::Chain, k::Integer) = c.layers[k]
Base.getindex(c::Chain, k::Symbol) = c.layers[k]
Base.getindex(c::Chain, r::AbstractArray) = Chain(c.layers[r]...)
Base.getindex(c::Chain{<:NamedTuple}, r::AbstractArray) = Chain(NamedTuple{Tuple(collect(keys(c))[r])}(Tuple(collect(c.layers)[r])))
Base.length(c::Chain) = length(c.layers)
Base.firstindex(c::Chain) = 1
Base.lastindex(c::Chain) = length(c.layers)
Base.keys(c::Chain) = keys(c.layers)
Base.iterate(c::Chain, k...) = iterate(c.layers, k...)
shown_layers(layers) = [string(l) for l in layers]
shown_layers(layers::NamedTuple) = [string(k, " = ", v) for (k, v) in pairs(layers)]
Base.show(io::IO, c::Chain) = (print(io, "Chain("); join(io, shown_layers(c.layers), ", "); print(io, ")"))
"What each layer gives, one after the other."
activations(c::Chain, x) = Base.tail(accumulated(in_order(c.layers), (x,)))
accumulated(::Tuple{}, seen) = seen
accumulated(layers::Tuple, seen) = accumulated(Base.tail(layers), (seen..., first(layers)(last(seen))))

"The greatest of what several layers give, entry by entry."
struct Maxout{T<:Tuple}
    layers::T
end
Maxout(layers...) = Maxout(layers)
Maxout(f::Function, n::Integer) = Maxout(ntuple(_ -> f(), n))
(m::Maxout)(x) = mapreduce(f -> f(x), (a, b) -> max.(a, b), m.layers)
Base.show(io::IO, m::Maxout) = (print(io, "Maxout("); join(io, shown_layers(m.layers), ", "); print(io, ")"))

struct SkipConnection{T,F}
    layers::T
    connection::F
end
(s::SkipConnection)(x) = s.connection(s.layers(x), x)
Base.show(io::IO, s::SkipConnection) = print(io, "SkipConnection(", s.layers, ", ", s.connection, ")")

"Layers side by side: of one input, or an input for each."
struct Parallel{F,T<:Union{Tuple,NamedTuple}}
    connection::F
    layers::T
end
Parallel(connection, layers...) = Parallel(connection, layers)
Parallel(connection; layers...) = Parallel(connection, NamedTuple(layers))
function (p::Parallel)(xs::Tuple)
    layers = in_order(p.layers)
    n, m = length(layers), length(xs)
    n == 1 || m == n || m == 1 || throw(ArgumentError("Parallel with $n > 1 sub-layers can take one input or $n inputs, but got $m inputs"))
    n > 1 && m == 1 && return p.connection(map(f -> f(xs[1]), layers)...)
    n == 1 && return p.connection(map(x -> layers[1](x), xs)...)
    p.connection(map((f, x) -> f(x), layers, xs)...)
end
(p::Parallel)(x) = p.connection(map(f -> f(x), in_order(p.layers))...)
(p::Parallel)(xs...) = p(xs)
Base.getindex(p::Parallel, k) = p.layers[k]
Base.length(p::Parallel) = length(p.layers)
Base.show(io::IO, p::Parallel) = (print(io, "Parallel(", p.connection, ", "); join(io, shown_layers(p.layers), ", "); print(io, ")"))

"Layers one after the other, each of which gets what the last one gave, joined with an input of its own or that of all."
struct PairwiseFusion{F,T<:Union{Tuple,NamedTuple}}
    connection::F
    layers::T
end
PairwiseFusion(connection, layers...) = PairwiseFusion(connection, layers)
PairwiseFusion(connection; layers...) = PairwiseFusion(connection, NamedTuple(layers))
function (p::PairwiseFusion)(x)
    layers = in_order(p.layers)
    x isa Tuple && length(x) != length(layers) && throw(ArgumentError("PairwiseFusion with $(length(layers)) sub-layers takes $(length(layers)) inputs, but got $(length(x)) inputs"))
    input(k) = x isa Tuple ? x[k] : x
    fused(p.connection, Base.tail(layers), input, (first(layers)(input(1)),))
end
(p::PairwiseFusion)(xs...) = p(xs)
fused(connection, ::Tuple{}, input, seen) = seen
fused(connection, layers::Tuple, input, seen) = fused(connection, Base.tail(layers), input, (seen..., first(layers)(connection(last(seen), input(length(seen) + 1)))))

# ---- Layers of weights

"`σ.(weight * x .+ bias)`"
struct Dense{F,M<:AbstractMatrix,B}
    weight::M
    bias::B
    σ::F
end
Dense(weight::AbstractMatrix, bias::Union{Bool,AbstractArray}=true, σ=identity) = (b = create_bias(weight, bias, size(weight, 1)); Dense{typeof(σ),typeof(weight),typeof(b)}(weight, b, σ))
Dense(p::Pair{<:Integer,<:Integer}, σ=identity; init=glorot_uniform, bias=true) = Dense(init(p.second, p.first), bias, σ)
Dense(in::Integer, out::Integer, σ=identity; kws...) = Dense(in => out, σ; kws...)
(d::Dense)(x::AbstractVecOrMat) = (check_size(d, x, 1, size(d.weight, 2)); d.σ.(plus(d.weight * alike(d.weight, x), d.bias)))
(d::Dense)(x::AbstractArray) = (check_size(d, x, 1, size(d.weight, 2)); y = d(reshape(x, size(x, 1), :)); reshape(y, size(y, 1), Base.tail(size(x))...))
Base.show(io::IO, d::Dense) = print(io, "Dense(", size(d.weight, 2), " => ", size(d.weight, 1), activation_text(d.σ), bias_text(d.bias), ")")

"`σ.(scale .* x .+ bias)`"
struct Scale{F,A,B}
    scale::A
    bias::B
    σ::F
end
Scale(scale::AbstractArray, bias::Union{Bool,AbstractArray}=true, σ=identity) = (b = create_bias(scale, bias, size(scale)...); Scale{typeof(σ),typeof(scale),typeof(b)}(scale, b, σ))
Scale(dims::Integer...; bias=true, init=ones32) = Scale(init(dims...), bias)
Scale(n::Integer, σ::Function; bias=true, init=ones32) = Scale(init(n), bias, σ)
Scale(n::Integer, m::Integer, σ::Function; bias=true, init=ones32) = Scale(init(n, m), bias, σ)
(s::Scale)(x::AbstractArray) = s.σ.(plus(s.scale .* x, s.bias))
Base.show(io::IO, s::Scale) = (print(io, "Scale("); join(io, size(s.scale), ", "); print(io, activation_text(s.σ), bias_text(s.bias), ")"))

"`σ.([x' * weight[k, :, :] * y for k in …] .+ bias)`, column by column of a batch."
struct Bilinear{F,W,B}
    weight::W
    bias::B
    σ::F
end
Bilinear(weight::AbstractArray, bias::Union{Bool,AbstractArray}=true, σ=identity) = (b = create_bias(weight, bias, size(weight, 1)); Bilinear{typeof(σ),typeof(weight),typeof(b)}(weight, b, σ))
Bilinear(p::Pair{<:Tuple,<:Integer}, σ=identity; init=glorot_uniform, bias=true) = Bilinear(init(p.second, p.first...), bias, σ)
Bilinear(p::Pair{<:Integer,<:Integer}, σ=identity; kws...) = Bilinear((p.first, p.first) => p.second, σ; kws...)
function (b::Bilinear)(x::AbstractMatrix, y::AbstractMatrix)
    out, n, m = size(b.weight)
    size(x, 1) == n && size(y, 1) == m && size(x, 2) == size(y, 2) ||
        throw(DimensionMismatch("layer $b cannot take arrays of sizes $(size(x)) and $(size(y))"))
    right = reshape(reshape(b.weight, :, m) * alike(b.weight, y), out, n, :)
    b.σ.(plus(reshape(batched_mul(right, reshape(alike(b.weight, x), n, 1, :)), out, :), b.bias))
end
(b::Bilinear)(x::AbstractVector, y::AbstractVector) = vec(b(reshape(x, :, 1), reshape(y, :, 1)))
(b::Bilinear)(x::AbstractArray, y::AbstractArray) =
    (z = b(reshape(x, size(x, 1), :), reshape(y, size(y, 1), :)); reshape(z, size(z, 1), Base.tail(size(x))...))
(b::Bilinear)(x::AbstractArray) = b(x, x)
(b::Bilinear)((x, y)::Tuple) = b(x, y)
Base.show(io::IO, b::Bilinear) = (w = size(b.weight); print(io, "Bilinear(", w[2] == w[3] ? w[2] : (w[2], w[3]), " => ", w[1], activation_text(b.σ), bias_text(b.bias), ")"))

"A column for each number."
struct Embedding{W<:AbstractMatrix}
    weight::W
end
Embedding(p::Pair{<:Integer,<:Integer}; init=randn32) = Embedding(init(p.second, p.first))
Embedding(in::Integer, out::Integer; kws...) = Embedding(in => out; kws...)
(e::Embedding)(k::Integer) = e.weight[:, k]
(e::Embedding)(ks::AbstractVector{<:Integer}) = e.weight[:, ks]
(e::Embedding)(ks::AbstractArray{<:Integer}) = reshape(e(vec(ks)), :, size(ks)...)
(e::Embedding)(hot::AbstractVector{Bool}) = e.weight * hot
(e::Embedding)(hot::AbstractMatrix{Bool}) = e.weight * hot
Base.show(io::IO, e::Embedding) = print(io, "Embedding(", size(e.weight, 2), " => ", size(e.weight, 1), ")")

"The mean, or another reduction, of the columns of each bag of numbers."
struct EmbeddingBag{F,W<:AbstractMatrix}
    weight::W
    reduction::F
end
EmbeddingBag(p::Pair{<:Integer,<:Integer}, reduction=mean; init=randn32) = EmbeddingBag(init(p.second, p.first), reduction)
EmbeddingBag(in::Integer, out::Integer, reduction=mean; kws...) = EmbeddingBag(in => out, reduction; kws...)
(e::EmbeddingBag)(bag::AbstractVector{<:Integer}) = vec(reduced(e.reduction, e.weight[:, bag]))
(e::EmbeddingBag)(k::Integer) = e([k])
(e::EmbeddingBag)(bags::AbstractMatrix{<:Integer}) = reduce(hcat, [e(bags[:, j]) for j in axes(bags, 2)])
(e::EmbeddingBag)(bags::AbstractVector{<:AbstractVector}) = reduce(hcat, map(e, bags))
reduced(f, columns) = f(columns; dims=2)
Base.show(io::IO, e::EmbeddingBag) = print(io, "EmbeddingBag(", size(e.weight, 2), " => ", size(e.weight, 1), ")")

end

# Flux: layers of neural networks, losses, and training with explicit gradients.
module Flux
using LinearAlgebra, Random
import ..Zygote, ..Optimisers, ..Functors, ..EnzymeAutodiff
using ..NNlib
import ..Zygote: gradient, withgradient, pullback
import ..Optimisers: setup, update!, destructure, trainables, Descent, Momentum, Nesterov, RMSProp, Adam, AdamW, AdaGrad, WeightDecay, ClipGrad, ClipNorm, OptimiserChain, RAdam, AdaMax, OAdam, AMSGrad, NAdam, AdaBelief, AdaDelta, Lion, Rprop, SignDecay, AccumGrad
import ..Functors: fmap
export Chain, Dense, Conv, MaxPool, MeanPool, GlobalMeanPool, Dropout, LayerNorm, BatchNorm, Embedding, SkipConnection, Parallel, Bilinear, Scale, flatten, gradient, withgradient,
    pullback, destructure, trainables, Descent, Momentum, Nesterov, RMSProp, Adam, AdamW, AdaGrad, WeightDecay, ClipGrad, ClipNorm, OptimiserChain, DataLoader, fmap, cpu, gpu, f32, f64,
    sigmoid, σ, hardsigmoid, hardtanh, relu, leakyrelu, relu6, elu, gelu, swish, selu, celu, softplus, softsign, logsigmoid, logσ, mish, softmax, logsoftmax, testmode!, trainmode!,
    glorot_uniform, glorot_normal, kaiming_uniform, kaiming_normal, RNNCell, LSTMCell, GRUCell

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

# ---- How weights begin
fans(dims) = length(dims) == 1 ? (1, dims[1]) : length(dims) == 2 ? (dims[2], dims[1]) : (prod(dims[1:end-2]) * dims[end-1], prod(dims[1:end-2]) * dims[end])
"Uniform and normal numbers whose spread is that of Glorot and Bengio, or of He."
glorot_uniform(rng::AbstractRNG, dims::Integer...; gain=1) = (rand(rng, Float32, dims...) .- 0.5f0) .* Float32(gain * sqrt(24 / sum(fans(dims))))
glorot_normal(rng::AbstractRNG, dims::Integer...; gain=1) = randn(rng, Float32, dims...) .* Float32(gain * sqrt(2 / sum(fans(dims))))
kaiming_uniform(rng::AbstractRNG, dims::Integer...; gain=sqrt(2)) = (2 .* rand(rng, Float32, dims...) .- 1) .* Float32(sqrt(3) * gain / sqrt(first(fans(dims))))
kaiming_normal(rng::AbstractRNG, dims::Integer...; gain=sqrt(2)) = randn(rng, Float32, dims...) .* Float32(gain / sqrt(first(fans(dims))))
glorot_uniform(dims::Integer...; kws...) = glorot_uniform(Random.default_rng(), dims...; kws...)
glorot_normal(dims::Integer...; kws...) = glorot_normal(Random.default_rng(), dims...; kws...)
kaiming_uniform(dims::Integer...; kws...) = kaiming_uniform(Random.default_rng(), dims...; kws...)
kaiming_normal(dims::Integer...; kws...) = kaiming_normal(Random.default_rng(), dims...; kws...)
zeros32(dims::Integer...) = zeros(Float32, dims...)
ones32(dims::Integer...) = ones(Float32, dims...)
rand32(dims::Integer...) = rand(Float32, dims...)
randn32(dims::Integer...) = randn(Float32, dims...)
bias_for(weight, bias::Bool, n) = bias ? fill!(similar(weight, n), 0) : false
bias_for(weight, bias::AbstractArray, n) = convert(Vector{eltype(weight)}, bias)

# ---- Layers
struct Chain{T}
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
Base.getindex(c::Chain, r::AbstractRange) = Chain(c.layers[r]...)
Base.length(c::Chain) = length(c.layers)
Base.lastindex(c::Chain) = length(c.layers)
Base.iterate(c::Chain, k...) = iterate(c.layers, k...)
Base.show(io::IO, c::Chain) = (print(io, "Chain("); join(io, c.layers isa NamedTuple ? [string(k, " = ", v) for (k, v) in pairs(c.layers)] : [string(l) for l in c.layers], ", "); print(io, ")"))
"What each layer gives, one after the other."
activations(c::Chain, x) = Base.tail(accumulated(in_order(c.layers), (x,)))
accumulated(::Tuple{}, seen) = seen
accumulated(layers::Tuple, seen) = accumulated(Base.tail(layers), (seen..., first(layers)(last(seen))))

"`σ.(weight * x .+ bias)`"
struct Dense{F,M<:AbstractMatrix,B}
    weight::M
    bias::B
    σ::F
end
Dense(weight::AbstractMatrix, bias::Union{Bool,AbstractArray}=true, σ=identity) = (b = bias_for(weight, bias, size(weight, 1)); Dense{typeof(σ),typeof(weight),typeof(b)}(weight, b, σ))
Dense(p::Pair{<:Integer,<:Integer}, σ=identity; init=glorot_uniform, bias=true) = Dense(init(p.second, p.first), bias, σ)
Dense(in::Integer, out::Integer, σ=identity; kws...) = Dense(in => out, σ; kws...)
(d::Dense)(x::AbstractVecOrMat) = d.σ.(plus(d.weight * x, d.bias))
(d::Dense)(x::AbstractArray) = (y = d(reshape(x, size(x, 1), :)); reshape(y, size(y, 1), Base.tail(size(x))...))
plus(x, b::Bool) = x
plus(x, b) = x .+ b
activation_text(σ) = σ === identity ? "" : string(", ", σ)
Base.show(io::IO, d::Dense) = print(io, "Dense(", size(d.weight, 2), " => ", size(d.weight, 1), activation_text(d.σ), d.bias === false ? "; bias=false" : "", ")")
struct Conv{F,W,B}
    σ::F
    weight::W
    bias::B
    stride::Tuple
    pad::Tuple
    dilation::Tuple
end
each(n::Integer, ::Val{N}) where {N} = ntuple(_ -> n, N)
each(t::Tuple, ::Val) = t
"Padding so that the size stays."
struct SamePad end
padded(::SamePad, k) = map(n -> n ÷ 2, k)
padded(pad, k) = each(pad, Val(length(k)))
Conv(k::Tuple, p::Pair{<:Integer,<:Integer}, σ=identity; init=glorot_uniform, stride=1, pad=0, dilation=1, bias=true) =
    (w = init(k..., p.first, p.second); Conv(σ, w, bias_for(w, bias, p.second), each(stride, Val(length(k))), padded(pad, k), each(dilation, Val(length(k)))))
function (c::Conv)(x::AbstractArray)
    y = conv(x, c.weight; stride=c.stride, pad=c.pad, dilation=c.dilation)
    c.σ.(c.bias isa Bool ? y : y .+ reshape(c.bias, ntuple(_ -> 1, ndims(x) - 2)..., :, 1))
end
Base.show(io::IO, c::Conv) = (n = ndims(c.weight); print(io, "Conv(", size(c.weight)[1:n-2], ", ", size(c.weight, n - 1), " => ", size(c.weight, n), activation_text(c.σ), ")"))
struct MaxPool{K}
    k::K
    pad::Any
    stride::Any
end
MaxPool(k::Tuple; pad=0, stride=k) = MaxPool(k, pad, stride)
(m::MaxPool)(x) = maxpool(x, m.k; pad=m.pad, stride=m.stride)
struct MeanPool{K}
    k::K
    pad::Any
    stride::Any
end
MeanPool(k::Tuple; pad=0, stride=k) = MeanPool(k, pad, stride)
(m::MeanPool)(x) = meanpool(x, m.k; pad=m.pad, stride=m.stride)
struct GlobalMeanPool end
(::GlobalMeanPool)(x) = sum(x; dims=(1, 2)) ./ (size(x, 1) * size(x, 2))
"Of each sample, all in one column."
flatten(x::AbstractArray) = reshape(x, :, size(x, ndims(x)))
flatten(x::AbstractVector) = reshape(x, :, 1)
"Zeros at random while a gradient is taken."
mutable struct Dropout{T}
    p::T
    active::Union{Bool,Nothing}
end
Dropout(p::Real) = Dropout(p, nothing)
is_training(active) = active === nothing ? __within_autodiff() : active
(d::Dropout)(x) = is_training(d.active) ? NNlib.dropout(x, d.p) : x
Base.show(io::IO, d::Dropout) = print(io, "Dropout(", d.p, ")")
"The first dimension with mean 0 and variance 1, then scaled and moved."
struct LayerNorm{F,D}
    λ::F
    diag::D
    ϵ::Float32
end
struct Scale{F,A,B}
    scale::A
    bias::B
    σ::F
end
Scale(n::Integer, σ=identity; bias=true) = Scale(ones32(n), bias ? zeros32(n) : false, σ)
(s::Scale)(x) = s.σ.(plus(s.scale .* x, s.bias))
LayerNorm(n::Integer, λ=identity; affine=true, eps=1f-5) = LayerNorm(λ, affine ? Scale(n) : identity, Float32(eps))
function (l::LayerNorm)(x)
    n = size(x, 1)
    d = x .- sum(x; dims=1) ./ n
    l.λ.(l.diag(d ./ sqrt.(sum(abs2, d; dims=1) ./ n .+ l.ϵ)))
end
Base.show(io::IO, s::Scale) = print(io, "Scale(", length(s.scale), activation_text(s.σ), s.bias === false ? "; bias=false" : "", ")")
Base.show(io::IO, l::LayerNorm) = print(io, "LayerNorm(", l.diag isa Scale ? string(length(l.diag.scale)) : "", activation_text(l.λ), l.diag isa Scale ? "" : ", affine=false", ")")
"Each channel with mean 0 and variance 1 over the batch, or by what was seen while it was trained."
mutable struct BatchNorm{F,V}
    const λ::F
    const β::V
    const γ::V
    μ::V
    σ²::V
    const ϵ::Float32
    const momentum::Float32
    active::Union{Bool,Nothing}
end
Base.show(io::IO, b::BatchNorm) = print(io, "BatchNorm(", length(b.β), activation_text(b.λ), ")")
BatchNorm(n::Integer, λ=identity; eps=1f-5, momentum=0.1f0) = BatchNorm(λ, zeros32(n), ones32(n), zeros32(n), ones32(n), Float32(eps), Float32(momentum), nothing)
function (b::BatchNorm)(x)
    N = ndims(x)
    shape = ntuple(k -> k == max(N - 1, 1) ? size(x, k) : 1, N)
    dims = Tuple(filter(!=(max(N - 1, 1)), 1:N))
    if is_training(b.active)
        n = length(x) ÷ size(x, max(N - 1, 1))
        μ = sum(x; dims) ./ n
        v = sum(abs2, x .- μ; dims) ./ n
        note!(b, EnzymeAutodiff.ignore_derivatives(μ), EnzymeAutodiff.ignore_derivatives(v), n)
    else
        μ, v = reshape(b.μ, shape), reshape(b.σ², shape)
    end
    b.λ.(reshape(b.γ, shape) .* (x .- μ) ./ sqrt.(v .+ b.ϵ) .+ reshape(b.β, shape))
end
function note!(b, μ, v, n)
    b.μ .= (1 - b.momentum) .* b.μ .+ b.momentum .* vec(μ)
    b.σ² .= (1 - b.momentum) .* b.σ² .+ b.momentum .* (n / max(n - 1, 1)) .* vec(v)
    nothing
end
"Whether layers that differ in training are in it."
testmode!(m, active=true) = (mode!(m, active === :auto ? nothing : !active); m)
trainmode!(m, active=true) = (mode!(m, active === :auto ? nothing : active); m)
mode!(m::Union{Dropout,BatchNorm}, active) = (m.active = active)
mode!(m::Union{Chain,Tuple,NamedTuple,AbstractVector}, active) = foreach(l -> mode!(l, active), m isa Chain ? in_order(m.layers) : m)
mode!(m, active) = nothing
"A column for each number."
struct Embedding{W}
    weight::W
end
Embedding(p::Pair{<:Integer,<:Integer}; init=randn32) = Embedding(init(p.second, p.first))
(e::Embedding)(k::Integer) = e.weight[:, k]
(e::Embedding)(ks::AbstractVector{<:Integer}) = e.weight[:, ks]
(e::Embedding)(ks::AbstractArray{<:Integer}) = reshape(e(vec(ks)), :, size(ks)...)
struct SkipConnection{T,F}
    layers::T
    connection::F
end
(s::SkipConnection)(x) = s.connection(s.layers(x), x)
struct Parallel{F,T}
    connection::F
    layers::T
end
Parallel(connection, layers...) = Parallel(connection, layers)
(p::Parallel)(x) = p.connection(map(f -> f(x), p.layers)...)
(p::Parallel)(xs::Tuple) = p.connection(map((f, x) -> f(x), p.layers, xs)...)
(p::Parallel)(xs...) = p(xs)
struct Bilinear{F,W,B}
    weight::W
    bias::B
    σ::F
end
Bilinear(p::Pair, σ=identity; init=glorot_uniform) = (n = p.first isa Tuple ? p.first : (p.first, p.first); Bilinear(init(p.second, n...), zeros32(p.second), σ))
(b::Bilinear)(x::AbstractVector, y::AbstractVector) = b.σ.([dot(x, b.weight[k, :, :] * y) for k in axes(b.weight, 1)] .+ b.bias)

# ---- One step of a recurrent layer: the new state, from the input and the last one
struct RNNCell{F,W,B}
    σ::F
    Wi::W
    Wh::W
    bias::B
end
RNNCell(p::Pair{<:Integer,<:Integer}, σ=tanh; init=glorot_uniform) = RNNCell(σ, init(p.second, p.first), init(p.second, p.second), zeros32(p.second))
(c::RNNCell)(x, h) = (g = c.σ.(c.Wi * x .+ c.Wh * h .+ c.bias); (g, g))
struct LSTMCell{W,B}
    Wi::W
    Wh::W
    bias::B
end
LSTMCell(p::Pair{<:Integer,<:Integer}; init=glorot_uniform) = LSTMCell(init(4 * p.second, p.first), init(4 * p.second, p.second), zeros32(4 * p.second))
function (l::LSTMCell)(x, (h, c))
    n = size(l.Wh, 2)
    g = l.Wi * x .+ l.Wh * h .+ l.bias
    part(k) = g isa AbstractVector ? g[(k-1)*n+1:k*n] : g[(k-1)*n+1:k*n, :]
    next = sigmoid.(part(2)) .* c .+ sigmoid.(part(1)) .* tanh.(part(3))
    out = sigmoid.(part(4)) .* tanh.(next)
    (out, (out, next))
end
struct GRUCell{W,B}
    Wi::W
    Wh::W
    b::B
end
GRUCell(p::Pair{<:Integer,<:Integer}; init=glorot_uniform) = GRUCell(init(3 * p.second, p.first), init(3 * p.second, p.second), zeros32(3 * p.second))
function (l::GRUCell)(x, h)
    n = size(l.Wh, 2)
    u, v = l.Wi * x .+ l.b, l.Wh * h
    part(g, k) = g isa AbstractVector ? g[(k-1)*n+1:k*n] : g[(k-1)*n+1:k*n, :]
    r, z = sigmoid.(part(u, 1) .+ part(v, 1)), sigmoid.(part(u, 2) .+ part(v, 2))
    new = tanh.(part(u, 3) .+ r .* part(v, 3))
    next = (1 .- z) .* new .+ z .* h
    (next, next)
end
initialstates(c::RNNCell) = zeros32(size(c.Wh, 2))
initialstates(c::GRUCell) = zeros32(size(c.Wh, 2))
initialstates(c::LSTMCell) = (zeros32(size(c.Wh, 2)), zeros32(size(c.Wh, 2)))

# ---- Labels
"1 at the place of a label; a column for each label; and back."
onehot(x, labels) = [x == l for l in labels]
onehot(x, labels, default) = onehot(x in labels ? x : default, labels)
onehotbatch(xs, labels) = [x == l for l in labels, x in xs]
onecold(y::AbstractVector, labels=1:length(y)) = labels[argmax(y)]
onecold(y::AbstractMatrix, labels=1:size(y, 1)) = [labels[argmax(y[:, k])] for k in axes(y, 2)]

# ---- Training
"One step of the rule for each batch of the data."
function train!(loss, model, data, state; cb=nothing)
    for batch in data
        l, grads = Zygote.withgradient(m -> loss(m, (batch isa Tuple ? batch : (batch,))...), model)
        isfinite(l) || throw(DomainError(l, "Loss is $l on a data item, stopping training"))
        Optimisers.update!(state, model, grads[1])
        cb === nothing || cb()
    end
    nothing
end
"A rule without a state: the state is made here, and gone afterwards."
train!(loss, model, data, rule::Optimisers.AbstractRule; cb=nothing) = train!(loss, model, data, setup(rule, model); cb)
struct DataLoader{D}
    data::D
    batchsize::Int64
    shuffle::Bool
    partial::Bool
end
DataLoader(data; batchsize=1, shuffle=false, partial=true, rng=nothing, collate=nothing) = DataLoader(data, batchsize, shuffle, partial)
observations(x::AbstractArray) = size(x, ndims(x))
observations(x::Union{Tuple,NamedTuple}) = observations(first(x))
chosen(x::AbstractArray, r) = x[ntuple(_ -> Colon(), ndims(x) - 1)..., r]
chosen(x::Union{Tuple,NamedTuple}, r) = map(y -> chosen(y, r), x)
Base.length(d::DataLoader) = (n = observations(d.data); d.partial ? cld(n, d.batchsize) : n ÷ d.batchsize)
Base.eltype(d::DataLoader) = Any
function Base.iterate(d::DataLoader, (order, k)=(d.shuffle ? randperm(observations(d.data)) : collect(1:observations(d.data)), 1))
    k > length(d) && return nothing
    (chosen(d.data, order[(k-1)*d.batchsize+1:min(k * d.batchsize, length(order))]), (order, k + 1))
end
cpu(x) = x
gpu(x) = x
"The model with numbers of another precision."
f64(m) = of_type(Float64, m)
f32(m) = of_type(Float32, m)
of_type(::Type{T}, x) where {T} = fmap(y -> y isa AbstractArray{<:AbstractFloat} ? T.(y) : y, x)
of_type(::Type{T}, x::AbstractArray{<:AbstractFloat}) where {T} = T.(x)
of_type(::Type{T}, x::Union{Tuple,NamedTuple}) where {T} = map(y -> of_type(T, y), x)
of_type(::Type{T}, f::Union{Function,Bool}) where {T} = f
of_type(::Type{T}, c::Chain) where {T} = Chain(of_type(T, c.layers))
of_type(::Type{T}, d::Dense) where {T} = Dense(of_type(T, d.weight), d.bias isa Bool ? d.bias : of_type(T, d.bias), d.σ)
of_type(::Type{T}, c::Conv) where {T} = Conv(c.σ, of_type(T, c.weight), of_type(T, c.bias), c.stride, c.pad, c.dilation)
of_type(::Type{T}, e::Embedding) where {T} = Embedding(of_type(T, e.weight))
of_type(::Type{T}, s::SkipConnection) where {T} = SkipConnection(of_type(T, s.layers), s.connection)
of_type(::Type{T}, p::Parallel) where {T} = Parallel(p.connection, of_type(T, p.layers))
of_type(::Type{T}, x::Union{MaxPool,MeanPool,GlobalMeanPool,Dropout}) where {T} = x
"A change of the model in place, as an optimiser's."
params(xs...) = Zygote.Params(foldl(append!, map(x -> Any[p for p in Optimisers.trainables(x)], xs); init = Any[]))
const implicit_training = "training with implicit parameters is not there: take the gradient with respect to the model, and its state from `Flux.setup`"
Optimisers.update!(rule, ps::Zygote.Params, grads) = throw(ArgumentError(implicit_training))
"What a model holds, as tuples, named tuples and arrays."
state(x::Union{Number,AbstractArray{<:Number},AbstractString,Symbol,Nothing}) = x
state(x::Function) = isempty(Functors.children(x)) ? () : map(state, Functors.children(x))
state(x) = map(state, Functors.children(x))
"Copies the arrays of another model of the same form, or of what `state` gave, into those of a model."
loadmodel!(to, from; options...) = (load_children!(Functors.children(to), from); to)
load_children!(to, from) = foreach(k -> load_part!(to[k], part_of(from, k)), keys(to))
load_children!(::Tuple{}, from) = nothing
part_of(from::Union{Tuple,NamedTuple,AbstractArray,AbstractDict}, k) = from[k]
part_of(from, k) = Functors.children(from)[k]
load_part!(to, from) = (load_children!(Functors.children(to), from); nothing)
load_part!(to::Union{Number,Symbol,AbstractString,Nothing}, from) = nothing
load_part!(to::AbstractArray{<:Number}, from::AbstractArray) = size(to) == size(from) ? (copyto!(to, from); nothing) :
    throw(DimensionMismatch("encountered arrays with mismatched sizes: $(size(to)) and $(size(from))"))
load_part!(to::AbstractArray{<:Number}, from::Bool) = from ? throw(ArgumentError("cannot load an array from `true`")) : (fill!(to, 0); nothing)
paramcount(m) = sum(length, Optimisers.trainables(m); init=0)

mean_of(x) = sum(x) / length(x)
"Errors, and distances of distributions, over the batch."
mse(ŷ, y; agg=mean_of) = agg(abs2.(ŷ .- y))
mae(ŷ, y; agg=mean_of) = agg(abs.(ŷ .- y))
huber_loss(ŷ, y; delta=1, agg=mean_of) = agg(map((a, b) -> (e = abs(a - b); e < delta ? e^2 / 2 : delta * (e - oftype(e, 0.5) * delta)), ŷ, y))
crossentropy(ŷ, y; dims=1, agg=mean_of, eps=1f-7) = agg(-sum(y .* log.(ŷ .+ oftype(first(ŷ), eps)); dims))
logitcrossentropy(ŷ, y; dims=1, agg=mean_of) = agg(-sum(y .* logsoftmax(ŷ; dims); dims))
binarycrossentropy(ŷ, y; agg=mean_of, eps=1f-7) = agg(-(y .* log.(ŷ .+ oftype(first(ŷ), eps))) .- (1 .- y) .* log.(1 .- ŷ .+ oftype(first(ŷ), eps)))
logitbinarycrossentropy(ŷ, y; agg=mean_of) = agg((1 .- y) .* ŷ .- logsigmoid.(ŷ))
kldivergence(ŷ, y; dims=1, agg=mean_of, eps=1f-7) = agg(sum(y .* (log.(y .+ eps) .- log.(ŷ .+ eps)); dims))
hinge_loss(ŷ, y; agg=mean_of) = agg(max.(0, 1 .- ŷ .* y))
poisson_loss(ŷ, y; agg=mean_of) = agg(ŷ .- y .* log.(ŷ))
module Losses
public mse, mae, huber_loss, crossentropy, logitcrossentropy, binarycrossentropy, logitbinarycrossentropy, kldivergence, hinge_loss, poisson_loss
import ..Flux: mse, mae, huber_loss, crossentropy, logitcrossentropy, binarycrossentropy, logitbinarycrossentropy, kldivergence, hinge_loss, poisson_loss
end
end

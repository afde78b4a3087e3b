# Lux: layers that normalise, and those that only do something in training.
module Lux
import ..ForwardDiff, ..ReverseDiff

training_state(rng) = (rng=replicate(rng), training=Val(true))
"Zeros at random, and the rest larger, while in training."
struct Dropout{T,D} <: AbstractLuxLayer
    p::T
    dims::D
end
Dropout(p::Real; dims=:) = 0 <= p <= 1 ? Dropout(Float32(p), dims) : throw(ArgumentError("0 ≤ p ≤ 1 is required, got p = $p"))
initialstates(rng::AbstractRNG, ::Dropout) = training_state(rng)
function (d::Dropout)(x, ps, st::NamedTuple)
    istraining(st) && d.p > 0 || return (x, st)
    rng = replicate(st.rng)
    (dropped(x, dropout_mask(rng, x, d.p, d.dims)), (; rng, st.training))
end
dropped(x, mask) = x .* mask
"What to multiply by: 0 or `1 / (1 - p)`, the same along dimensions that are not in `dims`."
function dropout_mask(rng, x::AbstractArray, p, dims)
    sizes = ntuple(d -> dims === (:) || d in dims ? size(x, d) : 1, ndims(x))
    EnzymeAutodiff.ignore_derivatives((rand(rng, Float32, sizes...) .> p) ./ (1 - p))
end
Base.show(io::IO, d::Dropout) = print(io, "Dropout(", d.p, d.dims === (:) ? "" : ", dims=$(repr(d.dims))", ")")

"The same zeros until the state says that they are to be drawn anew."
struct VariationalHiddenDropout{T,D} <: AbstractLuxLayer
    p::T
    dims::D
end
VariationalHiddenDropout(p::Real; dims=:) = VariationalHiddenDropout(Float32(p), dims)
initialstates(rng::AbstractRNG, ::VariationalHiddenDropout) = (rng=replicate(rng), training=Val(true), update_mask=Val(true), mask=nothing)
function (d::VariationalHiddenDropout)(x, ps, st::NamedTuple)
    istraining(st) && d.p > 0 || return (x, st)
    rng = replicate(st.rng)
    mask = static(st.update_mask) || st.mask === nothing ? dropout_mask(rng, x, d.p, d.dims) : st.mask
    (dropped(x, mask), (; rng, st.training, update_mask=Val(false), mask))
end
Base.show(io::IO, d::VariationalHiddenDropout) = print(io, "VariationalHiddenDropout(", d.p, d.dims === (:) ? "" : ", dims=$(repr(d.dims))", ")")

"Of entries at random the limit of `selu`; then mean and variance are what they were."
struct AlphaDropout{T} <: AbstractLuxLayer
    p::T
end
initialstates(rng::AbstractRNG, ::AlphaDropout) = training_state(rng)
function (d::AlphaDropout)(x::AbstractArray, ps, st::NamedTuple)
    istraining(st) && d.p > 0 || return (x, st)
    limit = -1.7580993408473766
    A = inv(sqrt((1 - d.p) * (1 + d.p * limit^2)))
    rng = replicate(st.rng)
    keep = EnzymeAutodiff.ignore_derivatives(rand(rng, Float32, size(x)...) .> d.p)
    T = eltype(x)
    (T(A) .* ifelse.(keep, x, T(limit)) .- T(A * limit * d.p), (; rng, st.training))
end
Base.show(io::IO, d::AlphaDropout) = print(io, "AlphaDropout(", d.p, ")")

# ---- Norms

"`x` less its mean, over its deviation, along dimensions."
function normalised(x, dims, ϵ)
    μ = mean(x; dims)
    scaled(x, μ, mean(abs2, x .- μ; dims), ϵ)
end
scaled(x, μ, v, ϵ) = (x .- μ) ./ sqrt.(v .+ oftype(first(v), ϵ))
scale_and_bias(rng, l, sizes) = l.affine ? (scale=l.init_scale(rng, sizes...), bias=l.init_bias(rng, sizes...)) : (;)
affine(l, y, ps, shape) = l.affine ? y .* reshape(ps.scale, shape) .+ reshape(ps.bias, shape) : y
channel_shape(x, n) = ntuple(k -> k == max(ndims(x) - 1, 1) ? n : 1, ndims(x))

"Each channel with mean 0 and variance 1 over the batch in training, and else by what was seen."
struct BatchNorm{F,B,S,T} <: AbstractLuxLayer
    activation::F
    epsilon::Float32
    momentum::Float32
    chs::Int64
    init_bias::B
    init_scale::S
    affine::Bool
    track_stats::Val{T}
end
BatchNorm(chs::Integer, σ=identity; init_bias=zeros32, init_scale=ones32, affine=true, track_stats=true, epsilon=1f-5, momentum=0.1f0) =
    BatchNorm(σ, Float32(epsilon), Float32(momentum), chs, init_bias, init_scale, static(affine), Val(static(track_stats)))
initialparameters(rng::AbstractRNG, b::BatchNorm) = b.affine ? (scale=b.init_scale(rng, b.chs), bias=b.init_bias(rng, b.chs)) : (;)
initialstates(rng::AbstractRNG, b::BatchNorm{F,B,S,true}) where {F,B,S} = (running_mean=zeros32(rng, b.chs), running_var=ones32(rng, b.chs), training=Val(true))
initialstates(rng::AbstractRNG, b::BatchNorm{F,B,S,false}) where {F,B,S} = (training=Val(true),)
parameterlength(b::BatchNorm) = b.affine ? 2 * b.chs : 0
statelength(b::BatchNorm) = (static(b.track_stats) ? 2 * b.chs : 0) + 1
function (b::BatchNorm)(x::AbstractArray, ps, st::NamedTuple)
    check_size(b, x, max(ndims(x) - 1, 1), b.chs)
    shape = channel_shape(x, b.chs)
    y, st = by_batch(b, x, st, shape, b.track_stats)
    (b.activation.(affine(b, y, ps, shape)), st)
end
batch_dims(::AbstractArray{T,N}) where {T,N} = Base.__ntuple(k -> k < N - 1 ? k : k + 1, Val(N - 1))
by_batch(b, x, st, shape, ::Val{false}) = (normalised(x, batch_dims(x), b.epsilon), st)
function by_batch(b, x, st, shape, ::Val{true})
    istraining(st) || return (scaled(x, reshape(st.running_mean, shape), reshape(st.running_var, shape), b.epsilon), st)
    dims = batch_dims(x)
    μ = mean(x; dims)
    v = mean(abs2, x .- μ; dims)
    n = length(x) ÷ b.chs
    # What is kept from step to step has no derivative.
    running_mean = moved(st.running_mean, vec(EnzymeAutodiff.ignore_derivatives(μ)), b.momentum)
    running_var = moved(st.running_var, vec(EnzymeAutodiff.ignore_derivatives(v)) .* (n / max(n - 1, 1)), b.momentum)
    (scaled(x, μ, v, b.epsilon), (; running_mean, running_var, st.training))
end
moved(seen::AbstractArray{T}, new, momentum) where {T} = T.((1 - momentum) .* seen .+ momentum .* plain.(new))
"The number itself, of one that carries derivatives."
plain(x) = x
plain(x::ForwardDiff.Dual) = plain(ForwardDiff.value(x))
plain(x::ReverseDiff.TrackedReal) = plain(ReverseDiff.value(x))
Base.show(io::IO, b::BatchNorm) = print(io, "BatchNorm(", b.chs, activation_text(b.activation), ", affine=", b.affine, ", track_stats=", static(b.track_stats), ")")

"The same over the places of each channel of each sample."
struct InstanceNorm{F,B,S} <: AbstractLuxLayer
    activation::F
    epsilon::Float32
    chs::Int64
    init_bias::B
    init_scale::S
    affine::Bool
end
InstanceNorm(chs::Integer, σ=identity; init_bias=zeros32, init_scale=ones32, affine=false, epsilon=1f-5) =
    InstanceNorm(σ, Float32(epsilon), chs, init_bias, init_scale, static(affine))
initialparameters(rng::AbstractRNG, i::InstanceNorm) = scale_and_bias(rng, i, (i.chs,))
initialstates(::AbstractRNG, ::InstanceNorm) = (training=Val(true),)
function (i::InstanceNorm)(x::AbstractArray{T,N}, ps, st::NamedTuple) where {T,N}
    check_size(i, x, N - 1, i.chs)
    (i.activation.(affine(i, normalised(x, ntuple(identity, Val(N - 2)), i.epsilon), ps, channel_shape(x, i.chs))), st)
end
Base.show(io::IO, i::InstanceNorm) = print(io, "InstanceNorm(", i.chs, activation_text(i.activation), ", affine=", i.affine, ")")

"The same over groups of channels of each sample."
struct GroupNorm{F,B,S} <: AbstractLuxLayer
    activation::F
    epsilon::Float32
    chs::Int64
    init_bias::B
    init_scale::S
    groups::Int64
    affine::Bool
end
GroupNorm(chs::Integer, groups::Integer, σ=identity; init_bias=zeros32, init_scale=ones32, affine=true, epsilon=1f-5) = chs % groups == 0 ?
    GroupNorm(σ, Float32(epsilon), chs, init_bias, init_scale, groups, static(affine)) : throw(ArgumentError("The number of groups ($groups) must divide the number of channels ($chs)"))
initialparameters(rng::AbstractRNG, g::GroupNorm) = scale_and_bias(rng, g, (g.chs,))
function (g::GroupNorm)(x::AbstractArray{T,N}, ps, st::NamedTuple) where {T,N}
    check_size(g, x, N - 1, g.chs)
    grouped = reshape(x, Flux.kernel_size(x)..., g.chs ÷ g.groups, g.groups, size(x, N))
    y = reshape(normalised(grouped, ntuple(identity, Val(N - 1)), g.epsilon), size(x))
    (g.activation.(affine(g, y, ps, channel_shape(x, g.chs))), st)
end
Base.show(io::IO, g::GroupNorm) = print(io, "GroupNorm(", g.chs, ", ", g.groups, activation_text(g.activation), ", affine=", g.affine, ")")

"Over the whole array, or over `dims`; scale and bias are of the given shape."
struct LayerNorm{F,Z<:Tuple,B,S,D} <: AbstractLuxLayer
    activation::F
    shape::Z
    epsilon::Float32
    init_bias::B
    init_scale::S
    dims::D
    affine::Bool
end
LayerNorm(shape::Tuple{Vararg{Integer}}, σ=identity; epsilon=1f-5, dims=:, affine=true, init_bias=zeros32, init_scale=ones32) =
    LayerNorm(σ, shape, Float32(epsilon), init_bias, init_scale, dims, static(affine))
LayerNorm(n::Integer, σ=identity; options...) = LayerNorm((n,), σ; options...)
initialparameters(rng::AbstractRNG, l::LayerNorm) = scale_and_bias(rng, l, (l.shape..., 1))
all_dims(::Colon, x) = ntuple(identity, ndims(x))
all_dims(dims, x) = dims
function (l::LayerNorm)(x::AbstractArray, ps, st::NamedTuple)
    y = normalised(x, all_dims(l.dims, x), l.epsilon)
    (l.activation.(l.affine ? y .* ps.scale .+ ps.bias : y), st)
end
Base.show(io::IO, l::LayerNorm) = print(io, "LayerNorm(", l.shape, activation_text(l.activation), ", affine=", l.affine, ", dims=", repr(l.dims), ")")

"Over the root of the mean square of the first dimensions."
struct RMSNorm{Z<:Tuple,S} <: AbstractLuxLayer
    normalized_shape::Z
    epsilon::Float32
    init_scale::S
    affine::Bool
end
RMSNorm(shape::Tuple{Vararg{Integer}}; epsilon=1f-5, affine=true, init_scale=ones32) = RMSNorm(shape, Float32(epsilon), init_scale, static(affine))
RMSNorm(n::Integer; options...) = RMSNorm((n,); options...)
initialparameters(rng::AbstractRNG, r::RMSNorm) = r.affine ? (scale=r.init_scale(rng, r.normalized_shape...),) : (;)
function (r::RMSNorm)(x::AbstractArray, ps, st::NamedTuple)
    m = mean(abs2, x; dims=ntuple(identity, length(r.normalized_shape)))
    y = x ./ sqrt.(m .+ oftype(first(m), r.epsilon))
    (r.affine ? y .* ps.scale : y, st)
end

"The weights `which` of a layer as a direction and a length for each of their last dimension."
struct WeightNorm{L,W<:Tuple} <: AbstractLuxLayer
    layer::L
    which_params::W
end
WeightNorm(layer, which::Tuple, dims) = WeightNorm(layer, which)
lengths(w::AbstractArray{T,N}) where {T,N} = sqrt.(sum(abs2, w; dims=ntuple(identity, Val(N - 1))))
function initialparameters(rng::AbstractRNG, l::WeightNorm)
    ps = initialparameters(rng, l.layer)
    normalized = merge(NamedTuple{map(n -> Symbol(n, :_g), l.which_params)}(map(n -> lengths(ps[n]), l.which_params)), NamedTuple{map(n -> Symbol(n, :_v), l.which_params)}(map(n -> ps[n], l.which_params)))
    (; normalized, unnormalized=NamedTuple{Tuple(filter(n -> !(n in l.which_params), collect(keys(ps))))}(ps))
end
initialstates(rng::AbstractRNG, l::WeightNorm) = initialstates(rng, l.layer)
function (l::WeightNorm)(x, ps, st::NamedTuple)
    weights = map(n -> (v = getproperty(ps.normalized, Symbol(n, :_v)); v .* (getproperty(ps.normalized, Symbol(n, :_g)) ./ lengths(v))), l.which_params)
    apply(l.layer, x, merge(NamedTuple(ps.unnormalized), NamedTuple{l.which_params}(weights)), st)
end
end

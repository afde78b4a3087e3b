# Flux: layers that normalise, and those that only do something while a gradient is taken.
module Flux

"Is a layer in training? Without being told, while a gradient is taken."
is_training(active) = active === nothing ? __within_autodiff() : active
"Zeros at random, and the rest larger."
mutable struct Dropout{T,D}
    const p::T
    const dims::D
    active::Union{Bool,Nothing}
end
Dropout(p::Real; dims=:, active=nothing, rng=nothing) = 0 <= p <= 1 ? Dropout(p, dims, active) : throw(ArgumentError("Dropout expects 0 ≤ p ≤ 1, got p = $p"))
(d::Dropout)(x) = is_training(d.active) && d.p != 0 ? NNlib.dropout(x, d.p; dims=d.dims) : x
Base.show(io::IO, d::Dropout) = print(io, "Dropout(", d.p, d.dims === (:) ? "" : ", dims=$(repr(d.dims))", ")")
"Of entries at random the limit of `selu`; then mean and variance are what they were."
mutable struct AlphaDropout{T}
    const p::T
    active::Union{Bool,Nothing}
end
AlphaDropout(p::Real; active=nothing, rng=nothing) = 0 <= p <= 1 ? AlphaDropout(p, active) : throw(ArgumentError("AlphaDropout expects 0 ≤ p ≤ 1, got p = $p"))
function (d::AlphaDropout)(x::AbstractArray{T}) where {T}
    is_training(d.active) || return x
    p = T(d.p)
    p == 0 && return x
    p == 1 && return sign.(x) .* T(0)
    limit = T(-1.7580993408473766)
    A = T(inv(sqrt((1 - p) * (1 + p * limit^2))))
    B = T(-A * limit * p)
    keep = EnzymeAutodiff.ignore_derivatives(rand(T, size(x)...) .> p)
    A .* ifelse.(keep, x, limit) .+ B
end

"With mean 0 and variance 1 along dimensions; `eps` is added to the variance."
normalise(x::AbstractArray; dims=ndims(x), eps=1f-5) = scaled(x, mean(x; dims), eps, dims)
function scaled(x, μ, eps, dims)
    d = x .- μ
    d ./ sqrt.(mean(abs2, d; dims) .+ oftype(first(μ), eps))
end
"The first dimensions with mean 0 and variance 1, then scaled and moved."
struct LayerNorm{F,D,N}
    λ::F
    diag::D
    ϵ::Float32
    size::NTuple{N,Int64}
    affine::Bool
end
LayerNorm(size::Tuple, λ=identity; affine=true, eps=1f-5) = LayerNorm(λ, affine ? Scale(size...; bias=true) : identity, Float32(eps), size, affine)
LayerNorm(n::Integer, λ::Function=identity; kws...) = LayerNorm((n,), λ; kws...)
LayerNorm(n::Integer, m::Integer, dims::Integer...; kws...) = LayerNorm((n, m, dims...); kws...)
function (l::LayerNorm{F,D,N})(x::AbstractArray) where {F,D,N}
    dims = ntuple(identity, Val(N))
    map(k -> size(x, k), dims) == l.size || throw(DimensionMismatch("layer $l expects size(input)[1:$N] == $(l.size), but got $(summary(x))"))
    l.λ.(l.diag(normalise(x; dims, eps=l.ϵ)))
end
Base.show(io::IO, l::LayerNorm) = (print(io, "LayerNorm("); join(io, l.size, ", "); print(io, activation_text(l.λ), l.affine ? "" : ", affine=false", ")"))

abstract type ChannelNorm end
"Each channel with mean 0 and variance 1 over the batch, or by what was seen while it was trained."
mutable struct BatchNorm{F,V,S} <: ChannelNorm
    const λ::F
    const β::V
    const γ::V
    const μ::S
    const σ²::S
    const ϵ::Float32
    const momentum::Float32
    active::Union{Bool,Nothing}
    const chs::Int64
end
"The same over the places of each channel of each sample."
mutable struct InstanceNorm{F,V,S} <: ChannelNorm
    const λ::F
    const β::V
    const γ::V
    const μ::S
    const σ²::S
    const ϵ::Float32
    const momentum::Float32
    active::Union{Bool,Nothing}
    const chs::Int64
end
seen(track, init, n) = track ? init(n) : nothing
BatchNorm(n::Integer, λ=identity; initβ=zeros32, initγ=ones32, affine=true, track_stats=true, active=nothing, eps=1f-5, momentum=0.1f0) = BatchNorm(λ,
    seen(affine, initβ, n), seen(affine, initγ, n), seen(track_stats, zeros32, n), seen(track_stats, ones32, n), Float32(eps), Float32(momentum), active, n)
InstanceNorm(n::Integer, λ=identity; initβ=zeros32, initγ=ones32, affine=false, track_stats=false, active=nothing, eps=1f-5, momentum=0.1f0) = InstanceNorm(λ,
    seen(affine, initβ, n), seen(affine, initγ, n), seen(track_stats, zeros32, n), seen(track_stats, ones32, n), Float32(eps), Float32(momentum), active, n)
Optimisers.trainable(b::ChannelNorm) = b.γ === nothing ? (;) : (; β=b.β, γ=b.γ)
reduced_dims(::BatchNorm, ::AbstractArray{T,N}) where {T,N} = ntuple(k -> k < max(N - 1, 1) ? k : k + 1, Val(N - 1))
reduced_dims(::InstanceNorm, ::AbstractArray{T,N}) where {T,N} = ntuple(identity, Val(N - 2))
function (b::ChannelNorm)(x::AbstractArray{T,N}) where {T,N}
    size(x, max(N - 1, 1)) == b.chs || throw(DimensionMismatch("layer $b expects size(input, $(max(N - 1, 1))) == $(b.chs), but got $(summary(x))"))
    shape = ntuple(k -> k == max(N - 1, 1) ? b.chs : 1, Val(N))
    if is_training(b.active) || b.μ === nothing
        dims = reduced_dims(b, x)
        μ = mean(x; dims)
        v = mean(abs2, x .- μ; dims)
        b.μ === nothing || note!(b, EnzymeAutodiff.ignore_derivatives(μ), EnzymeAutodiff.ignore_derivatives(v), prod(map(d -> size(x, d), dims)))
        affine(b, x, μ, v, shape)
    else
        affine(b, x, reshape(b.μ, shape), reshape(b.σ², shape), shape)
    end
end
function affine(b, x, μ, v, shape)
    y = (x .- μ) ./ sqrt.(v .+ oftype(first(v), b.ϵ))
    b.λ.(b.γ === nothing ? y : reshape(b.γ, shape) .* y .+ reshape(b.β, shape))
end
function note!(b, μ, v, n)
    of_channel(a) = vec(mean(reshape(a, b.chs, :); dims=2))
    # What is kept from step to step has no derivative.
    copyto!(b.μ, EnzymeAutodiff.ignore_derivatives((1 - b.momentum) .* b.μ .+ b.momentum .* of_channel(μ)))
    copyto!(b.σ², EnzymeAutodiff.ignore_derivatives((1 - b.momentum) .* b.σ² .+ b.momentum .* (n / max(n - 1, 1)) .* of_channel(v)))
    nothing
end
Base.show(io::IO, b::BatchNorm) = print(io, "BatchNorm(", b.chs, activation_text(b.λ), b.γ === nothing ? ", affine=false" : "", ")")
Base.show(io::IO, b::InstanceNorm) = print(io, "InstanceNorm(", b.chs, activation_text(b.λ), b.γ === nothing ? ", affine=false" : "", ")")

"The same over groups of channels of each sample."
struct GroupNorm{F,V}
    λ::F
    β::V
    γ::V
    ϵ::Float32
    G::Int64
    chs::Int64
end
GroupNorm(n::Integer, G::Integer, λ=identity; initβ=zeros32, initγ=ones32, affine=true, eps=1f-5) =
    n % G == 0 ? GroupNorm(λ, seen(affine, initβ, n), seen(affine, initγ, n), Float32(eps), G, n) : error("The number of groups ($G) must divide the number of channels ($n)")
Optimisers.trainable(g::GroupNorm) = g.γ === nothing ? (;) : (; β=g.β, γ=g.γ)
function (g::GroupNorm)(x::AbstractArray{T,N}) where {T,N}
    check_size(g, x, N - 1, g.chs)
    grouped = reshape(x, Base.front(Base.front(size(x)))..., g.chs ÷ g.G, g.G, size(x, N))
    y = reshape(normalise(grouped; dims=ntuple(identity, Val(N - 1)), eps=g.ϵ), size(x))
    shape = ntuple(k -> k == N - 1 ? g.chs : 1, Val(N))
    g.λ.(g.γ === nothing ? y : reshape(g.γ, shape) .* y .+ reshape(g.β, shape))
end
Base.show(io::IO, g::GroupNorm) = print(io, "GroupNorm(", g.chs, ", ", g.G, activation_text(g.λ), g.γ === nothing ? ", affine=false" : "", ")")

"Whether layers that differ in training are in it."
testmode!(m, active=true) = (mode!(m, active in (:auto, nothing) ? nothing : !active); m)
trainmode!(m, active=true) = (mode!(m, active in (:auto, nothing) ? nothing : active); m)
mode!(m::Union{Dropout,AlphaDropout,ChannelNorm}, active) = (m.active = active; nothing)
mode!(m::Union{Number,AbstractArray{<:Number}}, active) = nothing
mode!(m, active) = foreach(l -> mode!(l, active), values(Functors.children(m)))

end

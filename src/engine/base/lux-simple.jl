# Lux: layers without parameters.
module Lux

"A function as a layer."
struct WrappedFunction{F} <: AbstractLuxLayer
    func::F
end
(w::WrappedFunction)(x, ps, st::NamedTuple) = (w.func(x), st)
Base.show(io::IO, w::WrappedFunction) = print(io, "WrappedFunction(", w.func, ")")
"Gives its input."
struct NoOpLayer <: AbstractLuxLayer end
(::NoOpLayer)(x, ps, st::NamedTuple) = (x, st)
"Of each sample, all in one column; with `N`, only the first N dimensions."
struct FlattenLayer{N} <: AbstractLuxLayer
    N::N
end
FlattenLayer(; N=nothing) = FlattenLayer(N)
(::FlattenLayer{Nothing})(x::AbstractArray, ps, st::NamedTuple) = (reshape(x, :, size(x, ndims(x))), st)
(f::FlattenLayer)(x::AbstractArray, ps, st::NamedTuple) = (reshape(x, :, size(x)[f.N+1:end]...), st)
"Another shape for each sample."
struct ReshapeLayer{D} <: AbstractLuxLayer
    dims::D
end
ReshapeLayer(dims::Integer...) = ReshapeLayer(dims)
(r::ReshapeLayer)(x::AbstractArray, ps, st::NamedTuple) = (reshape(x, r.dims..., size(x, ndims(x))), st)
Base.show(io::IO, r::ReshapeLayer) = (print(io, "ReshapeLayer(output_dims = ("); join(io, r.dims, ", "); print(io, ", :))"))
"One slice."
struct SelectDim{I} <: AbstractLuxLayer
    dim::Int64
    index::I
end
(s::SelectDim)(x::AbstractArray, ps, st::NamedTuple) = (copy(selectdim(x, s.dim, s.index)), st)
Base.show(io::IO, s::SelectDim) = print(io, "SelectDim(dim = ", s.dim, ", index = ", s.index, ")")
"The other way round along a dimension: without one, the last but one, or of vectors the only one."
struct ReverseSequence{D} <: AbstractLuxLayer
    dim::D
end
ReverseSequence(; dim=nothing) = ReverseSequence(dim)
(r::ReverseSequence)(x::AbstractArray, ps, st::NamedTuple) = (turned(x, r.dim), st)
turned(x, ::Nothing) = turned(x, max(ndims(x) - 1, 1))
turned(x::AbstractVector, dim::Integer) = reverse(x)
turned(x::AbstractArray, dim::Integer) = reverse(x; dims=dim)

"Rows that are periodic become sines and cosines; the others come first."
struct PeriodicEmbedding{I,P} <: AbstractLuxLayer
    idxs::I
    periods::P
end
function PeriodicEmbedding(idxs::AbstractVector{<:Integer}, periods::AbstractVector{<:Real})
    length(idxs) == length(periods) || throw(ArgumentError("Lengths of `idxs` and `periods` must match."))
    PeriodicEmbedding{typeof(idxs),typeof(periods)}(idxs, periods)
end
initialstates(::AbstractRNG, p::PeriodicEmbedding) = (k=2 ./ p.periods,)
function (p::PeriodicEmbedding)(x::AbstractVecOrMat, ps, st::NamedTuple)
    others = [k for k in axes(x, 1) if !(k in p.idxs)]
    angles = oftype.(x[1], st.k .* π) .* rows(x, p.idxs)
    (vcat(rows(x, others), sin.(angles), cos.(angles)), st)
end
rows(x::AbstractVector, k) = x[k]
rows(x::AbstractMatrix, k) = x[k, :]
(p::PeriodicEmbedding)(x::AbstractArray, ps, st::NamedTuple) = (y = p(reshape(x, size(x, 1), :), ps, st)[1]; (reshape(y, size(y, 1), Base.tail(size(x))...), st))
Base.show(io::IO, p::PeriodicEmbedding) = print(io, "PeriodicEmbedding(", p.idxs, ", ", p.periods, ")")

"Positions as sines and cosines of several frequencies."
struct SinusoidalPositionalEmbedding{T} <: AbstractLuxLayer
    log_min_freq::T
    log_max_freq::T
    dims::Int64
    scale::T
    full_turns::Bool
end
SinusoidalPositionalEmbedding(dims::Integer; min_freq=0.0001f0, max_freq=1.0f0, scale=nothing, full_turns=false) =
    SinusoidalPositionalEmbedding(log(Float32(min_freq)), log(Float32(max_freq)), dims, scale === nothing ? sqrt(2.0f0 / dims) : Float32(scale), full_turns)
function initialstates(::AbstractRNG, s::SinusoidalPositionalEmbedding)
    half = s.dims ÷ 2
    frequencies = exp.(collect(range(s.log_min_freq, s.log_max_freq; length=half)))
    (sigmas=reshape(s.full_turns ? frequencies .* Float32(2π) : frequencies, half, 1),)
end
function (s::SinusoidalPositionalEmbedding)(x::AbstractArray, ps, st::NamedTuple)
    angles = st.sigmas .* reshape(x, 1, :)
    (reshape(vcat(sin.(angles), cos.(angles)) .* s.scale, :, size(x)...), st)
end
end

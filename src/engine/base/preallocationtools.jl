# PreallocationTools: memory to compute in, for plain numbers and for dual ones.
module PreallocationTools
import ..ForwardDiff
import ..ForwardDiff: Dual
export DiffCache, FixedSizeDiffCache, LazyBufferCache, GeneralLazyBufferCache, dualcache, get_tmp
public enlargediffcache!

"An array, and memory for as many dual numbers, which grows when there are more partials than it has room for."
struct DiffCache{T<:AbstractArray,S<:AbstractArray}
    du::T
    dual_du::S
    any_du::Vector{Any}
end
DiffCache(u::AbstractArray{T}, size::Tuple, chunks) where {T} = DiffCache(u, zeros(T, prod(chunks .+ 1) * prod(size)), Any[])
DiffCache(u::AbstractArray, chunk::Integer = ForwardDiff.pickchunksize(length(u)); levels::Int = 1) = DiffCache(u, size(u), fill(chunk, levels))
DiffCache(u::AbstractArray, chunks::AbstractArray{<:Integer}) = DiffCache(u, size(u), chunks)
DiffCache(u::AbstractArray, ::Type{Val{N}}; levels::Int = 1) where {N} = DiffCache(u, N; levels)
DiffCache(u::AbstractArray, ::Val{N}; levels::Int = 1) where {N} = DiffCache(u, N; levels)
const dualcache = DiffCache

"An array, and one of dual numbers with a fixed number of partials."
struct FixedSizeDiffCache{T<:AbstractArray,S<:AbstractArray}
    du::T
    dual_du::S
    any_du::Vector{Any}
end
FixedSizeDiffCache(u::AbstractArray, ::Type{Val{N}}) where {N} = FixedSizeDiffCache(u, Val(N))
FixedSizeDiffCache(u::AbstractArray{T}, ::Val{N}) where {T,N} =
    FixedSizeDiffCache(copy(u), fill!(similar(u, Dual{Nothing,T,N}), zero(Dual{Nothing,T,N})), Any[])
FixedSizeDiffCache(u::AbstractArray, chunk::Integer = ForwardDiff.pickchunksize(length(u))) = FixedSizeDiffCache(u, Val(Int(chunk)))
ForwardDiff.is_room(::Type{<:Union{DiffCache,FixedSizeDiffCache}}) = true
const AnyDiffCache = Union{DiffCache,FixedSizeDiffCache}

"The memory of a cache that can hold numbers like `u`, its elements, or of the type `u`."
get_tmp(c::AnyDiffCache, u::Union{Number,AbstractArray}) = get_tmp(c, eltype(u))
get_tmp(c::AnyDiffCache, ::Type{T}) where {T<:Number} = promote_type(eltype(c.du), T) <: eltype(c.du) ? c.du : of_anything(c)
get_tmp(c::DiffCache, ::Type{D}) where {D<:Dual} = isbitstype(D) ? bits_as(D, c) : zeros(D, size(c.du))
get_tmp(c::FixedSizeDiffCache, ::Type{D}) where {D<:Dual} = fixed(D, c.dual_du, c.du)

of_anything(c) = (length(c.any_du) < length(c.du) && resize!(c.any_du, length(c.du)); shaped(c.du, c.any_du))
shaped(u::AbstractArray, elements) = reshape(elements, size(u))
function bits_as(::Type{D}, c) where {D}
    n = div(sizeof(D), sizeof(eltype(c.dual_du))) * length(c.du)
    n > length(c.dual_du) && enlargediffcache!(c, n)
    shaped(c.du, reinterpret(D, view(c.dual_du, 1:n)))
end
function enlargediffcache!(c::DiffCache, n)
    @warn "The supplied DiffCache was too small and was enlarged. This incurs allocations\n    on the first call to `get_tmp`. If few calls to `get_tmp` occur and optimal performance is essential,\n    consider changing 'N'/chunk size of this DiffCache to $(div(n, length(c.du)) - 1)." maxlog=1
    resize!(c.dual_du, n)
end
"The same bits with another tag; with fewer partials the first of them."
fixed(::Type{D}, duals::AbstractArray{D}, u) where {D<:Dual} = duals
function fixed(::Type{D}, duals::AbstractArray, u) where {D<:Dual}
    given = reinterpret(D, duals)
    size(given) == size(u) ? given : view(given, axes(u)...)
end
Base.copy(c::DiffCache) = DiffCache(copy(c.du), copy(c.dual_du), copy(c.any_du))
Base.copy(c::FixedSizeDiffCache) = FixedSizeDiffCache(copy(c.du), copy(c.dual_du), copy(c.any_du))
function Base.resize!(c::DiffCache, n::Integer)
    parts = isempty(c.du) ? 0 : div(length(c.dual_du), length(c.du))
    resize!(c.du, n)
    resize!(c.dual_du, parts * n)
    resize!(c.any_du, min(length(c.any_du), n))
    c
end

"A buffer for every type and size that it is asked for; `sizemap` makes the size of a buffer of that of the array, and `initializer!` is given a new one."
struct LazyBufferCache{F<:Function,I}
    bufs::Dict{Any,Any}
    sizemap::F
    initializer!::I
end
LazyBufferCache(f::F = identity; initializer!::I = identity) where {F<:Function,I} = LazyBufferCache{F,I}(Dict{Any,Any}(), f, initializer!)
Base.getindex(b::LazyBufferCache, u::AbstractArray, s = b.sizemap(size(u))) = get_tmp(b, u, s)
function get_tmp(b::LazyBufferCache, u::T, s = b.sizemap(size(u))) where {T<:AbstractArray}
    haskey(b.bufs, (T, s)) || (b.bufs[(T, s)] = new_buffer(b, u, s))
    b.bufs[(T, s)]::Base.__return_type(similar, T, typeof(s))
end
new_buffer(b, u, s) = (new = similar(u, s); b.initializer!(new); new)

"What `f` makes of the first value of each type."
struct GeneralLazyBufferCache{F<:Function}
    bufs::Dict{Any,Any}
    f::F
end
GeneralLazyBufferCache(f::F = deepcopy) where {F<:Function} = GeneralLazyBufferCache{F}(Dict{Any,Any}(), f)
ForwardDiff.is_room(::Type{<:Union{LazyBufferCache,GeneralLazyBufferCache}}) = true
Base.getindex(b::GeneralLazyBufferCache, u) = get_tmp(b, u)
function get_tmp(b::GeneralLazyBufferCache, u::T) where {T}
    haskey(b.bufs, T) || (b.bufs[T] = b.f(u))
    b.bufs[T]
end
end

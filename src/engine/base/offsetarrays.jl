# OffsetArrays: arrays whose indices begin anywhere.
module OffsetArrays
import Base: __bc_style, __materialize, __bc_rebuilt
export OffsetArray, OffsetVector, OffsetMatrix, Origin, no_offset_view
public center, centered

"`parent` with its first element at the indices that the offsets say: `offsets` is 0 for arrays that begin at 1."
struct OffsetArray{T,N,A<:AbstractArray{T,N}} <: AbstractArray{T,N}
    parent::A
    offsets::NTuple{N,Int64}
end
const OffsetVector{T,A} = OffsetArray{T,1,A}
const OffsetMatrix{T,A} = OffsetArray{T,2,A}
"The index at which each axis begins."
struct Origin{I}
    index::I
end
Origin(I::Integer...) = Origin(I)
Origin(a::AbstractArray) = Origin(map(first, axes(a)))
(o::Origin)(a::AbstractArray) = OffsetArray(a, o)
offset_of(r::AbstractRange, n) = (length(r) == n || throw(DimensionMismatch("supplied axes do not agree with the size of the array")); Int64(first(r)) - 1)
offset_of(k::Integer, n) = Int64(k)
offset_of(::Colon, n) = 0
OffsetArray(a::AbstractArray{T,N}, axes::Vararg{Any,N}) where {T,N} = made(no_offset_view(a), map(offset_of, axes, size(a)))
OffsetArray(a::AbstractArray{T,N}, axes::Tuple) where {T,N} = made(no_offset_view(a), map(offset_of, axes, size(a)))
OffsetArray(a::AbstractArray{T,N}, I::CartesianIndices) where {T,N} = OffsetArray(a, I.indices)
OffsetArray(a::AbstractArray{T,N}, o::Origin) where {T,N} = made(no_offset_view(a), begins(o.index, Val(N)))
OffsetArray(a::AbstractArray{T,0}) where {T} = made(a, ())
begins(k::Integer, ::Val{N}) where {N} = ntuple(_ -> Int64(k) - 1, Val(N))
begins(I::CartesianIndex, n::Val) = begins(I.I, n)
begins(I::Tuple{Integer}, ::Val{N}) where {N} = ntuple(_ -> Int64(I[1]) - 1, Val(N))
begins(I::Tuple, ::Val) = map(k -> Int64(k) - 1, I)
made(a::AbstractArray{T,N}, offsets) where {T,N} = OffsetArray{T,N,typeof(a)}(a, offsets)
OffsetArray{T}(init::UndefInitializer, axes...) where {T} = OffsetArray{T}(init, axes)
OffsetArray{T}(::UndefInitializer, axes::Tuple) where {T} = OffsetArray(Array{T}(undef, map(length_of, axes)...), axes...)
OffsetArray{T,N}(init::UndefInitializer, axes...) where {T,N} = OffsetArray{T}(init, axes)
length_of(r::AbstractRange) = length(r)
length_of(n::Integer) = n
OffsetVector(a::AbstractVector, axis) = OffsetArray(a, axis)
OffsetMatrix(a::AbstractMatrix, rows, columns) = OffsetArray(a, rows, columns)

"The same elements with indices from 1 on."
no_offset_view(a::AbstractArray) = a
no_offset_view(a::OffsetArray) = a.parent
Base.parent(a::OffsetArray) = a.parent
Base.size(a::OffsetArray) = size(a.parent)
Base.axes(a::OffsetArray) = map((n, o) -> Base.IdentityUnitRange(1+o:n+o), size(a.parent), a.offsets)
Base.IndexStyle(::Type{<:OffsetArray{T,1}}) where {T} = IndexLinear()
inside(a, I) = all(map((n, o, i) -> 1 <= i - o <= n, size(a.parent), a.offsets, I)) ? nothing : Base.__out_of_bounds(a, I)
Base.getindex(a::OffsetArray{T,N}, I::Vararg{Int64,N}) where {T,N} = (inside(a, I); a.parent[map(-, I, a.offsets)...])
Base.setindex!(a::OffsetArray{T,N}, v, I::Vararg{Int64,N}) where {T,N} = (inside(a, I); a.parent[map(-, I, a.offsets)...] = v; a)
Base.getindex(a::OffsetArray{T,N}, k::Int64) where {T,N} = a.parent[k]
Base.getindex(a::OffsetArray{T,1}, k::Int64) where {T} = (inside(a, (k,)); a.parent[k-a.offsets[1]])
# Of slices, a whole axis and one that says its own indices keep them; other ranges count from 1.
const Slice = Union{Int64,Colon,AbstractVector}
Base.getindex(a::OffsetArray{T,N}, I::Vararg{Slice,N}) where {T,N} = sliced(a.parent[local_indices(a, I)...], kept(I, a.offsets), Val(any(keeps, I)))
Base.view(a::OffsetArray{T,N}, I::Vararg{Slice,N}) where {T,N} = sliced(view(a.parent, local_indices(a, I)...), kept(I, a.offsets), Val(any(keeps, I)))
Base.setindex!(a::OffsetArray{T,N}, v, I::Vararg{Slice,N}) where {T,N} = (a.parent[local_indices(a, I)...] = no_offset_view(v); a)
local_indices(a, I) = (all(map((i, axis) -> checkindex(Bool, axis, i), I, axes(a))) || Base.__out_of_bounds(a, I); map(local_index, I, a.offsets))
local_index(i::Int64, o) = i - o
local_index(::Colon, o) = Colon()
local_index(i::AbstractUnitRange, o) = first(i)-o:last(i)-o
local_index(i::AbstractVector, o) = no_offset_view(i) .- o
local_index(i::AbstractVector{Bool}, o) = no_offset_view(i)
keeps(i) = false
keeps(::Union{Colon,Base.IdentityUnitRange}) = true
kept(::Tuple{}, ::Tuple{}) = ()
kept(I::Tuple, offsets::Tuple) = (kept_offset(I[1], offsets[1])..., kept(Base.tail(I), Base.tail(offsets))...)
kept_offset(::Int64, o) = ()
kept_offset(i, o) = (0,)
kept_offset(::Colon, o) = (o,)
kept_offset(i::Base.IdentityUnitRange, o) = (first(i) - 1,)
sliced(x, offsets, ::Val{false}) = x
sliced(x, offsets, ::Val{true}) = made(x, offsets)
Base.__get(a::OffsetArray, I::Int64...) = Base.__get(a.parent, I...)
Base.__get(a::OffsetArray{T,1}, k::Int64) where {T} = Base.__get(a.parent, k)
Base.__set(a::OffsetArray, v, I::Int64...) = Base.__set(a.parent, v, I...)
Base.__item(a::OffsetArray, k::Int64) = Base.__item(a.parent, k)
Base.copy(a::OffsetArray) = made(copy(a.parent), a.offsets)
Base.similar(a::OffsetArray) = made(similar(a.parent), a.offsets)
Base.similar(a::OffsetArray, ::Type{T}) where {T} = made(similar(a.parent, T), a.offsets)
Base.zero(a::OffsetArray) = made(zero(a.parent), a.offsets)
Base.collect(a::OffsetArray) = collect(a.parent)
Base.vec(a::OffsetArray) = vec(a.parent)
Base.__with_axes(a::Array, frame::Tuple) = OffsetArray(a, frame)
Base.map(f, a::OffsetArray) = made(map(f, a.parent), a.offsets)
Base.map(f, a::OffsetArray, b::OffsetArray) = (same_place(a, b); made(map(f, a.parent, b.parent), a.offsets))
Base.sort(a::OffsetArray{T,1}; options...) where {T} = made(sort(a.parent; options...), a.offsets)
Base.sort!(a::OffsetArray{T,1}; options...) where {T} = (sort!(a.parent; options...); a)
Base.cumsum(a::OffsetArray{T,1}) where {T} = made(cumsum(a.parent), a.offsets)
Base.cumprod(a::OffsetArray{T,1}) where {T} = made(cumprod(a.parent), a.offsets)
Base.accumulate(op, a::OffsetArray{T,1}; options...) where {T} = made(accumulate(op, a.parent; options...), a.offsets)
Base.isassigned(a::OffsetArray, I::Int64...) = checkbounds(Bool, a, I...)
"An axis of which a reduction leaves one place keeps its first index."
Base.__reduce(f, op, a::OffsetArray, dims::Union{Integer,Tuple}, init) = made(Base.__reduce(f, op, a.parent, dims, init), a.offsets)
"The index in the middle; the array with that as its origin."
center(a::AbstractArray, round::RoundingMode=RoundDown) = map(axis -> div(first(axis) + last(axis), 2, round), axes(a))
centered(a::AbstractArray, at::Tuple=center(a)) = made(no_offset_view(a), map((axis, k) -> first(axis) - k - 1, axes(a), at))
Base.firstindex(a::OffsetArray{T,1}) where {T} = 1 + a.offsets[1]
Base.lastindex(a::OffsetArray{T,1}) where {T} = length(a.parent) + a.offsets[1]
Base.fill!(a::OffsetArray, v) = (fill!(a.parent, v); a)
Base.:-(a::OffsetArray) = made(-a.parent, a.offsets)
Base.:*(x::Number, a::OffsetArray) = made(x * a.parent, a.offsets)
Base.:*(a::OffsetArray, x::Number) = made(a.parent * x, a.offsets)
Base.:/(a::OffsetArray, x::Number) = made(a.parent / x, a.offsets)
Base.:+(a::OffsetArray, b::OffsetArray) = (same_place(a, b); made(a.parent + b.parent, a.offsets))
Base.:-(a::OffsetArray, b::OffsetArray) = (same_place(a, b); made(a.parent - b.parent, a.offsets))
Base.:(==)(a::OffsetArray, b::OffsetArray) = a.offsets == b.offsets && a.parent == b.parent
Base.:(==)(a::OffsetArray, b::AbstractArray) = axes(a) == axes(b) && a.parent == b
Base.:(==)(a::AbstractArray, b::OffsetArray) = axes(a) == axes(b) && a == b.parent
Base.reverse(a::OffsetArray) = made(reverse(a.parent), a.offsets)
Base.push!(a::OffsetArray{T,1}, v...) where {T} = (push!(a.parent, v...); a)
same_place(a, b) = axes(a) == axes(b) ? nothing : throw(DimensionMismatch("dimensions must match: a has dims $(axes(a)), b has dims $(axes(b))"))

# Arrays by ranges that do not say how many but where.
const Where = Union{UnitRange{Int64},Base.IdentityUnitRange}
Base.zeros(axis::Where, axes::AbstractUnitRange...) = zeros(Float64, axis, axes...)
Base.zeros(::Type{T}, axis::Where, axes::AbstractUnitRange...) where {T} = zeros_at(T, axis, axes...)
Base.zeros(::Type{T}, axis::Where, axes::AbstractUnitRange...) where {T<:Base.__BitsNumber} = zeros_at(T, axis, axes...)
zeros_at(::Type{T}, axes...) where {T} = OffsetArray(zeros(T, map(length, axes)), axes...)
Base.ones(axis::Where, axes::AbstractUnitRange...) = ones(Float64, axis, axes...)
Base.ones(::Type{T}, axis::Where, axes::AbstractUnitRange...) where {T} = OffsetArray(ones(T, map(length, (axis, axes...))), axis, axes...)
Base.fill(v, axis::Where, axes::AbstractUnitRange...) = OffsetArray(fill(v, map(length, (axis, axes...))), axis, axes...)
Base.similar(a::AbstractArray, ::Type{T}, axes::Tuple{Where,Vararg{AbstractUnitRange}}) where {T} = OffsetArray(Array{T}(undef, map(length, axes)), axes...)

# Dotted calls: of what the windows show, at the indices of the first one.
__bc_style(::OffsetArray) = 6
__materialize(::Val{6}, b) = placed(Base.materialize(shown_by(b)), offsets_in(b))
placed(a::AbstractArray{T,N}, offsets::NTuple{N,Int64}) where {T,N} = made(a, offsets)
placed(a, offsets) = a
shown_by(x) = x
shown_by(a::OffsetArray) = a.parent
shown_by(b::Base.Broadcasted) = __bc_rebuilt(b.f, map(shown_by, b.args))
offsets_in(x) = nothing
offsets_in(a::OffsetArray) = a.offsets
offsets_in(b::Base.Broadcasted) = first_offsets(b.args)
first_offsets(::Tuple{}) = nothing
first_offsets(args::Tuple) = either(offsets_in(Base.__tuple_get(args, 1)), first_offsets(Base.tail(args)))
either(::Nothing, o) = o
either(o::Tuple, ::Nothing) = o
either(o::Tuple, p::Tuple) = __tuple_length(o) >= __tuple_length(p) ? o : p
end

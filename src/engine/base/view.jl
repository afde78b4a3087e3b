# Views: windows on another array.

"A whole axis, as `:` selects it."
struct Slice{R<:AbstractUnitRange} <: AbstractUnitRange{Int64}
    indices::R
end
length(s::Slice) = length(s.indices)
first(s::Slice) = first(s.indices)
last(s::Slice) = last(s.indices)
__get(s::Slice{OneTo{Int64}}, k::Int64) = k
__item(s::Slice{OneTo{Int64}}, k::Int64) = k + 1
show(io::IO, s::Slice) = print(io, "Base.Slice(", s.indices, ")")

"A range that is its own axis: its i-th element is i."
struct IdentityUnitRange{R<:AbstractUnitRange{Int64}} <: AbstractUnitRange{Int64}
    indices::R
end
length(r::IdentityUnitRange) = length(r.indices)
first(r::IdentityUnitRange) = first(r.indices)
last(r::IdentityUnitRange) = last(r.indices)
axes(r::IdentityUnitRange) = (r,)
__get(r::IdentityUnitRange, k::Int64) = __get(r.indices, k)
__item(r::IdentityUnitRange, k::Int64) = __item(r.indices, k)
getindex(r::IdentityUnitRange, i::Int64) = i in r.indices ? i : __out_of_bounds(r, i)
show(io::IO, r::IdentityUnitRange) = print(io, "Base.IdentityUnitRange(", r.indices, ")")

"Elements of `parent` at `indices`; an integer index takes its dimension away."
struct SubArray{T,N,P,I,L} <: AbstractArray{T,N}
    parent::P
    indices::I
end
view(a::AbstractArray, I...) = __view(a, __flat(I...))
view(r::AbstractRange, i::AbstractRange) = r[i]
function __view(a::AbstractArray, I::Tuple)
    __has_places(I) && return __view_places(a, I)
    s = __index_sizes(size(a), I)
    __check_all(a, s, I)
    __view_at(a, __positions(s, I))
end
# An array of Cartesian indices stands in the view as it is, and a mask of several dimensions among others becomes one.
__view_places(a::AbstractArray, I::Tuple{__Mask}) = (__check_mask(a, (length(a),), I); __view_at(a, (__tuple_get(I, 1).found,)))
function __view_places(a::AbstractArray, I::Tuple)
    s = __index_sizes(__grouped_sizes(size(a), I), I)
    __check_all(a, s, __in_groups(a, size(a), I))
    __view_at(a, map(__place_positions, s, I))
end
__place_positions(n, i) = __positions_of(n, i)
__place_positions(n, i::__Mask) = findall(i.mask)
function __view_at(a::AbstractArray{T}, p::Tuple) where {T}
    SubArray{T,__tuple_length(__shape_of(p)),typeof(a),typeof(p),__one_stride(p) && IndexStyle(a) isa IndexLinear}(a, p)
end
strides(v::SubArray) = __view_strides(strides(v.parent), v.indices)
__view_strides(s, ::Tuple{}) = ()
__view_strides(s, I::Tuple) = (__axis_stride(__tuple_get(s, 1), __tuple_get(I, 1))..., __view_strides(tail(s), tail(I))...)
__axis_stride(s, ::Integer) = ()
__axis_stride(s, r::AbstractRange) = (s * step(r),)
"Whether the elements of the view lie at one distance from each other in the parent."
__one_stride(::Tuple{}) = true
__one_stride(p::Tuple{Int64,Vararg{Any}}) = __one_stride(tail(p))
__one_stride(p::Tuple{AbstractRange,Vararg{Int64}}) = true
__one_stride(p::Tuple{Slice,AbstractUnitRange,Vararg{Int64}}) = true
__one_stride(p::Tuple{Slice,Slice,Vararg{Any}}) = __one_stride(tail(p))
__one_stride(p::Tuple{Slice,Slice,Vararg{Int64}}) = true
__one_stride(p::Tuple) = false
"What the left side of `a[i] .= …` writes to."
dotview(a::AbstractArray, I...) = view(a, I...)
dotview(a, I...) = a[I...]
dotview(a::AbstractArray{T}, i::Integer...) where {T} = T <: Number ? view(a, i...) : a[i...]
maybeview(a::AbstractArray, I...) = view(a, I...)
maybeview(a::AbstractArray, I::Integer...) = a[I...]
maybeview(a, I...) = a[I...]

parent(v::SubArray) = v.parent
parentindices(v::SubArray) = v.indices
parentindices(a::AbstractArray) = map(OneTo, size(a))
size(v::SubArray) = __shape_of(v.indices)
IndexStyle(::Type{<:SubArray{T,1}}) where {T} = IndexLinear()
eachindex(v::SubArray{T,N,P,I,true}) where {T,N,P,I} = OneTo(length(v))
eachindex(v::SubArray{T,1,P,I,true}) where {T,P,I} = axes(v, 1)
function getindex(v::SubArray{T,N}, I::Vararg{Int64,N}) where {T,N}
    __check_scalar_indices(v, I)
    __get(v.parent, __into_parent(v.indices, I)...)
end
function setindex!(v::SubArray{T,N}, x, I::Vararg{Int64,N}) where {T,N}
    __check_scalar_indices(v, I)
    __set(v.parent, x, __into_parent(v.indices, I)...)
    v
end
__get(v::SubArray{T,1}, k::Int64) where {T} = __get(v.parent, __into_parent(v.indices, (k,))...)
__get(v::SubArray{T,2}, i::Int64, j::Int64) where {T} = __get(v.parent, __into_parent(v.indices, (i, j))...)
__get(v::SubArray, k::Int64) = __get(v.parent, __into_parent(v.indices, __subscripts(size(v), k))...)
__set(v::SubArray{T,1}, x, k::Int64) where {T} = __set(v.parent, x, __into_parent(v.indices, (k,))...)
__set(v::SubArray{T,2}, x, i::Int64, j::Int64) where {T} = __set(v.parent, x, __into_parent(v.indices, (i, j))...)
__set(v::SubArray, x, k::Int64) = __set(v.parent, x, __into_parent(v.indices, __subscripts(size(v), k))...)

"The parent's subscripts of the view's: integers stand as they are, collections take the next subscripts."
__into_parent(p::Tuple{}, I::Tuple) = ()
__into_parent(p::Tuple, I::Tuple) = __into_parent_next(__tuple_get(p, 1), tail(p), I)
__into_parent_next(i::Int64, rest, I) = (i, __into_parent(rest, I)...)
__into_parent_next(q::AbstractArray{T,1}, rest, I) where {T} = (__get(q, __tuple_get(I, 1)), __into_parent(rest, tail(I))...)
__into_parent_next(q::AbstractArray{T,2}, rest, I) where {T} = (__get(q, __tuple_get(I, 1), __tuple_get(I, 2)), __into_parent(rest, tail(tail(I)))...)
__into_parent_next(q::AbstractArray{<:CartesianIndex,1}, rest, I) = (__get(q, __tuple_get(I, 1)).I..., __into_parent(rest, tail(I))...)
__into_parent_next(q::AbstractArray{<:CartesianIndex,2}, rest, I) =
    (__get(q, __tuple_get(I, 1), __tuple_get(I, 2)).I..., __into_parent(rest, tail(tail(I)))...)
__into_parent_next(q::AbstractArray, rest, I) = (n = Val(ndims(q)); (__flat(q[__group(I, n)...])..., __into_parent(rest, __past_group(I, n))...))

"The array whose memory a wrapper shows."
__root(a) = a
__root(v::SubArray) = __root(v.parent)

"The view at index `i` of dimension `d`."
Base.@constprop :aggressive selectdim(a::AbstractArray{T,N}, d::Integer, i) where {T,N} = view(a, ntuple(k -> k == d ? i : (:), Val(N))...)
Base.@constprop :aggressive selectdim(a::AbstractMatrix, d::Integer, i) = d == 1 ? view(a, i, :) : view(a, :, i)

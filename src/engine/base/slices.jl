# Slices of an array: windows on the same memory.

"Rows, columns or other slices of `parent`, as an array of views; `D` are the dimensions that tell them apart."
struct Slices{P,D,S,N} <: AbstractArray{S,N}
    parent::P
end
__slices(a, ::Val{D}) where {D} =
    Slices{typeof(a),D,__return_type(__slice, typeof(a), Val{D}, NTuple{__tuple_length(D),Int64}),__tuple_length(D)}(a)
eachrow(a::AbstractMatrix) = __slices(a, Val((1,)))
eachcol(a::AbstractMatrix) = __slices(a, Val((2,)))
eachrow(a::AbstractVector) = eachrow(reshape(a, length(a), 1))
eachcol(a::AbstractVector) = eachcol(reshape(a, length(a), 1))
Base.@constprop :aggressive eachslice(a::AbstractArray; dims, drop::Bool=true) = __eachslice(a, Val(__as_dims(dims)), Val(drop))
__eachslice(a, d::Val, ::Val{true}) = __slices(a, d)
__eachslice(a::AbstractArray{T,N}, ::Val{D}, ::Val{false}) where {T,N,D} = reshape(__slices(a, Val(D)), __ntuple(d -> d in D ? size(a, d) : 1, Val(N)))
__as_dims(d::Integer) = (d,)
__as_dims(d::Tuple) = d
__slice(a::AbstractArray{T,N}, ::Val{(1,)}, I) where {T,N} = __slice_first(a, I)
__slice_first(a::AbstractMatrix, I) = view(a, __tuple_get(I, 1), :)
__slice_first(a::AbstractArray{T,N}, I) where {T,N} = view(a, __tuple_get(I, 1), __ntuple(d -> (:), Val(N - 1))...)
__slice(a::AbstractArray{T,2}, ::Val{(2,)}, I) where {T} = view(a, :, __tuple_get(I, 1))
__slice(a::AbstractArray{T,N}, ::Val{D}, I) where {T,N,D} = view(a, __ntuple(d -> __slice_index(D, I, d), Val(N))...)
__slice_index(::Tuple{}, ::Tuple{}, d) = (:)
Base.@constprop :aggressive __slice_index(D::Tuple, I::Tuple, d) =
    __tuple_get(D, 1) == d ? __tuple_get(I, 1) : __slice_index(tail(D), tail(I), d)
size(s::Slices{P,D}) where {P,D} = map(d -> size(s.parent, d), D)
parent(s::Slices) = s.parent
IndexStyle(::Type{<:Slices{P,D,S,1}}) where {P,D,S} = IndexLinear()
getindex(s::Slices{P,D,S,N}, I::Vararg{Int64,N}) where {P,D,S,N} = (__check_scalar_indices(s, I); __slice(s.parent, Val(D), I))
setindex!(s::Slices{P,D,S,N}, v, I::Vararg{Int64,N}) where {P,D,S,N} = (copyto!(s[I...], v); s)
__get(s::Slices{P,D,S,1}, k::Int64) where {P,D,S} = __slice(s.parent, Val(D), (k,))
__get(s::Slices, k::Int64) = __slice(s.parent, Val(parentdims(s)), __subscripts(size(s), k))
parentdims(::Slices{P,D}) where {P,D} = D

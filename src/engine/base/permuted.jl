# Arrays seen with their axes in another order.

"The array `parent` with its axes in the order of `perm`, as a window on it."
struct PermutedDimsArray{T,N,perm,iperm,AA<:AbstractArray} <: AbstractArray{T,N}
    parent::AA
end
Base.@constprop :aggressive function PermutedDimsArray(a::AbstractArray{T,N}, order::Tuple) where {T,N}
    length(order) == N && all(k -> k in order, 1:N) || throw(ArgumentError("$order is not a valid permutation of dimensions 1:$N"))
    __permuted(a, Val(order))
end
PermutedDimsArray(a::AbstractArray, order::AbstractVector) = PermutedDimsArray(a, Tuple(order))
__permuted(a, ::Val{P}) where {P} = __permuted(a, Val(P), Val(__inverse_order(Val(P), Val(__tuple_length(P)))))
__permuted(a::AbstractArray{T,N}, ::Val{P}, ::Val{Q}) where {T,N,P,Q} = PermutedDimsArray{T,N,P,Q,typeof(a)}(a)
"Where each axis went."
__inverse_order(::Val{P}, ::Val{N}) where {P,N} = __ntuple(k -> __place_of(Val(P), k, Val(N)), Val(N))
__place_of(::Val{P}, k, ::Val{1}) where {P} = 1
__place_of(::Val{P}, k, ::Val{N}) where {P,N} = P[N] == k ? N : __place_of(Val(P), k, Val(N - 1))

parent(a::PermutedDimsArray) = a.parent
__root(a::PermutedDimsArray) = __root(a.parent)
size(a::PermutedDimsArray{T,N,P}) where {T,N,P} = __ntuple(k -> size(a.parent, P[k]), Val(N))
__parent_index(::PermutedDimsArray{T,N,P,Q}, at) where {T,N,P,Q} = __ntuple(k -> at[Q[k]], Val(N))
getindex(a::PermutedDimsArray{T,N}, at::Vararg{Int64,N}) where {T,N} = a.parent[__parent_index(a, at)...]
setindex!(a::PermutedDimsArray{T,N}, v, at::Vararg{Int64,N}) where {T,N} = (a.parent[__parent_index(a, at)...] = v; a)

"The elements of a window on another array in another shape; writing to it writes to that array."
struct ReshapedArray{T,N,P,M} <: AbstractArray{T,N}
    parent::P
    dims::NTuple{N,Int64}
end
const RangeIndex = Union{Int64,AbstractRange{Int64}}
const StridedSubArray{T,N} = SubArray{T,N,<:DenseArray,<:Tuple{Vararg{RangeIndex}}}
"Arrays whose elements stand at even distances."
const StridedArray{T,N} = Union{DenseArray{T,N},StridedSubArray{T,N},ReshapedArray{T,N,<:DenseArray}}
const StridedVector{T} = StridedArray{T,1}
const StridedMatrix{T} = StridedArray{T,2}
const StridedVecOrMat{T} = Union{StridedVector{T},StridedMatrix{T}}
const __Window = Union{SubArray,Adjoint,Transpose,PermutedDimsArray,ReshapedArray,ReinterpretArray,AbstractRange}
"The elements in an array of the kind that a program says is similar to `a`."
__like(a::Union{Array,__Window,BitArray}, out) = out
__like(a::AbstractArray, out) = __moved_to(similar(a, eltype(out), size(out)), out)
__moved_to(new::Array, out) = out
__moved_to(new, out) = copyto!(new, out)
map(f, a::AbstractArray) = __like(a, collect(Generator(f, a)))
reshape(a::__Window, dims::Tuple) = __reshaped(a, __filled_dims(length(a), dims))
reshape(a::__Window, dims::Union{Integer,Colon}...) = __reshaped(a, __filled_dims(length(a), dims))
function __reshaped(a::AbstractArray{T}, dims) where {T}
    __product(dims) == length(a) ||
        __size_error("new dimensions ", dims, " must be consistent with array size ", length(a))
    ReshapedArray{T,__tuple_length(dims),typeof(a),Tuple{}}(a, dims)
end
__reshaped(a::AbstractVector, dims::Tuple{Int64}) = __itself(a, dims)
__itself(a, dims) = dims[1] == length(a) ? a : __size_error("new dimensions ", dims, " must be consistent with array length ", length(a))
__reshaped(a::ReshapedArray, dims) = __reshaped(a.parent, dims)
__reshaped(a::ReshapedArray, dims::Tuple{Int64}) = __reshaped(a.parent, dims)
__reshaped(a::ReshapedArray{T,1}, dims::Tuple{Int64}) where {T} = __itself(a, dims)
parent(a::ReshapedArray) = a.parent
__root(a::ReshapedArray) = __root(a.parent)
size(a::ReshapedArray) = a.dims
IndexStyle(::Type{<:ReshapedArray}) = IndexLinear()
getindex(a::ReshapedArray, k::Int64) = 1 <= k && k <= length(a) ? __get(a.parent, k) : __out_of_bounds(a, k)
setindex!(a::ReshapedArray, v, k::Int64) = (1 <= k && k <= length(a) || __out_of_bounds(a, k); __set(a.parent, v, k); a)
__get(a::ReshapedArray, k::Int64) = __get(a.parent, k)
__set(a::ReshapedArray, v, k::Int64) = __set(a.parent, v, k)
__get(a::ReshapedArray{T,2}, i::Int64, j::Int64) where {T} = __get(a.parent, i + (j - 1) * __tuple_get(a.dims, 1))
__set(a::ReshapedArray{T,2}, v, i::Int64, j::Int64) where {T} = __set(a.parent, v, i + (j - 1) * __tuple_get(a.dims, 1))

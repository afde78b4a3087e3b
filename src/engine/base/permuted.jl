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

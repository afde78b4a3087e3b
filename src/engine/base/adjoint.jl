# Transposed and adjoint arrays, as windows on their parents.

"The conjugate transpose of `parent`."
struct Adjoint{T,S} <: AbstractMatrix{T}
    parent::S
end
"The transpose of `parent`."
struct Transpose{T,S} <: AbstractMatrix{T}
    parent::S
end
const AdjOrTrans{T,S} = Union{Adjoint{T,S},Transpose{T,S}}
Adjoint(a::AbstractVecOrMat{T}) where {T} = Adjoint{T,typeof(a)}(a)
Transpose(a::AbstractVecOrMat{T}) where {T} = Transpose{T,typeof(a)}(a)

adjoint(a::AbstractVecOrMat{T}) where {T} = Adjoint{T,typeof(a)}(a)
transpose(a::AbstractVecOrMat{T}) where {T} = Transpose{T,typeof(a)}(a)
adjoint(a::Adjoint) = a.parent
transpose(a::Transpose) = a.parent
adjoint(a::Transpose{<:Real}) = a.parent
transpose(a::Adjoint{<:Real}) = a.parent
adjoint(a::Transpose) = conj(a.parent)
transpose(a::Adjoint) = conj(a.parent)
adjoint(x::Number) = conj(x)
transpose(x::Number) = x
conj(x::Real) = x
real(x::Real) = x
imag(x::Real) = zero(x)

parent(a::AdjOrTrans) = a.parent
__root(a::AdjOrTrans) = __root(a.parent)
"How an element of the parent looks from outside."
__flipped(::Adjoint, x) = adjoint(x)
__flipped(::Transpose, x) = transpose(x)
size(a::AdjOrTrans{T,<:AbstractVector}) where {T} = (1, length(a.parent))
size(a::AdjOrTrans{T,<:AbstractMatrix}) where {T} = (size(a.parent, 2), size(a.parent, 1))
length(a::AdjOrTrans) = length(a.parent)
IndexStyle(::Type{<:AdjOrTrans{T,<:AbstractVector}}) where {T} = IndexLinear()
__get(a::AdjOrTrans{T,<:AbstractVector}, k::Int64) where {T} = __flipped(a, __get(a.parent, k))
__get(a::AdjOrTrans{T,<:AbstractVector}, i::Int64, j::Int64) where {T} = __flipped(a, __get(a.parent, j))
__get(a::AdjOrTrans{T,<:AbstractMatrix}, i::Int64, j::Int64) where {T} = __flipped(a, __get(a.parent, j, i))
__get(a::AdjOrTrans{T,<:AbstractMatrix}, k::Int64) where {T} = __get(a, __subscripts(size(a), k)...)
__set(a::AdjOrTrans{T,<:AbstractVector}, v, k::Int64) where {T} = __set(a.parent, __flipped(a, v), k)
__set(a::AdjOrTrans{T,<:AbstractVector}, v, i::Int64, j::Int64) where {T} = __set(a.parent, __flipped(a, v), j)
__set(a::AdjOrTrans{T,<:AbstractMatrix}, v, i::Int64, j::Int64) where {T} = __set(a.parent, __flipped(a, v), j, i)
__set(a::AdjOrTrans{T,<:AbstractMatrix}, v, k::Int64) where {T} = __set(a, v, __subscripts(size(a), k)...)
getindex(a::AdjOrTrans{T,<:AbstractVector}, k::Int64) where {T} = __flipped(a, a.parent[k])
getindex(a::AdjOrTrans{T,<:AbstractVector}, i::Int64, j::Int64) where {T} = i == 1 ? __flipped(a, a.parent[j]) : __out_of_bounds(a, (i, j))
getindex(a::AdjOrTrans{T,<:AbstractMatrix}, i::Int64, j::Int64) where {T} = __flipped(a, a.parent[j, i])
setindex!(a::AdjOrTrans{T,<:AbstractVector}, v, k::Int64) where {T} = (a.parent[k] = __flipped(a, v); a)
setindex!(a::AdjOrTrans{T,<:AbstractVector}, v, i::Int64, j::Int64) where {T} = (a.parent[j] = __flipped(a, v); a)
setindex!(a::AdjOrTrans{T,<:AbstractMatrix}, v, i::Int64, j::Int64) where {T} = (a.parent[j, i] = __flipped(a, v); a)

# A turned vector stays one.
copy(a::Adjoint{T,<:AbstractVector}) where {T} = adjoint(copy(a.parent))
copy(a::Transpose{T,<:AbstractVector}) where {T} = transpose(copy(a.parent))
similar(a::Adjoint{T,<:AbstractVector}) where {T} = adjoint(similar(a.parent))
similar(a::Transpose{T,<:AbstractVector}) where {T} = transpose(similar(a.parent))
similar(a::Adjoint{T,<:AbstractVector}, ::Type{S}) where {T,S} = adjoint(similar(a.parent, S))
similar(a::Transpose{T,<:AbstractVector}, ::Type{S}) where {T,S} = transpose(similar(a.parent, S))
map(f, a::Adjoint{T,<:AbstractVector}) where {T} = adjoint(map(x -> adjoint(f(adjoint(x))), a.parent))
map(f, a::Transpose{T,<:AbstractVector}) where {T} = transpose(map(x -> transpose(f(transpose(x))), a.parent))
conj(a::Adjoint{<:Complex}) = transpose(a.parent)
conj(a::Transpose{<:Complex}) = adjoint(a.parent)
__retyped(::Type{S}, a::Adjoint) where {S} = adjoint(__retyped(S, a.parent))
__retyped(::Type{S}, a::Transpose) where {S} = transpose(__retyped(S, a.parent))
convert(::Type{Adjoint{T,S}}, a::Adjoint) where {T,S} = Adjoint{T,S}(convert(S, a.parent))
convert(::Type{Transpose{T,S}}, a::Transpose) where {T,S} = Transpose{T,S}(convert(S, a.parent))
strides(a::AdjOrTrans{T,<:AbstractMatrix}) where {T} = reverse(strides(a.parent))
strides(a::AdjOrTrans{T,<:AbstractVector}) where {T} = (__tuple_get(strides(a.parent), 1) * length(a.parent), __tuple_get(strides(a.parent), 1))
vec(a::Transpose{T,<:AbstractVector}) where {T} = a.parent
copy(a::Transpose{T,<:AbstractMatrix}) where {T} = permutedims(a.parent)
copy(a::Adjoint{T,<:AbstractMatrix}) where {T<:Real} = permutedims(a.parent)
copy(a::Adjoint{T,<:AbstractMatrix}) where {T} = permutedims(conj(a.parent))
vec(a::AdjOrTrans{T,<:AbstractVector}) where {T<:Real} = a.parent
*(x::Number, a::Adjoint{T,<:AbstractVector}) where {T} = adjoint(a.parent * adjoint(x))
*(a::Adjoint{T,<:AbstractVector}, x::Number) where {T} = adjoint(a.parent * adjoint(x))
/(a::Adjoint{T,<:AbstractVector}, x::Number) where {T} = adjoint(a.parent / adjoint(x))
*(x::Number, a::Transpose{T,<:AbstractVector}) where {T} = transpose(x * a.parent)
*(a::Transpose{T,<:AbstractVector}, x::Number) where {T} = transpose(a.parent * x)
/(a::Transpose{T,<:AbstractVector}, x::Number) where {T} = transpose(a.parent / x)
-(a::Adjoint{T,<:AbstractVector}) where {T} = adjoint(-a.parent)
+(a::Adjoint{T,<:AbstractVector}, b::Adjoint{S,<:AbstractVector}) where {T,S} = adjoint(a.parent + b.parent)
-(a::Adjoint{T,<:AbstractVector}, b::Adjoint{S,<:AbstractVector}) where {T,S} = adjoint(a.parent - b.parent)
+(a::Transpose{T,<:AbstractVector}, b::Transpose{S,<:AbstractVector}) where {T,S} = transpose(a.parent + b.parent)
-(a::Transpose{T,<:AbstractVector}, b::Transpose{S,<:AbstractVector}) where {T,S} = transpose(a.parent - b.parent)

# In a broadcast, rows are read with the strides of the parent exchanged.
__bc_leaf(a::Transpose{T,Array{T,1}}, size) where {T} = __StridedLeaf(a.parent, 0, (length(a.parent) == 1 ? 0 : 1,))
__bc_leaf(a::Adjoint{T,Array{T,1}}, size) where {T<:Real} = __StridedLeaf(a.parent, 0, (length(a.parent) == 1 ? 0 : 1,))
__bc_leaf(a::Transpose{T,Array{T,2}}, size) where {T} = __transposed_leaf(a.parent)
__bc_leaf(a::Adjoint{T,Array{T,2}}, size) where {T<:Real} = __transposed_leaf(a.parent)
function __transposed_leaf(a)
    m, n = Base.size(a)
    __StridedLeaf(a, n == 1 ? 0 : m, (m == 1 ? 0 : 1,))
end

# FillArrays: arrays that hold one value, and no memory for the others.
module FillArrays
using LinearAlgebra
import Base: __broadcasted, Broadcasted, OneTo
export Fill, Ones, Zeros, Eye, Trues, Falses, OneElement
public AbstractFill, getindex_value, unique_value, RectDiagonal

abstract type AbstractFill{T,N,Axes} <: AbstractArray{T,N} end
struct Fill{T,N,Axes} <: AbstractFill{T,N,Axes}
    value::T
    axes::Axes
end
struct Ones{T,N,Axes} <: AbstractFill{T,N,Axes}
    axes::Axes
end
struct Zeros{T,N,Axes} <: AbstractFill{T,N,Axes}
    axes::Axes
end
const AbstractFillVector{T} = AbstractFill{T,1}
const AbstractFillMatrix{T} = AbstractFill{T,2}
const Trues = Ones{Bool}
const Falses = Zeros{Bool}

axis(n::Integer) = n >= 0 ? OneTo(Int64(n)) : throw(ArgumentError("tried to construct an array with a negative dimension: $n"))
axis(r::AbstractUnitRange) = r
axes_of(dims::Tuple) = map(axis, dims)
filled(x::T, axes::Tuple{Vararg{Any,N}}) where {T,N} = Fill{T,N,typeof(axes)}(x, axes)
ones_in(::Type{T}, axes::Tuple{Vararg{Any,N}}) where {T,N} = Ones{T,N,typeof(axes)}(axes)
zeros_in(::Type{T}, axes::Tuple{Vararg{Any,N}}) where {T,N} = Zeros{T,N,typeof(axes)}(axes)
Fill(x, dims::Tuple) = filled(x, axes_of(dims))
Fill(x, dims::Union{Integer,AbstractUnitRange}...) = Fill(x, dims)
Fill{T}(x, dims::Tuple) where {T} = filled(convert(T, x), axes_of(dims))
Fill{T}(x, dims::Union{Integer,AbstractUnitRange}...) where {T} = Fill{T}(x, dims)
Fill{T,N}(x, dims::Tuple{Vararg{Any,N}}) where {T,N} = Fill{T}(x, dims)
Fill{T,N}(x, dims::Vararg{Union{Integer,AbstractUnitRange},N}) where {T,N} = Fill{T}(x, dims)
Fill{T}(a::AbstractFill) where {T} = filled(convert(T, getindex_value(a)), a.axes)
Fill(a::AbstractFill) = filled(getindex_value(a), a.axes)
Ones{T}(dims::Tuple) where {T} = ones_in(T, axes_of(dims))
Ones{T}(dims::Union{Integer,AbstractUnitRange}...) where {T} = Ones{T}(dims)
Ones{T,N}(dims::Tuple{Vararg{Any,N}}) where {T,N} = Ones{T}(dims)
Ones{T,N}(dims::Vararg{Union{Integer,AbstractUnitRange},N}) where {T,N} = Ones{T}(dims)
Ones(dims::Union{Integer,AbstractUnitRange}...) = Ones{Float64}(dims)
Ones(dims::Tuple) = Ones{Float64}(dims)
Ones(a::AbstractArray{T}) where {T} = ones_in(T, axes(a))
Ones{T}(a::AbstractArray) where {T} = ones_in(T, axes(a))
Ones(a::AbstractUnitRange) = Ones{Float64}((a,))
Ones{T}(a::AbstractUnitRange) where {T} = Ones{T}((a,))
Zeros{T}(dims::Tuple) where {T} = zeros_in(T, axes_of(dims))
Zeros{T}(dims::Union{Integer,AbstractUnitRange}...) where {T} = Zeros{T}(dims)
Zeros{T,N}(dims::Tuple{Vararg{Any,N}}) where {T,N} = Zeros{T}(dims)
Zeros{T,N}(dims::Vararg{Union{Integer,AbstractUnitRange},N}) where {T,N} = Zeros{T}(dims)
Zeros(dims::Union{Integer,AbstractUnitRange}...) = Zeros{Float64}(dims)
Zeros(dims::Tuple) = Zeros{Float64}(dims)
Zeros(a::AbstractArray{T}) where {T} = zeros_in(T, axes(a))
Zeros{T}(a::AbstractArray) where {T} = zeros_in(T, axes(a))
Zeros(a::AbstractUnitRange) = Zeros{Float64}((a,))
Zeros{T}(a::AbstractUnitRange) where {T} = Zeros{T}((a,))

"The value that all elements have."
getindex_value(a::Fill) = a.value
getindex_value(::Ones{T}) where {T} = one(T)
getindex_value(::Zeros{T}) where {T} = zero(T)
"The one value of an array whose elements are equal."
unique_value(a::AbstractFill) = isempty(a) ? error("Cannot take unique_value of empty array") : getindex_value(a)
unique_value(a::AbstractArray) = allequal(a) && !isempty(a) ? first(a) : error("Not all elements are the same")

# As an array
Base.axes(a::AbstractFill) = a.axes
Base.size(a::AbstractFill) = map(length, a.axes)
Base.IndexStyle(::Type{<:AbstractFill}) = IndexLinear()
inside(a, I) = checkbounds(Bool, a, I...) ? nothing : Base.__out_of_bounds(a, I)
Base.getindex(a::AbstractFill, k::Int64) = (inside(a, (k,)); getindex_value(a))
Base.getindex(a::AbstractFill{T,N}, I::Vararg{Int64,N}) where {T,N} = (inside(a, I); getindex_value(a))
Base.getindex(a::AbstractFill{T,1}, k::Int64) where {T} = (inside(a, (k,)); getindex_value(a))
Base.__get(a::AbstractFill, k::Int64...) = getindex_value(a)
Base.__item(a::AbstractFill, k::Int64) = getindex_value(a)
"Parts of it are of the same kind."
Base.__getindex(a::AbstractFill, I::Tuple{Colon}) = part(a, I)
Base.__getindex(a::AbstractFill, I::Tuple{Base.__Mask}) = part(a, I)
Base.__getindex(a::AbstractFill, I::Tuple{AbstractArray}) = part(a, I)
Base.__getindex(a::AbstractFill, I::Tuple{AbstractArray{<:CartesianIndex}}) = part(a, (map(i -> LinearIndices(a)[i], I[1]),))
Base.__getindex(a::AbstractFill{T}, I::Tuple) where {T} = part(a, I)
part(a, I) = (inside(a, map(unmasked, I)); like(a, map(OneTo, Base.__shape_of(Base.__positions(Base.__index_sizes(size(a), I), I)))))
unmasked(i) = i
unmasked(i::Base.__Mask) = i.mask
Base.setindex!(a::AbstractFill, v, k::Int64) = v == getindex_value(a) ? a : throw(ArgumentError("Cannot setindex! to $v for a $(typeof(a)) with value $(getindex_value(a))."))
Base.copy(a::AbstractFill) = a
Base.fill!(a::AbstractFill, v) = v == getindex_value(a) ? a : throw(ArgumentError("Cannot fill! with $v a $(typeof(a)) with value $(getindex_value(a))."))
Base.zero(a::AbstractFill{T}) where {T} = zeros_in(T, a.axes)
Base.one(a::AbstractFillMatrix{T}) where {T} =
    size(a, 1) == size(a, 2) ? Eye{T}(size(a, 1)) : throw(DimensionMismatch("multiplicative identity defined only for square matrices"))

"The same value with other axes; the same axes with another type of elements."
like(a::Fill, axes) = filled(a.value, axes)
like(::Ones{T}, axes) where {T} = ones_in(T, axes)
like(::Zeros{T}, axes) where {T} = zeros_in(T, axes)
Base.reshape(a::AbstractFill, dims::Tuple{Vararg{Union{Integer,Colon}}}) = reshaped(a, Base.__filled_dims(length(a), dims))
reshaped(a, dims) = prod(dims) == length(a) ? like(a, axes_of(dims)) :
    throw(DimensionMismatch("new dimensions $dims must be consistent with array size $(length(a))"))
Base.reshape(a::AbstractFill, dims::Union{Integer,Colon}...) = reshape(a, dims)
Base.vec(a::AbstractFill) = like(a, (OneTo(length(a)),))
Base.dropdims(a::AbstractFill; dims) = like(a, axes(dropdims(reshape(1:length(a), size(a)); dims)))
Base.permutedims(a::AbstractFillVector) = like(a, (OneTo(1), a.axes[1]))
Base.permutedims(a::AbstractFillMatrix) = like(a, reverse(a.axes))
Base.permutedims(a::AbstractFill{T,N}, order::NTuple{N,Integer}) where {T,N} =
    isperm(order) ? like(a, map(k -> a.axes[k], order)) : throw(ArgumentError("no valid permutation of dimensions"))
Base.repeat(a::AbstractFill, counts::Integer...) = like(a, map(OneTo, repeated(size(a), counts)))
repeated(::Tuple{}, ::Tuple{}) = ()
repeated(::Tuple{}, counts::Tuple) = map(Int64, counts)
repeated(size::Tuple, ::Tuple{}) = size
repeated(size, counts::Tuple) = (size[1] * counts[1], repeated(Base.tail(size), Base.tail(counts))...)
Base.reverse(a::AbstractFill; dims=:) = a
Base.sort(a::AbstractFillVector; options...) = a
Base.unique(a::AbstractFill) = like(a, (OneTo(isempty(a) ? 0 : 1),))
Base.allunique(a::AbstractFill) = length(a) < 2
retyped(::Type{T}, a::Fill) where {T} = filled(convert(T, a.value), a.axes)
retyped(::Type{T}, a::Ones) where {T} = ones_in(T, a.axes)
retyped(::Type{T}, a::Zeros) where {T} = zeros_in(T, a.axes)
Base.AbstractArray{T}(a::AbstractFill) where {T} = retyped(T, a)
Base.AbstractArray{T,N}(a::AbstractFill{S,N}) where {T,S,N} = retyped(T, a)
Base.convert(::Type{AbstractArray{T}}, a::AbstractFill) where {T} = retyped(T, a)
Base.convert(::Type{AbstractArray{T,N}}, a::AbstractFill{S,N}) where {T,S,N} = retyped(T, a)
Base.convert(::Type{Fill}, a::AbstractFill) = Fill(a)
Base.convert(::Type{Fill{T}}, a::AbstractFill) where {T} = Fill{T}(a)
Base.float(a::AbstractFill{T}) where {T} = retyped(float(T), a)

# Sums
sum_of(f, a, ::Colon) = f(getindex_value(a)) * length(a)
sum_of(f, a, dims) = Fill(f(getindex_value(a)) * prod(d -> size(a, d), dims; init=1), shrunk(a, dims))
shrunk(a::AbstractFill{T,N}, dims) where {T,N} = ntuple(d -> d in dims ? OneTo(1) : a.axes[d], Val(N))
from_start(x, ::Base.__NoInit) = x
from_start(x, init) = init .+ x
Base.sum(a::AbstractFill; dims=:, init=Base.__no_init) = from_start(sum_of(identity, a, dims), init)
Base.sum(f, a::AbstractFill; dims=:, init=Base.__no_init) = from_start(sum_of(f, a, dims), init)
Base.prod(a::AbstractFill) = getindex_value(a)^length(a)
Base.cumsum(a::AbstractFillVector) = (x = Base.__wide_value(getindex_value(a)); range(x; step=x, length=length(a)))
Base.cumsum(a::Ones{<:Integer,1}) = OneTo(length(a))
Base.cumsum(a::Zeros{<:Any,1}) = a
Base.cumsum(a::Zeros{Bool,1}) = Zeros{Int64}(length(a))
Base.diff(a::AbstractFillVector{T}) where {T} = Zeros{T}(length(a) - 1)

# Sums and multiples
same_axes(a, b) = axes(a) == axes(b) ? nothing : throw(DimensionMismatch("dimensions must match: a has dims $(axes(a)), b has dims $(axes(b))"))
combined(op, ::Type{T}, ::Type{S}) where {T,S} = typeof(op(zero(T), zero(S)))
Base.:+(a::AbstractFill) = a
Base.:-(a::AbstractFill) = filled(-getindex_value(a), a.axes)
Base.:-(a::Zeros) = a
Base.:+(a::AbstractFill, b::AbstractFill) = (same_axes(a, b); filled(getindex_value(a) + getindex_value(b), a.axes))
Base.:-(a::AbstractFill, b::AbstractFill) = (same_axes(a, b); filled(getindex_value(a) - getindex_value(b), a.axes))
Base.:+(a::AbstractFill{T}, b::Zeros{S}) where {T,S} = (same_axes(a, b); retyped(combined(+, T, S), a))
Base.:+(a::Zeros{T}, b::AbstractFill{S}) where {T,S} = (same_axes(a, b); retyped(combined(+, T, S), b))
Base.:+(a::Zeros{T}, b::Zeros{S}) where {T,S} = (same_axes(a, b); retyped(combined(+, T, S), a))
Base.:-(a::AbstractFill{T}, b::Zeros{S}) where {T,S} = (same_axes(a, b); retyped(combined(-, T, S), a))
Base.:-(a::Zeros{T}, b::Zeros{S}) where {T,S} = (same_axes(a, b); retyped(combined(-, T, S), a))
Base.:-(a::Ones{T}, b::Ones{S}) where {T,S} = (same_axes(a, b); zeros_in(combined(-, T, S), a.axes))
Base.:*(x::Number, a::AbstractFill) = filled(x * getindex_value(a), a.axes)
Base.:*(a::AbstractFill, x::Number) = filled(getindex_value(a) * x, a.axes)
Base.:/(a::AbstractFill, x::Number) = filled(getindex_value(a) / x, a.axes)
Base.:\(x::Number, a::AbstractFill) = filled(x \ getindex_value(a), a.axes)
Base.map(f, a::AbstractFill) = filled(f(getindex_value(a)), a.axes)
Base.map(f, a::AbstractFill, b::AbstractFill) = (same_axes(a, b); filled(f(getindex_value(a), getindex_value(b)), a.axes))

# Dotted calls: what has one value for each of its arguments has one value.
__broadcasted(f, args::Tuple{AbstractFill}) = map(f, args[1])
__broadcasted(f::Union{typeof(identity),typeof(+),typeof(-),typeof(conj),typeof(real)}, args::Tuple{Zeros}) = (a = args[1]; zeros_in(typeof(f(zero(eltype(a)))), a.axes))
__broadcasted(f::Union{typeof(identity),typeof(+),typeof(conj),typeof(real)}, args::Tuple{Ones}) = (a = args[1]; ones_in(typeof(f(one(eltype(a)))), a.axes))
const One = Union{Number,Ref}
at_all(x::Number) = x
at_all(x::Ref) = x[]
at_all(a::AbstractFill) = getindex_value(a)
__broadcasted(f, args::Tuple{AbstractFill,One}) = filled(f(getindex_value(args[1]), at_all(args[2])), args[1].axes)
__broadcasted(f, args::Tuple{One,AbstractFill}) = filled(f(at_all(args[1]), getindex_value(args[2])), args[2].axes)
__broadcasted(f, args::Tuple{AbstractFill,AbstractFill}) = filled(f(getindex_value(args[1]), getindex_value(args[2])), joint_axes(args))
joint_axes(args) = map(OneTo, Base.__bc_sizes(args))
types_of(args) = map(eltype, args)
__broadcasted(f::Union{typeof(+),typeof(-),typeof(*)}, args::Tuple{Zeros,Zeros}) = zeros_in(combined(f, types_of(args)...), joint_axes(args))
__broadcasted(::typeof(*), args::Tuple{Ones,Ones}) = ones_in(combined(*, types_of(args)...), joint_axes(args))
__broadcasted(::typeof(/), args::Tuple{Ones,Ones}) = ones_in(typeof(one(eltype(args[1])) / one(eltype(args[2]))), joint_axes(args))
__broadcasted(::typeof(*), args::Tuple{Zeros,AbstractFill}) = zeros_in(combined(*, types_of(args)...), joint_axes(args))
__broadcasted(::typeof(*), args::Tuple{AbstractFill,Zeros}) = zeros_in(combined(*, types_of(args)...), joint_axes(args))
# Nothing, whatever it is multiplied by.
const Numbers = Union{Array{<:Number},AbstractRange,Broadcasted{Nothing}}
__broadcasted(::typeof(*), args::Tuple{Zeros,Numbers}) = zeros_in(combined(*, types_of(args)...), joint_axes(args))
__broadcasted(::typeof(*), args::Tuple{Numbers,Zeros}) = zeros_in(combined(*, types_of(args)...), joint_axes(args))
__broadcasted(::typeof(/), args::Tuple{Zeros,Numbers}) = zeros_in(typeof(zero(eltype(args[1])) / one(eltype(args[2]))), joint_axes(args))

# Products of matrices
LinearAlgebra.adjoint(a::AbstractFillMatrix) = adjoined(a, reverse(a.axes))
LinearAlgebra.transpose(a::AbstractFillMatrix) = like(a, reverse(a.axes))
adjoined(a::AbstractFill, axes) = like(a, axes)
adjoined(a::Fill, axes) = filled(adjoint(a.value), axes)
inner(a, b) = size(a, 2) == size(b, 1) ? nothing :
    throw(DimensionMismatch("Incompatible matrix multiplication dimensions: A has size $(size(a)), B has size $(size(b))"))
outer_axes(a, b) = (axes(a, 1), Base.tail(axes(b))...)
product(a, b) = (inner(a, b); filled(getindex_value(a) * getindex_value(b) * size(a, 2), outer_axes(a, b)))
Base.:*(a::AbstractFillMatrix, b::AbstractFillVector) = product(a, b)
Base.:*(a::AbstractFillMatrix, b::AbstractFillMatrix) = product(a, b)
nothing_of(a, b) = (inner(a, b); zeros_in(combined(*, eltype(a), eltype(b)), outer_axes(a, b)))
Base.:*(a::Zeros{<:Any,2}, b::AbstractFillVector) = nothing_of(a, b)
Base.:*(a::Zeros{<:Any,2}, b::AbstractFillMatrix) = nothing_of(a, b)
Base.:*(a::AbstractFillMatrix, b::Zeros{<:Any,1}) = nothing_of(a, b)
Base.:*(a::AbstractFillMatrix, b::Zeros{<:Any,2}) = nothing_of(a, b)
Base.:*(a::Zeros{<:Any,2}, b::Zeros{<:Any,1}) = nothing_of(a, b)
Base.:*(a::Zeros{<:Any,2}, b::Zeros{<:Any,2}) = nothing_of(a, b)
Base.:*(a::Zeros{<:Any,2}, b::Vector{<:Number}) = nothing_of(a, b)
Base.:*(a::Zeros{<:Any,2}, b::Matrix{<:Number}) = nothing_of(a, b)
Base.:*(a::Matrix{<:Number}, b::Zeros{<:Any,1}) = nothing_of(a, b)
Base.:*(a::Matrix{<:Number}, b::Zeros{<:Any,2}) = nothing_of(a, b)
LinearAlgebra.kron(a::AbstractFillVector, b::AbstractFillVector) = kron_of(a, b)
LinearAlgebra.kron(a::AbstractFillMatrix, b::AbstractFillVector) = kron_of(a, b)
LinearAlgebra.kron(a::AbstractFillVector, b::AbstractFillMatrix) = kron_of(a, b)
LinearAlgebra.kron(a::AbstractFillMatrix, b::AbstractFillMatrix) = kron_of(a, b)
kron_of(a, b) = kron_of(a, b, map(OneTo, kron_size(size(a), size(b))))
kron_of(a, b, axes) = filled(getindex_value(a) * getindex_value(b), axes)
kron_of(a::Ones, b::Ones, axes) = ones_in(combined(*, eltype(a), eltype(b)), axes)
kron_size(s::Tuple, t::Tuple) = (s[1] * t[1], kron_size(Base.tail(s), Base.tail(t))...)
kron_size(::Tuple{}, t::Tuple) = t
kron_size(s::Tuple, ::Tuple{}) = s
kron_size(::Tuple{}, ::Tuple{}) = ()

"Ones on the diagonal of any matrix."
struct RectDiagonal{T,V<:AbstractVector{T}} <: AbstractMatrix{T}
    diag::V
    axes::NTuple{2,Base.OneTo{Int64}}
end
RectDiagonal(v::AbstractVector, m::Integer, n::Integer) = length(v) == min(m, n) ?
    RectDiagonal{eltype(v),typeof(v)}(v, axes_of((m, n))) : throw(ArgumentError("Size of diagonal must match the axes."))
Base.size(a::RectDiagonal) = map(length, a.axes)
Base.getindex(a::RectDiagonal, i::Int64, j::Int64) = (inside(a, (i, j)); i == j ? a.diag[i] : zero(eltype(a)))
LinearAlgebra.diag(a::RectDiagonal) = a.diag
const Eye{T,Axes} = Diagonal{T,Ones{T,1,Tuple{Axes}}}
"The identity matrix, or as much of it as there is in m rows and n columns."
Eye{T}(n::Integer) where {T} = Diagonal(Ones{T}(n))
Eye{T}(m::Integer, n::Integer) where {T} = RectDiagonal(Ones{T}(min(m, n)), m, n)
Eye(n::Integer) = Eye{Float64}(n)
Eye(m::Integer, n::Integer) = Eye{Float64}(m, n)

"Zeros but for one element."
struct OneElement{T,N,I,A} <: AbstractArray{T,N}
    val::T
    ind::I
    axes::A
end
one_element(x::T, ind::NTuple{N,Integer}, dims) where {T,N} = (I = map(Int64, ind); A = axes_of(dims); OneElement{T,N,typeof(I),typeof(A)}(x, I, A))
OneElement(x, ind::NTuple{N,Integer}, dims::NTuple{N,Any}) where {N} = one_element(x, ind, dims)
OneElement(x, ind::Integer, n::Integer) = one_element(x, (ind,), (n,))
OneElement(ind::Integer, n::Integer) = one_element(1, (ind,), (n,))
OneElement(ind::NTuple{N,Integer}, dims::NTuple{N,Any}) where {N} = one_element(1, ind, dims)
OneElement{T}(x, ind, dims) where {T} = OneElement(convert(T, x), ind, dims)
OneElement{T}(ind, dims) where {T} = OneElement(one(T), ind, dims)
Base.axes(a::OneElement) = a.axes
Base.size(a::OneElement) = map(length, a.axes)
Base.getindex(a::OneElement{T,N}, I::Vararg{Int64,N}) where {T,N} = (inside(a, I); I == a.ind ? a.val : zero(T))
Base.:-(a::OneElement) = one_element(-a.val, a.ind, a.axes)
Base.:*(x::Number, a::OneElement) = one_element(x * a.val, a.ind, a.axes)
Base.:*(a::OneElement, x::Number) = one_element(a.val * x, a.ind, a.axes)
Base.:/(a::OneElement, x::Number) = one_element(a.val / x, a.ind, a.axes)

Base.show(io::IO, a::Fill) = print(io, "Fill(", repr(a.value), map(r -> ", $(shown_axis(r))", a.axes)..., ")")
shown_axis(r::Base.OneTo) = length(r)
shown_axis(r) = r
Base.show(io::IO, a::Ones{T}) where {T} = print(io, "Ones", shown_type(T), "(", join(map(shown_axis, a.axes), ", "), ")")
Base.show(io::IO, a::Zeros{T}) where {T} = print(io, "Zeros", shown_type(T), "(", join(map(shown_axis, a.axes), ", "), ")")
shown_type(T) = T === Float64 ? "" : "{$T}"
Base.summary(io::IO, a::Fill{T}) where {T} = print(io, Base.__summary_size(size(a)), " Fill{", T, "}")
Base.summary(io::IO, a::Ones{T}) where {T} = print(io, Base.__summary_size(size(a)), " Ones{", T, "}")
Base.summary(io::IO, a::Zeros{T}) where {T} = print(io, Base.__summary_size(size(a)), " Zeros{", T, "}")
Base.show(io::IO, ::MIME"text/plain", a::Fill{T}) where {T} =
    print(io, summary(a), ", with ", length(a) == 1 ? "entry" : "entries", " equal to ", a.value)
Base.show(io::IO, ::MIME"text/plain", a::Ones{T}) where {T} = summary(io, a)
Base.show(io::IO, ::MIME"text/plain", a::Zeros{T}) where {T} = summary(io, a)
end

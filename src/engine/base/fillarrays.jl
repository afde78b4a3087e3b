# FillArrays: arrays that hold one value, and no memory for the others.
module FillArrays
using LinearAlgebra
export AbstractFill, Fill, Ones, Zeros, Eye, getindex_value

abstract type AbstractFill{T,N} <: AbstractArray{T,N} end
struct Fill{T,N} <: AbstractFill{T,N}
    value::T
    dims::NTuple{N,Int64}
end
struct Ones{T,N} <: AbstractFill{T,N}
    dims::NTuple{N,Int64}
end
struct Zeros{T,N} <: AbstractFill{T,N}
    dims::NTuple{N,Int64}
end
Fill(x, dims::Tuple) = Fill{typeof(x),__tuple_length(dims)}(x, map(Int64, dims))
Fill(x, dims::Integer...) = Fill(x, dims)
Ones{T}(dims::Tuple) where {T} = Ones{T,__tuple_length(dims)}(map(Int64, dims))
Ones{T}(dims::Integer...) where {T} = Ones{T}(dims)
Ones(dims::Integer...) = Ones{Float64}(dims)
Ones(dims::Tuple) = Ones{Float64}(dims)
Zeros{T}(dims::Tuple) where {T} = Zeros{T,__tuple_length(dims)}(map(Int64, dims))
Zeros{T}(dims::Integer...) where {T} = Zeros{T}(dims)
Zeros(dims::Integer...) = Zeros{Float64}(dims)
Zeros(dims::Tuple) = Zeros{Float64}(dims)
"The identity matrix."
Eye(n::Integer) = Diagonal(Ones{Float64}(n))

"The value that all elements have."
getindex_value(a::Fill) = a.value
getindex_value(::Ones{T}) where {T} = one(T)
getindex_value(::Zeros{T}) where {T} = zero(T)
Base.size(a::AbstractFill) = a.dims
Base.IndexStyle(::Type{<:AbstractFill}) = IndexLinear()
Base.getindex(a::AbstractFill, k::Int64) = 1 <= k <= length(a) ? getindex_value(a) : Base.__out_of_bounds(a, k)
Base.setindex!(a::AbstractFill, v, k::Int64) = v == getindex_value(a) ? a : throw(ArgumentError("Cannot setindex! to $v for a $(typeof(a)) with value $(getindex_value(a))."))
Base.copy(a::AbstractFill) = a
Base.fill!(a::AbstractFill, v) = v == getindex_value(a) ? a : throw(ArgumentError("Cannot fill! with $v a $(typeof(a)) with value $(getindex_value(a))."))

Base.:-(a::AbstractFill) = Fill(-getindex_value(a), a.dims)
Base.:-(a::Zeros) = a
Base.:*(x::Number, a::AbstractFill) = Fill(x * getindex_value(a), a.dims)
Base.:*(a::AbstractFill, x::Number) = Fill(getindex_value(a) * x, a.dims)
Base.:/(a::AbstractFill, x::Number) = Fill(getindex_value(a) / x, a.dims)
Base.:+(a::AbstractFill, b::AbstractFill) = (Base.__same_size(a, b); Fill(getindex_value(a) + getindex_value(b), a.dims))
Base.:-(a::AbstractFill, b::AbstractFill) = (Base.__same_size(a, b); Fill(getindex_value(a) - getindex_value(b), a.dims))
Base.map(f, a::AbstractFill) = Fill(f(getindex_value(a)), a.dims)
Base.reshape(a::Fill, dims::Tuple{Vararg{Int64}}) = prod(dims) == length(a) ? Fill(a.value, dims) : reshape(collect(a), dims)
Base.show(io::IO, a::Fill) = print(io, "Fill(", repr(a.value), ", ", join(a.dims, ", "), ")")
Base.show(io::IO, a::Ones{T}) where {T} = print(io, "Ones", T === Float64 ? "" : "{$T}", "(", join(a.dims, ", "), ")")
Base.show(io::IO, a::Zeros{T}) where {T} = print(io, "Zeros", T === Float64 ? "" : "{$T}", "(", join(a.dims, ", "), ")")
Base.show(io::IO, ::MIME"text/plain", a::Fill{T}) where {T} =
    print(io, Base.__summary_size(a.dims), " Fill{", T, "}, with ", length(a) == 1 ? "entry" : "entries", " equal to ", a.value)
Base.show(io::IO, ::MIME"text/plain", a::Ones{T}) where {T} = print(io, Base.__summary_size(a.dims), " Ones{", T, "}")
Base.show(io::IO, ::MIME"text/plain", a::Zeros{T}) where {T} = print(io, Base.__summary_size(a.dims), " Zeros{", T, "}")
end

# RecursiveArrayTools: arrays at a number of times, read as one array.
module RecursiveArrayTools
import ..Statistics, ..LinearAlgebra
export DiffEqArray, VectorOfArray
public AbstractVectorOfArray
abstract type AbstractVectorOfArray{T,N} end
abstract type AbstractDiffEqArray{T,N} <: AbstractVectorOfArray{T,N} end
struct VectorOfArray{T,N,U} <: AbstractVectorOfArray{T,N}
    u::Vector{U}
end
VectorOfArray(u::Vector{U}) where {U} = VectorOfArray{eltype(U),dims_of(U) + 1,U}(u)
struct DiffEqArray{T,N,U,S} <: AbstractDiffEqArray{T,N}
    u::Vector{U}
    t::Vector{S}
end
DiffEqArray(u::Vector{U}, t::AbstractVector{S}) where {U,S} = DiffEqArray{eltype(U),dims_of(U) + 1,U,S}(u, collect(t))
dims_of(::Type{<:AbstractArray{T,N}}) where {T,N} = N
dims_of(::Type{<:Number}) = 0
const Values = AbstractVectorOfArray

Base.length(s::Values) = length(s.u)
Base.size(s::Values) = (size(first(s.u))..., length(s.u))
Base.size(s::Values, i::Integer) = size(s)[i]
Base.ndims(s::Values{T,N}) where {T,N} = N
Base.eltype(::Type{<:Values{T}}) where {T} = T
Base.eltype(s::Values{T}) where {T} = T
Base.axes(s::Values) = map(Base.OneTo, size(s))
Base.axes(s::Values, i::Integer) = Base.OneTo(size(s)[i])
Base.firstindex(s::Values) = 1
Base.lastindex(s::Values) = length(s.u)
Base.lastindex(s::Values, i::Integer) = size(s)[i]
Base.eachindex(s::Values) = eachindex(s.u)
Base.iterate(s::Values, i=1) = i > length(s.u) ? nothing : (s.u[i], i + 1)
Base.first(s::Values) = first(s.u)
Base.last(s::Values) = last(s.u)
Base.getindex(s::Values, i::Integer) = s.u[i]
Base.getindex(s::Values, ::Colon) = s.u
Base.getindex(s::Values, I::AbstractVector{<:Integer}) = s.u[I]
Base.getindex(s::Values, i::Integer, j::Integer) = s.u[j][i]
Base.getindex(s::Values, i::Integer, k::Integer, j::Integer) = s.u[j][i, k]
Base.getindex(s::Values, ::Colon, j::Integer) = s.u[j]
Base.getindex(s::Values{T,2}, i::Integer, ::Colon) where {T} = [u[i] for u in s.u]
Base.getindex(s::Values, i::Integer, J::AbstractVector{<:Integer}) = [s.u[j][i] for j in J]
Base.getindex(s::Values, I...) = Array(s)[I...]
"All values as one array, the times along its last dimension."
Base.Array(s::Values{T,1}) where {T} = copy(s.u)
Base.Array(s::Values) = stack(s.u)
Base.Matrix(s::Values{T,2}) where {T} = stack(s.u)
Base.Vector(s::Values{T,1}) where {T} = copy(s.u)
Base.convert(::Type{Array}, s::Values) = Array(s)
Base.collect(s::Values) = Array(s)
Base.vec(s::Values) = vec(Array(s))
Base.adjoint(s::Values) = adjoint(Array(s))
Base.transpose(s::Values) = transpose(Array(s))
Base.reduce(f, s::Values; kw...) = reduce(f, s.u; kw...)
Base.map(f, s::Values) = map(f, s.u)
Base.sum(s::Values; kw...) = sum(Array(s); kw...)
Base.sum(f, s::Values; kw...) = sum(f, Array(s); kw...)
Base.maximum(s::Values; kw...) = maximum(Array(s); kw...)
Base.minimum(s::Values; kw...) = minimum(Array(s); kw...)
Base.extrema(s::Values) = extrema(Array(s))
Base.prod(s::Values; kw...) = prod(Array(s); kw...)
Statistics.mean(s::Values; kw...) = Statistics.mean(Array(s); kw...)
Statistics.var(s::Values; kw...) = Statistics.var(Array(s); kw...)
Statistics.std(s::Values; kw...) = Statistics.std(Array(s); kw...)
LinearAlgebra.norm(s::Values, p::Real=2) = LinearAlgebra.norm(Array(s), p)
Base.Broadcast.broadcastable(s::Values) = Array(s)
Base.:+(a::Values, b::AbstractArray) = Array(a) + b
Base.:+(a::AbstractArray, b::Values) = a + Array(b)
Base.:-(a::Values, b::AbstractArray) = Array(a) - b
Base.:-(a::AbstractArray, b::Values) = a - Array(b)
Base.:-(a::Values, b::Values) = Array(a) - Array(b)
Base.isapprox(a::Values, b::Values; kw...) = isapprox(Array(a), Array(b); kw...)
Base.isapprox(a::Values, b::AbstractArray; kw...) = isapprox(Array(a), b; kw...)
Base.:(==)(a::Values, b::Values) = a.u == b.u
end

# What a forward gradient of a scalar function is: an array that cannot be changed.
module EnzymeTupleArrays

export TupleArray

"Tangents in the shape of the argument, one for each of its elements. Cannot be written to; `Array` gives a copy that can."
struct TupleArray{T,N} <: AbstractArray{T,N}
    data::Vector{T}
    dims::NTuple{N,Int64}
end
TupleArray(data::Tuple, dims::Tuple) = TupleArray([data...], dims)

Base.size(a::TupleArray) = a.dims
Base.length(a::TupleArray) = length(a.data)
Base.IndexStyle(::Type{<:TupleArray}) = IndexLinear()
Base.getindex(a::TupleArray, i::Int64) = a.data[i]
Base.copy(a::TupleArray) = reshape(copy(a.data), a.dims...)
Base.Array(a::TupleArray) = copy(a)
Base.vec(a::TupleArray) = TupleArray(a.data, (length(a.data),))

end

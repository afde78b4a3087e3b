# Cartesian indices, and the sets of all indices of an array.

"The subscripts of one element."
struct CartesianIndex{N}
    I::NTuple{N,Int64}
end
CartesianIndex(I::Integer...) = CartesianIndex{__tuple_length(I)}(map(Int64, I))
CartesianIndex(I::Union{Integer,CartesianIndex}...) = CartesianIndex(__flat(I...))
CartesianIndex(I::Tuple) = CartesianIndex{__tuple_length(I)}(map(Int64, I))
Tuple(i::CartesianIndex) = i.I
getindex(i::CartesianIndex, k::Integer) = i.I[k]
length(i::CartesianIndex) = __tuple_length(i.I)
+(i::CartesianIndex, j::CartesianIndex) = CartesianIndex(map(+, i.I, j.I))
-(i::CartesianIndex, j::CartesianIndex) = CartesianIndex(map(-, i.I, j.I))
-(i::CartesianIndex) = CartesianIndex(map(-, i.I))
*(k::Integer, i::CartesianIndex) = CartesianIndex(map(x -> k * x, i.I))
*(i::CartesianIndex, k::Integer) = k * i
==(i::CartesianIndex, j::CartesianIndex) = i.I == j.I
isless(i::CartesianIndex, j::CartesianIndex) = isless(reverse(i.I), reverse(j.I))
min(i::CartesianIndex, j::CartesianIndex) = CartesianIndex(map(min, i.I, j.I))
max(i::CartesianIndex, j::CartesianIndex) = CartesianIndex(map(max, i.I, j.I))
zero(i::CartesianIndex) = CartesianIndex(map(zero, i.I))
one(i::CartesianIndex) = CartesianIndex(map(one, i.I))
one(::Type{CartesianIndex{N}}) where {N} = oneunit(CartesianIndex{N})
oneunit(i::CartesianIndex) = one(i)
oneunit(::Type{CartesianIndex{N}}) where {N} = CartesianIndex(ntuple(k -> 1, Val(N)))

"All subscripts in a box, first axis fastest."
struct CartesianIndices{N,R} <: AbstractArray{CartesianIndex{N},N}
    indices::R
end
CartesianIndices(a::AbstractArray) = __cartesian_indices(axes(a))
CartesianIndices(axes::Tuple) = __cartesian_indices(map(__axis, axes))
__cartesian_indices(axes) = CartesianIndices{__tuple_length(axes),typeof(axes)}(axes)
__axis(n::Integer) = OneTo(n)
__axis(r::AbstractRange) = r
(::Colon)(i::CartesianIndex, j::CartesianIndex) = CartesianIndices(map((a, b) -> a:b, i.I, j.I))
size(c::CartesianIndices) = map(length, c.indices)
axes(c::CartesianIndices{N,R}) where {N,R<:Tuple{Vararg{OneTo{Int64}}}} = c.indices
axes(c::CartesianIndices) = map(r -> axes(r)[1], c.indices)
getindex(c::CartesianIndices, I::Int64...) = __cartesian_at(c, I)
__cartesian_at(c::CartesianIndices{N}, I::NTuple{N,Int64}) where {N} = CartesianIndex{N}(map((r, i) -> r[i], c.indices, I))
__cartesian_at(c::CartesianIndices{N}, I::Tuple{Int64}) where {N} = __item(c, I[1] - 1)
__cartesian_at(c::CartesianIndices{1}, I::Tuple{Int64}) = CartesianIndex{1}((c.indices[1][I[1]],))
__item(c::CartesianIndices{N}, k::Int64) where {N} = CartesianIndex{N}(map((r, i) -> __get(r, i), c.indices, __subscripts(size(c), k + 1)))
first(c::CartesianIndices) = CartesianIndex(map(first, c.indices))
last(c::CartesianIndices) = CartesianIndex(map(last, c.indices))

"The linear index of each element."
struct LinearIndices{N} <: AbstractArray{Int64,N}
    dims::NTuple{N,Int64}
end
LinearIndices(a::AbstractArray{T,N}) where {T,N} = LinearIndices{N}(size(a))
LinearIndices(dims::Tuple) = LinearIndices{__tuple_length(dims)}(__dims(dims...))
size(l::LinearIndices) = l.dims
IndexStyle(::Type{<:LinearIndices}) = IndexLinear()
getindex(l::LinearIndices, i::Int64) = 1 <= i && i <= length(l) ? i : __out_of_bounds(l, i)
getindex(l::LinearIndices, i::Int64, j::Int64, rest::Int64...) = (__check_scalar_indices(l, (i, j, rest...)); __linear(l.dims, (i, j, rest...)))
show(io::IO, c::CartesianIndices) = print(io, "CartesianIndices(", map(__shown_axis, c.indices), ")")
__shown_axis(r) = r
__shown_axis(r::OneTo) = r.stop
eachindex(::IndexCartesian, a::AbstractArray) = CartesianIndices(a)
eachindex(::IndexLinear, a::AbstractArray) = OneTo(length(a))
eachindex(::IndexLinear, a::AbstractVector) = axes(a, 1)
"The element at an index, or `default` if there is none."
get(a::AbstractArray, i::Integer, default) = checkbounds(Bool, a, i) ? a[i] : default
get(a::AbstractArray, I::Tuple, default) = checkbounds(Bool, a, I...) ? a[I...] : default
get(a::AbstractArray, I::CartesianIndex, default) = get(a, I.I, default)
get(f::Function, a::AbstractArray, i::Integer) = checkbounds(Bool, a, i) ? a[i] : f()

"Its macros write code once for each of a number of dimensions."
module Cartesian
end

"Copies a block of `src` to a block of the same shape of `dest`."
function copyto!(dest::AbstractArray{T,N}, to::CartesianIndices{N}, src::AbstractArray{S,N}, from::CartesianIndices{N}) where {T,S,N}
    size(to) == size(from) || __argument_error("source and destination must have same size (got $(size(from)) and $(size(to)))")
    # The two may overlap, so what is read is read first.
    block = [src[i] for i in from]
    for (k, i) in enumerate(to)
        dest[i] = block[k]
    end
    dest
end

# Arrays of Bool that dotted calls, `trues` and `falses` make: a type of its own around an array of Bool, a byte an element.

"An array of Bool as dotted calls make it."
struct BitArray{N} <: AbstractArray{Bool,N}
    data::Array{Bool,N}
    BitArray{N}(data::Array{Bool,N}) where {N} = new{N}(data)
end
const BitVector = BitArray{1}
const BitMatrix = BitArray{2}
"What holds only Bools as such an array; anything else as it is."
__masks(x) = x
__masks(a::Array{Bool,N}) where {N} = BitArray{N}(a)

BitArray(a::AbstractArray{T,N}) where {T,N} = BitArray{N}(__converted(Bool, a))
BitArray(itr) = BitArray(collect(itr))
BitArray(::UndefInitializer, dims...) = __masks(Array{Bool}(undef, dims...))
BitArray(::UndefInitializer, dims::Tuple) = __masks(Array{Bool}(undef, dims...))
BitArray{N}(a::AbstractArray) where {N} = BitArray{N}(convert(Array{Bool,N}, __converted(Bool, a)))
BitArray{N}(itr) where {N} = BitArray{N}(collect(itr))
BitArray{N}(::UndefInitializer, dims...) where {N} = BitArray{N}(Array{Bool,N}(undef, dims...))
BitArray{1}() = BitArray{1}(Array{Bool,1}())
convert(::Type{BitArray{N}}, b::BitArray{N}) where {N} = b
convert(::Type{BitArray{N}}, a::AbstractArray{T,N}) where {T,N} = BitArray(a)
convert(::Type{BitArray}, a::AbstractArray) = BitArray(a)
convert(::Type{BitArray}, b::BitArray) = b
"An array that is false everywhere, or true."
falses(dims...) = __masks(fill(false, dims...))
trues(dims...) = __masks(fill(true, dims...))

size(b::BitArray) = size(b.data)
size(b::BitArray, d::Int64) = size(b.data, d)
length(b::BitArray) = Intrinsics.arr_len(b.data)
IndexStyle(::Type{<:BitArray}) = IndexLinear()
__item(b::BitArray, k::Int64) = __array_get(b.data, k + 1)
__get(b::BitArray, k::Int64) = __array_get(b.data, k)
__get(b::BitArray{1}, i::Int64, j::Int64) = __get(b.data, i)
__get(b::BitArray, i::Int64, j::Int64) = __get(b.data, i, j)
__set(b::BitArray, x, k::Int64) = __set(b.data, x, k)
__set(b::BitArray, x, i::Int64, j::Int64) = __set(b.data, x, i, j)
getindex(b::BitArray, i::Int64) = 1 <= i <= length(b) ? __array_get(b.data, i) : __out_of_bounds(b, i)
getindex(b::BitArray, I::Int64...) = (__check_scalar_indices(b, I); b.data[I...])
getindex(b::BitArray, I...) = __masks(b.data[I...])
setindex!(b::BitArray, x, i::Int64) = 1 <= i <= length(b) ? (__set(b.data, x, i); b) : __out_of_bounds(b, i)
setindex!(b::BitArray, x, I::Int64...) = (__check_scalar_indices(b, I); b.data[I...] = x; b)
setindex!(b::BitArray, x, I...) = (b.data[I...] = x; b)
# What reads a mask reads the array in it, so that masks of both types run the same code.
__flat(b::BitArray, rest...) = (__Mask(b, findall(vec(b.data))), __flat(rest...)...)
__bc_leaf(b::BitArray, size) = __bc_leaf(b.data, size)
__bc_lone(b::BitArray) = __bc_lone(b.data)
__root(b::BitArray) = b.data
findall(b::BitArray) = findall(b.data)
__rows(b::BitArray) = permutedims(b.data)

similar(b::BitArray, ::Type{Bool}, dims::Tuple) = BitArray(undef, dims)
similar(::Type{BitArray}, dims...) = BitArray(undef, dims...)
reshape(b::BitArray, dims::Tuple) = __masks(reshape(b.data, dims))
reshape(b::BitArray, dims::Union{Integer,Colon}...) = __masks(reshape(b.data, dims...))
permutedims(b::BitArray, perm::AbstractVector) = __masks(permutedims(b.data, perm))
permutedims(b::BitArray{N}, perm::NTuple{N,Integer}) where {N} = __masks(permutedims(b.data, perm))
permutedims(b::BitVector) = __masks(permutedims(b.data))
permutedims(b::BitMatrix) = __masks(permutedims(b.data))
reverse(b::BitArray; dims=:) = __masks(reverse(b.data; dims=dims))
circshift(b::BitArray, shift::Integer) = __masks(circshift(b.data, shift))
circshift(b::BitVector, shift::Integer) = __masks(circshift(b.data, shift))
circshift(b::BitArray, shifts::Tuple) = __masks(circshift(b.data, shifts))
repeat(b::BitArray, counts::Integer...) = __masks(repeat(b.data, counts...))
filter(p, b::BitVector) = __masks(filter(p, b.data))
sort(b::BitVector; kws...) = __masks(sort(b.data; kws...))
vcat(b::BitArray, xs...) = __masks(typed_vcat(__joint_type(b, xs...), b, xs...))
hcat(b::BitArray, xs...) = __masks(typed_hcat(__joint_type(b, xs...), b, xs...))
map(f::Union{typeof(!),typeof(~),typeof(identity)}, b::BitArray) = __masks(map(f, b.data))
map(f::Union{typeof(&),typeof(|),typeof(xor),typeof(==),typeof(!=),typeof(<),typeof(<=),typeof(>),typeof(>=)}, a::BitArray, b::BitArray) =
    __masks(map(f, a.data, b.data))
any(b::BitArray; dims=:) = __masks(any(b.data; dims=dims))
all(b::BitArray; dims=:) = __masks(all(b.data; dims=dims))

push!(b::BitVector, x) = (push!(b.data, x); b)
append!(b::BitVector, itr) = (append!(b.data, itr); b)
insert!(b::BitVector, i::Integer, x) = (insert!(b.data, i, x); b)
pushfirst!(b::BitVector, x) = (pushfirst!(b.data, x); b)
prepend!(b::BitVector, itr) = (prepend!(b.data, itr); b)
pop!(b::BitVector) = pop!(b.data)
popfirst!(b::BitVector) = popfirst!(b.data)
popat!(b::BitVector, i::Integer) = popat!(b.data, i)
deleteat!(b::BitVector, places) = (deleteat!(b.data, places); b)
splice!(b::BitVector, places, new...) = (old = splice!(b.data, places, new...); old isa Bool ? old : __masks(old))
keepat!(b::BitVector, places) = (keepat!(b.data, places); b)
resize!(b::BitVector, n::Integer) = (resize!(b.data, n); b)
empty!(b::BitVector) = (empty!(b.data); b)

# Arrays: making them, their shape, and single elements.

const __BitsNumber = Union{Float64,Float32,Float16,Int64,UInt64,Int32,Int16,Int8,UInt32,UInt16,UInt8,Bool}

"One size of an array: an integer, or a range that starts at 1."
__dim(n::Int64) = n
__dim(n::Integer) = Int64(n)
__dim(r::AbstractUnitRange) = length(r)
__dims() = ()
__dims(n) = (__dim(n),)
__dims(m, n) = (__dim(m), __dim(n))
__dims(m, rest...) = (__dim(m), __dims(rest...)...)

Array{T,N}(::UndefInitializer, dims...) where {T,N} = __array_new(Array{T,N}, __dims(dims...))
Array{T,N}(::UndefInitializer, dims::Tuple) where {T,N} = __array_new(Array{T,N}, __dims(dims...))
Array{T}(::UndefInitializer, dims...) where {T} = __array_new(Array{T,__tuple_length(dims)}, __dims(dims...))
Array{T}(::UndefInitializer, dims::Tuple) where {T} = __array_new(Array{T,__tuple_length(dims)}, __dims(dims...))
Array{T,1}() where {T} = __array_new(Array{T,1}, (0,))
Array{T,N}(a::AbstractArray{S,N}) where {T,S,N} = __converted(T, a)
Array{T}(a::AbstractArray{S,N}) where {T,S,N} = __converted(T, a)
Array(a::AbstractArray{T,N}) where {T,N} = __converted(T, a)
Array{T,N}(v::Union{Nothing,Missing}, dims...) where {T,N} = fill!(Array{T,N}(undef, dims...), v)
Array{T}(v::Union{Nothing,Missing}, dims...) where {T} = fill!(Array{T}(undef, dims...), v)
Vector() = Array{Any,1}()
Vector(::UndefInitializer, n::Integer) = Array{Any,1}(undef, n)
Matrix(::UndefInitializer, m::Integer, n::Integer) = Array{Any,2}(undef, m, n)
Vector(a::AbstractArray{T,1}) where {T} = __converted(T, a)
Matrix(a::AbstractArray{T,2}) where {T} = __converted(T, a)

"With elements of another type, in the structure that the array has."
__retyped(::Type{T}, a::AbstractArray) where {T} = __converted(T, a)
AbstractArray{T}(a::AbstractArray) where {T} = __retyped(T, a)
AbstractArray{T,N}(a::AbstractArray{S,N}) where {T,S,N} = __retyped(T, a)
"A new Array with the elements of `a` as `T`s."
function __converted(::Type{T}, a::AbstractArray{S,N}) where {T,S,N}
    out = __array_new(Array{T,N}, size(a))
    for k in 1:length(a)
        __array_set(out, convert(T, __get(a, k)), k)
    end
    out
end

"An array of the shape and element type of another, its contents unspecified."
similar(a::Array{T,N}) where {T,N} = __array_new(Array{T,N}, size(a))
similar(a::Array{S,N}, ::Type{T}) where {S,N,T} = __array_new(Array{T,N}, size(a))
# A type of array need only have a method for the element type and the sizes.
similar(a::AbstractArray{T}) where {T} = similar(a, T)
similar(a::AbstractArray, ::Type{T}) where {T} = similar(a, T, size(a))
similar(a::AbstractArray{T}, dims::Union{Integer,AbstractUnitRange}...) where {T} = similar(a, T, dims)
similar(a::AbstractArray{T}, dims::Tuple) where {T} = similar(a, T, dims)
similar(a::AbstractArray, ::Type{T}, dims::Union{Integer,AbstractUnitRange}...) where {T} = similar(a, T, __dims(dims...))
similar(a::AbstractArray, ::Type{T}, dims::Tuple) where {T} = Array{T}(undef, dims...)
similar(::Type{Array{T}}, dims...) where {T} = Array{T}(undef, dims...)
similar(::Type{Array{T,N}}, dims...) where {T,N} = Array{T,N}(undef, dims...)

"An array of zeros."
zeros(dims::Union{Integer,AbstractUnitRange}...) = zeros(Float64, dims...)
zeros(dims::Tuple) = zeros(Float64, dims...)
zeros(::Type{T}, dims::Tuple) where {T} = zeros(T, dims...)
zeros(::Type{T}, dims::Union{Integer,AbstractUnitRange}...) where {T} = fill!(Array{T}(undef, dims...), zero(T))
zeros(::Type{T}, dims::Union{Integer,AbstractUnitRange}...) where {T<:__BitsNumber} = Array{T}(undef, dims...)
"An array of ones."
ones(dims::Union{Integer,AbstractUnitRange}...) = fill(1.0, dims...)
ones(dims::Tuple) = fill(1.0, dims...)
ones(::Type{T}, dims::Tuple) where {T} = fill(one(T), dims...)
ones(::Type{T}, dims::Union{Integer,AbstractUnitRange}...) where {T} = fill(one(T), dims...)
"An array with one value everywhere."
fill(v, dims::Tuple) = fill(v, dims...)
fill(v, dims::Union{Integer,AbstractUnitRange}...) = fill!(Array{typeof(v)}(undef, dims...), v)
function fill!(a::Array{T,N}, v) where {T,N}
    x = convert(T, v)
    for k in 1:length(a)
        __array_set(a, x, k)
    end
    a
end
function fill!(a::AbstractArray, v)
    for k in 1:length(a)
        __set(a, v, k)
    end
    a
end
zero(a::AbstractArray{T,N}) where {T,N} = fill!(similar(a), zero(T))
zero(a::Array{T,N}) where {T<:__BitsNumber,N} = similar(a)
oneunit(a::AbstractArray) = one(a)

"Copies elements in order; by default all of `src` to the front of `dest`."
function copyto!(dest::AbstractArray, src)
    n = length(src)
    n > length(dest) && __out_of_bounds(dest, n)
    k = 0
    for x in src
        k += 1
        __set(dest, x, k)
    end
    dest
end
function copyto!(dest::AbstractArray, src::AbstractArray)
    n = length(src)
    n > length(dest) && __out_of_bounds(dest, n)
    for k in 1:n
        __set(dest, __get(src, k), k)
    end
    dest
end
copyto!(dest::AbstractArray, at::Integer, src::AbstractArray) = copyto!(dest, at, src, 1, length(src))
function copyto!(dest::AbstractArray, at::Integer, src::AbstractArray, from::Integer, n::Integer)
    n == 0 && return dest
    (at < 1 || at + n - 1 > length(dest)) && __out_of_bounds(dest, at + n - 1)
    (from < 1 || from + n - 1 > length(src)) && __out_of_bounds(src, from + n - 1)
    # Backwards when the two may be one array and the target lies ahead.
    if at > from
        for k in 1:n
            __set(dest, __get(src, from + n - k), at + n - k)
        end
    else
        for k in 0:n-1
            __set(dest, __get(src, from + k), at + k)
        end
    end
    dest
end
copy!(dest::AbstractVector, src::AbstractVector) = copyto!(resize!(dest, length(src)), src)
copy!(dest::AbstractArray, src::AbstractArray) =
    size(dest) == size(src) ? copyto!(dest, src) : __argument_error("arrays must have the same axes for copy! (consider using `copyto!`)")
copy(a::Array{T}) where {T} = __converted(T, a)
copy(a::AbstractArray) = copyto!(similar(a), a)
copy(x::Union{Number,Tuple,NamedTuple,AbstractString,Symbol,Nothing}) = x
copymutable(a::AbstractArray) = copyto!(similar(a), a)
copymutable(itr) = collect(itr)
"Copies everything that x refers to; what is one object stays one."
deepcopy(x) = deepcopy_internal(x, IdDict())
deepcopy(x::Union{Number,AbstractString,Symbol,Nothing,Type,Char,Module,AbstractRange}) = x
deepcopy(a::Array{<:__BitsNumber}) = copy(a)
"The same with what was copied so far, which a type of the program may have a method of."
deepcopy_internal(x::Union{Number,AbstractString,Symbol,Nothing,Type,Char,Module,AbstractRange}, seen) = x
deepcopy_internal(t::Tuple, seen) = map(x -> deepcopy_internal(x, seen), t)
deepcopy_internal(nt::NamedTuple, seen) = map(x -> deepcopy_internal(x, seen), nt)
deepcopy_internal(x, seen) = __deepcopy(x, seen, Val(ismutabletype(typeof(x))))
__deepcopy(x, seen, ::Val{false}) = __map_fields(y -> deepcopy_internal(y, seen), x)
function __deepcopy(x::T, seen, ::Val{true}) where {T}
    haskey(seen, x) && return seen[x]::T
    y = __blank(x)
    seen[x] = y
    __map_fields!(z -> deepcopy_internal(z, seen), y, x)
    y
end
function deepcopy_internal(a::Array{T,N}, seen) where {T,N}
    haskey(seen, a) && return seen[a]::Array{T,N}
    b = isbitstype(T) ? copy(a) : similar(a)
    seen[a] = b
    isbitstype(T) && return b
    for i in eachindex(a)
        isassigned(a, i) && (b[i] = deepcopy_internal(a[i], seen))
    end
    b
end

# Shape.
size(a::Array{T,1}) where {T} = (Intrinsics.arr_len(a),)
size(a::Array{T,2}) where {T} = (Intrinsics.arr_dim(a, 0), Intrinsics.arr_dim(a, 1))
size(a::Array{T,N}) where {T,N} = __ntuple(d -> Intrinsics.arr_dim(a, d - 1), Val(N))
size(a::Array, d::Int64) = d < 1 ? error("arraysize: dimension out of range") : Intrinsics.arr_dim(a, d - 1)
size(a::AbstractArray, d::Integer) = d < 1 ? throw(BoundsError(size(a), d)) : __size(size(a), Int64(d))
size(a::AbstractArray, d1::Integer, d2::Integer, rest::Integer...) = map(d -> size(a, d), (d1, d2, rest...))
size(a::AbstractArray, dims::Tuple) = map(d -> size(a, d), dims)
__size(s::Tuple, d::Int64) = d <= __tuple_length(s) ? __tuple_get(s, d) : 1
length(a::Array) = Intrinsics.arr_len(a)
length(a::AbstractArray) = __product(size(a))
__product(::Tuple{}) = 1
__product(s::Tuple{Int64}) = __tuple_get(s, 1)
__product(s::Tuple{Int64,Int64}) = __tuple_get(s, 1) * __tuple_get(s, 2)
__product(s::Tuple) = __tuple_get(s, 1) * __product(tail(s))
isempty(a::AbstractArray) = length(a) == 0
ndims(::AbstractArray{T,N}) where {T,N} = N
ndims(::Type{<:AbstractArray{T,N}}) where {T,N} = N
eltype(::Type{<:AbstractArray{T}}) where {T} = T
eltype(a::AbstractArray{T}) where {T} = T
axes(a) = map(n -> OneTo(n), size(a))
axes(a::Array, d::Integer) = OneTo(size(a, d))
axes(a, d::Integer) = (r = axes(a); d <= __tuple_length(r) ? r[d] : OneTo(1))
firstindex(a::Array) = 1
firstindex(a::AbstractArray) = 1
firstindex(a::AbstractVector) = first(axes(a, 1))
firstindex(a::AbstractArray, d::Integer) = first(axes(a, d))
lastindex(a::Array) = length(a)
lastindex(a::AbstractArray) = length(a)
lastindex(a::AbstractVector) = last(axes(a, 1))
lastindex(a::AbstractArray, d::Integer) = last(axes(a, d))
eachindex(a::Array) = OneTo(length(a))
eachindex(a::AbstractArray) = eachindex(IndexStyle(a), a)
eachindex(a::AbstractVector) = axes(a, 1)
eachindex(a::AbstractArray, b::AbstractArray, rest::AbstractArray...) = __common_indices(IndexStyle(a, b, rest...), a, b, rest...)
function __common_indices(style, a, b, rest...)
    I, J = eachindex(style, a), eachindex(style, b)
    I == J || __size_error("all inputs to eachindex must have the same ", style isa IndexLinear ? "indices" : "axes", ", got ",
        style isa IndexLinear ? I : axes(a), " and ", style isa IndexLinear ? J : axes(b))
    rest === () || __common_indices(style, b, rest...)
    I
end
keys(a::AbstractVector) = axes(a, 1)
keys(a::AbstractArray) = CartesianIndices(a)
strides(a::Array) = __strides(1, size(a))
stride(a::AbstractArray, d::Integer) = d > ndims(a) ? length(a) : strides(a)[d]
__strides(s, ::Tuple{}) = ()
__strides(s, dims::Tuple) = (s, __strides(s * __tuple_get(dims, 1), tail(dims))...)
checkbounds(::Type{Bool}, a::AbstractArray, I...) = __in_bounds(a, I)
"Are all indices within an axis?"
checkindex(::Type{Bool}, axis, i::Real) = first(axis) <= i <= last(axis)
checkindex(::Type{Bool}, axis, ::Colon) = true
checkindex(::Type{Bool}, axis, r::AbstractRange) = isempty(r) || checkindex(Bool, axis, first(r)) && checkindex(Bool, axis, last(r))
checkindex(::Type{Bool}, axis, I::AbstractArray) = all(i -> checkindex(Bool, axis, i), I)
checkindex(::Type{Bool}, axis, I::AbstractVector{Bool}) = length(I) == length(axis)
checkbounds(a::AbstractArray, I...) = __in_bounds(a, I) ? nothing : __out_of_bounds(a, I)
isassigned(a::AbstractArray, i::Integer) = 1 <= i <= length(a)
isassigned(a::AbstractArray, i::Integer, j::Integer, rest::Integer...) = checkbounds(Bool, a, i, j, rest...) && isassigned(a, LinearIndices(a)[i, j, rest...])
axes1(a) = axes(a, 1)
has_offset_axes(arrays...) = any(a -> a isa AbstractArray && any(r -> first(r) != 1, axes(a)), arrays)
require_one_based_indexing(arrays...) = !has_offset_axes(arrays...) || __argument_error("offset arrays are not supported but got an array with index other than 1")
isassigned(a::Array, i::Integer) = 1 <= i <= length(a) && __is_set(__array_get(a, Int64(i)))
parent(a::AbstractArray) = a

"How an array type is indexed most directly."
abstract type IndexStyle end
struct IndexLinear <: IndexStyle end
struct IndexCartesian <: IndexStyle end
IndexStyle(a::AbstractArray) = IndexStyle(typeof(a))
IndexStyle(a::AbstractArray, b::AbstractArray, rest::AbstractArray...) = __both_linear(IndexStyle(a), IndexStyle(b, rest...))
__both_linear(::IndexLinear, ::IndexLinear) = IndexLinear()
__both_linear(::IndexStyle, ::IndexStyle) = IndexCartesian()
IndexStyle(::Type{<:AbstractArray}) = IndexCartesian()
IndexStyle(::Type{<:Array}) = IndexLinear()
IndexStyle(::Type{<:AbstractRange}) = IndexLinear()

# Iteration.
__count(a::AbstractArray) = length(a)
__item(a::AbstractArray, k::Int64) = __get(a, k + 1)
__item(a::Array, k::Int64) = __set_one(__array_get(a, k + 1))

# Elements, unchecked, by linear index or by row and column: what loops in Base use.
__get(a::Array, k::Int64) = __array_get(a, k)
__get(a::Array{T,1}, k::Int64) where {T} = __array_get(a, k)
__get(a::Array{T,2}, i::Int64, j::Int64) where {T} = __array_get(a, i + (j - 1) * Intrinsics.arr_dim(a, 0))
__get(a::Array{T,1}, i::Int64, j::Int64) where {T} = __array_get(a, i)
__get(a::AbstractArray{T,1}, i::Int64, j::Int64) where {T} = a[i]
__get(a::AbstractArray, k::Int64) = __get_linear(IndexStyle(a), a, k)
__get(a::AbstractArray, I::Int64...) = a[I...]
__get_linear(::IndexLinear, a, k) = a[k]
__get_linear(::IndexLinear, a::AbstractVector, k) = a[__from_first(axes(a), (k,))...]
__get_linear(::IndexCartesian, a, k) = a[__from_first(axes(a), __subscripts(size(a), k))...]
"Subscripts that count from 1, as those of an array with these axes."
__from_first(axes::Tuple{Vararg{OneTo{Int64}}}, I::Tuple) = I
__from_first(axes::Tuple, I::Tuple) = map((r, i) -> first(r) + i - 1, axes, I)
__set(a::Array{T,N}, v, k::Int64) where {T,N} = __array_set(a, convert(T, v), k)
__set(a::Array{T,2}, v, i::Int64, j::Int64) where {T} = __array_set(a, convert(T, v), i + (j - 1) * Intrinsics.arr_dim(a, 0))
__set(a::AbstractArray, v, k::Int64) = __set_linear(IndexStyle(a), a, v, k)
__set(a::AbstractArray, v, I::Int64...) = setindex!(a, v, I...)
__set_linear(::IndexLinear, a, v, k) = setindex!(a, v, k)
__set_linear(::IndexLinear, a::AbstractVector, v, k) = setindex!(a, v, __from_first(axes(a), (k,))...)
__set_linear(::IndexCartesian, a, v, k) = setindex!(a, v, __from_first(axes(a), __subscripts(size(a), k))...)

"The subscripts of linear index `k` in an array of the given size."
__subscripts(::Tuple{}, k::Int64) = ()
__subscripts(::Tuple{Int64}, k::Int64) = (k,)
function __subscripts(s::Tuple, k::Int64)
    n = __tuple_get(s, 1)
    q = div(k - 1, n)
    (k - q * n, __subscripts(tail(s), q + 1)...)
end
"The linear index of subscripts in an array of the given size; those past the rank must be 1."
__linear(s::Tuple{}, I::Tuple{}) = 1
__linear(s::Tuple{}, I::Tuple) = 1
__linear(s::Tuple{Int64}, I::Tuple{Int64}) = __tuple_get(I, 1)
__linear(s::Tuple, I::Tuple{}) = 1
__linear(s::Tuple, I::Tuple) = __tuple_get(I, 1) + __tuple_get(s, 1) * (__linear(tail(s), tail(I)) - 1)

getindex(a::Array, i::Int64) = (Intrinsics.arr_check(a, i - 1); __set_one(__array_get(a, i)))
getindex(a::Array{T,0}) where {T} = __set_one(__array_get(a, 1))
getindex(a::Array) = length(a) == 1 ? __set_one(__array_get(a, 1)) : __out_of_bounds(a, ())
function getindex(a::Array{T,2}, i::Int64, j::Int64) where {T}
    Intrinsics.arr_check_dim(a, 0, i - 1, j)
    Intrinsics.arr_check_dim(a, 1, j - 1, i)
    __set_one(__array_get(a, i + (j - 1) * Intrinsics.arr_dim(a, 0)))
end
function getindex(a::Array, i::Int64, j::Int64, rest::Int64...)
    __check_scalar_indices(a, (i, j, rest...))
    __set_one(__array_get(a, __linear(size(a), (i, j, rest...))))
end
setindex!(a::Array{T,N}, v, i::Int64) where {T,N} = (Intrinsics.arr_check(a, i - 1); __array_set(a, convert(T, v), i); a)
setindex!(a::Array{T,0}, v) where {T} = (__array_set(a, convert(T, v), 1); a)
function setindex!(a::Array{T,2}, v, i::Int64, j::Int64) where {T}
    Intrinsics.arr_check_dim(a, 0, i - 1, j)
    Intrinsics.arr_check_dim(a, 1, j - 1, i)
    __array_set(a, convert(T, v), i + (j - 1) * Intrinsics.arr_dim(a, 0))
    a
end
function setindex!(a::Array{T,N}, v, i::Int64, j::Int64, rest::Int64...) where {T,N}
    __check_scalar_indices(a, (i, j, rest...))
    __array_set(a, convert(T, v), __linear(size(a), (i, j, rest...)))
    a
end
# An index may be missing only for dimensions of size 1.
__check_scalar_indices(a, I) = __scalars_in_bounds(size(a), I) ? nothing : __out_of_bounds(a, I)
__scalars_in_bounds(s::Tuple{}, I::Tuple{}) = true
__scalars_in_bounds(s::Tuple{}, I::Tuple) = __tuple_get(I, 1) == 1 && __scalars_in_bounds(s, tail(I))
__scalars_in_bounds(s::Tuple, I::Tuple{}) = __tuple_get(s, 1) == 1 && __scalars_in_bounds(tail(s), I)
__scalars_in_bounds(s::Tuple, I::Tuple) = 1 <= __tuple_get(I, 1) && __tuple_get(I, 1) <= __tuple_get(s, 1) && __scalars_in_bounds(tail(s), tail(I))

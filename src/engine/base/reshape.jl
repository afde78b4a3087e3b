# The same elements in another shape or order.

"The elements of an Array in another shape, sharing its memory; other arrays are copied first."
reshape(a::Array, dims::Tuple) = __reshape(a, __filled_dims(length(a), dims))
reshape(a::Array, dims::Union{Integer,Colon}...) = __reshape(a, __filled_dims(length(a), dims))
reshape(a::AbstractArray, dims::Tuple) = reshape(collect(a), dims)
reshape(a::AbstractArray, dims::Union{Integer,Colon}...) = reshape(collect(a), dims)
reshape(a::AbstractArray{T,N}, ::Val{N}) where {T,N} = a
"The first dimensions as they are, the last takes what is left; or those of size 1 come after."
reshape(a::AbstractArray{T,M}, ::Val{N}) where {T,M,N} = reshape(a, __ntuple(d -> d == N && N < M ? prod(e -> size(a, e), N:M) : size(a, d), Val(N)))
function __reshape(a, dims)
    __product(dims) == length(a) ||
        __size_error("new dimensions ", dims, " must be consistent with array size ", length(a))
    __array_reshape(a, dims)
end
"A colon among the dimensions takes what the others leave."
__filled_dims(n, dims::Tuple{Vararg{Int64}}) = dims
__filled_dims(n, dims::Tuple{Colon}) = (n,)
function __filled_dims(n, dims::Tuple)
    known = __product_known(dims)
    known != 0 && rem(n, known) == 0 || __size_error("array size ", n, " must be divisible by the product of the new dimensions ", dims)
    map(d -> __filled(d, div(n, known)), dims)
end
__product_known(::Tuple{}) = 1
__product_known(t::Tuple) = __known(__tuple_get(t, 1)) * __product_known(tail(t))
__known(n::Integer) = Int64(n)
__known(::Colon) = 1
__filled(n::Integer, left) = Int64(n)
__filled(::Colon, left) = left
"All elements as a vector."
vec(a::AbstractArray) = reshape(a, (length(a),))
vec(a::AbstractVector) = a
dropdims(a::AbstractArray; dims) = __dropdims(a, dims)
__dropdims(a, d::Integer) = __dropdims(a, (d,))
function __dropdims(a::AbstractArray{T,N}, dims::Tuple) where {T,N}
    for (k, d) in enumerate(dims)
        1 <= d <= N || __argument_error("dropped dims must be in range 1:ndims(A)")
        size(a, d) == 1 || __argument_error("dropped dims must all be size 1")
        d in dims[1:k-1] && __argument_error("dropped dims must be unique")
    end
    reshape(a, __without(size(a), dims, 1))
end
__without(::Tuple{}, dims, k) = ()
__without(s::Tuple, dims, k) = k in dims ? __without(tail(s), dims, k + 1) : (__tuple_get(s, 1), __without(tail(s), dims, k + 1)...)

"The transposed array, as a new one; `perm` orders the dimensions of any other rank."
permutedims(a::AbstractVector) = reshape(collect(a), (1, length(a)))
function permutedims(a::AbstractMatrix{T}) where {T}
    m, n = size(a)
    out = __array_new(Array{T,2}, (n, m))
    for j in 1:n
        for i in 1:m
            __array_set(out, __get(a, i, j), j + (i - 1) * n)
        end
    end
    out
end
permutedims(a::AbstractArray, perm::AbstractVector) = permutedims(a, Tuple(perm))
permutedims(a::AbstractArray, perm::Tuple{Vararg{Integer}}) = __argument_error("no valid permutation of dimensions")
function permutedims(a::AbstractArray{T,N}, perm::NTuple{N,Integer}) where {T,N}
    isperm(perm) || __argument_error("no valid permutation of dimensions")
    s = size(a)
    t = map(p -> s[p], perm)
    steps = __strides(1, s)
    moved = map(p -> steps[p], perm)
    out = __array_new(Array{T,N}, t)
    for k in 1:length(out)
        __array_set(out, __get(a, 1 + __offset(__subscripts(t, k), moved)), k)
    end
    out
end
__offset(::Tuple{}, ::Tuple{}) = 0
__offset(I::Tuple, s::Tuple) = (__tuple_get(I, 1) - 1) * __tuple_get(s, 1) + __offset(tail(I), tail(s))

permutedims!(out::AbstractArray, a::AbstractArray, perm) = copyto!(out, permutedims(a, perm))

"The elements backwards, or backwards along `dims`."
reverse(a::AbstractArray; dims=:) = __reverse_array(a, dims)
reverse(a::AbstractVector, from::Integer, to::Integer=length(a)) = vcat(a[1:from-1], __reverse_array(a[from:to], :), a[to+1:length(a)])
function __reverse_array(a::AbstractArray{T,N}, ::Colon) where {T,N}
    n = length(a)
    out = __array_new(Array{T,N}, size(a))
    for k in 1:n
        __array_set(out, __get(a, n + 1 - k), k)
    end
    out
end
function __reverse_array(a::AbstractArray{T,N}, d::Integer) where {T,N}
    pre, n = __before(size(a), d), __size(size(a), Int64(d))
    out = __array_new(Array{T,N}, size(a))
    for k in 1:length(a)
        r = rem(div(k - 1, pre), n)
        __array_set(out, __get(a, k + (n - 1 - 2r) * pre), k)
    end
    out
end
__reverse_array(a::AbstractArray, dims::Tuple{}) = copy(a)
__reverse_array(a::AbstractArray, dims::Tuple) = __reverse_array(__reverse_array(a, __tuple_get(dims, 1)), tail(dims))
reverse!(a::AbstractArray; dims=:) = copyto!(a, __reverse_array(a, dims))
reverse!(a::AbstractVector, from::Integer, to::Integer=length(a)) = (reverse!(view(a, from:to)); a)
function reverse!(a::AbstractVector)
    n = length(a)
    for k in 1:div(n, 2)
        x = __get(a, k)
        __set(a, __get(a, n + 1 - k), k)
        __set(a, x, n + 1 - k)
    end
    a
end
"The elements moved on by `shift` places, those that fall off coming back at the front."
circshift(t::Tuple, shift::Integer) = __ntuple(k -> t[mod1(k - shift, __tuple_length(t))], Val(__tuple_length(t)))
circshift(a::AbstractVector, shift::Integer) = __circshift_along(a, shift, 1)
circshift(a::AbstractArray, shift::Integer) = __circshift_along(a, shift, 1)
circshift(a::AbstractArray, shifts::Tuple) = __circshift_all(a, shifts, 1)
__circshift_all(a, ::Tuple{}, d) = a
__circshift_all(a, shifts::Tuple, d) = __circshift_all(__circshift_along(a, __tuple_get(shifts, 1), d), tail(shifts), d + 1)
function __circshift_along(a::AbstractArray{T,N}, shift, d) where {T,N}
    pre, n = __before(size(a), d), __size(size(a), d)
    out = __array_new(Array{T,N}, size(a))
    for k in 1:length(a)
        r = rem(div(k - 1, pre), n)
        __array_set(out, __get(a, k + (mod(r - shift, n) - r) * pre), k)
    end
    out
end
circshift!(a::AbstractVector, shift::Integer) = copyto!(a, circshift(a, shift))
circshift!(out::AbstractArray, a::AbstractArray, shifts) = copyto!(out, circshift(a, shifts))
circcopy!(out::AbstractArray, a::AbstractArray) = copyto!(out, a)
rotl90(a::AbstractMatrix) = reverse(permutedims(a); dims=1)
rotr90(a::AbstractMatrix) = reverse(permutedims(a); dims=2)
rot180(a::AbstractMatrix) = reverse(a)
"A matrix turned by 90 degrees `k` times, to the left; `rotr90` to the right, and `rot180` by 180 degrees."
function rotl90(a::AbstractMatrix, k::Integer)
    turns = mod(k, 4)
    turns == 1 && return rotl90(a)
    turns == 2 && return rot180(a)
    turns == 3 ? rotr90(a) : copy(a)
end
rotr90(a::AbstractMatrix, k::Integer) = rotl90(a, -k)
rot180(a::AbstractMatrix, k::Integer) = isodd(k) ? rot180(a) : copy(a)

"The array repeated along its dimensions: each element `inner` times, and the whole `outer` times."
repeat(a::AbstractVector, n::Integer) = a[__repeated_positions(length(a), 1, n)]
repeat(a::AbstractMatrix, m::Integer, n::Integer) = a[__repeated_positions(size(a, 1), 1, m), __repeated_positions(size(a, 2), 1, n)]
repeat(a::AbstractArray, counts::Integer...) = repeat(a; outer=counts)
repeat(a::AbstractVector; inner=1, outer=1) = __repeat_vector(a, inner, outer)
repeat(a::AbstractArray; inner=1, outer=1) = __repeat(a, __counts(inner), __counts(outer))
__repeat_vector(a, inner::Integer, outer::Integer) = a[__repeated_positions(length(a), inner, outer)]
__repeat_vector(a, inner, outer) = __repeat(a, __counts(inner), __counts(outer))
__counts(n::Integer) = (n,)
__counts(t::Tuple) = t
__counts(v::AbstractVector) = Tuple(v)
function __repeat(a::AbstractArray{T,N}, inner::Tuple, outer::Tuple) where {T,N}
    rank = max(N, __tuple_length(inner), __tuple_length(outer))
    positions = __ntuple(d -> __repeated_positions(size(a, d), __count_at(inner, d), __count_at(outer, d)), Val(rank))
    a[positions...]
end
Base.@constprop :aggressive __count_at(t::Tuple, d) = d <= __tuple_length(t) ? Int64(__tuple_get(t, d)) : 1
function __repeated_positions(n, inner, outer)
    inner < 0 && __argument_error("all inner repetitions must be nonnegative; got ", inner)
    outer < 0 && __argument_error("number of repetitions must be nonnegative, got ", outer)
    [div(rem(k, n * inner), inner) + 1 for k in 0:n*inner*outer-1]
end

"The array with axes of size 1 added."
insertdims(a::AbstractArray; dims) = reshape(a, __with_ones(size(a), dims isa Tuple ? dims : (dims,), 1))
__with_ones(s::Tuple{}, dims, k) = k in dims ? (1, __with_ones(s, dims, k + 1)...) : ()
__with_ones(s::Tuple, dims, k) = k in dims ? (1, __with_ones(s, dims, k + 1)...) : (__tuple_get(s, 1), __with_ones(tail(s), dims, k + 1)...)

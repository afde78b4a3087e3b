# Putting arrays together.

"The element type of an array, or of what counts as one element."
__piece_type(a::AbstractArray) = eltype(a)
__piece_type(x) = typeof(x)
__joint_type(x) = __piece_type(x)
__joint_type(x, y, rest...) = __joint_type_by(__piece_type, x, y, rest)
"Size of a piece along a dimension; scalars are 1 everywhere."
__extent(x, d) = 1
__extent(a::AbstractArray, d) = size(a, d)
__rank(x) = 0
__rank(a::AbstractArray) = ndims(a)
__max_rank(x) = __rank(x)
__max_rank(x, rest...) = max(__rank(x), __max_rank_of(rest))
__max_rank_of(xs::Tuple{Vararg{T}}) where {T} = __rank(__tuple_get(xs, 1))
function __max_rank_of(xs::Tuple)
    n = 0
    for x in xs
        n = max(n, __rank(x))
    end
    n
end
function __total(xs::Tuple, d)
    n = 0
    for x in xs
        n += __extent(x, d)
    end
    n
end

# Copies the pieces into `out`, one after another, each in its own order.
function __put_all!(out, k, xs::Tuple)
    for x in xs
        k = __put!(out, k, x)
    end
end
__put!(out, k, x) = (__set(out, x, k + 1); k + 1)
function __put!(out, k, a::AbstractArray)
    n = length(a)
    for i in 1:n
        __set(out, __get(a, i), k + i)
    end
    k + n
end

hcat(xs...) = typed_hcat(__joint_type(xs...), xs...)
hcat() = Array{Any,1}()
"`T[x y …]`"
function typed_hcat(::Type{T}, xs...) where {T}
    __max_rank(xs...) > 2 && return __cat_at(T, 2, xs)
    m = __first_extent(xs, 1)
    pieces = map(x -> __block_of(x, m), xs)
    __same_rows(m, pieces)
    out = __array_new(Array{T,2}, (m, __total(pieces, 2)))
    __put_all!(out, 0, pieces)
    out
end
"The extent of the first piece that has one; the identity takes that of its neighbours."
__first_extent(::Tuple{}, d) = __argument_error(d == 1 ? "h" : "v", "cat of only UniformScaling objects cannot determine the matrix size")
__first_extent(xs::Tuple, d) = __has_extent(__tuple_get(xs, 1)) ? __extent(__tuple_get(xs, 1), d) : __first_extent(tail(xs), d)
__has_extent(x) = true
__block_of(x, n) = x
function __same_rows(m, xs::Tuple)
    for x in xs
        n = __extent(x, 1)
        n == m || __size_error("number of rows of each array must match (got ", (m, n), ")")
    end
end

vcat(xs...) = typed_vcat(__joint_type(xs...), xs...)
vcat() = Array{Any,1}()
"`T[x; y; …]`"
typed_vcat(::Type{T}, xs...) where {T} = __vcat(T, Val(__max_rank(xs...)), xs)
function __vcat(::Type{T}, ::Union{Val{0},Val{1}}, xs) where {T}
    out = __array_new(Array{T,1}, (__total(xs, 1),))
    T === Any && __mark(:concatenate, out)
    __put_all!(out, 0, xs)
    out
end
function __vcat(::Type{T}, ::Val{2}, xs) where {T}
    n = __first_extent(xs, 2)
    pieces = map(x -> __block_of(x, n), xs)
    __same_columns(n, pieces)
    out = __array_new(Array{T,2}, (__total(pieces, 1), n))
    __put_blocks!(out, 0, 0, pieces)
    out
end
__vcat(::Type{T}, ::Val, xs) where {T} = __cat_at(T, 1, xs)
function __same_columns(n, xs::Tuple)
    for x in xs
        k = __extent(x, 2)
        k == n || __size_error("number of columns of each array must match (got ", (n, k), ")")
    end
end
"Copies pieces below each other, the first at row i + 1 and column j + 1."
function __put_blocks!(out, i, j, xs::Tuple)
    for x in xs
        __put_block!(out, i, j, x)
        i += __extent(x, 1)
    end
end
__put_block!(out, i, j, x) = __set(out, x, i + 1, j + 1)
function __put_block!(out, i, j, a::AbstractVector)
    for r in 1:length(a)
        __set(out, __get(a, r), i + r, j + 1)
    end
end
function __put_block!(out, i, j, a::AbstractMatrix)
    m, n = size(a)
    for c in 1:n
        for r in 1:m
            __set(out, __get(a, r, c), i + r, j + c)
        end
    end
end

"`[a b; c d]`: `rows` says how many pieces each row has."
Base.@constprop :aggressive hvcat(rows::Tuple, xs...) = typed_hvcat(__joint_type(xs...), rows, xs...)
Base.@constprop :aggressive hvcat(columns::Integer, xs...) = __tuple_length(xs) % columns != 0 ?
    __argument_error("number of arrays ", __tuple_length(xs), " is not a multiple of the requested number of block columns ", columns) :
    hvcat(map(i -> Int64(columns), __ntuple(i -> i, Val(div(__tuple_length(xs), columns)))), xs...)
"`T[a b; c d]`"
Base.@constprop :aggressive typed_hvcat(::Type{T}, rows::Tuple, xs...) where {T} = sum(rows) == __tuple_length(xs) ? __hvcat(T, Val(__max_rank(xs...)), rows, xs) :
    __argument_error("argument count does not match specified shape (expected ", sum(rows), ", got ", __tuple_length(xs), ")")
function __hvcat(::Type{T}, ::Val{0}, rows, xs) where {T}
    m = __tuple_length(rows)
    n = __tuple_get(rows, 1)
    __all_equal_to(n, rows) || __size_error("row 1 has mismatched number of columns (expected ", n, ")")
    out = __array_new(Array{T,2}, (m, n))
    i, j = 1, 1
    for x in xs
        __set(out, x, i, j)
        i, j = j == n ? (i + 1, 1) : (i, j + 1)
    end
    out
end
function __all_equal_to(n, t::Tuple)
    for k in t
        k == n || return false
    end
    true
end
__hvcat(::Type{T}, ::Val, rows, xs) where {T} = typed_vcat(T, __hcat_rows(T, rows, xs)...)
__hcat_rows(::Type{T}, ::Tuple{}, xs) where {T} = ()
function __hcat_rows(::Type{T}, rows::Tuple, xs) where {T}
    n = __tuple_get(rows, 1)
    row = typed_hcat(T, __ntuple(i -> __tuple_get(xs, i), Val(n))...)
    (row, __hcat_rows(T, tail(rows), __after(n, xs))...)
end
"All but the first n, where n is known when this is compiled."
__after(n, xs::Tuple) = n == 0 ? xs : __after(n - 1, tail(xs))
"`[a ;;; b]`: along dimension `d`."
Base.@constprop :aggressive hvncat(d::Integer, xs...) = __cat_at(__joint_type(xs...), d, xs)
"`T[a ;;; b]`"
Base.@constprop :aggressive typed_hvncat(::Type{T}, d::Integer, xs...) where {T} = __cat_at(T, d, xs)
"`[a b; c d;;; e f; g h]`: how many pieces there are along each dimension; those of a row come first with `row_first`."
Base.@constprop :aggressive hvncat(counts::Tuple{Vararg{Integer}}, row_first::Bool, xs...) = typed_hvncat(__joint_type(xs...), counts, row_first, xs...)
Base.@constprop :aggressive function typed_hvncat(::Type{T}, counts::Tuple{Vararg{Integer}}, row_first::Bool, xs...) where {T}
    prod(counts) == __tuple_length(xs) || __argument_error("argument count does not match specified shape (expected ", prod(counts), ", got ", __tuple_length(xs), ")")
    pieces = Any[xs...]
    for d in (row_first && __tuple_length(counts) > 1 ? (2, 1, 3:__tuple_length(counts)...) : 1:__tuple_length(counts))
        n = counts[d]
        pieces = Any[__cat_at(T, d, Tuple(pieces[k:k+n-1])) for k in 1:n:length(pieces)]
    end
    pieces[1]
end

"Puts arrays together along `dims`."
cat(xs...; dims) = __cat_dims(__joint_type(xs...), dims, xs)
__cat_dims(::Type{T}, d::Integer, xs) where {T} = __cat_at(T, d, xs)
__cat_dims(::Type{T}, d::Val, xs) where {T} = __cat_val(T, d, xs)
__cat_at(::Type{T}, d::Integer, xs) where {T} = __cat_val(T, Val(d), xs)
function __cat_dims(::Type{T}, dims::Tuple{Integer,Integer}, xs) where {T}
    out = zeros(T, __total(xs, 1), __total(xs, 2))
    __put_diagonal!(out, 0, 0, xs)
    out
end
function __put_diagonal!(out, i, j, xs::Tuple)
    for x in xs
        __put_block!(out, i, j, x)
        i += __extent(x, 1)
        j += __extent(x, 2)
    end
end
function __cat_val(::Type{T}, ::Val{d}, xs) where {T,d}
    x = __tuple_get(xs, 1)
    dims = __ntuple(k -> k == d ? __total(xs, k) : __extent(x, k), Val(max(d, __max_rank(xs...))))
    out = __array_new(Array{T,__tuple_length(dims)}, dims)
    pre = __before(dims, d)
    __put_slabs!(out, dims, pre, __size(dims, d), 0, d, xs)
    out
end
__put_slabs!(out, dims, pre, n, at, d, ::Tuple{}) = nothing
function __put_slabs!(out, dims, pre, n, at, d, xs::Tuple)
    x = __tuple_get(xs, 1)
    __slab_fits(dims, d, x)
    w = pre * __extent(x, d)
    for k in 0:__elements(x)-1
        q = w == 0 ? 0 : div(k, w)
        __set(out, __element(x, k + 1), q * (pre * n) + at * pre + (k - q * w) + 1)
    end
    __put_slabs!(out, dims, pre, n, at + __extent(x, d), d, tail(xs))
end
__elements(x) = 1
__elements(a::AbstractArray) = length(a)
__element(x, k) = x
__element(a::AbstractArray, k) = __get(a, k)
function __slab_fits(dims, d, x)
    for k in 1:__tuple_length(dims)
        k == d || __extent(x, k) == __size(dims, k) ||
            __size_error("mismatch in dimension ", k, " (expected ", __size(dims, k), " got ", __extent(x, k), ")")
    end
end

"Arrays of one shape along a new dimension, by default the last."
stack(itr; dims=:) = __stack(collect(itr), dims)
stack(f, itr; dims=:) = __stack(map(f, itr), dims)
function __stack(a::AbstractArray, ::Colon)
    isempty(a) && __argument_error("`stack` on an empty collection is not allowed")
    s = __inner_size(first(a))
    __stack_into!(Array{__stack_eltype(eltype(eltype(a)), a)}(undef, (s..., size(a)...)), a, s, __product(s))
end
function __stack_into!(out::Array{T}, a, s, n) where {T}
    for j in 1:length(a)
        x = __get(a, j)
        __inner_size(x) == s || __size_error("stack expects uniform slices, got axes(x) == ", __inner_size(x), " while first had ", s)
        for i in 1:n
            __array_set(out, convert(T, __item(x, i - 1)), i + (j - 1) * n)
        end
    end
    out
end
"What is known of all pieces, or else what they have in common one by one."
__stack_eltype(::Type{T}, a) where {T} = isconcretetype(T) ? T : mapreduce(eltype, promote_type, a)
function __stack(a::AbstractVector, d::Integer)
    whole = __stack(a, :)
    n = ndims(whole)
    1 <= d <= n || __argument_error("cannot stack slices ndims(x) = ", n - 1, " along dims = ", d)
    d == n ? whole : __moved_last(whole, d)
end
"The last dimension moved to place `d`."
__moved_last(a::AbstractMatrix, d) = permutedims(a)
function __moved_last(a::AbstractArray{T,3}, d) where {T}
    d == 1 ? permutedims(a, (3, 1, 2)) : permutedims(a, (1, 3, 2))
end
__inner_size(x) = __shape(x)
"The columns, or matrices, of a vector of them beside each other."
function __join_columns(a)
    isempty(a) && __argument_error("reducing over an empty collection is not allowed; consider supplying `init` to the reducer")
    m = size(a[1], 1)
    n = 0
    for x in a
        size(x, 1) == m || __size_error("number of rows of each array must match (got ", (m, size(x, 1)), ")")
        n += size(x, 2)
    end
    out = Array{eltype(eltype(a)),2}(undef, m, n)
    k = 0
    for x in a
        k = __put!(out, k, x)
    end
    out
end
"Matrices of a vector of them one under the other."
function __join_rows(a)
    isempty(a) && __argument_error("reducing over an empty collection is not allowed; consider supplying `init` to the reducer")
    n = size(a[1], 2)
    m = 0
    for x in a
        size(x, 2) == n || __size_error("number of columns of each array must match (got ", (n, size(x, 2)), ")")
        m += size(x, 1)
    end
    out = Array{eltype(eltype(a)),2}(undef, m, n)
    k = 0
    for x in a
        for j in 1:n, i in 1:size(x, 1)
            out[k+i, j] = x[i, j]
        end
        k += size(x, 1)
    end
    out
end
function __join_vectors(a)
    n = 0
    for x in a
        n += length(x)
    end
    out = Array{eltype(eltype(a)),1}(undef, n)
    k = 0
    for x in a
        k = __put!(out, k, x)
    end
    out
end

# Indexing with anything: ranges, vectors, colons, masks, Cartesian indices, and any mixture.

getindex(a::AbstractArray, I...) = __getindex_flat(a, __flat(I...), I)
__getindex_flat(a, J::Tuple, I) = __like(a, __getindex(a, J))
__getindex_flat(a, J::Tuple{Vararg{Int64}}, I) = a[J...]
__getindex_flat(a, J::Tuple{Vararg{Int64}}, I::Tuple{Vararg{Int64}}) = __get_scalar(IndexStyle(a), a, J)
setindex!(a::AbstractArray, v, I...) = __setindex_flat(a, v, __flat(I...), I)
__setindex_flat(a, v, J::Tuple, I) = __setindex(a, v, J)
__setindex_flat(a, v, J::Tuple{Vararg{Int64}}, I) = setindex!(a, v, J...)
__setindex_flat(a, v, J::Tuple{Vararg{Int64}}, I::Tuple{Vararg{Int64}}) = __set_scalar(IndexStyle(a), a, v, J)

"Cartesian indices among the indices become plain ones, and all integers Int64."
__flat() = ()
__flat(i::Int64) = (i,)
__flat(i::Int64, j::Int64) = (i, j)
__flat(i::Integer, rest...) = (Int64(i), __flat(rest...)...)
__flat(i::Bool, rest...) = __argument_error("invalid index: ", i, " of type Bool")
__flat(i::CartesianIndex, rest...) = (i.I..., __flat(rest...)...)
__flat(i::Colon, rest...) = (i, __flat(rest...)...)
__flat(i::AbstractArray{Int64}, rest...) = (i, __flat(rest...)...)
__flat(i::AbstractArray{<:Integer}, rest...) = (map(Int64, i), __flat(rest...)...)
__flat(i::AbstractArray{Any}, rest...) = __flat(__as_indices(i), rest...)
__flat(i::AbstractArray{Bool}, rest...) = (__Mask(i, findall(vec(i))), __flat(rest...)...)
__flat(i::AbstractArray{<:CartesianIndex}, rest...) = (i, __flat(rest...)...)
__flat(i::CartesianIndices, rest...) = (i.indices..., __flat(rest...)...)
__flat(i, rest...) = __argument_error("invalid index: ", repr(i), " of type ", typeof(i))

"Of an array that may hold anything, an array of what it holds."
__as_indices(i) = all(x -> x isa Integer && !(x isa Bool), i) ? map(x -> Int64(x)::Int64, i) : __argument_error("invalid index: ", repr(i), " of type ", typeof(i))
"A mask with the positions where it is true."
struct __Mask{M<:AbstractArray{Bool}}
    mask::M
    found::Vector{Int64}
end

# All scalars, and the array type has no method for them: it may have one for the other style.
__get_scalar(::IndexLinear, a, I::Tuple{Int64}) = throw(MethodError(getindex, (a, I...)))
__get_scalar(::IndexLinear, a, I::Tuple) = (__check_scalar_indices(a, I); a[__linear(size(a), I)])
__get_scalar(::IndexCartesian, a::AbstractArray{T,1}, I::Tuple{Int64}) where {T} = throw(MethodError(getindex, (a, I...)))
__get_scalar(::IndexCartesian, a, I::Tuple{Int64}) = (__check_linear(a, I[1]); a[__subscripts(size(a), I[1])...])
__get_scalar(::IndexCartesian, a, I::Tuple) = __tuple_length(I) == ndims(a) ? throw(MethodError(getindex, (a, I...))) :
    (__check_scalar_indices(a, I); a[__subscripts(size(a), __linear(size(a), I))...])
__check_linear(a, i) = 1 <= i && i <= length(a) ? nothing : __out_of_bounds(a, i)
__set_scalar(::IndexLinear, a, v, I::Tuple{Int64}) = throw(MethodError(setindex!, (a, v, I...)))
__set_scalar(::IndexLinear, a, v, I::Tuple) = (__check_scalar_indices(a, I); setindex!(a, v, __linear(size(a), I)))
__set_scalar(::IndexCartesian, a::AbstractArray{T,1}, v, I::Tuple{Int64}) where {T} = throw(MethodError(setindex!, (a, v, I...)))
__set_scalar(::IndexCartesian, a, v, I::Tuple{Int64}) = (__check_linear(a, I[1]); setindex!(a, v, __subscripts(size(a), I[1])...))
__set_scalar(::IndexCartesian, a, v, I::Tuple) = __tuple_length(I) == ndims(a) ? throw(MethodError(setindex!, (a, v, I...))) :
    (__check_scalar_indices(a, I); setindex!(a, v, __subscripts(size(a), __linear(size(a), I))...))

# One index that is a collection: linear positions.
__getindex(a::AbstractArray, I::Tuple{Colon}) = vec(copy(a))
__getindex(a::AbstractArray, I::Tuple{__Mask}) = (__check_mask(a, (length(a),), I); __gather_linear(a, __tuple_get(I, 1).found))
__getindex(a::AbstractArray, I::Tuple{AbstractArray}) = (__check_index(a, length(a), __tuple_get(I, 1), I); __gather_linear(a, __tuple_get(I, 1)))
function __getindex(a::AbstractArray{T}, I::Tuple{AbstractArray{<:CartesianIndex}}) where {T}
    p = __tuple_get(I, 1)
    out = Array{T}(undef, size(p))
    for k in 1:length(p)
        __array_set(out, a[__get(p, k).I...], k)
    end
    out
end
function __gather_linear(a::AbstractArray{T}, p::AbstractArray{S,M}) where {T,S,M}
    out = __array_new(Array{T,M}, size(p))
    for k in 1:length(p)
        __array_set(out, __get(a, __get(p, k)), k)
    end
    out
end

# Several indices, at least one of them a collection.
function __getindex(a::AbstractArray{T}, I::Tuple) where {T}
    __has_places(I) && return __getindex(reshape(a, __grouped_sizes(size(a), I)), __in_groups(a, size(a), I))
    s = __index_sizes(size(a), I)
    __check_all(a, s, I)
    p = __positions(s, I)
    out = Array{T}(undef, __shape_of(p)...)
    __gather!(out, a, p)
    out
end
function __gather!(out, a, p::Tuple{Any,Any})
    u, v = p
    m = __many(u)
    for j in 1:__many(v)
        c = __nth(v, j)
        for i in 1:m
            __array_set(out, __get(a, __nth(u, i), c), i + (j - 1) * m)
        end
    end
end
function __gather!(out, a, p::Tuple)
    lens = map(__many, p)
    for k in 1:length(out)
        __array_set(out, __get(a, __nth_each(p, __subscripts(lens, k))...), k)
    end
end

# Among several indices a mask of several dimensions, or an array of Cartesian indices, says where in a group of dimensions: they become one.
__has_places(::Tuple{}) = false
__has_places(I::Tuple) = __is_place(__tuple_get(I, 1)) || __has_places(tail(I))
__is_place(i) = false
__is_place(i::AbstractArray{<:CartesianIndex}) = true
__is_place(i::__Mask) = ndims(i.mask) > 1
"How many dimensions an index is for."
__width(i) = Val(1)
__width(i::AbstractArray{CartesianIndex{N}}) where {N} = Val(N)
__width(i::__Mask) = Val(ndims(i.mask))
__group(s::Tuple, ::Val{N}) where {N} = __ntuple(d -> d <= __tuple_length(s) ? s[d] : 1, Val(N))
__past_group(s::Tuple, ::Val{N}) where {N} = __ntuple(d -> s[N + d], Val(max(__tuple_length(s) - N, 0)))
__grouped_sizes(s::Tuple, ::Tuple{}) = s
__grouped_sizes(s::Tuple, I::Tuple) = (n = __width(__tuple_get(I, 1)); (__product(__group(s, n)), __grouped_sizes(__past_group(s, n), tail(I))...))
__in_groups(a, s::Tuple, ::Tuple{}) = ()
__in_groups(a, s::Tuple, I::Tuple) = (n = __width(__tuple_get(I, 1)); (__in_group(a, __group(s, n), __tuple_get(I, 1)), __in_groups(a, __past_group(s, n), tail(I))...))
__in_group(a, s, i) = i
__in_group(a, s, i::__Mask) = size(i.mask) == s ? __Mask(vec(i.mask), i.found) : __out_of_bounds(a, (i.mask,))
__in_group(a, s, i::AbstractArray{<:CartesianIndex}) = map(c -> __scalars_in_bounds(s, c.I) ? __linear(s, c.I) : __out_of_bounds(a, (c,)), i)

"For each index the extent it runs over: with fewer indices than dimensions, the last one must have the rest to itself."
__index_sizes(s::Tuple, I::Tuple{}) = ()
__index_sizes(s::Tuple{}, I::Tuple{}) = ()
__index_sizes(s::Tuple{}, I::Tuple) = (1, __index_sizes(s, tail(I))...)
__index_sizes(s::Tuple, I::Tuple{Any}) = (__product(s),)
__index_sizes(s::Tuple{}, I::Tuple{Any}) = (1,)
__index_sizes(s::Tuple, I::Tuple) = (__tuple_get(s, 1), __index_sizes(tail(s), tail(I))...)

"The positions an index selects: an integer, a range or a vector of integers."
__positions(s::Tuple, I::Tuple) = map(__positions_of, s, I)
__positions_of(n, i::Int64) = i
__positions_of(n, ::Colon) = Slice{OneTo{Int64}}(OneTo(n))
__positions_of(n, i::__Mask) = i.found
__positions_of(n, i::AbstractArray) = i
__many(i::Int64) = 1
__many(p) = length(p)
__nth(i::Int64, k) = i
__nth(p, k) = __get(p, k)
__nth_each(p::Tuple, K::Tuple) = map(__nth, p, K)
"Sizes of the result: those of the collections, in order."
__shape_of(::Tuple{}) = ()
__shape_of(p::Tuple) = (__shape_one(__tuple_get(p, 1))..., __shape_of(tail(p))...)
__shape_one(i::Int64) = ()
__shape_one(p) = size(p)

# Bounds.
__check_all(a, s::Tuple, I::Tuple) = __check_rest(a, s, I, I)
__check_rest(a, ::Tuple{}, ::Tuple{}, I) = nothing
__check_rest(a, s::Tuple, J::Tuple, I) = (__check_index(a, __tuple_get(s, 1), __tuple_get(J, 1), I); __check_rest(a, tail(s), tail(J), I))
__check_index(a, n, i, I) = __index_ok(n, i) ? nothing : __out_of_bounds(a, I)
__check_index(a, n, ::Colon, I) = nothing
function __check_mask(a, s, I)
    mask = __tuple_get(I, 1).mask
    size(mask) == size(a) || size(mask) == s ? nothing : __out_of_bounds(a, (mask,))
end
__index_ok(n, i::Int64) = 1 <= i && i <= n
__index_ok(n, ::Colon) = true
__index_ok(n, r::AbstractRange) = isempty(r) || (1 <= minimum(r) && maximum(r) <= n)
__index_ok(n, m::__Mask) = length(m.mask) == n
function __index_ok(n, p::AbstractArray)
    ok = true
    for k in 1:length(p)
        i = __get(p, k)
        ok = ok & (1 <= i) & (i <= n)
    end
    ok
end
__in_bounds(a, I) = __in_axes(axes(a), a, I)
__in_axes(r::Tuple, a, I::Tuple{Vararg{Int64}}) = __tuple_length(I) == __tuple_length(r) ? all(map(in, I, r)) : __index_ok(length(a), I[1])
__in_axes(::Tuple, a, I) = __within(a, I)
__in_axes(::Tuple{Vararg{OneTo{Int64}}}, a, I) = __within(a, I)
__in_axes(::Tuple{Vararg{OneTo{Int64}}}, a, I::Tuple{Vararg{Int64}}) = __within(a, I)
__within(a, I::Tuple{Int64}) = __index_ok(length(a), __tuple_get(I, 1))
__within(a, I::Tuple{Vararg{Int64}}) = __scalars_in_bounds(size(a), I)
__within(a, I::Tuple) = __all_ok(__index_sizes(size(a), __flat(I...)), __flat(I...))
__all_ok(::Tuple{}, ::Tuple{}) = true
__all_ok(s::Tuple, I::Tuple) = __index_ok(__tuple_get(s, 1), __tuple_get(I, 1)) && __all_ok(tail(s), tail(I))

# Assignment to many elements.
function __setindex(a::AbstractArray, v::AbstractArray, I::Tuple)
    __has_places(I) && __tuple_length(I) > 1 && return __set_places(a, v, I)
    s = __index_sizes(size(a), I)
    __check_all(a, s, I)
    p = __positions(s, I)
    __check_assigned(map(__many, p), v)
    __scatter!(a, __unshared(a, v), p)
    a
end
__set_places(a::Array, v, I) = (__setindex(reshape(a, __grouped_sizes(size(a), I)), v, __in_groups(a, size(a), I)); a)
__set_places(a, v, I) = copyto!(a, __set_places(collect(a), v, I))
__setindex(a::AbstractArray, v, I::Tuple) =
    __argument_error("indexed assignment with a single value to possibly many locations is not supported; perhaps use broadcasting `.=` instead?")
function __check_assigned(counts::Tuple, v)
    length(v) == __product(counts) && __same_but_ones(size(v), counts) && return nothing
    __size_error(__assignment_text(counts, v))
end
__assignment_text(counts::Tuple{Int64}, v) = string("tried to assign ", length(v), " elements to ", __tuple_get(counts, 1), " destinations")
__assignment_text(counts::Tuple, v) = string("tried to assign ", __dims_text(size(v)), " array to ", __dims_text(counts), " destination")
__same_but_ones(s::Tuple{}, t::Tuple{}) = true
__same_but_ones(s::Tuple, t::Tuple{}) = __product(s) == 1
__same_but_ones(s::Tuple{}, t::Tuple) = __product(t) == 1
function __same_but_ones(s::Tuple, t::Tuple)
    m, n = __tuple_get(s, 1), __tuple_get(t, 1)
    m == n ? __same_but_ones(tail(s), tail(t)) : m == 1 ? __same_but_ones(tail(s), t) : n == 1 && __same_but_ones(s, tail(t))
end
"Sizes as messages show them: `3-element`, `2×3`."
__dims_text(::Tuple{}) = "0-dimensional"
__dims_text(s::Tuple{Int64}) = string(__tuple_get(s, 1), "-element")
__dims_text(s::Tuple) = join(s, "×")

__scatter!(a, v, p::Tuple{Int64}) = __set(a, __get(v, 1), __tuple_get(p, 1))
function __scatter!(a, v, p::Tuple{Any})
    q = __tuple_get(p, 1)
    for k in 1:length(q)
        __set(a, __get(v, k), __get(q, k))
    end
end
__scatter!(a, v, p::Tuple{AbstractArray{<:CartesianIndex}}) = __scatter_at!(a, v, __tuple_get(p, 1))
function __scatter_at!(a, v, q)
    for k in 1:length(q)
        setindex!(a, __get(v, k), __get(q, k).I...)
    end
end
function __scatter!(a, v, p::Tuple{Any,Any})
    u, w = p
    m = __many(u)
    for j in 1:__many(w)
        c = __nth(w, j)
        for i in 1:m
            __set(a, __get(v, i + (j - 1) * m), __nth(u, i), c)
        end
    end
end
function __scatter!(a, v, p::Tuple)
    lens = map(__many, p)
    for k in 1:__product(lens)
        __set(a, __get(v, k), __nth_each(p, __subscripts(lens, k))...)
    end
end
__index_ok(n, p::AbstractArray{<:CartesianIndex}) = true

"`v`, or a copy of it when it is a window on the same memory as `a`."
__unshared(a, v) = v
__unshared(a::Array{T,N}, v::Array{T,N}) where {T,N} = Intrinsics.arr_same(a, v) ? copy(v) : v

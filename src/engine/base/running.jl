# Running folds and differences of neighbours.

cumsum(a::AbstractVector) = __running(add_sum, a)
cumprod(a::AbstractVector) = __running(mul_prod, a)
cumsum(a::AbstractArray; dims) = __running_along(add_sum, a, dims)
cumprod(a::AbstractArray; dims) = __running_along(mul_prod, a, dims)
cumsum(itr) = __running(add_sum, collect(itr))
cumprod(itr) = __running(mul_prod, collect(itr))
cumsum(t::Tuple) = __running_tuple(+, t)
__running_tuple(op, t) = __ntuple(i -> __fold_tuple(identity, op, __ntuple(k -> t[k], Val(i)), __no_init), Val(__tuple_length(t)))
cumsum!(out::AbstractVector, a::AbstractVector) = copyto!(out, cumsum(a))
cumprod!(out::AbstractVector, a::AbstractVector) = copyto!(out, cumprod(a))
cumsum!(out::AbstractArray, a::AbstractArray; dims::Integer) = copyto!(out, cumsum(a; dims=dims))
cumprod!(out::AbstractArray, a::AbstractArray; dims::Integer) = copyto!(out, cumprod(a; dims=dims))
accumulate(op, a::AbstractVector; dims=1, init=__no_init) = __running_from(op, a, init)
accumulate(op, a::AbstractArray; dims=nothing, init=__no_init) = __accumulate_along(op, a, dims, init)
accumulate(op, t::Tuple; init=__no_init) = __accumulate_tuple(op, init, t)
accumulate(op, itr; init=__no_init) = __running_from(op, collect(itr), init)
accumulate!(op, out::AbstractArray, a::AbstractArray; dims=nothing, init=__no_init) =
    copyto!(out, dims === nothing ? accumulate(op, a; init=init) : accumulate(op, a; dims=dims, init=init))
__accumulate_along(op, a, ::Nothing, init) = reshape(__running_from(op, vec(a), init), size(a))
__accumulate_along(op, a, dims, ::__NoInit) = __running_along(op, a, dims)
function __accumulate_along(op, a, dims, init)
    first_ones = selectdim(a, dims, 1:1)
    rest_of = selectdim(a, dims, 2:size(a, dims))
    __running_along(op, cat(map(x -> op(init, x), first_ones), rest_of; dims=dims), dims)
end
__accumulate_tuple(op, acc, ::Tuple{}) = ()
__accumulate_tuple(op, ::__NoInit, t::Tuple) = (__tuple_get(t, 1), __accumulate_tuple(op, __tuple_get(t, 1), tail(t))...)
function __accumulate_tuple(op, acc, t::Tuple)
    x = op(acc, __tuple_get(t, 1))
    (x, __accumulate_tuple(op, x, tail(t))...)
end
__accumulate_tuple(op, ::__NoInit, ::Tuple{}) = ()
__running_from(op, a, ::__NoInit) = __running(op, a)
function __running_from(op, a, init)
    T = __element_type(__return_type(op, typeof(init), eltype(a)))
    out = Array{T,1}(undef, length(a))
    acc = init
    for k in 1:length(a)
        acc = op(acc, __get(a, k))
        __array_set(out, convert(T, acc), k)
    end
    out
end
function __running(op, a::AbstractVector)
    S = eltype(a)
    T = __element_type(__return_type(op, S, S))
    n = length(a)
    out = Array{T,1}(undef, n)
    n == 0 && return out
    acc = convert(T, __get(a, 1))
    __array_set(out, acc, 1)
    for k in 2:n
        acc = op(acc, __get(a, k))
        __array_set(out, convert(T, acc), k)
    end
    out
end
function __running_along(op, a::AbstractArray{S,N}, d::Integer) where {S,N}
    d > 0 || __argument_error("dims must be a positive integer")
    T = __element_type(__return_type(op, S, S))
    out = __array_new(Array{T,N}, size(a))
    pre, n = __before(size(a), d), __size(size(a), Int64(d))
    for k in 1:length(a)
        first_along = rem(div(k - 1, pre), n) == 0
        __array_set(out, first_along ? convert(T, __get(a, k)) : convert(T, op(__array_get(out, k - pre), __get(a, k))), k)
    end
    out
end
"Differences of neighbours."
function diff(a::AbstractVector{T}) where {T}
    n = length(a) - 1
    out = Array{T,1}(undef, max(n, 0))
    for k in 1:n
        __array_set(out, __get(a, k + 1) - __get(a, k), k)
    end
    out
end
function diff(a::AbstractArray{T,N}; dims::Integer) where {T,N}
    1 <= dims <= N || __argument_error("dimension must be in range 1:", N, ", got ", dims)
    n = size(a, dims)
    collect(selectdim(a, dims, 2:n)) - collect(selectdim(a, dims, 1:n-1))
end

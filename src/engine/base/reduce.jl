# Reductions of whole sequences and along dimensions.

"Stands for a starting value that was not given."
struct __NoInit end
const __no_init = __NoInit()
@noinline __empty_error() = __argument_error("reducing over an empty collection is not allowed; consider supplying `init` to the reducer")

# Sums of narrow integers are made in Int64 or UInt64.
__wide(::Type{T}) where {T} = T
__wide(::Type{Union{}}) = Union{}
__wide(::Type{<:Union{Bool,SmallSigned}}) = Int64
__wide(::Type{<:SmallUnsigned}) = UInt64
__wide_value(x) = x
__wide_value(x::Union{Bool,SmallSigned}) = Int64(x)
__wide_value(x::SmallUnsigned) = UInt64(x)
"`+` and `*` as `sum` and `prod` use them."
add_sum(x, y) = __wide_value(x) + __wide_value(y)
mul_prod(x, y) = __wide_value(x) * __wide_value(y)

# What a fold starts from when that gives the same bits as starting from the first element. -0.0 + x is x for every x.
__start(op, ::Type) = __no_init
__start(::typeof(add_sum), ::Type{Float64}) = -0.0
__start(::typeof(add_sum), ::Type{Float32}) = -0.0f0
__start(::typeof(add_sum), ::Type{T}) where {T<:Union{Integer,Float16}} = zero(T)
__start(::typeof(mul_prod), ::Type{T}) where {T<:Union{Integer,AbstractFloat}} = one(T)

# The value over nothing at all.
__over_nothing(f, op, ::Type) = __empty_error()
__over_nothing(::typeof(identity), ::typeof(add_sum), ::Type{T}) where {T} = zero(__wide(T))
__over_nothing(::Union{typeof(abs),typeof(abs2)}, ::typeof(add_sum), ::Type{T}) where {T<:Real} = zero(__wide(T))
__over_nothing(::typeof(identity), ::typeof(mul_prod), ::Type{T}) where {T} = one(__wide(T))
__over_nothing(::typeof(identity), ::typeof(+), ::Type{T}) where {T<:Number} = zero(T)
__over_nothing(::typeof(identity), ::typeof(*), ::Type{T}) where {T<:Number} = one(T)
__over_nothing(f, op, ::Type{Union{}}) = __empty_error()
__over_nothing(::typeof(identity), ::typeof(add_sum), ::Type{Union{}}) = __empty_error()
__over_nothing(::typeof(identity), ::typeof(mul_prod), ::Type{Union{}}) = __empty_error()

"`op` over `f(x)` for each x, from the left."
__fold(f, op, itr, init) = __fold_any(Val(__counted(itr)), f, op, itr, init)
__fold(f, op, g::Generator, init) = __fold(__then(f, g.f), op, g.iter, init)
function __fold(f, op, it::Iterators.Flatten, init)
    init isa __NoInit && return __fold(f, op, collect(it), init)
    __fold(inner -> inner, (acc, inner) -> __fold(f, op, inner, acc), it.it, init)
end
__fold(f, op, t::Tuple, init) = __fold_tuple(f, op, t, init)
__then(f, g) = f ∘ g
__then(::typeof(identity), g) = g
function __fold_any(::Val{true}, f, op, itr, ::__NoInit)
    n = __count(itr)
    T = __element_type(__return_type(f, __item_type(itr)))
    n == 0 && return __over_nothing(f, op, __item_type(itr))
    __fold_from(f, op, itr, n, __start(op, __wide(T)))
end
function __fold_from(f, op, itr, n, ::__NoInit)
    acc = f(__item(itr, 0))
    for k in 1:n-1
        acc = op(acc, f(__item(itr, k)))
    end
    acc
end
function __fold_from(f, op, itr, n, init)
    acc = init
    for k in 0:n-1
        acc = op(acc, f(__item(itr, k)))
    end
    acc
end
__fold_any(::Val{true}, f, op, itr, init) = __fold_from(f, op, itr, __count(itr), init)
function __fold_any(::Val{false}, f, op, itr, init)
    acc = init
    for x in itr
        acc = op(acc, f(x))
    end
    acc
end
function __fold_any(::Val{false}, f, op, itr, ::__NoInit)
    T = __element_type(__return_type(f, __element_of(itr)))
    start = __start(op, __wide(T))
    start isa __NoInit ? __fold(identity, op, collect(Generator(f, itr)), __no_init) : __fold_nonempty(f, op, itr, start)
end
function __fold_nonempty(f, op, itr, start)
    acc, found = start, false
    for x in itr
        acc = op(acc, f(x))
        found = true
    end
    found ? acc : __empty_error()
end
__fold_tuple(f, op, t::Tuple{}, ::__NoInit) = __over_nothing(f, op, Union{})
__fold_tuple(f, op, t::Tuple, ::__NoInit) = __fold_rest(f, op, tail(t), f(__tuple_get(t, 1)))
__fold_tuple(f, op, t::Tuple, init) = __fold_rest(f, op, t, init)
__fold_rest(f, op, ::Tuple{}, acc) = acc
__fold_rest(f, op, t::Tuple, acc) = __fold_rest(f, op, tail(t), op(acc, f(__tuple_get(t, 1))))

mapfoldl(f, op, itr; init=__no_init) = __fold(f, op, itr, init)
foldl(op, itr; init=__no_init) = __fold(identity, op, itr, init)
mapfoldr(f, op, itr; init=__no_init) = __fold(f, (x, y) -> op(y, x), __backwards(itr), init)
foldr(op, itr; init=__no_init) = mapfoldr(identity, op, itr; init=init)
__backwards(itr) = Iterators.Reverse{typeof(itr)}(itr)
__backwards(t::Tuple) = reverse(t)
mapreduce(f, op, itr; dims=:, init=__no_init) = __reduce(f, op, itr, dims, init)
mapreduce(f, op, a, b, rest...; init=__no_init) = __fold(t -> f(t...), op, zip(a, b, rest...), init)
reduce(op, itr; dims=:, init=__no_init) = __reduce(identity, op, itr, dims, init)
__reduce(f, op, itr, ::Colon, init) = __fold(f, op, itr, init)
__reduce(f, op, a, dims, init) = __along(f, op, a, dims, init)
sum(itr; dims=:, init=__no_init) = __reduce(identity, add_sum, itr, dims, init)
sum(f, itr; dims=:, init=__no_init) = __reduce(f, add_sum, itr, dims, init)
prod(itr; dims=:, init=__no_init) = __reduce(identity, mul_prod, itr, dims, init)
prod(f, itr; dims=:, init=__no_init) = __reduce(f, mul_prod, itr, dims, init)
maximum(itr; dims=:, init=__no_init) = __reduce(identity, max, itr, dims, init)
maximum(f, itr; dims=:, init=__no_init) = __reduce(f, max, itr, dims, init)
minimum(itr; dims=:, init=__no_init) = __reduce(identity, min, itr, dims, init)
minimum(f, itr; dims=:, init=__no_init) = __reduce(f, min, itr, dims, init)
extrema(itr; dims=:) = __extrema(identity, itr, dims)
extrema(f, itr; dims=:) = __extrema(f, itr, dims)
__extrema(f, itr, ::Colon) = __fold(x -> (y = f(x); (y, y)), (p, q) -> (min(p[1], q[1]), max(p[2], q[2])), itr, __no_init)
__extrema(f, a, dims) = map((x, y) -> (x, y), __along(f, min, a, dims, __no_init), __along(f, max, a, dims, __no_init))

count(itr; dims=:) = __reduce(__as_count, +, itr, dims, 0)
count(p, itr; dims=:) = __reduce(x -> __as_count(p(x)), +, itr, dims, 0)
__as_count(x::Bool) = Int64(x)

any(itr; dims=:) = __any(identity, itr, dims)
any(p, itr; dims=:) = __any(p, itr, dims)
all(itr; dims=:) = __all(identity, itr, dims)
all(p, itr; dims=:) = __all(p, itr, dims)
__any(p, a, dims) = __along(p, |, a, dims, false)
__all(p, a, dims) = __along(p, &, a, dims, true)
__any(p, g::Generator, ::Colon) = __any(__then(p, g.f), g.iter, :)
__all(p, g::Generator, ::Colon) = __all(__then(p, g.f), g.iter, :)
__any(p, t::Tuple{}, ::Colon) = false
__any(p, t::Tuple, ::Colon) = p(__tuple_get(t, 1)) || __any(p, tail(t), :)
__all(p, t::Tuple{}, ::Colon) = true
__all(p, t::Tuple, ::Colon) = p(__tuple_get(t, 1)) && __all(p, tail(t), :)
function __any(p, itr, ::Colon)
    for x in itr
        p(x) && return true
    end
    false
end
function __all(p, itr, ::Colon)
    for x in itr
        p(x) || return false
    end
    true
end
function in(x, itr)
    for y in itr
        y == x && return true
    end
    false
end
in(x) = Fix2(in, x)
const ∈ = in
∉(x, itr) = !(x in itr)
∋(itr, x) = x in itr
"Whether all elements differ."
function allunique(a)
    v = collect(a)
    for i in 1:length(v)
        for j in 1:i-1
            isequal(v[i], v[j]) && return false
        end
    end
    true
end
allequal(itr) = all(x -> isequal(x, first(itr)), itr)

"`op` of `f(x)` along dimension or dimensions `dims`, which shrink to size 1."
function __along(f, op, a::AbstractArray, d::Integer, init)
    d < 1 && __argument_error("region dimension(s) must be ≥ 1, got ", d)
    s = size(a)
    T = __element_type(__return_type(f, eltype(a)))
    __along_axis(f, op, a, __before(s, d), __size(s, d), __shrunk(s, d), __along_start(op, T, init))
end
__along(f, op, a::AbstractArray, dims::Tuple{Integer}, init) = __along(f, op, a, __tuple_get(dims, 1), init)
__along(f, op, a::AbstractArray, dims::Tuple, init) = __along(identity, op, __along(f, op, a, __tuple_get(dims, 1), init), tail(dims), __no_init)
__along(f, op, a::AbstractArray, dims::AbstractRange, init) = __along(f, op, a, Tuple(dims), init)
__along_start(op, T, init) = init
__along_start(op, T, ::__NoInit) = __start(op, __wide(T))
"How many elements lie between neighbours along dimension d."
__before(s::Tuple{}, d) = 1
__before(s::Tuple, d) = d == 1 ? 1 : __tuple_get(s, 1) * __before(tail(s), d - 1)
__shrunk(s::Tuple{}, d) = ()
__shrunk(s::Tuple, d) = (d == 1 ? 1 : __tuple_get(s, 1), __shrunk(tail(s), d - 1)...)
function __along_axis(f, op, a, pre::Int64, n::Int64, outsize, start)
    T = __element_type(__return_type(op, typeof(start), __return_type(f, eltype(a))))
    out = Array{T}(undef, outsize)
    for q in 1:div(length(out), pre == 0 ? 1 : pre)
        for p in 1:pre
            acc = start
            for r in 1:n
                acc = op(acc, f(__get(a, p + (r - 1) * pre + (q - 1) * (n * pre))))
            end
            __array_set(out, convert(T, n == 0 ? __settled(acc) : acc), p + (q - 1) * pre)
        end
    end
    out
end
"An empty sum is 0.0, not -0.0."
__settled(x) = x
__settled(x::Union{Float64,Float32}) = x == 0 ? zero(x) : x
function __along_axis(f, op, a, pre::Int64, n::Int64, outsize, ::__NoInit)
    T = __element_type(__return_type(f, eltype(a)))
    out = Array{T}(undef, outsize)
    n == 0 && length(out) > 0 && __empty_error()
    for q in 1:div(length(out), pre == 0 ? 1 : pre)
        for p in 1:pre
            acc = f(__get(a, p + (q - 1) * (n * pre)))
            for r in 2:n
                acc = op(acc, f(__get(a, p + (r - 1) * pre + (q - 1) * (n * pre))))
            end
            __array_set(out, convert(T, acc), p + (q - 1) * pre)
        end
    end
    out
end

# Running folds.
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

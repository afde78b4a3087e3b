# Reductions of whole sequences and along dimensions.

"Stands for a starting value that was not given."
struct __NoInit end
const __no_init = __NoInit()
@noinline __empty_error() = __argument_error("reducing over an empty collection is not allowed; consider supplying `init` to the reducer")

# Sums of narrow integers are made in Int64 or UInt64.
__wide(::Type{T}) where {T} = T
__wide(::Type{Union{}}) = Union{}
__wide(::Type{<:Union{Bool,__SmallSigned}}) = Int64
__wide(::Type{<:__SmallUnsigned}) = UInt64
__wide_value(x) = x
__wide_value(x::Union{Bool,__SmallSigned}) = Int64(x)
__wide_value(x::__SmallUnsigned) = UInt64(x)
"`+` and `*` as `sum` and `prod` use them."
add_sum(x, y) = __wide_value(x) + __wide_value(y)
mul_prod(x, y) = __wide_value(x) * __wide_value(y)

# What a fold starts from when that gives the same bits as starting from the first element. -0.0 + x is x for every x.
__start(op, ::Type) = __no_init
__start(::typeof(add_sum), ::Type{Float64}) = -0.0
__start(::typeof(add_sum), ::Type{Float32}) = -0.0f0
__start(::typeof(add_sum), ::Type{T}) where {T<:Union{Integer,Float16}} = zero(T)
__start(::typeof(mul_prod), ::Type{T}) where {T<:Union{Integer,AbstractFloat}} = one(T)
"What a fold of values that are inferred to be `T` starts from: integers among floats stay what they are until a float comes."
__start_of(op, T) = T isa Union && !(T <: Integer) ? __no_init : __start(op, __wide(__element_type(T)))
# The first value, where there is nothing to start from.
__first_value(op, x) = x
__first_value(::Union{typeof(add_sum),typeof(mul_prod)}, x) = __wide_value(x)

"`op` with its arguments the other way round, for a fold from the right."
struct __Flipped{O}
    op::O
end
(o::__Flipped)(x, y) = o.op(y, x)
# The value over nothing at all.
__over_nothing(f, op, ::Type{T}) where {T} = T === Union{} ? __empty_error() : __neutral(f, op, T)
__neutral(f, op, ::Type) = __empty_error()
__neutral(::typeof(identity), ::typeof(add_sum), ::Type{T}) where {T} = zero(__wide(T))
__neutral(::typeof(identity), ::typeof(mul_prod), ::Type{T}) where {T} = one(__wide(T))
__neutral(::typeof(identity), ::typeof(+), ::Type{T}) where {T} = zero(T)
__neutral(::typeof(identity), ::typeof(*), ::Type{T}) where {T} = one(T)
__neutral(::typeof(identity), ::typeof(&), ::Type{Bool}) = true
__neutral(::typeof(identity), ::typeof(|), ::Type{Bool}) = false
__neutral(f, op::__Flipped, ::Type{T}) where {T} = __neutral(f, op.op, T)
__neutral(f::Union{typeof(abs),typeof(abs2)}, op::Union{typeof(+),typeof(*),typeof(add_sum),typeof(mul_prod)}, ::Type{T}) where {T<:Number} = f(__neutral(identity, op, T))
__neutral(f::Union{typeof(abs),typeof(abs2)}, ::typeof(max), ::Type{T}) where {T<:Number} = f(zero(T))

"`op` over `f(x)` for each x, from the left."
__fold(f, op, itr, init) = __fold_any(Val(__counted(itr)), f, op, itr, init)
__fold(f, op, g::Generator, init) = __fold(__then(f, g.f), op, g.iter, init)
function __fold(f, op, it::Iterators.Flatten, init)
    init isa __NoInit && return __fold(f, op, collect(it), init)
    __fold(inner -> inner, (acc, inner) -> __fold(f, op, inner, acc), it.it, init)
end
__fold(f, op, t::Tuple, init) = __is_long(t) ? __fold(f, op, [t...], init) : __fold_tuple(f, op, t, init)
"Has a tuple so many elements of one type that a function for each of its tails takes long to compile?"
__is_long(t::Tuple) = __tuple_length(t) > 32 && t isa NTuple{__tuple_length(t)}
__then(f, g) = f ∘ g
__then(::typeof(identity), g) = g
function __fold_any(::Val{true}, f, op, itr, ::__NoInit)
    n = __count(itr)
    T = __return_type(f, __item_type(itr))
    n == 0 && return __over_nothing(f, op, __item_type(itr))
    __fold_from(f, op, itr, n, __start_of(op, T))
end
function __fold_from(f, op, itr, n, ::__NoInit)
    acc = __first_value(op, f(__item(itr, 0)))
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
    start = __start_of(op, __return_type(f, __element_of(itr)))
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
mapfoldr(f, op, itr; init=__no_init) = __fold(f, __Flipped(op), __backwards(itr), init)
foldr(op, itr; init=__no_init) = mapfoldr(identity, op, itr; init=init)
__backwards(itr) = __lazy_reverse(itr)
__backwards(t::Tuple) = reverse(t)
mapreduce(f, op, itr; dims=:, init=__no_init) = __reduce(f, op, itr, dims, init)
mapreduce(f, op, a, b, rest...; init=__no_init) = __fold(t -> f(t...), op, zip(a, b, rest...), init)
reduce(op, itr; dims=:, init=__no_init) = __reduce(identity, op, itr, dims, init)
__reduce(f, op, itr, ::Colon, init) = __fold(f, op, itr, init)
"""
A sum of many narrow floats one after the other would lose its digits: beyond what Julia adds up in one go, parts are summed first. In Float64 the
difference is not worth a second loop.
"""
function __reduce(f, op::Union{typeof(add_sum),typeof(+)}, a::AbstractArray{<:Union{__NarrowFloat,Complex{<:__NarrowFloat}}}, ::Colon, init::__NoInit)
    n = length(a)
    n <= 1024 || !(__return_type(f, eltype(a)) <: Union{__NarrowFloat,Complex{<:__NarrowFloat}}) ? __fold(f, op, a, init) : __fold_parts(f, op, a, n)
end
function __fold_parts(f, op, a, n)
    size = max(256, isqrt(n))
    acc = __fold_part(f, op, a, 0, size)
    for k in 1:cld(n, size)-1
        acc = op(acc, __fold_part(f, op, a, k * size, min((k + 1) * size, n)))
    end
    acc
end
function __fold_part(f, op, a, from, to)
    acc = f(__item(a, from))
    for k in from+1:to-1
        acc = op(acc, f(__item(a, k)))
    end
    acc
end
__reduce(f, op, a, dims, init) = __along(f, op, a, dims, init)
sum(itr; dims=:, init=__no_init) = __reduce(identity, add_sum, itr, dims, init)
sum(f, itr; dims=:, init=__no_init) = __reduce(f, add_sum, itr, dims, init)
prod(itr; dims=:, init=__no_init) = __reduce(identity, mul_prod, itr, dims, init)
prod(f, itr; dims=:, init=__no_init) = __reduce(f, mul_prod, itr, dims, init)
maximum(itr; dims=:, init=__no_init) = __reduce(identity, __larger_in(itr), itr, dims, init)
"The derivative of the largest of an array is that of the first of equals, whatever a package says of `max`."
__larger_in(itr) = max
__larger_in(::AbstractArray{Float64}) = __first_larger
__first_larger(a::Float64, b::Float64) = ifelse((b > a) | (b != b) | ((b == a) & signbit(a)), b, a)
__first_larger(a, b) = max(a, b)
maximum(f, itr; dims=:, init=__no_init) = __reduce(f, max, itr, dims, init)
minimum(itr; dims=:, init=__no_init) = __reduce(identity, min, itr, dims, init)
minimum(f, itr; dims=:, init=__no_init) = __reduce(f, min, itr, dims, init)
extrema(itr; dims=:, init=__no_init) = extrema(identity, itr; dims, init)
extrema(f, itr; dims=:, init=__no_init) = init isa __NoInit ? __extrema(f, itr, dims) : __extrema(f, itr, dims, init)
__extrema(f, itr, dims, init) = map(tuple, __reduce(f, min, itr, dims, init[1]), __reduce(f, max, itr, dims, init[2]))
__extrema(f, itr, ::Colon, init) = (__fold(f, min, itr, init[1]), __fold(f, max, itr, init[2]))
__extrema(f, itr, ::Colon) = __fold(x -> (y = f(x); (y, y)), (p, q) -> (min(p[1], q[1]), max(p[2], q[2])), itr, __no_init)
__extrema(f, a, dims) = map((x, y) -> (x, y), __along(f, min, a, dims, __no_init), __along(f, max, a, dims, __no_init))

count(itr; dims=:, init=0) = __reduce(__as_count, +, itr, dims, init)
count(p, itr; dims=:, init=0) = __reduce(x -> __as_count(p(x)), +, itr, dims, init)
__as_count(x::Bool) = Int64(x)
__as_count(x) = Int64(x::Bool)

prod(::Tuple{}) = 1
any(itr; dims=:) = __any(identity, itr, dims)
any(p, itr; dims=:) = __any(p, itr, dims)
all(itr; dims=:) = __all(identity, itr, dims)
all(p, itr; dims=:) = __all(p, itr, dims)
__any(p, a, dims) = __along(p, |, a, dims, false)
__all(p, a, dims) = __along(p, &, a, dims, true)
__any(p, g::Generator, ::Colon) = __any(__then(p, g.f), g.iter, :)
__all(p, g::Generator, ::Colon) = __all(__then(p, g.f), g.iter, :)
__any(p, t::Tuple{}, ::Colon) = false
__any(p, t::Tuple, ::Colon) = __is_long(t) ? __any(p, [t...], :) : __or_rest(p(__tuple_get(t, 1)), () -> __any(p, tail(t), :))
__all(p, t::Tuple{}, ::Colon) = true
__all(p, t::Tuple, ::Colon) = __is_long(t) ? __all(p, [t...], :) : __and_rest(p(__tuple_get(t, 1)), () -> __all(p, tail(t), :))
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
__any(p, a::AbstractArray{T}, ::Colon) where {T>:Missing} = __any_known(p, a)
__all(p, a::AbstractArray{T}, ::Colon) where {T>:Missing} = __all_known(p, a)
function __any_known(p, itr)
    unknown = false
    for x in itr
        y = p(x)
        ismissing(y) ? (unknown = true) : y && return true
    end
    unknown ? missing : false
end
function __all_known(p, itr)
    unknown = false
    for x in itr
        y = p(x)
        ismissing(y) ? (unknown = true) : y || return false
    end
    unknown ? missing : true
end
in(x, itr) = x isa Missing || Missing <: eltype(itr) ? __any_known(y -> y == x, itr) : __is_in(x, itr)
function __is_in(x, itr)
    for y in itr
        y == x && return true
    end
    false
end
in(x) = Fix2(in, x)
const ∈ = in
∉(x, itr) = !(x in itr)
∉(itr) = Fix2(∉, itr)
∋(itr, x) = x in itr
∋(x) = Fix2(∋, x)
∌(itr, x) = !(x in itr)
∌(x) = Fix2(∌, x)
"Whether all elements differ."
function allunique(a)
    v = collect(a)
    length(v) > 32 && return length(Set(v)) == length(v)
    for i in 1:length(v)
        for j in 1:i-1
            isequal(v[i], v[j]) && return false
        end
    end
    true
end
allunique(f, itr) = allunique(Iterators.map(f, itr))
allequal(itr) = all(x -> isequal(x, first(itr)), itr)
allequal(f, itr) = allequal(Iterators.map(f, itr))

"`op` of `f(x)` along dimension or dimensions `dims`, which shrink to size 1."
function __along(f, op, a::AbstractArray, d::Integer, init)
    d < 1 && __argument_error("region dimension(s) must be ≥ 1, got ", d)
    s = size(a)
    T = __element_type(__return_type(f, eltype(a)))
    __along_result(eltype(a), __along_axis(f, op, a, __before(s, d), __size(s, d), __shrunk(s, d), __along_start(op, T, init)))
end
"The type that the results join to where inference knows none; of elements of any type, so are the results."
__along_result(T, out) = isconcretetype(T) ? __narrowed(out) : out
"Along no dimension each element is a group."
__along(f, op, a::AbstractArray, ::Tuple{}, init) = __each(f, op, a, __along_start(op, __element_type(__return_type(f, eltype(a))), init))
__each(f, op, a, init) = map(x -> op(init, f(x)), a)
__each(f, op, a, ::__NoInit) = map(f, a)
__along(f, op, a::AbstractArray, dims::Tuple{Integer}, init) = __along(f, op, a, __tuple_get(dims, 1), init)
__along(f, op, a::AbstractArray, dims::Tuple, init) = __along(identity, op, __along(f, op, a, __tuple_get(dims, 1), init), tail(dims), __no_init)
__along(f, op, a::AbstractArray, dims::AbstractVector, init) = inferencebarrier(__along)(f, op, a, Tuple(dims), init)
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

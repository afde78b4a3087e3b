# Reductions along dimensions into an array whose axes of size 1 say along which.

sum!(out::AbstractArray, a::AbstractArray; init::Bool=true) = __reduce_into!(identity, add_sum, out, a, init)
sum!(f, out::AbstractArray, a::AbstractArray; init::Bool=true) = __reduce_into!(f, add_sum, out, a, init)
prod!(out::AbstractArray, a::AbstractArray; init::Bool=true) = __reduce_into!(identity, mul_prod, out, a, init)
prod!(f, out::AbstractArray, a::AbstractArray; init::Bool=true) = __reduce_into!(f, mul_prod, out, a, init)
maximum!(out::AbstractArray, a::AbstractArray; init::Bool=true) = __reduce_into!(identity, max, out, a, init)
maximum!(f, out::AbstractArray, a::AbstractArray; init::Bool=true) = __reduce_into!(f, max, out, a, init)
minimum!(out::AbstractArray, a::AbstractArray; init::Bool=true) = __reduce_into!(identity, min, out, a, init)
minimum!(f, out::AbstractArray, a::AbstractArray; init::Bool=true) = __reduce_into!(f, min, out, a, init)
any!(out::AbstractArray, a::AbstractArray; init::Bool=true) = __reduce_into!(identity, |, out, a, init)
any!(f, out::AbstractArray, a::AbstractArray; init::Bool=true) = __reduce_into!(f, |, out, a, init)
all!(out::AbstractArray, a::AbstractArray; init::Bool=true) = __reduce_into!(identity, &, out, a, init)
all!(f, out::AbstractArray, a::AbstractArray; init::Bool=true) = __reduce_into!(f, &, out, a, init)
count!(out::AbstractArray, a::AbstractArray; init::Bool=true) = count!(identity, out, a; init)
count!(p, out::AbstractArray, a::AbstractArray; init::Bool=true) = __reduce_into!(x -> __as_count(p(x)), +, out, a, init)
"The largest, or smallest, and where it stands, along the axes of size 1."
findmax!(values::AbstractArray, places::AbstractArray, a::AbstractArray; init::Bool=true) = __find_into!(findmax, values, places, a)
findmin!(values::AbstractArray, places::AbstractArray, a::AbstractArray; init::Bool=true) = __find_into!(findmin, values, places, a)
function __find_into!(find, values, places, a)
    found, at = find(a; dims=Tuple(d for d in 1:ndims(a) if size(values, d) == 1))
    (copyto!(values, found), copyto!(places, at))
end
"With `init` what `out` held is forgotten; else it counts too."
function __reduce_into!(f, op, out, a, init)
    for d in 1:max(ndims(a), ndims(out))
        size(out, d) == 1 || size(out, d) == size(a, d) ||
            __size_error("cannot reduce array of size ", size(a), " into an array of size ", size(out))
    end
    s, t = size(a), __padded(size(out), size(a))
    strides_out = map((n, k) -> n == 1 ? 0 : k, t, __strides(1, t))
    seen = fill(false, length(out))
    for k in 1:length(a)
        p = 1 + __offset(__subscripts(s, k), strides_out)
        x = f(__get(a, k))
        __set(out, init && !seen[p] ? x : op(__get(out, p), x), p)
        seen[p] = true
    end
    out
end
"As many sizes as `like` has, with ones behind."
__padded(t::Tuple, like::Tuple{}) = ()
__padded(t::Tuple{}, like::Tuple) = (1, __padded((), tail(like))...)
__padded(t::Tuple{}, like::Tuple{}) = ()
__padded(t::Tuple, like::Tuple) = (__tuple_get(t, 1), __padded(tail(t), tail(like))...)

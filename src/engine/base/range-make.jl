# Making ranges: from a start, a stop, a step and a length, as far as they are given.

"A fraction of small whole numbers whose nearest float is `x`, as `(num, den)`, or `(0, 0)`."
function __ratio(x::T) where {T<:IEEEFloat}
    most = T === Float64 ? 16777216 : 2048
    y = x
    a, b, c, d = 1, 0, 0, 1
    while abs(y) <= most
        f = unsafe_trunc(Int64, y)
        y -= T(f)
        a, c = f * a + c, a
        b, d = f * b + d, b
        max(abs(a), abs(b)) <= most || return (0, 0)
        T(a) / T(b) == x && return (a, b)
        y = inv(y)
    end
    (0, 0)
end
"`(n0, n1, den)` with a = n0 / den and s = n1 / den, or `den` 0."
function __common_ratio(a::T, s::T) where {T<:IEEEFloat}
    n0, d0 = __ratio(a)
    n1, d1 = __ratio(s)
    (d0 == 0 || d1 == 0) && return (0, 0, 0)
    d = lcm(d0, d1)
    d > 1000000000 && return (0, 0, 0)
    (n0 * div(d, d0), n1 * div(d, d1), d)
end
"""
As the decimals say if start, step and stop all are short ones and the count that follows from them fits the floats; else by the floats as
they are, where a last element that rounding alone would lose still counts.
"""
function __float_range(a::T, s::T, b::T) where {T<:IEEEFloat}
    iszero(s) && __argument_error("range step cannot be zero")
    n0, n1, den = __common_ratio(a, s)
    n2, d2 = __ratio(b)
    if den != 0 && d2 != 0
        len = max(0, div(den * n2 - d2 * n0 + n1 * d2, n1 * d2))
        if __is_between(a, a + T(len - 1) * s, b + s / 2) && !__is_between(a, a + T(len) * s, b)
            stop = len == 0 ? a - s : __snapped(a, T(len - 1) * s, n0 + (len - 1) * n1, den)
            return __step_range(a, s, stop, len, n0, n1, den)
        end
    end
    q = (b - a) / s
    q < 0 && return __step_range(a, s, a - s, 0, 0, 0, 0)
    len = round(Int64, q) + 1
    last = a + T(len - 1) * s
    if (a < b && b < last) || (a > b && b > last)
        len -= 1
    end
    __step_range(a, s, len)
end
__is_between(a, x, b) = (a <= x && x <= b) || (b <= x && x <= a)
__float_range(a::T, s::T, b::T) where {T} = (iszero(s) && __argument_error("range step cannot be zero"); __step_range(a, s, max(0, floor(Int64, (b - a) / s) + 1)))

"Evenly spaced values from what is given of start, stop, length and step."
range(a, b; length=nothing, step=nothing) = __range(a, b, length, step)
range(a, b, n::Integer) = __range(a, b, n, nothing)
range(a; stop=nothing, length=nothing, step=nothing) = __range(a, stop, length, step)
range(; start=nothing, stop=nothing, length=nothing, step=nothing) = __range(start, stop, length, step)
@noinline __range_error(a, b, n, s) = __argument_error("cannot construct range from arguments:\nstart = ", a, "\nstop = ", b, "\nstep = ", s,
    "\nlength = ", n)
__range(a, b, n, s) = __range_error(a, b, n, s)
__range(a::Integer, ::Nothing, ::Nothing, ::Nothing) = OneTo(a)
__range(::Nothing, b::Integer, ::Nothing, ::Nothing) = OneTo(b)
__range(::Nothing, ::Nothing, n::Integer, ::Nothing) = OneTo(n)
__range(a::Number, b::Number, ::Nothing, ::Nothing) = a:b
__range(a::Number, b::Number, ::Nothing, s::Number) = a:s:b
__range(::Nothing, b::Number, ::Nothing, s::Number) = oneunit(b):s:b
function __range(a::Union{Number,Char}, ::Nothing, n::Integer, s::Union{Nothing,Number})
    n < 0 && __argument_error("length cannot be negative, got ", n)
    __range_from(a, n, s)
end
__range(a::Char, b::Char, ::Nothing, ::Nothing) = a:b
__range(::Nothing, b::Integer, n::Integer, ::Nothing) = oftype(b, b - n + 1):b
__range(::Nothing, b::Number, n::Integer, ::Nothing) = __range_from(b - (n - 1), n, oneunit(b))
__range(::Nothing, b::Number, n::Integer, s::Number) = __range_from(b - (n - 1) * s, n, s)
function __range(a::Number, b::Number, n::Integer, ::Nothing)
    x, y = promote(a, b)
    __spaced(float(x), float(y), Int64(n))
end
"Numbers that are no floats are not looked at for the decimals that they were written as."
__spaced(a, b, n::Int64) = __lin_range(a, b, n)
function __spaced(a::T, b::T, n::Int64) where {T<:IEEEFloat}
    n < 0 && __argument_error("range(", a, ", stop=", b, ", length=", n, "): negative length")
    n == 1 && a != b && __argument_error("range(", a, ", stop=", b, ", length=", n, "): endpoints differ")
    n == 0 && return __step_range(a, a - b, b, 0, 0, 0, 0)
    n == 1 && return __step_range(a, zero(T), b, 1, 0, 0, 0)
    m = n - 1
    n0, d0 = __ratio(a)
    n1, d1 = __ratio(b)
    step = (b - a) / T(m)
    # Between ends that are no short decimals the exact value is found when an element is read.
    (d0 == 0 || d1 == 0 || m > 1000000) && return __step_range(a, step, b, n, 0, 0, -1)
    d = lcm(d0, d1)
    d > 1000000 && return __step_range(a, step, b, n, 0, 0, -1)
    p, q = n0 * div(d, d0), n1 * div(d, d1)
    (abs(p) > 1000000000 || abs(q) > 1000000000) && return __step_range(a, step, b, n, 0, 0, -1)
    __step_range(a, step, b, n, p * m, q - p, d * m)
end
__range_from(a::Integer, n::Integer, ::Nothing) = a:oftype(a, a + n - 1)
__range_from(a::Char, n::Integer, ::Nothing) = a:a+(n-1)
__range_from(a, n::Integer, ::Nothing) = __range_from(a, n, oneunit(a))
__range_from(a::Integer, n::Integer, step::Integer) = a:step:(a+(n-1)*step)
__range_from(a::Number, n::Integer, step::Number) = __range_of(promote(a, step)..., Int64(n))
__range_of(a::T, s::T, n::Int64) where {T} = __step_range(a, s, n)
function __range_of(a::T, s::T, n::Int64) where {T<:IEEEFloat}
    n0, n1, den = __common_ratio(a, s)
    __step_range(a, s, __snapped(a, T(n - 1) * s, n0 + (n - 1) * n1, den), n, n0, n1, den)
end
"`n` values from `a` to `b`, their logarithms evenly spaced."
logrange(a::Number, b::Number, n::Integer) = __log_range(promote(float(a), float(b))..., Int64(n))
logrange(a::Number, b::Number; length::Integer) = logrange(a, b, length)
function __log_range(a::T, b::T, n::Int64) where {T}
    (a <= 0 || b <= 0) && __domain_error((a, b), "logrange(start, stop, length) requires positive start and stop")
    out = Array{T,1}(undef, n)
    for k in 1:n
        t = (k - 1) / max(n - 1, 1)
        __array_set(out, k == 1 ? a : k == n ? b : T(a * (b / a)^t), k)
    end
    out
end

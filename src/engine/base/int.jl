# Integers. Int64 is exact up to 2^53 and throws an OverflowError past it; the other types wrap around.

const __SmallSigned = Union{Int32,Int16,Int8}
const __SmallUnsigned = Union{UInt32,UInt16,UInt8}
const __SmallInt = Union{Int32,Int16,Int8,UInt32,UInt16,UInt8}
const __OtherInt = Union{Int32,Int16,Int8,UInt32,UInt16,UInt8}
const __FixedInt = Union{Int64,UInt64,Int32,Int16,Int8,UInt32,UInt16,UInt8}

"The value of an integer or character as an Int64, whatever its type."
__raw(x::Int64) = x
__raw(x::__SmallInt) = Intrinsics.cast(Int64, x)
__raw(x::Bool) = Intrinsics.i64_from_bool(x)
__raw(x::Char) = Intrinsics.cast(Int64, x)

__bits(::Type{Int64}) = 64
__bits(::Type{UInt64}) = 64
__bits(::Type{Int32}) = 32
__bits(::Type{UInt32}) = 32
__bits(::Type{Int16}) = 16
__bits(::Type{UInt16}) = 16
__bits(::Type{Int8}) = 8
__bits(::Type{UInt8}) = 8

"Keeps the low bits of `n` as an integer of type `T`."
__wrap(::Type{Int64}, n::Int64) = n
__wrap(::Type{T}, n::Int64) where {T<:__SmallSigned} = Intrinsics.cast(T, Intrinsics.i64_wrap_s(n, __bits(T)))
__wrap(::Type{T}, n::Int64) where {T<:__SmallUnsigned} = Intrinsics.cast(T, Intrinsics.i64_wrap_u(n, __bits(T)))

"`x % T`: the low bits of an integer as a `T`."
rem(x::Union{__FixedInt,Bool}, ::Type{T}) where {T<:__FixedInt} = __wrap(T, __raw(x))
rem(x::Integer, ::Type{Bool}) = __raw(x) & 1 == 1
const % = rem

sizeof(::Type{T}) where {T<:__FixedInt} = __bits(T) ÷ 8
sizeof(::Type{Float64}) = 8
sizeof(::Type{Float32}) = 4
sizeof(::Type{Float16}) = 2
sizeof(::Type{Bool}) = 1
sizeof(x::Number) = sizeof(typeof(x))

"The largest value of an integer type."
typemax(::Type{Int64}) = 9223372036854775807
typemax(::Type{T}) where {T<:__SmallSigned} = Intrinsics.cast(T, 1 << (__bits(T) - 1) - 1)
typemax(::Type{T}) where {T<:__SmallUnsigned} = Intrinsics.cast(T, 1 << __bits(T) - 1)
typemax(::Type{Bool}) = true
typemax(x::Real) = typemax(typeof(x))
typemin(::Type{Int64}) = -9223372036854775808
typemin(::Type{T}) where {T<:__SmallSigned} = Intrinsics.cast(T, -(1 << (__bits(T) - 1)))
typemin(::Type{T}) where {T<:__SmallUnsigned} = Intrinsics.cast(T, 0)
typemin(::Type{Bool}) = false
typemin(x::Real) = typemin(typeof(x))

# Conversion to integers.
"Converts an integer to type `T` or throws an InexactError."
function __checked(::Type{T}, n::Int64, x) where {T<:__SmallInt}
    r = __wrap(T, n)
    __raw(r) == n || __out_of_range(T, x)
    r
end
@noinline __out_of_range(T, x) = __inexact(T, x)
@noinline __out_of_range(T, x::Integer) = throw(InexactError(:trunc, T, x))
__checked(::Type{Int64}, n::Int64, x) = n

(::Type{T})(x::T) where {T<:Number} = x
(::Type{T})(x::T) where {T<:__SmallInt} = x
Int64(x::Int64) = x
Int64(x::__SmallInt) = __raw(x)
Int64(x::Bool) = __raw(x)
Int64(x::Char) = __raw(x)
Int64(x::Float64) = Intrinsics.i64_from_f64(x)
"The float without its fraction; what comes of one that does not fit is not defined."
unsafe_trunc(::Type{T}, x::AbstractFloat) where {T<:Integer} = trunc(T, x)
Int64(x::Union{Float32,Float16}) = Intrinsics.i64_from_f64(Float64(x))
(::Type{T})(x::Union{__FixedInt,Bool,Char}) where {T<:__SmallInt} = __checked(T, __raw(x), x)
(::Type{T})(x::AbstractFloat) where {T<:__SmallInt} = isinteger(x) && abs(x) <= 9.0e15 ? __checked(T, Int64(x), x) : __inexact(T, x)
Bool(x::Union{__FixedInt,AbstractFloat}) = x == 0 ? false : x == 1 ? true : __inexact(Bool, x)
Integer(x::Integer) = x
Integer(x::AbstractFloat) = Int64(x)
Signed(x::Signed) = x
Signed(x::Union{Integer,AbstractFloat}) = Int64(x)
Unsigned(x::Unsigned) = x
Unsigned(x::Integer) = UInt64(x)
Number(x::Number) = x
Real(x::Real) = x
signed(x::Signed) = x
signed(x::Bool) = Int64(x)
signed(x::UInt32) = x % Int32
signed(x::UInt16) = x % Int16
signed(x::UInt8) = x % Int8
unsigned(x::Unsigned) = x
unsigned(x::Int32) = x % UInt32
unsigned(x::Int16) = x % UInt16
unsigned(x::Int8) = x % UInt8

# Int64.
+(x::Int64, y::Int64) = Intrinsics.i64_add(x, y)
-(x::Int64, y::Int64) = Intrinsics.i64_sub(x, y)
*(x::Int64, y::Int64) = Intrinsics.i64_mul(x, y)
-(x::Int64) = Intrinsics.i64_sub(0, x)
div(x::Int64, y::Int64) = Intrinsics.i64_div(x, y)
rem(x::Int64, y::Int64) = Intrinsics.i64_rem(x, y)
==(x::Int64, y::Int64) = Intrinsics.i64_eq(x, y)
<(x::Int64, y::Int64) = Intrinsics.i64_lt(x, y)
<=(x::Int64, y::Int64) = Intrinsics.i64_le(x, y)
(&)(x::Int64, y::Int64) = Intrinsics.i64_and(x, y)
|(x::Int64, y::Int64) = Intrinsics.i64_or(x, y)
xor(x::Int64, y::Int64) = Intrinsics.i64_xor(x, y)
~(x::Int64) = -1 - x
abs(x::Int64) = x < 0 ? -x : x
max(x::Int64, y::Int64) = Intrinsics.i64_select(x < y, y, x)
min(x::Int64, y::Int64) = Intrinsics.i64_select(y < x, y, x)

# The other integers, through Int64.
+(x::T, y::T) where {T<:__OtherInt} = __wrap(T, __raw(x) + __raw(y))
-(x::T, y::T) where {T<:__OtherInt} = __wrap(T, __raw(x) - __raw(y))
*(x::T, y::T) where {T<:__OtherInt} = __wrap(T, __raw(x) * __raw(y))
function *(x::T, y::T) where {T<:Union{Int32,UInt32}}
    # (h 2^16 + l) y, so that no product passes 2^53.
    h, l, n = __raw(x) >> 16, __raw(x) & 65535, __raw(y)
    __wrap(T, (((h * n) & 65535) << 16) + l * n)
end
-(x::T) where {T<:__OtherInt} = __wrap(T, -__raw(x))
~(x::T) where {T<:__OtherInt} = __wrap(T, -1 - __raw(x))
div(x::T, y::T) where {T<:__OtherInt} = __wrap(T, div(__raw(x), __raw(y)))
div(x::T, y::T) where {T<:__SmallSigned} = (q = div(__raw(x), __raw(y)); q > __raw(typemax(T)) ? throw(DivideError()) : __wrap(T, q))
rem(x::T, y::T) where {T<:__OtherInt} = __wrap(T, rem(__raw(x), __raw(y)))
==(x::T, y::T) where {T<:__OtherInt} = __raw(x) == __raw(y)
<(x::T, y::T) where {T<:__OtherInt} = __raw(x) < __raw(y)
<=(x::T, y::T) where {T<:__OtherInt} = __raw(x) <= __raw(y)
==(x::__FixedInt, y::__FixedInt) = __raw(x) == __raw(y)
<(x::__FixedInt, y::__FixedInt) = __raw(x) < __raw(y)
<=(x::__FixedInt, y::__FixedInt) = __raw(x) <= __raw(y)
(&)(x::T, y::T) where {T<:__OtherInt} = __wrap(T, __raw(x) & __raw(y))
|(x::T, y::T) where {T<:__OtherInt} = __wrap(T, __raw(x) | __raw(y))
xor(x::T, y::T) where {T<:__OtherInt} = __wrap(T, xor(__raw(x), __raw(y)))
abs(x::Unsigned) = x
abs(x::__SmallSigned) = x < zero(x) ? -x : x
max(x::T, y::T) where {T<:__OtherInt} = x < y ? y : x
min(x::T, y::T) where {T<:__OtherInt} = y < x ? y : x

# Shifts. A negative count shifts the other way.
<<(x::__FixedInt, n::Integer) = n < 0 ? x >> -n : n >= __bits(typeof(x)) ? zero(x) : __wrap(typeof(x), Intrinsics.i64_shl(__raw(x), __raw(n)))
# Only the bits that stay are shifted: the others make numbers of more than 53 bits.
<<(x::Union{Int32,UInt32}, n::Integer) =
    n < 0 ? x >> -n : n >= 32 ? zero(x) : __wrap(typeof(x), Intrinsics.i64_shl(__raw(x) & (Intrinsics.i64_shl(1, 32 - __raw(n)) - 1), __raw(n)))
>>(x::__FixedInt, n::Integer) = n < 0 ? x << -n : __wrap(typeof(x), Intrinsics.i64_shr(__raw(x), min(__raw(n), 63)))
>>>(x::Unsigned, n::Integer) = x >> n
>>>(x::__SmallSigned, n::Integer) = signed(unsigned(x) >> n)
<<(x::Bool, n::Integer) = Int64(x) << n
>>(x::Bool, n::Integer) = Int64(x) >> n

# Bool.
!(x::Bool) = Intrinsics.bool_not(x)
!(f::Function) = ComposedFunction{typeof(!),typeof(f)}(!, f)
!(f::ComposedFunction{typeof(!)}) = f.inner
~(x::Bool) = !x
(&)(x::Bool, y::Bool) = Intrinsics.bool_and(x, y)
|(x::Bool, y::Bool) = Intrinsics.bool_or(x, y)
xor(x::Bool, y::Bool) = Intrinsics.bool_xor(x, y)
==(x::Bool, y::Bool) = Intrinsics.bool_eq(x, y)
<(x::Bool, y::Bool) = !x & y
<=(x::Bool, y::Bool) = !x | y
+(x::Bool) = Int64(x)
-(x::Bool) = -Int64(x)
+(x::Bool, y::Bool) = Int64(x) + Int64(y)
-(x::Bool, y::Bool) = Int64(x) - Int64(y)
*(x::Bool, y::Bool) = x & y
+(x::Bool, y::Int64) = Int64(x) + y
+(x::Int64, y::Bool) = x + Int64(y)
*(x::Bool, y::Int64) = Intrinsics.i64_select(x, y, 0)
*(x::Int64, y::Bool) = Intrinsics.i64_select(y, x, 0)
^(x::Bool, y::Bool) = x | !y
div(x::Bool, y::Bool) = y ? x : throw(DivideError())
rem(x::Bool, y::Bool) = y ? false : throw(DivideError())
abs(x::Bool) = x
max(x::Bool, y::Bool) = x | y
min(x::Bool, y::Bool) = x & y
nand(x::Integer, y::Integer) = ~(x & y)
nor(x::Integer, y::Integer) = ~(x | y)
const ⊼ = nand
const ⊽ = nor

# Division that rounds down or up, and what is left.
"The remainder with the sign of the divisor."
function mod(x::Int64, y::Int64)
    r = rem(x, y)
    r != 0 && (r < 0) != (y < 0) ? r + y : r
end
mod(x::T, y::T) where {T<:__SmallSigned} = __wrap(T, mod(__raw(x), __raw(y)))
mod(x::T, y::T) where {T<:Unsigned} = rem(x, y)
mod(x::Bool, y::Bool) = rem(x, y)
mod(x::Integer, ::Type{T}) where {T<:__FixedInt} = rem(x, T)
"The quotient rounded down."
function fld(x::Int64, y::Int64)
    q = div(x, y)
    q * y != x && (x < 0) != (y < 0) ? q - 1 : q
end
fld(x::T, y::T) where {T<:__OtherInt} = __wrap(T, fld(__raw(x), __raw(y)))
fld(x::Bool, y::Bool) = div(x, y)
"The quotient rounded up."
function cld(x::Int64, y::Int64)
    q = div(x, y)
    q * y != x && (x < 0) == (y < 0) ? q + 1 : q
end
cld(x::T, y::T) where {T<:__OtherInt} = __wrap(T, cld(__raw(x), __raw(y)))
cld(x::Bool, y::Bool) = div(x, y)
"Remainder in `1:y`."
mod1(x::Real, y::Real) = (m = mod(x, y); iszero(m) ? y + m : m)
fld1(x::Integer, y::Integer) = fld(x + y - 1, y)
fldmod1(x, y) = (fld1(x, y), mod1(x, y))
divrem(x, y) = (div(x, y), rem(x, y))
fldmod(x, y) = (fld(x, y), mod(x, y))

"Greatest common divisor."
gcd(x::Integer) = abs(x)
function gcd(x::T, y::T) where {T<:Integer}
    a, b = abs(x), abs(y)
    while !iszero(b)
        a, b = b, rem(a, b)
    end
    a
end
"Least common multiple."
lcm(x::Integer) = abs(x)
lcm(x::T, y::T) where {T<:Integer} = iszero(x) || iszero(y) ? zero(x) : abs(div(x, gcd(x, y)) * y)
"`(d, u, v)` with `d = gcd(x, y) = u x + v y`."
function gcdx(x::T, y::T) where {T<:Integer}
    a, b = x, y
    s, s1 = one(x), zero(x)
    t, t1 = zero(x), one(x)
    while !iszero(b)
        q = div(a, b)
        a, b = b, a - q * b
        s, s1 = s1, s - q * s1
        t, t1 = t1, t - q * t1
    end
    a < 0 ? (-a, -s, -t) : (a, s, t)
end
"The inverse of `n` modulo `m`."
function invmod(n::Integer, m::Integer)
    d, u, v = gcdx(promote(n, m)...)
    d == 1 || throw(DomainError((n, m), "Greatest common divisor is $d."))
    mod(u, m)
end
"`x^n` modulo `m`."
function powermod(x::Integer, n::Integer, m::Integer)
    n < 0 && return powermod(invmod(x, m), -n, m)
    r, b, k = mod(one(m), m), mod(oftype(m, mod(x, m)), m), n
    while k > 0
        isodd(k) && (r = __product_modulo(r, b, m))
        k = k >> 1
        k > 0 && (b = __product_modulo(b, b, m))
    end
    r
end
"`mod(a * b, m)` of two remainders, whatever their product: by doubling where it does not fit."
function __product_modulo(a::T, b::T, m::T) where {T<:Integer}
    abs(Float64(a) * Float64(b)) < min(9.0e15, Float64(typemax(T))) && return mod(a * b, m)
    s, left = zero(m), b
    # s + t modulo m, for two remainders; both have the sign of m.
    plus(s, t) = m > 0 ? (s >= m - t ? s - (m - t) : s + t) : (s <= m - t ? s - (m - t) : s + t)
    a, left = m > 0 ? (a, b) : (a, -b)
    t = a
    while left > 0
        isodd(left) && (s = plus(s, t))
        left = left >> 1
        left > 0 && (t = plus(t, t))
    end
    m > 0 || iszero(s) ? s : plus(zero(m), mod(-s, m))
end

iseven(x::Integer) = rem(__raw(x), 2) == 0
isodd(x::Integer) = rem(__raw(x), 2) != 0
iseven(x::AbstractFloat) = isinteger(x) && iszero(rem(x, 2))
isodd(x::AbstractFloat) = isinteger(x) && !iszero(rem(x, 2))
ispow2(x::Integer) = x > 0 && count_ones(x) == 1
isinteger(x::Integer) = true
sign(x::Int64) = x > 0 ? 1 : x < 0 ? -1 : 0
sign(x::__SmallSigned) = x > zero(x) ? one(x) : x < zero(x) ? -one(x) : zero(x)
sign(x::Unsigned) = iszero(x) ? x : one(x)
sign(x::Bool) = x
signbit(x::Signed) = x < zero(x)
signbit(x::Unsigned) = false
signbit(x::Bool) = false
flipsign(x::Real, y::Real) = signbit(y) ? -x : +x

"How many bits of `x` are one."
count_ones(x::__SmallUnsigned) = __count_bits(__raw(x))
count_ones(x::__SmallSigned) = count_ones(unsigned(x))
count_ones(x::Bool) = __raw(x)
function __count_bits(n::Int64)
    k = 0
    while n > 0
        k += n & 1
        n = n >> 1
    end
    k
end
count_zeros(x::__FixedInt) = __bits(typeof(x)) - count_ones(x)
function trailing_zeros(x::__FixedInt)
    n, k = __raw(x), 0
    n == 0 && return __bits(typeof(x))
    n == typemin(Int64) && return 63
    while n & 1 == 0
        n = n >> 1
        k += 1
    end
    k
end
function leading_zeros(x::__FixedInt)
    n, k = __raw(x), __bits(typeof(x))
    n < 0 && return 0
    n == typemax(Int64) && return 1
    while n > 0
        n = n >> 1
        k -= 1
    end
    k
end

"The largest integer whose square is at most `n`."
function isqrt(n::Integer)
    n < 0 && throw(DomainError(n, "isqrt needs a non-negative argument."))
    r = Int64(floor(sqrt(Float64(n))))
    oftype(n, r * r > n ? r - 1 : r)
end
"Product of 1 to `n`."
function factorial(n::Integer)
    n < 0 && throw(DomainError(n, "`n` must not be negative."))
    n > 20 && throw(OverflowError(string(n, " is too large to look up in the table; consider using `factorial(big(", n, "))` instead")))
    r = 1
    for k in 2:__raw(n)
        r *= k
    end
    r
end
"The number of ways to take `k` of `n`."
function binomial(n::Integer, k::Integer)
    k < 0 && return zero(n)
    n < 0 && return (isodd(k) ? -1 : 1) * binomial(k - n - 1, k)
    k > n && return zero(n)
    m = min(k, n - k)
    r = one(n)
    for i in 1:m
        r = div(r * (n - m + i), i)
    end
    r
end
"The polynomial `x (x - 1) … (x - k + 1) / k!`."
function binomial(x::Number, k::Integer)
    k < 0 && return zero(x) / one(k)
    k == 0 && return one(x) / one(k)
    k == 1 && return x / one(k)
    r = (x - k + 1) / one(k)
    for i in 2:k
        r *= (x - k + i) / i
    end
    r
end
"The digits of `n`, least first."
digits(n::Integer; base::Integer=10, pad::Integer=1) = digits(Int64, n; base=base, pad=pad)
function digits(::Type{T}, n::Integer; base::Integer=10, pad::Integer=1) where {T<:Integer}
    out = T[]
    m = n
    while m != 0
        push!(out, rem(m, base))
        m = div(m, base)
    end
    while length(out) < pad
        push!(out, 0)
    end
    out
end
function digits!(out::AbstractVector{<:Integer}, n::Integer; base::Integer=10)
    m = n
    for k in eachindex(out)
        out[k] = rem(m, base)
        m = div(m, base)
    end
    out
end
ndigits(n::Integer; base::Integer=10) = iszero(n) ? 1 : length(digits(n; base=base))
"The smallest power of `a` that is at least `x`."
nextpow(a::Integer, x::Real) = x <= 0 ? throw(DomainError(x, "`x` must be positive.")) : (p = one(a); while p < x; p *= a; end; p)
prevpow(a::Integer, x::Real) = (p = one(a); while p * a <= x; p *= a; end; p)

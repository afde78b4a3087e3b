# UInt64, exact and wrapping around: two words of 32 bits, each held as an Int64.

__word(n::Int64) = Intrinsics.i64_wrap_u(n, 32)
"The UInt64 with these two words, of which only the low 32 bits count."
__words(high::Int64, low::Int64) = UInt64(__word(high), __word(low))
"As an Int64 if it is exact there."
__raw(x::UInt64) = x.high < 2097152 ? x.high * 4294967296 + x.low : throw(OverflowError("a UInt64 past 2^53 is not supported as an Int64"))

UInt64(x::UInt64) = x
UInt64(x::Union{Int64,__SmallInt,Bool,Char}) = (n = __raw(x); n < 0 ? throw(InexactError(:check_top_bit, UInt64, x)) : __of_raw(n))
Int64(x::UInt64) = x.high >= 2147483648 ? throw(InexactError(:trunc, Int64, x)) : x % Int64
function UInt64(x::AbstractFloat)
    isinteger(x) && 0 <= x < 1.8446744073709552e19 || __inexact(UInt64, x)
    high = floor(Float64(x) / 4294967296)
    __words(Int64(high), Int64(Float64(x) - high * 4294967296))
end
__of_raw(n::Int64) = n == typemax(Int64) ? UInt64(2147483647, 4294967295) : __words(n >> 32, n)
__wrap(::Type{UInt64}, n::Int64) = __of_raw(n)
__checked(::Type{UInt64}, n::Int64, x) = UInt64(n)
rem(x::UInt64, ::Type{UInt64}) = x
rem(x::UInt64, ::Type{T}) where {T<:__SmallInt} = __wrap(T, x.low)
"The bits as a signed number, where that is within 2^53 of zero."
function rem(x::UInt64, ::Type{Int64})
    x.high >= 4292870144 ? (x.high - 4294967296) * 4294967296 + x.low :
    x.high == 2147483648 && x.low == 0 ? typemin(Int64) : x.high == 2147483647 && x.low == 4294967295 ? typemax(Int64) : __raw(x)
end
# Beside a float, by value.
==(x::UInt64, y::AbstractFloat) = isinteger(y) && 0 <= y < 1.8446744073709552e19 && x == UInt64(y)
==(x::AbstractFloat, y::UInt64) = y == x
<(x::UInt64, y::AbstractFloat) = y > 0 && (y >= 1.8446744073709552e19 || x < UInt64(ceil(y)))
<(x::AbstractFloat, y::UInt64) = x < 0 || (x < 1.8446744073709552e19 && UInt64(floor(x)) < y)
<=(x::UInt64, y::AbstractFloat) = y >= 0 && (y >= 1.8446744073709552e19 || x <= UInt64(floor(y)))
<=(x::AbstractFloat, y::UInt64) = x <= 0 || (x < 1.8446744073709552e19 && UInt64(ceil(x)) <= y)
Float64(x::UInt64) = Float64(x.high) * 4294967296.0 + Float64(x.low)
Float32(x::UInt64) = Float32(Float64(x))
typemax(::Type{UInt64}) = UInt64(4294967295, 4294967295)
typemin(::Type{UInt64}) = UInt64(0, 0)
signed(x::UInt64) = x % Int64
unsigned(x::Int64) = x % UInt64

+(x::UInt64, y::UInt64) = (low = x.low + y.low; __words(x.high + y.high + (low >> 32), low))
-(x::UInt64, y::UInt64) = (low = x.low - y.low; __words(x.high - y.high + (low >> 32), low))
-(x::UInt64) = UInt64(0, 0) - x
function *(x::UInt64, y::UInt64)
    # x.low = h 2^16 + l, so that no product passes 2^53.
    h, l = x.low >> 16, __low16(x.low)
    p = h * y.low
    low = l * y.low + __low16(p) * 65536
    __words((p >> 16) + (low >> 32) + __low_product(x.high, y.low) + __low_product(x.low, y.high), low)
end
__low16(n::Int64) = Intrinsics.i64_wrap_u(n, 16)
"The low word of the product of two words, and maybe more."
__low_product(x::Int64, y::Int64) = __low16((x >> 16) * y) * 65536 + __low16(x) * y
~(x::UInt64) = UInt64(4294967295 - x.high, 4294967295 - x.low)
(&)(x::UInt64, y::UInt64) = UInt64(x.high & y.high, x.low & y.low)
|(x::UInt64, y::UInt64) = UInt64(x.high | y.high, x.low | y.low)
xor(x::UInt64, y::UInt64) = UInt64(xor(x.high, y.high), xor(x.low, y.low))
==(x::UInt64, y::UInt64) = (x.high == y.high) & (x.low == y.low)
<(x::UInt64, y::UInt64) = x.high < y.high || (x.high == y.high && x.low < y.low)
<=(x::UInt64, y::UInt64) = !(y < x)
==(x::UInt64, y::Union{Int64,__SmallInt}) = y >= 0 && x == UInt64(y)
==(x::Union{Int64,__SmallInt}, y::UInt64) = y == x
<(x::UInt64, y::Union{Int64,__SmallInt}) = y > 0 && x < UInt64(y)
<(x::Union{Int64,__SmallInt}, y::UInt64) = x < 0 || UInt64(x) < y
<=(x::UInt64, y::Union{Int64,__SmallInt}) = y >= 0 && x <= UInt64(y)
<=(x::Union{Int64,__SmallInt}, y::UInt64) = x <= 0 || UInt64(x) <= y
iszero(x::UInt64) = (x.high == 0) & (x.low == 0)
isodd(x::UInt64) = x.low & 1 == 1
iseven(x::UInt64) = x.low & 1 == 0

function <<(x::UInt64, n::Integer)
    k = __raw(n)
    k <= 0 && return k == 0 ? x : x >> -k
    k >= 64 && return UInt64(0, 0)
    k >= 32 && return UInt64(__shifted(x.low, k - 32), 0)
    UInt64(__shifted(x.high, k) + (x.low >> (32 - k)), __shifted(x.low, k))
end
function >>(x::UInt64, n::Integer)
    k = __raw(n)
    k <= 0 && return k == 0 ? x : x << -k
    k >= 64 && return UInt64(0, 0)
    k >= 32 && return UInt64(0, x.high >> (k - 32))
    UInt64(x.high >> k, (x.low >> k) + __shifted(x.high, 32 - k))
end
"The low word of a word moved to the left by 0 to 32 bits."
__shifted(n::Int64, k::Int64) = Intrinsics.i64_wrap_u(n, 32 - k) << k
>>>(x::Int64, n::Integer) = x < 0 && n > 0 ? ((x % UInt64) >> n) % Int64 : x >> n
bitrotate(x::UInt64, k::Integer) = (m = mod(__raw(k), 64); (x << m) | (x >> (64 - m)))
count_ones(x::UInt64) = count_ones(x.high) + count_ones(x.low)
count_ones(x::Int64) = 0 <= x < typemax(Int64) ? __count_bits(x) : count_ones(x % UInt64)
count_zeros(x::Union{Int64,UInt64}) = 64 - count_ones(x)
trailing_zeros(x::UInt64) = x.low != 0 ? trailing_zeros(x.low) : x.high != 0 ? 32 + trailing_zeros(x.high) : 64
leading_zeros(x::UInt64) = x.high != 0 ? leading_zeros(x.high) - 32 : leading_zeros(x.low)

div(x::UInt64, y::UInt64) = divrem(x, y)[1]
rem(x::UInt64, y::UInt64) = divrem(x, y)[2]
fld(x::UInt64, y::UInt64) = div(x, y)
cld(x::UInt64, y::UInt64) = ((q, r) = divrem(x, y); iszero(r) ? q : q + one(q))
"Long division, a bit at a time where a word at a time would pass 2^53."
function divrem(x::UInt64, y::UInt64)
    iszero(y) && throw(DivideError())
    if y.high == 0 && y.low < 2097152
        high, r = div(x.high, y.low), rem(x.high, y.low)
        rest = r * 4294967296 + x.low
        return (UInt64(high, 0) + __of_raw(div(rest, y.low)), __of_raw(rem(rest, y.low)))
    end
    q, r = UInt64(0, 0), UInt64(0, 0)
    for k in 63:-1:0
        carry = r.high >= 2147483648
        r = (r << 1) | ((x >> k) & UInt64(0, 1))
        q = q << 1
        if carry || r >= y
            r = r - y
            q = q | UInt64(0, 1)
        end
    end
    (q, r)
end
bitstring(x::Union{Float64,Float32,Float16}) = bitstring(reinterpret(x isa Float64 ? UInt64 : x isa Float32 ? UInt32 : UInt16, x))
function tryparse(::Type{UInt64}, s::__Text; base::Integer=10)
    text = strip(s)
    digits = startswith(text, '+') ? chop(text; head=1, tail=0) : text
    isempty(digits) && return nothing
    x = UInt64(0, 0)
    for c in digits
        __is_digit(c, base) || return nothing
        d = UInt64(isdigit(c) ? c - '0' : lowercase(c) - 'a' + 10)
        x > div(typemax(UInt64) - d, UInt64(base)) && throw(OverflowError("overflow parsing " * repr(s)))
        x = x * UInt64(base) + d
    end
    x
end
"The digits of `x` in a base."
function __digits_text(x::UInt64, base::Int64)
    out, left = "", x
    while !iszero(left)
        left, d = divrem(left, UInt64(base))
        out = string(__digit(d.low, base), out)
    end
    out
end
function string(x::UInt64; base::Integer=10, pad::Integer=0)
    t = __digits_text(x, __raw(base))
    lpad(isempty(t) && pad == 0 ? "0" : t, max(pad, 1), '0')
end
print(io::IO, x::UInt64) = print(io, string(x))
show(io::IO, x::UInt64) = print(io, "0x", string(x; base=16, pad=16))
bitreverse(x::UInt64) = UInt64(__raw(bitreverse(x.low % UInt32)), __raw(bitreverse(x.high % UInt32)))
bswap(x::UInt64) = UInt64(__raw(bswap(x.low % UInt32)), __raw(bswap(x.high % UInt32)))

# Literals past 2^53: exact as UInt64s and rounded as floats, refused as Int64s.
const __Comparison = Union{typeof(==),typeof(!=),typeof(<),typeof(>),typeof(<=),typeof(>=)}
__with_wide(op, x::Union{UInt64,UInt32,UInt16,UInt8}, n::UInt64) = op(UInt64(x), n)
__with_wide(op, x::AbstractFloat, n::UInt64) = op(x, n.high < 2147483648 ? oftype(x, n) : -oftype(x, -n))
__with_wide(op::__Comparison, x::AbstractFloat, n::UInt64) = __wide_refused(n)
__with_wide(op, x, n::UInt64) = __wide_refused(n)
__wide_refused(n) = throw(__IntegerRange(n.high < 2147483648 ? string(n) : "-" * string(-n)))
__wide_first(op::__Comparison, n::UInt64, x::AbstractFloat) = __wide_refused(n)
__wide_first(op, n::UInt64, x) = __with_wide((a, b) -> op(b, a), x, n)

# `f(a * b + c, m)` for `f` one of `mod`, `rem`, `&`: the product may pass 2^53, what is left of it may not. The functions are those that
# the operators are where they are written.
const __Remainder = Union{typeof(mod),typeof(rem),typeof(&)}
__of_product(f, times, a, b, m) = f(times(a, b), m)
__of_product(f, times, plus, a, b, c, m) = f(plus(times(a, b), c), m)
__of_sum(f, plus, c, times, a, b, m) = f(plus(c, times(a, b)), m)
__of_product(f::__Remainder, ::typeof(*), a::Int64, b::Int64, m::Union{Int64,__SmallInt}) =
    __is_exact(a, b, 0) ? f(a * b, m) : __wide_remainder(f, +, a, b, 0, __raw(m))
__of_product(f::__Remainder, ::typeof(*), plus::Union{typeof(+),typeof(-)}, a::Int64, b::Int64, c::Int64, m::Union{Int64,__SmallInt}) =
    __is_exact(a, b, c) ? f(plus(a * b, c), m) : __wide_remainder(f, plus, a, b, c, __raw(m))
__of_sum(f::__Remainder, ::typeof(+), c::Int64, ::typeof(*), a::Int64, b::Int64, m::Union{Int64,__SmallInt}) =
    __is_exact(a, b, c) ? f(c + a * b, m) : __wide_remainder(f, +, a, b, c, __raw(m))
__is_exact(a, b, c) = abs(Float64(a) * Float64(b)) + abs(Float64(c)) <= 9.0e15
@noinline __wide_remainder(f, plus, a, b, c, m) = __wide(f, plus((a % UInt64) * (b % UInt64), c % UInt64), m)
"`f` of an Int64 given by its 64 bits."
__wide(::typeof(&), x::UInt64, m::Int64) = (x & (m % UInt64)) % Int64
__wide(::typeof(rem), x::UInt64, m::Int64) = x.high < 2147483648 ? __raw(rem(x, UInt64(abs(m)))) : -__raw(rem(-x, UInt64(abs(m))))
function __wide(::typeof(mod), x::UInt64, m::Int64)
    r = __wide(rem, x, m)
    r != 0 && (r < 0) != (m < 0) ? r + m : r
end

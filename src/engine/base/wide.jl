# Integers of more than 64 bits. They hold the digits of their value in base 16 as text, on which primitives work.

"An integer of any size."
struct BigInt <: Signed
    digits::String
    BigInt(x::BigInt) = x
end
"An integer of 128 bits, which wraps around."
struct Int128 <: Signed
    digits::String
    Int128(x::Int128) = x
end
"An integer of 128 bits without a sign, which wraps around."
struct UInt128 <: Unsigned
    digits::String
    UInt128(x::UInt128) = x
end
const __Wide = Union{BigInt,Int128,UInt128}
const __Wide128 = Union{Int128,UInt128}
"A float of any precision. There are none in this engine."
struct BigFloat <: AbstractFloat
    BigFloat(x...; keywords...) = __no_big_float()
end
__no_big_float() = throw(__OutsideSubset("A float of arbitrary precision (`BigFloat`)"))
__wide(::Type{T}, digits::String) where {T} = __new(T, digits)
"The same number in a type of arbitrary precision."
big(x::Integer) = BigInt(x)
big(::Type{<:Integer}) = BigInt
big(::Type{<:AbstractFloat}) = BigFloat
big(::Type{Rational{T}}) where {T} = Rational{BigInt}
big(x::Rational) = Rational{BigInt}(x)
big(x::Complex) = complex(big(real(x)), big(imag(x)))
big(x::AbstractFloat) = __no_big_float()
big(x::AbstractIrrational) = __no_big_float()
big(x::AbstractArray) = map(big, x)

"The low 128 bits, of a result that may have more."
__fitted(::Type{BigInt}, digits) = __wide(BigInt, digits)
__fitted(::Type{Int128}, digits) = __wide(Int128, Intrinsics.wide_wrap(digits, 128, true))
__fitted(::Type{UInt128}, digits) = __wide(UInt128, Intrinsics.wide_wrap(digits, 128, false))
"The digits of any integer."
__wide_digits(x::__Wide) = x.digits
__wide_digits(x::Int64) = Intrinsics.wide_of_i64(x)
__wide_digits(x::Integer) = Intrinsics.wide_of_i64(__raw(x))
__wide_digits(x::UInt64) = Intrinsics.wide_op("+", Intrinsics.wide_op("<<", __wide_digits(x.high), "20"), __wide_digits(x.low))
__exactly(::Type{BigInt}, digits, x) = __wide(BigInt, digits)
function __exactly(::Type{T}, digits, x) where {T<:__Wide128}
    r = __fitted(T, digits)
    r.digits == digits ? r : throw(InexactError(T === UInt128 && startswith(digits, '-') ? :check_top_bit : x isa Integer ? :trunc : nameof(T), T, x))
end
BigInt(x::Union{Integer,Char}) = __wide(BigInt, __wide_digits(x))
Int128(x::Union{Integer,Char}) = __exactly(Int128, __wide_digits(x), x)
UInt128(x::Union{Integer,Char}) = __exactly(UInt128, __wide_digits(x), x)
__wide_digits(x::Char) = __wide_digits(__raw(x))
BigInt(x::AbstractFloat) = __of_float(BigInt, x)
Int128(x::AbstractFloat) = __of_float(Int128, x)
UInt128(x::AbstractFloat) = __of_float(UInt128, x)
__of_float(::Type{T}, x) where {T} = isinteger(x) ? __exactly(T, Intrinsics.wide_of_f64(Float64(x)), x) : throw(InexactError(nameof(T), T, x))
BigInt(x::Rational) = x.den == 1 ? BigInt(x.num) : throw(InexactError(:BigInt, BigInt, x))
Integer(x::BigFloat) = __no_big_float()

"As an Int64, or what is thrown if it is none."
function __raw(x::__Wide)
    n, how = Intrinsics.wide_to_i64(x.digits)
    how == 1 && throw(InexactError(:Int64, Int64, x))
    how == 2 && throw(__IntegerRange(string(x)))
    n
end
Int64(x::__Wide) = __raw(x)
UInt64(x::__Wide) = __exactly(BigInt, Intrinsics.wide_wrap(x.digits, 64, false), x) == x ? x % UInt64 : throw(InexactError(:UInt64, UInt64, x))
(::Type{T})(x::__Wide) where {T<:__SmallInt} = (r = x % T; r == x ? r : throw(InexactError(:trunc, T, x)))
Bool(x::__Wide) = iszero(x) ? false : isone(x) ? true : throw(InexactError(:Bool, Bool, x))
rem(x::__Wide, ::Type{BigInt}) = BigInt(x)
rem(x::Integer, ::Type{T}) where {T<:__Wide128} = __fitted(T, __wide_digits(x))
rem(x::Integer, ::Type{BigInt}) = BigInt(x)
rem(x::__Wide, ::Type{T}) where {T<:__Wide128} = __fitted(T, x.digits)
rem(x::__Wide, ::Type{Int64}) = __raw(__wide(BigInt, Intrinsics.wide_wrap(x.digits, 64, true)))
rem(x::__Wide, ::Type{UInt64}) = __words(__word_at(x, 32), __word_at(x, 0))
__word_at(x::__Wide, k) = __raw(__wide(BigInt, Intrinsics.wide_wrap(Intrinsics.wide_op(">>", x.digits, __wide_digits(k)), 32, false)))
rem(x::__Wide, ::Type{T}) where {T<:__SmallInt} = __wrap(T, __word_at(x, 0))
rem(x::__Wide, ::Type{Bool}) = isodd(x)
Float64(x::__Wide) = Intrinsics.wide_to_f64(x.digits)
Float32(x::__Wide) = Float32(Float64(x))
Float16(x::__Wide) = Float16(Float64(x))
AbstractFloat(x::BigInt) = __no_big_float()
float(x::BigInt) = __no_big_float()
float(::Type{BigInt}) = BigFloat
/(x::BigInt, y::BigInt) = __no_big_float()
Signed(x::UInt128) = Int128(x)
Unsigned(x::Int128) = UInt128(x)
signed(x::UInt128) = x % Int128
unsigned(x::Int128) = x % UInt128

promote_rule(::Type{BigInt}, ::Type{<:Integer}) = BigInt
promote_rule(::Type{BigInt}, ::Type{<:AbstractFloat}) = BigFloat
promote_rule(::Type{Float64}, ::Type{BigInt}) = BigFloat
promote_rule(::Type{Float32}, ::Type{BigInt}) = BigFloat
promote_rule(::Type{Float16}, ::Type{BigInt}) = BigFloat
promote_rule(::Type{Int128}, ::Type{<:Union{__FixedInt,Bool}}) = Int128
promote_rule(::Type{UInt128}, ::Type{<:Union{__FixedInt,Bool,Int128}}) = UInt128
promote_rule(::Type{Rational{BigInt}}, ::Type{<:AbstractFloat}) = BigFloat
widen(::Type{Int64}) = Int128
widen(::Type{UInt64}) = UInt128
widen(::Type{<:__Wide128}) = BigInt
widen(::Type{BigInt}) = BigInt
widemul(x::Int64, y::Int64) = Int128(x) * Int128(y)
typemax(::Type{Int128}) = __wide(Int128, "7fffffffffffffffffffffffffffffff")
typemin(::Type{Int128}) = __wide(Int128, "-80000000000000000000000000000000")
typemax(::Type{UInt128}) = __wide(UInt128, "ffffffffffffffffffffffffffffffff")
typemin(::Type{UInt128}) = __wide(UInt128, "0")
zero(::Type{T}) where {T<:__Wide} = __wide(T, "0")
one(::Type{T}) where {T<:__Wide} = __wide(T, "1")
sizeof(::Type{<:__Wide128}) = 16

__worked(::Type{T}, op, x, y) where {T} = __fitted(T, Intrinsics.wide_op(op, x.digits, y.digits))
+(x::T, y::T) where {T<:__Wide} = __worked(T, "+", x, y)
-(x::T, y::T) where {T<:__Wide} = __worked(T, "-", x, y)
*(x::T, y::T) where {T<:__Wide} = __worked(T, "*", x, y)
-(x::T) where {T<:__Wide} = zero(T) - x
div(x::T, y::T) where {T<:__Wide} = __worked(T, "÷", x, y)
rem(x::T, y::T) where {T<:__Wide} = __worked(T, "%", x, y)
(&)(x::T, y::T) where {T<:__Wide} = __worked(T, "&", x, y)
|(x::T, y::T) where {T<:__Wide} = __worked(T, "|", x, y)
xor(x::T, y::T) where {T<:__Wide} = __worked(T, "⊻", x, y)
gcd(x::T, y::T) where {T<:__Wide} = __worked(T, "gcd", x, y)
~(x::T) where {T<:__Wide} = __fitted(T, Intrinsics.wide_op("-", "-1", x.digits))
abs(x::T) where {T<:Union{BigInt,Int128}} = signbit(x) ? -x : x
==(x::T, y::T) where {T<:__Wide} = x.digits == y.digits
<(x::T, y::T) where {T<:__Wide} = Intrinsics.wide_compare(x.digits, y.digits) < 0
<=(x::T, y::T) where {T<:__Wide} = Intrinsics.wide_compare(x.digits, y.digits) <= 0
# Beside other numbers, by value.
__order(x, y) = Intrinsics.wide_compare(__wide_digits(x), __wide_digits(y))
==(x::__Wide, y::Integer) = __order(x, y) == 0
==(x::Integer, y::__Wide) = __order(x, y) == 0
<(x::__Wide, y::Integer) = __order(x, y) < 0
<(x::Integer, y::__Wide) = __order(x, y) < 0
<=(x::__Wide, y::Integer) = __order(x, y) <= 0
<=(x::Integer, y::__Wide) = __order(x, y) <= 0
==(x::__Wide, y::__Wide) = __order(x, y) == 0
<(x::__Wide, y::__Wide) = __order(x, y) < 0
<=(x::__Wide, y::__Wide) = __order(x, y) <= 0
==(x::__Wide, y::AbstractFloat) = isinteger(y) && x == BigInt(y)
==(x::AbstractFloat, y::__Wide) = y == x
<(x::__Wide, y::AbstractFloat) = isfinite(y) ? x < BigInt(ceil(y)) : y > 0
<(x::AbstractFloat, y::__Wide) = isfinite(x) ? BigInt(floor(x)) < y : x < 0
<=(x::__Wide, y::AbstractFloat) = isfinite(y) ? x <= BigInt(floor(y)) : y > 0
<=(x::AbstractFloat, y::__Wide) = isfinite(x) ? BigInt(ceil(x)) <= y : x < 0
isless(x::__Wide, y::AbstractFloat) = x < y || isnan(y)
isless(x::AbstractFloat, y::__Wide) = x < y

function mod(x::T, y::T) where {T<:Union{BigInt,Int128}}
    r = rem(x, y)
    iszero(r) || signbit(r) == signbit(y) ? r : r + y
end
fld(x::T, y::T) where {T<:__Wide} = (q = div(x, y); q * y != x && signbit(x) != signbit(y) ? q - one(T) : q)
cld(x::T, y::T) where {T<:__Wide} = (q = div(x, y); q * y != x && signbit(x) == signbit(y) ? q + one(T) : q)
<<(x::T, n::Integer) where {T<:__Wide} = n < 0 ? x >> -n : __fitted(T, Intrinsics.wide_op("<<", x.digits, __wide_digits(T === BigInt ? n : min(n, 128))))
>>(x::T, n::Integer) where {T<:__Wide} = n < 0 ? x << -n : __fitted(T, Intrinsics.wide_op(">>", x.digits, __wide_digits(n)))
>>>(x::BigInt, n::Integer) = x >> n
>>>(x::Int128, n::Integer) = ((x % UInt128) >> n) % Int128
iszero(x::__Wide) = x.digits == "0"
isone(x::__Wide) = x.digits == "1"
isodd(x::__Wide) = Intrinsics.wide_wrap(x.digits, 1, false) == "1"
iseven(x::__Wide) = !isodd(x)
signbit(x::Union{BigInt,Int128}) = startswith(x.digits, '-')
sign(x::T) where {T<:Union{BigInt,Int128}} = iszero(x) ? x : signbit(x) ? -one(T) : one(T)
^(x::BigInt, n::BigInt) = __big_power(x, n)
^(x::BigInt, n::Integer) = __big_power(x, n)
^(x::BigInt, n::Bool) = n ? x : one(x)
^(x::Integer, n::BigInt) = __big_power(BigInt(x), n)
function __big_power(x, n)
    n < 0 && return isone(x) ? x : x == -1 ? (isodd(n) ? x : -x) : __negative_power(x, n)
    (isone(x) || iszero(x) && n > 0) && return x
    __wide(BigInt, Intrinsics.wide_op("^", x.digits, __wide_digits(n)))
end
literal_pow(::typeof(^), x::BigInt, ::Val{p}) where {p} = x^p
isqrt(x::T) where {T<:__Wide} = signbit(x) ? throw(DomainError(x, "isqrt needs a non-negative argument.")) : __fitted(T, Intrinsics.wide_op("isqrt", x.digits, "0"))
sqrt(x::BigInt) = __no_big_float()
__product_modulo(a::T, b::T, m::T) where {T<:__Wide} = rem(mod(BigInt(a) * BigInt(b), BigInt(m)), T)
function factorial(n::BigInt)
    n < 0 && throw(DomainError(n, "`n` must not be negative."))
    r = one(n)
    for k in 2:__raw(n)
        r *= k
    end
    r
end
function factorial(n::__Wide128)
    n > (n isa Int128 ? 33 : 34) && throw(OverflowError(string(n, " is too large to look up in the table; consider using `factorial(big(", n, "))` instead")))
    oftype(n, factorial(BigInt(n)))
end
binomial(n::BigInt, k::BigInt) = binomial(n, __raw(k))
function binomial(n::BigInt, k::Integer)
    k < 0 && return zero(n)
    n < 0 && return (isodd(k) ? -1 : 1) * binomial(k - n - 1, k)
    k > n && return zero(n)
    r = one(n)
    m = __raw(min(k, n - k))
    for i in 1:m
        r = div(r * (n - m + i), BigInt(i))
    end
    r
end

"The bits of a number without a sign, the highest first."
__bits_text(x) = string(x % UInt128; base=2, pad=128)
bitstring(x::__Wide128) = __bits_text(x)
count_ones(x::__Wide128) = count(==('1'), __bits_text(x))
count_ones(x::BigInt) = signbit(x) ? throw(DomainError(x, "negative")) : count(==('1'), string(x; base=2))
count_zeros(x::__Wide128) = 128 - count_ones(x)
leading_zeros(x::__Wide128) = something(findfirst('1', __bits_text(x)), 129) - 1
trailing_zeros(x::__Wide128) = iszero(x) ? 128 : 128 - findlast('1', __bits_text(x))
trailing_zeros(x::BigInt) = (t = string(abs(x); base=2); iszero(x) ? throw(DomainError(x, "must be non-zero")) : length(t) - findlast('1', t))
ndigits(x::__Wide; base::Integer=10) = length(string(abs(BigInt(x)); base=base))
function digits(x::__Wide; base::Integer=10, pad::Integer=1)
    out = map(c -> __raw(c <= '9' ? c - '0' : c - 'a' + 10), reverse(collect(string(abs(BigInt(x)); base=base))))
    iszero(x) && empty!(out)
    while length(out) < pad
        push!(out, 0)
    end
    signbit(x) ? -out : out
end
function string(x::__Wide; base::Integer=10, pad::Integer=1)
    2 <= base <= 36 || __argument_error("base must be 2 ≤ base ≤ 36, got ", base)
    t = Intrinsics.wide_text(x.digits, __raw(base))
    startswith(t, '-') ? string("-", lpad(chop(t; head=1, tail=0), pad, '0')) : lpad(t, pad, '0')
end
print(io::IO, x::__Wide) = print(io, string(x))
show(io::IO, x::Union{BigInt,Int128}) = print(io, string(x))
show(io::IO, x::UInt128) = print(io, "0x", string(x; base=16, pad=32))
function tryparse(::Type{T}, s::__Text; base::Integer=10) where {T<:__Wide}
    found, ok = Intrinsics.wide_parse(strip(s), __raw(base))
    ok || return nothing
    r = __fitted(T, found)
    r.digits == found ? r : nothing
end
"What `big\"…\"` and its like say."
function __wide_text(::Type{T}, s) where {T}
    text = replace(s, '_' => "")
    T === BigInt && tryparse(BigInt, text) === nothing && tryparse(Float64, text) !== nothing && __no_big_float()
    parse(T, text)
end

# Division in every rounding, and what is built on it; bits of integers.

"The quotient, rounded as `mode` says."
div(x::Real, y::Real, ::RoundingMode{:ToZero}) = div(x, y)
div(x::Real, y::Real, ::RoundingMode{:Down}) = fld(x, y)
div(x::Real, y::Real, ::RoundingMode{:Up}) = cld(x, y)
div(x::Real, y::Real, mode::RoundingMode) = __div_nearest(promote(x, y)..., mode)
div(x::Real, y::Real, ::RoundingMode{:FromZero}) = (x < 0) == (y < 0) ? cld(x, y) : fld(x, y)
"Twice the remainder says on which side of the half it lies."
function __div_nearest(x::T, y::T, mode) where {T}
    q = fld(x, y)
    r = x - q * y
    s = abs(r) - (abs(y) - abs(r))
    s > 0 || (iszero(s) && __half_goes_up(mode, q)) ? q + one(q) : q
end
__half_goes_up(::RoundingMode{:Nearest}, q) = isodd(q)
__half_goes_up(::RoundingMode{:NearestTiesUp}, q) = true
__half_goes_up(::RoundingMode{:NearestTiesAway}, q) = q >= 0
"What `div` in the same rounding leaves."
rem(x::Real, y::Real, ::RoundingMode{:ToZero}) = rem(x, y)
rem(x::Real, y::Real, ::RoundingMode{:Down}) = mod(x, y)
rem(x::Real, y::Real, ::RoundingMode{:Up}) = (m = mod(x, y); iszero(m) ? m : m - oftype(m, y))
rem(x::Real, y::Real, ::RoundingMode{:Nearest}) = __rem_nearest(promote(x, y)...)
function __rem_nearest(x::T, y::T) where {T}
    r = rem(x, y)
    a, b = abs(r), abs(y)
    a > b - a || (a == b - a && isodd(div(x, y))) ? (signbit(r) ? r + b : r - b) : r
end
divrem(x, y, mode::RoundingMode) = (div(x, y, mode), rem(x, y, mode))
"The element of a range that starts at 1 or elsewhere to which `x` comes down by whole lengths of it."
mod(x::Integer, r::AbstractUnitRange{<:Integer}) = mod(x - first(r), length(r)) + first(r)
mod(x::Integer, r::OneTo) = mod1(x, last(r))
gcd(a::AbstractArray{<:Integer}) = reduce(gcd, a; init=zero(eltype(a)))
lcm(a::AbstractArray{<:Integer}) = reduce(lcm, a; init=one(eltype(a)))
"The product in the next wider type."
widemul(x::Number, y::Number) = widemul(promote(x, y)...)
widemul(x::T, y::T) where {T<:Number} = widen(x) * widen(y)
widemul(x::Float64, y::Float64) = x * y
widemul(x::Bool, y::Number) = x * y
widemul(x::Number, y::Bool) = x * y
widemul(x::Bool, y::Bool) = x * y
"Arithmetic that throws an OverflowError instead of wrapping around, and arithmetic that says whether it wrapped."
checked_add(x::Integer, y::Integer) = __checked_result(+, promote(x, y)...)
checked_sub(x::Integer, y::Integer) = __checked_result(-, promote(x, y)...)
checked_mul(x::Integer, y::Integer) = __checked_result(*, promote(x, y)...)
checked_neg(x::Integer) = checked_sub(zero(x), x)
checked_abs(x::Integer) = x < 0 ? checked_neg(x) : x
checked_div(x::Integer, y::Integer) = div(x, y)
checked_rem(x::Integer, y::Integer) = rem(x, y)
checked_mod(x::Integer, y::Integer) = mod(x, y)
checked_fld(x::Integer, y::Integer) = fld(x, y)
checked_cld(x::Integer, y::Integer) = cld(x, y)
function checked_pow(x::Integer, n::Integer)
    n < 0 && return x^n
    y = one(x)
    for _ in 1:n
        y = checked_mul(y, x)
    end
    y
end
checked_add(x::Integer, y::Integer, rest::Integer...) = checked_add(checked_add(x, y), rest...)
checked_mul(x::Integer, y::Integer, rest::Integer...) = checked_mul(checked_mul(x, y), rest...)
add_with_overflow(x::T, y::T) where {T<:Integer} = __with_overflow(+, x, y)
sub_with_overflow(x::T, y::T) where {T<:Integer} = __with_overflow(-, x, y)
mul_with_overflow(x::T, y::T) where {T<:Integer} = __with_overflow(*, x, y)
function __checked_result(op, x::T, y::T) where {T}
    z, over = __with_overflow(op, x, y)
    over ? throw(OverflowError(string(x, " ", op, " ", y, " overflowed for type ", T))) : z
end
function __with_overflow(op, x::T, y::T) where {T<:__SmallInt}
    exact = op(Float64(x), Float64(y))
    z = op(x, y)
    # A product of two numbers of 32 bits may be rounded here, but then it is out of range, and so is what it is rounded to.
    (z, !(Float64(typemin(T)) <= exact <= Float64(typemax(T))))
end
function __with_overflow(op, x::UInt64, y::UInt64)
    z = op(x, y)
    over = op === (+) ? z < x : op === (-) ? x < y : !iszero(x) && div(z, x) != y
    (z, over)
end
function __with_overflow(op, x::Int64, y::Int64)
    exact = op(Float64(x), Float64(y))
    # Where the result fits in 64 bits and the engine has no number for it, `op` throws.
    abs(exact) < 9.223372036854775e18 && return (op(x, y), false)
    throw(OverflowError(string(x, " ", op, " ", y, " overflowed for type Int64")))
end
__with_overflow(op, x::Bool, y::Bool) = (z = op(x, y); (z, false))
trailing_ones(x::Integer) = trailing_zeros(~x)
leading_ones(x::Integer) = leading_zeros(~x)
"The smallest product of powers of the factors that is at least `x`."
function nextprod(factors::Union{Tuple,AbstractVector}, x::Real)
    best = nextpow(first(factors), x)
    function search(p, k)
        p >= x && return (best = min(best, p); nothing)
        for j in k:length(factors)
            search(p * factors[j], j)
        end
    end
    search(one(first(factors)), 1)
    best
end
clamp(x, ::Type{T}) where {T<:Integer} = clamp(x, typemin(T), typemax(T)) % T
clamp(x::AbstractFloat, ::Type{T}) where {T<:Integer} = x > typemax(T) ? typemax(T) : x < typemin(T) ? typemin(T) : unsafe_trunc(T, x)
clamp(x::Real, r::AbstractUnitRange{<:Integer}) = clamp(x, first(r), last(r))
function clamp!(a::AbstractArray, lo, hi)
    for k in 1:length(a)
        __set(a, clamp(__get(a, k), lo, hi), k)
    end
    a
end

ispow2(x::Real) = x > 0 && isfinite(x) && significand(float(x)) == 1
bitstring(n::__SmallSigned) = __bit_text(__raw(n) & (1 << __bits(typeof(n)) - 1), __bits(typeof(n)))
bitstring(n::Bool) = n ? "00000001" : "00000000"
bitstring(n::Int64) = bitstring(n % UInt64)
__bit_text(n, bits) = string(n; base=2, pad=bits)
"The bits, the bytes, in opposite order."
bitreverse(n::T) where {T<:__SmallInt} = __reassembled(T, n, 1)
bswap(n::T) where {T<:__SmallInt} = __reassembled(T, n, 8)
function __reassembled(::Type{T}, n, width) where {T}
    left, out = __raw(n) & (1 << __bits(T) - 1), 0
    for _ in 1:div(__bits(T), width)
        out = (out << width) + (left & (1 << width - 1))
        left = left >> width
    end
    __wrap(T, out)
end
"The bits moved to the left, those that fall off coming back on the right."
function bitrotate(n::T, k::Integer) where {T<:__SmallInt}
    b = __bits(T)
    low = __raw(n) & (1 << b - 1)
    m = mod(__raw(k), b)
    __wrap(T, ((low & (1 << (b - m) - 1)) << m) | (low >> (b - m)))
end

module Checked
import ..Base: checked_neg, checked_abs, checked_add, checked_sub, checked_mul, checked_div, checked_rem, checked_fld, checked_mod, checked_cld, checked_pow
import ..Base: add_with_overflow, sub_with_overflow, mul_with_overflow
export checked_neg, checked_abs, checked_add, checked_sub, checked_mul, checked_div, checked_rem, checked_fld, checked_mod, checked_cld, checked_pow
export add_with_overflow, sub_with_overflow, mul_with_overflow
end

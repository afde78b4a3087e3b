# Fractions of integers, in lowest terms.

"`num // den`"
struct Rational{T<:Integer} <: Real
    num::T
    den::T
    function Rational{T}(num, den) where {T<:Integer}
        iszero(num) && iszero(den) && __argument_error("invalid rational: zero(", T, ")//zero(", T, ")")
        g = gcd(convert(T, num), convert(T, den))
        s = den < 0 ? -g : g
        new{T}(div(convert(T, num), s), div(convert(T, den), s))
    end
end
Rational(n::T, d::T) where {T<:Integer} = Rational{T}(n, d)
Rational(n::Integer, d::Integer) = Rational(promote(n, d)...)
Rational(n::Integer) = Rational{typeof(n)}(n, one(n))
Rational(x::Rational) = x
"The very number that a float is."
function Rational(x::AbstractFloat)
    isnan(x) && throw(InexactError(:Rational, Rational{Int64}, x))
    isinf(x) && return Rational(x > 0 ? 1 : -1, 0)
    d = 1
    while !isinteger(x)
        x *= 2
        d *= 2
    end
    Rational(Int64(x), d)
end
Rational{T}(x::AbstractFloat) where {T<:Integer} = Rational{T}(Rational(x))
Rational{T}(x::Rational{T}) where {T<:Integer} = x
Rational{T}(x::Integer) where {T<:Integer} = Rational{T}(x, one(x))
Rational{T}(x::Rational) where {T<:Integer} = Rational{T}(x.num, x.den)
//(n::Integer, d::Integer) = Rational(n, d)
//(x::Rational, y::Integer) = Rational(x.num, x.den * y)
//(x::Integer, y::Rational) = Rational(x * y.den, y.num)
//(x::Rational, y::Rational) = Rational(x.num * y.den, x.den * y.num)
//(z::Complex, y::Real) = Complex(real(z) // y, imag(z) // y)
//(x::Number, z::Complex) = x * conj(z) // abs2(z)
numerator(x::Rational) = x.num
denominator(x::Rational) = x.den
numerator(x::Integer) = x
denominator(x::Integer) = one(x)
promote_rule(::Type{Rational{T}}, ::Type{S}) where {T<:Integer,S<:Integer} = Rational{promote_type(T, S)}
promote_rule(::Type{Rational{T}}, ::Type{Rational{S}}) where {T<:Integer,S<:Integer} = Rational{promote_type(T, S)}
promote_rule(::Type{Rational{T}}, ::Type{S}) where {T<:Integer,S<:AbstractFloat} = S
promote_rule(::Type{Rational{T}}, ::Type{S}) where {T<:Integer,S<:AbstractIrrational} = Float64
(::Type{T})(x::Rational) where {T<:AbstractFloat} = T(Float64(x.num) / Float64(x.den))
(::Type{T})(x::Rational) where {T<:Integer} = x.den == 1 ? T(x.num) : __inexact(T, x)
Float64(x::Rational) = Float64(x.num) / Float64(x.den)
Int64(x::Rational) = x.den == 1 ? Int64(x.num) : __inexact(Int64, x)
float(x::Rational) = Float64(x)
float(::Type{Rational{T}}) where {T} = Float64
zero(::Type{Rational{T}}) where {T} = Rational{T}(zero(T), one(T))
one(::Type{Rational{T}}) where {T} = Rational{T}(one(T), one(T))
+(x::Rational, y::Rational) = Rational(x.num * y.den + y.num * x.den, x.den * y.den)
-(x::Rational, y::Rational) = Rational(x.num * y.den - y.num * x.den, x.den * y.den)
*(x::Rational, y::Rational) = Rational(x.num * y.num, x.den * y.den)
/(x::Rational, y::Rational) = x // y
/(x::Rational, y::Integer) = x // y
/(x::Integer, y::Rational) = x // y
-(x::Rational) = Rational(-x.num, x.den)
inv(x::Rational) = Rational(x.den, x.num)
abs(x::Rational) = Rational(abs(x.num), x.den)
sign(x::Rational) = oftype(x, sign(x.num))
signbit(x::Rational) = signbit(x.num)
==(x::Rational, y::Rational) = x.num == y.num && x.den == y.den
# A float is a fraction whose denominator is a power of 2, and only such fractions are equal to one.
==(x::Rational, y::AbstractFloat) = (ispow2(x.den) || iszero(x.den)) && Float64(x) == y
==(x::AbstractFloat, y::Rational) = y == x
<(x::Rational, y::Rational) = x.num * y.den < y.num * x.den
<=(x::Rational, y::Rational) = x.num * y.den <= y.num * x.den
^(x::Rational, n::Integer) = n >= 0 ? Rational(x.num^n, x.den^n) : Rational(x.den^-n, x.num^-n)
^(x::Number, y::Rational) = x^(y.num / y.den)
^(z::Complex, y::Rational) = z^(y.num / y.den)
^(::Irrational{:ℯ}, y::Rational) = exp(y.num / y.den)
^(x::T, y::Rational) where {T<:AbstractFloat} = x^T(y)
^(x::Rational, y::Rational) = Float64(x)^(y.num / y.den)
isinteger(x::Rational) = x.den == 1
isfinite(x::Rational) = !iszero(x.den)
isnan(x::Rational) = false
rem(x::Rational, y::Rational) = x - y * trunc(x / y)
mod(x::Rational, y::Rational) = x - y * floor(x / y)
div(x::Rational, y::Rational) = div(x.num * y.den, x.den * y.num)
fld(x::Rational, y::Rational) = fld(x.num * y.den, x.den * y.num)
cld(x::Rational, y::Rational) = cld(x.num * y.den, x.den * y.num)
gcd(x::Rational, y::Rational) = gcd(x.num, y.num) // lcm(x.den, y.den)
lcm(x::Rational, y::Rational) = lcm(x.num, y.num) // gcd(x.den, y.den)
__trunc(x::Rational) = oftype(x, div(x.num, x.den))
__floor(x::Rational) = oftype(x, fld(x.num, x.den))
__ceil(x::Rational) = oftype(x, cld(x.num, x.den))
function __round(x::Rational)
    t = fld(2 * x.num + x.den, 2 * x.den)
    oftype(x, 2 * (t * x.den - x.num) == x.den && isodd(t) ? t - 1 : t)
end
"The simplest fraction within `tol` of a float."
typemax(::Type{Rational{T}}) where {T<:Integer} = Rational{T}(one(T), zero(T))
typemin(::Type{Rational{T}}) where {T<:Integer} = Rational{T}(-one(T), zero(T))
rationalize(::Type{T}, x; options...) where {T<:Integer} = Rational{T}(rationalize(x; options...))
rationalize(x::AbstractIrrational; options...) = rationalize(Float64(x); options...)
function rationalize(x0::AbstractFloat; tol=eps(x0))
    tol < 0 && throw(ArgumentError("negative tolerance $tol"))
    isnan(x0) && throw(InexactError(:Int64, Int64, x0))
    p, q, pp, qq = x0 < 0 ? -1 : 1, 0, 0, 1
    isinf(x0) && return Rational(p, 0)
    x = Float64(abs(x0))
    a = trunc(x)
    r, y = x - a, 1.0
    nt, t, tt = Float64(tol), 0.0, Float64(tol)
    # What overflows leaves the last convergent.
    fits(a) = a * max(abs(p), q) + max(abs(pp), qq) < 9.223372036854775e18
    while r > nt
        fits(a) || return Rational(p, q)
        p, pp = Int64(a) * p + pp, p
        q, qq = Int64(a) * q + qq, q
        x, y = y, r
        a, r = divrem(x, y)
        t, tt = nt, t
        nt = a * t + tt
    end
    # The simplest fraction between this convergent and the last that is near enough.
    a = cld(x - tt, y + t)
    fits(a) ? Rational(Int64(a) * p + pp, Int64(a) * q + qq) : Rational(p, q)
end

# Elementary functions, with Julia's domain errors. Narrow floats go through Float64 and are rounded once.

@noinline function __complex_error(x, name::String)
    throw(DomainError(x, string(name, " was called with a negative real argument but will only return a complex result ",
        "if called with a complex argument. Try ", name, "(Complex(x)).")))
end
@noinline __domain_error(x, message::String) = throw(DomainError(x, message))
__check_finite(x::Float64, name::String) = isinf(x) ? __domain_error(x, string(name, "(x) is only defined for finite x.")) : nothing

"Sine of an angle in radians."
function sin(x::Float64)
    __check_finite(x, "sin")
    Intrinsics.f64_sin(x)
end
sin(x::T) where {T<:__NarrowFloat} = T(sin(Float64(x)))
sin(x::Real) = sin(float(x))
"Cosine of an angle in radians."
function cos(x::Float64)
    __check_finite(x, "cos")
    Intrinsics.f64_cos(x)
end
cos(x::T) where {T<:__NarrowFloat} = T(cos(Float64(x)))
cos(x::Real) = cos(float(x))
"Tangent of an angle in radians."
function tan(x::Float64)
    __check_finite(x, "tan")
    Intrinsics.f64_tan(x)
end
tan(x::T) where {T<:__NarrowFloat} = T(tan(Float64(x)))
tan(x::Real) = tan(float(x))
"Inverse sine."
function asin(x::Float64)
    abs(x) > 1.0 && __domain_error(x, "asin(x) is not defined for |x| > 1.")
    Intrinsics.f64_asin(x)
end
asin(x::T) where {T<:__NarrowFloat} = T(asin(Float64(x)))
asin(x::Real) = asin(float(x))
"Inverse cosine."
function acos(x::Float64)
    abs(x) > 1.0 && __domain_error(x, "acos(x) is not defined for |x| > 1.")
    Intrinsics.f64_acos(x)
end
acos(x::T) where {T<:__NarrowFloat} = T(acos(Float64(x)))
acos(x::Real) = acos(float(x))
atan(x::Float64) = Intrinsics.f64_atan(x)
atan(x::T) where {T<:__NarrowFloat} = T(atan(Float64(x)))
atan(x::Real) = atan(float(x))
"Hyperbolic sine."
sinh(x::Float64) = Intrinsics.f64_sinh(x)
sinh(x::T) where {T<:__NarrowFloat} = T(sinh(Float64(x)))
sinh(x::Real) = sinh(float(x))
cosh(x::Float64) = Intrinsics.f64_cosh(x)
cosh(x::T) where {T<:__NarrowFloat} = T(cosh(Float64(x)))
cosh(x::Real) = cosh(float(x))
tanh(x::Float64) = Intrinsics.f64_tanh(x)
tanh(x::T) where {T<:__NarrowFloat} = T(tanh(Float64(x)))
tanh(x::Real) = tanh(float(x))
asinh(x::Float64) = Intrinsics.f64_asinh(x)
asinh(x::T) where {T<:__NarrowFloat} = T(asinh(Float64(x)))
asinh(x::Real) = asinh(float(x))
function acosh(x::Float64)
    x < 1.0 && __domain_error(x, "acosh(x) is only defined for x ≥ 1.")
    Intrinsics.f64_acosh(x)
end
acosh(x::T) where {T<:__NarrowFloat} = T(acosh(Float64(x)))
acosh(x::Real) = acosh(float(x))
function atanh(x::Float64)
    abs(x) > 1.0 && __domain_error(x, "atanh(x) is only defined for |x| ≤ 1.")
    Intrinsics.f64_atanh(x)
end
atanh(x::T) where {T<:__NarrowFloat} = T(atanh(Float64(x)))
atanh(x::Real) = atanh(float(x))
"e to the power of x."
exp(x::Float64) = Intrinsics.f64_exp(x)
exp(x::T) where {T<:__NarrowFloat} = T(exp(Float64(x)))
exp(x::Real) = exp(float(x))
exp2(x::Float64) = Intrinsics.f64_exp2(x)
exp2(x::T) where {T<:__NarrowFloat} = T(exp2(Float64(x)))
exp2(x::Real) = exp2(float(x))
exp10(x::Float64) = Intrinsics.f64_exp10(x)
exp10(x::T) where {T<:__NarrowFloat} = T(exp10(Float64(x)))
exp10(x::Real) = exp10(float(x))
expm1(x::Float64) = Intrinsics.f64_expm1(x)
expm1(x::T) where {T<:__NarrowFloat} = T(expm1(Float64(x)))
expm1(x::Real) = expm1(float(x))
"The real cube root."
cbrt(x::Float64) = Intrinsics.f64_cbrt(x)
cbrt(x::T) where {T<:__NarrowFloat} = T(cbrt(Float64(x)))
cbrt(x::Real) = cbrt(float(x))
"The non-negative square root."
function sqrt(x::Float64)
    x < 0.0 && __complex_error(x, "sqrt")
    Intrinsics.f64_sqrt(x)
end
sqrt(x::T) where {T<:__NarrowFloat} = T(sqrt(Float64(x)))
sqrt(x::Real) = sqrt(float(x))
"Natural logarithm."
function log(x::Float64)
    x < 0.0 && __complex_error(x, "log")
    Intrinsics.f64_log(x)
end
log(x::T) where {T<:__NarrowFloat} = T(log(Float64(x)))
log(x::Real) = log(float(x))
function log2(x::Float64)
    x < 0.0 && __complex_error(x, "log2")
    Intrinsics.f64_log2(x)
end
log2(x::T) where {T<:__NarrowFloat} = T(log2(Float64(x)))
log2(x::Real) = log2(float(x))
function log10(x::Float64)
    x < 0.0 && __complex_error(x, "log10")
    Intrinsics.f64_log10(x)
end
log10(x::T) where {T<:__NarrowFloat} = T(log10(Float64(x)))
log10(x::Real) = log10(float(x))
function log1p(x::Float64)
    x < -1.0 && __domain_error(x, string("log1p was called with a real argument < -1 but will only return a complex result ",
        "if called with a complex argument. Try log1p(Complex(x))."))
    Intrinsics.f64_log1p(x)
end
log1p(x::T) where {T<:__NarrowFloat} = T(log1p(Float64(x)))
log1p(x::Real) = log1p(float(x))
const √ = sqrt
const ∛ = cbrt
"The fourth root."
fourthroot(x::Number) = sqrt(sqrt(x))
const ∜ = fourthroot
atan(y::Float64, x::Float64) = Intrinsics.f64_atan2(y, x)
atan(y::T, x::T) where {T<:__NarrowFloat} = T(atan(Float64(y), Float64(x)))
atan(y::T, x::T) where {T<:Integer} = atan(Float64(y), Float64(x))
"The logarithm of `x` to base `b`."
log(b::Number, x::Number) = log(x) / log(b)
log(b::Integer, x::Number) = b == 2 ? float(log2(x)) : b == 10 ? float(log10(x)) : log(x) / log(b)
hypot(x::Number) = float(abs(x))
hypot(x::Float64, y::Float64) = Intrinsics.f64_hypot(x, y)
hypot(x::T, y::T) where {T<:__NarrowFloat} = T(hypot(Float64(x), Float64(y)))
hypot(x::T, y::T) where {T<:Number} = hypot(Float64(abs(x)), Float64(abs(y)))
hypot(x, y, z, rest...) = hypot(hypot(x, y), z, rest...)

sincos(x) = (sin(x), cos(x))
sec(x) = inv(cos(x))
csc(x) = inv(sin(x))
cot(x) = inv(tan(x))
sech(x) = inv(cosh(x))
csch(x) = inv(sinh(x))
coth(x) = inv(tanh(x))
asec(x) = acos(inv(x))
acsc(x) = asin(inv(x))
acot(x) = atan(inv(x))
asech(x) = acosh(inv(x))
acsch(x) = asinh(inv(x))
acoth(x) = atanh(inv(x))

# Multiples of pi and degrees: the argument is reduced before it is scaled, so that special angles are exact.
"sin(pi x)"
function sinpi(x::Float64)
    __check_finite(x, "sinpi")
    r = rem(x, 2.0)
    # Between two quarter turns the odd one, so that sin and cos of pi/4 are one number.
    n = Intrinsics.f64_round(2.0 * r + 1.0) - 1.0
    __sin_half_turns(r - 0.5 * n, mod(Int64(n), 4))
end
"cos(pi x)"
function cospi(x::Float64)
    __check_finite(x, "cospi")
    r = rem(x, 2.0)
    n = Intrinsics.f64_round(2.0 * r)
    __sin_half_turns(r - 0.5 * n, mod(Int64(n) + 1, 4))
end
"sin(pi t + q pi/2)"
__sin_half_turns(t::Float64, q::Int64) = __sin_turned(t, 3.141592653589793, 1.2246467991473532e-16, q)
"sin(u t + q pi/2), where u is `unit` and the rest of it that is beyond a Float64: the angle is taken to twice the precision."
function __sin_turned(t::Float64, unit::Float64, rest::Float64, q::Int64)
    y = t * unit
    e = __product_error(t, unit, y) + t * rest
    s, c = sin(y), cos(y)
    q == 0 ? s + c * e : q == 1 ? c - s * e : q == 2 ? 0.0 - (s + c * e) : 0.0 - (c - s * e)
end
sinpi(x::T) where {T<:__NarrowFloat} = T(sinpi(Float64(x)))
cospi(x::T) where {T<:__NarrowFloat} = T(cospi(Float64(x)))
sinpi(x::Real) = sinpi(float(x))
cospi(x::Real) = cospi(float(x))
tanpi(x) = sinpi(x) / cospi(x)
sincospi(x) = (sinpi(x), cospi(x))
"sin of an angle in degrees"
function sind(x::Float64)
    __check_finite(x, "sind")
    r = rem(x, 360.0)
    # Between two multiples of 90 the odd one, so that sin and cos of 45 degrees are one number.
    n = Intrinsics.f64_round(r / 90.0 + 1.0) - 1.0
    __sin_degrees(r - 90.0 * n, mod(Int64(n), 4))
end
"sin(t degrees + q pi/2)"
__sin_degrees(t::Float64, q::Int64) = __sin_turned(t, 0.017453292519943295, 2.9486522708701687e-19, q)
"cos of an angle in degrees"
function cosd(x::Float64)
    __check_finite(x, "cosd")
    r = rem(x, 360.0)
    n = Intrinsics.f64_round(r / 90.0)
    __sin_degrees(r - 90.0 * n, mod(Int64(n) + 1, 4))
end
sind(x::T) where {T<:__NarrowFloat} = T(sind(Float64(x)))
cosd(x::T) where {T<:__NarrowFloat} = T(cosd(Float64(x)))
sind(x::Real) = sind(float(x))
cosd(x::Real) = cosd(float(x))
tand(x::Real) = sind(x) / cosd(x)
sincosd(x) = (sind(x), cosd(x))
secd(x) = inv(cosd(x))
cscd(x) = inv(sind(x))
cotd(x) = inv(tand(x))
asind(x) = rad2deg(asin(x))
acosd(x) = rad2deg(acos(x))
atand(x) = rad2deg(atan(x))
asecd(x) = rad2deg(asec(x))
acscd(x) = rad2deg(acsc(x))
acotd(x) = rad2deg(acot(x))
atand(y, x) = rad2deg(atan(y, x))
deg2rad(x::Number) = float(x) * oftype(float(real(x)), 0.017453292519943295)
rad2deg(x::Number) = float(x) * oftype(float(real(x)), 57.29577951308232)
"sin(pi x) / (pi x), 1 at 0."
function sinc(x::Float64)
    isinf(x) && return 0.0
    t = 3.141592653589793 * x
    # Near 0 the series, which has the right derivatives of every order there.
    abs(x) < 0.02 ? __sinc_series(t * t) : sinpi(x) / t
end
sinc(z::Complex{Float64}) = (t = 3.141592653589793 * z; abs(z) < 0.02 ? __sinc_series(t * t) : sinpi(z) / t)
__sinc_series(s::Union{Float64,Complex{Float64}}) = 1.0 - s * (1 / 6 - s * (1 / 120 - s * (1 / 5040 - s * (1 / 362880 - s * (1 / 39916800 - s / 6227020800)))))
sinc(x::T) where {T<:__NarrowFloat} = T(sinc(Float64(x)))
sinc(z::Complex{T}) where {T<:__NarrowFloat} = Complex{T}(sinc(Complex{Float64}(z)))
sinc(x::Number) = sinc(float(x))
"Derivative of `sinc`."
function cosc(x::Float64)
    isinf(x) && return 0.0
    __cosc(x)
end
cosc(z::Complex{Float64}) = __cosc(z)
function __cosc(x)
    t = 3.141592653589793 * x
    s = t * t
    abs(x) < 0.02 ? 0.0 - 3.141592653589793 * t * (1 / 3 - s * (1 / 30 - s * (1 / 840 - s * (1 / 45360 - s / 3991680)))) : (cospi(x) - sinc(x)) / x
end
cosc(x::T) where {T<:__NarrowFloat} = T(cosc(Float64(x)))
cosc(z::Complex{T}) where {T<:__NarrowFloat} = Complex{T}(cosc(Complex{Float64}(z)))
cosc(x::Number) = cosc(float(x))

abs2(x::Real) = x * x
inv(x::Float64) = 1.0 / x
inv(x::Number) = one(x) / x
muladd(x, y, z) = x * y + z
"`x * y + z` rounded once."
function fma(x::Float64, y::Float64, z::Float64)
    p = x * y
    isfinite(z) || return isfinite(x) && isfinite(y) ? z : p + z
    e = __product_error(x, y, p)
    s = p + z
    isfinite(e) || return s
    t = s - p
    s + (((p - (s - t)) + (z - t)) + e)
end
fma(x::T, y::T, z::T) where {T<:__NarrowFloat} = T(Float64(x) * Float64(y) + Float64(z))
fma(x::T, y::T, z::T) where {T<:Integer} = x * y + z
fma(x::T, y::T, z::T) where {T<:Number} = error("fma not defined for ", T)
fma(x::Number, y::Number, z::Number) = fma(promote(x, y, z)...)
"What rounding took from the product `p = x * y` (Dekker)."
function __product_error(x::Float64, y::Float64, p::Float64)
    a, b = x * 134217729.0, y * 134217729.0
    xh, yh = a - (a - x), b - (b - y)
    xl, yl = x - xh, y - yh
    ((xh * yh - p) + xh * yl + xl * yh) + xl * yl
end
"The polynomial with coefficients `p`, constant first, at `x` (Horner)."
evalpoly(x, p::Tuple) = __horner(x, p...)
__horner(x, a) = a
__horner(x, a, rest...) = muladd(x, __horner(x, rest...), a)
function evalpoly(x, p::AbstractVector)
    n = length(p)
    r = p[n] + zero(x) * p[n]
    for k in 1:n-1
        r = muladd(x, r, p[n - k])
    end
    r
end

# Powers.
function ^(x::Float64, y::Float64)
    x < 0.0 && isfinite(y) && y != __trunc(y) && __power_error(x)
    Intrinsics.f64_pow(x, y)
end
@noinline __power_error(x) =
    throw(DomainError(x, string("Exponentiation yielding a complex result requires a complex argument.\n",
        "Replace x^y with (x+0im)^y, Complex(x)^y, or similar.")))
^(x::Float64, n::Integer) = Intrinsics.f64_pow(x, Float64(n))
^(x::T, n::Integer) where {T<:__NarrowFloat} = T(Float64(x)^n)
^(x::T, y::T) where {T<:__NarrowFloat} = T(Float64(x)^Float64(y))
^(x::Number, n::Integer) = __power_by_squaring(x, n)
^(x::Integer, n::Integer) = __integer_power(x, n)
^(x::T, n::T) where {T<:Integer} = __integer_power(x, n)

@noinline function __negative_power(x, n)
    throw(DomainError(n, string("Cannot raise an integer x to a negative power ", n, ".\nMake x or ", n,
        " a float by adding a zero decimal (e.g., 2.0^", n, " or 2^", n, ".0 instead of 2^", n,
        ")or write 1/x^", -n, ", float(x)^", n, ", x^float(", n, ") or (x//1)^", n, ".")))
end
function __integer_power(x, n)
    if n < 0
        x == 1 && return x
        x == -1 && return isodd(n) ? x : one(x)
        __negative_power(x, n)
    end
    __repeated_squares(x, __raw(n))
end

"`x^p` by squaring, for types whose `^` is nothing better; a negative `p` inverts."
power_by_squaring(x, p::Integer) = __power_by_squaring(x, p)
__power_by_squaring(x, n::Integer) = n < 0 ? __repeated_squares(inv(x), -__raw(n)) : __repeated_squares(x, __raw(n))
function __repeated_squares(x, n::Int64)
    n == 0 && return one(x)
    k = n
    b = x
    while iseven(k)
        b = b * b
        k = k >> 1
    end
    r = b
    k = k >> 1
    while k > 0
        b = b * b
        isodd(k) && (r = r * b)
        k = k >> 1
    end
    r
end

"`x^p` for a literal integer `p`: what the compiler makes of `x^2`."
literal_pow(f, x, ::Val{p}) where {p} = f(x, p)
const HWReal = Union{Int8,Int16,Int32,Int64,UInt8,UInt16,UInt32,UInt64,Float32,Float64}
"Numbers whose products are those of the machine, so that `x^2` may be `x * x`; other types have a power of their own."
const HWNumber = Union{HWReal,Complex{<:HWReal},Rational{<:HWReal}}
literal_pow(::typeof(^), x, ::Val{p}) where {p} = p < 0 ? inv(x)^(-p) : x^p
literal_pow(::typeof(^), x::HWNumber, ::Val{p}) where {p} = p < 0 && x isa Integer ? inv(x)^(-p) : x^p
literal_pow(::typeof(^), x::HWNumber, ::Val{0}) = one(x)
literal_pow(::typeof(^), x::HWNumber, ::Val{1}) = x
literal_pow(::typeof(^), x::HWNumber, ::Val{2}) = x * x
literal_pow(::typeof(^), x::HWNumber, ::Val{3}) = x * x * x
literal_pow(::typeof(^), x::HWNumber, ::Val{-1}) = inv(x)
literal_pow(::typeof(^), x::HWNumber, ::Val{-2}) = (i = inv(x); i * i)

# Complex numbers.

"A number `re + im i`."
struct Complex{T<:Real} <: Number
    re::T
    im::T
end
Complex(x::Real, y::Real) = Complex(promote(x, y)...)
Complex(x::Real) = Complex(x, zero(x))
Complex(z::Complex) = z
Complex{T}(x::Real) where {T<:Real} = Complex{T}(convert(T, x), zero(T))
Complex{T}(z::Complex) where {T<:Real} = Complex{T}(convert(T, z.re), convert(T, z.im))
Complex{T}(z::Complex{T}) where {T<:Real} = z
const ComplexF64 = Complex{Float64}
const ComplexF32 = Complex{Float32}
const ComplexF16 = Complex{Float16}
const im = Complex{Bool}(false, true)
complex(x::Real) = Complex(x)
complex(z::Complex) = z
complex(x::Real, y::Real) = Complex(x, y)
complex(::Type{T}) where {T<:Real} = Complex{T}
"The numbers of an array as complex numbers."
complex(a::AbstractArray{<:Complex}) = a
complex(a::AbstractArray) = __each_element(complex, a)
complex(::Type{Complex{T}}) where {T} = Complex{T}
promote_rule(::Type{Complex{T}}, ::Type{S}) where {T<:Real,S<:Real} = Complex{promote_type(T, S)}
promote_rule(::Type{Complex{T}}, ::Type{Complex{S}}) where {T<:Real,S<:Real} = Complex{promote_type(T, S)}
convert(::Type{T}, z::Complex) where {T<:Real} = T(z)
(::Type{T})(z::Complex) where {T<:Real} = iszero(z.im) ? T(z.re) : __inexact(T, z)
zero(::Type{Complex{T}}) where {T} = Complex{T}(zero(T), zero(T))
one(::Type{Complex{T}}) where {T} = Complex{T}(one(T), zero(T))
float(z::Complex) = Complex(float(z.re), float(z.im))
float(::Type{Complex{T}}) where {T} = Complex{float(T)}

real(z::Complex) = z.re
imag(z::Complex) = z.im
real(::Type{T}) where {T<:Real} = T
real(::Type{Complex{T}}) where {T} = T
real(::Type{T}) where {T} = typeof(real(zero(T)))
reim(z) = (real(z), imag(z))
conj(z::Complex) = Complex(z.re, -z.im)
abs(z::Complex) = hypot(z.re, z.im)
abs2(z::Complex) = z.re * z.re + z.im * z.im
angle(z::Complex) = atan(z.im, z.re)
angle(x::Real) = signbit(x) ? oftype(float(x), 3.141592653589793) : zero(float(x))
isreal(z::Complex) = iszero(z.im)
isinteger(z::Complex) = isreal(z) && isinteger(z.re)
isfinite(z::Complex) = isfinite(z.re) && isfinite(z.im)
isnan(z::Complex) = isnan(z.re) || isnan(z.im)
isinf(z::Complex) = isinf(z.re) || isinf(z.im)
iszero(z::Complex) = iszero(z.re) && iszero(z.im)
isone(z::Complex) = isone(z.re) && iszero(z.im)
==(z::Complex, w::Complex) = z.re == w.re && z.im == w.im
==(z::Complex, x::Real) = iszero(z.im) && z.re == x
==(x::Real, z::Complex) = z == x
isequal(z::Complex, w::Complex) = isequal(z.re, w.re) && isequal(z.im, w.im)

+(z::Complex, w::Complex) = Complex(z.re + w.re, z.im + w.im)
-(z::Complex, w::Complex) = Complex(z.re - w.re, z.im - w.im)
*(z::Complex, w::Complex) = Complex(z.re * w.re - z.im * w.im, z.re * w.im + z.im * w.re)
+(z::Complex, x::Real) = Complex(z.re + x, z.im)
+(x::Real, z::Complex) = Complex(x + z.re, z.im)
-(z::Complex, x::Real) = Complex(z.re - x, z.im)
-(x::Real, z::Complex) = Complex(x - z.re, -z.im)
*(z::Complex, x::Real) = Complex(z.re * x, z.im * x)
*(x::Real, z::Complex) = Complex(x * z.re, x * z.im)
/(z::Complex, x::Real) = Complex(z.re / x, z.im / x)
/(x::Real, z::Complex) = x * inv(z)
/(x::Rational, z::Complex) = Complex(x) / z
-(z::Complex) = Complex(-z.re, -z.im)
+(z::Complex) = z
*(x::Bool, z::Complex{Bool}) = Complex(x & z.re, x & z.im)
*(z::Complex{Bool}, x::Bool) = x * z
+(x::Bool, z::Complex{Bool}) = Complex(x + z.re, z.im + false)
# `im` beside a real: no product with false, so that `Inf * im` has no NaN.
*(z::Complex{Bool}, x::Real) = Complex(z.re * x, z.im * x)
*(x::Real, z::Complex{Bool}) = Complex(x * z.re, x * z.im)
"Division that scales by the larger part of the divisor (Smith)."
function /(z::Complex, w::Complex)
    a, b, c, d = promote(z.re, z.im, w.re, w.im)
    if abs(c) >= abs(d)
        r = d / c
        s = c + d * r
        Complex((a + b * r) / s, (b - a * r) / s)
    else
        r = c / d
        s = c * r + d
        Complex((a * r + b) / s, (b * r - a) / s)
    end
end
inv(z::Complex) = one(z) / z
muladd(x::Complex, y::Complex, z::Complex) = x * y + z

"cos(x) + i sin(x)"
cis(x::Real) = Complex(cos(x), sin(x))
cis(z::Complex) = exp(Complex(-z.im, z.re))
cispi(x::Real) = Complex(cospi(x), sinpi(x))
function exp(z::Complex)
    r = exp(z.re)
    isinf(r) && iszero(z.im) ? Complex(r, float(z.im)) : Complex(r * cos(z.im), r * sin(z.im))
end
function log(z::Complex)
    x, y = abs(float(z.re)), abs(float(z.im))
    m, n = x > y ? (x, y) : (y, x)
    # Near the unit circle the logarithm of the modulus is small, and has all its digits only by what the modulus lacks to 1.
    r = 0.5 < m < 1.5 && n < 1.5 ? log1p((m - 1) * (m + 1) + n * n) / 2 : log(abs(z))
    Complex(r, angle(z))
end
log2(z::Complex) = log(z) / log(oftype(float(z.re), 2))
log10(z::Complex) = log(z) / log(oftype(float(z.re), 10))
function expm1(z::Complex)
    e, s = expm1(z.re), sin(z.im / 2)
    Complex(e - 2 * (1 + e) * s * s, (1 + e) * sin(z.im))
end
exp2(z::Complex) = exp(z * log(oftype(float(z.re), 2)))
exp10(z::Complex) = exp(z * log(oftype(float(z.re), 10)))
function log1p(z::Complex)
    x, y = float(z.re), float(z.im)
    t = x * (2 + x) + y * y
    # Where the parts are large the sum loses digits, or overflows.
    Complex(abs(t) < 0.5 ? log1p(t) / 2 : log(abs(1 + z)), angle(1 + z))
end
function sqrt(z::Complex)
    x, y = float(z.re), float(z.im)
    iszero(x) && iszero(y) && return Complex(zero(x), y)
    r = hypot(x, y)
    if x >= 0
        s = sqrt((r + x) / 2)
        Complex(s, y / (2 * s))
    else
        s = sqrt((r - x) / 2)
        # Not `abs`, which at a zero has the derivative of one side, and the cut has two.
        Complex(flipsign(y, y) / (2 * s), copysign(s, y))
    end
end
sin(z::Complex) = Complex(sin(z.re) * cosh(z.im), cos(z.re) * sinh(z.im))
cos(z::Complex) = Complex(cos(z.re) * cosh(z.im), -(sin(z.re) * sinh(z.im)))
sinh(z::Complex) = Complex(sinh(z.re) * cos(z.im), cosh(z.re) * sin(z.im))
cosh(z::Complex) = Complex(cosh(z.re) * cos(z.im), sinh(z.re) * sin(z.im))
sinpi(z::Complex) = (t = oftype(float(z.im), π) * z.im; Complex(sinpi(z.re) * cosh(t), cospi(z.re) * sinh(t)))
cospi(z::Complex) = (t = oftype(float(z.im), π) * z.im; Complex(cospi(z.re) * cosh(t), -(sinpi(z.re) * sinh(t))))
# The formulas of W. Kahan, Branch Cuts for Complex Elementary Functions (1987): all digits near zeros, branch points and at large numbers.
function tanh(z::Complex)
    x, y = float(z.re), float(z.im)
    # Where squares of sinh are far beyond all digits, and soon overflow.
    abs(x) > 40 && return Complex(copysign(one(x), x), 2 * sin(2 * y) * exp(-2 * abs(x)))
    s, t = sinh(x), tan(y)
    b = 1 + t * t
    d = 1 + b * s * s
    Complex(b * sqrt(1 + s * s) * s / d, t / d)
end
tan(z::Complex) = __turned_back(tanh(__turned(z)))
function asin(z::Complex)
    a, b = sqrt(1 - z), sqrt(1 + z)
    Complex(atan(z.re, real(a * b)), asinh(imag(conj(a) * b)))
end
function acos(z::Complex)
    a, b = sqrt(1 - z), sqrt(1 + z)
    Complex(2 * atan(a.re, b.re), asinh(imag(conj(b) * a)))
end
asinh(z::Complex) = __turned_back(asin(__turned(z)))
function acosh(z::Complex)
    a, b = sqrt(z - 1), sqrt(z + 1)
    Complex(asinh(real(conj(a) * b)), 2 * atan(a.im, b.re))
end
function atanh(z::Complex)
    x, y = float(z.re), float(z.im)
    # Odd, and more exact where the real part is not negative.
    x < 0 && return -atanh(-z)
    Complex(log1p(4 * x / ((1 - x)^2 + y * y)) / 4, atan(2 * y, (1 - x) * (1 + x) - y * y) / 2)
end
atan(z::Complex) = __turned_back(atanh(__turned(z)))
"i z, and -i z: circular functions are hyperbolic ones of an argument turned by a right angle."
__turned(z::Complex) = Complex(-z.im, z.re)
__turned_back(z::Complex) = Complex(z.im, -z.re)
function ^(z::Complex, w::Complex)
    iszero(z) && return float(iszero(w) ? one(z * w) : zero(z * w))
    exp(w * log(z))
end
^(z::Complex, n::Integer) = __power_by_squaring(z, n)
"A whole power is a product; the factor beside it is one, and its derivative is what the exponent moves."
function ^(z::Complex, x::Real)
    isinteger(x) && abs(x) < 2147483648 && !iszero(z) || return z^Complex(x)
    n = Int64(x)
    float(z)^n * exp((x - n) * log(z))
end
^(x::Real, w::Complex) = Complex(x)^w
^(z::Complex, n::Bool) = n ? z : one(z)
round(z::Complex; digits=nothing, sigdigits=nothing, base=10) =
    Complex(round(z.re; digits=digits, sigdigits=sigdigits, base=base), round(z.im; digits=digits, sigdigits=sigdigits, base=base))
sign(z::Complex) = iszero(z) ? z : z / abs(z)
widen(::Type{Complex{T}}) where {T} = Complex{widen(T)}

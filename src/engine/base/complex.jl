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
    a, b, c, d = promote(float(z.re), float(z.im), float(w.re), float(w.im))
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
log(z::Complex) = Complex(log(abs(z)), angle(z))
log2(z::Complex) = log(z) / log(oftype(float(z.re), 2))
log10(z::Complex) = log(z) / log(oftype(float(z.re), 10))
expm1(z::Complex) = exp(z) - 1
exp2(z::Complex) = exp(z * log(oftype(float(z.re), 2)))
exp10(z::Complex) = exp(z * log(oftype(float(z.re), 10)))
log1p(z::Complex) = log(1 + z)
function sqrt(z::Complex)
    x, y = float(z.re), float(z.im)
    iszero(x) && iszero(y) && return Complex(zero(x), y)
    r = hypot(x, y)
    if x >= 0
        s = sqrt((r + x) / 2)
        Complex(s, y / (2 * s))
    else
        s = sqrt((r - x) / 2)
        Complex(abs(y) / (2 * s), copysign(s, y))
    end
end
sin(z::Complex) = Complex(sin(z.re) * cosh(z.im), cos(z.re) * sinh(z.im))
cos(z::Complex) = Complex(cos(z.re) * cosh(z.im), -(sin(z.re) * sinh(z.im)))
tan(z::Complex) = sin(z) / cos(z)
sinh(z::Complex) = Complex(sinh(z.re) * cos(z.im), cosh(z.re) * sin(z.im))
cosh(z::Complex) = Complex(cosh(z.re) * cos(z.im), sinh(z.re) * sin(z.im))
tanh(z::Complex) = sinh(z) / cosh(z)
asinh(z::Complex) = log(z + sqrt(z * z + 1))
acosh(z::Complex) = log(z + sqrt(z + 1) * sqrt(z - 1))
atanh(z::Complex) = (log(1 + z) - log(1 - z)) / 2
asin(z::Complex) = (w = asinh(Complex(-z.im, z.re)); Complex(w.im, -w.re))
acos(z::Complex) = oftype(float(z.re), 1.5707963267948966) - asin(z)
atan(z::Complex) = (w = atanh(Complex(-z.im, z.re)); Complex(w.im, -w.re))
function ^(z::Complex, w::Complex)
    iszero(z) && return float(iszero(w) ? one(z * w) : zero(z * w))
    exp(w * log(z))
end
^(z::Complex, n::Integer) = __power_by_squaring(z, n)
^(z::Complex, x::Real) = z^Complex(x)
^(x::Real, w::Complex) = Complex(x)^w
^(z::Complex, n::Bool) = n ? z : one(z)
round(z::Complex; digits=nothing, sigdigits=nothing, base=10) =
    Complex(round(z.re; digits=digits, sigdigits=sigdigits, base=base), round(z.im; digits=digits, sigdigits=sigdigits, base=base))
sign(z::Complex) = iszero(z) ? z : z / abs(z)
widen(::Type{Complex{T}}) where {T} = Complex{widen(T)}

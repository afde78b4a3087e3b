# Floating-point numbers: arithmetic, comparison, rounding and the anatomy of a float.

const __NarrowFloat = Union{Float32,Float16}
const IEEEFloat = Union{Float64,Float32,Float16}

Float64(x::Float64) = x
Float64(x::Int64) = Intrinsics.f64_from_i64(x)
Float64(x::Union{__OtherInt,Bool}) = Intrinsics.f64_from_i64(__raw(x))
Float64(x::Float32) = Intrinsics.f64_from_f32(x)
Float64(x::Float16) = Intrinsics.cast(Float64, x)
Float32(x::Float32) = x
Float32(x::Float64) = Intrinsics.f32_from_f64(x)
Float32(x::Union{__FixedInt,Bool,Float16}) = Intrinsics.f32_from_f64(Float64(x))
Float16(x::Float16) = x
Float16(x::Float64) = Intrinsics.cast(Float16, Intrinsics.f64_round_f16(x))
Float16(x::Union{__FixedInt,Bool,Float32}) = Float16(Float64(x))
AbstractFloat(x::AbstractFloat) = x
AbstractFloat(x::Integer) = Float64(x)

"A value, or the type, as a floating-point one."
float(x::AbstractFloat) = x
float(x::Integer) = Float64(x)
float(::Type{T}) where {T<:AbstractFloat} = T
float(::Type{T}) where {T<:Integer} = Float64
float(::Type{T}) where {T<:AbstractIrrational} = Float64
float(::Type{T}) where {T<:Number} = typeof(float(zero(T)))

+(x::Float64, y::Float64) = Intrinsics.f64_add(x, y)
-(x::Float64, y::Float64) = Intrinsics.f64_sub(x, y)
*(x::Float64, y::Float64) = Intrinsics.f64_mul(x, y)
/(x::Float64, y::Float64) = Intrinsics.f64_div(x, y)
-(x::Float64) = Intrinsics.f64_neg(x)
==(x::Float64, y::Float64) = Intrinsics.f64_eq(x, y)
<(x::Float64, y::Float64) = Intrinsics.f64_lt(x, y)
<=(x::Float64, y::Float64) = Intrinsics.f64_le(x, y)
abs(x::Real) = ifelse(signbit(x), -x, x)
abs(x::Float64) = Intrinsics.f64_abs(x)
rem(x::Float64, y::Float64) = Intrinsics.f64_rem(x, y)
max(x::Float64, y::Float64) = Intrinsics.f64_max(x, y)
min(x::Float64, y::Float64) = Intrinsics.f64_min(x, y)
copysign(x::Float64, y::Float64) = Intrinsics.f64_copysign(x, y)
copysign(x::AbstractFloat, y::Real) = oftype(x, Intrinsics.f64_copysign(Float64(x), signbit(y) ? -1.0 : 1.0))
flipsign(x::Float64, y::Float64) = signbit(y) ? -x : x

# An Int64 beside a Float64.
+(x::Float64, y::Int64) = x + Float64(y)
+(x::Int64, y::Float64) = Float64(x) + y
-(x::Float64, y::Int64) = x - Float64(y)
-(x::Int64, y::Float64) = Float64(x) - y
*(x::Float64, y::Int64) = x * Float64(y)
*(x::Int64, y::Float64) = Float64(x) * y
/(x::Float64, y::Int64) = x / Float64(y)
/(x::Int64, y::Float64) = Float64(x) / y
/(x::Integer, y::Integer) = float(x) / float(y)
# The greatest Int64 is one less than the float that stands for it.
==(x::Float64, y::Int64) = (x == Float64(y)) & (y != typemax(Int64))
==(x::Int64, y::Float64) = y == x
<(x::Float64, y::Int64) = x < Float64(y)
<(x::Int64, y::Float64) = (Float64(x) < y) | ((x == typemax(Int64)) & (y == 9.223372036854775808e18))
<=(x::Float64, y::Int64) = (x <= Float64(y)) & !((y == typemax(Int64)) & (x == 9.223372036854775808e18))
<=(x::Int64, y::Float64) = Float64(x) <= y
# `false` is a strong zero.
*(x::Bool, y::AbstractFloat) = x ? y : copysign(zero(y), y)
*(x::AbstractFloat, y::Bool) = y * x

+(x::Float32, y::Float32) = Intrinsics.f32_add(x, y)
-(x::Float32, y::Float32) = Intrinsics.f32_sub(x, y)
*(x::Float32, y::Float32) = Intrinsics.f32_mul(x, y)
/(x::Float32, y::Float32) = Intrinsics.f32_div(x, y)
-(x::Float32) = Intrinsics.f32_neg(x)
==(x::Float32, y::Float32) = Intrinsics.f32_eq(x, y)
<(x::Float32, y::Float32) = Intrinsics.f32_lt(x, y)
<=(x::Float32, y::Float32) = Intrinsics.f32_le(x, y)
# In Float64 these are exact enough that rounding once more gives the correctly rounded Float16.
+(x::Float16, y::Float16) = Float16(Float64(x) + Float64(y))
-(x::Float16, y::Float16) = Float16(Float64(x) - Float64(y))
*(x::Float16, y::Float16) = Float16(Float64(x) * Float64(y))
/(x::Float16, y::Float16) = Float16(Float64(x) / Float64(y))
-(x::Float16) = Float16(-Float64(x))
==(x::Float16, y::Float16) = Float64(x) == Float64(y)
<(x::Float16, y::Float16) = Float64(x) < Float64(y)
<=(x::Float16, y::Float16) = Float64(x) <= Float64(y)
abs(x::T) where {T<:__NarrowFloat} = T(abs(Float64(x)))
rem(x::T, y::T) where {T<:__NarrowFloat} = T(rem(Float64(x), Float64(y)))
max(x::T, y::T) where {T<:__NarrowFloat} = T(max(Float64(x), Float64(y)))
min(x::T, y::T) where {T<:__NarrowFloat} = T(min(Float64(x), Float64(y)))

+(x::Number) = x
*(x::Number) = x
-(x::Number) = zero(x) - x

function mod(x::T, y::T) where {T<:IEEEFloat}
    r = rem(x, y)
    iszero(r) ? copysign(r, y) : (r > 0) ⊻ (y > 0) ? r + y : r
end
div(x::T, y::T) where {T<:IEEEFloat} = round((x - rem(x, y)) / y)
fld(x::T, y::T) where {T<:IEEEFloat} = round((x - mod(x, y)) / y)
cld(x::T, y::T) where {T<:IEEEFloat} = -fld(-x, y)
"How `round` rounds; `RoundNearest` takes ties to even."
struct RoundingMode{M} end
const RoundNearest = RoundingMode{:Nearest}()
const RoundToZero = RoundingMode{:ToZero}()
const RoundUp = RoundingMode{:Up}()
const RoundDown = RoundingMode{:Down}()
const RoundNearestTiesAway = RoundingMode{:NearestTiesAway}()
const RoundNearestTiesUp = RoundingMode{:NearestTiesUp}()
const RoundFromZero = RoundingMode{:FromZero}()

# The period in pieces: the products of the first two with a count of turns have no rounding, so the remainder keeps all digits.
"`x` less a multiple of 2π."
rem2pi(x::Real, ::RoundingMode{:Nearest}) = less_turns(float(x), round(float(x) / 6.283185307179586), -3.141592653589793)
rem2pi(x::Real, ::RoundingMode{:Down}) = less_turns(float(x), floor(float(x) / 6.283185307179586), 0.0)
rem2pi(x::Real, ::RoundingMode{:Up}) = less_turns(float(x), ceil(float(x) / 6.283185307179586), -6.283185307179586)
rem2pi(x::Real, ::RoundingMode{:ToZero}) = x < 0 ? rem2pi(x, RoundUp) : rem2pi(x, RoundDown)
function less_turns(x, n, low)
    iszero(x) && return x
    isinf(x) && return oftype(x, NaN)
    abs(n) < 1.0e8 || return far_turns(x, low)
    r = without(x, n)
    r < low ? without(x, n - 1) : r > low + 6.283185307179586 ? without(x, n + 1) : r
end
function without(x, n)
    a = x - n * 6.283185243606567
    b = n * 6.357301884918343e-08
    s = a - b
    t = a - s
    s + ((t - b) - n * 2.4492935982947064e-16)
end
"Of very many turns, which sine and cosine know."
far_turns(x, low) = (r = atan(sin(x), cos(x)); r < low ? r + 6.283185307179586 : r > low + 6.283185307179586 ? r - 6.283185307179586 : r)
mod2pi(x::Real) = rem2pi(x, RoundDown)
mod2pi(x::Union{Float32,Float16}) = oftype(x, mod2pi(Float64(x)))

# What a number is.
isnan(x::Float64) = Intrinsics.f64_isnan(x)
isnan(x::__NarrowFloat) = isnan(Float64(x))
isnan(x::Real) = x != x
isnan(x::Integer) = false
isfinite(x::AbstractFloat) = !isnan(x) & !isinf(x)
isfinite(x::Integer) = true
isinf(x::Float64) = abs(x) == Inf
isinf(x::__NarrowFloat) = isinf(Float64(x))
isinf(x::Real) = !isnan(x) && !isfinite(x)
isinf(x::Union{Integer,AbstractIrrational}) = false
isfinite(x::AbstractIrrational) = true
isnan(x::AbstractIrrational) = false
isinteger(x::AbstractFloat) = x - trunc(x) == 0
isreal(x::Real) = true
iszero(x) = x == zero(x)
isone(x) = x == one(x)
signbit(x::Float64) = Intrinsics.f64_signbit(x)
signbit(x::__NarrowFloat) = signbit(Float64(x))
signbit(x::Real) = x < 0
sign(x::Float64) = x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x
sign(x::__NarrowFloat) = oftype(x, sign(Float64(x)))
sign(x::Real) = x > zero(x) ? one(x) : x < zero(x) ? -one(x) : x

zero(x) = zero(typeof(x))
zero(T::Type) = throw(MethodError(zero, (T,)))
one(x) = one(typeof(x))
one(::Type{T}) where {T} = throw(MethodError(one, (T,)))
zero(::Type{Float64}) = 0.0
one(::Type{Float64}) = 1.0
zero(::Type{Int64}) = 0
one(::Type{Int64}) = 1
zero(::Type{T}) where {T<:Number} = convert(T, 0)
one(::Type{T}) where {T<:Number} = convert(T, 1)
"The one with the units of `x`."
oneunit(x) = one(x)
oneunit(T::Type) = one(T)

isequal(x::Float64, y::Float64) = Intrinsics.f64_same(x, y) | (isnan(x) & isnan(y))
isequal(x::__NarrowFloat, y::__NarrowFloat) = isequal(Float64(x), Float64(y))
isequal(x::AbstractFloat, y::Real) = isequal(Float64(x), Float64(y))
isequal(x::Real, y::AbstractFloat) = isequal(Float64(x), Float64(y))
isequal(x::AbstractFloat, y::AbstractFloat) = isequal(Float64(x), Float64(y))
isless(x::Float64, y::Float64) = x < y || (isnan(y) & !isnan(x)) || (x == 0.0 && y == 0.0 && signbit(x) & !signbit(y))
isless(x::AbstractFloat, y::AbstractFloat) = isless(Float64(x), Float64(y))
isless(x::AbstractFloat, y::Real) = isless(Float64(x), Float64(y))
isless(x::Real, y::AbstractFloat) = isless(Float64(x), Float64(y))

# Rounding.
__floor(x::Float64) = Intrinsics.f64_floor(x)
__ceil(x::Float64) = Intrinsics.f64_ceil(x)
__trunc(x::Float64) = Intrinsics.f64_trunc(x)
__round(x::Float64) = Intrinsics.f64_round(x)
__floor(x::T) where {T<:__NarrowFloat} = T(__floor(Float64(x)))
__ceil(x::T) where {T<:__NarrowFloat} = T(__ceil(Float64(x)))
__trunc(x::T) where {T<:__NarrowFloat} = T(__trunc(Float64(x)))
__round(x::T) where {T<:__NarrowFloat} = T(__round(Float64(x)))
__floor(x::Integer) = x
__ceil(x::Integer) = x
__trunc(x::Integer) = x
__round(x::Integer) = x

round(x::Real, ::RoundingMode{:Nearest}) = __round(x)
round(x::Real, ::RoundingMode{:ToZero}) = __trunc(x)
round(x::Real, ::RoundingMode{:Up}) = __ceil(x)
round(x::Real, ::RoundingMode{:Down}) = __floor(x)
round(x::Real, ::RoundingMode{:NearestTiesAway}) = (t = __trunc(x); abs(x - t) >= 0.5 ? t + copysign(one(t), x) : t)
round(x::Real, ::RoundingMode{:FromZero}) = signbit(x) ? __floor(x) : __ceil(x)
round(x::Real, ::RoundingMode{:NearestTiesUp}) = (t = __floor(x); copysign(x - t >= 0.5 ? t + one(t) : t, x))

"Rounds with `by` to `digits` decimals or to `sigdigits` significant digits."
__round_digits(by, x, ::Nothing, ::Nothing, base) = by(x)
__round_digits(by, x, digits::Integer, ::Nothing, base) = __round_places(by, float(x), digits, base)
function __round_digits(by, x, ::Nothing, sigdigits::Integer, base)
    (iszero(x) || !isfinite(x)) && return float(x)
    __round_places(by, float(x), sigdigits - 1 - __round_exponent(Float64(abs(x)), base), base)
end
function __round_exponent(x::Float64, base)
    e = Int64(floor(log(x) / log(base)))
    Float64(base)^e > x ? e - 1 : Float64(base)^(e + 1) <= x ? e + 1 : e
end
function __round_places(by, x, digits, base)
    isfinite(x) || return x
    scale = oftype(x, Float64(base)^abs(digits))
    isfinite(scale) || return digits > 0 ? x : zero(x)
    r = digits >= 0 ? by(x * scale) / scale : by(x / scale) * scale
    isfinite(r) ? r : x
end

round(x::Real; digits=nothing, sigdigits=nothing, base=10) = __round_digits(__round, x, digits, sigdigits, base)
floor(x::Real; digits=nothing, sigdigits=nothing, base=10) = __round_digits(__floor, x, digits, sigdigits, base)
ceil(x::Real; digits=nothing, sigdigits=nothing, base=10) = __round_digits(__ceil, x, digits, sigdigits, base)
trunc(x::Real; digits=nothing, sigdigits=nothing, base=10) = __round_digits(__trunc, x, digits, sigdigits, base)
round(::Type{T}, x::Real) where {T} = __to_integer(T, __round(x))
round(::Type{T}, x::Real, mode::RoundingMode) where {T} = __to_integer(T, round(x, mode))
floor(::Type{T}, x::Real) where {T} = __to_integer(T, __floor(x))
ceil(::Type{T}, x::Real) where {T} = __to_integer(T, __ceil(x))
trunc(::Type{T}, x::Real) where {T} = __to_integer(T, __trunc(x))
__to_integer(::Type{T}, x) where {T} = convert(T, x)
__to_integer(::Type{Integer}, x) = Int64(x)
__to_integer(::Type{Signed}, x) = Int64(x)

# Anatomy.
const Inf = 1.0 / 0.0
const NaN = 0.0 / 0.0
const Inf64 = Inf
const NaN64 = NaN
const Inf32 = Float32(Inf)
const NaN32 = Float32(NaN)
const Inf16 = Float16(Inf)
const NaN16 = Float16(NaN)

"The distance from `x` to the next float of larger size."
eps() = eps(Float64)
eps(::Type{Float64}) = 2.220446049250313e-16
eps(::Type{Float32}) = 1.1920929f-7
eps(::Type{Float16}) = Float16(0.000977)
eps(x::Float64) = Intrinsics.f64_eps(x)
eps(x::Float32) = isfinite(x) ? max(__power_of_two(Float32, exponent(x) - 23), 1.0f-45) : NaN32
floatmin(::Type{Float64}) = 2.2250738585072014e-308
floatmin(::Type{Float32}) = 1.1754944f-38
floatmin(::Type{Float16}) = Float16(6.104e-5)
floatmax(::Type{Float64}) = 1.7976931348623157e308
floatmax(::Type{Float32}) = 3.4028235f38
floatmax(::Type{Float16}) = Float16(65504.0)
floatmin() = floatmin(Float64)
floatmax() = floatmax(Float64)
floatmin(x::AbstractFloat) = floatmin(typeof(x))
floatmax(x::AbstractFloat) = floatmax(typeof(x))
typemin(::Type{T}) where {T<:AbstractFloat} = T(-Inf)
typemax(::Type{T}) where {T<:AbstractFloat} = T(Inf)
maxintfloat(::Type{Float64}) = 9007199254740992.0
maxintfloat(::Type{Float32}) = 1.6777216f7
maxintfloat() = maxintfloat(Float64)
precision(::Type{Float64}) = 53
precision(::Type{Float32}) = 24
precision(::Type{Float16}) = 11
precision(x::AbstractFloat) = precision(typeof(x))
nextfloat(x::Float64) = Intrinsics.f64_next(x)
prevfloat(x::Float64) = Intrinsics.f64_prev(x)
nextfloat(x::Float64, n::Integer) = n < 0 ? prevfloat(x, -n) : n == 0 ? x : nextfloat(nextfloat(x), n - 1)
prevfloat(x::Float64, n::Integer) = n < 0 ? nextfloat(x, -n) : n == 0 ? x : prevfloat(prevfloat(x), n - 1)
nextfloat(x::Float32) = __next_narrow(x, 23, -149)
nextfloat(x::Float16) = __next_narrow(x, 10, -24)
"With so many digits of fraction, and the least distance. A step from `x`, so that it moves as `x` does."
function __next_narrow(x::T, digits, least) where {T}
    (isnan(x) || x == typemax(T)) && return x
    x == typemin(T) && return -floatmax(T)
    iszero(x) && return T(2.0^least)
    e = exponent(x)
    step = max(x < 0 && significand(x) == -1 ? e - digits - 1 : e - digits, least)
    y = T(Float64(x) + 2.0^step)
    iszero(y) ? -zero(T) : y
end
prevfloat(x::__NarrowFloat) = -nextfloat(-x)
nextfloat(x::__NarrowFloat, n::Integer) = n < 0 ? prevfloat(x, -n) : n == 0 ? x : nextfloat(nextfloat(x), n - 1)
prevfloat(x::__NarrowFloat, n::Integer) = n < 0 ? nextfloat(x, -n) : n == 0 ? x : prevfloat(prevfloat(x), n - 1)
issubnormal(x::AbstractFloat) = !iszero(x) && abs(x) < floatmin(x)

"2^n as a float of type `T`, exact down to the subnormals."
__power_of_two(::Type{T}, n::Int64) where {T} = T(n < -1000 ? 2.0^(n + 200) * 2.0^-200 : 2.0^n)
"The `e` with 2^e <= |x| < 2^(e+1)."
function exponent(x::AbstractFloat)
    (iszero(x) || !isfinite(x)) && throw(DomainError(x, "Cannot be ±0.0, NaN, or Inf."))
    e = Int64(floor(log2(Float64(abs(x)))))
    p = __power_of_two(Float64, e)
    p > abs(x) ? e - 1 : e < 1023 && 2 * p <= abs(x) ? e + 1 : e
end
"`x / 2^exponent(x)`, of size 1 to 2."
significand(x::AbstractFloat) = iszero(x) || !isfinite(x) ? x : ldexp(x, -exponent(x))
"`x * 2^n`."
function ldexp(x::T, n::Integer) where {T<:AbstractFloat}
    h = div(__raw(n), 2)
    T((Float64(x) * 2.0^h) * 2.0^(n - h))
end
"`(f, e)` with x = f 2^e and f of size 0.5 to 1."
function frexp(x::AbstractFloat)
    (iszero(x) || !isfinite(x)) && return (x, 0)
    e = exponent(x) + 1
    (ldexp(x, -e), e)
end
"Fraction and whole part."
modf(x::AbstractFloat) = (w = trunc(x); (isinf(x) ? zero(x) : x - w, w))

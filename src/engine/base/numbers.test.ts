/** Base's numbers against what Julia gives. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession()

describe('integers', () => {
  shows(
    () => session,
    `
    Int8(3.14) => !InexactError: Int8(3.14)
    UInt8(300.0) => !InexactError: UInt8(300.0)
    Int32(1e300) => !InexactError: Int32(1.0e300)
    reinterpret(Float16, UInt16(1)), reinterpret(UInt16, Float16(-1.5)), reinterpret(Float16, 0x7c00), reinterpret(Int16, Float16(0.1)) => (Float16(6.0e-8), 0xbe00, Inf16, 11878)
    string(12345; base=62), string(UInt64(12345); base=62), string(1; base=63) => !DomainError
    string(12345; base=62), string(UInt64(12345); base=62), string(35; base=36) => ("3D7", "3D7", "z")
    string(typemin(Int64); base=16), string(-5; base=2, pad=4), string(-3; pad=4), string(typemin(Int8); base=2) => ("-8000000000000000", "-0101", "-0003", "-10000000")
    clamp(1e10, Int8), clamp(-1.5, UInt8), Base.Checked.checked_mul(2, 3), Base.checked_pow(2, 10) => (127, 0x00, 6, 1024)
    typemax(Rational{Int}), rationalize(Int8, 0.5), rationalize(π; tol=1e-3) => (1//0, 1//2, 201//64)
    typeof(log2(1f0 + 1f0im)), typeof(acos(1f0 + 1f0im)), typeof(mod2pi(7f0)), eltype(range(0f0, 1; length=3)) => (ComplexF32, ComplexF32, Float32, Float32)
    (1 + 2im)^(1 // 2) == (1 + 2im)^0.5, ℯ^(1 // 2) == exp(0.5), widemul(true, true) => (true, true, true)
    parse(Rational{Int}, "1//2"), parse(Rational{Int}, "-3"), tryparse(Rational{Int}, "1//x") => (1//2, -3//1, nothing)
    UInt64(88172645463325252), UInt64(18446744073709551615) => (0x0139408dcbbf7a44, 0xffffffffffffffff)
    # Remainders by the period itself, not by the float next to it.
    mod2pi(1e300), mod2pi(-95139057878500.44), rem2pi(1e22, RoundNearest), mod2pi(100.0), rem2pi(7.0, RoundNearest) => (4.099312823027354, 4.563325010611104, -1.020177392559087, 5.752220392306203, 0.7168146928204135)
    mod2pi(-0.0), mod2pi(Inf), rem2pi(-1e9, RoundToZero) => (-0.0, NaN, -0.5773954235013851)
    rationalize(pi + 0.0; tol=0.05), rationalize(5.6), rationalize(-Inf), rationalize(0.2f0) => (19//6, 28//5, -1//0, 1//5)
    UInt32(4294967295) << 31, Int32(2147483647) << 30, UInt32(2219470900) << 31, Int8(-3) << 7 => (0x80000000, -1073741824, 0x00000000, -128)
    round(-0.4, RoundNearestTiesUp) => -0.0
    1 + 2 * 3 => 7
    7 ÷ 2 => 3
    -7 ÷ 2 => -3
    -7 % 3 => -1
    mod(-7, 3) => 2
    fld(-7, 2) => -4
    cld(7, 2) => 4
    mod1(6, 3) => 3
    divrem(17, 5) => (3, 2)
    fldmod(-17, 5) => (-4, 3)
    gcd(12, 18) => 6
    lcm(4, 6) => 12
    gcdx(12, 18) => (6, -1, 1)
    powermod(3, 200, 13) => 9
    2^10 => 1024
    2^-1 => 0.5
    (x -> 2^x)(-1) => !DomainError
    7 / 2 => 3.5
    1 ÷ 0 => !DivideError
    Int8(127) + Int8(1) => -128
    UInt8(250) + UInt8(10) => 0x04
    Int32(2)^31 => -2147483648
    0xff => 0xff
    5 & 3 => 1
    5 | 3 => 7
    5 ⊻ 3 => 6
    ~5 => -6
    1 << 10 => 1024
    -16 >> 2 => -4
    true + true => 2
    true & false => false
    xor(true, false) => true
    iseven(4) => true
    isodd(-3) => true
    factorial(5) => 120
    binomial(5, 2) => 10
    isqrt(17) => 4
    digits(123) => [3, 2, 1]
    sign(-3) => -1
    abs(-3) => 3
    max(1, 2, 3) => 3
    min(3, 1, 2) => 1
    clamp(5, 1, 3) => 3
    Int(3.0) => 3
    Int(3.5) => !InexactError
    Int8(200) => !InexactError
    count_ones(7) => 3
    ispow2(8) => true
    zero(3) => 0
    1 == 1.0 => true
    1 === 1.0 => false
    isequal(NaN, NaN) => true
    typeof(1 + 2.0) => Float64
    typeof(Int32(1) + 1) => Int64
  `,
  )
})

describe('floats', () => {
  shows(
    () => session,
    `
    # The last digit as well.
    10.0^-4, 10.0^-5, 10.0^-8, 1.1^5, (-0.0)^5, [10.0^k for k in -6:-4], log(3), log10(1.5), log1p(0.7), exp(0.7), exp(-3.3) => (0.0001, 1.0e-5, 1.0e-8, 1.6105100000000006, -0.0, [1.0e-6, 1.0e-5, 0.0001], 1.0986122886681098, 0.17609125905568124, 0.5306282510621704, 2.0137527074704766, 0.036883167401240015)
    nextfloat(0f0), prevfloat(0f0), nextfloat(1f0), nextfloat(-1f0), nextfloat(floatmax(Float32)), prevfloat(Inf32), nextfloat(-Inf32) == -floatmax(Float32), issubnormal(nextfloat(0f0)) => (1.0f-45, -1.0f-45, 1.0000001f0, -0.99999994f0, Inf32, 3.4028235f38, true, true)
    nextfloat(Float16(1)), prevfloat(Float16(1)), nextfloat(Float16(0)), nextfloat(1f0, 2), prevfloat(nextfloat(Float16(-2))) => (Float16(1.001), Float16(0.9995), Float16(6.0e-8), 1.0000002f0, Float16(-2.0))
    expm1(1.0), expm1(0.5), expm1(-0.2), expm1(1e-20), expm1(40.0), expm1(-50.0), expm1(-0.0) => (1.7182818284590453, 0.6487212707001282, -0.18126924692201815, 1.0e-20, 2.3538526683702e17, -1.0, -0.0)
    cos(0.1), sin(1e6), cos(355.0), tanh(0.1), cosh(2.0), tanh(30.0), sin(-0.0) => (0.9950041652780258, -0.34999350217129294, -0.999999999545659, 0.09966799462495582, 3.7621956910836314, 1.0, -0.0)
    7.3^-1.2, 2.5^0.3, 1e-300^1.01, exp(-745.1), log(5e-324), [log10(10.0^k) for k in (-300, 22, 200)] => (0.09204762086206308, 1.3163822043342375, 9.99999999999994e-304, 5.0e-324, -744.4400719213812, [-300.0, 22.0, 200.0])
    0.1 + 0.2 => 0.30000000000000004
    1 / 3 => 0.3333333333333333
    1e10 => 1.0e10
    2.5 % 1 => 0.5
    mod(-0.5, 1) => 0.5
    round(2.5) => 2.0
    round(3.5) => 4.0
    round(3.14159; digits=2) => 3.14
    round(1234.5; sigdigits=2) => 1200.0
    floor(Int, 2.7) => 2
    ceil(Int, 2.1) => 3
    trunc(Int, -2.7) => -2
    round(Int, 2.5) => 2
    2.0^3 => 8.0
    2.0^0.5 => 1.4142135623730951
    (x -> x^2)(3.0) => 9.0
    (x -> x^-1)(4.0) => 0.25
    (-8.0)^(1/3) => !DomainError
    sqrt(2) => 1.4142135623730951
    sqrt(-1.0) => !DomainError
    log(-1.0) => !DomainError
    cbrt(27.0) => 3.0
    exp(1) => 2.718281828459045
    log(ℯ) => 1
    log(2, 8) => 3.0
    log10(1000) => 3.0
    log1p(1e-10) ≈ 9.9999999995e-11 => true
    sin(π) => 0.0
    sin(Float64(π)) => 1.2246467991473532e-16
    sinpi(1.0) => 0.0
    cospi(0.5) => 0.0
    sind(30) => 0.5
    cosd(60) => 0.5
    atan(1.0, 1.0) => 0.7853981633974483
    hypot(3, 4) => 5.0
    precision(2.0), precision(2.0f0), precision(Float16) => (53, 24, 11)
    sinc(0.0) => 1.0
    sec(0.0) => 1.0
    sign(-2.5) => -1.0
    abs(-2.5) => 2.5
    copysign(3.0, -0.0) => -3.0
    isnan(NaN) => true
    isinf(-Inf) => true
    eps() => 2.220446049250313e-16
    eps(1.0) => 2.220446049250313e-16
    nextfloat(1.0) => 1.0000000000000002
    max(NaN, 1.0) => NaN
    min(-0.0, 0.0) => -0.0
    evalpoly(2.0, (1, 2, 3)) => 17.0
    muladd(2, 3, 4) => 10
    fma(2.0, 3.0, 4.0) => 10.0
    ldexp(1.0, 3) => 8.0
    exponent(10.0) => 3
    significand(10.0) => 1.25
    Float32(0.1) => 0.1f0
    Float32(1) / 3 => 0.33333334f0
    Float16(0.1) => Float16(0.1)
    1.0f0 + 1 => 2.0f0
    typeof(1.0f0 * 2.0) => Float64
    pi => π
    2pi => 6.283185307179586
    π + 1 => 4.141592653589793
    0.1 ≈ 0.1 + 1e-12 => true
    isapprox(1.0, 1.1; atol=0.2) => true
    Base.rtoldefault(Float64), real(ComplexF32), 1.0 + 0im ≈ 1.0 + 1e-9im => (1.4901161193847656e-8, Float32, true)
    false * NaN => 0.0
    minmax(3, 1) => (1, 3)
    floor(2.7) => 2.0
    inv(4) => 0.25
    1 < 2 < 3 => true
    deg2rad(180) => 3.141592653589793
  `,
  )
})

describe('complex numbers and fractions', () => {
  shows(
    () => session,
    `
    3//2 / (1 + 2im), (1//2 + 1im) / (2 + 1//3*im), 2 / (1//2 + 1im), (1 + 2im) / (3 - 4im) => (3//10 - 3//5*im, 12//37 + 33//74*im, 4//5 - 8//5*im, -0.2 + 0.4im)
    (1 + 2im)^2.0, 3(2 - 5im)^-1.0, (0.0 + 0im)^2.0, cos(1 + 2im) => (-3.0 + 4.0im, 0.20689655172413793 + 0.5172413793103449im, 0.0 + 0.0im, 2.0327230070196656 - 3.0518977991517997im)
    isapprox(ForwardDiff.derivative(x -> real((1.0 + 2im)^x), 2.0), real((1 + 2im)^2 * log(1 + 2im)); rtol=1e-13) => true
    isapprox(ForwardDiff.derivative(y -> ForwardDiff.derivative(x -> real((1.0 + 2im)^x), y), 2.0), real((1 + 2im)^2 * log(1 + 2im)^2); rtol=1e-12) => true
    1 + 2im => 1 + 2im
    (1 + 2im) * (3 - im) => 5 + 5im
    im * im => -1 + 0im
    abs(3 + 4im) => 5.0
    abs2(3 + 4im) => 25
    conj(1 + 2im) => 1 - 2im
    (1.0 + 2.0im) / (1.0 - 1.0im) => -0.5 + 1.5im
    exp(im * π) ≈ -1 => true
    sqrt(Complex(-1.0)) => 0.0 + 1.0im
    real(2 + 3im) => 2
    angle(1im) => 1.5707963267948966
    asin(2.0 + 0im), asin(2.0 - 0.0im), atanh(2.0 + 0im) => (1.5707963267948966 + 1.3169578969248166im, 1.5707963267948966 - 1.3169578969248166im, 0.5493061443340549 + 1.5707963267948966im)
    tanh(800 + 1im), tan(1 + 800im), real(asinh(-1e8 + 0im)) ≈ -asinh(1e8) => (1.0 + 0.0im, 0.0 + 1.0im, true)
    expm1(1e-10 + 0im), log1p(1e-10 + 0im), atanh(1e-10 + 0im), real(log(1 + 1e-9im)) => (1.00000000005e-10 + 0.0im, 9.9999999995e-11 + 0.0im, 1.0e-10 + 0.0im, 5.0e-19)
    sinpi(1 + 1im), cospi(0.5 + 0im), sinc(0im), cosc(0im) == 0, tanpi(0.25 + 0im) => (0.0 - 11.548739357257748im, 0.0 - 0.0im, 1.0 - 0.0im, true, 1.0 + 0.0im)
    deg2rad(90 + 45im), typeof(sinc(1f0im)), typeof(rad2deg(1f0im)) => (1.5707963267948966 + 0.7853981633974483im, ComplexF32, ComplexF32)
    (1 + im)^2 => 0 + 2im
    1//2 + 1//3 => 5//6
    (2//4) => 1//2
    3 * (1//3) => 1//1
    1//2 == 0.5 => true
    float(3//4) => 0.75
    2//3 < 3//4 => true
  `,
  )
})

describe('exactness', () => {
  shows(
    () => session,
    `
    typemax(Int) == 2.0^63, typemax(Int) < 2.0^63, 2.0^63 <= typemax(Int), typemin(Int) == -2.0^63 => (false, true, false, true)
    try 9007199254740993 + 0 catch e; 1 end => 1
    powermod(3, 1000, 10^15 + 37) => 53949315557435
    powermod(3, 5, -7) => -2
    powermod(UInt8(3), 200, UInt8(251)) => 0x95
    widemul(typemax(Int32), Int32(4)) => 8589934588
    Base.checked_mul(Int8(100), Int8(2)) => !OverflowError: 100 * 2 overflowed for type Int8
    (Base.checked_add(typemax(Int), 1); 0) => !OverflowError: 9223372036854775807 + 1 overflowed for type Int64
    Base.add_with_overflow(0xff, 0x01) => (0x00, true)
    div(Int8(-128), Int8(-1)) => !DivideError
    9007199254740993 == 9007199254740992.0 => !The integer 9007199254740993 does not fit
    1//3 == 1/3, 1//2 == 0.5, 1//0 == Inf => (false, true, true)
    1//2:5//2 => 1//2:1//1:5//2
    div(7//2, 1//2), fld(-7//2, 2), cld(7//2, 2) => (7, -2, 2)
    gcd(1//2, 1//3), lcm(1//2, 1//3) => (1//6, 1//1)
    Rational(Inf), Rational(-Inf) => (1//0, -1//0)
    (1 + 2im) // (1 - im), (1 + 2im) // 3 => (-1//2 + 3//2*im, 1//3 + 2//3*im)
    4^(1//2), 0.25^(1//2), (1//4)^(1//2) => (2.0, 0.5, 0.5)
    binomial(2.5, 2), ∜16 => (1.875, 2.0)
    fma(1.0e308, 10.0, -Inf) => -Inf
    tand(45), sind(135), sinpi(0.25), tanpi(0.25) => (1.0, 0.7071067811865476, 0.7071067811865476, 1.0)
    sind(30f0), cosd(60f0) => (0.5f0, 0.5f0)
    parse(UInt8, "256") => !OverflowError: overflow parsing "256"
    tryparse(UInt8, "256") === tryparse(Int8, "ff"; base=16) === nothing => true
    !isodd => !isodd
    get((1, 2), 2, 0), get((1, 2), 3, 0) => (2, 0)
    length(string(:("a$(b)c"))) => 8
  `,
  )
})

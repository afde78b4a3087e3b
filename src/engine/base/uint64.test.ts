/** 64-bit integers: UInt64 wraps around; Int64 is exact up to 2^53, and past it where the result is exact again. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
function congruential(s, n)
    out = Float64[]
    for _ in 1:n
        s = (1103515245 * s + 12345) % 2147483648
        push!(out, s / 2147483648)
    end
    out
end
function shifted(s, n)
    out = UInt64[]
    for _ in 1:n
        s ⊻= s << 13
        s ⊻= s >> 7
        s ⊻= s << 17
        push!(out, s)
    end
    out
end
function mixed(s::UInt64)
    z = s + 0x9e3779b97f4a7c15
    z = (z ⊻ (z >> 30)) * 0xbf58476d1ce4e5b9
    z = (z ⊻ (z >> 27)) * 0x94d049bb133111eb
    z ⊻ (z >> 31)
end
function hashed(text)
    h = 0xcbf29ce484222325
    for c in codeunits(text)
        h = (h ⊻ c) * 0x00000100000001b3
    end
    h
end
`)

describe('generators of pseudo-random numbers', () => {
  shows(
    () => session,
    `
    congruential(42, 3) => [0.5823075897060335, 0.5198187492787838, 0.46597642498090863]
    shifted(UInt64(1), 3) => UInt64[0x0000000040822041, 0x100041060c011441, 0x9b1e842f6e862629]
    mixed(UInt64(1234567)) => 0x599ed017fb08fc85
    UInt64(1) * 6364136223846793005 + 1442695040888963407 => 0x6c576fac43fd007c
    hashed("hello") => 0xa430d84680aabd0b
    (mod(123456789012 * 987654321098, 1000000007), (-123456789012 * 987654321098) % 1000000007) => (180327840, 819672167)
    (3 - 1103515245 * 2147483648) & 255 => !OverflowError
    (1103515245 * 2147483648 - 1) & 0xffff => 65535
    (0x9e3779b97f4a7c15 >> 11) * 2.0^-53 => 0.6180339887498948
  `,
  )
})

describe('UInt64', () => {
  shows(
    () => session,
    `
    (typemax(UInt64), zero(UInt64), -1 % UInt64, 0xffffffffffffffff % Int) => (0xffffffffffffffff, 0x0000000000000000, 0xffffffffffffffff, -1)
    (UInt64(3) - UInt64(5), UInt64(5) << 60, 0x9e3779b97f4a7c15 * UInt64(3)) => (0xfffffffffffffffe, 0x5000000000000000, 0xdaa66d2c7ddf743f)
    (0xffffffffffffffff ÷ UInt64(3), 0xffffffffffffffff % 0x0000000f12345678) => (0x5555555555555555, 0x00000001ecaf593f)
    (string(0xffffffffffffffff), parse(UInt64, "18446744073709551615")) => ("18446744073709551615", 0xffffffffffffffff)
    (UInt64(3) + 1, UInt64(3) * 2.5, 0xffffffffffffffff / 2) => (0x0000000000000004, 7.5, 9.223372036854776e18)
    (0xffffffffffffffff == -1, -1 < UInt64(0), UInt64(5) > 3) => (false, true, true)
    UInt64(-1) => !InexactError: check_top_bit(UInt64, -1)
    Int(0xffffffffffffffff) => !InexactError: trunc(Int64, 18446744073709551615)
    collect(UInt64(1):UInt64(3)) => UInt64[0x0000000000000001, 0x0000000000000002, 0x0000000000000003]
    (count_ones(-1), leading_zeros(UInt64(1)), trailing_zeros(UInt64(8)), -1 >>> 60) => (64, 63, 3, 15)
    bitrotate(UInt64(1), 63) => 0x8000000000000000
    ([1, 2, 3][UInt64(2)], UInt64(2)^10, sum(UInt8[255, 255])) => (2, 0x0000000000000400, 0x00000000000001fe)
  `,
  )
})

describe('the ends of Int64', () => {
  shows(
    () => session,
    `
    (typemax(Int), typemin(Int)) => (9223372036854775807, -9223372036854775808)
    (min(3, typemax(Int)), minimum([typemax(Int), 3]), typemin(Int) < 0) => (3, 3, true)
    (string(typemax(Int)), Float64(typemax(Int))) => ("9223372036854775807", 9.223372036854776e18)
    (typemax(Int) % UInt8, typemax(Int) % UInt64, typemax(Int) & 1) => (0xff, 0x7fffffffffffffff, 1)
    typemax(Int) + 1, typemin(Int) - 1, typemax(Int) * 2 => (-9223372036854775808, 9223372036854775807, -2)
    typemax(Int) ÷ 2 => !OverflowError: 9223372036854775807 ÷ 2 overflowed
    typemin(Int) + typemax(Int) => -1
    (s -> sum(s))([typemin(Int), typemax(Int)]) => -1
    ((a, b) -> (a + b, b + a, a - a, a - b, b * 1, 0 * b))(typemax(Int), typemin(Int)) => (-1, -1, 0, -1, -9223372036854775808, 0)
    ((a, b) -> (a + b, b + a, a - a, b - b, b * 1, 0 * b))(typemax(Int), typemin(Int)) => (-1, -1, 0, 0, -9223372036854775808, 0)
    (a -> (a % 10, mod(-a - 1, 10), divrem(5, a), isodd(a), iseven(a)))(typemax(Int)) => !OverflowError
    (a -> (a % 10, divrem(5, a), isodd(a), a ÷ a, abs(a), ~a))(typemax(Int)) => (7, (0, 5), true, 1, 9223372036854775807, -9223372036854775808)
    (b -> (b % 10, mod(b, 10), isodd(b), ~b, fld(b, b)))(typemin(Int)) => (-8, 2, false, 9223372036854775807, 1)
    abs(typemin(Int)), try div(typemin(Int), -1) catch e; e end => (-9223372036854775808, DivideError())
    (a -> (a >> 60, a >> 63, a & 255, a | 1, a << 1, 1 << 63, 3 << 63))(typemax(Int)) => (7, 0, 255, 9223372036854775807, -2, -9223372036854775808, -9223372036854775808)
    typemax(Int) & -2 => !OverflowError: 9223372036854775807 & -2 overflowed
    xor(typemax(Int), 1) => !OverflowError
    typemax(Int) >> 1 => !OverflowError: 9223372036854775807 >> 1 overflowed
    (x -> min(x, 100) + 5)(typemin(Int)) => !OverflowError
    (x -> max(x, 0) - 5)(typemax(Int)) => !OverflowError
    (Int(-9.223372036854775808e18), 2^31 * -2^32) => (-9223372036854775808, -9223372036854775808)
    Int(9.223372036854775808e18) => !InexactError
    (bitstring(typemin(Int))[1:3], count_ones(typemax(Int)), trailing_zeros(typemin(Int)), leading_zeros(typemax(Int))) => ("100", 63, 63, 1)
    (parse(Int, "9223372036854775807"), tryparse(Int, "9223372036854775808")) => (9223372036854775807, nothing)
    parse(Int, "9223372036854775808") => !OverflowError: overflow parsing "9223372036854775808"
    tryparse(Int, "1000000000000000001") => !OverflowError: an Int64 past 2^53
    tryparse(Int, "1000000000000000000"), 10^18, 2^60, 1 << 62, factorial(20) => (1000000000000000000, 1000000000000000000, 1152921504606846976, 4611686018427387904, 2432902008176640000)
    10^18 ÷ 10, 10^18 % 7, 10^18 + 10^17, min(10^18, 5), 10^18 == 1e18, Int(2.0^60), -(10^18), UInt64(10^18) => (100000000000000000, 1, 1100000000000000000, 5, true, 1152921504606846976, -1000000000000000000, 0x0de0b6b3a7640000)
    10^18 + 1 => !OverflowError: 1000000000000000000 + 1 overflowed for type Int64
    2^62 * 4, 2^62 + 2^62 == typemin(Int) => (0, true)
    (for i in 1:typemax(Int); i > 3 && return i; end) => 4
    -typemax(Int) => !OverflowError
    6364136223846793005 => !The integer 6364136223846793005 does not fit
    6364136223846793005 * 2 => !The integer 6364136223846793005 does not fit; integers are exact up to 2^53.
  `,
  )
})

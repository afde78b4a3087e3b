/** Integers of more than 64 bits against what Julia gives. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
fib(n) = n < 2 ? big(n) : (a = big(0); b = big(1); for _ in 2:n; a, b = b, a + b; end; b)
`)

describe('integers of any size', () => {
  shows(
    () => session,
    `
    big(2)^100, typeof(100000000000000000000), typeof(big(10)^40 + 1) => (1267650600228229401496703205376, Int128, BigInt)
    typeof(1000000000000000000000000000000000000000), 0x10000000000000000 => (BigInt, 0x00000000000000010000000000000000)
    string(fib(200)) => "280571172992510140037611932413038677189525"
    div(big(-7), 2), rem(big(-7), 2), mod(big(-7), 2), fld(big(-7), 2), cld(big(7), 2), divrem(big(7), 2) => (-3, -1, 1, -4, 4, (3, 1))
    gcd(big(12), 18), lcm(big(4), 6), gcdx(big(12), big(18)), invmod(big(3), big(7)) => (6, 12, (6, -1, 1), 5)
    powermod(big(3), 100, big(1000007)) == mod(big(3)^100, 1000007) => true
    factorial(big(25)), binomial(big(100), big(50)), isqrt(big(10)^30) => (15511210043330985984000000, 100891344545564193334812497256, 1000000000000000)
    big(1) < 1.5, big(2) < 1.5, big(2) == 2.0, big(2) == 2.5, big(2)^70 > 1.0e21, big(3) > 2, isless(big(1), NaN) => (true, false, true, false, true, true, true)
    Dict(big(1) => 2, big(2)^70 => 3)[2.0^70], hash(big(5)) == hash(5) == hash(Int128(5)) => (3, true)
    Int(big(5)), big(300) % UInt8, Float64(big(2)^60), BigInt(2.0^60), trunc(BigInt, 3.7), round(BigInt, -2.5) => (5, 0x2c, 1.152921504606847e18, 1152921504606846976, 3, -2)
    Int(big(2)^64) => !InexactError: Int64(18446744073709551616)
    Int(big(2)^60 + 1) => !The integer 1152921504606846977 does not fit; integers are exact up to 2^53.
    BigInt(1.5) => !InexactError: BigInt(1.5)
    big(1) ÷ 0 => !DivideError: integer division error
    collect(big(1):3), sum(i for i in big(1):3), prod(big(1):big(25)) == factorial(big(25)) => (BigInt[1, 2, 3], 6, true)
    big(1)//3 + big(1)//6, digits(big(123)), string(big(255); base=16), string(big(-5); pad=3) => (1//2, [3, 2, 1], "ff", "-005")
    big(1) << 70, (big(2)^100) >> 98, big(6) & 3, big(6) | 3, big(6) ⊻ 3, ~big(5) => (1180591620717411303424, 4, 2, 7, 5, -6)
    [big(1) 2; 3 4] * [big(1), 1], sort([big(3), big(1)]), zeros(BigInt, 1) => (BigInt[3, 7], BigInt[1, 3], BigInt[0])
    parse(BigInt, "-123"), tryparse(BigInt, "x"), big"1_000", int128"12" => (-123, nothing, 1000, 12)
    big"1.5" => !A float of arbitrary precision
  `,
  )
})

describe('integers of 128 bits', () => {
  shows(
    () => session,
    `
    typemax(Int128), typemin(Int128), typemax(UInt128) => (170141183460469231731687303715884105727, -170141183460469231731687303715884105728, 0xffffffffffffffffffffffffffffffff)
    typemax(Int128) + Int128(1) == typemin(Int128), widen(1) === Int128(1), widemul(typemax(Int), 2) => (true, true, 18446744073709551614)
    Int128(7) * 3, Int128(7) / 2, Int128(10)^30 == big(10)^30, promote_type(Int128, Float64) => (21, 3.5, true, Float64)
    count_ones(UInt128(255)), trailing_zeros(Int128(8)), leading_zeros(UInt128(1)), Int128(-1) >>> 120 => (8, 3, 127, 255)
    UInt128(-1) => !InexactError: check_top_bit(UInt128, -1)
    typemax(UInt) < 2.0^64, typemax(UInt) == 2.0^64, UInt(3) < 3.5, 2.5 < UInt(3), UInt(3) < NaN => (true, false, true, true, false)
  `,
  )
})

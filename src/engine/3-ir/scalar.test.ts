import { expect, test } from 'vitest'
import type { Op } from './ops.ts'
import { evaluate, SCALAR } from './scalar.ts'

test('f64.round takes ties to even and keeps the sign of zero', () => {
  const round = SCALAR['f64.round']
  expect([0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994, 2 ** 52 + 1, -0, Infinity].map(round)).toEqual([
    0,
    2,
    2,
    -0,
    -2,
    0,
    2 ** 52 + 1,
    -0,
    Infinity,
  ])
})

test('f64.pow follows C', () => {
  const pow = SCALAR['f64.pow']
  expect([pow(1, Number.NaN), pow(Number.NaN, 0), pow(-1, Infinity), pow(-1, -Infinity), pow(-8, 1 / 3), pow(0, -1), pow(-0, -1)]).toEqual([
    1,
    1,
    1,
    1,
    Number.NaN,
    Infinity,
    -Infinity,
  ])
})

test('powers and logarithms are exact where the result is', () => {
  for (let k = -300; k <= 300; k++) {
    expect(SCALAR['f64.exp2'](k)).toBe(2 ** k)
    expect(SCALAR['f64.log2'](2 ** k)).toBe(k)
    const power = Number(`1e${k}`)
    expect(SCALAR['f64.log10'](power)).toBe(k)
    expect(SCALAR['f64.exp10'](k)).toBe(power)
  }
})

test('f64.min and f64.max know NaN and -0', () => {
  expect([SCALAR['f64.min'](0, -0), SCALAR['f64.max'](-0, 0), SCALAR['f64.min'](Number.NaN, 1), SCALAR['f64.max'](1, Number.NaN)]).toEqual([
    -0,
    0,
    Number.NaN,
    Number.NaN,
  ])
})

test('f64.hypot neither overflows nor underflows', () => {
  const hypot = SCALAR['f64.hypot']
  expect([
    hypot(3, 4),
    hypot(3 * 2 ** 600, 4 * 2 ** 600),
    hypot(3 * 2 ** -600, 4 * 2 ** -600),
    hypot(Infinity, Number.NaN),
    hypot(Number.NaN, 1),
    hypot(0, -0),
  ]).toEqual([5, 5 * 2 ** 600, 5 * 2 ** -600, Infinity, Number.NaN, 0])
  expect(hypot(5e-324, 5e-324)).toBe(5e-324)
  expect(hypot(1.7976931348623157e308, 1)).toBe(1.7976931348623157e308)
  expect([hypot(1e9, 1), hypot(-1, 1e9), hypot(2 ** 28, 1), hypot(2 ** 25, 1)]).toEqual([1e9, 1e9, 2 ** 28, 33554432.000000015])
})

test('neighbours of floats', () => {
  const { 'f64.next': next, 'f64.prev': prev, 'f64.eps': eps } = SCALAR
  expect([next(1), next(0), next(-5e-324), next(-Infinity), next(Infinity), next(Number.NaN)]).toEqual([
    1 + 2 ** -52,
    5e-324,
    -0,
    -1.7976931348623157e308,
    Infinity,
    Number.NaN,
  ])
  expect([prev(1), prev(0), prev(5e-324), prev(Infinity)]).toEqual([1 - 2 ** -53, -5e-324, 0, 1.7976931348623157e308])
  expect([next(1 + (2 ** 32 - 1) * 2 ** -52), next(-1 - 2 ** 32 * 2 ** -52)]).toEqual([1 + 2 ** -20, -1 - (2 ** 32 - 1) * 2 ** -52])
  expect([eps(1), eps(-2), eps(0), eps(Infinity), eps(1.7976931348623157e308), eps(1e-320)]).toEqual([
    2 ** -52,
    2 ** -51,
    5e-324,
    Number.NaN,
    2 ** 971,
    5e-324,
  ])
})

test('f64.round_f16 rounds to the nearest Float16', () => {
  const round = SCALAR['f64.round_f16']
  expect([1 + 2 ** -11, 1 + 3 * 2 ** -11, 65519, 65520, -1e9, 2 ** -25, 2 ** -24, 0.1].map(round)).toEqual([
    1,
    1 + 2 ** -9,
    65504,
    Infinity,
    -Infinity,
    0,
    2 ** -24,
    0.0999755859375,
  ])
})

const top = Number.MAX_SAFE_INTEGER

test('integers are exact or trap', () => {
  expect(() => SCALAR['i64.add'](top, 2)).toThrow('overflow')
  expect(() => SCALAR['i64.mul'](2 ** 27 + 1, 2 ** 27 + 1)).toThrow('overflow')
  expect(() => SCALAR['i64.shl'](3, 61)).toThrow('overflow')
  expect(() => SCALAR['i64.div'](1, 0)).toThrow('divide')
  expect(() => SCALAR['i64.from_f64'](1.5)).toThrow('inexact')
  expect(() => SCALAR['i64.trunc_f64'](Number.NaN)).toThrow('inexact')
  expect([
    SCALAR['i64.div'](top, 2),
    SCALAR['i64.div'](-7, 2),
    SCALAR['i64.rem'](-7, 2),
    SCALAR['i64.shr'](-5, 1),
    SCALAR['i64.shl'](5, -1),
  ]).toEqual([2 ** 52 - 1, -3, -1, -3, 2])
  expect([SCALAR['i64.and'](2 ** 40 + 5, 7), SCALAR['i64.xor'](-1, 2 ** 40), SCALAR['i64.or'](2 ** 40, 1)]).toEqual([
    5,
    -1 - 2 ** 40,
    2 ** 40 + 1,
  ])
  expect([SCALAR['i64.wrap_s'](200, 8), SCALAR['i64.wrap_u'](-1, 8), SCALAR['i64.wrap_s'](2 ** 31, 32)]).toEqual([-56, 255, -(2 ** 31)])
})

test('what is computed of any integers is the low 64 bits of what it is, or traps', () => {
  const sizes = [1, 3, 10, top, top - 6, 2 ** 53, 2 ** 53 + 2, 3 * 2 ** 58, 2 ** 60, 10 ** 18, 2 ** 62, 2 ** 63]
  const values = [0, ...sizes, ...sizes.map(size => -size)]
  const exact = (a: number) => BigInt(a) - (a === 2 ** 63 ? 1n : 0n)
  const operations: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
    'i64.add': (a, b) => a + b,
    'i64.sub': (a, b) => a - b,
    'i64.mul': (a, b) => a * b,
    'i64.div': (a, b) => a / b,
    'i64.rem': (a, b) => a % b,
    'i64.and': (a, b) => a & b,
    'i64.or': (a, b) => a | b,
    'i64.xor': (a, b) => a ^ b,
  }
  let computed = 0
  for (const [op, meaning] of Object.entries(operations)) {
    for (const a of values) {
      for (const b of values) {
        let found: number
        try {
          found = evaluate(op as Op, [a, b]) as number
        } catch {
          continue
        }
        computed++
        expect([op, a, b, exact(found)]).toEqual([op, a, b, BigInt.asIntN(64, meaning(exact(a), exact(b)))])
      }
    }
  }
  expect(computed).toBeGreaterThan(2000)
})

test('no integer is -0', () => {
  const zeros = [
    SCALAR['i64.mul'](0, -1),
    SCALAR['i64.div'](0, -3),
    SCALAR['i64.rem'](-4, 2),
    SCALAR['i64.trunc_f64'](-0.5),
    SCALAR['i64.from_f64'](-0),
  ]
  expect(zeros).toEqual([0, 0, 0, 0, 0])
  expect([SCALAR['i64.wrap_u'](-256, 8), SCALAR['i64.wrap_s'](-256, 8), SCALAR['i64.shr'](0, 3), SCALAR['i64.sub'](0, 0)]).toEqual([
    0, 0, 0, 0,
  ])
})

test('strings are ordered by code points', () => {
  expect([SCALAR['str.lt']('a', 'b'), SCALAR['str.lt']('\uffff', '😀'), SCALAR['str.lt']('ab', 'a')]).toEqual([true, true, false])
})

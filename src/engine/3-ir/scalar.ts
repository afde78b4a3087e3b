/**
 * What each operation of `OPS` computes, exactly, one a line. The interpreter and folding run these functions; emitted code
 * spells the simple ones out and calls the others. Integers are never -0 and exact as floats: those below 2^53 in size, and those up to
 * 2^62 with zeros enough at their end (2^60, 10^18); the two ends of Int64 stand for themselves beside them, as ±2^63. What is
 * computed of them is exact or traps: a sum or product that is below 2^53 as a float is exact.
 */
import { invariant } from '../../diagnostics/bug.ts'
import { exp, expm1, log, log1p, log10, pow } from './elementary.ts'
import type { Scalar } from './ir.ts'
import { Trap } from './memory.ts'
import type { OPS, Op } from './ops.ts'
import { cos, cosh, sinh, tanh } from './trigonometry.ts'

/** What a scalar is in JavaScript. */
export type JsOf<S extends Scalar> = S extends 'bool' ? boolean : S extends 'str' ? string : number
type ArgsOf<In extends readonly Scalar[]> = { -readonly [I in keyof In]: JsOf<In[I]> }
type Meaning<K extends Op> = (...args: ArgsOf<(typeof OPS)[K]['takes']>) => JsOf<(typeof OPS)[K]['gives']>

// biome-ignore format: one operation a line
export const SCALAR = {
  'f64.add': (a, b) => a + b,
  'f64.sub': (a, b) => a - b,
  'f64.mul': (a, b) => a * b,
  'f64.div': (a, b) => a / b,
  'f64.rem': (a, b) => a % b,
  'f64.neg': a => -a,
  'f64.abs': Math.abs,
  'f64.min': (a, b) => Math.min(a, b),
  'f64.max': (a, b) => Math.max(a, b),
  'f64.copysign': copysign,
  'f64.floor': Math.floor,
  'f64.ceil': Math.ceil,
  'f64.trunc': Math.trunc,
  'f64.round': roundEven,
  'f64.sqrt': Math.sqrt,
  'f64.cbrt': Math.cbrt,
  'f64.pow': pow,
  'f64.exp': exp,
  'f64.exp2': a => pow(2, a),
  'f64.exp10': exp10,
  'f64.expm1': expm1,
  'f64.log': log,
  'f64.log2': Math.log2,
  'f64.log10': log10,
  'f64.log1p': log1p,
  // As good as the one of Julia by itself, and the one that JavaScript compiles best.
  'f64.sin': Math.sin,
  'f64.cos': cos,
  'f64.tan': Math.tan,
  'f64.asin': Math.asin,
  'f64.acos': Math.acos,
  'f64.atan': Math.atan,
  'f64.atan2': Math.atan2,
  'f64.sinh': sinh,
  'f64.cosh': cosh,
  'f64.tanh': tanh,
  'f64.asinh': Math.asinh,
  'f64.acosh': Math.acosh,
  'f64.atanh': Math.atanh,
  'f64.hypot': hypot,
  'f64.select': (c, a, b) => (c ? a : b),
  'f64.eq': (a, b) => a === b,
  'f64.lt': (a, b) => a < b,
  'f64.le': (a, b) => a <= b,
  'f64.same': Object.is,
  'f64.isnan': a => Number.isNaN(a),
  'f64.signbit': signbit,
  'f64.eps': eps,
  'f64.next': nextFloat,
  'f64.prev': a => -nextFloat(-a),
  'f64.from_i64': a => a,
  'f64.from_f32': a => a,
  'f64.round_f16': roundF16,
  'f32.from_f64': Math.fround,
  'f32.add': (a, b) => Math.fround(a + b),    // an f64 has more than twice the digits of an f32, so rounding twice is rounding once
  'f32.sub': (a, b) => Math.fround(a - b),
  'f32.mul': (a, b) => Math.fround(a * b),
  'f32.div': (a, b) => Math.fround(a / b),
  'f32.neg': a => -a,
  'f32.select': (c, a, b) => (c ? a : b),
  'f32.eq': (a, b) => a === b,
  'f32.lt': (a, b) => a < b,
  'f32.le': (a, b) => a <= b,
  'i64.add': (a, b) => isSafe(a, b) && Number.isSafeInteger(a + b) ? a + b : numberOf(bits(a) + bits(b), a, '+', b),
  'i64.sub': (a, b) => isSafe(a, b) && Number.isSafeInteger(a - b) ? a - b : numberOf(bits(a) - bits(b), a, '-', b),
  'i64.mul': (a, b) => Number.isSafeInteger(a * b) ? a * b + 0 : numberOf(bits(a) * bits(b), a, '*', b), // + 0: 0 * -1 is 0
  'i64.div': (a, b) => isSafe(a, divisor(b)) ? (a - a % b) / b + 0 : quotientOfEnd(a, b),
  'i64.rem': (a, b) => isSafe(a, divisor(b)) ? a % b + 0 : numberOf(bits(a) % bits(b), a, '%', b),
  'i64.and': (a, b) => (isSmall(a) && isSmall(b) ? a & b : isWord(a) && isWord(b) ? (a & b) >>> 0 : numberOf(bits(a) & bits(b), a, '&', b)),
  'i64.or': (a, b) => (isSmall(a) && isSmall(b) ? a | b : isWord(a) && isWord(b) ? (a | b) >>> 0 : numberOf(bits(a) | bits(b), a, '|', b)),
  'i64.xor': (a, b) => (isSmall(a) && isSmall(b) ? a ^ b : isWord(a) && isWord(b) ? (a ^ b) >>> 0 : numberOf(bits(a) ^ bits(b), a, '⊻', b)),
  'i64.shl': (a, n) => shiftLeft(a, n),
  'i64.shr': (a, n) => shiftLeft(a, -n),
  'i64.eq': (a, b) => a === b,
  'i64.lt': (a, b) => a < b,
  'i64.le': (a, b) => a <= b,
  'i64.select': (c, a, b) => (c ? a : b),
  'i64.from_f64': a => fromFloat(a, a),
  'i64.trunc_f64': a => fromFloat(Math.trunc(a), a),
  'i64.from_bool': a => (a ? 1 : 0),
  'i64.wrap_s': wrapSigned,
  'i64.wrap_u': wrapUnsigned,
  'bool.and': (a, b) => a && b,
  'bool.or': (a, b) => a || b,
  'bool.xor': (a, b) => a !== b,
  'bool.not': a => !a,
  'bool.eq': (a, b) => a === b,
  'bool.select': (c, a, b) => (c ? a : b),
  'str.eq': (a, b) => a === b,
  'str.lt': (a, b) => compareText(a, b) < 0,
} satisfies { readonly [K in Op]: Meaning<K> }

/** The result of an operation that is known only at run time; the arguments must have its types. */
export function evaluate(op: Op, args: readonly unknown[]): number | boolean | string {
  return (SCALAR[op] as (...args: unknown[]) => number | boolean | string)(...args)
}

// ── Floats ──

/** A NaN counts as positive: its sign bit cannot be seen. */
function signbit(a: number): boolean {
  return a < 0 || Object.is(a, -0)
}

function copysign(a: number, b: number): number {
  return signbit(b) ? -Math.abs(a) : Math.abs(a)
}

/** To the nearest integer, ties to even: adding 2^52 leaves no bits for a fraction, and the hardware rounds. */
function roundEven(a: number): number {
  const size = Math.abs(a)
  if (!(size < 2 ** 52)) return a
  return copysign(size + 2 ** 52 - 2 ** 52, a)
}

/** Exact to the last digit for integers, where a power computed by logarithms is not. */
function exp10(a: number): number {
  return Number.isInteger(a) && Math.abs(a) <= 400 ? Number(`1e${a}`) : pow(10, a)
}

/** √(a² + b²) without overflow, with the rounding error of the squares corrected (Borges 2019). */
function hypot(a: number, b: number): number {
  let x = Math.abs(a)
  let y = Math.abs(b)
  if (x === Infinity || y === Infinity) return Infinity
  if (x < y) [x, y] = [y, x]
  // So small a part is lost in rounding, and more than half a unit of it must not be added.
  if (!(y > x * 2 ** -27)) return Number.isNaN(x + y) ? Number.NaN : x
  let scale = 1
  if (x > 2 ** 510) scale = 2 ** 600
  else if (y < 2 ** -450) scale = 2 ** -600
  x /= scale
  y /= scale
  const h = Math.sqrt(x * x + y * y)
  let error: number
  if (h <= 2 * y) {
    const d = h - y
    error = x * (2 * d - x) + (d - 2 * (x - y)) * d
  } else {
    const d = h - x
    error = 2 * d * (x - 2 * y) + (4 * d - y) * y + d * d
  }
  return (h - error / (2 * h)) * scale
}

const floatBits = new Float64Array(1)
const wordBits = new Uint32Array(floatBits.buffer)
const LOW = new Uint32Array(new Float64Array([1]).buffer)[0] === 0 ? 0 : 1
const HIGH = 1 - LOW

/** The next larger float: of -0 and 0 it is the smallest subnormal; of Inf it is Inf. */
function nextFloat(a: number): number {
  if (a === 0) return 2 ** -1074
  if (a === Infinity || Number.isNaN(a)) return a
  floatBits[0] = a
  const low = wordBits[LOW]!
  const step = a > 0 ? 1 : -1
  wordBits[LOW] = low + step
  if (step === 1 ? low === 0xffffffff : low === 0) wordBits[HIGH] = wordBits[HIGH]! + step
  return floatBits[0]!
}

/** Distance to the next float of larger size, as if exponents had no upper end; NaN for Inf. */
function eps(a: number): number {
  floatBits[0] = a
  const exponent = (wordBits[HIGH]! >>> 20) & 0x7ff
  if (exponent === 0x7ff) return Number.NaN
  return 2 ** (Math.max(exponent, 1) - 1075)
}

/** Nearest number with 11 digits of precision and exponents of a Float16, ties to even. */
function roundF16(a: number): number {
  const size = Math.abs(a)
  if (!(size < Infinity) || size === 0) return a
  const ulp = size < 2 ** -14 ? 2 ** -24 : eps(a) * 2 ** 42
  const rounded = roundEven(a / ulp) * ulp
  return Math.abs(rounded) > 65504 ? copysign(Infinity, a) : rounded
}

// ── Integers ──

const END = 2 ** 63

/** Neither is an end of Int64. */
function isSafe(a: number, b: number): boolean {
  return Number.isSafeInteger(a) && Number.isSafeInteger(b)
}

/** Beyond the safe integers, those up to this size that are exact as floats are numbers too. */
const LARGEST = 2 ** 62

/** Does a float stand for exactly this integer? */
export function isInteger64(number: number): boolean {
  return Number.isSafeInteger(number) || (Number.isInteger(number) && Math.abs(number) <= LARGEST)
}

/** The number that stands for an integer, or null. */
export function numberOfInteger(integer: bigint): number | null {
  const number = Number(integer)
  if (Number.isSafeInteger(number) || (Math.abs(number) <= LARGEST && BigInt(number) === integer)) return number
  return integer === bits(END) ? END : integer === bits(-END) ? -END : null
}

/** The number that stands for an integer, if one does. What is computed of integers past 2^53 wraps around. */
function numberOf(integer: bigint, a: number, sign: string, b: number): number {
  return numberOfInteger(isSafe(a, b) ? integer : BigInt.asIntN(64, integer)) ?? overflow(a, sign, b)
}

function quotientOfEnd(a: number, b: number): number {
  if (a === -END && b === -1) throw new Trap({ kind: 'divide' })
  return numberOf(bits(a) / bits(b), a, '÷', b)
}

function overflow(a: number, sign: string, b: number): never {
  throw new Trap({ kind: 'overflow', what: `${bits(a)} ${sign} ${bits(b)}` })
}

function divisor(b: number): number {
  if (b === 0) throw new Trap({ kind: 'divide' })
  return b
}

/** Of 32 bits, without a sign. */
function isWord(a: number): boolean {
  return a >>> 0 === a
}

function bits(a: number): bigint {
  return BigInt(a) - (a === END ? 1n : 0n)
}

function isSmall(a: number): boolean {
  return (a | 0) === a
}

/** a·2^n rounded down, for n of either sign, of which 64 bits stay. */
function shiftLeft(a: number, n: number): number {
  if (n >= 64) return 0
  if (n <= -64) return a < 0 ? -1 : 0
  if (n <= 0) return Number.isSafeInteger(a) ? Math.floor(a / 2 ** -n) : numberOf(bits(a) >> BigInt(-n), a, '>>', -n)
  const result = a * 2 ** n
  return Number.isSafeInteger(result) ? result : numberOf(BigInt.asIntN(64, bits(a) << BigInt(n)), a, '<<', n)
}

function fromFloat(integer: number, from: number): number {
  if (isInteger64(integer)) return integer + 0
  if (!Number.isInteger(integer) || Math.abs(integer) > END || integer === END) throw new Trap({ kind: 'inexact', value: from })
  if (integer === -END) return integer
  throw new Trap({ kind: 'overflow', what: `Int64(${from})` })
}

function wrapUnsigned(a: number, bits: number): number {
  invariant(bits <= 32, 'integers wrap to at most 32 bits')
  if (a === END) return 2 ** bits - 1
  const modulus = 2 ** bits
  const rest = a % modulus
  return rest < 0 ? rest + modulus : rest + 0
}

function wrapSigned(a: number, bits: number): number {
  const rest = wrapUnsigned(a, bits)
  return rest >= 2 ** (bits - 1) ? rest - 2 ** bits : rest
}

// ── Text ──

/** Order by code points, as the bytes of UTF-8 have it; UTF-16 puts surrogates below U+E000. */
function compareText(a: string, b: string): number {
  const end = Math.min(a.length, b.length)
  for (let i = 0; i < end; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1
  }
  return a.length - b.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xe000
}

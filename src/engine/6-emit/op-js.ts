/** Scalar operations as JavaScript text. What has no row here is a call of the function in `SCALAR`, so the table of operations stays total. */
import type { Op } from '../3-ir/ops.ts'

type Write = (a: string, b: string, c: string) => string

/** Operations with a fast form: `fast` holds unless `slow` does, of the result `v` and the operands; then the function of `SCALAR` decides, which traps or answers. */
export interface Guarded {
  readonly fast: Write
  /** Operands are names or literals here, so they may be repeated. */
  readonly slow: (v: string, a: string, b: string) => string
}

const infix =
  (sign: string): Write =>
  (a, b) =>
    `(${a} ${sign} ${b})`
const round32 =
  (sign: string): Write =>
  (a, b) =>
    `Math.fround(${a} ${sign} ${b})`
const math =
  (name: string): Write =>
  (a, b) =>
    b === undefined ? `Math.${name}(${a})` : `Math.${name}(${a}, ${b})`
const select: Write = (c, a, b) => `(${c} ? ${a} : ${b})`
const minus: Write = a => `(-${a})`

/** Total operations, whose operands each stand once in the text. */
// biome-ignore format: one operation a line
export const INLINE: { readonly [K in Op]?: Write } = {
  'f64.add': infix('+'),
  'f64.sub': infix('-'),
  'f64.mul': infix('*'),
  'f64.div': infix('/'),
  'f64.rem': infix('%'),
  'f64.neg': minus,
  'f64.abs': math('abs'),
  'f64.min': math('min'),
  'f64.max': math('max'),
  'f64.floor': math('floor'),
  'f64.ceil': math('ceil'),
  'f64.trunc': math('trunc'),
  'f64.sqrt': math('sqrt'),
  'f64.sin': math('sin'),
  'f64.tan': math('tan'),
  'f64.asin': math('asin'),
  'f64.acos': math('acos'),
  'f64.atan': math('atan'),
  'f64.atan2': math('atan2'),
  'f64.asinh': math('asinh'),
  'f64.acosh': math('acosh'),
  'f64.atanh': math('atanh'),
  'f64.cbrt': math('cbrt'),
  'f64.log2': math('log2'),
  'f64.select': select,
  'f64.eq': infix('==='),
  'f64.lt': infix('<'),
  'f64.le': infix('<='),
  'f64.same': (a, b) => `Object.is(${a}, ${b})`,
  'f64.isnan': a => `Number.isNaN(${a})`,
  'f64.from_i64': a => a,
  'f64.from_f32': a => a,
  'f32.from_f64': math('fround'),
  'f32.add': round32('+'),
  'f32.sub': round32('-'),
  'f32.mul': round32('*'),
  'f32.div': round32('/'),
  'f32.neg': minus,
  'f32.select': select,
  'f32.eq': infix('==='),
  'f32.lt': infix('<'),
  'f32.le': infix('<='),
  'i64.eq': infix('==='),
  'i64.lt': infix('<'),
  'i64.le': infix('<='),
  'i64.select': select,
  'i64.from_bool': a => `(${a} ? 1 : 0)`,
  'bool.and': infix('&&'),
  'bool.or': infix('||'),
  'bool.xor': infix('!=='),
  'bool.not': a => `(!${a})`,
  'bool.eq': infix('==='),
  'bool.select': select,
  'str.eq': infix('==='),
}

const past53 = (v: string): string => `${v} > 9007199254740991 || ${v} < -9007199254740991`
/** The ends of Int64 stand as ±2^63, whose sum is 0 here and -1 there; with a safe literal there is none. */
const endsMet = (v: string, a: string, b: string): string =>
  Number.isSafeInteger(Number(plain(a))) || Number.isSafeInteger(Number(plain(b))) ? '' : ` || (${v} === 0 && (${past53(a)}))`
const plain = (literal: string): string => literal.replace(/^\((.*)\)$/, '$1')

/** The same of operands that are not negative, where there is no -0 to turn into 0. */
// biome-ignore format: one operation a line
export const OF_NATURALS: { readonly [K in Op]?: Write } = {
  'i64.mul': infix('*'),
  'i64.rem': infix('%'),
  'i64.div': (a, b) => `((${a} - ${a} % ${b}) / ${b})`,
}

/** Operations that a check guards. `+ 0` turns -0 into 0: integers have no -0. */
// biome-ignore format: one operation a line
export const GUARDED: { readonly [K in Op]?: Guarded } = {
  'i64.add': { fast: infix('+'), slow: (v, a, b) => past53(v) + endsMet(v, a, b) },
  'i64.sub': { fast: infix('-'), slow: past53 },
  'i64.mul': { fast: (a, b) => `(${a} * ${b} + 0)`, slow: past53 },
  'i64.rem': { fast: (a, b) => `(${a} % ${b} + 0)`, slow: (_v, a, b) => `${b} === 0 || ${past53(a)} || ${past53(b)}` },
  'i64.div': { fast: (a, b) => `((${a} - ${a} % ${b}) / ${b} + 0)`, slow: (_v, a, b) => `${b} === 0 || ${past53(a)} || ${past53(b)}` },
  'i64.trunc_f64': { fast: a => `(Math.trunc(${a}) + 0)`, slow: v => `!(${v} <= 9007199254740991 && ${v} >= -9007199254740991)` },
  'i64.from_f64': { fast: a => `(${a} + 0)`, slow: v => `!(${v} <= 9007199254740991 && ${v} >= -9007199254740991 && Math.trunc(${v}) === ${v})` },
  'i64.and': { fast: infix('&'), slow: (_v, a, b) => `${a} !== (${a} | 0) || ${b} !== (${b} | 0)` },
  'i64.or': { fast: infix('|'), slow: (_v, a, b) => `${a} !== (${a} | 0) || ${b} !== (${b} | 0)` },
  'i64.xor': { fast: infix('^'), slow: (_v, a, b) => `${a} !== (${a} | 0) || ${b} !== (${b} | 0)` },
}

/** Those of `GUARDED` that need no check when the sizes of the operands, in bits, add up to a safe result. */
export function boundOf(op: Op, a: number, b: number): number {
  switch (op) {
    case 'i64.add':
    case 'i64.sub':
      return Math.max(a, b) + 1
    case 'i64.mul':
      return a + b
    default:
      return UNBOUNDED
  }
}

/** Size in bits of an integer of which nothing is known; `EXACT_BITS` is the most that never needs a check. */
export const UNBOUNDED = 54
export const EXACT_BITS = 53

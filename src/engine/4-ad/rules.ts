/**
 * Every derivative of a scalar operation, one a line: what the shadow of each operand receives when the shadow of the result is `d`.
 * Linear in `d`. `null` means that the operand receives nothing: it cannot carry a derivative, or its derivative is zero everywhere.
 */
import type { Scalar } from '../3-ir/ir.ts'
import { OPS, type Op, type SmoothOp } from '../3-ir/ops.ts'
import { type Calc, DEPENDS, TEXT } from './calc.ts'

/** Mapped over a type parameter, so that a tuple stays a tuple. */
type Operands<Takes extends readonly Scalar[], E> = { readonly [I in keyof Takes]: E }
type Received<Takes extends readonly Scalar[], E> = { readonly [I in keyof Takes]: Takes[I] extends 'f64' | 'f32' ? E | null : null }
type Takes<K extends Op> = (typeof OPS)[K]['takes']

export type Rules<E> = { readonly [K in SmoothOp]: (x: Operands<Takes<K>, E>, y: E, d: E) => Received<Takes<K>, E> }

/**
 * What the base of a power receives, `d b a^(b-1)`, and 0 when the exponent is 0. As code that depends on the exponent there too, for
 * its derivative by the exponent is not 0 (`x^x` at 1, three times). At base 0 another base stands in, so that what is not chosen is finite.
 */
export function baseOfPower<E>({ num, sub, mul, pow, lt, eq, select }: Calc<E>): (a: E, b: E, d: E) => E {
  return (a, b, d) => {
    const none = eq(b, num(0))
    const base = select(none, select(lt(num(0), mul(a, a)), a, num(1)), a)
    const received = mul(d, mul(b, pow(base, sub(b, num(1)))))
    return select(none, select(eq(sub(d, d), num(0)), received, num(0)), received)
  }
}

/** Where a function has a kink or a pole, the remark says which value is taken. */
// biome-ignore format: one operation a line
export function rules<E>(calc: Calc<E>): Rules<E> {
  const { num, add, sub, mul, div, neg, sqrt, log, sin, cos, sinh, cosh, exp, trunc, lt, eq, signbit, sameBool, select, widen, narrow, zeroOf } = calc
  const square = (a: E): E => mul(a, a)
  const oneMinusSquare = (a: E): E => mul(sub(num(1), a), add(num(1), a))
  const ofBase = baseOfPower(calc)
  return {
    'f64.add': (_x, _y, d) => [d, d],
    'f64.sub': (_x, _y, d) => [d, neg(d)],
    'f64.mul': ([a, b], _y, d) => [mul(d, b), mul(d, a)],
    'f64.div': ([, b], y, d) => [div(d, b), neg(mul(div(d, b), y))],
    'f64.rem': ([a, b], _y, d) => [d, neg(mul(d, trunc(div(a, b))))],                            // the jumps are ignored
    'f64.neg': (_x, _y, d) => [neg(d)],
    'f64.abs': ([a], _y, d) => [select(lt(a, num(0)), neg(d), d)],                               // 1 at 0 and at -0
    'f64.min': ([a, b], _y, d) => [select(lt(b, a), num(0), d), select(lt(b, a), d, num(0))],    // the first of two equals
    'f64.max': ([a, b], _y, d) => [select(lt(a, b), num(0), d), select(lt(a, b), d, num(0))],    // the first of two equals
    'f64.copysign': ([a, b], _y, d) => [select(sameBool(signbit(a), signbit(b)), d, neg(d)), null], // the jump of the sign is ignored
    'f64.floor': () => [null],                                                                   // 0 at the jumps too
    'f64.ceil': () => [null],                                                                    // 0 at the jumps too
    'f64.trunc': () => [null],                                                                   // 0 at the jumps too
    'f64.round': () => [null],                                                                   // 0 at the jumps too
    'f64.sqrt': ([a], y, d) => [select(eq(a, num(0)), num(0), div(d, mul(num(2), y)))],          // 0 at 0
    'f64.cbrt': (_x, y, d) => [div(d, mul(num(3), square(y)))],                                  // infinite at 0
    'f64.pow': ([a, b], y, d) => [
      ofBase(a, b, d),                                                                           // 0 when the exponent is 0, also at 0^0
      mul(d, select(lt(num(0), a), mul(y, log(select(lt(num(0), a), a, num(1)))),                // 0 at base 0 with a positive exponent
        select(eq(d, num(0)), num(0), select(eq(a, num(0)), select(lt(num(0), b), num(0), num(-Infinity)), num(Number.NaN)))))], // 0 at a negative base for an exponent that does not change
    'f64.exp': (_x, y, d) => [mul(d, y)],
    'f64.exp2': (_x, y, d) => [mul(d, mul(y, num(Math.LN2)))],
    'f64.exp10': (_x, y, d) => [mul(d, mul(y, num(Math.LN10)))],
    'f64.expm1': ([a], _y, d) => [mul(d, exp(a))],
    'f64.log': ([a], _y, d) => [div(d, a)],
    'f64.log2': ([a], _y, d) => [div(d, mul(a, num(Math.LN2)))],
    'f64.log10': ([a], _y, d) => [div(d, mul(a, num(Math.LN10)))],
    'f64.log1p': ([a], _y, d) => [div(d, add(num(1), a))],
    'f64.sin': ([a], _y, d) => [mul(d, cos(a))],
    'f64.cos': ([a], _y, d) => [neg(mul(d, sin(a)))],
    'f64.tan': (_x, y, d) => [mul(d, add(num(1), square(y)))],
    'f64.asin': ([a], _y, d) => [div(d, sqrt(oneMinusSquare(a)))],                               // infinite at ±1
    'f64.acos': ([a], _y, d) => [neg(div(d, sqrt(oneMinusSquare(a))))],                          // infinite at ±1
    'f64.atan': ([a], _y, d) => [div(d, add(num(1), square(a)))],
    'f64.atan2': ([a, b], _y, d) => [div(mul(d, b), add(square(a), square(b))), neg(div(mul(d, a), add(square(a), square(b))))], // NaN at the origin
    'f64.sinh': ([a], _y, d) => [mul(d, cosh(a))],
    'f64.cosh': ([a], _y, d) => [mul(d, sinh(a))],
    'f64.tanh': (_x, y, d) => [mul(d, oneMinusSquare(y))],
    'f64.asinh': ([a], _y, d) => [div(d, sqrt(add(square(a), num(1))))],
    'f64.acosh': ([a], _y, d) => [div(d, sqrt(neg(oneMinusSquare(a))))],                         // infinite at 1
    'f64.atanh': ([a], _y, d) => [div(d, oneMinusSquare(a))],
    'f64.hypot': ([a, b], y, d) => [
      select(eq(y, num(0)), num(0), mul(d, div(a, y))), select(eq(y, num(0)), num(0), mul(d, div(b, y)))], // 0 at the origin
    'f64.select': ([c], _y, d) => [null, select(c, d, zeroOf(d)), select(c, zeroOf(d), d)],
    'f64.eps': () => [null],
    'f64.next': (_x, _y, d) => [d],
    'f64.prev': (_x, _y, d) => [d],
    'f64.from_i64': () => [null],
    'f64.from_f32': (_x, _y, d) => [narrow(d)],
    'f64.round_f16': (_x, _y, d) => [d],                                                         // rounding is taken as the identity
    'f32.from_f64': (_x, _y, d) => [widen(d)],                                                   // rounding is taken as the identity
    'f32.add': (_x, _y, d) => [d, d],
    'f32.sub': (_x, _y, d) => [d, neg(d)],
    'f32.mul': ([a, b], _y, d) => [mul(d, b), mul(d, a)],
    'f32.div': ([, b], y, d) => [div(d, b), neg(mul(div(d, b), y))],
    'f32.neg': (_x, _y, d) => [neg(d)],
    'f32.select': ([c], _y, d) => [null, select(c, d, zeroOf(d)), select(c, zeroOf(d), d)],
  }
}

/** A rule whose operation is known only at run time. */
export type AnyRule<E> = (x: readonly E[], y: E, d: E) => readonly (E | null)[]

export function isSmooth(op: Op): op is SmoothOp {
  const gives: Scalar = OPS[op].gives
  return gives === 'f64' || gives === 'f32'
}

export function ruleFor<E>(table: Rules<E>, op: SmoothOp): AnyRule<E> {
  return anyRule(table[op])
}

export function anyRule<E>(rule: Rules<E>[SmoothOp]): AnyRule<E> {
  // The table's type proves each entry; here only which entry is unknown.
  return rule as unknown as AnyRule<E>
}

const depends = rules(DEPENDS)
const text = rules(TEXT)
/** The number that stands for the result in the sets of `needsOf`. */
export const RESULT = -1

const needsCache = new Map<SmoothOp, readonly (ReadonlySet<number> | null)[]>()

/** For each operand of `op`, what its shadow's code uses besides `d`: numbers of operands, `RESULT`; null when it receives nothing. */
export function needsOf(op: SmoothOp): readonly (ReadonlySet<number> | null)[] {
  let known = needsCache.get(op)
  if (!known) {
    const operands = OPS[op].takes.map((_type, i) => new Set([i]))
    known = ruleFor(depends, op)(operands, new Set([RESULT]), new Set())
    needsCache.set(op, known)
  }
  return known
}

const LETTERS = ['a', 'b', 'c']

/** The rule as text: `f64.div  a: d / b; b: -d / b * y`. */
export function ruleText(op: SmoothOp): string {
  const operands = OPS[op].takes.map((_type, i) => LETTERS[i] ?? `x${i}`)
  const received = ruleFor(text, op)(operands, 'y', 'd')
  const entries = received.map((entry, i) => `${operands[i]}: ${entry ?? 'nothing'}`)
  return `${op}  ${entries.join('; ')}`
}

/**
 * Equations that hold exactly, for every float and integer, bit for bit: a rule says what an operation may be replaced with. Constants stand on
 * the right where an operation commutes; only that form is matched. What is missing is missing on purpose:
 * x + 0 is not x for -0, x - x and x * 0 are not 0 for NaN, and x ** 2 is not always rounded like x * x.
 */
import type { ConstValue, ValueId } from '../3-ir/ir.ts'
import { OPS, type Op } from '../3-ir/ops.ts'

/** What stands for the result: a value that exists, a literal, or another operation. */
export type Instead =
  | { readonly kind: 'value'; readonly id: ValueId }
  | { readonly kind: 'literal'; readonly value: Exclude<ConstValue, null> }
  | { readonly kind: 'op'; readonly op: Op; readonly args: readonly Operand[] }

/** A value, or a literal of the type that the operation takes there. */
export type Operand = ValueId | { readonly literal: Exclude<ConstValue, null> }

/** What a rule may ask about the operands. */
export interface Known {
  /** The literal that a value is, or null. */
  literal(id: ValueId): ConstValue
  /** The operands of a value that is the result of `op`, or null. */
  madeBy(id: ValueId, op: Op): readonly ValueId[] | null
}

type Rule = (args: readonly ValueId[], known: Known) => Instead | null | false

const keep = (id: ValueId): Instead => ({ kind: 'value', id })
const say = (value: Exclude<ConstValue, null>): Instead => ({ kind: 'literal', value })
const calc = (op: Op, ...args: Operand[]): Instead => ({ kind: 'op', op, args })
const is = (known: Known, id: ValueId | undefined, value: ConstValue): boolean => id !== undefined && Object.is(known.literal(id), value)

/** Operations whose operands may be swapped without changing the result. */
const COMMUTES: ReadonlySet<Op> = new Set<Op>([
  'f64.add',
  'f64.mul',
  'f64.eq',
  'f64.same',
  'f32.add',
  'f32.mul',
  'f32.eq',
  'i64.add',
  'i64.mul',
  'i64.and',
  'i64.or',
  'i64.xor',
  'i64.eq',
  'bool.and',
  'bool.or',
  'bool.xor',
  'bool.eq',
  'str.eq',
])

/** A power of two whose inverse is one too, so that multiplying by the inverse is dividing. */
function isExactDivisor(c: ConstValue): c is number {
  return (
    typeof c === 'number' &&
    Math.abs(c) >= 2 ** -1000 &&
    Math.abs(c) <= 2 ** 1000 &&
    2 ** Math.round(Math.log2(Math.abs(c))) === Math.abs(c)
  )
}

/** select(c, a, b), of any type. */
const selects = (select: Op): Rule[] => [
  // select(true, a, b) = a, select(false, a, b) = b
  ([c, a, b], k) => (is(k, c, true) ? keep(a!) : is(k, c, false) && keep(b!)),
  // select(c, a, a) = a
  ([, a, b]) => a === b && keep(a!),
  // select(not c, a, b) = select(c, b, a)
  ([c, a, b], k) => {
    const inner = k.madeBy(c!, 'bool.not')
    return inner && calc(select, inner[0]!, b!, a!)
  },
]

/** x + c and x - c with literals are one form, so that chains collapse: (x + c) + d = x + (c + d). */
const addChain: Rule = ([x, c], k) => {
  const d = k.literal(c!)
  const inner = k.madeBy(x!, 'i64.add')
  const before = inner && k.literal(inner[1]!)
  if (typeof d !== 'number' || typeof before !== 'number' || !Number.isSafeInteger(before + d)) return null
  // Where x + c is out of range and the sum is not, this gives the number instead of refusing it.
  return calc('i64.add', inner![0]!, { literal: before + d })
}

/** ((x + c) + y) + -c = x + y: how an index counted from 1 becomes one counted from 0. */
const addAround: Rule = ([s, d], k) => {
  const sum = k.madeBy(s!, 'i64.add')
  const c = k.literal(d!)
  if (!sum || typeof c !== 'number') return null
  for (const [one, other] of [sum, [...sum].reverse()] as const) {
    const inner = k.madeBy(one!, 'i64.add')
    if (inner && k.literal(inner[1]!) === 0 - c) return calc('i64.add', inner[0]!, other!)
  }
  return null
}

// biome-ignore format: one equation a line
export const EQUATIONS: { readonly [K in Op]?: readonly Rule[] } = {
  'f64.add': [
    ([x, c], k) => is(k, c, -0) && keep(x!),                                                              // x + -0 = x
    ([x, y], k) => { const n = k.madeBy(y!, 'f64.neg'); return n && calc('f64.sub', x!, n[0]!) },         // x + -y = x - y
    ([x, y], k) => { const n = k.madeBy(x!, 'f64.neg'); return n && calc('f64.sub', y!, n[0]!) },         // -x + y = y - x
  ],
  'f64.sub': [
    ([x, c], k) => is(k, c, 0) && keep(x!),                                                               // x - 0 = x
    ([c, y], k) => is(k, c, -0) && calc('f64.neg', y!),                                                   // -0 - y = -y
    ([x, y], k) => { const n = k.madeBy(y!, 'f64.neg'); return n && calc('f64.add', x!, n[0]!) },         // x - -y = x + y
  ],
  'f64.mul': [
    ([x, c], k) => is(k, c, 1) && keep(x!),                                                               // x * 1 = x
    ([x, c], k) => is(k, c, -1) && calc('f64.neg', x!),                                                   // x * -1 = -x
    ([x, y], k) => {                                                                                      // -x * -y = x * y
      const a = k.madeBy(x!, 'f64.neg')
      const b = k.madeBy(y!, 'f64.neg')
      return a && b && calc('f64.mul', a[0]!, b[0]!)
    },
  ],
  'f64.div': [
    ([x, c], k) => is(k, c, 1) && keep(x!),                                                               // x / 1 = x
    ([x, c], k) => is(k, c, -1) && calc('f64.neg', x!),                                                   // x / -1 = -x
    ([x, c], k) => { const d = k.literal(c!); return isExactDivisor(d) && calc('f64.mul', x!, { literal: 1 / d }) }, // x / 2^n = x * 2^-n
  ],
  'f64.neg': [([x], k) => { const n = k.madeBy(x!, 'f64.neg'); return n && keep(n[0]!) }],                // -(-x) = x
  'f64.abs': [
    ([x], k) => { const n = k.madeBy(x!, 'f64.neg'); return n && calc('f64.abs', n[0]!) },                // |-x| = |x|
    ([x], k) => k.madeBy(x!, 'f64.abs') && keep(x!),                                                      // ||x|| = |x|
  ],
  'f64.min': [([x, y]) => x === y && keep(x!)],                                                           // min(x, x) = x
  'f64.max': [([x, y]) => x === y && keep(x!)],                                                           // max(x, x) = x
  'f64.pow': [
    ([x, c], k) => is(k, c, 1) && keep(x!),                                                               // x ^ 1 = x
    ([, c], k) => (is(k, c, 0) || is(k, c, -0)) && say(1),                                                // x ^ 0 = 1, NaN too
    ([c], k) => is(k, c, 1) && say(1),                                                                    // 1 ^ x = 1, NaN too
  ],
  'f64.cos': [([x], k) => { const n = k.madeBy(x!, 'f64.neg'); return n && calc('f64.cos', n[0]!) }],     // cos(-x) = cos(x)
  'f64.select': selects('f64.select'),
  'f64.same': [([x, y]) => x === y && say(true)],                                                         // x === x
  'f64.isnan': [([x], k) => k.madeBy(x!, 'f64.from_i64') && say(false)],                                  // integers are numbers
  'f32.from_f64': [([x], k) => { const n = k.madeBy(x!, 'f64.from_f32'); return n && keep(n[0]!) }],      // widening is exact
  'f32.mul': [([x, c], k) => is(k, c, 1) && keep(x!)],                                                    // x * 1 = x
  'f32.div': [([x, c], k) => is(k, c, 1) && keep(x!)],                                                    // x / 1 = x
  'f32.neg': [([x], k) => { const n = k.madeBy(x!, 'f32.neg'); return n && keep(n[0]!) }],                // -(-x) = x
  'f32.select': selects('f32.select'),
  'i64.add': [
    ([x, c], k) => is(k, c, 0) && keep(x!),                                                               // x + 0 = x
    addChain,                                                                                             // (x + c) + d = x + (c + d)
    addAround,                                                                                            // ((x + c) + y) + -c = x + y
  ],
  'i64.sub': [
    ([x, y]) => x === y && say(0),                                                                        // x - x = 0
    ([x, c], k) => { const n = k.literal(c!); return typeof n === 'number' && Number.isSafeInteger(n) && calc('i64.add', x!, { literal: 0 - n }) }, // x - c = x + -c
    ([x, y], k) => { const n = k.madeBy(x!, 'i64.add'); return n && n[1] === y && keep(n[0]!) },          // (x + y) - y = x
    ([x, y], k) => { const n = k.madeBy(x!, 'i64.add'); return n && n[0] === y && keep(n[1]!) },          // (x + y) - x = y
  ],
  'i64.mul': [
    ([x, c], k) => is(k, c, 1) && keep(x!),                                                               // x * 1 = x
    ([, c], k) => is(k, c, 0) && say(0),                                                                  // x * 0 = 0
  ],
  'i64.div': [([x, c], k) => is(k, c, 1) && keep(x!)],                                                    // x ÷ 1 = x
  'i64.rem': [([, c], k) => (is(k, c, 1) || is(k, c, -1)) && say(0)],                                     // x % 1 = 0
  'i64.and': [
    ([x, y]) => x === y && keep(x!),                                                                      // x & x = x
    ([, c], k) => is(k, c, 0) && say(0),                                                                  // x & 0 = 0
    ([x, c], k) => is(k, c, -1) && keep(x!),                                                              // x & -1 = x
  ],
  'i64.or': [
    ([x, y]) => x === y && keep(x!),                                                                      // x | x = x
    ([x, c], k) => is(k, c, 0) && keep(x!),                                                               // x | 0 = x
  ],
  'i64.xor': [
    ([x, y]) => x === y && say(0),                                                                        // x ⊻ x = 0
    ([x, c], k) => is(k, c, 0) && keep(x!),                                                               // x ⊻ 0 = x
  ],
  'i64.shl': [([x, c], k) => is(k, c, 0) && keep(x!)],                                                    // x << 0 = x
  'i64.shr': [([x, c], k) => is(k, c, 0) && keep(x!)],                                                    // x >> 0 = x
  'i64.eq': [([x, y]) => x === y && say(true)],                                                           // x = x
  'i64.lt': [([x, y]) => x === y && say(false)],                                                          // not x < x
  'i64.le': [([x, y]) => x === y && say(true)],                                                           // x ≤ x
  'i64.select': selects('i64.select'),
  'i64.from_f64': [([x], k) => { const n = k.madeBy(x!, 'f64.from_i64'); return n && keep(n[0]!) }],      // integers are exact floats
  'i64.trunc_f64': [([x], k) => { const n = k.madeBy(x!, 'f64.from_i64'); return n && keep(n[0]!) }],     // likewise
  'bool.and': [
    ([x, y]) => x === y && keep(x!),                                                                      // x ∧ x = x
    ([x, c], k) => (is(k, c, true) ? keep(x!) : is(k, c, false) && say(false)),                           // x ∧ true = x, x ∧ false = false
  ],
  'bool.or': [
    ([x, y]) => x === y && keep(x!),                                                                      // x ∨ x = x
    ([x, c], k) => (is(k, c, false) ? keep(x!) : is(k, c, true) && say(true)),                            // x ∨ false = x, x ∨ true = true
  ],
  'bool.xor': [
    ([x, y]) => x === y && say(false),                                                                    // x ⊻ x = false
    ([x, c], k) => (is(k, c, false) ? keep(x!) : is(k, c, true) && calc('bool.not', x!)),                 // x ⊻ false = x, x ⊻ true = ¬x
  ],
  'bool.eq': [
    ([x, y]) => x === y && say(true),                                                                     // x = x
    ([x, c], k) => (is(k, c, true) ? keep(x!) : is(k, c, false) && calc('bool.not', x!)),                 // (x = true) = x, (x = false) = ¬x
  ],
  // An inner wrap to the same number of bits does all: wrap(wrap(x, n), n) = wrap(x, n).
  'i64.wrap_u': [([x, n], k) => { const w = k.madeBy(x!, 'i64.wrap_u'); return w && k.literal(n!) !== null && k.literal(w[1]!) === k.literal(n!) && keep(x!) }],
  'bool.not': [
    ([x], k) => { const n = k.madeBy(x!, 'bool.not'); return n && keep(n[0]!) },                          // ¬¬x = x
    ([x], k) => { const n = k.madeBy(x!, 'i64.lt'); return n && calc('i64.le', n[1]!, n[0]!) },           // ¬(x < y) = y ≤ x, for integers
    ([x], k) => { const n = k.madeBy(x!, 'i64.le'); return n && calc('i64.lt', n[1]!, n[0]!) },           // ¬(x ≤ y) = y < x
  ],
  'bool.select': [
    ...selects('bool.select'),
    ([c, a, b], k) => is(k, b, false) && calc('bool.and', c!, a!),                                        // select(c, a, false) = c ∧ a
    ([c, a, b], k) => is(k, a, true) && calc('bool.or', c!, b!),                                          // select(c, true, b) = c ∨ b
    ([c, a, b], k) => is(k, a, false) && is(k, b, true) && calc('bool.not', c!),                          // select(c, false, true) = ¬c
  ],
  'str.eq': [([x, y]) => x === y && say(true)],                                                           // x = x
}

/** One step: what an operation may be replaced with, or null. */
export function simpler(op: Op, args: readonly ValueId[], known: Known): Instead | null {
  const [x, y] = args
  if (COMMUTES.has(op) && known.literal(x!) !== null && known.literal(y!) === null) return calc(op, y!, x!)
  for (const rule of EQUATIONS[op] ?? []) {
    const found = rule(args, known)
    if (found) return found
  }
  return null
}

/** The type of operand `i` of an operation, for its literals. */
export function operandType(op: Op, i: number): (typeof OPS)[Op]['takes'][number] {
  return OPS[op].takes[i]!
}

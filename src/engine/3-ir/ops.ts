/**
 * Every scalar operation of the IR, one a line. Typing, printing, derivative rules, folding and emitted code are all checked
 * against this table. Integers are exact doubles: i64 ops trap with an OverflowError past 2^53, unless the result is an end of Int64.
 */
import type { Scalar } from './ir.ts'

/** `trap`: may throw, so it is neither moved nor dropped unless its result provably exists. */
export type Effect = 'pure' | 'trap'

export interface OpSpec<In extends readonly Scalar[] = readonly Scalar[], Out extends Scalar = Scalar> {
  readonly takes: In
  readonly gives: Out
  readonly effect: Effect
}

function op<const In extends readonly Scalar[], Out extends Scalar>(takes: In, gives: Out, effect: Effect = 'pure'): OpSpec<In, Out> {
  return { takes, gives, effect }
}

// biome-ignore format: one operation a line
export const OPS = {
  'f64.add': op(['f64', 'f64'], 'f64'),
  'f64.sub': op(['f64', 'f64'], 'f64'),
  'f64.mul': op(['f64', 'f64'], 'f64'),
  'f64.div': op(['f64', 'f64'], 'f64'),
  'f64.rem': op(['f64', 'f64'], 'f64'),       // sign of the dividend
  'f64.neg': op(['f64'], 'f64'),
  'f64.abs': op(['f64'], 'f64'),
  'f64.min': op(['f64', 'f64'], 'f64'),       // NaN wins; min(0, -0) is -0
  'f64.max': op(['f64', 'f64'], 'f64'),
  'f64.copysign': op(['f64', 'f64'], 'f64'),
  'f64.floor': op(['f64'], 'f64'),
  'f64.ceil': op(['f64'], 'f64'),
  'f64.trunc': op(['f64'], 'f64'),
  'f64.round': op(['f64'], 'f64'),            // ties to even
  'f64.sqrt': op(['f64'], 'f64'),             // NaN below 0; Base checks the domain
  'f64.cbrt': op(['f64'], 'f64'),
  'f64.pow': op(['f64', 'f64'], 'f64'),
  'f64.exp': op(['f64'], 'f64'),
  'f64.exp2': op(['f64'], 'f64'),
  'f64.exp10': op(['f64'], 'f64'),
  'f64.expm1': op(['f64'], 'f64'),
  'f64.log': op(['f64'], 'f64'),
  'f64.log2': op(['f64'], 'f64'),
  'f64.log10': op(['f64'], 'f64'),
  'f64.log1p': op(['f64'], 'f64'),
  'f64.sin': op(['f64'], 'f64'),
  'f64.cos': op(['f64'], 'f64'),
  'f64.tan': op(['f64'], 'f64'),
  'f64.asin': op(['f64'], 'f64'),
  'f64.acos': op(['f64'], 'f64'),
  'f64.atan': op(['f64'], 'f64'),
  'f64.atan2': op(['f64', 'f64'], 'f64'),     // atan2(y, x)
  'f64.sinh': op(['f64'], 'f64'),
  'f64.cosh': op(['f64'], 'f64'),
  'f64.tanh': op(['f64'], 'f64'),
  'f64.asinh': op(['f64'], 'f64'),
  'f64.acosh': op(['f64'], 'f64'),
  'f64.atanh': op(['f64'], 'f64'),
  'f64.hypot': op(['f64', 'f64'], 'f64'),
  'f64.select': op(['bool', 'f64', 'f64'], 'f64'),
  'f64.eq': op(['f64', 'f64'], 'bool'),
  'f64.lt': op(['f64', 'f64'], 'bool'),
  'f64.le': op(['f64', 'f64'], 'bool'),
  'f64.same': op(['f64', 'f64'], 'bool'),     // Julia's ===: NaN equals NaN, 0.0 and -0.0 differ
  'f64.isnan': op(['f64'], 'bool'),
  'f64.signbit': op(['f64'], 'bool'),
  'f64.eps': op(['f64'], 'f64'),              // distance to the next float of larger size
  'f64.next': op(['f64'], 'f64'),
  'f64.prev': op(['f64'], 'f64'),
  'f64.from_i64': op(['i64'], 'f64'),
  'f64.from_f32': op(['f32'], 'f64'),
  'f64.round_f16': op(['f64'], 'f64'),        // nearest Float16
  'f32.from_f64': op(['f64'], 'f32'),
  'f32.add': op(['f32', 'f32'], 'f32'),
  'f32.sub': op(['f32', 'f32'], 'f32'),
  'f32.mul': op(['f32', 'f32'], 'f32'),
  'f32.div': op(['f32', 'f32'], 'f32'),
  'f32.neg': op(['f32'], 'f32'),
  'f32.select': op(['bool', 'f32', 'f32'], 'f32'),
  'f32.eq': op(['f32', 'f32'], 'bool'),
  'f32.lt': op(['f32', 'f32'], 'bool'),
  'f32.le': op(['f32', 'f32'], 'bool'),
  'i64.add': op(['i64', 'i64'], 'i64', 'trap'),
  'i64.sub': op(['i64', 'i64'], 'i64', 'trap'),
  'i64.mul': op(['i64', 'i64'], 'i64', 'trap'),
  'i64.div': op(['i64', 'i64'], 'i64', 'trap'), // towards zero; DivideError on 0
  'i64.rem': op(['i64', 'i64'], 'i64', 'trap'), // sign of the dividend
  'i64.and': op(['i64', 'i64'], 'i64', 'trap'),
  'i64.or': op(['i64', 'i64'], 'i64', 'trap'),
  'i64.xor': op(['i64', 'i64'], 'i64', 'trap'),
  'i64.shl': op(['i64', 'i64'], 'i64', 'trap'),
  'i64.shr': op(['i64', 'i64'], 'i64', 'trap'), // arithmetic; a negative count shifts left
  'i64.eq': op(['i64', 'i64'], 'bool'),
  'i64.lt': op(['i64', 'i64'], 'bool'),
  'i64.le': op(['i64', 'i64'], 'bool'),
  'i64.select': op(['bool', 'i64', 'i64'], 'i64'),
  'i64.from_f64': op(['f64'], 'i64', 'trap'), // exact or InexactError
  'i64.trunc_f64': op(['f64'], 'i64', 'trap'), // towards zero; InexactError on NaN, Inf
  'i64.from_bool': op(['bool'], 'i64'),
  'i64.wrap_s': op(['i64', 'i64'], 'i64'),    // wrap to a signed integer of n bits (second argument 8, 16, 32)
  'i64.wrap_u': op(['i64', 'i64'], 'i64'),    // wrap to an unsigned integer of n bits
  'bool.and': op(['bool', 'bool'], 'bool'),
  'bool.or': op(['bool', 'bool'], 'bool'),
  'bool.xor': op(['bool', 'bool'], 'bool'),
  'bool.not': op(['bool'], 'bool'),
  'bool.eq': op(['bool', 'bool'], 'bool'),
  'bool.select': op(['bool', 'bool', 'bool'], 'bool'),
  'str.eq': op(['str', 'str'], 'bool'),
  'str.lt': op(['str', 'str'], 'bool'),
} as const satisfies Record<string, OpSpec>

export type Op = keyof typeof OPS

/** Operations whose result is a float: those that need a derivative rule (which may say that it is zero). */
export type SmoothOp = { [K in Op]: (typeof OPS)[K]['gives'] extends 'f64' | 'f32' ? K : never }[Op]

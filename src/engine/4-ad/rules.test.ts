/** Every rule of the table: against differences, and forward against reverse. */
import { expect, test } from 'vitest'
import { emptyModule } from '../3-ir/arbitrary.ts'
import { Builder } from '../3-ir/build.ts'
import type { Module, ValueId } from '../3-ir/ir.ts'
import { NOWHERE } from '../3-ir/loc.ts'
import { OPS, type SmoothOp } from '../3-ir/ops.ts'
import { evaluate } from '../3-ir/scalar.ts'
import { isFloat } from '../3-ir/types.ts'
import { NUMBERS } from './calc.ts'
import { needsOf, RESULT, ruleFor, rules, ruleText } from './rules.ts'
import { TestModule } from './test-module.ts'

const NUMERIC = rules(NUMBERS)
const ALL = Object.keys(NUMERIC) as SmoothOp[]

/** Points inside the domain of an operation and away from its kinks. */
const POINTS: Partial<Record<SmoothOp, readonly (readonly number[])[]>> = {
  'f64.asin': [[0.3], [-0.8]],
  'f64.acos': [[0.3], [-0.8]],
  'f64.atanh': [[0.3], [-0.8]],
  'f64.acosh': [[1.5], [4]],
  'f64.pow': [
    [1.3, 2.5],
    [0.4, -1.2],
    [2, 3],
  ],
  'f64.log': [[0.3], [7]],
  'f64.log2': [[0.3], [7]],
  'f64.log10': [[0.3], [7]],
  'f64.log1p': [[0.3], [-0.7]],
  'f64.sqrt': [[0.3], [7]],
  'f64.select': [
    [1, 0.3, 0.4],
    [0, 0.3, 0.4],
  ],
  'f32.select': [
    [1, 0.25, 0.5],
    [0, 0.25, 0.5],
  ],
  'f64.rem': [
    [7.3, 2.1],
    [-7.3, 2.1],
    [1.2, -5],
  ],
  'f64.floor': [[0.3], [-1.6]],
  'f64.ceil': [[0.3], [-1.6]],
  'f64.trunc': [[0.3], [-1.6]],
  'f64.round': [[0.3], [-1.6]],
}
const USUAL = {
  1: [[0.7], [-1.3]],
  2: [
    [0.7, 1.9],
    [-1.3, 0.4],
  ],
  3: [[1, 0.7, 1.9]],
} as const
/** Steps of a staircase: the rule is that of the identity, or zero; differences see the steps. */
const STAIRS: ReadonlySet<SmoothOp> = new Set<SmoothOp>([
  'f64.eps',
  'f64.next',
  'f64.prev',
  'f64.round_f16',
  'f64.from_i64',
  'f64.from_f32',
  'f32.from_f64',
])

function pointsOf(op: SmoothOp): readonly (readonly number[])[] {
  return POINTS[op] ?? USUAL[OPS[op].takes.length as 1 | 2 | 3]
}

/** Arguments of the operation at a point: bools where it takes bools. */
function argumentsAt(op: SmoothOp, point: readonly number[]): (number | boolean)[] {
  return OPS[op].takes.map((type, i) => (type === 'bool' ? point[i] === 1 : type === 'i64' ? Math.trunc(point[i]!) : point[i]!))
}

test.each(ALL.filter(op => !STAIRS.has(op)))('%s: the rule agrees with differences', op => {
  const single = op.startsWith('f32')
  for (const point of pointsOf(op)) {
    const args = argumentsAt(op, point)
    const y = evaluate(op, args) as number
    const received = ruleFor(NUMERIC, op)(args.map(Number), y, 1)
    OPS[op].takes.forEach((type, i) => {
      if (!isFloat(type)) return expect(received[i]).toBeNull()
      const h = single ? 2 ** -8 : 1e-6
      const at = (x: number): number =>
        evaluate(
          op,
          args.map((arg, j) => (j === i ? x : arg)),
        ) as number
      const slope = (at(point[i]! + h) - at(point[i]! - h)) / (2 * h)
      expect(Math.abs((received[i] ?? 0) - slope), `operand ${i} at ${point}: ${received[i]} against ${slope}`).toBeLessThan(
        (single ? 1e-3 : 1e-7) * Math.max(1, Math.abs(slope)),
      )
    })
  }
})

/** `f(x…) = op(x…)` with bools and integers given as they are. */
function moduleOf(op: SmoothOp): Module {
  const module = emptyModule()
  const b = new Builder()
  const params = OPS[op].takes.map((type, i) => b.param(type, `x${i}`)) as ValueId[]
  module.funcs.set('f', b.finish('f', [b.op(op, params, NOWHERE)], NOWHERE))
  return module
}

test.each(ALL)('%s: forward, reverse and the rule itself agree', op => {
  const m = new TestModule(moduleOf(op))
  const activity = OPS[op].takes.map(type => (isFloat(type) ? 'a' : 'c')).join('')
  for (const point of pointsOf(op)) {
    const args = argumentsAt(op, point)
    const [y, ...adjoints] = m.numbers(m.derived('gradient', 'f', activity, { interface: true }), [...args, 1])
    const floats = OPS[op].takes.flatMap((type, i) => (isFloat(type) ? [i] : []))
    const received = ruleFor(NUMERIC, op)(args.map(Number), y!, 1)
    floats.forEach((operand, i) => {
      const seeds = floats.map(other => (other === operand ? 1 : 0))
      const [, tangent] = m.numbers(m.derived('forward', 'f', activity, { interface: true }), [...args, ...seeds])
      expect(tangent).toBeCloseTo(adjoints[i]!, 6)
      expect(adjoints[i]).toBeCloseTo(received[operand] ?? 0, 6)
    })
  }
})

test('conventions at kinks and poles', () => {
  const at = (op: SmoothOp, ...args: number[]): (number | null)[] => [
    ...ruleFor(NUMERIC, op)(args, evaluate(op, argumentsAt(op, args)) as number, 1),
  ]
  expect(at('f64.abs', 0)).toEqual([1])
  expect(at('f64.abs', -0)).toEqual([1])
  expect(at('f64.max', 2, 2)).toEqual([1, 0])
  expect(at('f64.min', 2, 2)).toEqual([1, 0])
  expect(at('f64.sqrt', 0)).toEqual([0])
  expect(at('f64.pow', 0, 0)[0]).toBe(0)
  expect(at('f64.pow', 0, 2)).toEqual([0, 0])
  expect(at('f64.pow', -0.5, 2)).toEqual([-1, Number.NaN])
  // An exponent that does not change is none of a logarithm's that is not there.
  expect(ruleFor(NUMERIC, 'f64.pow')([-0.5, 2], 0.25, 0)[1]).toBe(0)
  expect(at('f64.hypot', 0, 0)).toEqual([0, 0])
  expect(at('f64.select', 1, 3, 4)).toEqual([null, 1, 0])
})

test('what is not chosen leaves no trace, not even a NaN', () => {
  expect(ruleFor(NUMERIC, 'f64.select')([1, 0, 0], 0, Number.NaN)).toEqual([null, Number.NaN, 0])
})

test('what a rule needs is read off the rule', () => {
  expect(needsOf('f64.div')).toEqual([new Set([1]), new Set([1, RESULT])])
  expect(needsOf('f64.exp')).toEqual([new Set([RESULT])])
  expect(needsOf('f64.add')).toEqual([new Set(), new Set()])
  expect(needsOf('f64.floor')).toEqual([null])
})

test('a rule has text', () => {
  expect(ruleText('f64.div')).toBe('f64.div  a: d / b; b: -d / b * y')
  expect(ruleText('f64.sin')).toBe('f64.sin  a: d * cos(a)')
  expect(ruleText('f64.floor')).toBe('f64.floor  a: nothing')
})

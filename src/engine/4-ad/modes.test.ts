/** Random programs: all modes agree with each other, at first and second order, and with differences. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Failure } from '../../diagnostics/diagnostic.ts'
import { type Arguments, asValues, type ProgramOptions, programOf } from '../3-ir/arbitrary.ts'
import { Builder } from '../3-ir/build.ts'
import type { Type, ValueId } from '../3-ir/ir.ts'
import { NOWHERE } from '../3-ir/loc.ts'
import { Trap } from '../3-ir/memory.ts'
import type { Op } from '../3-ir/ops.ts'
import { printModule } from '../3-ir/print.ts'
import { entries, TestModule, vector } from './test-module.ts'

/** Operations that stay bounded and have no kink: what the branches look at are integers. */
const SMOOTH: readonly Op[] = [
  'f64.add',
  'f64.sub',
  'f64.mul',
  'f64.neg',
  'f64.sin',
  'f64.cos',
  'f64.tanh',
  'f64.atan',
  'f64.select',
  'f64.from_i64',
  'i64.add',
  'i64.sub',
  'i64.and',
  'i64.or',
  'i64.select',
  'i64.lt',
  'i64.eq',
  'bool.and',
  'bool.not',
  'f64.mul',
  'f64.sin',
  'f64.add',
  'f64.mul',
]

interface Point {
  readonly args: Arguments
  readonly direction: readonly number[]
  readonly weights: readonly number[]
}

const aNumber = fc.double({ noNaN: true, min: -2, max: 2 })
const numbers = (length: number): fc.Arbitrary<number[]> => fc.array(aNumber, { minLength: length, maxLength: length })
const arbitraryPoint: fc.Arbitrary<Point> = fc.record({
  args: fc.record({ x: aNumber, y: aNumber, n: fc.integer({ min: -3, max: 9 }), c: fc.boolean(), a: numbers(4) }),
  direction: numbers(6),
  weights: numbers(6),
})

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0)
}

function close(found: number, expected: number, tolerance: number, what: string): void {
  const scale = Math.max(1, Math.abs(found), Math.abs(expected))
  if (!(Math.abs(found - expected) <= tolerance * scale)) throw new Error(`${what}: ${found} against ${expected}`)
}

/** Results of the program as a list: two floats, and what is in the array afterwards. */
function values(m: TestModule, args: Arguments): number[] {
  const given = asValues(args)
  const [r, s] = m.numbers('f', given)
  return [r!, s!, ...entries(given[4])]
}

function shifted({ x, y, a, ...rest }: Arguments, direction: readonly number[], h: number): Arguments {
  return { ...rest, x: x + h * direction[0]!, y: y + h * direction[1]!, a: a.map((value, i) => value + h * direction[2 + i]!) }
}

/** J·v by forward mode. */
function pushforward(m: TestModule, { args, direction }: Point): number[] {
  const given = asValues(args)
  const shadow = vector(direction.slice(2))
  const results = m.numbers(m.derived('forward', 'f', 'aacca', { interface: true }), [...given, direction[0], direction[1], shadow])
  return [results[4]!, results[5]!, ...entries(shadow)]
}

/** wᵀ·J by both sweeps in one function. */
function pullback(m: TestModule, { args, weights }: Point): number[] {
  const shadow = vector(weights.slice(2))
  const results = m.numbers(m.derived('gradient', 'f', 'aacca', { interface: true }), [...asValues(args), shadow, weights[0], weights[1]])
  return [results[4]!, results[5]!, ...entries(shadow)]
}

/** The same two for several directions, or weights, at once. */
function pushforwards(m: TestModule, { args }: Point, directions: readonly (readonly number[])[]): number[][] {
  const width = directions.length
  const shadows = directions.map(direction => vector(direction.slice(2)))
  const given = [...asValues(args), ...directions.map(d => d[0]), ...directions.map(d => d[1]), ...shadows]
  const results = m.numbers(m.derived('forward', 'f', 'aacca', { interface: true, width }), given)
  return shadows.map((shadow, k) => [results[4 + k]!, results[4 + width + k]!, ...entries(shadow)])
}

function pullbacks(m: TestModule, { args }: Point, weights: readonly (readonly number[])[]): number[][] {
  const width = weights.length
  const shadows = weights.map(list => vector(list.slice(2)))
  const given = [...asValues(args), ...shadows, ...weights.map(w => w[0]), ...weights.map(w => w[1])]
  const results = m.numbers(m.derived('gradient', 'f', 'aacca', { interface: true, width }), given)
  return shadows.map((shadow, k) => [results[4 + k]!, results[4 + width + k]!, ...entries(shadow)])
}

const at = NOWHERE

/** A function that calls the two sweeps of `f` one after the other: `(p, shadow of a, seeds) → adjoints`. */
function splitFunction(m: TestModule): string {
  const name = 'split'
  if (m.module.funcs.has(name)) return name
  const b = new Builder()
  const types: Type[] = ['f64', 'f64', 'i64', 'bool', 'arr<f64>', 'arr<f64>', 'f64', 'f64']
  const params = types.map((type, i) => b.param(type, `p${i}`))
  const tape = b.tapeNew(at)
  const p = params.slice(0, 5) as ValueId[]
  const shadow = params[5]!
  b.call(m.derived('augmented', 'f', 'aacca', { interface: true }), [...p, shadow, tape], ['f64', 'f64', 'i64', 'bool'], at)
  const adjoints = b.call(
    m.derived('reverse', 'f', 'aacca', { interface: true }),
    [shadow, params[6]!, params[7]!, tape],
    ['f64', 'f64'],
    at,
  )
  m.module.funcs.set(name, b.finish(name, adjoints, at))
  return name
}

/** A function that does nothing but call another one, so that its transforms call transforms of that. */
function wrapperOf(m: TestModule, name: string): string {
  const wrapper = `wrapper of ${name}`
  const f = m.resolve(name)
  const b = new Builder()
  const params = f.body.params.map(param => b.param(param.type, param.name))
  m.module.funcs.set(wrapper, b.finish(wrapper, b.call(name, params, f.results, at), at))
  return wrapper
}

function splitPullback(m: TestModule, { args, weights }: Point): number[] {
  const shadow = vector(weights.slice(2))
  const adjoints = m.numbers(splitFunction(m), [...asValues(args), shadow, weights[0], weights[1]])
  return [...adjoints, ...entries(shadow)]
}

/** The gradient function under forward mode: the change of wᵀ·J along the direction. */
function forwardOverReverse(m: TestModule, { args, direction, weights }: Point, inner: string, outs: number): number[] {
  const shadow = vector(weights.slice(2))
  const [along, shadowAlong] = [vector(direction.slice(2)), vector([0, 0, 0, 0])]
  const given = [...asValues(args), shadow, weights[0], weights[1], direction[0], direction[1], along, shadowAlong]
  const results = m.numbers(m.derived('forward', inner, 'aaccaacc', { interface: true }), given)
  const tangents = results.slice(results.length - (outs === 2 ? 2 : 4)).slice(-2)
  return [...tangents, ...entries(shadowAlong)]
}

/** The gradient function under reverse mode, with cotangents `u` of what it gives. */
function reverseOverReverse(m: TestModule, { args, weights }: Point, inner: string, u: readonly number[], outs: number): number[] {
  const shadow = vector(weights.slice(2))
  const [adjointOfA, adjointOfShadow] = [vector([0, 0, 0, 0]), vector(u.slice(2))]
  const seeds = outs === 2 ? [u[0], u[1]] : [0, 0, u[0], u[1]]
  const results = m.numbers(m.derived('gradient', inner, 'aaccaacc', { interface: true }), [
    ...asValues(args),
    shadow,
    weights[0],
    weights[1],
    adjointOfA,
    adjointOfShadow,
    ...seeds,
  ])
  return [...results.slice(-2), ...entries(adjointOfA)]
}

/**
 * Forward and reverse mode of any derived function along random directions: w·(J·v) = (wᵀ·J)·v, where what is in an active array
 * before the call is an argument and what is in it afterwards a result.
 */
function dotTest(m: TestModule, name: string, activity: string, args: () => unknown[], random: () => number, what: string): void {
  const given = args()
  const isArray = (k: number): boolean => typeof given[k] === 'object'
  const active = [...activity].flatMap((letter, k) => (letter === 'a' ? [k] : []))
  const along = active.map(k => (isArray(k) ? [random(), random(), random(), random()] : [random()]))
  const arrays = active.filter(isArray)
  const f = m.resolve(name)
  const floats = f.results.flatMap((type, i) => (type === 'f64' ? [i] : []))
  const weights = floats.map(random)
  const arrayWeights = arrays.map(() => [random(), random(), random(), random()])

  const shadows = active.map((k, i) => (isArray(k) ? vector(along[i]!) : along[i]![0]))
  const forward = m.numbers(m.derived('forward', name, activity, { interface: true }), [...args(), ...shadows]).slice(f.results.length)
  const moved = shadows.filter(shadow => typeof shadow === 'object').map(entries)

  const received = arrayWeights.map(vector)
  const reverse = m
    .numbers(m.derived('gradient', name, activity, { interface: true }), [...args(), ...received, ...weights])
    .slice(f.results.length)
  let at = 0
  const back = active.map(k => (isArray(k) ? entries(received[arrays.indexOf(k)]) : [reverse[at++]!]))
  const one = dot(weights, forward) + arrayWeights.reduce((sum, list, i) => sum + dot(list, moved[i]!), 0)
  const two = along.reduce((sum, list, i) => sum + dot(list, back[i]!), 0)
  const size = Math.max(1, ...forward.map(Math.abs), ...moved.flat().map(Math.abs), ...back.flat().map(Math.abs))
  if (size < 1e9) close(two / size, one / size, 1e-9, what)
}

/** Runs a check on random programs; gives how many it was made on and how many were refused. */
function onPrograms(
  options: ProgramOptions,
  runs: number,
  check: (m: TestModule, point: Point) => void,
): { done: number; refused: number } {
  const count = { done: 0, refused: 0 }
  const property = fc.property(fc.noBias(fc.array(fc.nat(4095), { maxLength: 200, size: 'max' })), arbitraryPoint, (choices, point) => {
    const m = new TestModule(programOf(choices, options))
    try {
      if (values(m, point.args).some(value => !Number.isFinite(value) || Math.abs(value) > 1e6)) return
    } catch (error) {
      if (error instanceof Trap) return
      throw error
    }
    try {
      check(m, point)
      count.done++
    } catch (error) {
      if (error instanceof Failure) count.refused++
      else {
        const text = printModule({ ...m.module, funcs: new Map([...m.module.funcs].filter(([name]) => name === 'f' || name === 'g')) })
        throw new Error(`${error instanceof Error ? error.stack : error}\n${text}`)
      }
    }
  })
  fc.assert(property, { numRuns: runs })
  return count
}

for (const references of [false, true]) {
  const kind = references ? 'with references' : 'of scalars and arrays'

  test(`first order, programs ${kind}: forward, gradient, the split sweeps and batches agree with differences`, {
    timeout: 120_000,
  }, () => {
    const { done, refused } = onPrograms({ ops: SMOOTH, references, unsafe: false }, 200, (m, point) => {
      const forward = pushforward(m, point)
      const h = 1e-5
      const up = values(m, shifted(point.args, point.direction, h))
      const down = values(m, shifted(point.args, point.direction, -h))
      const size = Math.max(...up.map(Math.abs))
      forward.forEach((value, i) =>
        close(value, (up[i]! - down[i]!) / (2 * h), 1e-4 * Math.max(1, size), `forward against differences, result ${i}`),
      )
      const reverse = pullback(m, point)
      close(dot(reverse, point.direction), dot(forward, point.weights), 1e-9, 'gradient against forward')
      splitPullback(m, point).forEach((value, i) => close(value, reverse[i]!, 1e-12, `split against gradient, entry ${i}`))
      const { direction, weights } = point
      expect(pushforwards(m, point, [direction, weights])).toEqual([forward, pushforward(m, { ...point, direction: weights })])
      expect(pullbacks(m, point, [direction, weights, direction])[1]).toEqual(reverse)
    })
    expect({ refused, enough: done > 166 }).toEqual({ refused: 0, enough: true })
  })

  test(`second order, programs ${kind}: forward and reverse over gradient and over the split sweeps agree`, { timeout: 120_000 }, () => {
    const { done, refused } = onPrograms({ ops: SMOOTH, references, unsafe: false }, 130, (m, point) => {
      const u = [...point.direction].reverse()
      const whole = m.derived('gradient', 'f', 'aacca', { interface: true })
      const a = forwardOverReverse(m, point, whole, 4)
      const b = reverseOverReverse(m, point, whole, u, 4)
      close(dot(b, point.direction), dot(a, u), 1e-8, 'reverse over gradient against forward over gradient')
      const split = splitFunction(m)
      forwardOverReverse(m, point, split, 2).forEach((value, i) =>
        close(value, a[i]!, 1e-8, `forward over split against forward over gradient, entry ${i}`),
      )
      const c = reverseOverReverse(m, point, split, u, 2)
      c.forEach((value, i) => close(value, b[i]!, 1e-8, `reverse over split against reverse over gradient, entry ${i}`))
    })
    expect({ refused, enough: done > 100 }).toEqual({ refused: 0, enough: true })
  })
}

test('every operation, programs with references: reverse is the transpose of forward', { timeout: 120_000 }, () => {
  const { refused } = onPrograms({ references: true, unsafe: false }, 250, (m, point) => {
    const forward = pushforward(m, point)
    const reverse = pullback(m, point)
    const size = Math.max(1, ...forward.map(Math.abs), ...reverse.map(Math.abs))
    // At poles and beyond the domain there is nothing to compare.
    if (!(size < 1e8)) return
    close(dot(reverse, point.direction), dot(forward, point.weights), 1e-7 * size, 'gradient against forward')
    splitPullback(m, point).forEach((value, i) => close(value, reverse[i]!, 1e-12, `split against gradient, entry ${i}`))
  })
  expect(refused).toBe(0)
})

test('third order: forward and reverse over reverse over either form of reverse agree', { timeout: 120_000 }, () => {
  const { done, refused } = onPrograms({ ops: SMOOTH, references: true, unsafe: false }, 150, (m, point) => {
    const { args, weights, direction } = point
    const stream = [...weights, ...direction]
    let at = 0
    const random = (): number => stream[at++ % stream.length]!
    const split = splitFunction(m)
    for (const inner of [split, wrapperOf(m, split), m.derived('gradient', 'f', 'aacca', { interface: true })]) {
      const results = m.resolve(inner).results.filter(type => type === 'f64').length
      const outer = m.derived('gradient', inner, 'aaccaacc', { interface: true })
      const values = (): unknown[] => [
        ...asValues(args),
        vector(weights.slice(2)),
        weights[0],
        weights[1],
        vector([0, 0, 0, 0]),
        vector(direction.slice(2)),
        ...direction.slice(0, results),
      ]
      dotTest(m, outer, `aaccaaccaa${'c'.repeat(results)}`, values, random, `third order over ${inner}`)
    }
  })
  expect({ refused, enough: done > 100 }).toEqual({ refused: 0, enough: true })
})

/** Numerical differentiation as a witness for a derivative that was found. A kink is named, with the derivatives on both sides of it. */
import type { Evaluated, Plain } from '../engine/index.ts'
import { type DerivativeCall, derivativeCall } from './derivative-call.ts'
import { type Limit, limitOf, taylorSlope } from './extrapolate.ts'

/** Where the derivative jumps: in which input, for which output (both counted from 1), and what it is on either side. */
export interface Kink {
  readonly input: number
  readonly output: number
  readonly left: number
  readonly right: number
}

/** What the call should give; at a kink that is what was found, if it lies between the two sides. */
export interface Estimate {
  readonly value: Plain
  readonly rtol: number
  readonly atol: number
  readonly kinks: readonly Kink[]
  /** Smallest order at which a Taylor remainder vanishes; null if all remainders are rounding. */
  readonly slope: number | null
}

/** More inputs than this take too long for what they tell. */
const MOST_INPUTS = 8
/** Differences at these multiples of the first step, extrapolated. */
const HALVINGS = 7
const FIRST_STEP = 0.1
const RTOL = 1e-6
/** An estimate that is not surer of itself than this, relative to its size, is no witness. */
const TOO_UNSURE = 1e-4
/** Two sides that differ by this much more than they are unsure of are two derivatives. */
const JUMP = 1e-3

function literal(value: number): string {
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}

function isEnzymes(name: string, evaluate: (text: string) => Evaluated): boolean {
  const same = evaluate(`${name} === Enzyme.${name}`)
  return same.kind === 'value' && same.value.plain === true
}

function inTuples(value: Plain, count: number): Plain {
  return count === 0 ? value : inTuples([value], count - 1)
}

/** The function at the point and around it; rows are samples, columns outputs. */
interface Samples {
  readonly inputs: readonly number[]
  readonly isVector: boolean
  readonly steps: readonly number[]
  readonly shape: Plain
  readonly here: readonly number[]
  /** Of an input and a number of halvings. */
  readonly up: readonly (readonly (readonly number[])[])[]
  readonly down: readonly (readonly (readonly number[])[])[]
}

function sampled(call: DerivativeCall, evaluate: (text: string) => Evaluated): Samples | null {
  const at = evaluate(call.x)
  if (at.kind === 'failure') return null
  const x = at.value.plain
  const inputs = typeof x === 'number' ? [x] : Array.isArray(x) && x.every(v => typeof v === 'number') ? (x as number[]) : null
  if (!inputs || inputs.length === 0 || inputs.length > MOST_INPUTS || !inputs.every(Number.isFinite)) return null
  const isVector = typeof x !== 'number'
  if (call.shape === 'derivative' && isVector) return null
  const steps = inputs.map(v => FIRST_STEP * Math.max(1, Math.abs(v)))
  const point = (entry: number, delta: number) => {
    const moved = inputs.map((v, i) => literal(i === entry ? v + delta : v))
    return isVector ? `[${moved.join(', ')}]` : moved[0]!
  }
  const deltas = inputs.map((_, i) => [...Array(HALVINGS).keys()].map(k => steps[i]! / 2 ** k))
  const around = (sign: number) => deltas.flatMap((of, i) => of.map(delta => point(i, sign * delta)))
  const points = [point(0, 0), ...around(1), ...around(-1)]
  const results = evaluate(`let f = (${call.f}); (${points.map(p => `f(${p})`).join(', ')}) end`)
  if (results.kind === 'failure' || !Array.isArray(results.value.plain)) return null
  const samples = results.value.plain as readonly Plain[]
  const outputs = samples.map(flatNumbers)
  const here = outputs[0]
  if (!here || outputs.some(o => o === null || o.length !== here.length)) return null
  const table = (start: number) =>
    inputs.map((_, i) => outputs.slice(start + i * HALVINGS, start + (i + 1) * HALVINGS) as readonly (readonly number[])[])
  const half = inputs.length * HALVINGS
  return { inputs, isVector, steps, shape: samples[0]!, here, up: table(1), down: table(1 + half) }
}

interface Entry {
  readonly central: Limit
  readonly left: Limit
  readonly right: Limit
}

function entryOf(s: Samples, input: number, output: number): Entry {
  const step = (k: number) => s.steps[input]! / 2 ** k
  const up = s.up[input]!.map(o => o[output]!)
  const down = s.down[input]!.map(o => o[output]!)
  const here = s.here[output]!
  return {
    central: limitOf(
      up.map((u, k) => (u - down[k]!) / (2 * step(k))),
      'central',
    ),
    left: limitOf(
      down.map((d, k) => (here - d) / step(k)),
      'one-sided',
    ),
    right: limitOf(
      up.map((u, k) => (u - here) / step(k)),
      'one-sided',
    ),
  }
}

/** Both sides are sure of themselves, and differ. */
function isKink({ left, right }: Entry, scale: number): boolean {
  const jump = Math.abs(left.value - right.value)
  const doubt = left.error + right.error
  return Number.isFinite(doubt) && jump > JUMP * Math.max(1e-3, scale) && jump > 100 * doubt
}

export function differencesOf(text: string, found: Plain, evaluate: (text: string) => Evaluated): Estimate | null {
  const call = derivativeCall(text)
  if (call?.unqualified && !isEnzymes(call.unqualified, evaluate)) return null
  const samples = call && sampled(call, evaluate)
  if (!call || !samples) return null
  const { inputs, here, shape, isVector } = samples
  const entries = inputs.map((_, i) => here.map((_, j) => entryOf(samples, i, j)))
  const arrange = (columns: readonly (readonly number[])[]): Plain | null => {
    const value = arranged(call, isVector, typeof shape === 'number', columns, shape)
    return value === null ? null : inTuples(value, call.tuples)
  }
  // The same arrangement of positions says where each number of what was found belongs.
  const positions = arrange(inputs.map((_, i) => here.map((_, j) => i * here.length + j)))
  const places = positions === null ? null : flatNumbers(positions)
  const given = flatNumbers(found)
  if (!places || !given || given.length !== places.length) return null
  const foundAt = (i: number, j: number) => given[places.indexOf(i * here.length + j)]!

  const all = entries.flat()
  const scale = Math.max(...all.map(e => Math.max(Math.abs(e.left.value), Math.abs(e.right.value))))
  const kinks: Kink[] = []
  const slopes: number[] = []
  let error = 0
  const columns = entries.map((column, i) =>
    column.map((entry, j) => {
      if (isKink(entry, scale)) {
        kinks.push({ input: i + 1, output: j + 1, left: entry.left.value, right: entry.right.value })
        return clamped(foundAt(i, j), entry)
      }
      error = Math.max(error, entry.central.error)
      const slope = slopeOf(samples, i, j, foundAt(i, j))
      if (slope !== null) slopes.push(slope)
      return entry.central.value
    }),
  )
  if (!Number.isFinite(error) || error > TOO_UNSURE * Math.max(scale, 1e-3)) return null
  const value = arrange(columns)
  if (value === null) return null
  const slope = slopes.length === 0 ? null : Math.min(...slopes)
  return { value, rtol: RTOL, atol: Math.max(10 * error, RTOL * scale, 1e-9), kinks, slope }
}

/** A value between the two sides is one that a derivative may take; of others, the side that is nearer. */
function clamped(found: number, { left, right }: Entry): number {
  const [low, high] = [Math.min(left.value, right.value), Math.max(left.value, right.value)]
  const slack = JUMP * (high - low)
  if (found >= low - slack && found <= high + slack) return found
  return found < low ? low : high
}

function slopeOf(s: Samples, input: number, output: number, derivative: number): number | null {
  const here = s.here[output]!
  const size = Math.max(Math.abs(here), ...s.up[input]!.map(o => Math.abs(o[output]!)))
  const remainders = s.up[input]!.map((o, k) => o[output]! - here - (s.steps[input]! / 2 ** k) * derivative)
  return taylorSlope(remainders, 1e-12 * Math.max(size, Number.MIN_VALUE))
}

function flatNumbers(value: Plain): number[] | null {
  if (typeof value === 'number') return [value]
  if (!Array.isArray(value)) return null
  const inner = value.map(flatNumbers)
  return inner.some(v => v === null) ? null : (inner as number[][]).flat()
}

/** Puts the columns (one an input) into the shape that the call answers in; null for shapes that are not handled. */
function arranged(
  call: DerivativeCall,
  isVector: boolean,
  scalarOutput: boolean,
  columns: readonly (readonly number[])[],
  sample: Plain,
): Plain | null {
  if (!isVector) return scalarOutput ? columns[0]![0]! : reshapedLike(sample, columns[0]!)
  if (scalarOutput) return call.shape === 'gradient' ? columns.map(c => c[0]!) : null
  const vectorOutput = Array.isArray(sample) && sample.every(v => typeof v === 'number')
  return call.shape === 'jacobian' && vectorOutput ? columns[0]!.map((_, row) => columns.map(c => c[row]!)) : null
}

function reshapedLike(sample: Plain, numbers: readonly number[]): Plain {
  let next = 0
  const walk = (value: Plain): Plain => (Array.isArray(value) ? value.map(walk) : numbers[next++]!)
  return walk(sample)
}

/**
 * Numerical differentiation as a witness, for calls whose meaning is documented: `ForwardDiff.derivative(f, x)`, `gradient`,
 * `jacobian` of Enzyme and ForwardDiff. A function of the program that merely has such a name is not one of them.
 */
import type { Evaluated, Plain } from '../engine/index.ts'

export interface Estimate {
  readonly value: Plain
  readonly rtol: number
  readonly atol: number
}

interface DerivativeCall {
  readonly shape: 'derivative' | 'gradient' | 'jacobian'
  readonly f: string
  readonly x: string
  /** Enzyme's answers are tuples with one entry an argument. */
  readonly inTuple: boolean
}

/** Splits `a, g(b, c), "d, e"` at its outer commas; null when brackets do not match. */
export function splitArguments(text: string): string[] | null {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '"') {
      i += 1
      while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1
      if (i >= text.length) return null
    } else if ('([{'.includes(c)) depth += 1
    else if (')]}'.includes(c)) {
      depth -= 1
      if (depth < 0) return null
    } else if (c === '#' || c === "'" || c === ';') return null
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim())
      start = i + 1
    }
  }
  if (depth !== 0) return null
  return [...parts, text.slice(start).trim()]
}

export function derivativeCall(text: string): DerivativeCall | null {
  const match = /^\s*(Enzyme|ForwardDiff)\.(derivative|gradient|jacobian)\((.*)\)\s*(\[1\])?\s*$/s.exec(text)
  if (!match) return null
  const [, library, shape, inner, first] = match
  const parts = splitArguments(inner!)
  if (!parts || parts.some(p => p === '' || /^\w+\s*=[^=]/.test(p) || p.endsWith('...'))) return null
  const args = library === 'Enzyme' ? parts.slice(1) : parts
  if (library === 'Enzyme' && !/^(Enzyme\.)?(Forward|Reverse)$/.test(parts[0]!)) return null
  if (args.length !== 2 || (library === 'ForwardDiff' && first)) return null
  return { shape: shape as DerivativeCall['shape'], f: args[0]!, x: args[1]!, inTuple: library === 'Enzyme' && !first }
}

/** More inputs than this take too long for what they tell. */
const MOST_INPUTS = 8
/** Central differences at these multiples of the first step, extrapolated pairwise. */
const HALVINGS = 7
const FIRST_STEP = 0.1
const RTOL = 1e-6
/** An estimate that is not surer of itself than this, relative to its size, is no witness: most likely a kink. */
const TOO_UNSURE = 1e-4

function literal(value: number): string {
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}

export function differencesOf(text: string, evaluate: (text: string) => Evaluated): Estimate | null {
  const call = derivativeCall(text)
  if (!call) return null
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
  const points = inputs.flatMap((_, i) =>
    [...Array(HALVINGS).keys()].flatMap(k => [point(i, steps[i]! / 2 ** k), point(i, -steps[i]! / 2 ** k)]),
  )
  const results = evaluate(`let f = (${call.f}); (${points.map(p => `f(${p})`).join(', ')}) end`)
  if (results.kind === 'failure' || !Array.isArray(results.value.plain)) return null
  const samples = results.value.plain as readonly Plain[]
  const outputs = samples.map(flatNumbers)
  const first = outputs[0]
  if (!first || outputs.some(o => o === null || o.length !== first.length)) return null
  let error = 0
  let scale = 0
  const columns = inputs.map((_, i) =>
    first.map((_, j) => {
      const quotients = [...Array(HALVINGS).keys()].map(k => {
        const base = 2 * (i * HALVINGS + k)
        return (outputs[base]![j]! - outputs[base + 1]![j]!) / (2 * (steps[i]! / 2 ** k))
      })
      const best = extrapolated(quotients)
      error = Math.max(error, best.error)
      scale = Math.max(scale, Math.abs(best.value))
      return best.value
    }),
  )
  if (!Number.isFinite(error) || error > TOO_UNSURE * Math.max(scale, 1e-3)) return null
  const value = arranged(call, isVector, typeof samples[0] === 'number', columns, samples[0]!)
  return value === null ? null : { value: call.inTuple ? [value] : value, rtol: RTOL, atol: Math.max(10 * error, RTOL * scale, 1e-9) }
}

function flatNumbers(value: Plain): number[] | null {
  if (typeof value === 'number') return [value]
  if (!Array.isArray(value)) return null
  const inner = value.map(flatNumbers)
  return inner.some(v => v === null) ? null : (inner as number[][]).flat()
}

/** Ridders' table: the entry that changed least, and by how much. */
function extrapolated(quotients: readonly number[]): { value: number; error: number } {
  let best = { value: quotients[0]!, error: Number.POSITIVE_INFINITY }
  let column = [...quotients]
  for (let order = 1; column.length > 1; order++) {
    const factor = 4 ** order
    const next = column.slice(1).map((q, k) => (factor * q - column[k]!) / (factor - 1))
    next.forEach((value, k) => {
      const error = Math.max(Math.abs(value - column[k]!), Math.abs(value - column[k + 1]!))
      if (error < best.error) best = { value, error }
    })
    column = next
  }
  return best
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

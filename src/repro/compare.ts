/** Is a value the expected one; and if not, in which way is it wrong. */
import type { Plain } from '../engine/index.ts'

export interface Tolerance {
  readonly rtol: number
  /** Null: rtol / 1000 times the largest finite number of the expected value, which forgives rounding around zero. */
  readonly atol: number | null
}

export type Comparison =
  | { readonly kind: 'agrees' }
  /** `where` is the first place that differs: `[1][2]`, or empty for a scalar. */
  | { readonly kind: 'differs'; readonly pattern: string; readonly where: string; readonly expected: string; readonly found: string }

/** One number or other leaf of each value, side by side. */
interface Pair {
  readonly where: string
  readonly expected: Plain
  readonly found: Plain
}

const NAMES: Readonly<Record<string, number>> = { NaN: Number.NaN, Inf: Number.POSITIVE_INFINITY, '-Inf': Number.NEGATIVE_INFINITY }

/** Numbers as numbers, `Inf` and `NaN` of headers included. */
function numberOf(value: Plain): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' && Object.hasOwn(NAMES, value) ? NAMES[value]! : null
}

/** Null when the shapes differ. */
function pairs(expected: Plain, found: Plain, where = ''): Pair[] | null {
  if (Array.isArray(expected) && Array.isArray(found)) {
    if (expected.length !== found.length) return null
    const inner = expected.map((e: Plain, i) => pairs(e, found[i] as Plain, `${where}[${i + 1}]`))
    return inner.some(p => p === null) ? null : (inner as Pair[][]).flat()
  }
  if (isFields(expected) && isFields(found)) {
    const names = Object.keys(expected)
    if (names.length !== Object.keys(found).length || !names.every(n => Object.hasOwn(found, n))) return null
    const inner = names.map(n => pairs(expected[n]!, found[n]!, `${where}.${n}`))
    return inner.some(p => p === null) ? null : (inner as Pair[][]).flat()
  }
  if (isHolder(expected) || isHolder(found)) return null
  return [{ where, expected, found }]
}

function isHolder(value: Plain): boolean {
  return value !== null && typeof value === 'object'
}

function isFields(value: Plain): value is { readonly [field: string]: Plain } {
  return isHolder(value) && !Array.isArray(value)
}

function close(e: number, f: number, rtol: number, atol: number): boolean {
  if (Object.is(e, f) || e === f) return true
  if (Number.isNaN(e) || Number.isNaN(f)) return Number.isNaN(e) && Number.isNaN(f)
  if (!Number.isFinite(e) || !Number.isFinite(f)) return false
  return Math.abs(e - f) <= atol + rtol * Math.max(Math.abs(e), Math.abs(f))
}

function largest(all: readonly Pair[]): number {
  return all.reduce((m, p) => {
    const e = numberOf(p.expected)
    return e !== null && Number.isFinite(e) ? Math.max(m, Math.abs(e)) : m
  }, 0)
}

function leafAgrees(pair: Pair, rtol: number, atol: number): boolean {
  const e = numberOf(pair.expected)
  const f = numberOf(pair.found)
  return e !== null && f !== null ? close(e, f, rtol, atol) : pair.expected === pair.found
}

function agree(expected: Plain, found: Plain, rtol: number, atol: number): boolean {
  return pairs(expected, found)?.every(p => leafAgrees(p, rtol, atol)) ?? false
}

export function compare(expected: Plain, found: Plain, tolerance: Tolerance): Comparison {
  const all = pairs(expected, found)
  if (all === null)
    return { kind: 'differs', pattern: shapePattern(expected, found, tolerance), where: '', expected: brief(expected), found: brief(found) }
  const atol = tolerance.atol ?? (tolerance.rtol / 1000) * largest(all)
  const wrong = all.filter(p => !leafAgrees(p, tolerance.rtol, atol))
  const first = wrong[0]
  if (!first) return { kind: 'agrees' }
  const whole = all.length <= 16
  return {
    kind: 'differs',
    pattern: patternOfNumbers(expected, found, all, wrong, tolerance.rtol, atol),
    where: first.where,
    expected: brief(whole ? expected : first.expected),
    found: brief(whole ? found : first.found),
  }
}

/** Bit for bit, NaN equal to NaN: what running twice must give. */
export function identical(a: Plain, b: Plain): boolean {
  const all = pairs(a, b)
  return all?.every(p => Object.is(p.expected, p.found)) ?? false
}

/** A transposed matrix that is not square shows itself in its shape. */
function shapePattern(expected: Plain, found: Plain, tolerance: Tolerance): string {
  const turned = transposed(found)
  return turned && agree(expected, turned, tolerance.rtol, tolerance.atol ?? 0) ? 'transposed' : 'shape'
}

function transposed(value: Plain): Plain | null {
  if (!Array.isArray(value) || value.length === 0 || !value.every(row => Array.isArray(row) && row.length === (value[0] as Plain[]).length))
    return null
  const rows = value as readonly (readonly Plain[])[]
  return rows[0]!.map((_, j) => rows.map(row => row[j]!))
}

function patternOfNumbers(expected: Plain, found: Plain, all: readonly Pair[], wrong: readonly Pair[], rtol: number, atol: number): string {
  const numbers = all.map(p => [numberOf(p.expected), numberOf(p.found)] as const)
  if (numbers.some(([e, f]) => e === null || f === null)) return 'other'
  const both = numbers as readonly (readonly [number, number])[]
  if (both.some(([, f]) => Number.isNaN(f))) return 'nan'
  if (both.some(([e, f]) => !Number.isFinite(f) && Number.isFinite(e))) return 'infinite'
  if (both.every(([, f]) => f === 0)) return 'zero'
  if (both.every(([e, f]) => close(-e, f, rtol, atol))) return 'sign'
  const factor = commonFactor(both, rtol, atol)
  if (factor) return `factor ${factor}`
  const turned = transposed(found)
  if (turned && agree(expected, turned, rtol, atol)) return 'transposed'
  const sorted = (xs: number[]) => xs.sort((a, b) => a - b)
  const es = sorted(both.map(([e]) => e))
  const fs = sorted(both.map(([, f]) => f))
  if (all.length > 1 && es.every((e, i) => close(e, fs[i]!, rtol, atol))) return 'permuted'
  if (wrong.every(p => numberOf(p.found) === 0)) return 'missing entries'
  const parts = wrong.map(p => numberOf(p.found)! / numberOf(p.expected)!)
  if (parts.every(part => part > 0 && part < 1)) return 'missing term'
  if (parts.every(part => part > 1 && Number.isFinite(part))) return 'extra term'
  return 'other'
}

/** The simple fraction by which every number is off; null when there is none. */
function commonFactor(both: readonly (readonly [number, number])[], rtol: number, atol: number): string | null {
  const [e, f] = both.reduce((m, p) => (Math.abs(p[0]) > Math.abs(m[0]) ? p : m), [0, 0] as readonly [number, number])
  if (e === 0 || !Number.isFinite(f / e)) return null
  const ratio = f / e
  for (let below = 1; below <= 12; below++) {
    const above = Math.round(ratio * below)
    if (above === 0 || above === below || Math.abs(above) > 100) continue
    if (!close(above / below, ratio, Math.max(rtol, 1e-12), 0)) continue
    return both.every(([x, y]) => close((x * above) / below, y, rtol, atol)) ? (below === 1 ? `${above}` : `${above}/${below}`) : null
  }
  return null
}

const BRIEF = 240

/** A value in few characters: `[[1, 2], [3, 4]]`. */
export function brief(value: Plain): string {
  const text = written(value)
  return text.length > BRIEF ? `${text.slice(0, BRIEF)}…` : text
}

function written(value: Plain): string {
  if (value === null) return 'nothing'
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : Number.isNaN(value) ? 'NaN' : String(value).replace('Infinity', 'Inf')
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return Object.hasOwn(NAMES, value) ? value : JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`
  return `{${Object.entries(value)
    .map(([k, v]) => `${k}: ${written(v)}`)
    .join(', ')}}`
}

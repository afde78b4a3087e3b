/** The reduced program in the forms that others want it in. */
import type { Plain } from '../../engine/index.ts'
import type { JuliaProgram } from './julia/program.ts'
import type { Expected } from './result.ts'

/** A case file, a script for the real packages, a test, data. */
export type Emission = 'case' | 'julia' | 'test' | 'json'

interface Emitted {
  readonly after: JuliaProgram
  readonly text: string
  readonly target: { readonly signature: string }
  readonly engine: string
  readonly expected: Expected
}

function literal(value: Plain): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? 'Inf' : '-Inf'
  if (Array.isArray(value)) {
    const isMatrix = value.length > 0 && value.every(row => Array.isArray(row) && row.length > 0 && row.every(x => typeof x === 'number'))
    return isMatrix ? `[${value.map(row => (row as Plain[]).map(literal).join(' ')).join('; ')}]` : `[${value.map(literal).join(', ')}]`
  }
  return JSON.stringify(value) ?? 'nothing'
}

function split({ text, tree }: JuliaProgram): { body: string; last: string } {
  const last = tree.args.at(-1)
  return last ? { body: text.slice(0, last.span.start), last: text.slice(last.span.start, last.span.end) } : { body: text, last: '' }
}

/** Packages that it loads, for the line that asks for their versions. */
function packages(text: string): string[] {
  const known = ['Enzyme', 'ForwardDiff', 'Zygote', 'DifferentiationInterface']
  return known.filter(name => new RegExp(`\\b${name}\\b`).test(text))
}

/** For Julia itself: what was seen here, what is right where that is known, and the versions that a reader has. */
function script({ after, target, engine, expected }: Emitted): string {
  const { body, last } = split(after)
  const loaded = packages(after.text)
  const versions = loaded.map(name => `println("${name} ", pkgversion(${name}))`)
  const right = expected.value === undefined ? [] : [`# expected: ${expected.isExact ? '' : 'about '}${literal(expected.value)}`]
  const found = expected.found === undefined ? [] : [`# found:    ${literal(expected.found)}`]
  return [
    `# ${target.signature} on ${engine}`,
    ...right,
    ...found,
    body.trimEnd(),
    'println("Julia ", VERSION)',
    // A name must be there to be asked for its version.
    ...(loaded.length > 0 ? [`import ${loaded.join(', ')}`, ...versions] : []),
    expected.value === undefined ? last : `@show ${last}`,
    '',
  ]
    .filter((line, i) => line !== '' || i > 0)
    .join('\n')
}

/** To this other modes and differences tell what is right. */
const NEARLY = '1.0e-5'

/** What holds if the bug is mended. */
function claimOf(last: string, { value, found, isExact, type }: Expected): string {
  if (found === undefined) return `(${last}; true)`
  const isTuple = type.startsWith('Tuple{')
  const written = (plain: Plain) => (isTuple && Array.isArray(plain) ? `(${plain.map(x => `${literal(x)}, `).join('')})` : literal(plain))
  if (value !== undefined && isFinite(value)) {
    const rtol = isExact ? '' : `; rtol = ${NEARLY}`
    return isTuple ? `all(isapprox.(${last}, ${written(value)}${rtol}))` : `isapprox(${last}, ${written(value)}${rtol})`
  }
  return isFinite(found) ? `!isequal(${last}, ${written(found)})` : `all(x -> all(isfinite, x), ${last})`
}

function isFinite(value: Plain): boolean {
  return Array.isArray(value) ? value.every(isFinite) : typeof value !== 'number' || Number.isFinite(value)
}

/** Fails where the bug is, and passes where it is mended. */
function test({ after, expected }: Emitted): string {
  const { body, last } = split(after)
  const claim = `@test ${claimOf(last, expected)}`
  return `using Test\n${body}${claim}\n`
}

export function emitted(reduced: Emitted, emission: Exclude<Emission, 'json'> | Emission): string {
  switch (emission) {
    case 'case':
    case 'json':
      return reduced.text
    case 'julia':
      return script(reduced)
    case 'test':
      return test(reduced)
  }
}

/** A reduced program as a case file. */
import type { Plain } from '../../engine/index.ts'

export interface CaseText {
  readonly title: string
  readonly upstream: string | null
  readonly tags: readonly string[]
  readonly notes: readonly string[]
  readonly check: {
    readonly call: string
    readonly engine: string
    readonly expectation: string
    readonly value: Plain | undefined
    readonly equals: string | null
  } | null
  readonly program: string
}

/** Double-quoted, without what would end the comment that the header stands in. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('=#', '=\\u0023').replaceAll('#=', '\\u0023=')
}

function flow(value: Plain): string {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return quoted(Number.isNaN(value) ? 'NaN' : value > 0 ? 'Inf' : '-Inf')
    return Object.is(value, -0) ? '-0.0' : String(value)
  }
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (value === null || typeof value !== 'object') return String(value)
  return `{${Object.entries(value)
    .map(([name, inner]) => `${quoted(name)}: ${flow(inner)}`)
    .join(', ')}}`
}

export function caseText({ title, upstream, tags, notes, check, program }: CaseText): string {
  if (!check) return program
  const lines = [
    '#= adrepro',
    `title: ${quoted(title)}`,
    ...(upstream ? [`upstream: ${quoted(upstream)}`] : []),
    ...(tags.length > 0 ? [`tags: [${tags.map(quoted).join(', ')}]`] : []),
    ...(notes.length > 0 ? [`notes: ${quoted(notes.join('\n'))}`] : []),
    'checks:',
    `  - call: ${quoted(check.call)}`,
    ...(check.value === undefined ? [] : [`    value: ${flow(check.value)}`]),
    ...(check.equals === null ? [] : [`    equals: ${quoted(check.equals)}`]),
    '    on:',
    `      ${quoted(check.engine)}: ${quoted(check.expectation)}`,
    '=#',
  ]
  return `${lines.join('\n')}\n${program}`
}

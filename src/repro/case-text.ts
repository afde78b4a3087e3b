/** A case as text: the header, and the program under it. What it says of the program may be hostile; the program is written as it is. */
import { visibleText, wellFormed } from '../diagnostics/visible.ts'
import type { Plain } from '../engine/index.ts'

export interface CheckText {
  readonly call: string
  readonly value?: Plain
  readonly equals?: string
  readonly rtol?: number
  /** What is known of engines, by their names. */
  readonly on?: Readonly<Record<string, string>>
}

export interface CaseText {
  readonly title: string
  readonly upstream: string | null
  readonly tags: readonly string[]
  readonly notes: readonly string[]
  readonly checks: readonly CheckText[]
  readonly program: string
}

/** Double-quoted, without what would end the comment that the header stands in, or begin another. */
function quoted(text: string): string {
  return JSON.stringify(wellFormed(text)).replaceAll('=#', '=\\u0023').replaceAll('#=', '\\u0023=')
}

function flow(value: Plain): string {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return quoted(Number.isNaN(value) ? 'NaN' : value > 0 ? 'Inf' : '-Inf')
    return Object.is(value, -0) ? '-0.0' : String(value)
  }
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (value === null || typeof value !== 'object') return String(value)
  const fields = Object.entries(value).map(([name, inner]) => `${quoted(name)}: ${flow(inner)}`)
  return `{${fields.join(', ')}}`
}

function checkLines({ call, value, equals, rtol, on }: CheckText): string[] {
  const known = Object.entries(on ?? {})
  return [
    `  - call: ${quoted(call)}`,
    ...(value === undefined ? [] : [`    value: ${flow(value)}`]),
    ...(equals === undefined ? [] : [`    equals: ${quoted(equals)}`]),
    ...(rtol === undefined ? [] : [`    rtol: ${rtol}`]),
    ...(known.length > 0 ? ['    on:', ...known.map(([engine, what]) => `      ${quoted(engine)}: ${quoted(what)}`)] : []),
  ]
}

/** Without checks there is no header: the case is a bare program, and what is known of it stands in a comment. */
export function caseText({ title, upstream, tags, notes, checks, program }: CaseText): string {
  if (checks.length === 0) {
    const facts = [title, ...(upstream ? [upstream] : []), ...notes].flatMap(fact => visibleText(fact).split(/[\n\r\u2028\u2029]+/))
    return `${facts.map(fact => `# ${fact}`.trimEnd()).join('\n')}\n${program}`
  }
  const lines = [
    '#= adrepro',
    `title: ${quoted(title)}`,
    ...(upstream ? [`upstream: ${quoted(upstream)}`] : []),
    ...(tags.length > 0 ? [`tags: [${tags.map(quoted).join(', ')}]`] : []),
    ...(notes.length > 0 ? [`notes: ${quoted(notes.join('\n'))}`] : []),
    'checks:',
    ...checks.flatMap(checkLines),
    '=#',
  ]
  return `${lines.join('\n')}\n${program}`
}

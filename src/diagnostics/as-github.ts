/** Findings as GitHub workflow commands. The one place that encodes them. */
import type { Severity } from './diagnostic.ts'
import { diffOf } from './fix.ts'
import { isBad, type Result, resultName } from './result.ts'
import { positionAt, type Span } from './source.ts'
import { wellFormed } from './visible.ts'

interface Annotation {
  readonly severity: Severity
  readonly title: string
  readonly message: string
  /** 1-based; columns only mean something when both lines are equal. */
  readonly at: {
    readonly file: string
    readonly line: number
    readonly column: number
    readonly endLine: number
    readonly endColumn: number
  } | null
}

/** GitHub shows this many of each severity a step and drops the rest without a word. */
const SHOWN = 10

function data(text: string): string {
  return wellFormed(text)
    .replace(/%/g, '%25')
    .replace(/\r/g, '%0D')
    .replace(/\n/g, '%0A')
    .replace(/\p{Cc}/gu, ' ')
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}

function command(a: Annotation): string {
  const properties: string[] = []
  if (a.at) {
    properties.push(`file=${property(a.at.file)}`, `line=${a.at.line}`, `endLine=${a.at.endLine}`)
    if (a.at.line === a.at.endLine) properties.push(`col=${a.at.column}`, `endColumn=${a.at.endColumn}`)
  }
  properties.push(`title=${property(a.title)}`)
  return `::${a.severity === 'note' ? 'notice' : a.severity} ${properties.join(',')}::${data(a.message)}`
}

function whereOf(span: Span): Annotation['at'] {
  const from = positionAt(span.source, span.start)
  const to = positionAt(span.source, span.end)
  return { file: span.source.name, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}

/** An annotation must stand in a file of the repository, so one about code of Base stands at the check. */
function annotation(result: Result): Annotation {
  const primary = result.diagnostic?.primary?.span ?? null
  const here = primary?.source.name === result.file ? primary : result.at
  const at = here ? whereOf(here) : { file: result.file, line: 1, column: 1, endLine: 1, endColumn: 1 }
  const fixes = result.diagnostic?.fixes.flatMap(fix => [`fix: ${fix.title}`, ...diffOf(fix)]) ?? []
  const message = [result.why, ...fixes].join('\n')
  return { severity: result.diagnostic?.severity ?? 'error', title: resultName(result), message, at }
}

/** Errors first, at most ten of each severity; one more line counts what is not shown. */
export function githubText(results: readonly Result[]): string {
  const annotations = results.filter(isBad).map(annotation)
  const lines: string[] = []
  for (const severity of ['error', 'warning', 'note'] as const) {
    const own = annotations.filter(a => a.severity === severity)
    const kept = own.length > SHOWN ? own.slice(0, SHOWN - 1) : own
    lines.push(...kept.map(command))
    if (own.length > kept.length) {
      const rest = own.length - kept.length
      lines.push(
        command({
          severity,
          title: 'adrepro',
          message: `${rest} more of this kind; GitHub shows ${SHOWN} a step. The log has all.`,
          at: null,
        }),
      )
    }
  }
  return lines.map(line => `${line}\n`).join('')
}

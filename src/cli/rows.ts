/** Rows of a run as a table, as JSON, and as counts. */

import { diagnosticJson, type Json } from '../diagnostics/as-json.ts'
import type { Paint } from '../diagnostics/as-text.ts'
import { fit, padRight, textWidth } from '../diagnostics/text-width.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { expectationText } from '../repro/expectation.ts'
import { isGreen } from '../repro/gate.ts'
import { PROGRAM, type Row } from '../repro/runner.ts'
import { signature } from '../repro/signature.ts'

const WIDEST_CHECK = 64

/** `augment ad.mixed-tape` for a failure, the strongest evidence for a pass. */
function remark(row: Row): string {
  const { outcome } = row
  if (outcome.kind === 'pass') return outcome.evidence.at(-1) ?? ''
  if (outcome.kind === 'wrong-value') return outcome.pattern
  return `${outcome.diagnostic.phase} ${outcome.diagnostic.code}`
}

/** A line of the table; the passing tests of a program share one. */
interface Line {
  readonly row: Row
  readonly check: string
}

function isPassingTest(row: Row): boolean {
  return row.span === null && row.check !== PROGRAM && row.verdict === 'pass'
}

function linesOf(rows: readonly Row[]): Line[] {
  const counts = new Map<string, number>()
  const groupOf = (row: Row) => `${row.engine} ${row.file.source.name}`
  for (const row of rows) if (isPassingTest(row)) counts.set(groupOf(row), (counts.get(groupOf(row)) ?? 0) + 1)
  return rows.flatMap(row => {
    const count = isPassingTest(row) ? counts.get(groupOf(row)) : 1
    if (count === undefined) return []
    if (!isPassingTest(row) || count === 1) return [{ row, check: row.check }]
    counts.delete(groupOf(row))
    return [{ row, check: `(${count} tests)` }]
  })
}

/** One block a file: its name and title, then a line a check. */
export function rowsText(rows: readonly Row[], paint: Paint): string {
  const table = linesOf(rows).map(line => ({ ...line, check: fit(visibleLine(line.check), WIDEST_CHECK) }))
  const wide = (texts: readonly string[]) => texts.reduce((m, t) => Math.max(m, textWidth(t)), 0)
  const checkWidth = wide(table.map(l => l.check))
  const engineWidth = wide(table.map(l => l.row.engine))
  const verdictWidth = wide(table.map(l => l.row.verdict))
  const lines: string[] = []
  let file: Row['file'] | null = null
  for (const { row, check } of table) {
    if (row.file !== file) {
      file = row.file
      const name = visibleLine(file.source.name)
      lines.push(paint.strong(name) + (file.title === file.source.name ? '' : paint.quiet(`  ${fit(visibleLine(file.title), 90)}`)))
    }
    const green = isGreen(row.verdict)
    const tint = green ? (row.verdict === 'pass' ? paint.good : paint.odd) : paint.bad
    const columns = [
      padRight(check, checkWidth),
      padRight(row.engine, engineWidth),
      tint(padRight(row.verdict, verdictWidth)),
      paint.quiet(visibleLine(remark(row))),
    ]
    lines.push(`  ${tint(green ? '✓' : '✗')} ${columns.join('  ')}`.trimEnd())
  }
  return lines.join('\n')
}

/** A sentence a check, under the name of its file. */
export function plainRowsText(rows: readonly Row[]): string {
  let file: Row['file'] | null = null
  const lines: string[] = []
  for (const { row, check } of linesOf(rows)) {
    if (row.file !== file) {
      file = row.file
      const title = file.title === file.source.name ? '' : `: ${visibleLine(file.title)}`
      lines.push(`File ${visibleLine(file.source.name)}${title}.`)
    }
    const said = remark(row)
    lines.push(`${visibleLine(check)} on ${row.engine}: ${row.verdict}${said ? `; ${visibleLine(said)}` : ''}.`)
  }
  return lines.join('\n')
}

/** `14 checks: 12 pass, 2 known failure`. */
export function countsText(rows: readonly Row[]): string {
  const counts = new Map<string, number>()
  for (const { verdict } of rows) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  const parts = [...counts].map(([verdict, n]) => `${n} ${verdict}`)
  return `${rows.length} ${rows.length === 1 ? 'check' : 'checks'}: ${parts.join(', ')}`
}

export function rowJson(row: Row): Json {
  const { outcome } = row
  const value = outcome.kind === 'pass' || outcome.kind === 'wrong-value' ? outcome.value : null
  return {
    file: row.file.source.name,
    title: row.file.title,
    check: row.check,
    engine: row.engine,
    verdict: row.verdict,
    ok: isGreen(row.verdict),
    outcome: outcome.kind,
    expected: expectationText(row.expected),
    signature: signature(outcome),
    phase: outcome.kind === 'pass' ? null : outcome.diagnostic.phase,
    code: outcome.kind === 'pass' ? null : outcome.diagnostic.code,
    value: value ? { shown: value.shown, type: value.type, plain: value.plain, size: value.size } : null,
    evidence: outcome.kind === 'pass' ? outcome.evidence : [],
    seconds: Math.round(row.seconds * 1000) / 1000,
    diagnostic: row.diagnostic ? diagnosticJson(row.diagnostic) : null,
  }
}

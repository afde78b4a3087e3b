/** Results in the Test Anything Protocol, version 14. The one place that encodes it. */
import { type Json, jsonText } from './as-json.ts'
import { diffOf } from './fix.ts'
import { type Result, resultName } from './result.ts'
import { positionAt } from './source.ts'
import { visibleLine } from './visible.ts'

/** A `#` would begin a directive, and a backslash escapes. */
function description(text: string): string {
  return visibleLine(text).replace(/[\\#]/g, '\\$&')
}

/** YAML, whose values are JSON: every string in one line and between quotes. */
function block(facts: Readonly<Record<string, Json>>): string[] {
  return ['  ---', ...Object.entries(facts).map(([key, value]) => `  ${key}: ${jsonText(value)}`), '  ...']
}

function facts(result: Result): Readonly<Record<string, Json>> {
  const fixes = result.diagnostic?.fixes ?? []
  const at = result.at ? positionAt(result.at.source, result.at.start) : null
  return {
    message: result.why,
    severity: result.state === 'error' ? 'error' : 'fail',
    ...(result.diagnostic ? { code: result.diagnostic.code, signature: result.signature } : {}),
    ...(fixes.length > 0 ? { fixes: fixes.map(fix => ({ title: fix.title, diff: diffOf(fix) })) } : {}),
    at: { file: result.file, ...(at ?? {}) },
  }
}

/** A known failure is `not ok` with a TODO directive, which is what TAP has for it: readers count it as no failure. */
function point(result: Result, number: number): string[] {
  const what = `${number} - ${description(`${result.file}: ${resultName(result)}`)}`
  switch (result.state) {
    case 'pass':
      return [`ok ${what}`]
    case 'known':
      return [`not ok ${what} # TODO ${description(result.why)}`]
    case 'fail':
    case 'error':
      return [`not ok ${what}`, ...block(facts(result))]
  }
}

export function tapText(results: readonly Result[]): string {
  const lines = ['TAP version 14', `1..${results.length}`, ...results.flatMap((result, i) => point(result, i + 1))]
  return lines.map(line => `${line}\n`).join('')
}

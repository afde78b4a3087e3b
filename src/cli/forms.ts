/** The forms in which results go out: a row a form. */
import { githubText } from '../diagnostics/as-github.ts'
import { junitText } from '../diagnostics/as-junit.ts'
import { sarifText } from '../diagnostics/as-sarif.ts'
import { tapText } from '../diagnostics/as-tap.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Result } from '../diagnostics/result.ts'
import { expectationText } from '../repro/expectation.ts'
import { isGreen } from '../repro/gate.ts'
import type { Row } from '../repro/runner.ts'
import { signature } from '../repro/signature.ts'
import type { Format } from './format.ts'
import type { Suite } from './suite.ts'
import { version } from './version.ts'

/** Text and JSON differ from command to command; these say the same for all. */
const FORMS: Readonly<Record<Exclude<Format, 'text' | 'json'>, (results: readonly Result[]) => string>> = {
  sarif: results => sarifText(results, version()),
  github: githubText,
  junit: results => junitText('adrepro', results),
  tap: tapText,
}

export function resultsText(format: keyof typeof FORMS, results: readonly Result[]): string {
  return FORMS[format](results)
}

function stateOf(row: Row): Result['state'] {
  if (row.verdict === 'pass') return 'pass'
  if (isGreen(row.verdict)) return 'known'
  return row.verdict === 'crash' || row.verdict === 'timeout' ? 'error' : 'fail'
}

function rowResult(row: Row): Result {
  const state = stateOf(row)
  const why = state === 'known' ? expectationText(row.expected) : `${row.verdict}: ${row.diagnostic?.message ?? ''}`
  return {
    state,
    file: row.file.source.name,
    name: row.check,
    engine: row.engine,
    seconds: row.seconds,
    why: state === 'pass' ? '' : why,
    diagnostic: row.diagnostic,
    at: row.span,
    signature: state === 'pass' ? '' : signature(row.outcome),
  }
}

/** What could not be run at all. */
export function problemResult(problem: Diagnostic): Result {
  const at = problem.primary?.span ?? null
  return {
    state: 'error',
    file: at?.source.name ?? 'adrepro',
    name: problem.code,
    engine: null,
    seconds: 0,
    why: problem.message,
    diagnostic: problem,
    at,
    signature: problem.code,
  }
}

export function suiteResults(suite: Suite): Result[] {
  return [...suite.problems.map(problemResult), ...suite.rows.map(rowResult)]
}

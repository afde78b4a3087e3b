/** `adrepro gate`: what CI runs. The same rows as `run`, with JUnit and GitHub annotations beside the text. */
import { type Annotation, githubText } from '../diagnostics/as-github.ts'
import { type JunitTest, junitText } from '../diagnostics/as-junit.ts'
import { diagnosticText, PLAIN } from '../diagnostics/as-text.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { positionAt, type Span } from '../diagnostics/source.ts'
import type { Waiting } from '../repro/child.ts'
import { expectationText } from '../repro/expectation.ts'
import { isGreen } from '../repro/gate.ts'
import type { Row } from '../repro/runner.ts'
import { writeResult } from './files.ts'
import { type RunArgs, showSuite, suiteJson } from './run.ts'
import { runSuite } from './suite.ts'
import type { Terminal } from './terminal.ts'

interface GateArgs extends RunArgs {
  readonly junit?: string
  readonly github: boolean
}

export async function gate(args: GateArgs, terminal: Terminal, early: Waiting | null): Promise<number> {
  const suite = await runSuite(args.paths, args, terminal, early)
  if (args.json) terminal.out(`${suiteJson(suite)}\n`)
  else showSuite(suite, { ...args, paths: [] }, terminal)
  const tests = [...suite.problems.map(problemTest), ...suite.rows.map(rowTest)]
  const unwritten = args.junit === undefined ? null : writeResult(args.junit, junitText('adrepro', tests))
  if (unwritten)
    terminal.talk(`${diagnosticText(unwritten, { paint: terminal.talkPaint, verbose: false })}
`)
  if (args.github) {
    const annotations = [...suite.problems.map(p => problemAnnotation(p)), ...suite.rows.flatMap(rowAnnotation)]
    const text = githubText(annotations)
    if (args.json) terminal.talk(text)
    else terminal.out(text)
  }
  return unwritten ? 2 : suite.exit
}

function rowTest(row: Row): JunitTest {
  const known = row.verdict === 'known failure'
  const status =
    row.verdict === 'pass' ? 'pass' : known ? 'skipped' : row.verdict === 'crash' || row.verdict === 'timeout' ? 'error' : 'fail'
  return {
    name: `${row.check} on ${row.engine}`,
    group: row.file.source.name,
    file: row.file.source.name,
    seconds: row.seconds,
    status,
    message: known ? `known failure: ${expectationText(row.expected)}` : `${row.verdict}: ${row.diagnostic?.message ?? ''}`,
    details: row.diagnostic && !known ? diagnosticText(row.diagnostic, { paint: PLAIN, verbose: false }) : '',
  }
}

function problemTest(problem: Diagnostic): JunitTest {
  const file = problem.primary?.span.source.name ?? 'adrepro'
  return {
    name: problem.code,
    group: file,
    file,
    seconds: 0,
    status: 'error',
    message: problem.message,
    details: diagnosticText(problem, { paint: PLAIN, verbose: false }),
  }
}

function whereOf(span: Span | null): Annotation['at'] {
  if (!span) return null
  const from = positionAt(span.source, span.start)
  const to = positionAt(span.source, span.end)
  return { file: span.source.name, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}

function problemAnnotation(problem: Diagnostic): Annotation {
  return { severity: 'error', title: problem.code, message: problem.message, at: whereOf(problem.primary?.span ?? null) }
}

/** An annotation must stand in a file of the repository, so one about code of Base stands at the check. */
function rowAnnotation(row: Row): Annotation[] {
  if (isGreen(row.verdict)) return []
  const primary = row.diagnostic?.primary?.span ?? null
  const here = primary?.source.name === row.file.source.name ? primary : row.span
  const at = whereOf(here) ?? { file: row.file.source.name, line: 1, column: 1, endLine: 1, endColumn: 1 }
  return [{ severity: 'error', title: `${row.check} on ${row.engine}`, message: `${row.verdict}: ${row.diagnostic?.message ?? ''}`, at }]
}

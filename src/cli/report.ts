/** `adrepro report`: writes the Markdown of an issue for each failure of a case. */
import { join } from 'node:path'
import { diagnosticJson, jsonText } from '../diagnostics/as-json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { DEFAULT_LIMITS, guardingChildren } from '../repro/child.ts'
import { type EngineName, isEngine } from '../repro/engines/table.ts'
import { isReportable, makeReport, reportName } from '../repro/report/report.ts'
import type { Row } from '../repro/runner.ts'
import { failingFunction, signature } from '../repro/signature.ts'
import { writeResult } from './files.ts'
import { runSuite, type SuiteArgs } from './suite.ts'
import type { Terminal } from './terminal.ts'
import { version } from './version.ts'

interface ReportArgs extends SuiteArgs {
  readonly file: string
  readonly output: string
  readonly json: boolean
}

function environment(engine: string, plant: string | undefined): (readonly [string, string])[] {
  return [
    ['adrepro', version()],
    ['engine', engine],
    ...(plant ? [['planted fault', plant] as const] : []),
    ['Node', process.version],
    ['platform', `${process.platform} ${process.arch}`],
  ]
}

/** One row a distinct failure: two checks, or two engines, that show the same make one issue. */
function distinct(rows: readonly Row[]): Row[] {
  const seen = new Set<string>()
  return rows.filter(row => {
    const { outcome } = row
    const place = outcome.kind === 'fail' || outcome.kind === 'unsupported' ? failingFunction(outcome.diagnostic) : null
    const key = `${signature(outcome)} ${place ?? ''}`
    return !seen.has(key) && Boolean(seen.add(key))
  })
}

/** Reports are about failures on the engines asked for; `builtin` runs as well, to say whether it works there. */
function failing(rows: readonly Row[], engines: readonly string[]): Row[] {
  return distinct(rows.filter(row => isReportable(row) && isEngine(row.engine) && (engines.length === 0 || engines.includes(row.engine))))
}

export async function report(args: ReportArgs, terminal: Terminal): Promise<number> {
  const engines = args.engine ?? []
  const without = args.without ?? []
  const suite = await runSuite(
    [args.file],
    { ...args, ...(engines.length > 0 ? { engine: ['builtin', ...engines] } : {}), verboseErrors: true, bareOnAll: true },
    terminal,
  )
  const problems: Diagnostic[] = [...suite.problems]
  const written: string[] = []
  if (problems.length > 0) return finish(args, terminal, written, problems, 2)
  const rows = failing(suite.rows, engines)
  if (rows.length === 0)
    return finish(args, terminal, written, [diagnostic('compare', 'report.nothing-fails', { file: args.file }, null)], 1)
  const single = args.output.endsWith('.md')
  if (single && rows.length > 1) {
    const why = `There are ${rows.length} different failures, so -o must name a folder`
    return finish(args, terminal, written, [diagnostic('parse', 'cli.bad-usage', { why }, null)], 2)
  }
  for (const row of rows) {
    terminal.progress(`running the report of ${visibleLine(row.check)} again`)
    const limits = {
      seconds: row.file.seconds ?? args.timeout ?? DEFAULT_LIMITS.seconds,
      megabytes: row.file.megabytes ?? args.memory ?? DEFAULT_LIMITS.megabytes,
    }
    const engine = row.engine as EngineName
    const made = await guardingChildren(() =>
      makeReport({
        row,
        engine,
        rows: suite.rows,
        limits,
        plant: args.plant ?? null,
        without,
        environment: environment(engine, args.plant),
      }),
    )
    if (made.kind === 'refused') {
      problems.push(made.diagnostic)
      continue
    }
    const file = single ? args.output : join(args.output, reportName(row))
    const unwritten = writeResult(file, made.markdown)
    if (unwritten) return finish(args, terminal, written, [...problems, unwritten], 2)
    written.push(file)
  }
  terminal.progress(null)
  return finish(args, terminal, written, problems, problems.length > 0 ? 1 : 0)
}

function finish(args: ReportArgs, terminal: Terminal, written: readonly string[], problems: readonly Diagnostic[], exit: number): number {
  if (args.json) terminal.out(`${jsonText({ written, problems: problems.map(diagnosticJson), exit })}\n`)
  else {
    for (const file of written) terminal.out(`${visibleLine(file)}\n`)
    for (const problem of problems) terminal.tell(problem)
  }
  return exit
}

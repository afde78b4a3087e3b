/** `adrepro run`: runs cases, then shows a table and the diagnostics of what is not as expected. */
import { diagnosticJson, jsonText } from '../diagnostics/as-json.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import type { EarlyChildren } from '../repro/early-children.ts'
import { isGreen } from '../repro/gate.ts'
import type { Row } from '../repro/runner.ts'
import { areFiles } from './files.ts'
import type { FixChoice } from './fix.ts'
import { type FormatArgs, formatOf } from './format.ts'
import { countsText, plainRowsText, rowJson, rowsText } from './rows.ts'
import { runSuite, type Suite, type SuiteArgs } from './suite.ts'
import type { Terminal } from './terminal.ts'

export interface RunArgs extends SuiteArgs, FormatArgs {
  readonly paths: readonly string[]
}

/** Fixes that are applied one after the other: each may bring another mistake to light. */
const MOST_ROUNDS = 10

export async function run(args: RunArgs & { readonly fix?: FixChoice }, terminal: Terminal, early: EarlyChildren): Promise<number> {
  let suite = await runSuite(args.paths, args, terminal, early)
  await printSuite(suite, args, terminal)
  if (formatOf(args) === 'text') {
    const { leaveFullLog } = await import('./full-log.ts')
    leaveFullLog(
      suite.rows.flatMap(row => (isGreen(row.verdict) ? [] : (row.diagnostic ?? []))),
      terminal,
    )
  }
  if (args.fix === undefined) return suite.exit
  const { applyFixes, fixesOf, showFixes } = await import('./fix.ts')
  const quiet = formatOf(args) === 'text' ? terminal : { ...terminal, out: terminal.talk }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fixes = fixesOf(suite)
    if (round === 0 || fixes.length > 0) showFixes(fixes, quiet)
    if (args.fix !== 'apply' || !applyFixes(fixes, terminal)) break
    suite = await runSuite(args.paths, args, terminal)
    if (formatOf(args) === 'text') await printSuite(suite, args, terminal)
  }
  return suite.exit
}

/** In the form that was asked for; what a person reads, when none was. */
export async function printSuite(suite: Suite, args: RunArgs, terminal: Terminal): Promise<void> {
  const format = formatOf(args)
  if (format === 'text') showSuite(suite, args, terminal)
  else if (format === 'json') terminal.out(`${suiteJson(suite)}\n`)
  else {
    const { resultsText, suiteResults } = await import('./forms.ts')
    terminal.out(resultsText(format, suiteResults(suite)))
  }
}

function suiteJson(suite: Suite): string {
  return jsonText({
    rows: suite.rows.map(rowJson),
    problems: suite.problems.map(diagnosticJson),
    warnings: suite.warnings.map(diagnosticJson),
    reproducers: suite.left,
    red: suite.rows.filter(r => !isGreen(r.verdict)).length,
    green: suite.rows.filter(r => isGreen(r.verdict)).length,
    exit: suite.exit,
  })
}

/** Known failures are told in full when their file is asked for by name, or all is asked for. */
function worthShowing(row: Row, args: RunArgs): boolean {
  if (row.diagnostic === null) return false
  return !isGreen(row.verdict) || args.verboseErrors === true || areFiles(args.paths)
}

function showSuite(suite: Suite, args: RunArgs, terminal: Terminal): void {
  const { paint } = terminal
  const verbose = args.verboseErrors ?? false
  const blocks: string[] = []
  if (suite.rows.length > 0) blocks.push(terminal.plain ? plainRowsText(suite.rows) : rowsText(suite.rows, paint))
  for (const row of suite.rows.filter(r => worthShowing(r, args))) {
    const green = isGreen(row.verdict)
    const head = terminal.plain
      ? `About ${visibleLine(row.check)} on ${row.engine}: ${row.verdict}.`
      : `${green ? '·' : '✗'} ${visibleLine(row.check)}   ${row.engine}   ${row.verdict}`
    blocks.push(`${green ? paint.odd(head) : paint.bad(head)}\n${terminal.textOf(row.diagnostic!, verbose)}`)
  }
  if (suite.rows.length > 0) blocks.push(countsText(suite.rows))
  if (blocks.length > 0) terminal.out(`${blocks.join('\n\n')}\n`)
  for (const problem of [...suite.warnings, ...suite.problems]) terminal.tell(problem, verbose)
  for (const file of suite.left) terminal.talk(`An internal failure was saved with all that is known of it: ${visibleLine(file)}\n`)
}

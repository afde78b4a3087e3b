/** `adrepro exec`: runs a plain program in a process of its own, prints what it prints, and sums up its tests as Julia does. */
import { diagnosticJson, jsonText } from '../diagnostics/as-json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { Result } from '../diagnostics/result.ts'
import type { Source } from '../diagnostics/source.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import type { TestRecord } from '../engine/index.ts'
import { guardingChildren, runTask } from '../repro/child.ts'
import type { EarlyChildren } from '../repro/early-children.ts'
import { type EngineName, isEngine, unknownEngines } from '../repro/engines/table.ts'
import { EXEC_MEGABYTES } from '../repro/limits.ts'
import { unknownLimits } from '../repro/needs.ts'
import { circumstances } from './circumstances.ts'
import { readSource } from './files.ts'
import { type FormatArgs, formatOf } from './format.ts'
import { unknownFault } from './plant.ts'
import type { Terminal } from './terminal.ts'
import { failedTestsText, summaryText } from './test-summary.ts'

interface ExecArgs extends FormatArgs {
  readonly file: string
  readonly engine: string
  readonly verboseErrors: boolean
  readonly plant?: string
  readonly without?: readonly string[]
}

interface Ran {
  readonly tests: readonly TestRecord[]
  readonly error: Diagnostic | null
  readonly warnings: readonly Diagnostic[]
}

export async function exec(args: ExecArgs, terminal: Terminal, early: EarlyChildren): Promise<number> {
  const wrong = [...unknownEngines([args.engine]), ...(await unknownFault(args.plant)), ...(await unknownLimits(args.without ?? []))][0]
  const reading = wrong ? null : readSource(args.file)
  if (wrong || reading?.kind === 'unreadable')
    return couldNotRun(wrong ?? (reading as { diagnostic: Diagnostic }).diagnostic, args, terminal)
  const { source } = reading as { source: Source }
  const engine = isEngine(args.engine) ? args.engine : 'builtin'
  const ran = await guardingChildren(() => runProgram(source, engine, args, terminal, early))
  const red = ran.tests.some(t => t.status === 'fail' || t.status === 'error')
  const exit = ran.error?.phase === 'parse' ? 2 : ran.error || red ? 1 : 0
  const left = ran.error?.blame === 'internal' ? await leave(source, engine, args.plant, ran.error) : null
  await print(ran, exit, args, terminal)
  if (left) terminal.talk(`An internal failure was saved with all that is known of it: ${visibleLine(left)}\n`)
  return exit
}

/** Loaded only when something is to be left. */
async function leave(source: Source, engine: EngineName, plant: string | undefined, error: Diagnostic): Promise<string | null> {
  const { leaveReproducer } = await import('../repro/crash-reproducer.ts')
  return leaveReproducer(source, circumstances(engine, plant, null), error)
}

async function print(ran: Ran, exit: number, args: ExecArgs, terminal: Terminal): Promise<void> {
  const format = formatOf(args)
  if (format === 'json') {
    const tests = ran.tests.map(({ name, status, file, line, message }) => ({ name, status, file, line, message }))
    const warnings = ran.warnings.map(found => diagnosticJson(found))
    terminal.out(`${jsonText({ tests, error: ran.error ? diagnosticJson(ran.error) : null, warnings, exit })}\n`)
  } else if (format === 'text') {
    if (ran.tests.length > 0) terminal.out(failedTestsText(ran.tests, terminal.paint) + summaryText(args.file, ran.tests, terminal.paint))
    const told = [...ran.warnings, ...(ran.error ? [ran.error] : [])]
    for (const found of told) terminal.tell(found, args.verboseErrors)
    if (told.length > 0) (await import('./full-log.ts')).leaveFullLog(told, terminal)
  } else {
    const { problemResult, resultsText } = await import('./forms.ts')
    terminal.out(resultsText(format, [...ran.tests.map(testResult), ...(ran.error ? [problemResult(ran.error)] : [])]))
  }
}

const STATES: Readonly<Record<TestRecord['status'], Result['state']>> = { pass: 'pass', fail: 'fail', error: 'error', broken: 'known' }

function testResult(test: TestRecord): Result {
  const { status, name, file, message } = test
  const why = status === 'broken' ? 'it is marked as broken' : message
  return {
    state: STATES[status],
    file,
    name,
    engine: null,
    seconds: 0,
    why: status === 'pass' ? '' : why,
    diagnostic: null,
    at: null,
    signature: '',
  }
}

function couldNotRun(found: Diagnostic, args: ExecArgs, terminal: Terminal): number {
  if (formatOf(args) === 'json') terminal.out(`${jsonText({ tests: [], error: diagnosticJson(found), exit: 2 })}\n`)
  else terminal.tell(found)
  return 2
}

/** What the program prints goes out byte for byte; when standard output belongs to a form for machines, it goes to standard error. */
async function runProgram(source: Source, engine: EngineName, args: ExecArgs, terminal: Terminal, early: EarlyChildren): Promise<Ran> {
  let ran: Ran | null = null
  let warnings: readonly Diagnostic[] = []
  const { verboseErrors: verbose, plant = null, without = [] } = args
  const task = { source, engine, verbose, plant, without, checks: [], from: 0 }
  const end = await runTask(task, early.take(engine, EXEC_MEGABYTES), null, {
    output: bytes => (formatOf(args) === 'text' ? terminal.out(bytes) : terminal.talk(bytes)),
    message: message => {
      if (message.kind === 'loaded') ran = { tests: message.tests, error: message.failure, warnings }
      if (message.kind === 'warned') warnings = message.warnings
    },
  })
  if (ran) return { ...(ran as Ran), warnings }
  if (end.kind === 'memory')
    return { tests: [], warnings, error: diagnostic('run', 'check.out-of-memory', { megabytes: EXEC_MEGABYTES }, null) }
  return { tests: [], warnings, error: diagnostic('run', 'check.crashed', { how: end.kind === 'died' ? end.how : end.kind }, null) }
}

/** Runs cases on engines, each pair in a process that finds nothing of another, and gives one row a check as it becomes known. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { Span } from '../diagnostics/source.ts'
import type { TestRecord } from '../engine/index.ts'
import type { CaseFile, Check } from './case-file.ts'
import { DEFAULT_LIMITS, type End, type Limits, runTask, type Waiting } from './child.ts'
import type { EarlyChildren } from './early-children.ts'
import { ENGINE_NAMES, type EngineName, enginesFor, isEngine, unknownEngine } from './engines/table.ts'
import { type Expectation, isAsRecorded } from './expectation.ts'
import { unexpectedPass, type Verdict, verdictOf } from './gate.ts'
import { diagnosticOf, failed, type Outcome } from './outcome.ts'
import type { Message, Task } from './protocol.ts'
import { isSameFailure } from './signature.ts'
import { UsedProcesses } from './used-processes.ts'

export interface Row {
  readonly file: CaseFile
  /** The call, the text of a `@test`, or `(program)`. */
  readonly check: string
  /** Null when the row is about the program as a whole. */
  readonly span: Span | null
  readonly engine: string
  readonly outcome: Outcome
  readonly expected: Expectation
  readonly verdict: Verdict
  /** What to show for it: the failure, or why a pass is not as expected. */
  readonly diagnostic: Diagnostic | null
  readonly seconds: number
}

export interface RunOptions {
  /** Null: `builtin` and the engines that the case names. */
  readonly engines: readonly EngineName[] | null
  /** A bare program names no engine; true tries them all on it. */
  readonly bareOnAll?: boolean
  readonly verbose: boolean
  /** Id of a fault to plant in the engine. */
  readonly plant: string | null
  /** Limits of engines that are switched off. */
  readonly without?: readonly string[]
  readonly jobs: number
  /** What the command line says; a case may say otherwise for itself. */
  readonly seconds: number | null
  readonly megabytes: number | null
  /** Which checks to make. */
  readonly wanted: (file: CaseFile, check: string) => boolean
  /** Called as each row becomes known. */
  readonly onRow: (row: Row) => void
  /** Called for what an engine warns of. */
  readonly onWarning?: (found: Diagnostic, file: CaseFile, engine: EngineName) => void
  /** Processes for the first jobs. */
  readonly early: EarlyChildren
}

interface Job {
  readonly file: CaseFile
  readonly engine: EngineName
  readonly checks: readonly Check[]
}

export const PROGRAM = '(program)'
const PASS: Expectation = { kind: 'pass' }

function expectationOf(check: Check, engine: EngineName): Expectation {
  return check.on.find(k => k.engine === engine)?.expectation ?? PASS
}

function limitsOf(file: CaseFile, options: RunOptions): Limits {
  return {
    seconds: file.seconds ?? options.seconds ?? DEFAULT_LIMITS.seconds,
    megabytes: file.megabytes ?? options.megabytes ?? DEFAULT_LIMITS.megabytes,
  }
}

function enginesOf(file: CaseFile, options: Pick<RunOptions, 'engines' | 'bareOnAll'>): EngineName[] {
  if (options.engines) return [...options.engines]
  if (file.checks === null && options.bareOnAll) return enginesFor(file.source.text)
  const named = new Set((file.checks ?? []).flatMap(c => c.on.map(k => k.engine)))
  return ENGINE_NAMES.filter(name => name === 'builtin' || named.has(name))
}

/** Expectations of engines that there are not: they match nothing, so nobody holds them. */
function staleRows(file: CaseFile): Row[] {
  return (file.checks ?? []).flatMap(check =>
    check.on
      .filter(known => !isEngine(known.engine))
      .map(known => {
        const stale = failed(unknownEngine(known.engine, known.span))
        return row({ file, engine: known.engine }, check.call, check.span, stale, known.expectation, 0, 'stale')
      }),
  )
}

function row(
  job: { file: CaseFile; engine: string },
  check: string,
  span: Span | null,
  outcome: Outcome,
  expected: Expectation,
  seconds: number,
  verdict = verdictOf(outcome, expected),
): Row {
  const found = verdict === 'unexpected pass' ? unexpectedPass(job.engine, expected, span) : diagnosticOf(outcome)
  return { file: job.file, check, span, engine: job.engine, outcome, expected, verdict, diagnostic: found, seconds }
}

/** All rows, in the order of the cases, whatever order they became known in. */
export async function runCases(files: readonly CaseFile[], options: RunOptions): Promise<Row[]> {
  const jobs: Job[] = files.flatMap(file =>
    enginesOf(file, options).flatMap(engine => {
      const checks = (file.checks ?? []).filter(c => options.wanted(file, c.call))
      return file.checks === null
        ? options.wanted(file, PROGRAM)
          ? [{ file, engine, checks: [] }]
          : []
        : checks.length > 0
          ? [{ file, engine, checks }]
          : []
    }),
  )
  const rowsOf: Row[][] = jobs.map(() => [])
  let next = 0
  const used = new UsedProcesses(options.jobs)
  const lane = async () => {
    for (let i = next++; i < jobs.length; i = next++) {
      rowsOf[i] = await runJob(jobs[i]!, options, used)
      for (const one of rowsOf[i]!) options.onRow(one)
    }
  }
  const lanes = Array.from({ length: Math.max(1, Math.min(options.jobs, jobs.length)) }, lane)
  options.early.discardRest()
  await Promise.all(lanes)
  used.discardAll()
  const stale = files.flatMap(staleRows).filter(r => options.wanted(r.file, r.check))
  for (const one of stale) options.onRow(one)
  return [...rowsOf.flat(), ...stale]
}

/** The number of jobs, for a progress line. */
export function countJobs(files: readonly CaseFile[], options: Pick<RunOptions, 'engines' | 'bareOnAll'>): number {
  return files.reduce((sum, file) => sum + enginesOf(file, options).length, 0)
}

interface Loaded {
  readonly failure: Diagnostic | null
  readonly tests: readonly TestRecord[]
  readonly seconds: number
}

/** What a process has told of a job. */
class Heard {
  loaded: Loaded | null = null
  readonly checked = new Map<number, { readonly outcome: Outcome; readonly seconds: number }>()
  readonly warnings: Diagnostic[] = []

  hear(message: Message): void {
    if (message.kind === 'loaded') this.loaded ??= message
    else if (message.kind === 'checked') this.checked.set(message.index, message)
    else if (message.kind === 'warned') this.warnings.push(...message.warnings)
  }

  rows(job: Job): Row[] {
    return job.file.checks === null ? bareRows(job, this.loaded!) : checkRows(job, this.loaded, this.checked)
  }
}

/**
 * In a process that has run other cases only what passes counts: all else is run again in a process of its own, so that what is said of a
 * failure is said of this program alone, and is the same each time.
 */
async function runJob(job: Job, options: RunOptions, used: UsedProcesses): Promise<Row[]> {
  const mayShare = job.checks.every(c => expectationOf(c, job.engine).kind === 'pass')
  const child = mayShare ? used.take(job.engine, limitsOf(job.file, options).megabytes) : null
  // Without a used one the new one is taken at once: what was started early is discarded when the first jobs have what they need.
  const heard = (child && (await passingInUsed(job, options, used, child))) ?? (await inProcesses(job, options, used))
  if (!(heard instanceof Heard)) return heard
  for (const found of heard.warnings) options.onWarning?.(found, job.file, job.engine)
  return heard.rows(job)
}

function taskOf({ file, engine, checks }: Job, { verbose, plant, without = [] }: RunOptions, from: number): Task {
  // What is made for one process is not what the next one needs.
  const stays = !verbose && plant === null && without.length === 0
  return { source: file.source, engine, verbose, plant, without, checks, from, stays }
}

async function passingInUsed(job: Job, options: RunOptions, used: UsedProcesses, child: Waiting): Promise<Heard | null> {
  const heard = new Heard()
  const { seconds } = limitsOf(job.file, options)
  const end = await runTask(taskOf(job, options, 0), child, seconds, { message: m => heard.hear(m), output: () => {} })
  if (end.kind !== 'done') return null
  if (end.again) used.keep(job.engine, child)
  return heard.rows(job).every(r => r.verdict === 'pass') ? heard : null
}

/** A process that dies at a check is started again for the checks after it. Gives the one row of a program that did not come to its end. */
async function inProcesses(job: Job, options: RunOptions, used: UsedProcesses): Promise<Heard | Row[]> {
  const limits = limitsOf(job.file, options)
  const heard = new Heard()
  for (let from = 0; ; ) {
    let inProgram = true
    const start = performance.now()
    const hear = (message: Message) => {
      if (message.kind === 'loaded') inProgram = false
      heard.hear(message)
    }
    const child = options.early.take(job.engine, limits.megabytes)
    const end = await runTask(taskOf(job, options, from), child, limits.seconds, { message: hear, output: () => {} })
    if (end.kind === 'done') {
      if (end.again) used.keep(job.engine, child)
      return heard
    }
    const outcome = endOutcome(end, limits)
    const seconds = (performance.now() - start) / 1000
    if (inProgram || job.checks.length === 0) return [row(job, PROGRAM, null, outcome, PASS, seconds)]
    const at = job.checks.findIndex((_, i) => i >= from && !heard.checked.has(i))
    if (at < 0) return heard
    heard.checked.set(at, { outcome, seconds })
    from = at + 1
    if (from >= job.checks.length) return heard
  }
}

/** What the end of a process that did not finish means. */
export function endOutcome(end: Exclude<End, { kind: 'done' }>, limits: Limits): Outcome {
  switch (end.kind) {
    case 'timeout':
      return { kind: 'timeout', diagnostic: diagnostic('run', 'check.timeout', { seconds: limits.seconds }, null) }
    case 'memory':
      return { kind: 'crash', cause: 'memory', diagnostic: diagnostic('run', 'check.out-of-memory', { megabytes: limits.megabytes }, null) }
    case 'died':
      return { kind: 'crash', cause: 'died', diagnostic: diagnostic('run', 'check.crashed', { how: end.how }, null) }
  }
}

/** A bare program is checked by its tests, and by running to its end. */
function bareRows(job: Job, loaded: Loaded): Row[] {
  const outcome: Outcome = loaded.failure ? failed(loaded.failure) : { kind: 'pass', value: null, evidence: ['ran'] }
  const tests = loaded.tests.filter(t => t.status !== 'broken').map(t => row(job, t.name, null, testOutcome(t, job.file), PASS, 0))
  return [...tests, row(job, PROGRAM, null, outcome, PASS, loaded.seconds)]
}

export function testOutcome(test: TestRecord, file: Pick<CaseFile, 'source'>): Outcome {
  if (test.status === 'pass' || test.status === 'broken') return { kind: 'pass', value: null, evidence: ['ran'] }
  const lines = test.message.split('\n').filter(Boolean)
  const found = diagnostic('run', 'test.failed', { test: test.name, why: '' }, lineSpan(file, test), { notes: lines.map(l => l.trim()) })
  return { kind: 'fail', diagnostic: found }
}

/** The whole line of a test, without its indentation; null when the test stands in another file. */
function lineSpan(file: Pick<CaseFile, 'source'>, test: TestRecord): Span | null {
  if (test.file !== file.source.name || test.line < 1) return null
  const lines = file.source.text.split('\n')
  const text = lines[test.line - 1]
  if (text === undefined) return null
  const start = lines.slice(0, test.line - 1).reduce((sum, l) => sum + l.length + 1, 0)
  return { source: file.source, start: start + text.length - text.trimStart().length, end: start + text.trimEnd().length }
}

/**
 * The program under a header may end in statements that fail, for that is what the case is about. Such a failure is a row of
 * its own only if no check shows the same one and none records it.
 */
function checkRows(job: Job, loaded: Loaded | null, checked: ReadonlyMap<number, { outcome: Outcome; seconds: number }>): Row[] {
  const rows = job.checks.flatMap((check, i) => {
    const done = checked.get(i)
    return done ? [row(job, check.call, check.span, done.outcome, expectationOf(check, job.engine), done.seconds)] : []
  })
  const broken =
    loaded?.tests
      .filter(t => t.status === 'fail' || t.status === 'error')
      .map(t => row(job, t.name, null, testOutcome(t, job.file), PASS, 0)) ?? []
  const found = loaded?.failure ?? null
  const failure = found && failed(found)
  const recorded = (job.file.checks ?? []).flatMap(c => c.on.filter(k => k.engine === job.engine && k.expectation.kind === 'fails'))
  const shown =
    failure &&
    (rows.some(r => r.outcome.kind !== 'pass' && isSameFailure(r.outcome.diagnostic, found!)) ||
      recorded.some(k => isAsRecorded(failure, k.expectation)))
  return failure && !shown ? [row(job, PROGRAM, null, failure, PASS, loaded!.seconds), ...broken, ...rows] : [...broken, ...rows]
}

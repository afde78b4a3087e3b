/** Makes the report of a failing row, takes the program out of its text again, and runs that: only a text that shows the failure is given back. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../diagnostics/report.ts'
import type { Source } from '../../diagnostics/source.ts'
import { visibleText } from '../../diagnostics/visible.ts'
import type { Check } from '../case-file.ts'
import { type Limits, runTask, startChild } from '../child.ts'
import type { EngineName } from '../engines/table.ts'
import { withoutHeader } from '../header-text.ts'
import { diagnosticOf, failed, type Outcome } from '../outcome.ts'
import type { CheckTask } from '../protocol.ts'
import { endOutcome, type Row, testOutcome } from '../runner.ts'
import { isSameFailure, signature } from '../signature.ts'
import { ISSUE_LIMIT } from './compose.ts'
import { issueText } from './issue.ts'
import { firstBlock } from './markdown.ts'
import { passingRows, type RunFresh, workingModes } from './neighbours.ts'

export type Report = { readonly kind: 'report'; readonly markdown: string } | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }

/** A fresh process for one check, or for the program alone, whose first failing test counts as its failure. */
export function freshRuns(limits: Limits, plant: string | null, without: readonly string[]): RunFresh {
  return async (source, engine, check) => {
    let outcome: Outcome | null = null
    const task = { source, engine, verbose: true, plant, without, checks: check ? [check] : [], from: 0 }
    const end = await runTask(task, startChild(limits.megabytes, engine), limits.seconds, {
      output: () => {},
      message: message => {
        if (message.kind === 'checked') outcome = message.outcome
        if (message.kind === 'loaded' && !check) outcome = programOutcome(message, source)
      },
    })
    return outcome ?? (end.kind === 'done' ? { kind: 'pass', value: null, evidence: [] } : endOutcome(end, limits))
  }
}

function programOutcome(
  loaded: { failure: Diagnostic | null; tests: readonly Parameters<typeof testOutcome>[0][] },
  source: Source,
): Outcome {
  if (loaded.failure) return failed(loaded.failure)
  const test = loaded.tests.find(t => t.status === 'fail' || t.status === 'error')
  return test ? testOutcome(test, { source }) : { kind: 'pass', value: null, evidence: ['ran'] }
}

/** The span is taken away, for it points into the header, which a report does not show. */
function taskOf(check: Check): CheckTask {
  return { ...check, span: null }
}

/** A pass is nothing like a failure; two failures are the same when nothing but outer frames tells them apart. */
function sameOutcome(a: Outcome, b: Outcome): boolean {
  if (a.kind === 'pass' || b.kind === 'pass') return false
  const isFailure = a.kind === 'fail' || a.kind === 'unsupported'
  return isFailure ? a.kind === b.kind && isSameFailure(a.diagnostic, b.diagnostic) : signature(a) === signature(b)
}

/** A wrong value is no failure of the program by itself, so for it the check is made again; every other failure ends the program. */
function showsItself(outcome: Outcome): boolean {
  return outcome.kind === 'fail' || outcome.kind === 'unsupported'
}

/** Where the program that the report shows is said to stand. */
const NAME = 'mwe.jl'

/**
 * The program alone if it fails by itself in this way, as it does when its last statement is the failing call; else with the call
 * at its end. How it then fails is what the report tells, in lines of that program.
 */
async function failingProgram(
  row: Row,
  check: Check | null,
  engine: EngineName,
  runFresh: RunFresh,
): Promise<{ text: string; outcome: Outcome }> {
  const program = visibleText(withoutHeader(row.file.source)).replace(/^\n+/, '').replace(/\n*$/, '\n')
  const task = check && !showsItself(row.outcome) ? taskOf(check) : null
  const run = async (text: string) => ({ text, outcome: await runFresh({ name: NAME, text }, engine, task) })
  const alone = task ? null : await run(program)
  if (alone && (row.span === null || sameOutcome(alone.outcome, row.outcome))) return alone
  return run(row.span === null ? program : `${program}${visibleText(row.check)}\n`)
}

export interface ReportInput {
  readonly row: Row
  readonly engine: EngineName
  readonly rows: readonly Row[]
  readonly limits: Limits
  /** Id of the fault that is planted in the engine. */
  readonly plant: string | null
  /** Limits of the engine that are switched off. */
  readonly without: readonly string[]
  readonly environment: readonly (readonly [string, string])[]
}

export async function makeReport({ row, engine, rows, limits, plant, without, environment }: ReportInput): Promise<Report> {
  const { outcome } = row
  if (outcome.kind === 'pass') return refuse(diagnostic('compare', 'report.nothing-fails', { file: row.file.source.name }, null))
  const runFresh = freshRuns(limits, plant, without)
  const check = row.file.checks?.find(c => c.span === row.span) ?? null
  const program = await failingProgram(row, check, engine, runFresh)
  if (!sameOutcome(program.outcome, outcome)) return notReproduced(outcome, program.outcome)
  const found = diagnosticOf(program.outcome)!
  const neighbours = await workingModes({ name: NAME, text: withoutHeader(row.file.source) }, engine, check && taskOf(check), runFresh)
  const instead = [...passingRows(row, rows), ...neighbours]
  const composed = issueText({ row, found, program: program.text, check, instead, plant, environment })
  if (composed.kind === 'too-long')
    return refuse(diagnostic('compare', 'report.too-long', { length: composed.length, limit: ISSUE_LIMIT }, null))
  const taken = firstBlock(composed.text, 'julia')
  if (taken === null) return notReproduced(outcome, { kind: 'pass', value: null, evidence: [] })
  const again = await runFresh({ name: NAME, text: taken }, engine, check && !showsItself(outcome) ? taskOf(check) : null)
  return sameOutcome(again, outcome) ? { kind: 'report', markdown: composed.text } : notReproduced(outcome, again)
}

function notReproduced(expected: Outcome, found: Outcome): Report {
  const span = diagnosticOf(found)?.primary?.span ?? null
  return refuse(diagnostic('compare', 'report.not-reproduced', { expected: signature(expected), found: signature(found) }, span))
}

function refuse(found: Diagnostic): Report {
  return { kind: 'refused', diagnostic: found }
}

/** Only letters that every file system takes. */
export function reportName(row: Row): string {
  const slug = (text: string) => text.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^[-.]+|[-.]+$/g, '')
  const file = slug(row.file.source.name.replace(/^.*[\\/]/, '').replace(/\.jl$/, '')) || 'case'
  const code = row.outcome.kind === 'pass' ? 'pass' : row.outcome.diagnostic.code
  return `${file}.${slug(row.engine)}.${code}.md`
}

export function isReportable(row: Row): boolean {
  return row.outcome.kind !== 'pass' && row.outcome.kind !== 'unsupported' && row.verdict !== 'stale'
}

/** Makes the report of a failing row, takes the program out of its text again, and runs that: only a text that shows the failure is given back. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../diagnostics/report.ts'
import type { Source } from '../../diagnostics/source.ts'
import { visibleText } from '../../diagnostics/visible.ts'
import type { Check } from '../case-file.ts'
import { type Limits, runTask, startChild } from '../child.ts'
import type { EngineName } from '../engines/table.ts'
import { withoutHeader } from '../header-text.ts'
import { failed, type Outcome } from '../outcome.ts'
import type { CheckTask } from '../protocol.ts'
import { endOutcome, type Row, testOutcome } from '../runner.ts'
import { isSameFailure, signature } from '../signature.ts'
import { ISSUE_LIMIT } from './compose.ts'
import { issueText } from './issue.ts'
import { firstBlock } from './markdown.ts'
import { passingRows, type RunFresh, workingModes } from './neighbours.ts'

export type Report = { readonly kind: 'report'; readonly markdown: string } | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }

/** A fresh process for one check, or for the program alone, whose first failing test counts as its failure. */
export function freshRuns(limits: Limits): RunFresh {
  return async (source, engine, check) => {
    let outcome: Outcome | null = null
    const task = { source, engine, verbose: false, checks: check ? [check] : [], from: 0 }
    const end = await runTask(task, startChild(limits.megabytes), limits.seconds, {
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

function taskOf(check: Check): CheckTask {
  return { ...check }
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

/** The program alone if it fails by itself in this way, as it does when its last statement is the failing call; else with the call at its end. */
async function failingProgram(row: Row, engine: EngineName, runFresh: RunFresh): Promise<string> {
  const text = visibleText(withoutHeader(row.file.source)).replace(/^\n+/, '').replace(/\n*$/, '\n')
  if (row.span === null) return text
  if (showsItself(row.outcome)) {
    const alone = await runFresh({ name: 'mwe.jl', text }, engine, null)
    if (sameOutcome(alone, row.outcome)) return text
  }
  return `${text}${visibleText(row.check)}\n`
}

export interface ReportInput {
  readonly row: Row
  readonly engine: EngineName
  readonly rows: readonly Row[]
  readonly limits: Limits
  readonly environment: readonly (readonly [string, string])[]
}

export async function makeReport({ row, engine, rows, limits, environment }: ReportInput): Promise<Report> {
  const { outcome } = row
  if (outcome.kind === 'pass') return refuse(diagnostic('compare', 'report.nothing-fails', { file: row.file.source.name }, null))
  const runFresh = freshRuns(limits)
  const check = row.file.checks?.find(c => c.span === row.span) ?? null
  const program = await failingProgram(row, engine, runFresh)
  const neighbours = await workingModes({ name: 'mwe.jl', text: withoutHeader(row.file.source) }, engine, check && taskOf(check), runFresh)
  const composed = issueText({
    row,
    found: outcome.diagnostic,
    program,
    check,
    instead: [...passingRows(row, rows), ...neighbours],
    environment,
  })
  if (composed.kind === 'too-long')
    return refuse(diagnostic('compare', 'report.too-long', { length: composed.length, limit: ISSUE_LIMIT }, null))
  const taken = firstBlock(composed.text, 'julia')
  const source = { name: 'mwe.jl', text: taken ?? '' }
  const again = await runFresh(source, engine, check && !showsItself(outcome) ? taskOf(check) : null)
  if (taken !== null && sameOutcome(again, outcome)) return { kind: 'report', markdown: composed.text }
  return refuse(
    diagnostic(
      'compare',
      'report.not-reproduced',
      { expected: signature(outcome), found: signature(again) },
      again.kind === 'pass' ? null : (again.diagnostic.primary?.span ?? null),
    ),
  )
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

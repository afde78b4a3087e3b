/** The verdict on one outcome, given what is recorded for it. Green are a pass and a known failure that fails in the known way; all else is red. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { Span } from '../diagnostics/source.ts'
import { type Expectation, expectationText, isAsRecorded } from './expectation.ts'
import type { Outcome, OutcomeKind } from './outcome.ts'

export type Verdict =
  | 'pass'
  | 'known failure'
  | 'unexpected failure'
  | 'other failure'
  | 'unexpected pass'
  | 'wrong value'
  | 'nondeterministic'
  | 'timeout'
  | 'crash'
  | 'unsupported'
  | 'stale'

const GREEN: ReadonlySet<Verdict> = new Set<Verdict>(['pass', 'known failure'])

export function isGreen(verdict: Verdict): boolean {
  return GREEN.has(verdict)
}

const UNEXPECTED: Readonly<Record<Exclude<OutcomeKind, 'pass'>, Verdict>> = {
  fail: 'unexpected failure',
  'wrong-value': 'wrong value',
  nondeterministic: 'nondeterministic',
  timeout: 'timeout',
  crash: 'crash',
  unsupported: 'unsupported',
}

export function verdictOf(outcome: Outcome, expected: Expectation): Verdict {
  if (expected.kind === 'pass') return outcome.kind === 'pass' ? 'pass' : UNEXPECTED[outcome.kind]
  if (outcome.kind === 'pass') return 'unexpected pass'
  return isAsRecorded(outcome, expected) ? 'known failure' : 'other failure'
}

export function unexpectedPass(engine: string, expected: Expectation, span: Span | null): Diagnostic {
  return diagnostic('compare', 'check.unexpected-pass', { engine, expected: expectationText(expected) }, span)
}

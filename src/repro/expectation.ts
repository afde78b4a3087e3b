/** What a case records about an engine: the text behind `on: { engine: … }`. */
import { type Outcome, patternOf } from './outcome.ts'
import { signature } from './signature.ts'

export type Expectation =
  | { readonly kind: 'pass' }
  /** The code of the diagnostic, or a whole signature (it has a slash) for those who want to hold more. */
  | { readonly kind: 'fails'; readonly as: string }
  /** The pattern of the wrong value: `zero`, `factor 2`, `transposed`, … */
  | { readonly kind: 'wrong'; readonly pattern: string }

export const EXPECTATION = /^(?:pass|fails [a-z0-9-]+(?:\.[a-z0-9-]+)+|fails [a-z]+\/\S+|wrong [a-z][a-z0-9. /-]*)$/

/** `text` must match EXPECTATION. */
export function readExpectation(text: string): Expectation {
  if (text.startsWith('fails ')) return { kind: 'fails', as: text.slice(6) }
  if (text.startsWith('wrong ')) return { kind: 'wrong', pattern: text.slice(6) }
  return { kind: 'pass' }
}

export function expectationText(e: Expectation): string {
  return e.kind === 'pass' ? 'pass' : e.kind === 'fails' ? `fails ${e.as}` : `wrong ${e.pattern}`
}

/** Does a failure happen in the way that is recorded? */
export function isAsRecorded(outcome: Outcome, e: Expectation): boolean {
  if (e.kind === 'pass') return outcome.kind === 'pass'
  if (e.kind === 'wrong') return patternOf(outcome) === e.pattern
  if (outcome.kind === 'pass') return false
  return e.as.includes('/') ? signature(outcome) === e.as : outcome.kind !== 'wrong-value' && outcome.diagnostic.code === e.as
}

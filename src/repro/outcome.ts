/** How one check on one engine ended. Plain data: it crosses processes. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Plain, Value } from '../engine/index.ts'

export type Outcome =
  /** `evidence` says what was compared: `ran`, `twice the same`, `the given value`, `forward mode`, … */
  | { readonly kind: 'pass'; readonly value: Value | null; readonly evidence: readonly string[] }
  | { readonly kind: 'fail'; readonly diagnostic: Diagnostic }
  /** `expected` is what an oracle says, as exactly as it can. */
  | {
      readonly kind: 'wrong-value'
      readonly pattern: string
      readonly value: Value
      readonly expected?: Plain
      readonly diagnostic: Diagnostic
    }
  | { readonly kind: 'nondeterministic'; readonly diagnostic: Diagnostic }
  | { readonly kind: 'timeout'; readonly diagnostic: Diagnostic }
  | { readonly kind: 'crash'; readonly cause: 'memory' | 'died'; readonly diagnostic: Diagnostic }
  /** The program needs something outside the supported subset: never a reproduction of anything. */
  | { readonly kind: 'unsupported'; readonly diagnostic: Diagnostic }

export type OutcomeKind = Outcome['kind']

/** An OutOfMemoryError is the engine's own limit on arrays at work: the same as being ended by the system's. */
export function failed(diagnostic: Diagnostic): Outcome {
  if (diagnostic.exception === 'OutOfMemoryError') return { kind: 'crash', cause: 'memory', diagnostic }
  return { kind: diagnostic.blame === 'unsupported' ? 'unsupported' : 'fail', diagnostic }
}

export function diagnosticOf(outcome: Outcome): Diagnostic | null {
  return outcome.kind === 'pass' ? null : outcome.diagnostic
}

export function patternOf(outcome: Outcome): string | null {
  return outcome.kind === 'wrong-value' ? outcome.pattern : null
}

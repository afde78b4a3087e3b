/** What the process that runs candidates is told, and what it tells. */
import type { Blame } from '../../../diagnostics/diagnostic.ts'
import type { Plain } from '../../../engine/index.ts'
import type { EngineName } from '../../engines/table.ts'
import type { Range } from '../patch.ts'

/** Makes a process a server of candidates; it stays until it is ended. */
export interface CandidateWork {
  readonly kind: 'candidates'
  readonly engine: EngineName
  /** Id of a fault that is planted in the engine. */
  readonly plant: string | null
}

/** How the value of the last statement is judged. */
export type ValueOracle =
  /** By what the engine without limits gives for the same program. */
  | { readonly kind: 'plain engine' }
  /** By the ladder of oracles, as a check without a value is. */
  | { readonly kind: 'ladder' }
  /** By a value that is known, or an expression that gives it. */
  | { readonly kind: 'given'; readonly value: Plain | undefined; readonly equals: string | null }

export interface ValueCheck {
  readonly oracle: ValueOracle
  readonly rtol: number
  readonly atol: number | null
  readonly stateful: boolean
}

export interface CandidateRequest {
  readonly id: number
  readonly text: string
  /** Null: only whether it runs. Else the last statement is a call whose value is judged. */
  readonly check: ValueCheck | null
  /** It changes the library, or what programs share: it gets a session of its own. */
  readonly isolated: boolean
  /** Does it fail; what makes the value of its last statement wrong; what does it print? */
  readonly wants: 'verdict' | 'origin' | 'output'
}

/** What makes a value wrong, as far as that is found. */
export interface Origin {
  /** `rule f64.sin`, `pass fold`, `not-finite f64.div`. */
  readonly what: string
  /** In the text of the candidate. */
  readonly at: Range | null
}

/** What a candidate shows. */
export type Found =
  | { readonly kind: 'pass'; readonly output: string }
  | {
      readonly kind: 'failure'
      readonly signature: string
      readonly code: string
      readonly blame: Blame
      readonly message: string
      /** In the text of the candidate. */
      readonly at: Range | null
      /** Where the statement of the file is in which it happened. */
      readonly top: number | null
      readonly output: string
    }
  | {
      readonly kind: 'wrong value'
      readonly signature: string
      readonly message: string
      readonly expected: Plain | undefined
      /** By the engine without limits and faults; else only nearly, by another mode or differences. */
      readonly isExact: boolean
      readonly found: Plain
      /** The Julia type of what was found. */
      readonly type: string
    }

export interface FoundOrigin {
  readonly kind: 'origin'
  readonly origin: Origin | null
}

export type CandidateMessage =
  | { readonly kind: 'up' }
  | { readonly kind: 'found'; readonly id: number; readonly found: Found | FoundOrigin; readonly megabytes: number }

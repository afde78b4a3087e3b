/** What a process that runs one program is told, and what it tells. Both sides are this package in the same version, so the types are the contract. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Source, Span } from '../diagnostics/source.ts'
import type { Plain, TestRecord } from '../engine/index.ts'
import type { EngineName } from './engines/table.ts'
import type { Outcome } from './outcome.ts'

export interface CheckTask {
  readonly call: string
  readonly span: Span | null
  readonly value: Plain | undefined
  readonly equals: string | null
  readonly rtol: number
  readonly atol: number | null
  readonly stateful: boolean
}

/** Loads the program, then makes the checks from number `from` on; no checks means that the program is all there is. */
export interface Task {
  readonly source: Source
  readonly engine: EngineName
  readonly verbose: boolean
  /** Id of a fault to plant in the engine. */
  readonly plant: string | null
  /** Limits of the engine that are switched off. */
  readonly without?: readonly string[]
  readonly checks: readonly CheckTask[]
  readonly from: number
  /** What the program prints is not wanted, and the process stays for another task of the same engine. */
  readonly stays?: boolean
}

/** What the program prints goes to the standard output of the process; everything else comes as one of these. */
export type Message =
  /** The engine is loaded; what comes now is the program's own time. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'loaded'; readonly failure: Diagnostic | null; readonly tests: readonly TestRecord[]; readonly seconds: number }
  /** What the engine warns of. */
  | { readonly kind: 'warned'; readonly warnings: readonly Diagnostic[] }
  | { readonly kind: 'checked'; readonly index: number; readonly outcome: Outcome; readonly seconds: number }
  /** `again`: another program in this process would find nothing of this one. */
  | { readonly kind: 'done'; readonly again: boolean }

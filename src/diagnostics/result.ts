/** One result of a command, as the outputs for machines take it: what was checked, where, and what came of it. Its texts are whatever a case holds. */
import type { Diagnostic } from './diagnostic.ts'
import type { Span } from './source.ts'

/** `known`: it fails as is recorded. `fail`: not as recorded. `error`: it could not be run, or its process died or took too long. */
export type ResultState = 'pass' | 'known' | 'fail' | 'error'

export interface Result {
  readonly state: ResultState
  readonly file: string
  /** The check or the test. */
  readonly name: string
  /** Null for what was not run on an engine, such as a header that cannot be read. */
  readonly engine: string | null
  readonly seconds: number
  /** One line; empty for a pass. */
  readonly why: string
  readonly diagnostic: Diagnostic | null
  /** In `file`; null for the file as a whole. */
  readonly at: Span | null
  /** The same failure has the same signature; empty for a pass. */
  readonly signature: string
}

export function isBad(result: Result): boolean {
  return result.state === 'fail' || result.state === 'error'
}

export function resultName(result: Result): string {
  return result.engine === null ? result.name : `${result.name} on ${result.engine}`
}

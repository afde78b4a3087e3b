/** What the process that tries faults is told, and what it tells. */
import type { CaseFile } from '../case-file.ts'
import type { Baseline, Found, Noticed } from './mutant.ts'

/** Makes a process one that tries faults; it stays until it is ended. */
export interface MutantWork {
  readonly kind: 'mutants'
}

export type MutantRequest =
  | { readonly kind: 'baseline'; readonly file: CaseFile }
  | { readonly kind: 'notice'; readonly fault: string; readonly file: CaseFile; readonly passing: readonly number[] }
  | { readonly kind: 'by-itself'; readonly fault: string }
  | { readonly kind: 'blame'; readonly fault: string; readonly file: CaseFile; readonly call: string | null }

export interface MutantAnswers {
  readonly baseline: Baseline
  readonly notice: Noticed | null
  readonly 'by-itself': boolean
  readonly blame: Found
}

export type MutantMessage =
  | { readonly kind: 'up' }
  | { readonly kind: 'answer'; readonly answer: MutantAnswers[keyof MutantAnswers]; readonly megabytes: number }
  | { readonly kind: 'failed'; readonly why: string }

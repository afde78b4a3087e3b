/** What the reducer has to know of a language; everything else of it is in edits. */
import type { Patch, Range } from './patch.ts'

/** A program that was read: its text in canonical form, so that equal programs are equal texts. */
export interface Program {
  readonly text: string
  /** The same for programs that cannot but do the same; the text itself when not given. */
  readonly key?: string
  /** Offsets of its smallest pieces, rising; what is told of a piece is kept through all changes around it. */
  readonly marks: Int32Array
  /** Smaller is better, by the first number that differs. */
  readonly weight: readonly number[]
  readonly statements: number
}

interface Reading<P extends Program> {
  readonly program: P
  /** For each mark of the program, where it stood in the text that was read. */
  readonly from: Int32Array
}

export interface Language<P extends Program> {
  /** Null for what is not a program. */
  readonly read: (text: string) => Reading<P> | null
  /** Why a candidate need not be run; null if nothing is wrong at sight. */
  readonly objection: (candidate: P, original: P) => string | null
}

/**
 * When an edit is tried. `first`: once at the start, large cuts. `main`: again and again, until none of them applies. `last`: when
 * nothing else does; if one applies, the main ones are tried again. `pump`: it may make the program larger, if what follows makes it
 * smaller than before.
 */
export type List = 'first' | 'main' | 'last' | 'pump'

/** What tells the piece of the program at a range from all others, also when the program around it has changed. */
export type OriginOf = (range: Range) => string

/** A producer of patches. */
export interface Edit<P extends Program> {
  readonly id: string
  readonly list: List
  /** How many patches are tried together at first. */
  readonly together: number
  readonly patches: (program: P, originOf: OriginOf) => Iterable<Patch> | Promise<Iterable<Patch>>
}

export function isLighter(a: Program, b: Program): boolean {
  for (const [i, weight] of a.weight.entries()) if (weight !== b.weight[i]) return weight < b.weight[i]!
  return a.text.length !== b.text.length ? a.text.length < b.text.length : a.text < b.text
}

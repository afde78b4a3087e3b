import type { Code } from './catalogue.ts'
import type { Span } from './source.ts'
import type { Frame } from './stack.ts'

/** Where in the engine's life a failure happened. */
export type Phase =
  | 'parse'
  | 'lower'
  | 'infer'
  | 'activity'
  | 'forward'
  | 'augment'
  | 'reverse'
  | 'optimise'
  | 'verify'
  | 'emit'
  | 'run'
  | 'compare'

/** Whose fault: the program's, a declared limit of an engine, something outside the supported subset, or our own. */
export type Blame = 'case' | 'limit' | 'unsupported' | 'internal'

export type Severity = 'error' | 'warning' | 'note'

export interface Label {
  readonly span: Span
  readonly text: string
}

/** Replaces the text of a span; an empty span inserts. */
export interface Edit {
  readonly span: Span
  readonly text: string
}

/** A change of the program that can be applied as it stands. */
export interface Fix {
  /** What it does, as an order: `return nothing from f!`. */
  readonly title: string
  /** None of them overlap. */
  readonly edits: readonly Edit[]
}

/** A long text that `--verbose-errors` and the JSON show: IR, activity, tape layout. */
export interface Attachment {
  readonly title: string
  readonly text: string
}

/** Plain data; every message of every stage is one of these. */
export interface Diagnostic {
  readonly code: Code
  readonly severity: Severity
  readonly blame: Blame
  readonly phase: Phase
  readonly message: string
  /** Where it was found; null only when there is no source at all. */
  readonly primary: Label | null
  readonly secondary: readonly Label[]
  /** Facts, one a line: `while: …`, `known: …`. */
  readonly notes: readonly string[]
  /** What to do, as a), b), …; the letters are added when printing. */
  readonly help: readonly string[]
  /** What to do, ready to be applied; most likely first. */
  readonly fixes: readonly Fix[]
  /** Julia's (or Enzyme's) type of the exception this stands for, when there is one: `BoundsError`, `EnzymeMutabilityException`. */
  readonly exception: string | null
  /** Innermost frame first. */
  readonly stack: readonly Frame[]
  readonly attachments: readonly Attachment[]
}

/** Carries a diagnostic out of a stage of the compiler. It is a failure of the program or of a limit, never a bug of ours. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly diagnostic: Diagnostic

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message)
    this.diagnostic = diagnostic
  }
}

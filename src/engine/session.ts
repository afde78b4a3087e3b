/** What the rest of the house sees of the engine: a session loads one program and evaluates calls in it. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Source } from '../diagnostics/source.ts'

/**
 * `none`: no artificial limits. The others have the known limits of another engine (4-ad/limits.ts): those of one release, where that is named
 * (`enzyme-0.13.30@julia-1.10`), else those of all.
 */
export type Profile = 'none' | 'zygote' | 'enzyme-0.13' | `enzyme-0.13${'.' | '@'}${string}`

/** How a limit makes itself known. `compile`: a throw before anything runs; `emitted`: a throw in the derivative, where that comes to it. */
export type Delivery = 'compile' | 'emitted' | 'warning' | 'abort' | 'wrong-value'

/** One known limit of another engine, as `adrepro limits` lists it. */
export interface LimitInfo {
  readonly id: string
  readonly profile: 'enzyme-0.13' | 'zygote'
  /** Where it is known: `EnzymeAD/Enzyme.jl#2640`. */
  readonly upstream: string
  readonly url: string
  /** Versions that have it. */
  readonly versions: string
  /** The decision at which it is consulted, and the fact that decides. */
  readonly point: string
  readonly delivery: Delivery
  /** Code of its message; null when all there is to see is a wrong value. */
  readonly code: string | null
}

export interface SessionOptions {
  readonly profile: Profile
  /** Limits of the profile that are switched off, by id. */
  readonly without?: readonly string[]
  /** Standard output of the program (`println`, `@show`, …), in pieces. */
  readonly write: (text: string) => void
  /** Verify the IR after every stage. */
  readonly verbose: boolean
  /** A program that is run first, out of sight: the session's own program finds compiled what it has in common with it. */
  readonly warmUp?: Source
  /** Run with the IR interpreter instead of emitted JavaScript, and without passes: the slow judge. */
  readonly interpret?: boolean
  /** Id of a fault to plant in the engine, for testing the tools (`faults.ts`). */
  readonly fault?: string | null
  /** Takes a note of each place of a fault that the engine comes by. */
  readonly touched?: Set<string>
  /** Keep account of the tapes of derivatives. */
  readonly measureTapes?: boolean
  /** Told how many bytes are about to be taken for the elements of an array or for a larger stack of a tape that is measured. */
  readonly onMemory?: (bytes: number) => void
}

/** Plain data of a Julia value, for checks and JSON: numbers, booleans, strings, nested arrays (row by row for matrices), tuples as arrays. */
export type Plain = number | boolean | string | null | readonly Plain[] | { readonly [field: string]: Plain }

export interface Value {
  /** As Julia's REPL shows it (`show` form): `[1.0 2.0; 3.0 4.0]`. */
  readonly shown: string
  /** Type as Julia prints it: `Matrix{Float64}`. */
  readonly type: string
  /** NaN and ±Inf are numbers here; JSON output turns them into strings. `{ opaque: shown }` is `shown` when there is no plain form. */
  readonly plain: Plain
  /** Sizes when it is an array, else null. */
  readonly size: readonly number[] | null
}

export type TestStatus = 'pass' | 'fail' | 'error' | 'broken'

export interface TestRecord {
  /** The expression or the testset path: `outer / inner: x ≈ y`. */
  readonly name: string
  readonly status: TestStatus
  readonly file: string
  readonly line: number
  readonly message: string
}

export type Evaluated = { readonly kind: 'value'; readonly value: Value } | { readonly kind: 'failure'; readonly diagnostic: Diagnostic }

export type Stage = 'ast' | 'types' | 'ir' | 'forward' | 'augmented' | 'reverse' | 'optimised' | 'js'

export interface Session {
  /** Runs a program's top-level statements in order, up to the first failure. Tests met so far are in `tests()`. Never throws for a failure of the program. */
  load(source: Source): { readonly failure: Diagnostic | null }
  tests(): readonly TestRecord[]
  /**
   * Forgets the program, so that another can be loaded; what both have of the library is not compiled again. A program that changed
   * the library, by methods for types that are not its own, leaves that behind. Random numbers begin again.
   */
  restart(): void
  /** Has nothing that was run left anything behind that a program would find after `restart()`? */
  leavesNoTrace(): boolean
  /** Where what programs print goes from now on. */
  writeTo(write: (text: string) => void): void
  /** Switches limits of the profile off, before the first program; false if it is too late for that. */
  switchOff(ids: readonly string[]): boolean
  /** From now on failures come without IR and analyses: nobody is going to read them. */
  beBrief(): void
  /** What was found worth a warning so far. */
  warnings(): readonly Diagnostic[]
  /** Bytes that the tapes of derivatives held when they were fullest, all tapes so far; 0 if they are not measured. */
  tapeBytes(): number
  /** Evaluates one expression in the loaded program (module Main). */
  evaluate(expression: Source): Evaluated
  /** A stage of what `expression` compiles to, as text; `pass` names a pass after which to look. */
  show(expression: Source, stage: Stage, pass: string | null): { readonly text: string } | { readonly failure: Diagnostic }
}

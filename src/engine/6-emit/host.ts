/** What the runtime asks of the pipeline: Julia types by number, calls that are compiled while the program runs, exceptions. */
import { InternalError } from '../../diagnostics/bug.ts'
import type { JType } from '../2-types/type.ts'
import type { DynamicMode, Module, Type } from '../3-ir/ir.ts'
import type { ArrayObject, Boxed } from '../3-ir/memory.ts'

/** A field of a Julia exception that the engine itself throws; the host makes a Julia value of it. */
export type ExceptionField =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'symbol'; readonly value: string }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  /** The array, the type of its reference, which several Julia types can have, and which one it is, as Julia prints it, where that is known. */
  | { readonly kind: 'array'; readonly value: ArrayObject; readonly type: Type | null; readonly julia: string | null }
  /** Julia type number. */
  | { readonly kind: 'type'; readonly value: number }
  /** A type of Base by name. */
  | { readonly kind: 'type-name'; readonly value: string }
  | { readonly kind: 'boxed'; readonly value: Boxed }

/** `show(io, x)`, `print(io, x)`, `show(io, MIME"text/plain"(), x)`, `showerror(io, x)`, `summary(io, x)` and `showarg(io, x, true)`. */
export type ShowForm = 'show' | 'print' | 'plain' | 'error' | 'summary' | 'showarg'

/** For a host without a program: nothing is code. */
export function withoutCode(): CodeHost {
  const absent = (): never => {
    throw new InternalError('this host has no code as values')
  }
  return { build: absent, parse: absent, evaluate: absent, expand: absent, text: absent }
}

/** Code as values. */
export interface CodeHost {
  /** The Expr (or symbol, or literal) that `form`, as JSON, stands for. */
  readonly build: (form: string, holes: readonly Boxed[]) => Boxed
  readonly parse: (text: string) => Boxed
  /** Runs code at the top level of a module. */
  readonly evaluate: (module: Boxed, code: Boxed) => Boxed
  /** Code with what its calls of macros stand for; `deep`, also those inside of it. */
  readonly expand: (module: Boxed, code: Boxed, deep: boolean) => Boxed
  /** As Julia prints an expression. */
  readonly text: (code: Boxed) => string
}

/** Common mistakes that a program makes while it runs. */
export interface MisuseHost {
  readonly hint: (exception: Boxed, code: string) => void
  readonly notice: (code: string) => void
  readonly isNonzero: (shadow: ArrayObject) => boolean
  readonly enteredAsLeft: (shadow: ArrayObject) => boolean
  readonly left: (shadow: ArrayObject) => void
}

export interface Host {
  /** Nobody looks for mistakes if missing. */
  readonly misuse?: MisuseHost
  readonly code: CodeHost
  /** Types, structs and globals as far as compiled; it grows. */
  readonly module: Module
  /** Julia type number `n` of `module.types`. */
  readonly typeAt: (n: number) => JType
  /** `typeof(x)` as a value. */
  readonly typeOf: (value: Boxed) => Boxed
  readonly isSubtype: (type: number, of: number) => boolean
  readonly dynamicCall: (path: readonly DynamicMode[], args: readonly unknown[]) => readonly unknown[]
  /** The exception `name` of Base with these fields. */
  readonly exception: (name: string, fields: readonly ExceptionField[]) => Boxed
  /** The Julia exception that a failure found while the program runs stands for (a MethodError of a dynamic call); null if `try` must not catch it. */
  readonly exceptionOfFailure: (error: Error) => Boxed | null
  /** A value of a type as a boxed value. */
  readonly box: (type: JType, leaves: readonly unknown[]) => Boxed
  /** Text of a value for which the program (or Base, in Julia) defines `show`; null if it does not. */
  readonly customShow: (value: Boxed, form: ShowForm, compact?: boolean) => string | null
  /** The key of a value whose type has a `hash` of the program; null for others. */
  readonly customKey: (type: JType, leaves: readonly unknown[]) => string | null
  /** Base's `collect`: an Array of the elements of any other array, range, set or dictionary (of its pairs); null if there is none. */
  readonly collect: (value: Boxed) => Boxed | null
  /** Number of methods of a function object. */
  readonly methodCount: (type: JType) => number
  /** Why no method of a function was called for these types: signatures of the methods that fit equally well, or of those that come close. */
  /** Do modules that this one uses export different things under the name? */
  readonly isAmbiguous: (module: JType, name: string) => boolean
  readonly candidates: (
    callee: JType,
    args: readonly JType[],
    keywords: readonly string[],
  ) => { readonly ambiguous: boolean; readonly methods: readonly string[] }
  /** Standard output. */
  readonly write: (text: string) => void
  /** `Test`: status (`pass`, `fail`, `error`, `broken`, `enter`, `leave`), expression, message, line. */
  readonly recordTest: (status: string, expression: string, message: string, line: number) => void
}

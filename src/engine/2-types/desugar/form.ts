/** Code as plain data: what Julia's `Expr` holds. */
import { positionAt, type Span } from '../../../diagnostics/source.ts'
import type { Node } from '../../1-syntax/ast.ts'

/** Plain data, so that a quoted expression can stand in the compiled code as text. */
export type Form =
  | { readonly kind: 'expr'; readonly head: string; readonly args: readonly Form[] }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'int'; readonly value: string }
  | { readonly kind: 'uint'; readonly value: string; readonly bits: 8 | 16 | 32 | 64 | 128 }
  | { readonly kind: 'float' | 'float32' | 'char'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'nothing' }
  /** A LineNumberNode. */
  | { readonly kind: 'line'; readonly line: number; readonly file: string }
  /** A QuoteNode. */
  | { readonly kind: 'quoted'; readonly value: Form }
  /** `$x`: the value with this number is put in; all of its elements after `...`. */
  | { readonly kind: 'hole'; readonly index: number; readonly splat: boolean }

/** A form in which a value that is no code stands at its place already. */
export type Filled =
  | Form
  | { readonly kind: 'node'; readonly node: Node }
  | FilledExpr
  | { readonly kind: 'quoted'; readonly value: Filled }

export interface FilledExpr {
  readonly kind: 'expr'
  readonly head: string
  readonly args: readonly Filled[]
}

export const symbol = (name: string): Form => ({ kind: 'symbol', name })
export const expr = (head: string, args: readonly Form[]): Form => ({ kind: 'expr', head, args })

export function lineForm(span: Span): Form {
  return { kind: 'line', line: positionAt(span.source, span.start).line, file: span.source.name }
}

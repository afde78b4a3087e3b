import type { Span } from '../../diagnostics/source.ts'

/**
 * The syntax tree: leaves, and trees whose children stand in source order (as in JuliaSyntax, whose kind names are used),
 * so that printing it, rewriting it and quoting it need no table of shapes. What a stage wants of a shape it reads through
 * its own accessors; `desugar` is the only stage that knows all shapes.
 */
export type Node = Leaf | Tree

export type Leaf =
  /** Names, operators as names, `var"…"`. `raw` is true for `var"…"`. */
  | { readonly kind: 'Identifier'; readonly name: string; readonly span: Span }
  /** Name of a macro without the `@`. */
  | { readonly kind: 'MacroName'; readonly name: string; readonly span: Span }
  | { readonly kind: 'Bool'; readonly value: boolean; readonly span: Span }
  /** Decimal integers are Int64 (exact bigint, the user of it checks the range). */
  | { readonly kind: 'Integer'; readonly value: bigint; readonly span: Span }
  /** `0x..`, `0b..`, `0o..`: unsigned; `bits` is the width the number of digits gives. */
  | { readonly kind: 'UInteger'; readonly value: bigint; readonly bits: 8 | 16 | 32 | 64 | 128; readonly span: Span }
  | { readonly kind: 'Float'; readonly value: number; readonly span: Span }
  | { readonly kind: 'Float32'; readonly value: number; readonly span: Span }
  /** One Unicode code point. */
  | { readonly kind: 'Char'; readonly value: number; readonly span: Span }
  /** A piece of a string, escapes resolved. */
  | { readonly kind: 'String'; readonly value: string; readonly span: Span }

export interface Tree {
  readonly kind: TreeKind
  /** How a call was written. `prefix` for everything that is not an operator call. */
  readonly form: 'prefix' | 'infix' | 'prefix-op' | 'postfix-op'
  /** A trailing comma, `;` count, raw string, short form …: what the s-expression shows as a flag, e.g. `tuple-p`, `typed_ncat-3`. */
  readonly flag: string
  readonly args: readonly Node[]
  readonly span: Span
}

/** JuliaSyntax heads (version 1 names). */
export type TreeKind =
  | 'toplevel' | 'block' | 'begin' | 'module' | 'call' | 'dotcall' | '=' | '.=' | 'op=' | '.op=' | 'function' | 'macro' | '->' | 'do'
  | 'if' | 'elseif' | '?' | 'while' | 'for' | 'iteration' | 'in' | 'let' | 'try' | 'catch' | 'else' | 'finally' | 'return' | 'break' | 'continue'
  | 'struct' | 'abstract' | 'primitive' | 'const' | 'global' | 'local' | 'using' | 'import' | 'export' | 'public' | 'importpath' | 'as' | ':'
  | 'tuple' | 'parameters' | 'kw' | '...' | 'curly' | 'where' | '::' | '<:' | '>:' | '.' | 'ref' | 'vect' | 'hcat' | 'vcat' | 'ncat' | 'row' | 'nrow'
  | 'typed_hcat' | 'typed_vcat' | 'typed_ncat' | 'comprehension' | 'typed_comprehension' | 'generator' | 'filter' | 'cartesian_iterator'
  | 'comparison' | '&&' | '||' | '.&&' | '.||' | 'juxtapose' | 'string' | 'char' | 'cmdstring' | 'quote' | '$' | 'macrocall' | 'doc' | 'parens' | 'braces' | 'bracescat'

import type { Span } from '../../diagnostics/source.ts'

/**
 * The syntax tree: leaves, and trees whose children stand in source order (as in JuliaSyntax 1, whose kind names are used),
 * so that printing it, rewriting it and quoting it need no table of shapes. What a stage wants of a shape it reads through
 * its own accessors; `desugar` is the only stage that knows all shapes.
 */
export type Node = Leaf | Tree

export type Leaf =
  /**
   * Names, operators as names (`+` in `a + b` and in `f(+)`), `:` in `a[:, 1]`, `end` and `begin` in `a[begin:end]`, `var"…"`.
   * `raw` is true for `var"…"` only, so the index `end` is the Identifier named `end` that is not raw.
   */
  | { readonly kind: 'Identifier'; readonly name: string; readonly raw: boolean; readonly span: Span }
  /**
   * Name of a macro without the `@`: `show`, `.` for `@.`, `raw_str` for `raw"…"`, `x_cmd` for `` x`…` ``.
   * `written` says how it was written; `var` is `@var"…"`.
   */
  | { readonly kind: 'MacroName'; readonly name: string; readonly written: 'at' | 'var' | 'string' | 'command'; readonly span: Span }
  | { readonly kind: 'Bool'; readonly value: boolean; readonly span: Span }
  /** Decimal integers are Int64 (exact bigint, the user of it checks the range). A sign directly before a literal is part of it: `-2`. */
  | { readonly kind: 'Integer'; readonly value: bigint; readonly span: Span }
  /** `0x..`, `0b..`, `0o..`: unsigned; `bits` is the width the number of digits gives. */
  | { readonly kind: 'UInteger'; readonly value: bigint; readonly bits: 8 | 16 | 32 | 64 | 128; readonly span: Span }
  | { readonly kind: 'Float'; readonly value: number; readonly span: Span }
  | { readonly kind: 'Float32'; readonly value: number; readonly span: Span }
  /** One Unicode code point. */
  | { readonly kind: 'Char'; readonly value: number; readonly span: Span }
  /** A piece of a string, escapes resolved. Always a child of `string` or `cmdstring`, or the suffix of a string macro. */
  /** `lines`: of a triple-quoted text of several, by the line breaks in the file; together they are the value. */
  | { readonly kind: 'String'; readonly value: string; readonly lines?: readonly string[]; readonly span: Span }

export interface Tree {
  readonly kind: TreeKind
  /** How a `call`, `dotcall`, `::`, `<:` or `>:` was written. `prefix` for everything that is not written with an operator. */
  readonly form: 'prefix' | 'infix' | 'prefix-op' | 'postfix-op'
  /** What the s-expression shows after the kind, without the first dash: `p` `,` `p-,` `:` `;` `=` `mut` `bare` `s` `r` `s-r` `3`; or empty. */
  readonly flag: string
  readonly args: readonly Node[]
  readonly span: Span
}

/**
 * JuliaSyntax heads (version 1 names), with their children. `x*` is any number of x, `x?` one or none, `|` either.
 * A `block` that is a body has no flag and is always there, even empty; the same kind stands for `begin … end`.
 */
// biome-ignore format: kinds with the same children share a line
export type TreeKind =
  // --- Sequences
  /** statement*. Flag `;` on the inner ones that stand for `a; b` on one line of the file: (toplevel (toplevel-; a b) c). */
  | 'toplevel'
  /** statement*. A body, or `begin … end`, or with flag `p` `(a; b)`. */
  | 'block'
  /** [x]: `(x)` that only groups; never around tuples or blocks. */
  | 'parens'
  /** [string, documented]. The first child is a `string` tree (or a string macrocall). Only in files, modules, types, `begin` and `quote`. */
  | 'doc'
  // --- Calls. An operator is an Identifier without its dot; a dotted call has kind dotcall
  /**
   * prefix [callee, argument*]; infix [left, op, right, more*] where `more` is only for chained `+`, `*`, `++` and `a:b:c`;
   * prefix-op [op, x]; postfix-op [x, op] (only `'` and suffixed primes like `'ᵀ`). Flag `,` for a trailing comma.
   * Keyword arguments are `=` trees among the arguments; what follows `;` is in `parameters` trees (one for each `;`);
   * `f(x) do y … end` has a last child `do`; `f(g for …)` has a `generator` child. `in`, `isa`, `=>`, `|>`, `:` and unary `!` are calls.
   */
  | 'call'
  /** The same children as `call`: `f.(x)`, `a .+ b`, `.-x`, `a .= b` excepted. */
  | 'dotcall'
  /** [factor, factor+]: `2x`, `2(x)`, `(x-1)y`, `2x'y` is (juxtapose 2 (call-post x ') y). */
  | 'juxtapose'
  /** [x, op, y, op, z, …], two or more operators. A dotted operator is the one-child tree (. op). */
  | 'comparison'
  /** [left, right]. */
  | '&&' | '||' | '.&&' | '.||'
  /** [test, then, else]. */
  | '?'
  /** [left, right]: only the plain `-->`. */
  | '-->'
  /** infix [value, type]; prefix-op [type] (`::T` as an argument). */
  | '::'
  /** infix [left, right]; prefix-op [x] (`<:T`); prefix arguments* (`<:(a, b)`). */
  | '<:' | '>:'
  /** [x]: `$x`, `&x`. */
  | '$' | '&'
  /** [x]: `x...`. */
  | '...'
  /** [x, name] for `x.name`, where name is an Identifier, a `quote` (`x.:name`), a `string`, `$`, `parens` or a MacroName (`A.@m`); [op] for a dotted operator standing alone, `.+`. */
  | '.'
  /** [x, variable]: one for each `where`; several variables in braces are one `braces` child. */
  | 'where'
  /** [x, index*]: `x[i, j]`, `x[]`. */
  | 'ref'
  /** [x, parameter*]: `x{T}`. */
  | 'curly'
  // --- Assignment and definitions
  /** [left, right]. Also keyword arguments, default values, named tuple fields. */
  | '=' | '.='
  /** [left, right]: `a := b`, which only macros give a meaning. */
  | ':='
  /** [left, op, right]: `a += b` is (op= a + b); `.op=` for `a .+= b`. */
  | 'op=' | '.op='
  /**
   * [signature, body]: long form, body is a block; or [name] for `function f end`. Flag `=` for the short form `f(x) = body`, body any
   * expression. signature: `call` (maybe within `::` infix, `where`, `parens`, in any nesting), or for an anonymous function `tuple`
   * with flag p (or the same inside `::`, `where`). In the short form `-(x) = …` has a prefix-op call of `parens`, `a + b = …` an infix one.
   */
  | 'function'
  /** [signature, block] or [name]. */
  | 'macro'
  /** [tuple, body], or [parens of where, body] for `(x where T) -> y`. `x -> y` has an unflagged tuple. body any expression. */
  | '->'
  /** [tuple, block]; last child of a call, dotcall or macrocall. */
  | 'do'
  /** [typename, block]; typename: name, `curly`, or `<:` of those. Flag `mut`. Fields: name, `::`, `const` of these; `doc` around. */
  | 'struct'
  /** [typename]. */
  | 'abstract'
  /** [typename, bits]. */
  | 'primitive'
  /** [name, block]. Flag `bare`. */
  | 'module'
  /** `const`: [=] or [global] or, in a struct, [field]. `global`, `local`: each declared name, `::`, or one assignment; or [const]. */
  | 'const' | 'global' | 'local'
  /** [importpath | as | :]*. `:` is [importpath, (importpath | as)*]; `as` is [importpath, name]. */
  | 'using' | 'import' | ':' | 'as'
  /** Leading Identifiers `.`, one for each dot, then the names: (importpath . . A b). The last may be a `quote`, `parens` or MacroName. */
  | 'importpath'
  /** name*: Identifier, MacroName, `$`, `parens`. */
  | 'export' | 'public'
  // --- Control
  /** [test, block, (elseif | block)?]. */
  | 'if' | 'elseif'
  /** [test, block]. */
  | 'while'
  /** [iteration, block]. */
  | 'for'
  /** in*: the loops of one `for`, the last one innermost in a `for` loop. */
  | 'iteration'
  /** [target, iterable], whichever of `=`, `in`, `∈` was written. target: name, tuple, `outer`, `::`. */
  | 'in'
  /** [target]: `for outer i in …`. */
  | 'outer'
  /** [block of bindings, block]. A binding is `=`, `function-=`, a name or `::`. */
  | 'let'
  /** [block, catch?, else?, finally?] (`finally` may come before `catch`). */
  | 'try'
  /** [variable, block], or [block] when no variable is named (the s-expression has □ in its place). */
  | 'catch'
  /** [block]. */
  | 'else' | 'finally'
  /** [x?]. */
  | 'return'
  /** []. */
  | 'break' | 'continue'
  // --- Tuples, arrays, generators
  /** element*, maybe ending in `parameters`. Flag `p` in parentheses, `,` trailing comma, `p-,` both. Elements `=` make it a named tuple. */
  | 'tuple'
  /** argument*: what follows a `;`. `=`, a bare name, `...`, `.`; later `;` make more of these beside it. */
  | 'parameters'
  /** element*: `[a, b]`, maybe with `parameters`. Flag `,`. */
  | 'vect'
  /** element*: `[a b]`. */
  | 'hcat'
  /** (row | element)*: `[a b; c d]`; a row of one element is that element. */
  | 'vcat'
  /** (nrow | row | element)*: flag is the dimension: `[a;;; b]` is (ncat-3 a b). */
  | 'ncat'
  /** element*: of a `vcat` or `ncat`, separated by spaces. */
  | 'row'
  /** Like `ncat`, nested inside one, of a lower dimension, which is its flag. */
  | 'nrow'
  /** [type, then the children of the untyped kind]. */
  | 'typed_hcat' | 'typed_vcat' | 'typed_ncat'
  /** [generator]. */
  | 'comprehension'
  /** [type, generator]. */
  | 'typed_comprehension'
  /** [body, (iteration | filter)+]: the first is the outermost loop. `for a in as, b in bs` is one iteration of two. */
  | 'generator'
  /** [iteration, condition]. */
  | 'filter'
  /** element*: `{a, b}`, after `where`. Flag `,`. */
  | 'braces'
  /** (row | nrow | element)*: `{a b}`. Flag as `ncat`. */
  | 'bracescat'
  // --- Literals and quoting
  /**
   * (String | expression)*: interpolations are any node (`$(x)` is `parens`, `$x` the name), at least one child. Flag `s` triple-quoted,
   * `r` raw (argument of a string macro). A text may be in several String pieces side by side.
   */
  | 'string'
  /** [String*]: flag `r` or `s-r`. `` `cmd` `` alone is this; not called. */
  | 'cmdstring'
  /** [x]: `:x`, `:(x)` with flag `:`, `:.+` holds the tree (. +); [block] for `quote … end`. */
  | 'quote'
  /**
   * [name, argument*]. name: MacroName, (. A MacroName) for `A.@m`, `macro_name` for `@A.m`. Flag `p` when written with parentheses.
   * String macros: [MacroName, string-r, suffix?], suffix a String leaf or a number. A `do` block is the last child.
   */
  | 'macrocall'
  /** [x]: x is `.` or `$`: `@A.m` is (macro_name (. A m)). */
  | 'macro_name'

/** Name of the macro a callee of `macrocall` stands for, without module and `@`; empty when it is interpolated. */
export function macroName(callee: Node): string {
  if (callee.kind === 'MacroName' || callee.kind === 'Identifier') return callee.name
  if (callee.kind === '.' || callee.kind === 'macro_name') {
    const last = callee.args[callee.args.length - 1]
    return last ? macroName(last) : ''
  }
  return ''
}

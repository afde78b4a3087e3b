/**
 * Core: what a Julia program is after desugaring. No types yet, no sugar any more: few kinds of expression, which the specialiser walks
 * once for each combination of argument types.
 *
 * Scopes are resolved here: a name is a `local` (an index into its function's table of locals), a static parameter, or a `global`.
 * A local that an inner function captures AND that is assigned after its capture (or more than once) is marked `boxed`.
 */
import type { Span } from '../../diagnostics/source.ts'
import type { Node } from '../1-syntax/ast.ts'

/** Index into `Code.locals`. */
export type LocalId = number

export interface Local {
  readonly name: string
  /** Captured by an inner function and reassigned: lives in a box that both share. */
  boxed: boolean
  /** An inner function assigns it, perhaps when the one that declares it has returned. */
  assignedInside?: true
  /** Boxed only because a `try` body assigns it, which Julia does without a box. */
  readonly forTry?: true
  /** Declared type of `x::T = …` / `local x::T`; assignments convert to it. */
  type: Core | null
  readonly span: Span
}

export type Literal =
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'uint'; readonly value: bigint; readonly bits: 8 | 16 | 32 | 64 | 128 }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'float32'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'char'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'symbol'; readonly value: string }
  | { readonly kind: 'nothing' }

/** An argument of a call; `splat` is `x...`. */
export interface Arg {
  readonly value: Core
  readonly splat: boolean
}

/** A keyword argument of a call: `name = value`, or `; kws...` (then `name` is null and `value` a NamedTuple, pairs or a Dict). */
export interface KeywordArg {
  readonly name: string | null
  readonly value: Core
}

export type Core =
  | { readonly kind: 'literal'; readonly value: Literal; readonly span: Span }
  | { readonly kind: 'local'; readonly id: LocalId; readonly span: Span }
  /** A variable of an enclosing function; index into `Code.captures`. */
  | { readonly kind: 'captured'; readonly index: number; readonly span: Span }
  /** The closure whose method this is: how a named inner function refers to itself. */
  | { readonly kind: 'self'; readonly span: Span }
  /** Start of a scope inside a loop: these locals begin anew, unassigned and (if boxed) with a new box. Value is `nothing`. */
  | { readonly kind: 'fresh'; readonly locals: readonly LocalId[]; readonly span: Span }
  /** `where` parameter of this method or an enclosing one; resolved by name. */
  | { readonly kind: 'static-param'; readonly name: string; readonly span: Span }
  /** A name of the module in which the code stands. `A.b` is a call of getproperty, for only the specialiser knows whether A is a module. */
  | { readonly kind: 'global'; readonly name: string; readonly span: Span }
  /** Internal Base function whatever the user has named likewise: `Base.getindex` behind `a[i]`, `Base.iterate` behind `for`. */
  | { readonly kind: 'base'; readonly name: string; readonly span: Span }
  | { readonly kind: 'set-local'; readonly id: LocalId; readonly value: Core; readonly span: Span }
  | { readonly kind: 'set-captured'; readonly index: number; readonly value: Core; readonly span: Span }
  | {
      readonly kind: 'set-global'
      readonly name: string
      readonly value: Core
      readonly isConst: boolean
      readonly type: Core | null
      readonly span: Span
    }
  | {
      readonly kind: 'call'
      readonly callee: Core
      readonly args: readonly Arg[]
      readonly kwargs: readonly KeywordArg[]
      readonly span: Span
    }
  /** Value of the last expression; an empty block is `nothing`. */
  | { readonly kind: 'block'; readonly body: readonly Core[]; readonly span: Span }
  /** `&&`, `||`, `?:`, `if` all become this. A missing else is `nothing`. */
  | { readonly kind: 'if'; readonly test: Core; readonly then: Core; readonly else: Core; readonly span: Span }
  /** Value is `nothing`. `until`, set by `exits/` only: the loop ends when that local, an Int, is not 0. */
  | { readonly kind: 'while'; readonly test: Core; readonly body: Core; readonly until: LocalId | null; readonly span: Span }
  /** `for target in iter`: `target` is a fresh local set before `body` (destructuring is already in `body`). `for i in a, j in b` is nested. */
  | {
      readonly kind: 'for'
      readonly target: LocalId
      readonly iter: Core
      readonly body: Core
      readonly until: LocalId | null
      readonly span: Span
    }
  /** Leaves so many loops: of `for i in a, j in b` both. */
  | { readonly kind: 'break'; readonly levels: number; readonly span: Span }
  | { readonly kind: 'continue'; readonly span: Span }
  /** `@label name`, a statement of a block, and `@goto name`, which stands in that block, however deep. */
  | { readonly kind: 'label'; readonly name: string; readonly span: Span }
  | { readonly kind: 'goto'; readonly name: string; readonly span: Span }
  | { readonly kind: 'return'; readonly value: Core; readonly span: Span }
  /** A closure (or a captureless anonymous function): one object of a type of its own, with one or more methods. */
  | { readonly kind: 'closure'; readonly def: ClosureDef; readonly captures: readonly Core[]; readonly span: Span }
  /** `new(a, b)` / `new{T}(a…)` inside an inner constructor; `type` is null for plain `new`. */
  | { readonly kind: 'new'; readonly type: Core | null; readonly args: readonly Arg[]; readonly span: Span }
  /** `x::T` as an expression. */
  | { readonly kind: 'typeassert'; readonly value: Core; readonly type: Core; readonly span: Span }
  /** `T{A, B}`. */
  | { readonly kind: 'apply-type'; readonly base: Core; readonly args: readonly Core[]; readonly span: Span }
  /** `T where {L <: V <: U}`: inside `body`, V is a static-param. */
  | { readonly kind: 'where'; readonly body: Core; readonly vars: readonly TypeVarDef[]; readonly span: Span }
  /** `caught` is the local that holds the exception, or null; `finally` runs on every way out. `else` runs if nothing was thrown. */
  | {
      readonly kind: 'try'
      readonly body: Core
      readonly caught: LocalId | null
      readonly handler: Core | null
      readonly else: Core | null
      readonly finally: Core | null
      readonly span: Span
    }
  | { readonly kind: 'isdefined'; readonly what: Core; readonly span: Span }
  /** `a + b` in `@inbounds`: the specialiser drops bounds checks below it. */
  | { readonly kind: 'inbounds'; readonly body: Core; readonly span: Span }
  /**
   * A definition met where a value is expected (method, struct, using … inside a `let` or a test set). Value: the function or `nothing`.
   * `captures` are the variables around it that a method reads, in the order of its `Code.captures`.
   */
  | { readonly kind: 'definition'; readonly def: Definition; readonly captures: readonly Core[]; readonly span: Span }

export interface TypeVarDef {
  readonly name: string
  readonly lower: Core | null
  readonly upper: Core | null
}

export interface ParamDef {
  readonly local: LocalId
  readonly name: string
  /** null is Any. */
  readonly type: Core | null
  /** `xs...`; `Vararg{T,N}` stays in `type`. */
  readonly vararg: boolean
  /** Defaults become extra methods in Julia; here they are evaluated, in the callee's scope and left to right, when the argument is missing. */
  readonly default: Core | null
  /** From `@nospecialize`. Methods are specialised all the same. */
  readonly nospecialize: boolean
}

export interface KeywordDef {
  readonly local: LocalId
  readonly name: string
  readonly type: Core | null
  /** null: required (`UndefKeywordError` when missing). */
  readonly default: Core | null
}

/** A method body with its own table of locals. Parameters are the first locals. */
export interface Code {
  readonly locals: Local[]
  readonly body: Core
  /** Names of captured variables, in the order of the `captures` of the closure or definition; `boxed` ones are shared boxes. */
  readonly captures: readonly { readonly name: string; readonly boxed: boolean }[]
}

export interface MethodDef {
  /** Name as printed: `f`, `+`, `Base.show` prints as `show`; `#3` for anonymous functions. */
  readonly name: string
  readonly params: readonly ParamDef[]
  readonly kwparams: readonly KeywordDef[]
  /** `; kws...` slurps the remaining keywords as a NamedTuple into this local. */
  readonly kwslurp: LocalId | null
  readonly whereVars: readonly TypeVarDef[]
  /** `f(x)::T = …`: results are converted to T. */
  readonly returnType: Core | null
  readonly code: Code
  readonly span: Span
  /** From `@inline`, `@noinline`, `Base.@constprop :aggressive`. */
  readonly inline: 'always' | 'never' | 'auto'
  readonly constprop: boolean
  /** `@generated`: `code` is given the types of the arguments and gives the body, and this makes a method of that. */
  readonly generated?: (body: Node) => MethodDef
}

export interface ClosureDef {
  /** Name of the inner function, or `#n` with n counted per source. */
  readonly name: string
  readonly methods: readonly MethodDef[]
  /** Same for all methods of the closure. */
  readonly captures: readonly { readonly name: string; readonly boxed: boolean }[]
  readonly span: Span
}

/** What a name path means in a definition: `Base.show` is `{ path: ['Base'], name: 'show' }`. */
export interface NamePath {
  readonly path: readonly string[]
  readonly name: string
}

export type Definition =
  /** `f(x) = …`. `function f end` has method null. */
  | { readonly kind: 'method'; readonly name: NamePath; readonly method: MethodDef | null; readonly span: Span }
  /** `(p::P)(x) = …`, `(::Type{T})(x) = …`: the callee's own type is the first parameter of `method`. */
  | { readonly kind: 'functor'; readonly method: MethodDef; readonly span: Span }
  | {
      readonly kind: 'struct'
      readonly name: string
      readonly mutable: boolean
      readonly typeParams: readonly TypeVarDef[]
      readonly supertype: Core | null
      readonly fields: readonly {
        readonly name: string
        readonly type: Core | null
        readonly isConst: boolean
        readonly default: Core | null
      }[]
      /** Inner constructors, as methods whose callee is the type: `P(x) where T = new{T}(x)`. `ctor` is the applied type as written (`P` or `P{T}`). Empty: the default ones are made. */
      readonly constructors: readonly { readonly ctor: Core; readonly method: MethodDef }[]
      /** `Base.@kwdef`. */
      readonly kwdef: boolean
      readonly span: Span
    }
  /** `primitive type Float64 <: AbstractFloat 64 end`. */
  | {
      readonly kind: 'primitive'
      readonly name: string
      readonly typeParams: readonly TypeVarDef[]
      readonly supertype: Core | null
      readonly bits: number
      readonly span: Span
    }
  | {
      readonly kind: 'abstract'
      readonly name: string
      readonly typeParams: readonly TypeVarDef[]
      readonly supertype: Core | null
      readonly span: Span
    }
  | { readonly kind: 'module'; readonly name: string; readonly body: Iterable<TopLevel>; readonly span: Span }
  /** `using A: b, c as d` / `import A.b`. `names` null: the whole module. `path` is relative when it starts with dots: `['.', 'A']`. */
  | {
      readonly kind: 'using'
      readonly import: boolean
      readonly path: readonly string[]
      readonly as: string | null
      readonly names: readonly { readonly name: string; readonly as: string | null }[] | null
      readonly span: Span
    }
  | { readonly kind: 'export'; readonly names: readonly string[]; readonly span: Span }
  /** `const x = 1` is a `set-global`; this is `global x::T` at top level. */
  | { readonly kind: 'declare-global'; readonly name: string; readonly type: Core | null; readonly span: Span }
  | { readonly kind: 'macro'; readonly name: string; readonly span: Span }

/**
 * One top-level statement. An expression is the code of a function without parameters; its assignments to undeclared names are globals.
 * Of an `if`, which has no scope of its own there, one branch is run like the program around it: what the other one defines is not defined.
 */
export type TopLevel =
  | { readonly kind: 'definition'; readonly def: Definition; readonly span: Span }
  | { readonly kind: 'expression'; readonly code: Code; readonly span: Span }
  | {
      readonly kind: 'if'
      readonly test: Code
      readonly then: Iterable<TopLevel>
      readonly else: Iterable<TopLevel>
      readonly span: Span
    }

export type Program = readonly TopLevel[]

/**
 * The intermediate representation: structured SSA. Nested blocks with parameters and yields; no phi, no CFG, no early exit.
 * A block may use every value defined before it in the blocks around it. Immutable aggregates do not exist here: the
 * specialiser has flattened them into scalar leaves, so a value is a number, a string, or a reference.
 */

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Span } from '../../diagnostics/source.ts'
import type { Frame } from '../../diagnostics/stack.ts'
import type { Op } from './ops.ts'
import type { Prim } from './prims.ts'

declare const brand: unique symbol
/** An index that cannot be swapped with another kind of index by mistake. */
export type Id<Kind extends string> = number & { readonly [brand]: Kind }
export type ValueId = Id<'value'>

/** `i64` holds every integer type as an exact double; narrower ones are wrapped by explicit ops. `str` holds strings and symbols. */
export type Scalar = 'f64' | 'f32' | 'i64' | 'bool' | 'str'
/**
 * References. `arr<f64,i64>`: an array whose elements have one f64 and one i64 leaf, a typed column each; its rank and sizes are
 * in the object. `obj<Name>`: a mutable struct of `Module.structs`. `any`: a boxed value that carries its Julia type; a mutable
 * cell as far as shadows are concerned. `tape`: typed stacks.
 */
export type Ref = `arr<${string}>` | `obj<${string}>` | 'any' | 'tape'
export type Type = Scalar | Ref

export interface Param {
  readonly id: ValueId
  readonly type: Type
  /** Name in the source, for printing; not unique. */
  readonly name: string
  /** Of a parameter of a function: where the program declares it. */
  readonly span?: Span
}

/** Where an instruction comes from: the place in the text, the function it stood in, through which inlining and which transforms it came here. */
export interface Loc {
  readonly span: Span | null
  /** Signature of the function as Julia prints it. */
  readonly fn: string
  readonly origin: Frame['origin']
  /** The call through which this was inlined into another function. */
  readonly inlinedAt: Loc | null
  /** Transforms that made this code, innermost first: `augmented #1`, `reverse #2`. */
  readonly made: readonly string[]
}

/** Runs top to bottom and hands `yields` to whatever holds it. */
export interface Block {
  readonly params: readonly Param[]
  readonly body: readonly Inst[]
  readonly yields: readonly ValueId[]
}

export type ConstValue = number | boolean | string | null

export type Inst =
  /** A literal of its out's type; null is the null reference, also the undefined value of a branch that throws. */
  | { readonly kind: 'const'; readonly out: Param; readonly value: ConstValue; readonly at: Loc }
  /** A pure scalar operation of `OPS` (may trap if the table says so). */
  | { readonly kind: 'op'; readonly out: Param; readonly op: Op; readonly args: readonly ValueId[]; readonly at: Loc }
  /** A runtime primitive of `PRIMS`: printing, strings, array handles. Effects and what AD does with it are in the table. */
  | { readonly kind: 'prim'; readonly outs: readonly Param[]; readonly prim: Prim; readonly args: readonly ValueId[]; readonly at: Loc }
  /** `callee` is a name in the module; it may be one that a transform still has to make (`Module.derived`). */
  | { readonly kind: 'call'; readonly outs: readonly Param[]; readonly callee: string; readonly args: readonly ValueId[]; readonly at: Loc }
  /**
   * Resolved at run time by the types that the boxed arguments carry. `args[0]` is the function. `path` is the list of
   * transforms to apply to the method found, innermost first; args and outs follow the calling convention of a function
   * `(any, …, any) → any` under them (see `Transform`).
   */
  | {
      readonly kind: 'dyncall'
      readonly outs: readonly Param[]
      readonly args: readonly ValueId[]
      readonly path: readonly DynamicMode[]
      readonly at: Loc
    }
  | {
      readonly kind: 'if'
      readonly outs: readonly Param[]
      readonly test: ValueId
      readonly then: Block
      readonly else: Block
      readonly at: Loc
    }
  /** `body.params` = [index: i64 from 0 to count-1, …carried]; yields the next carried. */
  | {
      readonly kind: 'for'
      readonly outs: readonly Param[]
      readonly count: ValueId
      readonly inits: readonly ValueId[]
      readonly body: Block
      readonly at: Loc
    }
  /** `cond.params` and `body.params` = carried; `cond` yields one bool and must be free of effects on memory; `body` yields the next carried. */
  | {
      readonly kind: 'while'
      readonly outs: readonly Param[]
      readonly inits: readonly ValueId[]
      readonly cond: Block
      readonly body: Block
      readonly at: Loc
    }
  /** New array of `out.type` with these sizes; numbers are 0, bools false, references null. */
  | { readonly kind: 'alloc'; readonly out: Param; readonly dims: readonly ValueId[]; readonly at: Loc }
  /** Column `column` of the element at 0-based `index`; unchecked. */
  | {
      readonly kind: 'load'
      readonly out: Param
      readonly arr: ValueId
      readonly index: ValueId
      readonly column: number
      readonly at: Loc
    }
  | {
      readonly kind: 'store'
      readonly arr: ValueId
      readonly index: ValueId
      readonly column: number
      readonly value: ValueId
      readonly at: Loc
    }
  /** New mutable struct of `out.type`, all fields given. */
  | { readonly kind: 'new'; readonly out: Param; readonly fields: readonly ValueId[]; readonly at: Loc }
  /** Field of an object; of an `any`, leaf number `field`: how derivatives read and write the shadow of a box. */
  | { readonly kind: 'get'; readonly out: Param; readonly obj: ValueId; readonly field: number; readonly at: Loc }
  | { readonly kind: 'set'; readonly obj: ValueId; readonly field: number; readonly value: ValueId; readonly at: Loc }
  /** Boxes leaves of the Julia type number `type` (index into `Module.types`) into an `any`. */
  | { readonly kind: 'box'; readonly out: Param; readonly type: number; readonly leaves: readonly ValueId[]; readonly at: Loc }
  /** Leaves of an `any` that is known to hold the Julia type number `type`; traps with a TypeError otherwise. */
  | { readonly kind: 'unbox'; readonly outs: readonly Param[]; readonly type: number; readonly value: ValueId; readonly at: Loc }
  /** While nothing is pushed on it, the shadow of a tape gives zeros: the adjoints of values that no sweep has taken from the tape. */
  | { readonly kind: 'tape-new'; readonly out: Param; readonly shadow?: true; readonly at: Loc }
  /** Pushes a value on the stack of its type: f64 and f32 share one, i64 and bool one, str and references one. A value that
   * was pushed with a slot is popped with the same slot: analyses keep what differs in slot apart. Running does not look at it.
   */
  | { readonly kind: 'push'; readonly tape: ValueId; readonly value: ValueId; readonly slot?: number; readonly at: Loc }
  | { readonly kind: 'pop'; readonly out: Param; readonly tape: ValueId; readonly slot?: number; readonly at: Loc }
  /** Throws the boxed Julia exception. What follows in the block never runs. */
  | { readonly kind: 'throw'; readonly value: ValueId; readonly at: Loc }
  /** Runs `body`; if it throws, `handler` with the exception as its one `any` parameter. Both yield the outs. */
  | { readonly kind: 'try'; readonly outs: readonly Param[]; readonly body: Block; readonly handler: Block; readonly at: Loc }
  /** Global cell number `cell` of `Module.globals`, leaf `leaf`. The cell holds the Julia type it had when this was compiled; see `pipeline.ts`. */
  | { readonly kind: 'global-get'; readonly out: Param; readonly cell: number; readonly leaf: number; readonly at: Loc }
  | { readonly kind: 'global-set'; readonly cell: number; readonly leaf: number; readonly value: ValueId; readonly at: Loc }

export type InstKind = Inst['kind']

export interface Func {
  readonly name: string
  /** Signature as Julia prints it, with transforms: `reverse #1 of num_to_mat(::Float64)`. */
  readonly label: string
  /** Stable for every call of the module: `body.params` are the function's parameters, `body.yields` its results. */
  readonly body: Block
  readonly results: readonly Type[]
  /** Ids at or above this are free. */
  readonly nextId: number
  /** What made it; null for a function of the program. */
  readonly made: Transform | null
  readonly inline: 'always' | 'never' | 'auto'
  readonly at: Loc
}

/** Is this leaf differentiated? One entry a parameter of the primal; those that can have no derivative are always `const`. */
export type ParamActivity = 'const' | 'active'

/**
 * A function made from another one. With p the primal parameters, a the active ones among them (F: float leaves, R: references),
 * r the results (likewise; "active" as the activity analysis finds, all float and reference results for `interface: true`):
 *
 *   forward    (p, shadows of aF and aR in order)                      → (r, shadows of active r in order)
 *   augmented  (p, shadows of aR, tape)                                → (r, shadows of active rR)
 *   reverse    (shadows of aR, shadows of active rR, seeds of active rF, tape) → (adjoints of aF)
 *   gradient   (p, shadows of aR, seeds of active rF)                  → (r, adjoints of aF)      both sweeps in one function, tape inside
 *   caught     (p)                                                     → (r, the exception it would have thrown, or null)      no derivative
 *
 * Shadow references are accumulated into by the reverse sweep; shadows of overwritten memory are moved out and zeroed.
 */
export interface Transform {
  readonly mode: 'forward' | 'augmented' | 'reverse' | 'gradient' | 'caught'
  /** Name of the function it is made from; may itself be derived. */
  readonly of: string
  readonly activity: readonly ParamActivity[]
  /**
   * True when code outside this derivative's own chain relies on the convention (Enzyme's API in Base): every float and reference
   * result then counts as active, inactive ones with a zero shadow. False for calls made by the transforms themselves.
   */
  readonly interface: boolean
  /**
   * May memory be overwritten between the two sweeps? One entry for each parameter of the primal, about what is reachable from it, then one
   * about what is reachable from the results. Loads from such memory go on the tape.
   */
  readonly overwritten: readonly boolean[]
  /** False when nobody uses the primal's own results: a custom rule is told so, and may leave them out. */
  readonly primal?: false
  /** Where the shadow that a rule multiplies is 0, so is what comes of it, even if the other factor is Inf or NaN. */
  readonly strongZero?: true
  /** Whose custom rules are followed; those of EnzymeRules if missing. */
  readonly rules?: RuleSource
  /** Constant memory may stand where active memory is expected. Rules are told, and profiles distinguish it: the engine itself always allows it. */
  readonly runtimeActivity?: true
  /** So many parameters, from the first on, are the function object, which must not be written to. Only for profiles, too. */
  readonly readOnly?: number
  /**
   * Parameters of the primal that are active and behind which the caller may have constant memory all the same, with a shadow that stands
   * in (stand-ins.ts). Storing something active there is an error when it happens; storing it into a global is refused.
   */
  readonly guarded?: readonly number[]
  /**
   * For so many shadows at once, 2 or more: each shadow, seed and adjoint of the convention above stands there so often, one behind the
   * other, and a rule is called with all of them. For one if missing.
   */
  readonly width?: number
  /** What a caller stores into constant memory, or loads from there, is looked after (lost.ts in 4-ad). */
  readonly watched?: true
}

/**
 * Rules that are followed instead of all those of EnzymeRules: `chain` the library's own and the program's for ChainRulesCore, as Zygote
 * does; `tracked` the library's own and those of the program for ReverseDiff; `library` only the library's own, as packages do that know of none.
 */
export type RuleSource = (typeof RULE_SOURCES)[number]
export const RULE_SOURCES = ['chain', 'tracked', 'library'] as const

/** What a dynamic call calls is asked to guard all that it is given (`Transform.guarded`). */
export type DynamicMode =
  | `${'' | `wide${number}-`}${'' | 'strong-'}${'' | 'runtime-'}${'' | `${RuleSource}-`}${'forward' | 'augmented' | 'reverse'}`
  | 'caught'

export interface Struct {
  readonly name: string
  readonly fields: readonly { readonly name: string; readonly type: Type }[]
  /** Holds a captured variable that is assigned again: whether it is assigned, and the leaves of its value. */
  readonly isBox?: true
}

export interface Module {
  readonly funcs: Map<string, Func>
  /** Functions that a transform makes on demand, by name (`transformName`). */
  readonly derived: Map<string, Transform>
  readonly structs: Map<string, Struct>
  /** Julia types that `box`/`unbox` name: leaf types and printed form here, the Julia type itself in the runtime. */
  readonly types: { readonly label: string; readonly leaves: readonly Type[] }[]
  readonly globals: { readonly name: string; readonly leaves: readonly Type[]; readonly isConstant?: true; readonly isLeft?: true }[]
  /** What `ad.fail` throws. */
  failures?: Diagnostic[]
}

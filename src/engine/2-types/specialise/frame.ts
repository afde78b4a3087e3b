/** The state of one function being specialised: its builder, the values of its locals, and where it stands. */
import type { Span } from '../../../diagnostics/source.ts'
import { Builder } from '../../3-ir/build.ts'
import type { Loc, ValueId } from '../../3-ir/ir.ts'
import { locAt, locWithin } from '../../3-ir/loc.ts'
import type { Arg, Code, Core, Definition, KeywordArg, LocalId, MethodDef } from '../core.ts'
import type { Method } from '../method-table.ts'
import type { GlobalCell, Module } from '../module.ts'
import type { Constant, DataType, JType, TypeParam } from '../type.ts'
import type { Specialiser } from './specialiser.ts'

/** A Julia value at compile time: its type, its leaves in the IR, and what is known of it. Type BOTTOM: control never gets here. */
export interface Val {
  readonly type: JType
  readonly leaves: readonly ValueId[]
  readonly constant: Constant | null
}

/** What a local holds; `defined` is true, or the flag that tells at run time. */
export interface Slot {
  readonly val: Val
  readonly defined: true | ValueId
}

export type Env = (Slot | undefined)[]

export interface Keyword {
  readonly name: string
  readonly val: Val
}

/** The parts of the specialiser that call each other; wired once, so that files need not import in circles. */
export interface Emitters {
  expression(frame: Frame, core: Core): Val
  call(frame: Frame, callee: Val, args: readonly Val[], kwargs: readonly Keyword[], span: Span): Val
  callCore(frame: Frame, callee: Core, args: readonly Arg[], kwargs: readonly KeywordArg[], span: Span): Val
  /** Calls a function of Base by name. */
  base(frame: Frame, name: string, args: readonly Val[], span: Span): Val
  /** Emits the throw of a Base exception made from `args`; gives BOTTOM. */
  throwNew(frame: Frame, exception: string, args: readonly Val[], span: Span): Val
  iterate(frame: Frame, core: Core & { kind: 'for' }): Val
}

/** What locals of one function are shared with others, however often its emission starts again. */
export interface Boxes {
  /** Types that they were found to hold; widening restarts the function. */
  readonly types: Map<LocalId, JType>
  readonly owners: Map<LocalId, number>
  /** Where methods that are defined in it find the variables of it that they capture. */
  readonly captured: Map<Definition, readonly GlobalCell[]>
}

export function newBoxes(): Boxes {
  return { types: new Map(), owners: new Map(), captured: new Map() }
}

export class Frame {
  readonly s: Specialiser
  readonly builder: Builder
  readonly code: Code
  readonly module: Module
  readonly label: string
  readonly origin: 'user' | 'base' | 'engine'
  env: Env = []
  readonly statics: ReadonlyMap<string, TypeParam>
  /** The function object itself (closures, functors), and its captured variables. */
  self: Val | null = null
  captures: readonly Val[] = []
  readonly boxes: Boxes
  /** Types of the inner functions that are made here and share variables. */
  closures = new Set<DataType>()
  /** Methods of global functions that are defined here and share variables, with the types of their functions, null for functors, and of the boxes. */
  definitions = new Map<MethodDef, { readonly type: JType | null; readonly shared: readonly JType[] }>()
  /** Type that `new` makes, in a constructor. */
  constructed: JType | null = null
  inbounds = false
  readonly isTopLevel: boolean
  readonly method: Method | null
  /** The call in whose place the code is emitted, if it is not a function's own. */
  readonly within: Loc | null
  /** How many such calls are around it. */
  readonly nesting: number
  #temporaries = 0

  constructor(init: {
    s: Specialiser
    builder: Builder
    code: Code
    module: Module
    label: string
    statics: ReadonlyMap<string, TypeParam>
    boxes?: Boxes
    isTopLevel?: boolean
    method?: Method | null
    within?: Loc | null
    nesting?: number
  }) {
    this.s = init.s
    this.builder = init.builder
    this.code = init.code
    this.module = init.module
    this.label = init.label
    this.statics = init.statics
    this.origin = init.module.isBase ? 'base' : 'user'
    this.boxes = init.boxes ?? newBoxes()
    this.isTopLevel = init.isTopLevel ?? false
    this.method = init.method ?? null
    this.within = init.within ?? null
    this.nesting = init.nesting ?? 0
  }

  /** A local that is not in the source. */
  temporary(): LocalId {
    return this.code.locals.length + this.#temporaries++
  }

  /** The same place with other static parameters, to evaluate types in. */
  withStatics(statics: ReadonlyMap<string, TypeParam>): Frame {
    const inner = new Frame({ ...this, statics })
    inner.env = [...this.env]
    inner.self = this.self
    inner.captures = this.captures
    inner.constructed = this.constructed
    inner.closures = this.closures
    inner.definitions = this.definitions
    return inner
  }

  at(span: Span | null): Loc {
    return this.within ? locWithin(span, this.label, this.origin, this.within) : locAt(span, this.label, this.origin)
  }
}

export function emptyCode(span: Span): Code {
  return { locals: [], body: { kind: 'literal', value: { kind: 'nothing' }, span }, captures: [] }
}

/** A frame to evaluate the types of a definition in. */
export function definitionFrame(s: Specialiser, module: Module, statics: ReadonlyMap<string, TypeParam>, span: Span): Frame {
  return new Frame({ s, builder: new Builder(), code: emptyCode(span), module, label: 'top-level scope', statics })
}

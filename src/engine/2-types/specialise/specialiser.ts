/** Compiles methods for the argument types they are called with: one IR function an instance, made once, on first need. */
import { invariant } from '../../../diagnostics/bug.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Node } from '../../1-syntax/ast.ts'
import type { Module as IrModule, Type as LeafType, Loc, RuleSource, Transform } from '../../3-ir/ir.ts'
import type { Lifted } from '../../3-ir/lift-globals.ts'
import { isFloat } from '../../3-ir/types.ts'
import type { TopLevel } from '../core.ts'
import { dispatch } from '../dispatch.ts'
import { applied, letGoOfTypes, unwrapped } from '../intern.ts'
import { isBoxed, isFlatUnion, leavesOf } from '../layout.ts'
import type { GlobalCell, Module } from '../module.ts'
import type { DataType, JType, TypeParam } from '../type.ts'
import { callLabel, typeText } from '../type-text.ts'
import { typesOf } from '../types-of-module.ts'
import type { World } from '../world.ts'
import { branch } from './branch.ts'
import type { Builtin } from './builtins/builtin.ts'
import { call, callCore } from './calls.ts'
import { emitExpression } from './expressions.ts'
import { definitionFrame, type Emitters, emptyCode, type Frame, newBoxes, type Val } from './frame.ts'
import { readGlobal, setGlobal } from './globals.ts'
import { instanceKey, type Request, requestWeight, signatureLabel, specsOf } from './instance-key.ts'
import { type Instance, Instances } from './instances.ts'
import { emitFor } from './iterate.ts'
import type { MetRequest } from './marks.ts'
import { emitMethod, emitStandalone, type Standalone } from './method-body.ts'
import { TypeTable } from './type-table.ts'
import { DEAD, isDead, singleton, typeVal } from './value.ts'

/** The values of globals, by their leaves. */
export interface GlobalStore {
  leaves(cell: GlobalCell): readonly unknown[]
  store(cell: GlobalCell, leaves: readonly unknown[]): void
  /** A cell has got another index and type; with `keepsValue` it has the same value as before. */
  moved(cell: GlobalCell, old: number, from: JType, keepsValue: boolean): void
}

/** What the specialiser asks of the run time. */
export interface SpecialiserHost {
  readonly cells: GlobalStore
  /** Are limits of another engine imitated? Only then is it worth saying what they are about. */
  readonly modelled: boolean
  /** Asks them about what Enzyme's own functions do: a number in `Module.failures`, or null. */
  met(request: MetRequest, at: Loc): number | null
  /** Name of the function that a transform makes; it is made when it is first needed. */
  derived(transform: Transform): string
  /** Which parameters of a function may have a derivative that some result has a part in; null while that cannot be said. */
  influences(name: string, rules: RuleSource | undefined): readonly boolean[] | null
  /** The function with what it reads of globals as further parameters; null while that cannot be said. */
  lifted(name: string): Lifted | null
  /** The code that a function without parameters gives as a value; null if it throws. */
  codeFrom(generator: Instance, span: Span): Node | null
  /** Runs the statements of a module. */
  runProgram(program: Iterable<TopLevel>, module: Module): void
}

/** A function of the IR: the method and argument types it was made for, and what it gives. */
export interface MadeFor {
  readonly request: Request
  readonly result: JType
}

/** What changes when a call of these may reach another method. */
function dependsOf({ method, callee }: Request): object[] {
  return [callee.type, method.params[0] as object, callee.type.kind === 'data' ? callee.type.name : callee.type]
}

let serials = 0

export class Specialiser {
  readonly serial = serials++
  readonly world: World
  readonly ir: IrModule
  readonly host: SpecialiserHost
  readonly emit: Emitters
  readonly types: TypeTable
  readonly instances = new Instances()
  /** Is there code of the program that evaluates code? It may give names a meaning while other code runs. */
  evaluates = false
  /** What each function was made for, by its name. */
  readonly #made = new Map<string, MadeFor>()
  readonly #handedOut = new WeakSet<JType>()
  readonly #builtins: ReadonlyMap<JType, Builtin>
  readonly #baseTypes = new Map<string, DataType>()
  readonly #wrappers = new Map<string, { instance: Instance; age: number }>()
  readonly #resultTypes = new Map<string, { type: JType; age: number }>()
  /** Of the statement being compiled; see `withConstants`. */
  #constants: GlobalCell[] = []
  #serial = 0

  constructor(world: World, ir: IrModule, builtins: ReadonlyMap<JType, Builtin>, host: SpecialiserHost) {
    this.world = world
    this.ir = ir
    this.host = host
    this.types = new TypeTable(ir)
    this.#builtins = builtins
    world.onNewName(module => this.changed(module))
    this.emit = {
      expression: emitExpression,
      call,
      callCore,
      iterate: emitFor,
      base: (frame, name, args, span) => call(frame, this.readGlobal(frame, world.base, name, span), args, [], span),
      throwNew: (frame, exception, args, span) => this.throwNew(frame, exception, args, span),
    }
  }

  /** A value of this type is boxed, or goes into a global: with what functions in it will be called, only the running program knows. */
  noteHandedOut(type: TypeParam): void {
    if (type.kind === 'union') for (const member of type.members) this.noteHandedOut(member)
    if (type.kind !== 'data' || this.#handedOut.has(type)) return
    this.#handedOut.add(type)
    for (const param of type.params) this.noteHandedOut(param)
  }

  isHandedOut(type: JType): boolean {
    return this.#handedOut.has(type)
  }

  // What files of this folder need of each other -----------------------------------------------------------------------------------

  readonly branch = branch

  builtin(callee: JType): Builtin | undefined {
    return this.#builtins.get(callee)
  }

  /** A function of Core as a value. */
  coreFunction(name: string): Val {
    const found = this.world.lookup(this.world.core, name)
    invariant(found?.kind === 'known', `Core has no ${name}`)
    return singleton(found.known.type)
  }

  /** `Val{p}()`. */
  valOf(param: TypeParam): Val {
    return singleton(applied(this.baseType('Val').name, [param]))
  }

  get juliaTypes(): readonly JType[] {
    return this.types.types
  }

  throwNew(frame: Frame, exception: string, args: readonly Val[], span: Span): Val {
    const type = this.baseType(exception)
    const made = call(frame, typeVal(type), args, [], span)
    if (isDead(made)) return DEAD
    const at = frame.at(span)
    const boxed = isBoxed(made.type) ? made.leaves[0]! : frame.builder.box(this.typeIndex(made.type), made.leaves, at, 'exception')
    frame.builder.throw(boxed, at)
    return DEAD
  }

  // Types ------------------------------------------------------------------------------------------------------------------------------

  baseType(name: string): DataType {
    let type = this.#baseTypes.get(name)
    if (!type) {
      const found = this.world.lookup(this.world.base, name)
      const known = found?.kind === 'known' ? found.known.type : undefined
      const inner = known?.kind === 'data' ? (known.params[0] as JType | undefined) : undefined
      invariant(inner, `Base has no type ${name}`)
      if (inner.kind !== 'data') return unwrapped(inner) as DataType
      type = inner
      this.#baseTypes.set(name, type)
    }
    return type
  }

  baseFunction(name: string): Val | null {
    const found = this.world.lookup(this.world.base, name)
    return found?.kind === 'known' ? singleton(found.known.type) : null
  }

  readonly readGlobal = readGlobal
  readonly setGlobal = setGlobal

  typeIndex(type: JType): number {
    return this.types.index(type)
  }

  registerStruct(type: JType): void {
    this.types.register(type)
  }

  arrayTypeOf(leaf: LeafType | null, rank: number, text: string | null): DataType {
    return this.types.arrayOf(leaf, rank, text, name => this.baseType(name))
  }

  /** A statement is compiled that gives a global its one value. */
  beginConstant(cell: GlobalCell): void {
    cell.constant = 'under-way'
    this.#constants.push(cell)
  }

  /**
   * Compiles a statement: with the globals that it will give their one value when it runs. Statements of the library that are run meanwhile,
   * as its code asks for them, have theirs.
   */
  withConstants(compile: () => Instance): { readonly instance: Instance; readonly constants: readonly GlobalCell[] } {
    const outer = this.#constants
    this.#constants = []
    try {
      return { instance: compile(), constants: this.#constants }
    } finally {
      this.#constants = outer
    }
  }

  /** A function or global has a new meaning. */
  changed(what: object): void {
    if (this.world.isLoading) return
    this.instances.forget(what)
  }

  /** A global has another type: what is being compiled with the old one starts again. */
  retyped(cell: GlobalCell): void {
    if (!this.world.isLoading) this.instances.retyped(cell)
  }

  /** Lets go of what was compiled for a module whose program is over. */
  letGo(module: Module): void {
    const isOver = typesOf(module)
    this.instances.letGo(({ name }) => {
      const made = this.#made.get(name)
      return !made || made.request.method.module === module || specsOf(made.request).some(({ type }) => isOver(type))
    })
    for (const name of this.#made.keys()) if (!this.instances.named(name)) this.#made.delete(name)
    this.#wrappers.clear()
    this.#resultTypes.clear()
    this.world.letGo(module)
    letGoOfTypes(isOver)
  }

  // Instances --------------------------------------------------------------------------------------------------------------------------

  instance(request: Request, span: Span, caller: Frame | null): Instance {
    const key = instanceKey(request)
    const known = this.instances.known(key)
    if (known) return known
    const { method } = request
    const label = signatureLabel(request)
    const weight = requestWeight(request)
    this.instances.enter(method, weight, span, caller)
    const wanted = { key, name: method.def.name, label, method, weight, depends: dependsOf(request) }
    const boxes = newBoxes()
    const made = this.instances.make(wanted, running => emitMethod(this, request, running, boxes))
    this.#made.set(made.name, { request, result: made.result })
    return made
  }

  /** What is compiled now has a method's code in it. */
  noteInPlace(request: Request): void {
    for (const on of dependsOf(request)) this.instances.depend(on)
  }

  /** What a function was made for; undefined for wrappers, statements and derived functions. */
  madeFor(name: string): MadeFor | undefined {
    return this.#made.get(name)
  }

  /** A function that is no method's: a top-level statement, or the wrapper of a call. */
  standalone(what: Standalone, write: (frame: Frame, params: readonly Val[]) => Val): Instance {
    const { name, label } = what
    const wanted = { key: `${name}#${this.#serial++}`, name, label, method: null, weight: 0, depends: [] }
    const boxes = newBoxes()
    return this.instances.make(wanted, running => emitStandalone(this, what, running, boxes, write))
  }

  /** The function that calls a value of `types[0]` with arguments of the others: the method's own when one is certain, else a wrapper. */
  callable(module: Module, types: readonly JType[], span: Span): Instance {
    const builtin = this.#builtins.has(types[0]!)
    const found = builtin ? null : dispatch(this.world, types)
    if (found?.kind === 'method') {
      const spec = (type: JType) => ({ type, constant: null })
      return this.instance(
        { method: found.method, bindings: found.bindings, callee: spec(types[0]!), args: types.slice(1).map(spec), kwargs: [] },
        span,
        null,
      )
    }
    const key = `${module.name}:${types.map(t => t.key).join(';')}`
    const known = this.#wrappers.get(key)
    if (known && known.age === this.world.age) return known.instance
    const instance = this.standalone(
      { name: 'call', label: callLabel(types), code: emptyCode(span), module, params: types },
      (frame, vals) => call(frame, vals[0]!, vals.slice(1), [], span),
    )
    this.#wrappers.set(key, { instance, age: this.world.age })
    return instance
  }

  /** What a call with arguments of these types (the callee's first) gives, by inference alone; BOTTOM if it always throws. */
  resultType(module: Module, types: readonly JType[], span: Span): JType {
    const key = types.map(t => t.key).join(';')
    const cached = this.#resultTypes.get(key)
    if (cached && cached.age === this.world.age) return cached.type
    const frame = definitionFrame(this, module, new Map(), span)
    const vals = types.map((type): Val => ({ type, leaves: leavesOf(type).map(leaf => frame.builder.param(leaf, 'x')), constant: null }))
    const { type } = call(frame, vals[0]!, vals.slice(1), [], span)
    if (this.instances.isIdle) this.#resultTypes.set(key, { type, age: this.world.age })
    return type
  }

  /** Result type of the function of this name, as Julia prints it. */
  resultTypeOf(name: string): string {
    const instance = this.instances.named(name)
    return instance ? typeText(instance.result) : '?'
  }

  /** The result as Julia prints it, if it is a tag and the leaves of several members of which one is a float. */
  unionResult(name: string): string | null {
    const result = this.instances.named(name)?.result
    if (!result || !isFlatUnion(result)) return null
    const layouts = result.members.map(leavesOf).filter(leaves => leaves.length > 0)
    return layouts.length > 1 && layouts.flat().some(isFloat) ? typeText(result) : null
  }
}

/** Compiles methods for the argument types they are called with: one IR function an instance, made once, on first need. */
import { invariant } from '../../../diagnostics/bug.ts'
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import { Builder } from '../../3-ir/build.ts'
import type { ConstValue, Module as IrModule, Type as LeafType, Loc, RuleSource, Transform, ValueId } from '../../3-ir/ir.ts'
import { locAt } from '../../3-ir/loc.ts'
import { isFloat } from '../../3-ir/types.ts'
import type { Arg, Code, Core, Definition, LocalId, MethodDef, TopLevel } from '../core.ts'
import { coreChildren } from '../core-children.ts'
import { dispatch } from '../dispatch.ts'
import { withoutExits } from '../exits/without-exits.ts'
import { ANY, applied, namedTupleType, tupleType } from '../intern.ts'
import { boxedLeaves, isBoxed, isFlatUnion, leavesOf } from '../layout.ts'
import type { Constant, DataType, JType, TypeParam, TypeVar, UnionType } from '../type.ts'
import { typeText } from '../type-text.ts'
import type { GlobalCell, Module, World } from '../world.ts'
import { branch } from './branch.ts'
import type { Builtin } from './builtins/builtin.ts'
import { call, callCore, splatted } from './calls.ts'
import { convertTo } from './construct.ts'
import { addMethod, define } from './define.ts'
import { emitExpression, newBox, writeBox } from './expressions.ts'
import { type Emitters, Frame, type Keyword, type Val } from './frame.ts'
import { isGlobalDefined, readGlobal, setGlobal } from './globals.ts'
import { instanceKey, type Request, signatureLabel } from './instance-key.ts'
import { type Emitted, type Instance, Instances, type Running } from './instances.ts'
import { emitFor } from './iterate.ts'
import type { MetRequest } from './marks.ts'
import { outsideName } from './outside.ts'
import { bindBoxes, bindKeywordVars, bindParams, capturesOf, completedArguments, constructedType } from './parameters.ts'
import { isPulledBack, mayHaveRules, ruleKind } from './rule-signature.ts'
import { boxTryLocals } from './try-locals.ts'
import { TypeTable } from './type-table.ts'
import { DEAD, isDead, singleton, splitUnion, stringVal, symbolVal, typeVal } from './value.ts'

/** What the specialiser asks of the run time. */
export interface SpecialiserHost {
  /** The value of a leaf of a global that is not a reference. */
  leafOf(cell: GlobalCell, leaf: number): ConstValue
  /** A global's cell changes its type while it may hold a value. */
  convertCell(cell: GlobalCell, from: JType, to: JType): void
  /** Are limits of another engine imitated? Only then is it worth saying what they are about. */
  readonly modelled: boolean
  /** Asks them about what Enzyme's own functions do: a number in `Module.failures`, or null. */
  met(request: MetRequest, at: Loc): number | null
  /** Name of the function that a transform makes; it is made when it is first needed. */
  derived(transform: Transform): string
  /** Which parameters of a function may have a derivative that some result has a part in; null while that cannot be said. */
  influences(name: string, rules: RuleSource | undefined): readonly boolean[] | null
  /** Runs the statements of a module. */
  runProgram(program: Iterable<TopLevel>, module: Module): void
}

/** Of one function, however often its emission starts again. */
interface Boxes {
  readonly boxTypes: Map<LocalId, JType>
  readonly boxOwners: Map<LocalId, number>
}

/** A function of the IR: the method and argument types it was made for, and what it gives. */
export interface MadeFor {
  readonly request: Request
  readonly result: JType
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
  /** What each function was made for, by its name. */
  readonly #made = new Map<string, MadeFor>()
  readonly #builtins: ReadonlyMap<JType, Builtin>
  readonly #baseTypes = new Map<string, DataType>()
  readonly #codes = new WeakMap<Code, Code>()
  readonly #wrappers = new Map<string, { instance: Instance; age: number }>()
  readonly #resultTypes = new Map<string, { type: JType; age: number }>()
  /** Of the statement being compiled; see `takeConstants`. */
  readonly #constants: GlobalCell[] = []
  #serial = 0
  #temporaries = 0

  constructor(world: World, ir: IrModule, builtins: ReadonlyMap<JType, Builtin>, host: SpecialiserHost) {
    this.world = world
    this.ir = ir
    this.host = host
    this.types = new TypeTable(ir)
    this.#builtins = builtins
    this.emit = {
      expression: emitExpression,
      call,
      callCore,
      iterate: emitFor,
      base: (frame, name, args, span) => call(frame, this.readGlobal(frame, world.base, name, span), args, [], span),
      throwNew: (frame, exception, args, span) => this.throwNew(frame, exception, args, span),
    }
  }

  // What files of this folder need of each other -----------------------------------------------------------------------------------

  readonly branch = branch
  readonly splitUnion = splitUnion

  splatted(frame: Frame, args: readonly Arg[], span: Span): Val[] | null {
    return splatted(frame, args, span)
  }

  string(frame: Frame, text: string, span: Span): Val {
    return stringVal(frame, text, span)
  }

  symbol(frame: Frame, name: string, span: Span): Val {
    return symbolVal(frame, name, span)
  }

  typeValue(type: JType): Val {
    return typeVal(type)
  }

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

  namedTupleType(names: readonly string[], types: readonly JType[]): DataType {
    return namedTupleType(names, types)
  }

  tupleOf(types: readonly JType[]): DataType {
    return tupleType(types)
  }

  get juliaTypes(): readonly JType[] {
    return this.types.types
  }

  boxedLeavesOf(type: JType) {
    return boxedLeaves(type)
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
      if (inner.kind !== 'data') {
        let body: JType = inner
        while (body.kind === 'unionall') body = body.body
        return body as DataType
      }
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

  isGlobalDefined(module: Module, name: string): boolean {
    return isGlobalDefined(this, module, name)
  }

  typeIndex(type: JType): number {
    return this.types.index(type)
  }

  registerStruct(type: JType): void {
    this.types.register(type)
  }

  arrayTypeOf(leaf: LeafType | null, rank: number): DataType {
    return this.types.arrayOf(leaf, rank, name => this.baseType(name))
  }

  /** A statement is compiled that gives a global its one value. */
  beginConstant(cell: GlobalCell): void {
    cell.constant = 'under-way'
    this.#constants.push(cell)
  }

  /** The globals that what was compiled last will give their one value when it runs. */
  takeConstants(): readonly GlobalCell[] {
    return this.#constants.splice(0)
  }

  /** A function or global has a new meaning. */
  changed(what: object): void {
    if (this.world.isLoading) return
    this.instances.forget(what)
  }

  // Locals -----------------------------------------------------------------------------------------------------------------------------

  assign(frame: Frame, id: LocalId, value: Val, span: Span): void {
    const local = frame.code.locals[id]
    let val = value
    if (local?.type) {
      val = convertTo(frame, value, this.constantType(frame, local.type), span)
      if (isDead(val)) return
    }
    if (local?.boxed) {
      if (!frame.env[id]) this.freshLocal(frame, id)
      writeBox(frame, frame.env[id]!.val, val, span)
    } else frame.env[id] = { val, defined: true }
  }

  freshLocal(frame: Frame, id: LocalId): void {
    frame.env[id] = frame.code.locals[id]?.boxed ? { val: newBox(frame, id), defined: true } : undefined
  }

  /** A local that is not in the source. */
  temporary(frame: Frame, _name: string): LocalId {
    return frame.code.locals.length + this.#temporaries++
  }

  // Constants of expressions -------------------------------------------------------------------------------------------------------

  /** Evaluates an expression whose value must be known without running anything; null if it is not. */
  constantExpression(frame: Frame, core: Core): Val | null {
    const scratch = this.#scratch(frame)
    const val = emitExpression(scratch, core)
    return isDead(val) || val.leaves.length > 0 ? null : val
  }

  constantType(frame: Frame, core: Core): JType {
    const val = emitExpression(this.#scratch(frame), core)
    if (val.type.kind === 'data' && val.type.name.name === 'Type') return val.type.params[0] as JType
    if (val.type === ANY) fail('infer', 'type.not-constant', { found: 'Any' }, core.span)
    const undefinedName = isDead(val) ? this.#undefinedIn(frame, core) : null
    const text = undefinedName ?? (core.kind === 'global' ? core.name : typeText(val.type))
    const outside = core.kind === 'global' && isDead(val) ? outsideName(core.name) : undefined
    if (outside) fail('infer', 'subset.no-syntax', { what: outside }, core.span)
    return fail('infer', isDead(val) ? 'name.undefined' : 'type.not-a-type', { found: text, name: text }, core.span)
  }

  /** The first name in an expression that has no meaning. */
  #undefinedIn(frame: Frame, core: Core): string | null {
    if (core.kind === 'global') return this.isGlobalDefined(frame.module, core.name) ? null : core.name
    for (const child of coreChildren(core)) {
      const name = this.#undefinedIn(frame, child)
      if (name !== null) return name
    }
    return null
  }

  #scratch(frame: Frame): Frame {
    return new Frame({
      s: this,
      builder: new Builder(),
      code: frame.code,
      module: frame.module,
      label: frame.label,
      statics: frame.statics,
    })
  }

  // Definitions ------------------------------------------------------------------------------------------------------------------------

  addMethod(
    def: MethodDef,
    module: Module,
    callee: JType,
    vars: readonly TypeVar[],
    statics: ReadonlyMap<string, TypeParam>,
    isNew: boolean,
  ): void {
    addMethod(this, { def, module, callee, vars, statics, isNew, isFunctor: false })
  }

  define(def: Definition, module: Module): Val {
    return define(this, def, module)
  }

  /** A function that defines a method does so when it is compiled, which is before it first runs; so it must be sure to come to it. */
  defineHere(frame: Frame, def: Definition): Val {
    if (!frame.isTopLevel && frame.builder.depth > 0)
      fail('lower', 'subset.no-syntax', { what: 'A method defined in a branch or loop of a function' }, def.span)
    return define(this, def, frame.module)
  }

  /** A frame to evaluate the types of a definition in. */
  definitionFrame(module: Module, statics: ReadonlyMap<string, TypeParam>, span: Span): Frame {
    const code: Code = { locals: [], body: { kind: 'literal', value: { kind: 'nothing' }, span }, captures: [] }
    return new Frame({ s: this, builder: new Builder(), code, module, label: 'top-level scope', statics })
  }

  // Instances --------------------------------------------------------------------------------------------------------------------------

  instance(request: Request, span: Span, caller: Frame | null): Instance {
    const key = instanceKey(request)
    const known = this.instances.known(key)
    if (known) return known
    const { method, callee } = request
    const label = signatureLabel(request)
    this.instances.enter(method, label, span, caller)
    const depends = [callee.type, method.params[0] as object, callee.type.kind === 'data' ? callee.type.name : callee.type]
    const wanted = { key, name: method.def.name, label, method, depends }
    const boxes = { boxTypes: new Map<LocalId, JType>(), boxOwners: new Map<LocalId, number>() }
    const made = this.instances.make(wanted, running => this.#emitInstance(request, running, boxes))
    this.#made.set(made.name, { request, result: made.result })
    return made
  }

  /** What a function was made for; undefined for wrappers, statements and derived functions. */
  madeFor(name: string): MadeFor | undefined {
    return this.#made.get(name)
  }

  /** Code of a function without parameters: a top-level statement, or the wrapper of a call. */
  standalone(
    name: string,
    label: string,
    write: (frame: Frame) => Val,
    code: Code,
    module: Module,
    params: readonly JType[] = [],
  ): Instance {
    const wanted = { key: `${name}#${this.#serial++}`, name, label, method: null, depends: [] }
    const boxes = { boxTypes: new Map<LocalId, JType>(), boxOwners: new Map<LocalId, number>() }
    const isTopLevel = params.length === 0
    return this.instances.make(wanted, running => {
      const frame = new Frame({
        s: this,
        builder: new Builder(),
        code: this.prepared(code),
        module,
        label,
        statics: new Map(),
        ...boxes,
        isTopLevel,
      })
      bindBoxes(frame)
      return this.#finish(frame, write(frame), running.name, 'auto')
    })
  }

  prepared(code: Code): Code {
    let found = this.#codes.get(code)
    if (!found) {
      found = withoutExits(boxTryLocals(code))
      this.#codes.set(code, found)
    }
    return found
  }

  #emitInstance(request: Request, running: Running, boxes: Boxes): Emitted {
    const { method } = request
    const { def } = method
    const builder = new Builder()
    const statics = new Map<string, TypeParam>(method.statics)
    for (const v of method.vars) {
      const bound = request.bindings.get(v)
      if (bound !== undefined) statics.set(v.name, bound)
    }
    const code = this.prepared(def.code)
    const frame = new Frame({ s: this, builder, code, module: method.module, label: running.label, statics, ...boxes, method })
    const param = (spec: { type: JType; constant: Constant | null }, name: string, span?: Span): Val => {
      this.types.register(spec.type)
      return { type: spec.type, leaves: leavesOf(spec.type).map(leaf => builder.param(leaf, name, span)), constant: spec.constant }
    }
    const spanOf = (declared: { readonly local: LocalId } | undefined): Span | undefined => declared && code.locals[declared.local]?.span
    const callee = param(request.callee, 'self', method.isFunctor ? spanOf(def.params[0]) : undefined)
    const declared = method.isFunctor ? def.params.slice(1) : def.params
    const args = request.args.map((a, i) => {
      const own = declared[Math.min(i, declared.length - 1)]
      return param(a, own?.name ?? 'x', spanOf(own))
    })
    const kwargs = request.kwargs.map(k => {
      const own = def.kwparams.find(p => p.name === k.name)
      return { name: k.name, val: param(k, k.name, spanOf(own)) }
    })
    frame.self = callee
    if (code.captures.length > 0) frame.captures = capturesOf(callee)
    frame.constructed = constructedType(method, request.callee.type, statics)
    bindBoxes(frame)
    const positional = method.isFunctor ? [callee, ...args] : args
    const completed = completedArguments(frame, positional, request.bindings.size)
    if (completed) {
      const whole = call(frame, callee, method.isFunctor ? completed.slice(1) : completed, kwargs, def.span)
      return this.#finish(frame, whole, running.name, def.inline)
    }
    bindKeywordVars(frame, kwargs, statics)
    if (!bindParams(frame, positional, kwargs)) return this.#finish(frame, DEAD, running.name, def.inline)
    let value = this.#calledInFull(frame, request, callee, kwargs) ?? emitExpression(frame, frame.code.body)
    if (def.returnType && !isDead(value)) value = convertTo(frame, value, this.constantType(frame, def.returnType), def.returnType.span)
    return this.#finish(frame, value, running.name, def.inline)
  }

  /** A call that leaves arguments to their defaults is one of the method with all of them: where that has a rule, it must be reached. */
  #calledInFull(frame: Frame, { method, args }: Request, callee: Val, kwargs: readonly Keyword[]): Val | null {
    const { params } = method.def
    if (method.isFunctor || args.length >= params.length || !mayHaveRules(this.world, false)) return null
    const all = params.map(p => frame.env[p.local]?.val)
    if (params.some(p => p.vararg || frame.code.locals[p.local]?.boxed) || !all.every(val => val !== undefined)) return null
    const types = [callee.type, ...all.map(val => val.type)]
    if (ruleKind(this.world, types) === 'none' && !isPulledBack(this.world, types)) return null
    return call(frame, callee, all, kwargs, method.def.span)
  }

  #finish(frame: Frame, value: Val, name: string, inline: MethodDef['inline']): Emitted {
    const at = locAt(frame.code.body.span, frame.label, frame.origin)
    const yields: readonly ValueId[] = isDead(value) ? [] : value.leaves
    const func = frame.builder.finish(name, yields, at, { label: frame.label, inline })
    this.ir.funcs.set(name, func)
    return { result: value.type, constant: isDead(value) ? null : value.constant }
  }

  /** A function of these parameter types, written by `write`; for wrappers around calls. */
  wrapper(
    name: string,
    label: string,
    params: readonly JType[],
    module: Module,
    span: Span,
    write: (frame: Frame, params: readonly Val[]) => Val,
  ): Instance {
    const code: Code = { locals: [], body: { kind: 'literal', value: { kind: 'nothing' }, span }, captures: [] }
    return this.standalone(
      name,
      label,
      frame => {
        const vals = params.map((type, i): Val => {
          this.registerStruct(type)
          return { type, leaves: leavesOf(type).map(leaf => frame.builder.param(leaf, `x${i + 1}`)), constant: null }
        })
        return write(frame, vals)
      },
      code,
      module,
      params,
    )
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
    const label = `${typeText(types[0]!)}(${types
      .slice(1)
      .map(t => `::${typeText(t)}`)
      .join(', ')})`
    const key = `${module.name}:${types.map(t => t.key).join(';')}`
    const known = this.#wrappers.get(key)
    if (known && known.age === this.world.age) return known.instance
    const instance = this.wrapper('call', label, types, module, span, (frame, vals) => call(frame, vals[0]!, vals.slice(1), [], span))
    this.#wrappers.set(key, { instance, age: this.world.age })
    return instance
  }

  /** What a call with arguments of these types (the callee's first) gives, by inference alone; BOTTOM if it always throws. */
  resultType(module: Module, types: readonly JType[], span: Span): JType {
    const key = types.map(t => t.key).join(';')
    const cached = this.#resultTypes.get(key)
    if (cached && cached.age === this.world.age) return cached.type
    const frame = this.definitionFrame(module, new Map(), span)
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
    const layouts = (result as UnionType).members.map(leavesOf).filter(leaves => leaves.length > 0)
    return layouts.length > 1 && layouts.flat().some(isFloat) ? typeText(result) : null
  }
}

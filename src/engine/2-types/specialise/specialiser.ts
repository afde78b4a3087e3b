/** Compiles methods for the argument types they are called with: one IR function an instance, made once, on first need. */
import { invariant } from '../../../diagnostics/bug.ts'
import { Failure } from '../../../diagnostics/diagnostic.ts'
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Frame as StackFrame } from '../../../diagnostics/stack.ts'
import { Builder } from '../../3-ir/build.ts'
import type { Module as IrModule, Type as LeafType, Transform, ValueId } from '../../3-ir/ir.ts'
import { locAt } from '../../3-ir/loc.ts'
import type { Arg, Code, Core, Definition, LocalId, MethodDef, Program } from '../core.ts'
import { dispatch } from '../dispatch.ts'
import { withoutExits } from '../exits.ts'
import { ANY, ARRAY, applied, BOTTOM, NAMEDTUPLE, namedTupleType, TUPLE, tupleType, valueParam } from '../intern.ts'
import { boxedLeaves, fieldTypes, isBoxed, isSingleton, leavesOf, structOf } from '../layout.ts'
import type { Constant, DataType, JType, TypeParam, TypeVar } from '../type.ts'
import { typeText } from '../type-text.ts'
import type { GlobalCell, Method, Module, World } from '../world.ts'
import type { Builtin } from './builtin.ts'
import { call, callCore, splatted } from './calls.ts'
import { convertTo } from './construct.ts'
import { branch } from './control.ts'
import { addMethod, define } from './define.ts'
import { emitExpression, newBox, writeBox } from './expressions.ts'
import { type Emitters, Frame, type Val } from './frame.ts'
import { instanceKey, type Request, signatureLabel } from './instance-key.ts'
import { emitFor } from './iterate.ts'
import { boxTryLocals } from './try-locals.ts'
import { constantVal, DEAD, isDead, join, singleton, splitUnion, stringVal, symbolVal, tupleVal, typeVal } from './value.ts'

export interface Instance {
  readonly name: string
  readonly result: JType
  readonly constant: Constant | null
  /** Functions and globals whose change makes this stale. */
  readonly dependencies: ReadonlySet<object>
}

/** An instance being made; recursion meets it here. */
interface Running {
  readonly key: string
  readonly name: string
  readonly label: string
  readonly depth: number
  readonly method: Method | null
  readonly dependencies: Set<object>
  /** What recursive calls take the result to be; widened until it holds. */
  assumed: JType
  used: boolean
  /** Shallowest running instance that this one relied on. */
  lowest: number
  /** Finished instances that relied on this one's assumption. */
  provisional: string[]
  span: Span | null
  origin: Frame['origin']
}

/** Thrown to start a function again, with wider types of its boxed locals. */
class Restart extends Error {
  readonly running: Running | null
  constructor(running: Running | null) {
    super('restart')
    this.running = running
  }
}

/** What the specialiser asks of the run time. */
export interface SpecialiserHost {
  /** A global's cell changes its type while it may hold a value. */
  convertCell(cell: GlobalCell, from: JType, to: JType): void
  /** Something is compiled that depends on a changed function or global. */
  forget(names: readonly string[]): void
  /** Name of the function that a transform makes; it is made when it is first needed. */
  derived(transform: Transform): string
  /** Runs the statements of a module. */
  runProgram(program: Program, module: Module): void
}

const MAX_DEPTH = 220
const MAX_SELF_NESTING = 24
let serials = 0

export class Specialiser {
  readonly serial = serials++
  readonly world: World
  readonly ir: IrModule
  readonly host: SpecialiserHost
  readonly emit: Emitters
  /** Julia types behind `Module.types`. */
  readonly juliaTypes: JType[] = []
  readonly #typeIndices = new Map<JType, number>()
  readonly #instances = new Map<string, Instance>()
  readonly #running: Running[] = []
  readonly #runningByKey = new Map<string, Running>()
  readonly #builtins: ReadonlyMap<JType, Builtin>
  readonly #baseTypes = new Map<string, DataType>()
  readonly #boxOwners = new Map<
    number,
    { readonly types: Map<LocalId, JType>; readonly local: LocalId; running: Running | null; readonly span: Span }
  >()
  readonly #codes = new WeakMap<Code, Code>()
  readonly #registered = new Set<JType>()
  readonly #names = new Map<string, number>()
  readonly #wrappers = new Map<string, { instance: Instance; age: number }>()
  readonly #resultTypes = new Map<string, { type: JType; age: number }>()
  #boxSerial = 0
  #temporaries = 0

  constructor(world: World, ir: IrModule, builtins: ReadonlyMap<JType, Builtin>, host: SpecialiserHost) {
    this.world = world
    this.ir = ir
    this.host = host
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

  /** A Julia array type with this reference: of the element type that has these leaves, Float64 rather than others. */
  arrayTypeOf(leaf: LeafType | null, rank: number): DataType {
    const known = this.juliaTypes.find(
      t => t.kind === 'data' && t.name === ARRAY && leavesOf(t)[0] === leaf && t.params[1]?.key === `#${rank}`,
    )
    if (known) return known as DataType
    const element =
      leaf === 'arr<f64>'
        ? 'Float64'
        : leaf === 'arr<i64>'
          ? 'Int64'
          : leaf === 'arr<bool>'
            ? 'Bool'
            : leaf === 'arr<str>'
              ? 'String'
              : leaf === 'arr<f32>'
                ? 'Float32'
                : null
    return applied(ARRAY, [element ? this.baseType(element) : ANY, valueParam({ kind: 'int', value: rank })])
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

  typeIndex(type: JType): number {
    let index = this.#typeIndices.get(type)
    if (index === undefined) {
      index = this.juliaTypes.length
      this.#typeIndices.set(type, index)
      this.juliaTypes.push(type)
      this.ir.types.push({ label: typeText(type), leaves: boxedLeaves(type) })
      this.registerStruct(type)
    }
    return index
  }

  /** Makes the IR know the mutable structs that values of this type refer to. */
  registerStruct(type: JType): void {
    if (this.#registered.has(type)) return
    this.#registered.add(type)
    if (type.kind === 'union')
      type.members.forEach(m => {
        this.registerStruct(m)
      })
    if (type.kind !== 'data') return
    if (type.name.form === 'mutable') {
      const struct = structOf(type)
      this.ir.structs.set(struct.name, struct)
    }
    if (type.name.form === 'array') this.registerStruct(type.params[0] as JType)
    else if (type.name.name === 'Box') this.registerStruct(type.params[0] as JType)
    else if (type.name === TUPLE || type.name === NAMEDTUPLE || type.name.form === 'struct' || type.name.form === 'mutable') {
      if (!isBoxed(type) && (type.name !== TUPLE || type.params.every(p => p.kind !== 'vararg')))
        fieldTypes(type).forEach(t => {
          this.registerStruct(t)
        })
    }
  }

  // Globals ----------------------------------------------------------------------------------------------------------------------------

  readGlobal(frame: Frame, module: Module, name: string, span: Span): Val {
    const found = this.world.lookup(module, name)
    if (!found) return this.throwNew(frame, 'UndefVarError', [symbolVal(frame, name, span)], span)
    if (found.kind === 'known') {
      const { type, constant } = found.known
      this.#depend(type)
      return constant ? constantVal(frame, constant, span) : singleton(type)
    }
    const { cell } = found
    this.#depend(cell)
    if (cell.type === null) return this.throwNew(frame, 'UndefVarError', [symbolVal(frame, name, span)], span)
    const leaves = leavesOf(cell.type).map((leaf, i) => frame.builder.globalGet(cell.index, i, leaf, frame.at(span), name))
    return { type: cell.type, leaves, constant: null }
  }

  isGlobalDefined(module: Module, name: string): boolean {
    const found = this.world.lookup(module, name)
    return found !== undefined && (found.kind === 'known' || found.cell.type !== null)
  }

  setGlobal(frame: Frame, core: Core & { kind: 'set-global' }): Val {
    const { span } = core
    let value = emitExpression(frame, core.value)
    if (isDead(value)) return DEAD
    const known = frame.module.bindings.get(core.name)
    const atTop = frame.isTopLevel && frame.builder.depth === 0
    if (known && known.kind !== 'cell' && !core.isConst) {
      fail('lower', 'name.not-a-variable', { name: core.name }, span)
    }
    if (core.isConst && atTop && isSingleton(value.type)) {
      this.world.defineKnown(frame.module, core.name, value.type)
      this.changed(known?.kind === 'known' ? known.known.type : value.type)
      return value
    }
    const cell = this.world.cell(frame.module, core.name)
    if (core.type) cell.declared = frame.s.constantType(frame, core.type)
    if (cell.declared) {
      value = convertTo(frame, value, cell.declared, span)
      if (isDead(value)) return DEAD
    }
    if (core.isConst) cell.isConst = true
    if (cell.type !== value.type) {
      if (cell.type === null || atTop) this.#retype(cell, value.type, false)
      else {
        const joined = join(cell.type, value.type)
        if (joined !== cell.type) {
          this.#retype(cell, joined, true)
          throw new Restart(this.#running.at(-1) ?? null)
        }
      }
    }
    value = convertTo(frame, value, cell.type!, span)
    value.leaves.forEach((leaf, i) => {
      frame.builder.globalSet(cell.index, i, leaf, frame.at(span))
    })
    return value
  }

  #retype(cell: GlobalCell, type: JType, keepsValue: boolean): void {
    if (cell.type !== null && keepsValue) this.host.convertCell(cell, cell.type, type)
    cell.type = type
    this.registerStruct(type)
    this.ir.globals[cell.index] = { name: cell.name, leaves: leavesOf(type) }
    this.changed(cell)
  }

  /** Throws away what was compiled with the old meaning of a function or global. */
  changed(what: object): void {
    if (this.world.isLoading) return
    const stale: string[] = []
    for (const [key, instance] of this.#instances) {
      if (!instance.dependencies.has(what)) continue
      this.#instances.delete(key)
      stale.push(instance.name)
    }
    if (stale.length > 0) this.host.forget(stale)
  }

  #depend(on: object): void {
    this.#running.at(-1)?.dependencies.add(on)
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

  boxOwner(frame: Frame, id: LocalId): number {
    let owner = frame.boxOwners.get(id)
    if (owner === undefined) {
      owner = this.#boxSerial++
      frame.boxOwners.set(id, owner)
      this.#boxOwners.set(owner, {
        types: frame.boxTypes,
        local: id,
        running: this.#running.at(-1) ?? null,
        span: frame.code.locals[id]?.span ?? frame.code.body.span,
      })
    }
    return owner
  }

  /** A boxed variable is assigned a type that its box cannot hold: the function that owns it starts again with a wider one. */
  widenBox(_frame: Frame, box: DataType, type: JType, span: Span): never {
    const param = box.params[1]
    const owner = param?.kind === 'value' && param.value.kind === 'int' ? this.#boxOwners.get(param.value.value) : undefined
    invariant(owner, 'a box without an owner')
    if (owner.running && !this.#running.includes(owner.running)) fail('infer', 'subset.retyped-capture', { type: typeText(type) }, span)
    owner.types.set(owner.local, type)
    throw new Restart(owner.running)
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
    const text = core.kind === 'global' ? core.name : typeText(val.type)
    return fail('infer', isDead(val) ? 'name.undefined' : 'type.not-a-type', { found: text, name: text }, core.span)
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

  defineHere(frame: Frame, def: Definition): Val {
    if (!frame.isTopLevel) fail('lower', 'subset.no-syntax', { what: 'A definition inside a function' }, def.span)
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
    const known = this.#instances.get(key)
    if (known) {
      const running = this.#running.at(-1)
      if (running) for (const d of known.dependencies) running.dependencies.add(d)
      return known
    }
    const cycle = this.#runningByKey.get(key)
    if (cycle) {
      cycle.used = true
      for (let i = this.#running.length - 1; i > cycle.depth; i--)
        this.#running[i]!.lowest = Math.min(this.#running[i]!.lowest, cycle.depth)
      return { name: cycle.name, result: cycle.assumed, constant: null, dependencies: new Set() }
    }
    const { method } = request
    const top = this.#running.at(-1)
    if (top) {
      top.span = span
      top.origin = caller?.origin ?? top.origin
    }
    if (this.#running.length > MAX_DEPTH || this.#running.filter(r => r.method?.def === method.def).length > MAX_SELF_NESTING) {
      fail('infer', 'subset.deep-specialisation', { name: method.def.name }, span)
    }
    return this.#make(
      key,
      method.def.name,
      signatureLabel(request),
      method,
      [request.callee.type, method.params[0] as object, unwrappedName(request.callee.type)],
      running => this.#emitInstance(request, running),
    )
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
    const key = `${name}#${this.#boxSerial++}`
    return this.#make(key, name, label, null, [], running => {
      const boxTypes = new Map<LocalId, JType>()
      const boxOwners = new Map<LocalId, number>()
      return this.#restarting(running, () => {
        const builder = new Builder()
        const frame = new Frame({
          s: this,
          builder,
          code: this.prepared(code),
          module,
          label,
          statics: new Map(),
          boxTypes,
          boxOwners,
          isTopLevel: params.length === 0,
        })
        this.#bindBoxes(frame)
        return this.#finish(frame, write(frame), running.name, 'auto')
      })
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

  #make(
    key: string,
    baseName: string,
    label: string,
    method: Method | null,
    depends: readonly object[],
    emitBody: (running: Running) => { result: JType; constant: Constant | null },
  ): Instance {
    const name = this.#uniqueName(baseName)
    const running: Running = {
      key,
      name,
      label,
      method,
      depth: this.#running.length,
      dependencies: new Set(depends),
      assumed: BOTTOM,
      used: false,
      lowest: this.#running.length,
      provisional: [],
      span: null,
      origin: method?.module.isBase ? 'base' : 'user',
    }
    this.#running.push(running)
    this.#runningByKey.set(key, running)
    try {
      for (let round = 0; ; round++) {
        running.used = false
        const made = emitBody(running)
        const result = running.used ? join(running.assumed, made.result) : made.result
        if (running.used && result !== running.assumed) {
          for (const p of running.provisional) this.#instances.delete(p)
          running.provisional = []
          running.assumed = round > 4 ? ANY : result
          continue
        }
        const instance: Instance = {
          name,
          result: made.result,
          constant: running.used ? null : made.constant,
          dependencies: running.dependencies,
        }
        this.#instances.set(key, instance)
        const parent = this.#running[this.#running.length - 2]
        if (parent) {
          for (const d of running.dependencies) parent.dependencies.add(d)
          if (running.lowest < running.depth) {
            parent.lowest = Math.min(parent.lowest, running.lowest)
            this.#running[running.lowest]?.provisional.push(key, ...running.provisional)
          }
        }
        return instance
      }
    } catch (error) {
      if (error instanceof Failure && error.diagnostic.stack.length === 0) throw new Failure({ ...error.diagnostic, stack: this.#stack() })
      throw error
    } finally {
      this.#running.pop()
      this.#runningByKey.delete(key)
    }
  }

  /** Frames of what is being compiled, innermost first. */
  #stack(): StackFrame[] {
    return [...this.#running].reverse().map(r => ({ label: r.label, span: r.span, origin: r.origin, made: [] }))
  }

  #restarting<T>(running: Running, write: () => T): T {
    for (let round = 0; round < 30; round++) {
      try {
        return write()
      } catch (error) {
        if (!(error instanceof Restart) || error.running !== running) throw error
        // Instances made for the narrower boxes stay; their types name boxes that nobody makes any more.
      }
    }
    throw new Error('boxed locals do not settle')
  }

  #emitInstance(request: Request, running: Running): { result: JType; constant: Constant | null } {
    const { method } = request
    const boxTypes = new Map<LocalId, JType>()
    const boxOwners = new Map<LocalId, number>()
    return this.#restarting(running, () => {
      const builder = new Builder()
      const statics = new Map<string, TypeParam>(method.statics)
      for (const v of method.vars) {
        const bound = request.bindings.get(v)
        if (bound !== undefined) statics.set(v.name, bound)
      }
      const frame = new Frame({
        s: this,
        builder,
        code: this.prepared(method.def.code),
        module: method.module,
        label: running.label,
        statics,
        boxTypes,
        boxOwners,
        method,
      })
      const param = (spec: { type: JType; constant: Constant | null }, name: string): Val => {
        this.registerStruct(spec.type)
        return { type: spec.type, leaves: leavesOf(spec.type).map(leaf => builder.param(leaf, name)), constant: spec.constant }
      }
      const { def } = method
      const callee = param(request.callee, 'self')
      const names = def.params.map(p => p.name)
      const args = request.args.map((a, i) => param(a, names[Math.min(i, names.length - 1)] ?? 'x'))
      const kwargs = request.kwargs.map(k => ({ name: k.name, val: param(k, k.name) }))
      frame.self = callee
      if (method.def.code.captures.length > 0 && callee.type.kind === 'data') {
        let at = 0
        frame.captures = fieldTypes(callee.type).map(t => {
          const count = leavesOf(t).length
          at += count
          return { type: t, leaves: callee.leaves.slice(at - count, at), constant: null }
        })
      }
      frame.constructed = constructedType(method, request.callee.type, statics)
      this.#bindBoxes(frame)
      if (!this.#bindParams(frame, method.isFunctor ? [callee, ...args] : args, kwargs))
        return this.#finish(frame, DEAD, running.name, def.inline)
      let value = emitExpression(frame, frame.code.body)
      if (def.returnType && !isDead(value)) value = convertTo(frame, value, this.constantType(frame, def.returnType), def.returnType.span)
      return this.#finish(frame, value, running.name, def.inline)
    })
  }

  #bindBoxes(frame: Frame): void {
    frame.code.locals.forEach((local, id) => {
      if (local.boxed) frame.env[id] = { val: newBox(frame, id), defined: true }
    })
  }

  /** Arguments into locals; missing ones take their defaults, left to right. */
  #bindParams(frame: Frame, args: readonly Val[], kwargs: readonly { name: string; val: Val }[]): boolean {
    const { def } = frame.method!
    const bind = (id: LocalId, val: Val, span: Span): boolean => {
      if (isDead(val)) return false
      if (frame.code.locals[id]?.boxed) writeBox(frame, frame.env[id]!.val, val, span)
      else frame.env[id] = { val, defined: true }
      return true
    }
    for (const [i, p] of def.params.entries()) {
      const val = p.vararg || isVarargCore(p.type) ? tupleVal(args.slice(i)) : (args[i] ?? emitExpression(frame, p.default!))
      if (!bind(p.local, val, def.span)) return false
    }
    for (const kw of def.kwparams) {
      const given = kwargs.find(k => k.name === kw.name)?.val
      if (!given && !kw.default) {
        this.throwNew(frame, 'UndefKeywordError', [symbolVal(frame, kw.name, def.span)], def.span)
        return false
      }
      if (!bind(kw.local, given ?? emitExpression(frame, kw.default!), def.span)) return false
    }
    if (def.kwslurp !== null) {
      const rest = kwargs.filter(k => !def.kwparams.some(p => p.name === k.name))
      const named: Val = {
        type: namedTupleType(
          rest.map(k => k.name),
          rest.map(k => k.val.type),
        ),
        leaves: rest.flatMap(k => k.val.leaves),
        constant: null,
      }
      if (!bind(def.kwslurp, this.emit.base(frame, 'pairs', [named], def.span), def.span)) return false
    }
    return true
  }

  #finish(frame: Frame, value: Val, name: string, inline: MethodDef['inline']): { result: JType; constant: Constant | null } {
    const at = locAt(frame.code.body.span, frame.label, frame.origin)
    const yields: readonly ValueId[] = isDead(value) ? [] : value.leaves
    const func = frame.builder.finish(name, yields, at, { label: frame.label, inline })
    this.ir.funcs.set(name, func)
    return { result: value.type, constant: isDead(value) ? null : value.constant }
  }

  #uniqueName(base: string): string {
    const n = (this.#names.get(base) ?? 0) + 1
    this.#names.set(base, n)
    return n === 1 ? base : `${base}.${n}`
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
    if (this.#running.length === 0) this.#resultTypes.set(key, { type, age: this.world.age })
    return type
  }

  /** Result type of the function of this name, as Julia prints it. */
  resultTypeOf(name: string): string {
    for (const instance of this.#instances.values()) if (instance.name === name) return typeText(instance.result)
    return '?'
  }
}

function isVarargCore(type: Core | null): boolean {
  return type?.kind === 'apply-type' && (type.base.kind === 'global' || type.base.kind === 'base') && type.base.name === 'Vararg'
}

function unwrappedName(type: JType): object {
  return type.kind === 'data' ? type.name : type
}

/** What plain `new(…)` makes in this method. */
function constructedType(method: Method, callee: JType, statics: ReadonlyMap<string, TypeParam>): JType | null {
  const of = callee.kind === 'data' && callee.name.name === 'Type' ? (callee.params[0] as JType) : null
  if (!of) return null
  if (of.kind === 'data') return of
  if (of.kind !== 'unionall') return null
  let body: JType = of
  while (body.kind === 'unionall') body = body.body
  if (body.kind !== 'data') return null
  const params = body.params.map(p => (p.kind === 'var' ? (statics.get(p.name) ?? p) : p))
  return params.some(p => p.kind === 'var') && !method.def.name ? null : applied(body.name, params)
}

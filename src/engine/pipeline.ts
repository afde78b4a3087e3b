/** The stages in order, for one program: Core into instances, instances into derivatives, all of it optimised, emitted and run. */
import { InternalError, invariant } from '../diagnostics/bug.ts'
import { type Diagnostic, Failure } from '../diagnostics/diagnostic.ts'
import type { Source, Span } from '../diagnostics/source.ts'
import { parseProgram } from './1-syntax/parse.ts'
import type { Code, TopLevel } from './2-types/core.ts'
import { desugarProgram } from './2-types/desugar/program.ts'
import { BOTTOM, constantKey, typeOfType } from './2-types/intern.ts'
import { fieldSlice, fieldTypes, isBoxed, isFlatUnion, leavesOf } from './2-types/layout.ts'
import { CustomRules } from './2-types/specialise/custom-rules.ts'
import type { Instance } from './2-types/specialise/instances.ts'
import { newSpecialiser } from './2-types/specialise/setup.ts'
import type { Specialiser } from './2-types/specialise/specialiser.ts'
import { represent } from './2-types/specialise/value.ts'
import { isSubtype } from './2-types/subtype.ts'
import type { Constant, DataType, JType, UnionType } from './2-types/type.ts'
import { typeText } from './2-types/type-text.ts'
import type { GlobalCell, Module as WorldModule } from './2-types/world.ts'
import { interpret, type Watch } from './3-ir/interpret.ts'
import type { ConstValue, DynamicMode, Func, Module } from './3-ir/ir.ts'
import { Boxed, type Tape } from './3-ir/memory.ts'
import { overwrittenAll } from './3-ir/overwritten.ts'
import { during } from './3-ir/step.ts'
import { assertWellFormed } from './3-ir/verify.ts'
import { consultRequest } from './4-ad/consult.ts'
import { Deriver } from './4-ad/derive.ts'
import { type Limit, limitsOf } from './4-ad/limits.ts'
import { requestDerived } from './4-ad/transform-name.ts'
import { optimise, passContext } from './5-passes/optimise.ts'
import type { Pass, PassContext } from './5-passes/pass.ts'
import { rangesOf } from './5-passes/ranges.ts'
import { emitFunc } from './6-emit/emit.ts'
import type { ExceptionField, Host } from './6-emit/host.ts'
import { interpreterHost } from './6-emit/interpreter-host.ts'
import { type Linker, newLinker } from './6-emit/linker.ts'
import { DEFAULT_LIMITS, newRuntime, type Runtime } from './6-emit/runtime.ts'
import { loadBase } from './base-library.ts'
import { candidates } from './candidates.ts'
import { CodeValues } from './code-values.ts'
import { newCustomShow } from './custom-show.ts'
import type { Workings } from './faults.ts'
import { type Misuse, newMisuse } from './misuse.ts'
import type { Profile } from './session.ts'

export interface PipelineOptions {
  readonly profile: Profile
  readonly without?: readonly string[]
  readonly warn?: (found: Diagnostic) => void
  readonly write: (text: string) => void
  /** Without passes and emitted code; `prepared`: with the passes that run before a function is differentiated. */
  readonly interpret: boolean | 'prepared'
  /** The tapes of derivatives, where they are measured. */
  readonly tapes?: typeof Tape | undefined
  readonly onMemory?: ((bytes: number) => void) | undefined
  /** Run the verifier after every stage. */
  readonly verify: boolean
  readonly workings: Workings
  readonly recordTest: (status: string, expression: string, message: string, line: number) => void
}

/** A top-level expression, compiled. */
export interface Statement {
  readonly instance: Instance
  readonly isEmpty: boolean
  /** Globals that it gives their one value. */
  readonly constants: readonly GlobalCell[]
  /** Of the world, when it was compiled. */
  readonly age: number
}

export class Pipeline {
  readonly ir: Module = { funcs: new Map(), derived: new Map(), structs: new Map(), types: [], globals: [], failures: [] }
  readonly specialiser: Specialiser
  readonly deriver: Deriver
  readonly linker: Linker
  readonly runtime: Runtime
  readonly host: Host
  readonly code: CodeValues
  readonly misuse: Misuse
  readonly passes: readonly Pass[]
  readonly rules: CustomRules
  /** Looks on while functions are interpreted. */
  watch: Watch | null = null
  /** The module whose statements are being run. */
  #module: WorldModule | null = null
  readonly #options: PipelineOptions
  readonly #limits: Limit[]
  readonly #optimised = new Map<string, Func>()
  readonly #dynamic = new Map<string, { name: string; age: number }>()

  constructor(options: PipelineOptions) {
    this.#options = options
    const limits = [...limitsOf(options.profile, options.without ?? [])]
    this.#limits = limits
    this.specialiser = newSpecialiser(this.ir, {
      leafOf: (cell, leaf) => this.runtime.library.cell(cell.index)[leaf] as ConstValue,
      convertCell: (cell, from, to) => {
        this.#convertCell(cell, from, to)
      },
      modelled: limits.length > 0,
      met: (request, at) => consultRequest(request, at, limits, this.ir),
      derived: transform => requestDerived(this.ir, transform),
      runProgram: (program, module) => {
        this.run(program, module)
      },
    })
    const rules = new CustomRules(this.specialiser)
    const { decisions, passes } = options.workings
    this.passes = passes
    this.rules = rules
    const beforeDeriving = passContext(this.ir, { passes, verify: options.verify, keepsCalls: name => rules.kindOf(name) !== 'none' })
    const beforeEmitting = passContext(this.ir, { passes, verify: options.verify, inlineDerived: true, before: beforeDeriving })
    this.deriver = new Deriver(this.ir, {
      limits,
      ...(options.warn && { warn: options.warn }),
      unionResult: name => this.specialiser.unionResult(name),
      verbose: options.verify,
      decisions,
      rules,
      prepare: f => (options.interpret === true ? f : optimise(f, beforeDeriving)),
      ...(options.verify && { check: (f, made) => assertWellFormed(f, this.ir, made, { open: true }) }),
    })
    this.code = new CodeValues({
      specialiser: this.specialiser,
      host: () => this.host,
      box: (type, leaves) => this.box(type, leaves),
      run: (program, module) => this.run(program, module),
      store: (cell, leaves) => {
        const stored = this.runtime.library.cell(cell.index)
        stored.splice(0, stored.length, ...leaves)
      },
      execute: code => this.execute(code, this.#module ?? this.specialiser.world.main),
    })
    this.misuse = newMisuse(options.warn ?? (() => undefined), { typeAt: n => this.specialiser.juliaTypes[n]! })
    this.host = this.#newHost()
    this.runtime = newRuntime(this.host, DEFAULT_LIMITS, options.tapes, options.onMemory)
    this.linker = newLinker(
      this.runtime.library,
      name => this.#compile(name, beforeEmitting),
      func => during({ kind: 'emit' }, func, this.ir, () => emitFunc(func)),
    )
    loadBase(this.specialiser.world, (program, module) => {
      this.run(program, module)
    })
  }

  #compile(name: string, cx: PassContext): Func {
    let func = this.#optimised.get(name)
    if (!func) {
      func = optimise(this.deriver.resolve(name), cx)
      // The emitter asks again, and does not know the effects of calls.
      rangesOf(func, cx.effectsOfCall)
      this.#optimised.set(name, func)
    }
    return func
  }

  /** Switches limits off, unless one has left its mark already in what was compiled. */
  switchOff(ids: readonly string[]): boolean {
    if ((this.ir.failures ?? []).length > 0) return false
    const kept = this.#limits.filter(limit => !ids.includes(limit.id))
    this.#limits.splice(0, this.#limits.length, ...kept)
    return true
  }

  load(source: Source, module: WorldModule): void {
    this.run(desugarProgram(parseProgram(source), { moduleName: module.name }), module)
  }

  /** The value of the last statement, if it has one. */
  run(program: Iterable<TopLevel>, module: WorldModule): Boxed | null {
    const outer = this.#module
    let value: Boxed | null = null
    this.#module = module
    for (const statement of program) {
      this.#module = module
      if (statement.kind === 'definition') {
        const defined = this.specialiser.define(statement.def, module)
        value = defined.leaves.length === 0 && defined.type !== BOTTOM ? this.box(defined.type, []) : null
      } else value = this.execute(statement.code, module)
    }
    this.#module = outer
    return value
  }

  /** Compiles and runs one top-level expression; its value, boxed. */
  execute(code: Code, module: WorldModule): Boxed | null {
    return this.globalValue(code, module) ?? this.runStatement(this.statement(code, module))
  }

  statement(code: Code, module: WorldModule): Statement {
    const instance = this.compileExpression(code, module)
    const func = this.ir.funcs.get(instance.name)
    invariant(func, 'a statement was not compiled')
    // Definitions of constants and the like leave nothing to run.
    const isEmpty = func.body.body.length === 0
    return { instance, isEmpty, constants: this.specialiser.takeConstants(), age: this.specialiser.world.age }
  }

  runStatement({ instance, isEmpty, constants }: Statement): Boxed | null {
    const leaves = isEmpty ? [] : this.call(instance.name, [])
    for (const cell of constants) if (cell.constant === 'under-way') cell.constant = 'yes'
    return instance.result === BOTTOM ? null : this.box(instance.result, leaves)
  }

  /** Would compiling it once more give the same? */
  isCurrent({ instance, constants, age }: Statement): boolean {
    return constants.length === 0 && age === this.specialiser.world.age && this.specialiser.instances.isCurrent(instance)
  }

  /** The value of a statement that is the name of a variable or function, for which there is nothing to compile. */
  globalValue({ body }: Code, module: WorldModule): Boxed | null {
    if (body.kind !== 'global' || body.name.startsWith('@')) return null
    const found = this.specialiser.world.lookup(module, body.name)
    if (found?.kind === 'known') return found.known.constant ? null : this.box(found.known.type, [])
    if (!found || found.cell.type === null) return null
    const leaves = this.runtime.library.cell(found.cell.index).slice(0, leavesOf(found.cell.type).length)
    return this.box(found.cell.type, leaves)
  }

  compileExpression(code: Code, module: WorldModule): Instance {
    return this.specialiser.standalone(
      'top-level',
      'top-level scope',
      frame => this.specialiser.emit.expression(frame, frame.code.body),
      code,
      module,
    )
  }

  call(name: string, args: readonly unknown[]): unknown[] {
    return this.#options.interpret ? this.interpret(name, args) : this.linker.call(name, args)
  }

  /** Calls a function as it stands, without passes and without emitted code. */
  interpret(name: string, args: readonly unknown[]): unknown[] {
    const host = interpreterHost(this.runtime, n => this.deriver.resolve(n), this.watch)
    return interpret(this.ir, name, args, host)
  }

  /** A value of a type; one that is boxed already (an `any`) is itself. */
  box(type: JType, leaves: readonly unknown[]): Boxed {
    if (isBoxed(type)) return leaves[0] as Boxed
    if (isFlatUnion(type)) {
      const { members } = type as UnionType
      const tag = leaves[0] as number
      let start = 1
      for (let i = 0; i < tag; i++) start += leavesOf(members[i]!).length
      return this.box(members[tag]!, leaves.slice(start, start + leavesOf(members[tag]!).length))
    }
    return new Boxed(this.specialiser.typeIndex(type), [...leaves])
  }

  typeOf(value: Boxed): JType {
    return this.specialiser.juliaTypes[value.t]!
  }

  // What the runtime asks for --------------------------------------------------------------------------------------------------------

  #newHost(): Host {
    const { specialiser } = this
    const typeAt = (n: number): JType => specialiser.juliaTypes[n]!
    return {
      module: this.ir,
      typeAt,
      typeOf: value => {
        const type = this.typeOf(value)
        return this.box(typeOfType(type), [])
      },
      isSubtype: (type, of) => isSubtype(typeAt(type), typeAt(of)),
      dynamicCall: (path, args) => this.#dynamicCall(path, args),
      exception: (name, fields) => this.#exception(name, fields),
      exceptionOfFailure: error => this.#exceptionOfFailure(error),
      box: (type, leaves) => this.box(type, leaves),
      misuse: this.misuse,
      customShow: newCustomShow({ specialiser, host: () => this.host }),
      collect: value => this.#collect(value),
      code: this.code,
      candidates: (callee, args) => candidates(specialiser.world, callee, args),
      methodCount: type => specialiser.world.methodsFor(type, true).length,
      write: this.#options.write,
      recordTest: this.#options.recordTest,
    }
  }

  #collect(value: Boxed): Boxed | null {
    const collect = this.specialiser.baseFunction('collect')
    if (!collect) return null
    return this.#dynamicCall([], [this.box(collect.type, []), value])[0] as Boxed
  }

  #exceptionOfFailure(error: Error): Boxed | null {
    if (!(error instanceof Failure) || !error.diagnostic.exception) return null
    const type = this.#exceptionType(error.diagnostic.exception)
    return type && this.#exceptionOf(type, [{ kind: 'string', value: error.diagnostic.message }])
  }

  /** Of Base, or of what Enzyme throws. */
  #exceptionType(name: string): DataType | null {
    const { world } = this.specialiser
    const errors = world.lookup(world.base, 'EnzymeErrors')
    const module = errors?.kind === 'known' && errors.known.type.kind === 'data' ? world.modulesByType.get(errors.known.type) : undefined
    const found = world.lookup(world.base, name) ?? (module && world.lookup(module, name))
    const type = found?.kind === 'known' && found.known.type.kind === 'data' ? found.known.type.params[0] : undefined
    return type?.kind === 'data' ? type : null
  }

  #exception(name: string, fields: readonly ExceptionField[]): Boxed {
    return this.#exceptionOf(this.specialiser.baseType(name), fields)
  }

  #exceptionOf(type: DataType, fields: readonly ExceptionField[]): Boxed {
    const types = fieldTypes(type)
    const leaves = types.flatMap((fieldType, i): unknown[] => {
      const field = fields[i]
      const value = field ? this.#fieldValue(field) : this.box(this.specialiser.baseType('Nothing'), [])
      return isBoxed(fieldType) ? [value] : value.v
    })
    return this.box(type, type.name.form === 'mutable' ? [{ f: leaves }] : leaves)
  }

  #fieldValue(field: ExceptionField): Boxed {
    const base = (name: string) => this.specialiser.baseType(name)
    switch (field.kind) {
      case 'string':
        return this.box(base('String'), [field.value])
      case 'symbol':
        return this.box(base('Symbol'), [field.value])
      case 'int':
        return this.box(base('Int64'), [field.value])
      case 'float':
        return this.box(base('Float64'), [field.value])
      case 'ints': {
        const int = base('Int64')
        return this.box(this.specialiser.tupleOf(field.value.map(() => int)), field.value)
      }
      case 'array':
        return this.box(this.specialiser.arrayTypeOf(field.type, field.value.d.length), [field.value])
      case 'type':
        return this.box(typeOfType(this.specialiser.juliaTypes[field.value]!), [])
      case 'type-name':
        return this.box(typeOfType(base(field.value)), [])
      case 'boxed':
        return field.value
    }
  }

  #dynamicCall(path: readonly DynamicMode[], args: readonly unknown[]): readonly unknown[] {
    const arity = primalArity(path, args.length)
    const types = args.slice(0, arity).map(value => {
      invariant(value instanceof Boxed, 'a dynamic call of something that is not boxed')
      return this.typeOf(value)
    })
    // A type is made for the very values of its parameters.
    const isApply = types[0] === this.specialiser.coreFunction('apply_type').type
    const constants = args.slice(0, arity).map(value => (isApply ? this.#constantOf(value as Boxed) : null))
    const values = constants.map(c => (c ? constantKey(c) : '')).join(';')
    const key = `${path.join('.')}|${types.map(t => t.key).join(';')}|${values}`
    let target = this.#dynamic.get(key)
    if (!target || target.age !== this.specialiser.world.age) {
      target = { name: this.#dynamicTarget(path, types, constants), age: this.specialiser.world.age }
      this.#dynamic.set(key, target)
    }
    return this.call(target.name, args)
  }

  /** `(any, …) → any` around the method for these types, under the transforms of `path`. */
  #dynamicTarget(path: readonly DynamicMode[], types: readonly JType[], constants: readonly (Constant | null)[]): string {
    const { specialiser } = this
    const any = specialiser.world.lookup(specialiser.world.core, 'Any')
    invariant(any?.kind === 'known' && any.known.type.kind === 'data', 'Core has no Any')
    const ANY = any.known.type.params[0] as DataType
    const span: Span = { source: { name: 'dynamic call', text: '' }, start: 0, end: 0 }
    const label = `${typeText(types[0]!)}(${types
      .slice(1)
      .map(t => `::${typeText(t)}`)
      .join(', ')})`
    const wrapper = specialiser.wrapper(
      'dynamic',
      label,
      types.map(() => ANY),
      specialiser.world.main,
      span,
      (frame, params) => {
        const vals = params.map((p, i) => {
          const val = represent(frame, p, types[i]!, span)
          return constants[i] ? { ...val, constant: constants[i] } : val
        })
        return represent(frame, specialiser.emit.call(frame, vals[0]!, vals.slice(1), [], span), ANY, span)
      },
    )
    let name = wrapper.name
    let params = types.length
    for (const [i, step] of path.entries()) {
      name = requestDerived(this.ir, {
        mode: plainMode(step),
        ...(step.startsWith('strong-') && { strongZero: true }),
        ...((plainMode(step) === 'forward' || plainMode(step) === 'augmented') && { guarded: Array.from({ length: params }, (_, i) => i) }),
        of: name,
        ...(step === 'caught'
          ? { activity: [], interface: false, overwritten: [] }
          : {
              activity: Array.from({ length: params }, () => 'active' as const),
              interface: true,
              overwritten: overwrittenAll(params, true),
            }),
      })
      params = arities(types.length, path.slice(0, i + 1)).params
    }
    return name
  }

  /** A boxed value as a parameter of a type; null for what cannot be one. */
  #constantOf({ t, v }: Boxed): Constant | null {
    const type = this.specialiser.juliaTypes[t]!
    if (type.kind !== 'data') return null
    if (type.name.form === 'tuple') {
      const items = fieldTypes(type).map((field, i) => this.#constantOf(this.box(field, v.slice(...fieldSlice(type, i)))))
      return items.every(item => item !== null) ? { kind: 'tuple', items } : null
    }
    const [leaf] = v
    switch (type.name.name) {
      case 'Int64':
        return { kind: 'int', value: leaf as number }
      case 'Bool':
        return { kind: 'bool', value: leaf as boolean }
      case 'Float64':
        return { kind: 'float', value: leaf as number }
      case 'Symbol':
        return { kind: 'symbol', value: leaf as string }
      case 'Char':
        return { kind: 'char', value: leaf as number }
      default:
        break
    }
    if (type.name.form === 'primitive') return typeof leaf === 'number' ? { kind: 'number', type, value: leaf } : null
    if (type.name.form !== 'struct' && type.name.form !== 'namedtuple') return null
    const items = fieldTypes(type).map((field, i) => this.#constantOf(this.box(field, v.slice(...fieldSlice(type, i)))))
    return items.every(item => item !== null) ? { kind: 'struct', type, items } : null
  }

  #convertCell(cell: GlobalCell, from: JType, to: JType): void {
    const stored = this.runtime.library.cell(cell.index)
    const value = this.box(from, stored)
    const leaves = this.leavesAs(value, to)
    stored.splice(0, stored.length, ...leaves)
  }

  /** The leaves of a boxed value as a type that holds it. */
  leavesAs(value: Boxed, type: JType): readonly unknown[] {
    if (isBoxed(type)) return [value]
    if (!isFlatUnion(type)) return value.v
    const { members } = type as UnionType
    const own = this.typeOf(value)
    return [
      members.indexOf(own),
      ...members.flatMap(m =>
        m === own
          ? value.v
          : leavesOf(m).map(leaf =>
              leaf === 'str' ? '' : leaf === 'bool' ? false : leaf === 'f64' || leaf === 'f32' || leaf === 'i64' ? 0 : null,
            ),
      ),
    ]
  }
}

function plainMode(mode: DynamicMode): 'forward' | 'augmented' | 'reverse' | 'caught' {
  return mode.replace('strong-', '') as 'forward' | 'augmented' | 'reverse' | 'caught'
}

/** Parameters and results of an `(any, …) → any` function of `primal` parameters under transforms. */
function arities(primal: number, path: readonly DynamicMode[]): { params: number; results: number } {
  let params = primal
  let results = 1
  for (const mode of path) {
    switch (plainMode(mode)) {
      case 'forward':
        params *= 2
        results *= 2
        break
      case 'augmented':
        params = 2 * params + 1
        results *= 2
        break
      case 'reverse':
        params = params + results + 1
        results = 0
        break
      case 'caught':
        results += 1
        break
    }
  }
  return { params, results }
}

function primalArity(path: readonly DynamicMode[], given: number): number {
  for (let n = 1; n <= given; n++) if (arities(n, path).params === given) return n
  throw new InternalError(`${given} arguments do not fit a dynamic call under ${path.join(', ')}`)
}

/** The stages in order, for one program: Core into instances, instances into derivatives, all of it optimised, emitted and run. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Source } from '../diagnostics/source.ts'
import { parseProgram } from './1-syntax/parse.ts'
import { desugarProgram } from './2-types/desugar/program.ts'
import { applied, BOTTOM, TUPLE, typeOfType } from './2-types/intern.ts'
import { fieldSlice, fieldTypes, isBoxed, isFlatUnion, isOpenTuple, leavesOf } from './2-types/layout.ts'
import type { Module as WorldModule } from './2-types/module.ts'
import { CustomRules } from './2-types/specialise/custom-rules.ts'
import { newSpecialiser } from './2-types/specialise/setup.ts'
import type { Specialiser } from './2-types/specialise/specialiser.ts'
import { isSubtype } from './2-types/subtype.ts'
import type { DataType, JType } from './2-types/type.ts'
import { interpret, type Watch } from './3-ir/interpret.ts'
import type { Func, Module } from './3-ir/ir.ts'
import { keepOnly, leftFunctions } from './3-ir/left-functions.ts'
import { liftGlobals } from './3-ir/lift-globals.ts'
import { Boxed, Trap } from './3-ir/memory.ts'
import { during } from './3-ir/step.ts'
import type { Tape } from './3-ir/tape.ts'
import { assertWellFormed } from './3-ir/verify.ts'
import { hasLoop } from './3-ir/visit.ts'
import { consultRequest } from './4-ad/consult.ts'
import { Deriver } from './4-ad/derive.ts'
import { influences } from './4-ad/influences.ts'
import { type Limit, limitsOf } from './4-ad/limits.ts'
import { requestDerived } from './4-ad/transform-name.ts'
import { optimise, passContext } from './5-passes/optimise.ts'
import type { Pass, PassContext } from './5-passes/pass.ts'
import { rangesOf } from './5-passes/ranges.ts'
import { emitFunc } from './6-emit/emit.ts'
import type { Host } from './6-emit/host.ts'
import { interpreterHost } from './6-emit/interpreter-host.ts'
import { type Linker, newLinker } from './6-emit/linker.ts'
import { DEFAULT_LIMITS, newRuntime, type Runtime } from './6-emit/runtime.ts'
import { loadBase } from './base-library.ts'
import { candidates } from './candidates.ts'
import { CodeValues } from './code-values.ts'
import { newCustomKeys } from './custom-keys.ts'
import { newCustomShow } from './custom-show.ts'
import { DynamicCalls } from './dynamic-calls.ts'
import { ExceptionValues } from './exception-values.ts'
import type { Workings } from './faults.ts'
import { GlobalCells } from './global-cells.ts'
import { LibraryMemory } from './library-memory.ts'
import { type Misuse, newMisuse } from './misuse.ts'
import type { Profile } from './session.ts'
import { Statements } from './statements.ts'

export interface PipelineOptions {
  readonly profile: Profile
  readonly without?: readonly string[]
  readonly warn?: (found: Diagnostic) => void
  readonly write: (text: string) => void
  /** Without passes and emitted code; `prepared`: with the passes that run before a function is differentiated. */
  readonly interpret: boolean | 'prepared'
  /** Is a function as it is differentiated already? None is, if missing. */
  readonly isPrepared?: (f: Func) => boolean
  /** The tapes of derivatives, where they are measured. */
  readonly tapes?: typeof Tape | undefined
  readonly onMemory?: ((bytes: number) => void) | undefined
  /** Run the verifier after every stage. */
  readonly verify: boolean
  readonly workings: Workings
  readonly recordTest: (status: string, expression: string, message: string, line: number) => void
}

export class Pipeline {
  readonly ir: Module = { funcs: new Map(), derived: new Map(), structs: new Map(), types: [], globals: [], failures: [] }
  readonly specialiser: Specialiser
  readonly deriver: Deriver
  readonly linker: Linker
  readonly runtime: Runtime
  readonly host: Host
  readonly cells = new GlobalCells({
    storage: index => this.runtime.library.cell(index),
    box: (type, leaves) => this.box(type, leaves),
    typeOf: value => this.typeOf(value),
  })
  readonly statements: Statements
  readonly code: CodeValues
  readonly misuse: Misuse
  readonly passes: readonly Pass[]
  readonly rules: CustomRules
  /** Looks on while functions are interpreted. */
  watch: Watch | null = null
  /** Are functions interpreted when they are called, or emitted and run? */
  interprets: boolean
  /** Do failures get the IR and the analyses of what failed? */
  attaches = true
  /** Do ForwardDiff's functions work with dual numbers? */
  usesDuals = false
  /** Are functions called with what ReverseDiff tracks? */
  usesTracked = false
  readonly #options: PipelineOptions
  readonly #limits: Limit[]
  readonly #optimised = new Map<string, Func>()
  /** Without trying functions as they stand: for what is to be kept. */
  optimisesAtOnce = false
  readonly #dynamicCalls: DynamicCalls
  readonly #exceptions: ExceptionValues
  readonly #libraryMemory = new LibraryMemory()

  constructor(options: PipelineOptions) {
    this.#options = options
    this.interprets = options.interpret !== false
    const limits = [...limitsOf(options.profile, options.without ?? [])]
    this.#limits = limits
    this.specialiser = newSpecialiser(this.ir, {
      cells: this.cells,
      modelled: limits.length > 0,
      met: (request, at) => consultRequest(request, at, limits, this.ir),
      derived: transform => requestDerived(this.ir, transform),
      influences: (name, rules) => influences(this.deriver, name, rules),
      lifted: name => liftGlobals(this.ir, name, callee => this.rules.isSpokenOf(callee)),
      codeFrom: ({ name, result }, span) => {
        try {
          return result === BOTTOM ? null : this.code.node(this.box(result, this.call(name, [])), span)
        } catch (error) {
          if (error instanceof Trap) return null
          throw error
        }
      },
      runProgram: (program, module) => {
        this.statements.run(program, module)
      },
    })
    const rules = new CustomRules(this.specialiser)
    const { decisions, passes } = options.workings
    this.passes = passes
    this.rules = rules
    const beforeDeriving = passContext(this.ir, { passes, verify: options.verify, keepsCalls: name => rules.isSpokenOf(name) })
    const beforeEmitting = passContext(this.ir, { passes, verify: options.verify, inlineDerived: true, before: beforeDeriving })
    this.deriver = new Deriver(this.ir, {
      limits,
      ...(options.warn && { warn: options.warn }),
      unionResult: name => this.specialiser.unionResult(name),
      attaches: () => this.attaches,
      decisions,
      rules,
      prepare: f => (options.interpret === true || options.isPrepared?.(f) ? f : optimise(f, beforeDeriving)),
      ...(options.verify && { check: (f, made) => assertWellFormed(f, this.ir, made, { open: true }) }),
    })
    this.statements = new Statements({
      specialiser: this.specialiser,
      box: (type, leaves) => this.box(type, leaves),
      call: name => this.call(name, []),
      cells: this.cells,
    })
    this.code = new CodeValues({
      specialiser: this.specialiser,
      host: () => this.host,
      box: (type, leaves) => this.box(type, leaves),
      run: (program, module) => this.statements.run(program, module),
      cells: this.cells,
      execute: code => this.statements.execute(code, this.statements.module),
      current: () => this.statements.module,
    })
    this.misuse = newMisuse(options.warn ?? (() => undefined), { typeAt: n => this.specialiser.juliaTypes[n]! })
    const box = (type: JType, leaves: readonly unknown[]): Boxed => this.box(type, leaves)
    this.#dynamicCalls = new DynamicCalls({ specialiser: this.specialiser, box, callable: name => this.callable(name) })
    this.#exceptions = new ExceptionValues(this.specialiser, box)
    this.host = this.#newHost()
    this.runtime = newRuntime(this.host, DEFAULT_LIMITS, options.tapes, options.onMemory)
    this.linker = newLinker(this.runtime.library, name => this.#compile(name, beforeEmitting), {
      emit: func => during({ kind: 'emit' }, func, this.ir, () => emitFunc(func)),
      first: name => (this.optimisesAtOnce ? null : this.#asItStands(name, beforeEmitting)),
    })
    const { world } = this.specialiser
    loadBase(world, (program, module) => {
      const before = world.cells.length
      this.statements.run(program, module)
      for (const { index } of world.cells.slice(before)) this.#libraryMemory.note(this.runtime.library.cell(index))
    })
    world.settle()
  }

  /** Lets go of a program that is over: of its types, and of what was compiled for them. */
  letGo(module: WorldModule): void {
    this.specialiser.letGo(module)
    const left = leftFunctions(this.ir, name => this.specialiser.instances.named(name) !== undefined)
    keepOnly(left, this.ir.funcs, this.ir.derived, this.#optimised)
    this.deriver.letGo(left)
    this.rules.letGo(left)
    this.linker.letGo(left)
    this.#dynamicCalls.letGo()
  }

  /** Is the library as it was, whatever has been run? */
  get isLibraryUnchanged(): boolean {
    return !this.specialiser.world.isExtended && this.#libraryMemory.isUnchanged
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

  /** Functions with a loop run long enough to be worth the optimiser, and most of what a transform made is there to be simplified. */
  #asItStands(name: string, cx: PassContext): Func | null {
    const func = this.deriver.resolve(name)
    if (func.made || hasLoop(func.body)) return null
    rangesOf(func, cx.effectsOfCall)
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
    this.statements.run(desugarProgram(parseProgram(source), { moduleName: module.name }), module)
  }

  call(name: string, args: readonly unknown[]): unknown[] {
    return this.interprets ? this.interpret(name, args) : this.linker.call(name, args)
  }

  /** The same for many calls of one function. */
  callable(name: string): (args: readonly unknown[]) => unknown[] {
    const compiled = this.linker.callable(name)
    return args => (this.interprets ? this.interpret(name, args) : compiled(args))
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
      const { members } = type
      const tag = leaves[0] as number
      let start = 1
      for (let i = 0; i < tag; i++) start += leavesOf(members[i]!).length
      return this.box(members[tag]!, leaves.slice(start, start + leavesOf(members[tag]!).length))
    }
    if (isOpenTuple(type)) return this.#boxOpenTuple(type as DataType, leaves)
    return new Boxed(this.specialiser.typeIndex(type), [...leaves])
  }

  /** A tuple is of the types that its elements have, whatever was known of them. */
  #boxOpenTuple(type: DataType, leaves: readonly unknown[]): Boxed {
    const items = fieldTypes(type).map((field, i) => this.box(field, leaves.slice(...fieldSlice(type, i))))
    const own = applied(
      TUPLE,
      items.map(item => this.typeOf(item)),
    )
    return this.box(
      type.name === TUPLE ? own : applied(type.name, [type.params[0]!, own]),
      items.flatMap(item => item.v),
    )
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
      dynamicCall: (path, args) => this.#dynamicCalls.call(path, args),
      exception: (name, fields) => this.#exceptions.named(name, fields),
      exceptionOfFailure: error => this.#exceptions.ofFailure(error),
      box: (type, leaves) => this.box(type, leaves),
      misuse: this.misuse,
      customShow: newCustomShow({ specialiser, host: () => this.host }),
      customKey: newCustomKeys({ specialiser, host: () => this.host }),
      collect: value => this.#collect(value),
      code: this.code,
      isAmbiguous: (type, name) => {
        const module = specialiser.world.modulesByType.get(type as DataType)
        return module !== undefined && specialiser.world.isAmbiguous(module, name)
      },
      candidates: (callee, args, keywords) => candidates(specialiser.world, callee, args, keywords),
      methodCount: type => specialiser.world.methodsFor(type, true).length,
      write: this.#options.write,
      recordTest: this.#options.recordTest,
    }
  }

  #collect(value: Boxed): Boxed | null {
    const collect = this.specialiser.baseFunction('collect')
    if (!collect) return null
    return this.#dynamicCalls.call([], [this.box(collect.type, []), value])[0] as Boxed
  }
}

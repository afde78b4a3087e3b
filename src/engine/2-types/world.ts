/** What a program has defined so far: modules, their names, and the methods of each function. */

import type { MethodDef } from './core.ts'
import { impliedBounds } from './implied-bounds.ts'
import {
  ANY,
  applied,
  FUNCTION,
  MODULE,
  substituteParam,
  TUPLE,
  TYPE,
  typeName,
  typeOfType,
  unionAll,
  unwrapped,
  valueParam,
} from './intern.ts'
import { isSubtype } from './subtype.ts'
import type { Constant, DataType, JType, TypeName, TypeParam, TypeVar } from './type.ts'

/** Something whose value is known when code is compiled: functions, types, modules and `nothing` by their type alone, others by `constant`. */
export interface Known {
  readonly type: JType
  readonly constant: Constant | null
}

/** A variable of a module: a cell of the run time. `type` is null until it is first assigned. */
export interface GlobalCell {
  readonly index: number
  readonly name: string
  type: JType | null
  /** `yes`: it has its one value, which compiled code may contain. `under-way`: the statement that gives it has not run yet. */
  constant: 'no' | 'under-way' | 'yes'
  /** From `x::T` at top level: what is assigned is converted to it. */
  declared: JType | null
}

export type Binding =
  | { readonly kind: 'known'; readonly known: Known }
  | { readonly kind: 'cell'; readonly cell: GlobalCell }
  | { readonly kind: 'import'; readonly module: Module; readonly name: string }

export interface Module {
  readonly name: string
  readonly parent: Module | null
  readonly type: DataType
  readonly bindings: Map<string, Binding>
  readonly exports: Set<string>
  readonly usings: Module[]
  /** Names of used modules that code of this one has looked up. */
  readonly resolved: Map<string, Exclude<Binding, { kind: 'import' }>>
  /** Part of the engine's library: its frames are folded, its methods may be evaluated at compile time. */
  readonly isBase: boolean
}

export interface Method {
  readonly def: MethodDef
  readonly module: Module
  /** How many positional parameters the caller gives; later ones take their defaults. A vararg parameter takes any number more. */
  readonly given: number
  readonly vars: readonly TypeVar[]
  /** The callee's type first. */
  readonly params: readonly TypeParam[]
  /** `Tuple{…} where …` of `params`. */
  readonly signature: JType
  /** `(p::P)(x) = …`: the first parameter is the callee itself. */
  readonly isFunctor: boolean
  /** Static parameters of enclosing methods, for closures. */
  readonly statics: ReadonlyMap<string, TypeParam>
  readonly serial: number
}

let moduleSerial = 0

export function newModule(name: string, parent: Module | null, isBase: boolean): Module {
  const path = [name]
  for (let at = parent; at && !at.isBase; at = at.parent) path.unshift(at.name)
  return {
    name,
    parent,
    type: applied(MODULE, [valueParam({ kind: 'symbol', value: `${path.join('.')}#${moduleSerial++}` })]),
    bindings: new Map(),
    exports: new Set(),
    usings: [],
    resolved: new Map(),
    isBase,
  }
}

function isSameBinding(a: Exclude<Binding, { kind: 'import' }>, b: Exclude<Binding, { kind: 'import' }>): boolean {
  if (a.kind === 'cell') return b.kind === 'cell' && a.cell === b.cell
  if (b.kind === 'cell') return false
  return a.known.type === b.known.type && a.known.constant === b.known.constant
}

export class World {
  readonly core = newModule('Core', null, true)
  readonly base = newModule('Base', this.core, true)
  /** Of the program that is loaded; a session may have several, one after the other. */
  main = newModule('Main', null, false)
  /** Where each macro of the program was defined last: macros are known by name everywhere. */
  readonly macroHomes = new Map<string, Module>()
  readonly modulesByType = new Map<DataType, Module>()
  readonly #libraryModules = new Set<string>()
  #isExtended = false
  readonly cells: GlobalCell[] = []
  readonly #methods = new Map<TypeName | null, Method[]>()
  /** Methods for `Type{X}`, by X's name; those for any type under null. */
  readonly #constructors = new Map<TypeName | null, Method[]>()
  /** How often each list has changed after calls may have looked at it. */
  readonly #changes = new Map<readonly Method[], number>()
  readonly #seen = new Set<string>()
  #load: (name: string) => void = () => undefined
  #finish: (name: string, all: boolean) => void = () => undefined
  #loading = 0
  #methodSerial = 0
  /** Rises with every new method or retyped global: what was compiled before may be stale. */
  age = 0

  constructor() {
    for (const m of [this.core, this.base, this.main]) this.register(m)
    this.base.usings.push(this.core)
    this.main.usings.push(this.base)
  }

  /** A module of a program beside `Main`, which neither sees. */
  newProgram(name: string): Module {
    const module = newModule(name, null, false)
    module.usings.push(this.base)
    this.register(module)
    return module
  }

  /** The next program begins: its `Main` sees nothing of the one before. */
  restart(): void {
    this.main = this.newProgram('Main')
    this.macroHomes.clear()
    this.defineKnown(this.core, 'Main', this.main.type)
  }

  /** Has a program added a method to what is the library's? The next one would find it. */
  get isExtended(): boolean {
    return this.#isExtended
  }

  /** What has happened so far is part of the library. */
  settle(): void {
    this.#isExtended = false
  }

  /** A module that nobody can name again. */
  letGo(module: Module): void {
    this.modulesByType.delete(module.type)
    for (const table of [this.#methods, this.#constructors])
      for (const name of table.keys()) if (name?.module === module.name) table.delete(name)
  }

  register(module: Module): void {
    this.modulesByType.set(module.type, module)
    if (module.isBase) this.#libraryModules.add(module.name)
  }

  /**
   * `load` is told of every name when it is first looked up: the library defines it then. `finish` adds the methods of that name before a
   * call is resolved: those that values may reach of types that were looked up so far, or all of them.
   */
  onLookup(load: (name: string) => void, finish: (name: string, all: boolean) => void): void {
    this.#load = load
    this.#finish = finish
  }

  #finishLoading(name: string, all: boolean): void {
    this.#ensure(name)
    this.#loading++
    this.#finish(name, all)
    this.#loading--
  }

  /** Is the library defining what was asked for? Nothing that is compiled can depend on that. */
  get isLoading(): boolean {
    return this.#loading > 0
  }

  #ensure(name: string): void {
    if (this.#seen.has(name)) return
    this.#seen.add(name)
    this.#loading++
    this.#load(name)
    this.#loading--
  }

  /** Has anybody asked for this name? */
  isNamed(name: string): boolean {
    return this.#seen.has(name)
  }

  isDefined(module: Module, name: string): boolean {
    const found = this.lookup(module, name)
    return found !== undefined && (found.kind === 'known' || found.cell.type !== null)
  }

  /** Follows imports and `using`; undefined for a name nobody knows. */
  lookup(module: Module, name: string): Exclude<Binding, { kind: 'import' }> | undefined {
    this.#ensure(name)
    // Much of what Julia keeps in Core is written in Base here.
    return this.#lookup(module, name) ?? (module === this.core ? this.#lookup(this.base, name) : undefined)
  }

  #lookup(module: Module, name: string): Exclude<Binding, { kind: 'import' }> | undefined {
    const own = module.bindings.get(name)
    if (own) return own.kind === 'import' ? this.lookup(own.module, own.name) : own
    const resolved = module.resolved.get(name)
    if (resolved) return resolved
    const [first, ...others] = this.#exported(module, name)
    if (others.length > 0) return undefined
    // A name keeps the meaning that it had when it was first used.
    if (first && !module.isBase) module.resolved.set(name, first)
    return first ?? this.#common(module, name)
  }

  /** Does the name mean different things in modules that this one uses? */
  isAmbiguous(module: Module, name: string): boolean {
    return !module.bindings.has(name) && !module.resolved.has(name) && this.#exported(module, name).length > 1
  }

  /** What used modules export under a name. A module of the library takes the last. */
  #exported(module: Module, name: string): Exclude<Binding, { kind: 'import' }>[] {
    const found: Exclude<Binding, { kind: 'import' }>[] = []
    for (let i = module.usings.length - 1; i >= 0; i--) {
      const used = module.usings[i]!
      if (used === this.base || used === this.core || !used.exports.has(name)) continue
      const binding = this.#lookup(used, name)
      if (binding && !found.some(other => isSameBinding(other, binding))) found.push(binding)
      if (module.isBase && found.length > 0) break
    }
    return found
  }

  /** Base and Core are seen whole by the library's own modules. */
  #common(module: Module, name: string): Exclude<Binding, { kind: 'import' }> | undefined {
    for (let i = module.usings.length - 1; i >= 0; i--) {
      const used = module.usings[i]!
      if (used !== this.core && (used !== this.base || !(module.isBase || !name.startsWith('__')))) continue
      const found = this.#lookup(used, name)
      if (found) return found
    }
    return undefined
  }

  defineKnown(module: Module, name: string, type: JType, constant: Constant | null = null): void {
    module.bindings.set(name, { kind: 'known', known: { type, constant } })
  }

  defineType(module: Module, name: string, type: JType): void {
    this.defineKnown(module, name, typeOfType(type))
  }

  /** The cell of a global of this very module, made if need be. */
  cell(module: Module, name: string): GlobalCell {
    const own = module.bindings.get(name)
    if (own?.kind === 'cell') return own.cell
    const cell: GlobalCell = { index: this.cells.length, name, type: null, constant: 'no', declared: null }
    this.cells.push(cell)
    module.bindings.set(name, { kind: 'cell', cell })
    return cell
  }

  /** The generic function `name` for a definition in `module`; extends what is visible, makes it if nobody has it. */
  genericFunction(module: Module, name: string, extendImported: boolean): DataType | JType {
    const own = module.bindings.get(name)
    const found = own || extendImported || module.isBase ? this.lookup(module, name) : undefined
    if (found?.kind === 'known') return found.known.type
    return this.declareFunction(module, name)
  }

  /** A function of this very module, whatever the name means elsewhere. */
  declareFunction(module: Module, name: string): JType {
    const own = module.bindings.get(name)
    if (own?.kind === 'known') return own.known.type
    const made = applied(
      typeName({ name: `#${name}`, module: module.name, form: 'struct', supertype: FUNCTION, callable: { name, closure: false } }),
      [],
    )
    this.defineKnown(module, name, made)
    return made
  }

  /** A closure's methods come with its type, which nobody has called yet: then nothing compiled is stale. */
  addMethod(method: Omit<Method, 'serial' | 'signature'>, isNewFunction = false): Method {
    const narrowed = impliedBounds(method.vars, method.params)
    let signature: JType = applied(
      TUPLE,
      method.params.map(p => substituteParam(p, narrowed)),
    )
    for (const v of [...method.vars].reverse()) signature = unionAll((narrowed.get(v) as TypeVar | undefined) ?? v, signature)
    const { def, module, given, vars, params, isFunctor, statics } = method
    // Part by part: what is spread and then added to has a hidden class of its own in V8, and there are a thousand methods in a startup image.
    const full: Method = { def, module, given, vars, params, signature, isFunctor, statics, serial: this.#methodSerial++ }
    const { table, name } = this.#keptUnder(method.params[0] as JType)
    const list = entry(table, name)
    if (!isNewFunction && this.#loading === 0 && (name === null || this.#libraryModules.has(name.module))) this.#isExtended = true
    // The library gives a function no two methods of one signature, and it has thousands: only the program's own are looked at.
    const isDistinct = this.isLoading && module.isBase && table === this.#methods
    const same = list.findIndex(m => !(isDistinct && m.module.isBase) && isSameSignature(m, full))
    // The library's own method may be loaded after the program has replaced it.
    if (same >= 0 && this.isLoading && !list[same]!.module.isBase) return list[same]!
    if (same >= 0) list[same] = full
    else list.push(full)
    // What the library loads was never looked up before, so nothing compiled is stale.
    if (!isNewFunction && this.#loading === 0) {
      this.age++
      this.#changes.set(list, (this.#changes.get(list) ?? 0) + 1)
    }
    return full
  }

  /** In which table the methods of a callee are, and under which name. */
  #keptUnder(callee: JType): { readonly table: Map<TypeName | null, Method[]>; readonly name: TypeName | null } {
    const inner = unwrapped(callee.kind === 'var' ? callee.upper : callee)
    const isType = inner.kind === 'data' && inner.name === TYPE
    if (isType) {
      const of = inner.params[0]
      const constructed = of?.kind === 'data' || of?.kind === 'unionall' ? unwrapped(of) : of?.kind === 'var' ? unwrapped(of.upper) : null
      const name = constructed?.kind === 'data' && constructed !== ANY && constructed.name.form !== 'abstract' ? constructed.name : null
      return { table: this.#constructors, name }
    }
    return inner.kind === 'data' ? { table: this.#methods, name: inner.name } : { table: this.#constructors, name: null }
  }

  /** Methods that a call of a value of this type may reach; with `all`, even if the arguments are of types that nobody has named yet. */
  methodsFor(callee: JType, all: boolean): readonly Method[] {
    for (const name of this.#namesFor(callee)) this.#finishLoading(name, all)
    const lists = this.#listsFor(callee)
    return lists.length === 1 ? lists[0]! : lists.flat()
  }

  /** Rises whenever a call of a value of this type may reach another method than before. */
  changesFor(callee: JType): number {
    let changes = 0
    for (const list of this.#listsFor(callee)) changes += this.#changes.get(list) ?? 0
    return changes
  }

  /** The names under which the library keeps what `methodsFor` asks for. */
  #namesFor(callee: JType): string[] {
    if (callee.kind !== 'data') return []
    if (callee.name === TYPE) {
      const name = constructedName(callee)
      return name ? ['#constructor', name.name] : ['#constructor']
    }
    return callee.name.callable ? [callee.name.callable.name] : ancestors(callee).map(name => name.name)
  }

  #listsFor(callee: JType): (readonly Method[])[] {
    if (callee.kind !== 'data') return []
    if (callee.name === TYPE) {
      const name = constructedName(callee)
      const general = entry(this.#constructors, null)
      return name ? [entry(this.#constructors, name), general] : [general]
    }
    if (callee.name.callable) return [entry(this.#methods, callee.name)]
    return ancestors(callee).map(name => entry(this.#methods, name))
  }

  /** Is anything defined for calls of this type's own values (functor)? */
  hasConstructor(name: TypeName): boolean {
    return (this.#constructors.get(name)?.length ?? 0) > 0
  }
}

/** The name of the type that a call of a type makes a value of; null for a variable. */
function constructedName({ params: [of] }: DataType): TypeName | null {
  const constructed = of && of.kind !== 'value' && of.kind !== 'vararg' ? unwrapped(of) : null
  return constructed?.kind === 'data' ? constructed.name : null
}

/** A type and those above it, but for `Any`: a functor may be defined for an abstract supertype. */
export function ancestors(type: DataType): TypeName[] {
  const names: TypeName[] = []
  for (let at: JType = type; at.kind === 'data' && at !== ANY; at = unwrapped(at.name.supertype)) names.push(at.name)
  return names
}

/** Do two methods of one function take the very same arguments? */
export function isSameSignature(a: Method, b: Method): boolean {
  if (a.signature === b.signature) return true
  if (!mayBeSame(a.params, b.params)) return false
  return isSubtype(a.signature, b.signature) && isSubtype(b.signature, a.signature)
}

/** A quick look at the names of types tells most methods apart. */
function mayBeSame(a: readonly TypeParam[], b: readonly TypeParam[]): boolean {
  const isFixed = (params: readonly TypeParam[]): boolean => params.at(-1)?.kind !== 'vararg'
  if (isFixed(a) && isFixed(b) && a.length !== b.length) return false
  const n = Math.min(a.length, b.length)
  for (let i = 0; i < n; i++) {
    const [one, other] = [headOf(a[i]!), headOf(b[i]!)]
    if (one && other && one !== other) return false
  }
  return true
}

/** The name that all types which equal this one have; null where types of other names may. */
function headOf(param: TypeParam): TypeName | null {
  if (param.kind === 'value' || param.kind === 'vararg') return null
  const type = unwrapped(param)
  return type.kind === 'data' ? type.name : null
}

function entry<K>(map: Map<K, Method[]>, key: K): Method[] {
  let list = map.get(key)
  if (!list) {
    list = []
    map.set(key, list)
  }
  return list
}

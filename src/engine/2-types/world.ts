/** What a program has defined so far: modules, their names, and the methods of each function. */

import { applied, FUNCTION, typeName, typeOfType } from './intern.ts'
import { MacroHomes } from './macro-homes.ts'
import { type AddedBy, calledBy, type Method, MethodTable, type NewMethod, namesFor } from './method-table.ts'
import { type Binding, type GlobalCell, type Meaning, type Module, newModule } from './module.ts'
import type { Constant, DataType, JType } from './type.ts'
import { typesWith } from './types-of-module.ts'

export function isSameBinding(a: Meaning, b: Meaning): boolean {
  if (a.kind === 'cell') return b.kind === 'cell' && a.cell === b.cell
  if (b.kind === 'cell') return false
  return a.known.type === b.known.type && a.known.constant === b.known.constant
}

export class World {
  readonly core = newModule('Core', null, true)
  readonly base = newModule('Base', this.core, true)
  /** Of the program that is loaded; a session may have several, one after the other. */
  main = newModule('Main', null, false)
  readonly macroHomes = new MacroHomes(this)
  readonly modulesByType = new Map<DataType, Module>()
  readonly #libraryModules = new Set<string>()
  #isExtended = false
  readonly cells: GlobalCell[] = []
  readonly #methods = new MethodTable()
  readonly #seen = new Set<string>()
  #load: (name: string) => void = () => undefined
  #finish: (name: string, all: boolean) => void = () => undefined
  #named: (module: Module) => void = () => undefined
  #loading = 0
  /** Rises with every new method, name, or type of a global: what was compiled before may be stale. */
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
    this.#methods.letGo(module.name)
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

  /** `listener` is told of each module in which a name means something that it did not before. */
  onNewName(listener: (module: Module) => void): void {
    this.#named = listener
  }

  #finishLoading(name: string, all: boolean): void {
    this.#ensure(name)
    this.#loading++
    this.#finish(name, all)
    this.#loading--
  }

  /** Has this type a part that a program has defined? */
  readonly isOfProgram = typesWith(({ name }) => !this.#libraryModules.has(name.module))

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

  /** Rises with every method and every name that is looked up: while it stays, nothing new is found. */
  get extent(): number {
    return this.#methods.added + this.#seen.size
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
  lookup(module: Module, name: string): Meaning | undefined {
    this.#ensure(name)
    // Much of what Julia keeps in Core is written in Base here.
    return this.#lookup(module, name) ?? (module === this.core ? this.#lookup(this.base, name) : undefined)
  }

  #lookup(module: Module, name: string): Meaning | undefined {
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
  #exported(module: Module, name: string): Meaning[] {
    const found: Meaning[] = []
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
  #common(module: Module, name: string): Meaning | undefined {
    for (let i = module.usings.length - 1; i >= 0; i--) {
      const used = module.usings[i]!
      if (used !== this.core && (used !== this.base || !(module.isBase || !name.startsWith('__')))) continue
      const found = this.#lookup(used, name)
      if (found) return found
    }
    return undefined
  }

  defineKnown(module: Module, name: string, type: JType, constant: Constant | null = null): void {
    this.bind(module, name, { kind: 'known', known: { type, constant } })
  }

  /** Gives a name of a module its meaning: whoever looked for it in vain has to look again. */
  bind(module: Module, name: string, binding: Binding): void {
    const isNew = !module.bindings.has(name)
    module.bindings.set(name, binding)
    if (isNew) this.#isNamedIn(module)
  }

  /** Names that another module exports mean something in this one from now on. */
  use(module: Module, used: Module): void {
    if (module.usings.includes(used)) return
    module.usings.push(used)
    this.#isNamedIn(module)
  }

  #isNamedIn(module: Module): void {
    if (this.isLoading) return
    this.age++
    this.#named(module)
  }

  defineType(module: Module, name: string, type: JType): void {
    this.defineKnown(module, name, typeOfType(type))
  }

  /** The cell of a global of this very module, made if need be. */
  cell(module: Module, name: string): GlobalCell {
    const own = module.bindings.get(name)
    if (own?.kind === 'cell') return own.cell
    const cell = this.hiddenCell(name)
    this.bind(module, name, { kind: 'cell', cell })
    return cell
  }

  /** The cell of a global whose type changes; gives the index that code knows it by which was compiled before. */
  move(cell: GlobalCell): number {
    this.age++
    const old = cell.index
    cell.index = this.cells.length
    this.cells.push(cell)
    return old
  }

  /** A cell that no name of a module means. */
  hiddenCell(name: string): GlobalCell {
    const cell: GlobalCell = { index: this.cells.length, name, type: null, constant: 'no', declared: null, wasSet: null }
    this.cells.push(cell)
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

  /** A closure's methods come with its type, which nobody has called yet: then nothing compiled is stale, nor by what the library loads. */
  addMethod(method: NewMethod, isNewFunction = false): Method {
    const by: AddedBy = this.isLoading ? 'library' : isNewFunction ? 'closure' : 'program'
    const added = this.#methods.add(method, by)
    if (by !== 'program') return added
    this.age++
    const { name } = calledBy(method)
    if (name === null || this.#libraryModules.has(name.module)) this.#isExtended = true
    return added
  }

  /** Methods that a call of a value of this type may reach; with `all`, even if the arguments are of types that nobody has named yet. */
  methodsFor(callee: JType, all: boolean): readonly Method[] {
    if (!this.#isFunctionOfProgram(callee)) for (const name of namesFor(callee)) this.#finishLoading(name, all)
    return this.#methods.reachedBy(callee)
  }

  /** The library has no methods for it, whatever its name is. */
  #isFunctionOfProgram(callee: JType): boolean {
    return callee.kind === 'data' && callee.name.callable !== null && !this.#libraryModules.has(callee.name.module)
  }

  /** Rises whenever a call of a value of this type may reach another method than before. */
  changesFor(callee: JType): number {
    return this.#methods.changesFor(callee)
  }
}

/** Base, a statement at a time: what defines a name is read and defined when the name is first looked up. */
import { InternalError } from '../diagnostics/bug.ts'
import { Failure } from '../diagnostics/diagnostic.ts'
import { positionAt, type Source } from '../diagnostics/source.ts'
import type { Program } from './2-types/core.ts'
import { type Module, newModule } from './2-types/module.ts'
import type { World } from './2-types/world.ts'
import { baseProgram, lastName, library } from './base-cache.ts'
import { releaseCodes } from './base-core.ts'
import { baseSource, type Entry } from './base-index.ts'
import { missing } from './base-needs.ts'

const sources = new Map<number, Source>()

function sourceOf(file: number): Source {
  let source = sources.get(file)
  if (!source) {
    source = baseSource(library().files[file]!)
    sources.set(file, source)
  }
  return source
}

const programs = new Map<Entry, Program>()

/** Core has no state of a session, so sessions of one process share it. */
function programOf(entry: Entry): Program {
  let program = programs.get(entry)
  if (!program) {
    program = baseProgram(entry, sourceOf(entry.file))
    programs.set(entry, program)
  }
  return program
}

/** Lets go of what can be read again: methods. Types are known by their very definitions. */
export function releasePrograms(): void {
  for (const entry of programs.keys()) if (entry.kind === 'method') programs.delete(entry)
  releaseCodes()
}

/** Makes the modules of Base, and `world` load its names on demand through `run`. */
export function loadBase(world: World, run: (program: Program, module: Module) => void): void {
  const modules = defineModules(world)
  const loader = new Loader(world, entry => run(programOf(entry), modules.get(entry.module)!), modules)
  world.onLookup(
    name => loader.lookedUp(name),
    (name, all) => loader.finish(name, all),
  )
  // Array is built in and gets its supertype from Base.
  world.lookup(world.base, 'DenseArray')
  for (const entry of library().named('')) loader.execute(entry)
}

/** The modules inside of Base by their paths; Base itself is at ''. */
function defineModules(world: World): ReadonlyMap<string, Module> {
  const byPath = new Map<string, Module>([['', world.base]])
  for (const { path, exports } of library().modules) {
    const name = lastName(path)
    if (name !== '') {
      const parent = byPath.get(path.slice(0, -name.length - 1))!
      const module = newModule(name, parent, true)
      world.register(module)
      module.usings.push(world.base)
      world.defineKnown(module, name, module.type)
      world.defineKnown(parent, name, module.type)
      byPath.set(path, module)
    }
    for (const e of exports) byPath.get(path)!.exports.add(e)
  }
  return byPath
}

/**
 * Runs the statements of Base when the names that they define are looked up. Methods wait until their function is called: their
 * signatures may need names that are still being defined, and most are for types that the program never makes a value of.
 */
class Loader {
  readonly #world: World
  readonly #run: (entry: Entry) => void
  readonly #modules: ReadonlyMap<string, Module>
  readonly #done = new Set<Entry>()
  /** Definitions of types and values that are under way. */
  #unfinished = 0
  /** Methods of a type that was being defined further out. */
  readonly #postponed: Entry[] = []
  readonly #seen = new Set<string>()
  /** Methods by the names of their functions. */
  readonly #waiting = new Map<string, Entry[]>()
  /** Methods by the name of a type that was not looked up yet. */
  readonly #blocked = new Map<string, Entry[]>()

  constructor(world: World, run: (entry: Entry) => void, modules: ReadonlyMap<string, Module>) {
    this.#world = world
    this.#run = run
    this.#modules = modules
  }

  execute(entry: Entry): void {
    if (this.#done.has(entry)) return
    this.#done.add(entry)
    if (entry.kind === 'value') this.#unfinished++
    try {
      this.#run(entry)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      if (entry.kind === 'method' && this.#unfinished > 0 && error.diagnostic.code === 'name.undefined') {
        this.#done.delete(entry)
        this.#postponed.push(entry)
        return
      }
      const source = sourceOf(entry.file)
      throw new InternalError(`${source.name}:${positionAt(source, entry.start).line}: ${error.message}`)
    } finally {
      if (entry.kind === 'value') this.#unfinished--
    }
  }

  #wait(entry: Entry): void {
    if (entry.kind === 'method' && !this.#done.has(entry)) listOf(this.#waiting, entry.callee).push(entry)
  }

  lookedUp(name: string): void {
    this.#seen.add(name)
    const found = library().named(name)
    for (const entry of found) if (entry.kind === 'value') this.execute(entry)
    for (const entry of found) if (entry.kind === 'declaration') this.#world.declareFunction(this.#modules.get(entry.module)!, name)
    // A module's own function is there before another imports it; what looks like one in a module that imports the name is the other's.
    const imports = found.filter(entry => entry.kind === 'import')
    const importing = new Set(imports.map(entry => entry.module))
    const defineOwn = (areImporting: boolean) => {
      for (const { isOwn, module } of found)
        if (isOwn && importing.has(module) === areImporting) this.#world.genericFunction(this.#modules.get(module)!, name, false)
    }
    defineOwn(false)
    for (const entry of imports) this.execute(entry)
    defineOwn(true)
    for (const entry of found) this.#wait(entry)
    for (const entry of this.#blocked.get(name) ?? []) this.#wait(entry)
    this.#blocked.delete(name)
  }

  /** Adds the methods of a name: those for types that were looked up so far, or all of them. */
  finish(name: string, all: boolean): void {
    if (this.#unfinished === 0) for (const entry of this.#postponed.splice(0)) this.#wait(entry)
    if (all) for (const entry of library().named(name)) this.#wait(entry)
    const list = this.#waiting.get(name)
    for (let entry = list?.shift(); entry; entry = list?.shift()) {
      const unseen = all ? undefined : missing(entry.needs, type => this.#seen.has(type))
      if (unseen) for (const type of unseen) listOf(this.#blocked, type).push(entry)
      else this.execute(entry)
    }
  }
}

function listOf<T>(map: Map<string, T[]>, name: string): T[] {
  let list = map.get(name)
  if (!list) {
    list = []
    map.set(name, list)
  }
  return list
}

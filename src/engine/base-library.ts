/** Base, a statement at a time: what defines a name is read and defined when the name is first looked up. */

import { InternalError } from '../diagnostics/bug.ts'
import { Failure } from '../diagnostics/diagnostic.ts'
import { positionAt, type Source } from '../diagnostics/source.ts'
import type { Program } from './2-types/core.ts'
import { type Module, newModule, type World } from './2-types/world.ts'
import { baseProgram, lastName, library } from './base-cache.ts'
import { releaseCodes } from './base-core.ts'
import { baseSource, type Entry } from './base-index.ts'

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
  const { modules, named } = library()
  const byPath = new Map<string, Module>([['', world.base]])
  for (const { path, exports } of modules) {
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
  const moduleOf = (entry: Entry): Module => byPath.get(entry.module)!
  const done = new Set<Entry>()
  let unfinished = 0
  const postponed: Entry[] = []
  const execute = (entry: Entry): void => {
    if (done.has(entry)) return
    done.add(entry)
    if (entry.kind === 'value') unfinished++
    try {
      run(programOf(entry), moduleOf(entry))
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      // A method of a type that is being defined further out comes later.
      if (entry.kind === 'method' && unfinished > 0 && error.diagnostic.code === 'name.undefined') {
        done.delete(entry)
        postponed.push(entry)
        return
      }
      const source = sourceOf(entry.file)
      throw new InternalError(`${source.name}:${positionAt(source, entry.start).line}: ${error.message}`)
    } finally {
      if (entry.kind === 'value') unfinished--
    }
  }
  // Methods wait until their function is called: their signatures may need names that are still being defined, and most are for
  // types that the program never makes a value of.
  const seen = new Set<string>()
  const waiting = new Map<string, Entry[]>()
  const blocked = new Map<string, Entry[]>()
  const wait = (entry: Entry): void => {
    if (entry.kind === 'method' && !done.has(entry)) listOf(waiting, entry.callee).push(entry)
  }
  world.onLookup(
    name => {
      seen.add(name)
      const found = named(name)
      for (const entry of found) if (entry.kind === 'value') execute(entry)
      for (const entry of found) if (entry.kind === 'declaration') world.declareFunction(moduleOf(entry), name)
      // A module's own function is there before another imports it; what looks like one in a module that imports the name is the other's.
      const imports = found.filter(entry => entry.kind === 'import')
      const importing = new Set(imports.map(entry => entry.module))
      for (const entry of found) if (entry.isOwn && !importing.has(entry.module)) world.genericFunction(moduleOf(entry), name, false)
      for (const entry of imports) execute(entry)
      for (const entry of found) if (entry.isOwn && importing.has(entry.module)) world.genericFunction(moduleOf(entry), name, false)
      found.forEach(wait)
      blocked.get(name)?.forEach(wait)
      blocked.delete(name)
    },
    (name, all) => {
      if (unfinished === 0) postponed.splice(0).forEach(wait)
      if (all) named(name).forEach(wait)
      const list = waiting.get(name)
      for (let entry = list?.shift(); entry; entry = list?.shift()) {
        const missing = all ? undefined : entry.needs.find(types => !types.some(type => seen.has(type)))
        if (missing) for (const type of missing) listOf(blocked, type).push(entry)
        else execute(entry)
      }
    },
  )
  // Array is built in and gets its supertype from Base.
  world.lookup(world.base, 'DenseArray')
  for (const entry of named('')) execute(entry)
}

function listOf<T>(map: Map<string, T[]>, name: string): T[] {
  let list = map.get(name)
  if (!list) {
    list = []
    map.set(name, list)
  }
  return list
}

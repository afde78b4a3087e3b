/** Where the macros of a program are: each is a function `@name` of its module, and is imported and exported like any other. */
import type { Module } from './module.ts'
import type { DataType } from './type.ts'
import type { World } from './world.ts'

export class MacroHomes {
  readonly #homes = new Map<string, Module[]>()
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  note(name: string, module: Module): void {
    const known = this.#homes.get(name) ?? []
    this.#homes.set(name, [...known.filter(other => other !== module), module])
  }

  clear(): void {
    this.#homes.clear()
  }

  /**
   * The module of the macro that a call in `from` means, by the path that is written before its name. A macro that is not visible from there
   * is known all the same, the last of its name, unless `isKnown` otherwise.
   */
  find(from: Module, path: readonly string[], name: string, isKnown: boolean): Module | null {
    const homes = this.#homes.get(name)
    if (!homes) return null
    const module = path.reduce<Module | null>((at, part) => at && this.#moduleIn(at, part), from)
    const visible = module && homes.find(home => this.#isSame(home, module, `@${name}`))
    return visible ?? (isKnown ? null : homes.at(-1)!)
  }

  #moduleIn(from: Module, name: string): Module | null {
    const found = this.#world.lookup(from, name)
    return (found?.kind === 'known' && this.#world.modulesByType.get(found.known.type as DataType)) || null
  }

  #isSame(home: Module, from: Module, name: string): boolean {
    const own = this.#world.lookup(home, name)
    const seen = this.#world.lookup(from, name)
    return own?.kind === 'known' && seen?.kind === 'known' && own.known.type === seen.known.type
  }
}

/** May what an instruction read from memory be changed before the reverse sweep comes back to it? */
import type { Inst } from '../3-ir/ir.ts'
import type { Activity } from './activity.ts'
import type { MemObject, ObjectSet } from './memory-objects.ts'
import type { Places, Scope } from './places.ts'

export interface SweepsApart {
  /** The sweeps are two functions, and code of the caller runs in between. */
  readonly split: boolean
  /** That code may change memory reachable from the parameters or the results. */
  readonly overwritten: boolean
}

export class Overwrites {
  readonly #places: Places
  readonly #activity: Activity
  readonly #apart: SweepsApart
  /** Objects that code outside of this function can reach. */
  readonly #outside: Set<number>
  /** Objects that may outlive the iteration that makes them. */
  readonly #outliving = new Set<number>()

  constructor(places: Places, activity: Activity, apart: SweepsApart) {
    this.#places = places
    this.#activity = activity
    this.#apart = apart
    const { aliases } = activity
    const roots = aliases.objects.filter(object => object.kind !== 'local').map(object => object.index)
    for (const id of aliases.func.body.yields) roots.push(...aliases.points(id))
    this.#outside = aliases.reach(roots)
    for (const index of aliases.allContents()) this.#outliving.add(index)
    for (const inst of places.insts) {
      if (inst.kind !== 'for' && inst.kind !== 'while') continue
      for (const param of inst.body.params) for (const index of aliases.points(param.id)) this.#outliving.add(index)
    }
  }

  mayChange(reader: Inst, objects: ObjectSet): boolean {
    return this.#isWrittenAfter(reader, objects, () => true)
  }

  /** Only the size of arrays. */
  mayResize(reader: Inst, objects: ObjectSet): boolean {
    return this.#isWrittenAfter(reader, objects, writer => this.#activity.aliases.mayResize(writer))
  }

  #isWrittenAfter(reader: Inst, objects: ObjectSet, counts: (writer: Inst) => boolean): boolean {
    const { aliases } = this.#activity
    for (const index of objects) {
      if (this.#isExposed(aliases.object(index))) return true
      const within = this.#lifeOf(aliases.object(index))
      for (const writer of aliases.writersOf(index)) if (counts(writer) && this.#places.mayFollow(reader, writer, within)) return true
    }
    return false
  }

  #isExposed(object: MemObject): boolean {
    if (!this.#apart.split) return false
    if (object.kind === 'global' || object.kind === 'unknown' || object.kind === 'thrown') return true
    return this.#apart.overwritten && this.#outside.has(object.index)
  }

  /** The block that an object cannot outlive; null for the whole function. */
  #lifeOf(object: MemObject): Scope | null {
    return object.site && !this.#outliving.has(object.index) ? this.#places.scopeOfInst(object.site) : null
  }
}

/** May what an instruction read from memory be changed before the reverse sweep comes back to it? */
import type { Inst, Transform } from '../3-ir/ir.ts'
import type { Activity } from './activity.ts'
import type { MemObject } from './memory-objects.ts'
import { type GrowingSet, NO_OBJECTS, type ObjectSet, union } from './object-set.ts'
import type { Places, Scope } from './places.ts'

export interface SweepsApart {
  /** The sweeps are two functions, and code of the caller runs in between. */
  readonly split: boolean
  /** That code may change memory reachable from each of the parameters, and from the results; see `Transform`. */
  readonly overwritten: Transform['overwritten']
  readonly seesWrites: boolean
}

export class Overwrites {
  readonly #places: Places
  readonly #activity: Activity
  readonly #apart: SweepsApart
  /** Objects that code outside of this function may change between the sweeps. */
  readonly #exposed: ObjectSet
  /** Objects that may outlive the iteration that makes them. */
  readonly #outliving: GrowingSet

  constructor(places: Places, activity: Activity, apart: SweepsApart) {
    this.#places = places
    this.#activity = activity
    this.#apart = apart
    const { aliases } = activity
    this.#exposed = apart.split ? aliases.reach(this.#roots()) : NO_OBJECTS
    this.#outliving = union(aliases.heldSets())
    for (const inst of places.insts) {
      if (inst.kind !== 'for' && inst.kind !== 'while') continue
      for (const param of inst.body.params) this.#outliving.addAll(aliases.points(param.id))
    }
  }

  mayChange(reader: Inst, objects: ObjectSet): boolean {
    return this.#apart.seesWrites && this.#isWrittenAfter(reader, objects, () => true)
  }

  /** Only the size of arrays. */
  mayResize(reader: Inst, objects: ObjectSet): boolean {
    return this.#isWrittenAfter(reader, objects, writer => this.#activity.aliases.mayResize(writer))
  }

  #isWrittenAfter(reader: Inst, objects: ObjectSet, counts: (writer: Inst) => boolean): boolean {
    const { aliases } = this.#activity
    for (const index of objects) {
      const object = aliases.object(index)
      if (this.#exposed.has(index) || (this.#apart.split && object.kind === 'thrown')) return true
      for (const writer of aliases.writersOf(index)) if (counts(writer) && this.#mayFollow(reader, writer, object)) return true
    }
    return false
  }

  /** What code outside of this function may change directly. Not what exceptions hold: after one there is no reverse sweep. */
  #roots(): ObjectSet {
    const { aliases } = this.#activity
    const { params, yields } = aliases.func.body
    const roots = union(this.#apart.overwritten[params.length] ? yields.map(id => aliases.points(id)) : [])
    for (const { kind, param, index } of aliases.objects) {
      if (kind === 'param' || kind === 'deep' ? this.#apart.overwritten[param] : kind === 'global' || kind === 'unknown') roots.add(index)
    }
    return roots
  }

  /** May the writer change what the reader found in an object? */
  #mayFollow(reader: Inst, writer: Inst, object: MemObject): boolean {
    const { site } = object
    if (!site || !this.#activity.aliases.writesNewest(writer, object)) return this.#places.mayFollow(reader, writer, this.#lifeOf(object))
    // Of all that were made at this place, it writes to the last: the reader has to come after that was made, and before the next one is.
    const within = this.#places.scopeOfInst(site)
    return this.#places.mayFollow(site, reader, within) && this.#places.mayFollow(reader, writer, within)
  }

  /** The block that an object cannot outlive; null for the whole function. */
  #lifeOf(object: MemObject): Scope | null {
    return object.site && !this.#outliving.has(object.index) ? this.#places.scopeOfInst(object.site) : null
  }
}

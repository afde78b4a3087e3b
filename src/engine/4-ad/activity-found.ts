/** What the analysis of activity has found so far in one function. It only grows; every fact keeps its reason. */
import type { Loc, Param, Type, ValueId } from '../3-ir/ir.ts'
import { isFloat } from '../3-ir/types.ts'
import type { Aliases } from './alias.ts'
import { type Cell, type MemObject, objectOf } from './memory-objects.ts'
import { firstCommon, GrowingSet, type ObjectSet } from './object-set.ts'

export interface Reason {
  /** What became active: a value or a piece of memory. */
  readonly what: string
  /** How: `parameter`, `f64.mul`, `stored into`, … */
  readonly how: string
  readonly at: Loc | null
  readonly from: Reason | null
}

export class Found {
  readonly varied = new Map<ValueId, Reason>()
  /** Objects that active parameters bring in, cells into which something varied is stored, and objects where that may be any cell. */
  readonly given = new Map<number, Reason>()
  readonly stored = new Map<Cell, Reason>()
  readonly whole = new Map<number, Reason>()
  /** Memory from outside into which a dynamic call with an active argument may store: callers have to know, for it may be theirs. */
  readonly opened = new Map<number, Reason>()
  /** Objects with such a cell. */
  readonly inside = new Map<number, Reason>()
  /** Objects that have a shadow. */
  readonly active = new Map<number, Reason>()
  /** The same objects. */
  readonly activeSet = new GrowingSet()
  /** Objects that code outside of this function gets hold of together with an active reference: there, all that is in them counts as active. */
  readonly exposed = new GrowingSet()
  /** Rises whenever something is found. */
  version = 0
  readonly #aliases: Aliases
  readonly #params: ReadonlyMap<ValueId, Param>

  constructor(aliases: Aliases, params: ReadonlyMap<ValueId, Param>) {
    this.#aliases = aliases
    this.#params = params
  }

  typeOf(id: ValueId): Type {
    return this.#params.get(id)!.type
  }

  reason(what: ValueId | MemObject, how: string, at: Loc | null, from: Reason | null): Reason {
    return { what: typeof what === 'number' ? `\`${this.#params.get(what)!.name}\`` : what.label, how, at, from }
  }

  reasonOfCell(cell: Cell): Reason | undefined {
    const index = objectOf(cell)
    return this.given.get(index) ?? this.whole.get(index) ?? this.stored.get(cell)
  }

  /** Why the first active one of some objects is. */
  reasonIn(objects: ObjectSet): Reason | null {
    const index = firstCommon(objects, this.activeSet)
    return index === null ? null : this.active.get(index)!
  }

  vary(id: ValueId, from: ValueId | Reason, how: string, at: Loc): void {
    if (this.varied.has(id) || !isFloat(this.typeOf(id))) return
    const reason = typeof from === 'number' ? this.varied.get(from) : from
    if (!reason) return
    this.varied.set(id, this.reason(id, how, at, reason))
    this.version++
  }

  varyCell(cell: Cell, from: Reason, how: string, at: Loc): void {
    if (this.stored.has(cell)) return
    const index = objectOf(cell)
    const object = this.#aliases.object(index)
    if (object.columns === null) this.varyObject(index, from, how, at)
    const reason = this.reason(object, how, at, from)
    this.stored.set(cell, reason)
    if (!this.inside.has(index)) this.inside.set(index, reason)
    this.version++
  }

  /** Something varied may be stored anywhere in an object. */
  varyObject(index: number, from: Reason, how: string, at: Loc): void {
    if (this.whole.has(index)) return
    const object = this.#aliases.object(index)
    this.whole.set(index, this.reason(object, how, at, from))
    this.version++
    // What stands for all that is behind a parameter stands for each of it.
    if (object.kind === 'deep' && object.columns === null) {
      for (const other of this.#aliases.objects)
        if (other.kind === 'deep' && other.param === object.param) this.varyObject(other.index, from, how, at)
    }
  }

  /** A dynamic call may store something active into an object. */
  open(index: number, reason: Reason, how: string, at: Loc): void {
    const { kind } = this.#aliases.object(index)
    if (kind === 'local' || kind === 'unknown' || kind === 'thrown') this.varyObject(index, reason, how, at)
    else if (kind !== 'global' && !this.opened.has(index)) {
      this.opened.set(index, reason)
      this.version++
    }
  }

  setActive(index: number, reason: Reason): void {
    this.active.set(index, reason)
    this.activeSet.add(index)
  }

  activate(objects: Iterable<number>, reason: (object: MemObject) => Reason): void {
    for (const index of objects) {
      if (this.active.has(index)) continue
      const object = this.#aliases.object(index)
      const { kind } = object
      // Memory of inactive parameters and globals has no shadow; where one is needed, a zero is made.
      if (kind !== 'local' && kind !== 'unknown' && kind !== 'thrown') continue
      this.setActive(index, reason(object))
      this.version++
    }
  }

  /** What is reachable from here leaves the function as active, or comes back into it. */
  expose(objects: ObjectSet, from: Reason): void {
    const fresh: number[] = []
    if (!this.exposed.addAll(this.#aliases.reach(objects), fresh)) return
    this.version++
    this.activate(fresh, object => this.reason(object, 'is reachable for other code together with active memory', null, from))
  }
}

/**
 * Which memory each reference of a function may point to, what may be stored where, and who writes what. Inclusion-based, by
 * place of allocation; independent of activity. Callees are taken in by summary; the summaries of functions that call each other in
 * a circle grow together.
 */
import type { Func, Inst, Module, ValueId } from '../3-ir/ir.ts'
import { forEachInst } from '../3-ir/visit.ts'
import { ANY_COLUMN, type Cell, cellOf, type MemObject, objectOf } from './memory-objects.ts'
import { areApart, GrowingSet, NO_OBJECTS, type ObjectSet, union } from './object-set.ts'
import { type CallObjects, PointsTo } from './points-to.ts'
import { cellsInCaller } from './points-to-calls.ts'
import { type PointsToOf, visitInst } from './points-to-insts.ts'

/** The analysis of a callee; `inCircle` if it is made together with that of the caller. */
export type AliasOf = (callee: string) => { readonly aliases: Aliases; readonly inCircle: boolean }

export class Aliases {
  readonly func: Func
  readonly #found: PointsTo
  readonly #writersOf = new Map<number, readonly Inst[]>()
  /** Local objects that others may find: in memory, and in exceptions. */
  #escapes: { readonly memory: GrowingSet; readonly thrown: GrowingSet } | null = null

  /** Empty until it has grown. */
  constructor(func: Func, module: Module, callThrows: (callee: string) => boolean) {
    this.func = func
    this.#found = new PointsTo(func, module, callThrows)
  }

  /** Looks at the function until nothing grows with the callees as they are now; says whether anything has grown. */
  grow(aliasOf: AliasOf): boolean {
    const found = this.#found
    const calleeOf: PointsToOf = name => {
      const { aliases, inCircle } = aliasOf(name)
      return { callee: aliases.#found, inCircle }
    }
    const before = found.version + found.writesVersion
    let start: number
    do {
      start = found.version
      forEachInst(this.func.body, inst => visitInst(found, inst, calleeOf))
    } while (found.version > start)
    return found.version + found.writesVersion > before
  }

  get objects(): readonly MemObject[] {
    return this.#found.objects
  }

  /** What dynamic calls may give. */
  get unknown(): MemObject {
    return this.#found.unknown
  }

  points(id: ValueId): ObjectSet {
    return this.#found.pointsOf(id)
  }

  contents(cell: Cell): ObjectSet {
    return this.#found.contentsOf(cell)
  }

  /** What a column of an object may refer to. */
  held(object: MemObject, column: number): ObjectSet {
    const here = this.contents(cellOf(object, column))
    return object.columns === 'open' ? union([here, this.contents(cellOf(object, ANY_COLUMN))]) : here
  }

  object(index: number): MemObject {
    return this.#found.object(index)
  }

  /** Objects of this function for each object of the callee of a call; null for other instructions. */
  callObjects(inst: Inst): CallObjects | null {
    return this.#found.calls.get(inst) ?? null
  }

  /** The cells of this function that a cell of a callee may be. */
  cellsInCaller(callee: Aliases, cell: Cell, map: CallObjects): Cell[] {
    return cellsInCaller(this.#found, callee.#found, cell, map)
  }

  /** For each place of memory, what it may refer to. */
  heldSets(): Iterable<ObjectSet> {
    return this.#found.contents.values()
  }

  /** What references the function may store, by the place where. */
  stored(): readonly (readonly [Cell, ObjectSet])[] {
    return this.#found.stored()
  }

  /** What the function may store into an object as a reference, beside what is there before. */
  storedInto(index: number): ObjectSet {
    return union(this.#found.stored().flatMap(([cell, held]) => (objectOf(cell) === index ? [held] : [])))
  }

  /** Everything reachable from a set of objects, itself included. */
  reach(from: ObjectSet): ObjectSet {
    return this.#found.reach(from)
  }

  /** Everything reachable from what values point to. */
  reachOf(ids: readonly ValueId[]): ObjectSet {
    return this.#found.reachOf(ids)
  }

  /** Objects that an instruction may write to; of a loop or branch, its own only. */
  writes(inst: Inst): ObjectSet {
    return this.#found.writes.get(inst) ?? NO_OBJECTS
  }

  /** Objects that may share memory with this one and that something loads from. */
  readersOf(index: number): MemObject[] {
    return [...this.#found.reads].filter(read => this.#overlap(index, read)).map(read => this.object(read))
  }

  /** Does the function load from memory that it has not made? */
  readsOutside(): boolean {
    return [...this.#found.reads].some(read => this.object(read).kind !== 'local')
  }

  /** Does an instruction write to an object only as the one that was last made at its place? */
  writesNewest(writer: Inst, { site, index }: MemObject): boolean {
    if (writer.kind === 'call') {
      const others = this.#found.writesOfCall.get(writer)
      return writer === site && others !== undefined && !this.overlaps(others, new GrowingSet([index]))
    }
    const base = writer.kind === 'store' ? writer.arr : writer.kind === 'set' ? writer.obj : null
    return base !== null && (site?.kind === 'alloc' || site?.kind === 'new') && site.out.id === base
  }

  mayResize(inst: Inst): boolean {
    return this.#found.resizes.has(inst)
  }

  /** Instructions that may write to an object, or to one it shares memory with. */
  writersOf(index: number): readonly Inst[] {
    let writers = this.#writersOf.get(index)
    if (!writers) {
      const one = new GrowingSet([index])
      writers = [...this.#found.writes].filter(([, objects]) => this.overlaps(objects, one)).map(([inst]) => inst)
      this.#writersOf.set(index, writers)
    }
    return writers
  }

  overlaps(some: ObjectSet, others: ObjectSet): boolean {
    if (!areApart(some, others)) return true
    for (const a of some) for (const b of others) if (this.#overlap(a, b)) return true
    return false
  }

  /** May two objects share memory? */
  #overlap(a: number, b: number): boolean {
    if (a === b) return true
    const one = this.object(a)
    const two = this.object(b)
    if (one.kind === 'local' || two.kind === 'local') {
      if (one.kind === 'local' && two.kind === 'local') return false
      const [local, other] = one.kind === 'local' ? [one, two] : [two, one]
      return other.kind !== 'param' && this.#escaped(local.index, other)
    }
    return !(one.type && two.type && one.type !== two.type)
  }

  /** Is a local object stored where `other` may find it? What an exception holds is found by who catches that. */
  #escaped(index: number, other: MemObject): boolean {
    if (!this.#escapes) {
      this.#escapes = { memory: new GrowingSet(), thrown: new GrowingSet() }
      for (const object of this.objects) {
        if (object.kind === 'local') continue
        const found = object.kind === 'thrown' ? this.#escapes.thrown : this.#escapes.memory
        for (const cell of this.#found.refCells(object)) found.addAll(this.contents(cell))
      }
    }
    return (other.kind === 'thrown' ? this.#escapes.thrown : this.#escapes.memory).has(index)
  }
}

/** What references of a function may point to and what may be stored where, as it is being found out: sets that only grow. */
import type { Func, Inst, Module, Type, ValueId } from '../3-ir/ir.ts'
import { isRef } from '../3-ir/types.ts'
import { forEachInst, forEachParam } from '../3-ir/visit.ts'
import {
  ANY_COLUMN,
  type Cell,
  cellOf,
  cellsOf,
  columnOf,
  columnTypes,
  type MemObject,
  type ObjectKind,
  objectOf,
} from './memory-objects.ts'
import { GrowingSet, isEmpty, NO_OBJECTS, type ObjectSet, union } from './object-set.ts'
import { throwingBranches } from './throws.ts'

/** For each object of a callee, which objects of the caller it may be. */
export type CallObjects = ReadonlyMap<number, ObjectSet>

/** What is behind a parameter is known by use: each load of a reference from there makes a child, typed by the load. */
export interface ParamEdge {
  readonly parent: number
  readonly column: number
  readonly child: number
}

interface ParamObjects {
  readonly direct: MemObject
  /** Anything behind the parameter, for what is not followed load by load. */
  readonly behind: MemObject
}

/**
 * With more objects in a function of a circle than this, its calls share theirs: each would have as many as there are places of allocation.
 * Exceptions are not told apart there.
 */
const MANY_OBJECTS = 100
/** The same outside of circles, where each call of what has many would bring them all. */
const TOO_MANY_OBJECTS = 200

export class PointsTo {
  readonly func: Func
  readonly module: Module
  readonly objects: MemObject[] = []
  readonly global: MemObject
  readonly unknown: MemObject
  readonly thrown: MemObject
  readonly params: ParamObjects[] = []
  readonly edges: ParamEdge[] = []
  readonly points = new Map<ValueId, GrowingSet>()
  readonly contents = new Map<Cell, GrowingSet>()
  /** Objects that an instruction may write to; of a loop or branch, its own only. */
  readonly writes = new Map<Inst, GrowingSet>()
  /** All of them. */
  readonly written = new GrowingSet()
  /** Objects whose floats or references something loads. */
  readonly reads = new GrowingSet()
  /** Objects that a call may write to other than as memory that it has just made. */
  readonly writesOfCall = new Map<Inst, ObjectSet>()
  /** Instructions that may change the size of an array. */
  readonly resizes = new Set<Inst>()
  readonly calls = new Map<Inst, CallObjects>()
  /** Memory from outside into which dynamic calls may store references: in callers, where it is known what it is, they do. */
  readonly opened = new GrowingSet()
  /** Rises whenever a set has grown that others depend on. */
  version = 0
  /** Rises whenever what is written or read has grown: nothing in this function depends on it, but callers do. */
  writesVersion = 0
  /** What runs only before an exception leaves the function: nothing that is differentiated looks at memory after that. */
  readonly #lost = new Set<Inst>()
  readonly #refs = new Set<ValueId>()
  /** How much there was when a call was looked at last. */
  readonly #seen = new Map<Inst, number>()
  readonly #initial = new Map<Cell, number>()
  readonly #children = new Map<Cell, Type>()
  readonly #parents = new Map<MemObject, MemObject>()
  readonly #locals = new Map<Inst, Map<number | MemObject, MemObject>>()
  readonly #shared = new Map<MemObject, MemObject>()

  constructor(func: Func, module: Module, callThrows: (callee: string) => boolean) {
    this.func = func
    this.module = module
    for (const branch of throwingBranches(func.body, callThrows)) forEachInst(branch, inst => this.#lost.add(inst))
    forEachParam(func.body, param => {
      if (isRef(param.type)) this.#refs.add(param.id)
    })
    this.global = this.#object('global', -1, null, null, null, 'global memory')
    this.unknown = this.#object('unknown', -1, null, null, null, 'memory of dynamic calls')
    this.thrown = this.#object('thrown', -1, null, null, null, 'memory of exceptions')
    this.#holds(cellOf(this.global, 0), this.global)
    this.#holds(cellOf(this.unknown, 0), this.unknown)
    this.#holds(cellOf(this.thrown, 0), this.thrown)
    func.body.params.forEach((param, k) => {
      const type = isRef(param.type) ? param.type : null
      const direct = this.#object('param', k, null, type ? columnTypes(type, module) : null, type, `memory of \`${param.name}\``)
      const behind = this.#object('deep', k, null, null, null, `memory reachable from \`${param.name}\``)
      this.params.push({ direct, behind })
      if (!type) return
      this.point(param.id, one(direct))
      this.#holds(cellOf(behind, 0), behind)
    })
  }

  get hasMany(): boolean {
    return this.objects.length > MANY_OBJECTS
  }

  get hasTooMany(): boolean {
    return this.objects.length > TOO_MANY_OBJECTS
  }

  isRef(id: ValueId): boolean {
    return this.#refs.has(id)
  }

  object(index: number): MemObject {
    return this.objects[index]!
  }

  pointsOf(id: ValueId): ObjectSet {
    return this.points.get(id) ?? NO_OBJECTS
  }

  contentsOf(cell: Cell): ObjectSet {
    return this.contents.get(cell) ?? NO_OBJECTS
  }

  /** The cells of an object that may hold references. */
  refCells(object: MemObject): Cell[] {
    return cellsOf(object, type => type === null || isRef(type))
  }

  /** Everything reachable from a set of objects, itself included. */
  reach(from: ObjectSet): GrowingSet {
    const found = new GrowingSet()
    const fresh: number[] = []
    found.addAll(from, fresh)
    for (let index = fresh.pop(); index !== undefined; index = fresh.pop()) {
      const object = this.object(index)
      if (object.kind === 'param' || object.kind === 'deep') {
        const { behind } = this.params[object.param]!
        if (found.add(behind.index)) fresh.push(behind.index)
      }
      for (const cell of this.refCells(object)) found.addAll(this.contentsOf(cell), fresh)
    }
    return found
  }

  /** What a reference of this type loaded from a column of an object may point to. */
  held(object: MemObject, column: number, type: Type): ObjectSet {
    if (object.columns === null) return this.contentsOf(cellOf(object, 0))
    if (object.kind === 'param' || object.kind === 'deep') this.#child(object, column, type)
    const here = this.contentsOf(cellOf(object, column))
    return object.columns === 'open' ? union([here, this.contentsOf(cellOf(object, ANY_COLUMN))]) : here
  }

  /** The child of an object behind a parameter. One of a type that is on the way to it already is that one: types may be recursive. */
  #child(parent: MemObject, column: number, type: Type): void {
    const key = cellOf(parent, column)
    const before = this.#children.get(key)
    if (before !== undefined) {
      // A box may hold values of several types.
      if (before !== type) this.store(key, one(this.params[parent.param]!.behind))
      return
    }
    let child: MemObject | null = null
    for (let at: MemObject | undefined = parent; at && !child; at = this.#parents.get(at)) if (at.type === type) child = at
    if (!child) {
      child = this.#object('deep', parent.param, null, columnTypes(type, this.module), type, this.params[parent.param]!.behind.label)
      this.#parents.set(child, parent)
    }
    this.#children.set(key, type)
    this.edges.push({ parent: parent.index, column, child: child.index })
    this.#holds(key, child)
    this.version++
  }

  /** What is there before anything is stored. */
  #holds(cell: Cell, object: MemObject): void {
    this.#initial.set(cell, object.index)
    this.store(cell, one(object))
  }

  /** What the function has stored, by cell: contents without what was there before. */
  stored(): (readonly [Cell, ObjectSet])[] {
    const all: [Cell, ObjectSet][] = []
    for (const [cell, held] of this.contents) {
      const initial = this.#initial.get(cell)
      let rest: ObjectSet = held
      if (initial !== undefined) {
        const others = union([held])
        others.delete(initial)
        rest = others
      }
      if (!isEmpty(rest)) all.push([cell, rest])
    }
    return all
  }

  /** What the references among `ids` reach. */
  reachOf(ids: readonly ValueId[]): GrowingSet {
    return this.reach(union(ids.map(id => this.pointsOf(id))))
  }

  /** Has anything grown since a call was looked at last, here or in a callee that grows too? */
  isNews(call: Inst, growing: PointsTo | null): boolean {
    const now = this.version + (growing ? growing.version + growing.writesVersion : 0)
    if (this.#seen.get(call) === now) return false
    this.#seen.set(call, now)
    return true
  }

  // ── Growing ──

  /**
   * The local object that `inst` makes; a call may make several, numbered by the callee's objects or, in a circle, known by their origins.
   * Where there are many already, all calls make the same of an origin: nothing is known then of when that was made.
   */
  local(inst: Inst, which: number | MemObject, columns: MemObject['columns'], type: MemObject['type'], label: string): MemObject {
    if (typeof which !== 'number' && this.hasMany && !this.#locals.get(inst)?.has(which)) {
      let shared = this.#shared.get(which)
      if (!shared) {
        shared = this.#object('local', -1, null, columns, type, label, which)
        this.#shared.set(which, shared)
      }
      return shared
    }
    let made = this.#locals.get(inst)
    if (!made) {
      made = new Map()
      this.#locals.set(inst, made)
    }
    let object = made.get(which)
    if (!object) {
      object = this.#object('local', -1, inst, columns, type, label, typeof which === 'number' ? null : which)
      made.set(which, object)
    }
    return object
  }

  point(id: ValueId, objects: ObjectSet): void {
    this.#grow(this.points, id, objects)
  }

  store(cell: Cell, objects: ObjectSet): void {
    const object = this.object(objectOf(cell))
    if (object.columns === 'open') object.used.add(columnOf(cell))
    this.#grow(this.contents, cell, objects)
  }

  write(inst: Inst, objects: ObjectSet): void {
    if (this.#lost.has(inst) || !this.#add(this.writes, inst, objects)) return
    this.written.addAll(objects)
    this.writesVersion++
  }

  read(objects: ObjectSet): void {
    if (this.reads.addAll(objects)) this.writesVersion++
  }

  resize(inst: Inst): void {
    if (this.#lost.has(inst) || this.resizes.has(inst)) return
    this.resizes.add(inst)
    this.writesVersion++
  }

  #grow<K>(sets: Map<K, GrowingSet>, key: K, objects: ObjectSet): void {
    if (this.#add(sets, key, objects)) this.version++
  }

  #add<K>(sets: Map<K, GrowingSet>, key: K, objects: ObjectSet): boolean {
    let set = sets.get(key)
    if (!set) {
      set = new GrowingSet()
      sets.set(key, set)
    }
    return set.addAll(objects)
  }

  #object(
    kind: ObjectKind,
    param: number,
    site: Inst | null,
    columns: MemObject['columns'],
    type: MemObject['type'],
    label: string,
    origin: MemObject | null = null,
  ): MemObject {
    const object: MemObject = { index: this.objects.length, kind, param, site, columns, used: new Set(), type, label, origin }
    this.objects.push(object)
    return object
  }
}

/** The set of one object. */
export function one(object: MemObject): ObjectSet {
  return new GrowingSet([object.index])
}

/** An object that stands for many, and what they hold. */
export function withContents(m: PointsTo, object: MemObject): GrowingSet {
  return union([one(object), m.contentsOf(cellOf(object, 0))])
}

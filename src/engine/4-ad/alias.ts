/**
 * Which memory each reference of a function may point to, what may be stored where, and who writes what. Inclusion-based, by
 * place of allocation; independent of activity. Callees are taken in by summary; a recursive callee is assumed to do anything
 * with what it can reach.
 */
import type { Func, Inst, Module, ValueId } from '../3-ir/ir.ts'
import { PRIMS } from '../3-ir/prims.ts'
import { isRef } from '../3-ir/types.ts'
import { forEachInst, forEachParam } from '../3-ir/visit.ts'
import {
  addAll,
  type Cell,
  cellOf,
  cellsOf,
  columnOf,
  columnTypes,
  type MemObject,
  NO_OBJECTS,
  type ObjectKind,
  type ObjectSet,
  objectOf,
} from './memory-objects.ts'

export type AliasOf = (callee: string) => Aliases | 'recursive'

/** What a call does: which objects of the caller each object of the callee may be. */
export type CallObjects = ReadonlyMap<number, ObjectSet>

export class Aliases {
  readonly func: Func
  readonly objects: MemObject[] = []
  readonly #module: Module
  readonly #aliasOf: AliasOf
  readonly #points = new Map<ValueId, Set<number>>()
  readonly #contents = new Map<Cell, Set<number>>()
  readonly #writes = new Map<Inst, Set<number>>()
  readonly #types = new Map<ValueId, string>()
  readonly #locals = new Map<Inst, Map<number, MemObject>>()
  readonly #calls = new Map<Inst, Map<number, ObjectSet>>()
  readonly #paramObjects: { readonly direct: MemObject; readonly deep: MemObject }[] = []
  readonly #global: MemObject
  readonly #unknown: MemObject
  /** Instructions that change the size of an array. */
  readonly #resizes = new Set<Inst>()
  /** Answers, known once the analysis is done. */
  readonly #writersOf = new Map<number, readonly Inst[]>()
  #escapes: Set<number> | null = null
  #changed = false

  constructor(func: Func, module: Module, aliasOf: AliasOf) {
    this.func = func
    this.#module = module
    this.#aliasOf = aliasOf
    forEachParam(func.body, param => this.#types.set(param.id, param.type))
    this.#global = this.#object('global', -1, null, null, null, 'global memory')
    this.#unknown = this.#object('unknown', -1, null, null, null, 'memory of dynamic calls')
    this.#contains(cellOf(this.#global, 0), [this.#global.index])
    this.#contains(cellOf(this.#unknown, 0), [this.#unknown.index])
    func.body.params.forEach((param, k) => {
      const type = isRef(param.type) ? param.type : null
      const direct = this.#object('param', k, null, type ? columnTypes(type, module) : null, type, `memory of \`${param.name}\``)
      const deep = this.#object('deep', k, null, null, null, `memory reachable from \`${param.name}\``)
      this.#paramObjects.push({ direct, deep })
      if (!type) return
      this.#point(param.id, [direct.index])
      for (const cell of cellsOf(direct, column => column === null || isRef(column))) this.#contains(cell, [deep.index])
      this.#contains(cellOf(deep, 0), [deep.index])
    })
    do {
      this.#changed = false
      forEachInst(func.body, inst => this.#visit(inst))
    } while (this.#changed)
  }

  points(id: ValueId): ObjectSet {
    return this.#points.get(id) ?? NO_OBJECTS
  }

  contents(cell: Cell): ObjectSet {
    return this.#contents.get(cell) ?? NO_OBJECTS
  }

  object(index: number): MemObject {
    return this.objects[index]!
  }

  paramObjects(k: number): { readonly direct: MemObject; readonly deep: MemObject } {
    return this.#paramObjects[k]!
  }

  get unknown(): MemObject {
    return this.#unknown
  }

  /** Objects of this function for each object of the callee of a call; null for other instructions. */
  callObjects(inst: Inst): CallObjects | null {
    return this.#calls.get(inst) ?? null
  }

  /** Objects that an instruction may write to; of a loop or branch, its own only. */
  writes(inst: Inst): ObjectSet {
    return this.#writes.get(inst) ?? NO_OBJECTS
  }

  /** For each place of memory, what it may refer to. */
  heldSets(): Iterable<ObjectSet> {
    return this.#contents.values()
  }

  /** Every object that may be stored in memory. */
  allContents(): Set<number> {
    const all = new Set<number>()
    for (const held of this.#contents.values()) addAll(all, held)
    return all
  }

  mayResize(inst: Inst): boolean {
    return this.#resizes.has(inst)
  }

  /** Everything reachable from a set of objects, itself included. */
  reach(from: Iterable<number>): Set<number> {
    const found = new Set(from)
    for (const index of found) for (const cell of this.#refCells(this.object(index))) addAll(found, this.contents(cell))
    return found
  }

  /** May two objects share memory? */
  overlap(a: number, b: number): boolean {
    if (a === b) return true
    const one = this.object(a)
    const two = this.object(b)
    if (one.kind === 'local' || two.kind === 'local') {
      if (one.kind === 'local' && two.kind === 'local') return false
      const [local, other] = one.kind === 'local' ? [one, two] : [two, one]
      return other.kind !== 'param' && this.#escaped(local.index)
    }
    return !(one.type && two.type && one.type !== two.type)
  }

  overlaps(some: ObjectSet, others: ObjectSet): boolean {
    for (const a of some) for (const b of others) if (this.overlap(a, b)) return true
    return false
  }

  /** Is a local object stored where others may find it? */
  #escaped(index: number): boolean {
    if (!this.#escapes) {
      this.#escapes = new Set()
      for (const object of this.objects) {
        if (object.kind === 'local') continue
        for (const cell of this.#refCells(object)) addAll(this.#escapes, this.contents(cell))
      }
    }
    return this.#escapes.has(index)
  }

  /** Instructions that may write to an object, or to one it shares memory with. */
  writersOf(index: number): readonly Inst[] {
    let writers = this.#writersOf.get(index)
    if (!writers) {
      const one = new Set([index])
      writers = [...this.#writes].filter(([, objects]) => this.overlaps(objects, one)).map(([inst]) => inst)
      this.#writersOf.set(index, writers)
    }
    return writers
  }

  #refCells(object: MemObject): Cell[] {
    return cellsOf(object, type => type === null || isRef(type))
  }

  #object(
    kind: ObjectKind,
    param: number,
    site: Inst | null,
    columns: MemObject['columns'],
    type: MemObject['type'],
    label: string,
  ): MemObject {
    const object: MemObject = { index: this.objects.length, kind, param, site, columns, type, label }
    this.objects.push(object)
    return object
  }

  /** The local object that `inst` makes; a call may make several, numbered by the callee's objects. */
  #local(inst: Inst, number: number, columns: MemObject['columns'], type: MemObject['type'], label: string): MemObject {
    let made = this.#locals.get(inst)
    if (!made) {
      made = new Map()
      this.#locals.set(inst, made)
    }
    let object = made.get(number)
    if (!object) {
      object = this.#object('local', -1, inst, columns, type, label)
      made.set(number, object)
    }
    return object
  }

  #point(id: ValueId, objects: Iterable<number>): void {
    let set = this.#points.get(id)
    if (!set) {
      set = new Set()
      this.#points.set(id, set)
    }
    if (addAll(set, objects)) this.#changed = true
  }

  #contains(cell: Cell, objects: Iterable<number>): void {
    let set = this.#contents.get(cell)
    if (!set) {
      set = new Set()
      this.#contents.set(cell, set)
    }
    if (addAll(set, objects)) this.#changed = true
  }

  #write(inst: Inst, objects: Iterable<number>): void {
    let set = this.#writes.get(inst)
    if (!set) {
      set = new Set()
      this.#writes.set(inst, set)
    }
    addAll(set, objects)
  }

  #isRef(id: ValueId): boolean {
    const type = this.#types.get(id)
    return type !== undefined && isRef(type as 'any')
  }

  #flow(from: readonly ValueId[], to: readonly { readonly id: ValueId; readonly type: string }[], offset = 0): void {
    to.slice(offset).forEach((param, i) => {
      if (isRef(param.type as 'any')) this.#point(param.id, this.points(from[i]!))
    })
  }

  /** What a load of a reference from `column` of the objects of `base` may give. */
  #fetch(out: ValueId, base: ValueId, column: number): void {
    if (!this.#isRef(out)) return
    for (const index of [...this.points(base)]) this.#point(out, this.contents(cellOf(this.object(index), column)))
  }

  #put(inst: Inst, base: ValueId, column: number, value: ValueId): void {
    this.#write(inst, this.points(base))
    if (!this.#isRef(value)) return
    for (const index of this.points(base)) this.#contains(cellOf(this.object(index), column), this.points(value))
  }

  #visit(inst: Inst): void {
    switch (inst.kind) {
      case 'alloc':
        this.#point(inst.out.id, [
          this.#local(inst, 0, columnTypes(inst.out.type, this.#module), inst.out.type, `array \`${inst.out.name}\``).index,
        ])
        break
      case 'new': {
        const object = this.#local(inst, 0, columnTypes(inst.out.type, this.#module), inst.out.type, `object \`${inst.out.name}\``)
        this.#point(inst.out.id, [object.index])
        inst.fields.forEach((field, i) => {
          if (this.#isRef(field)) this.#contains(cellOf(object, i), this.points(field))
        })
        break
      }
      case 'box': {
        const object = this.#local(inst, 0, this.#module.types[inst.type]?.leaves ?? null, null, `boxed \`${inst.out.name}\``)
        this.#point(inst.out.id, [object.index])
        inst.leaves.forEach((leaf, i) => {
          if (this.#isRef(leaf)) this.#contains(cellOf(object, i), this.points(leaf))
        })
        break
      }
      case 'tape-new':
        this.#point(inst.out.id, [this.#local(inst, 0, null, 'tape', 'tape').index])
        break
      case 'load':
        this.#fetch(inst.out.id, inst.arr, inst.column)
        break
      case 'get':
        this.#fetch(inst.out.id, inst.obj, inst.field)
        break
      case 'unbox':
        inst.outs.forEach((out, i) => this.#fetch(out.id, inst.value, i))
        break
      case 'pop':
        this.#fetch(inst.out.id, inst.tape, 0)
        this.#write(inst, this.points(inst.tape))
        break
      case 'store':
        this.#put(inst, inst.arr, inst.column, inst.value)
        break
      case 'set':
        this.#put(inst, inst.obj, inst.field, inst.value)
        break
      case 'push':
        this.#put(inst, inst.tape, 0, inst.value)
        break
      case 'if':
        this.#flow(inst.then.yields, inst.outs)
        this.#flow(inst.else.yields, inst.outs)
        break
      case 'try':
        this.#flow(inst.body.yields, inst.outs)
        this.#flow(inst.handler.yields, inst.outs)
        this.#point(inst.handler.params[0]!.id, [this.#unknown.index, ...this.contents(cellOf(this.#unknown, 0))])
        break
      case 'for':
        this.#flow(inst.inits, inst.body.params.slice(1))
        this.#flow(inst.body.yields, inst.body.params.slice(1))
        this.#flow(inst.inits, inst.outs)
        this.#flow(inst.body.yields, inst.outs)
        break
      case 'while':
        for (const to of [inst.cond.params, inst.body.params, inst.outs]) {
          this.#flow(inst.inits, to)
          this.#flow(inst.body.yields, to)
        }
        break
      case 'throw':
        this.#contains(cellOf(this.#unknown, 0), this.reach(this.points(inst.value)))
        break
      case 'global-get':
        if (isRef(inst.out.type)) this.#point(inst.out.id, [this.#global.index, ...this.contents(cellOf(this.#global, 0))])
        break
      case 'global-set':
        if (this.#isRef(inst.value)) this.#contains(cellOf(this.#global, 0), this.reach(this.points(inst.value)))
        break
      case 'prim':
        this.#prim(inst)
        break
      case 'call':
        this.#call(inst)
        break
      case 'dyncall':
        this.#dyncall(inst)
        break
    }
  }

  #prim(inst: Extract<Inst, { kind: 'prim' }>): void {
    const { effect } = PRIMS[inst.prim]
    const refs = inst.args.filter(id => this.#isRef(id))
    if (effect === 'write')
      for (const id of refs) this.#write(inst, inst.prim === 'arr.zero' ? this.reach(this.points(id)) : this.points(id))
    if (inst.prim === 'arr.resize') this.#resizes.add(inst)
    for (const out of inst.outs) {
      if (!isRef(out.type)) continue
      if (inst.prim === 'arr.reshape') this.#point(out.id, this.points(inst.args[0]!))
      else {
        // A copy of unknown depth: one object that contains itself.
        const copy = this.#local(inst, 0, null, null, `copy \`${out.name}\``)
        this.#point(out.id, [copy.index])
        this.#contains(cellOf(copy, 0), [copy.index])
      }
    }
  }

  #dyncall(inst: Extract<Inst, { kind: 'dyncall' }>): void {
    const held = cellOf(this.#unknown, 0)
    const given = this.reach(inst.args.flatMap(id => [...this.points(id)]))
    given.delete(this.#global.index)
    this.#contains(held, given)
    // Constant memory behind the function value and in globals is taken to stay as it is; see README.md.
    const behindFunction = this.reach(this.points(inst.args[0]!))
    const others = this.reach(inst.args.slice(1).flatMap(id => [...this.points(id)]))
    for (const index of given) {
      const object = this.object(index)
      if (object.kind !== 'local' && behindFunction.has(index) && !others.has(index)) continue
      for (const cell of this.#refCells(object)) this.#contains(cell, this.contents(held))
    }
    const all = new Set([this.#unknown.index, ...this.contents(held)])
    for (const out of inst.outs) if (isRef(out.type)) this.#point(out.id, all)
    this.#write(inst, [...all, this.#global.index])
    this.#resizes.add(inst)
  }

  #call(inst: Extract<Inst, { kind: 'call' }>): void {
    const callee = this.#aliasOf(inst.callee)
    if (callee === 'recursive') return this.#recursiveCall(inst)
    const map = new Map<number, ObjectSet>()
    const reachable = callee.#exported()
    for (const object of callee.objects) {
      if (object.kind === 'param') map.set(object.index, this.points(inst.args[object.param]!))
      else if (object.kind === 'deep') {
        const direct = this.points(inst.args[object.param]!)
        const behind = new Set<number>()
        for (const index of direct) for (const cell of this.#refCells(this.object(index))) addAll(behind, this.contents(cell))
        map.set(object.index, this.reach(behind))
      } else if (object.kind === 'global') map.set(object.index, new Set([this.#global.index, ...this.contents(cellOf(this.#global, 0))]))
      else if (object.kind === 'unknown') map.set(object.index, new Set([this.#unknown.index, ...this.contents(cellOf(this.#unknown, 0))]))
      else if (reachable.has(object.index)) {
        const made = this.#local(inst, object.index, object.columns, object.type, `${object.label} of ${callee.func.label}`)
        map.set(object.index, new Set([made.index]))
      }
    }
    this.#calls.set(inst, map)
    const translate = (set: ObjectSet): Set<number> => {
      const result = new Set<number>()
      for (const index of set) addAll(result, map.get(index) ?? NO_OBJECTS)
      return result
    }
    inst.outs.forEach((out, i) => {
      if (isRef(out.type)) this.#point(out.id, translate(callee.points(callee.func.body.yields[i]!)))
    })
    for (const [cell, held] of callee.#contents) {
      for (const to of this.cellsInCaller(callee, cell, map)) this.#contains(to, translate(held))
    }
    const written = new Set<number>()
    for (const [writer, objects] of callee.#writes) {
      addAll(written, translate(objects))
      if (callee.#resizes.has(writer)) this.#resizes.add(inst)
    }
    if (written.size > 0) this.#write(inst, written)
  }

  /** The cells of this function that a cell of a callee may be. */
  cellsInCaller(callee: Aliases, cell: Cell, map: CallObjects): Cell[] {
    const from = callee.object(objectOf(cell))
    return [...(map.get(from.index) ?? NO_OBJECTS)].flatMap(index => {
      const to = this.object(index)
      if (!to.columns || (from.columns && from.columns.length === to.columns.length)) return [cellOf(to, columnOf(cell))]
      return cellsOf(to, () => true)
    })
  }

  #recursiveCall(inst: Extract<Inst, { kind: 'call' }>): void {
    const made = this.#local(inst, 0, null, null, `memory made by ${inst.callee}`)
    const all = this.reach([...inst.args.flatMap(id => [...this.points(id)]), made.index, this.#unknown.index])
    for (const index of all) for (const cell of this.#refCells(this.object(index))) this.#contains(cell, all)
    for (const out of inst.outs) {
      if (!isRef(out.type)) continue
      this.#point(
        out.id,
        [...all].filter(index => {
          const { type } = this.object(index)
          return type === null || type === out.type
        }),
      )
    }
    this.#write(inst, all)
    this.#resizes.add(inst)
  }

  /** Local objects that a caller can get hold of. */
  #exported(): Set<number> {
    const roots = new Set<number>()
    for (const id of this.func.body.yields) addAll(roots, this.points(id))
    for (const object of this.objects) if (object.kind !== 'local') roots.add(object.index)
    return this.reach(roots)
  }
}

/** What a call may do to memory: callees by summary, dynamic ones by assumption. */
import type { Inst, ValueId } from '../3-ir/ir.ts'
import { isRef } from '../3-ir/types.ts'
import { ANY_COLUMN, type Cell, cellOf, cellsOf, columnOf, type MemObject, objectOf } from './memory-objects.ts'
import { GrowingSet, isEmpty, NO_OBJECTS, type ObjectSet, union, without } from './object-set.ts'
import { type CallObjects, one, type ParamEdge, type PointsTo, withContents } from './points-to.ts'

type Call = Extract<Inst, { kind: 'call' }>
type DynamicCall = Extract<Inst, { kind: 'dyncall' }>

/** In a circle the callee may be the caller, or may grow because the caller does: what it has now is taken, and looked at again when it has grown. */
export function visitCall(m: PointsTo, inst: Call, callee: PointsTo, inCircle: boolean): void {
  const map = new Map<number, GrowingSet>()
  const isShared = inCircle || m.hasTooMany
  const exported = exportedObjects(callee)
  const found = m.hasMany ? foundWithoutThrowing(callee) : exported
  for (const object of inCircle ? [...callee.objects] : callee.objects) {
    if (object.kind === 'param') map.set(object.index, union([m.pointsOf(inst.args[object.param]!)]))
    else if (object.kind === 'deep') map.set(object.index, object.columns === null ? behind(m, inst.args[object.param]!) : new GrowingSet())
    else if (object.kind === 'global') map.set(object.index, withContents(m, m.global))
    else if (object.kind === 'unknown') map.set(object.index, withContents(m, m.unknown))
    // A handler catches what is thrown below it, so what a caller's exceptions hold is never the callee's.
    else if (object.kind === 'thrown') map.set(object.index, new GrowingSet([m.thrown.index]))
    // Each call of something that may throw would have exceptions of its own.
    else if (exported.has(object.index) && !found.has(object.index)) map.set(object.index, new GrowingSet([m.thrown.index]))
    else if (exported.has(object.index)) {
      const label = object.origin ? object.label : `${object.label} of ${callee.func.label}`
      const made = m.local(inst, isShared ? (object.origin ?? object) : object.index, object.columns, object.type, label)
      map.set(object.index, new GrowingSet([made.index]))
    }
  }
  followEdges(m, callee, map)
  m.calls.set(inst, map)
  const translate = (set: Iterable<number>): GrowingSet => {
    const result = new GrowingSet()
    for (const index of set) result.addAll(map.get(index) ?? NO_OBJECTS)
    return result
  }
  inst.outs.forEach((out, i) => {
    if (isRef(out.type)) m.point(out.id, translate(callee.pointsOf(callee.func.body.yields[i]!)))
  })
  for (const { cell, held, into } of alike(callee, map)) {
    const here = translate(held)
    const isUnknown = objectOf(cell) === callee.unknown.index
    for (const to of cellsOfObjects(m, callee, cell, into)) {
      // What dynamic calls give may be any memory that they were given: into that they store as dynamic calls here would.
      if (objectOf(to) === m.unknown.index) m.store(to, withoutGlobal(m, here))
      else if (isUnknown) open(m, objectOf(to))
      else m.store(to, here)
    }
  }
  for (const index of callee.opened) {
    for (const here of map.get(index) ?? NO_OBJECTS) open(m, here)
  }
  const written = translate(callee.written)
  m.writesOfCall.set(inst, translate([...callee.written].filter(index => callee.object(index).kind !== 'local')))
  if (callee.resizes.size > 0) m.resize(inst)
  if (!isEmpty(written)) m.write(inst, written)
  m.read(translate(callee.reads))
}

/** Cells of a callee in the same column that hold the same, as one, with all objects of the caller that they may be in: where calls are dynamic, those are most. */
interface Alike {
  readonly cell: Cell
  readonly held: ObjectSet
  readonly into: GrowingSet
}

function alike(callee: PointsTo, map: CallObjects): Iterable<Alike> {
  const groups = new Map<string, Alike>()
  for (const [cell, held] of callee.stored()) {
    const { index, columns } = callee.object(objectOf(cell))
    const key = `${index === callee.unknown.index} ${columns !== null} ${columnOf(cell)} ${held.words.join()}`
    const group = groups.get(key)
    if (group) group.into.addAll(map.get(index) ?? NO_OBJECTS)
    else groups.set(key, { cell, held, into: union([map.get(index) ?? NO_OBJECTS]) })
  }
  return groups.values()
}

/** What is behind the callee's parameters, load by load. */
function followEdges(m: PointsTo, callee: PointsTo, map: ReadonlyMap<number, GrowingSet>): void {
  const done = new Map<ParamEdge, GrowingSet>()
  let grown: boolean
  do {
    grown = false
    for (const edge of callee.edges) {
      const { parent, column, child } = edge
      const { type } = callee.object(child)
      const from = map.get(parent)
      const to = map.get(child)
      // Found by this very visit: the next one has it. What is behind a new one may be there before, as types are recursive.
      if (!from || !to) continue
      const before = done.get(edge) ?? new GrowingSet()
      done.set(edge, before)
      const fresh = without(from, before)
      before.addAll(from)
      for (const index of fresh) if (to.addAll(m.held(m.object(index), column, type!))) grown = true
    }
  } while (grown)
}

function behind(m: PointsTo, arg: ValueId): GrowingSet {
  const roots = new GrowingSet()
  for (const index of m.pointsOf(arg)) {
    const object = m.object(index)
    if (object.kind === 'param' || object.kind === 'deep') roots.add(m.params[object.param]!.behind.index)
    for (const cell of m.refCells(object)) roots.addAll(m.contentsOf(cell))
  }
  return m.reach(roots)
}

/** The cells of `m` that a cell of a callee may be. */
export function cellsInCaller(m: PointsTo, callee: PointsTo, cell: Cell, map: CallObjects): Cell[] {
  return cellsOfObjects(m, callee, cell, map.get(objectOf(cell)) ?? NO_OBJECTS)
}

/** The same where it may be in one of these objects. */
function cellsOfObjects(m: PointsTo, callee: PointsTo, cell: Cell, objects: ObjectSet): Cell[] {
  const from = callee.object(objectOf(cell))
  const cells: Cell[] = []
  for (const index of objects) {
    const to = m.object(index)
    if (!to.columns || from.columns) cells.push(cellOf(to, columnOf(cell)))
    else if (to.columns === 'open') cells.push(cellOf(to, ANY_COLUMN))
    else cells.push(...cellsOf(to, () => true))
  }
  return cells
}

export function visitDynamicCall(m: PointsTo, inst: DynamicCall): void {
  const given = withoutGlobal(m, m.reachOf(inst.args))
  m.store(cellOf(m.unknown, 0), given)
  for (const index of given) open(m, index)
  const all = withContents(m, m.unknown)
  for (const out of inst.outs) if (isRef(out.type)) m.point(out.id, all)
  const touched = union([all, one(m.global)])
  m.write(inst, touched)
  m.read(union([touched, given]))
  m.resize(inst)
}

/** A global's memory is found by a dynamic call anyway, so it is not said of what that was given. */
function withoutGlobal(m: PointsTo, objects: ObjectSet): ObjectSet {
  if (!objects.has(m.global.index)) return objects
  const others = union([objects])
  others.delete(m.global.index)
  return others
}

/** Code that is not known may store references here. */
function open(m: PointsTo, index: number): void {
  const object = m.object(index)
  if (object.kind === 'local' || object.kind === 'thrown')
    for (const cell of openCells(m, object)) m.store(cell, m.contentsOf(cellOf(m.unknown, 0)))
  else if (object.param >= 0 && m.opened.add(index)) m.version++
}

/** Where references may be stored by code that is not known. */
function openCells(m: PointsTo, object: MemObject): Cell[] {
  return object.columns === 'open' ? [cellOf(object, ANY_COLUMN)] : m.refCells(object)
}

/** Local objects that a caller can get hold of. */
function exportedObjects(m: PointsTo): ObjectSet {
  return reachedFrom(m, ({ kind }) => kind !== 'local')
}

/** Those of them that are found in something else than exceptions. */
function foundWithoutThrowing(m: PointsTo): ObjectSet {
  return reachedFrom(m, ({ kind }) => kind !== 'local' && kind !== 'thrown')
}

function reachedFrom(m: PointsTo, isRoot: (object: MemObject) => boolean): ObjectSet {
  const roots = union(m.func.body.yields.map(id => m.pointsOf(id)))
  for (const object of m.objects) if (isRoot(object)) roots.add(object.index)
  return m.reach(roots)
}

/** What a call may do to memory: callees by summary, dynamic ones by assumption. */
import type { Inst, ValueId } from '../3-ir/ir.ts'
import { isRef } from '../3-ir/types.ts'
import { ANY_COLUMN, type Cell, cellOf, cellsOf, columnOf, type MemObject, objectOf } from './memory-objects.ts'
import { GrowingSet, isEmpty, NO_OBJECTS, type ObjectSet, union } from './object-set.ts'
import { type CallObjects, one, type PointsTo, withContents } from './points-to.ts'

type Call = Extract<Inst, { kind: 'call' }>
type DynamicCall = Extract<Inst, { kind: 'dyncall' }>

/** In a circle the callee may be the caller, or may grow because the caller does: what it has now is taken, and looked at again when it has grown. */
export function visitCall(m: PointsTo, inst: Call, callee: PointsTo, inCircle: boolean): void {
  const map = new Map<number, GrowingSet>()
  const exported = exportedObjects(callee)
  for (const object of inCircle ? [...callee.objects] : callee.objects) {
    if (object.kind === 'param') map.set(object.index, union([m.pointsOf(inst.args[object.param]!)]))
    else if (object.kind === 'deep') map.set(object.index, object.columns === null ? behind(m, inst.args[object.param]!) : new GrowingSet())
    else if (object.kind === 'global') map.set(object.index, withContents(m, m.global))
    else if (object.kind === 'unknown') map.set(object.index, withContents(m, m.unknown))
    // A handler catches what is thrown below it, so what a caller's exceptions hold is never the callee's.
    else if (object.kind === 'thrown') map.set(object.index, new GrowingSet([m.thrown.index]))
    else if (exported.has(object.index)) {
      const label = object.origin ? object.label : `${object.label} of ${callee.func.label}`
      const made = m.local(inst, inCircle ? (object.origin ?? object) : object.index, object.columns, object.type, label)
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
  // Where calls are dynamic, many places hold the same.
  const known = new Map<string, ObjectSet>()
  for (const [cell, held] of callee.stored()) {
    const key = held.words.join()
    const here = known.get(key) ?? translate(held)
    known.set(key, here)
    const isUnknown = objectOf(cell) === callee.unknown.index
    for (const to of cellsInCaller(m, callee, cell, map)) {
      // What dynamic calls give may be any memory that they were given: into that they store as dynamic calls here would.
      if (isUnknown && objectOf(to) !== m.unknown.index) open(m, objectOf(to))
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

/** What is behind the callee's parameters, load by load. */
function followEdges(m: PointsTo, callee: PointsTo, map: ReadonlyMap<number, GrowingSet>): void {
  let grown: boolean
  do {
    grown = false
    for (const { parent, column, child } of callee.edges) {
      const { type } = callee.object(child)
      const to = map.get(child)
      // Found by this very visit: the next one has it.
      if (!to) continue
      for (const index of map.get(parent)!) if (to.addAll(m.held(m.object(index), column, type!))) grown = true
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
  const from = callee.object(objectOf(cell))
  const cells: Cell[] = []
  for (const index of map.get(from.index) ?? NO_OBJECTS) {
    const to = m.object(index)
    if (!to.columns || from.columns) cells.push(cellOf(to, columnOf(cell)))
    else if (to.columns === 'open') cells.push(cellOf(to, ANY_COLUMN))
    else cells.push(...cellsOf(to, () => true))
  }
  return cells
}

export function visitDynamicCall(m: PointsTo, inst: DynamicCall): void {
  const given = m.reachOf(inst.args)
  given.delete(m.global.index)
  m.store(cellOf(m.unknown, 0), given)
  for (const index of given) open(m, index)
  const all = withContents(m, m.unknown)
  for (const out of inst.outs) if (isRef(out.type)) m.point(out.id, all)
  const touched = union([all, one(m.global)])
  m.write(inst, touched)
  m.read(union([touched, given]))
  m.resize(inst)
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
  const roots = union(m.func.body.yields.map(id => m.pointsOf(id)))
  for (const object of m.objects) if (object.kind !== 'local') roots.add(object.index)
  return m.reach(roots)
}

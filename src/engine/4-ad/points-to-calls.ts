/** What a call may do to memory: callees by summary, dynamic ones by assumption. */
import type { Inst, ValueId } from '../3-ir/ir.ts'
import { isRef } from '../3-ir/types.ts'
import { ANY_COLUMN, addAll, type Cell, cellOf, cellsOf, columnOf, type MemObject, NO_OBJECTS, objectOf } from './memory-objects.ts'
import type { CallObjects, PointsTo } from './points-to.ts'

type Call = Extract<Inst, { kind: 'call' }>
type DynamicCall = Extract<Inst, { kind: 'dyncall' }>

/** In a circle the callee may be the caller, or may grow because the caller does: what it has now is taken, and looked at again when it has grown. */
export function visitCall(m: PointsTo, inst: Call, callee: PointsTo, inCircle: boolean): void {
  const map = new Map<number, Set<number>>()
  const exported = exportedObjects(callee)
  for (const object of inCircle ? [...callee.objects] : callee.objects) {
    if (object.kind === 'param') map.set(object.index, new Set(m.pointsOf(inst.args[object.param]!)))
    else if (object.kind === 'deep') map.set(object.index, new Set(object.columns === null ? behind(m, inst.args[object.param]!) : []))
    else if (object.kind === 'global') map.set(object.index, new Set([m.global.index, ...m.contentsOf(cellOf(m.global, 0))]))
    else if (object.kind === 'unknown') map.set(object.index, new Set([m.unknown.index, ...m.contentsOf(cellOf(m.unknown, 0))]))
    // A handler catches what is thrown below it, so what a caller's exceptions hold is never the callee's.
    else if (object.kind === 'thrown') map.set(object.index, new Set([m.thrown.index]))
    else if (exported.has(object.index)) {
      const label = object.origin ? object.label : `${object.label} of ${callee.func.label}`
      const made = m.local(inst, inCircle ? (object.origin ?? object) : object.index, object.columns, object.type, label)
      map.set(object.index, new Set([made.index]))
    }
  }
  followEdges(m, callee, map)
  m.calls.set(inst, map)
  const translate = (set: Iterable<number>): Set<number> => {
    const result = new Set<number>()
    for (const index of set) addAll(result, map.get(index) ?? NO_OBJECTS)
    return result
  }
  inst.outs.forEach((out, i) => {
    if (isRef(out.type)) m.point(out.id, translate(callee.pointsOf(callee.func.body.yields[i]!)))
  })
  for (const [cell, held] of [...callee.stored()]) {
    const here = translate(held)
    for (const to of cellsInCaller(m, callee, cell, map)) m.store(to, here)
  }
  for (const index of callee.opened) {
    for (const here of map.get(index) ?? NO_OBJECTS) open(m, here)
  }
  const written = translate(callee.written)
  m.writesOfCall.set(inst, translate([...callee.written].filter(index => callee.object(index).kind !== 'local')))
  if (callee.resizes.size > 0) m.resize(inst)
  if (written.size > 0) m.write(inst, written)
  m.read(translate(callee.reads))
}

/** What is behind the callee's parameters, load by load. */
function followEdges(m: PointsTo, callee: PointsTo, map: ReadonlyMap<number, Set<number>>): void {
  let grown: boolean
  do {
    grown = false
    for (const { parent, column, child } of callee.edges) {
      const { type } = callee.object(child)
      const to = map.get(child)
      // Found by this very visit: the next one has it.
      if (!to) continue
      // Recursive types lead back: take what was there when the step began.
      for (const index of [...map.get(parent)!]) if (addAll(to, m.held(m.object(index), column, type!))) grown = true
    }
  } while (grown)
}

function behind(m: PointsTo, arg: ValueId): Set<number> {
  const roots = new Set<number>()
  for (const index of m.pointsOf(arg)) {
    const object = m.object(index)
    if (object.kind === 'param' || object.kind === 'deep') roots.add(m.params[object.param]!.behind.index)
    for (const cell of m.refCells(object)) addAll(roots, m.contentsOf(cell))
  }
  return m.reach(roots)
}

/** The cells of `m` that a cell of a callee may be. */
export function cellsInCaller(m: PointsTo, callee: PointsTo, cell: Cell, map: CallObjects): Cell[] {
  const from = callee.object(objectOf(cell))
  return [...(map.get(from.index) ?? NO_OBJECTS)].flatMap(index => {
    const to = m.object(index)
    if (!to.columns || from.columns) return [cellOf(to, columnOf(cell))]
    return to.columns === 'open' ? [cellOf(to, ANY_COLUMN)] : cellsOf(to, () => true)
  })
}

export function visitDynamicCall(m: PointsTo, inst: DynamicCall): void {
  const held = cellOf(m.unknown, 0)
  const given = m.reachOf(inst.args)
  given.delete(m.global.index)
  m.store(held, given)
  for (const index of given) open(m, index)
  const all = new Set([m.unknown.index, ...m.contentsOf(held)])
  for (const out of inst.outs) if (isRef(out.type)) m.point(out.id, all)
  m.write(inst, [...all, m.global.index])
  m.read([...all, ...given, m.global.index])
  m.resize(inst)
}

/** Code that is not known may store references here. */
function open(m: PointsTo, index: number): void {
  const object = m.object(index)
  if (object.kind === 'local' || object.kind === 'thrown')
    for (const cell of openCells(m, object)) m.store(cell, m.contentsOf(cellOf(m.unknown, 0)))
  else if (object.param >= 0 && !m.opened.has(index)) {
    m.opened.add(index)
    m.changed = true
  }
}

/** Where references may be stored by code that is not known. */
function openCells(m: PointsTo, object: MemObject): Cell[] {
  return object.columns === 'open' ? [cellOf(object, ANY_COLUMN)] : m.refCells(object)
}

/** Local objects that a caller can get hold of. */
function exportedObjects(m: PointsTo): Set<number> {
  const roots = new Set(m.objects.filter(object => object.kind !== 'local').map(object => object.index))
  for (const id of m.func.body.yields) addAll(roots, m.pointsOf(id))
  return m.reach(roots)
}

/** What each instruction does to the sets of `PointsTo`; run over and over until nothing grows. */
import type { Inst, Param, ValueId } from '../3-ir/ir.ts'
import { PRIMS } from '../3-ir/prims.ts'
import { isRef } from '../3-ir/types.ts'
import { cellOf, columnTypes, type MemObject } from './memory-objects.ts'
import { one, type PointsTo, withContents } from './points-to.ts'
import { visitCall, visitDynamicCall } from './points-to-calls.ts'

/** The sets of a callee; `inCircle` if it and the caller call each other, and its sets may still grow. */
export type PointsToOf = (callee: string) => { readonly callee: PointsTo; readonly inCircle: boolean }

export function visitInst(m: PointsTo, inst: Inst, calleeOf: PointsToOf): void {
  switch (inst.kind) {
    case 'alloc':
      made(m, inst.out, m.local(inst, 0, columnTypes(inst.out.type, m.module), inst.out.type, `array \`${inst.out.name}\``), [])
      break
    case 'new':
      made(m, inst.out, m.local(inst, 0, columnTypes(inst.out.type, m.module), inst.out.type, `object \`${inst.out.name}\``), inst.fields)
      break
    case 'box':
      made(m, inst.out, m.local(inst, 0, m.module.types[inst.type]?.leaves ?? null, null, `boxed \`${inst.out.name}\``), inst.leaves)
      break
    case 'tape-new':
      made(m, inst.out, m.local(inst, 0, 'open', 'tape', 'tape'), [])
      break
    case 'load':
      fetch(m, inst.out, inst.arr, inst.column)
      break
    case 'get':
      fetch(m, inst.out, inst.obj, inst.field)
      break
    case 'unbox':
      inst.outs.forEach((out, i) => fetch(m, out, inst.value, i))
      break
    case 'pop':
      fetch(m, inst.out, inst.tape, inst.slot ?? 0)
      m.write(inst, m.pointsOf(inst.tape))
      break
    case 'store':
      put(m, inst, inst.arr, inst.column, inst.value)
      break
    case 'set':
      put(m, inst, inst.obj, inst.field, inst.value)
      break
    case 'push':
      put(m, inst, inst.tape, inst.slot ?? 0, inst.value)
      break
    case 'if':
      flow(m, inst.then.yields, inst.outs)
      flow(m, inst.else.yields, inst.outs)
      break
    case 'try':
      flow(m, inst.body.yields, inst.outs)
      flow(m, inst.handler.yields, inst.outs)
      for (const from of [m.unknown, m.thrown]) m.point(inst.handler.params[0]!.id, withContents(m, from))
      break
    case 'for':
      for (const to of [inst.body.params.slice(1), inst.outs]) {
        flow(m, inst.inits, to)
        flow(m, inst.body.yields, to)
      }
      break
    case 'while':
      for (const to of [inst.cond.params, inst.body.params, inst.outs]) {
        flow(m, inst.inits, to)
        flow(m, inst.body.yields, to)
      }
      break
    case 'throw':
      m.store(cellOf(m.thrown, 0), m.reachOf([inst.value]))
      break
    case 'global-get':
      if (isRef(inst.out.type)) m.point(inst.out.id, withContents(m, m.global))
      break
    case 'global-set':
      if (m.isRef(inst.value)) m.store(cellOf(m.global, 0), m.reachOf([inst.value]))
      break
    case 'prim':
      visitPrim(m, inst)
      break
    case 'call': {
      const { callee, inCircle } = calleeOf(inst.callee)
      if (m.isNews(inst, inCircle ? callee : null)) visitCall(m, inst, callee, inCircle)
      break
    }
    case 'dyncall':
      visitDynamicCall(m, inst)
      break
  }
}

function made(m: PointsTo, out: Param, object: MemObject, parts: readonly ValueId[]): void {
  m.point(out.id, one(object))
  parts.forEach((part, i) => {
    if (m.isRef(part)) m.store(cellOf(object, i), m.pointsOf(part))
  })
}

function flow(m: PointsTo, from: readonly ValueId[], to: readonly Param[]): void {
  to.forEach((param, i) => {
    if (isRef(param.type)) m.point(param.id, m.pointsOf(from[i]!))
  })
}

/** What a load of a reference from `column` of the objects of `base` may give. */
function fetch(m: PointsTo, out: Param, base: ValueId, column: number): void {
  m.read(m.pointsOf(base))
  if (!m.isRef(out.id)) return
  for (const index of m.pointsOf(base)) m.point(out.id, m.held(m.object(index), column, out.type))
}

function put(m: PointsTo, inst: Inst, base: ValueId, column: number, value: ValueId): void {
  m.write(inst, m.pointsOf(base))
  if (!m.isRef(value)) return
  for (const index of m.pointsOf(base)) m.store(cellOf(m.object(index), column), m.pointsOf(value))
}

function visitPrim(m: PointsTo, inst: Extract<Inst, { kind: 'prim' }>): void {
  if (PRIMS[inst.prim].effect === 'write') {
    for (const id of inst.args) if (m.isRef(id)) m.write(inst, inst.prim === 'arr.zero' ? m.reachOf([id]) : m.pointsOf(id))
  }
  if (inst.prim === 'arr.resize') m.resize(inst)
  for (const out of inst.outs) {
    if (!isRef(out.type)) continue
    if (inst.prim === 'arr.reshape') m.point(out.id, m.pointsOf(inst.args[0]!))
    else {
      // A copy of unknown depth: one object that contains itself.
      const copy = m.local(inst, 0, null, null, `copy \`${out.name}\``)
      m.point(out.id, one(copy))
      m.store(cellOf(copy, 0), one(copy))
    }
  }
}

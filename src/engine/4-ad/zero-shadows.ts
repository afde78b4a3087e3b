/** References to memory without a shadow that stand where a shadow is wanted: they get one made of zeros, where they are defined. */
import type { Block, Func, ValueId } from '../3-ir/ir.ts'
import { isRef } from '../3-ir/types.ts'
import { blocksOf } from '../3-ir/visit.ts'
import type { Activity } from './activity.ts'

export function zeroShadows(f: Func, activity: Activity): ReadonlySet<ValueId> {
  const found = new Set<ValueId>()
  const want = (id: ValueId): void => {
    if (isRef(activity.typeOf(id)) && !activity.isActiveRef(id)) found.add(id)
  }
  const meet = (to: ValueId, ...from: readonly ValueId[]): void => {
    if (isRef(activity.typeOf(to)) && activity.isActiveRef(to)) from.forEach(want)
  }
  const put = (base: ValueId, column: number, value: ValueId): void => {
    if (isRef(activity.typeOf(value)) && activity.isActiveSlot(base, column)) want(value)
  }
  const walk = (block: Block): void => {
    for (const inst of block.body) {
      switch (inst.kind) {
        case 'if':
          for (const branch of [inst.then, inst.else])
            if (!activity.throws(branch)) inst.outs.forEach((out, i) => meet(out.id, branch.yields[i]!))
          break
        case 'for':
        case 'while':
          inst.outs.forEach((out, i) => meet(out.id, inst.inits[i]!, inst.body.yields[i]!))
          break
        case 'try':
          inst.outs.forEach((out, i) => meet(out.id, inst.body.yields[i]!, inst.handler.yields[i]!))
          break
        case 'global-get':
          // A global may be what was stored into another one.
          if (isRef(inst.out.type) && activity.isActiveRef(inst.out.id)) found.add(inst.out.id)
          break
        case 'store':
          put(inst.arr, inst.column, inst.value)
          break
        case 'set':
          put(inst.obj, inst.field, inst.value)
          break
        case 'push':
          put(inst.tape, inst.slot ?? 0, inst.value)
          break
        case 'new':
          inst.fields.forEach((field, i) => put(inst.out.id, i, field))
          break
        case 'box':
          inst.leaves.forEach((leaf, i) => put(inst.out.id, i, leaf))
          break
        case 'dyncall':
          if (inst.args.some(id => activity.isActiveRef(id))) inst.args.forEach(want)
          break
      }
      // The test of a loop is never differentiated.
      for (const inner of blocksOf(inst)) if (!activity.throws(inner) && (inst.kind !== 'while' || inner !== inst.cond)) walk(inner)
    }
  }
  walk(f.body)
  f.body.yields.forEach((id, i) => {
    if (activity.isActiveResult(i)) want(id)
  })
  return found
}

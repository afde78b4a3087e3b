/**
 * Takes the other branch out of an `if` of which one branch always throws: what comes after the check is then in the same block as
 * the check, where the reverse sweep finds it in scope instead of on a tape.
 */
import type { Block, Func, Inst, ValueId } from '../3-ir/ir.ts'
import { mapInst, mapList } from '../3-ir/visit.ts'
import { alwaysThrows } from './throws.ts'

export function flattenGuards(f: Func, callThrows: (callee: string) => boolean): Func {
  const known = new Map<ValueId, ValueId>()
  const value = (id: ValueId): ValueId => known.get(id) ?? id
  const flat = (body: readonly Inst[]): readonly Inst[] => {
    let list: Inst[] | null = null
    for (let i = 0; i < body.length; i++) {
      const before = body[i]!
      const throwing = before.kind === 'if' ? [before.then, before.else].map(branch => alwaysThrows(branch, callThrows)) : []
      if (before.kind === 'if' && throwing[0] !== throwing[1]) {
        list ??= body.slice(0, i)
        const taken = throwing[0] ? before.else : before.then
        const [then, otherwise] = throwing[0] ? [without(before.then), NOTHING] : [NOTHING, without(before.else)]
        list.push(mapInst({ ...before, outs: [], then, else: otherwise }, { value, block }))
        list.push(...flat(taken.body))
        before.outs.forEach((out, k) => known.set(out.id, value(taken.yields[k]!)))
      } else {
        const after = mapInst(before, { value, block })
        if (list) list.push(after)
        else if (after !== before) list = [...body.slice(0, i), after]
      }
    }
    return list ?? body
  }
  const block = (old: Block): Block => {
    const body = flat(old.body)
    const yields = mapList(old.yields, value)
    return body === old.body && yields === old.yields ? old : { params: old.params, body, yields }
  }
  const body = block(f.body)
  return body === f.body ? f : { ...f, body }
}

const NOTHING: Block = { params: [], body: [], yields: [] }

function without(block: Block): Block {
  return { ...block, yields: [] }
}

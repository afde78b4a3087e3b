/** Which floats something with an adjoint depends on: the others need no shadow, whatever they depend on themselves. */
import type { Inst, Param, ValueId } from '../3-ir/ir.ts'
import type { Call } from './calls.ts'
import type { RuleBook } from './rule-trees.ts'
import { isSmooth } from './rules.ts'

/**
 * `isVaried(base, column)`: may something varied be in that column of what `base` points to? `passesOn(call)`: may a float that a call is given
 * go on to anything with an adjoint?
 */
export function usefulValues(
  results: readonly ValueId[],
  insts: readonly Inst[],
  isVaried: (base: ValueId, column: number) => boolean,
  passesOn: (call: Call, useful: ReadonlySet<ValueId>) => boolean,
  rules: RuleBook,
): Set<ValueId> {
  const useful = new Set<ValueId>(results)
  const isUseful = (param: Param | undefined): boolean => param !== undefined && useful.has(param.id)
  const put = (base: ValueId, column: number, value: ValueId): void => {
    if (isVaried(base, column)) useful.add(value)
  }
  const visit = (inst: Inst): void => {
    switch (inst.kind) {
      case 'op': {
        if (!isUseful(inst.out) || !isSmooth(inst.op)) return
        const needs = rules.needs(inst.op)
        inst.args.forEach((arg, i) => {
          if (needs[i] !== null) useful.add(arg)
        })
        return
      }
      case 'store':
        return put(inst.arr, inst.column, inst.value)
      case 'set':
        return put(inst.obj, inst.field, inst.value)
      case 'push':
        return put(inst.tape, inst.slot ?? 0, inst.value)
      case 'new':
        return inst.fields.forEach((field, i) => put(inst.out.id, i, field))
      case 'box':
        return inst.leaves.forEach((leaf, i) => put(inst.out.id, i, leaf))
      case 'call':
        if (passesOn(inst, useful)) for (const id of inst.args) useful.add(id)
        return
      case 'if':
        inst.outs.forEach((out, i) => {
          if (!isUseful(out)) return
          useful.add(inst.then.yields[i]!)
          useful.add(inst.else.yields[i]!)
        })
        return
      case 'for':
      case 'while': {
        const offset = inst.kind === 'for' ? 1 : 0
        inst.outs.forEach((out, i) => {
          const param = inst.body.params[i + offset]
          if (!isUseful(out) && !isUseful(param)) return
          for (const id of [out.id, param!.id, inst.inits[i]!, inst.body.yields[i]!]) useful.add(id)
        })
        return
      }
      case 'try':
        for (const block of [inst.body, inst.handler]) for (const id of block.yields) useful.add(id)
        return
    }
  }
  let before: number
  do {
    before = useful.size
    for (let i = insts.length - 1; i >= 0; i--) visit(insts[i]!)
  } while (useful.size > before)
  return useful
}

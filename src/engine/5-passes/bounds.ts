/**
 * Drops bounds checks that cannot fail: of an index that counts between 0 and a size, plus a literal, against that size.
 *
 * Needs: sizes and sums in folded form. Promises: nothing for others; what is left is checked.
 */
import { mayResize } from '../3-ir/effects.ts'
import type { Block, Func, Inst } from '../3-ir/ir.ts'
import { blocksOf, mapInst, outsOf, withBody } from '../3-ir/visit.ts'
import { IndexFacts } from './index-facts.ts'
import type { PassContext } from './pass.ts'

export function bounds(f: Func, cx: PassContext): Func {
  const body = withoutNeedless(f.body, new IndexFacts(mayResize(f.body, cx.effectsOfCall)))
  return body === f.body ? f : { ...f, body }
}

function withoutNeedless(block: Block, facts: IndexFacts): Block {
  const body: Inst[] = []
  for (const before of block.body) {
    facts.enter(before)
    const inst = blocksOf(before).length > 0 ? mapInst(before, { block: inner => withoutNeedless(inner, facts) }) : before
    for (const out of outsOf(inst)) facts.define(out.id, inst)
    if (!isNeedless(inst, facts)) body.push(inst)
  }
  return withBody(block, body)
}

function isNeedless(inst: Inst, facts: IndexFacts): boolean {
  if (inst.kind !== 'prim') return false
  if (inst.prim === 'arr.check') return facts.isBelow(inst.args[1]!, facts.sizeOf(inst.args[0]!, null))
  if (inst.prim === 'arr.check_dim') return facts.isBelow(inst.args[2]!, facts.sizeOf(inst.args[0]!, inst.args[1]!))
  return false
}

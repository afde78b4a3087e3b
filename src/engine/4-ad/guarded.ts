/**
 * Behind which arguments of a call there may be constant memory although they are active. Whether something active is stored there is
 * known only when the callee of a dynamic call is: it is asked to refuse that then, through all calls in between.
 */
import type { Inst, Transform } from '../3-ir/ir.ts'
import { isRef } from '../3-ir/types.ts'
import type { Activity } from './activity.ts'
import type { Facts } from './facts.ts'
import type { MemObject } from './memory-objects.ts'

export type GuardedBy = (call: Extract<Inst, { kind: 'call' | 'dyncall' }>, within: Transform) => readonly number[]

export function guardedBy(facts: Facts, activity: Activity): GuardedBy {
  const { aliases } = activity
  return (call, within) => {
    if (call.kind === 'call' && !facts.callsDynamically(call.callee)) return []
    const isConstant = ({ kind, param }: MemObject): boolean =>
      kind === 'global' ||
      ((kind === 'param' || kind === 'deep') && (within.activity[param] === 'const' || (within.guarded?.includes(param) ?? false)))
    return call.args.flatMap((id, i) => {
      const type = activity.typeOf(id)
      // What is kept on a tape is the transforms' own business.
      if (!isRef(type) || type === 'tape' || (call.kind === 'call' && !activity.isActiveRef(id))) return []
      const reached = [...aliases.reachOf([id])]
      return reached.some(index => isConstant(aliases.object(index))) ? [i] : []
    })
  }
}

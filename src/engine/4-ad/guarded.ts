/**
 * Where something active may be stored into constant memory that is not known as such: behind an active parameter that a caller says may
 * have it, or in what a dynamic call gave. Shadows of such memory stand in (stand-ins.ts), so that is found out when it happens.
 */
import type { Transform, ValueId } from '../3-ir/ir.ts'
import { isRef } from '../3-ir/types.ts'
import type { Activity } from './activity.ts'
import type { Call } from './calls.ts'
import type { Facts } from './facts.ts'
import type { MemObject } from './memory-objects.ts'

export interface Guards {
  /** May what `base` points to be constant all the same? */
  readonly mayStandIn: (base: ValueId, within: Transform) => boolean
  /** Arguments of a call behind which there may be constant memory although they are active, and where the callee stores something active. */
  readonly guardedBy: (call: Call, within: Transform) => readonly number[]
}

export function guardsOf(facts: Facts, activity: Activity): Guards {
  const { aliases } = activity
  const isDoubtful = ({ kind, param }: MemObject, within: Transform): boolean =>
    kind === 'unknown' || ((kind === 'param' || kind === 'deep') && (within.guarded?.includes(param) ?? false))
  const isConstant = ({ kind, param }: MemObject, within: Transform): boolean =>
    kind === 'global' || ((kind === 'param' || kind === 'deep') && within.activity[param] === 'const')
  const storesBehind = (call: Call, i: number): boolean => {
    const key = { ...activity.key, activity: call.args.map(id => activity.argument(id)), interface: false }
    const callee = facts.factsOf(call.callee, key)
    if (typeof callee === 'string') return false
    return callee.aliases.objects.some(object => object.param === i && callee.reasonOfStoreInto(object) !== null)
  }
  return {
    mayStandIn: (base, within) => [...aliases.points(base)].some(index => isDoubtful(aliases.object(index), within)),
    guardedBy: (call, within) =>
      call.args.flatMap((id, i) => {
        const type = activity.typeOf(id)
        // What is kept on a tape is the transforms' own business.
        if (!isRef(type) || type === 'tape' || !activity.isActiveRef(id)) return []
        const reached = [...aliases.reachOf([id])].map(index => aliases.object(index))
        return reached.some(object => isDoubtful(object, within) || isConstant(object, within)) && storesBehind(call, i) ? [i] : []
      }),
  }
}

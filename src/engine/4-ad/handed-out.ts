/** What is asked when the outermost watched function is done: whoever gets its results looks at them, and expects their shadows. */
import type { Loc } from '../3-ir/ir.ts'
import { isRef } from '../3-ir/types.ts'
import type { Differentiation } from './differentiation.ts'
import type { Sweep } from './sweep.ts'

export function askResults(sweep: Sweep, { watch, transform, activity, func }: Differentiation, at: Loc): void {
  if (!watch?.isRoot || !transform.interface) return
  // The caller of a dynamic call is not watched for what the callee stores into globals.
  if (transform.guarded) sweep.b.prim('ad.none_lost', [], [], at)
  const lostInto = activity.lostInto().map(object => object.index)
  for (const id of func.body.yields) {
    if (!isRef(activity.typeOf(id))) continue
    const reached = activity.aliases.reachOf([id])
    if (lostInto.some(index => reached.has(index))) sweep.b.prim('ad.none_lost_behind', [sweep.value(id)], [], at)
  }
}

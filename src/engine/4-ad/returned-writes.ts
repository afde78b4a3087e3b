/** A result that is also written into an argument: with a seed for each, its derivative counts twice. */
import type { ValueId } from '../3-ir/ir.ts'
import { isFloat } from '../3-ir/types.ts'
import type { Differentiation } from './differentiation.ts'

/** Active parameters into which a float result of the function is stored too, where callers may seed both. */
export function returnedWrites({ transform, level, func, activity }: Differentiation): readonly ValueId[] {
  if (transform.mode !== 'gradient' || !transform.interface || level !== 1) return []
  const results = new Set(func.body.yields.filter((_id, i) => isFloat(func.results[i]!) && activity.isActiveResult(i)))
  if (results.size === 0) return []
  return func.body.params.flatMap((param, k) => {
    if (transform.activity[k] !== 'active' || !/^arr<f(64|32)>$/.test(param.type)) return []
    const own = activity.aliases.points(param.id)
    const isGiven = activity.liveInsts().some(inst => {
      return inst.kind === 'store' && results.has(inst.value) && [...activity.aliases.points(inst.arr)].some(index => own.has(index))
    })
    return isGiven ? [param.id] : []
  })
}

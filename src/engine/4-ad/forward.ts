/** Forward mode: the primal with the shadow of every active value beside it. */
import { Builder } from '../3-ir/build.ts'
import type { Func } from '../3-ir/ir.ts'
import { madeBy } from '../3-ir/loc.ts'
import { isRef } from '../3-ir/types.ts'
import type { Differentiation } from './differentiation.ts'
import { askResults } from './handed-out.ts'
import { Sweep } from './sweep.ts'
import { handOn } from './sweep-memory.ts'

/** `(p, shadows of active p) → (r, shadows of active r)` */
export function forward(d: Differentiation, name: string): Func {
  const { func, transform, activity } = d
  const label = `forward #${d.level}`
  const b = new Builder()
  const sweep = new Sweep(b, { ...d, mode: 'forward', label, keeping: null })
  bindParams(sweep, d, () => true)
  sweep.block(func.body)
  const at = madeBy(func.at, label)
  for (const id of func.body.yields) handOn(sweep, id, at)
  askResults(sweep, d, at)
  const results = sweep.values(func.body.yields)
  const shadows = func.body.yields.flatMap((id, i) => (activity.isActiveResult(i) ? [sweep.shadowOrZero(id, at)] : []))
  return b.finish(name, [...results, ...shadows], at, { label: `${label} of ${func.label}`, made: transform })
}

/** Parameters of the primal, then shadows of those active ones that `hasShadow`. */
export function bindParams(sweep: Sweep, d: Differentiation, hasShadow: (ref: boolean) => boolean): void {
  const { params } = d.func.body
  for (const param of params) sweep.bind(param, sweep.b.param(param.type, param.name))
  params.forEach((param, k) => {
    if (d.transform.activity[k] !== 'active' || !hasShadow(isRef(param.type))) return
    sweep.bind(param, sweep.value(param.id), sweep.b.param(param.type, `${param.name}_shadow`))
  })
}

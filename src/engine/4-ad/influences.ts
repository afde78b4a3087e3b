/** Which parameters of a function have a part in its results by a way that carries derivatives. For front doors that say `nothing` of the others. */
import { Failure } from '../../diagnostics/diagnostic.ts'
import type { Module, ParamActivity, RuleSource } from '../3-ir/ir.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { forEachInst } from '../3-ir/visit.ts'
import type { ActivityKey } from './activity.ts'
import type { Deriver } from './derive.ts'

/** One entry a parameter; null if the function calls one that is still being compiled, or that cannot be differentiated. */
export function influences(deriver: Deriver, name: string, rules: RuleSource | undefined): boolean[] | null {
  if (!isComplete(deriver.module, name, new Set())) return null
  const { params } = deriver.module.funcs.get(name)!.body
  try {
    const received = deriver.rules.receives(name, rules)
    return params.map(({ type }, k) => {
      if (!isFloat(type) && !isRef(type)) return false
      const activity = params.map((_param, i): ParamActivity => (i === k ? 'active' : 'const'))
      const key: ActivityKey = { activity, interface: false, received: true, ...(rules && { rules }) }
      if (received) return received[k]!
      const facts = deriver.facts.activity(name, key)
      // What goes into memory that the function holds may come back from there.
      return facts.lostInto().length > 0 || facts.aliases.func.body.yields.some((_id, i) => facts.isActiveResult(i))
    })
  } catch (error) {
    // Whoever differentiates it is told then.
    if (error instanceof Failure) return null
    throw error
  }
}

function isComplete(module: Module, name: string, seen: Set<string>): boolean {
  if (seen.has(name)) return true
  seen.add(name)
  const transform = module.derived.get(name)
  if (transform) return isComplete(module, transform.of, seen)
  const func = module.funcs.get(name)
  if (!func) return false
  let isWhole = true
  forEachInst(func.body, inst => {
    if (inst.kind === 'call') isWhole &&= isComplete(module, inst.callee, seen)
  })
  return isWhole
}

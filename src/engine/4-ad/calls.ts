/** What becomes of a call under a transform: left alone, made with shadows, or replaced by the callee's own transform. */
import type { Inst, Module, ParamActivity, Transform, ValueId } from '../3-ir/ir.ts'
import { overwrittenAll } from '../3-ir/overwritten.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import type { Activity, FactsOf } from './activity.ts'
import { requestDerived } from './transform-name.ts'

export type Call = Extract<Inst, { kind: 'call' }>

export type CallPlan =
  /** Nothing it does or gives has a shadow. */
  | { readonly kind: 'plain' }
  /** No argument is active, but its results need shadows: forward mode makes them, with zeros. */
  | { readonly kind: 'shadows' }
  /** `results`: which results are active by the callee's convention. */
  | {
      readonly kind: 'derived'
      readonly activity: readonly ParamActivity[]
      readonly interface: boolean
      readonly results: readonly boolean[]
      /** Of a call that a rule decides: does anybody use its primal results? */
      readonly primal: boolean
    }

/** `isNeeded`: does the derivative use this value as such? `isWatched`: see lost.ts. */
export function planCall(
  call: Call,
  activity: Activity,
  factsOf: FactsOf,
  isNeeded: (id: ValueId) => boolean,
  isWatched: boolean,
): CallPlan {
  const { rules } = activity.key
  const args = call.args.map(id => activity.argument(id))
  const wanted = call.outs.map(out => isRef(out.type) && activity.isActiveRef(out.id))
  if (!args.includes('active')) return { kind: wanted.includes(true) ? 'shadows' : 'plain' }
  const differentiable = call.outs.map(out => isFloat(out.type) || isRef(out.type))
  const callee = factsOf(call.callee, { activity: args, interface: false, ...(rules && { rules }) })
  if (callee === 'inactive') return { kind: wanted.includes(true) ? 'shadows' : 'plain' }
  const whole = { kind: 'derived', activity: args, interface: true, results: differentiable, primal: true } as const
  if (callee === 'rule') return { ...whole, primal: call.outs.some(out => isNeeded(out.id)) }
  const results = call.outs.map((_out, i) => callee.isActiveResult(i))
  if (wanted.some((want, i) => want && !results[i])) return whole
  if (!results.includes(true) && callee.isInert() && !isWatched) return { kind: 'plain' }
  return { kind: 'derived', activity: args, interface: false, results, primal: true }
}

/** The name of the callee's transform for a call that is made with shadows, or for one without that is watched. */
export function shadowsCallee(module: Module, call: Call, hasShadows: boolean, isWatched: boolean): string {
  return requestDerived(module, {
    mode: 'forward',
    of: call.callee,
    activity: call.args.map(() => 'const'),
    interface: hasShadows,
    overwritten: overwrittenAll(call.args.length, false),
    ...(isWatched && { watched: true as const }),
  })
}

export function derivedCallee(
  module: Module,
  call: Call,
  plan: Extract<CallPlan, { kind: 'derived' }>,
  within: Transform,
  mode: Transform['mode'],
  overwritten: Transform['overwritten'],
  guarded: readonly number[] = [],
): string {
  const flags = {
    ...(!plan.primal && { primal: false as const }),
    ...(within.strongZero && { strongZero: true as const }),
    ...(within.rules && { rules: within.rules }),
    ...(within.runtimeActivity && { runtimeActivity: true as const }),
    ...(within.watched && { watched: true as const }),
    ...(guarded.length > 0 && { guarded }),
  }
  return requestDerived(module, { mode, of: call.callee, activity: plan.activity, interface: plan.interface, overwritten, ...flags })
}

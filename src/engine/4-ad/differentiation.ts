/** What every transform of one function shares: the function, its activity, what becomes of its calls. */
import type { Func, Module, Transform, ValueId } from '../3-ir/ir.ts'
import type { Activity } from './activity.ts'
import { type Call, type CallPlan, planCall } from './calls.ts'
import type { Decisions } from './decisions.ts'
import type { Facts } from './facts.ts'
import { type Guards, guardsOf } from './guarded.ts'
import { type Imitated, NOT_IMITATED } from './imitated.ts'
import { type Watch, watchOf } from './lost.ts'
import { neededValues } from './needed.ts'
import { Overwrites } from './overwrites.ts'
import { Places } from './places.ts'
import { zeroShadows } from './zero-shadows.ts'

export interface Differentiation {
  readonly module: Module
  readonly facts: Facts
  readonly decisions: Decisions
  readonly transform: Transform
  readonly func: Func
  readonly activity: Activity
  readonly places: Places
  readonly overwrites: Overwrites
  readonly zeros: ReadonlySet<ValueId>
  readonly planOf: (call: Call) => CallPlan
  /** `Transform.overwritten` of a call's callee: what may be overwritten before the reverse sweep comes to the call. */
  readonly overwrittenBy: (call: Call) => Transform['overwritten']
  readonly guards: Guards
  /** Number of this transform in the nest, from 1. */
  readonly level: number
  readonly imitated: Imitated
  /** What is done about derivatives that constant memory loses; null where none can be. */
  readonly watch: Watch | null
  readonly noted?: Noted
}

/** What `batched.ts` wants to know of a function that is written: its shadows, and the tape that its calls of other transforms are given. */
export interface Noted {
  readonly shadows: Set<ValueId>
  tape: ValueId | null
}

export function differentiation(module: Module, facts: Facts, asked: Transform, func: Func, level: number): Differentiation {
  const { decisions } = facts
  const activity = facts.activity(asked.of, asked)
  const places = new Places(func)
  const watch = watchOf(facts, activity, asked, id => places.value(id).inst)
  const transform = watch ? { ...asked, watched: true as const } : asked
  const split = transform.mode === 'augmented' || transform.mode === 'reverse'
  const overwrites = new Overwrites(places, activity, { split, overwritten: transform.overwritten, seesWrites: decisions.seesWrites })
  const plans = new Map<Call, CallPlan>()
  let needed: ReadonlySet<ValueId> | null = null
  const planOf = (call: Call): CallPlan => {
    let plan = plans.get(call)
    if (!plan) {
      plan = planCall(
        call,
        activity,
        (callee, key) => facts.factsOf(callee, key),
        id => {
          needed ??= neededValues(activity, transform, decisions.rules)
          return needed.has(id)
        },
        watch !== null,
      )
      plans.set(call, plan)
    }
    return plan
  }
  const { aliases } = activity
  const overwrittenBy = (call: Call): Transform['overwritten'] => {
    const mayChange = (ids: readonly ValueId[]): boolean => overwrites.mayChange(call, aliases.reachOf(ids))
    return [...call.args.map(id => mayChange([id])), mayChange(call.outs.map(out => out.id))]
  }
  const shared = { zeros: zeroShadows(func, activity), planOf, overwrittenBy, guards: guardsOf(facts, activity) }
  return { module, facts, decisions, transform, func, activity, places, overwrites, level, imitated: NOT_IMITATED, watch, ...shared }
}

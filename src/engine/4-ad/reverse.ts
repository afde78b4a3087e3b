/** Reverse mode: the augmented sweep, the reverse sweep, or both in one function. */
import { Builder } from '../3-ir/build.ts'
import type { Func, Inst, Param, ValueId } from '../3-ir/ir.ts'
import { madeBy } from '../3-ir/loc.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import type { Differentiation } from './differentiation.ts'
import { bindParams } from './forward.ts'
import { askResults } from './handed-out.ts'
import { Plan } from './keep.ts'
import { isShadowKey, type Key, Recipes, shadowKey, valueOfKey } from './recompute.ts'
import { returnedWrites } from './returned-writes.ts'
import { ReverseSweep } from './reverse-sweep.ts'
import { Asking, Getting } from './reverse-values.ts'
import { type Keeping, Sweep } from './sweep.ts'
import { handOn } from './sweep-memory.ts'

/** Runs the reverse sweep once without keeping what it writes, to see what it asks for, and plans how it gets that. */
export function planReverse(d: Differentiation, newSlot: () => number): Plan {
  const { func, places } = d
  const b = new Builder(func.nextId)
  const asking = new Asking(b, places)
  const seeds = func.body.yields.map((id, i) => (isActiveFloatResult(d, i) ? b.fresh(d.activity.typeOf(id), 'seed').id : null))
  new ReverseSweep(b, asking, { ...d, label: 'plan' }).block(func.body, seeds, func.at)
  const recipes = new Recipes(places, d.activity, d.overwrites)
  const whole = d.transform.mode === 'gradient'
  const isTop = (key: Key): boolean => places.value(valueOfKey(key)).scope.parent === null
  const given = new Set(givenShadows(d).map(shadowKey))
  const isInScope = (key: Key): boolean => (whole ? isTop(key) : given.has(key))
  return new Plan(places, recipes, asking.demands(), isInScope, loop => whole && places.scopeOfInst(loop).parent === null, newSlot)
}

/** `(p, shadows of active references, tape) → (r, shadows of active reference results)` */
export function augmented(d: Differentiation, plan: Plan, name: string): Func {
  const label = `augmented #${d.level}`
  const b = new Builder()
  const keeping = new TapeKeeping(d, plan, label)
  const sweep = new Sweep(b, { ...d, mode: 'augmented', label, keeping })
  bindParams(sweep, d, ref => ref)
  keeping.tape = b.param('tape', 'tape')
  if (d.noted) d.noted.tape = keeping.tape
  sweep.block(d.func.body)
  for (const id of d.func.body.yields) handOn(sweep, id, madeBy(d.func.at, label))
  askResults(sweep, d, madeBy(d.func.at, label))
  const results = sweep.values(d.func.body.yields)
  const shadows = activeRefResults(d).map(id => sweep.shadow(id))
  return b.finish(name, [...results, ...shadows], madeBy(d.func.at, label), {
    label: `${label} of ${d.func.label}`,
    made: d.transform,
    inline: 'never',
  })
}

/** `(shadows of active references, shadows of active reference results, seeds of active float results, tape) → (adjoints of active floats)` */
export function reverse(d: Differentiation, plan: Plan, name: string): Func {
  const { func } = d
  const label = `reverse #${d.level}`
  const at = madeBy(func.at, label)
  const b = new Builder()
  const scope = new Map<Key, ValueId>()
  for (const id of givenShadows(d)) {
    const { type, name: source } = d.places.param(id)
    scope.set(shadowKey(id), b.param(type, `${source}_shadow`))
  }
  const seeds = seedParams(d, b)
  const tape = b.param('tape', 'tape')
  if (d.noted) d.noted.tape = tape
  const values = new Getting(b, d, plan, tape, scope, new Map())
  const adjoints = reverseBody(d, new ReverseSweep(b, values, { ...d, label }), values, seeds)
  return b.finish(name, adjoints, at, { label: `${label} of ${func.label}`, made: d.transform, inline: 'never' })
}

/** `(p, shadows of active references, seeds of active float results) → (r, adjoints of active floats)`; the tape, if one is needed, is inside. */
export function gradient(d: Differentiation, plan: Plan, name: string): Func {
  const { func } = d
  const [there, back] = [`augmented #${d.level}`, `reverse #${d.level}`]
  const b = new Builder()
  const keeping = new TapeKeeping(d, plan, there)
  const sweep = new Sweep(b, { ...d, mode: 'augmented', label: there, keeping, returned: returnedWrites(d) })
  bindParams(sweep, d, ref => ref)
  const seeds = seedParams(d, b)
  if (plan.needsTape) keeping.tape = b.tapeNew(madeBy(func.at, there))
  if (d.noted) d.noted.tape = keeping.tape
  sweep.block(func.body)
  askResults(sweep, d, madeBy(func.at, there))
  const scope = new Map<Key, ValueId>()
  for (const key of plan.inScope()) scope.set(key, isShadowKey(key) ? sweep.shadow(valueOfKey(key)) : sweep.value(valueOfKey(key)))
  const trips = new Map<Inst, ValueId>()
  for (const loop of plan.demands.trips) if (plan.tripsInScope(loop)) trips.set(loop, sweep.trips(loop))
  const values = new Getting(b, d, plan, keeping.tape, scope, trips)
  const adjoints = reverseBody(d, new ReverseSweep(b, values, { ...d, label: back }), values, seeds)
  return b.finish(name, [...sweep.values(func.body.yields), ...adjoints], madeBy(func.at, back), {
    label: `gradient #${d.level} of ${func.label}`,
    made: d.transform,
  })
}

/** Pushes what the plan keeps. */
class TapeKeeping implements Keeping {
  tape: ValueId | null = null
  readonly #d: Differentiation
  readonly #plan: Plan
  readonly #label: string

  constructor(d: Differentiation, plan: Plan, label: string) {
    this.#d = d
    this.#plan = plan
    this.#label = label
  }

  atEnd(block: Parameters<Keeping['atEnd']>[0], sweep: Sweep): void {
    for (const kept of this.#plan.kept(block)) {
      if (kept.kind === 'trips') sweep.b.push(this.tape!, sweep.trips(kept.loop), madeBy(kept.loop.at, this.#label))
      else {
        const id = valueOfKey(kept.key)
        const at = madeBy(this.#d.places.value(id).inst?.at ?? this.#d.func.at, this.#label)
        sweep.b.push(this.tape!, isShadowKey(kept.key) ? sweep.shadow(id) : sweep.value(id), at, kept.slot)
      }
    }
  }

  countsTrips(loop: Inst): boolean {
    return this.#plan.countsTrips(loop)
  }
}

function reverseBody(d: Differentiation, sweep: ReverseSweep, values: Getting, seeds: readonly (ValueId | null)[]): ValueId[] {
  const at = sweep.made(d.func.at)
  values.enter(d.func.body, null, at)
  const received = sweep.block(d.func.body, seeds, at)
  return activeFloatParams(d).map(({ id }) => received.get(id) ?? sweep.zero(id, at))
}

function seedParams(d: Differentiation, b: Builder): (ValueId | null)[] {
  return d.func.body.yields.map((id, i) =>
    isActiveFloatResult(d, i) ? b.param(d.activity.typeOf(id), `${d.activity.nameOf(id)}_seed`) : null,
  )
}

function isActiveFloatResult(d: Differentiation, i: number): boolean {
  return isFloat(d.func.results[i]!) && d.activity.isActiveResult(i)
}

function activeFloatParams(d: Differentiation): Param[] {
  return d.func.body.params.filter((param, k) => isFloat(param.type) && d.transform.activity[k] === 'active')
}

function activeRefResults(d: Differentiation): ValueId[] {
  return d.func.body.yields.filter((_id, i) => isRef(d.func.results[i]!) && d.activity.isActiveResult(i))
}

/** Values whose shadows the reverse function takes as parameters, in order. */
function givenShadows(d: Differentiation): ValueId[] {
  const params = d.func.body.params.filter((param, k) => isRef(param.type) && d.transform.activity[k] === 'active')
  return [...params.map(param => param.id), ...activeRefResults(d)]
}

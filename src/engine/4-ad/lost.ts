/**
 * Floats that are stored into constant memory: their derivatives are lost, for there is no shadow. That is fine for a log, for the best value
 * so far, or for a branch that is not run; it is an error as soon as something with a derivative depends on what is loaded from there. Where a
 * function may do both, it and all that it calls are *watched*: they mark such memory, and look for marks where they load, and in what is handed out
 * in the end.
 */
import type { Inst, Transform, ValueId } from '../3-ir/ir.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { outsOf } from '../3-ir/visit.ts'
import type { Activity } from './activity.ts'
import type { Call } from './calls.ts'
import type { Facts } from './facts.ts'
import { Carried, mattering, type Origin } from './lost-flow.ts'
import type { MemObject } from './memory-objects.ts'
import { areApart, GrowingSet } from './object-set.ts'

/**
 * `value`: a derivative is lost. `perhaps`: a float that may come from marked memory. `reference`: all that is behind it is found there from
 * now on. `into` is the constant memory that this goes to; it is not certain to be constant if it is doubtful, and then its shadow tells.
 * `inside`: a reference that goes into other memory, which may itself be marked.
 */
export type Stored =
  | { readonly what: 'value' | 'perhaps' | 'reference'; readonly into: MemObject; readonly isDoubtful: boolean }
  | { readonly what: 'inside' }

export interface Watch {
  /** The outermost watched function: what was marked before does not matter here. */
  readonly isRoot: boolean
  /** What becomes of a value that is stored; null if nothing is to be done about it. */
  stores(base: ValueId, value: ValueId): Stored | null
  /** May `base` point to memory that has a shadow which is not found this way, as constant memory holds it? */
  changes(base: ValueId): boolean
  /** May one of these be loaded from marked memory, and does it matter? */
  loads(base: ValueId, outs: readonly ValueId[]): boolean
  /** Where a float may come from that is marked, or those in inactive memory that others get. */
  origins(id: ValueId): Iterable<Origin>
  /** Must a call without anything active be watched too? */
  calls(call: Call): boolean
}

export function watchOf(facts: Facts, activity: Activity, transform: Transform, instOf: (id: ValueId) => Inst | null): Watch | null {
  const isRoot = !transform.watched
  const { aliases } = activity
  // What a dynamic call stores into globals is out of its caller's sight, and an interface may be one.
  const fillsGlobals = transform.interface && aliases.objects.some(object => object.kind === 'global' && activity.reasonOfStoreInto(object))
  if (isRoot && !fillsGlobals && activity.lostInto().length === 0) return null
  const matters = mattering(activity)
  const objects = (base: ValueId): MemObject[] => [...aliases.points(base)].map(index => aliases.object(index))
  const isDoubtful = ({ kind, param }: MemObject): boolean => kind === 'unknown' || (transform.guarded?.includes(param) ?? false)
  const isOutside = (base: ValueId): boolean =>
    activity.typeOf(base) !== 'tape' && objects(base).some(object => isDoubtful(object) || activity.isConstant(object))
  // What calls give, or are given, they may have marked.
  const met = new GrowingSet()
  for (const inst of activity.liveInsts()) {
    if (inst.kind !== 'call') continue
    for (const index of aliases.reachOf([...inst.args, ...inst.outs.map(out => out.id)]))
      if (aliases.object(index).kind === 'local' && !activity.isActiveObject(index)) met.add(index)
  }
  const { params, body } = aliases.func.body
  const always = new Set<Inst | null>(body)
  const originOf = (index: number): Origin | null => {
    const object = aliases.object(index)
    if (object.kind === 'global') return 'globals'
    if (object.kind !== 'local') {
      if (!isDoubtful(object) && !activity.isConstant(object)) return null
      return params[object.param]?.id ?? 'anywhere'
    }
    if (!met.has(index)) return null
    const made = object.site && always.has(object.site) ? outsOf(object.site) : []
    return made.find(out => isRef(out.type) && aliases.reachOf([out.id]).has(index))?.id ?? 'anywhere'
  }
  let known: Carried | null = null
  const carried = (): Carried => {
    known ??= new Carried(activity, originOf)
    return known
  }
  return {
    isRoot,
    stores: (base, value) => {
      const type = activity.typeOf(value)
      if (instOf(value)?.kind === 'const' || activity.typeOf(base) === 'tape') return null
      const constant = objects(base).filter(object => activity.isConstant(object))
      const into = constant.find(object => activity.reasonOfStoreInto(object) !== null) ?? constant[0] ?? objects(base).find(isDoubtful)
      const isReference = isRef(type) && !objects(value).every(object => activity.isConstant(object))
      if (!isFloat(type) && !isReference) return null
      if (!into) return isReference ? { what: 'inside' } : null
      const what = isReference ? 'reference' : activity.isVaried(value) ? 'value' : 'perhaps'
      const isCertain = constant.length > 0 && (constant.length === objects(base).length || !activity.isActiveRef(base))
      return { what, into, isDoubtful: !isCertain }
    },
    changes: isOutside,
    loads: (base, outs) => outs.some(id => matters.has(id)) && (isOutside(base) || !areApart(aliases.points(base), met)),
    origins: id => {
      const type = activity.typeOf(id)
      if (isFloat(type)) return carried().of(id)
      return isRef(type) && !activity.isActiveRef(id) ? carried().in(aliases.reachOf([id])) : []
    },
    calls: call => {
      const { rules } = activity.key
      const key = { activity: call.args.map(() => 'const' as const), interface: false, ...(rules && { rules }) }
      const callee = facts.factsOf(call.callee, key)
      return typeof callee !== 'string' && callee.aliases.readsOutside()
    },
  }
}

/** What a rule is given: the arguments of the call and their shadows, and what is asked of it. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Type as LeafType, ParamActivity, Transform, ValueId } from '../../3-ir/ir.ts'
import { isFloat, isRef } from '../../3-ir/types.ts'
import { namedTupleType, valueParam } from '../intern.ts'
import { leavesOf, tagsOf } from '../layout.ts'
import type { JType } from '../type.ts'
import { carriesDerivative } from './carries.ts'
import { perShadow } from './derivative-arguments.ts'
import type { Frame, Val } from './frame.ts'
import type { Request } from './instance-key.ts'
import { isMarked, isPulledBack } from './rule-signature.ts'
import type { Specialiser } from './specialiser.ts'
import { NOTHING_VAL, symbolVal, tupleVal, undefinedLeaf } from './value.ts'

/** What the augmented function leaves on the tape for the reverse one. */
export interface Kept {
  readonly state: JType
  readonly slots: readonly number[]
}

/** One argument of the function (the function itself is the first) in a derived function. */
export interface RuleArgument {
  readonly val: Val
  /** A value of the same type, or `nothing` for a constant; a tuple of as many as there are at once. */
  readonly shadow: Val
  readonly activity: readonly ParamActivity[]
}

export interface Rule {
  readonly s: Specialiser
  readonly request: Request
  readonly transform: Transform
  readonly result: JType
  readonly span: Span
  /** Null of an augmented function that never returns. */
  readonly kept: Map<string, Kept | null>
  readonly newSlot: () => number
}

export function typesOf(request: Request): JType[] {
  return [request.callee.type, ...request.args.map(arg => arg.type)]
}

/** Types of the function, its arguments and its keywords, with the activities of their leaves. */
export function parts({ request, transform }: Rule): { type: JType; name: string; activity: readonly ParamActivity[] }[] {
  let at = 0
  return [request.callee, ...request.args, ...request.kwargs].map((spec, i) => {
    const { length } = leavesOf(spec.type)
    const name = i === 0 ? 'f' : (request.kwargs[i - 1 - request.args.length]?.name ?? `x${i}`)
    const activity = transform.activity.slice(at, at + length)
    at += length
    return { type: spec.type, name, activity }
  })
}

export function params(frame: Frame, rule: Rule): Val[] {
  return parts(rule).map(({ type, name }): Val => {
    frame.s.registerStruct(type)
    return { type, leaves: leavesOf(type).map(leaf => frame.builder.param(leaf, name)), constant: null }
  })
}

/** Of each leaf of each argument: its shadows, none where it has none. */
type LeafShadows = readonly (readonly (readonly ValueId[])[])[]

export function widthOf({ transform }: Rule): number {
  return transform.width ?? 1
}

/** One for each of the shadows that there are at once. */
export function once<T>(rule: Rule, make: (k: number) => T): T[] {
  return Array.from({ length: widthOf(rule) }, (_, k) => make(k))
}

/** Parameters for the shadows of those active leaves that `has` says. */
export function shadowParams(frame: Frame, rule: Rule, has: (leaf: LeafType) => boolean): LeafShadows {
  return parts(rule).map(({ type, name, activity }) =>
    leavesOf(type).map((leaf, i) =>
      activity[i] === 'active' && has(leaf) ? once(rule, () => frame.builder.param(leaf, `${name}_shadow`)) : [],
    ),
  )
}

/** Whole shadows for what is active in part: zeros where there is none. */
export function withShadows(frame: Frame, rule: Rule, vals: readonly Val[], given: LeafShadows): RuleArgument[] {
  return parts(rule).map(({ type, activity }, k) => {
    const val = vals[k]!
    if (!activity.includes('active')) return { val, shadow: NOTHING_VAL, activity }
    const leaves = (lane: number): ValueId[] =>
      leavesOf(type).map((leaf, i): ValueId => {
        const shadow = given[k]![i]?.[lane]
        if (shadow !== undefined) return shadow
        if (isFloat(leaf)) return undefinedLeaf(frame, leaf)
        if (!isRef(leaf) || !carriesDerivative(frame.s, leaf)) return val.leaves[i]!
        return frame.builder.prim('arr.zeros_like', [val.leaves[i]!], [leaf], frame.at(rule.span))[0]!
      })
    return { val, shadow: perShadow(once(rule, lane => ({ type, leaves: leaves(lane), constant: null }))), activity }
  })
}

/** The values that a rule is called with: how, the result's type, keywords, arguments and their shadows. */
export function ruleArguments(frame: Frame, rule: Rule, args: readonly RuleArgument[]): Val[] {
  const { request, span, transform } = rule
  const positional = args.slice(0, 1 + request.args.length)
  const keywords = args.slice(1 + request.args.length)
  const active = request.kwargs.filter((_kw, i) => keywords[i]!.shadow !== NOTHING_VAL).map(kw => kw.name)
  const types = typesOf(request)
  // An rrule has no adjoints for keywords.
  const areConstant = isPulledBack(frame.s.world, types, transform.rules) || isMarked(frame.s.world, 'inactive_kwarg', types)
  if (active.length > 0 && !areConstant) frame.s.emit.base(frame, '__rule_active_keywords', [symbolVal(frame, active[0]!, span)], span)
  const kwargs: Val = { type: keywordsType(request), leaves: keywords.flatMap(k => k.val.leaves), constant: null }
  return [kwargs, tupleVal(positional.map(a => a.val)), tupleVal(positional.map(a => a.shadow))]
}

export function keywordsType({ kwargs }: Request): JType {
  return namedTupleType(
    kwargs.map(kw => kw.name),
    kwargs.map(kw => kw.type),
  )
}

/** How many shadows there are at once, whether the primal's result is used, and the modes: runtime activity, strong zeros. */
export function asked(frame: Frame, rule: Rule): Val[] {
  const width = frame.s.valOf(valueParam({ kind: 'int', value: widthOf(rule) }))
  const { runtimeActivity = false, strongZero = false } = rule.transform
  const items = [runtimeActivity, strongZero].map(value => ({ kind: 'bool' as const, value }))
  const modes = frame.s.valOf(valueParam({ kind: 'tuple', items }))
  return [width, frame.s.valOf(valueParam({ kind: 'bool', value: isPrimalUsed(rule) })), modes]
}

/** To which member of a union an adjoint belongs, only the primal's result says. */
export function isPrimalUsed({ transform, result }: Rule): boolean {
  return transform.primal !== false || tagsOf(result).length > 0
}

/** Whether each argument may be overwritten between the sweeps, as a `Val` of a tuple. */
export function overwritten(frame: Frame, { request, transform }: Rule): Val {
  const items = [request.callee, ...request.args].map(({ type }) => ({
    kind: 'bool' as const,
    value: transform.overwritten && leavesOf(type).some(isRef),
  }))
  return frame.s.valOf(valueParam({ kind: 'tuple', items }))
}

/**
 * Rules that a program or the library wrote for a function (`EnzymeRules`), as the functions that a transform would have made. Such a
 * function is ordinary code: it wraps the arguments and their shadows into annotations, calls the rule's method, and takes its result
 * apart. What the rule keeps between the sweeps goes on the tape. So a rule is differentiated again like everything else.
 */
import { invariant } from '../../../diagnostics/bug.ts'
import type { Span } from '../../../diagnostics/source.ts'
import {
  type Func,
  type Type as LeafType,
  type ParamActivity,
  RULE_SOURCES,
  type RuleSource,
  type Transform,
  type ValueId,
} from '../../3-ir/ir.ts'
import { isFloat, isRef } from '../../3-ir/types.ts'
import { ANY, BOTTOM, namedTupleType, TUPLE, valueParam } from '../intern.ts'
import { isBoxed, leavesOf, tagsOf } from '../layout.ts'
import type { JType } from '../type.ts'
import type { Builtin } from './builtins/builtin.ts'
import { carriesDerivative } from './carries.ts'
import { perShadow } from './derivative-arguments.ts'
import { emptyCode, type Frame, type Val } from './frame.ts'
import type { Request } from './instance-key.ts'
import {
  hasOwnRules,
  hasRuleFor,
  isDeciding,
  isMarked,
  isPulledBack,
  mayHaveRules,
  type RuleKind,
  ruleFunction,
  ruleKind,
} from './rule-signature.ts'
import type { Specialiser } from './specialiser.ts'
import {
  boolVal,
  isDead,
  itemsOf,
  NOTHING_VAL,
  represent,
  stringVal,
  symbolVal,
  tupleVal,
  typeVal,
  undefinedLeaf,
  undefinedLeaves,
} from './value.ts'

/** One argument of the function (the function itself is the first) in a derived function. */
interface RuleArgument {
  readonly val: Val
  /** A value of the same type, or `nothing` for a constant; a tuple of as many as there are at once. */
  readonly shadow: Val
  readonly activity: readonly ParamActivity[]
}

/** What the augmented function leaves on the tape for the reverse one. */
interface Kept {
  readonly state: JType
  readonly slots: readonly number[]
}

/** Has the program rules of its own? Then a batch of shadows goes to them as one. */
export const hasRules: Builtin = (frame, _args, _k, span) => {
  const { s } = frame
  for (const name of ['forward', 'augmented_primal']) s.instances.depend(ruleFunction(s.world, name))
  return boolVal(frame, hasOwnRules(s.world), span)
}

/** `__has_rule(name, Tuple{typeof(f), …})`: does a call of these types have such a rule, or is it marked so? */
export const hasRule: Builtin = (frame, [name, signature], _k, span) => {
  const { s } = frame
  const of = signature?.type.kind === 'data' ? signature.type.params[0] : undefined
  const types = of?.kind === 'data' && of.name === TUPLE ? (of.params as JType[]) : null
  const rule = name?.constant?.kind === 'symbol' ? name.constant.value : null
  if (!types || !rule) return s.emit.throwNew(frame, 'ArgumentError', [stringVal(frame, 'expected the type of a call', span)], span)
  const found = isDeciding(rule) ? hasRuleFor(s.world, rule, types) : isMarked(s.world, rule, types)
  s.instances.depend(ruleFunction(s.world, rule))
  return boolVal(frame, found, span)
}

export class CustomRules {
  readonly #s: Specialiser
  readonly #kinds = new Map<string, { age: number; kind: RuleKind }>()
  readonly #kept = new Map<string, Kept>()

  constructor(s: Specialiser) {
    this.#s = s
  }

  kindOf(name: string, source: RuleSource | undefined): RuleKind {
    const request = this.#s.madeFor(name)?.request
    if (!request || !mayHaveRules(this.#s.world, this.#s.ir.derived.size > 0)) return 'none'
    const key = source ? `${source} ${name}` : name
    const known = this.#kinds.get(key)
    if (known && known.age === this.#s.world.age) return known.kind
    const kind = ruleKind(this.#s.world, typesOf(request), source)
    this.#kinds.set(key, { age: this.#s.world.age, kind })
    return kind
  }

  letGo(left: ReadonlySet<string>): void {
    for (const key of this.#kinds.keys()) if (!left.has(key.slice(key.indexOf(' ') + 1))) this.#kinds.delete(key)
  }

  isSpokenOf(name: string): boolean {
    // What the library has is in every source.
    return (
      this.kindOf(name, undefined) !== 'none' ||
      (hasOwnRules(this.#s.world) && RULE_SOURCES.some(source => this.kindOf(name, source) !== 'none'))
    )
  }

  /** The function that the transform names, made of a rule; null if no rule decides this mode. */
  derive(name: string, transform: Transform, newSlot: () => number): Func | null {
    const made = this.#s.madeFor(transform.of)
    const primal = this.#s.ir.funcs.get(transform.of)
    const { mode } = transform
    if (
      !made ||
      !primal ||
      mode === 'caught' ||
      this.kindOf(transform.of, transform.rules) !== 'rule' ||
      !transform.activity.includes('active')
    )
      return null
    const { request, result } = made
    const wanted = mode === 'forward' ? 'forward' : 'augmented_primal'
    if (result === BOTTOM || !hasRuleFor(this.#s.world, wanted, typesOf(request), transform.rules)) return null
    const span = request.method.def.span
    const rule: Rule = { s: this.#s, request, transform, result, span, kept: this.#kept, newSlot }
    const wrapper = this.#s.standalone(
      { name: 'rule', label: primal.label, code: emptyCode(span), module: this.#s.world.base, params: [] },
      frame => BUILD[mode](frame, rule),
    )
    const func = this.#s.ir.funcs.get(wrapper.name)!
    this.#s.ir.funcs.delete(wrapper.name)
    return { ...func, name, label: `${transform.mode} rule of ${primal.label}`, made: transform }
  }
}

function typesOf(request: Request): JType[] {
  return [request.callee.type, ...request.args.map(arg => arg.type)]
}

interface Rule {
  readonly s: Specialiser
  readonly request: Request
  readonly transform: Transform
  readonly result: JType
  readonly span: Span
  readonly kept: Map<string, Kept>
  readonly newSlot: () => number
}

type RuledMode = Exclude<Transform['mode'], 'caught'>

const BUILD: Readonly<Record<RuledMode, (frame: Frame, rule: Rule) => Val>> = { forward, augmented, reverse, gradient }

/** Leaves in the order of the convention, as the value of a function. */
function results(leaves: readonly ValueId[]): Val {
  return { type: ANY, leaves, constant: null }
}

// Arguments ----------------------------------------------------------------------------------------------------------------------------

/** Types of the function, its arguments and its keywords, with the activities of their leaves. */
function parts({ request, transform }: Rule): { type: JType; name: string; activity: readonly ParamActivity[] }[] {
  let at = 0
  return [request.callee, ...request.args, ...request.kwargs].map((spec, i) => {
    const { length } = leavesOf(spec.type)
    const name = i === 0 ? 'f' : (request.kwargs[i - 1 - request.args.length]?.name ?? `x${i}`)
    const activity = transform.activity.slice(at, at + length)
    at += length
    return { type: spec.type, name, activity }
  })
}

function params(frame: Frame, rule: Rule): Val[] {
  return parts(rule).map(({ type, name }): Val => {
    frame.s.registerStruct(type)
    return { type, leaves: leavesOf(type).map(leaf => frame.builder.param(leaf, name)), constant: null }
  })
}

/** Of each leaf of each argument: its shadows, none where it has none. */
type LeafShadows = readonly (readonly (readonly ValueId[])[])[]

function widthOf({ transform }: Rule): number {
  return transform.width ?? 1
}

/** One for each of the shadows that there are at once. */
function once<T>(rule: Rule, make: (k: number) => T): T[] {
  return Array.from({ length: widthOf(rule) }, (_, k) => make(k))
}

/** Parameters for the shadows of those active leaves that `has` says. */
function shadowParams(frame: Frame, rule: Rule, has: (leaf: LeafType) => boolean): LeafShadows {
  return parts(rule).map(({ type, name, activity }) =>
    leavesOf(type).map((leaf, i) =>
      activity[i] === 'active' && has(leaf) ? once(rule, () => frame.builder.param(leaf, `${name}_shadow`)) : [],
    ),
  )
}

/** Whole shadows for what is active in part: zeros where there is none. */
function withShadows(frame: Frame, rule: Rule, vals: readonly Val[], given: LeafShadows): RuleArgument[] {
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
function ruleArguments(frame: Frame, rule: Rule, args: readonly RuleArgument[]): Val[] {
  const { request, span, transform } = rule
  const positional = args.slice(0, 1 + request.args.length)
  const keywords = args.slice(1 + request.args.length)
  const active = request.kwargs.filter((_kw, i) => keywords[i]!.shadow !== NOTHING_VAL).map(kw => kw.name)
  const types = [request.callee, ...request.args].map(spec => spec.type)
  // An rrule has no adjoints for keywords.
  const areConstant = isPulledBack(frame.s.world, types, transform.rules) || isMarked(frame.s.world, 'inactive_kwarg', types)
  if (active.length > 0 && !areConstant) frame.s.emit.base(frame, '__rule_active_keywords', [symbolVal(frame, active[0]!, span)], span)
  const kwargs: Val = {
    type: namedTupleType(
      request.kwargs.map(kw => kw.name),
      request.kwargs.map(kw => kw.type),
    ),
    leaves: keywords.flatMap(k => k.val.leaves),
    constant: null,
  }
  return [kwargs, tupleVal(positional.map(a => a.val)), tupleVal(positional.map(a => a.shadow))]
}

function flag(frame: Frame, value: boolean): Val {
  return frame.s.valOf(valueParam({ kind: 'bool', value }))
}

/** How many shadows there are at once, whether the primal's result is used, whether zeros are strong. */
function asked(frame: Frame, rule: Rule): Val[] {
  const width = frame.s.valOf(valueParam({ kind: 'int', value: widthOf(rule) }))
  return [width, flag(frame, isPrimalUsed(rule)), flag(frame, rule.transform.strongZero ?? false)]
}

/** To which member of a union an adjoint belongs, only the primal's result says. */
function isPrimalUsed({ transform, result }: Rule): boolean {
  return transform.primal !== false || tagsOf(result).length > 0
}

/** Whether each argument may be overwritten between the sweeps, as a `Val` of a tuple. */
function overwritten(frame: Frame, { request, transform }: Rule): Val {
  const items = [request.callee, ...request.args].map(({ type }) => ({
    kind: 'bool' as const,
    value: transform.overwritten && leavesOf(type).some(isRef),
  }))
  return frame.s.valOf(valueParam({ kind: 'tuple', items }))
}

// Results ------------------------------------------------------------------------------------------------------------------------------

/** The primal result; not computed when nobody needs it. */
function primalLeaves(frame: Frame, rule: Rule, y: Val): readonly ValueId[] {
  return isPrimalUsed(rule) ? leavesUnlessNothing(frame, y, rule.result, rule.span) : undefinedLeaves(frame, rule.result)
}

function shadowLeaves(frame: Frame, rule: Rule, shadow: Val, has: (leaf: LeafType) => boolean): ValueId[] {
  const types = leavesOf(rule.result)
  if (!types.some(has)) return []
  // No shadow is asked of a rule whose result cannot carry a derivative.
  const lanes = laneLeaves(frame, rule, shadow, rule.result)
  return types.flatMap((leaf, i) => (has(leaf) ? once(rule, k => lanes[k]![i]!) : []))
}

/** Leaves of what a rule gave for each of the shadows; where it gave nothing, there is none to be looked at. */
function laneLeaves(frame: Frame, rule: Rule, given: Val, type: JType): (readonly ValueId[])[] {
  if (given.type === NOTHING_VAL.type) return once(rule, () => undefinedLeaves(frame, type))
  const width = widthOf(rule)
  const vals = width === 1 ? [given] : itemsOf(frame, given, width, rule.span)
  return vals.map(val => leavesUnlessNothing(frame, val, type, rule.span))
}

/** What a rule gave as a value of this type, and something to stand for it where it gave nothing. Which, may be known only when it runs. */
function leavesUnlessNothing(frame: Frame, given: Val, type: JType, span: Span): readonly ValueId[] {
  const none = NOTHING_VAL.type
  if (type === none) return []
  if (given.type === none) return undefinedLeaves(frame, type)
  if (!isBoxed(given.type) || isBoxed(type)) return represent(frame, given, type, span).leaves
  const at = frame.at(span)
  const isNone = frame.builder.prim('any.type_is', [given.leaves[0]!, frame.builder.i64(frame.s.typeIndex(none), at)], ['bool'], at)[0]!
  const missing = (): Val => ({ type, leaves: undefinedLeaves(frame, type), constant: null })
  return frame.s.branch(frame, isNone, missing, () => represent(frame, given, type, span), span).leaves
}

/** A value of the result's type with the seeds as its floats; `tags` say which members its unions have. */
function seedVal(frame: Frame, rule: Rule, seeds: readonly (readonly ValueId[])[], tags: readonly ValueId[]): Val {
  const { result, span } = rule
  const places = tagsOf(result)
  const lane = (k: number): Val => {
    let at = 0
    const leaves = leavesOf(result).map((leaf, i): ValueId => {
      if (isFloat(leaf)) return seeds[at++]![k]!
      if (places.includes(i)) return tags[places.indexOf(i)]!
      // Which method takes a value that is in a box is asked of the value.
      return leaf === 'any' ? represent(frame, NOTHING_VAL, ANY, span).leaves[0]! : undefinedLeaf(frame, leaf)
    })
    return { type: result, leaves, constant: null }
  }
  return perShadow(once(rule, lane))
}

/** The tags of the unions in the primal's result. */
function tagLeaves(rule: Rule, primal: readonly ValueId[]): ValueId[] {
  return tagsOf(rule.result).map(i => primal[i]!)
}

function seedParams(frame: Frame, rule: Rule): ValueId[][] {
  return leavesOf(rule.result)
    .filter(isFloat)
    .map(leaf => once(rule, () => frame.builder.param(leaf, 'seed')))
}

/** Adjoints of the active floats, from what the rule returned for each argument. */
function adjoints(frame: Frame, rule: Rule, returned: Val): ValueId[] {
  const all = parts(rule)
  const items = itemsOf(frame, returned, all.length, rule.span)
  return all.flatMap(({ type, activity }, n) => {
    const wanted = leavesOf(type).flatMap((leaf, i) => (activity[i] === 'active' && isFloat(leaf) ? [i] : []))
    if (wanted.length === 0) return []
    const lanes = laneLeaves(frame, rule, items[n] ?? NOTHING_VAL, type)
    return wanted.flatMap(i => once(rule, k => lanes[k]![i]!))
  })
}

// Modes --------------------------------------------------------------------------------------------------------------------------------

function forward(frame: Frame, rule: Rule): Val {
  const vals = params(frame, rule)
  const args = withShadows(
    frame,
    rule,
    vals,
    shadowParams(frame, rule, () => true),
  )
  const made = frame.s.emit.base(
    frame,
    '__rule_forward',
    [...asked(frame, rule), typeVal(rule.result), ...ruleArguments(frame, rule, args)],
    rule.span,
  )
  if (isDead(made)) return made
  const [y, shadow] = itemsOf(frame, made, 2, rule.span)
  return results([...primalLeaves(frame, rule, y!), ...shadowLeaves(frame, rule, shadow!, leaf => isFloat(leaf) || isRef(leaf))])
}

/** The sweeps of a rule of EnzymeRules, or of the program's rrule or `@grad` where that is what is followed. */
function sweepsOf({ s, request, transform }: Rule): { readonly augmented: string; readonly reverse: string } {
  if (!isPulledBack(s.world, typesOf(request), transform.rules)) return { augmented: '__rule_augmented', reverse: '__rule_reverse' }
  return { augmented: transform.rules === 'tracked' ? '__tracked_augmented' : '__chain_augmented', reverse: '__chain_reverse' }
}

/** The augmented primal: its result, the shadow of that, and what the rule keeps. */
function callAugmented(frame: Frame, rule: Rule, args: readonly RuleArgument[]): readonly [Val, Val, Val] | null {
  const { s } = frame
  const given = [...asked(frame, rule), overwritten(frame, rule), typeVal(rule.result), ...ruleArguments(frame, rule, args)]
  const made = s.emit.base(frame, sweepsOf(rule).augmented, given, rule.span)
  return isDead(made) ? null : (itemsOf(frame, made, 3, rule.span) as unknown as readonly [Val, Val, Val])
}

function callReverse(frame: Frame, rule: Rule, args: readonly RuleArgument[], seed: Val, state: Val): Val {
  const { s } = frame
  const given = [...asked(frame, rule), overwritten(frame, rule), typeVal(rule.result), ...ruleArguments(frame, rule, args)]
  return s.emit.base(frame, sweepsOf(rule).reverse, [...given, seed, state], rule.span)
}

function augmented(frame: Frame, rule: Rule): Val {
  const vals = params(frame, rule)
  const given = shadowParams(frame, rule, isRef)
  const tape = frame.builder.param('tape', 'tape')
  const made = callAugmented(frame, rule, withShadows(frame, rule, vals, given))
  if (!made) return results([])
  const [y, shadow, state] = made
  const result = primalLeaves(frame, rule, y)
  const kept = [...vals.flatMap(val => val.leaves), ...tagLeaves(rule, result), ...state.leaves]
  const slots = kept.map(() => rule.newSlot())
  rule.kept.set(keptKey(rule), { state: state.type, slots })
  kept.forEach((id, i) => frame.builder.push(tape, id, frame.at(rule.span), slots[i]!))
  return results([...result, ...shadowLeaves(frame, rule, shadow, isRef)])
}

function keptKey({ transform }: Rule): string {
  return `${transform.activity.join()} ${transform.overwritten} ${transform.primal} ${transform.rules} ${transform.width} ${transform.of}`
}

function reverse(frame: Frame, rule: Rule): Val {
  const given = shadowParams(frame, rule, isRef)
  leavesOf(rule.result)
    .filter(isRef)
    .forEach(leaf => {
      once(rule, () => frame.builder.param(leaf, 'result_shadow'))
    })
  const seeds = seedParams(frame, rule)
  const tape = frame.builder.param('tape', 'tape')
  const kept = rule.kept.get(keptKey(rule))
  invariant(kept, 'the reverse sweep of a rule is made after its augmented one')
  const types = parts(rule).map(part => part.type)
  const tags = tagsOf(rule.result).map((): LeafType => 'i64')
  const popped = [...types.flatMap(leavesOf), ...tags, ...leavesOf(kept.state)].map((leaf, i) => ({ leaf, slot: kept.slots[i]! }))
  const leaves: ValueId[] = []
  for (const { leaf, slot } of popped.reverse()) leaves.unshift(frame.builder.pop(tape, leaf, frame.at(rule.span), 'kept', slot))
  const vals = types.map((type): Val => ({ type, leaves: leaves.splice(0, leavesOf(type).length), constant: null }))
  const seed = seedVal(frame, rule, seeds, leaves.splice(0, tags.length))
  const state: Val = { type: kept.state, leaves, constant: null }
  const returned = callReverse(frame, rule, withShadows(frame, rule, vals, given), seed, state)
  return isDead(returned) ? returned : results(adjoints(frame, rule, returned))
}

function gradient(frame: Frame, rule: Rule): Val {
  const vals = params(frame, rule)
  const args = withShadows(frame, rule, vals, shadowParams(frame, rule, isRef))
  const seeds = seedParams(frame, rule)
  const made = callAugmented(frame, rule, args)
  if (!made) return results([])
  const [y, , state] = made
  const result = primalLeaves(frame, rule, y)
  const returned = callReverse(frame, rule, args, seedVal(frame, rule, seeds, tagLeaves(rule, result)), state)
  return isDead(returned) ? returned : results([...result, ...adjoints(frame, rule, returned)])
}

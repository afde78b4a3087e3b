/**
 * Rules that a program or the library wrote for a function (`EnzymeRules`), as the functions that a transform would have made. Such a
 * function is ordinary code: it wraps the arguments and their shadows into annotations, calls the rule's method, and takes its result
 * apart. What the rule keeps between the sweeps goes on the tape. So a rule is differentiated again like everything else.
 */
import { invariant } from '../../../diagnostics/bug.ts'
import { type Func, type Type as LeafType, RULE_SOURCES, type RuleSource, type Transform, type ValueId } from '../../3-ir/ir.ts'
import { isFloat, isRef } from '../../3-ir/types.ts'
import { ANY, BOTTOM, NOTHING, TUPLE, tupleType } from '../intern.ts'
import { leavesOf, tagsOf } from '../layout.ts'
import { isConcrete, isSubtype, unionOf } from '../subtype.ts'
import type { JType } from '../type.ts'
import type { Builtin } from './builtins/builtin.ts'
import { emptyCode, type Frame, type Val } from './frame.ts'
import {
  asked,
  type Kept,
  keywordsType,
  once,
  overwritten,
  params,
  parts,
  type Rule,
  type RuleArgument,
  ruleArguments,
  shadowParams,
  typesOf,
  withShadows,
} from './rule-arguments.ts'
import {
  adjoints,
  primalLeaves,
  seedParams,
  seedVal,
  shadowLeaves,
  tagLeaves,
  undefinedAdjoints,
  undefinedShadows,
} from './rule-results.ts'
import {
  hasOwnRules,
  hasRuleFor,
  isDeciding,
  isMarked,
  isPulledBack,
  knownType,
  mayHaveRules,
  type RuleKind,
  ruleFunction,
  ruleKind,
} from './rule-signature.ts'
import type { Specialiser } from './specialiser.ts'
import { boolVal, isDead, itemsOf, stringVal, typeVal, undefinedLeaves } from './value.ts'

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
  readonly #kept = new Map<string, Kept | null>()

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

  receives(name: string, source: RuleSource | undefined): readonly boolean[] | null {
    const made = this.#s.madeFor(name)
    if (source !== 'chain' || !made || made.result === BOTTOM) return null
    const types = typesOf(made.request)
    if (this.kindOf(name, source) !== 'rule' || !isPulledBack(this.#s.world, types, source)) return null
    const parts = this.#s.baseFunction('__chain_parts')
    invariant(parts, 'Base has __chain_parts')
    const given = [parts.type, typeVal(made.result).type, keywordsType(made.request), tupleType(types), made.result]
    const returned = this.#s.resultType(this.#s.world.base, given, made.request.method.def.span)
    const items = returned.kind === 'data' && returned.name === TUPLE && isConcrete(returned) ? returned.params : []
    const zero = unionOf([knownType(this.#s.world, 'ChainRulesCore', 'AbstractZero'), NOTHING])
    const keywords = made.request.kwargs.flatMap(kw => leavesOf(kw.type).map(() => false))
    return [...types.flatMap((type, i) => leavesOf(type).map(() => !items[i] || !isSubtype(items[i] as JType, zero))), ...keywords]
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

type RuledMode = Exclude<Transform['mode'], 'caught'>

const BUILD: Readonly<Record<RuledMode, (frame: Frame, rule: Rule) => Val>> = { forward, augmented, reverse, gradient }

/** Leaves in the order of the convention, as the value of a function. */
function results(leaves: readonly ValueId[]): Val {
  return { type: ANY, leaves, constant: null }
}

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
  if (isDead(made))
    return results([...undefinedLeaves(frame, rule.result), ...undefinedShadows(frame, rule, leaf => isFloat(leaf) || isRef(leaf))])
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
  if (!made) {
    rule.kept.set(keptKey(rule), null)
    return results([...undefinedLeaves(frame, rule.result), ...undefinedShadows(frame, rule, isRef)])
  }
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
  invariant(kept !== undefined, 'the reverse sweep of a rule is made after its augmented one')
  if (!kept) return results(undefinedAdjoints(frame, rule))
  const types = parts(rule).map(part => part.type)
  const tags = tagsOf(rule.result).map((): LeafType => 'i64')
  const popped = [...types.flatMap(leavesOf), ...tags, ...leavesOf(kept.state)].map((leaf, i) => ({ leaf, slot: kept.slots[i]! }))
  const leaves: ValueId[] = []
  for (const { leaf, slot } of popped.reverse()) leaves.unshift(frame.builder.pop(tape, leaf, frame.at(rule.span), 'kept', slot))
  const vals = types.map((type): Val => ({ type, leaves: leaves.splice(0, leavesOf(type).length), constant: null }))
  const seed = seedVal(frame, rule, seeds, leaves.splice(0, tags.length))
  const state: Val = { type: kept.state, leaves, constant: null }
  const returned = callReverse(frame, rule, withShadows(frame, rule, vals, given), seed, state)
  return results(isDead(returned) ? undefinedAdjoints(frame, rule) : adjoints(frame, rule, returned))
}

function gradient(frame: Frame, rule: Rule): Val {
  const vals = params(frame, rule)
  const args = withShadows(frame, rule, vals, shadowParams(frame, rule, isRef))
  const seeds = seedParams(frame, rule)
  const made = callAugmented(frame, rule, args)
  if (!made) return results([...undefinedLeaves(frame, rule.result), ...undefinedAdjoints(frame, rule)])
  const [y, , state] = made
  const result = primalLeaves(frame, rule, y)
  const returned = callReverse(frame, rule, args, seedVal(frame, rule, seeds, tagLeaves(rule, result)), state)
  return results([...result, ...(isDead(returned) ? undefinedAdjoints(frame, rule) : adjoints(frame, rule, returned))])
}

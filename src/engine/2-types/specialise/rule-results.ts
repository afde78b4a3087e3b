/** What a rule gave: the primal result, shadows and adjoints as the leaves of the convention; and the seed that it is given for them. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Type as LeafType, ValueId } from '../../3-ir/ir.ts'
import { isFloat } from '../../3-ir/types.ts'
import { ANY } from '../intern.ts'
import { isBoxed, leavesOf, tagsOf } from '../layout.ts'
import type { JType } from '../type.ts'
import { perShadow } from './derivative-arguments.ts'
import type { Frame, Val } from './frame.ts'
import { isPrimalUsed, once, parts, type Rule, widthOf } from './rule-arguments.ts'
import { itemsOf, NOTHING_VAL, represent, undefinedLeaf, undefinedLeaves } from './value.ts'

/** The primal result; not computed when nobody needs it. */
export function primalLeaves(frame: Frame, rule: Rule, y: Val): readonly ValueId[] {
  return isPrimalUsed(rule) ? leavesUnlessNothing(frame, y, rule.result, rule.span) : missingLeaves(frame, rule)
}

/** In the place of a result that nobody needs. What is in a box is asked for its type all the same, so there is something in it. */
function missingLeaves(frame: Frame, { result, span }: Rule): ValueId[] {
  return leavesOf(result).map(leaf => (leaf === 'any' ? nothingBoxed(frame, span) : undefinedLeaf(frame, leaf)))
}

function nothingBoxed(frame: Frame, span: Span): ValueId {
  return represent(frame, NOTHING_VAL, ANY, span).leaves[0]!
}

export function shadowLeaves(frame: Frame, rule: Rule, shadow: Val, has: (leaf: LeafType) => boolean): ValueId[] {
  const types = leavesOf(rule.result)
  if (!types.some(has)) return []
  // Of what turns out to be `nothing`, the shadow is that too.
  const isNothing = shadow.type === NOTHING_VAL.type && rule.result === ANY && rule.transform.mode === 'forward'
  if (isNothing) return once(rule, () => nothingBoxed(frame, rule.span))
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
export function seedVal(frame: Frame, rule: Rule, seeds: readonly (readonly ValueId[])[], tags: readonly ValueId[]): Val {
  const { result, span } = rule
  const places = tagsOf(result)
  const lane = (k: number): Val => {
    let at = 0
    const leaves = leavesOf(result).map((leaf, i): ValueId => {
      if (isFloat(leaf)) return seeds[at++]![k]!
      if (places.includes(i)) return tags[places.indexOf(i)]!
      // Which method takes a value that is in a box is asked of the value.
      return leaf === 'any' ? nothingBoxed(frame, span) : undefinedLeaf(frame, leaf)
    })
    return { type: result, leaves, constant: null }
  }
  return perShadow(once(rule, lane))
}

/** The tags of the unions in the primal's result. */
export function tagLeaves(rule: Rule, primal: readonly ValueId[]): ValueId[] {
  return tagsOf(rule.result).map(i => primal[i]!)
}

export function seedParams(frame: Frame, rule: Rule): ValueId[][] {
  return leavesOf(rule.result)
    .filter(isFloat)
    .map(leaf => once(rule, () => frame.builder.param(leaf, 'seed')))
}

/** In the place of shadows of the result, where the rule never returns. */
export function undefinedShadows(frame: Frame, rule: Rule, has: (leaf: LeafType) => boolean): ValueId[] {
  return leavesOf(rule.result)
    .filter(has)
    .flatMap(leaf => once(rule, () => undefinedLeaf(frame, leaf)))
}

/** In the place of adjoints, where the rule never returns. */
export function undefinedAdjoints(frame: Frame, rule: Rule): ValueId[] {
  return parts(rule).flatMap(({ type, activity }) =>
    leavesOf(type)
      .filter((leaf, i) => activity[i] === 'active' && isFloat(leaf))
      .flatMap(leaf => once(rule, () => undefinedLeaf(frame, leaf))),
  )
}

/** Adjoints of the active floats, from what the rule returned for each argument. */
export function adjoints(frame: Frame, rule: Rule, returned: Val): ValueId[] {
  const all = parts(rule)
  // Rules return nothing for keywords.
  const items = itemsOf(frame, returned, 1 + rule.request.args.length, rule.span)
  return all.flatMap(({ type, activity }, n) => {
    const wanted = leavesOf(type).flatMap((leaf, i) => (activity[i] === 'active' && isFloat(leaf) ? [i] : []))
    if (wanted.length === 0) return []
    const lanes = laneLeaves(frame, rule, items[n] ?? NOTHING_VAL, type)
    return wanted.flatMap(i => once(rule, k => lanes[k]![i]!))
  })
}

/** What is differentiated: its arguments with their shadows, the seeds of its results, and what comes back. Leaves go into derived functions, values come out. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Type as LeafType, ParamActivity, ValueId } from '../../3-ir/ir.ts'
import { isFloat, isRef } from '../../3-ir/types.ts'
import { NOTHING } from '../intern.ts'
import { leavesOf } from '../layout.ts'
import type { JType } from '../type.ts'
import { typeText } from '../type-text.ts'
import { carriesDerivative } from './carries.ts'
import type { Frame, Val } from './frame.ts'
import { isTuple, NOTHING_VAL, stringVal, tupleItems, tupleVal, undefinedLeaf } from './value.ts'

/** One differentiated argument (the function object is the first): its value, and what was given for its shadow. */
export interface Argument {
  readonly val: Val
  /** One, or as many as are asked for at once. */
  readonly shadows: readonly Val[]
  readonly kind: 'const' | 'active' | 'duplicated'
  /** One entry a leaf of the value. */
  readonly activity: readonly ParamActivity[]
}

/** Results that a derived function gives a shadow for, by the interface convention. */
function hasResultShadow(leaf: LeafType): boolean {
  return isFloat(leaf) || isRef(leaf)
}

/** `width`: the shadows are a tuple of so many tuples of them. */
export function argumentsOf(frame: Frame, values: Val, shadows: Val, width = 1): Argument[] | null {
  const lists = width === 1 ? [shadows] : isTuple(shadows) ? tupleItems(shadows) : []
  if (!isTuple(values) || lists.length !== width || !lists.every(isTuple)) return null
  const given = lists.map(tupleItems)
  const items = tupleItems(values)
  if (given.some(list => list.length !== items.length)) return null
  return items.map((val, i): Argument => {
    const each = given.map(list => list[i]!)
    const shadow = each[0]!
    const kind = shadow.type === NOTHING ? 'const' : isActiveMarker(frame, shadow) ? 'active' : 'duplicated'
    const activity = leavesOf(val.type).map((leaf): ParamActivity => {
      if (kind === 'const' || !carriesDerivative(frame.s, leaf)) return 'const'
      return kind === 'active' && !isFloat(leaf) ? 'const' : 'active'
    })
    return { val, shadows: each, kind, activity }
  })
}

/** A `Val` of how many shadows there are at once; one if it is not given. */
export function widthOf(width: Val | undefined): number {
  const param = width?.type.kind === 'data' ? width.type.params[0] : undefined
  return param?.kind === 'value' && param.value.kind === 'int' ? param.value.value : 1
}

/** The lists that a list holds in turn: every k-th of `width` belongs to the k-th. */
export function lanes<T>(list: readonly T[], width: number): T[][] {
  return Array.from({ length: width }, (_, k) => list.filter((_item, i) => i % width === k))
}

/** Each as often as there are shadows at once. */
export function repeated<T>(list: readonly T[], width: number): T[] {
  return list.flatMap(item => Array.from({ length: width }, () => item))
}

/** One value, or a tuple of one for each shadow. */
export function perShadow(vals: readonly Val[]): Val {
  return vals.length === 1 ? vals[0]! : tupleVal(vals)
}

function isActiveMarker(frame: Frame, val: Val): boolean {
  return val.type === frame.s.baseFunction('__active')?.type
}

/** Shadows of the active leaves that `which` picks, in order. */
export function activeShadows(
  args: readonly Argument[],
  leafTypes: (a: Argument) => readonly LeafType[],
  which: (leaf: LeafType) => boolean,
): ValueId[] {
  return args.flatMap(a =>
    leafTypes(a).flatMap((leaf, i) => (a.activity[i] === 'active' && which(leaf) ? a.shadows.map(shadow => shadow.leaves[i]!) : [])),
  )
}

export const leafTypesOf = (a: Argument) => leavesOf(a.val.type)

/** A shadow has the type of its value; anything else is the caller's mistake, unless it is found out `later`. */
export function mismatch(frame: Frame, args: readonly Argument[], later: () => Val | null, span: Span): Val | null {
  const wrong = args.flatMap(({ kind, val, shadows }) => {
    const shadow = shadows.find(({ type }) => kind === 'duplicated' && type !== val.type)
    return shadow ? [{ val, shadow }] : []
  })[0]
  if (!wrong) return null
  return (
    later() ??
    frame.s.emit.throwNew(
      frame,
      'ArgumentError',
      [
        stringVal(
          frame,
          `the shadow of a ${typeText(wrong.val.type)} must be of the same type, found ${typeText(wrong.shadow.type)}`,
          span,
        ),
      ],
      span,
    )
  )
}

/** The shadow of a result: float and reference leaves from the derivative, the others as in the result. */
export function shadowed(result: Val, shadows: readonly ValueId[]): Val {
  let at = 0
  const leaves = leavesOf(result.type).map((leaf, i) => (hasResultShadow(leaf) ? shadows[at++]! : result.leaves[i]!))
  return { type: result.type, leaves, constant: null }
}

export function resultShadowTypes(type: JType): LeafType[] {
  return leavesOf(type).filter(hasResultShadow)
}

/** Seeds of the float results: for each shadow from a value of the result's type, or zeros. The same for all if there is but one. */
export function seeds(frame: Frame, seed: Val, type: JType, span: Span, width = 1): ValueId[] | null {
  const isOne = width === 1 || seed.type === NOTHING || seed.type === type
  const each = (isOne ? repeated([seed], width) : tupleItems(seed)).map(one => seedsOf(frame, one, type, span))
  if (each.some(list => list === null)) return null
  return each[0]!.flatMap((_id, i) => each.map(list => list![i]!))
}

function seedsOf(frame: Frame, seed: Val, type: JType, span: Span): ValueId[] | null {
  const floats = leavesOf(type)
    .map((leaf, i) => ({ leaf, i }))
    .filter(l => isFloat(l.leaf))
  if (seed.type === NOTHING) return floats.map(l => undefinedLeaf(frame, l.leaf))
  if (seed.type !== type) {
    frame.s.emit.throwNew(
      frame,
      'ArgumentError',
      [stringVal(frame, `the seed of a result of type ${typeText(type)} must be of that type, found ${typeText(seed.type)}`, span)],
      span,
    )
    return null
  }
  return floats.map(l => seed.leaves[l.i]!)
}

/** What comes back for each argument: a value of its type with the adjoints as floats, or nothing; a tuple of that for several shadows. */
export function adjointTuple(frame: Frame, args: readonly Argument[], adjoints: readonly ValueId[], width = 1): Val {
  return perShadow(lanes(adjoints, width).map((lane, k) => adjointsOf(frame, args, lane, k)))
}

function adjointsOf(frame: Frame, args: readonly Argument[], adjoints: readonly ValueId[], k: number): Val {
  let at = 0
  return tupleVal(
    args.map(a => {
      const types = leavesOf(a.val.type)
      const floats = types.filter((leaf, i) => a.activity[i] === 'active' && isFloat(leaf))
      if (floats.length === 0 && a.kind !== 'active') return NOTHING_VAL
      const leaves = types.map((leaf, i): ValueId => {
        if (a.activity[i] === 'active' && isFloat(leaf)) return withShadow(frame, a, k, i, leaf, adjoints[at++]!)
        if (isFloat(leaf)) return undefinedLeaf(frame, leaf)
        return a.kind === 'duplicated' ? a.shadows[k]!.leaves[i]! : a.val.leaves[i]!
      })
      return { type: a.val.type, leaves, constant: null }
    }),
  )
}

/** Floats beside references have a shadow too, and the adjoint is added to it as it is in memory. */
function withShadow(frame: Frame, a: Argument, k: number, i: number, leaf: 'f64' | 'f32', adjoint: ValueId): ValueId {
  return a.kind === 'duplicated' ? frame.builder.op(`${leaf}.add`, [a.shadows[k]!.leaves[i]!, adjoint], frame.at(null)) : adjoint
}

export function adjointTypes(args: readonly Argument[]): LeafType[] {
  return args.flatMap(a => leavesOf(a.val.type).filter((leaf, i) => a.activity[i] === 'active' && isFloat(leaf)))
}

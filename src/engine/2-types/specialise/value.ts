/** Values of the specialiser: constants, changes of representation, joining what two paths give. */
import { InternalError, invariant } from '../../../diagnostics/bug.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Type as LeafType, ValueId } from '../../3-ir/ir.ts'
import { ANY, BOTTOM, constantKey, NOTHING, namedTupleType, TUPLE, tupleType, typeOfType, typeParameterOf } from '../intern.ts'
import {
  fieldNames,
  fieldSlice,
  fieldTypes,
  hasManyCombinations,
  isBoxed,
  isFlatUnion,
  isOpenTuple,
  isSingleton,
  leavesOf,
  memberSlice,
} from '../layout.ts'
import { isSubtype, unionOf } from '../subtype.ts'
import type { Constant, DataType, JType, TypeParam, UnionType } from '../type.ts'
import { typeText } from '../type-text.ts'
import type { Frame, Val } from './frame.ts'

export const DEAD: Val = { type: BOTTOM, leaves: [], constant: null }

export function isDead(val: Val): boolean {
  return val.type === BOTTOM
}

export function singleton(type: JType): Val {
  return { type, leaves: [], constant: null }
}

export const NOTHING_VAL: Val = singleton(NOTHING)

export function typeVal(type: JType): Val {
  return singleton(typeOfType(type))
}

export function intVal(frame: Frame, value: number, span: Span): Val {
  return { type: frame.s.baseType('Int64'), leaves: [frame.builder.i64(value, frame.at(span))], constant: { kind: 'int', value } }
}

export function boolVal(frame: Frame, value: boolean, span: Span): Val {
  return { type: frame.s.baseType('Bool'), leaves: [frame.builder.bool(value, frame.at(span))], constant: { kind: 'bool', value } }
}

export function symbolVal(frame: Frame, name: string, span: Span): Val {
  return {
    type: frame.s.baseType('Symbol'),
    leaves: [frame.builder.const('str', name, frame.at(span))],
    constant: { kind: 'symbol', value: name },
  }
}

export function stringVal(frame: Frame, text: string, span: Span): Val {
  return { type: frame.s.baseType('String'), leaves: [frame.builder.const('str', text, frame.at(span))], constant: null }
}

/** A constant as a value; types are values of their own type. */
export function constantVal(frame: Frame, c: Constant, span: Span): Val {
  switch (c.kind) {
    case 'int':
      return intVal(frame, c.value, span)
    case 'bool':
      return boolVal(frame, c.value, span)
    case 'float':
      return { type: frame.s.baseType('Float64'), leaves: [frame.builder.f64(c.value, frame.at(span))], constant: c }
    case 'symbol':
      return symbolVal(frame, c.value, span)
    case 'char':
      return { type: frame.s.baseType('Char'), leaves: [frame.builder.i64(c.value, frame.at(span))], constant: c }
    case 'nothing':
      return NOTHING_VAL
    case 'tuple':
      return tupleVal(c.items.map(item => constantVal(frame, item, span)))
    case 'number':
      return { type: c.type, leaves: [frame.builder.const(leavesOf(c.type)[0] as 'i64', c.value, frame.at(span))], constant: c }
    case 'struct': {
      const types = fieldTypes(c.type)
      const leaves = c.items.flatMap((item, i) => represent(frame, constantVal(frame, item, span), types[i]!, span).leaves)
      return { type: c.type, leaves, constant: c }
    }
    case 'type':
      return typeVal(c.type)
  }
}

/** A static parameter or a type parameter read as a value. */
export function paramVal(frame: Frame, p: TypeParam, span: Span): Val {
  if (p.kind === 'value') return constantVal(frame, p.value, span)
  return { type: typeOfType(p as JType), leaves: [], constant: null }
}

/** The constant that a value is, if known at compile time: singletons too. */
export function constantOf(val: Val): Constant | null {
  if (val.constant) return val.constant
  if (val.type === NOTHING) return { kind: 'nothing' }
  const type = typeParameterOf(val.type)
  if (type) return { kind: 'type', type }
  return isSingleton(val.type) ? instanceOf(val.type as DataType) : null
}

/** The only value of a type, with what its fields hold: the same constant as the one that was constructed from them. */
function instanceOf(type: DataType): Constant | null {
  if (type.name !== TUPLE && type.name.form !== 'struct') return null
  const items = fieldTypes(type).map(field => constantOf({ type: field, leaves: [], constant: null }))
  if (!items.every(item => item !== null)) return null
  return type.name === TUPLE ? { kind: 'tuple', items } : { kind: 'struct', type, items }
}

export function tupleVal(items: readonly Val[]): Val {
  const constants = items.map(constantOf)
  return {
    type: tupleType(items.map(i => i.type)),
    leaves: items.flatMap(i => i.leaves),
    constant: constants.every(c => c !== null) ? { kind: 'tuple', items: constants as Constant[] } : null,
  }
}

/** A field of an immutable value. */
export function fieldVal(val: Val, index: number): Val {
  const type = val.type as DataType
  const [start, end] = fieldSlice(type, index)
  const constant = val.constant?.kind === 'tuple' || val.constant?.kind === 'struct' ? (val.constant.items[index] ?? null) : null
  return {
    type: fieldTypes(type)[index]!,
    leaves: val.leaves.slice(start, end),
    constant: constant && (constant.kind === 'type' || constant.kind === 'nothing') ? null : constant,
  }
}

export function tupleItems(val: Val): Val[] {
  return fieldTypes(val.type as DataType).map((_, i) => fieldVal(val, i))
}

/** A tuple whose length is in its type. */
export function isTuple(val: Val): boolean {
  return val.type.kind === 'data' && val.type.name === TUPLE && !isBoxed(val.type)
}

/** So many items of a tuple; what only the running program knows to be one is asked for them then. */
export function itemsOf(frame: Frame, val: Val, count: number, span: Span): Val[] {
  if (isTuple(val)) return tupleItems(val)
  return Array.from({ length: count }, (_, i) => frame.s.emit.base(frame, 'getindex', [val, intVal(frame, i + 1, span)], span))
}

/** Values that stand for "never looked at". */
export function undefinedLeaf(frame: Frame, type: LeafType): ValueId {
  const at = frame.at(null)
  switch (type) {
    case 'f64':
    case 'f32':
    case 'i64':
      return frame.builder.const(type, 0, at)
    case 'bool':
      return frame.builder.const('bool', false, at)
    case 'str':
      return frame.builder.const('str', '', at)
    default:
      return frame.builder.const(type, null, at)
  }
}

export function undefinedLeaves(frame: Frame, type: JType): ValueId[] {
  return leavesOf(type).map(leaf => undefinedLeaf(frame, leaf))
}

/** The smallest type that the engine represents and that holds both. */
export function join(a: JType, b: JType): JType {
  if (a === b || isSubtype(b, a)) return a
  if (isSubtype(a, b)) return b
  const union = unionOf([a, b])
  return isFlatUnion(union) ? union : ANY
}

/** `val` as a value of a wider (or, after a check at run time, narrower) type. */
export function represent(frame: Frame, val: Val, type: JType, span: Span): Val {
  if (val.type === type || val.type === BOTTOM) return val
  const { builder } = frame
  const at = frame.at(span)
  if (isOpenTuple(val.type)) return representOpenTuple(frame, val, type, span)
  if (isOpenTuple(type) && !isBoxed(val.type) && !isFlatUnion(val.type)) return representItems(frame, val, type as DataType, span)
  if (isBoxed(type)) {
    if (isBoxed(val.type)) return { type, leaves: val.leaves, constant: null }
    if (isFlatUnion(val.type)) {
      return splitUnion(frame, val, span, member => represent(frame, member, type, span), type)
    }
    frame.s.noteHandedOut(val.type)
    return { type, leaves: [builder.box(frame.s.typeIndex(val.type), val.leaves, at)], constant: null }
  }
  if (isFlatUnion(type) && type.members.includes(val.type)) return tagged(frame, val, type, span)
  if (isBoxed(val.type)) {
    if (isOpenTuple(type)) return unboxItems(frame, val, type as DataType, span)
    if (!isFlatUnion(type)) return unboxTo(frame, val, type, span)
    return chooseMember(
      frame,
      type,
      (member, last) => {
        if (last) return null
        return builder.prim('any.type_is', [val.leaves[0]!, builder.i64(frame.s.typeIndex(member), at)], ['bool'], at)[0]!
      },
      member => represent(frame, unboxTo(frame, val, member, span), type, span),
      type,
      span,
    )
  }
  if (isFlatUnion(type)) {
    const { members } = type
    if (isFlatUnion(val.type)) return splitUnion(frame, val, span, member => represent(frame, member, type, span), type)
    invariant(members.includes(val.type), `${typeText(val.type)} is not a member of ${typeText(type)}`)
  }
  if (isFlatUnion(val.type)) {
    const index = val.type.members.indexOf(type)
    if (index >= 0) return narrowTo(val, type)
    if (isOpenTuple(type)) return splitUnion(frame, val, span, member => represent(frame, member, type, span), type)
  }
  // Different names of one representation: `Type{T}` as DataType and the like.
  const from = leavesOf(val.type)
  const to = leavesOf(type)
  if (from.length === to.length && from.every((l, i) => l === to[i])) return { type, leaves: val.leaves, constant: val.constant }
  throw new InternalError(`a value of type ${typeText(val.type)} cannot be stored as ${typeText(type)}`)
}

/** A member of a union as the union: the tag, and nothing for the other members. */
function tagged(frame: Frame, val: Val, type: UnionType, span: Span): Val {
  const index = type.members.indexOf(val.type)
  const leaves = [
    frame.builder.i64(index, frame.at(span)),
    ...type.members.flatMap((m, i) => (i === index ? val.leaves : undefinedLeaves(frame, m))),
  ]
  return { type, leaves, constant: null }
}

/** Element by element; both are tuples of one length. */
function representItems(frame: Frame, val: Val, type: DataType, span: Span): Val {
  const types = fieldTypes(type)
  return { type, leaves: tupleItems(val).flatMap((item, i) => represent(frame, item, types[i]!, span).leaves), constant: null }
}

/** The first union among the elements is split, so that what is left is a tuple of known types or of boxed values. */
export function splitOpenTuple(frame: Frame, val: Val, span: Span, use: (val: Val) => Val, type: JType | null = null): Val | null {
  const items = tupleItems(val)
  const index = items.findIndex(i => isFlatUnion(i.type))
  if (index < 0) return null
  return splitUnion(
    frame,
    items[index]!,
    span,
    member =>
      use(
        rebuilt(
          val.type as DataType,
          items.map((item, i) => (i === index ? member : item)),
        ),
      ),
    type,
  )
}

function rebuilt(type: DataType, items: readonly Val[]): Val {
  if (type.name === TUPLE) return tupleVal(items)
  return {
    type: namedTupleType(
      fieldNames(type),
      items.map(i => i.type),
    ),
    leaves: items.flatMap(i => i.leaves),
    constant: null,
  }
}

function representOpenTuple(frame: Frame, val: Val, type: JType, span: Span): Val {
  if (type.kind === 'data' && type.name === (val.type as DataType).name && !isBoxed(type)) return representItems(frame, val, type, span)
  const split = hasManyCombinations([val.type]) ? null : splitOpenTuple(frame, val, span, v => represent(frame, v, type, span), type)
  if (split) return split
  // The types of boxed elements are known at run time only, and so is the type of the tuple; and of many types not all are tried.
  const items = tupleItems(val)
  const named = (val.type as DataType).name !== TUPLE
  const callee = frame.s.coreFunction(named ? '__namedtuple' : 'tuple')
  const names = named ? [frame.s.valOf((val.type as DataType).params[0]!)] : []
  const boxed = [callee, ...names, ...items].map(v => represent(frame, v, ANY, span).leaves[0]!)
  const [out] = frame.builder.dyncall(boxed, [], ['any'], frame.at(span))
  return represent(frame, { type: ANY, leaves: [out!], constant: null }, type, span)
}

function unboxTo(frame: Frame, val: Val, type: JType, span: Span): Val {
  if (isSingleton(type)) return singleton(type)
  const leaves = leavesOf(type)
  return { type, leaves: frame.builder.unbox(frame.s.typeIndex(type), val.leaves[0]!, leaves, frame.at(span)), constant: null }
}

/** A boxed tuple whose own type only the running program knows, element by element. */
function unboxItems(frame: Frame, val: Val, type: DataType, span: Span): Val {
  const { builder } = frame
  const box = (v: Val) => represent(frame, v, ANY, span).leaves[0]!
  const leaves = fieldTypes(type).flatMap((item, i) => {
    const index = constantVal(frame, { kind: 'int', value: i + 1 }, span)
    const [out] = builder.dyncall([frame.s.coreFunction('getfield'), val, index].map(box), [], ['any'], frame.at(span))
    return represent(frame, { type: ANY, leaves: [out!], constant: null }, item, span).leaves
  })
  return { type, leaves, constant: null }
}

/** The value of a flat union that is known to be of `type` (a member, or a smaller union). */
export function narrowTo(val: Val, type: JType): Val {
  const { members } = val.type as UnionType
  const [start, end] = memberSlice(members, members.indexOf(type))
  return { type, leaves: val.leaves.slice(start, end), constant: null }
}

/** `use` for each member of a flat union, chosen by the tag at run time; results are represented as `type`, or joined. */
export function splitUnion(frame: Frame, val: Val, span: Span, use: (member: Val) => Val, type: JType | null = null): Val {
  const union = val.type as UnionType
  const at = frame.at(span)
  return chooseMember(
    frame,
    union,
    (member, last) =>
      last ? null : frame.builder.op('i64.eq', [val.leaves[0]!, frame.builder.i64(union.members.indexOf(member), at)], at, 'is'),
    member => use(narrowTo(val, member)),
    type,
    span,
  )
}

/** An if-chain over the members of a union; `test` gives null when nothing is left to ask. */
function chooseMember(
  frame: Frame,
  union: UnionType,
  test: (member: JType, last: boolean) => ValueId | null,
  use: (member: JType) => Val,
  type: JType | null,
  span: Span,
): Val {
  const go = (index: number): Val => {
    const member = union.members[index]!
    const asked = test(member, index === union.members.length - 1)
    if (asked === null) return use(member)
    return frame.s.branch(
      frame,
      asked,
      () => use(member),
      () => go(index + 1),
      span,
      type,
    )
  }
  return go(0)
}

/** Equal compile-time knowledge on both sides survives a join. */
export function sameConstant(a: Val, b: Val): Constant | null {
  return a.constant && b.constant && constantKey(a.constant) === constantKey(b.constant) ? a.constant : null
}

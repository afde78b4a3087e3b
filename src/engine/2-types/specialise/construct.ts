/** Objects of struct types: made from their fields, and their fields read and written. */
import type { Span } from '../../../diagnostics/source.ts'
import { NAMEDTUPLE } from '../intern.ts'
import { boxedLeaves, fieldNames, fieldSlice, fieldTypes, isRecursive, leavesOf } from '../layout.ts'
import { isSubtype } from '../subtype.ts'
import type { Constant, DataType, JType } from '../type.ts'
import { assertType } from './assert-type.ts'
import type { Frame, Val } from './frame.ts'
import { canBeUnset, unsetField, unsetTest } from './unset.ts'
import { boolVal, constantOf, DEAD, fieldVal, intVal, isDead, represent, stringVal, typeVal } from './value.ts'

/** `new T(args…)`: every field converted to its declared type; missing trailing fields stay undefined. */
export function constructFields(frame: Frame, type: JType, args: readonly Val[], span: Span): Val {
  if (type.kind !== 'data')
    return frame.s.emit.throwNew(frame, 'ErrorException', [stringVal(frame, 'too few type parameters specified in "new{...}"', span)], span)
  const types = fieldTypes(type)
  if (args.length > types.length) {
    return frame.s.emit.throwNew(frame, 'ErrorException', [stringVal(frame, 'new: too many arguments', span)], span)
  }
  const fields: Val[] = []
  for (const [i, fieldType] of types.entries()) {
    const arg = args[i]
    if (!arg) {
      fields.push(unsetField(frame, fieldType))
      continue
    }
    const converted = convertTo(frame, arg, fieldType, span)
    if (isDead(converted)) return DEAD
    fields.push(converted)
  }
  const leaves = fields.flatMap(f => f.leaves)
  const at = frame.at(span)
  if (type.name.form === 'mutable') {
    frame.s.registerStruct(type)
    return {
      type,
      leaves: [frame.builder.new(leavesOf(type)[0] as `obj<${string}>`, leaves, at, type.name.name.toLowerCase())],
      constant: null,
    }
  }
  leavesOf(type)
  if (isRecursive(type)) return { type, leaves: [frame.builder.box(frame.s.typeIndex(type), leaves, at)], constant: null }
  const constants = fields.map(constantOf)
  return {
    type,
    leaves,
    constant: constants.every(c => c !== null) ? { kind: 'struct', type, items: constants as Constant[] } : null,
  }
}

/** `convert(T, x)` where x is not a T yet, represented as T. */
export function convertTo(frame: Frame, val: Val, type: JType, span: Span): Val {
  if (isSubtype(val.type, type)) return represent(frame, val, type, span)
  const converted = frame.s.emit.base(frame, 'convert', [typeVal(type), val], span)
  if (isDead(converted)) return DEAD
  const asserted = assertType(frame, converted, type, span)
  return isDead(asserted) ? DEAD : represent(frame, asserted, type, span)
}

/** May a field of this type never have been set? One that holds a reference, of a struct with a constructor that leaves fields out. */
function mayBeUndefined(type: DataType, index: number): boolean {
  return type.name.lacksFields === true && leavesOf(fieldTypes(type)[index]!).some(canBeUnset)
}

/** Has this field been set? */
export function fieldIsSet(frame: Frame, value: Val, index: number, span: Span): Val {
  const type = value.type as DataType
  if (!mayBeUndefined(type, index)) return boolVal(frame, true, span)
  const field = readField(frame, value, index, span, false)
  const unset = unsetTest(frame, field, span)
  if (unset === null) return boolVal(frame, true, span)
  return { type: frame.s.baseType('Bool'), leaves: [frame.builder.op('bool.not', [unset], frame.at(span))], constant: null }
}

/** `getfield(x, i)`, 0-based; `checked`: an unset field is an UndefRefError. */
export function readField(frame: Frame, val: Val, index: number, span: Span, checked = true): Val {
  const type = val.type as DataType
  if (checked && mayBeUndefined(type, index)) {
    const isSet = fieldIsSet(frame, val, index, span)
    return frame.s.branch(
      frame,
      isSet.leaves[0]!,
      () => readField(frame, val, index, span, false),
      () => frame.s.emit.throwNew(frame, 'UndefRefError', [], span),
      span,
    )
  }
  const fieldType = fieldTypes(type)[index]!
  const at = frame.at(span)
  const [start, end] = fieldSlice(type, index)
  if (type.name.form === 'mutable') {
    const name = fieldNames(type)[index]!
    const leaves = leavesOf(fieldType).map((leaf, k) => frame.builder.get(val.leaves[0]!, start + k, leaf, at, name))
    return { type: fieldType, leaves, constant: null }
  }
  if (isRecursive(type)) {
    const all = frame.builder.unbox(frame.s.typeIndex(type), val.leaves[0]!, boxedLeaves(type), at)
    return { type: fieldType, leaves: all.slice(start, end), constant: null }
  }
  return fieldVal(val, index)
}

/** `setfield!(x, i, v)`, 0-based; v is converted. */
export function writeField(frame: Frame, object: Val, index: number, value: Val, span: Span): Val {
  const type = object.type as DataType
  const converted = convertTo(frame, value, fieldTypes(type)[index]!, span)
  if (isDead(converted)) return DEAD
  const [start] = fieldSlice(type, index)
  converted.leaves.forEach((leaf, k) => {
    frame.builder.set(object.leaves[0]!, start + k, leaf, frame.at(span))
  })
  return value
}

export function fieldIndex(type: DataType, name: string): number {
  return fieldNames(type).indexOf(name)
}

export function fieldCount(frame: Frame, type: DataType, span: Span): Val {
  const { length } = type.name === NAMEDTUPLE ? fieldNames(type) : fieldTypes(type)
  return intVal(frame, length, span)
}

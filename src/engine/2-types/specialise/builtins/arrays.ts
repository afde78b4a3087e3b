/** Arrays: making them, their elements, their shape. */
import { leavesOf } from '../../layout.ts'
import type { JType } from '../../type.ts'
import { applyType } from '../apply-type.ts'
import { convertTo } from '../construct.ts'
import { unsetTest } from '../unset.ts'
import { boolVal, DEAD, intVal, isDead, typeVal } from '../value.ts'
import { type Builtin, type BuiltinTable, loosely, noMethod, strictly, typeArgument } from './builtin.ts'

const arrayNew: Builtin = (frame, args, _k, span) => {
  const type = typeArgument(args[0])
  const dims = args[1]
  if (type?.kind !== 'data' || !dims) return noMethod(frame, '__array_new', args, span)
  frame.s.registerStruct(type)
  return { type, leaves: [frame.builder.alloc(leavesOf(type)[0] as `arr<${string}>`, dims.leaves, frame.at(span))], constant: null }
}

const arrayGet: Builtin = (frame, args, _k, span) => {
  const [a, i] = args
  if (a?.type.kind !== 'data' || a.type.name.form !== 'array' || !i) return noMethod(frame, '__array_get', args, span)
  const type = a.type.params[0] as JType
  const at = frame.at(span)
  const index = frame.builder.op('i64.sub', [i.leaves[0]!, frame.builder.i64(1, at)], at, 'index')
  return { type, leaves: leavesOf(type).map((_, column) => frame.builder.load(a.leaves[0]!, index, column, at)), constant: null }
}

/** `__is_set(x)` of an element as it was read: an array of references that is made with `undef` has none yet. */
const isSet: Builtin = (frame, [x], _k, span) => {
  const unset = x ? unsetTest(frame, x, span) : null
  if (unset === null) return boolVal(frame, true, span)
  return { type: frame.s.baseType('Bool'), leaves: [frame.builder.op('bool.not', [unset], frame.at(span))], constant: null }
}

/** `__set_one(x)`: the element, or Julia's error if there is none. */
const setOne: Builtin = (frame, args, _k, span) => {
  const [x] = args
  if (!x) return noMethod(frame, '__set_one', args, span)
  const unset = unsetTest(frame, x, span)
  if (unset === null) return x
  return frame.s.branch(
    frame,
    unset,
    () => frame.s.emit.throwNew(frame, 'UndefRefError', [], span),
    () => x,
    span,
  )
}

const arraySet: Builtin = (frame, args, _k, span) => {
  const [a, v, i] = args
  if (a?.type.kind !== 'data' || a.type.name.form !== 'array' || !v || !i) return noMethod(frame, '__array_set', args, span)
  const value = convertTo(frame, v, a.type.params[0] as JType, span)
  if (isDead(value)) return DEAD
  const at = frame.at(span)
  const index = frame.builder.op('i64.sub', [i.leaves[0]!, frame.builder.i64(1, at)], at, 'index')
  value.leaves.forEach((leaf, column) => {
    frame.builder.store(a.leaves[0]!, index, column, leaf, at)
  })
  return a
}

const arrayReshape: Builtin = (frame, args, _k, span) => {
  const [a, dims] = args
  if (a?.type.kind !== 'data' || a.type.name.form !== 'array' || !dims || dims.type.kind !== 'data')
    return noMethod(frame, '__array_reshape', args, span)
  const base = applyType(
    frame,
    frame.s.readGlobal(frame, frame.s.world.core, 'Array', span),
    [typeVal(a.type.params[0] as JType), intVal(frame, dims.type.params.length, span)],
    span,
  )
  const type = typeArgument(base)!
  return { type, leaves: frame.builder.prim('arr.reshape', [...a.leaves, ...dims.leaves], leavesOf(type), frame.at(span)), constant: null }
}

export const ARRAY_BUILTINS: BuiltinTable = {
  __array_new: strictly(arrayNew),
  __array_get: strictly(arrayGet),
  __array_set: loosely(arraySet),
  __is_set: loosely(isSet),
  __set_one: loosely(setOne),
  __array_reshape: strictly(arrayReshape),
}

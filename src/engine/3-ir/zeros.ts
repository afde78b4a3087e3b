/** Zeros in the shape of memory: shadows that start at zero, and shadows set back to zero. */
import { InternalError } from '../../diagnostics/bug.ts'
import type { Module, Type } from './ir.ts'
import { ArrayObject, arrayOf, Boxed, type Column, getColumn, newColumn, newStruct, resizeWith, type StructObject } from './memory.ts'
import { Tape } from './tape.ts'
import { columnsOf, isArray, isObject, structOf } from './types.ts'

type Shape = Pick<Module, 'structs' | 'types'>

/**
 * `arr.zeros_like`: a deep copy with floats zero and other data kept; what is aliased stays aliased. Objects that the runtime
 * keeps in an `any` without leaves in the IR (types, hash indices) are shared.
 */
export function zerosLike(type: Type, value: unknown, module: Shape, seen: Map<object, unknown> = new Map()): unknown {
  if (type === 'f64' || type === 'f32') return 0
  if (value === null || typeof value !== 'object') return value
  const known = seen.get(value)
  if (known !== undefined) return known
  if (value instanceof Tape) {
    if (!value.isEmpty) throw new InternalError('zeros in the shape of a tape that is in use')
    return new Tape().onZeros()
  }
  if (value instanceof ArrayObject && isArray(type)) {
    const made = arrayOf(
      value.d.slice(),
      columnsOf(type).map((leaf, k) => zeroColumn(leaf, getColumn(value, k), value.n, seen)),
    )
    made.shared = value.shared
    seen.set(value, made)
    columnsOf(type).forEach((leaf, k) => {
      const column = getColumn(made, k)
      const old = getColumn(value, k)
      if (Array.isArray(column)) for (let i = 0; i < value.n; i++) column[i] = zerosLike(leaf, old[i], module, seen)
    })
    return made
  }
  if (value instanceof Boxed) {
    const made = new Boxed(value.t, value.v.slice())
    seen.set(value, made)
    const leaves = module.types[value.t]?.leaves ?? []
    leaves.forEach((leaf, i) => {
      made.v[i] = zerosLike(leaf, value.v[i], module, seen)
    })
    return made
  }
  if (isObject(type)) {
    const fields = module.structs.get(structOf(type))!.fields
    const made = newStruct(fields.map(() => null))
    seen.set(value, made)
    fields.forEach((field, i) => {
      made[`f${i}`] = zerosLike(field.type, (value as StructObject)[`f${i}`], module, seen)
    })
    return made
  }
  return value
}

/** `arr.zeros_beside`: as `zerosLike`, for memory that may still be resized. `seen` tells what was made for each object. */
export function zerosBeside(type: Type, value: unknown, module: Shape, seen = new Map<object, unknown>()): unknown {
  const made = zerosLike(type, value, module, seen)
  for (const [old, shadow] of seen) {
    if (old instanceof ArrayObject && old.d.length === 1 && !old.shared && old !== shadow) resizeWith(old, shadow as ArrayObject)
  }
  return made
}

/** The column of a zero shadow; arrays that share a column (`arr.reshape`) have shadows that share one. Its references are still to be copied. */
function zeroColumn(leaf: Type, old: Column, n: number, seen: Map<object, unknown>): Column {
  const known = seen.get(old)
  if (known !== undefined) return known as Column
  const made = leaf === 'f64' || leaf === 'f32' ? newColumn(leaf, n) : old.slice(0, n)
  if (n > 0) seen.set(old, made)
  return made
}

/** `arr.zero`: sets all float data reachable from a reference to zero, in place. */
export function zeroInPlace(type: Type, value: unknown, module: Shape, seen: Set<object> = new Set()): void {
  if (value === null || typeof value !== 'object' || seen.has(value)) return
  seen.add(value)
  if (value instanceof ArrayObject && isArray(type)) {
    columnsOf(type).forEach((leaf, k) => {
      const column = getColumn(value, k)
      if (leaf === 'f64' || leaf === 'f32') (column as Float64Array).fill(0, 0, value.n)
      else if (Array.isArray(column)) for (let i = 0; i < value.n; i++) zeroInPlace(leaf, column[i], module, seen)
    })
  } else if (value instanceof Boxed) {
    const leaves = module.types[value.t]?.leaves ?? []
    leaves.forEach((leaf, i) => {
      if (leaf === 'f64' || leaf === 'f32') value.v[i] = 0
      else zeroInPlace(leaf, value.v[i], module, seen)
    })
  } else if (isObject(type)) {
    const object = value as StructObject
    module.structs.get(structOf(type))!.fields.forEach((field, i) => {
      if (field.type === 'f64' || field.type === 'f32') object[`f${i}`] = 0
      else zeroInPlace(field.type, object[`f${i}`], module, seen)
    })
  }
}

/** The numbers that values hold, behind references too: copied, listed, and listed beside their shadows. */
import type { Module, Type } from '../3-ir/ir.ts'
import { ArrayObject, arrayOf, Boxed, type Column, getColumn, newStruct, type StructObject } from '../3-ir/memory.ts'
import { Tape } from '../3-ir/tape.ts'
import { columnsOf, isArray, isFloat, isObject, structOf } from '../3-ir/types.ts'
import { HashIndex } from '../6-emit/primitives.ts'

type Shape = Pick<Module, 'structs' | 'types'>

/** Copies values together, so that what they share their copies share; with `zero`, all floats in them are zero. */
export function copyValues(types: readonly Type[], values: readonly unknown[], module: Shape, zero = false): unknown[] {
  const seen = new Map<object, unknown>()
  return values.map((value, i) => copyValue(types[i]!, value, module, zero, seen))
}

function copyValue(type: Type, value: unknown, module: Shape, zero: boolean, seen: Map<object, unknown>): unknown {
  if (isFloat(type)) return zero ? 0 : value
  if (value === null || typeof value !== 'object') return value
  const known = seen.get(value)
  if (known !== undefined) return known
  if (value instanceof ArrayObject && isArray(type)) {
    const leaves = columnsOf(type)
    const made = arrayOf(
      value.d.slice(),
      leaves.map((leaf, k) => copyColumn(leaf, getColumn(value, k), zero, seen)),
    )
    made.shared = value.shared
    seen.set(value, made)
    leaves.forEach((leaf, k) => {
      const column = getColumn(made, k)
      if (Array.isArray(column)) for (let i = 0; i < value.n; i++) column[i] = copyValue(leaf, column[i], module, zero, seen)
    })
    return made
  }
  if (value instanceof Boxed) {
    const made = new Boxed(value.t, value.v.slice())
    seen.set(value, made)
    leavesOf(value, module).forEach((leaf, i) => {
      made.v[i] = copyValue(leaf, value.v[i], module, zero, seen)
    })
    return made
  }
  if (value instanceof HashIndex) {
    const made = new HashIndex(value.slots)
    seen.set(value, made)
    return made
  }
  if (isObject(type)) {
    const fields = fieldsOf(type, module)
    const made = newStruct(fields.map(() => null))
    seen.set(value, made)
    fields.forEach((field, i) => {
      made[`f${i}`] = copyValue(field, (value as StructObject)[`f${i}`], module, zero, seen)
    })
    return made
  }
  return value
}

/** Arrays may share a column; references in it are still to be copied. */
function copyColumn(leaf: Type, old: Column, zero: boolean, seen: Map<object, unknown>): Column {
  const known = seen.get(old)
  if (known !== undefined) return known as Column
  const made = old.slice() as Column
  if (zero && isFloat(leaf)) (made as Float64Array).fill(0)
  if (old.length > 0) seen.set(old, made)
  return made
}

function leavesOf(value: Boxed, module: Shape): readonly Type[] {
  return module.types[value.t]?.leaves ?? []
}

function fieldsOf(type: `obj<${string}>`, module: Shape): readonly Type[] {
  return module.structs.get(structOf(type))!.fields.map(field => field.type)
}

/** Is something among them that cannot be copied? */
export function holdsTape(values: readonly unknown[]): boolean {
  return values.some(value => value instanceof Tape && !value.isEmpty)
}

/** A place that holds a float. */
export interface Slot {
  readonly get: () => number
  readonly set: (value: number) => void
  readonly isNarrow: boolean
}

/** Primal floats and, for each, its place in the shadow: null where there is no shadow. */
export interface Floats {
  readonly primal: Slot[]
  readonly shadow: (Slot | null)[]
}

/**
 * All floats that the values at the `wanted` positions are or lead to, each once, in an order that depends on the primal alone.
 * `shadows` has the shadow beside each value; undefined where there is none.
 */
export function floatsOf(
  types: readonly Type[],
  primals: unknown[],
  shadows: unknown[],
  wanted: (position: number) => boolean,
  module: Shape,
): Floats {
  const floats: Floats = { primal: [], shadow: [] }
  const seen = new Set<unknown>()
  const add = (narrow: boolean, holder: Record<PropertyKey, unknown>, key: PropertyKey, shadow: unknown): void => {
    floats.primal.push(slot(holder, key, narrow))
    floats.shadow.push(isObjectLike(shadow) && shadow !== holder ? slot(shadow, key, narrow) : null)
  }
  const visit = (type: Type, value: unknown, shadow: unknown): void => {
    if (!isObjectLike(value) || seen.has(value)) return
    seen.add(value)
    const beside = isObjectLike(shadow) && shadow !== value ? shadow : null
    if (value instanceof ArrayObject && isArray(type)) {
      columnsOf(type).forEach((leaf, k) => {
        const column = getColumn(value, k) as unknown as Record<PropertyKey, unknown>
        const other = beside instanceof ArrayObject ? (getColumn(beside, k) as unknown as Record<PropertyKey, unknown>) : null
        const isFirst = !seen.has(column)
        seen.add(column)
        for (let i = 0; i < value.n; i++) {
          if (!isFloat(leaf)) visit(leaf, column[i], other?.[i])
          else if (isFirst) add(leaf === 'f32', column, i, other)
        }
      })
    } else if (value instanceof Boxed) {
      const other = beside instanceof Boxed ? beside.v : null
      leavesOf(value, module).forEach((leaf, i) => {
        if (isFloat(leaf)) add(leaf === 'f32', value.v as never, i, other)
        else visit(leaf, value.v[i], other?.[i])
      })
    } else if (isObject(type)) {
      fieldsOf(type, module).forEach((leaf, i) => {
        const key = `f${i}`
        if (isFloat(leaf)) add(leaf === 'f32', value as never, key, beside)
        else visit(leaf, (value as Record<string, unknown>)[key], (beside as Record<string, unknown> | null)?.[key])
      })
    }
  }
  types.forEach((type, k) => {
    if (!wanted(k)) return
    if (isFloat(type)) add(type === 'f32', primals as never, k, shadows)
    else visit(type, primals[k], shadows[k])
  })
  return floats
}

function isObjectLike(value: unknown): value is Record<PropertyKey, unknown> {
  return value !== null && typeof value === 'object'
}

function slot(holder: Record<PropertyKey, unknown>, key: PropertyKey, isNarrow: boolean): Slot {
  return {
    get: () => holder[key] as number,
    set: value => {
      holder[key] = value
    },
    isNarrow,
  }
}

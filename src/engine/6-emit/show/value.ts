/** A Julia value taken apart: its type and its leaves. */
import { fieldNames, fieldSlice, fieldTypes, isBoxed, isFlatUnion, leavesOf, memberSlice } from '../../2-types/layout.ts'
import type { DataType, JType } from '../../2-types/type.ts'
import { type ArrayObject, Boxed, getColumn, type StructObject } from '../../3-ir/memory.ts'

export interface Value {
  readonly type: JType
  /** As `leavesOf(type)` says. */
  readonly leaves: readonly unknown[]
  /** The value in its box, where it was found in one: immutable values that contain their like have no other form. */
  readonly box?: Boxed
}

export function elementType(type: DataType): JType {
  return type.params[0] as JType
}

/** Element at a 0-based index, whatever the rank. */
export function elementOf(type: DataType, array: ArrayObject, index: number): Value {
  const element = elementType(type)
  const leaves = leavesOf(element).map((leaf, column) => {
    const stored = getColumn(array, column)[index]
    return leaf === 'bool' ? stored !== 0 : stored
  })
  return { type: element, leaves }
}

/** Fields of a struct, mutable or not, a tuple or a named tuple. */
export function fieldsOf(type: DataType, leaves: readonly unknown[]): { name: string; value: Value }[] {
  const names = fieldNames(type)
  const object = type.name.form === 'mutable' ? (leaves[0] as StructObject) : null
  return fieldTypes(type).map((field, i) => {
    const [from, to] = fieldSlice(type, i)
    const own = object ? Array.from({ length: to - from }, (_, k) => object[`f${from + k}`]) : leaves.slice(from, to)
    return { name: names[i] ?? `${i + 1}`, value: { type: field, leaves: own } }
  })
}

/** Looks through unions and boxes to the value of concrete type; null for an undefined reference. */
export function concrete(value: Value, typeAt: (n: number) => JType): (Value & { readonly type: DataType }) | null {
  let { type, leaves, box } = value
  for (;;) {
    if (type.kind === 'union' && isFlatUnion(type)) {
      const member = leaves[0] as number
      leaves = leaves.slice(...memberSlice(type.members, member))
      type = type.members[member]!
      box = undefined
    } else if (leaves.length === 1 && leaves[0] instanceof Boxed && isBoxed(type)) {
      box = leaves[0]
      leaves = box.v
      const inner = typeAt(box.t)
      if (inner === type) return found(type, leaves, box)
      type = inner
      if (isBoxed(type)) return found(type, leaves, box)
    } else if (leaves.length === 1 && (leaves[0] === null || leaves[0] === undefined) && (isBoxed(type) || isReference(type))) return null
    else return found(type, leaves, box)
  }
}

function isReference(type: JType): boolean {
  return type.kind === 'data' && (type.name.form === 'array' || type.name.form === 'mutable' || type.name.leaf === 'str')
}

function found(type: JType, leaves: readonly unknown[], box: Boxed | undefined): (Value & { readonly type: DataType }) | null {
  return type.kind === 'data' ? { type, leaves, ...(box && { box }) } : null
}

/** Julia values as plain data, for checks and JSON. */
import { invariant } from '../../diagnostics/bug.ts'
import type { DataType } from '../2-types/type.ts'
import { typeOfText, typeText } from '../2-types/type-text.ts'
import type { ArrayObject, Boxed } from '../3-ir/memory.ts'
import type { Plain, Value as SessionValue } from '../session.ts'
import { ancestor, isNamed, type ShowHost } from './show/context.ts'
import { reprText } from './show/show.ts'
import { concrete, elementOf, fieldsOf, type Value } from './show/value.ts'

/** A value as a session hands it out; null is a statement without a value. */
export function plainValue(value: Boxed | null, host: ShowHost): SessionValue {
  if (!value) return { shown: 'nothing', type: 'Nothing', plain: null, size: null }
  const whole: Value = { type: host.typeAt(value.t), leaves: value.v }
  const found = concrete(whole, host.typeAt)
  const array = found && arrayOf(found.type, found.leaves, host)
  return {
    shown: reprText(value, host),
    type: typeOfText(found?.type ?? whole.type),
    plain: plainOf(whole, host, []),
    size: array ? [...array.array.d] : null,
  }
}

/** Arrays are lists, of rows where there is more than one axis; tuples are lists; named tuples and structs are records; what has no data is opaque. */
function plainOf(value: Value, host: ShowHost, outer: readonly object[]): Plain {
  const found = concrete(value, host.typeAt)
  if (!found) return null
  const { type, leaves } = found
  const { name } = type
  const opaque = (): Plain => ({ opaque: reprText(host.box(type, leaves), host) })
  const object = name.form === 'mutable' || name.form === 'array' ? leaves[0] : null
  if (object && outer.includes(object)) return opaque()
  const inside = object ? [...outer, object] : outer
  if (name.form === 'primitive') return isNamed(type, 'Char') ? String.fromCodePoint(leaves[0] as number) : (leaves[0] as Plain)
  if (isNamed(type, 'Nothing', 'Missing')) return null
  const collected = arrayOf(type, leaves, host)
  if (collected) return nested(collected, host, inside)
  const fields = fieldsOf(type, leaves).map(({ name: field, value: part }) => [field, plainOf(part, host, inside)] as const)
  if (name.form === 'tuple') return fields.map(([, part]) => part)
  if (isNamed(type, 'Rational')) return Number(fields[0]?.[1]) / Number(fields[1]?.[1])
  return fields.length === 0 || name.callable ? opaque() : Object.fromEntries(fields)
}

interface Collected {
  readonly type: DataType
  readonly array: ArrayObject
}

/** The elements of an array, range, set or dictionary. */
function arrayOf(type: DataType, leaves: readonly unknown[], host: ShowHost): Collected | null {
  if (type.name.form === 'array') return { type, array: leaves[0] as ArrayObject }
  if (!['AbstractArray', 'AbstractSet', 'AbstractDict'].some(name => ancestor(type, name))) return null
  const boxed = host.collect(host.box(type, leaves))
  if (!boxed) return null
  const made = host.typeAt(boxed.t)
  invariant(made.kind === 'data' && made.name.form === 'array', `collect of a ${typeText(type)} gave a ${typeText(made)}`)
  return { type: made, array: boxed.v[0] as ArrayObject }
}

function nested({ type, array }: Collected, host: ShowHost, outer: readonly object[]): Plain {
  const strides: number[] = []
  let stride = 1
  for (const size of array.d) {
    strides.push(stride)
    stride *= size
  }
  const at = (axis: number, offset: number): Plain => {
    if (axis === array.d.length) return plainOf(elementOf(type, array, offset), host, outer)
    return Array.from({ length: array.d[axis]! }, (_, i) => at(axis + 1, offset + i * strides[axis]!))
  }
  return at(0, 0)
}

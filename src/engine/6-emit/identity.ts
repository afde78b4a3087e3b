/** When two values are the same: `===` of boxed values, and a canonical text of a value under `isequal`, for hashing. */
import type { DataType, JType } from '../2-types/type.ts'
import { type ArrayObject, Boxed } from '../3-ir/memory.ts'
import type { Host } from './host.ts'
import { concrete, elementOf, fieldsOf, type Value } from './show/value.ts'
import { wideOf } from './wide.ts'

/** Julia's `===`: immutable values by content to the bit, others by identity. */
export function egal(a: Boxed | null, b: Boxed | null, host: Pick<Host, 'typeAt'>): boolean {
  if (a === b || a === null || b === null) return a === b
  if (a.t !== b.t) return false
  if (isMutable(host.typeAt(a.t))) return a.v[0] === b.v[0]
  return a.v.every((leaf, i) => sameLeaf(leaf, b.v[i], host))
}

/** Where objects stand in an array of which so many elements were looked at. */
interface Places {
  count: number
  readonly of: Map<unknown, number>
}

const places = new WeakMap<ArrayObject, Places>()

/**
 * The place of a value in an array that only grows, from 1; 0 if it is not there. An object is told by what it refers to alone, and is
 * found in the time that it takes to look at what was appended since.
 */
export function positionOf(items: ArrayObject, sought: Boxed, host: Pick<Host, 'typeAt'>): number {
  const held = items.c0 as (Boxed | null)[]
  if (!isMutable(host.typeAt(sought.t))) return 1 + held.slice(0, items.n).findIndex(at => egal(at, sought, host))
  let known = places.get(items)
  if (!known) {
    known = { count: 0, of: new Map() }
    places.set(items, known)
  }
  for (; known.count < items.n; known.count++) {
    const at = held[known.count]
    if (at && isMutable(host.typeAt(at.t))) known.of.set(at.v[0], known.count + 1)
  }
  return known.of.get(sought.v[0]) ?? 0
}

function sameLeaf(a: unknown, b: unknown, host: Pick<Host, 'typeAt'>): boolean {
  return a instanceof Boxed && b instanceof Boxed ? egal(a, b, host) : Object.is(a, b)
}

function isMutable(type: JType): boolean {
  return type.kind === 'data' && (type.name.form === 'mutable' || type.name.form === 'array')
}

const identities = new WeakMap<object, number>()
let identityCount = 0

function identityOf(object: object): number {
  let id = identities.get(object)
  if (id === undefined) {
    id = identityCount++
    identities.set(object, id)
  }
  return id
}

type KeyHost = Pick<Host, 'typeAt' | 'customKey'>

/** Equal for values that are `isequal`: numbers by value whatever their type, arrays and tuples by their elements, mutable structs by identity. */
export function keyOf(value: Boxed, host: KeyHost): string {
  return keyOfValue({ type: host.typeAt(value.t), leaves: value.v }, host)
}

function keyOfValue(value: Value, host: KeyHost): string {
  const found = concrete(value, host.typeAt)
  if (!found) return 'undefined'
  const { type, leaves } = found
  const { name } = type
  const [first] = leaves
  switch (name.form) {
    case 'primitive':
      return primitiveKey(name.name, first)
    case 'array': {
      const array = first as ArrayObject
      const items = Array.from({ length: array.n }, (_, i) => keyOfValue(elementOf(type, array, i), host))
      return `[${array.d.join('x')}:${items.join(',')}]`
    }
    case 'mutable':
      return host.customKey(type, leaves) ?? collectionKey(type, leaves, host) ?? `#${identityOf(first as object)}`
    default: {
      const custom = name.form === 'struct' ? host.customKey(type, leaves) : null
      if (custom !== null) return custom
      const keys = fieldsOf(type, leaves).map(field => keyOfValue(field.value, host))
      if (WIDE.has(name.name) && name.module === 'Base') return wideKey(first as string)
      if (name.name === 'BitArray' && name.module === 'Base') return keys[0]!
      const numeric = numericKey(name.name, keys)
      if (numeric) return numeric
      return name.form === 'tuple' ? `(${keys.join(',')})` : `${type.key}(${keys.join(',')})`
    }
  }
}

/** Equal for values that are `===`. */
export function identityKeyOf(value: Boxed, host: Pick<Host, 'typeAt'>): string {
  return identityKey({ type: host.typeAt(value.t), leaves: value.v }, host)
}

function identityKey(value: Value, host: Pick<Host, 'typeAt'>): string {
  const found = concrete(value, host.typeAt)
  if (!found) return 'undefined'
  const { type, leaves } = found
  if (isMutable(type)) return `#${identityOf(leaves[0] as object)}`
  if (type.name.form === 'primitive') return `${type.key} ${primitiveKey(type.name.name, leaves[0])}`
  return `${type.key}(${fieldsOf(type, leaves)
    .map(field => identityKey(field.value, host))
    .join(',')})`
}

/** Sets and dictionaries are equal by what they hold, in whatever order. */
function collectionKey(type: DataType, leaves: readonly unknown[], host: KeyHost): string | null {
  const { module, name } = type.name
  if (module !== 'Base' || (name !== 'Set' && name !== 'Dict')) return null
  const [, items, values] = fieldsOf(type, leaves).map(({ value }) => itemKeys(value, host))
  return `${name}{${items!
    .map((key, i) => (values ? `${key}=>${values[i]}` : key))
    .sort()
    .join(',')}}`
}

function itemKeys({ type, leaves }: Value, host: KeyHost): string[] {
  if (type.kind !== 'data' || type.name.form !== 'array') return []
  const array = leaves[0] as ArrayObject
  return Array.from({ length: array.n }, (_, i) => keyOfValue(elementOf(type, array, i), host))
}

/** Rationals and complex numbers that are integers or real hash like those. */
function numericKey(name: string, keys: readonly string[]): string | null {
  if (name === 'Rational' && keys.length === 2) {
    const value = Number(keys[0]) / Number(keys[1])
    return value * Number(keys[1]) === Number(keys[0]) && Number.isInteger(Math.log2(Number(keys[1])))
      ? primitiveKey('Float64', value)
      : `${keys[0]}//${keys[1]}`
  }
  if (name === 'Complex' && keys.length === 2) return keys[1] === '0' ? keys[0]! : `${keys[0]}+${keys[1]}im`
  return null
}

function primitiveKey(name: string, leaf: unknown): string {
  switch (name) {
    case 'String':
    case 'SubString':
      return JSON.stringify(leaf)
    case 'Symbol':
      return `:${JSON.stringify(leaf)}`
    case 'Char':
      return `'${leaf}`
    default:
      if (leaf === true) return '1'
      if (leaf === false) return '0'
      return Object.is(leaf, -0) ? '-0.0' : `${leaf}`
  }
}

const WIDE: ReadonlySet<string> = new Set(['BigInt', 'Int128', 'UInt128'])

/** Where a float is the same number, that of the float. */
function wideKey(text: string): string {
  const value = wideOf(text)
  const number = Number(value)
  return value === 2n ** 63n - 1n || (Number.isFinite(number) && BigInt(number) === value) ? `${number}` : `${value}`
}

/** 52 bits of FNV-1a, in two halves. */
export function hashOf(key: string): number {
  let low = 0x811c9dc5
  let high = 0x1b873593
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x85ebca6b)
    high ^= high >>> 13
  }
  return (high >>> 12) * 2 ** 32 + (low >>> 0)
}

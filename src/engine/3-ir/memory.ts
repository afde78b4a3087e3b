/**
 * What references are at run time: arrays, mutable structs, boxed values and traps. The interpreter, the emitted code and
 * the runtime all work on these very objects.
 *
 * Scalars: f64, f32 (already rounded) and i64 are numbers, bool is a JavaScript boolean, str a string; null is the null reference.
 */
import type { Loc, Type } from './ir.ts'
import { alsoStandsIn } from './stand-ins.ts'
import { columnsOf } from './types.ts'

/** f64 and i64 are Float64Array, f32 Float32Array, bool Uint8Array (0 or 1), the rest a plain array. */
export type Column = Float64Array | Float32Array | Uint8Array | unknown[]

/** Stands for a column that the array does not have. */
const NO_COLUMN: Column = []
const NO_REST: Column[] = []

/** Columns that have a field of their own; the others are in `rest`. */
export const DIRECT_COLUMNS = 4

/**
 * An array of any rank, column-major. One class with the same fields for every element type, so that emitted code reads
 * `a.c0[i]` without a dispatch. Columns may be longer than `n`: what was cut off by a resize stays readable there.
 */
export class ArrayObject {
  /** Number of elements; the product of `d`. */
  n: number
  /** Sizes. */
  d: number[]
  c0: Column
  c1: Column
  c2: Column
  c3: Column
  rest: Column[]
  /** The columns also belong to another array (`arr.reshape`), so this one cannot be resized. */
  shared: boolean

  constructor(n: number, d: number[], c0: Column, c1: Column, c2: Column, c3: Column, rest: Column[], shared: boolean) {
    this.n = n
    this.d = d
    this.c0 = c0
    this.c1 = c1
    this.c2 = c2
    this.c3 = c3
    this.rest = rest
    this.shared = shared
  }
}

/** The field of `ArrayObject` that holds a column, as JavaScript text: `c0`, `rest[1]`. */
export function columnField(column: number): string {
  return column < DIRECT_COLUMNS ? `c${column}` : `rest[${column - DIRECT_COLUMNS}]`
}

export function getColumn(array: ArrayObject, column: number): Column {
  // biome-ignore format: one case a line
  switch (column) {
    case 0: return array.c0
    case 1: return array.c1
    case 2: return array.c2
    case 3: return array.c3
    default: return array.rest[column - DIRECT_COLUMNS]!
  }
}

export function setColumn(array: ArrayObject, column: number, data: Column): void {
  // biome-ignore format: one case a line
  switch (column) {
    case 0: array.c0 = data; break
    case 1: array.c1 = data; break
    case 2: array.c2 = data; break
    case 3: array.c3 = data; break
    default: array.rest[column - DIRECT_COLUMNS] = data
  }
}

/** The one allocator of array data: zeros, false, null. */
export function newColumn(type: Type, capacity: number): Column {
  try {
    // biome-ignore format: one case a line
    switch (type) {
      case 'f64':
      case 'i64': return new Float64Array(capacity)
      case 'f32': return new Float32Array(capacity)
      case 'bool': return new Uint8Array(capacity)
      default: return new Array<unknown>(capacity).fill(null)
    }
  } catch (error) {
    if (error instanceof RangeError) throw new Trap({ kind: 'out-of-memory', elements: capacity })
    throw error
  }
}

/** A new array from its columns; `data` may be shorter than four. */
export function arrayOf(d: number[], data: readonly Column[]): ArrayObject {
  let n = 1
  for (const size of d) n *= size
  const rest = data.length > DIRECT_COLUMNS ? data.slice(DIRECT_COLUMNS) : NO_REST
  return new ArrayObject(n, d, data[0] ?? NO_COLUMN, data[1] ?? NO_COLUMN, data[2] ?? NO_COLUMN, data[3] ?? NO_COLUMN, rest, false)
}

/** No array has more elements, even if an empty size were one. Passes rely on it: products of sizes are exact. */
export const MOST_ELEMENTS = 2 ** 45

/** The number of elements of an array of these sizes. */
function countElements(d: readonly number[]): number {
  let n = 1
  let most = 1
  for (const size of d) {
    if (!(size >= 0)) throw new Trap({ kind: 'argument', message: 'invalid Array dimensions' })
    n *= size
    most *= Math.max(size, 1)
  }
  if (most > MOST_ELEMENTS)
    throw new Trap(n === 0 ? { kind: 'argument', message: 'invalid Array dimensions' } : { kind: 'out-of-memory', elements: n })
  return n
}

/** `alloc` of any element type. */
export function newArray(type: `arr<${string}>`, d: number[]): ArrayObject {
  const n = countElements(d)
  return arrayOf(
    d,
    columnsOf(type).map(leaf => newColumn(leaf, n)),
  )
}

/** `alloc` of the commonest type, without looking at it. */
export function newFloats(d: number[]): ArrayObject {
  const n = countElements(d)
  return new ArrayObject(n, d, newColumn('f64', n), NO_COLUMN, NO_COLUMN, NO_COLUMN, NO_REST, false)
}

/** `arr.reshape`: another array object over the same columns. */
export function reshape(array: ArrayObject, d: number[]): ArrayObject {
  const n = countElements(d)
  if (n !== array.n) {
    const found = `(${d.join(', ')}${d.length === 1 ? ',' : ''})`
    throw new Trap({ kind: 'dimension', message: `new dimensions ${found} must be consistent with array size ${array.n}` })
  }
  array.shared = true
  const made = new ArrayObject(n, d, array.c0, array.c1, array.c2, array.c3, array.rest, true)
  alsoStandsIn(array, made)
  return made
}

/** `arr.resize` of a vector in place. Capacity doubles; new elements that were never written are zero, those cut off before are as they were. */
export function resize(type: `arr<${string}>`, array: ArrayObject, n: number): void {
  if (array.shared) throw new Trap({ kind: 'argument', message: 'cannot resize array with shared data' })
  if (!(n >= 0)) throw new Trap({ kind: 'argument', message: 'new length must be ≥ 0' })
  countElements([n])
  const columns = columnsOf(type)
  for (let k = 0; k < columns.length; k++) {
    const old = getColumn(array, k)
    if (n <= old.length) continue
    const grown = newColumn(columns[k]!, Math.max(n, 2 * old.length, 4))
    if (Array.isArray(grown)) for (let i = 0; i < old.length; i++) grown[i] = old[i]
    else grown.set(old as Float64Array)
    setColumn(array, k, grown)
  }
  array.n = n
  array.d[0] = n
  if (anyBeside) for (const beside of besideOf.get(array) ?? []) resizeBeside(type, beside.deref(), n)
}

/** Zero shadows of vectors that have no shadow of their own: they get the vector's new size, wherever it is resized. */
const besideOf = new WeakMap<ArrayObject, WeakRef<ArrayObject>[]>()
let anyBeside = false

function resizeBeside(type: `arr<${string}>`, shadow: ArrayObject | undefined, n: number): void {
  if (shadow && !shadow.shared) resize(type, shadow, n)
}

/** From now on a shadow gets the size of a vector whenever that is resized. */
export function resizeWith(vector: ArrayObject, shadow: ArrayObject): void {
  anyBeside = true
  const others = (besideOf.get(vector) ?? []).filter(other => other.deref() !== undefined)
  besideOf.set(vector, [...others, new WeakRef(shadow)])
}

/** Size along a 0-based axis; 1 past the rank. */
export function dimOf(array: ArrayObject, axis: number): number {
  return axis < array.d.length ? array.d[axis]! : 1
}

/** A mutable struct: fields `f0`, `f1`, … in order. Emitted code writes the literal `{ f0: a, f1: b }`. */
export type StructObject = { [field: `f${number}`]: unknown }

export function newStruct(fields: readonly unknown[]): StructObject {
  const object: StructObject = {}
  for (let i = 0; i < fields.length; i++) object[`f${i}`] = fields[i]
  return object
}

/** An `any`: Julia type number `t` of `Module.types` and its leaves. As a shadow it holds the shadows of the leaves, and is written to. */
export class Boxed {
  readonly t: number
  readonly v: unknown[]

  constructor(t: number, v: unknown[]) {
    this.t = t
    this.v = v
  }
}

/** Why a program stopped. The runtime turns it into Julia's exception. */
export type TrapReason =
  /** `throw`: the boxed Julia exception. */
  | { readonly kind: 'thrown'; readonly value: Boxed }
  /** OverflowError of integer arithmetic: what was computed, as `3 * 5`. */
  | { readonly kind: 'overflow'; readonly what: string }
  | { readonly kind: 'divide' }
  /** InexactError of a conversion to Int64. */
  | { readonly kind: 'inexact'; readonly value: number }
  /**
   * BoundsError; `index` is 0-based, `axis` null for a linear index, `type` the array's where it is known, `julia` the same as Julia prints it,
   * `other` the 1-based index along the other axis.
   */
  | {
      readonly kind: 'bounds'
      readonly array: ArrayObject
      readonly axis: number | null
      readonly index: number
      readonly type?: Type
      readonly julia?: string | undefined
      readonly other?: number | undefined
    }
  /** BoundsError of a character index into a string, 0-based. */
  | { readonly kind: 'string-bounds'; readonly text: string; readonly index: number }
  /** TypeError of `unbox`: number of the Julia type that was expected, and what was found. */
  | { readonly kind: 'type'; readonly expected: number; readonly found: unknown }
  /** UndefRefError: a null reference was used. */
  | { readonly kind: 'undefined' }
  | { readonly kind: 'dimension'; readonly message: string }
  | { readonly kind: 'argument'; readonly message: string }
  | { readonly kind: 'out-of-memory'; readonly elements: number }
  | { readonly kind: 'stack-overflow' }

/** A run-time error of the program. Its JavaScript stack leads back to the source; the interpreter fills in `locs` instead. */
export class Trap extends Error {
  override readonly name = 'Trap'
  readonly reason: TrapReason
  /** Where it happened, then the calls that led there, innermost first. */
  readonly locs: Loc[] = []

  constructor(reason: TrapReason) {
    super('message' in reason ? reason.message : reason.kind)
    this.reason = reason
  }
}

/** The trap that a JavaScript error stands for: too deep a recursion, no memory, a null reference that emitted code used. Null for others, which are our bugs. */
export function asTrap(error: unknown): Trap | null {
  if (error instanceof Trap) return error
  if (error instanceof RangeError && error.message.includes('call stack')) return new Trap({ kind: 'stack-overflow' })
  if (error instanceof RangeError && /allocation|array length|typed array/i.test(error.message))
    return new Trap({ kind: 'out-of-memory', elements: 0 })
  if (error instanceof TypeError && /of null/.test(error.message)) return new Trap({ kind: 'undefined' })
  return null
}

/** The abstract pieces of memory that a function's references may point to, and sets of them. */
import type { Inst, Module, Type } from '../3-ir/ir.ts'
import { columnsOf, isArray, isObject, structOf } from '../3-ir/types.ts'

/**
 * `param`: what a parameter points to directly. `deep`: everything reachable from a parameter behind that. `local`: made here, at one
 * instruction. `global`: whatever global cells hold. `unknown`: what a dynamic call may give.
 */
export type ObjectKind = 'param' | 'deep' | 'local' | 'global' | 'unknown'

export interface MemObject {
  readonly index: number
  readonly kind: ObjectKind
  /** Number of the parameter for `param` and `deep`. */
  readonly param: number
  /** What makes it, for `local`. */
  readonly site: Inst | null
  /** Types of its columns (fields, leaves); null when it stands for many objects, which then have one column for everything. */
  readonly columns: readonly Type[] | null
  readonly type: Type | null
  readonly label: string
}

export type ObjectSet = ReadonlySet<number>
export const NO_OBJECTS: ObjectSet = new Set()

/** Types of the columns of an object of a static type; null for boxes and tapes, whose contents the type does not tell. */
export function columnTypes(type: Type, module: Module): readonly Type[] | null {
  if (isArray(type)) return columnsOf(type)
  if (isObject(type)) return module.structs.get(structOf(type))?.fields.map(field => field.type) ?? null
  return null
}

/** A part of memory: one column of one object, as a number. */
export type Cell = number
const COLUMNS = 4096

export function cellOf(object: MemObject, column: number): Cell {
  return object.index * COLUMNS + (object.columns ? column : 0)
}

export function objectOf(cell: Cell): number {
  return Math.floor(cell / COLUMNS)
}

export function columnOf(cell: Cell): number {
  return cell % COLUMNS
}

/** All cells of an object whose type passes. */
export function cellsOf(object: MemObject, passes: (type: Type | null) => boolean): Cell[] {
  if (!object.columns) return [cellOf(object, 0)]
  return object.columns.flatMap((type, column) => (passes(type) ? [cellOf(object, column)] : []))
}

export function addAll(to: Set<number>, from: Iterable<number>): boolean {
  const before = to.size
  for (const item of from) to.add(item)
  return to.size > before
}

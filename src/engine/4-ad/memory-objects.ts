/** The abstract pieces of memory that a function's references may point to. */
import type { Inst, Module, Type } from '../3-ir/ir.ts'
import { columnsOf, isArray, isObject, structOf } from '../3-ir/types.ts'

/**
 * `param`: what a parameter points to directly. `deep`: something reachable from a parameter behind that. `local`: made here, at one
 * instruction. `global`: whatever global cells hold. `unknown`: what a dynamic call may give.
 * `thrown`: what exceptions hold; apart from `unknown`, so that an error about active values does not mix them with globals.
 */
export type ObjectKind = 'param' | 'deep' | 'local' | 'global' | 'unknown' | 'thrown'

export interface MemObject {
  readonly index: number
  readonly kind: ObjectKind
  /** Number of the parameter for `param` and `deep`. */
  readonly param: number
  /** What makes it, for `local`. */
  readonly site: Inst | null
  /**
   * Types of its columns (fields, leaves); `open` for a box or tape, whose columns (leaves, slots) are known by use; null when it
   * stands for many objects, which then have one column for everything.
   */
  readonly columns: readonly Type[] | 'open' | null
  /** Columns of an open object that something was stored into or loaded from as a reference. */
  readonly used: Set<number>
  readonly type: Type | null
  readonly label: string
  /**
   * Of what a call inside of a circle of functions makes: the object it was in the function that allocates it, however many calls
   * away. So there is one for each call and place of allocation, and not one for each depth of recursion.
   */
  readonly origin: MemObject | null
}

/** The columns of an object of a static type. */
export function columnTypes(type: Type, module: Module): MemObject['columns'] {
  if (isArray(type)) return columnsOf(type)
  if (isObject(type)) return module.structs.get(structOf(type))?.fields.map(field => field.type) ?? null
  return 'open'
}

/** A part of memory: one column of one object, as a number. */
export type Cell = number
const COLUMNS = 2 ** 20
/** The column of an open object for what may stand in any of them. */
export const ANY_COLUMN = COLUMNS - 1

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
  const { columns } = object
  if (!columns) return [cellOf(object, 0)]
  const cells: Cell[] = []
  if (columns === 'open') for (const column of object.used) cells.push(cellOf(object, column))
  else for (let column = 0; column < columns.length; column++) if (passes(columns[column]!)) cells.push(cellOf(object, column))
  return cells
}

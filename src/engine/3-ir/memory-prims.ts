/** The primitives that are about arrays and references alone, over `memory.ts`: argument values, type of the first one, module → results. */
import type { Module, Type } from './ir.ts'
import { type ArrayObject, dimOf, reshape, resize, Trap } from './memory.ts'
import type { Prim } from './prims.ts'
import { markStandIns } from './stand-ins.ts'
import { zeroInPlace, zerosBeside, zerosLike } from './zeros.ts'

type MemoryRule = (args: readonly unknown[], type: Type, module: Module) => readonly unknown[]

function arr(value: unknown): ArrayObject {
  if (value === null) throw new Trap({ kind: 'undefined' })
  return value as ArrayObject
}

// biome-ignore format: one primitive a line
export const MEMORY_PRIMS = {
  'arr.len': ([a]) => [arr(a).n],
  'arr.dim': ([a, axis]) => [dimOf(arr(a), axis as number)],
  'arr.check': ([a, index]) => checkIndex(arr(a), index as number),
  'arr.check_dim': ([a, axis, index, other]) => checkAxis(arr(a), axis as number, index as number, other as number | undefined),
  'arr.reshape': ([a, ...dims]) => [reshape(arr(a), dims as number[])],
  'arr.resize': ([a, n], type) => { resize(type as `arr<${string}>`, arr(a), n as number); return [] },
  'arr.same': ([a, b]) => [a === b],
  'arr.zeros_like': ([a], type, module) => [zerosLike(type, a, module)],
  'arr.zeros_beside': ([a], type, module) => [zerosBeside(type, a, module)],
  'arr.stand_in': ([a], type, module) => [standIn(type, a, module, null)],
  'arr.stand_in_of_call': ([a, ...args], type, module) => [standIn(type, a, module, args)],
  'arr.zero': ([a], type, module) => { zeroInPlace(type, a, module); return [] },
  'ref.is_null': ([a]) => [a === null],
  'ref.same': ([a, b]) => [a === b],
} satisfies Partial<Record<Prim, MemoryRule>> as Readonly<Record<MemoryPrim, MemoryRule>>

export type MemoryPrim = Extract<Prim, `arr.${string}` | `ref.${string}`>

/** A zero shadow of memory without a shadow, marked so; `from` is null if the memory is constant, else the arguments of the call that gave it. */
export function standIn(type: Type, value: unknown, module: Pick<Module, 'structs' | 'types'>, from: readonly unknown[] | null): unknown {
  const made = new Map<object, unknown>()
  const shadow = zerosBeside(type, value, module, made)
  markStandIns(made, from)
  return shadow
}

/** `arr.check`: BoundsError unless 0 ≤ index < length. */
export function checkIndex(array: ArrayObject, index: number): readonly unknown[] {
  if (!(index >= 0 && index < array.n)) throw new Trap({ kind: 'bounds', array, axis: null, index, other: undefined })
  return []
}

/** `arr.check_dim`: BoundsError unless 0 ≤ index < the size along the axis. */
export function checkAxis(array: ArrayObject, axis: number, index: number, other?: number): readonly unknown[] {
  if (!(index >= 0 && index < dimOf(array, axis))) throw new Trap({ kind: 'bounds', array, axis, index, other })
  return []
}

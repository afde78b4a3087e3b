/** Constant memory into which something active was stored while a derivative runs, each with the number of what is wrong with that. */
import { ArrayObject } from './memory.ts'
import { behind } from './memory-behind.ts'

let losses = new WeakMap<object, number>()
let first: number | null = null

export function forgetLosses(): void {
  if (first === null) return
  losses = new WeakMap()
  first = null
}

/** -1: what goes there may come from memory that is marked. */
export function markLoss(memory: object, failure: number): void {
  if (failure < 0 && first === null) return
  const number = failure < 0 ? first! : failure
  first ??= number
  losses.set(memory, number)
  // Another handle may have the same columns, and this one may get others when it is resized.
  if (memory instanceof ArrayObject) losses.set(memory.c0, number)
}

/** The same for all memory behind a value that goes into other memory: for -1, if that is marked. */
export function markBehind(into: object, value: unknown, failure: number): void {
  const number = failure < 0 ? lossIn(into) : failure
  if (number !== null) for (const memory of behind(value)) markLoss(memory, number)
}

export function lossIn(memory: object): number | null {
  if (first === null) return null
  return losses.get(memory) ?? (memory instanceof ArrayObject ? losses.get(memory.c0) : undefined) ?? null
}

export function anyLoss(): number | null {
  return first
}

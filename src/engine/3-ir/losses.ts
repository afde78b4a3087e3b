/** Constant memory into which something active was stored while a derivative runs, each with the number of what is wrong with that. */
import { ArrayObject } from './memory.ts'
import { behind } from './memory-behind.ts'

let losses = new WeakMap<object, number>()
/** Memory that has a shadow of its own, but is found in constant memory too, and there without it. */
let held = new WeakMap<object, number>()
let first: number | null = null

export function forgetLosses(): void {
  if (first === null) return
  losses = new WeakMap()
  held = new WeakMap()
  first = null
}

/** -1: what goes there may come from memory that is marked. */
export function markLoss(memory: object, failure: number): void {
  if (failure < 0 && first === null) return
  const number = failure < 0 ? first! : failure
  first ??= number
  mark(losses, memory, number)
}

/** The same for all memory behind a value that goes into other memory: for -1, if that is marked. */
export function markBehind(into: object, value: unknown, failure: number): void {
  const number = failure < 0 ? lossIn(into) : failure
  if (number === null) return
  for (const memory of behind(value)) {
    markLoss(memory, number)
    mark(held, memory, number)
  }
}

/** What is in `into` may have been loaded from what is behind one of these, or from anywhere for null. */
export function markOn(from: Iterable<unknown> | null, into: unknown): void {
  if (first === null) return
  const number = from === null ? first : lossBehind(from)
  if (number === null) return
  for (const memory of behind(into)) mark(losses, memory, number)
}

/** What something behind one of these is marked with. */
export function lossBehind(values: Iterable<unknown>): number | null {
  if (first === null) return null
  for (const value of values) {
    for (const memory of behind(value)) {
      const number = found(losses, memory)
      if (number !== null) return number
    }
  }
  return null
}

export function lossIn(memory: object): number | null {
  return first === null ? null : found(losses, memory)
}

export function lossOfHeld(memory: object): number | null {
  return first === null ? null : found(held, memory)
}

/** What was lost first. */
export function anyLoss(): number | null {
  return first
}

// Another handle of an array may have the same columns, and this one may get others when it is resized.
function mark(marks: WeakMap<object, number>, memory: object, number: number): void {
  marks.set(memory, number)
  if (memory instanceof ArrayObject) marks.set(memory.c0, number)
}

function found(marks: WeakMap<object, number>, memory: object): number | null {
  return marks.get(memory) ?? (memory instanceof ArrayObject ? marks.get(memory.c0) : undefined) ?? null
}

/** What is reachable from values at run time. */
import { ArrayObject, Boxed } from './memory.ts'
import { Tape } from './tape.ts'

/** Is memory found behind these values? Arrays that share a column are the same memory. */
export function isBehind(values: readonly unknown[], wanted: object): boolean {
  const memoryOf = (value: object): object => (value instanceof ArrayObject && value.n > 0 ? value.c0 : value)
  const target = memoryOf(wanted)
  const seen = new Set<object>()
  const open: unknown[] = [...values]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    if (memoryOf(value) === target) return true
    seen.add(value)
    for (const part of partsOf(value)) open.push(part)
  }
  return false
}

/** All arrays and objects behind a value, itself included. */
export function behind(value: unknown): ReadonlySet<object> {
  const seen = new Set<object>()
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    for (const part of partsOf(next)) open.push(part)
  }
  return seen
}

function partsOf(value: object): readonly unknown[] {
  if (value instanceof ArrayObject) return [value.c0, value.c1, value.c2, value.c3, ...value.rest]
  if (value instanceof Boxed) return value.v
  if (value instanceof Tape) return value.refs
  if (Array.isArray(value)) return value
  return ArrayBuffer.isView(value) ? [] : Object.values(value)
}

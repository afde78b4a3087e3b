/** What the library keeps in globals of its own, as it was when it was put there: has a program changed any of it? */

import { Boxed } from './3-ir/memory.ts'

interface Kept {
  readonly cell: readonly unknown[]
  readonly leaves: readonly unknown[]
  /** The fields of each leaf that is memory. */
  readonly inside: readonly (Readonly<Record<string, unknown>> | null)[]
}

function fieldsOf(leaf: unknown): Record<string, unknown> | null {
  return typeof leaf === 'object' && leaf !== null ? { ...leaf } : null
}

function areSame(a: object, b: object): boolean {
  const [before, now] = [Object.entries(a), Object.entries(b)]
  return before.length === now.length && before.every(([key, value], i) => now[i]![0] === key && isSame(value, now[i]![1]))
}

/** A boxed value has no identity: what was taken out and put back may be in another box. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  return (
    a instanceof Boxed && b instanceof Boxed && a.t === b.t && a.v.length === b.v.length && a.v.every((leaf, i) => Object.is(leaf, b.v[i]))
  )
}

export class LibraryMemory {
  readonly #kept: Kept[] = []

  /** `cell` was given its value by the library. */
  note(cell: readonly unknown[]): void {
    this.#kept.push({ cell, leaves: [...cell], inside: cell.map(fieldsOf) })
  }

  /** Looks at the globals and at the fields of what they refer to; the library keeps nothing that is deeper. */
  get isUnchanged(): boolean {
    return this.#kept.every(({ cell, leaves, inside }) =>
      leaves.every((leaf, i) => Object.is(cell[i], leaf) && (!inside[i] || areSame(inside[i], leaf as object))),
    )
  }
}

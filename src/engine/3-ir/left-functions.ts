/** What is left of a module of the IR when functions that it was compiled for are no longer wanted. */
import type { Module } from './ir.ts'
import { forEachInst } from './visit.ts'

/** A table of what is known of functions by their names. */
export interface ByName {
  keys(): Iterable<string>
  delete(name: string): unknown
}

/** The functions that are wanted for themselves, what is derived of those, and whatever one of them calls. */
export function leftFunctions({ funcs, derived }: Module, isWanted: (name: string) => boolean): ReadonlySet<string> {
  const isRoot = (name: string): boolean => {
    const transform = derived.get(name)
    return transform ? isRoot(transform.of) : isWanted(name)
  }
  const left = new Set([...funcs.keys(), ...derived.keys()].filter(isRoot))
  // The set grows while it is gone through.
  for (const name of left) {
    const transform = derived.get(name)
    if (transform) left.add(transform.of)
    const func = funcs.get(name)
    if (func)
      forEachInst(func.body, inst => {
        if (inst.kind === 'call') left.add(inst.callee)
      })
  }
  return left
}

export function keepOnly(left: ReadonlySet<string>, ...tables: readonly ByName[]): void {
  for (const table of tables) for (const name of table.keys()) if (!left.has(name)) table.delete(name)
}

/** Compiled functions by number, so that a line of a JavaScript stack trace finds its place in the program. */
import type { Func, Loc } from '../3-ir/ir.ts'
import type { Emitted } from './emit.ts'

export interface Unit extends Emitted {
  readonly number: number
  readonly func: Func
}

/** Name of a unit in stack traces: `adrepro-<number>`; counted over all sessions, so that names never meet. */
export const UNIT_PREFIX = 'adrepro-'

/** `new Function` puts two lines before the body. */
const LINES_BEFORE = 2

let count = 0
/** Weak: a session keeps its units alive, this does not. A finalisation registry would tidy up, but cannot be part of a startup snapshot. */
const units = new Map<number, WeakRef<Unit>>()
let tidyAt = 1024

export function newUnit(func: Func, emitted: Emitted): Unit {
  const unit: Unit = { ...emitted, number: count++, func }
  units.set(unit.number, new WeakRef(unit))
  if (units.size >= tidyAt) {
    for (const [number, ref] of units) if (!ref.deref()) units.delete(number)
    tidyAt = Math.max(1024, 2 * units.size)
  }
  return unit
}

/** The place of a line of a stack trace; null if the unit is gone or the line is not its own. */
export function placeOf(number: number, lineNumber: number): Loc | null {
  return units.get(number)?.deref()?.lines[lineNumber - 1 - LINES_BEFORE] ?? null
}

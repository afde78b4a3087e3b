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
/** Weak: a session keeps its units alive, this does not. */
const units = new Map<number, WeakRef<Unit>>()
const forgotten = new FinalizationRegistry<number>(number => units.delete(number))

export function newUnit(func: Func, emitted: Emitted): Unit {
  const unit: Unit = { ...emitted, number: count++, func }
  units.set(unit.number, new WeakRef(unit))
  forgotten.register(unit, unit.number)
  return unit
}

/** The place of a line of a stack trace; null if the unit is gone or the line is not its own. */
export function placeOf(number: number, lineNumber: number): Loc | null {
  return units.get(number)?.deref()?.lines[lineNumber - 1 - LINES_BEFORE] ?? null
}

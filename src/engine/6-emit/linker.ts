/** Compiles functions of the IR when they are first called, and again when they are called often; knows for every line of code where it comes from. */
import { invariant } from '../../diagnostics/bug.ts'
import type { Func } from '../3-ir/ir.ts'
import { keepOnly } from '../3-ir/left-functions.ts'
import { emitFunc } from './emit.ts'
import type { Library } from './library.ts'
import { type Registers, register } from './registers.ts'
import { newUnit, UNIT_PREFIX, type Unit } from './units.ts'

/** A compiled function: leaves in, the first result out. */
export type Compiled = (...args: unknown[]) => unknown

export interface Linker {
  /** The compiled function, compiling it now if need be. */
  readonly get: (name: string) => Compiled
  /** Calls a function and collects all its results. */
  readonly call: (name: string, args: readonly unknown[]) => unknown[]
  /** The same for many calls of one function, which is compiled at the first. */
  readonly callable: (name: string) => (args: readonly unknown[]) => unknown[]
  /** The JavaScript of a function. */
  readonly codeOf: (name: string) => string
  /** Characters of JavaScript compiled so far. */
  readonly size: () => number
  /** Forgets functions that are not left. */
  readonly letGo: (left: ReadonlySet<string>) => void
}

/** A function as it stands. */
interface First {
  readonly run: Compiled
  /** Held, for as long as a call may be under way. */
  readonly unit: Unit
  calls: number
}

/** Calls from outside for which a function is good enough as it stands: most statements run once, and to optimise one takes longer. */
const FIRST_CALLS = 8

/**
 * `compile` gives the final IR of a function, deriving and optimising it as needed; it is asked once for each name. `first` gives what may run
 * in its place for the first calls from outside, or null for a function that is worth the optimiser at once.
 */
export function newLinker(
  library: Library,
  compile: (name: string) => Func,
  { emit = emitFunc, first = () => null }: { readonly emit?: typeof emitFunc; readonly first?: (name: string) => Func | null } = {},
): Linker {
  const units = new Map<string, Unit>()
  const compiled = new Map<string, Compiled>()
  /** Null for those that are optimised from the start. */
  const firsts = new Map<string, First | null>()
  let size = 0

  const newUnitOf = (func: Func): Unit => {
    const unit = newUnit(func, emit(func))
    size += unit.code.length
    return unit
  }

  const unitOf = (name: string): Unit => {
    let unit = units.get(name)
    if (!unit) {
      unit = newUnitOf(compile(name))
      units.set(name, unit)
    }
    return unit
  }

  const link = ({ number, code, callees, func }: Unit): Compiled => {
    const make = new Function('$lib', '$link', `${code}\n//# sourceURL=${UNIT_PREFIX}${number}`) as (lib: Library, link: Link) => Compiled
    return make(library, (index, set) => {
      const callee = callees[index]
      invariant(callee !== undefined, `callee ${index} of ${func.name} does not exist`)
      return compiled.get(callee) ?? stub(callee, set)
    })
  }

  const get = (name: string): Compiled => {
    let ready = compiled.get(name)
    if (!ready) {
      ready = link(unitOf(name))
      compiled.set(name, ready)
    }
    return ready
  }

  /** What runs this call, if that is the function as it stands. */
  const firstOf = (name: string): First | null => {
    if (compiled.has(name)) return null
    let found = firsts.get(name)
    if (found === undefined) {
      const func = first(name)
      const unit = func && newUnitOf(func)
      found = unit && { run: link(unit), unit, calls: 0 }
      firsts.set(name, found)
    }
    return found && found.calls++ < FIRST_CALLS ? found : null
  }

  const stub =
    (callee: string, set: (linked: Compiled) => void): Compiled =>
    (...args) => {
      const linked = get(callee)
      set(linked)
      return linked(...args)
    }

  const callable = (name: string): ((args: readonly unknown[]) => unknown[]) => {
    let final: Compiled | null = null
    let places: readonly (keyof Registers)[] | null = null
    return args => {
      const now = final ? null : firstOf(name)
      if (!now) final ??= get(name)
      places ??= (now?.unit ?? unitOf(name)).func.results.map(register)
      const results = [(now?.run ?? final!)(...args)]
      if (places.length === 0) return []
      for (let i = 1; i < places.length; i++) results[i] = library[places[i]!][i]
      return results
    }
  }

  return {
    get,
    call: (name, args) => callable(name)(args),
    callable,
    codeOf: name => unitOf(name).code,
    size: () => size,
    letGo: left => keepOnly(left, units, compiled, firsts),
  }
}

type Link = (index: number, set: (linked: Compiled) => void) => Compiled

/** Compiles functions of the IR when they are first called, and knows for every line of generated code where it comes from. */
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

/** `compile` gives the final IR of a function, deriving and optimising it as needed; it is asked once for each name. */
export function newLinker(library: Library, compile: (name: string) => Func, emit = emitFunc): Linker {
  const units = new Map<string, Unit>()
  const compiled = new Map<string, Compiled>()
  let size = 0

  const unitOf = (name: string): Unit => {
    let unit = units.get(name)
    if (!unit) {
      const func = compile(name)
      unit = newUnit(func, emit(func))
      units.set(name, unit)
      size += unit.code.length
    }
    return unit
  }

  const get = (name: string): Compiled => {
    let ready = compiled.get(name)
    if (!ready) {
      const { number, code, callees } = unitOf(name)
      const make = new Function('$lib', '$link', `${code}\n//# sourceURL=${UNIT_PREFIX}${number}`) as (lib: Library, link: Link) => Compiled
      ready = make(library, (index, set) => {
        const callee = callees[index]
        invariant(callee !== undefined, `callee ${index} of ${name} does not exist`)
        const linked = compiled.get(callee)
        return linked ?? stub(callee, set)
      })
      compiled.set(name, ready)
    }
    return ready
  }

  const stub =
    (callee: string, set: (linked: Compiled) => void): Compiled =>
    (...args) => {
      const linked = get(callee)
      set(linked)
      return linked(...args)
    }

  const callable = (name: string): ((args: readonly unknown[]) => unknown[]) => {
    let run: Compiled | null = null
    let places: readonly (keyof Registers)[] = []
    return args => {
      if (!run) {
        run = get(name)
        places = unitOf(name).func.results.map(register)
      }
      const results = [run(...args)]
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
    letGo: left => keepOnly(left, units, compiled),
  }
}

type Link = (index: number, set: (linked: Compiled) => void) => Compiled

/** The runtime of one session: the library that emitted code uses, the cells of globals, random numbers, memory. */

import { zeroOf } from '../3-ir/interpret.ts'
import { Boxed, dimOf, newArray, newFloats, Trap } from '../3-ir/memory.ts'
import { SCALAR } from '../3-ir/scalar.ts'
import { Tape } from '../3-ir/tape.ts'
import { columnsOf } from '../3-ir/types.ts'
import { type Budget, newBudget } from './budget.ts'
import { exceptionOf } from './exceptions.ts'
import type { Host } from './host.ts'
import type { Library } from './library.ts'
import { type Means, PRIMITIVES } from './primitives.ts'
import { newRandom } from './random.ts'
import { newRegisters } from './registers.ts'

export interface Runtime extends Means {
  readonly library: Library
  /** The Julia exception that an error stands for; null if it is none of the program's. */
  readonly exceptionOf: (error: unknown) => Boxed | null
}

export interface Limits {
  /** Memory that may be alive, in bytes. */
  readonly bytes: number
}

export const DEFAULT_LIMITS: Limits = { bytes: 2 * 2 ** 30 }

/** A fixed first seed: a program that does not seed gives the same numbers on every run. */
const FIRST_SEED = 42

/** `tapes`: the tapes that derivatives use, where they are measured. `onMemory` is told before elements of arrays are made. */
export function newRuntime(
  host: Host,
  limits: Limits = DEFAULT_LIMITS,
  tapes: typeof Tape = Tape,
  onMemory: ((bytes: number) => void) | null = null,
): Runtime {
  const budget = onMemory ? watched(newBudget(limits.bytes), onMemory) : newBudget(limits.bytes)
  const cells: unknown[][] = []
  /** Of exceptions that were caught: one that is thrown on is the error that it was, with its place and all that is known of it. */
  const errors = new WeakMap<Boxed, Error>()

  const take = (dims: readonly number[], bytesEach: number): void => {
    let n = 1
    for (const size of dims) n *= size
    budget.take(n, n * bytesEach)
  }

  const library: Library = {
    ...newRegisters(),
    scalar: SCALAR,
    Boxed,
    Tape: tapes,
    dimOf,
    newFloats(dims) {
      take(dims, 8)
      return newFloats(dims)
    },
    newArray(type, dims) {
      take(dims, bytesOf(type))
      return newArray(type, dims)
    },
    cell(index) {
      let cell = cells[index]
      if (!cell) {
        cell = (host.module.globals[index]?.leaves ?? []).map(zeroOf)
        cells[index] = cell
      }
      return cell
    },
    primitive: (prim, types) => PRIMITIVES[prim](runtime, types),
    dynamicCall: host.dynamicCall,
    thrown: value => (value && errors.get(value)) ?? new Trap(value === null ? { kind: 'undefined' } : { kind: 'thrown', value }),
    caught(error) {
      const exception = exceptionOf(error, host)
      if (!exception) throw error
      if (error instanceof Error) errors.set(exception, error)
      return exception
    },
    wrongType(expected, found) {
      throw new Trap(found === null || found === undefined ? { kind: 'undefined' } : { kind: 'type', expected, found })
    },
    outOfBounds(array, axis, index, type, julia, other) {
      throw new Trap(array === null ? { kind: 'undefined' } : { kind: 'bounds', array, axis, index, type, julia, other })
    },
  }
  const runtime: Runtime = {
    host,
    library,
    random: newRandom(FIRST_SEED),
    place(exception) {
      if (!errors.has(exception)) errors.set(exception, new Trap({ kind: 'thrown', value: exception }))
    },
    budget,
    globals: () => host.module.globals.flatMap(({ isLeft }, index) => (isLeft ? [] : library.cell(index))),
    exceptionOf: error => exceptionOf(error, host),
  }
  return runtime
}

function watched(budget: Budget, onMemory: (bytes: number) => void): Budget {
  return {
    take(elements, bytes) {
      budget.take(elements, bytes)
      onMemory(bytes)
    },
  }
}

/** Bytes of one element in its columns. */
function bytesOf(type: `arr<${string}>`): number {
  let bytes = 0
  for (const leaf of columnsOf(type)) bytes += leaf === 'bool' ? 1 : leaf === 'f32' ? 4 : 8
  return bytes
}

/** Keeps a program from taking more memory than it may: large requests are refused before they are made. */
import { getHeapStatistics } from 'node:v8'
import { Trap } from '../3-ir/memory.ts'

export interface Budget {
  /** Must be called before memory for so many elements is taken; throws the trap of an OutOfMemoryError. */
  readonly take: (elements: number, bytes: number) => void
}

/** After so many bytes were taken, the live memory is measured again. */
const MEASURE_EVERY = 64 * 2 ** 20

/** `bytes` bounds what is alive, not what was ever taken: garbage does not count for long. */
export function newBudget(limit: number): Budget {
  let sinceMeasured = 0
  let alive = 0
  return {
    take(elements, bytes) {
      sinceMeasured += bytes
      if (sinceMeasured < MEASURE_EVERY && alive + sinceMeasured <= limit) return
      if (bytes > limit) {
        sinceMeasured -= bytes
        throw new Trap({ kind: 'out-of-memory', elements })
      }
      const { used_heap_size, external_memory } = getHeapStatistics()
      alive = used_heap_size + external_memory
      sinceMeasured = 0
      if (alive + bytes > limit) throw new Trap({ kind: 'out-of-memory', elements })
      sinceMeasured = bytes
    },
  }
}

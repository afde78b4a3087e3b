/** Tapes that say how full they get. */
import { roomier, Tape } from '../3-ir/memory.ts'

export interface TapeMeter {
  readonly Tape: typeof Tape
  /** What all tapes so far held when they were fullest. */
  readonly bytes: () => number
}

const BYTES_EACH = 8

export function newTapeMeter(onMemory: (bytes: number) => void = () => {}): TapeMeter {
  let entries = 0

  /** Counts what a stack holds beyond what it has held before. */
  const watch = (tape: Tape, field: 'floatCount' | 'intCount'): void => {
    let count = 0
    let most = 0
    Object.defineProperty(tape, field, {
      get: () => count,
      set: (now: number) => {
        count = now
        entries += Math.max(0, now - most)
        most = Math.max(most, now)
      },
    })
  }

  class MeasuredTape extends Tape {
    #most = 0

    constructor() {
      super()
      watch(this, 'floatCount')
      watch(this, 'intCount')
    }

    override roomForFloats(count: number, more: number): Float64Array {
      onMemory(roomier(this.floats, count + more) * BYTES_EACH)
      return super.roomForFloats(count, more)
    }

    override roomForInts(count: number, more: number): Float64Array {
      onMemory(roomier(this.ints, count + more) * BYTES_EACH)
      return super.roomForInts(count, more)
    }

    override pushRef(value: unknown): void {
      super.pushRef(value)
      if (this.refs.length <= this.#most) return
      this.#most = this.refs.length
      entries++
    }
  }

  return { Tape: MeasuredTape, bytes: () => entries * BYTES_EACH }
}

/** Tapes that say how full they get. */
import { NumberStack, Tape } from '../3-ir/tape.ts'

export interface TapeMeter {
  readonly Tape: typeof Tape
  /** What all tapes so far held when they were fullest. */
  readonly bytes: () => number
}

const BYTES_EACH = 8

export function newTapeMeter(onMemory: (bytes: number) => void = () => {}): TapeMeter {
  let entries = 0

  class MeasuredStack extends NumberStack {
    #most = 0

    constructor() {
      super()
      let count = 0
      // What a stack holds beyond what it has held before is counted whenever its count is written.
      Object.defineProperty(this, 'count', {
        get: () => count,
        set: (now: number) => {
          count = now
          entries += Math.max(0, this.size - this.#most)
          this.#most = Math.max(this.#most, this.size)
        },
      })
    }

    protected override makeChunk(length: number): Float64Array {
      onMemory(length * BYTES_EACH)
      return super.makeChunk(length)
    }
  }

  class MeasuredTape extends Tape {
    #most = 0

    constructor() {
      super(() => new MeasuredStack())
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

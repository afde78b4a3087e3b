/** Processes that have run a case, left no trace of it, and may run another: starting one takes longer than most cases. */
import { discard, type Waiting } from './child.ts'
import type { EngineName } from './engines/table.ts'

export class UsedProcesses {
  readonly #most: number
  readonly #waiting: { readonly engine: EngineName; readonly child: Waiting }[] = []

  /** `most`: how many may wait at a time. */
  constructor(most: number) {
    this.#most = most
  }

  take(engine: EngineName, megabytes: number): Waiting | null {
    const at = this.#waiting.findIndex(w => w.engine === engine && w.child.megabytes === megabytes)
    return at < 0 ? null : this.#waiting.splice(at, 1)[0]!.child
  }

  keep(engine: EngineName, child: Waiting): void {
    this.#waiting.push({ engine, child })
    if (this.#waiting.length > this.#most) discard(this.#waiting.shift()!.child)
  }

  discardAll(): void {
    for (const { child } of this.#waiting.splice(0)) discard(child)
  }
}

/** Processes that are started before it is known what they are for: starting one takes as long as reading the command line and the cases. */
import { discard, startChild, type Waiting } from './child.ts'
import type { EngineName } from './engines/table.ts'
import { fittingImage, type Looked } from './image.ts'

/** What a process that waits was started for. */
export interface Kind {
  readonly engine: EngineName
  readonly megabytes: number
}

export class EarlyChildren {
  readonly #waiting: (Kind & { readonly child: Waiting })[]

  constructor(kinds: readonly Kind[]) {
    const looked: Looked = new Map()
    const imageOf = ({ engine, megabytes }: Kind) => fittingImage(engine, megabytes, looked)
    this.#waiting = kinds.map(kind => ({ ...kind, child: startChild(kind.megabytes, kind.engine, imageOf(kind)) }))
  }

  /** One of this kind that is up already, or a new one. */
  take(engine: EngineName, megabytes: number): Waiting {
    const at = this.#waiting.findIndex(w => w.engine === engine && w.megabytes === megabytes)
    return at < 0 ? startChild(megabytes, engine) : this.#waiting.splice(at, 1)[0]!.child
  }

  /** Ends those that nobody took. */
  discardRest(): void {
    for (const { child } of this.#waiting.splice(0)) discard(child)
  }
}

export function noneEarly(): EarlyChildren {
  return new EarlyChildren([])
}

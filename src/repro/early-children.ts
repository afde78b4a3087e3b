/** Processes that are started before it is known what they are for: starting one takes as long as reading the command line and the cases. */
import { existsSync } from 'node:fs'
import { discard, startChild, type Waiting } from './child.ts'
import type { EngineName } from './engines/table.ts'
import { fittingImage, imageFile, isFitting, type Looked, type Purpose } from './image.ts'

/** What a process that waits was started for. */
export interface Kind {
  readonly engine: EngineName
  readonly megabytes: number
  /** Of the program, by a look at it. */
  readonly purpose?: Purpose
}

interface Early extends Kind {
  /** What it was started from. */
  readonly image: string | null
  readonly child: Waiting
}

export class EarlyChildren {
  readonly #waiting: Early[]
  readonly #looked: Looked = new Map()

  /** An image that is there is thought to fit: to look takes a while, in which the process starts. */
  constructor(kinds: readonly Kind[]) {
    this.#waiting = kinds.map(({ engine, megabytes, purpose }) => {
      const file = imageFile(engine, megabytes, purpose)
      const image = existsSync(file) ? file : null
      return { engine, megabytes, image, child: startChild(megabytes, engine, image) }
    })
  }

  /** One of this kind that is up already, or a new one. */
  take(engine: EngineName, megabytes: number): Waiting {
    const at = this.#waiting.findIndex(w => w.engine === engine && w.megabytes === megabytes)
    const early = this.#waiting.splice(at, at < 0 ? 0 : 1)[0]
    if (early && (early.image === null || isFitting(early.image, this.#looked))) return early.child
    if (early) discard(early.child)
    return startChild(megabytes, engine, fittingImage(engine, megabytes, this.#looked))
  }

  /** Ends those that nobody took. */
  discardRest(): void {
    for (const { child } of this.#waiting.splice(0)) discard(child)
  }
}

export function noneEarly(): EarlyChildren {
  return new EarlyChildren([])
}

/** How long a candidate may take, from how long those took that failed in the way that is looked for. */

/** A candidate may take this many times as long as the slowest good one. */
const TIMES = 8
const LEAST_SECONDS = 2

export class Patience {
  readonly #most: number
  #slowest: number

  /** `most` is the limit of the case; `first` is how long the original took. */
  constructor(most: number, first: number) {
    this.#most = most
    this.#slowest = first
  }

  get seconds(): number {
    return Math.min(this.#most, Math.max(LEAST_SECONDS, TIMES * this.#slowest))
  }

  note(seconds: number): void {
    this.#slowest = Math.max(this.#slowest, seconds)
  }
}

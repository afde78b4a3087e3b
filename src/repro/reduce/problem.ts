/** The only place that runs candidates: it builds them, knows those that were run before, and keeps the smallest that failed in the same way. */
import { createHash } from 'node:crypto'
import { isLighter, type Language, type OriginOf, type Program } from './language.ts'
import type { Oracle, Verdict } from './oracle.ts'
import { applied, type Patch, partKey, type Range } from './patch.ts'

/** A program with what is known of where its pieces come from. */
export interface Traced<P extends Program> {
  readonly program: P
  /** For each mark: the offset in the original program of the piece that it was at first, or a number of its own above all those. */
  readonly origins: Int32Array
  /** Origins of the pieces in which it was seen to fail; null if that is not known. */
  place: ReadonlySet<number> | null
}

export type Answer =
  | { readonly kind: 'same' }
  | { readonly kind: 'pass' }
  | { readonly kind: 'slip'; readonly signature: string }
  | { readonly kind: 'timeout' }
  /** It was not run. */
  | { readonly kind: 'not run'; readonly why: string }

/** A failure that is not the one looked for: the smallest program that was seen to show it. */
export interface Slip {
  readonly signature: string
  readonly message: string
  readonly text: string
  readonly seen: number
}

export interface Counts {
  /** Candidates that were run. */
  runs: number
  /** Candidates that were known already. */
  cached: number
  /** Candidates that were refused at sight. */
  refused: number
  accepted: number
  timeouts: number
}

export interface ProblemOptions<P extends Program> {
  readonly language: Language<P>
  readonly oracle: Oracle
  readonly jobs: number
  /** Is it time to end? */
  readonly stopped: () => boolean
  /** A program that is lighter than all before it was seen failing. */
  readonly onBest: (program: P) => void
  readonly onRun: () => void
  /** Verdicts of an earlier run over the same original, by key. */
  readonly known?: ReadonlyMap<string, Answer>
}

/** Of a canonical text: short, so that many can be kept. */
export function keyOf(text: string): string {
  return createHash('sha1').update(text).digest('base64url').slice(0, 16)
}

function placeOf({ marks }: Program, origins: Int32Array, { start, end }: Range): ReadonlySet<number> {
  return new Set(origins.filter((_, i) => marks[i]! >= start && marks[i]! < end))
}

export class Problem<P extends Program> {
  readonly original: P
  readonly counts: Counts = { runs: 0, cached: 0, refused: 0, accepted: 0, timeouts: 0 }
  readonly slips = new Map<string, Slip>()
  readonly options: ProblemOptions<P>
  readonly #known: Map<string, Answer>
  /** Of candidates that are being run, by key: what is asked for twice at once is run once. */
  readonly #running = new Map<string, Promise<Answer>>()
  #fresh: number
  #mostRuns = Number.POSITIVE_INFINITY
  current: Traced<P>
  /** The lightest program that was seen failing. */
  best: P
  #oracle: Oracle
  /** Each that was the lightest once, the original first. */
  readonly #history: Traced<P>[]

  /** `place` is where `original` was seen to fail. */
  constructor(original: P, place: Range | null, options: ProblemOptions<P>) {
    this.options = options
    this.original = original
    this.best = original
    const origins = original.marks.slice()
    this.current = { program: original, origins, place: place && placeOf(original, origins, place) }
    this.#known = new Map(options.known)
    this.#oracle = options.oracle
    this.#history = [this.current]
    this.#fresh = original.text.length
  }

  get known(): ReadonlyMap<string, Answer> {
    return this.#known
  }

  get isStopped(): boolean {
    return this.counts.runs >= this.#mostRuns || this.options.stopped()
  }

  /** Does work that may take this many runs more. */
  async within(runs: number, work: () => Promise<void>): Promise<void> {
    const before = this.#mostRuns
    this.#mostRuns = Math.min(before, this.counts.runs + runs)
    await work()
    this.#mostRuns = before
  }

  /** What tells a patch from others, however the program around it changes. */
  identity(edit: string, { replacements }: Patch): string {
    const { originOf } = this
    const parts = replacements.map(r => `${originOf(r)}:${r.parts.map(part => partKey(part, originOf)).join('|')}`)
    return `${edit} ${parts.join(' ')}`
  }

  /** Of the current program. */
  readonly originOf: OriginOf = ({ start, end }) => {
    const { origins } = this.current
    const first = this.#markAt(start)
    const last = Math.max(first, this.#markBefore(end))
    return `${origins[first] ?? 'end'}-${origins[last] ?? 'end'}`
  }

  /** The candidate that patches of the current program make; null when it is none, or is not lighter and has to be. */
  candidate(patches: readonly Patch[], mayGrow = false): Traced<P> | null {
    const { program, origins } = this.current
    const patched = applied(program.text, patches)
    const reading = this.options.language.read(patched.text)
    if (!reading || reading.program.text === program.text) return null
    if (!mayGrow && !isLighter(reading.program, program)) return null
    const own = Int32Array.from(reading.from, at => {
      const before = patched.from[at] ?? -1
      return before < 0 ? this.#fresh++ : (origins[this.#markBefore(before + 1)] ?? this.#fresh++)
    })
    return { program: reading.program, origins: own, place: this.current.place }
  }

  async run(traced: Traced<P>): Promise<Answer> {
    const key = keyOf(traced.program.key ?? traced.program.text)
    const before = this.#running.get(key)
    const running = before ? before.then(() => this.#run(traced, key)) : this.#run(traced, key)
    this.#running.set(key, running)
    try {
      return await running
    } finally {
      if (this.#running.get(key) === running) this.#running.delete(key)
    }
  }

  async #run(traced: Traced<P>, key: string): Promise<Answer> {
    const { language, onRun } = this.options
    const { text } = traced.program
    const known = this.#known.get(key)
    // What is accepted was run in these very words, not only under other names.
    if (known && known.kind !== 'same') {
      this.counts.cached++
      return known
    }
    const why = language.objection(traced.program, this.original) ?? this.#lacksPlace(traced)
    if (why) {
      this.counts.refused++
      return { kind: 'not run', why }
    }
    const verdict = await this.#oracle.test(text)
    // What it says then may be of the interruption.
    if (this.isStopped) return { kind: 'not run', why: 'stopped' }
    if (verdict.kind === 'screened') {
      this.counts.refused++
      return { kind: 'not run', why: verdict.why }
    }
    this.counts.runs++
    const answer = this.#judged(traced, verdict)
    if (answer.kind === 'timeout') this.counts.timeouts++
    else this.#known.set(key, answer)
    onRun()
    return answer
  }

  /** Where nothing is left of the place that fails, nothing can fail there. */
  #lacksPlace({ origins, place }: Traced<P>): string | null {
    if (place === null || place.size === 0) return null
    return origins.some(origin => place.has(origin)) ? null : 'what fails is not in it'
  }

  accept(traced: Traced<P>): void {
    this.current = traced
    this.counts.accepted++
    if (!isLighter(traced.program, this.best)) return
    this.best = traced.program
    this.#history.push(traced)
    this.options.onBest(traced.program)
  }

  /** Goes back to the last of the lightest that is good, by halving: the first is, and the last is not. From there it asks another oracle. */
  async goBack(isGood: (traced: Traced<P>) => Promise<boolean>, oracle: Oracle): Promise<void> {
    let [good, bad] = [0, this.#history.length - 1]
    while (bad - good > 1) {
      const middle = (good + bad) >> 1
      if (await isGood(this.#history[middle]!)) good = middle
      else bad = middle
    }
    this.#history.length = good + 1
    this.#oracle = oracle
    this.current = this.#history[good]!
    this.best = this.current.program
    this.options.onBest(this.best)
  }

  /** What the lightest is made of. */
  get bestTraced(): Traced<P> {
    return this.#history.at(-1)!
  }

  #judged(traced: Traced<P>, verdict: Exclude<Verdict, { kind: 'screened' }>): Answer {
    switch (verdict.kind) {
      case 'same': {
        if (this.isAtPlace(traced, verdict.at)) return { kind: 'same' }
        const signature = `${this.#oracle.signature} elsewhere`
        this.#keep(signature, 'The same failure at another place.', traced.program.text)
        return { kind: 'slip', signature }
      }
      case 'slip':
        this.#keep(verdict.signature, verdict.message, traced.program.text)
        return { kind: 'slip', signature: verdict.signature }
      default:
        return verdict
    }
  }

  #keep(signature: string, message: string, text: string): void {
    const before = this.slips.get(signature)
    const isShorter = !before || text.length < before.text.length
    this.slips.set(signature, { ...(isShorter ? { signature, message, text } : before), seen: (before?.seen ?? 0) + 1 })
  }

  /** Is any piece of what fails a piece of what fails in the current program? If so, all of what fails is the place from then on. */
  isAtPlace(traced: Traced<P>, at: Range | null, place = this.current.place): boolean {
    if (!at || !place) return true
    const own = placeOf(traced.program, traced.origins, at)
    if (![...own].some(origin => place.has(origin))) return false
    traced.place = own
    return true
  }

  /** Number of the first mark at or behind an offset of the current program. */
  #markAt(offset: number): number {
    const { marks } = this.current.program
    let [low, high] = [0, marks.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (marks[middle]! < offset) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Number of the last mark before an offset. */
  #markBefore(offset: number): number {
    return this.#markAt(offset) - 1
  }
}

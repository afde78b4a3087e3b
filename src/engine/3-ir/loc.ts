/** Makes locations: through inlining and through transforms. Equal ones are shared, so that a large function has few. */

import type { Span } from '../../diagnostics/source.ts'
import type { Frame } from '../../diagnostics/stack.ts'
import type { Func, Loc, Param } from './ir.ts'

/**
 * A location with those that were made from it. It holds them itself: a table at the side that is weak costs the garbage collector
 * more than all other work on locations, for there are very many.
 */
class Place implements Loc {
  /** Those that hold others, while that is noted. */
  static holders: Place[] | null = null
  readonly span: Span | null
  readonly fn: string
  readonly origin: Frame['origin']
  readonly inlinedAt: Loc | null
  readonly made: readonly string[]
  /** As a call site, by the location inside of what is inlined there: a whole body is. */
  #inlined: Map<Loc, Place> | null = null
  /** One for each transform that was asked for, of which there are few. */
  #transformed: Place[] | null = null

  constructor(span: Span | null, fn: string, origin: Frame['origin'], inlinedAt: Loc | null, made: readonly string[]) {
    this.span = span
    this.fn = fn
    this.origin = origin
    this.inlinedAt = inlinedAt
    this.made = made
  }

  static from(loc: Loc): Place {
    return loc instanceof Place ? loc : new Place(loc.span, loc.fn, loc.origin, loc.inlinedAt, loc.made)
  }

  holding(inner: Loc): Place {
    if (!this.#inlined) {
      Place.holders?.push(this)
      this.#inlined = new Map()
    }
    let loc = this.#inlined.get(inner)
    if (!loc) {
      loc = new Place(inner.span, inner.fn, inner.origin, inner.inlinedAt ? this.holding(inner.inlinedAt) : this, inner.made)
      this.#inlined.set(inner, loc)
    }
    return loc
  }

  madeBy(transform: string): Place {
    if (!this.#transformed) {
      Place.holders?.push(this)
      this.#transformed = []
    }
    let loc = this.#transformed.find(place => place.made.at(-1) === transform)
    if (!loc) {
      loc = new Place(this.span, this.fn, this.origin, this.inlinedAt && madeBy(this.inlinedAt, transform), [...this.made, transform])
      this.#transformed.push(loc)
    }
    return loc
  }

  release(): void {
    this.#inlined = null
    this.#transformed = null
  }
}

/** Runs `work` and lets go of the locations it made that no instruction has; they can be made again. */
export function releasingLocations(work: () => void): void {
  Place.holders = []
  work()
  for (const place of Place.holders) place.release()
  Place.holders = null
}

const UNTRANSFORMED: readonly string[] = []

/** A place in the text of the function `fn`, not inlined and not transformed. */
export function locAt(span: Span | null, fn: string, origin: Frame['origin']): Loc {
  return new Place(span, fn, origin, null, UNTRANSFORMED)
}

/** The same, in code that stands in the place of the call at `callSite`. */
export function locWithin(span: Span | null, fn: string, origin: Frame['origin'], callSite: Loc): Loc {
  return new Place(span, fn, origin, callSite, UNTRANSFORMED)
}

/** Code of no source, for tests and for what the engine makes by itself. */
export const NOWHERE: Loc = locAt(null, 'generated', 'engine')

/** `inner`, after its function was inlined at the call that stands at `callSite`. */
export function inlineLoc(inner: Loc, callSite: Loc): Loc {
  return Place.from(callSite).holding(inner)
}

/** `loc` in the code that `transform` (`reverse #2`) makes of it; the calls it was inlined through are transformed with it. */
export function madeBy(loc: Loc, transform: string): Loc {
  return Place.from(loc).madeBy(transform)
}

/** Where a function declares a parameter; the function itself where that is not known. */
export function declarationOf({ at }: Func, { span }: Param): Loc {
  return span ? { ...at, span } : at
}

/** The frames of a location, innermost first. */
export function framesOf(loc: Loc): Frame[] {
  const frames: Frame[] = []
  for (let at: Loc | null = loc; at; at = at.inlinedAt) frames.push({ label: at.fn, span: at.span, origin: at.origin, made: at.made })
  return frames
}

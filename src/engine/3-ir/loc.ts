/** Makes locations: through inlining and through transforms. Equal ones are shared, so that a large function has few. */

import type { Span } from '../../diagnostics/source.ts'
import type { Frame } from '../../diagnostics/stack.ts'
import type { Loc } from './ir.ts'

/** A place in the text of the function `fn`, not inlined and not transformed. */
export function locAt(span: Span | null, fn: string, origin: Frame['origin']): Loc {
  return { span, fn, origin, inlinedAt: null, made: [] }
}

/** Code of no source, for tests and for what the engine makes by itself. */
export const NOWHERE: Loc = locAt(null, 'generated', 'engine')

/** By call site, as a whole body is inlined at one. */
const inlined = new WeakMap<Loc, Map<Loc, Loc>>()

/** `inner`, after its function was inlined at the call that stands at `callSite`. */
export function inlineLoc(inner: Loc, callSite: Loc): Loc {
  let atSite = inlined.get(callSite)
  if (!atSite) {
    atSite = new Map()
    inlined.set(callSite, atSite)
  }
  let loc = atSite.get(inner)
  if (!loc) {
    loc = { ...inner, inlinedAt: inner.inlinedAt ? inlineLoc(inner.inlinedAt, callSite) : callSite }
    atSite.set(inner, loc)
  }
  return loc
}

/** By transform, of which there are few. */
const transformed = new Map<string, WeakMap<Loc, Loc>>()

/** `loc` in the code that `transform` (`reverse #2`) makes of it; the calls it was inlined through are transformed with it. */
export function madeBy(loc: Loc, transform: string): Loc {
  let byTransform = transformed.get(transform)
  if (!byTransform) {
    byTransform = new WeakMap()
    transformed.set(transform, byTransform)
  }
  let made = byTransform.get(loc)
  if (!made) {
    made = { ...loc, made: [...loc.made, transform], inlinedAt: loc.inlinedAt && madeBy(loc.inlinedAt, transform) }
    byTransform.set(loc, made)
  }
  return made
}

/** The frames of a location, innermost first. */
export function framesOf(loc: Loc): Frame[] {
  const frames: Frame[] = []
  for (let at: Loc | null = loc; at; at = at.inlinedAt) frames.push({ label: at.fn, span: at.span, origin: at.origin, made: at.made })
  return frames
}

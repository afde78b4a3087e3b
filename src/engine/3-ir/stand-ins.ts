/**
 * Zero shadows that stand in for those of memory without one: of constant memory, or of what a call gave that nothing active went into.
 * What is stored through them is lost, so whoever stores something active asks first. Memory that a call gave may be new, and then
 * its zeros are a shadow like any other: that is found out when it matters, by looking for it where it may have come from.
 */

interface StandIn {
  readonly primal: object
  /** Arguments of the call that gave the memory; null if that is constant anyway. */
  readonly from: readonly unknown[] | null
}

const standIns = new WeakMap<object, StandIn>()
let any = false

/** `shadows`: what was made for each object of the primal. */
export function markStandIns(shadows: ReadonlyMap<object, unknown>, from: readonly unknown[] | null): void {
  for (const [primal, shadow] of shadows) {
    if (shadow === primal || typeof shadow !== 'object' || shadow === null) continue
    any = true
    standIns.set(shadow, { primal, from })
  }
}

/** `made` is another handle of the same memory. */
export function alsoStandsIn(shadow: object, made: object): void {
  const known = any ? standIns.get(shadow) : undefined
  if (known) standIns.set(made, known)
}

/** Would what is stored here be lost? `isBehind` says whether memory is found behind some values, or behind globals. */
export function standsForConstant(shadow: unknown, isBehind: (values: readonly unknown[], wanted: object) => boolean): boolean {
  if (!any || typeof shadow !== 'object' || shadow === null) return false
  const known = standIns.get(shadow)
  if (!known) return false
  if (known.from === null || isBehind(known.from, known.primal)) return true
  standIns.delete(shadow)
  return false
}

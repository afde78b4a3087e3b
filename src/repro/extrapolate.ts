/** Limits of difference quotients, from quotients at steps that are halved each time. */

/** A limit, and how far the extrapolations are apart from which it was taken. */
export interface Limit {
  readonly value: number
  readonly error: number
}

/** Ridders' table: the entry that changed least. The error of a quotient is a series in its step: in even powers for a central one. */
export function limitOf(quotients: readonly number[], side: 'central' | 'one-sided'): Limit {
  let best: Limit = { value: quotients[0]!, error: Number.POSITIVE_INFINITY }
  let column = [...quotients]
  for (let order = 1; column.length > 1; order++) {
    const factor = (side === 'central' ? 4 : 2) ** order
    const next = column.slice(1).map((q, k) => (factor * q - column[k]!) / (factor - 1))
    next.forEach((value, k) => {
      const error = Math.max(Math.abs(value - column[k]!), Math.abs(value - column[k + 1]!))
      if (error < best.error) best = { value, error }
    })
    column = next
  }
  return best
}

/**
 * The order at which `f(x + h) - f(x) - h d` goes to zero with `h`: 2 (or more) when `d` is the derivative, 1 when it is not. It needs no tolerance.
 * Null when nothing is left but rounding. `remainders` are at steps that are halved each time.
 */
export function taylorSlope(remainders: readonly number[], rounding: number): number | null {
  const large = remainders.map(Math.abs).filter(r => r > rounding)
  if (large.length < 3) return null
  // With large steps higher orders hide a small error of the first.
  const [before, after] = large.slice(-3, -1).map((r, k) => Math.log2(r / large.at(k - 2)!)) as [number, number]
  return (before + after) / 2
}

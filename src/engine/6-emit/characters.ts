/** Classes of characters and their other case, by Unicode. */

/** In the order of the numbers that Base gives them. */
const CLASSES: readonly RegExp[] = [/^\p{L}$/u, /^\p{Uppercase}$/u, /^\p{Lowercase}$/u, /^[\p{Zs}\t-\r\u0085]$/u, /^\p{P}$/u, /^\p{N}$/u]

export function isOfClass(point: number, which: number): boolean {
  return CLASSES[which]!.test(String.fromCodePoint(point))
}

/** The same character where the other case is not one character. */
export function inCase(point: number, upper: boolean): number {
  const text = String.fromCodePoint(point)
  const other = upper ? text.toUpperCase() : text.toLowerCase()
  const [first] = other
  return first !== undefined && first.length === other.length ? first.codePointAt(0)! : point
}

/** The decimal digits of a finite float, as many as are asked for. */

/** `1.25e+0`. JavaScript rounds the exact value too, but takes the larger of two that are as near: C takes the even one. */
export function exactDecimal(x: number, digits: number): string {
  const most = Math.min(digits, 100)
  const [head = '', exponent = '0'] = x.toExponential(most).split('e')
  const zeros = digits > most ? '0'.repeat(digits - most) : ''
  const even = most < 60 && isTie(x, most) && '13579'.includes(head.at(-1)!) ? lowered(x, most) : head
  return `${even}${zeros}e${exponent}`
}

/** Half of a unit of the last place is left over, and nothing more: forty further digits of a float are not all zero by chance. */
function isTie(x: number, digits: number): boolean {
  const rest = x
    .toExponential(digits + 40)
    .split('e')[0]!
    .replace('.', '')
    .slice(digits + 1)
  return /^50*$/.test(rest)
}

/** Without what was rounded up. The digit before the tie is odd after rounding, so it was even, and no carry went further. */
function lowered(x: number, digits: number): string {
  const long = x.toExponential(digits + 40).split('e')[0]!
  return digits === 0 ? long.slice(0, long.indexOf('.')) : long.slice(0, long.indexOf('.') + 1 + digits)
}

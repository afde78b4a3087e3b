/** Strings and characters as Julia literals. */

const NAMED: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '\\': '\\\\',
}

export function stringLiteral(text: string): string {
  return `"${escaped(text, '"$')}"`
}

export function charLiteral(codePoint: number): string {
  return `'${escaped(String.fromCodePoint(codePoint), "'")}'`
}

function escaped(text: string, quotes: string): string {
  const chars = Array.from(text)
  return chars.map((char, i) => (quotes.includes(char) ? `\\${char}` : escapeChar(char, chars[i + 1] ?? ''))).join('')
}

function escapeChar(char: string, next: string): string {
  const named = NAMED[char]
  // Before a digit, \0 would read as the start of an octal escape.
  if (named && !(char === '\0' && /[0-7]/.test(next))) return named
  const point = char.codePointAt(0)!
  if (point < 0x80) return point < 0x20 || point === 0x7f ? `\\x${point.toString(16).padStart(2, '0')}` : char
  if (!/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(char)) return char
  // All digits only where the next character would read as one more.
  const isFull = /^[0-9a-fA-F]/.test(next)
  const digits = point.toString(16)
  return point > 0xffff ? `\\U${digits.padStart(isFull ? 8 : 2, '0')}` : `\\u${digits.padStart(isFull ? 4 : 2, '0')}`
}

const CATEGORIES: readonly (readonly [RegExp, string])[] = [
  [/\p{Lu}/u, 'Lu: Letter, uppercase'],
  [/\p{Ll}/u, 'Ll: Letter, lowercase'],
  [/\p{Lt}/u, 'Lt: Letter, titlecase'],
  [/\p{Lm}/u, 'Lm: Letter, modifier'],
  [/\p{Lo}/u, 'Lo: Letter, other'],
  [/\p{Mn}/u, 'Mn: Mark, nonspacing'],
  [/\p{Mc}/u, 'Mc: Mark, spacing combining'],
  [/\p{Me}/u, 'Me: Mark, enclosing'],
  [/\p{Nd}/u, 'Nd: Number, decimal digit'],
  [/\p{Nl}/u, 'Nl: Number, letter'],
  [/\p{No}/u, 'No: Number, other'],
  [/\p{Pc}/u, 'Pc: Punctuation, connector'],
  [/\p{Pd}/u, 'Pd: Punctuation, dash'],
  [/\p{Ps}/u, 'Ps: Punctuation, open'],
  [/\p{Pe}/u, 'Pe: Punctuation, close'],
  [/\p{Pi}/u, 'Pi: Punctuation, initial quote'],
  [/\p{Pf}/u, 'Pf: Punctuation, final quote'],
  [/\p{Po}/u, 'Po: Punctuation, other'],
  [/\p{Sm}/u, 'Sm: Symbol, math'],
  [/\p{Sc}/u, 'Sc: Symbol, currency'],
  [/\p{Sk}/u, 'Sk: Symbol, modifier'],
  [/\p{So}/u, 'So: Symbol, other'],
  [/\p{Zs}/u, 'Zs: Separator, space'],
  [/\p{Zl}/u, 'Zl: Separator, line'],
  [/\p{Zp}/u, 'Zp: Separator, paragraph'],
  [/\p{Cc}/u, 'Cc: Other, control'],
  [/\p{Cf}/u, 'Cf: Other, format'],
  [/\p{Cs}/u, 'Cs: Other, surrogate'],
  [/\p{Co}/u, 'Co: Other, private use'],
]

/** `'a': ASCII/Unicode U+0061 (category Ll: Letter, lowercase)`. */
export function charDisplay(codePoint: number): string {
  const category = CATEGORIES.find(([pattern]) => pattern.test(String.fromCodePoint(codePoint)))?.[1] ?? 'Cn: Other, not assigned'
  const code = codePoint.toString(16).toUpperCase().padStart(4, '0')
  return `${charLiteral(codePoint)}: ${codePoint < 0x80 ? 'ASCII/' : ''}Unicode U+${code} (category ${category})`
}

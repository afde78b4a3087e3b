/** Numbers and characters. */
import { fail } from '../../diagnostics/report.ts'
import type { Source } from '../../diagnostics/source.ts'
import type { Leaf } from './ast.ts'
import { unescape } from './escapes.ts'
import type { Parser } from './parser.ts'

const BITS = [8, 16, 32, 64, 128] as const

/** `0o` literals are as wide as their value needs, and at least as wide as this many digits say. */
const OCTAL_DIGITS = [3, 6, 11, 22, 43]

function isDecimal(c: number): boolean {
  return c >= 48 && c <= 57
}

function isHex(c: number): boolean {
  return isDecimal(c) || (c >= 97 && c <= 102) || (c >= 65 && c <= 70)
}

function isBinary(c: number): boolean {
  return c === 48 || c === 49
}

function isOctal(c: number): boolean {
  return c >= 48 && c <= 55
}

/** End of the digits at `from`; single underscores may stand between them. */
function digitsEnd(text: string, from: number, isDigit: (c: number) => boolean): number {
  let at = from
  while (isDigit(text.charCodeAt(at)) || (at > from && text.charCodeAt(at) === 95 && isDigit(text.charCodeAt(at + 1)))) at++
  return at
}

/** End of the number that starts at `start`. */
export function numberEnd(source: Source, start: number): number {
  const { text } = source
  const wrong = (why: string, end: number): never =>
    fail('parse', 'syntax.bad-literal', { what: 'This number', why }, { source, start, end: Math.min(end, text.length) })
  if (text[start] === '0' && 'xbo'.includes(text[start + 1] ?? ' ')) return prefixedEnd(text, start, wrong)
  let at = digitsEnd(text, start, isDecimal)
  if (text[at] === '.' && text[at + 1] !== '.') {
    const next = text[at + 1] ?? ''
    if (/[-+*/^\\<>=!&|%~÷⋅×≤≥≠≈∈?$]/.test(next)) wrong('the dot may belong to the number or to the operator; add white space', at + 2)
    const end = digitsEnd(text, at + 1, isDecimal)
    if (end === at + 1 && /[\p{L}_([{@"`]/u.test(next) && !isExponent(text, at + 1))
      wrong('it ends with a dot, so it cannot be multiplied without `*`', at + 2)
    at = end
  }
  const marker = text[at]
  if (marker === 'e' || marker === 'E' || marker === 'f') {
    if (isExponent(text, at)) at = digitsEnd(text, at + (isDecimal(text.charCodeAt(at + 1)) ? 1 : 2), isDecimal)
    else if ('+-−'.includes(text[at + 1] ?? ' ')) wrong('the exponent has no digits', at + 2)
  }
  if (text[at] === '.' && isDecimal(text.charCodeAt(at + 1))) wrong('it has two dots', at + 2)
  return at
}

function isExponent(text: string, at: number): boolean {
  return /^[eEf][+\-−]?\d/.test(text.slice(at, at + 3))
}

function prefixedEnd(text: string, start: number, wrong: (why: string, end: number) => never): number {
  const kind = text[start + 1]
  const isDigit = kind === 'x' ? isHex : kind === 'b' ? isBinary : isOctal
  let at = digitsEnd(text, start + 2, isDigit)
  const isFraction = kind === 'x' && text[at] === '.' && isHex(text.charCodeAt(at + 1))
  if (isFraction) at = digitsEnd(text, at + 1, isHex)
  if (at === start + 2) wrong(`no digit follows \`0${kind}\``, at)
  if (kind === 'x' && text[at] === 'p') {
    const digits = at + ('+-−'.includes(text[at + 1] ?? ' ') ? 2 : 1)
    const end = digitsEnd(text, digits, isDecimal)
    if (end === digits) wrong('the exponent has no digits', digits)
    return end
  }
  if (isFraction) wrong('a hexadecimal fraction needs an exponent `p`', at)
  if (isDecimal(text.charCodeAt(at))) wrong(`\`${text[at]}\` is no digit of it`, at + 1)
  return at
}

/** The number that is the current token; `negative` when the minus at `start` is part of the literal. */
export function parseNumber(p: Parser, negative = false, start = p.token.start): Leaf {
  const token = p.advance()
  const span = p.span(start)
  const written = p.source.text.slice(token.start, token.end).replaceAll('_', '').replace('−', '-')
  const sign = negative ? -1 : 1
  switch (written[1]) {
    case 'x': {
      const [mantissa = '', exponent] = written.slice(2).split('p')
      if (exponent === undefined) return unsigned(BigInt(written), 4 * (written.length - 2), span)
      const [whole = '', fraction = ''] = mantissa.split('.')
      // The mantissa is rounded once, to a double.
      return { kind: 'Float', value: sign * Number(BigInt(`0x0${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length), span }
    }
    case 'b':
      return unsigned(BigInt(written), written.length - 2, span)
    case 'o': {
      const value = BigInt(written)
      const digits = written.length - 2
      const least = BITS[OCTAL_DIGITS.findIndex(most => digits <= most)] ?? 129
      return unsigned(value, Math.max(least, value.toString(2).length), span)
    }
  }
  if (!/[.ef]/i.test(written)) return { kind: 'Integer', value: BigInt(sign) * BigInt(written), span }
  const value = sign * Number(written.replace('f', 'e'))
  return written.includes('f') ? { kind: 'Float32', value: Math.fround(value), span } : { kind: 'Float', value, span }
}

function unsigned(value: bigint, needed: number, span: Leaf['span']): Leaf {
  const bits = BITS.find(width => needed <= width)
  if (!bits) return fail('parse', 'syntax.bad-literal', { what: 'This number', why: 'it has more than 128 bits' }, span)
  return { kind: 'UInteger', value, bits, span }
}

/** `'a'`, `'\n'`, `'\u2200'`, `'''`; the current token is the opening quote. */
export function parseChar(p: Parser): Leaf {
  const { text } = p.source
  const start = p.token.start
  let at = start + 1
  if (text[at] === '\\') {
    at += 2
    while (at < text.length && text[at] !== "'" && text[at] !== '\n') at++
  } else if (text[at] === "'" && text[at + 1] === "'") at++
  else {
    const c = text.codePointAt(at)
    at += c !== undefined && c > 0xffff ? 2 : 1
  }
  if (text[at] !== "'") {
    // Combining characters belong to the one character that is shown.
    const close = text.indexOf("'", at)
    const line = text.indexOf('\n', at)
    if (close < 0 || (line >= 0 && line < close))
      return fail('parse', 'syntax.unterminated', { what: 'This character literal', end: "'" }, p.span(start, start + 1))
    return fail(
      'parse',
      'syntax.bad-literal',
      { what: 'This character literal', why: 'it holds more than one character' },
      p.span(start, close + 1),
    )
  }
  const inner = text.slice(start + 1, at)
  if (inner === '')
    return fail('parse', 'syntax.bad-literal', { what: 'This character literal', why: 'it holds no character' }, p.span(start, at + 1))
  const value = unescape(inner, p.span(start + 1, at))
  p.seek(at + 1)
  return { kind: 'Char', value: value.codePointAt(0)!, span: p.span(start) }
}

/** Numbers and characters. */
import { fail } from '../../diagnostics/report.ts'
import type { Leaf } from './ast.ts'
import { unescape } from './escapes.ts'
import { isDigit } from './lexer.ts'
import type { Parser } from './parser.ts'

const PREFIXED = /0x([0-9a-fA-F][0-9a-fA-F_]*)|0b([01][01_]*)|0o([0-7][0-7_]*)/y
const HEX_FLOAT = /0x([0-9a-fA-F_]*)(?:\.([0-9a-fA-F_]*))?p([+-]?\d+)/y
const BITS = [8, 16, 32, 64, 128] as const

/** The number at the current token; `sign` is of a minus that is part of the literal and starts at `start`. */
export function parseNumber(p: Parser, sign: 1 | -1 = 1, start = p.token.start): Leaf {
  const { text } = p.source
  const at = p.token.start
  HEX_FLOAT.lastIndex = at
  const hexFloat = HEX_FLOAT.exec(text)
  if (hexFloat) {
    p.seek(at + hexFloat[0].length)
    const fraction = (hexFloat[2] ?? '').replaceAll('_', '')
    const mantissa = Number.parseInt(`0${(hexFloat[1] ?? '').replaceAll('_', '')}${fraction}`, 16)
    return { kind: 'Float', value: sign * mantissa * 2 ** (Number(hexFloat[3]) - 4 * fraction.length), span: p.span(start) }
  }
  PREFIXED.lastIndex = at
  const prefixed = PREFIXED.exec(text)
  if (prefixed) {
    p.seek(at + prefixed[0].length)
    const digits = (prefixed[1] ?? prefixed[2] ?? prefixed[3] ?? '').replaceAll('_', '')
    const wanted = digits.length * (prefixed[1] ? 4 : prefixed[2] ? 1 : 3)
    const value = BigInt(`${prefixed[0].slice(0, 2)}${digits}`)
    const needed = prefixed[3] ? value.toString(2).length : wanted
    const bits = BITS.find(b => needed <= b)
    if (!bits) return fail('parse', 'syntax.bad-literal', { what: 'This number', why: 'it has more than 128 bits' }, p.span(at))
    return { kind: 'UInteger', value, bits, span: p.span(start) }
  }
  return decimal(p, sign, start)
}

function digitsEnd(text: string, from: number): number {
  let at = from
  while (isDigit(text.charCodeAt(at)) || (text[at] === '_' && isDigit(text.charCodeAt(at + 1)) && at > from)) at++
  return at
}

function decimal(p: Parser, sign: 1 | -1, start: number): Leaf {
  const { text } = p.source
  const from = p.token.start
  let at = digitsEnd(text, from)
  let isFloat = false
  if (text[at] === '.' && !belongsToOperator(text, at)) {
    isFloat = true
    at = digitsEnd(text, at + 1)
  }
  let isSingle = false
  const exponent = /[eEf][+-−]?\d/.exec(text.slice(at, at + 3))
  const marker = text[at]
  if (exponent && exponent.index === 0 && (marker === 'e' || marker === 'E' || marker === 'f')) {
    isFloat = true
    isSingle = marker === 'f'
    at++
    if (text[at] === '+' || text[at] === '-' || text[at] === '−') at++
    at = digitsEnd(text, at)
  }
  p.seek(at)
  const digits = text.slice(from, at).replaceAll('_', '').replace('−', '-').replace('f', 'e')
  const span = p.span(start)
  if (!isFloat) return { kind: 'Integer', value: BigInt(sign) * BigInt(digits), span }
  const value = sign * Number(digits)
  if (isSingle) return { kind: 'Float32', value: Math.fround(value), span }
  return { kind: 'Float', value, span }
}

/** `1:2`, `1..2`, `1.+2` and `1.method`-like text: the dot is not part of the number. */
function belongsToOperator(text: string, at: number): boolean {
  const next = text[at + 1]
  if (next === '.') return true
  return next !== undefined && '+-*/^\\<>=!&|%÷⋅×≤≥≠≈∈'.includes(next)
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
    if (close < 0 || (line >= 0 && line < close)) return fail('parse', 'syntax.unterminated', { what: 'This character literal', end: "'" }, p.span(start, start + 1))
    return fail('parse', 'syntax.bad-literal', { what: 'This character literal', why: 'it holds more than one character' }, p.span(start, close + 1))
  }
  const inner = text.slice(start + 1, at)
  if (inner === '') return fail('parse', 'syntax.bad-literal', { what: 'This character literal', why: 'it holds no character' }, p.span(start, at + 1))
  const value = unescape(inner, p.span(start + 1, at))
  p.seek(at + 1)
  return { kind: 'Char', value: value.codePointAt(0)!, span: p.span(start) }
}

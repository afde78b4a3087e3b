/** Finds the next token from a position. Strings, characters and interpolation are scanned by the parser, which knows where they can stand. */
import { fail } from '../../diagnostics/report.ts'
import type { Source } from '../../diagnostics/source.ts'
import { numberEnd } from './literals.ts'
import { BY_FIRST, isOperatorSuffix, type Operator } from './operators.ts'

export type TokenKind = 'name' | 'keyword' | 'number' | 'op' | 'punct' | 'eof'

export interface Token {
  readonly kind: TokenKind
  /** A dotted operator (`.+`) has its dot in `dotted`, not here; a suffix (`+₁`) stays. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** White space or a line break stands before it. */
  readonly space: boolean
  readonly newline: boolean
  readonly dotted: boolean
  /** Of an operator that may stand between operands: its precedence; else 0. */
  readonly level: number
}

// biome-ignore format: a table
const KEYWORDS = new Set([
  'baremodule', 'begin', 'break', 'catch', 'const', 'continue', 'do', 'else', 'elseif', 'end', 'export', 'false', 'finally', 'for', 'function',
  'global', 'if', 'import', 'let', 'local', 'macro', 'module', 'quote', 'return', 'struct', 'true', 'try', 'using', 'while',
])

const IDENTIFIER_START = /[\p{L}\p{Nl}\p{Sc}\p{So}_∂∇∅∆∫∑∏∐∬∭∮∯∰∱∲∳∿∞⊤⊥∎∴∵°ª²³¹′-‷⁗⁺-⁾₊-₎℘℮゛゜𝛁𝛛𝛻𝜕𝜵𝝏𝝯𝞉𝞩𝟃]/u
const IDENTIFIER_REST = /[\p{L}\p{Nl}\p{N}\p{M}\p{Sc}\p{So}_!′-‷⁗∂∇∅∆∫∑∏∐∞⊤⊥°ª²³¹⁺-⁾₊-₎℘℮\p{Pc}\p{Sk}𝛁𝛛𝛻𝜕𝜵𝝏𝝯𝞉𝞩𝟃]/u

function isAsciiStart(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95
}

export function isDigit(c: number): boolean {
  return c >= 48 && c <= 57
}

/** Whether a character beyond ASCII starts a name, or goes on with one. */
const startsName = new Map<number, boolean>()
const continuesName = new Map<number, boolean>()

function remembered(known: Map<number, boolean>, code: number, test: (code: number) => boolean): boolean {
  let found = known.get(code)
  if (found === undefined) {
    found = test(code)
    known.set(code, found)
  }
  return found
}

export function isNameStart(text: string, at: number): boolean {
  const c = text.charCodeAt(at)
  if (c < 128) return isAsciiStart(c)
  if (Number.isNaN(c)) return false
  return remembered(startsName, text.codePointAt(at)!, code => IDENTIFIER_START.test(String.fromCodePoint(code)) && !isOperatorStart(code))
}

/** End of the name that starts at `at`. */
export function nameEnd(text: string, at: number): number {
  let i = at
  for (;;) {
    const c = text.charCodeAt(i)
    if (isAsciiStart(c) || isDigit(c)) i++
    else if (c === 33) {
      // `x!=y` is a comparison, `x!` a name.
      if (i === at || text.charCodeAt(i + 1) === 61) return i
      i++
    } else if (c < 128 || Number.isNaN(c)) return i
    else {
      const code = text.codePointAt(i)!
      if (!remembered(continuesName, code, more => IDENTIFIER_REST.test(String.fromCodePoint(more)) && !isOperatorStart(more))) return i
      i += code > 0xffff ? 2 : 1
    }
  }
}

function isOperatorStart(code: number): boolean {
  const char = String.fromCodePoint(code)
  return BY_FIRST.get(char.charCodeAt(0))?.some(op => op.written.startsWith(char)) ?? false
}

/** The name in `text` from `start` to `end`, as Julia's parser normalises it. */
export function nameText(text: string, start: number, end: number): string {
  const written = text.slice(start, end)
  for (let i = start; i < end; i++) {
    if (text.charCodeAt(i) > 127)
      return written
        .normalize('NFC')
        .replace(/\u00b5/g, 'μ')
        .replace(/\u025b/g, 'ε')
  }
  return written
}

const PUNCTUATION = new Map([...'()[]{},;@"`\''].map(char => [char.charCodeAt(0), char]))

export function tokenAt(source: Source, from: number): Token {
  const { text } = source
  let at = from
  let newline = false
  for (;;) {
    const c = text.charCodeAt(at)
    if (c === 32 || c === 9 || c === 13 || c === 0xfeff || c === 0xa0) at++
    else if (c === 10) {
      newline = true
      at++
    } else if (c === 35) at = text.charCodeAt(at + 1) === 61 ? blockCommentEnd(source, at) : lineEnd(text, at)
    else break
  }
  const space = at > from
  const c = text.charCodeAt(at)
  if (isNameStart(text, at)) {
    const end = nameEnd(text, at)
    const name = nameText(text, at, end)
    return { kind: KEYWORDS.has(name) ? 'keyword' : 'name', text: name, start: at, end, space, newline, dotted: false, level: 0 }
  }
  const punctuation = PUNCTUATION.get(c)
  if (punctuation !== undefined)
    return { kind: 'punct', text: punctuation, start: at, end: at + 1, space, newline, dotted: false, level: 0 }
  if (at >= text.length) return { kind: 'eof', text: '', start: at, end: at, space, newline, dotted: false, level: 0 }
  if (isDigit(c) || (c === 46 && isDigit(text.charCodeAt(at + 1)))) {
    return { kind: 'number', text: '', start: at, end: numberEnd(source, at), space, newline, dotted: false, level: 0 }
  }
  const dotted = c === 46 ? dottedOperator(text, at) : null
  const operator = dotted ?? operatorAt(text, at)
  if (operator) {
    const first = dotted ? at + 1 : at
    const end = suffixEnd(text, first + operator.written.length, operator)
    const suffix = text.slice(first + operator.written.length, end)
    return {
      kind: 'op',
      text: suffix === '' ? operator.text : operator.text + suffix,
      start: at,
      end,
      space,
      newline,
      dotted: dotted !== null,
      level: operator.level,
    }
  }
  if (c === 46) return { kind: 'punct', text: '.', start: at, end: at + 1, space, newline, dotted: false, level: 0 }
  const found = `the character ${JSON.stringify(String.fromCodePoint(text.codePointAt(at)!))}`
  return fail('parse', 'syntax.unexpected', { found, expected: 'an expression' }, { source, start: at, end: at + 1 })
}

function operatorAt(text: string, at: number): Operator | null {
  const group = BY_FIRST.get(text.charCodeAt(at))
  if (group) for (const op of group) if (text.startsWith(op.written, at)) return op
  return null
}

/** The operator behind the dot at `at`, when dot and operator are one token: `.+`, but neither `..` nor the `.` of `x.:y`. */
function dottedOperator(text: string, at: number): Operator | null {
  if (text.charCodeAt(at + 1) === 46) return null
  const operator = operatorAt(text, at + 1)
  return operator?.takesDot ? operator : null
}

/** Primes and small letters may end an operator: `+₁`. */
function suffixEnd(text: string, from: number, operator: Operator): number {
  let end = from
  while (operator.takesSuffix && text.charCodeAt(end) > 127 && isOperatorSuffix(String.fromCodePoint(text.codePointAt(end)!))) end++
  return end
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

/** `#= … =#` comments nest. */
function blockCommentEnd(source: Source, start: number): number {
  const { text } = source
  let depth = 0
  for (let at = start; at < text.length; at++) {
    if (text.startsWith('#=', at)) {
      depth++
      at++
    } else if (text.startsWith('=#', at)) {
      depth--
      at++
      if (depth === 0) return at + 1
    }
  }
  return fail('parse', 'syntax.unterminated', { what: 'This comment', end: '=#' }, { source, start, end: start + 2 })
}

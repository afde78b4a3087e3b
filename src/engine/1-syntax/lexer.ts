/** Finds the next token from a position. Strings, characters and interpolation are scanned by the parser, which knows where they can stand. */
import { fail } from '../../diagnostics/report.ts'
import type { Source } from '../../diagnostics/source.ts'
import { BINARY, BY_FIRST, isOperatorSuffix } from './operators.ts'

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
}

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

export function isNameStart(text: string, at: number): boolean {
  const c = text.charCodeAt(at)
  if (c < 128) return isAsciiStart(c)
  if (Number.isNaN(c)) return false
  const char = String.fromCodePoint(text.codePointAt(at)!)
  return !BY_FIRST.has(char) && IDENTIFIER_START.test(char)
}

/** End of the name that starts at `at`. */
export function nameEnd(text: string, at: number): number {
  let i = at
  for (;;) {
    const c = text.charCodeAt(i)
    if (isAsciiStart(c) || isDigit(c)) {
      i++
      continue
    }
    if (c === 33) {
      // `x!=y` is a comparison, `x!` a name.
      if (i > at && text.charCodeAt(i + 1) !== 61) i++
      else return i
      continue
    }
    if (c < 128 || Number.isNaN(c)) return i
    const char = String.fromCodePoint(text.codePointAt(i)!)
    if (!IDENTIFIER_REST.test(char) || (BY_FIRST.has(char) && i > at)) return i
    i += char.length
  }
}

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
  const token = (kind: TokenKind, end: number, value = text.slice(at, end), dotted = false): Token => ({ kind, text: value, start: at, end, space, newline, dotted })
  if (at >= text.length) return token('eof', at, '')
  const c = text.charCodeAt(at)
  if (isNameStart(text, at)) {
    const end = nameEnd(text, at)
    const name = text.slice(at, end)
    return token(KEYWORDS.has(name) ? 'keyword' : 'name', end, name)
  }
  if (isDigit(c) || (c === 46 && isDigit(text.charCodeAt(at + 1)))) return token('number', at + 1)
  switch (text[at]) {
    case '(': case ')': case '[': case ']': case '{': case '}': case ',': case ';': case '@': case '"': case '`': case "'":
      return token('punct', at + 1)
  }
  if (c === 46) {
    if (text.startsWith('...', at)) return token('op', at + 3)
    if (text.startsWith('..', at) && text[at + 2] !== '.') {
      const dotted = operatorEnd(text, at + 1)
      if (text[at + 2] !== undefined && dotted > at + 2 && text[at + 1] !== '.') return token('op', dotted)
      return token('op', at + 2)
    }
    const end = operatorEnd(text, at + 1)
    const op = text.slice(at + 1, end)
    if (end > at + 1 && op !== '->' && op !== '...' && op !== '?' && op !== ':' && op !== '$' && op !== '::') return token('op', end, op, true)
    return token('punct', at + 1)
  }
  const end = operatorEnd(text, at)
  if (end > at) return token('op', end)
  return fail('parse', 'syntax.unexpected', { found: `the character ${JSON.stringify(String.fromCodePoint(text.codePointAt(at)!))}`, expected: 'an expression' }, { source, start: at, end: at + 1 })
}

/** End of the operator at `at`, suffix included; `at` if there is none. */
function operatorEnd(text: string, at: number): number {
  if (at >= text.length) return at
  const first = String.fromCodePoint(text.codePointAt(at)!)
  const found = BY_FIRST.get(first)?.find(op => text.startsWith(op, at))
  if (!found) return at
  let end = at + found.length
  const takesSuffix = BINARY.has(found) && found !== '=' && found !== '::' && found !== ':' && found !== '&&' && found !== '||'
  while (takesSuffix && end < text.length && text.charCodeAt(end) > 127) {
    const char = String.fromCodePoint(text.codePointAt(end)!)
    if (!isOperatorSuffix(char)) break
    end += char.length
  }
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

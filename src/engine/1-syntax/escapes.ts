/** Escape sequences of characters and strings. */
import { fail } from '../../diagnostics/report.ts'
import type { Span } from '../../diagnostics/source.ts'

// biome-ignore format: a table
const SIMPLE: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', e: '\x1b', '\\': '\\', '"': '"', "'": "'", '`': '`', $: '$' }

/** `raw` with its escapes resolved; `span` is where it stands. */
export function unescape(raw: string, span: Span): string {
  if (!raw.includes('\\')) return raw
  let out = ''
  // `\x` and octal escapes are bytes: those of one character stand side by side.
  let bytes: number[] = []
  const flush = () => {
    if (bytes.length > 0) out += decoded(bytes, span)
    bytes = []
  }
  for (let i = 0; i < raw.length; i++) {
    const char = raw[i]
    if (bytes.length > 0 && (char !== '\\' || !/[x0-7]/.test(raw[i + 1] ?? ''))) flush()
    if (char !== '\\') {
      out += char
      continue
    }
    i++
    const kind = raw[i]
    const simple = kind === undefined ? undefined : SIMPLE[kind]
    if (simple !== undefined) {
      out += simple
      continue
    }
    if (kind === '\n' || kind === '\r') {
      // A line break after a backslash vanishes, with the white space that starts the next line.
      if (kind === '\r' && raw[i + 1] === '\n') i++
      while (raw[i + 1] === ' ' || raw[i + 1] === '\t') i++
      continue
    }
    const number = /^(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3}))/.exec(raw.slice(i, i + 9))
    const code = number && Number.parseInt((number[1] ?? number[2] ?? number[3] ?? number[4])!, number[4] ? 8 : 16)
    if (number === null || code === null || code > 0x10ffff) {
      return fail(
        'parse',
        'syntax.bad-literal',
        { what: `The escape \`\\${kind ?? ''}\``, why: 'there is no such escape sequence' },
        { source: span.source, start: span.start + i - 1, end: span.start + i + 1 },
      )
    }
    if (number[2] ?? number[3]) out += String.fromCodePoint(code)
    else bytes.push(code)
    i += number[0].length - 1
  }
  flush()
  return out
}

function decoded(bytes: readonly number[], span: Span): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))
  } catch {
    return fail('parse', 'subset.no-syntax', { what: 'Text that is not valid UTF-8' }, span)
  }
}

/** In raw strings only backslashes before a quote (or the end) count: `\"` is a quote, `\\"` a backslash and the end. */
export function unescapeRaw(raw: string, quote: string): string {
  return raw.replace(new RegExp(`(\\\\+)(${quote}|$)`, 'g'), (_all, slashes: string, end: string) => {
    return '\\'.repeat(Math.floor(slashes.length / 2)) + (slashes.length % 2 === 1 ? end || '\\' : end)
  })
}

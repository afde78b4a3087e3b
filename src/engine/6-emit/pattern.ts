/**
 * Julia's regular expressions, which are PCRE's, as those of JavaScript. What the two read alike stays, what differs is written another
 * way, and what JavaScript cannot say is refused by name.
 */
import { characterOfUnit, unitOf } from './text-index.ts'

const WORD = '\\p{L}\\p{N}_'
const END = '(?=\\n?(?![\\s\\S]))'

/** Escapes outside of brackets; those of one character class also inside of them. */
// biome-ignore format: a table
const CLASSES: Readonly<Record<string, string>> = {
  d: '\\p{Nd}', w: WORD, s: '\\s', h: ' \\t\\u00a0', v: '\\n\\v\\f\\r\\u0085\\u2028\\u2029', e: '\\x1b', a: '\\x07', n: '\\n', t: '\\t', r: '\\r', f: '\\f',
}
// biome-ignore format: a table
const OUTSIDE: Readonly<Record<string, string>> = {
  D: '\\P{Nd}', W: `[^${WORD}]`, S: '\\S', H: '[^ \\t\\u00a0]', N: '[^\\n]', R: '(?:\\r\\n|[\\n\\v\\f\\r\\u0085\\u2028\\u2029])', A: '(?<![\\s\\S])', z: '(?![\\s\\S])', Z: END,
  b: `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`, B: `(?:(?<=[${WORD}])(?=[${WORD}])|(?<![${WORD}])(?![${WORD}]))`,
}
// biome-ignore format: a table
const POSIX: Readonly<Record<string, string>> = {
  alpha: '\\p{L}', digit: '\\p{Nd}', alnum: '\\p{L}\\p{N}', upper: '\\p{Lu}', lower: '\\p{Ll}', space: '\\s', punct: '\\p{P}\\p{S}', xdigit: '0-9A-Fa-f', word: WORD, blank: ' \\t',
}

/** The source for JavaScript; or after a `!` what is refused, after a `?` what is wrong. */
export function translated(pattern: string, flags: string): string {
  try {
    const source = new Translation(pattern, flags).whole()
    new RegExp(source, `u${jsFlags(flags)}`)
    return source
  } catch (error) {
    if (error instanceof Refusal) return `!${error.message}`
    return `?${error instanceof Error ? error.message : ''}`
  }
}

class Refusal extends Error {}

class Translation {
  readonly #text: string
  readonly #flags: string
  #at = 0

  constructor(text: string, flags: string) {
    this.#text = text
    this.#flags = flags
  }

  whole(): string {
    let out = ''
    while (this.#at < this.#text.length) out += this.#item()
    // An empty source would be a comment.
    return out === '' ? '(?:)' : out
  }

  #item(): string {
    const char = String.fromCodePoint(this.#text.codePointAt(this.#at)!)
    this.#at += char.length
    switch (char) {
      case '\\':
        return this.#escape()
      case '[':
        return this.#brackets()
      case '(':
        return this.#open()
      case '.':
        return this.#flags.includes('s') ? '[\\s\\S]' : '[^\\n]'
      case '^':
        return this.#flags.includes('m') ? '(?:(?<![\\s\\S])|(?<=\\n))' : '(?<![\\s\\S])'
      case '$':
        return this.#flags.includes('m') ? '(?=\\n|(?![\\s\\S]))' : END
      case '{':
        return /^\d+(,\d*)?\}/.test(this.#rest()) ? this.#counted() : '\\{'
      case '}':
      case ']':
        return `\\${char}`
      case '*':
      case '+':
      case '?':
        return this.#quantified(char)
      case '#':
        if (!this.#flags.includes('x')) return char
        while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at++
        return ''
      default:
        return this.#flags.includes('x') && /\s/.test(char) ? '' : char
    }
  }

  #rest(): string {
    return this.#text.slice(this.#at)
  }

  #take(found: RegExpExecArray): string {
    this.#at += found[0].length
    return found[1] ?? found[0]
  }

  #counted(): string {
    return this.#quantified(`{${this.#take(/^[^}]*\}/.exec(this.#rest())!)}`)
  }

  #quantified(quantifier: string): string {
    if (this.#text[this.#at] === '+') throw new Refusal('a possessive quantifier')
    return quantifier
  }

  #open(): string {
    const named = /^\?P?<([A-Za-z_]\w*)>/.exec(this.#rest())
    if (named) return `(?<${this.#take(named)}>`
    const comment = /^\?#[^)]*\)/.exec(this.#rest())
    if (comment) {
      this.#take(comment)
      return ''
    }
    const known = /^\?(?:<?[=!]|:)/.exec(this.#rest())
    if (known) return `(${this.#take(known)}`
    if (/^[?*]/.test(this.#rest())) throw new Refusal(`\`(${this.#rest().slice(0, 2)}\``)
    return '('
  }

  #escape(): string {
    const letter = this.#text[this.#at]
    if (letter === undefined) throw new Error('\\ at end of pattern')
    const code = this.#code()
    if (code !== null) return code
    const back = /^(?:([1-9]\d*)|g\{?([1-9]\d*)\}?)/.exec(this.#rest())
    if (back) {
      this.#at += back[0].length
      return `(?:\\${back[1] ?? back[2]})`
    }
    const name = /^k[<{']([A-Za-z_]\w*)[>}']/.exec(this.#rest())
    if (name) return `\\k<${this.#take(name)}>`
    const property = /^[pP](?:\{\^?\w+\}|[A-Z])/.exec(this.#rest())
    if (property) return this.#property(this.#take(property))
    this.#at++
    const same = CLASSES[letter]
    if (same !== undefined) return 'dwshv'.includes(letter) ? `[${same}]` : same
    return OUTSIDE[letter] ?? this.#literal(letter)
  }

  /** `\x41`, `\x{263a}`, `\u263a`: one character. */
  #code(): string | null {
    const code = /^(?:x\{([\da-fA-F]+)\}|x([\da-fA-F]{1,2})|u([\da-fA-F]{4}))/.exec(this.#rest())
    if (!code) return null
    this.#at += code[0].length
    return `\\u{${code[1] ?? code[2] ?? code[3]}}`
  }

  #property(text: string): string {
    const name = /\w+(?=\}?$)/.exec(text.slice(1))![0]
    return `\\${text[0]}{${name}}`
  }

  #literal(char: string): string {
    if (/[A-Za-z0-9]/.test(char)) throw new Refusal(`\`\\${char}\``)
    return /[\^$\\.*+?()[\]{}|/-]/.test(char) ? (char === '-' ? '\\u{2d}' : `\\${char}`) : char
  }

  #brackets(): string {
    let out = '['
    if (this.#text[this.#at] === '^') {
      out += '^'
      this.#at++
    }
    // A bracket that closes nothing yet is one of the characters.
    for (let first = true; ; first = false) {
      const char = this.#text[this.#at]
      if (char === undefined) throw new Error('missing terminating ] for character class')
      this.#at++
      if (char === ']' && !first) return `${out}]`
      const posix = char === '[' ? /^:(\w+):\]/.exec(this.#rest()) : null
      if (posix) {
        const known = POSIX[this.#take(posix)]
        if (known === undefined) throw new Refusal(`\`[${posix[0]}\``)
        out += known
      } else if (char === '\\') out += this.#member()
      else out += char === '[' || char === ']' ? `\\${char}` : char
    }
  }

  #member(): string {
    const code = this.#code()
    if (code !== null) return code
    const property = /^[pP](?:\{\w+\}|[A-Z])/.exec(this.#rest())
    if (property) return this.#property(this.#take(property))
    const letter = this.#text[this.#at] ?? ''
    this.#at++
    if (letter === 'b') return '\\x08'
    if (letter === 'D' || letter === 'S') return letter === 'D' ? '\\P{Nd}' : '\\S'
    return CLASSES[letter] ?? (letter === '-' ? '\\-' : this.#literal(letter))
  }
}

function jsFlags(flags: string): string {
  return flags.includes('i') ? 'i' : ''
}

const made = new Map<string, RegExp>()

/** `start,end` of the match and of each group, by character; `-1,-1` of a group that has no part in it; empty when nothing matches. */
export function matched(source: string, flags: string, text: string, from: number): string {
  const key = `${flags}/${source}`
  let expression = made.get(key)
  if (!expression) {
    expression = new RegExp(source, `dgu${jsFlags(flags)}`)
    made.set(key, expression)
  }
  expression.lastIndex = unitOf(text, from)
  const found = expression.exec(text)
  if (!found) return ''
  return found.indices!.map(pair => (pair ? pair.map(unit => characterOfUnit(text, unit)).join(',') : '-1,-1')).join(',')
}

/** Names of the groups in order, empty where a group has none. */
export function groupNames(source: string): string {
  const names: string[] = []
  for (const group of source.matchAll(/\\.|\[(?:\\.|[^\]])*\]|\((?!\?(?!<[A-Za-z_]))(?:\?<(\w+)>)?/gu)) {
    if (group[0].startsWith('(')) names.push(group[1] ?? '')
  }
  return names.join(',')
}

/** A tree of any text: lines are statements, brackets hold pieces, the rest is words and signs. */
import type { Piece } from './piece.ts'

const TOKEN = /[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** Tokens from `at`, up to a bracket that closes more than was opened; brackets that do not match are signs. */
function group(tokens: readonly Piece[], at: number, closing: string | null): { readonly pieces: Piece[]; readonly next: number } | null {
  const pieces: Piece[] = []
  let next = at
  while (next < tokens.length) {
    const token = tokens[next]!
    if (token.name === closing) return { pieces, next }
    const wanted = CLOSING[token.name]
    const inner = wanted ? group(tokens, next + 1, wanted) : null
    if (inner) {
      const last = tokens[inner.next]!
      pieces.push({
        name: `${token.name}${last.name}`,
        sort: 'other',
        start: token.start,
        end: last.end,
        children: [token, ...inner.pieces, last],
      })
      next = inner.next + 1
    } else {
      pieces.push(token)
      next++
    }
  }
  return closing === null ? { pieces, next } : null
}

function line(text: string, start: number): Piece {
  const tokens = [...text.matchAll(TOKEN)].map(
    (m): Piece => ({ name: m[0], sort: 'other', start: start + m.index, end: start + m.index + m[0].length, children: [] }),
  )
  const children = group(tokens, 0, null)!.pieces
  return {
    name: 'line',
    sort: 'statement',
    start: start + text.length - text.trimStart().length,
    end: start + text.trimEnd().length,
    children,
  }
}

export function textTree(text: string): Piece {
  const children: Piece[] = []
  for (const { 0: own, index } of text.matchAll(/[^\n]+/g)) if (own.trim() !== '') children.push(line(own, index))
  return { name: 'text', sort: 'other', start: 0, end: text.length, children }
}

/** Strings: interpolation, triple quotes with their indentation, raw strings of string macros, commands. */
import { fail } from '../../diagnostics/report.ts'
import type { Span } from '../../diagnostics/source.ts'
import type { Leaf, Node } from './ast.ts'
import { unescape, unescapeRaw } from './escapes.ts'
import { isNameStart, nameEnd, nameText } from './lexer.ts'
import { Parser } from './parser.ts'

/** A piece as it stands in the file, or an interpolated expression. */
type Piece = { readonly kind: 'text'; text: string; readonly span: Span } | { readonly kind: 'node'; readonly node: Node }

/** The string that starts at the current quote. Raw ones interpolate nothing. */
export function parseString(p: Parser, raw: boolean): Node {
  const { text } = p.source
  const start = p.token.start
  const quote = p.token.text
  const triple = text.startsWith(quote.repeat(3), start)
  const end = triple ? quote.repeat(3) : quote
  const pieces: Piece[] = []
  let at = start + end.length
  let from = at
  const flush = () => {
    if (at === from) return
    const written = text.slice(from, at)
    const span = p.span(from, at)
    // Wrong escapes are found before the text is changed, so that they are found where they are.
    if (!raw) unescape(written, span)
    pieces.push({ kind: 'text', text: written.replace(/\r\n?/g, '\n'), span })
  }
  for (;;) {
    if (at >= text.length)
      fail('parse', 'syntax.unterminated', { what: quote === '"' ? 'This string' : 'This command', end }, p.span(start, start + end.length))
    if (text.startsWith(end, at)) break
    if (text[at] === '\\') at += 2
    else if (text[at] === '$' && !raw) {
      flush()
      const node = interpolated(p, at)
      pieces.push({ kind: 'node', node })
      at = p.last
      from = at
    } else at++
  }
  flush()
  p.seek(at + end.length)
  if (triple) dedent(pieces)
  const args = pieces.flatMap((piece): Node[] => {
    if (piece.kind === 'node') return [piece.node]
    const valueOf = (written: string) => (raw ? unescapeRaw(written, quote) : unescape(written, piece.span))
    const lines = triple ? linesOf(piece.text, raw).map(valueOf) : [valueOf(piece.text)]
    const value = lines.join('')
    const leaf: Leaf = { kind: 'String', value, ...(lines.length > 1 && { lines }), span: piece.span }
    return value === '' && pieces.length > 1 ? [] : [leaf]
  })
  if (args.length === 0) args.push({ kind: 'String', value: '', span: p.span(start + end.length, at) })
  const flag = [triple ? 's' : '', raw ? 'r' : ''].filter(f => f).join('-')
  return p.tree(quote === '`' ? 'cmdstring' : 'string', args, start, flag)
}

/** Each with the line break that ends it, unless a backslash takes that away. */
function linesOf(written: string, raw: boolean): string[] {
  return written.match(raw ? /[^\n]*\n|[^\n]+/g : /(?:\\[\s\S]|[^\n\\])*\n|(?:\\[\s\S]|[^\n\\])+/g) ?? ['']
}

/** `$name` or `$(expression)`; leaves the parser's `last` behind it. */
function interpolated(p: Parser, at: number): Node {
  const { text } = p.source
  if (text[at + 1] === '(') {
    const inner = new Parser(p.source, p.grammar, at + 1)
    const node = p.grammar.parenthesised(inner)
    p.last = inner.last
    return node
  }
  if (isNameStart(text, at + 1)) {
    const end = nameEnd(text, at + 1)
    p.last = end
    return { kind: 'Identifier', name: nameText(text, at + 1, end), raw: false, span: p.span(at + 1, end) }
  }
  const why = 'a name or parentheses must follow `$`; the sign itself is written `\\$`'
  return fail('parse', 'syntax.bad-literal', { what: 'This string', why }, p.span(at, at + 1))
}

/** Takes away the line break after the opening quotes and the indentation that all lines share. */
function dedent(pieces: Piece[]): void {
  const first = pieces[0]
  let leading = false
  if (first?.kind === 'text') {
    const cut = /^\r?\n/.exec(first.text)?.[0].length ?? 0
    leading = cut > 0
    first.text = first.text.slice(cut)
  }
  let shared: string | null = null
  const see = (indent: string) => {
    if (shared === null) shared = indent
    let n = 0
    while (n < shared.length && shared[n] === indent[n]) n++
    shared = shared.slice(0, n)
  }
  pieces.forEach((piece, index) => {
    if (piece.kind !== 'text') return
    const lines = piece.text.split('\n')
    lines.forEach((line, i) => {
      if (i === 0 && !(index === 0 && leading)) return
      const indent = /^[ \t]*/.exec(line)![0]
      const isLastLine = i === lines.length - 1
      const isBlank = indent.length === line.replace(/\r$/, '').length
      // An empty line does not count, but the one that closes the string or precedes an interpolation does.
      if (!isBlank || isLastLine) see(indent)
    })
  })
  const cut = (shared ?? '').length
  if (cut === 0) return
  pieces.forEach((piece, index) => {
    if (piece.kind !== 'text') return
    const lines = piece.text.split('\n')
    piece.text = lines
      .map((line, i) => (i === 0 && !(index === 0 && leading) ? line : line.slice(Math.min(cut, /^[ \t]*/.exec(line)![0].length))))
      .join('\n')
  })
}

/** Primaries: names, literals, brackets, quotes, operators as values. */
import type { Leaf, Node } from './ast.ts'
import { parseChar, parseNumber } from './literals.ts'
import { INDEX, isTreeOf, type Parser } from './parser.ts'
import { parseString } from './strings.ts'

export function parsePrimary(p: Parser): Node {
  const { token } = p
  switch (token.kind) {
    case 'number':
      return parseNumber(p)
    case 'name':
      return parseName(p)
    case 'keyword':
      return keyword(p)
    case 'op':
      return token.text === ':' && !token.dotted ? quote(p) : parseOperator(p)
    case 'eof':
      return p.fail('an expression')
    case 'punct':
      break
  }
  switch (token.text) {
    case '(':
      return p.grammar.parenthesised(p)
    case '[':
      return p.grammar.bracketed(p)
    case '{':
      return p.grammar.braces(p)
    case '"':
      return parseString(p, false)
    case '`':
      return parseString(p, true)
    case "'":
      return parseChar(p)
    case '@':
      return p.grammar.macro(p)
    default:
      return p.fail('an expression')
  }
}

/** A name, or `var"…"`. */
export function parseName(p: Parser): Leaf {
  const token = p.advance()
  if (token.text === 'var' && p.source.text[token.end] === '"') return rawName(p, token.start)
  return p.name(token.text, token.start, token.end)
}

/** What is in the quotes of `var"…"`; `var` is taken. */
export function rawName(p: Parser, start: number): Leaf {
  const node = parseString(p, true)
  const piece = isTreeOf(node, 'string') ? node.args[0] : undefined
  return p.name(piece?.kind === 'String' ? piece.value : '', start, p.last, true)
}

function keyword(p: Parser): Node {
  const { token } = p
  if (token.text === 'true' || token.text === 'false') {
    p.advance()
    return { kind: 'Bool', value: token.text === 'true', span: p.span(token.start) }
  }
  if (!p.has(INDEX) || (token.text !== 'end' && token.text !== 'begin'))
    return p.closes(token) || token.text === 'do' ? p.fail('an expression') : p.grammar.keyword(p)
  p.advance()
  return p.name(token.text, token.start, token.end)
}

/** Operators that are no values: they are syntax. */
const NO_VALUES: ReadonlySet<string> = new Set(['->', '?', '=', '&&', '||', '...', '::', '-->', '$', ':='])

function isValue(text: string): boolean {
  return !NO_VALUES.has(text) && !(text.endsWith('=') && text.length > 1 && !['==', '===', '!=', '!==', '<=', '>='].includes(text))
}

/** An operator as a value. */
export function parseOperator(p: Parser): Node {
  if (!isValue(p.token.text)) p.fail('an expression')
  return p.operatorValue(p.advance())
}

/** `:x`, `:(…)`, or `:` alone, as in `a[:, 1]`. */
function quote(p: Parser): Node {
  const token = p.advance()
  const next = p.token
  if (p.closes(next) && (next.kind !== 'keyword' || next.space)) return p.name(':', token.start, token.end)
  if (next.space) p.failOn('white space after `:`', 'none', token)
  const inner = p.within(p.cx & ~INDEX, parseQuoted)
  return p.tree('quote', [inner], token.start, ':')
}

/** What `:` quotes: any name, operator or keyword, or a primary. */
export function parseQuoted(p: Parser): Node {
  const { token } = p
  if (token.kind === 'op') return p.operatorValue(p.advance())
  // The head of `a.b`.
  if (p.is('.')) {
    p.advance()
    return p.name('.', token.start, token.end)
  }
  if (token.kind === 'keyword' && token.text !== 'true' && token.text !== 'false') return parseName(p)
  if (p.is('(') && p.peek().kind === 'op') {
    const open = p.advance()
    const op = p.advance()
    if (p.take(')')) return p.tree('parens', [p.operatorValue(op)], open.start)
    p.seek(open.start)
  }
  return p.grammar.primary(p)
}

/** The name of a field: keywords and operators are names here. */
export function parseField(p: Parser): Node {
  const { token } = p
  if (token.kind === 'name' || token.kind === 'keyword') return parseName(p)
  // In `A.:==` as well, which is `A.:(==)` if an operator is meant.
  if (token.kind === 'op' && token.text !== ':=') return p.operatorValue(p.advance())
  if (p.is('"')) return parseString(p, false)
  return p.fail('the name of a field')
}

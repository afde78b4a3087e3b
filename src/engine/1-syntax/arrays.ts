/** Square brackets and braces: vectors, matrices, n-dimensional literals, comprehensions. */
import type { Node, Tree } from './ast.ts'
import { generator } from './brackets.ts'
import { parseExpression } from './expression.ts'
import type { Token } from './lexer.ts'
import { GENERATOR, INDEX, LINES, type Parser, SPACES } from './parser.ts'

/** `[…]`: a `vect`, `hcat`, `vcat`, `ncat` or `comprehension`; `a[…]` renames it. */
export function parseBracketed(p: Parser): Tree {
  return literal(p, ']')
}

/** `{…}`: type variables after `where`, the arguments of some macros. */
export function parseBraces(p: Parser): Tree {
  const { start } = p.token
  const made = literal(p, '}')
  switch (made.kind) {
    case 'vect':
      return { ...made, kind: 'braces' }
    case 'hcat':
      return { ...made, kind: 'bracescat', args: [p.tree('row', made.args, start)] }
    case 'comprehension':
      return { ...made, kind: 'braces' }
    default:
      return { ...made, kind: 'bracescat' }
  }
}

function literal(p: Parser, close: string): Tree {
  const open = p.advance()
  const list = (p.cx & INDEX) | LINES | GENERATOR
  const spaced = (p.cx & INDEX) | SPACES | GENERATOR
  if (p.take(close)) return p.tree('vect', [], open.start)
  if (p.is(';')) {
    const count = semicolons(p)
    p.close(close, open)
    return p.tree('ncat', [], open.start, `${count}`)
  }
  const first = p.within(spaced, parseExpression)
  if (p.is(',') || p.is(close)) return p.within(list, () => vector(p, open, close, first))
  if (p.isKeyword('for')) {
    const made = generator(p, first, first.span.start)
    p.close(close, open)
    return p.tree('comprehension', [made], open.start)
  }
  return p.within(spaced, () => matrix(p, open, close, first))
}

/** `[a, b; c]`; the first element is read. */
function vector(p: Parser, open: Token, close: string, first: Node): Tree {
  const items = [first]
  let trailing = false
  while (p.take(',')) {
    trailing = p.is(close)
    if (trailing || p.is(';')) break
    items.push(parseExpression(p))
  }
  while (p.is(';')) {
    const { start } = p.advance()
    const inner: Node[] = []
    while (!p.is(close) && !p.is(';')) {
      inner.push(parseExpression(p))
      if (!p.take(',')) break
    }
    items.push(p.tree('parameters', inner, start))
  }
  p.close(close, open)
  return p.tree('vect', items, open.start, trailing ? ',' : '')
}

/** How many semicolons stand here, side by side. */
function semicolons(p: Parser): number {
  let count = 0
  while (p.is(';') && (count === 0 || !p.token.space)) {
    p.advance()
    count++
  }
  return count
}

/** An element and what stands before it: 0 for white space (and for the first), 1 for `;` or a line break, n for n semicolons. */
interface Element {
  readonly node: Node
  readonly before: number
}

function matrix(p: Parser, open: Token, close: string, first: Node): Tree {
  const elements: Element[] = [{ node: first, before: 0 }]
  let trailing = 0
  /** The first pair of semicolons, and whether white space separates elements too: Julia takes only one of them. */
  let pair: Token | null = null
  let spaces = false
  for (;;) {
    const { token } = p
    const line = token.newline
    let count = semicolons(p)
    // At the end of a line, `;;` says that the row goes on.
    if (count === 2 && spaces && p.token.newline) count = 0
    else if (count === 2) pair ??= token
    else if (count === 0 && !line && !p.is(close)) spaces = true
    if (p.token.kind === 'eof' || p.is(close)) {
      trailing = count
      break
    }
    if (count === 0 && !p.token.space) p.fail(`\`${close}\`, a comma, a semicolon or white space`)
    elements.push({ node: parseExpression(p), before: count > 0 ? count : line ? 1 : 0 })
  }
  p.close(close, open)
  if (pair && spaces) p.failOn('`;;` beside white space as a separator of columns', 'only one of them', pair)
  const highest = elements.reduce((most, e) => Math.max(most, e.before), trailing)
  if (highest === 0)
    return p.tree(
      'hcat',
      elements.map(e => e.node),
      open.start,
    )
  const parts = grouped(elements, highest)
  return highest === 1 ? p.tree('vcat', parts, open.start) : p.tree('ncat', parts, open.start, `${highest}`)
}

/** Nests rows in columns in higher dimensions, by the separators. */
function grouped(elements: readonly Element[], level: number): Node[] {
  const groups: Element[][] = []
  for (const e of elements) {
    const current = groups[groups.length - 1]
    if (!current || e.before >= level) groups.push([{ node: e.node, before: 0 }])
    else current.push(e)
  }
  return groups.map(group => {
    const [only] = group
    if (group.length === 1 && only) return only.node
    const inner = Math.max(...group.map(e => e.before))
    const span = { ...group[0]!.node.span, end: group[group.length - 1]!.node.span.end }
    if (inner === 0) return { kind: 'row', form: 'prefix', flag: '', args: group.map(e => e.node), span }
    return { kind: 'nrow', form: 'prefix', flag: `${inner}`, args: grouped(group, inner), span }
  })
}

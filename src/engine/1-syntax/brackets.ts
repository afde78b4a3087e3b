/** Parentheses, square brackets and braces: tuples, blocks, vectors, matrices, comprehensions. */
import type { Node, Tree } from './ast.ts'
import { generator } from './postfix.ts'
import type { Parser } from './parser.ts'

/** `(…)`: grouping, a tuple, a block `(a; b)`, a generator. */
export function parseParenthesised(p: Parser): Node {
  const open = p.advance()
  const { start } = open
  return p.within({ newlines: 'ignored', spaces: 'ignored', target: false, colon: true, where: true }, () => {
    const items: Node[] = []
    let commas = 0
    let trailing = false
    while (!p.is(')') && !p.is(';')) {
      const from = p.token.start
      let item = p.grammar.expression(p)
      if (p.isKeyword('for')) item = generator(p, item, from)
      items.push(item)
      trailing = p.take(',')
      if (!trailing) break
      commas++
    }
    if (!p.is(';')) {
      p.close(')', open)
      if (items.length === 1 && commas === 0) return p.tree('parens', items, start)
      return p.tree('tuple', items, start, trailing && items.length > 0 ? 'p-,' : 'p')
    }
    const isTuple = items.length === 0 ? !isEmptyBlock(p) : commas > 0
    if (isTuple) {
      while (p.is(';')) items.push(parameters(p))
      p.close(')', open)
      return p.tree('tuple', items, start, 'p')
    }
    // `(a; b)` runs both.
    while (p.take(';')) {
      while (p.is(';')) p.advance()
      if (p.is(')')) break
      const from = p.token.start
      const item = p.grammar.statement(p)
      items.push(item)
      if (p.is(',')) {
        // `(a; b, c)` can only be parameters of an arrow function.
        const rest = [item]
        while (p.take(',') && !p.is(')')) rest.push(p.grammar.expression(p))
        items.pop()
        p.close(')', open)
        return p.tree('tuple', [...items, { kind: 'parameters', form: 'prefix', flag: '', args: rest, span: p.span(from) } as Tree], start, 'p')
      }
    }
    p.close(')', open)
    return p.tree('block', items, start, 'p')
  })
}

/** `(;)` and `(;;)`. */
function isEmptyBlock(p: Parser): boolean {
  return /^[;\s]*\)/.test(p.source.text.slice(p.token.start, p.token.start + 40)) && p.source.text.slice(p.token.start).trimStart().startsWith(';;')
}

function parameters(p: Parser): Tree {
  const start = p.token.start
  p.advance()
  const inner: Node[] = []
  while (!p.is(')') && !p.is(';')) {
    inner.push(p.grammar.expression(p))
    if (!p.take(',')) break
  }
  return p.tree('parameters', inner, start)
}

/** `{…}`. */
export function parseBraces(p: Parser): Tree {
  const open = p.advance()
  return p.within({ newlines: 'ignored', spaces: 'ignored', target: false, colon: true, where: true, indexing: false }, () => {
    const items: Node[] = []
    let comma = false
    while (!p.is('}')) {
      items.push(p.grammar.expression(p))
      comma = p.take(',')
      if (!comma) break
    }
    p.close('}', open)
    return p.tree('braces', items, open.start, comma && items.length > 0 ? ',' : '')
  })
}

/** How two elements of a matrix are separated: 0 by white space, 1 by `;` or a line break, n by n semicolons. */
interface Element {
  readonly node: Node
  /** What stands before it; 0 for the first. */
  readonly before: number
}

/** `[…]`. The result is `vect`, `hcat`, `vcat`, `ncat` or `comprehension`; `a[…]` renames it. */
export function parseBracketed(p: Parser): Tree {
  const open = p.advance()
  const { start } = open
  const { indexing } = p.cx
  if (p.is(']')) {
    p.advance()
    return p.tree('vect', [], start)
  }
  if (p.is(';')) {
    const count = semicolons(p)
    p.close(']', open)
    return p.tree('ncat', [], start, `${count}`)
  }
  const first = p.within({ newlines: 'end', spaces: 'separate', target: false, colon: true, where: true, indexing }, () => p.grammar.expression(p))
  if (p.is(',') || p.is(']')) return vector(p, open, [first], indexing)
  if (p.isKeyword('for')) {
    const made = generator(p, first, first.span.start)
    p.close(']', open)
    return p.tree('comprehension', [made], start)
  }
  return matrix(p, open, first, indexing)
}

function vector(p: Parser, open: Parser['token'], items: Node[], indexing: boolean): Tree {
  return p.within({ newlines: 'ignored', spaces: 'ignored', target: false, colon: true, where: true, indexing }, () => {
    let comma = false
    while (p.take(',')) {
      comma = true
      if (p.is(']') || p.is(';')) break
      comma = false
      items.push(p.grammar.expression(p))
    }
    while (p.is(';')) {
      const from = p.token.start
      p.advance()
      const inner: Node[] = []
      while (!p.is(']') && !p.is(';')) {
        inner.push(p.grammar.expression(p))
        if (!p.take(',')) break
      }
      items.push(p.tree('parameters', inner, from))
    }
    p.close(']', open)
    return p.tree('vect', items, open.start, comma ? ',' : '')
  })
}

function semicolons(p: Parser): number {
  let count = 0
  while (p.is(';') && (count === 0 || !p.token.space)) {
    p.advance()
    count++
  }
  return count
}

function matrix(p: Parser, open: Parser['token'], first: Node, indexing: boolean): Tree {
  const elements: Element[] = [{ node: first, before: 0 }]
  let trailing = 0
  p.within({ newlines: 'end', spaces: 'separate', target: false, colon: true, where: true, indexing }, () => {
    for (;;) {
      let before = 0
      if (p.token.newline) before = 1
      if (p.is(';')) before = Math.max(semicolons(p), 1)
      if (p.is(']')) {
        trailing = before > 0 && !p.token.newline ? before : before > 1 ? before : trailing
        break
      }
      if (p.token.kind === 'eof') p.close(']', open)
      if (before === 0 && !p.token.space) p.fail('`]`, a comma, a semicolon or white space')
      elements.push({ node: p.grammar.expression(p), before })
    }
    p.close(']', open)
  })
  return assembled(p, elements, trailing, open.start)
}

/** Nests rows in columns in higher dimensions, by the separators. */
function assembled(p: Parser, elements: readonly Element[], trailing: number, start: number): Tree {
  const highest = Math.max(trailing, ...elements.map(e => e.before))
  if (highest === 0) return p.tree('hcat', elements.map(e => e.node), start)
  const parts = grouped(elements, highest)
  if (highest === 1) return p.tree('vcat', parts, start)
  return p.tree('ncat', parts, start, `${highest}`)
}

function grouped(elements: readonly Element[], level: number): Node[] {
  const groups: Element[][] = []
  for (const e of elements) {
    if (groups.length === 0 || e.before >= level) groups.push([{ node: e.node, before: 0 }])
    else groups.at(-1)!.push(e)
  }
  return groups.map(group => {
    const [only] = group
    if (group.length === 1 && only) return only.node
    const inner = Math.max(...group.slice(1).map(e => e.before))
    const span = { ...group[0]!.node.span, end: group.at(-1)!.node.span.end }
    if (inner === 0) return { kind: 'row', form: 'prefix', flag: '', args: group.map(e => e.node), span }
    return { kind: 'nrow', form: 'prefix', flag: `${inner}`, args: grouped(group, inner), span }
  })
}


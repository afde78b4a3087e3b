/** `import`, `using`, `export`, `public`. */
import type { Node, Tree } from './ast.ts'
import { macroName } from './macros.ts'
import type { Parser } from './parser.ts'
import { parseName, parseQuoted } from './primary.ts'

/** Names, macros or operators; the current token is the keyword. */
export function parseExport(p: Parser, kind: 'export' | 'public'): Tree {
  const { start } = p.advance()
  return p.tree(kind, separated(p, name), start)
}

/** The current token is `import` or `using`. */
export function parseImport(p: Parser, kind: 'import' | 'using'): Tree {
  const { start } = p.advance()
  const whole = kind === 'import' ? item : path
  const first = whole(p)
  if (!p.is(':') || p.atBreak()) return p.tree(kind, p.take(',') ? [first, ...separated(p, whole)] : [first], start)
  if (first.kind === 'as') p.fail('the end of the line or `;`')
  p.advance()
  const found = p.tree(kind, [p.tree(':', [first, ...separated(p, item)], first.span.start)], start)
  return p.is(':') && !p.atBreak() ? p.fail('the end of the line or `;`') : found
}

function separated(p: Parser, parse: (p: Parser) => Node): Node[] {
  const items = [parse(p)]
  while (p.is(',') && !p.atBreak()) {
    p.advance()
    items.push(parse(p))
  }
  return items
}

function name(p: Parser): Node {
  const { token } = p
  if (token.kind === 'op') {
    if (token.text === '$') return p.grammar.prefixed(p)
    return token.text === ':' ? quoted(p) : p.operatorValue(p.advance())
  }
  if (token.kind === 'name') return parseName(p)
  if (p.is('@')) {
    p.advance()
    return macroName(p, token.start)
  }
  if (!p.is('(')) return p.fail('a name')
  const open = p.advance()
  const inner = name(p)
  p.close(')', open)
  return p.tree('parens', [inner], token.start)
}

/** `import Base.:+`. */
function quoted(p: Parser): Node {
  const { start } = p.advance()
  return p.tree('quote', [parseQuoted(p)], start, ':')
}

/** `A.B`, `A as B`. */
function item(p: Parser): Tree {
  const { start } = p.token
  const named = path(p)
  if (p.token.kind !== 'name' || p.token.text !== 'as' || p.atBreak()) return named
  p.advance()
  return p.tree('as', [named, name(p)], start)
}

/** `A.B`, `..A`. */
function path(p: Parser): Tree {
  const { start } = p.token
  const parts: Node[] = []
  // Leading dots: relative to this module, its parent, …
  while (p.is('.') || p.is('..') || p.is('...')) {
    const dots = p.advance()
    for (let at = dots.start; at < dots.end; at++) parts.push(p.name('.', at, at + 1))
  }
  if (p.is(':')) p.fail('a name')
  if (p.token.dotted) {
    // `import .+`: the dot leads, the operator is the name.
    parts.push(p.name('.', p.token.start, p.token.start + 1), p.operator(p.advance()))
  } else parts.push(name(p))
  for (;;) {
    // In `Base.==` the lexer takes the dot for a part of the operator.
    if (p.token.dotted && !p.token.space) parts.push(p.operator(p.advance()))
    else if (p.is('...') && !p.token.space) {
      const dots = p.advance()
      parts.push(p.name('..', dots.start + 1, dots.end))
    } else if (p.is('.') && !p.token.space) {
      p.advance()
      parts.push(name(p))
    } else break
  }
  return p.tree('importpath', parts, start)
}

/** Names in `import`, `using` and `export`: identifiers, macros, operators, also in parentheses. */
import type { Node } from './ast.ts'
import type { Parser } from './parser.ts'

export function nameOfImport(p: Parser): Node {
  const { token } = p
  if (token.kind === 'punct' && token.text === '@') {
    p.advance()
    const name = p.advance()
    return { kind: 'MacroName', name: name.text, written: 'at', span: p.span(token.start) }
  }
  if (token.kind === 'punct' && token.text === '(') {
    p.advance()
    const inner = nameOfImport(p)
    p.expect(')')
    return p.tree('parens', [inner], token.start)
  }
  if (token.kind === 'op') {
    p.advance()
    return p.operator(token)
  }
  if (token.kind !== 'name') return p.fail('a name')
  return p.grammar.primary(p)
}

/** Definitions of functions, macros and types. */
import type { Node, Tree } from './ast.ts'
import { parseBlock, takeEnd } from './blocks.ts'
import { parseList } from './brackets.ts'
import { isSignature, parseBinary } from './expression.ts'
import type { Token } from './lexer.ts'
import { PRECEDENCE } from './operators.ts'
import { FIELDS, isTreeOf, type Parser } from './parser.ts'

export function parseFunction(p: Parser, kind: 'function' | 'macro'): Tree {
  const open = p.advance()
  const signature = parseSignature(p)
  if (p.isKeyword('end') && !isSignature(signature) && !isTreeOf(signature, 'tuple', '::', 'where')) {
    p.advance()
    return p.tree(kind, [signature], open.start)
  }
  if (isTreeOf(signature, 'tuple') ? kind === 'macro' : isName(signature)) p.fail('a list of parameters')
  const body = parseBlock(p)
  takeEnd(p, open)
  return p.tree(kind, [signature, body], open.start)
}

function isName(node: Node): boolean {
  return node.kind === 'Identifier' || isTreeOf(node, '.')
}

function parseSignature(p: Parser): Node {
  const { start } = p.token
  let node = signatureCall(p, start)
  if (p.is('::') && !p.atBreak()) {
    p.advance()
    node = p.tree('::', [node, p.grammar.call(p)], start, '', 'infix')
  }
  return p.grammar.where(p, node, start)
}

/** `f(x)`, `(f::F)(x)`, `(f(x)::T)`, or the parameters `(x, y)` of a function without a name. */
function signatureCall(p: Parser, start: number): Node {
  if (!p.is('(')) return p.grammar.chain(p, p.grammar.prefixed(p), start)
  const list = parseList(p, ')')
  const [first] = list.items
  if (list.expressions === 0 && p.is('(') && !p.token.space) return p.grammar.chain(p, p.tree('tuple', [], start, 'p'), start)
  const isWhole = list.commas === 0 && list.parameters.length === 0 && first !== undefined && isSignature(first)
  const sticks = (p.is('(') || p.is('.')) && !p.token.space
  if (list.commas > 0 || (!sticks && !isWhole) || first === undefined) {
    return p.tree('tuple', [...list.items, ...list.parameters], start, list.trailing ? 'p-,' : 'p')
  }
  const name = p.tree('parens', list.items, start)
  return isWhole && !sticks ? name : p.grammar.chain(p, name, start)
}

/** The current token is `struct`. */
export function parseStruct(p: Parser, start: number, flag: string): Tree {
  const open = p.advance()
  const name = typeName(p)
  const body = p.within(p.cx | FIELDS, q => parseBlock(q, true))
  takeEnd(p, open)
  return p.tree('struct', [name, body], start, flag)
}

function typeName(p: Parser): Node {
  return parseBinary(p, PRECEDENCE.comparison)
}

/** `abstract type A end`, `primitive type A 8 end`; the current token is `type`. */
export function parseAbstract(p: Parser, open: Token): Tree {
  p.advance()
  const name = typeName(p)
  const bits = open.text === 'primitive' ? [p.grammar.call(p)] : []
  while (p.is(';')) p.advance()
  takeEnd(p, open)
  return p.tree(open.text as 'abstract' | 'primitive', [name, ...bits], open.start)
}

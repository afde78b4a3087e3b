/** What begins with a keyword, or with a word that is one in this place only. */
import type { Node, Tree } from './ast.ts'
import { parseBlock, parseIf, parseIteration, parseLet, parseTry, takeEnd } from './blocks.ts'
import { parseAbstract, parseFunction, parseStruct } from './definitions.ts'
import { parseExpression } from './expression.ts'
import { parseExport, parseImport } from './imports.ts'
import { FIELDS, isTreeOf, OUTSIDE, type Parser } from './parser.ts'

export function parseKeyword(p: Parser): Node {
  return p.within(p.isKeyword('const') ? p.cx & FIELDS : OUTSIDE, keyword)
}

function keyword(p: Parser): Node {
  const { token } = p
  switch (token.text) {
    case 'begin':
      return { ...ended(p, true), kind: 'block' }
    case 'quote': {
      p.advance()
      const body = parseBlock(p, true)
      takeEnd(p, token)
      return p.tree('quote', [body], token.start)
    }
    case 'if':
      return parseIf(p, token)
    case 'while': {
      p.advance()
      return loop(p, 'while', parseExpression(p), token)
    }
    case 'for': {
      p.advance()
      return loop(p, 'for', parseIteration(p), token)
    }
    case 'let':
      return parseLet(p)
    case 'try':
      return parseTry(p)
    case 'function':
    case 'macro':
      return parseFunction(p, token.text)
    case 'struct':
      return parseStruct(p, token.start, '')
    case 'module':
    case 'baremodule': {
      p.advance()
      const name = p.grammar.prefixed(p)
      const body = parseBlock(p, true)
      takeEnd(p, token)
      return p.tree('module', [name, body], token.start, token.text === 'baremodule' ? 'bare' : '')
    }
    case 'const': {
      p.advance()
      const node = p.grammar.statement(p)
      if (!isDefinition(node) && !p.has(FIELDS)) p.fail('the value of the constant')
      return p.tree('const', [node], token.start)
    }
    case 'global':
    case 'local':
      return parseDeclaration(p, token.text)
    case 'return':
      p.advance()
      return p.tree('return', p.atBreak() || p.closes(p.token) ? [] : [p.grammar.statement(p)], token.start)
    case 'break':
    case 'continue':
      p.advance()
      return p.tree(token.text, [], token.start)
    case 'using':
    case 'import':
      return parseImport(p, token.text)
    case 'export':
      return parseExport(p, 'export')
    default:
      return p.fail('an expression')
  }
}

/** What `const` may stand before. */
function isDefinition(node: Node): boolean {
  if (isTreeOf(node, 'global', 'local')) return node.args.length === 1 && isDefinition(node.args[0]!)
  return isTreeOf(node, '=') || (isTreeOf(node, 'function') && node.flag === '=')
}

function ended(p: Parser, documents: boolean): Tree {
  const open = p.advance()
  const body = parseBlock(p, documents)
  takeEnd(p, open)
  return { ...body, span: p.span(open.start) }
}

function loop(p: Parser, kind: 'while' | 'for', head: Node, open: Parser['token']): Tree {
  const body = parseBlock(p)
  takeEnd(p, open)
  return p.tree(kind, [head, body], open.start)
}

function parseDeclaration(p: Parser, kind: 'global' | 'local'): Tree {
  const { start } = p.advance()
  const node = p.grammar.statement(p)
  return p.tree(kind, isTreeOf(node, 'tuple') && node.flag === '' ? node.args : [node], start)
}

/** `public a, b` where a statement begins; null when the word is a name here. */
export function parsePublic(p: Parser): Node | null {
  const { token } = p
  if (token.text !== 'public' || token.kind !== 'name') return null
  const next = p.peek()
  if (next.newline) return null
  return (next.kind === 'name' && next.text !== 'in' && next.text !== 'isa') || next.text === '@' ? parseExport(p, 'public') : null
}

/** `mutable struct`, `abstract type`, `primitive type`; null when the word is a name here. */
export function parseSoftKeyword(p: Parser): Node | null {
  const { token } = p
  switch (token.text) {
    case 'mutable':
    case 'abstract':
    case 'primitive':
      break
    default:
      return null
  }
  const next = p.peek()
  if (token.kind !== 'name' || next.newline) return null
  const word = token.text === 'mutable' ? 'struct' : 'type'
  if (next.text !== word || (next.kind !== 'name' && next.kind !== 'keyword')) return null
  p.advance()
  return p.within(OUTSIDE, () => (token.text === 'mutable' ? parseStruct(p, token.start, 'mut') : parseAbstract(p, token)))
}

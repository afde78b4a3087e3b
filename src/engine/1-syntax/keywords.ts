/** What begins with a keyword: control flow, definitions, modules, imports. */
import type { Node, Tree } from './ast.ts'
import { PRECEDENCE } from './operators.ts'
import { isTreeOf, OUTSIDE, type Parser } from './parser.ts'
import { nameOfImport } from './imports.ts'

const SEPARATORS = [';']

/** Statements up to one of these keywords, which stays. */
export function parseBlock(p: Parser, ends: readonly string[]): Tree {
  const { start } = p.token
  const statements: Node[] = []
  const open = p.token
  p.within(OUTSIDE, () => {
    for (;;) {
      while (SEPARATORS.includes(p.token.text) && p.token.kind === 'punct') p.advance()
      if (p.token.kind === 'keyword' && ends.includes(p.token.text)) break
      if (p.token.kind === 'eof') p.fail(`\`${ends.at(-1)}\``, p.token)
      statements.push(documented(p))
      if (!p.atBreak() && !p.is(';') && !(p.token.kind === 'keyword' && ends.includes(p.token.text))) p.fail('the end of the line or `;`')
    }
  })
  const span = statements.length > 0 ? { ...statements[0]!.span, end: statements.at(-1)!.span.end } : p.span(Math.min(start, p.last), Math.min(start, p.last))
  void open
  return { kind: 'block', form: 'prefix', flag: '', args: statements, span }
}

/** A statement; a string on the line before one documents it. */
export function documented(p: Parser): Node {
  const { start } = p.token
  const first = p.grammar.statement(p)
  const isDoc = isTreeOf(first, 'string') || (isTreeOf(first, 'macrocall') && first.args[0]?.kind === 'MacroName' && first.args[0].written === 'string')
  if (!isDoc || !p.token.newline || p.token.kind === 'eof' || p.isKeyword('end')) return first
  const between = p.source.text.slice(p.last, p.token.start)
  if (between.indexOf('\n') !== between.lastIndexOf('\n')) return first
  return p.tree('doc', [first, p.grammar.statement(p)], start)
}

export function parseKeyword(p: Parser): Node {
  const { token } = p
  switch (token.text) {
    case 'begin': return ended(p, 'block', q => q.grammar.block(q, ['end']).args)
    case 'quote': return ended(p, 'quote', q => [q.grammar.block(q, ['end'])])
    case 'if': return conditional(p, 'if')
    case 'while': return ended(p, 'while', q => [condition(q), q.grammar.block(q, ['end'])])
    case 'for': return ended(p, 'for', q => [q.within({ ...OUTSIDE }, () => q.grammar.iteration(q)), q.grammar.block(q, ['end'])])
    case 'let': return letBlock(p)
    case 'try': return tryBlock(p)
    case 'function': return functionDefinition(p, 'function')
    case 'macro': return functionDefinition(p, 'macro')
    case 'struct': return structDefinition(p, token.start, '')
    case 'module':
    case 'baremodule': return ended(p, 'module', q => [q.grammar.primary(q), q.grammar.block(q, ['end'])], token.text === 'baremodule' ? 'bare' : '')
    case 'const': {
      p.advance()
      return p.tree('const', [p.grammar.statement(p)], token.start)
    }
    case 'global':
    case 'local': return declaration(p, token.text)
    case 'return': {
      p.advance()
      if (p.atBreak() || p.is(';') || p.is(')') || p.is(']') || p.is(':') || p.isKeyword('end') || p.isKeyword('else') || p.isKeyword('elseif') || p.isKeyword('catch') || p.isKeyword('finally')) return p.tree('return', [], token.start)
      return p.tree('return', [p.cx.newlines === 'end' ? p.grammar.statement(p) : p.grammar.expression(p)], token.start)
    }
    case 'break':
    case 'continue':
      p.advance()
      return p.tree(token.text, [], token.start)
    case 'using':
    case 'import': return importing(p, token.text)
    case 'export': {
      p.advance()
      const names = [nameOfImport(p)]
      while (p.take(',')) names.push(nameOfImport(p))
      return p.tree('export', names, token.start)
    }
    default: return p.fail('an expression')
  }
}

/** `struct` and other words that are keywords only here: `mutable struct`, `abstract type`, `primitive type`. */
export function parseSoftKeyword(p: Parser): Node | null {
  const { token } = p
  if (token.kind !== 'name') return null
  const next = p.peek()
  if (next.newline) return null
  if (token.text === 'mutable' && next.kind === 'keyword' && next.text === 'struct') {
    p.advance()
    return structDefinition(p, token.start, 'mut')
  }
  if ((token.text === 'abstract' || token.text === 'primitive') && next.kind === 'name' && next.text === 'type') {
    p.advance()
    p.advance()
    const name = p.within({ newlines: 'end' }, () => p.grammar.binary(p, PRECEDENCE.comparison))
    const args = token.text === 'primitive' ? [name, p.grammar.primary(p)] : [name]
    endOf(p)
    return p.tree(token.text, args, token.start)
  }
  if (token.text === 'public' && next.kind === 'name') {
    p.advance()
    const names = [nameOfImport(p)]
    while (p.take(',')) names.push(nameOfImport(p))
    return p.tree('public', names, token.start)
  }
  return null
}

function endOf(p: Parser): void {
  while (p.is(';')) p.advance()
  if (!p.isKeyword('end')) p.fail('`end`')
  p.advance()
}

function ended(p: Parser, kind: Tree['kind'], parts: (p: Parser) => readonly Node[], flag = ''): Tree {
  const { start } = p.advance()
  const args = parts(p)
  endOf(p)
  return p.tree(kind, args, start, flag)
}

function condition(p: Parser): Node {
  return p.within(OUTSIDE, () => p.grammar.expression(p))
}

function conditional(p: Parser, kind: 'if' | 'elseif'): Tree {
  const { start } = p.advance()
  const args: Node[] = [condition(p), p.grammar.block(p, ['elseif', 'else', 'end'])]
  if (p.isKeyword('elseif')) args.push(conditional(p, 'elseif'))
  else if (p.isKeyword('else')) {
    p.advance()
    args.push(p.grammar.block(p, ['end']))
  }
  if (kind === 'if') endOf(p)
  return p.tree(kind, args, start)
}

function letBlock(p: Parser): Tree {
  const { start } = p.advance()
  const bindings: Node[] = []
  const from = p.token.start
  p.within(OUTSIDE, () => {
    if (p.atBreak() || p.is(';') || p.isKeyword('end')) return
    bindings.push(p.grammar.expression(p))
    while (p.take(',')) bindings.push(p.grammar.expression(p))
  })
  const head: Tree = { kind: 'block', form: 'prefix', flag: '', args: bindings, span: bindings.length > 0 ? p.span(from) : p.span(p.last, p.last) }
  const body = p.grammar.block(p, ['end'])
  endOf(p)
  return p.tree('let', [head, body], start)
}

function tryBlock(p: Parser): Tree {
  const ends = ['catch', 'else', 'finally', 'end']
  const { start } = p.advance()
  const args: Node[] = [p.grammar.block(p, ends)]
  while (p.token.kind === 'keyword' && p.token.text !== 'end') {
    const part = p.advance()
    if (part.text === 'catch') {
      const named = !p.token.newline && !p.is(';') && !(p.token.kind === 'keyword' && ends.includes(p.token.text))
      const variable = named ? [p.grammar.primary(p)] : []
      args.push(p.tree('catch', [...variable, p.grammar.block(p, ends)], part.start))
    } else args.push(p.tree(part.text as 'else' | 'finally', [p.grammar.block(p, ends)], part.start))
  }
  endOf(p)
  return p.tree('try', args, start)
}

function functionDefinition(p: Parser, kind: 'function' | 'macro'): Tree {
  const { start } = p.advance()
  const isAnonymous = p.is('(')
  let signature = p.within(OUTSIDE, () => p.grammar.binary(p, PRECEDENCE.comparison))
  if (isAnonymous && isTreeOf(signature, 'parens')) signature = { ...signature, kind: 'tuple', flag: 'p' }
  else if (isAnonymous && isTreeOf(signature, 'where', '::')) signature = withTuple(signature)
  if (p.isKeyword('end') && (signature.kind === 'Identifier' || isTreeOf(signature, '.'))) {
    p.advance()
    return p.tree(kind, [signature], start)
  }
  const body = p.grammar.block(p, ['end'])
  endOf(p)
  return p.tree(kind, [signature, body], start)
}

/** `function (x) where T`, `function (x)::T`: parentheses at the bottom are parameters. */
function withTuple(node: Tree): Tree {
  const [first, ...rest] = node.args as [Node, ...Node[]]
  if (isTreeOf(first, 'where', '::')) return { ...node, args: [withTuple(first), ...rest] }
  if (isTreeOf(first, 'parens')) return { ...node, args: [{ ...first, kind: 'tuple', flag: 'p' }, ...rest] }
  return node
}

function structDefinition(p: Parser, start: number, flag: string): Tree {
  p.advance()
  const name = p.within(OUTSIDE, () => p.grammar.binary(p, PRECEDENCE.comparison))
  const body = p.grammar.block(p, ['end'])
  endOf(p)
  return p.tree('struct', [name, body], start, flag)
}

function declaration(p: Parser, kind: 'global' | 'local'): Tree {
  const { start } = p.advance()
  if (p.isKeyword('const')) return p.tree(kind, [p.grammar.keyword(p)], start)
  const node = p.grammar.statement(p)
  return p.tree(kind, isTreeOf(node, 'tuple') && node.flag === '' ? node.args : [node], start)
}

// Loops and do-blocks --------------------------------------------------------------------------------------------------------------

/** `i in a, j = b`. */
export function parseIteration(p: Parser): Tree {
  const { start } = p.token
  const loops: Node[] = [oneIteration(p)]
  while (p.is(',') && !p.atBreak()) {
    p.advance()
    loops.push(oneIteration(p))
  }
  return p.tree('iteration', loops, start)
}

function oneIteration(p: Parser): Tree {
  const { start } = p.token
  const isOuter = p.token.kind === 'name' && p.token.text === 'outer' && p.peek().kind === 'name' && !['in'].includes(p.peek().text)
  if (isOuter) p.advance()
  const target = p.within({ target: true }, () => p.grammar.binary(p, PRECEDENCE.pipeLeft))
  const { token } = p
  if (!((token.kind === 'op' && (token.text === '=' || token.text === '∈') && !token.dotted) || (token.kind === 'name' && token.text === 'in'))) p.fail('`in`, `=` or `∈`')
  p.advance()
  const iterable = p.within({ target: false }, () => p.grammar.binary(p, PRECEDENCE.pair))
  return p.tree('in', [isOuter ? p.tree('outer', [target], start) : target, iterable], start)
}

export function parseDoBlock(p: Parser): Tree {
  const { start, end } = p.advance()
  const params: Node[] = []
  const from = p.token.start
  p.within(OUTSIDE, () => {
    if (p.token.newline || p.is(';') || p.isKeyword('end')) return
    params.push(p.grammar.expression(p))
    while (p.take(',')) params.push(p.grammar.expression(p))
  })
  const tuple: Tree = { kind: 'tuple', form: 'prefix', flag: '', args: params, span: params.length > 0 ? p.span(from) : p.span(end, end) }
  const body = p.grammar.block(p, ['end'])
  endOf(p)
  return p.tree('do', [tuple, body], start)
}

// Imports --------------------------------------------------------------------------------------------------------------------------

function importing(p: Parser, kind: 'using' | 'import'): Tree {
  const { start } = p.advance()
  const first = importItem(p)
  if (p.is(':') && !p.token.dotted) {
    p.advance()
    const names = [importItem(p)]
    while (p.take(',')) names.push(importItem(p))
    return p.tree(kind, [p.tree(':', [first, ...names], first.span.start)], start)
  }
  const items = [first]
  while (p.take(',')) items.push(importItem(p))
  return p.tree(kind, items, start)
}

function importItem(p: Parser): Tree {
  const { start } = p.token
  const parts: Node[] = []
  // Leading dots: relative to this module, its parent, …
  while (p.token.text.startsWith('.') && !p.token.dotted && (p.token.kind === 'punct' || p.token.kind === 'op')) {
    const dots = p.advance()
    for (let i = 0; i < dots.text.length; i++) parts.push(p.name('.', dots.start + i, dots.start + i + 1))
  }
  parts.push(nameOfImport(p))
  while (p.is('.') && !p.token.space) {
    p.advance()
    parts.push(nameOfImport(p))
  }
  // `Base.+` is lexed with a dotted operator.
  if (p.token.kind === 'op' && p.token.dotted && !p.token.space) parts.push(p.operator(p.advance()))
  const path = p.tree('importpath', parts, start)
  if (p.token.kind === 'name' && p.token.text === 'as' && !p.atBreak()) {
    p.advance()
    return p.tree('as', [path, nameOfImport(p)], start)
  }
  return path
}

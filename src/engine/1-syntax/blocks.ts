/** Statements one after another, and what holds them: conditions, loops, `let`, `try`, `do`. */
import type { Node, Tree } from './ast.ts'
import { parseBinary, parseExpression } from './expression.ts'
import type { Token } from './lexer.ts'
import { PRECEDENCE } from './operators.ts'
import { isTreeOf, OUTSIDE, type Parser } from './parser.ts'

/** Statements up to a keyword that ends a block, which stays. Where `documents`, a string documents what is below it. */
export function parseBlock(p: Parser, documents = false): Tree {
  const at = p.last
  const statements: Node[] = []
  for (;;) {
    while (p.is(';')) p.advance()
    if (endsBlock(p)) return p.group('block', statements, at)
    statements.push(documents ? documented(p) : p.grammar.statement(p))
    if (!p.token.newline && !p.is(';') && !endsBlock(p)) p.fail('the end of the line or `;`')
  }
}

function endsBlock(p: Parser): boolean {
  return (p.token.kind === 'keyword' || p.token.kind === 'eof') && p.closes(p.token)
}

/** A statement; a string right before one documents it. */
export function documented(p: Parser): Node {
  const { start } = p.token
  const first = p.grammar.statement(p)
  const isText =
    isTreeOf(first, 'string') || (isTreeOf(first, 'macrocall') && first.args[0]?.kind === 'MacroName' && first.args[0].written === 'string')
  if (!isText || !(p.token.newline ? p.goesOnBelow() : !p.closes(p.token))) return first
  return p.tree('doc', [first, p.grammar.statement(p)], start)
}

/** Takes the `end` of what `open` began. */
export function takeEnd(p: Parser, open: Token): void {
  if (p.token.kind === 'eof') p.unterminated(`\`${open.text}\``, 'end', open)
  if (!p.isKeyword('end')) p.failOn(p.describe(), `\`end\` of \`${open.text}\``)
  p.advance()
}

/** `if`, or `elseif` inside of it. */
export function parseIf(p: Parser, open: Token): Tree {
  const keyword = p.advance()
  if (p.token.newline) p.fail('a condition')
  const args: Node[] = [parseExpression(p), parseBlock(p)]
  if (p.isKeyword('elseif')) args.push(parseIf(p, open))
  else if (p.isKeyword('else')) {
    p.advance()
    args.push(parseBlock(p))
  }
  if (keyword === open) takeEnd(p, open)
  return p.tree(keyword === open ? 'if' : 'elseif', args, keyword.start)
}

export function parseLet(p: Parser): Tree {
  const open = p.advance()
  const bindings: Node[] = []
  const at = p.last
  if (!p.atBreak() && !p.is(';') && !endsBlock(p)) {
    do bindings.push(parseExpression(p))
    while (p.take(','))
  }
  const head = p.group('block', bindings, at)
  if (bindings.length > 0 && !p.token.newline && !p.is(';') && !endsBlock(p)) p.fail('the end of the line or `;`')
  const body = parseBlock(p)
  takeEnd(p, open)
  return p.tree('let', [head, body], open.start)
}

/** Each at most once, in any order but for `else`, which belongs to the `catch` before it. */
const PARTS_OF_TRY = ['catch', 'else', 'finally'] as const

export function parseTry(p: Parser): Tree {
  const open = p.advance()
  const args: Node[] = [parseBlock(p)]
  const parts: ('catch' | 'else' | 'finally')[] = []
  const allowed = () => PARTS_OF_TRY.filter(part => !parts.includes(part) && (part !== 'else' || parts.at(-1) === 'catch'))
  for (let part = allowed().find(each => p.isKeyword(each)); part; part = allowed().find(each => p.isKeyword(each))) {
    const { start } = p.advance()
    const named = part === 'catch' && !p.token.newline && !p.is(';') && !endsBlock(p)
    const variable = named ? [p.is('$') ? p.grammar.prefixed(p) : p.grammar.primary(p)] : []
    args.push(p.tree(part, [...variable, parseBlock(p)], start))
    parts.push(part)
  }
  if (parts.length === 0 && p.isKeyword('end')) p.failOn('`end`', '`catch` or `finally`')
  takeEnd(p, open)
  return p.tree('try', args, open.start)
}

/** `i in a, j = b`. */
export function parseIteration(p: Parser): Tree {
  const { start } = p.token
  const loops = [oneIteration(p)]
  while (p.is(',') && !p.atBreak()) {
    p.advance()
    loops.push(oneIteration(p))
  }
  return p.tree('iteration', loops, start)
}

function oneIteration(p: Parser): Tree {
  const { start } = p.token
  const isOuter = p.token.kind === 'name' && p.token.text === 'outer' && !isIn(p.peek())
  if (isOuter) p.advance()
  const name = parseBinary(p, PRECEDENCE.pipeLeft)
  const target = isOuter ? p.tree('outer', [name], start) : name
  if (!isIn(p.token)) p.fail('`in`, `=` or `∈`')
  p.advance()
  return p.tree('in', [target, parseBinary(p, PRECEDENCE.pair)], start)
}

function isIn(token: Token): boolean {
  return (
    (token.kind === 'name' && token.text === 'in') || (token.kind === 'op' && !token.dotted && (token.text === '=' || token.text === '∈'))
  )
}

export function parseDo(p: Parser): Tree {
  const open = p.advance()
  return p.within(OUTSIDE, () => {
    const at = p.last
    const parameters: Node[] = []
    if (!p.token.newline && !p.is(';') && !endsBlock(p)) {
      do parameters.push(parseExpression(p))
      while (p.take(','))
    }
    const head = p.group('tuple', parameters, at)
    const body = parseBlock(p)
    takeEnd(p, open)
    return p.tree('do', [head, body], open.start)
  })
}

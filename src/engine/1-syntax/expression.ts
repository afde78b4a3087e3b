/** Operators: assignment, binary chains, prefix operators, juxtaposition, powers. */
import type { Node } from './ast.ts'
import type { Token } from './lexer.ts'
import { parseNumber } from './literals.ts'
import { BINARY, PRECEDENCE, PREFIX, RADICALS, updated } from './operators.ts'
import { isCallOfOperator } from './operator-call.ts'
import { isTreeOf, type Parser } from './parser.ts'

/** What may follow a comma at the level of statements: `a, b = 1, 2`. */
export function parseStatement(p: Parser): Node {
  const start = p.token.start
  const first = p.grammar.expression(p)
  if (!p.is(',') || p.atBreak() || isTreeOf(first, '=', 'op=', '.=', '.op=') || (isTreeOf(first, 'function') && first.flag === '=')) {
    return p.is(',') && isTreeOf(first, '=') && !p.atBreak() ? tupleOnTheRight(p, first, start) : first
  }
  const items = [first]
  let trailing = false
  while (p.is(',') && !p.atBreak()) {
    p.advance()
    trailing = p.is('=') || p.atBreak() || p.is(')') || p.is(']')
    if (trailing) break
    items.push(splat(p, start, p.grammar.binary(p, PRECEDENCE.pair)))
  }
  const tuple = p.tree('tuple', items, start, trailing ? ',' : '')
  return assigned(p, tuple, start, q => parseStatement(q))
}

/** `x = a, b`: the right-hand side goes on behind the comma. */
function tupleOnTheRight(p: Parser, assignment: Node, start: number): Node {
  if (!isTreeOf(assignment, '=')) return assignment
  const [left, right] = assignment.args as [Node, Node]
  const items = [right]
  let trailing = false
  while (p.is(',') && !p.atBreak()) {
    p.advance()
    trailing = p.atBreak()
    if (trailing) break
    items.push(splat(p, p.token.start, p.grammar.binary(p, PRECEDENCE.pair)))
  }
  const tuple = p.tree('tuple', items, right.span.start, trailing ? ',' : '')
  return p.tree('=', [left, tuple], start)
}

/** One expression, assignments included, no bare comma. */
export function parseExpression(p: Parser): Node {
  const start = p.token.start
  const left = splat(p, start, p.grammar.binary(p, PRECEDENCE.pair))
  return assigned(p, left, start, q => p.grammar.expression(q))
}

function splat(p: Parser, start: number, node: Node): Node {
  if (!p.is('...') || p.atBreak()) return node
  p.advance()
  return p.tree('...', [node], start)
}

function assigned(p: Parser, left: Node, start: number, right: (p: Parser) => Node): Node {
  const { token } = p
  if (token.kind !== 'op' || p.atBreak() || BINARY.get(token.text) !== PRECEDENCE.assignment || (p.cx.target && token.text === '=')) return left
  if (separates(p)) return left
  p.advance()
  const value = right(p)
  if (token.text === '=') {
    if (token.dotted) return p.tree('.=', [left, value], start)
    return isSignature(left) ? p.tree('function', [left, value], start, '=') : p.tree('=', [left, value], start)
  }
  const op = updated(token.text)
  if (op !== null) {
    const at = token.dotted ? token.start + 1 : token.start
    return p.tree(token.dotted ? '.op=' : 'op=', [left, p.name(op, at, at + op.length), value], start)
  }
  return p.tree(token.dotted ? 'dotcall' : 'call', [left, p.operator(token), value], start, '', 'infix')
}

/** Is an assignment to this a definition of a function? */
function isSignature(node: Node): boolean {
  if (isTreeOf(node, 'where')) return isSignature(node.args[0]!)
  if (isTreeOf(node, '::')) return node.args.length === 2 && isSignature(node.args[0]!)
  if (isTreeOf(node, 'parens')) return isTreeOf(node.args[0]!, '::', 'where') && isSignature(node.args[0]!)
  return isTreeOf(node, 'call')
}

/** In a matrix, `a -b` is two elements: an operator with white space before it only. */
function separates(p: Parser): boolean {
  const { token } = p
  if (p.cx.spaces !== 'separate' || !token.space) return false
  if (!PREFIX.has(token.text)) return false
  return !p.peek().space
}

function levelOf(p: Parser, token: Token): number | undefined {
  if (token.kind === 'name') return (token.text === 'in' || token.text === 'isa') && !p.cx.target ? PRECEDENCE.comparison : undefined
  if (token.kind !== 'op') return undefined
  if (token.text === '?') return token.dotted ? undefined : PRECEDENCE.conditional
  if (token.text === ':' && !p.cx.colon) return undefined
  if (p.cx.target && token.text === '∈') return undefined
  const known = BINARY.get(token.text)
  if (known !== undefined) return known
  // A suffix does not change what the operator is.
  return BINARY.get(token.text.replace(/[^\x00-\x7f]+$/u, '')) ?? BINARY.get(String.fromCodePoint(token.text.codePointAt(0)!))
}

const RIGHT: ReadonlySet<number> = new Set([PRECEDENCE.pair, PRECEDENCE.arrow, PRECEDENCE.or, PRECEDENCE.and, PRECEDENCE.pipeLeft])

export function parseBinary(p: Parser, least: number): Node {
  const start = p.token.start
  let left = operand(p)
  for (;;) {
    const { token } = p
    if (p.atBreak()) return left
    const level = levelOf(p, token)
    if (level === undefined || level < least || level < PRECEDENCE.pair || level >= PRECEDENCE.power || separates(p)) return left
    if (level === PRECEDENCE.conditional) left = conditional(p, left, start)
    else if (level === PRECEDENCE.comparison) left = comparison(p, left, start)
    else if (level === PRECEDENCE.colon) {
      if (token.text === ':' && isColonEnd(p)) return left
      left = colon(p, left, start)
    } else {
      p.advance()
      const right = parseBinary(p, RIGHT.has(level) ? level : level + 1)
      left = infix(p, token, left, right, start)
      if (!token.dotted && (token.text === '+' || token.text === '*' || token.text === '++')) left = chain(p, token, left, level, start)
    }
  }
}

/** `a + b + c` is one call. */
function chain(p: Parser, op: Token, first: Node, level: number, start: number): Node {
  let left = first
  while (p.token.kind === 'op' && p.token.text === op.text && !p.token.dotted && !p.atBreak() && !separates(p)) {
    p.advance()
    const more = parseBinary(p, level + 1)
    left = p.tree('call', [...(isTreeOf(left, 'call') ? left.args : [left]), more], start, '', 'infix')
  }
  return left
}

function infix(p: Parser, token: Token, left: Node, right: Node, start: number): Node {
  if (token.text === '&&' || token.text === '||') return p.tree(token.dotted ? `.${token.text}` : token.text, [left, right], start)
  if (token.text === '-->' && !token.dotted) return p.tree('-->', [left, right], start)
  return p.tree(token.dotted ? 'dotcall' : 'call', [left, p.operator(token), right], start, '', 'infix')
}

function conditional(p: Parser, test: Node, start: number): Node {
  if (!p.token.space) p.fail('white space before `?`')
  p.advance()
  const then = p.within({ colon: false, target: false }, () => p.grammar.expression(p))
  if (p.token.kind === 'op' && p.token.text === ':' && !p.token.dotted) p.advance()
  else p.fail('`:` of the conditional expression')
  const otherwise = p.grammar.expression(p)
  return p.tree('?', [test, then, otherwise], start)
}

function comparison(p: Parser, first: Node, start: number): Node {
  const parts: Node[] = [first]
  const ops: Token[] = []
  while (!p.atBreak() && levelOf(p, p.token) === PRECEDENCE.comparison && !separates(p)) {
    ops.push(p.advance())
    parts.push(parseBinary(p, PRECEDENCE.comparison + 1))
  }
  const [op] = ops
  if (ops.length === 1 && op) {
    if ((op.text === '<:' || op.text === '>:') && !op.dotted) return p.tree(op.text, parts, start, '', 'infix')
    return p.tree(op.dotted ? 'dotcall' : 'call', [parts[0]!, p.operator(op), parts[1]!], start, '', 'infix')
  }
  const args = parts.flatMap((part, i): Node[] => {
    if (i === 0) return [part]
    const used = ops[i - 1]!
    const name = p.operator(used)
    return [used.dotted ? { kind: '.', form: 'prefix', flag: '', args: [name], span: p.span(used.start, used.end) } : name, part]
  })
  return p.tree('comparison', args, start)
}

/** `a[1:end]` has a range; a colon before a closing bracket or a comma is a value of its own. */
function isColonEnd(p: Parser): boolean {
  const next = p.peek()
  return next.kind === 'eof' || (next.kind === 'punct' && [')', ']', '}', ',', ';'].includes(next.text)) || (next.newline && p.cx.newlines === 'end')
}

function colon(p: Parser, left: Node, start: number): Node {
  const op = p.advance()
  const middle = parseBinary(p, PRECEDENCE.colon + 1)
  if (op.text !== ':' || op.dotted) return p.tree(op.dotted ? 'dotcall' : 'call', [left, p.operator(op), middle], start, '', 'infix')
  const again = p.token
  if (again.kind === 'op' && again.text === ':' && !again.dotted && !p.atBreak() && p.cx.colon && !separates(p) && !isColonEnd(p)) {
    p.advance()
    const right = parseBinary(p, PRECEDENCE.colon + 1)
    return p.tree('call', [left, p.operator(op), middle, right], start, '', 'infix')
  }
  return p.tree('call', [left, p.operator(op), middle], start, '', 'infix')
}

/** An operand of binary operators: juxtaposition, then `where`. */
function operand(p: Parser): Node {
  const start = p.token.start
  let node = juxtaposed(p)
  while (p.cx.where && p.token.kind === 'name' && p.token.text === 'where' && !p.atBreak()) {
    p.advance()
    const variables = p.is('{') ? p.grammar.braces(p) : p.within({ where: false }, () => parseBinary(p, PRECEDENCE.comparison))
    node = p.tree('where', [node, variables], start)
  }
  return node
}

function juxtaposed(p: Parser): Node {
  const start = p.token.start
  const first = p.grammar.unary(p)
  const items = [first]
  while (isJuxtaposed(p, items.at(-1)!)) items.push(p.grammar.unary(p))
  return items.length === 1 ? first : p.tree('juxtapose', items, start)
}

const NUMBERS = new Set(['Integer', 'UInteger', 'Float', 'Float32'])
const STICKY = new Set(['parens', 'call', 'ref', 'curly', '.', 'vect', 'tuple', 'hcat', 'vcat', 'comprehension', 'juxtapose', 'dotcall', 'macrocall', 'parens'])

function isJuxtaposed(p: Parser, before: Node): boolean {
  const { token } = p
  if (token.space || token.kind === 'eof' || token.kind === 'number') return false
  const isNumber = NUMBERS.has(before.kind)
  const isName = token.kind === 'name' && token.text !== 'where' && !(token.text === 'in' || token.text === 'isa')
  const isRadical = token.kind === 'op' && RADICALS.has(token.text)
  if (isNumber) return isName || isRadical || (token.kind === 'punct' && (token.text === '(' || token.text === '"') && token.text === '(')
  return STICKY.has(before.kind) && (isName || isRadical)
}

export function parseUnary(p: Parser): Node {
  const { token } = p
  if (token.kind !== 'op' || !PREFIX.has(token.text) || token.text === '::' || token.text === '$' || (token.text === '&' && !token.dotted)) return factor(p)
  const { start } = token
  const next = p.peek()
  if (isAlone(p, next)) return factor(p)
  if (next.kind === 'punct' && next.text === '(' && !next.space && isCallOfOperator(p, next)) return factor(p)
  p.advance()
  if ((token.text === '-' || token.text === '+') && !token.dotted && p.token.kind === 'number' && !p.token.space) {
    const isSigned = token.text === '-'
    const number = parseNumber(p, isSigned ? -1 : 1, start)
    const after = p.token
    const isPower = after.kind === 'op' && levelOf(p, after) === PRECEDENCE.power && !p.atBreak()
    if (!isPower) return number
    // `-2^2` is -(2^2).
    p.seek(token.end)
  }
  const x = p.within({}, () => p.grammar.unary(p))
  if ((token.text === '<:' || token.text === '>:') && !token.dotted) return p.tree(token.text, [x], start, '', 'prefix-op')
  return p.tree(token.dotted ? 'dotcall' : 'call', [p.operator(token), x], start, '', 'prefix-op')
}


/** Is the operator a value of its own: `f(+)`, `(-)`, `op = +`? */
function isAlone(p: Parser, next: Token): boolean {
  if (next.kind === 'eof') return true
  if (next.kind === 'punct') return [')', ']', '}', ',', ';'].includes(next.text) || (next.text === '.' && !next.space)
  if (next.newline && p.cx.newlines === 'end') return true
  if (next.kind === 'keyword') return next.text === 'end' || next.text === 'for'
  return next.kind === 'op' && (next.text === '=' || (BINARY.has(next.text) && !PREFIX.has(next.text) && next.text !== ':')) && !next.dotted
}

/** Postfix, then `::` and `->`, then a power. */
function factor(p: Parser): Node {
  const { start } = p.token
  let node = declared(p, start, p.grammar.postfix(p))
  const { token } = p
  if (token.kind === 'op' && !p.atBreak() && levelOf(p, token) === PRECEDENCE.power && !separates(p)) {
    p.advance()
    const exponent = juxtaposed(p)
    node = p.tree(token.dotted ? 'dotcall' : 'call', [node, p.operator(token), exponent], start, '', 'infix')
  }
  return node
}

function declared(p: Parser, start: number, first: Node): Node {
  let node = first
  while (p.is('::') && !p.atBreak() && !separates(p)) {
    p.advance()
    node = p.tree('::', [node, p.grammar.postfix(p)], start, '', 'infix')
  }
  if (p.is('->') && !p.atBreak()) {
    const params = lambdaParams(p, node)
    p.advance()
    const body = p.within({ target: false }, () => p.grammar.expression(p))
    return p.tree('->', [params, body], start)
  }
  return node
}

/** `x`, `(x)`, `(a; k)`, `(x, y)`: parameters are always a tuple. */
function lambdaParams(p: Parser, node: Node): Node {
  if (isTreeOf(node, 'tuple')) return node
  const { span } = node
  if (isTreeOf(node, 'parens')) {
    const inner = node.args[0]!
    return isTreeOf(inner, 'where') || isTreeOf(inner, '::') && isTreeOf(inner.args[0]!, 'tuple') ? node : { kind: 'tuple', form: 'prefix', flag: 'p', args: [inner], span }
  }
  if (isTreeOf(node, 'block') && node.flag === 'p') {
    const [first, ...rest] = node.args
    const parameters: Node = { kind: 'parameters', form: 'prefix', flag: '', args: rest, span }
    return { kind: 'tuple', form: 'prefix', flag: 'p', args: first ? [first, parameters] : [parameters], span }
  }
  return p.tree('tuple', [node], span.start)
}

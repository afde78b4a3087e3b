/** Assignment and operators between operands, by precedence climbing. What is tighter is in `unary.ts`. */
import type { Node } from './ast.ts'
import type { Token } from './lexer.ts'
import { PRECEDENCE, PREFIX_AND_BINARY, PREFIX_AND_BINARY_UNDOTTED, updated } from './operators.ts'
import { isTreeOf, LINES, NO_RANGE, NO_WHERE, type Parser, SPACES } from './parser.ts'

/** What may stand on a line: `a, b = c, d` included. */
export function parseStatement(p: Parser): Node {
  return assignment(p, commas)
}

/** One expression, assignments included, where a comma means something else. */
export function parseExpression(p: Parser): Node {
  return assignment(p, pair)
}

function pair(p: Parser): Node {
  return parseBinary(p, PRECEDENCE.pair)
}

/** `a, b` without parentheses; `a,` before `=` only. */
function commas(p: Parser): Node {
  const { start } = p.token
  const first = pair(p)
  if (!p.is(',') || p.atBreak()) return first
  const items = [first]
  while (p.is(',') && !p.atBreak()) {
    p.advance()
    if (p.is('=')) return p.tree('tuple', items, start, ',')
    items.push(pair(p))
  }
  return p.tree('tuple', items, start)
}

function assignment(p: Parser, operand: (p: Parser) => Node): Node {
  const { start } = p.token
  const left = operand(p)
  const { token } = p
  if (token.level !== PRECEDENCE.assignment || p.atBreak() || separates(p, token)) return left
  p.advance()
  const right = assignment(p, operand)
  if (token.text === '=') {
    if (token.dotted) return p.tree('.=', [left, right], start)
    return isSignature(left) ? p.tree('function', [left, right], start, '=') : p.tree('=', [left, right], start)
  }
  if (token.text === ':=') return p.tree(':=', [left, right], start)
  const op = updated(token.text)
  if (op === null) return infix(p, token, left, right, start)
  const at = token.dotted ? token.start + 1 : token.start
  return p.tree(token.dotted ? '.op=' : 'op=', [left, p.name(op, at, token.end - 1), right], start)
}

/** Is an assignment to this a definition of a function? */
export function isSignature(node: Node): boolean {
  if (isTreeOf(node, 'where', 'parens')) return isSignature(node.args[0]!)
  if (isTreeOf(node, '::')) return node.args.length === 2 && isSignature(node.args[0]!)
  return isTreeOf(node, 'call')
}

/** In a matrix, `a -b` is two elements: white space before the operator and none behind it. */
export function separates(p: Parser, token: Token): boolean {
  if (!p.has(SPACES) || !token.space) return false
  const both = PREFIX_AND_BINARY.has(token.text) || (!token.dotted && PREFIX_AND_BINARY_UNDOTTED.has(token.text))
  return both && !p.peek().space
}

/** Precedence of the current token between operands, 0 if it cannot stand there. */
function level(token: Token): number {
  if (token.kind === 'op') return token.level
  return token.kind === 'name' && (token.text === 'in' || token.text === 'isa') ? PRECEDENCE.comparison : 0
}

const FROM_THE_RIGHT: ReadonlySet<number> = new Set([PRECEDENCE.pair, PRECEDENCE.arrow, PRECEDENCE.or, PRECEDENCE.and, PRECEDENCE.pipeLeft])

export function parseBinary(p: Parser, least: number): Node {
  const { start } = p.token
  let left = operand(p)
  for (;;) {
    const { token } = p
    if (p.atBreak()) return left
    if (token.text === '...' && token.kind === 'op' && least <= PRECEDENCE.colon) {
      p.advance()
      left = p.tree('...', [left], start)
      continue
    }
    const found = level(token)
    if (found < least || found < PRECEDENCE.pair || found >= PRECEDENCE.power || separates(p, token)) return left
    switch (found) {
      case PRECEDENCE.conditional:
        left = conditional(p, left, start)
        break
      case PRECEDENCE.comparison:
        left = comparison(p, left, start)
        break
      case PRECEDENCE.colon:
        if (token.text === ':' && !token.dotted) {
          if (!isRange(p, token)) return left
          left = range(p, left, start)
          break
        }
        p.advance()
        left = infix(p, token, left, parseBinary(p, PRECEDENCE.colon + 1), start)
        break
      default: {
        p.advance()
        const right = parseBinary(p, FROM_THE_RIGHT.has(found) ? found : found + 1)
        left = chains(token) ? chain(p, token, [left, p.operator(token), right], start) : infix(p, token, left, right, start)
      }
    }
  }
}

function chains(token: Token): boolean {
  return !token.dotted && (token.text === '+' || token.text === '*' || token.text === '++')
}

/** `a + b + c` is one call. */
function chain(p: Parser, op: Token, args: Node[], start: number): Node {
  for (
    let { token } = p;
    token.text === op.text && token.kind === 'op' && !token.dotted && !p.atBreak() && !separates(p, token);
    token = p.token
  ) {
    p.advance()
    args.push(parseBinary(p, op.level + 1))
  }
  return p.tree('call', args, start, '', 'infix')
}

function infix(p: Parser, token: Token, left: Node, right: Node, start: number): Node {
  if (token.text === '&&' || token.text === '||') return p.tree(token.dotted ? `.${token.text}` : token.text, [left, right], start)
  if (token.text === '-->' && !token.dotted) return p.tree('-->', [left, right], start)
  return p.tree(token.dotted ? 'dotcall' : 'call', [left, p.operator(token), right], start, '', 'infix')
}

function conditional(p: Parser, test: Node, start: number): Node {
  spaced(p, '?')
  const then = p.within(p.cx | NO_RANGE, parseExpression)
  if (!p.is(':')) p.fail('`:` of the conditional expression')
  spaced(p, ':')
  return p.tree('?', [test, then, parseExpression(p)], start)
}

/** Takes `?` or `:` of a conditional expression, which has white space on both sides. */
function spaced(p: Parser, mark: string): void {
  if (!p.token.space) p.failOn(`\`${mark}\` of a conditional expression`, 'white space before it')
  const token = p.advance()
  if (!p.token.space) p.failOn(`\`${mark}\` of a conditional expression`, 'white space behind it', token)
}

function comparison(p: Parser, first: Node, start: number): Node {
  const parts: Node[] = [first]
  const ops: Token[] = []
  while (!p.atBreak() && level(p.token) === PRECEDENCE.comparison) {
    ops.push(p.advance())
    parts.push(parseBinary(p, PRECEDENCE.comparison + 1))
  }
  const op = ops[0]!
  if (ops.length > 1) {
    const pairs = ops.flatMap((used, i) => [p.operatorValue(used), parts[i + 1]!])
    return p.tree('comparison', [first, ...pairs], start)
  }
  if ((op.text === '<:' || op.text === '>:') && !op.dotted) return p.tree(op.text, parts, start, '', 'infix')
  return infix(p, op, first, parts[1]!, start)
}

/** Does `:` make a range here? Not before the branch of a conditional, and not in `[a :b]`. */
function isRange(p: Parser, colon: Token): boolean {
  if (p.has(NO_RANGE)) return false
  return !(p.has(SPACES) && colon.space && !p.peek().space)
}

/** `a:b`, `a:b:c`; the current token is the first colon. */
function range(p: Parser, left: Node, start: number): Node {
  const op = p.operator(p.advance())
  const args = [left, op, bound(p)]
  if (p.is(':') && !p.atBreak() && isRange(p, p.token)) {
    p.advance()
    args.push(bound(p))
  }
  return p.tree('call', args, start, '', 'infix')
}

/** What a range goes to, on the line of its colon. */
function bound(p: Parser): Node {
  return p.atBreak() ? p.fail('an expression') : parseBinary(p, PRECEDENCE.colon + 1)
}

/** An operand of binary operators: `<:T`, `x where T`, or what is tighter. */
function operand(p: Parser): Node {
  const { token } = p
  // A name with nothing behind it needs none of the levels between; most operands are that.
  if (token.kind === 'name' && p.closes(p.peek())) return p.grammar.primary(p)
  if (token.kind === 'op' && !token.dotted && (token.text === '<:' || token.text === '>:')) {
    const next = p.peek()
    if (endsOperator(p, next)) return p.operator(p.advance())
    if (next.text !== '(' && next.text !== '{') {
      p.advance()
      return p.tree(token.text, [operandWithWhere(p)], token.start, '', 'prefix-op')
    }
  }
  return operandWithWhere(p)
}

function operandWithWhere(p: Parser): Node {
  const { start } = p.token
  return parseWhere(p, p.grammar.juxtaposed(p), start)
}

export function parseWhere(p: Parser, first: Node, start: number): Node {
  let node = first
  while (p.token.text === 'where' && p.token.kind === 'name' && !p.has(NO_WHERE) && !p.atBreak()) {
    p.advance()
    const variables = p.is('{') ? p.grammar.braces(p) : p.within(p.cx | NO_WHERE, q => parseBinary(q, PRECEDENCE.comparison))
    node = p.tree('where', [node, variables], start)
  }
  return node
}

/** Is an operator before this token a value of its own: `f(+)`, `op = -`? */
export function endsOperator(p: Parser, next: Token): boolean {
  return p.closes(next) || (next.newline && !p.has(LINES)) || (next.text === '=' && !next.dotted)
}

/** Between binary operators and calls: juxtaposition, prefix operators, powers, declarations, arrow functions. */
import type { Node } from './ast.ts'
import { isBlockOfParens, parseList } from './brackets.ts'
import { endsOperator, parseExpression, separates } from './expression.ts'
import type { Token } from './lexer.ts'
import { parseNumber } from './literals.ts'
import { PRECEDENCE, PREFIX, RADICALS } from './operators.ts'
import { INDEX, isTreeOf, LINES, type Parser } from './parser.ts'
import { parseOperator } from './primary.ts'

/** `2x`, `(x - 1)y`, `x'y`. */
export function parseJuxtaposed(p: Parser): Node {
  const { start } = p.token
  const first = p.grammar.unary(p)
  if (!isJuxtaposed(p, first)) return first
  const items = [first]
  while (isJuxtaposed(p, items[items.length - 1]!)) items.push(isRadical(p.token) ? p.grammar.unary(p) : factor(p))
  return p.tree('juxtapose', items, start)
}

const NUMBERS: ReadonlySet<string> = new Set(['Integer', 'UInteger', 'Float', 'Float32'])
const BLOCKS: ReadonlySet<string> = new Set([
  'if',
  'for',
  'while',
  'let',
  'try',
  'block',
  'quote',
  'function',
  'macro',
  'struct',
  'module',
  'abstract',
  'primitive',
  'break',
  'continue',
  'return',
])

function isRadical(token: Token): boolean {
  return token.kind === 'op' && RADICALS.has(token.text)
}

/** Is the current token another factor? It must touch what is before it. */
function isJuxtaposed(p: Parser, before: Node): boolean {
  const { token } = p
  if (token.space) return false
  switch (token.kind) {
    case 'name':
      if (token.text === 'in' || token.text === 'isa' || token.text === 'where') return false
      break
    case 'keyword':
      if (token.text !== 'true' && token.text !== 'false' && !(p.has(INDEX) && (token.text === 'end' || token.text === 'begin')))
        return false
      break
    case 'op':
      if (!RADICALS.has(token.text)) return false
      break
    case 'punct':
      if (token.text === '"' || token.text === '`') p.failOn('a string right behind something else', 'an operator')
      return token.text === '(' && NUMBERS.has(unparenthesised(before).kind)
    default:
      return false
  }
  const isQuoted = isTreeOf(before, 'string', 'cmdstring') || (before.kind === 'Identifier' && before.raw)
  if (isQuoted) p.failOn(`${p.describe()} right behind a string`, 'an operator')
  return !BLOCKS.has(before.kind) || (isTreeOf(before, 'block') && before.flag === 'p')
}

function unparenthesised(node: Node): Node {
  return isTreeOf(node, 'parens') ? unparenthesised(node.args[0]!) : node
}

/** A prefix operator with its operand, or what is tighter. */
export function parseUnary(p: Parser): Node {
  const { token } = p
  if (token.kind !== 'op' || token.text === ':') return factor(p)
  const isSyntax = (token.text === '$' || token.text === '&' || token.text === '::') && !token.dotted
  if (isSyntax || token.text === '->' || token.text === '?' || token.text === '...') return factor(p)
  const next = p.peek()
  if (endsOperator(p, next)) return parseOperator(p)
  if (next.text === '{' && !next.space) return factor(p)
  if (next.text === '(' && next.kind === 'punct') return PREFIX.has(token.text) ? beforeParentheses(p) : factor(p)
  if (!PREFIX.has(token.text)) p.fail('an expression')
  const { start } = p.advance()
  if ((token.text === '-' || token.text === '+') && !token.dotted && next.kind === 'number' && !next.space) return signed(p, token)
  return prefix(p, token, p.grammar.unary(p), start)
}

function prefix(p: Parser, token: Token, operand: Node, start: number): Node {
  if ((token.text === '<:' || token.text === '>:') && !token.dotted) return p.tree(token.text, [operand], start, '', 'prefix-op')
  return p.tree(token.dotted ? 'dotcall' : 'call', [p.operator(token), operand], start, '', 'prefix-op')
}

/** `-2` is a literal, unless it is a power, an index or unsigned: `-2^x` is `-(2^x)`. The current token is the number. */
function signed(p: Parser, sign: Token): Node {
  const { source } = p
  const number = p.token
  const after = p.peek()
  const isPower = after.level === PRECEDENCE.power && (!after.newline || p.has(LINES))
  const sticks =
    !after.space && (after.text === '[' || after.text === '{' || after.text === "'" || after.text === '.') && after.kind === 'punct'
  const isUnsigned =
    'xbo'.includes(source.text[number.start + 1] ?? ' ') &&
    source.text[number.start] === '0' &&
    !source.text.slice(number.start, number.end).includes('p')
  if (isPower || sticks || isUnsigned || (after.text === '::' && !after.dotted)) return prefix(p, sign, p.grammar.unary(p), sign.start)
  return parseNumber(p, sign.text === '-', sign.start)
}

/** `-(x)` is a prefix operator, `-(x, y)` and `-(x...)` are calls. */
function beforeParentheses(p: Parser): Node {
  const op = p.advance()
  const open = p.token
  const list = parseList(p, ')')
  const isCall = list.commas > 0 || list.splat || list.semicolonFirst || list.expressions === 0
  if (isCall) {
    if (open.space) p.failOn('white space before the arguments of a call', 'none', open)
    const args = [...list.items, ...list.parameters]
    const flag = list.trailing ? ',' : ''
    const isType = (op.text === '<:' || op.text === '>:') && !op.dotted
    const call = isType ? p.tree(op.text as '<:', args, op.start, flag) : p.tree('call', [p.operatorValue(op), ...args], op.start, flag)
    return power(p, p.grammar.chain(p, call, op.start), op.start)
  }
  const inner = isBlockOfParens(list) ? p.tree('block', list.all, open.start, 'p') : p.tree('parens', list.items, open.start)
  const operand = power(p, p.grammar.chain(p, inner, open.start), open.start)
  return prefix(p, op, operand, op.start)
}

/** A call, declared, and maybe to a power. */
function factor(p: Parser): Node {
  const { start } = p.token
  return power(p, p.grammar.call(p), start)
}

function power(p: Parser, first: Node, start: number): Node {
  const base = declared(p, start, first)
  const { token } = p
  if (token.level !== PRECEDENCE.power || p.atBreak() || separates(p, token)) return base
  p.advance()
  return p.tree(token.dotted ? 'dotcall' : 'call', [base, p.operator(token), parseJuxtaposed(p)], start, '', 'infix')
}

function declared(p: Parser, start: number, first: Node): Node {
  let node = first
  while (p.is('::') && !p.atBreak()) {
    p.advance()
    const from = p.token.start
    node = p.tree('::', [node, p.grammar.where(p, p.grammar.call(p), from)], start, '', 'infix')
  }
  if (!p.is('->') || p.atBreak()) return node
  const parameters = isParameters(node) ? node : p.tree('tuple', [node], start)
  p.advance()
  return p.tree('->', [parameters, parseExpression(p)], start)
}

/** `(x, y)`, or `(x where T)` whose parentheses hold the signature. */
function isParameters(node: Node): boolean {
  return isTreeOf(node, 'tuple', 'parens')
}

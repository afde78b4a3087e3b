/** Prints what is written with operators. */
import type { Node, Tree } from './ast.ts'
import { BINARY, PRECEDENCE, PREFIX } from './operators.ts'
import { isTreeOf } from './parser.ts'
import { LEVEL, Operands, type Piece, type Place, piece, RANGE, TYPED, WHERE } from './print-piece.ts'

const ABOVE = 0.05
const FROM_THE_RIGHT: ReadonlySet<number> = new Set([
  PRECEDENCE.assignment,
  PRECEDENCE.pair,
  PRECEDENCE.arrow,
  PRECEDENCE.or,
  PRECEDENCE.and,
  PRECEDENCE.pipeLeft,
])

/** Precedence of an operator between operands; a suffix does not change it. */
export function levelOf(op: string): number {
  if (op === 'in' || op === 'isa') return PRECEDENCE.comparison
  for (let end = op.length; end > 0; end--) {
    const level = BINARY.get(op.slice(0, end))
    if (level !== undefined) return level
  }
  return PRECEDENCE.plus
}

/** `a + b`, `a .+ b`, `a:b:c`, `x^2`. */
export function infix(node: Tree, place: Place): Piece {
  const [left, op, ...rest] = node.args as [Node, Node, ...Node[]]
  const name = op.kind === 'Identifier' ? op.name : '+'
  const dotted = node.kind === 'dotcall'
  if (name === ':' && !dotted) return range(left, rest, place)
  const level = levelOf(name)
  if (level === PRECEDENCE.power) return power(left, dotted ? `.${name}` : name, rest[0]!, place)
  return binary(left, dotted ? `.${name}` : name, rest, level, place, !dotted && isTreeOf(left, 'call') && chains(left, name))
}

/** Would `left + …` go on with the operands of `left`? */
function chains(left: Tree, op: string): boolean {
  const inner = left.args[1]
  return left.form === 'infix' && inner?.kind === 'Identifier' && inner.name === op && (op === '+' || op === '*' || op === '++')
}

export function binary(left: Node, op: string, rest: readonly Node[], level: number, place: Place, alone = false): Piece {
  const operands = new Operands(place)
  const fromTheRight = FROM_THE_RIGHT.has(level)
  const least = fromTheRight || level === PRECEDENCE.comparison ? level + ABOVE : level
  const first = alone ? operands.inParentheses(left) : operands.at(left, least, least)
  const others = rest.map((node, i) =>
    operands.at(node, fromTheRight ? level : level + ABOVE, i < rest.length - 1 ? level + ABOVE : LEVEL.greedy),
  )
  return operands.piece([first, ...others].join(` ${op} `), level)
}

function power(left: Node, op: string, right: Node, place: Place): Piece {
  const operands = new Operands(place)
  const base = operands.at(left, LEVEL.decl, LEVEL.decl)
  const exponent = operands.at(right, LEVEL.juxtapose)
  const text = op === '^' ? `${base}^${exponent}` : `${base} ${op} ${exponent}`
  return piece(text, LEVEL.power, Math.min(LEVEL.exponent, operands.tail), operands.open)
}

function range(left: Node, rest: readonly Node[], place: Place): Piece {
  const operands = new Operands(place)
  const continues = isTreeOf(left, 'call') && left.form === 'infix' && left.args.length === 4
  const least = LEVEL.colon + (continues ? 0 : ABOVE)
  const parts = [operands.at(left, least, least), ...rest.map(node => operands.at(node, LEVEL.colon + ABOVE, LEVEL.colon))]
  const isTight = parts.every((text, i) => (i === 0 || /^[\w([-]/.test(text)) && (i === parts.length - 1 || /[\w)\]]$/.test(text)))
  return { ...operands.piece(parts.join(isTight ? ':' : ' : '), LEVEL.colon), open: operands.open | RANGE }
}

/** `-x`, `.!x`. */
export function prefix(node: Tree, place: Place): Piece {
  const [op, x] = node.args as [Node, Node]
  const operands = new Operands(place)
  // `-(a, b)` would be a call.
  const text = isTreeOf(leftmost(x), 'tuple') ? `(${operands.at(x, LEVEL.statement)})` : operands.at(x, LEVEL.unary)
  const name = `${node.kind === 'dotcall' ? '.' : ''}${op.kind === 'Identifier' ? op.name : ''}`
  // `-1` would be a literal, `--x` no operator.
  const isLiteral = (name === '-' || name === '+') && (x.kind === 'Integer' || x.kind === 'Float' || x.kind === 'Float32')
  return operands.piece(`${name}${isLiteral || /^[-+.<>=:]/.test(text) ? ' ' : ''}${text}`, LEVEL.unary)
}

/** What the text of `node` begins with. */
function leftmost(node: Node): Node {
  const sticks = isTreeOf(node, 'call', 'dotcall', 'ref', 'curly', '.', '::') && node.form !== 'prefix-op'
  return sticks && node.args[0] ? leftmost(node.args[0]) : node
}

/** `2x`, `(x - 1)y`. */
export function juxtapose(node: Tree, place: Place): Piece {
  const operands = new Operands(place)
  let text = ''
  for (const [i, factor] of node.args.entries()) {
    const isRadical = isTreeOf(factor, 'call') && factor.form === 'prefix-op' && /^[√∛∜]/.test(nameOf(factor.args[0]))
    const next = operands.at(
      factor,
      i === 0 || isRadical ? LEVEL.unary : LEVEL.power,
      i < node.args.length - 1 ? LEVEL.juxtapose : LEVEL.greedy,
    )
    if (i === 0) text = next
    else if (readsOn(text, next)) text += operands.inParentheses(factor)
    else if (endsInName(text)) text = `(${text})${next}`
    else text += next
  }
  return operands.piece(text, LEVEL.juxtapose)
}

/** Would `next` right behind `number` be a part of it? */
function readsOn(number: string, next: string): boolean {
  if (/^0x[\da-f]+$/.test(number)) return /^[\da-fA-F._p]/.test(next)
  return /\d$/.test(number) && (/^(?:[eEf][-+\d]|_\d)/.test(next) || (/^-?0$/.test(number) && /^[xbo]/.test(next)))
}

function endsInName(text: string): boolean {
  const word = /[\p{L}\p{N}_!.]+$/u.exec(text)?.[0] ?? ''
  return word !== '' && !/^(?:\d+(?:\.\d+)?(?:[ef]\d*)?|0x[\da-f]+)$/.test(word)
}

function nameOf(node: Node | undefined): string {
  return node?.kind === 'Identifier' ? node.name : ''
}

/** `a < b <= c`. */
export function comparison(node: Tree, place: Place): Piece {
  const operands = new Operands(place)
  const above = LEVEL.comparison + ABOVE
  const parts = node.args.map((part, i) =>
    i % 2 === 1 ? operatorText(part) : operands.at(part, above, i < node.args.length - 1 ? above : LEVEL.greedy),
  )
  return operands.piece(parts.join(' '), LEVEL.comparison)
}

/** An operator between operands, where a dotted one is the tree `(. op)`. */
function operatorText(node: Node): string {
  return isTreeOf(node, '.') ? `.${nameOf(node.args[0])}` : nameOf(node)
}

/** `a <: b`, `<:T`, `<:(a, b)`. */
export function subtype(node: Tree, place: Place, call: (node: Tree, place: Place) => Piece): Piece {
  const [left, right] = node.args
  if (node.form === 'infix' && left && right) return binary(left, node.kind, [right], LEVEL.comparison, place)
  if (node.form !== 'prefix-op' || !left) return call(node, place)
  const operands = new Operands(place)
  return operands.piece(`${node.kind}${operands.at(left, LEVEL.where)}`, LEVEL.subtype)
}

/** `x::T`, `::T`. */
export function typed(node: Tree, place: Place): Piece {
  const operands = new Operands(place)
  const type = node.args[node.args.length - 1]!
  const before = node.args.length > 1 ? operands.at(node.args[0]!, LEVEL.decl, LEVEL.decl) : ''
  const quantified = isTreeOf(type, 'where') ? where(type, operands.place, LEVEL.call) : null
  const text = `${before}::${quantified?.text ?? operands.base(type)}`
  return piece(text, LEVEL.decl, Math.min(LEVEL.decl, quantified?.tail ?? LEVEL.decl), operands.open | (quantified?.open ?? 0) | TYPED)
}

export function where(node: Tree, place: Place, least: number = LEVEL.where): Piece {
  const operands = new Operands(place)
  const [left, right] = node.args as [Node, Node]
  const nested = isTreeOf(left, 'where')
  const before = operands.at(left, nested ? LEVEL.where : least, nested ? LEVEL.assignment : LEVEL.where, nested ? 0 : TYPED)
  const after = isTreeOf(right, 'braces') ? operands.at(right, LEVEL.primary) : operands.at(right, LEVEL.comparison, LEVEL.greedy, WHERE)
  const tail = isTreeOf(right, 'braces') ? LEVEL.where : Math.min(LEVEL.comparison, operands.tail)
  return piece(`${before} where ${after}`, LEVEL.where, tail, operands.open | WHERE)
}

export function conditional(node: Tree, place: Place): Piece {
  const operands = new Operands(place)
  const [test, then, otherwise] = node.args as [Node, Node, Node]
  const asked = operands.at(test, LEVEL.conditional + ABOVE, LEVEL.conditional + ABOVE)
  const chosen = operands.at(then, LEVEL.assignment, LEVEL.assignment, RANGE)
  const text = `${asked} ? ${chosen} : ${operands.at(otherwise, LEVEL.assignment)}`
  return piece(text, LEVEL.conditional, Math.min(LEVEL.assignment, operands.tail), operands.open)
}

/** `a = b`, `a .+= b`. */
export function assignment(left: Node, op: string, right: Node, place: Place): Piece {
  const operands = new Operands(place, place.bare)
  const target = left.kind === 'Identifier' ? place.print(left, place).text : operands.at(left, LEVEL.pair, LEVEL.pair)
  return operands.piece(`${target} ${op} ${operands.at(right, LEVEL.assignment)}`, LEVEL.assignment)
}

/** May an operator of this name be called with these arguments as `op(…)`? `-(x)` would be a prefix operator. */
export function isPlainCallee(name: string, args: readonly Node[]): boolean {
  if (name === '&' || name === '$' || name === ':' || name === '::') return false
  return !PREFIX.has(name) || args.length !== 1 || isTreeOf(args[0], '...', 'parameters')
}

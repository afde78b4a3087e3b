/** Prints calls, tuples, arrays and generators: what stands in brackets. */
import type { Node, Tree } from './ast.ts'
import { isTreeOf } from './parser.ts'
import { isPlainCallee } from './print-operators.ts'
import { closed, LEVEL, Operands, type Piece, type Place, piece } from './print-piece.ts'

/** `a, b; c, d`: what stands between the brackets of a call or a tuple. */
export function list(nodes: readonly Node[], place: Place, trailing = false): string {
  const operands = new Operands(place)
  const items = nodes.filter(node => !isTreeOf(node, 'parameters'))
  const commas = (some: readonly Node[]) =>
    some.map((node, i) => operands.at(node, LEVEL.assignment, i < some.length - 1 ? LEVEL.assignment : LEVEL.greedy)).join(', ')
  const after = nodes.flatMap(node => (isTreeOf(node, 'parameters') ? [`; ${commas(node.args)}`] : []))
  return `${commas(items)}${trailing ? ',' : ''}${after.join('').trimEnd()}`
}

/** `f(x; k) do y … end`, `-(x, y)`. */
export function call(node: Tree, place: Place): Piece {
  const args = node.args.slice(1)
  const last = args[args.length - 1]
  const tail = isTreeOf(last, 'do') ? ` ${place.print(last, place).text}` : ''
  const inside = list(tail ? args.slice(0, -1) : args, place, node.flag.includes(','))
  return piece(`${callee(node.args[0]!, args, place)}${node.kind === 'dotcall' ? '.' : ''}(${inside})${tail}`, LEVEL.call)
}

/** What stands before the arguments of a call or the parameters of a type. */
export function callee(node: Node, args: readonly Node[], place: Place): string {
  const operands = new Operands(place)
  const isNumber = node.kind === 'Integer' || node.kind === 'Float' || node.kind === 'Float32' || node.kind === 'UInteger'
  if (isNumber) return operands.inParentheses(node)
  const name = isTreeOf(node, '.') && node.args.length === 1 ? node.args[0]! : node
  const isOperator = name.kind === 'Identifier' && !name.raw && !/[\p{L}\p{N}_]/u.test(name.name)
  if (!isOperator) return operands.base(node)
  return isPlainCallee(name.name, args) ? place.print(node, place).text : operands.inParentheses(node)
}

/** `<:(a, b)`. */
export function operatorCall(node: Tree, place: Place): Piece {
  return piece(`${node.kind}(${list(node.args, place, node.flag === ',')})`, LEVEL.call)
}

/** `(a, b)`; `a, b` where that may stand; the parameters of an anonymous function. */
export function tuple(node: Tree, place: Place): Piece {
  const last = node.args[node.args.length - 1]
  if (node.flag.startsWith('p') || !place.bare || !last) return closed(`(${inParentheses(node, place)})`)
  const operands = new Operands(place)
  const text = node.args
    .map((item, i) => operands.at(item, LEVEL.pair, i < node.args.length - 1 ? LEVEL.assignment : LEVEL.greedy))
    .join(', ')
  return operands.piece(`${text}${node.flag}`, LEVEL.pair)
}

/** One item needs a comma, lest it be grouped or a block. */
function inParentheses(node: Tree, place: Place): string {
  const [first] = node.args
  const single = node.args.filter(arg => !isTreeOf(arg, 'parameters')).length === 1
  const trailing = node.flag.endsWith(',') || (single && !(isTreeOf(first, '...') && node.args.length > 1))
  return list(node.args, place, trailing)
}

/** Parameters on the left of `->` or behind `function`, where one item needs no comma. */
export function parameters(node: Node, place: Place): string | null {
  if (!isTreeOf(node, 'tuple')) return null
  return node.flag.startsWith('p') || node.args.length !== 1 ? `(${list(node.args, place, node.flag.endsWith(','))})` : null
}

/** What stands between the brackets of a `vect`, `hcat`, `vcat`, `ncat`, `comprehension`, or the typed and braced ones. */
export function elements(kind: string, flag: string, nodes: readonly Node[], place: Place): string {
  const operands = new Operands(place)
  switch (kind) {
    case 'hcat':
      return spaced(nodes, place)
    case 'vcat':
      return separated(nodes, 1, place)
    case 'ncat':
      return separated(nodes, Number(flag), place)
    case 'comprehension':
      return operands.at(nodes[0]!, LEVEL.statement)
    default: {
      const single = nodes.length === 2 && isTreeOf(nodes[1], 'parameters') && !isTreeOf(nodes[0], 'parameters')
      return list(nodes, place, flag === ',' || single)
    }
  }
}

/** By this many semicolons; one element has them behind it. */
function separated(nodes: readonly Node[], dimension: number, place: Place): string {
  const marks = ';'.repeat(dimension)
  const parts = nodes.map(node => {
    if (isTreeOf(node, 'row')) return spaced(node.args, place)
    if (isTreeOf(node, 'nrow')) return separated(node.args, Number(node.flag), place)
    return spaced([node], place)
  })
  return parts.length < 2 ? `${parts[0] ?? ''}${marks}` : parts.join(`${marks} `)
}

/** Elements or arguments separated by white space. */
export function spaced(nodes: readonly Node[], place: Place, bareLast = false): string {
  return nodes
    .map((node, i) => {
      const isLast = i === nodes.length - 1
      const operands = new Operands(place, bareLast && isLast)
      const text = operands.at(node, LEVEL.assignment, isLast ? LEVEL.greedy : LEVEL.assignment)
      return i === 0 || standsAlone(text) ? text : operands.inParentheses(node)
    })
    .join(' ')
}

/** Is this a new element behind white space, rather than an operator that goes on with the one before? */
function standsAlone(text: string): boolean {
  if (/^(?:in|isa|where|for|if|do)\b/.test(text)) return false
  return /^[\p{L}\p{N}\p{So}_"`'([{@∂∇∞]/u.test(text) || /^(?:[-+±∓⋆]|\.[-+±∓⋆]|[$&~!¬√∛∜]|:(?!:))[^\s=>]/u.test(text)
}

/** `x for i in a, j in b if c`. */
export function generator(node: Tree, place: Place): Piece {
  const operands = new Operands(place)
  const text = node.args.map((part, i) =>
    i === 0 ? operands.at(part, LEVEL.assignment, LEVEL.statement) : ` for ${place.print(part, { ...place, bare: false }).text}`,
  )
  return piece(text.join(''), LEVEL.assignment, LEVEL.statement)
}

/** `i in a, j in b`. */
export function iteration(node: Tree, place: Place): Piece {
  const operands = new Operands(place)
  return piece(
    node.args.map((part, i) => operands.at(part, LEVEL.statement, i < node.args.length - 1 ? LEVEL.assignment : LEVEL.greedy)).join(', '),
    LEVEL.statement,
  )
}

/** `i in a`, `outer i in a`. */
export function inside(node: Tree, place: Place): Piece {
  const operands = new Operands(place)
  const [target, iterable] = node.args as [Node, Node]
  const isOuter = isTreeOf(target, 'outer')
  const name = operands.at(isOuter ? target.args[0]! : target, LEVEL.pipeLeft, LEVEL.pipeLeft)
  const text = `${isOuter ? 'outer ' : ''}${name} in ${operands.at(iterable, LEVEL.pair)}`
  return piece(text, LEVEL.statement, Math.min(LEVEL.assignment, operands.tail))
}

export function filter(node: Tree, place: Place): Piece {
  const operands = new Operands(place)
  const [loop, test] = node.args as [Node, Node]
  return piece(`${operands.at(loop, LEVEL.statement, LEVEL.statement)} if ${operands.at(test, LEVEL.conditional)}`, LEVEL.statement)
}

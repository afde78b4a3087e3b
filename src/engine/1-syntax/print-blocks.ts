/** Prints what begins with a keyword. */
import type { Node, Tree } from './ast.ts'
import { isTreeOf } from './parser.ts'
import { parameters } from './print-lists.ts'
import { body, ended, LEVEL, lines, Operands, type Piece, type Place, piece } from './print-piece.ts'

/** `begin … end`, `(a; b)`. */
export function block(node: Tree, place: Place): Piece {
  if (node.flag !== 'p') return ended(body('begin', node, place), place)
  const operands = new Operands(place)
  const items = node.args.map(item => operands.at(item, LEVEL.assignment))
  return piece(items.length === 0 ? '(;;)' : `(${items.join('; ')}${items.length === 1 ? ';' : ''})`, LEVEL.primary)
}

/** `while`, `for`, `module` and others: a head and a body. */
export function headed(keyword: string, head: Node, inside: Node | undefined, place: Place): Piece {
  const operands = new Operands(place)
  return ended(body(`${keyword} ${operands.at(head, LEVEL.statement)}`, inside, place), place)
}

/** `if … elseif … else … end`; an `elseif` is printed by the `if` it is part of. */
export function conditional(node: Tree, place: Place): Piece {
  return ended(branches(node, place), place)
}

function branches(node: Tree, place: Place): string {
  const [test, then, otherwise] = node.args as [Node, Node, Node?]
  const first = body(`${node.kind} ${new Operands(place).at(test, LEVEL.assignment)}`, then, place)
  if (!otherwise) return first
  const rest = isTreeOf(otherwise, 'elseif') ? branches(otherwise, place) : body('else', otherwise, place)
  return `${first}\n${place.indent}${rest}`
}

export function letBlock(node: Tree, place: Place): Piece {
  const [head, inside] = node.args as [Tree, Node]
  const operands = new Operands(place)
  const bindings = head.args.map((item, i) =>
    operands.at(item, LEVEL.assignment, i < head.args.length - 1 ? LEVEL.assignment : LEVEL.greedy),
  )
  return ended(body(`let ${bindings.join(', ')}`.trimEnd(), inside, place), place)
}

export function tryBlock(node: Tree, place: Place): Piece {
  const parts = node.args.map((part, i) => {
    if (i === 0 || !('args' in part)) return body('try', part, place)
    const inside = part.args[part.args.length - 1]
    const variable =
      part.args.length > 1 ? ` ${new Operands(place).at(part.args[0]!, isTreeOf(part.args[0], '$') ? LEVEL.call : LEVEL.primary)}` : ''
    return `${place.indent}${body(`${part.kind}${variable}`, inside, place)}`
  })
  return ended(parts.join('\n'), place)
}

/** ` do x, y … end` without the space before it. */
export function doBlock(node: Tree, place: Place): Piece {
  const [head, inside] = node.args as [Tree, Node]
  const operands = new Operands(place)
  const names = head.args.map((item, i) => operands.at(item, LEVEL.assignment, i < head.args.length - 1 ? LEVEL.assignment : LEVEL.greedy))
  return ended(body(`do ${names.join(', ')}`.trimEnd(), inside, place), place)
}

/** `function f(x) … end`, `macro m end`. */
export function definition(node: Tree, place: Place): Piece {
  const [head, inside] = node.args as [Node, Node?]
  if (!inside) return piece(`${node.kind} ${new Operands(place).base(head)} end`, LEVEL.block)
  return ended(body(`${node.kind} ${signature(head, place)}`, inside, place), place)
}

/** Behind `function`, `::` and `where` belong to the signature, and operators are names. */
function signature(node: Node, place: Place): string {
  if (isTreeOf(node, 'where')) return `${signature(node.args[0]!, place)}${behind(node, place)}`
  if (isTreeOf(node, '::') && node.args.length === 2)
    return `${signature(node.args[0]!, place)}::${new Operands(place).base(node.args[1]!)}`
  const own = parameters(node, place)
  if (own !== null) return own
  const [callee, ...args] = isTreeOf(node, 'call') && node.form === 'prefix' ? node.args : []
  if (callee?.kind !== 'Identifier' || !isTreeOf(node, 'call')) return new Operands(place).at(node, LEVEL.call)
  return `${place.print(callee, place).text}${parameters({ ...node, kind: 'tuple', flag: node.flag ? 'p-,' : 'p', args }, place) ?? '()'}`
}

function behind(node: Tree, place: Place): string {
  const variables = node.args[1]!
  const operands = new Operands(place)
  return ` where ${isTreeOf(variables, 'braces') ? operands.at(variables, LEVEL.primary) : operands.at(variables, LEVEL.comparison)}`
}

export function typeDefinition(node: Tree, place: Place): Piece {
  const [name, inside] = node.args as [Node, Node?]
  const text = new Operands(place).at(name, LEVEL.comparison)
  switch (node.kind) {
    case 'struct':
      return ended(body(`${node.flag === 'mut' ? 'mutable ' : ''}struct ${text}`, inside, place), place)
    case 'primitive':
      return piece(`primitive type ${text} ${new Operands(place).base(inside!)} end`, LEVEL.block)
    default:
      return piece(`abstract type ${text} end`, LEVEL.block)
  }
}

/** `const x = 1`, `global x, y`, `return x`: a keyword and a statement. */
export function declaration(node: Tree, place: Place): Piece {
  const operands = new Operands(place, true)
  const items = node.args.map((item, i) => operands.at(item, LEVEL.assignment, i < node.args.length - 1 ? LEVEL.assignment : LEVEL.greedy))
  const isOpen = items.length === 0 || operands.tail < LEVEL.assignment
  return piece(`${node.kind} ${items.join(', ')}`.trimEnd(), LEVEL.block, isOpen ? LEVEL.greedy : LEVEL.statement)
}

/** Names in `import` and `export` stand for themselves, operators too. */
function names(nodes: readonly Node[], place: Place): string[] {
  return nodes.map(node => place.print(node, place).text)
}

export function importing(node: Tree, place: Place): Piece {
  const [first, ...rest] = names(node.args, place) as [string, ...string[]]
  const text =
    node.kind === ':'
      ? `${first}: ${rest.join(', ')}`
      : node.kind === 'as'
        ? `${first} as ${rest[0]}`
        : `${node.kind} ${[first, ...rest].join(', ')}`
  return piece(text, LEVEL.block, LEVEL.statement)
}

/** `..A.B`, `Base.+`. */
export function importPath(node: Tree, place: Place): Piece {
  const dots = node.args.findIndex(part => !(part.kind === 'Identifier' && part.name === '.'))
  return piece('.'.repeat(Math.max(dots, 0)) + names(node.args.slice(Math.max(dots, 0)), place).join('.'), LEVEL.block)
}

export function file(node: Tree, place: Place): Piece {
  if (node.flag !== ';') return piece(lines(node.args, place).join('\n'), LEVEL.statement)
  const text = node.args.map(item => place.print(item, { ...place, bare: true }).text)
  return piece(`${text.join('; ')}${text.length === 1 ? ';' : ''}`, LEVEL.statement)
}

export function quoteBlock(node: Tree, place: Place): Piece {
  return ended(body('quote', node.args[0], place), place)
}

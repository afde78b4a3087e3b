/**
 * Syntax trees as Julia source that reads back to the same tree. A tree that no text has (because parentheses are trees of their own)
 * is printed with the parentheses that it needs to mean the same.
 */
import type { Node, TreeKind } from './ast.ts'
import { isTreeOf } from './parser.ts'
import {
  block,
  declaration,
  definition,
  doBlock,
  file,
  headed,
  conditional as ifBlock,
  importing,
  importPath,
  letBlock,
  quoteBlock,
  tryBlock,
  typeDefinition,
} from './print-blocks.ts'
import {
  call,
  callee,
  elements,
  filter,
  generator,
  inside,
  iteration,
  list,
  operatorCall,
  parameters,
  spaced,
  tuple,
} from './print-lists.ts'
import { assignment, binary, comparison, conditional, infix, juxtapose, prefix, subtype, typed, where } from './print-operators.ts'
import { closed, LEVEL, Operands, type Piece, type Place, type Printer, piece } from './print-piece.ts'
import { leaf, quote, string } from './print-text.ts'

/** Without a line break at the end; further lines are indented by `indent`. */
export function printNode(node: Node, indent = ''): string {
  return print(node, { indent, bare: true, print }).text
}

function print(node: Node, place: Place): Piece {
  return 'args' in node ? PRINTERS[node.kind](node, place) : leaf(node)
}

function nameOf(node: Node | undefined): string {
  return node?.kind === 'Identifier' ? node.name : ''
}

const operator =
  (level: number): Printer =>
  (node, place) =>
    binary(node.args[0]!, node.kind, node.args.slice(1), level, place)
const assigning: Printer = (node, place) => assignment(node.args[0]!, node.kind, node.args[1]!, place)
const updating: Printer = (node, place) => {
  return assignment(node.args[0]!, `${node.kind === '.op=' ? '.' : ''}${nameOf(node.args[1])}=`, node.args[2]!, place)
}
const word: Printer = node => piece(node.kind, LEVEL.block)
/** Printed by what holds it; alone, as itself. */
const part: Printer = (node, place) => piece(node.args.map(arg => print(arg, place).text).join(' '), LEVEL.statement)

/** `f(x)`, `a + b`, `-x`, `x'`, dotted or not. */
const calling: Printer = (node, place) => {
  switch (node.form) {
    case 'infix':
      return infix(node, place)
    case 'prefix-op':
      return prefix(node, place)
    case 'postfix-op':
      return piece(`${new Operands(place).base(node.args[0]!)}${nameOf(node.args[1])}`, LEVEL.call)
    default:
      return call(node, place)
  }
}

/** `x.y`, `x.:y`, `A.@m`; `.+`. */
const member: Printer = (node, place) => {
  const [x, name] = node.args as [Node, Node?]
  if (!name) return piece(`.${print(x, place).text}`, LEVEL.unary, LEVEL.assignment)
  const operands = new Operands(place)
  // The dot would be read as a part of a number.
  const text = operands.base(x)
  const before = /(?:^|[^\p{L}\p{N}_!.])\d[\w.]*$/u.test(text) ? operands.inParentheses(x) : text
  return piece(`${before}.${print(name, place).text}`, LEVEL.call)
}

const bracketed: Printer = (node, place) => closed(`[${elements(node.kind, node.flag, node.args, place)}]`)
const typedBracketed: Printer = (node, place) => {
  const [x, ...items] = node.args as [Node, ...Node[]]
  const kind = node.kind === 'ref' ? 'vect' : node.kind.replace('typed_', '')
  return piece(`${new Operands(place).base(x)}[${elements(kind, node.flag, items, place)}]`, LEVEL.call)
}

const arrow: Printer = (node, place) => {
  const operands = new Operands(place)
  const [left, right] = node.args as [Node, Node]
  const single = isTreeOf(left, 'tuple') && left.flag === '' && left.args.length === 1 ? left.args[0]! : left
  const before = parameters(left, place) ?? operands.at(single, LEVEL.decl, LEVEL.decl)
  const after = operands.at(right, LEVEL.assignment)
  return piece(`${before} -> ${after}`, LEVEL.decl, Math.min(LEVEL.assignment, operands.tail), operands.open)
}

const inserted: Printer = (node, place) => {
  const isPlain = isTreeOf(node.args[0], '$', 'parens') || node.args[0]?.kind === 'Identifier'
  const operands = new Operands(place)
  return piece(`$${isPlain ? print(node.args[0]!, operands.place).text : operands.inParentheses(node.args[0]!)}`, LEVEL.call)
}

const macroCall: Printer = (node, place) => {
  const [name, ...args] = node.args as [Node, ...Node[]]
  const last = isTreeOf(name, '.') ? name.args[1]! : name
  const called = print(name, place).text
  if (last.kind === 'MacroName' && (last.written === 'string' || last.written === 'command')) {
    const suffix = args[1]
    return closed(
      `${called.replace('@', '').replace(/_(str|cmd)$/, '')}${print(args[0]!, place).text}${suffix?.kind === 'String' ? suffix.value : suffix ? print(suffix, place).text : ''}`,
    )
  }
  // `@NamedTuple{a::Int}` ends with its brace.
  if (node.flag !== 'p' && args.length === 1 && isTreeOf(args[0], 'braces')) return closed(`${called}${print(args[0]!, place).text}`)
  if (node.flag !== 'p')
    return piece([called, spaced(args, place, true)].join(' ').trimEnd(), LEVEL.call, args.length > 0 ? LEVEL.statement : LEVEL.greedy)
  const block = args[args.length - 1]
  const tail = isTreeOf(block, 'do') ? ` ${print(block, place).text}` : ''
  return piece(`${called}(${list(tail ? args.slice(0, -1) : args, { ...place, bare: false })})${tail}`, LEVEL.call)
}

// biome-ignore format: a table
const PRINTERS: { readonly [K in TreeKind]: Printer } = {
  toplevel: file, block, doc: (node, place) => piece(node.args.map(arg => print(arg, { ...place, bare: true }).text).join(`\n${place.indent}`), LEVEL.statement),
  parens: (node, place) => closed(`(${new Operands(place).at(node.args[0]!, LEVEL.statement)})`),
  call: calling, dotcall: calling, juxtapose, comparison,
  '&&': operator(LEVEL.and), '.&&': operator(LEVEL.and), '||': operator(LEVEL.or), '.||': operator(LEVEL.or), '-->': operator(LEVEL.arrow), ':=': operator(LEVEL.assignment),
  '?': conditional, '::': typed, where,
  '<:': (node, place) => subtype(node, place, operatorCall), '>:': (node, place) => subtype(node, place, operatorCall),
  $: inserted, '&': (node, place) => piece(`&${new Operands(place).base(node.args[0]!)}`, LEVEL.decl),
  '...': (node, place) => { const operands = new Operands(place); return operands.piece(`${operands.at(node.args[0]!, LEVEL.colon, LEVEL.colon)}...`, LEVEL.colon) },
  '.': member, ref: typedBracketed,
  curly: (node, place) => piece(`${callee(node.args[0]!, [], place)}{${elements('vect', node.flag, node.args.slice(1), { ...place, bare: false })}}`, LEVEL.call),
  '=': assigning, '.=': assigning, 'op=': updating, '.op=': updating,
  function: (node, place) => (node.flag === '=' ? assignment(node.args[0]!, '=', node.args[1]!, place) : definition(node, place)),
  macro: definition, '->': arrow, do: doBlock, struct: typeDefinition, abstract: typeDefinition, primitive: typeDefinition,
  module: (node, place) => headed(node.flag === 'bare' ? 'baremodule' : 'module', node.args[0]!, node.args[1], place),
  const: declaration, global: declaration, local: declaration, return: declaration, break: word, continue: word,
  using: importing, import: importing, export: importing, public: importing, ':': importing, as: importing, importpath: importPath,
  if: ifBlock, elseif: ifBlock, let: letBlock, try: tryBlock, catch: part, else: part, finally: part,
  while: (node, place) => headed('while', node.args[0]!, node.args[1], place), for: (node, place) => headed('for', node.args[0]!, node.args[1], place),
  iteration, in: inside, outer: part, filter, generator,
  tuple, parameters: (node, place) => piece(list([node], place), LEVEL.statement),
  vect: bracketed, hcat: bracketed, vcat: bracketed, ncat: bracketed, comprehension: bracketed, row: part, nrow: part,
  typed_hcat: typedBracketed, typed_vcat: typedBracketed, typed_ncat: typedBracketed, typed_comprehension: typedBracketed,
  braces: (node, place) => closed(`{${elements('vect', node.flag, node.args, { ...place, bare: false })}}`),
  bracescat: (node, place) => closed(`{${isTreeOf(node.args[0], 'row') && node.args.length === 1 ? spaced(node.args[0].args, place) : elements(node.flag ? 'ncat' : 'vcat', node.flag, node.args, place)}}`),
  string, cmdstring: string, quote: (node, place) => (node.flag === ':' ? quote(node, place) : quoteBlock(node, place)),
  macrocall: macroCall, macro_name: (node, place) => closed(`@${print(node.args[0]!, place).text}`),
}

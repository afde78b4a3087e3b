/** Prints leaves, strings and quotes. */
import { unreachable } from '../../diagnostics/bug.ts'
import type { Leaf, Node, Tree } from './ast.ts'
import { isNameStart, nameEnd } from './lexer.ts'
import { charText, floatText, stringText } from './literal-text.ts'
import { BINARY, PREFIX } from './operators.ts'
import { isTreeOf } from './parser.ts'
import { closed, LEVEL, type Piece, type Place, piece } from './print-piece.ts'

export function leaf(node: Leaf): Piece {
  switch (node.kind) {
    case 'Identifier':
      return identifier(node.name, node.raw)
    case 'MacroName':
      return closed(node.written === 'var' ? `@var"${rawText(node.name, '"')}"` : `@${node.name}`)
    case 'Bool':
      return closed(`${node.value}`)
    case 'Integer':
      return number(`${node.value}`)
    case 'UInteger':
      return closed(`0x${node.value.toString(16).padStart(node.bits / 4, '0')}`)
    case 'Float':
      return number(Number.isFinite(node.value) ? floatText(node.value, false) : infinite(node.value, '1e400'))
    case 'Float32':
      return number(Number.isFinite(node.value) ? floatText(node.value, true) : infinite(node.value, '1f60'))
    case 'Char':
      return closed(`'${charText(node.value)}'`)
    case 'String':
      return closed(`"${stringText(node.value)}"`)
    default:
      return unreachable(node, 'kind of leaf')
  }
}

/** No literal is infinite, but these round to it. */
function infinite(value: number, text: string): string {
  return Number.isNaN(value) ? 'NaN' : `${value < 0 ? '-' : ''}${text}`
}

/** A negative literal holds like a prefix operator. */
function number(text: string): Piece {
  return text.startsWith('-') ? piece(text, LEVEL.unary) : closed(text)
}

function identifier(name: string, raw: boolean): Piece {
  if (!raw && isNameStart(name, 0) && nameEnd(name, 0) === name.length) return closed(name)
  // An operator as a value: another operator may not follow it.
  if (!raw && isOperator(name)) return piece(name, LEVEL.unary, LEVEL.assignment)
  return closed(`var"${rawText(name, '"')}"`)
}

function isOperator(name: string): boolean {
  const core = name.replace(/[^\p{S}\p{P}]+$/u, '')
  return [name, core, core.replace(/^\./, '')].some(
    text => BINARY.has(text) || PREFIX.has(text) || text === ':' || text === '$' || text === '&' || text === '.',
  )
}

/** Text of a raw string: only quotes, and the backslashes before them, are escaped. */
function rawText(value: string, quote: string): string {
  return value.replace(
    new RegExp(`(\\\\*)(${quote}|$)`, 'g'),
    (_all, slashes: string, end: string) => `${slashes}${slashes}${end ? `\\${end}` : ''}`,
  )
}

export function string(node: Tree, place: Place): Piece {
  const quote = node.kind === 'cmdstring' ? '`' : '"'
  const triple = node.flag.startsWith('s')
  const marks = triple ? quote.repeat(3) : quote
  if (node.flag.endsWith('r')) {
    const text = rawText(node.args.map(part => (part.kind === 'String' ? part.value : '')).join(''), quote)
    // Behind a line break, no indentation of the text is taken away.
    return closed(`${marks}${triple && text.includes('\n') ? '\n' : ''}${text}${marks}`)
  }
  const isBlock = triple && hasLines(node)
  const inner = node.args
    .map((part, i) =>
      part.kind === 'String' ? plain(part.value, node.args[i - 1], isBlock ? place.indent : null) : interpolated(part, place),
    )
    .join('')
  return closed(isBlock ? `${marks}\n${place.indent}${inner}${marks}` : `${marks}${inner}${marks}`)
}

/** Is this a text of whole lines, none of them only white space? */
function hasLines(node: Tree): boolean {
  const last = node.args[node.args.length - 1]
  const text = node.args.map(part => (part.kind === 'String' ? part.value : 'x')).join('')
  return last?.kind === 'String' && text.endsWith('\n') && !/^[ \t]+$/m.test(text) && !/[\r]/.test(text) && !text.startsWith('\n')
}

/** Text between quotes; `indent` stands before each line but the first, or line breaks are escaped. */
function plain(value: string, before: Node | undefined, indent: string | null): string {
  const text = stringText(value)
  // What follows `$name` must not go on with the name.
  const goesOn = before?.kind === 'Identifier' && nameEnd(`x${value}`, 0) > 1
  const first = value.codePointAt(0) ?? 0
  const safe = goesOn ? `\\U${first.toString(16).padStart(8, '0')}${stringText(value.slice(first > 0xffff ? 2 : 1))}` : text
  if (indent === null) return safe
  return safe.replace(/(\\\\)|\\n(?=(\\n)?)/g, (all, slashes: string | undefined, another: string | undefined) =>
    slashes ? all : `\n${another ? '' : indent}`,
  )
}

function interpolated(node: Node, place: Place): string {
  const inner = { ...place, bare: false }
  if (node.kind === 'Identifier' && !node.raw && isNameStart(node.name, 0)) return `$${node.name}`
  const { text } = inner.print(node, inner)
  return isTreeOf(node, 'parens') ? `$${text}` : `$(${text})`
}

/** `:x`, `:(…)`. */
export function quote(node: Tree, place: Place): Piece {
  const [inner] = node.args
  if (!inner) return closed(':()')
  const inside = { ...place, bare: false }
  const { text, head } = inside.print(inner, inside)
  const isName = inner.kind === 'Identifier' || (isTreeOf(inner, '.') && inner.args.length === 1)
  return closed((isName || head >= LEVEL.primary) && !text.startsWith(':') ? `:${text}` : `:(${text})`)
}

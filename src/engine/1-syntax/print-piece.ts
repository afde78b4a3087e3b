/** What printing is made of: pieces of text that know how tightly they hold together, and the places they stand in. */
import type { Node, Tree } from './ast.ts'
import { PRECEDENCE } from './operators.ts'

/** How tightly text holds together: the precedences of operators, and what is between and above them. */
export const LEVEL = {
  ...PRECEDENCE,
  /** What ends a list early, or takes in what follows: `return x`, `@m x`. */
  statement: 0,
  /** Takes in `for` of a generator as well. */
  greedy: -1,
  subtype: 14.1,
  where: 14.2,
  /** Ends in a power, whose exponent takes in a factor that follows. */
  exponent: 14.3,
  juxtapose: 14.4,
  unary: 15,
  /** `begin … end`, to which nothing sticks. */
  block: 17.5,
  call: 18,
  primary: 19,
} as const

/** A range that is not in brackets: it may not stand before the `:` of a conditional. */
export const RANGE = 1
/** A `where` that is not in brackets. */
export const WHERE = 2
/** Ends in a type after `::`, which takes in a `where` that follows. */
export const TYPED = 4

export interface Piece {
  readonly text: string
  /** Precedence of its outermost operator. */
  readonly head: number
  /** The lowest precedence that still is taken in by it on its right. */
  readonly tail: number
  /** A sum of `RANGE`, `WHERE`, `TYPED`. */
  readonly open: number
}

export interface Place {
  /** White space at the start of each line. */
  readonly indent: string
  /** A tuple may stand without parentheses. */
  readonly bare: boolean
  readonly print: (node: Node, place: Place) => Piece
}

export function piece(text: string, head: number, tail = head, open = 0): Piece {
  return { text, head, tail, open }
}

/** Text to which everything can stick. */
export function closed(text: string): Piece {
  return piece(text, LEVEL.primary)
}

export function deeper(place: Place): Place {
  return { ...place, indent: `${place.indent}  ` }
}

/** Prints the operands of one construct, and remembers what shows through them. */
export class Operands {
  readonly place: Place
  open = 0
  /** Of the operand printed last. */
  tail: number = LEVEL.primary

  constructor(place: Place, bare = false) {
    this.place = place.bare === bare ? place : { ...place, bare }
  }

  /** Text of an operand that must hold at least this tightly, in parentheses if it does not. */
  at(node: Node, head: number, tail: number = LEVEL.greedy, refused = 0): string {
    const printed = this.place.print(node, this.place)
    if (printed.head < head || printed.tail < tail || (printed.open & refused) !== 0) return this.inParentheses(node)
    this.open |= printed.open
    this.tail = printed.tail
    return printed.text
  }

  inParentheses(node: Node): string {
    const { text } = this.place.print(node, { ...this.place, bare: false })
    this.tail = LEVEL.primary
    // A tuple without parentheses has got its own.
    return node.kind === 'tuple' ? text : `(${text})`
  }

  /** What stands before `.`, `(`, `[`, `{` or `'`. */
  base(node: Node): string {
    return this.at(node, LEVEL.call, LEVEL.call)
  }

  piece(text: string, head: number): Piece {
    return piece(text, head, Math.min(head, this.tail), this.open)
  }
}

/** Statements, one a line. What could be read as a docstring of the next one has an empty line behind it. */
export function lines(statements: readonly Node[], place: Place): string[] {
  const inner = { ...place, bare: true }
  return statements.map((node, i) => {
    const { text } = inner.print(node, inner)
    return `${place.indent}${text}${i < statements.length - 1 && documents(node) ? '\n' : ''}`
  })
}

function documents(node: Node): boolean {
  if (node.kind === 'string') return true
  if (node.kind !== 'macrocall') return false
  const name = node.args[0]
  return name?.kind === 'MacroName' && (name.written === 'string' || (name.name === 'doc' && node.args.length === 2))
}

/** A keyword, statements, and no `end` yet. */
export function body(keyword: string, block: Node | undefined, place: Place): string {
  const inside = block && 'args' in block ? lines(block.args, deeper(place)) : []
  return [keyword, ...inside].join('\n')
}

/** `keyword … end`. */
export function ended(text: string, place: Place): Piece {
  return piece(`${text}\n${place.indent}end`, LEVEL.block)
}

export type Printer = (node: Tree, place: Place) => Piece

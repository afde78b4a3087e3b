/** What stands in parentheses: arguments, tuples, blocks; and generators. */
import type { Node, Tree } from './ast.ts'
import { parseBinary, parseExpression } from './expression.ts'
import type { Token } from './lexer.ts'
import { PRECEDENCE } from './operators.ts'
import { GENERATOR, INDEX, isTreeOf, LINES, type Parser } from './parser.ts'

/** A list between brackets, before it is known what it means. */
export interface List {
  readonly open: Token
  /** What stands before the first semicolon. */
  readonly items: readonly Node[]
  /** One `parameters` for each semicolon. */
  readonly parameters: readonly Tree[]
  /** Everything, semicolons or not. */
  readonly all: readonly Node[]
  readonly expressions: number
  readonly commas: number
  readonly semicolonFirst: boolean
  /** The first item is `x...`. */
  readonly splat: boolean
  /** A comma stands before the closing bracket, and no semicolon. */
  readonly trailing: boolean
}

/** From the opening bracket, which is the current token, to the closing one. */
export function parseList(p: Parser, close: string): List {
  const open = p.advance()
  // The closing bracket is taken inside, so that a line break before it does not matter.
  return p.within((p.cx & INDEX) | LINES | GENERATOR, () => listItems(p, open, close))
}

function listItems(p: Parser, open: Token, close: string): List {
  const items: Node[] = []
  const all: Node[] = []
  const parameters: Tree[] = []
  let current = items
  let opened = -1
  let commas = 0
  let trailing = false
  const semicolonFirst = p.is(';')
  const flush = () => {
    if (opened >= 0) parameters.push(p.tree('parameters', current, opened))
  }
  while (!p.is(close)) {
    trailing = false
    if (p.is(';')) {
      flush()
      opened = p.advance().start
      current = []
      continue
    }
    const { start } = p.token
    const item = parseExpression(p)
    const made = p.isKeyword('for') ? generator(p, item, start) : item
    current.push(made)
    all.push(made)
    if (p.is(',')) {
      p.advance()
      commas++
      trailing = opened < 0
    } else if (!p.is(';')) break
  }
  flush()
  p.close(close, open)
  return { open, items, parameters, all, expressions: all.length, commas, semicolonFirst, splat: isTreeOf(all[0], '...'), trailing }
}

/** `(a; b)` runs both. */
export function isBlockOfParens(list: List): boolean {
  return list.parameters.length > 0
}

/** `(…)`: grouping, a tuple, a block `(a; b)`, a generator, the parameters of an arrow function. */
export function parseParenthesised(p: Parser): Node {
  const list = parseList(p, ')')
  const { start } = list.open
  const semicolons = list.parameters.length
  const isTuple =
    list.commas > 0 ||
    (list.expressions === 0 && semicolons === 0) ||
    (list.splat && semicolons > 0) ||
    (list.semicolonFirst && (semicolons === 1 || list.expressions > 0)) ||
    (p.is('->') && !isTreeOf(list.items[0], 'where') && !isReturning(list))
  if (isTuple) return p.tree('tuple', [...list.items, ...list.parameters], start, list.trailing ? 'p-,' : 'p')
  if (isBlockOfParens(list)) return p.tree('block', list.all, start, 'p')
  return p.tree('parens', list.items, start)
}

/** `((x, y)::T)`: the type of what an arrow function returns. */
function isReturning(list: List): boolean {
  const first = list.items[0]
  return isTreeOf(first, '::') && isTreeOf(first.args[0], 'tuple')
}

/** `body for i in a, j in b if c for k in d`; the body is parsed, the current token is `for`. */
export function generator(p: Parser, body: Node, start: number): Node {
  const loops: Node[] = []
  p.within((p.cx & INDEX) | LINES | GENERATOR, () => {
    while (p.isKeyword('for')) {
      const from = p.advance().start
      const iteration = p.grammar.iteration(p)
      if (p.isKeyword('if')) {
        p.advance()
        loops.push(p.tree('filter', [iteration, parseBinary(p, PRECEDENCE.conditional)], from))
      } else loops.push(iteration)
    }
  })
  return p.tree('generator', [body, ...loops], start)
}

/** The state of parsing: position, current token, context. The parts of the grammar are in files of their own and find each other through `Grammar`. */
import { fail } from '../../diagnostics/report.ts'
import type { Source, Span } from '../../diagnostics/source.ts'
import type { Leaf, Node, Tree, TreeKind } from './ast.ts'
import { type Token, tokenAt } from './lexer.ts'

/** What holds around the place being parsed, as a sum of the following; `OUTSIDE` is none of them. */
export type Context = number
export const OUTSIDE: Context = 0
/** Inside parentheses: a line break is only white space. */
export const LINES: Context = 1
/** Inside `[ ]` and among the arguments of a macro: white space separates elements. */
export const SPACES: Context = 2
/** `end` and `begin` are indices. */
export const INDEX: Context = 4
/** Between `?` and its `:`, so that `:` makes no range. */
export const NO_RANGE: Context = 8
/** Behind `where`: another one belongs to what is around. */
export const NO_WHERE: Context = 16
/** Inside brackets: `for` ends the arguments of a macro. */
export const GENERATOR: Context = 32
/** Inside a struct: `const x` is a field. */
export const FIELDS: Context = 64

export interface Grammar {
  /** Anything that may be a statement: assignments, tuples without parentheses, keywords. */
  statement(p: Parser): Node
  /** One expression without a comma, assignments included. */
  expression(p: Parser): Node
  /** Binary operators of at least this precedence. */
  binary(p: Parser, precedence: number): Node
  /** `x where T`, for any number of `where`. */
  where(p: Parser, node: Node, start: number): Node
  juxtaposed(p: Parser): Node
  unary(p: Parser): Node
  /** A prefix and a primary with everything that sticks to it: calls, indices, fields, adjoints. */
  call(p: Parser): Node
  /** What sticks to `node`. */
  chain(p: Parser, node: Node, start: number): Node
  /** `$`, `&`, `::` or nothing, then a primary. */
  prefixed(p: Parser): Node
  primary(p: Parser): Node
  keyword(p: Parser): Node
  parenthesised(p: Parser): Node
  bracketed(p: Parser): Tree
  braces(p: Parser): Tree
  macro(p: Parser): Node
  iteration(p: Parser): Tree
  doBlock(p: Parser): Tree
}

export class Parser {
  readonly source: Source
  readonly grammar: Grammar
  cx: Context = OUTSIDE
  /** End of the last token taken. */
  last: number
  /** The current token and the one after it, once somebody asked for them: what follows an interpolation is no code. */
  private current: Token | null = null
  private next: Token | null = null

  constructor(source: Source, grammar: Grammar, at = 0) {
    this.source = source
    this.grammar = grammar
    this.last = at
  }

  get token(): Token {
    this.current ??= tokenAt(this.source, this.last)
    return this.current
  }

  advance(): Token {
    const taken = this.token
    this.last = taken.end
    this.current = this.next
    this.next = null
    return taken
  }

  /** Goes on at a position that was scanned by hand. */
  seek(at: number): void {
    this.last = at
    this.current = null
    this.next = null
  }

  /** The token after the current one. A quote begins something that only the parser can scan, so there is nothing after it. */
  peek(): Token {
    this.next ??= tokenAt(this.source, this.token.end)
    return this.next
  }

  /** Is the current token this punctuation or undotted operator? */
  is(text: string): boolean {
    const { token } = this
    return token.text === text && !token.dotted && (token.kind === 'punct' || token.kind === 'op')
  }

  isKeyword(text: string): boolean {
    return this.token.kind === 'keyword' && this.token.text === text
  }

  has(bit: Context): boolean {
    return (this.cx & bit) !== 0
  }

  /** Does the line end before the current token, as far as that matters here? */
  atBreak(): boolean {
    return (this.token.newline && (this.cx & LINES) === 0) || this.token.kind === 'eof'
  }

  /** Does `token` end every expression here? */
  closes(token: Token): boolean {
    // biome-ignore format: a table
    switch (token.kind) {
      case 'eof': return true
      case 'punct': return token.text === ')' || token.text === ',' || token.text === ']' || token.text === ';' || token.text === '}'
      case 'keyword': return (token.text === 'end' && !this.has(INDEX)) || token.text === 'else' || token.text === 'elseif' || token.text === 'catch' || token.text === 'finally'
      default: return false
    }
  }

  /** Does the current token stand on the line right below the last one? */
  goesOnBelow(): boolean {
    const { token } = this
    if (!token.newline || this.closes(token)) return false
    const { text } = this.source
    const first = text.indexOf('\n', this.last)
    const second = text.indexOf('\n', first + 1)
    return second < 0 || second >= token.start
  }

  take(text: string): boolean {
    if (!this.is(text)) return false
    this.advance()
    return true
  }

  /** Takes the closing bracket of `open`. */
  close(text: string, open: Token): void {
    if (this.token.kind === 'eof') this.unterminated(`\`${open.text}\``, text, open)
    if (!this.take(text)) this.fail(`\`${text}\``)
  }

  unterminated(what: string, end: string, open: { readonly start: number; readonly end: number }): never {
    return fail('parse', 'syntax.unterminated', { what, end }, this.span(open.start, open.end))
  }

  /** Parses in another context. A failure ends the parser, so nothing is restored then. */
  within<T>(cx: Context, parse: (p: Parser) => T): T {
    const before = this.cx
    this.cx = cx
    const result = parse(this)
    this.cx = before
    return result
  }

  span(start: number, end = this.last): Span {
    return { source: this.source, start, end }
  }

  tree(kind: TreeKind, args: readonly Node[], start: number, flag = '', form: Tree['form'] = 'prefix'): Tree {
    return { kind, form, flag, args, span: { source: this.source, start, end: this.last } }
  }

  /** A tree that ends where its last child does, and stands at `start` if it has none. */
  group(kind: TreeKind, args: readonly Node[], start: number, flag = ''): Tree {
    const from = args[0]?.span.start ?? start
    return { kind, form: 'prefix', flag, args, span: { source: this.source, start: from, end: args[args.length - 1]?.span.end ?? start } }
  }

  name(name: string, start: number, end = this.last, raw = false): Leaf {
    return { kind: 'Identifier', name, raw, span: { source: this.source, start, end } }
  }

  /** The operator token as a leaf. */
  operator(token: Token): Leaf {
    return this.name(token.text, token.dotted ? token.start + 1 : token.start, token.end)
  }

  /** The operator token as a value of its own: `+`, or `(. +)` for `.+`. */
  operatorValue(token: Token): Node {
    const name = this.operator(token)
    return token.dotted ? { kind: '.', form: 'prefix', flag: '', args: [name], span: this.span(token.start, token.end) } : name
  }

  describe(token = this.token): string {
    return token.kind === 'eof' ? 'the end of the file' : `\`${this.source.text.slice(token.start, token.end)}\``
  }

  /** Fails at a token: it, or the end of the line before it, stands where something else must be. */
  fail(expected: string, token = this.token): never {
    const lineEnds = token.newline && !this.has(LINES) && !this.closes(token)
    return this.failOn(lineEnds ? `the end of the line before ${this.describe(token)}` : this.describe(token), expected, token)
  }

  /** Fails at a token, in other words than its own. */
  failOn(found: string, expected: string, token = this.token): never {
    return fail('parse', 'syntax.unexpected', { found, expected }, this.span(token.start, token.end))
  }
}

export function isTreeOf<K extends TreeKind>(node: Node | undefined, ...kinds: readonly K[]): node is Tree & { readonly kind: K } {
  return node !== undefined && 'args' in node && (kinds as readonly TreeKind[]).includes(node.kind)
}

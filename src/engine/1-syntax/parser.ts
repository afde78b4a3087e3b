/** The state of parsing: position, current token, context. The parts of the grammar are in files of their own and find each other through `Grammar`. */
import { fail } from '../../diagnostics/report.ts'
import type { Source, Span } from '../../diagnostics/source.ts'
import type { Leaf, Node, Tree, TreeKind } from './ast.ts'
import { type Token, tokenAt } from './lexer.ts'

/** What holds around the place being parsed. */
export interface Context {
  /** Inside parentheses or brackets: a line break is only white space. */
  readonly newlines: 'end' | 'ignored'
  /** Inside `[ ]`: white space separates elements. */
  readonly spaces: 'ignored' | 'separate'
  /** `end` and `begin` are indices. */
  readonly indexing: boolean
  /** The target of `for`: `in` and `=` are not operators here. */
  readonly target: boolean
  /** A range in `?:` branches or elsewhere: `:` is no operator. */
  readonly colon: boolean
  /** `where` belongs to what is around. */
  readonly where: boolean
}

export const OUTSIDE: Context = { newlines: 'end', spaces: 'ignored', indexing: false, target: false, colon: true, where: true }

export interface Grammar {
  /** Anything that may be a statement: assignments, tuples without parentheses, keywords. */
  statement(p: Parser): Node
  /** One expression without a comma, assignments included. */
  expression(p: Parser): Node
  /** Binary operators of at least this precedence. */
  binary(p: Parser, precedence: number): Node
  unary(p: Parser): Node
  /** A primary with everything that sticks to it: calls, indices, fields, adjoints. */
  postfix(p: Parser): Node
  primary(p: Parser): Node
  string(p: Parser): Node
  keyword(p: Parser): Node
  parenthesised(p: Parser): Node
  bracketed(p: Parser): Node
  braces(p: Parser): Node
  macro(p: Parser): Node
  /** Statements up to one of these keywords. */
  block(p: Parser, ends: readonly string[]): Tree
  iteration(p: Parser): Tree
  doBlock(p: Parser): Tree
}

export class Parser {
  readonly source: Source
  readonly grammar: Grammar
  token: Token
  cx: Context = OUTSIDE
  /** End of the last token taken. */
  last = 0

  constructor(source: Source, grammar: Grammar, at = 0) {
    this.source = source
    this.grammar = grammar
    this.token = tokenAt(source, at)
    this.last = at
  }

  advance(): Token {
    const taken = this.token
    this.last = taken.end
    this.token = tokenAt(this.source, taken.end)
    return taken
  }

  /** Goes on at a position that was scanned by hand. */
  seek(at: number): void {
    this.last = at
    this.token = tokenAt(this.source, at)
  }

  /** The token after the current one. */
  peek(): Token {
    return tokenAt(this.source, this.token.end)
  }

  is(text: string): boolean {
    const { token } = this
    return token.text === text && token.kind !== 'eof' && token.kind !== 'number' && !token.dotted
  }

  isKeyword(text: string): boolean {
    return this.token.kind === 'keyword' && this.token.text === text
  }

  /** Does the line end before the current token, as far as that matters here? */
  atBreak(): boolean {
    return this.token.kind === 'eof' || (this.token.newline && this.cx.newlines === 'end')
  }

  take(text: string): boolean {
    if (!this.is(text)) return false
    this.advance()
    return true
  }

  expect(text: string, expected = `\`${text}\``): Token {
    if (!this.is(text)) this.fail(expected)
    return this.advance()
  }

  /** Takes a closing bracket, or says which opening one it belongs to. */
  close(text: string, open: Token): Token {
    if (this.token.kind === 'eof') fail('parse', 'syntax.unterminated', { what: `\`${open.text}\``, end: text }, this.span(open.start, open.end))
    return this.expect(text)
  }

  within<T>(change: Partial<Context>, parse: () => T): T {
    const before = this.cx
    this.cx = { ...before, ...change }
    try {
      return parse()
    } finally {
      this.cx = before
    }
  }

  span(start: number, end = this.last): Span {
    return { source: this.source, start, end }
  }

  tree(kind: TreeKind, args: readonly Node[], start: number, flag = '', form: Tree['form'] = 'prefix'): Tree {
    return { kind, form, flag, args, span: this.span(start) }
  }

  name(name: string, start: number, end = this.last, raw = false): Leaf {
    return { kind: 'Identifier', name, raw, span: this.span(start, end) }
  }

  /** The operator token as a leaf. */
  operator(token: Token): Leaf {
    return this.name(token.text, token.dotted ? token.start + 1 : token.start, token.end)
  }

  describe(token = this.token): string {
    if (token.kind === 'eof') return 'the end of the file'
    return `\`${this.source.text.slice(token.start, token.kind === 'number' ? token.start + 1 : token.end)}\``
  }

  fail(expected: string, token = this.token): never {
    return fail('parse', 'syntax.unexpected', { found: token.newline && this.cx.newlines === 'end' && token.kind !== 'eof' ? `the end of the line before ${this.describe(token)}` : this.describe(token), expected }, this.span(token.start, Math.max(token.end, token.start + (token.kind === 'eof' ? 0 : 1))))
  }
}

export function isTreeOf<K extends TreeKind>(node: Node, ...kinds: readonly K[]): node is Tree & { readonly kind: K } {
  return 'args' in node && (kinds as readonly TreeKind[]).includes(node.kind)
}

/** What sticks to a primary: calls, indices, parameters, fields, adjoints, `do` blocks, string macros. */
import type { Leaf, Node } from './ast.ts'
import { parseList } from './brackets.ts'
import { parseNumber } from './literals.ts'
import { macroArguments, macroName } from './macros.ts'
import { isOperatorSuffix } from './operators.ts'
import { INDEX, isTreeOf, type Parser, SPACES } from './parser.ts'
import { parseField, parseQuoted } from './primary.ts'
import { parseString } from './strings.ts'

/** A call, or a construct that begins with a keyword. */
export function parseCall(p: Parser): Node {
  const { token } = p
  if (
    token.kind === 'keyword' &&
    token.text !== 'true' &&
    token.text !== 'false' &&
    !(p.has(INDEX) && (token.text === 'begin' || token.text === 'end'))
  ) {
    return p.grammar.keyword(p)
  }
  const node = parsePrefixed(p)
  // `2(x)` is a product.
  if (p.is('(') && isNumber(node)) return node
  return parseChain(p, node, token.start)
}

function isNumber(node: Node): boolean {
  if (isTreeOf(node, 'parens')) return isNumber(node.args[0]!)
  return node.kind === 'Integer' || node.kind === 'Float' || node.kind === 'Float32' || node.kind === 'UInteger'
}

/** `::T`, `&x`, `$x`, or a primary. */
export function parsePrefixed(p: Parser): Node {
  const { token } = p
  if (token.kind !== 'op' || token.dotted || (token.text !== '::' && token.text !== '&' && token.text !== '$')) return p.grammar.primary(p)
  p.advance()
  if (token.text !== '::' && (p.closes(p.token) || p.atBreak())) return p.operator(token)
  if (token.text === '$') return p.tree('$', [parsePrefixed(p)], token.start)
  const { start } = p.token
  const operand = p.grammar.where(p, parseCall(p), start)
  return token.text === '&' ? p.tree('&', [operand], token.start) : p.tree('::', [operand], token.start, '', 'prefix-op')
}

/** Everything that sticks to `first`, which starts at `start`. */
export function parseChain(p: Parser, first: Node, start: number): Node {
  let node = first
  for (;;) {
    const { token } = p
    if (
      token.kind === 'keyword' &&
      token.text === 'do' &&
      !p.atBreak() &&
      isTreeOf(node, 'call', 'dotcall', 'macrocall') &&
      node.form === 'prefix'
    ) {
      node = p.tree(node.kind, [...node.args, p.grammar.doBlock(p)], start, node.flag)
      continue
    }
    if (token.kind !== 'punct') return node
    if (token.space) {
      if (token.text === '(' || token.text === '[' || token.text === '{' || token.text === '.') noSpace(p)
      return node
    }
    switch (token.text) {
      case '(': {
        const list = parseList(p, ')')
        node = p.tree('call', [node, ...list.items, ...list.parameters], start, list.trailing ? ',' : '')
        break
      }
      case '[':
        node = indexed(p, node, start)
        break
      case '{': {
        const braces = p.grammar.braces(p)
        node = p.tree('curly', [node, ...braces.args], start, braces.flag)
        break
      }
      case "'":
        p.seek(primesEnd(p, token.end))
        node = p.tree('call', [node, p.name(p.source.text.slice(token.start, p.last), token.start)], start, '', 'postfix-op')
        break
      case '.':
        node = member(p, node, start)
        break
      case '"':
      case '`': {
        const macro = stringMacro(p, node, start)
        if (!macro) return node
        node = macro
        break
      }
      default:
        return node
    }
  }
}

/** `f (x)` is a mistake, unless white space separates elements or the line ends. */
function noSpace(p: Parser): void {
  if (!p.has(SPACES) && !p.atBreak()) p.failOn(`white space before \`${p.token.text}\``, 'none')
}

/** `'ᵀ` and the like. */
function primesEnd(p: Parser, from: number): number {
  const { text } = p.source
  let at = from
  while (text.charCodeAt(at) > 127 && isOperatorSuffix(text[at]!)) at++
  return at
}

const INDEXED = { vect: 'ref', hcat: 'typed_hcat', vcat: 'typed_vcat', ncat: 'typed_ncat', comprehension: 'typed_comprehension' } as const

/** `a[…]` in all its meanings. */
function indexed(p: Parser, node: Node, start: number): Node {
  const inner = p.within(p.cx | INDEX, p.grammar.bracketed)
  return p.tree(INDEXED[inner.kind as keyof typeof INDEXED], [node, ...inner.args], start, inner.flag)
}

/** `x.y`, `f.(x)`, `A.@m x`, `x.:y`, `x.$y`; the current token is the dot. */
function member(p: Parser, node: Node, start: number): Node {
  const dot = p.advance()
  const { token } = p
  if (token.space) p.failOn('white space after `.`', 'none', dot)
  if (p.is('(')) {
    const list = parseList(p, ')')
    return p.tree('dotcall', [node, ...list.items, ...list.parameters], start, list.trailing ? ',' : '')
  }
  if (p.is('@')) {
    if (!isModulePath(node)) p.fail('a name')
    p.advance()
    const name = macroName(p, token.start)
    return macroArguments(p, p.tree('.', [node, name], start), start)
  }
  if (p.is(':')) {
    p.advance()
    if (p.token.space) p.failOn('white space after `:`', 'none', token)
    const quote = p.tree('quote', [parseQuoted(p)], token.start, ':')
    return p.tree('.', [node, quote], start)
  }
  if (p.is('$')) {
    p.advance()
    const inserted = p.tree('$', [p.grammar.primary(p)], token.start)
    return p.tree('.', [node, inserted], start)
  }
  return p.tree('.', [node, parseField(p)], start)
}

/** What a macro can be in: `A`, `A.B`, `$m`. */
function isModulePath(node: Node): boolean {
  if (isTreeOf(node, '.')) return isModulePath(node.args[0]!)
  return node.kind === 'Identifier' || isTreeOf(node, '$')
}

/** `raw"…"`, `` A.x`…` ``; null when `node` is no name. */
function stringMacro(p: Parser, node: Node, start: number): Node | null {
  const name = isTreeOf(node, '.') ? node.args[1] : node
  if (name?.kind !== 'Identifier' || name.raw) return null
  const isCommand = p.is('`')
  const macro: Leaf = {
    kind: 'MacroName',
    name: `${name.name}${isCommand ? '_cmd' : '_str'}`,
    written: isCommand ? 'command' : 'string',
    span: name.span,
  }
  const callee = isTreeOf(node, '.') ? { ...node, args: [node.args[0]!, macro] } : macro
  const args: Node[] = [callee, parseString(p, true)]
  const { token } = p
  if (!token.space && (token.kind === 'name' || token.kind === 'keyword')) {
    p.advance()
    args.push({ kind: 'String', value: token.text, span: p.span(token.start, token.end) })
  } else if (!token.space && token.kind === 'number') args.push(parseNumber(p))
  return p.tree('macrocall', args, start)
}

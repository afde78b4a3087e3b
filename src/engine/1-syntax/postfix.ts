/** Primaries and what sticks to them: calls, indices, parameters, fields, adjoints, `do` blocks, macros. */
import { fail } from '../../diagnostics/report.ts'
import type { Leaf, Node } from './ast.ts'
import { nameEnd } from './lexer.ts'
import { parseChar, parseNumber } from './literals.ts'
import { isCallOfOperator } from './operator-call.ts'
import { isTreeOf, type Parser } from './parser.ts'
import { parseString } from './strings.ts'

const BLOCK_FORMS = new Set(['if', 'for', 'while', 'let', 'try', 'begin', 'function', 'macro', 'module', 'baremodule', 'struct', 'quote', 'return', 'break', 'continue', 'const', 'global', 'local', 'import', 'using', 'export'])

export function parsePostfix(p: Parser): Node {
  const { token } = p
  if (token.kind === 'op' && (token.text === '::' || token.text === '&' || token.text === '$') && !token.dotted && !isAmpersandCall(p)) return prefixed(p)
  const start = token.start
  if (token.kind === 'keyword' && BLOCK_FORMS.has(token.text) && !(p.cx.indexing && (token.text === 'begin'))) return p.grammar.keyword(p)
  return continued(p, p.grammar.primary(p), start)
}

function isAmpersandCall(p: Parser): boolean {
  if (p.token.text !== '&') return false
  const next = p.peek()
  return next.text === '(' && !next.space && isCallOfOperator(p, next)
}

/** `::T`, `&x`, `$x`. */
function prefixed(p: Parser): Node {
  const op = p.advance()
  if (p.is(')') || p.is(',') || p.is(']')) return p.operator(op)
  if (op.text === '::') return p.tree('::', [p.within({}, () => parsePostfix(p))], op.start, '', 'prefix-op')
  if (op.text === '&') return p.tree('&', [parsePostfix(p)], op.start)
  const inner = p.token.kind === 'op' && p.token.text === '$' ? parsePostfix(p) : p.grammar.primary(p)
  return continued(p, p.tree('$', [inner], op.start), op.start)
}

function continued(p: Parser, first: Node, start: number): Node {
  let node = first
  for (;;) {
    const { token } = p
    if (token.space) {
      if (token.kind === 'keyword' && token.text === 'do' && !p.atBreak() && isTreeOf(node, 'call', 'dotcall', 'macrocall')) {
        node = { ...node, args: [...node.args, p.grammar.doBlock(p)], span: p.span(start) }
        continue
      }
      return node
    }
    if (token.kind !== 'punct') return node
    switch (token.text) {
      case '(': {
        const args = callArguments(p)
        node = p.tree('call', [node, ...args.items], start, args.comma ? ',' : '')
        break
      }
      case '[': node = indexed(p, node, start); break
      case '{': {
        const braces = p.grammar.braces(p)
        node = p.tree('curly', [node, ...('args' in braces ? braces.args : [])], start)
        break
      }
      case "'":
        p.seek(suffixEnd(p, token.end))
        node = p.tree('call', [node, p.name(p.source.text.slice(token.start, p.last), token.start)], start, '', 'postfix-op')
        break
      case '.': node = field(p, node, start); break
      case '"':
      case '`': {
        const macro = stringMacro(p, node, start)
        if (!macro) return node
        node = macro
        break
      }
      default: return node
    }
  }
}

/** `'ᵀ` and the like. */
function suffixEnd(p: Parser, from: number): number {
  const { text } = p.source
  let at = from
  while (at < text.length && /[ᵀᴴ′″‴ᵃ-ᶿ⁰-⁹₀-₉]/u.test(text[at]!)) at++
  return at
}

interface Arguments {
  readonly items: Node[]
  /** Written with a trailing comma. */
  readonly comma: boolean
}

/** From `(` to `)`: arguments, a generator, and one `parameters` for each semicolon. */
export function callArguments(p: Parser): Arguments {
  const open = p.advance()
  return p.within({ newlines: 'ignored', spaces: 'ignored', target: false, colon: true, where: true }, () => {
    const items: Node[] = []
    let comma = false
    while (!p.is(')') && !p.is(';')) {
      const start = p.token.start
      let item = p.grammar.expression(p)
      if (p.isKeyword('for')) item = generator(p, item, start)
      items.push(item)
      comma = p.take(',')
      if (!comma) break
    }
    while (p.is(';')) {
      const start = p.token.start
      p.advance()
      const inner: Node[] = []
      while (!p.is(')') && !p.is(';')) {
        const from = p.token.start
        const item = p.grammar.expression(p)
        inner.push(p.isKeyword('for') ? generator(p, item, from) : item)
        if (!p.take(',')) break
      }
      items.push(p.tree('parameters', inner, start))
    }
    p.close(')', open)
    return { items, comma: comma && !items.some(i => isTreeOf(i, 'parameters')) }
  })
}

/** `body for i in a, j in b if c for k in d`; the body is parsed, the current token is `for`. */
export function generator(p: Parser, body: Node, start: number): Node {
  const loops: Node[] = []
  p.within({ newlines: 'ignored', spaces: 'ignored', target: false, colon: true, where: true }, () => {
    while (p.isKeyword('for')) {
      const from = p.advance().start
      const iteration = p.grammar.iteration(p)
      if (p.isKeyword('if')) {
        p.advance()
        loops.push(p.tree('filter', [iteration, p.grammar.expression(p)], from))
      } else loops.push(iteration)
    }
  })
  return p.tree('generator', [body, ...loops], start)
}

const TYPED = { vect: 'ref', hcat: 'typed_hcat', vcat: 'typed_vcat', ncat: 'typed_ncat', comprehension: 'typed_comprehension' } as const

/** `a[…]` in all its meanings. */
function indexed(p: Parser, node: Node, start: number): Node {
  const inner = p.within({ indexing: true }, () => p.grammar.bracketed(p))
  if (!isTreeOf(inner, 'vect', 'hcat', 'vcat', 'ncat', 'comprehension')) return fail('parse', 'syntax.unexpected', { found: 'this bracket', expected: 'an index' }, inner.span)
  return p.tree(TYPED[inner.kind], [node, ...inner.args], start, inner.flag)
}

function field(p: Parser, node: Node, start: number): Node {
  p.advance()
  const { token } = p
  if (token.kind === 'name' || token.kind === 'keyword') {
    p.advance()
    if (token.text === 'var' && p.is('"') && !p.token.space) return p.tree('.', [node, rawName(p, token.start)], start)
    return p.tree('.', [node, p.name(token.text, token.start, token.end)], start)
  }
  if (token.kind === 'punct' && token.text === '(') {
    const args = callArguments(p)
    return p.tree('dotcall', [node, ...args.items], start, args.comma ? ',' : '')
  }
  if (token.kind === 'punct' && token.text === '@') {
    const at = p.advance()
    const name = macroNameLeaf(p, at.start)
    return macroArguments(p, p.tree('.', [node, name], start), start)
  }
  if (token.kind === 'punct' && token.text === '"') return p.tree('.', [node, p.grammar.string(p)], start)
  if (token.kind === 'op' && token.text === ':') {
    p.advance()
    const from = token.start
    const inner = quoted(p)
    return p.tree('.', [node, p.tree('quote', [inner], from, ':')], start)
  }
  if (token.kind === 'op' && token.text === '$') {
    const from = p.advance().start
    const inner = p.grammar.primary(p)
    return p.tree('.', [node, p.tree('$', [inner], from)], start)
  }
  if (token.kind === 'op') {
    const op = p.advance()
    return p.tree('.', [node, p.operator(op)], start)
  }
  return p.fail('the name of a field')
}

/** What `:` quotes: a name, an operator, a keyword, or what is in parentheses. */
function quoted(p: Parser): Node {
  const { token } = p
  if (token.kind === 'op') return p.operator(p.advance())
  if (token.kind === 'keyword' && token.text !== 'true' && token.text !== 'false') {
    p.advance()
    return p.name(token.text, token.start, token.end)
  }
  return p.grammar.primary(p)
}

function stringMacro(p: Parser, node: Node, start: number): Node | null {
  const isName = node.kind === 'Identifier' && !node.raw
  const isPath = isTreeOf(node, '.') && node.args[1]?.kind === 'Identifier'
  if (!isName && !isPath) return null
  const command = p.is('`')
  const last = isTreeOf(node, '.') ? (node.args[1] as Leaf & { kind: 'Identifier' }) : (node as Leaf & { kind: 'Identifier' })
  const suffix = command ? '_cmd' : '_str'
  const macro: Leaf = { kind: 'MacroName', name: `${last.name}${suffix}`, written: command ? 'command' : 'string', span: last.span }
  const callee = isTreeOf(node, '.') ? { ...node, args: [node.args[0]!, macro] } : macro
  const args: Node[] = [callee, parseString(p, true)]
  if (!p.token.space && (p.token.kind === 'name' || p.token.kind === 'keyword')) {
    const token = p.advance()
    args.push({ kind: 'String', value: token.text, span: p.span(token.start, token.end) })
  } else if (!p.token.space && p.token.kind === 'number') args.push(parseNumber(p))
  return p.tree('macrocall', args, start)
}

export function rawName(p: Parser, start: number): Leaf {
  const node = parseString(p, true)
  const piece = isTreeOf(node, 'string') ? node.args[0] : undefined
  return { kind: 'Identifier', name: piece?.kind === 'String' ? piece.value : '', raw: true, span: p.span(start) }
}

// Macros ---------------------------------------------------------------------------------------------------------------------------

function macroNameLeaf(p: Parser, start: number): Leaf {
  const { token } = p
  if (token.space) p.fail('the name of a macro directly after `@`')
  if (token.kind === 'punct' && token.text === '.') {
    p.advance()
    return { kind: 'MacroName', name: '.', written: 'at', span: p.span(start) }
  }
  if (token.kind === 'op' && token.dotted) {
    // `@.-x` is the macro `.` before `-x`.
    p.seek(token.start + 1)
    return { kind: 'MacroName', name: '.', written: 'at', span: p.span(start) }
  }
  if (token.kind === 'name' && token.text === 'var' && p.source.text[token.end] === '"') {
    p.advance()
    const raw = rawName(p, token.start) as Leaf & { kind: 'Identifier' }
    return { kind: 'MacroName', name: raw.name, written: 'var', span: p.span(start) }
  }
  if (token.kind !== 'name' && token.kind !== 'keyword' && token.kind !== 'op') p.fail('the name of a macro')
  p.advance()
  return { kind: 'MacroName', name: token.text, written: 'at', span: p.span(start) }
}

/** `@m …`: the current token is `@`. */
export function parseMacro(p: Parser): Node {
  const at = p.advance()
  const { start } = at
  let name: Node = macroNameLeaf(p, start)
  if (p.is('.') && !p.token.space && name.kind === 'MacroName' && name.name !== '.') {
    // `@A.B.m`
    let path: Node = { kind: 'Identifier', name: name.name, raw: false, span: p.span(start + 1, p.last) }
    while (p.is('.') && !p.token.space) {
      p.advance()
      const part = p.token
      if (part.kind !== 'name' && part.kind !== 'keyword') p.fail('the name of a macro')
      p.advance()
      path = p.tree('.', [path, p.name(part.text, part.start, part.end)], start + 1)
    }
    name = p.tree('macro_name', [path], start)
  }
  return macroArguments(p, name, start)
}

function macroArguments(p: Parser, name: Node, start: number): Node {
  const { token } = p
  if (token.kind === 'punct' && token.text === '(' && !token.space) {
    const args = callArguments(p)
    return continued(p, p.tree('macrocall', [name, ...args.items], start, 'p'), start)
  }
  if (token.kind === 'punct' && token.text === '[' && !token.space) {
    return p.tree('macrocall', [name, continued(p, p.grammar.bracketed(p), token.start)], start)
  }
  const args: Node[] = []
  // Arguments are separated by white space up to the end of the line or of what is around.
  p.within({ spaces: 'separate', target: false, where: true }, () => {
    while (!p.atBreak() && !isArgumentEnd(p)) args.push(p.within(args.length === 0 ? {} : {}, () => (p.cx.newlines === 'end' ? p.grammar.statement(p) : p.grammar.expression(p))))
  })
  if (p.isKeyword('do') && !p.atBreak()) args.push(p.grammar.doBlock(p))
  return p.tree('macrocall', [name, ...args], start)
}

function isArgumentEnd(p: Parser): boolean {
  const { token } = p
  if (token.kind === 'eof') return true
  if (token.kind === 'punct') return [')', ']', '}', ',', ';'].includes(token.text)
  if (token.kind === 'keyword') return ['end', 'else', 'elseif', 'catch', 'finally', 'do', 'for'].includes(token.text) && !(token.text === 'for' && isStatementFor(p))
  return token.kind === 'op' && !token.dotted && (token.text === '=' || token.text === '?' || token.text === '=>' || token.text === '&&' || token.text === '||' || (token.text === ':' && !p.cx.colon))
}

/** `@simd for i in …` has a loop as its argument; in brackets `for` belongs to a comprehension. */
function isStatementFor(p: Parser): boolean {
  return p.cx.newlines === 'end'
}

// Primaries ------------------------------------------------------------------------------------------------------------------------

export function parsePrimary(p: Parser): Node {
  const { token } = p
  switch (token.kind) {
    case 'number': return parseNumber(p)
    case 'name':
      p.advance()
      if (token.text === 'var' && p.is('"') && !p.token.space) return rawName(p, token.start)
      return p.name(token.text, token.start, token.end)
    case 'keyword': return keywordPrimary(p)
    case 'op': return operatorPrimary(p)
    case 'punct': break
    case 'eof': return p.fail('an expression')
  }
  switch (token.text) {
    case '(': return p.grammar.parenthesised(p)
    case '[': return p.within({ indexing: false }, () => p.grammar.bracketed(p))
    case '{': return p.grammar.braces(p)
    case '"': return p.grammar.string(p)
    case '`': return parseString(p, true)
    case "'": return parseChar(p)
    case '@': return p.grammar.macro(p)
    case '.': {
      const start = token.start
      p.advance()
      if (p.token.kind === 'op') return p.tree('.', [p.operator(p.advance())], start)
      return p.fail('an expression')
    }
    default: return p.fail('an expression')
  }
}

function keywordPrimary(p: Parser): Node {
  const { token } = p
  if (token.text === 'true' || token.text === 'false') {
    p.advance()
    return { kind: 'Bool', value: token.text === 'true', span: p.span(token.start) }
  }
  if (p.cx.indexing && (token.text === 'end' || token.text === 'begin')) {
    p.advance()
    return p.name(token.text, token.start, token.end)
  }
  if (BLOCK_FORMS.has(token.text)) return p.grammar.keyword(p)
  return p.fail('an expression')
}

/** An operator as a value, or the quote `:x`. */
function operatorPrimary(p: Parser): Node {
  const { token } = p
  if (token.text === ':' && !token.dotted) {
    const next = p.peek()
    const alone = next.kind === 'eof' || next.space || (next.kind === 'punct' && [')', ']', '}', ',', ';'].includes(next.text))
    p.advance()
    if (alone) return p.name(':', token.start, token.end)
    return p.tree('quote', [quotedPart(p)], token.start, ':')
  }
  if (token.text === '$' && !token.dotted) return prefixed(p)
  if (token.text === '->' || token.text === '?' || (token.text === '=' && !token.dotted)) return p.fail('an expression')
  p.advance()
  const op = p.operator(token)
  return token.dotted ? p.tree('.', [op], token.start) : op
}

function quotedPart(p: Parser): Node {
  const { token } = p
  if (token.kind === 'op') {
    p.advance()
    return token.dotted ? p.name(`.${token.text}`, token.start, token.end) : p.operator(token)
  }
  if (token.kind === 'keyword' && token.text !== 'true' && token.text !== 'false') {
    p.advance()
    return p.name(token.text, token.start, token.end)
  }
  if (token.kind === 'name') {
    p.seek(nameEnd(p.source.text, token.start))
    if (token.text === 'var' && p.is('"') && !p.token.space) return rawName(p, token.start)
    return p.name(token.text, token.start, token.end)
  }
  return p.within({ indexing: false }, () => p.grammar.primary(p))
}

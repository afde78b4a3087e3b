/** Macro calls: the name, and arguments in parentheses or separated by white space. */
import { type Leaf, type Node, macroName as nameOf } from './ast.ts'
import { parseList } from './brackets.ts'
import { GENERATOR, LINES, type Parser, SPACES } from './parser.ts'
import { parseName } from './primary.ts'

/** `@m …`, `@A.m …`; the current token is `@`. */
export function parseMacro(p: Parser): Node {
  const { start } = p.advance()
  const name = macroName(p, start)
  if (!p.is('.') || p.token.space || name.name === '.') return macroArguments(p, name, start)
  let path: Node = p.name(name.name, start + 1)
  while (p.is('.') && !p.token.space) {
    p.advance()
    if (p.token.kind !== 'name' && p.token.kind !== 'keyword') p.fail('the name of a macro')
    path = p.tree('.', [path, parseName(p)], start + 1)
  }
  return macroArguments(p, p.tree('macro_name', [path], start), start)
}

/** The name behind `@`, which stands at `start`. */
export function macroName(p: Parser, start: number): Leaf & { readonly kind: 'MacroName' } {
  const { token } = p
  if (token.space) p.fail('the name of a macro directly after `@`')
  if (p.is('.') || token.dotted) {
    // `@.-x` is the macro `.` before `-x`.
    p.seek(token.start + 1)
    return { kind: 'MacroName', name: '.', written: 'at', span: p.span(start) }
  }
  if (token.kind === 'op') p.advance()
  else if (token.kind === 'name' || token.kind === 'keyword') {
    const name = parseName(p)
    if (name.kind === 'Identifier' && name.raw) return { kind: 'MacroName', name: name.name, written: 'var', span: p.span(start) }
  } else p.fail('the name of a macro')
  return { kind: 'MacroName', name: token.text, written: 'at', span: p.span(start) }
}

export function macroArguments(p: Parser, name: Node, start: number): Node {
  const { token } = p
  if (token.kind === 'punct' && !token.space) {
    if (token.text === '(') {
      const list = parseList(p, ')')
      return p.tree('macrocall', [name, ...list.items, ...list.parameters], start, 'p')
    }
    if (token.text === '[') return p.tree('macrocall', [name, p.grammar.bracketed(p)], start)
    if (token.text === '{') return p.tree('macrocall', [name, p.grammar.braces(p)], start)
  }
  const args = p.within((p.cx & ~LINES) | SPACES, () => separated(p))
  // The documented object may stand on the next line.
  if (args.length === 1 && nameOf(name) === 'doc' && p.goesOnBelow()) args.push(p.grammar.statement(p))
  return p.tree('macrocall', [name, ...args], start)
}

/** Arguments up to the end of the line, or of what is around. */
function separated(p: Parser): Node[] {
  const args: Node[] = []
  while (!p.atBreak() && !p.closes(p.token)) {
    if (args.length > 0 && p.has(GENERATOR) && p.isKeyword('for')) break
    if (args.length > 0 && !p.token.space) p.fail('white space or the end of the line')
    args.push(p.grammar.statement(p))
  }
  return args
}

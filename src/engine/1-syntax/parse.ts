/**
 * Text to syntax tree. The first mistake ends it, as a Failure with the span of what was found.
 *
 * The grammar is Julia's as JuliaSyntax 1 has it, by recursive descent with one token of look-ahead: `expression` climbs the binary
 * operators, `unary` has what is between them and calls (juxtaposition, signs, powers, `::`, `->`), `postfix` what sticks to a
 * primary, `primary` names and literals; `brackets` and `arrays` what is in brackets, `keywords` with `blocks`, `definitions` and
 * `imports` what begins with a word. What white space, line breaks, `end`, `:` and `where` mean depends on what is around: that is
 * the `Context` of the parser, a few bits. `sexpr` writes a tree as JuliaSyntax does, `print` as source that reads back.
 */
import { fail } from '../../diagnostics/report.ts'
import type { Source } from '../../diagnostics/source.ts'
import { parseBraces, parseBracketed } from './arrays.ts'
import type { Node, Tree } from './ast.ts'
import { documented, parseDo, parseIteration } from './blocks.ts'
import { parseParenthesised } from './brackets.ts'
import { parseExpression as parseAssignment, parseBinary, parseStatement, parseWhere } from './expression.ts'
import { parseKeyword, parsePublic, parseSoftKeyword } from './keywords.ts'
import { parseMacro } from './macros.ts'
import { type Grammar, Parser } from './parser.ts'
import { parseCall, parseChain, parsePrefixed } from './postfix.ts'
import { parsePrimary } from './primary.ts'
import { parseJuxtaposed, parseUnary } from './unary.ts'

const GRAMMAR: Grammar = {
  statement: p => parsePublic(p) ?? parseStatement(p),
  expression: parseAssignment,
  binary: parseBinary,
  where: parseWhere,
  juxtaposed: parseJuxtaposed,
  unary: parseUnary,
  call: parseCall,
  chain: parseChain,
  prefixed: parsePrefixed,
  primary: p => parseSoftKeyword(p) ?? parsePrimary(p),
  keyword: parseKeyword,
  parenthesised: parseParenthesised,
  bracketed: parseBracketed,
  braces: parseBraces,
  macro: parseMacro,
  iteration: parseIteration,
  doBlock: parseDo,
}

/** A whole file. */
export function parseProgram(source: Source): Tree {
  return limited(new Parser(source, GRAMMAR), file)
}

function file(p: Parser): Tree {
  const { source } = p
  const statements: Node[] = []
  for (;;) {
    const { start } = p.token
    let semicolon = p.take(';')
    while (p.is(';') && !p.token.newline) p.advance()
    if (atEnd(p)) break
    if (semicolon && p.token.newline) continue
    const line = [documented(p)]
    while (p.is(';') && !p.token.newline) {
      semicolon = true
      p.advance()
      while (p.is(';') && !p.token.newline) p.advance()
      if (p.token.newline || atEnd(p)) break
      line.push(documented(p))
    }
    if (!atEnd(p) && !p.token.newline) p.fail('the end of the line or `;`')
    if (semicolon) statements.push(p.tree('toplevel', line, start, ';'))
    else statements.push(...line)
  }
  return { kind: 'toplevel', form: 'prefix', flag: '', args: statements, span: { source, start: 0, end: source.text.length } }
}

function atEnd(p: Parser): boolean {
  return p.token.kind === 'eof'
}

/** The one statement that begins at an offset, as a program; what follows it is not looked at. */
export function parseStatementAt(source: Source, start: number): Tree {
  const p = new Parser(source, GRAMMAR, start)
  const node = documented(p)
  return { kind: 'toplevel', form: 'prefix', flag: '', args: [node], span: node.span }
}

/** Exactly one expression or statement. */
export function parseExpression(source: Source): Node {
  return limited(new Parser(source, GRAMMAR), p => {
    const node = p.grammar.statement(p)
    while (p.is(';')) p.advance()
    if (p.token.kind !== 'eof') p.fail('the end of the expression')
    return node
  })
}

/** Nesting deeper than the stack is a limit of ours. */
function limited<T>(p: Parser, parse: (p: Parser) => T): T {
  try {
    return parse(p)
  } catch (error) {
    if (!(error instanceof RangeError) || !error.message.includes('call stack')) throw error
    return fail('parse', 'subset.no-syntax', { what: 'Nesting this deep' }, p.span(p.token.start, p.token.end))
  }
}

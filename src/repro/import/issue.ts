/** From the text of an issue to a case: finds the program, what is expected of it, and what is said of versions; lists what it left out. */
import type { Node } from '../../engine/index.ts'
import { type CaseText, caseText } from '../case-text.ts'
import { takeChecks } from './checks.ts'
import { expectedInText, isValue } from './expected.ts'
import { type Block, blocksOf, indentedCode } from './markdown.ts'
import { readJulia } from './reading.ts'
import { isSession, sessionText } from './session-text.ts'
import { takeVersions } from './versions.ts'

export interface Ignored {
  /** In the text of the issue, from 1; 0 for what is a part of a line. */
  readonly line: number
  readonly what: string
  /** Its first line. */
  readonly text: string
}

export type Imported =
  | {
      readonly kind: 'case'
      readonly text: string
      readonly title: string
      readonly checks: CaseText['checks']
      readonly ignored: readonly Ignored[]
    }
  | { readonly kind: 'nothing'; readonly ignored: readonly Ignored[] }

export interface ImportOptions {
  /** Address of the issue. */
  readonly upstream: string | null
  /** What it is called when the text does not say. */
  readonly name: string
}

const LONGEST_TITLE = 120
const LONGEST_ERROR = 200
const JULIA = new Set(['julia', 'jl', 'julia-repl', 'jlcon', 'julia-console', 'juliarepl', '@example', '@repl', 'jldoctest'])
const ERROR_LINE = /^\s*(?:┌ |│ )?(?:ERROR|Error): ?(.*)/

/** Statements that output may be taken for. */
const PRINTED: ReadonlySet<string> = new Set(['Identifier', 'Integer', 'Float', 'vect', 'tuple', 'vcat', 'hcat'])

/** Code of one block. */
interface Piece {
  readonly line: number
  readonly text: string
  /** Names of the functions that it defines. */
  readonly functions: ReadonlySet<string>
  readonly loads: boolean
}

class Importer {
  readonly ignored: Ignored[] = []
  readonly versions: string[] = []
  readonly errors: string[] = []
  /** What `@show` printed of variables may look like statements. */
  readonly #shown = new Set<string>()

  leave(line: number, what: string, lines: readonly string[]): void {
    const text = lines.find(l => l.trim() !== '')
    if (text !== undefined) this.ignored.push({ line, what, text: text.trim() })
    for (const l of lines) {
      const error = ERROR_LINE.exec(l)
      if (error?.[1]) this.errors.push(error[1].replace(/^LoadError: /, '').slice(0, LONGEST_ERROR))
    }
  }

  /** Null for a block that holds no program. */
  piece(block: Block & { kind: 'code' }): Piece | null {
    const isTold = JULIA.has(block.language)
    if (block.language !== '' && !isTold) {
      const { found, others } = takeVersions(block.lines)
      this.versions.push(...found)
      this.leave(block.line, `code in \`${block.language}\``, others)
      return null
    }
    const { found, others } = takeVersions(block.lines)
    this.versions.push(...found)
    if (found.length > 0 && !isTold && !isSession(others) && readJulia(others.join('\n')).kind !== 'program') {
      this.leave(block.line, 'versions', others)
      return null
    }
    if (isSession(others)) {
      const { program, dropped } = sessionText(others)
      this.leave(block.line, 'output', dropped)
      return this.read(program, block.line, dropped)
    }
    return this.read(this.withoutTrace(others, block.line), block.line, others, isTold)
  }

  /** An error and its stack trace, to the end of the block. */
  withoutTrace(lines: readonly string[], line: number): string {
    const at = lines.findIndex(l => ERROR_LINE.test(l) || /^\s*Stacktrace:/.test(l))
    if (at < 0) return lines.filter(l => !/^\s*\](?:add|up|st|activate)\b/.test(l)).join('\n')
    this.leave(line + at, 'an error and its stack', lines.slice(at))
    return lines.slice(0, at).join('\n')
  }

  read(text: string, line: number, original: readonly string[], isTold = true): Piece | null {
    if (text.trim() === '') return null
    const reading = readJulia(text)
    if (reading.kind !== 'program') {
      const why = reading.kind === 'incomplete' ? 'it ends before it is complete' : reading.why
      this.leave(line, isTold ? `code that is not Julia: ${why}` : 'text that is not Julia', original)
      return null
    }
    // Output often happens to parse: a number, a matrix, words side by side.
    const isCode = reading.statements.some(s => !PRINTED.has(s.kind) && !this.#isShown(s))
    if (!isTold && !isCode) {
      this.leave(line, 'output', original)
      return null
    }
    const functions = new Set(
      reading.statements.flatMap(s =>
        s.kind === 'function' ? [text.slice(s.span.start, s.span.end).split(/[({ ]/)[s.flag === '=' ? 0 : 1]!] : [],
      ),
    )
    for (const [, names] of text.matchAll(/@show[ (]+([^\n#]*)/g))
      for (const [name] of names!.matchAll(/[\p{L}_][\p{L}\p{N}_!]*/gu)) this.#shown.add(name)
    return { line, text, functions, loads: reading.statements.some(s => s.kind === 'using' || s.kind === 'import') }
  }

  #isShown(node: Node): boolean {
    if (node.kind !== '=') return false
    const [name, value] = node.args
    return name?.kind === 'Identifier' && this.#shown.has(name.name) && value !== undefined && isValue(value)
  }

  /** A later block that starts anew is another version of the program, or a program of its own. */
  joined(pieces: readonly Piece[]): string {
    const kept: Piece[] = []
    for (const piece of pieces) {
      const isAgain = kept.some(k => k.text.trim() === piece.text.trim())
      const isOther = kept.length > 0 && piece.loads && [...piece.functions].some(f => kept.some(k => k.functions.has(f)))
      if (isAgain || isOther)
        this.leave(piece.line, isAgain ? 'the same code again' : 'another version of the program', piece.text.split('\n'))
      else kept.push(piece)
    }
    return kept.map(k => k.text.trim()).join('\n\n')
  }
}

/** What `gh issue view` prints before the text. */
function takeHead(text: string): { readonly head: ReadonlyMap<string, string>; readonly skipped: number; readonly body: string } {
  const found = /^(?:[a-z]+:\t?[^\n]*\n)+--\n/.exec(text)
  if (!found) return { head: new Map(), skipped: 0, body: text }
  const lines = found[0].trimEnd().split('\n').slice(0, -1)
  const head = new Map(lines.map(l => [l.slice(0, l.indexOf(':')), l.slice(l.indexOf(':') + 1).trim()]))
  return { head, skipped: lines.length + 1, body: text.slice(found[0].length) }
}

/** Headings of forms that issues are filled in on, and what stands above code: they say nothing of the failure. */
const OF_A_FORM =
  /^(?:(?:describe|description of) the (?:bug|issue|problem)|(?:bug )?description|summary|details|code(?: summary)?|mwe|(?:steps )?to reproduce|reproducer|(?:minimal )?(?:working |reproducible )?example|(?:actual |expected )?(?:output|results?|behaviou?r)|error(?: message)?|stack ?trace|logs?|version ?info(?:\(\))?|versions?|env(?:ironment)?|hi|hello)[\s.:!,]*$/i

/** Without tags of HTML and signs of emphasis. */
function plainLine(line: string): string {
  return line
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/\*\*|__/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function titleOf(head: ReadonlyMap<string, string>, blocks: readonly Block[], name: string): string {
  const prose = blocks.flatMap(b => (b.kind === 'prose' ? b.lines : [])).map(plainLine)
  const headings = prose.flatMap(l => {
    const found = /^(#+)\s+(.*?)\s*#*$/.exec(l)
    return found ? [{ depth: found[1]!.length, text: found[2]! }] : []
  })
  const told = headings.filter(h => !OF_A_FORM.test(h.text))
  const heading = (told.find(h => h.depth < 3) ?? told[0])?.text
  const sentences = (lines: readonly string[]) => lines.map(l => l.replace(/^#+\s+/, '')).filter(l => /\p{L}/u.test(l))
  // What ends in a colon says what comes, and not what is wrong; but what stands before the code says more than what stands after it.
  const said = sentences(prose)
  const before = sentences(blocks[0]?.kind === 'prose' ? blocks[0].lines.map(plainLine) : []).filter(l => !OF_A_FORM.test(l))
  const plain = (lines: readonly string[]) => lines.find(l => !l.endsWith(':') && !OF_A_FORM.test(l) && !/^expected\b/i.test(l))
  const first = plain(before) ?? before.find(l => l.split(' ').length > 2)?.replace(/:$/, '') ?? plain(said) ?? said[0]?.replace(/:$/, '')
  const title = head.get('title') || heading || first || name
  return title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title
}

export function importIssue(text: string, options: ImportOptions): Imported {
  const { head, skipped, body } = takeHead(text.replace(/\r\n?/g, '\n'))
  const importer = new Importer()
  const blocks = blocksOf(body).map(b => ({ ...b, line: b.line + skipped }))
  let code = blocks.filter(b => b.kind === 'code')
  for (const block of blocks) if (block.kind === 'prose') importer.versions.push(...takeVersions(block.lines).found)
  // Without fences: indented code, a session, or nothing but the program.
  if (code.length === 0) code = blocks.flatMap(indentedCode).filter(b => b.kind === 'code')
  const isBare = code.length === 0
  if (isBare) code = [{ kind: 'code', language: '', lines: body.split('\n'), line: 1 + skipped }]
  const program = importer.joined(code.map(b => importer.piece(b)).filter(p => p !== null))
  const reading = readJulia(program)
  if (program === '' || reading.kind !== 'program') return { kind: 'nothing', ignored: importer.ignored }
  const taken = takeChecks(program, reading.statements, expectedInText(blocks))
  for (const statement of taken.dropped) importer.ignored.push({ line: 0, what: 'work on packages', text: statement.split('\n')[0]! })
  const versions = [...new Set(importer.versions)]
  const notes = [
    ...(versions.length > 0 ? [`Reported with ${versions.join(', ')}.`] : []),
    ...importer.errors.slice(0, 1).map(error => `Reported failure: ${error}`),
  ]
  const title = titleOf(head, isBare ? [] : blocks, options.name)
  const upstream = options.upstream ?? head.get('url') ?? null
  const { checks } = taken
  return {
    kind: 'case',
    title,
    checks,
    ignored: importer.ignored,
    text: caseText({ title, upstream, tags: [], notes, checks, program: taken.program }),
  }
}

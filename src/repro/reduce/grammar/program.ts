/** Programs of which only a grammar is known. Their text is kept as it is: white space may mean something. */
import type { Language, Program } from '../language.ts'
import { isLeaf, type Piece, piecesIn, placesIn } from './piece.ts'
import type { Grammar } from './table.ts'

export interface GrammarProgram extends Program {
  readonly grammar: Grammar
  readonly tree: Piece
  readonly errors: number
  /** Names that are defined somewhere, and names that are used. */
  readonly defined: ReadonlySet<string>
  readonly used: ReadonlySet<string>
}

function namesOf(tree: Piece, text: string, grammar: Grammar): Pick<GrammarProgram, 'defined' | 'used'> {
  const defined = new Set<string>()
  const used = new Set<string>()
  for (const { piece, around } of placesIn(tree)) {
    if (!isLeaf(piece) || !grammar.names.includes(piece.name)) continue
    const into = grammar.defines(piece, around) ? defined : used
    into.add(text.slice(piece.start, piece.end))
  }
  return { defined, used }
}

/** Without white space at the ends of lines, and without more than one empty line at a time. */
function canonical(text: string): string {
  return `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}

/** For each character of the canonical text, the offset that it had; both hold the same visible characters in the same order. */
function offsets(text: string, clean: string): Int32Array {
  const from = new Int32Array(clean.length)
  let at = 0
  for (let i = 0; i < clean.length; i++) {
    while (at < text.length && text[at] !== clean[i]) at++
    from[i] = Math.min(at, Math.max(0, text.length - 1))
    at++
  }
  return from
}

export function grammarLanguage(grammar: Grammar): Language<GrammarProgram> {
  const read = (text: string) => {
    const clean = canonical(text)
    const tree = grammar.parse(clean)
    const all = [...piecesIn(tree)]
    const leaves = all.filter(isLeaf)
    const marks = Int32Array.from(leaves.map(leaf => leaf.start)).sort()
    const where = offsets(text, clean)
    const statements = all.filter((p, i) => p.sort === 'statement' && !isSameSpan(p, all[i - 1])).length
    const program: GrammarProgram = {
      grammar,
      tree,
      text: clean,
      marks,
      // Text decides between programs of as many pieces.
      weight: [leaves.length],
      statements,
      errors: all.filter(p => p.sort === 'error').length,
      ...namesOf(tree, clean, grammar),
    }
    return { program, from: Int32Array.from(marks, at => where[at] ?? 0) }
  }
  const objection = (candidate: GrammarProgram, original: GrammarProgram) => {
    if (candidate.errors > original.errors) return `it is no ${grammar.name}`
    const lost = [...candidate.used].find(name => original.defined.has(name) && !candidate.defined.has(name))
    return lost === undefined ? null : `\`${lost}\` is not defined any more`
  }
  return { read, objection }
}

function isSameSpan(a: Piece, b: Piece | undefined): boolean {
  return b?.sort === 'statement' && a.start === b.start && a.end === b.end
}

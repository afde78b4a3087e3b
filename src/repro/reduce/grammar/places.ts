/** Where pieces stand in the text. */
import type { Range } from '../patch.ts'
import { type Piece, piecesIn } from './piece.ts'

/** The first words of what is meant, for people. */
export function brief(text: string, { start, end }: Range): string {
  const line = text.slice(start, end).split('\n')[0]!
  return line.length > 50 ? `${line.slice(0, 49)}…` : line
}

/** The lines of a piece that has them to itself, else the piece. */
export function linesOf(text: string, { start, end }: Range): Range {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const rest = /^[ \t]*;?[ \t]*(?:\n|$)/.exec(text.slice(end))
  return text.slice(from, start).trim() === '' && rest ? { start: from, end: end + rest[0].length } : { start, end }
}

/** Statements, the outer ones first; one that is all of another is that one. */
export function* statementsIn(tree: Piece): Generator<Piece> {
  let last: Piece | null = null
  for (const piece of piecesIn(tree)) {
    if (piece === tree || piece.sort !== 'statement' || piece.end === piece.start) continue
    if (last && last.start === piece.start && last.end === piece.end) continue
    last = piece
    yield piece
  }
}

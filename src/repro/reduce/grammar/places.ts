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

/** Text of some lines, moved to where a statement stands. */
export function moved(text: string, range: Range, column: number): string {
  const from = text.lastIndexOf('\n', range.start - 1) + 1
  const own = range.start - from
  const lines = text.slice(range.start, range.end).split('\n')
  const shift = column - own
  return lines
    .map((line, i) => {
      if (i === 0 || line.trim() === '') return line
      return shift >= 0 ? ' '.repeat(shift) + line : line.slice(Math.min(-shift, line.length - line.trimStart().length))
    })
    .join('\n')
}

export function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1)
}

/** The statements directly in the blocks of a statement: runs that stand side by side. */
export function bodiesOf(statement: Piece): Range[] {
  const bodies: Range[] = []
  const visit = (piece: Piece) => {
    const inner = piece.children.filter(c => c.sort === 'statement' && c.end > c.start)
    if (inner.length > 0) bodies.push({ start: inner[0]!.start, end: inner.at(-1)!.end })
    for (const child of piece.children) if (child.sort !== 'statement' || inner.length === 0 || isBlock(child)) visit(child)
  }
  visit(statement)
  return bodies.filter(b => b.start > statement.start || b.end < statement.end)
}

function isBlock(piece: Piece): boolean {
  return piece.children[0]?.name === '{' || piece.children[0]?.name === ':'
}

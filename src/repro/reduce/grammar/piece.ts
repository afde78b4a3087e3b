/** A syntax tree of any language, as far as the edits that only know a grammar look at it. */

export interface Piece {
  /** The grammar's name for it; of a token without a name, its text. */
  readonly name: string
  readonly sort: 'statement' | 'expression' | 'error' | 'other'
  readonly start: number
  readonly end: number
  readonly children: readonly Piece[]
}

export function isLeaf(piece: Piece): boolean {
  return piece.children.length === 0
}

/** A piece and all pieces in it, the outer ones first. */
export function* piecesIn(piece: Piece): Generator<Piece> {
  yield piece
  for (const child of piece.children) yield* piecesIn(child)
}

/** As `piecesIn`, with the pieces around each, the innermost last. */
export function* placesIn(
  piece: Piece,
  around: readonly Piece[] = [],
): Generator<{ readonly piece: Piece; readonly around: readonly Piece[] }> {
  yield { piece, around }
  for (const child of piece.children) yield* placesIn(child, [...around, piece])
}

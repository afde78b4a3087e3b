/** Edits of expressions, and of any piece at all. */
import type { Edit } from '../language.ts'
import { patch, replace } from '../patch.ts'
import { type Piece, piecesIn, placesIn } from './piece.ts'
import { brief } from './places.ts'
import type { GrammarProgram } from './program.ts'

type GrammarEdit = Edit<GrammarProgram>

export const hoistExpression: GrammarEdit = {
  id: 'an expression becomes a part of it',
  list: 'main',
  together: 4,
  *patches({ tree, text }) {
    for (const piece of piecesIn(tree)) {
      if (piece.sort !== 'expression') continue
      for (const part of partsOf(piece)) {
        yield patch(`${brief(text, piece)} becomes ${brief(text, part)}`, replace(piece, { start: part.start, end: part.end }))
      }
    }
  },
}

/** The outermost expressions in an expression. */
function partsOf(expression: Piece): Piece[] {
  return expression.children.flatMap(child => (child.sort === 'expression' ? [child] : partsOf(child)))
}

export const simplify: GrammarEdit = {
  id: 'an expression becomes the simplest value',
  list: 'main',
  together: 4,
  *patches({ tree, text, grammar }) {
    for (const piece of piecesIn(tree)) {
      if (piece.sort !== 'expression') continue
      const own = text.slice(piece.start, piece.end)
      for (const value of grammar.simplestValues) {
        if (value === own) break
        yield patch(`${brief(text, piece)} becomes ${value}`, replace(piece, value))
      }
    }
  },
}

/** The inner of a bracket, or any child, whatever it is: what the grammar refuses is not run. */
export const dropPiece: GrammarEdit = {
  id: 'drop any piece',
  list: 'last',
  together: 4,
  *patches({ tree, text }) {
    for (const { piece, around } of placesIn(tree)) {
      const outer = around.at(-1)
      if (!outer || piece.end === piece.start || (piece.start === outer.start && piece.end === outer.end)) continue
      yield patch(`drop ${brief(text, piece)}`, replace(piece))
    }
  },
}

/** Edits of expressions, and of any piece at all. */
import type { Edit } from '../language.ts'
import { patch, replace } from '../patch.ts'
import { isLeaf, type Piece, piecesIn, placesIn } from './piece.ts'
import { brief, linesOf } from './places.ts'
import type { GrammarProgram } from './program.ts'
import type { Grammar } from './table.ts'

type GrammarEdit = Edit<GrammarProgram>

export const hoistExpression: GrammarEdit = {
  id: 'an expression becomes a part of it',
  list: 'main',
  together: 4,
  *patches({ tree, text }) {
    for (const piece of piecesIn(tree)) {
      // Of a statement, what is assigned or asked for; what stands in its blocks comes out in other ways.
      const parts = piece.sort === 'expression' ? partsOf(piece) : piece.sort === 'statement' ? piece.children.filter(isExpression) : []
      for (const part of parts) {
        yield patch(`${brief(text, piece)} becomes ${brief(text, part)}`, replace(piece, { start: part.start, end: part.end }))
      }
    }
  },
}

function isExpression({ sort }: Piece): boolean {
  return sort === 'expression'
}

/** The outermost expressions in an expression. */
function partsOf(expression: Piece): Piece[] {
  return expression.children.flatMap(child => (isExpression(child) ? [child] : partsOf(child)))
}

/** Of its own type, where that is seen. */
function simplestFor(own: string, grammar: Grammar): readonly string[] {
  if (/^["'`]/.test(own)) return ['""']
  if (own.startsWith('[')) return ['[]']
  if (/^\d/.test(own)) return own.includes('.') ? ['0', '0.0', '1.0'] : ['0', '1']
  return grammar.simplestValues
}

/** What is assigned to, and what is called, cannot be any value. */
function isPlace(piece: Piece, outer: Piece | undefined, { arguments: lists }: Grammar): boolean {
  const next = outer?.children[outer.children.indexOf(piece) + 1]?.name ?? ''
  return /^(?:AssignOp|UpdateOp|Equals|=)$/.test(next) || lists.includes(next)
}

export const simplify: GrammarEdit = {
  id: 'an expression becomes the simplest value',
  list: 'main',
  together: 4,
  *patches({ tree, text, grammar }) {
    for (const { piece, around } of placesIn(tree)) {
      if (piece.sort !== 'expression' || isPlace(piece, around.at(-1), grammar) || (isLeaf(piece) && grammar.defines(piece, around)))
        continue
      const own = text.slice(piece.start, piece.end)
      for (const value of simplestFor(own, grammar)) {
        if (value === own) break
        yield patch(`${brief(text, piece)} becomes ${value}`, replace(piece, value))
      }
    }
  },
}

/** `x = value`, and nothing else is assigned to `x`. */
export const inlineValue: GrammarEdit = {
  id: 'a name becomes its value',
  list: 'main',
  together: 1,
  *patches({ tree, text, grammar }) {
    const places = [...placesIn(tree)]
    for (const { piece } of places) {
      const assign = piece.children.findIndex(c => text.slice(c.start, c.end) === '=')
      const [target, value] = [piece.children[assign - 1], piece.children[assign + 1]]
      if (assign < 1 || piece.sort !== 'statement' || !target || !value || !isLeaf(target) || value.sort !== 'expression') continue
      const name = text.slice(target.start, target.end)
      const others = places.filter(
        p =>
          isLeaf(p.piece) && p.piece !== target && grammar.names.includes(p.piece.name) && text.slice(p.piece.start, p.piece.end) === name,
      )
      if (others.length === 0 || others.some(o => grammar.defines(o.piece, o.around))) continue
      const open = isLeaf(value) || value.name.startsWith('Array') ? [] : ['(']
      const close = open.length > 0 ? [')'] : []
      const range = { start: value.start, end: value.end }
      yield patch(
        `${name} becomes its value`,
        replace(linesOf(text, piece)),
        ...others.map(o => replace(o.piece, ...open, range, ...close)),
      )
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

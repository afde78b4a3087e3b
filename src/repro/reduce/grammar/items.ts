/** Lists: what stands between commas, and between brackets. */
import type { Edit } from '../language.ts'
import { patch, type Range, replace } from '../patch.ts'
import { type Piece, piecesIn } from './piece.ts'
import { brief } from './places.ts'
import type { GrammarProgram } from './program.ts'

const OPENING = new Set(['(', '[', '{', '<'])
const CLOSING = new Set([')', ']', '}', '>'])

/** What stands between the commas of a piece, with a comma that goes with it. */
export function itemsOf(piece: Piece): { readonly item: Range; readonly cut: Range }[] {
  const { children } = piece
  const first = children.findIndex(c => OPENING.has(c.name))
  const last = children.findLastIndex(c => CLOSING.has(c.name))
  const commas = children.filter(c => c.name === ',')
  if (commas.length === 0 && (first < 0 || last <= first + 1)) return []
  const from = first < 0 ? piece.start : children[first]!.end
  const to = last < 0 ? piece.end : children[last]!.start
  const edges = commas.filter(c => c.start >= from && c.end <= to)
  return [...edges, null].flatMap((comma, i) => {
    const start = i === 0 ? from : edges[i - 1]!.end
    const end = comma ? comma.start : to
    if (end <= start) return []
    // The comma behind it; of the last one, the comma before it.
    const cut = comma ? { start, end: comma.end } : { start: i === 0 ? start : edges[i - 1]!.start, end }
    return [{ item: { start, end }, cut }]
  })
}

export const dropItem: Edit<GrammarProgram> = {
  id: 'drop an item of a list',
  list: 'main',
  together: 8,
  *patches({ tree, text }) {
    for (const piece of piecesIn(tree)) {
      for (const { item, cut } of itemsOf(piece)) yield patch(`drop the item ${brief(text, item).trim()}`, replace(cut))
    }
  },
}

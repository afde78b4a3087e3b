/** Edits that give a program the order and the names that it would have if nobody had chosen them. */
import { isTreeOf } from '../../../../engine/index.ts'
import type { Edit } from '../../language.ts'
import { type Patch, patch, replace } from '../../patch.ts'
import { canonicalNames } from '../canonical-names.ts'
import { reordered } from '../canonical-order.ts'
import type { JuliaProgram } from '../program.ts'
import { places } from '../walk.ts'

export const canonicalOrder: Edit<JuliaProgram> = {
  id: 'canonical-order',
  list: 'last',
  together: 1,
  *patches({ tree, names }): Generator<Patch> {
    for (const { was, is } of reordered(tree, names)) {
      const moved = was.flatMap((node, i) => (node === is[i] ? [] : [replace(node.span, is[i]!.span)]))
      if (moved.length > 0) yield patch('definitions in an order that nobody chose', ...moved)
    }
  },
}

export const canonicalName: Edit<JuliaProgram> = {
  id: 'canonical-names',
  list: 'last',
  together: 1,
  *patches({ tree, names }): Generator<Patch> {
    const renamed = canonicalNames(tree, names)
    const replacements = places(tree).flatMap(({ node, parent, index }) => {
      if (node.kind !== 'Identifier' || (isTreeOf(parent ?? undefined, '.') && index === 1)) return []
      const to = renamed.get(node.name)
      return to === undefined || to === node.name ? [] : [replace(node.span, { text: to, of: node.span.start })]
    })
    if (replacements.length > 0) yield patch('names that nobody chose', ...replacements)
  },
}

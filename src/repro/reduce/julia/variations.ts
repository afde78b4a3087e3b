/** Literals of a program, and what else each might be. */
import type { Leaf } from '../../../engine/index.ts'
import type { Variation } from '../neighbours.ts'
import { isIndex } from './literals.ts'
import type { JuliaProgram } from './program.ts'
import { places } from './walk.ts'

function others(leaf: Leaf): string[] {
  const written = leaf.span.source.text.slice(leaf.span.start, leaf.span.end)
  switch (leaf.kind) {
    case 'Integer':
      return [leaf.value + 1n, leaf.value + 5n, 7n].map(String).filter(text => text !== written)
    case 'Float':
      return ['0.3', '2.0', '-1.7'].filter(text => text !== written)
    default:
      return []
  }
}

export function variationsOf({ tree }: JuliaProgram): Variation[] {
  const found: Variation[] = []
  for (const { node, parent, index } of places(tree)) {
    // Of most things there is no seventh.
    if ('args' in node || isIndex(parent, index)) continue
    const some = others(node)
    if (some.length > 0) found.push({ start: node.span.start, end: node.span.end, others: some })
  }
  return found
}

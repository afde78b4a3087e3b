/** What a function contains that some passes are about: one look spares those passes that have nothing to do. */
import type { Block } from '../3-ir/ir.ts'
import { blocksOf } from '../3-ir/visit.ts'

/** `memory`: something is allocated here. */
export type Content = 'loop' | 'check' | 'memory'

export function contentsOf(block: Block, found: Set<Content> = new Set()): ReadonlySet<Content> {
  for (const inst of block.body) {
    // biome-ignore format: one case a line
    switch (inst.kind) {
      case 'for':
      case 'while': found.add('loop'); break
      case 'new':
      case 'box':
      case 'alloc':
      case 'tape-new': found.add('memory'); break
      case 'prim': if (inst.prim === 'arr.check' || inst.prim === 'arr.check_dim') found.add('check'); break
    }
    for (const inner of blocksOf(inst)) contentsOf(inner, found)
  }
  return found
}

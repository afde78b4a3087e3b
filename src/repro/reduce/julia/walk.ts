/** Every node of a tree, with where it stands. */
import type { Node, Tree } from '../../../engine/index.ts'

export interface Place {
  readonly node: Node
  /** Null for the tree itself. */
  readonly parent: Tree | null
  readonly index: number
  /** The place of the parent. */
  readonly above: Place | null
}

/** Parents before their children, children in order. */
export function* places(node: Node, parent: Tree | null = null, index = 0, above: Place | null = null): Generator<Place> {
  const place = { node, parent, index, above }
  yield place
  if (!('args' in node)) return
  for (const [i, arg] of node.args.entries()) yield* places(arg, node, i, place)
}

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

/** Trees do not change, and every edit asks for the places of the same one. */
const known = new WeakMap<Node, readonly Place[]>()

/** Parents before their children, children in order. */
export function places(node: Node): readonly Place[] {
  let all = known.get(node)
  if (!all) {
    all = collected(node, null, 0, null, [])
    known.set(node, all)
  }
  return all
}

function collected(node: Node, parent: Tree | null, index: number, above: Place | null, into: Place[]): Place[] {
  const place = { node, parent, index, above }
  into.push(place)
  if ('args' in node) for (const [i, arg] of node.args.entries()) collected(arg, node, i, place, into)
  return into
}

/** Changes of nodes that stand inside of each other, as one text. */
import type { Node } from '../../../engine/index.ts'
import type { Part } from '../patch.ts'

export type Parts = Part[]

/** What takes the place of a node; calls stand inside of the arguments of calls, so it is made when all is known. */
export interface Change {
  readonly node: Node
  readonly parts: () => Parts
}

/** Those that are not inside of another. */
export function outermost(changes: readonly Change[]): Change[] {
  const isInside = (a: Change, b: Change) => a !== b && a.node.span.start >= b.node.span.start && a.node.span.end <= b.node.span.end
  return changes.filter(change => !changes.some(other => isInside(change, other))).sort((a, b) => a.node.span.start - b.node.span.start)
}

/** The text of a node with all changes in it. */
export function changed(node: Node, changes: readonly Change[]): Parts {
  const { start, end } = node.span
  const inside = outermost(changes.filter(({ node: at }) => at.span.start >= start && at.span.end <= end))
  const parts: Parts = []
  let at = start
  for (const change of inside) {
    parts.push({ start: at, end: change.node.span.start }, ...change.parts())
    at = change.node.span.end
  }
  parts.push({ start: at, end })
  return parts
}

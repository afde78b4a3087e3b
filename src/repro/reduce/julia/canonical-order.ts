/** In which order definitions would stand if nobody had chosen it, so that equal failures have equal programs. */
import { isTreeOf, type Node, type Tree } from '../../../engine/index.ts'
import type { Names } from './names.ts'
import { places } from './walk.ts'

/** A definition without the names that the program chose. */
function shapeOf(node: Node, names: Names): string {
  const { source, start, end } = node.span
  let shape = ''
  let at = start
  for (const { node: leaf } of places(node)) {
    if (leaf.kind !== 'Identifier' || !names.bound.has(leaf.name) || leaf.span.start < at) continue
    shape += `${source.text.slice(at, leaf.span.start)}_`
    at = leaf.span.end
  }
  return shape + source.text.slice(at, end)
}

function isBefore(a: string, b: string): boolean {
  return a.length !== b.length ? a.length < b.length : a < b
}

interface Run {
  readonly nodes: readonly Node[]
  readonly shapes: readonly string[]
}

/** Functions that stand one after the other: nothing happens between them, so they may stand in any order. */
function runsOf(tree: Tree, names: Names): Run[] {
  const runs: { nodes: Node[]; shapes: string[] }[] = []
  let last: Node | null = null
  for (const node of tree.args) {
    const isFunction = isTreeOf(node, 'function') && node.args.length === 2
    if (isFunction && last === null) runs.push({ nodes: [], shapes: [] })
    if (isFunction) {
      runs.at(-1)!.nodes.push(node)
      runs.at(-1)!.shapes.push(shapeOf(node, names))
    }
    last = isFunction ? node : null
  }
  return runs.filter(run => run.nodes.length > 1)
}

/** How many pairs of neighbours stand the wrong way round. */
export function misordered(tree: Tree, names: Names): number {
  let count = 0
  for (const { shapes } of runsOf(tree, names))
    for (const [i, shape] of shapes.entries()) if (i > 0 && isBefore(shape, shapes[i - 1]!)) count++
  return count
}

/** What stands where, and what would; shorter ones first. */
export function reordered(tree: Tree, names: Names): readonly { readonly was: readonly Node[]; readonly is: readonly Node[] }[] {
  return runsOf(tree, names).map(({ nodes, shapes }) => {
    const order = nodes
      .map((_, i) => i)
      .sort((a, b) => (isBefore(shapes[a]!, shapes[b]!) ? -1 : isBefore(shapes[b]!, shapes[a]!) ? 1 : a - b))
    return { was: nodes, is: order.map(i => nodes[i]!) }
  })
}

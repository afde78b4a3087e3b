/** Are two trees the same but for grouping parentheses and where they stand? */
import { isTreeOf, type Leaf, type Node } from '../../../engine/index.ts'

function ungrouped(node: Node): Node {
  return isTreeOf(node, 'parens') ? ungrouped(node.args[0]!) : node
}

function sameLeaf(a: Leaf, b: Leaf): boolean {
  if (a.kind !== b.kind) return false
  if ('name' in a) return a.name === (b as typeof a).name
  return Object.is(a.value, (b as typeof a).value)
}

export function sameTree(one: Node, other: Node): boolean {
  const [a, b] = [ungrouped(one), ungrouped(other)]
  if (!('args' in a) || !('args' in b)) return !('args' in a) && !('args' in b) && sameLeaf(a, b)
  if (a.kind !== b.kind || a.form !== b.form || a.args.length !== b.args.length) return false
  return a.args.every((arg, i) => sameTree(arg, b.args[i]!))
}

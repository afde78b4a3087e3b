/** How simple literals are: 0, 1, 2, small integers, few decimals, then the rest. */
import { isTreeOf, type Leaf, type Tree } from '../../../engine/index.ts'

/** Of a number written out: 0 for 0, then 1, 2, further integers by size, numbers with few digits behind the point, all others. */
function numberWeight(value: number): number {
  if (!Number.isFinite(value)) return 300
  const size = Math.abs(value)
  const sign = value < 0 || Object.is(value, -0) ? 1 : 0
  if (Number.isInteger(value)) return sign + 2 * (size <= 10 ? size : 10 + Math.min(30, Math.log2(size)))
  const digits = String(size).replace(/^0?\.?0*/, '').length
  return sign + 82 + 4 * Math.min(digits, 20) + Math.min(2, size / 100)
}

/** Is it an index as it stands? */
export function isIndex(parent: Tree | null, index: number): boolean {
  return index > 0 && isTreeOf(parent ?? undefined, 'ref')
}

/** The first index is to others what 0 is to other numbers. */
export function weightAt(leaf: Leaf, parent: Tree | null, index: number): number {
  return leaf.kind === 'Integer' && isIndex(parent, index) ? numberWeight(Number(leaf.value) - 1) : literalWeight(leaf)
}

function literalWeight(leaf: Leaf): number {
  switch (leaf.kind) {
    case 'Integer':
    case 'UInteger':
      return numberWeight(Number(leaf.value))
    case 'Float':
    case 'Float32':
      return numberWeight(leaf.value)
    case 'String':
      return Math.min(leaf.value.length, 50)
    case 'Char':
      return leaf.value === 97 ? 0 : 1
    case 'Bool':
      return leaf.value ? 1 : 0
    default:
      return 0
  }
}

/** How simple literals are: 0, 1, 2, small integers, few decimals, then the rest. */
import type { Leaf } from '../../../engine/index.ts'

/** Of a number written out: 0 for 0, then 1, 2, further integers by size, numbers with few digits behind the point, all others. */
function numberWeight(value: number): number {
  if (!Number.isFinite(value)) return 300
  const size = Math.abs(value)
  const sign = value < 0 || Object.is(value, -0) ? 1 : 0
  if (Number.isInteger(value)) return sign + 2 * (size <= 10 ? size : 10 + Math.min(30, Math.log2(size)))
  const digits = String(size).replace(/^0?\.?0*/, '').length
  return sign + 82 + 4 * Math.min(digits, 20) + Math.min(2, size / 100)
}

export function literalWeight(leaf: Leaf): number {
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

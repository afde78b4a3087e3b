/** Columns of a matrix, aligned at the decimal point, the sign of an imaginary part, the slashes of a fraction or the arrow of a pair. */
import { ancestor, type Context, isNamed } from './context.ts'
import { concrete, type Value } from './value.ts'

export interface Alignment {
  /** Widths left and right of the point that all entries of a column have below each other. */
  readonly left: number
  readonly right: number
}

export interface Cell extends Alignment {
  readonly text: string
}

/** Width in characters. */
function width(text: string): number {
  return Array.from(text).length
}

export function alignmentOf(value: Value, text: string, cx: Context): Alignment {
  const found = concrete(value, cx.host.typeAt)
  if (!found) return { left: 3, right: 3 }
  const { type } = found
  if (ancestor(type, 'Integer')) return { left: width(text), right: 0 }
  const pattern = isNamed(type, 'Complex')
    ? /^(.*[^ef][+-])(.*)$/
    : isNamed(type, 'Rational')
      ? /^(.*?\/)(\/.*)$/
      : isNamed(type, 'Pair')
        ? /^(.*? ?=> ?)(.*)$/
        : ancestor(type, 'Real')
          ? /^(.*?)((?:[.eEfF].*)?)$/
          : null
  const parts = pattern?.exec(text)
  if (parts) return { left: width(parts[1]!), right: width(parts[2]!) }
  return ancestor(type, 'Number') ? { left: width(text), right: 0 } : { left: 0, right: width(text) }
}

export function columnLines(rows: number, columns: number, cellAt: (i: number, j: number) => Cell): string[] {
  const lines = Array.from({ length: rows }, () => ' ')
  for (let j = 0; j < columns; j++) {
    const cells = Array.from({ length: rows }, (_, i) => cellAt(i, j))
    const left = Math.max(...cells.map(cell => cell.left))
    const right = Math.max(...cells.map(cell => cell.right))
    const last = j + 1 === columns
    cells.forEach((cell, i) => {
      lines[i] += `${' '.repeat(left - cell.left)}${cell.text}${last ? '' : `${' '.repeat(right - cell.right)}  `}`
    })
  }
  return lines
}

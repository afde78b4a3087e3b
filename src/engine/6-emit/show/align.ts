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

/** What fits: rows of text, and places across. */
export interface Screen {
  readonly rows: number
  readonly columns: number
}

type CellAt = (i: number, j: number) => Cell

const SEPARATOR = '  '
const DOTS = '  …  '

/** The rows of a matrix, all of them or as many as fit, in the middle of which dots stand for the rest. */
export function matrixLines(rows: number, columns: number, cellAt: CellAt, screen: Screen | null): string[] {
  const cells = new Map<number, Cell>()
  const cell: CellAt = (i, j) => {
    const at = i * columns + j
    const found = cells.get(at) ?? cellAt(i, j)
    cells.set(at, found)
    return found
  }
  // The first place is a space.
  const width = screen ? screen.columns - 1 : Infinity
  const height = screen ? screen.rows - 4 : Infinity
  const fits = rows <= height
  const half = Math.floor(height / 2)
  const end = Math.floor((height - 1) / 2)
  const shown = fits ? span(0, rows) : [...span(0, half), ...span(rows - end, rows)]
  const all = alignments(shown, span(0, columns), cell, width, width, columns)
  if (columns <= all.length) {
    const line = (i: number): string => ` ${rowText(i, span(0, columns), all, cell, columns)}`
    const dots = ` ${verticalDots(all, 1, false)}`
    return fits ? shown.map(line) : [...shown.slice(0, half).map(line), dots, ...shown.slice(half).map(line)]
  }
  const onRight = Math.floor((width - DOTS.length + 1) / 2) + 1
  const right = alignments(shown, span(0, columns).reverse(), cell, onRight, onRight, columns).reverse()
  const onLeft = width - total(right) - (right.length - 1) * SEPARATOR.length - DOTS.length
  const left = alignments(shown, span(0, columns), cell, onLeft, onLeft, columns)
  const line = (i: number, at: number): string => {
    const dots = at % 5 === 0 ? DOTS : ' '.repeat(DOTS.length)
    return ` ${rowText(i, span(0, left.length), left, cell, columns)}${dots}${rowText(i, span(columns - right.length, columns), right, cell, columns)}`
  }
  if (fits) return shown.map(line)
  const dots = ` ${verticalDots(left, 1, true)}  ⋱  ${verticalDots(right, (columns - right.length + 1) % 5, false)}`
  return [...shown.slice(0, half).map(i => line(i, i)), dots, ...shown.slice(half).map(i => line(i, i))]
}

function span(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k)
}

function total(widths: readonly Alignment[]): number {
  return widths.reduce((sum, { left, right }) => sum + left + right, 0)
}

/** Alignments of the columns, one after the other, as many as fit. */
function alignments(
  rows: readonly number[],
  columns: readonly number[],
  cell: CellAt,
  whole: number,
  part: number,
  count: number,
): Alignment[] {
  const found: Alignment[] = []
  const taken = (): number => total(found) + SEPARATOR.length * found.length
  for (const j of columns) {
    const cells = rows.map(i => cell(i, j))
    found.push({ left: Math.max(...cells.map(c => c.left)), right: Math.max(...cells.map(c => c.right)) })
    if (found.length > 1 && taken() >= whole) {
      found.pop()
      break
    }
  }
  if (found.length > 1 && found.length < count) while (found.length > 0 && taken() >= part) found.pop()
  return found
}

/** Entries padded to their columns; behind the last column of the matrix stands nothing. */
function rowText(i: number, columns: readonly number[], widths: readonly Alignment[], cell: CellAt, count: number): string {
  return columns
    .map((j, k) => {
      const { text, left, right } = cell(i, j)
      const { left: before, right: after } = widths[k]!
      return `${' '.repeat(before - left)}${text}${j + 1 === count ? '' : ' '.repeat(after - right)}`
    })
    .join(SEPARATOR)
}

/** Dots below every fifth column. */
function verticalDots(widths: readonly Alignment[], first: number, padRight: boolean): string {
  return widths
    .map(({ left, right }, k) => {
      const width = left + right
      const last = k + 1 === widths.length
      if ((k + 1) % 5 !== first % 5) return last && !padRight ? '' : ' '.repeat(width)
      const before = ' '.repeat(Math.max(0, left - 1))
      return `${before}⋮${last && !padRight ? '' : ' '.repeat(Math.max(0, width - 1 - before.length))}`
    })
    .join(SEPARATOR)
}

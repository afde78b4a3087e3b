/** Arrays of all ranks and wrappers of arrays: as Julia's literals and as the REPL lays them out. */
import { invariant } from '../../../diagnostics/bug.ts'
import { ANY } from '../../2-types/intern.ts'
import type { DataType, JType } from '../../2-types/type.ts'
import { typeText } from '../../2-types/type-text.ts'
import type { ArrayObject } from '../../3-ir/memory.ts'
import { alignmentOf, type Cell, matrixLines } from './align.ts'
import { ancestor, type Context, isNamed, knowing } from './context.ts'
import { elementInfo, isImplicit } from './type-info.ts'
import { elementOf, fieldsOf, type Value } from './value.ts'

export function isArrayLike(type: DataType): boolean {
  return type.name.form === 'array' || (ancestor(type, 'AbstractArray') !== null && !ancestor(type, 'AbstractRange'))
}

/** Elements of any array, in memory order. */
interface Grid {
  readonly size: readonly number[]
  readonly element: JType
  /** At a 0-based linear index. */
  readonly at: (index: number) => Value
}

/** Wrappers are collected by Base; null if it cannot. */
function gridOf(type: DataType, leaves: readonly unknown[], cx: Context): Grid | null {
  if (type.name.form === 'array') {
    const array = leaves[0] as ArrayObject
    return { size: array.d, element: type.params[0] as JType, at: index => elementOf(type, array, index) }
  }
  const boxed = cx.host.collect(cx.host.box(type, leaves))
  if (!boxed) return null
  const collected = cx.host.typeAt(boxed.t)
  invariant(collected.kind === 'data' && collected.name.form === 'array', 'collect did not give an Array')
  return gridOf(collected, boxed.v, cx)
}

function fallback(type: DataType, leaves: readonly unknown[], cx: Context): string {
  return `${typeText(type)}(${fieldsOf(type, leaves)
    .map(({ value }) => cx.show(value, knowing(cx, ANY)))
    .join(', ')})`
}

/** What stands before the brackets, and the context for the elements. */
function prefixOf(type: DataType, grid: Grid, cx: Context): { prefix: string; inner: Context } {
  const known = cx.typeInfo === type ? elementInfo(cx.typeInfo) : null
  const inner = knowing(cx, grid.element)
  if (known === grid.element) return { prefix: '', inner }
  if (!grid.size.includes(0) && isImplicit(grid.element)) return { prefix: '', inner: cx }
  return { prefix: typeText(grid.element), inner }
}

/** An array that is being printed already. */
export function circularArray(type: DataType, cx: Context, mark: string): string {
  const element = type.params[0] as JType
  return `${prefixOf(type, { size: [1], element, at: () => ({ type, leaves: [] }) }, cx).prefix}[${mark}]`
}

/** `show(io, a)`: `[1.0 2.0; 3.0 4.0]`. */
export function arrayText(type: DataType, leaves: readonly unknown[], cx: Context): string {
  const flipped = flippedVector(type, leaves)
  if (flipped) return `${flipped.how}(${cx.show(flipped.vector, cx)})`
  const grid = gridOf(type, leaves, cx)
  if (!grid) return fallback(type, leaves, cx)
  const { size } = grid
  if (size.length === 0) return `fill(${cx.show(grid.at(0), cx)})`
  const { prefix, inner } = prefixOf(type, grid, cx)
  if (size.length === 1) {
    const list = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, i) => cx.show(grid.at(from + i), inner)).join(', ')
    const n = size[0]!
    return `${prefix}[${cx.screen && n > 20 ? `${list(0, 10)}  …  ${list(n - 10, n)}` : list(0, n)}]`
  }
  if (size.includes(0))
    return type.name.form === 'array' ? `${typeText(type)}(undef, ${size.join(', ')})` : summaryOf(type, leaves, grid, cx)
  const [rows, columns] = size as [number, number]
  const slice = (from: number): string =>
    rowsText(rows, columns, cx.screen !== null, (i, j) => cx.show(grid.at(from + i + j * rows), inner))
  if (size.length === 2) return `${prefix}[${slice(0)}${columns === 1 ? ';;' : ''}]`
  return `${prefix}[${slicesText(size.slice(2), rows * columns, slice)}]`
}

/** `adjoint([1, 2])`: a vector of numbers on its side. */
function flippedVector(type: DataType, leaves: readonly unknown[]): { readonly how: string; readonly vector: Value } | null {
  if (!isNamed(type, 'Adjoint', 'Transpose')) return null
  const vector = fieldsOf(type, leaves)[0]!.value
  const isAdjoint = isNamed(type, 'Adjoint')
  const isNumeric = ancestor(type.params[0] as JType, isAdjoint ? 'Real' : 'Number') !== null
  return isNumeric && rankOf(vector.type) === 1 ? { how: isAdjoint ? 'adjoint' : 'transpose', vector } : null
}

function rankOf(type: JType): number | null {
  const rank = ancestor(type, 'AbstractArray')?.params[1]
  return rank?.kind === 'value' && rank.value.kind === 'int' ? rank.value.value : null
}

/** `limited`: of more than four rows or columns, the two at both ends. */
function rowsText(rows: number, columns: number, limited: boolean, text: (i: number, j: number) => string): string {
  const row = (i: number): string => {
    const list = (from: number, to: number): string => Array.from({ length: to - from }, (_, j) => text(i, from + j)).join(' ')
    return limited && columns > 4 ? `${list(0, 2)} … ${list(columns - 2, columns)}` : list(0, columns)
  }
  const all = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => row(from + i)).join('; ')
  return limited && rows > 4 ? `${all(0, 2)}; … ; ${all(rows - 2, rows)}` : all(0, rows)
}

/** Slices of rank 2, with as many semicolons between two as the number of the axis that advances. */
function slicesText(outer: readonly number[], each: number, slice: (from: number) => string): string {
  const count = outer.reduce((n, size) => n * size, 1)
  let text = ''
  for (let k = 0; k < count; k++) {
    text += slice(k * each)
    if (k + 1 === count) continue
    let axis = 0
    for (let rest = k + 1; rest % outer[axis]! === 0; rest /= outer[axis]!, axis++);
    text += `${';'.repeat(axis + 3)} `
  }
  return count === 1 ? `${text}${';'.repeat(outer.length + 2)}` : text
}

/** `show(io, MIME"text/plain"(), a)`: a line of summary and aligned columns. */
export function arrayDisplay(type: DataType, leaves: readonly unknown[], cx: Context): string {
  const grid = gridOf(type, leaves, cx)
  if (!grid) return fallback(type, leaves, cx)
  const { size } = grid
  if (size.includes(0) && size.length === 1 && type.name.form === 'array') return arrayText(type, leaves, cx)
  const sparse = sparseOf(type, leaves)
  const summary = sparse
    ? `${size.join('×')} ${typeText(type)} with ${sparse.stored.size} stored ${sparse.stored.size === 1 ? 'entry' : 'entries'}`
    : summaryOf(type, leaves, grid, cx)
  if (size.includes(0) || sparse?.stored.size === 0) return summary
  const [rows, columns] = [size[0] ?? 1, size[1] ?? 1]
  const inner: Context = { ...knowing(cx, grid.element), compact: cx.compact || columns > 1 }
  if (size.length === 0) return `${summary}:\n${cx.show(grid.at(0), inner)}`
  const isHole = sparse ? (i: number, j: number) => !sparse.stored.has(sparse.flipped ? `${j} ${i}` : `${i} ${j}`) : holesOf(type, leaves)
  const slice = (from: number): string[] =>
    matrixLines(
      rows,
      columns,
      (i, j): Cell => {
        const value = grid.at(from + i + j * rows)
        const short = cx.show(value, inner)
        const full = cx.display(value, inner)
        const text = full.includes('\n') ? short : full
        const cell = { text, ...alignmentOf(value, short, inner) }
        return isHole(i, j) ? { ...cell, text: hole(text.length) } : cell
      },
      cx.screen,
    )
  if (size.length <= 2) return [`${summary}:`, ...slice(0)].join('\n')
  return [`${summary}:`, ...slicesDisplay(size.slice(2), rows * columns, slice)].join('\n')
}

function slicesDisplay(outer: readonly number[], each: number, slice: (from: number) => string[]): string[] {
  const count = outer.reduce((n, size) => n * size, 1)
  return Array.from({ length: count }, (_, k) => {
    let rest = k
    const indices = outer.map(size => {
      const index = rest % size
      rest = (rest - index) / size
      return index + 1
    })
    const lines = [`[:, :, ${indices.join(', ')}] =`, ...slice(k * each)]
    return k + 1 < count ? [...lines, ''] : lines
  }).flat()
}

/** `2×2 Matrix{Float64}`. */
export function arraySummary(type: DataType, leaves: readonly unknown[], cx: Context): string {
  const grid = gridOf(type, leaves, cx)
  return grid ? summaryOf(type, leaves, grid, cx) : typeText(type)
}

function summaryOf(type: DataType, leaves: readonly unknown[], grid: Grid, cx: Context): string {
  const { size } = grid
  const value = cx.host.box(type, leaves)
  const whole = cx.host.customShow(value, 'summary')
  if (whole !== null) return whole
  const dims = size.length === 0 ? '0-dimensional' : size.length === 1 ? `${size[0]}-element` : size.join('×')
  return `${dims} ${cx.host.customShow(value, 'showarg') ?? describe(type, leaves, grid, cx)}`
}

function describe(type: DataType, leaves: readonly unknown[], grid: Grid, cx: Context): string {
  if (isNamed(type, 'ReshapedArray'))
    return `reshape(::${typeText(fieldsOf(type, leaves)[0]!.value.type)}, ${grid.size.join(', ')}) with eltype ${typeText(grid.element)}`
  if (isNamed(type, 'PermutedDimsArray'))
    return `PermutedDimsArray(::${typeText(fieldsOf(type, leaves)[0]!.value.type)}, ${typeText(type.params[2]!)}) with eltype ${typeText(grid.element)}`
  const kind = isNamed(type, 'Adjoint') ? 'adjoint' : isNamed(type, 'Transpose') ? 'transpose' : isNamed(type, 'SubArray') ? 'view' : null
  if (!kind) return typeText(type)
  const [parent, ...others] = fieldsOf(type, leaves)
  const index =
    kind === 'view' && others[0]
      ? `, ${cx
          .show(others[0].value, knowing(cx, ANY))
          .replace(/^\(|,?\)$/g, '')
          .replace(/Base\.Slice\(Base\.OneTo\(\d+\)\)/g, ':')}`
      : ''
  return `${kind}(::${typeText(parent!.value.type)}${index}) with eltype ${typeText(grid.element)}`
}

/** Where a sparse matrix has something stored, by 0-based rows and columns; `flipped` when it is transposed. */
function sparseOf(type: DataType, leaves: readonly unknown[]): { stored: ReadonlySet<string>; flipped: boolean } | null {
  const fields = fieldsOf(type, leaves)
  const parent = isNamed(type, 'Adjoint', 'Transpose') ? fields[0]?.value : undefined
  if (parent) {
    const inner = parent.type.kind === 'data' ? sparseOf(parent.type, parent.leaves) : null
    return inner && { stored: inner.stored, flipped: !inner.flipped }
  }
  if (!isNamed(type, 'SparseMatrixCSC')) return null
  const [from, rows] = ['colptr', 'rowval'].map(name => {
    const { type: of, leaves: held } = fields.find(field => field.name === name)!.value
    const array = held[0] as ArrayObject
    return Array.from({ length: array.n }, (_, i) => elementOf(of as DataType, array, i).leaves[0] as number)
  }) as [number[], number[]]
  const stored = new Set<string>()
  for (let j = 0; j + 1 < from.length; j++) for (let k = from[j]!; k < from[j + 1]!; k++) stored.add(`${rows[k - 1]! - 1} ${j}`)
  return { stored, flipped: false }
}

/** Entries that the type of the matrix fixes at zero are shown as a dot. */
function holesOf(type: DataType, leaves: readonly unknown[]): (i: number, j: number) => boolean {
  if (isNamed(type, 'Diagonal')) return (i, j) => i !== j
  if (isNamed(type, 'UpperTriangular', 'UnitUpperTriangular')) return (i, j) => i > j
  if (isNamed(type, 'UpperHessenberg')) return (i, j) => i > j + 1
  if (isNamed(type, 'LowerTriangular', 'UnitLowerTriangular')) return (i, j) => i < j
  if (isNamed(type, 'Tridiagonal', 'SymTridiagonal')) return (i, j) => Math.abs(i - j) > 1
  if (isNamed(type, 'Bidiagonal')) {
    const upper = fieldsOf(type, leaves).find(field => field.name === 'uplo')?.value.leaves[0] === 'U'.codePointAt(0)
    return upper ? (i, j) => i !== j && i + 1 !== j : (i, j) => i !== j && i !== j + 1
  }
  return () => false
}

/** A dot in the middle of so many places. */
function hole(width: number): string {
  const middle = Math.ceil(width / 2)
  return `${' '.repeat(middle - 1)}⋅${' '.repeat(width - middle)}`
}

/** Tables of Julia text and the tree it has, for the tests of this stage. */
import { expect, it } from 'vitest'
import { Failure } from '../../diagnostics/diagnostic.ts'
import { spanText } from '../../diagnostics/source.ts'
import { parseExpression, parseProgram } from './parse.ts'
import { printNode } from './print.ts'
import { sexpr } from './sexpr.ts'

/** Julia text, and its tree as JuliaSyntax writes it. */
export type Row = readonly [text: string, tree: string]

/** One statement a row; printed, it reads the same. */
/** Line breaks of a triple-quoted text may be printed as escapes, which part no lines. */
function ofOnePiece(tree: string): string {
  return tree.replaceAll('\\n" "', '\\n')
}

export function readsAs(rows: readonly Row[]): void {
  it.each(rows)('%j', (text, tree) => {
    const node = parseExpression({ name: 'test.jl', text })
    expect(sexpr(node)).toBe(tree)
    expect(ofOnePiece(sexpr(parseExpression({ name: 'printed.jl', text: printNode(node) })))).toBe(ofOnePiece(tree))
  })
}

/** One file a row; printed, it reads the same. */
export function fileReadsAs(rows: readonly Row[]): void {
  it.each(rows)('file %j', (text, tree) => {
    const node = parseProgram({ name: 'test.jl', text })
    expect(sexpr(node)).toBe(tree)
    expect(sexpr(parseProgram({ name: 'printed.jl', text: printNode(node) }))).toBe(tree)
  })
}

/** Text, the text that the failure points at (with `@n` for its offset where that is in doubt), and its message. */
export type ErrorRow = readonly [text: string, at: string, message: string]

export function refuses(rows: readonly ErrorRow[]): void {
  it.each(rows)('%j', (text, at, message) => {
    const found = failureOf(text)
    expect([at.includes('@') ? `${found.at}@${found.start}` : found.at, found.message]).toEqual([at, message])
  })
}

function failureOf(text: string): { at: string; start: number; message: string } {
  try {
    parseProgram({ name: 'test.jl', text })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { message, primary } = error.diagnostic
    if (primary) return { at: spanText(primary.span), start: primary.span.start, message }
  }
  return { at: '', start: -1, message: 'no failure' }
}

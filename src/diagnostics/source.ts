/** Text that diagnostics point into, and spans of it. The only file that counts lines. */

import { lastStart } from './starts.ts'

/** A named text: a file, standard input, a file of Base, or an expression from the command line. */
export interface Source {
  readonly name: string
  readonly text: string
}

/** Half-open range of UTF-16 offsets into `source.text`. */
export interface Span {
  readonly source: Source
  readonly start: number
  readonly end: number
}

/** 1-based line and 1-based column (in UTF-16 units). */
export interface Position {
  readonly line: number
  readonly column: number
}

const lineStartsOf = new WeakMap<Source, number[]>()

/** Offsets at which the lines of `source` begin; computed once a source. */
export function lineStarts(source: Source): readonly number[] {
  let starts = lineStartsOf.get(source)
  if (!starts) {
    starts = [0]
    for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1)) starts.push(at + 1)
    lineStartsOf.set(source, starts)
  }
  return starts
}

export function positionAt(source: Source, offset: number): Position {
  const starts = lineStarts(source)
  const line = lastStart(starts, offset)
  return { line: line + 1, column: offset - starts[line]! + 1 }
}

/** The text of a 1-based line, without its line break. */
export function lineText(source: Source, line: number): string {
  const starts = lineStarts(source)
  const start = starts[line - 1] ?? source.text.length
  const end = starts[line] ?? source.text.length + 1
  return source.text.slice(start, end - 1).replace(/\r$/, '')
}

export function spanText(span: Span): string {
  return span.source.text.slice(span.start, span.end)
}

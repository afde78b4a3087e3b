/** The lines of a source that a message is about, with carets under the places it names. No colour here: `as-text` paints the pieces. */
import type { Label } from './diagnostic.ts'
import { lineText, positionAt, type Source } from './source.ts'
import { textWidth } from './text-width.ts'
import { visibleLine } from './visible.ts'

const TAB = '    '
/** Wider lines are shown from shortly before the first caret. */
const WIDEST = 160

export type ExcerptLine =
  | { readonly kind: 'header'; readonly text: string; readonly gutter: number }
  | { readonly kind: 'code'; readonly number: string; readonly text: string }
  | {
      readonly kind: 'mark'
      readonly blank: string
      readonly indent: string
      readonly marks: string
      readonly text: string
      readonly primary: boolean
    }
  | { readonly kind: 'gap'; readonly blank: string }

interface Mark {
  readonly line: number
  /** Columns are offsets into the raw line, half-open. */
  readonly from: number
  readonly to: number
  readonly text: string
  readonly primary: boolean
}

function shown(raw: string): string {
  return raw
    .split('\t')
    .map(part => visibleLine(part))
    .join(TAB)
}

/** A span over several lines marks its first and its last one; the text stands at the first, where what it is about begins. */
function marksOf(label: Label, primary: boolean): Mark[] {
  const { source, start, end } = label.span
  const length = source.text.length
  const first = positionAt(source, Math.min(start, length))
  const last = positionAt(source, Math.min(Math.max(end - 1, start), length))
  const from = first.column - 1
  if (first.line === last.line) return [{ line: first.line, from, to: Math.max(last.column, from + 1), text: label.text, primary }]
  const lastText = lineText(source, last.line)
  return [
    { line: first.line, from, to: Math.max(lineText(source, first.line).length, from + 1), text: label.text, primary },
    { line: last.line, from: lastText.length - lastText.trimStart().length, to: last.column, text: '', primary },
  ]
}

function group(source: Source, marks: readonly Mark[], gutter: number, primaryFirst: Label, widest: number): ExcerptLine[] {
  const at = positionAt(source, Math.min(primaryFirst.span.start, source.text.length))
  const blank = ' '.repeat(gutter)
  const out: ExcerptLine[] = [{ kind: 'header', text: `${visibleLine(source.name)}:${at.line}:${at.column}`, gutter }]
  const numbers = [...new Set(marks.map(m => m.line))].sort((a, b) => a - b)
  let previous = 0
  for (const number of numbers) {
    if (previous && number === previous + 2)
      out.push({
        kind: 'code',
        number: String(previous + 1).padStart(gutter),
        text: window(shown(lineText(source, previous + 1)), 0, widest).text,
      })
    else if (previous && number > previous + 1) out.push({ kind: 'gap', blank })
    previous = number
    const raw = lineText(source, number)
    const here = marks.filter(m => m.line === number).sort((a, b) => a.from - b.from || b.to - a.to)
    const left = textWidth(shown(raw.slice(0, here[0]!.from)))
    const view = window(shown(raw), left, widest)
    out.push({ kind: 'code', number: String(number).padStart(gutter), text: view.text })
    for (const mark of here) {
      const start = textWidth(shown(raw.slice(0, mark.from))) - view.skipped
      const width = Math.max(1, textWidth(shown(raw.slice(mark.from, mark.to))))
      const room = Math.max(1, Math.min(width, widest - start))
      out.push({
        kind: 'mark',
        blank,
        indent: ' '.repeat(Math.max(0, start)),
        marks: (mark.primary ? '^' : '-').repeat(room),
        text: visibleLine(mark.text),
        primary: mark.primary,
      })
    }
  }
  return out
}

/** The part of a long line that holds the marks; `skipped` columns are gone from its left. */
function window(text: string, left: number, widest: number): { text: string; skipped: number } {
  if (text.length <= widest) return { text, skipped: 0 }
  const before = Math.min(40, widest >> 1)
  const from = left > widest - before ? left - before : 0
  const cut = [...text].slice(from, from + widest).join('')
  return { text: (from > 0 ? `…${cut.slice(1)}` : cut) + (from + widest < text.length ? '…' : ''), skipped: from }
}

/** One excerpt a source: that of the primary label first. */
export function excerpt(primary: Label, secondary: readonly Label[], width: number | null): ExcerptLine[] {
  const labels = [primary, ...secondary]
  const sources = [...new Set(labels.map(l => l.span.source))]
  const lastLine = Math.max(
    ...labels.map(l => positionAt(l.span.source, Math.min(Math.max(l.span.end - 1, l.span.start), l.span.source.text.length)).line),
  )
  const gutter = String(lastLine).length
  // The gutter, its bar and a space, and the ellipsis at the end.
  const widest = width === null ? WIDEST : Math.min(WIDEST, Math.max(20, width - gutter - 3))
  return sources.flatMap(source => {
    const own = labels.filter(l => l.span.source === source)
    return group(
      source,
      own.flatMap(l => marksOf(l, l === primary)),
      gutter,
      own[0]!,
      widest,
    )
  })
}

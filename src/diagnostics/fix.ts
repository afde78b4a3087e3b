/** Applies fixes to the text they are about, and shows what they change. */
import type { Edit, Fix } from './diagnostic.ts'
import { positionAt, type Source } from './source.ts'

/** The text of `source` after the edits of a fix that are in it. */
export function fixed(source: Source, fix: Fix): string {
  const edits = fix.edits.filter(({ span }) => span.source.name === source.name && span.source.text === source.text)
  const backwards = edits.sort((a, b) => b.span.start - a.span.start)
  return backwards.reduce((text, { span, text: put }) => text.slice(0, span.start) + put + text.slice(span.end), source.text)
}

/** Lines that change, each after its number: `-` as they are, `+` as they will be. Those that stand side by side are one hunk. */
export function diffOf(fix: Fix): string[] {
  const sources = [...new Set(fix.edits.map(edit => edit.span.source))]
  return sources.flatMap(source => {
    const edits = fix.edits.filter(edit => edit.span.source === source).sort((a, b) => a.span.start - b.span.start)
    return hunksOf(source, edits).flatMap(({ first, last, edits: own }) => {
      const from = lineStart(source, first)
      const to = lineEnd(source, last)
      const before = source.text.slice(from, to)
      const after = own.reduceRight(
        (text, { span, text: put }) => text.slice(0, span.start - from) + put + text.slice(span.end - from),
        before,
      )
      return changed(before.split('\n'), after.split('\n'), first)
    })
  })
}

interface Hunk {
  readonly first: number
  last: number
  readonly edits: Edit[]
}

function hunksOf(source: Source, edits: readonly Edit[]): Hunk[] {
  const hunks: Hunk[] = []
  for (const edit of edits) {
    const first = positionAt(source, edit.span.start).line
    const last = positionAt(source, edit.span.end).line
    const open = hunks.at(-1)
    if (open && first <= open.last + 1) {
      open.last = Math.max(open.last, last)
      open.edits.push(edit)
    } else hunks.push({ first, last, edits: [edit] })
  }
  return hunks
}

/** Without the lines that both begin and end with. */
function changed(before: readonly string[], after: readonly string[], first: number): string[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const numbered = (mark: string, lines: readonly string[]) =>
    lines.slice(start, lines.length - end).map((line, i) => `${first + start + i}${mark} ${line}`)
  return [...numbered('-', before), ...numbered('+', after)]
}

function lineStart(source: Source, line: number): number {
  let at = 0
  for (let n = 1; n < line; n++) at = source.text.indexOf('\n', at) + 1
  return at
}

function lineEnd(source: Source, line: number): number {
  const end = source.text.indexOf('\n', lineStart(source, line))
  return end < 0 ? source.text.length : end
}

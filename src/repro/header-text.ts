/** Finds the header in the first comment of a program. Knows Julia's nested comments and nothing else of the language. */
import type { Source, Span } from '../diagnostics/source.ts'

/** The YAML between `#= adrepro` and `=#`. */
export type HeaderText =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly yaml: Span; readonly comment: Span }
  | { readonly kind: 'unclosed'; readonly open: Span }

export function findHeader(source: Source): HeaderText {
  const { text } = source
  const open = /^\ufeff?\s*#=/.exec(text)
  if (!open) return { kind: 'none' }
  const start = open[0].length - 2
  const word = /^[ \t]*adrepro[ \t]*\r?(?:\n|$)/.exec(text.slice(start + 2))
  if (!word) return { kind: 'none' }
  let depth = 1
  const edge = /#=|=#/g
  edge.lastIndex = start + 2
  for (let found = edge.exec(text); found; found = edge.exec(text)) {
    depth += found[0] === '#=' ? 1 : -1
    if (depth === 0) {
      return {
        kind: 'found',
        yaml: { source, start: start + 2 + word[0].length, end: found.index },
        comment: { source, start, end: found.index + 2 },
      }
    }
  }
  return { kind: 'unclosed', open: { source, start, end: start + 2 } }
}

/** The program without its header, as a report shows it. */
export function withoutHeader(source: Source): string {
  const header = findHeader(source)
  return header.kind === 'found' ? source.text.slice(header.comment.end).replace(/^[ \t]*\r?\n/, '') : source.text.replace(/^\ufeff/, '')
}

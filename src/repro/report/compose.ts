/** Puts the sections of a report together so that it fits: the least important are shortened or left out, always at whole lines, never inside a fence. */
import { details, fence } from './markdown.ts'

/** What GitHub takes as the body of an issue, in characters. */
export const ISSUE_LIMIT = 65_536

export type Section =
  /** Markdown that stands whole or not at all. */
  | { readonly kind: 'markdown'; readonly importance: number; readonly text: string }
  /** Program text: whole or not at all. */
  | { readonly kind: 'program'; readonly importance: number; readonly heading: string; readonly text: string }
  /** Output: may lose its end. Folded when `summary` is given. */
  | {
      readonly kind: 'output'
      readonly importance: number
      readonly heading: string
      readonly summary: string | null
      readonly text: string
    }

/** Sections of this importance must be there. */
export const NEEDED = 0

export type Composed = { readonly kind: 'whole'; readonly text: string } | { readonly kind: 'too-long'; readonly length: number }

const BETWEEN = '\n\n'
/** When an output must be cut, its lines are cut here as well. */
const LONGEST_LINE = 2_000

function written(section: Section, text: string): string {
  if (section.kind === 'markdown') return text
  const block = fence(section.kind === 'program' ? 'julia' : 'text', text)
  const body = section.kind === 'output' && section.summary !== null ? details(section.summary, block) : block
  return section.heading ? `${section.heading}${BETWEEN}${body}` : body
}

/** The longest beginning of an output, in whole lines, that fits into `room`; null when not even a few lines do. */
function shortened(section: Section & { kind: 'output' }, room: number): string | null {
  const lines = section.text
    .replace(/\n+$/, '')
    .split('\n')
    .map(line => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line))
  const cut = (n: number) =>
    written(section, [...lines.slice(0, n), `… ${lines.length - n} more ${lines.length - n === 1 ? 'line' : 'lines'} left out`].join('\n'))
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (cut(middle).length <= room) low = middle
    else high = middle - 1
  }
  return low >= 1 && cut(low).length <= room ? cut(low) : null
}

/** Sections stand in the order given; what is kept is decided by importance (0 first), then by that order. */
export function compose(sections: readonly Section[], limit = ISSUE_LIMIT): Composed {
  const texts: (string | null)[] = sections.map(() => null)
  const order = sections.map((section, i) => ({ section, i })).sort((a, b) => a.section.importance - b.section.importance || a.i - b.i)
  let used = 1
  for (const { section, i } of order) {
    const room = limit - used - BETWEEN.length
    const whole = written(section, section.text)
    const text = whole.length <= room ? whole : section.kind === 'output' ? shortened(section, room) : null
    if (text === null && section.importance === NEEDED) return { kind: 'too-long', length: used + whole.length }
    if (text === null) continue
    texts[i] = text
    used += text.length + BETWEEN.length
  }
  return { kind: 'whole', text: `${texts.filter(t => t !== null).join(BETWEEN)}\n` }
}

/** Changes of a text as data: what is replaced, and by what. */

/** Half-open range of offsets of a text. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** New text for a piece of the old one, such as another name of it: what is known of the piece is known of that. */
interface Renamed {
  readonly text: string
  /** Offset of the piece. */
  readonly of: number
}

/** New text, or a copy of a range of the old one. */
export type Part = string | Range | Renamed

function isCopy(part: Part): part is Range {
  return typeof part !== 'string' && 'start' in part
}

interface Replacement extends Range {
  readonly parts: readonly Part[]
}

/** Replacements of one patch do not overlap. */
export interface Patch {
  readonly replacements: readonly Replacement[]
  /** What it does, for people: `drop the argument y`. */
  readonly about: string
}

/** A text, and for each of its characters the offset in the old text that it was copied from; -1 for new ones. */
interface Patched {
  readonly text: string
  readonly from: Int32Array
}

export function replace({ start, end }: Range, ...parts: readonly Part[]): Replacement {
  return { start, end, parts }
}

export function patch(about: string, ...replacements: readonly Replacement[]): Patch {
  return { about, replacements }
}

function partText(part: string | Renamed): string {
  return typeof part === 'string' ? part : part.text
}

/** Tells parts apart; `ofRange` tells ranges apart. */
export function partKey(part: Part, ofRange: (range: Range) => string): string {
  return isCopy(part) ? ofRange(part) : partText(part)
}

/** Patches that may be applied together: none changes what another changes or copies. */
export function areApart(a: Patch, b: Patch): boolean {
  return a.replacements.every(one => b.replacements.every(other => isApart(one, other)))
}

function isApart(one: Replacement, other: Replacement): boolean {
  const overlaps = (p: Range, q: Range) => p.start < q.end && q.start < p.end
  if (overlaps(one, other) || (one.start === other.start && one.end === other.end)) return false
  const copies = (r: Replacement) => r.parts.filter(isCopy)
  return !copies(one).some(part => overlaps(part, other)) && !copies(other).some(part => overlaps(part, one))
}

export function applied(text: string, patches: readonly Patch[]): Patched {
  const all = patches.flatMap(p => p.replacements).sort((a, b) => a.start - b.start || a.end - b.end)
  const texts: string[] = []
  const froms: number[] = []
  const copy = (start: number, end: number) => {
    texts.push(text.slice(start, end))
    for (let at = start; at < end; at++) froms.push(at)
  }
  let at = 0
  for (const { start, end, parts } of all) {
    copy(at, start)
    for (const part of parts) {
      if (isCopy(part)) {
        copy(part.start, part.end)
        continue
      }
      const { text: made, of } = typeof part === 'string' ? { text: part, of: -1 } : part
      texts.push(made)
      for (let i = 0; i < made.length; i++) froms.push(of)
    }
    at = end
  }
  copy(at, text.length)
  return { text: texts.join(''), from: Int32Array.from(froms) }
}

/** By how many characters the text becomes shorter. */
export function gain({ replacements }: Patch): number {
  return replacements.reduce((sum, { start, end, parts }) => {
    const added = parts.reduce((n, part) => n + (isCopy(part) ? part.end - part.start : partText(part).length), 0)
    return sum + (end - start) - added
  }, 0)
}

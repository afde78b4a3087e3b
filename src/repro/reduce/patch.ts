/** Changes of a text as data: what is replaced, and by what. */

/** Half-open range of offsets of a text. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** New text, or a copy of a range of the old one. */
type Part = string | Range

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

/** Patches that may be applied together: none changes what another changes or copies. */
export function areApart(a: Patch, b: Patch): boolean {
  return a.replacements.every(one => b.replacements.every(other => isApart(one, other)))
}

function isApart(one: Replacement, other: Replacement): boolean {
  const overlaps = (p: Range, q: Range) => p.start < q.end && q.start < p.end
  if (overlaps(one, other) || (one.start === other.start && one.end === other.end)) return false
  const copies = (r: Replacement) => r.parts.filter(part => typeof part !== 'string')
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
      if (typeof part !== 'string') copy(part.start, part.end)
      else {
        texts.push(part)
        for (let i = 0; i < part.length; i++) froms.push(-1)
      }
    }
    at = end
  }
  copy(at, text.length)
  return { text: texts.join(''), from: Int32Array.from(froms) }
}

/** By how many characters the text becomes shorter. */
export function gain({ replacements }: Patch): number {
  return replacements.reduce((sum, { start, end, parts }) => {
    const added = parts.reduce((n, part) => n + (typeof part === 'string' ? part.length : part.end - part.start), 0)
    return sum + (end - start) - added
  }, 0)
}

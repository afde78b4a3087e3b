/** Sets of abstract pieces of memory, by their numbers: a bit each, for where calls are dynamic they are large and many. */

export interface ObjectSet extends Iterable<number> {
  /** 32 objects a word. */
  readonly words: readonly number[]
  has(index: number): boolean
}

/** A set that objects can be added to. */
export class GrowingSet implements ObjectSet {
  readonly words: number[] = []

  constructor(objects: Iterable<number> = []) {
    for (const index of objects) this.add(index)
  }

  has(index: number): boolean {
    const at = index >>> 5
    return at < this.words.length && ((this.words[at]! >>> (index & 31)) & 1) === 1
  }

  /** Says whether it is new. */
  add(index: number): boolean {
    const { words } = this
    const at = index >>> 5
    while (words.length <= at) words.push(0)
    const before = words[at]!
    const now = before | (1 << (index & 31))
    words[at] = now
    return now !== before
  }

  /** Says whether any of them is new, and tells `fresh` which. */
  addAll(objects: ObjectSet, fresh: number[] | null = null): boolean {
    const { words } = this
    const others = objects.words
    let grown = false
    for (let i = 0; i < others.length; i++) {
      if (i === words.length) words.push(0)
      const before = words[i]!
      const now = before | others[i]!
      if (now === before) continue
      words[i] = now
      grown = true
      if (fresh) pushBits(now & ~before, i, fresh)
    }
    return grown
  }

  delete(index: number): void {
    if (this.has(index)) this.words[index >>> 5]! &= ~(1 << (index & 31))
  }

  [Symbol.iterator](): Iterator<number> {
    const list: number[] = []
    for (let i = 0; i < this.words.length; i++) pushBits(this.words[i]!, i, list)
    return list[Symbol.iterator]()
  }
}

export const NO_OBJECTS: ObjectSet = new GrowingSet()

function pushBits(word: number, at: number, list: number[]): void {
  let rest = word
  while (rest !== 0) {
    const bit = rest & -rest
    list.push(at * 32 + 31 - Math.clz32(bit))
    rest ^= bit
  }
}

/** Neither has an object that the other has. */
export function areApart(a: ObjectSet, b: ObjectSet): boolean {
  return firstCommon(a, b) === null
}

/** The first object that both have. */
export function firstCommon(a: ObjectSet, b: ObjectSet): number | null {
  const n = Math.min(a.words.length, b.words.length)
  for (let i = 0; i < n; i++) {
    const both = a.words[i]! & b.words[i]!
    if (both !== 0) return i * 32 + 31 - Math.clz32(both & -both)
  }
  return null
}

/** What one has and the other has not. */
export function without(a: ObjectSet, b: ObjectSet): number[] {
  const list: number[] = []
  for (let i = 0; i < a.words.length; i++) pushBits(i < b.words.length ? a.words[i]! & ~b.words[i]! : a.words[i]!, i, list)
  return list
}

/** Is there more than one? */
export function hasSeveral({ words }: ObjectSet): boolean {
  let found = 0
  for (const word of words) if (word !== 0) found += (word & (word - 1)) === 0 ? 1 : 2
  return found > 1
}

export function isEmpty({ words }: ObjectSet): boolean {
  return words.every(word => word === 0)
}

/** All objects of several sets. */
export function union(sets: Iterable<ObjectSet>): GrowingSet {
  const all = new GrowingSet()
  for (const set of sets) all.addAll(set)
  return all
}

/** What the reverse sweep needs from the forward one: stacks of numbers and of references. */
import { InternalError } from '../../diagnostics/bug.ts'
import type { Type } from './ir.ts'
import { Trap } from './memory.ts'

/** The most that JavaScript keeps on its own heap: such a chunk is several times cheaper to make than a larger one. */
const FIRST_CAPACITY = 8
/** Chunks double up to this many numbers; after that a new one is a small part of what is there, so that little of it is empty in the end. */
const DOUBLING = 512
const PART = 64
/** Few tapes hold integers, and a stack that stays empty costs nothing. */
const NO_CHUNK = new Float64Array(0)

interface Chunk {
  readonly data: Float64Array
  readonly count: number
}

/**
 * A stack of numbers in chunks: growing copies nothing, and what was popped is given back. Emitted loops keep `data` and `count` in variables:
 * they write `count` back, and call `above` and `below` at the ends of a chunk.
 */
export class NumberStack {
  /** The chunk at the top. */
  data: Float64Array = NO_CHUNK
  /** Numbers in the chunk at the top; what is past them is of no use. */
  count = 0
  readonly #lower: Chunk[] = []
  #lowerCount = 0
  /** What `mark` and `setAside` keep for `rewind` and `addAside`: pairs of them may hold others. */
  readonly #kept: (readonly Chunk[])[] = []
  /** Kept, so that a push after a pop at the end of a chunk makes nothing. */
  #spare: Float64Array | null = null
  /** Are there zeros, as many as are asked for, while nothing is pushed? */
  isOnZeros = false
  #zero: Float64Array | null = null

  get isEmpty(): boolean {
    return this.size === 0
  }

  /** Numbers in all chunks. */
  get size(): number {
    return this.#lowerCount + this.count
  }

  push(value: number): void {
    if (this.count === this.data.length) this.above(this.count, 1)
    this.data[this.count++] = value
  }

  pop(): number {
    if (this.count === 0) this.below()
    return this.data[--this.count]!
  }

  /** An empty chunk with room for so many comes on top of the one that holds `count`. */
  above(count: number, room: number): Float64Array {
    this.count = count
    if (count > 0) this.#lower.push({ data: this.data, count })
    this.#lowerCount += count
    this.count = 0
    const spare = this.#spare
    this.#spare = null
    this.data = spare && spare.length >= room ? spare : this.makeChunk(this.#capacity(room))
    return this.data
  }

  /** The chunk below becomes the top again. */
  below(): Float64Array {
    const lower = this.#lower.pop() ?? this.#zeros()
    if (!lower) throw new InternalError('pop from an empty stack of numbers')
    this.#spare = this.data
    this.data = lower.data
    this.#lowerCount = Math.max(0, this.#lowerCount - lower.count)
    this.count = lower.count
    return this.data
  }

  /** Once something was pushed, what is missing is a mistake. */
  #zeros(): Chunk | undefined {
    if (!this.isOnZeros || (this.data !== NO_CHUNK && this.data !== this.#zero)) return undefined
    this.#zero ??= new Float64Array(1)
    this.#zero[0] = 0
    return { data: this.#zero, count: 1 }
  }

  /** Popping leaves the numbers of a chunk as they are, so the chunks are enough. */
  mark(): void {
    this.#kept.push(this.#chunks())
  }

  rewind(): void {
    this.#put(this.#kept.pop() ?? [])
  }

  setAside(): void {
    this.#kept.push(this.#chunks())
    this.#put([])
  }

  /** Both end at the top; there are zeros below the shorter one. */
  addAside(): void {
    const [longer, shorter] = [flat(this.#chunks()), flat(this.#kept.pop() ?? [])].sort((a, b) => b.length - a.length) as [
      Float64Array,
      Float64Array,
    ]
    const offset = longer.length - shorter.length
    shorter.forEach((value, i) => {
      longer[offset + i]! += value
    })
    this.#put(longer.length > 0 ? [{ data: longer, count: longer.length }] : [])
  }

  #chunks(): Chunk[] {
    return this.count > 0 ? [...this.#lower, { data: this.data, count: this.count }] : [...this.#lower]
  }

  #put(chunks: readonly Chunk[]): void {
    this.#lower.splice(0, this.#lower.length, ...chunks.slice(0, -1))
    this.#lowerCount = this.#lower.reduce((sum, chunk) => sum + chunk.count, 0)
    this.#spare = null
    const top = chunks.at(-1)
    this.data = top?.data ?? NO_CHUNK
    this.count = top?.count ?? 0
  }

  /** A multiple of `room`: a loop that asks for it will most likely be run again. */
  #capacity(room: number): number {
    const wanted = Math.max(FIRST_CAPACITY, Math.min(this.#lowerCount, DOUBLING), this.#lowerCount / PART)
    return room * Math.ceil(wanted / room)
  }

  protected makeChunk(length: number): Float64Array {
    try {
      return new Float64Array(length)
    } catch (error) {
      if (error instanceof RangeError) throw new Trap({ kind: 'out-of-memory', elements: length })
      throw error
    }
  }
}

function flat(chunks: readonly Chunk[]): Float64Array {
  const all = new Float64Array(chunks.reduce((sum, chunk) => sum + chunk.count, 0))
  let at = 0
  for (const { data, count } of chunks) {
    all.set(data.subarray(0, count), at)
    at += count
  }
  return all
}

export class Tape {
  readonly floats: NumberStack
  readonly ints: NumberStack
  readonly refs: unknown[] = []
  readonly #marked: (readonly unknown[])[] = []

  constructor(newStack: () => NumberStack = () => new NumberStack()) {
    this.floats = newStack()
    this.ints = newStack()
  }

  /** For a shadow: what no sweep has pushed is zero. */
  onZeros(): this {
    this.floats.isOnZeros = true
    return this
  }

  /** What is popped after the mark is there again after `rewind`: a sweep that is run once more finds what it needs. */
  mark(): void {
    this.floats.mark()
    this.ints.mark()
    this.#marked.push(this.refs.slice())
  }

  rewind(): void {
    this.floats.rewind()
    this.ints.rewind()
    this.refs.splice(0, this.refs.length, ...(this.#marked.pop() ?? []))
  }

  /** The adjoint of `rewind`, for a shadow with adjoints: what was there before has no part in what is there after it. */
  setAside(): void {
    this.floats.setAside()
  }

  /** The adjoint of `mark`: what is there now was there after `rewind`, too. */
  addAside(): void {
    this.floats.addAside()
  }

  get isEmpty(): boolean {
    return this.floats.isEmpty && this.ints.isEmpty && this.refs.length === 0
  }

  pushFloat(value: number): void {
    this.floats.push(value)
  }

  popFloat(): number {
    return this.floats.pop()
  }

  pushInt(value: number): void {
    this.ints.push(value)
  }

  popInt(): number {
    return this.ints.pop()
  }

  pushBool(value: boolean): void {
    this.ints.push(value ? 1 : 0)
  }

  popBool(): boolean {
    return this.ints.pop() !== 0
  }

  pushRef(value: unknown): void {
    this.refs.push(value)
  }

  popRef(): unknown {
    if (this.refs.length === 0) throw new InternalError('pop from an empty stack of references')
    return this.refs.pop()
  }
}

/** Which stack of a tape, and so which push and pop, a type uses. */
export function stackOf(type: Type): 'Float' | 'Int' | 'Bool' | 'Ref' {
  // biome-ignore format: one case a line
  switch (type) {
    case 'f64':
    case 'f32': return 'Float'
    case 'i64': return 'Int'
    case 'bool': return 'Bool'
    default: return 'Ref'
  }
}

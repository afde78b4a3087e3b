/**
 * What is known about indices and sizes, in the form `base + literal`; the base is a value, or the size of an array that cannot change.
 * A pass that walks a function from top to bottom tells it of each instruction and asks about values met so far.
 */
import type { Inst, ValueId } from '../3-ir/ir.ts'

/** `base + offset`; the base is null for a literal. */
export interface Sum {
  readonly base: string | null
  readonly offset: number
}

/** An integer that is at least `least` and not above any of `tops`. */
export interface Bounded {
  readonly least: number
  readonly tops: readonly Sum[]
}

/** Steps through definitions before giving up. */
const MOST_STEPS = 16

export class IndexFacts {
  readonly #resizes: boolean
  readonly #defs = new Map<ValueId, Inst>()
  /** The number of turns of the loop whose index a value is. */
  readonly #countOf = new Map<ValueId, ValueId>()

  /** `resizes`: may an array change its size in the function? Then the sizes of vectors are not followed. */
  constructor(resizes: boolean) {
    this.#resizes = resizes
  }

  /** Before the blocks of a loop are walked. */
  enter(inst: Inst): void {
    if (inst.kind === 'for') this.#countOf.set(inst.body.params[0]!.id, inst.count)
  }

  define(id: ValueId, inst: Inst): void {
    this.#defs.set(id, inst)
  }

  definitionOf(id: ValueId): Inst | undefined {
    return this.#defs.get(id)
  }

  literal(id: ValueId): number | null {
    const def = this.#defs.get(id)
    return def?.kind === 'const' && typeof def.value === 'number' ? def.value : null
  }

  /** Is 0 ≤ index < size? */
  isBelow(index: ValueId, size: Sum | null): boolean {
    const known = size && this.bounded(index)
    return known ? known.least >= 0 && known.tops.some(top => top.base === size.base && top.offset < size.offset) : false
  }

  /** What is known of a literal or an index, forwards or backwards, plus a literal. */
  bounded(id: ValueId): Bounded | null {
    const { base, offset } = this.#split(id)
    const known = this.literal(base)
    if (known !== null) return { least: known + offset, tops: [{ base: null, offset: known + offset }] }
    const count = this.#countOf.get(base)
    // 0 ≤ index ≤ count - 1, for the loop is running.
    if (count !== undefined) return { least: offset, tops: raised([this.sum(count), ...this.#tops(count)], offset - 1) }
    return this.#backwards(base, offset) ?? this.#shifted(base, offset)
  }

  /** start + index, where the loop counts up to some last number from start: at most that last number. */
  #shifted(id: ValueId, offset: number): Bounded | null {
    const def = this.#defs.get(id)
    if (def?.kind !== 'op' || def.op !== 'i64.add') return null
    const [a, b] = def.args as [ValueId, ValueId]
    const [start, index] = this.#countOf.has(b) ? [a, b] : [b, a]
    const count = this.#countOf.get(index)
    const least = count === undefined ? undefined : this.bounded(start)?.least
    if (count === undefined || least === undefined) return null
    const turns = this.#split(count)
    const length = this.#defs.get(turns.base)
    if (length?.kind !== 'op' || length.op !== 'i64.sub') return null
    const [last, from] = length.args as [ValueId, ValueId]
    const [one, other] = [this.sum(start), this.sum(from)]
    if (one.base !== other.base) return null
    // index ≤ last - from + turns.offset - 1
    const beyond = one.offset - other.offset + turns.offset - 1 + offset
    return { least: least + offset, tops: raised(this.#lasts(last, other, turns.offset), beyond) }
  }

  /** What `last` may be, when last - from + offset is positive; a range that is empty ends right before it begins. */
  #lasts(last: ValueId, from: Sum, offset: number): readonly Sum[] {
    const def = this.#defs.get(last)
    if (def?.kind !== 'op' || def.op !== 'i64.select') return [this.sum(last)]
    const [empty, other] = [this.sum(def.args[1]!), def.args[2]!]
    return empty.base === from.base && empty.offset - from.offset + offset <= 0 ? [this.sum(other)] : [this.sum(last)]
  }

  /** (count + c) - index, with c ≥ -1: at least c + 1, at most count + c. */
  #backwards(id: ValueId, offset: number): Bounded | null {
    const def = this.#defs.get(id)
    if (def?.kind !== 'op' || def.op !== 'i64.sub') return null
    const count = this.#countOf.get(def.args[1]!)
    if (count === undefined) return null
    const from = this.sum(def.args[0]!)
    const turns = this.sum(count)
    if (from.base !== turns.base) return null
    const c = from.offset - turns.offset
    return { least: c + 1 + offset, tops: raised([turns, ...this.#tops(count)], c + offset) }
  }

  /** Sums that a positive number is not above. */
  #tops(id: ValueId): readonly Sum[] {
    const { base, offset } = this.#split(id)
    const def = this.#defs.get(base)
    if (offset !== 0 || def?.kind !== 'op' || def.op !== 'i64.select') return [this.sum(id)]
    const [test, a, b] = def.args as [ValueId, ValueId, ValueId]
    // One side is not positive, so the number is the other one.
    if ((this.literal(a) ?? 1) <= 0) return this.#tops(b)
    if ((this.literal(b) ?? 1) <= 0) return this.#tops(a)
    // select(a < b, a, b) is the smaller one.
    const less = this.#defs.get(test)
    const isMin = less?.kind === 'op' && (less.op === 'i64.lt' || less.op === 'i64.le') && less.args[0] === a && less.args[1] === b
    return isMin ? [this.sum(a), this.sum(b)] : []
  }

  /** A value without the literals that are added to it. */
  #split(id: ValueId): { base: ValueId; offset: number } {
    let offset = 0
    let base = id
    for (let step = 0; step < MOST_STEPS; step++) {
      const def = this.#defs.get(base)
      const literal = def?.kind === 'op' && def.op === 'i64.add' ? this.literal(def.args[1]!) : null
      if (literal === null || def?.kind !== 'op') break
      offset += literal
      base = def.args[0]!
    }
    return { base, offset }
  }

  /** A value as a sum. */
  sum(id: ValueId): Sum {
    const { base, offset } = this.#split(id)
    const known = this.literal(base)
    if (known !== null) return { base: null, offset: known + offset }
    const def = this.#defs.get(base)
    const size =
      def?.kind === 'prim' && (def.prim === 'arr.len' || def.prim === 'arr.dim') ? this.sizeOf(def.args[0]!, def.args[1] ?? null) : null
    return size ? { base: size.base, offset: size.offset + offset } : { base: `value ${base}`, offset }
  }

  /** The sizes an array was made with, while it has them: only vectors are resized. */
  dimsOf(array: ValueId): readonly ValueId[] | null {
    const def = this.#defs.get(array)
    const dims = def?.kind === 'alloc' ? def.dims : def?.kind === 'prim' && def.prim === 'arr.reshape' ? def.args.slice(1) : null
    return dims && (dims.length !== 1 || !this.#resizes) ? dims : null
  }

  /** The length of an array, or its size along an axis, while it cannot change. */
  sizeOf(array: ValueId, axis: ValueId | null): Sum | null {
    const dims = this.dimsOf(array)
    const k = axis === null ? null : this.literal(axis)
    if (axis !== null && k === null) return null
    if (dims && k !== null) return k < dims.length ? this.sum(dims[k]!) : { base: null, offset: 1 }
    if (dims?.length === 1) return this.sum(dims[0]!)
    if (this.#resizes) return null
    return { base: k === null ? `length ${array}` : `size ${array} ${k}`, offset: 0 }
  }
}

function raised(sums: readonly Sum[], by: number): Sum[] {
  return sums.map(({ base, offset }) => ({ base, offset: offset + by }))
}

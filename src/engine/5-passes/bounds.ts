/**
 * Drops bounds checks that cannot fail: of an index that counts from 0 to less than a size, plus a literal, against that size.
 * Integers are compared in the form `base + literal`; the base is a value, or the size of an array that cannot change here.
 *
 * Needs: sizes and sums in folded form. Promises: nothing for others; what is left is checked.
 */
import { effectsOfBlock } from '../3-ir/effects.ts'
import type { Block, Func, Inst, ValueId } from '../3-ir/ir.ts'
import { blocksOf, mapInst, outsOf } from '../3-ir/visit.ts'
import type { PassContext } from './pass.ts'

export function bounds(f: Func, cx: PassContext): Func {
  const prover = new Prover(effectsOfBlock(f.body, cx.effectsOfCall).resizes)
  const body = prover.block(f.body)
  return body === f.body ? f : { ...f, body }
}

/** `base + offset`; the base is null for a literal. */
interface Sum {
  readonly base: string | null
  readonly offset: number
}

/** Steps through definitions before giving up. */
const MOST_STEPS = 16

class Prover {
  readonly #resizes: boolean
  readonly #defs = new Map<ValueId, Inst>()
  /** The number of turns of the loop whose index a value is. */
  readonly #countOf = new Map<ValueId, ValueId>()

  constructor(resizes: boolean) {
    this.#resizes = resizes
  }

  block(block: Block): Block {
    const body: Inst[] = []
    for (const before of block.body) {
      if (before.kind === 'for') this.#countOf.set(before.body.params[0]!.id, before.count)
      const inst = blocksOf(before).length > 0 ? mapInst(before, { block: inner => this.block(inner) }) : before
      for (const out of outsOf(inst)) this.#defs.set(out.id, inst)
      if (!this.#isNeedless(inst)) body.push(inst)
    }
    const same = body.length === block.body.length && body.every((inst, i) => inst === block.body[i])
    return same ? block : { ...block, body }
  }

  #isNeedless(inst: Inst): boolean {
    if (inst.kind !== 'prim') return false
    if (inst.prim === 'arr.check') return this.#isBelow(inst.args[1]!, this.#sizeOf(inst.args[0]!, null))
    if (inst.prim === 'arr.check_dim') return this.#isBelow(inst.args[2]!, this.#sizeOf(inst.args[0]!, inst.args[1]!))
    return false
  }

  /** Is 0 ≤ index < size? */
  #isBelow(index: ValueId, size: Sum | null): boolean {
    if (!size) return false
    let offset = 0
    let base = index
    for (let step = 0; step < MOST_STEPS; step++) {
      const count = this.#countOf.get(base)
      if (count !== undefined) {
        // 0 ≤ base ≤ count - 1, for the loop is running.
        return offset >= 0 && this.#upperBounds(count).some(top => top.base === size.base && top.offset - 1 + offset < size.offset)
      }
      const def = this.#defs.get(base)
      const literal = def?.kind === 'op' && def.op === 'i64.add' ? this.#literal(def.args[1]!) : null
      if (literal === null || def?.kind !== 'op') break
      offset += literal
      base = def.args[0]!
    }
    const known = this.#literal(base)
    return known !== null && known + offset >= 0 && size.base === null && known + offset < size.offset
  }

  /** Sums that a positive number is not above. */
  #upperBounds(id: ValueId): readonly Sum[] {
    const def = this.#defs.get(id)
    if (def?.kind !== 'op' || def.op !== 'i64.select') return [this.#sum(id)]
    const [test, a, b] = def.args as [ValueId, ValueId, ValueId]
    // One side is not positive, so the number is the other one.
    if ((this.#literal(a) ?? 1) <= 0) return this.#upperBounds(b)
    if ((this.#literal(b) ?? 1) <= 0) return this.#upperBounds(a)
    // select(a < b, a, b) is the smaller one.
    const less = this.#defs.get(test)
    const isMin = less?.kind === 'op' && (less.op === 'i64.lt' || less.op === 'i64.le') && less.args[0] === a && less.args[1] === b
    return isMin ? [this.#sum(a), this.#sum(b)] : []
  }

  #literal(id: ValueId): number | null {
    const def = this.#defs.get(id)
    return def?.kind === 'const' && typeof def.value === 'number' ? def.value : null
  }

  #sum(id: ValueId): Sum {
    let offset = 0
    let base = id
    for (let step = 0; step < MOST_STEPS; step++) {
      const def = this.#defs.get(base)
      if (def?.kind === 'const' && typeof def.value === 'number') return { base: null, offset: offset + def.value }
      if (def?.kind === 'prim' && (def.prim === 'arr.len' || def.prim === 'arr.dim')) {
        const size = this.#sizeOf(def.args[0]!, def.args[1] ?? null)
        if (size) return { base: size.base, offset: size.offset + offset }
      }
      const literal = def?.kind === 'op' && def.op === 'i64.add' ? this.#literal(def.args[1]!) : null
      if (literal === null || def?.kind !== 'op') break
      offset += literal
      base = def.args[0]!
    }
    return { base: `value ${base}`, offset }
  }

  /** The length of an array, or its size along an axis, while it cannot change. */
  #sizeOf(array: ValueId, axis: ValueId | null): Sum | null {
    const def = this.#defs.get(array)
    const dims = def?.kind === 'alloc' ? def.dims : def?.kind === 'prim' && def.prim === 'arr.reshape' ? def.args.slice(1) : null
    const k = axis === null ? null : this.#literal(axis)
    if (axis !== null && k === null) return null
    if (dims && (dims.length !== 1 || !this.#resizes)) {
      if (k !== null) return k < dims.length ? this.#sum(dims[k]!) : { base: null, offset: 1 }
      if (dims.length === 1) return this.#sum(dims[0]!)
    }
    if (this.#resizes) return null
    return { base: k === null ? `length ${array}` : `size ${array} ${k}`, offset: 0 }
  }
}

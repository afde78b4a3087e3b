/**
 * Sums and products of natural numbers that are used for nothing but to address elements. An index is inside of its array (the IR promises it),
 * so a sum that it contains is too small to leave the exact range; where it does leave it, no element is addressed with it.
 */
import { effectsOf } from '../3-ir/effects.ts'
import type { Block, Inst, ValueId } from '../3-ir/ir.ts'
import { blocksOf, operands } from '../3-ir/visit.ts'

/** A literal that is added to an index may be negative, down to this: it cannot bring a sum back into range. */
const SMALL = 2 ** 20

/** `natural`: the integers that are surely not negative. */
export function indexOnly(body: Block, natural: ReadonlySet<ValueId>): Inst[] {
  const uses = new Uses(natural)
  uses.collect(body)
  return uses.found()
}

/** Operations of which the result addresses an element right after, before anything may stop the program: it is inside of an array then. */
export function indexSoon(body: Block): ReadonlySet<Inst> {
  const found = new Set<Inst>()
  const visit = (block: Block): void => {
    const soon = new Set<ValueId>()
    for (let i = block.body.length - 1; i >= 0; i--) {
      const inst = block.body[i]!
      for (const inner of blocksOf(inst)) visit(inner)
      if (effectsOf(inst).traps === 'may') soon.clear()
      if (inst.kind === 'load' || inst.kind === 'store') soon.add(inst.index)
      else if (inst.kind === 'op' && soon.has(inst.out.id)) found.add(inst)
    }
  }
  visit(body)
  return found
}

type Op = Extract<Inst, { kind: 'op' }>

class Uses {
  readonly #natural: ReadonlySet<ValueId>
  readonly #literals = new Map<ValueId, number>()
  /** Sums and products in order of their definition. */
  readonly #sums: Op[] = []
  /** Values that are used for something else. */
  readonly #other = new Set<ValueId>()
  readonly #usedBySum = new Map<ValueId, Op[]>()

  constructor(natural: ReadonlySet<ValueId>) {
    this.#natural = natural
  }

  collect(block: Block): void {
    for (const inst of block.body) {
      if (inst.kind === 'const' && typeof inst.value === 'number') this.#literals.set(inst.out.id, inst.value)
      if (inst.kind === 'op' && this.#isSum(inst)) this.#note(inst)
      else for (const id of operands(inst)) if (!isIndexOf(inst, id)) this.#other.add(id)
      for (const inner of blocksOf(inst)) this.collect(inner)
    }
    for (const id of block.yields) this.#other.add(id)
  }

  #isSum({ op, args }: Op): boolean {
    if (op !== 'i64.add' && op !== 'i64.mul') return false
    const [x, y] = args as [ValueId, ValueId]
    const literal = this.#literals.get(y)
    return this.#natural.has(x) && (this.#natural.has(y) || (op === 'i64.add' && literal !== undefined && literal >= -SMALL))
  }

  #note(sum: Op): void {
    this.#sums.push(sum)
    for (const id of sum.args) {
      const list = this.#usedBySum.get(id)
      if (list) list.push(sum)
      else this.#usedBySum.set(id, [sum])
    }
  }

  /** Uses come after definitions, so the last sums are settled first. */
  found(): Op[] {
    const only = new Set<Op>()
    for (const sum of this.#sums.reverse()) {
      const { id } = sum.out
      if (!this.#other.has(id) && (this.#usedBySum.get(id) ?? []).every(user => only.has(user))) only.add(sum)
    }
    return [...only]
  }
}

/** Is the value the index of an access, and nothing else in it? */
function isIndexOf(inst: Inst, id: ValueId): boolean {
  return (inst.kind === 'load' && inst.index === id) || (inst.kind === 'store' && inst.index === id && inst.value !== id)
}

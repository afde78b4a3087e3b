/**
 * `a[i] = a[i] + t`, with nothing in between that writes: the shadow of the place stays as it is, and `t` receives it. Without knowing,
 * the reverse sweep would move the shadow out, put zero there and add it again.
 */
import { effectsOf } from '../3-ir/effects.ts'
import type { Block, Func, Inst, ValueId } from '../3-ir/ir.ts'
import { blocksOf, operands } from '../3-ir/visit.ts'

type Load = Extract<Inst, { kind: 'load' }>
type Store = Extract<Inst, { kind: 'store' }>

/** Stores of sums and differences that begin with what they overwrite, and the loads of that. */
export class Accumulations {
  readonly #insts = new Set<Inst>()
  readonly #uses = new Map<ValueId, number>()

  constructor(func: Func) {
    this.#count(func.body)
    this.#find(func.body)
  }

  has(inst: Inst): boolean {
    return this.#insts.has(inst)
  }

  #count(block: Block): void {
    const use = (id: ValueId): void => {
      this.#uses.set(id, (this.#uses.get(id) ?? 0) + 1)
    }
    for (const inst of block.body) {
      operands(inst).forEach(use)
      for (const inner of blocksOf(inst)) this.#count(inner)
    }
    block.yields.forEach(use)
  }

  #find(block: Block): void {
    /** Loads since the last write, and the sums and differences that begin with one of them, by value. */
    const begins = new Map<ValueId, Load>()
    for (const inst of block.body) {
      for (const inner of blocksOf(inst)) this.#find(inner)
      if (inst.kind === 'store') this.#store(inst, begins.get(inst.value))
      if (effectsOf(inst).writes) begins.clear()
      else if (inst.kind === 'load' && this.#isUsedOnce(inst.out.id)) begins.set(inst.out.id, inst)
      else if (inst.kind === 'op' && (inst.op === 'f64.add' || inst.op === 'f64.sub') && this.#isUsedOnce(inst.out.id)) {
        const first = begins.get(inst.args[0]!) ?? (inst.op === 'f64.add' ? begins.get(inst.args[1]!) : undefined)
        if (first) begins.set(inst.out.id, first)
      }
    }
  }

  #store(inst: Store, load: Load | undefined): void {
    if (load?.arr !== inst.arr || load.index !== inst.index || load.column !== inst.column) return
    this.#insts.add(inst)
    this.#insts.add(load)
  }

  #isUsedOnce(id: ValueId): boolean {
    return this.#uses.get(id) === 1
  }
}

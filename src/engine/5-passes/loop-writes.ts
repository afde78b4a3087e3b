/** Which memory a loop may write to, as far as a read of an array can be told apart from it. */
import { type EffectsOfCall, effectsOf } from '../3-ir/effects.ts'
import type { Func, Inst, ValueId } from '../3-ir/ir.ts'
import { blocksOf, forEachInst, forEachParam } from '../3-ir/visit.ts'

type Load = Extract<Inst, { kind: 'load' }>
type Store = Extract<Inst, { kind: 'store' }>

interface Writes {
  readonly stores: readonly Store[]
  /** Something else may write to arrays. */
  readonly others: boolean
}

export class LoopWrites {
  readonly #ofCall: EffectsOfCall
  readonly #typeOf = new Map<ValueId, string>()
  /** Arrays that are told apart from all others but parameters, and those. */
  readonly #made = new Set<ValueId>()
  readonly #params: ReadonlySet<ValueId>
  readonly #writes = new Map<Inst, Writes>()

  constructor(f: Func, ofCall: EffectsOfCall) {
    this.#ofCall = ofCall
    this.#params = new Set(f.body.params.map(param => param.id))
    forEachParam(f.body, param => this.#typeOf.set(param.id, param.type))
    forEachInst(f.body, inst => {
      if (inst.kind === 'alloc') this.#made.add(inst.out.id)
    })
  }

  mayChange(loop: Inst, load: Load): boolean {
    const { stores, others } = this.#of(loop)
    return others || stores.some(store => store.column === load.column && this.#mayBeSame(store.arr, load.arr))
  }

  #mayBeSame(a: ValueId, b: ValueId): boolean {
    if (a === b) return true
    if (this.#typeOf.get(a) !== this.#typeOf.get(b)) return false
    const [isMadeA, isMadeB] = [this.#made.has(a), this.#made.has(b)]
    return !((isMadeA && (isMadeB || this.#params.has(b))) || (isMadeB && this.#params.has(a)))
  }

  #of(loop: Inst): Writes {
    let found = this.#writes.get(loop)
    if (!found) {
      const stores: Store[] = []
      let others = false
      for (const block of blocksOf(loop))
        forEachInst(block, inst => {
          if (inst.kind === 'store') stores.push(inst)
          else if (blocksOf(inst).length === 0 && inst.kind !== 'push' && inst.kind !== 'pop')
            others ||= effectsOf(inst, this.#ofCall).writes
        })
      found = { stores, others }
      this.#writes.set(loop, found)
    }
    return found
  }
}

/** Which values stand for which, and new ids: what a pass needs when it replaces values. */
import type { Param, Type, ValueId } from '../3-ir/ir.ts'

export class Renaming {
  readonly #to = new Map<ValueId, ValueId>()
  nextId: number

  constructor(nextId: number) {
    this.nextId = nextId
  }

  /** What stands for a value now; itself if nothing does. Bound, so that it can be handed to `mapOperands`. */
  readonly of = (id: ValueId): ValueId => this.#to.get(id) ?? id

  /** From here on `to`, which must be a final value itself, stands for `from`. */
  set(from: ValueId, to: ValueId): void {
    this.#to.set(from, to)
  }

  fresh(type: Type, name: string): Param {
    return { id: this.nextId++ as ValueId, type, name }
  }
}

/** Where the reverse sweep gets values of the forward sweep from: first it only asks, to find out what it needs; then it gets them. */
import { invariant } from '../../diagnostics/bug.ts'
import type { Builder } from '../3-ir/build.ts'
import type { Block, Inst, Loc, ValueId } from '../3-ir/ir.ts'
import { mapInst, outsOf } from '../3-ir/visit.ts'
import type { Decisions } from './decisions.ts'
import type { Differentiation, Noted } from './differentiation.ts'
import type { Demands, Plan } from './keep.ts'
import type { Places } from './places.ts'
import { isShadowKey, type Key, primalKey, shadowKey, valueOfKey } from './recompute.ts'

/** The reversed loop that a block is the body of: its own index, counting up, and the number of trips. */
export interface ReversedLoop {
  readonly index: ValueId
  readonly count: () => ValueId
}

export interface ReverseValues {
  get(key: Key): ValueId
  trips(loop: Inst): ValueId
  tape(): ValueId
  /** At the start of a reversed block. */
  enter(block: Block, loop: ReversedLoop | null, at: Loc): void
}

/** Gives placeholders and notes what was asked for. */
export class Asking implements ReverseValues {
  readonly #b: Builder
  readonly #places: Places
  readonly #keys = new Map<Key, ValueId>()
  readonly #trips = new Set<Inst>()
  #usesTape = false

  constructor(b: Builder, places: Places) {
    this.#b = b
    this.#places = places
  }

  get(key: Key): ValueId {
    let id = this.#keys.get(key)
    if (id === undefined) {
      const { type, name } = this.#places.param(valueOfKey(key))
      id = this.#b.fresh(type, name).id
      this.#keys.set(key, id)
    }
    return id
  }

  trips(loop: Inst): ValueId {
    this.#trips.add(loop)
    return this.#b.fresh('i64', 'trips').id
  }

  tape(): ValueId {
    this.#usesTape = true
    return this.#b.fresh('tape', 'tape').id
  }

  enter(): void {}

  demands(): Demands {
    return { keys: new Set(this.#keys.keys()), trips: this.#trips, usesTape: this.#usesTape }
  }
}

/** Pops and computes again as the plan says. */
export class Getting implements ReverseValues {
  readonly #b: Builder
  readonly #places: Places
  readonly #plan: Plan
  readonly #decisions: Decisions
  readonly #tape: ValueId | null
  readonly #values: Map<Key, ValueId>
  readonly #trips: Map<Inst, ValueId>
  readonly #noted: Noted | undefined

  /** `values`, `trips`: what is in scope from the start. */
  constructor(
    b: Builder,
    { places, decisions, noted }: Pick<Differentiation, 'places' | 'decisions' | 'noted'>,
    plan: Plan,
    tape: ValueId | null,
    values: Map<Key, ValueId>,
    trips: Map<Inst, ValueId>,
  ) {
    this.#b = b
    this.#places = places
    this.#decisions = decisions
    this.#noted = noted
    this.#plan = plan
    this.#tape = tape
    this.#values = values
    this.#trips = trips
  }

  get(key: Key): ValueId {
    const id = this.#values.get(key)
    invariant(
      id !== undefined,
      `the reverse sweep has no ${isShadowKey(key) ? 'shadow of ' : ''}\`${this.#places.param(valueOfKey(key)).name}\``,
    )
    return id
  }

  trips(loop: Inst): ValueId {
    const id = this.#trips.get(loop)
    invariant(id !== undefined, 'the reverse sweep has no count of the trips of a loop')
    return id
  }

  tape(): ValueId {
    invariant(this.#tape !== null, 'the reverse sweep has no tape')
    return this.#tape
  }

  enter(block: Block, loop: ReversedLoop | null, at: Loc): void {
    const b = this.#b
    for (const kept of this.#decisions.popped(this.#plan.kept(block))) {
      if (kept.kind === 'trips') this.#trips.set(kept.loop, b.pop(this.tape(), 'i64', at, 'trips'))
      else {
        const { type, name } = this.#places.param(valueOfKey(kept.key))
        const popped = b.pop(this.tape(), type, at, isShadowKey(kept.key) ? `${name}_shadow` : name, kept.slot)
        if (isShadowKey(kept.key)) this.#noted?.shadows.add(popped)
        this.#values.set(kept.key, popped)
      }
    }
    for (const { key, recipe } of this.#plan.again(block)) {
      if (this.#values.has(key)) continue
      switch (recipe.kind) {
        case 'index': {
          invariant(loop, 'an index outside of a loop')
          this.#values.set(key, this.#decisions.turn(b, loop.count(), loop.index, at, this.#places.param(valueOfKey(key)).name))
          break
        }
        case 'again':
          this.#repeat(recipe.inst, isShadowKey(key), at)
          break
        case 'literal': {
          const array = b.alloc(
            recipe.inst.out.type as `arr<${string}>`,
            recipe.inst.dims.map(id => this.#constant(id, at)),
            at,
            recipe.inst.out.name,
          )
          for (const { index, column, value } of recipe.stores)
            b.store(array, this.#constant(index, at), column, this.#constant(value, at), at)
          this.#values.set(key, array)
        }
      }
    }
  }

  #constant(id: ValueId, at: Loc): ValueId {
    const { inst } = this.#places.value(id)
    invariant(inst?.kind === 'const', 'a literal array is made of constants')
    return this.#b.const(inst.out.type, inst.value, at, inst.out.name)
  }

  /** The instruction again; for a shadow, its first operand is the shadow of what it was. */
  #repeat(inst: Inst, onShadow: boolean, at: Loc): void {
    const b = this.#b
    let first = true
    const value = (id: ValueId): ValueId => {
      const key = onShadow && first ? shadowKey(id) : primalKey(id)
      first = false
      return this.get(key)
    }
    if (inst.kind === 'const') {
      this.#values.set(primalKey(inst.out.id), b.const(inst.out.type, inst.value, at, inst.out.name))
      return
    }
    const copy = mapInst(inst, { value, param: out => b.fresh(out.type, onShadow ? `${out.name}_shadow` : out.name) })
    b.append({ ...copy, at })
    const copies = outsOf(copy)
    outsOf(inst).forEach((out, i) => this.#values.set(onShadow ? shadowKey(out.id) : primalKey(out.id), copies[i]!.id))
  }
}

/**
 * Decides, for each value the reverse sweep asks for, whether it is in scope, computed again, or put on the tape. A value is
 * computed again when that takes little work on values that are there anyway, or that are kept once outside of its loop.
 */
import type { Block, Inst } from '../3-ir/ir.ts'
import type { Places } from './places.ts'
import { type Key, type Recipe, type Recipes, valueOfKey } from './recompute.ts'

/** Instructions that computing one value again may take. */
const MOST_WORK = 12

/** What the reverse sweep found that it needs. */
export interface Demands {
  readonly keys: ReadonlySet<Key>
  /** `while` loops whose number of trips is needed. */
  readonly trips: ReadonlySet<Inst>
  /** Calls whose derivatives use the tape are there. */
  readonly usesTape: boolean
}

/** One entry of the tape of a block: a value of the forward sweep, or a loop's trips. */
export type Kept = { readonly kind: 'value'; readonly key: Key; readonly slot: number } | { readonly kind: 'trips'; readonly loop: Inst }

export class Plan {
  readonly demands: Demands
  readonly #places: Places
  readonly #recipes: Recipes
  readonly #isInScope: (key: Key) => boolean
  readonly #tripsInScope: (loop: Inst) => boolean
  readonly #newSlot: () => number
  readonly #decided = new Map<Key, 'kept' | 'again' | 'scope'>()
  readonly #kept = new Map<Block, Kept[]>()
  readonly #again = new Map<Block, Key[]>()

  constructor(
    places: Places,
    recipes: Recipes,
    demands: Demands,
    isInScope: (key: Key) => boolean,
    tripsInScope: (loop: Inst) => boolean,
    newSlot: () => number,
  ) {
    this.demands = demands
    this.#places = places
    this.#recipes = recipes
    this.#isInScope = isInScope
    this.#tripsInScope = tripsInScope
    this.#newSlot = newSlot
    const keys = [...demands.keys].sort((a, b) => this.#order(a) - this.#order(b))
    for (const key of keys) this.#decide(key)
    for (const loop of demands.trips)
      if (!tripsInScope(loop)) this.#list(this.#kept, places.scopeOfInst(loop).block).push({ kind: 'trips', loop })
    for (const list of this.#again.values()) list.sort((a, b) => this.#order(a) - this.#order(b))
  }

  /** What is pushed at the end of a block, in this order. */
  kept(block: Block): readonly Kept[] {
    return this.#kept.get(block) ?? []
  }

  /** What is computed again at the start of the reversed block, after the pops. */
  again(block: Block): readonly { readonly key: Key; readonly recipe: Recipe }[] {
    return (this.#again.get(block) ?? []).map(key => ({ key, recipe: this.#recipes.of(key)! }))
  }

  get needsTape(): boolean {
    return this.demands.usesTape || this.#kept.size > 0
  }

  countsTrips(loop: Inst): boolean {
    return this.demands.trips.has(loop)
  }

  tripsInScope(loop: Inst): boolean {
    return this.#tripsInScope(loop)
  }

  *allKept(): Generator<{ readonly block: Block; readonly kept: Kept }> {
    for (const [block, list] of this.#kept) for (const kept of list) yield { block, kept }
  }

  /** What is there without the plan's doing. */
  inScope(): Key[] {
    return [...this.#decided].filter(([, how]) => how === 'scope').map(([key]) => key)
  }

  #order(key: Key): number {
    return this.#places.value(valueOfKey(key)).order
  }

  #list<T>(lists: Map<Block, T[]>, block: Block): T[] {
    let list = lists.get(block)
    if (!list) {
      list = []
      lists.set(block, list)
    }
    return list
  }

  #decide(key: Key): void {
    if (this.#decided.has(key)) return
    const { scope } = this.#places.value(valueOfKey(key))
    if (this.#isInScope(key)) {
      this.#decided.set(key, 'scope')
      return
    }
    if (this.#work(key, scope.depth, 0) > MOST_WORK) {
      this.#decided.set(key, 'kept')
      this.#list(this.#kept, scope.block).push({ kind: 'value', key, slot: this.#newSlot() })
      return
    }
    this.#decided.set(key, 'again')
    this.#list(this.#again, scope.block).push(key)
    for (const from of this.#recipes.of(key)!.from) this.#decide(from)
  }

  /** Instructions it takes to compute `key` again from what is there or is kept further out than `depth`; Infinity if it cannot be. */
  #work(key: Key, depth: number, before: number): number {
    const recipe = this.#recipes.of(key)
    if (!recipe || before > MOST_WORK) return Infinity
    let work = recipe.kind === 'literal' ? 0 : 1
    for (const from of recipe.from) {
      if (this.#decided.has(from) || this.#isInScope(from)) continue
      if (this.#places.value(valueOfKey(from)).scope.depth < depth) continue
      work += this.#work(from, depth, before + work)
      if (work > MOST_WORK) return Infinity
    }
    return work
  }
}

/**
 * Integers that are only counted up or down by small literals, or by the turns that a loop has just done, through loops and branches, from
 * numbers that are not large. No program runs so many instructions and turns that one of them leaves the exact range.
 */
import type { Block, Inst, Param, ValueId } from '../3-ir/ir.ts'
import { blocksOf } from '../3-ir/visit.ts'

export interface Interval {
  readonly low: number
  readonly high: number
}

/** What is added at once, at most; for each turn, if turns are added. */
const LARGEST_STEP = 4
/** Instructions that a program ever runs, and where counting may begin, at most: together they stay exact. */
const MOST_STEPS = 2 ** 50
const FARTHEST_START = 2 ** 51

/** Intervals of the integers that are counted in a loop, if there are any; `of` knows those that are not. */
export function counters(body: Block, of: (id: ValueId) => Interval): ReadonlyMap<ValueId, Interval> {
  const flow = new Flow()
  flow.collect(body)
  return flow.carried.size > 0 ? flow.intervals(of) : new Map()
}

/** Where an integer comes from: other integers, each with what is added to it. */
interface Source {
  readonly from: ValueId
  readonly step: number
  /** The number of turns that is added instead, if it is not negative. */
  readonly turns: ValueId | null
}

class Flow {
  readonly carried = new Set<ValueId>()
  readonly #sources = new Map<ValueId, Source[]>()
  readonly #users = new Map<ValueId, ValueId[]>()
  readonly #literals = new Map<ValueId, number>()
  /** The count that select(count < 0, 0, count) stands for. */
  readonly #counts = new Map<ValueId, ValueId>()

  collect(block: Block): void {
    /** Counts of the loops before, and how often their turns were added. */
    const turns = new Map<ValueId, number>()
    for (const inst of block.body) {
      this.#inst(inst, turns)
      for (const inner of blocksOf(inst)) this.collect(inner)
      if (inst.kind === 'for') turns.set(inst.count, 0)
    }
  }

  #inst(inst: Inst, turns: Map<ValueId, number>): void {
    switch (inst.kind) {
      case 'const':
        if (typeof inst.value === 'number') this.#literals.set(inst.out.id, inst.value)
        break
      case 'op': {
        const [a, b, c] = inst.args as [ValueId, ValueId, ValueId]
        const step = inst.op === 'i64.add' || inst.op === 'i64.sub' ? this.#literals.get(b) : undefined
        if (step !== undefined && Math.abs(step) <= LARGEST_STEP) this.#from(inst.out, a, inst.op === 'i64.add' ? step : -step)
        else if (inst.op === 'i64.add') this.#addTurns(inst.out, a, b, turns)
        else if (inst.op === 'i64.select') {
          for (const from of [b, c]) this.#from(inst.out, from, 0)
          if (this.#literals.get(b) === 0) this.#counts.set(inst.out.id, c)
        }
        break
      }
      case 'if':
        inst.outs.forEach((out, i) => {
          for (const arm of [inst.then, inst.else]) if (arm.body.at(-1)?.kind !== 'throw') this.#from(out, arm.yields[i]!, 0)
        })
        break
      case 'for':
        this.#carry([inst.outs, inst.body.params.slice(1)], inst.inits, inst.body.yields)
        break
      case 'while':
        this.#carry([inst.outs, inst.cond.params, inst.body.params], inst.inits, inst.body.yields)
        break
    }
  }

  #addTurns(out: Param, from: ValueId, added: ValueId, turns: Map<ValueId, number>): void {
    const count = turns.has(added) ? added : this.#counts.get(added)
    const before = count === undefined ? undefined : turns.get(count)
    if (count === undefined || before === undefined || before === LARGEST_STEP) return
    turns.set(count, before + 1)
    this.#from(out, from, 0, added)
  }

  #carry(groups: readonly (readonly Param[])[], inits: readonly ValueId[], yields: readonly ValueId[]): void {
    for (const group of groups)
      group.forEach((param, i) => {
        if (param.type !== 'i64') return
        this.carried.add(param.id)
        this.#from(param, inits[i]!, 0)
        this.#from(param, yields[i]!, 0)
      })
  }

  #from(to: Param, from: ValueId, step: number, turns: ValueId | null = null): void {
    if (to.type !== 'i64') return
    listOf(this.#sources, to.id).push({ from, step, turns })
    listOf(this.#users, from).push(to.id)
  }

  intervals(of: (id: ValueId) => Interval): ReadonlyMap<ValueId, Interval> {
    const start = (isGood: (interval: Interval) => boolean) => (source: Source) => this.#sources.has(source.from) || isGood(of(source.from))
    const isNear = start(({ low, high }) => low >= -FARTHEST_START && high <= FARTHEST_START)
    const isNatural = start(({ low }) => low >= 0)
    const isUp = ({ turns }: Source): boolean => turns === null || of(turns).low >= 0
    const far = this.#reachedFrom(source => !isNear(source) || !isUp(source))
    const signed = this.#reachedFrom(source => source.step < 0 || !isNatural(source))
    const most = FARTHEST_START + LARGEST_STEP * MOST_STEPS
    const found = new Map<ValueId, Interval>()
    for (const id of this.#sources.keys()) if (!far.has(id)) found.set(id, { low: signed.has(id) ? -most : 0, high: most })
    return found
  }

  /** What may come through a source that passes the test. */
  #reachedFrom(test: (source: Source) => boolean): ReadonlySet<ValueId> {
    const reached = new Set<ValueId>()
    for (const [id, sources] of this.#sources) if (sources.some(test)) reached.add(id)
    for (const from of reached) for (const to of this.#users.get(from) ?? []) reached.add(to)
    return reached
  }
}

function listOf<T>(lists: Map<ValueId, T[]>, id: ValueId): T[] {
  let list = lists.get(id)
  if (!list) {
    list = []
    lists.set(id, list)
  }
  return list
}

/**
 * Intervals of integers, and which integer operations can therefore not leave the exact range. Hoisting may move those, and emitted code
 * need not check them.
 */
import { type EffectsOfCall, effectsOf } from '../3-ir/effects.ts'
import type { Block, Func, Inst, Param, ValueId } from '../3-ir/ir.ts'
import { MOST_ELEMENTS } from '../3-ir/memory.ts'
import type { Op } from '../3-ir/ops.ts'
import { blocksOf, forEachInst, outsOf } from '../3-ir/visit.ts'
import { counters, type Interval } from './counters.ts'
import { IndexFacts, type Sum } from './index-facts.ts'
import { indexOnly, indexSoon } from './index-only.ts'

export interface Ranges {
  /** Integer operations that never overflow. */
  readonly exact: ReadonlySet<Inst>
  /** Integers that are never negative. */
  readonly natural: ReadonlySet<ValueId>
  /** Integer operations of which no operand is negative where they stand. */
  readonly ofNaturals: ReadonlySet<Inst>
  /** Instructions, blocks aside, that may change the size of an array. */
  readonly resizing: ReadonlySet<Inst>
}

/** What is within these is exact whatever its digits. */
const TOP = Number.MAX_SAFE_INTEGER
/** No integer is further from 0. */
const END = 2 ** 63
/** Of an index that is inside of its array. */
const INSIDE: Interval = { low: 0, high: MOST_ELEMENTS }
const ANY: Interval = { low: -END, high: END }
/** Operations that trap only where the result is out of range. */
const CHECKED: ReadonlySet<Op> = new Set<Op>(['i64.add', 'i64.sub', 'i64.mul'])
/** A loop does not come to a turn beyond this. */
const MOST_TURNS = 2 ** 50
/** How much two numbers may be above two sizes of one array so that their product is still exact. */
const SLACK = 8

const known = new WeakMap<Func, Ranges>()

/** Computed once a function, best by whoever knows the effects of calls; without them any call may resize arrays. */
export function rangesOf(f: Func, effectsOfCall?: EffectsOfCall): Ranges {
  let ranges = known.get(f)
  if (!ranges) {
    ranges = find(f, effectsOfCall, false)
    known.set(f, ranges)
  }
  return ranges
}

/** Operations that are exact wherever their operands exist, not only where they stand; what an allocation says about its sizes does not count. */
export function movableOps(f: Func, effectsOfCall: EffectsOfCall): ReadonlySet<Inst> {
  return find(f, effectsOfCall, true).exact
}

function find(f: Func, effectsOfCall: EffectsOfCall | undefined, anywhere: boolean): Ranges {
  const resizing = resizingIn(f.body, effectsOfCall)
  const soon = anywhere ? new Set<Inst>() : indexSoon(f.body)
  let finder = new Finder(resizing, anywhere, new Map(), soon)
  finder.block(f.body)
  const counted = counters(f.body, id => finder.of(id))
  if (counted.size > 0) {
    finder = new Finder(resizing, anywhere, counted, soon)
    finder.block(f.body)
  }
  for (const inst of indexOnly(f.body, finder.natural)) finder.exact.add(inst)
  return finder
}

function resizingIn(body: Block, effectsOfCall: EffectsOfCall | undefined): ReadonlySet<Inst> {
  const found = new Set<Inst>()
  forEachInst(body, inst => {
    if (blocksOf(inst).length === 0 && effectsOf(inst, effectsOfCall).resizes) found.add(inst)
  })
  return found
}

class Finder implements Ranges {
  readonly exact = new Set<Inst>()
  readonly natural = new Set<ValueId>()
  readonly ofNaturals = new Set<Inst>()
  readonly resizing: ReadonlySet<Inst>
  readonly #facts: IndexFacts
  readonly #anywhere: boolean
  readonly #counted: ReadonlyMap<ValueId, Interval>
  /** Operations that give an index; see `indexSoon`. */
  readonly #soon: ReadonlySet<Inst>
  /** Sizes that an index was found to be below. */
  readonly #below = new Map<ValueId, readonly Sum[]>()
  readonly #intervals = new Map<ValueId, Interval>()
  /** Pairs of bases that are sizes of one array that was made before. */
  readonly #pairs = new Set<string>()

  constructor(resizing: ReadonlySet<Inst>, anywhere: boolean, counted: ReadonlyMap<ValueId, Interval>, soon: ReadonlySet<Inst>) {
    this.#soon = soon
    this.resizing = resizing
    this.#facts = new IndexFacts(resizing.size > 0)
    this.#anywhere = anywhere
    this.#counted = counted
    for (const [id, interval] of counted) this.#set(id, interval)
  }

  block(block: Block): void {
    const pairs: string[] = []
    const before = new Map<ValueId, { interval: Interval; below: readonly Sum[] }>()
    for (const inst of block.body) {
      this.#facts.enter(inst)
      if (inst.kind === 'for') this.#for(inst)
      else for (const inner of blocksOf(inst)) this.block(inner)
      for (const out of outsOf(inst)) this.#facts.define(out.id, inst)
      this.#inst(inst)
      if (inst.kind === 'prim' && !this.#anywhere) this.#check(inst, before)
      if (inst.kind === 'alloc' || (inst.kind === 'prim' && inst.prim === 'arr.reshape')) this.#notePairs(outsOf(inst)[0]!, pairs)
    }
    for (const pair of pairs) this.#pairs.delete(pair)
    for (const [id, { interval, below }] of before) {
      this.#intervals.set(id, interval)
      this.#below.set(id, below)
    }
  }

  /** What is behind a check has an index that passed it. It is not `natural` for that, which holds before the check as well. */
  #check({ prim, args }: Extract<Inst, { kind: 'prim' }>, before: Map<ValueId, { interval: Interval; below: readonly Sum[] }>): void {
    if (prim !== 'arr.check' && prim !== 'arr.check_dim') return
    const id = args[prim === 'arr.check' ? 1 : 2]!
    const interval = this.of(id)
    const below = this.#below.get(id) ?? []
    if (!before.has(id)) before.set(id, { interval, below })
    this.#intervals.set(id, both(interval, INSIDE))
    const size = this.#facts.sizeOf(args[0]!, prim === 'arr.check' ? null : args[1]!)
    if (size) this.#below.set(id, [...below, { base: size.base, offset: size.offset - 1 }])
  }

  #for({ body, count }: Extract<Inst, { kind: 'for' }>): void {
    const before = this.of(count)
    this.#set(body.params[0]!.id, { low: 0, high: Math.min(before.high, MOST_TURNS) })
    // Inside of the loop the count is positive.
    if (!this.#anywhere) this.#intervals.set(count, { low: Math.max(before.low, 1), high: before.high })
    this.block(body)
    this.#intervals.set(count, before)
  }

  of(id: ValueId): Interval {
    return this.#intervals.get(id) ?? ANY
  }

  #set(id: ValueId, { low, high }: Interval): void {
    const interval = { low: Math.max(low, -END), high: Math.min(high, END) }
    this.#intervals.set(id, interval)
    if (interval.low >= 0) this.natural.add(id)
  }

  #inst(inst: Inst): void {
    switch (inst.kind) {
      case 'const':
        if (typeof inst.value === 'number' && inst.out.type === 'i64') this.#set(inst.out.id, { low: inst.value, high: inst.value })
        break
      case 'prim':
        if (inst.prim === 'arr.len' || inst.prim === 'arr.dim') this.#set(inst.outs[0]!.id, { low: 0, high: MOST_ELEMENTS })
        break
      case 'if':
        inst.outs.forEach((out, i) => {
          if (out.type === 'i64') this.#set(out.id, union(this.of(inst.then.yields[i]!), this.of(inst.else.yields[i]!)))
        })
        break
      case 'op':
        if (inst.out.type === 'i64') this.#op(inst)
    }
  }

  #op(inst: Extract<Inst, { kind: 'op' }>): void {
    if (inst.args.every(id => this.of(id).low >= 0)) this.ofNaturals.add(inst)
    const computed = this.#interval(inst)
    const counted = this.#counted.get(inst.out.id)
    const isIndex = this.#soon.has(inst)
    const known = [computed, counted, isIndex && INSIDE].filter(one => one !== null && one !== undefined && one !== false)
    if (known.length === 0) return
    const found = known.reduce(both)
    if (CHECKED.has(inst.op) && found.low >= -TOP && found.high <= TOP && !this.#mayBeEnd(inst.args, known)) this.exact.add(inst)
    this.#set(inst.out.id, found)
  }

  /** An operand that is not bounded on both sides may be an end of Int64. */
  #mayBeEnd(args: readonly ValueId[], known: readonly Interval[]): boolean {
    return known.length === 1 && args.some(id => this.of(id).low === -END || this.of(id).high === END)
  }

  /** The interval of the exact result, before what is out of range is refused; null if nothing is known. */
  #interval({ op, args }: Extract<Inst, { kind: 'op' }>): Interval | null {
    const [x, y, z] = args.map(id => this.of(id)) as [Interval, Interval, Interval]
    switch (op) {
      case 'i64.add':
        return { low: x.low + y.low, high: x.high + y.high }
      case 'i64.sub':
        return { low: Math.max(x.low - y.high, this.#backwardsLow(args) ?? -Infinity), high: x.high - y.low }
      case 'i64.mul': {
        if (x.low >= 0 && y.low >= 0 && this.#isWithinArray(args[0]!, args[1]!)) return { low: 0, high: 2 ** 50 }
        const corners = [x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high]
        return { low: Math.min(...corners), high: Math.max(...corners) }
      }
      case 'i64.and':
        return y.low >= 0 ? { low: 0, high: y.high } : x.low >= 0 ? { low: 0, high: x.high } : null
      case 'i64.rem': {
        const size = Math.max(Math.abs(y.low), Math.abs(y.high))
        const most = size === END ? END : size - 1
        return { low: x.low >= 0 ? 0 : -most, high: Math.min(most, Math.max(x.high, 0)) }
      }
      case 'i64.div':
        return x.low >= 0 && y.low >= 0 ? { low: 0, high: x.high } : null
      case 'i64.from_bool':
        return { low: 0, high: 1 }
      case 'i64.select': {
        const least = this.#leastWhenChosen(args[0]!, args[2]!)
        return union(y, { low: Math.max(z.low, least), high: z.high })
      }
      default:
        return null
    }
  }

  /** (count + c) - index is at least c + 1. */
  #backwardsLow(args: readonly ValueId[]): number | null {
    const index = this.#facts.bounded(args[1]!)
    const from = this.#facts.sum(args[0]!)
    const top = index?.tops.find(one => one.base === from.base)
    return top ? from.offset - top.offset : null
  }

  /** In select(b < k, a, b), b is at least k where it is chosen. */
  #leastWhenChosen(test: ValueId, b: ValueId): number {
    const def = this.#facts.definitionOf(test)
    if (def?.kind !== 'op' || def.op !== 'i64.lt' || def.args[0] !== b) return -END
    return this.#facts.literal(def.args[1]!) ?? -END
  }

  // ── Products of indices and sizes ──

  /** Is each of two natural numbers at most a little above another size of one array? All sizes together are bounded. */
  #isWithinArray(x: ValueId, y: ValueId): boolean {
    return this.#topsOf(x).some(a =>
      this.#topsOf(y).some(b => a.offset <= SLACK && b.offset <= SLACK && this.#areOfOneArray(a.base, b.base)),
    )
  }

  #topsOf(id: ValueId): readonly Sum[] {
    return [this.#facts.sum(id), ...(this.#facts.bounded(id)?.tops ?? []), ...(this.#below.get(id) ?? [])]
  }

  #areOfOneArray(a: string | null, b: string | null): boolean {
    if (a === null || b === null) return false
    if (this.#pairs.has(`${a}|${b}`) || this.#pairs.has(`${b}|${a}`)) return true
    const [kind, array, axis] = a.split(' ')
    const [otherKind, otherArray, otherAxis] = b.split(' ')
    return kind === 'size' && otherKind === 'size' && array === otherArray && axis !== otherAxis
  }

  #notePairs(array: Param, added: string[]): void {
    if (this.#anywhere) return
    const dims = this.#facts.dimsOf(array.id) ?? []
    const sums = dims.map(id => this.#facts.sum(id))
    sums.forEach((a, i) => {
      for (const b of sums.slice(i + 1)) {
        const pair = `${a.base}|${b.base}`
        if (a.base === null || b.base === null || a.offset !== 0 || b.offset !== 0 || this.#pairs.has(pair)) continue
        this.#pairs.add(pair)
        added.push(pair)
      }
    })
  }
}

function union(a: Interval, b: Interval): Interval {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) }
}

function both(a: Interval, b: Interval): Interval {
  return { low: Math.max(a.low, b.low), high: Math.min(a.high, b.high) }
}

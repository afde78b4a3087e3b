/**
 * Which values and which memory of a function carry derivatives, given which parameters do, and why. Varied: depends on an active
 * parameter. Useful: something with an adjoint depends on it. Active floats are both; an active reference points to memory where a
 * varied float may be, now or later. Every fact keeps its reason, so that a message can tell the chain.
 */
import type { Block, Inst, Loc, Param, ParamActivity, RuleSource, Type, ValueId } from '../3-ir/ir.ts'
import { declarationOf } from '../3-ir/loc.ts'
import { PRIMS } from '../3-ir/prims.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { blocksOf, forEachParam } from '../3-ir/visit.ts'
import type { Aliases } from './alias.ts'
import { type Cell, cellOf, cellsOf, type MemObject, objectOf } from './memory-objects.ts'
import { areApart, firstCommon, GrowingSet, hasSeveral, type ObjectSet, without } from './object-set.ts'
import type { RuleBook } from './rule-trees.ts'
import { isSmooth } from './rules.ts'
import { throwingBranches } from './throws.ts'
import { usefulValues } from './useful.ts'

export interface Reason {
  /** What became active: a value or a piece of memory. */
  readonly what: string
  /** How: `parameter`, `f64.mul`, `stored into`, … */
  readonly how: string
  readonly at: Loc | null
  readonly from: Reason | null
}

export interface ActivityKey {
  readonly activity: readonly ParamActivity[]
  /** All float and reference results count as active. */
  readonly interface: boolean
  /** Whose rules are followed (`Transform`). */
  readonly rules?: RuleSource
}

/** Facts on a callee: `rule` when a rule was written for it, `inactive` when one says that it has no derivative. */
export type CalleeFacts = Activity | 'rule' | 'inactive'
/** Facts on a callee for these activities of its arguments. Of functions that call each other in a circle they grow together. */
export type FactsOf = (callee: string, key: ActivityKey) => CalleeFacts

/** What the analysis of one function asks about others, and about operations. */
export interface ActivityQuestions {
  readonly factsOf: FactsOf
  readonly callThrows: (callee: string) => boolean
  readonly rules: RuleBook
}

export class Activity {
  readonly aliases: Aliases
  readonly key: ActivityKey
  readonly #factsOf: FactsOf
  readonly #rules: RuleBook
  readonly #varied = new Map<ValueId, Reason>()
  /** Objects that active parameters bring in, cells into which something varied is stored, and objects where that may be any cell. */
  readonly #given = new Map<number, Reason>()
  readonly #stored = new Map<Cell, Reason>()
  readonly #whole = new Map<number, Reason>()
  /** Memory from outside into which a dynamic call with an active argument may store: callers have to know, for it may be theirs. */
  readonly #opened = new Map<number, Reason>()
  /** Objects with such a cell. */
  readonly #inside = new Map<number, Reason>()
  #useful: ReadonlySet<ValueId> = new Set()
  /** Objects that have a shadow. */
  readonly #active = new Map<number, Reason>()
  /** The same objects. */
  readonly #activeSet = new GrowingSet()
  /** Objects that code outside of this function gets hold of together with an active reference: there, all that is in them counts as active. */
  readonly #exposed = new GrowingSet()
  readonly #params = new Map<ValueId, Param>()
  /** Instructions that the end of the function may come after. */
  readonly #insts: Inst[] = []
  readonly #throwing: ReadonlySet<Block>
  /** Objects that one reference, or what stands in one place of memory, may mean: the same instructions treat them. */
  readonly #together: readonly ObjectSet[]
  readonly #inCircle: boolean
  #inert: boolean | null
  readonly #writeOnly = new Map<number, boolean>()
  /** Rises whenever something is found. */
  #version = 0
  /** What a call was last taken to be, and how much was known of that. */
  readonly #calls = new Map<Inst, { readonly callee: Activity; readonly version: number }>()

  /** `inCircle`: it is inert until something is found in it that is not. */
  constructor(aliases: Aliases, key: ActivityKey, { factsOf, callThrows, rules }: ActivityQuestions, inCircle: boolean) {
    this.#rules = rules
    this.#inCircle = inCircle
    this.#inert = inCircle ? true : null
    this.aliases = aliases
    this.key = key
    this.#factsOf = factsOf
    const { body } = aliases.func
    forEachParam(body, param => this.#params.set(param.id, param))
    this.#throwing = throwingBranches(body, callThrows)
    this.#collect(body)
    this.#together = [...[...this.#params.keys()].map(id => aliases.points(id)), ...aliases.heldSets()].filter(hasSeveral)
    body.params.forEach((param, k) => {
      if (key.activity[k] === 'active') this.#activeParam(param, k)
    })
    if (key.interface) {
      for (const id of body.yields)
        this.#activate(aliases.reachOf([id]), object => this.#reason(object, 'result of the derivative', null, null))
    }
  }

  /** Finds out all there is with the callees as they are now; says whether anything is new. */
  grow(): boolean {
    const before = this.#version
    let start: number
    do {
      start = this.#version
      for (const inst of this.#insts) this.#visit(inst)
      this.#spread()
      this.#exposeBoundary()
    } while (this.#version > start)
    if (this.#inCircle && this.#inert && !this.#findInert()) {
      this.#inert = false
      this.#version++
    }
    return this.#version > before
  }

  /** To be called once when nothing grows any more. */
  finish(): void {
    const { yields } = this.aliases.func.body
    this.#useful = usefulValues(yields, this.#insts, (base, column) => this.isVariedColumn(base, column), this.#rules)
  }

  #collect(block: Block): void {
    for (const inst of block.body) {
      this.#insts.push(inst)
      for (const inner of blocksOf(inst)) if (!this.throws(inner)) this.#collect(inner)
    }
  }

  // ── Answers ──

  /** Is this a branch that always throws? What is in it has no derivative, for nothing comes after it. */
  throws(block: Block): boolean {
    return this.#throwing.has(block)
  }

  /** The instructions that are differentiated, an outer one before those inside. */
  liveInsts(): readonly Inst[] {
    return this.#insts
  }

  isVaried(id: ValueId): boolean {
    return this.#varied.has(id)
  }

  /** Does this float have a shadow? */
  isActiveFloat(id: ValueId): boolean {
    return this.#varied.has(id) && this.#useful.has(id)
  }

  /** May this reference point to memory with a shadow? */
  isActiveRef(id: ValueId): boolean {
    return this.anyActive(this.aliases.points(id))
  }

  isActive(id: ValueId): boolean {
    const type = this.typeOf(id)
    return isFloat(type) ? this.isActiveFloat(id) : isRef(type) && this.isActiveRef(id)
  }

  anyActive(objects: ObjectSet): boolean {
    return !areApart(objects, this.#activeSet)
  }

  /** May a float in this column of what `base` points to carry a derivative? */
  isVariedColumn(base: ValueId, column: number): boolean {
    for (const index of this.aliases.points(base))
      if (!this.#isWriteOnly(index) && this.isVariedCell(cellOf(this.aliases.object(index), column))) return true
    return false
  }

  /**
   * Is this memory of an inactive parameter or of a global that nothing loads from? What is stored there has no shadow, and no derivative
   * is lost by that: a log, or a buffer that nobody looks at.
   */
  #isWriteOnly(index: number): boolean {
    let known = this.#writeOnly.get(index)
    if (known === undefined) {
      known = this.#isConstant(this.aliases.object(index)) && !this.#isLookedAt(index)
      this.#writeOnly.set(index, known)
    }
    return known
  }

  #isConstant({ kind, param }: MemObject): boolean {
    return kind === 'global' || ((kind === 'param' || kind === 'deep') && this.key.activity[param] === 'const')
  }

  #isLookedAt(index: number): boolean {
    if (this.aliases.readersOf(index).some(object => object.kind === 'unknown' || this.#isConstant(object))) return true
    // Whoever gets a result of an interface looks at it, and expects its shadow.
    return this.key.interface && this.aliases.reachOf(this.aliases.func.body.yields).has(index)
  }

  isVariedCell(cell: Cell): boolean {
    return this.#reasonOfCell(cell) !== undefined
  }

  /** Would a reference loaded from this column of what `base` points to be active? */
  isActiveSlot(base: ValueId, column: number): boolean {
    for (const index of this.aliases.points(base)) {
      const object = this.aliases.object(index)
      if (this.#exposed.has(index)) return true
      if (this.anyActive(this.aliases.held(object, column))) return true
    }
    return false
  }

  /** Why something active may be stored into an object by this function, whatever was in it before; null if nothing is. */
  reasonOfStoreInto(object: MemObject): Reason | null {
    const known = this.#whole.get(object.index) ?? this.#inside.get(object.index)
    if (known) return known
    const reason = this.#reasonIn(this.aliases.storedInto(object.index))
    return reason && this.#reason(object, 'holds', null, reason)
  }

  isActiveObject(index: number): boolean {
    return this.#active.has(index)
  }

  /** Is the result number `i` active for callers? */
  isActiveResult(i: number): boolean {
    const id = this.aliases.func.body.yields[i]!
    const type = this.typeOf(id)
    if (this.key.interface) return isFloat(type) || isRef(type)
    return isFloat(type) ? this.isVaried(id) : isRef(type) && this.isActiveRef(id)
  }

  typeOf(id: ValueId): Type {
    return this.#params.get(id)!.type
  }

  nameOf(id: ValueId): string {
    return this.#params.get(id)?.name ?? `value ${id}`
  }

  /** Activity of an argument of a call. */
  argument(id: ValueId): ParamActivity {
    const type = this.typeOf(id)
    return (isFloat(type) ? this.isVaried(id) : isRef(type) && this.isActiveRef(id)) ? 'active' : 'const'
  }

  /** Objects with a shadow, and why. */
  activeObjects(): ReadonlyMap<number, Reason> {
    return this.#active
  }

  variedValues(): ReadonlyMap<ValueId, Reason> {
    return this.#varied
  }

  reasonOf(id: ValueId): Reason | null {
    const known = this.#varied.get(id)
    if (known) return known
    return this.#reasonIn(this.aliases.points(id))
  }

  /** Why the first active one of some objects is. */
  #reasonIn(objects: ObjectSet): Reason | null {
    const index = firstCommon(objects, this.#activeSet)
    return index === null ? null : this.#active.get(index)!
  }

  /** Does it leave every shadow alone? Then a call of it needs no transform unless a result is active. */
  isInert(): boolean {
    this.#inert ??= this.#findInert()
    return this.#inert
  }

  #findInert(): boolean {
    return this.#insts.every(inst => {
      switch (inst.kind) {
        case 'store':
          return !this.isActiveRef(inst.arr)
        case 'set':
          return !this.isActiveRef(inst.obj)
        case 'push':
        case 'pop':
          return !this.isActiveRef(inst.tape)
        case 'prim':
          return PRIMS[inst.prim].effect !== 'write' || !inst.args.some(id => isRef(this.typeOf(id)) && this.isActiveRef(id))
        case 'dyncall':
          return !inst.args.some(id => this.isActiveRef(id))
        case 'call': {
          const activity = inst.args.map(id => this.argument(id))
          if (!activity.includes('active')) return true
          const callee = this.#calleeFacts(inst.callee, activity)
          return callee === 'inactive' || (typeof callee !== 'string' && callee.isInert())
        }
        default:
          return true
      }
    })
  }

  // ── Varied ──

  #activeParam(param: Param, k: number): void {
    const reason = this.#reason(param.id, 'active parameter', declarationOf(this.aliases.func, param), null)
    if (isFloat(param.type)) this.#varied.set(param.id, reason)
    if (!isRef(param.type)) return
    for (const object of this.aliases.objects) {
      if (object.param !== k) continue
      this.#given.set(object.index, reason)
      this.#setActive(object.index, reason)
      this.#exposed.add(object.index)
    }
  }

  #reasonOfCell(cell: Cell): Reason | undefined {
    const index = objectOf(cell)
    return this.#given.get(index) ?? this.#whole.get(index) ?? this.#stored.get(cell)
  }

  #reason(what: ValueId | MemObject, how: string, at: Loc | null, from: Reason | null): Reason {
    return { what: typeof what === 'number' ? `\`${this.#params.get(what)!.name}\`` : what.label, how, at, from }
  }

  #vary(id: ValueId, from: ValueId | Reason, how: string, at: Loc): void {
    if (this.#varied.has(id) || !isFloat(this.typeOf(id))) return
    const reason = typeof from === 'number' ? this.#varied.get(from) : from
    if (!reason) return
    this.#varied.set(id, this.#reason(id, how, at, reason))
    this.#version++
  }

  #varyCell(cell: Cell, from: Reason, how: string, at: Loc): void {
    if (this.#stored.has(cell)) return
    if (this.aliases.object(objectOf(cell)).columns === null) this.#varyObject(objectOf(cell), from, how, at)
    const reason = this.#reason(this.aliases.object(objectOf(cell)), how, at, from)
    this.#stored.set(cell, reason)
    if (!this.#inside.has(objectOf(cell))) this.#inside.set(objectOf(cell), reason)
    this.#version++
  }

  #setActive(index: number, reason: Reason): void {
    this.#active.set(index, reason)
    this.#activeSet.add(index)
  }

  #activate(objects: Iterable<number>, reason: (object: MemObject) => Reason): void {
    for (const index of objects) {
      if (this.#active.has(index)) continue
      const object = this.aliases.object(index)
      const { kind } = object
      // Memory of inactive parameters and globals has no shadow; where one is needed, a zero is made.
      if (kind !== 'local' && kind !== 'unknown' && kind !== 'thrown') continue
      this.#setActive(index, reason(object))
      this.#version++
    }
  }

  /** What is reachable from here leaves the function as active, or comes back into it. */
  #expose(objects: ObjectSet, from: Reason): void {
    const fresh: number[] = []
    if (!this.#exposed.addAll(this.aliases.reach(objects), fresh)) return
    this.#version++
    this.#activate(fresh, object => this.#reason(object, 'is reachable for other code together with active memory', null, from))
  }

  #exposeBoundary(): void {
    const { body } = this.aliases.func
    for (const object of this.aliases.objects) {
      const reason = object.kind === 'local' ? undefined : this.#active.get(object.index)
      if (reason) for (const cell of cellsOf(object, () => true)) this.#expose(this.aliases.contents(cell), reason)
    }
    body.yields.forEach((id, i) => {
      if (!isRef(this.typeOf(id)) || !this.isActiveResult(i)) return
      const reason = this.reasonOf(id)
      if (reason) this.#expose(this.aliases.points(id), reason)
    })
  }

  #exposeArguments(args: readonly ValueId[]): void {
    for (const id of args) {
      const reason = isRef(this.typeOf(id)) && this.isActiveRef(id) ? this.reasonOf(id) : null
      if (reason) this.#expose(this.aliases.points(id), reason)
    }
  }

  #putFloat(base: ValueId, column: number, value: ValueId, at: Loc): void {
    const reason = this.#varied.get(value)
    if (!reason) return
    const objects = this.aliases.points(base)
    // Where a dynamic call may have given the memory, it is found out at run time whether that is constant.
    const isAsked = objects.has(this.aliases.unknown.index)
    for (const index of objects) {
      const object = this.aliases.object(index)
      if (!isAsked || !this.#isConstant(object)) this.#varyCell(cellOf(object, column), reason, 'stored into', at)
    }
  }

  #fetchFloat(out: ValueId, base: ValueId, column: number, at: Loc): void {
    if (this.#varied.has(out) || !isFloat(this.typeOf(out))) return
    for (const index of this.aliases.points(base)) {
      const cell = cellOf(this.aliases.object(index), column)
      const reason = this.#reasonOfCell(cell)
      if (reason) return this.#vary(out, reason, 'loaded from', at)
    }
  }

  #flow(from: readonly ValueId[], to: readonly Param[], how: string, at: Loc): void {
    to.forEach((param, i) => this.#vary(param.id, from[i]!, how, at))
  }

  #visit(inst: Inst): void {
    const { at } = inst
    switch (inst.kind) {
      case 'op': {
        if (!isSmooth(inst.op)) return
        const needs = this.#rules.needs(inst.op)
        inst.args.forEach((arg, i) => {
          if (needs[i] !== null) this.#vary(inst.out.id, arg, inst.op, at)
        })
        return
      }
      case 'load':
        return this.#fetchFloat(inst.out.id, inst.arr, inst.column, at)
      case 'get':
        return this.#fetchFloat(inst.out.id, inst.obj, inst.field, at)
      case 'pop':
        return this.#fetchFloat(inst.out.id, inst.tape, inst.slot ?? 0, at)
      case 'unbox':
        return inst.outs.forEach((out, i) => this.#fetchFloat(out.id, inst.value, i, at))
      case 'store':
        return this.#putFloat(inst.arr, inst.column, inst.value, at)
      case 'set':
        return this.#putFloat(inst.obj, inst.field, inst.value, at)
      case 'push':
        return this.#putFloat(inst.tape, inst.slot ?? 0, inst.value, at)
      case 'new':
        return inst.fields.forEach((field, i) => this.#putFloat(inst.out.id, i, field, at))
      case 'box':
        return inst.leaves.forEach((leaf, i) => this.#putFloat(inst.out.id, i, leaf, at))
      case 'if':
        for (const branch of [inst.then, inst.else]) if (!this.throws(branch)) this.#flow(branch.yields, inst.outs, 'branch', at)
        return
      case 'try':
        this.#flow(inst.body.yields, inst.outs, 'try', at)
        return this.#flow(inst.handler.yields, inst.outs, 'catch', at)
      case 'for':
        for (const to of [inst.body.params.slice(1), inst.outs]) {
          this.#flow(inst.inits, to, 'carried by the loop', at)
          this.#flow(inst.body.yields, to, 'carried by the loop', at)
        }
        return
      case 'while':
        for (const to of [inst.cond.params, inst.body.params, inst.outs]) {
          this.#flow(inst.inits, to, 'carried by the loop', at)
          this.#flow(inst.body.yields, to, 'carried by the loop', at)
        }
        return
      case 'call':
        return this.#call(inst)
      case 'dyncall':
        return this.#dyncall(inst)
    }
  }

  #calleeFacts(callee: string, activity: readonly ParamActivity[]): CalleeFacts {
    const { rules } = this.key
    return this.#factsOf(callee, { activity, interface: false, ...(rules && { rules }) })
  }

  #call(inst: Extract<Inst, { kind: 'call' }>): void {
    const activity = inst.args.map(id => this.argument(id))
    const callee = this.#calleeFacts(inst.callee, activity)
    if (callee === 'inactive') return
    if (typeof callee !== 'string') {
      // The same callee as known as before says nothing new.
      const before = this.#calls.get(inst)
      if (before?.callee === callee && before.version === callee.#version) return
      this.#calls.set(inst, { callee, version: callee.#version })
    }
    const from = inst.args.map(id => this.reasonOf(id)).find(reason => reason !== null) ?? null
    const how = `call of ${inst.callee}`
    if (callee === 'rule' || !callee.isInert() || inst.outs.some((_out, i) => callee.isActiveResult(i))) this.#exposeArguments(inst.args)
    if (callee === 'rule') return this.#ruledCall(inst, from, how)
    inst.outs.forEach((out, i) => {
      const result = callee.aliases.func.body.yields[i]!
      if (callee.isVaried(result)) this.#vary(out.id, from ?? callee.reasonOf(result)!, how, inst.at)
    })
    const objects = this.aliases.callObjects(inst)
    if (!objects) return
    const isUnknown = (index: number): boolean => index === callee.aliases.unknown.index
    for (const [index, reason] of callee.#whole) {
      for (const here of objects.get(index) ?? []) {
        if (isUnknown(index)) this.#open(here, from ?? reason, how, inst.at)
        else this.#varyObject(here, from ?? reason, how, inst.at)
      }
    }
    for (const [index, reason] of callee.#opened)
      for (const here of objects.get(index) ?? []) this.#open(here, from ?? reason, how, inst.at)
    for (const [cell, reason] of callee.#stored) {
      for (const to of this.aliases.cellsInCaller(callee.aliases, cell, objects)) {
        if (isUnknown(objectOf(cell))) this.#open(objectOf(to), from ?? reason, how, inst.at)
        else this.#varyCell(to, from ?? reason, how, inst.at)
      }
    }
    for (const [index, reason] of callee.#active) {
      const here = objects.get(index)
      if (here && callee.aliases.object(index).kind === 'local')
        this.#activate(here, object => this.#reason(object, how, inst.at, from ?? reason))
    }
  }

  /**
   * With an active argument all results of a rule count as active, and all local memory within reach. It may give any memory of the
   * result a shadow, whatever the function itself writes there.
   */
  #ruledCall(inst: Extract<Inst, { kind: 'call' }>, reason: Reason | null, how: string): void {
    if (!reason) return
    for (const out of inst.outs) this.#vary(out.id, reason, how, inst.at)
    for (const index of this.aliases.writes(inst)) {
      const { kind } = this.aliases.object(index)
      if (kind === 'local' || kind === 'unknown' || kind === 'thrown') this.#varyObject(index, reason, how, inst.at)
    }
    for (const index of this.aliases.reachOf(inst.outs.map(out => out.id))) {
      const { kind } = this.aliases.object(index)
      if (kind === 'local' || kind === 'unknown') this.#varyObject(index, reason, how, inst.at)
    }
  }

  /** Something varied may be stored anywhere in an object. */
  #varyObject(index: number, from: Reason, how: string, at: Loc): void {
    if (this.#whole.has(index)) return
    const object = this.aliases.object(index)
    this.#whole.set(index, this.#reason(object, how, at, from))
    this.#version++
    // What stands for all that is behind a parameter stands for each of it.
    if (object.kind === 'deep' && object.columns === null) {
      for (const other of this.aliases.objects)
        if (other.kind === 'deep' && other.param === object.param) this.#varyObject(other.index, from, how, at)
    }
  }

  /** What is found at run time may store active values wherever it can reach; into constant memory it does not (guarded.ts). */
  #dyncall(inst: Extract<Inst, { kind: 'dyncall' }>): void {
    const active = inst.args.find(id => this.isActiveRef(id))
    if (active === undefined) return
    const reason = this.reasonOf(active)!
    const how = 'dynamic call'
    this.#varyObject(this.aliases.unknown.index, reason, how, inst.at)
    this.#exposeArguments(inst.args)
    for (const index of this.aliases.reachOf(inst.args)) this.#open(index, reason, how, inst.at)
  }

  #open(index: number, reason: Reason, how: string, at: Loc): void {
    const { kind } = this.aliases.object(index)
    if (kind === 'local' || kind === 'unknown' || kind === 'thrown') this.#varyObject(index, reason, how, at)
    else if (kind !== 'global' && !this.#opened.has(index)) {
      this.#opened.set(index, reason)
      this.#version++
    }
  }

  /** Memory is active when something varied may be in it or behind it, or when a reference may point to it or to active memory. */
  #spread(): void {
    let again: boolean
    do {
      again = false
      for (const object of this.aliases.objects) {
        if (this.#active.has(object.index)) continue
        const isUnseen = this.#isWriteOnly(object.index)
        // What a global holds may be what another global is, so references in there count.
        if (isUnseen && object.kind !== 'global') continue
        const inside = isUnseen ? undefined : (this.#whole.get(object.index) ?? this.#inside.get(object.index))
        const behind = inside ? null : this.#reasonBehind(object)
        const reason = inside ?? (behind && this.#reason(object, 'holds', null, behind))
        if (!reason) continue
        this.#setActive(object.index, reason)
        again = true
        this.#version++
      }
      const before = this.#active.size
      for (const objects of this.#together) this.#share(objects)
      again ||= this.#active.size > before
    } while (again)
  }

  /** Why something active is where the references of an object point to. */
  #reasonBehind(object: MemObject): Reason | null {
    for (const cell of cellsOf(object, () => true)) {
      const reason = this.#reasonIn(this.aliases.contents(cell))
      if (reason) return reason
    }
    return null
  }

  #share(objects: ObjectSet): void {
    const reason = this.#reasonIn(objects)
    if (reason)
      this.#activate(without(objects, this.#activeSet), object =>
        this.#reason(object, 'shares a reference with active memory', null, reason),
      )
  }
}

/**
 * Which values and which memory of a function carry derivatives, given which parameters do, and why. Varied: depends on an active
 * parameter. Useful: something with an adjoint depends on it. Active floats are both; an active reference points to memory where a
 * varied float may be, now or later. Every fact keeps its reason, so that a message can tell the chain.
 */
import type { Block, Inst, Param, ParamActivity, RuleSource, Type, ValueId } from '../3-ir/ir.ts'
import { declarationOf } from '../3-ir/loc.ts'
import { PRIMS } from '../3-ir/prims.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { blocksOf, forEachParam } from '../3-ir/visit.ts'
import { ActivityFlow } from './activity-flow.ts'
import { Found, type Reason } from './activity-found.ts'
import type { Aliases } from './alias.ts'
import type { Call } from './calls.ts'
import { type Cell, cellOf, cellsOf, type MemObject, objectOf } from './memory-objects.ts'
import { areApart, hasSeveral, type ObjectSet, without } from './object-set.ts'
import type { RuleBook } from './rule-trees.ts'
import { throwingBranches } from './throws.ts'
import { usefulValues } from './useful.ts'

export interface ActivityKey {
  readonly activity: readonly ParamActivity[]
  /** All float and reference results count as active. */
  readonly interface: boolean
  /** Whose rules are followed (`Transform`). */
  readonly rules?: RuleSource
  /** An argument has no part in the result of a rule that has no adjoint for it. */
  readonly received?: true
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
  readonly found: Found
  readonly #flow: ActivityFlow
  readonly #factsOf: FactsOf
  readonly #rules: RuleBook
  #useful: ReadonlySet<ValueId> = new Set()
  readonly #params = new Map<ValueId, Param>()
  /** Instructions that the end of the function may come after. */
  readonly #insts: Inst[] = []
  readonly #throwing: ReadonlySet<Block>
  /** Objects that one reference, or what stands in one place of memory, may mean: the same instructions treat them. */
  readonly #together: readonly ObjectSet[]
  readonly #inCircle: boolean
  #inert: boolean | null
  readonly #writeOnly = new Map<number, boolean>()

  /** `inCircle`: it is inert until something is found in it that is not. */
  constructor(aliases: Aliases, key: ActivityKey, { factsOf, callThrows, rules }: ActivityQuestions, inCircle: boolean) {
    this.#rules = rules
    this.#inCircle = inCircle
    this.#inert = inCircle ? true : null
    this.aliases = aliases
    this.key = key
    this.#factsOf = factsOf
    this.found = new Found(aliases, this.#params)
    this.#flow = new ActivityFlow(this, rules)
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
        this.found.activate(aliases.reachOf([id]), object => this.found.reason(object, 'result of the derivative', null, null))
    }
  }

  /** Finds out all there is with the callees as they are now; says whether anything is new. */
  grow(): boolean {
    const before = this.found.version
    let start: number
    do {
      start = this.found.version
      for (const inst of this.#insts) this.#flow.visit(inst)
      this.#spread()
      this.#exposeBoundary()
    } while (this.found.version > start)
    if (this.#inCircle && this.#inert && !this.#findInert()) {
      this.#inert = false
      this.found.version++
    }
    return this.found.version > before
  }

  /** To be called once when nothing grows any more. */
  finish(): void {
    this.#useful = this.usefulWhere(
      () => false,
      () => true,
    )
  }

  /** What is useful when somebody looks at what goes into memory, inactive or not, where `isRead` says so. */
  usefulWhere(isRead: (base: ValueId) => boolean, passesOn: (call: Call, useful: ReadonlySet<ValueId>) => boolean): Set<ValueId> {
    const { yields } = this.aliases.func.body
    const isKept = (base: ValueId, column: number): boolean => this.isVariedColumn(base, column) || isRead(base)
    return usefulValues(yields, this.#insts, isKept, passesOn, this.#rules)
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
    return this.found.varied.has(id)
  }

  /** Does this float have a shadow? */
  isActiveFloat(id: ValueId): boolean {
    return this.found.varied.has(id) && this.#useful.has(id)
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
    return !areApart(objects, this.found.activeSet)
  }

  /** May a float in this column of what `base` points to carry a derivative? */
  isVariedColumn(base: ValueId, column: number): boolean {
    for (const index of this.aliases.points(base))
      if (!this.isConstant(this.aliases.object(index)) && this.isVariedCell(cellOf(this.aliases.object(index), column))) return true
    return false
  }

  /** Does something with an adjoint depend on this float, or a call that is given it? */
  isUseful(id: ValueId): boolean {
    return this.#useful.has(id)
  }

  /** Constant memory into which something active is stored, and which somebody may look at: see lost.ts. */
  lostInto(): MemObject[] {
    const references = this.aliases.stored().flatMap(([cell, held]) => (this.anyActive(held) ? [objectOf(cell)] : []))
    const stored = [...new Set([...this.found.inside.keys(), ...this.found.whole.keys(), ...references])]
    return stored.map(index => this.aliases.object(index)).filter(object => this.isConstant(object) && !this.#isWriteOnly(object.index))
  }

  /** Whoever gets a result of an interface looks at it, and expects its shadow. */
  isGivenOut(index: number): boolean {
    return this.key.interface && this.aliases.reachOf(this.aliases.func.body.yields).has(index)
  }

  /** Is this memory of an inactive parameter or of a global that nothing loads from? */
  #isWriteOnly(index: number): boolean {
    let known = this.#writeOnly.get(index)
    if (known === undefined) {
      known = this.isConstant(this.aliases.object(index)) && !this.#isLookedAt(index)
      this.#writeOnly.set(index, known)
    }
    return known
  }

  /** Memory of an inactive parameter or of a global. */
  isConstant({ kind, param }: MemObject): boolean {
    return kind === 'global' || ((kind === 'param' || kind === 'deep') && this.key.activity[param] === 'const')
  }

  #isLookedAt(index: number): boolean {
    return this.isGivenOut(index) || this.aliases.readersOf(index).some(object => object.kind === 'unknown' || this.isConstant(object))
  }

  isVariedCell(cell: Cell): boolean {
    return this.found.reasonOfCell(cell) !== undefined
  }

  /** Would a reference loaded from this column of what `base` points to be active? */
  isActiveSlot(base: ValueId, column: number): boolean {
    for (const index of this.aliases.points(base)) {
      const object = this.aliases.object(index)
      if (this.found.exposed.has(index)) return true
      if (this.anyActive(this.aliases.held(object, column))) return true
    }
    return false
  }

  /** Why something active may be stored into an object by this function, whatever was in it before; null if nothing is. */
  reasonOfStoreInto(object: MemObject): Reason | null {
    const known = this.found.whole.get(object.index) ?? this.found.inside.get(object.index)
    if (known) return known
    const reason = this.found.reasonIn(this.aliases.storedInto(object.index))
    return reason && this.found.reason(object, 'holds', null, reason)
  }

  isActiveObject(index: number): boolean {
    return this.found.active.has(index)
  }

  /** Is the result number `i` active for callers? */
  isActiveResult(i: number): boolean {
    const id = this.aliases.func.body.yields[i]!
    const type = this.typeOf(id)
    if (this.key.interface) return isFloat(type) || isRef(type)
    return isFloat(type) ? this.isVaried(id) : isRef(type) && this.isActiveRef(id)
  }

  typeOf(id: ValueId): Type {
    return this.found.typeOf(id)
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
    return this.found.active
  }

  variedValues(): ReadonlyMap<ValueId, Reason> {
    return this.found.varied
  }

  reasonOf(id: ValueId): Reason | null {
    const known = this.found.varied.get(id)
    if (known) return known
    return this.found.reasonIn(this.aliases.points(id))
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
          const callee = this.calleeFacts(inst.callee, activity)
          return callee === 'inactive' || (typeof callee !== 'string' && callee.isInert())
        }
        default:
          return true
      }
    })
  }

  // ── Growth ──

  #activeParam(param: Param, k: number): void {
    const reason = this.found.reason(param.id, 'active parameter', declarationOf(this.aliases.func, param), null)
    if (isFloat(param.type)) this.found.varied.set(param.id, reason)
    if (!isRef(param.type)) return
    for (const object of this.aliases.objects) {
      if (object.param !== k) continue
      this.found.given.set(object.index, reason)
      this.found.setActive(object.index, reason)
      this.found.exposed.add(object.index)
    }
  }

  #exposeBoundary(): void {
    const { body } = this.aliases.func
    for (const object of this.aliases.objects) {
      const reason = object.kind === 'local' ? undefined : this.found.active.get(object.index)
      if (reason) for (const cell of cellsOf(object, () => true)) this.found.expose(this.aliases.contents(cell), reason)
    }
    body.yields.forEach((id, i) => {
      if (!isRef(this.typeOf(id)) || !this.isActiveResult(i)) return
      const reason = this.reasonOf(id)
      if (reason) this.found.expose(this.aliases.points(id), reason)
    })
  }

  /** Facts on a callee, for these activities of its arguments. */
  calleeFacts(callee: string, activity: readonly ParamActivity[]): CalleeFacts {
    return this.#factsOf(callee, { ...this.key, activity, interface: false })
  }

  /** Memory is active when something varied may be in it or behind it, or when a reference may point to it or to active memory. */
  #spread(): void {
    let again: boolean
    do {
      again = false
      for (const object of this.aliases.objects) {
        // What goes into constant memory loses its derivative; whether that matters is found out when it happens (lost.ts).
        if (this.found.active.has(object.index) || this.isConstant(object)) continue
        const inside = this.found.whole.get(object.index) ?? this.found.inside.get(object.index)
        const behind = inside ? null : this.#reasonBehind(object)
        const reason = inside ?? (behind && this.found.reason(object, 'holds', null, behind))
        if (!reason) continue
        this.found.setActive(object.index, reason)
        again = true
        this.found.version++
      }
      const before = this.found.active.size
      for (const objects of this.#together) this.#share(objects)
      again ||= this.found.active.size > before
    } while (again)
  }

  /** Why something active is where the references of an object point to. */
  #reasonBehind(object: MemObject): Reason | null {
    for (const cell of cellsOf(object, () => true)) {
      const reason = this.found.reasonIn(this.aliases.contents(cell))
      if (reason) return reason
    }
    return null
  }

  #share(objects: ObjectSet): void {
    const reason = this.found.reasonIn(objects)
    if (reason)
      this.found.activate(without(objects, this.found.activeSet), object =>
        this.found.reason(object, 'shares a reference with active memory', null, reason),
      )
  }
}

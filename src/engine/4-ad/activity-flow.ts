/** What each instruction does to activity: a value or memory is varied when something varied comes to it. */
import type { Inst, Loc, Param, ValueId } from '../3-ir/ir.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import type { Activity } from './activity.ts'
import type { Found, Reason } from './activity-found.ts'
import type { Aliases } from './alias.ts'
import { cellOf, objectOf } from './memory-objects.ts'
import type { RuleBook } from './rule-trees.ts'
import { isSmooth } from './rules.ts'

export class ActivityFlow {
  readonly #of: Activity
  readonly #found: Found
  readonly #aliases: Aliases
  readonly #rules: RuleBook
  /** What a call was last taken to be, and how much was known of that. */
  readonly #calls = new Map<Inst, { readonly callee: Activity; readonly version: number }>()

  constructor(of: Activity, rules: RuleBook) {
    this.#of = of
    this.#found = of.found
    this.#aliases = of.aliases
    this.#rules = rules
  }

  visit(inst: Inst): void {
    const { at } = inst
    switch (inst.kind) {
      case 'op': {
        if (!isSmooth(inst.op)) return
        const needs = this.#rules.needs(inst.op)
        inst.args.forEach((arg, i) => {
          if (needs[i] !== null) this.#found.vary(inst.out.id, arg, inst.op, at)
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
        for (const branch of [inst.then, inst.else]) if (!this.#of.throws(branch)) this.#flow(branch.yields, inst.outs, 'branch', at)
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

  #exposeArguments(args: readonly ValueId[]): void {
    for (const id of args) {
      const reason = isRef(this.#of.typeOf(id)) && this.#of.isActiveRef(id) ? this.#of.reasonOf(id) : null
      if (reason) this.#found.expose(this.#aliases.points(id), reason)
    }
  }

  #putFloat(base: ValueId, column: number, value: ValueId, at: Loc): void {
    const reason = this.#found.varied.get(value)
    if (!reason) return
    const objects = this.#aliases.points(base)
    // Where a dynamic call may have given the memory, it is found out at run time whether that is constant.
    const isAsked = objects.has(this.#aliases.unknown.index)
    for (const index of objects) {
      const object = this.#aliases.object(index)
      if (!isAsked || !this.#of.isConstant(object)) this.#found.varyCell(cellOf(object, column), reason, 'stored into', at)
    }
  }

  #fetchFloat(out: ValueId, base: ValueId, column: number, at: Loc): void {
    if (this.#found.varied.has(out) || !isFloat(this.#of.typeOf(out))) return
    for (const index of this.#aliases.points(base)) {
      const object = this.#aliases.object(index)
      if (this.#of.isConstant(object)) continue
      const cell = cellOf(object, column)
      const reason = this.#found.reasonOfCell(cell)
      if (reason) return this.#found.vary(out, reason, 'loaded from', at)
    }
  }

  #flow(from: readonly ValueId[], to: readonly Param[], how: string, at: Loc): void {
    to.forEach((param, i) => this.#found.vary(param.id, from[i]!, how, at))
  }

  #call(inst: Extract<Inst, { kind: 'call' }>): void {
    const activity = inst.args.map(id => this.#of.argument(id))
    const callee = this.#of.calleeFacts(inst.callee, activity)
    if (callee === 'inactive') return
    if (typeof callee !== 'string') {
      // The same callee as known as before says nothing new.
      const before = this.#calls.get(inst)
      if (before?.callee === callee && before.version === callee.found.version) return
      this.#calls.set(inst, { callee, version: callee.found.version })
    }
    const from = inst.args.map(id => this.#of.reasonOf(id)).find(reason => reason !== null) ?? null
    const how = `call of ${inst.callee}`
    if (callee === 'rule' || !callee.isInert() || inst.outs.some((_out, i) => callee.isActiveResult(i))) this.#exposeArguments(inst.args)
    if (callee === 'rule') return this.#ruledCall(inst, from, how)
    inst.outs.forEach((out, i) => {
      const result = callee.aliases.func.body.yields[i]!
      if (callee.isVaried(result)) this.#found.vary(out.id, from ?? callee.reasonOf(result)!, how, inst.at)
    })
    const objects = this.#aliases.callObjects(inst)
    if (!objects) return
    const isUnknown = (index: number): boolean => index === callee.aliases.unknown.index
    for (const [index, reason] of callee.found.whole) {
      for (const here of objects.get(index) ?? []) {
        if (isUnknown(index)) this.#found.open(here, from ?? reason, how, inst.at)
        else this.#found.varyObject(here, from ?? reason, how, inst.at)
      }
    }
    for (const [index, reason] of callee.found.opened)
      for (const here of objects.get(index) ?? []) this.#found.open(here, from ?? reason, how, inst.at)
    for (const [cell, reason] of callee.found.stored) {
      for (const to of this.#aliases.cellsInCaller(callee.aliases, cell, objects)) {
        if (isUnknown(objectOf(cell))) this.#found.open(objectOf(to), from ?? reason, how, inst.at)
        else this.#found.varyCell(to, from ?? reason, how, inst.at)
      }
    }
    for (const [index, reason] of callee.found.active) {
      const here = objects.get(index)
      if (here && callee.aliases.object(index).kind === 'local')
        this.#found.activate(here, object => this.#found.reason(object, how, inst.at, from ?? reason))
    }
  }

  /**
   * With an active argument all results of a rule count as active, and all local memory within reach. It may give any memory of the
   * result a shadow, whatever the function itself writes there.
   */
  #ruledCall(inst: Extract<Inst, { kind: 'call' }>, reason: Reason | null, how: string): void {
    if (!reason) return
    for (const out of inst.outs) this.#found.vary(out.id, reason, how, inst.at)
    for (const index of this.#aliases.writes(inst)) {
      const { kind } = this.#aliases.object(index)
      if (kind === 'local' || kind === 'unknown' || kind === 'thrown') this.#found.varyObject(index, reason, how, inst.at)
    }
    for (const index of this.#aliases.reachOf(inst.outs.map(out => out.id))) {
      const { kind } = this.#aliases.object(index)
      if (kind === 'local' || kind === 'unknown') this.#found.varyObject(index, reason, how, inst.at)
    }
  }

  /** What is found at run time may store active values wherever it can reach; into constant memory it does not (guarded.ts). */
  #dyncall(inst: Extract<Inst, { kind: 'dyncall' }>): void {
    const active = inst.args.find(id => this.#of.isActiveRef(id))
    if (active === undefined) return
    const reason = this.#of.reasonOf(active)!
    const how = 'dynamic call'
    this.#found.varyObject(this.#aliases.unknown.index, reason, how, inst.at)
    this.#exposeArguments(inst.args)
    for (const index of this.#aliases.reachOf(inst.args)) this.#found.open(index, reason, how, inst.at)
  }
}

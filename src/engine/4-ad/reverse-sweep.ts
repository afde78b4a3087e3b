/**
 * The reverse sweep: every block backwards, each value's adjoint collected from its uses before its definition is reached. Control is
 * nested, so a nested block hands out what values from outside receive; see README.md.
 */
import type { Builder } from '../3-ir/build.ts'
import { dynamicMode } from '../3-ir/dynamic-mode.ts'
import type { Block, Inst, Loc, ValueId } from '../3-ir/ir.ts'
import { madeBy } from '../3-ir/loc.ts'
import type { SmoothOp } from '../3-ir/ops.ts'
import type { Prim } from '../3-ir/prims.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { outsOf } from '../3-ir/visit.ts'
import { Accumulations } from './accumulate.ts'
import type { Activity } from './activity.ts'
import { type Call, derivedCallee } from './calls.ts'
import type { Decisions } from './decisions.ts'
import type { Differentiation } from './differentiation.ts'
import { primalKey, shadowKey } from './recompute.ts'
import { reverseFor, reverseIf, reverseTry } from './reverse-control.ts'
import type { ReverseValues } from './reverse-values.ts'
import { writeRule } from './rule-code.ts'

export interface ReverseOptions extends Differentiation {
  /** `reverse #2` */
  readonly label: string
}

/** What follows `mark` goes into what follows `rewind` a second time: backwards, the adjoints of the two are added. These are linear, so it closes. */
const ADJOINTS_ON_TAPES: Partial<Record<Prim, Prim>> = {
  'tape.mark': 'tape.add_aside',
  'tape.rewind': 'tape.set_aside',
  'tape.set_aside': 'tape.rewind',
  'tape.add_aside': 'tape.mark',
}

/** Adjoints of values, by the value's id in the primal. */
export type Adjoints = Map<ValueId, ValueId>

export class ReverseSweep {
  readonly b: Builder
  readonly values: ReverseValues
  readonly activity: Activity
  readonly decisions: Decisions
  readonly #o: ReverseOptions
  readonly #accumulations: Accumulations
  #adjoints: Adjoints = new Map()

  constructor(b: Builder, values: ReverseValues, options: ReverseOptions) {
    this.b = b
    this.values = values
    this.activity = options.activity
    this.decisions = options.decisions
    this.#o = options
    this.#accumulations = new Accumulations(options.func)
  }

  made(at: Loc): Loc {
    return madeBy(at, this.#o.label)
  }

  /** Writes a block backwards. `yields` are the adjoints of what it yields; what is given back are those of its parameters and of values from outside. */
  block(block: Block, yields: readonly (ValueId | null)[], at: Loc): Adjoints {
    const outer = this.#adjoints
    this.#adjoints = new Map()
    block.yields.forEach((id, i) => {
      const adjoint = yields[i]
      if (adjoint !== undefined && adjoint !== null) this.add(id, adjoint, at)
    })
    for (let i = block.body.length - 1; i >= 0; i--) this.#inst(block.body[i]!, this.made(block.body[i]!.at))
    const received = this.#adjoints
    this.#adjoints = outer
    return received
  }

  /** The adjoint of a value that is about to be defined, going backwards; null if nothing used it. */
  take(id: ValueId): ValueId | null {
    const adjoint = this.#adjoints.get(id) ?? null
    this.#adjoints.delete(id)
    return adjoint
  }

  add(id: ValueId, part: ValueId, at: Loc): void {
    if (!this.isActiveFloat(id)) return
    const before = this.#adjoints.get(id)
    this.#adjoints.set(id, before === undefined ? part : this.decisions.sums.value(this.b, before, part, at))
  }

  isActiveFloat(id: ValueId): boolean {
    return isFloat(this.activity.typeOf(id)) && this.activity.isActiveFloat(id)
  }

  isActiveRef(id: ValueId): boolean {
    return isRef(this.activity.typeOf(id)) && this.activity.isActiveRef(id)
  }

  zero(id: ValueId, at: Loc): ValueId {
    return this.b.const(this.activity.typeOf(id), 0, at)
  }

  #primal(id: ValueId): ValueId {
    return this.values.get(primalKey(id))
  }

  #shadow(id: ValueId): ValueId {
    return this.values.get(shadowKey(id))
  }

  #inst(inst: Inst, at: Loc): void {
    const { b } = this
    if (this.#o.imitated.severed.get(inst) === 'all') {
      for (const out of outsOf(inst)) this.take(out.id)
      return
    }
    switch (inst.kind) {
      case 'op':
        return this.#op(inst, at)
      case 'if':
        return reverseIf(this, inst, at)
      case 'for':
      case 'while':
        return reverseFor(this, inst, at)
      case 'try':
        return reverseTry(this, inst, at)
      case 'call':
        return this.#call(inst, at)
      case 'dyncall':
        return this.#dyncall(inst, at)
      case 'load': {
        const d = this.take(inst.out.id)
        if (d === null) return
        if (this.#accumulations.has(inst)) return
        const shadow = this.#shadow(inst.arr)
        const index = this.#primal(inst.index)
        const before = b.load(shadow, index, inst.column, at, `${inst.out.name}_shadow`)
        return b.store(shadow, index, inst.column, this.decisions.sums.element(b, before, d, at), at)
      }
      case 'get': {
        const d = this.take(inst.out.id)
        if (d !== null) this.#addToField(this.#shadow(inst.obj), inst.field, d, at)
        return
      }
      case 'unbox':
        inst.outs.forEach((out, i) => {
          const d = this.take(out.id)
          if (d !== null) this.#addToField(this.#shadow(inst.value), i, d, at)
        })
        return
      case 'store': {
        if (!this.#isVaried(inst.arr, inst.column, inst.value)) return
        const shadow = this.#shadow(inst.arr)
        const index = this.#primal(inst.index)
        const d = b.load(shadow, index, inst.column, at, 'd')
        if (this.decisions.clears.element && !this.#accumulations.has(inst))
          b.store(shadow, index, inst.column, this.zero(inst.value, at), at)
        return this.add(inst.value, d, at)
      }
      case 'set': {
        if (!this.#isVaried(inst.obj, inst.field, inst.value)) return
        const shadow = this.#shadow(inst.obj)
        const d = b.get(shadow, inst.field, this.activity.typeOf(inst.value), at, 'd')
        if (this.decisions.clears.field) b.set(shadow, inst.field, this.zero(inst.value, at), at)
        return this.add(inst.value, d, at)
      }
      case 'new':
        return this.#takeFields(inst.out.id, inst.fields, at)
      case 'box':
        return this.#takeFields(inst.out.id, inst.leaves, at)
      case 'push': {
        const type = this.activity.typeOf(inst.value)
        if (isFloat(type) && this.isActiveRef(inst.tape)) this.add(inst.value, b.pop(this.#shadow(inst.tape), type, at, 'd', inst.slot), at)
        return
      }
      case 'pop':
        if (isFloat(inst.out.type) && this.isActiveRef(inst.tape))
          b.push(this.#shadow(inst.tape), this.take(inst.out.id) ?? this.zero(inst.out.id, at), at, inst.slot)
        return
      case 'prim':
        if (inst.prim === 'arr.zero' && this.decisions.clears.array && this.isActiveRef(inst.args[0]!))
          b.prim('arr.zero', [this.#shadow(inst.args[0]!)], [], at)
        return this.#onTape(inst, at)
    }
  }

  #onTape({ prim, args }: Extract<Inst, { kind: 'prim' }>, at: Loc): void {
    const adjoint = ADJOINTS_ON_TAPES[prim]
    if (adjoint && this.isActiveRef(args[0]!)) this.b.prim(adjoint, [this.#shadow(args[0]!)], [], at)
  }

  #isVaried(base: ValueId, column: number, value: ValueId): boolean {
    return isFloat(this.activity.typeOf(value)) && this.activity.isVariedColumn(base, column)
  }

  #addToField(shadow: ValueId, field: number, d: ValueId, at: Loc): void {
    const old = this.b.get(shadow, field, this.b.typeOf(d), at)
    this.b.set(shadow, field, this.decisions.sums.field(this.b, old, d, at), at)
  }

  #takeFields(object: ValueId, fields: readonly ValueId[], at: Loc): void {
    fields.forEach((id, i) => {
      if (!this.isActiveFloat(id) || !this.activity.isVariedColumn(object, i)) return
      this.add(id, this.b.get(this.#shadow(object), i, this.activity.typeOf(id), at, 'd'), at)
    })
  }

  #op(inst: Extract<Inst, { kind: 'op' }>, at: Loc): void {
    const d = this.take(inst.out.id)
    if (d === null) return
    const values = { operand: (index: number) => this.#primal(inst.args[index]!), result: () => this.#primal(inst.out.id) }
    this.decisions.rules.trees(inst.op as SmoothOp, this.#o.transform.rules).forEach((tree, i) => {
      const arg = inst.args[i]!
      if (tree && this.isActiveFloat(arg)) this.add(arg, writeRule(this.b, tree, d, values, at, this.#o.transform.strongZero ?? false), at)
    })
  }

  #call(inst: Call, at: Loc): void {
    const plan = this.#o.planOf(inst)
    if (plan.kind !== 'derived') {
      for (const out of inst.outs) this.take(out.id)
      return
    }
    const { b } = this
    const active = inst.args.filter((_id, i) => plan.activity[i] === 'active')
    const lost = this.#o.imitated.severed.get(inst)
    const floats = active.filter(id => isFloat(this.activity.typeOf(id)))
    const results = inst.outs.filter((_out, i) => plan.results[i])
    const args = [
      ...inst.args.flatMap((id, i) => {
        if (plan.activity[i] !== 'active' || !isRef(this.activity.typeOf(id))) return []
        return [i === lost ? b.prim('arr.zeros_like', [this.#primal(id)], [this.activity.typeOf(id)], at)[0]! : this.#shadow(id)]
      }),
      ...results.filter(out => isRef(out.type)).map(out => this.#shadow(out.id)),
      ...results.filter(out => isFloat(out.type)).map(out => this.take(out.id) ?? this.zero(out.id, at)),
      this.values.tape(),
    ]
    const callee = derivedCallee(this.#o.module, inst, plan, this.#o.transform, 'reverse', this.#o.overwrittenBy(inst))
    const types = floats.map(id => this.activity.typeOf(id))
    const names = floats.map(id => `${this.activity.nameOf(id)}_adjoint`)
    const adjoints = this.decisions.adjointsOfCall(this.b.call(callee, args, types, at, names))
    floats.forEach((id, i) => this.add(id, adjoints[i]!, at))
  }

  #dyncall(inst: Extract<Inst, { kind: 'dyncall' }>, at: Loc): void {
    if (!inst.args.some(id => this.isActiveRef(id))) return
    const shadows = [...inst.args, ...inst.outs.map(out => out.id)].map(id => this.#shadow(id))
    this.b.dyncall([...shadows, this.values.tape()], [...inst.path, dynamicMode(this.#o.transform, 'reverse')], [], at)
  }
}

/**
 * The forward sweep: a copy of the primal with shadows beside it. For the augmented sweep shadows of references only; for forward
 * mode shadows of floats too. What the reverse sweep needs is handed to `Keeping` at the end of each block.
 */
import { invariant } from '../../diagnostics/bug.ts'
import type { Builder } from '../3-ir/build.ts'
import type { Block, Inst, Loc, Param, ValueId } from '../3-ir/ir.ts'
import { madeBy } from '../3-ir/loc.ts'
import type { SmoothOp } from '../3-ir/ops.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { mapInst, outsOf } from '../3-ir/visit.ts'
import type { Call } from './calls.ts'
import { numberOf } from './consult.ts'
import type { Differentiation } from './differentiation.ts'
import { storeFailure } from './refusals.ts'
import { writeRule } from './rule-code.ts'
import { sweepCall, sweepDynamicCall } from './sweep-calls.ts'
import { sweepFor, sweepIf, sweepTry, sweepWhile } from './sweep-control.ts'

/** What is kept for the reverse sweep. */
export interface Keeping {
  /** At the end of a block, before it yields. */
  atEnd(block: Block, sweep: Sweep): void
  /** Must the trips of this loop be counted? */
  countsTrips(loop: Inst): boolean
  /** The tape, if there is one. */
  readonly tape: ValueId | null
}

export interface SweepOptions extends Differentiation {
  readonly mode: 'forward' | 'augmented'
  /** `augmented #2` */
  readonly label: string
  readonly keeping: Keeping | null
  /** Parameters into which a result is written as well: two seeds for one value are most likely a mistake. */
  readonly returned?: readonly ValueId[]
}

export class Sweep {
  readonly b: Builder
  readonly options: SweepOptions
  /** Of values of the primal: their copies here, and their shadows. */
  readonly #values = new Map<ValueId, ValueId>()
  readonly #shadows = new Map<ValueId, ValueId>()
  readonly #trips = new Map<Inst, ValueId>()

  constructor(b: Builder, options: SweepOptions) {
    this.b = b
    this.options = options
  }

  value(id: ValueId): ValueId {
    const copy = this.#values.get(id)
    invariant(copy !== undefined, `value ${id} has no copy in ${this.options.label} of ${this.options.func.label}`)
    return copy
  }

  values(ids: readonly ValueId[]): ValueId[] {
    return ids.map(id => this.value(id))
  }

  shadow(id: ValueId): ValueId {
    const shadow = this.#shadows.get(id)
    invariant(
      shadow !== undefined,
      `\`${this.options.activity.nameOf(id)}\` has no shadow in ${this.options.label} of ${this.options.func.label}`,
    )
    return shadow
  }

  /** The shadow; a literal zero for a float that has none. */
  shadowOrZero(id: ValueId, at: Loc): ValueId {
    const shadow = this.#shadows.get(id)
    if (shadow !== undefined) return shadow
    const type = this.options.activity.typeOf(id)
    if (isFloat(type)) return this.b.const(type, 0, at)
    // The value of a branch that throws never exists, and neither does its shadow.
    return this.shadow(id)
  }

  /** A shadow that nothing else knows of. */
  lostShadow(id: ValueId, at: Loc): ValueId {
    const type = this.options.activity.typeOf(id)
    if (!isRef(type)) return this.b.const(type, 0, at)
    return this.b.prim('arr.zeros_like', [this.value(id)], [type], at)[0]!
  }

  trips(loop: Inst): ValueId {
    return this.#trips.get(loop)!
  }

  setTrips(loop: Inst, trips: ValueId): void {
    this.#trips.set(loop, trips)
  }

  bind(param: Param, copy: ValueId, shadow: ValueId | null = null): void {
    this.#values.set(param.id, copy)
    if (shadow !== null) this.setShadow(param, shadow)
  }

  guarded(call: Call): readonly number[] {
    return this.options.guards.guardedBy(call, this.options.transform)
  }

  made(at: Loc): Loc {
    return madeBy(at, this.options.label)
  }

  /** Instructions of the body, and what is kept of it. Parameters are bound by the caller. */
  block(block: Block): void {
    for (const param of block.params) this.#zeroShadow(param, this.options.func.at)
    if (block === this.options.func.body) this.#entry(this.made(this.options.func.at))
    for (const inst of block.body) {
      this.#inst(inst, this.made(inst.at))
      this.#sever(inst)
      for (const out of outsOf(inst)) this.#zeroShadow(out, inst.at)
    }
    this.options.keeping?.atEnd(block, this)
  }

  // ── Small questions ──

  /** Has this value a shadow of its own in this mode? */
  isShadowed(id: ValueId): boolean {
    const { activity, mode } = this.options
    return isFloat(activity.typeOf(id)) ? mode === 'forward' && activity.isActiveFloat(id) : this.isActiveRef(id)
  }

  isActiveRef(id: ValueId): boolean {
    return isRef(this.options.activity.typeOf(id)) && this.options.activity.isActiveRef(id)
  }

  #zeroShadow(param: Param, at: Loc): void {
    if (!this.options.zeros.has(param.id)) return
    const [zero] = this.b.prim('arr.stand_in', [this.value(param.id)], [param.type], this.made(at), [`${param.name}_zero`])
    this.setShadow(param, zero!)
  }

  /** A new value for the copy of a primal one, which is not defined yet. */
  copyOf(param: Param): Param {
    const copy = this.b.fresh(param.type, param.name)
    this.#values.set(param.id, copy.id)
    return copy
  }

  /** The same for its shadow. */
  shadowOf(param: Param): Param {
    const shadow = this.b.fresh(param.type, `${param.name}_shadow`)
    this.setShadow(param, shadow.id)
    return shadow
  }

  setShadow(param: Param, shadow: ValueId): void {
    this.#shadows.set(param.id, shadow)
    this.options.noted?.shadows.add(shadow)
  }

  /** The instruction as it stands, on copies. Nested blocks too. */
  copy(inst: Inst, at: Loc): void {
    if (inst.kind === 'prim' && inst.prim === 'ad.within') {
      this.bind(inst.outs[0]!, this.b.bool(true, at))
      return
    }
    // What is marked here stays so while a derivative inside of this one begins.
    if (inst.kind === 'prim' && inst.prim === 'ad.watch' && this.options.watch) return
    this.b.append({
      ...mapInst(inst, { value: id => this.value(id), param: out => this.copyOf(out), block: block => this.#plainBlock(block) }),
      at,
    })
  }

  #plainBlock(block: Block): Block {
    this.b.begin(block.params.map(param => this.copyOf(param)))
    for (const inst of block.body) this.copy(inst, this.made(inst.at))
    return this.b.end(this.values(block.yields))
  }

  // ── Instructions ──

  #entry(at: Loc): void {
    for (const failure of this.options.imitated.atEntry) this.#fail(failure, at)
    if (this.options.watch?.isRoot) this.b.prim('ad.watch', [], [], at)
    for (const id of this.options.returned ?? [])
      this.b.prim('ad.seeded', [this.shadow(id), this.b.const('str', 'misuse.returns-what-it-wrote', at)], [], at)
  }

  #fail(failure: number, at: Loc): void {
    this.b.prim('ad.fail', [this.b.i64(failure, at)], [], at)
  }

  /** Forward mode: what a limit loses is zero. */
  #sever(inst: Inst): void {
    if (this.options.mode !== 'forward' || this.options.imitated.severed.get(inst) !== 'all') return
    for (const out of outsOf(inst)) {
      if (isFloat(out.type) && this.#shadows.has(out.id)) this.setShadow(out, this.b.const(out.type, 0, this.made(inst.at)))
    }
  }

  #inst(inst: Inst, at: Loc): void {
    const { b } = this
    const failure = this.options.imitated.failing.get(inst)
    if (failure !== undefined) this.#fail(failure, at)
    switch (inst.kind) {
      case 'if':
        return sweepIf(this, inst, at)
      case 'for':
        return sweepFor(this, inst, at)
      case 'while':
        return sweepWhile(this, inst, at)
      case 'try':
        return sweepTry(this, inst, at)
      case 'call':
        return sweepCall(this, inst, at)
      case 'dyncall':
        return sweepDynamicCall(this, inst, at)
      default:
        this.copy(inst, at)
    }
    switch (inst.kind) {
      case 'op':
        if (this.isShadowed(inst.out.id)) this.#tangent(inst, at)
        return
      case 'alloc':
        if (this.isActiveRef(inst.out.id))
          this.setShadow(inst.out, b.alloc(inst.out.type as `arr<${string}>`, this.values(inst.dims), at, `${inst.out.name}_shadow`))
        return
      case 'tape-new':
        if (this.isActiveRef(inst.out.id)) this.setShadow(inst.out, b.tapeNew(at, `${inst.out.name}_shadow`))
        return
      case 'new':
        if (!this.isActiveRef(inst.out.id)) return
        return this.setShadow(
          inst.out,
          b.new(inst.out.type as `obj<${string}>`, this.#parts(inst.out.id, inst.fields, at), at, `${inst.out.name}_shadow`),
        )
      case 'box':
        if (!this.isActiveRef(inst.out.id)) return
        return this.setShadow(inst.out, b.box(inst.type, this.#parts(inst.out.id, inst.leaves, at), at, `${inst.out.name}_shadow`))
      case 'load':
        this.#lookForMarks(inst.arr, [inst.out], at)
        if (this.#isOfConstant(inst.arr, [inst.out], at)) return
        if (this.isShadowed(inst.out.id))
          this.setShadow(inst.out, b.load(this.shadow(inst.arr), this.value(inst.index), inst.column, at, `${inst.out.name}_shadow`))
        return
      case 'get':
        this.#lookForMarks(inst.obj, [inst.out], at)
        if (this.#isOfConstant(inst.obj, [inst.out], at)) return
        if (this.isShadowed(inst.out.id))
          this.setShadow(inst.out, b.get(this.shadow(inst.obj), inst.field, inst.out.type, at, `${inst.out.name}_shadow`))
        return
      case 'unbox':
        this.#lookForMarks(inst.value, inst.outs, at)
        if (this.#isOfConstant(inst.value, inst.outs, at)) return
        if (!inst.outs.some(out => this.isShadowed(out.id))) return
        b.unbox(
          inst.type,
          this.shadow(inst.value),
          inst.outs.map(out => out.type),
          at,
          inst.outs.map(out => `${out.name}_shadow`),
        ).forEach((id, i) => {
          if (this.isShadowed(inst.outs[i]!.id)) this.setShadow(inst.outs[i]!, id)
        })
        return
      case 'store': {
        this.#askToStore(inst.arr, inst.column, inst.value, at)
        this.#mark(inst.arr, inst.value, at)
        const part = this.#storedPart(inst.arr, inst.column, inst.value, at)
        if (part !== null) b.store(this.shadow(inst.arr), this.value(inst.index), inst.column, part, at)
        return
      }
      case 'set': {
        this.#askToStore(inst.obj, inst.field, inst.value, at)
        this.#mark(inst.obj, inst.value, at)
        const part = this.#storedPart(inst.obj, inst.field, inst.value, at)
        if (part !== null) b.set(this.shadow(inst.obj), inst.field, part, at)
        return
      }
      case 'push': {
        const type = this.options.activity.typeOf(inst.value)
        if (!this.isActiveRef(inst.tape)) return
        if (isRef(type)) b.push(this.shadow(inst.tape), this.#refPart(inst.tape, inst.slot ?? 0, inst.value, at), at, inst.slot)
        else if (isFloat(type) && this.options.mode === 'forward')
          b.push(this.shadow(inst.tape), this.shadowOrZero(inst.value, at), at, inst.slot)
        return
      }
      case 'pop': {
        if (!this.isActiveRef(inst.tape)) return
        const { type } = inst.out
        if (isRef(type) || (isFloat(type) && this.options.mode === 'forward'))
          this.setShadow(inst.out, b.pop(this.shadow(inst.tape), type, at, `${inst.out.name}_shadow`, inst.slot))
        return
      }
      case 'prim':
        return this.#prim(inst, at)
    }
  }

  /** Forward mode: the sum over the operands of what the rule says, each with its own shadow. */
  #tangent(inst: Extract<Inst, { kind: 'op' }>, at: Loc): void {
    const values = { operand: (index: number) => this.value(inst.args[index]!), result: () => this.value(inst.out.id) }
    let sum: ValueId | null = null
    const { rules, sums } = this.options.decisions
    rules.trees(inst.op as SmoothOp, this.options.transform.rules).forEach((tree, i) => {
      const arg = inst.args[i]!
      const d = this.#shadows.get(arg)
      if (!tree || d === undefined || !isFloat(this.options.activity.typeOf(arg))) return
      const part = writeRule(this.b, tree, d, values, at, this.options.transform.strongZero ?? false)
      sum = sum === null ? part : sums.tangent(this.b, sum, part, at)
    })
    this.setShadow(inst.out, sum ?? this.b.const(inst.out.type, 0, at))
  }

  /** What goes into the shadow of an object where `value` goes into the object: other data are kept as they are. */
  #parts(object: ValueId, values: readonly ValueId[], at: Loc): ValueId[] {
    return values.map((id, i) => {
      const type = this.options.activity.typeOf(id)
      if (isFloat(type)) return this.options.mode === 'forward' ? this.shadowOrZero(id, at) : this.b.const(type, 0, at)
      return isRef(type) ? this.#refPart(object, i, id, at) : this.value(id)
    })
  }

  /** A reference that nobody loads as an active one has a null shadow. */
  #refPart(object: ValueId, column: number, id: ValueId, at: Loc): ValueId {
    return this.options.activity.isActiveSlot(object, column) ? this.shadow(id) : this.b.const(this.options.activity.typeOf(id), null, at)
  }

  /** What a store into active memory does to the shadow; null for nothing. In reverse mode floats are the reverse sweep's business. */
  #storedPart(object: ValueId, column: number, value: ValueId, at: Loc): ValueId | null {
    if (!this.isActiveRef(object)) return null
    const type = this.options.activity.typeOf(value)
    if (isRef(type)) return this.options.activity.isActiveSlot(object, column) ? this.shadow(value) : null
    if (!isFloat(type)) return this.value(value)
    const { mode, activity, decisions } = this.options
    return mode === 'forward' && decisions.storesTangents && activity.isVariedColumn(object, column) ? this.shadowOrZero(value, at) : null
  }

  /** Something active that goes into memory which may be constant: that is found out when it happens. */
  #askToStore(base: ValueId, column: number, value: ValueId, at: Loc): void {
    const { activity, func, guards, transform } = this.options
    // What is watched is marked, and asked when it is loaded.
    if (this.options.watch || !this.isActiveRef(base) || !guards.mayStandIn(base, transform)) return
    const carries = isFloat(activity.typeOf(value))
      ? activity.isVaried(value) && activity.isVariedColumn(base, column)
      : this.isActiveRef(value)
    if (!carries) return
    const words = [`\`${activity.nameOf(base)}\``, func.label, `\`${activity.nameOf(value)}\``]
    this.b.prim('ad.storable', [this.shadow(base), ...words.map(word => this.b.const('str', word, at))], [], at)
  }

  /** Constant memory in which a derivative is lost, or may be when a value that was loaded from such memory goes there. */
  #mark(base: ValueId, value: ValueId, at: Loc): void {
    const { watch, module } = this.options
    const type = this.options.activity.typeOf(value)
    if ((isFloat(type) || isRef(type)) && watch?.changes(base)) this.b.prim('ad.not_held', [this.value(base)], [], at)
    const stored = watch?.stores(base, value)
    if (!stored) return
    const known = stored.what === 'value' || stored.what === 'reference' ? numberOf(module, storeFailure(this.options, stored.into)) : -1
    const failure = this.b.i64(known, at)
    const isDoubtful = stored.what !== 'inside' && stored.isDoubtful
    if (stored.what === 'inside') this.b.prim('ad.lost_in', [this.value(base), this.value(value), failure], [], at)
    else if (!isDoubtful && stored.what === 'reference') this.b.prim('ad.lost_in', [this.value(base), this.value(value), failure], [], at)
    else if (!isDoubtful) this.b.prim('ad.lost', [this.value(base), failure], [], at)
    else if (this.isActiveRef(base)) {
      const memory = stored.what === 'reference' ? value : base
      const prim = stored.what === 'reference' ? 'ad.lost_in_doubt' : 'ad.lost_doubtful'
      this.b.prim(prim, [this.shadow(base), this.value(memory), failure], [], at)
    }
  }

  /** What is loaded from constant memory may be memory with a shadow, which is not found there: zeros stand in for it. */
  #isOfConstant(base: ValueId, outs: readonly Param[], at: Loc): boolean {
    if (this.isActiveRef(base)) return false
    for (const out of outs) {
      if (this.isActiveRef(out.id))
        this.setShadow(out, this.b.prim('arr.stand_in', [this.value(out.id)], [out.type], at, [`${out.name}_shadow`])[0]!)
    }
    return true
  }

  #lookForMarks(base: ValueId, outs: readonly Param[], at: Loc): void {
    const ids = outs.map(out => out.id)
    if (this.options.watch?.loads(base, ids)) this.b.prim('ad.not_lost', [this.value(base)], [], at)
  }

  #prim(inst: Extract<Inst, { kind: 'prim' }>, at: Loc): void {
    const names = inst.outs.map(out => `${out.name}_shadow`)
    const types = inst.outs.map(out => out.type)
    const [base] = inst.args
    switch (inst.prim) {
      case 'arr.reshape':
      case 'arr.resize': {
        if (inst.prim === 'arr.resize' && this.options.watch?.changes(base!)) this.b.prim('ad.not_held', [this.value(base!)], [], at)
        if (!this.isActiveRef(base!)) return
        const args = [this.shadow(base!), ...this.values(inst.args.slice(1))]
        this.b.prim(inst.prim, args, types, at, names).forEach((id, i) => this.setShadow(inst.outs[i]!, id))
        return
      }
      case 'arr.zero':
        if (this.options.mode === 'forward' && this.isActiveRef(base!)) this.b.prim('arr.zero', [this.shadow(base!)], [], at)
        return
      default:
        return this.zerosFor(inst.outs, at)
    }
  }

  /** Shadows for new constant data that something active may be stored into, or that is held where active data are. */
  zerosFor(outs: readonly Param[], at: Loc): void {
    for (const out of outs) {
      if (this.isActiveRef(out.id))
        this.setShadow(out, this.b.prim('arr.zeros_beside', [this.value(out.id)], [out.type], at, [`${out.name}_shadow`])[0]!)
    }
  }
}

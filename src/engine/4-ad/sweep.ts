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
import type { Differentiation } from './differentiation.ts'
import { writeRule } from './rule-code.ts'
import { sweepCall, sweepDynamicCall } from './sweep-calls.ts'
import { sweepFor, sweepIf, sweepTry, sweepWhile } from './sweep-control.ts'
import { sweepMemory } from './sweep-memory.ts'

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
    if (inst.kind === 'op') {
      if (this.isShadowed(inst.out.id)) this.#tangent(inst, at)
    } else sweepMemory(this, inst, at)
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

  /** Shadows for new constant data that something active may be stored into, or that is held where active data are. */
  zerosFor(outs: readonly Param[], at: Loc): void {
    for (const out of outs) {
      if (this.isActiveRef(out.id))
        this.setShadow(out, this.b.prim('arr.zeros_beside', [this.value(out.id)], [out.type], at, [`${out.name}_shadow`])[0]!)
    }
  }
}

/**
 * The forward sweep: a copy of the primal with shadows beside it. For the augmented sweep shadows of references only; for forward
 * mode shadows of floats too. What the reverse sweep needs is handed to `Keeping` at the end of each block.
 */
import { invariant } from '../../diagnostics/bug.ts'
import type { Builder } from '../3-ir/build.ts'
import type { Block, Func, Inst, Loc, Module, Param, ValueId } from '../3-ir/ir.ts'
import { madeBy } from '../3-ir/loc.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { mapInst, outsOf } from '../3-ir/visit.ts'
import type { Activity } from './activity.ts'
import { type Call, type CallPlan, derivedCallee, shadowsCallee } from './calls.ts'
import { writeRule, writeSum } from './rule-code.ts'

/** What is kept for the reverse sweep. */
export interface Keeping {
  /** At the end of a block, before it yields. */
  atEnd(block: Block, sweep: Sweep): void
  /** Must the trips of this loop be counted? */
  countsTrips(loop: Inst): boolean
  /** The tape, if there is one. */
  readonly tape: ValueId | null
}

export interface SweepOptions {
  readonly mode: 'forward' | 'augmented'
  readonly module: Module
  readonly func: Func
  readonly activity: Activity
  readonly zeros: ReadonlySet<ValueId>
  readonly planOf: (call: Call) => CallPlan
  readonly isOverwritten: (call: Call) => boolean
  /** `augmented #2` */
  readonly label: string
  readonly keeping: Keeping | null
}

export class Sweep {
  readonly b: Builder
  readonly #o: SweepOptions
  /** Of values of the primal: their copies here, and their shadows. */
  readonly #values = new Map<ValueId, ValueId>()
  readonly #shadows = new Map<ValueId, ValueId>()
  readonly #trips = new Map<Inst, ValueId>()

  constructor(b: Builder, options: SweepOptions) {
    this.b = b
    this.#o = options
  }

  value(id: ValueId): ValueId {
    const copy = this.#values.get(id)
    invariant(copy !== undefined, `value ${id} has no copy in ${this.#o.label} of ${this.#o.func.label}`)
    return copy
  }

  values(ids: readonly ValueId[]): ValueId[] {
    return ids.map(id => this.value(id))
  }

  shadow(id: ValueId): ValueId {
    const shadow = this.#shadows.get(id)
    invariant(shadow !== undefined, `\`${this.#o.activity.nameOf(id)}\` has no shadow in ${this.#o.label} of ${this.#o.func.label}`)
    return shadow
  }

  /** The shadow; a literal zero for a float that has none. */
  shadowOrZero(id: ValueId, at: Loc): ValueId {
    const shadow = this.#shadows.get(id)
    if (shadow !== undefined) return shadow
    const type = this.#o.activity.typeOf(id)
    if (isFloat(type)) return this.b.const(type, 0, at)
    // The value of a branch that throws never exists, and neither does its shadow.
    return this.shadow(id)
  }

  trips(loop: Inst): ValueId {
    return this.#trips.get(loop)!
  }

  bind(param: Param, copy: ValueId, shadow: ValueId | null = null): void {
    this.#values.set(param.id, copy)
    if (shadow !== null) this.#shadows.set(param.id, shadow)
  }

  made(at: Loc): Loc {
    return madeBy(at, this.#o.label)
  }

  /** Instructions of the body, and what is kept of it. Parameters are bound by the caller. */
  block(block: Block): void {
    for (const param of block.params) this.#zeroShadow(param, this.#o.func.at)
    for (const inst of block.body) {
      this.#inst(inst, this.made(inst.at))
      for (const out of outsOf(inst)) this.#zeroShadow(out, inst.at)
    }
    this.#o.keeping?.atEnd(block, this)
  }

  // ── Small questions ──

  /** Has this value a shadow of its own in this mode? */
  #isShadowed(id: ValueId): boolean {
    const { activity, mode } = this.#o
    return isFloat(activity.typeOf(id)) ? mode === 'forward' && activity.isActiveFloat(id) : this.#isActiveRef(id)
  }

  #isActiveRef(id: ValueId): boolean {
    return isRef(this.#o.activity.typeOf(id)) && this.#o.activity.isActiveRef(id)
  }

  #zeroShadow(param: Param, at: Loc): void {
    if (!this.#o.zeros.has(param.id)) return
    const [zero] = this.b.prim('arr.zeros_like', [this.value(param.id)], [param.type], this.made(at), [`${param.name}_zero`])
    this.#shadows.set(param.id, zero!)
  }

  #copyOf(param: Param): Param {
    const copy = this.b.fresh(param.type, param.name)
    this.#values.set(param.id, copy.id)
    return copy
  }

  #shadowOf(param: Param): Param {
    const shadow = this.b.fresh(param.type, `${param.name}_shadow`)
    this.#shadows.set(param.id, shadow.id)
    return shadow
  }

  #setShadow(param: Param, shadow: ValueId): void {
    this.#shadows.set(param.id, shadow)
  }

  /** The instruction as it stands, on copies. Nested blocks too. */
  #copy(inst: Inst, at: Loc): void {
    this.b.append({
      ...mapInst(inst, { value: id => this.value(id), param: out => this.#copyOf(out), block: block => this.#plainBlock(block) }),
      at,
    })
  }

  #plainBlock(block: Block): Block {
    this.b.begin(block.params.map(param => this.#copyOf(param)))
    for (const inst of block.body) this.#copy(inst, this.made(inst.at))
    return this.b.end(this.values(block.yields))
  }

  // ── Instructions ──

  #inst(inst: Inst, at: Loc): void {
    const { b } = this
    switch (inst.kind) {
      case 'if':
        return this.#if(inst, at)
      case 'for':
        return this.#for(inst, at)
      case 'while':
        return this.#while(inst, at)
      case 'call':
        return this.#call(inst, at)
      case 'dyncall':
        return this.#dyncall(inst, at)
      default:
        this.#copy(inst, at)
    }
    switch (inst.kind) {
      case 'op':
        if (this.#isShadowed(inst.out.id)) this.#tangent(inst, at)
        return
      case 'alloc':
        if (this.#isActiveRef(inst.out.id))
          this.#setShadow(inst.out, b.alloc(inst.out.type as `arr<${string}>`, this.values(inst.dims), at, `${inst.out.name}_shadow`))
        return
      case 'tape-new':
        if (this.#isActiveRef(inst.out.id)) this.#setShadow(inst.out, b.tapeNew(at, `${inst.out.name}_shadow`))
        return
      case 'new':
        if (!this.#isActiveRef(inst.out.id)) return
        return this.#setShadow(
          inst.out,
          b.new(inst.out.type as `obj<${string}>`, this.#parts(inst.out.id, inst.fields, at), at, `${inst.out.name}_shadow`),
        )
      case 'box':
        if (!this.#isActiveRef(inst.out.id)) return
        return this.#setShadow(inst.out, b.box(inst.type, this.#parts(inst.out.id, inst.leaves, at), at, `${inst.out.name}_shadow`))
      case 'load':
        if (this.#isShadowed(inst.out.id))
          this.#setShadow(inst.out, b.load(this.shadow(inst.arr), this.value(inst.index), inst.column, at, `${inst.out.name}_shadow`))
        return
      case 'get':
        if (this.#isShadowed(inst.out.id))
          this.#setShadow(inst.out, b.get(this.shadow(inst.obj), inst.field, inst.out.type, at, `${inst.out.name}_shadow`))
        return
      case 'unbox':
        if (!inst.outs.some(out => this.#isShadowed(out.id))) return
        b.unbox(
          inst.type,
          this.shadow(inst.value),
          inst.outs.map(out => out.type),
          at,
          inst.outs.map(out => `${out.name}_shadow`),
        ).forEach((id, i) => {
          if (this.#isShadowed(inst.outs[i]!.id)) this.#setShadow(inst.outs[i]!, id)
        })
        return
      case 'store': {
        const part = this.#storedPart(inst.arr, inst.column, inst.value, at)
        if (part !== null) b.store(this.shadow(inst.arr), this.value(inst.index), inst.column, part, at)
        return
      }
      case 'set': {
        const part = this.#storedPart(inst.obj, inst.field, inst.value, at)
        if (part !== null) b.set(this.shadow(inst.obj), inst.field, part, at)
        return
      }
      case 'push': {
        const type = this.#o.activity.typeOf(inst.value)
        if (!this.#isActiveRef(inst.tape)) return
        if (isRef(type)) b.push(this.shadow(inst.tape), this.#refPart(inst.tape, 0, inst.value, at), at)
        else if (isFloat(type) && this.#o.mode === 'forward') b.push(this.shadow(inst.tape), this.shadowOrZero(inst.value, at), at)
        return
      }
      case 'pop': {
        if (!this.#isActiveRef(inst.tape)) return
        const { type } = inst.out
        if (isRef(type) || (isFloat(type) && this.#o.mode === 'forward'))
          this.#setShadow(inst.out, b.pop(this.shadow(inst.tape), type, at, `${inst.out.name}_shadow`))
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
    inst.args.forEach((arg, i) => {
      const d = this.#shadows.get(arg)
      if (d === undefined || !isFloat(this.#o.activity.typeOf(arg))) return
      const part = writeRule(this.b, inst.op as Parameters<typeof writeRule>[1], i, d, values, at)
      if (part !== null) sum = sum === null ? part : writeSum(this.b, sum, part, at)
    })
    this.#setShadow(inst.out, sum ?? this.b.const(inst.out.type, 0, at))
  }

  /** What goes into the shadow of an object where `value` goes into the object: other data are kept as they are. */
  #parts(object: ValueId, values: readonly ValueId[], at: Loc): ValueId[] {
    return values.map((id, i) => {
      const type = this.#o.activity.typeOf(id)
      if (isFloat(type)) return this.#o.mode === 'forward' ? this.shadowOrZero(id, at) : this.b.const(type, 0, at)
      return isRef(type) ? this.#refPart(object, i, id, at) : this.value(id)
    })
  }

  /** A reference that nobody loads as an active one has a null shadow. */
  #refPart(object: ValueId, column: number, id: ValueId, at: Loc): ValueId {
    return this.#o.activity.isActiveSlot(object, column) ? this.shadow(id) : this.b.const(this.#o.activity.typeOf(id), null, at)
  }

  /** What a store into active memory does to the shadow; null for nothing. In reverse mode floats are the reverse sweep's business. */
  #storedPart(object: ValueId, column: number, value: ValueId, at: Loc): ValueId | null {
    if (!this.#isActiveRef(object)) return null
    const type = this.#o.activity.typeOf(value)
    if (isRef(type)) return this.#o.activity.isActiveSlot(object, column) ? this.shadow(value) : null
    if (!isFloat(type)) return this.value(value)
    return this.#o.mode === 'forward' && this.#o.activity.isVariedColumn(object, column) ? this.shadowOrZero(value, at) : null
  }

  #prim(inst: Extract<Inst, { kind: 'prim' }>, at: Loc): void {
    const names = inst.outs.map(out => `${out.name}_shadow`)
    const types = inst.outs.map(out => out.type)
    const [base] = inst.args
    switch (inst.prim) {
      case 'arr.reshape':
      case 'arr.resize': {
        if (!this.#isActiveRef(base!)) return
        const args = [this.shadow(base!), ...this.values(inst.args.slice(1))]
        this.b.prim(inst.prim, args, types, at, names).forEach((id, i) => this.#setShadow(inst.outs[i]!, id))
        return
      }
      case 'arr.zero':
        if (this.#o.mode === 'forward' && this.#isActiveRef(base!)) this.b.prim('arr.zero', [this.shadow(base!)], [], at)
        return
      default:
        return this.#zerosFor(inst.outs, at)
    }
  }

  /** Shadows for new constant data that something active may be stored into, or that is held where active data are. */
  #zerosFor(outs: readonly Param[], at: Loc): void {
    for (const out of outs) {
      if (this.#isActiveRef(out.id))
        this.#setShadow(out, this.b.prim('arr.zeros_like', [this.value(out.id)], [out.type], at, [`${out.name}_shadow`])[0]!)
    }
  }

  #call(inst: Call, at: Loc): void {
    const { b } = this
    const { module, mode } = this.#o
    const plan = this.#o.planOf(inst)
    const args = this.values(inst.args)
    const types = inst.outs.map(out => out.type)
    const names = inst.outs.map(out => out.name)
    const give = (results: readonly ValueId[], isActive: (i: number) => boolean): void => {
      inst.outs.forEach((out, i) => this.#values.set(out.id, results[i]!))
      let next = inst.outs.length
      inst.outs.forEach((out, i) => {
        if (isActive(i)) this.#setShadow(out, results[next++]!)
      })
    }
    const withShadows = (isActive: (i: number) => boolean): { types: typeof types; names: string[] } => ({
      types: [...types, ...types.filter((_type, i) => isActive(i))],
      names: [...names, ...names.filter((_name, i) => isActive(i)).map(name => `${name}_shadow`)],
    })
    if (plan.kind === 'plain') return this.#copy(inst, at)
    if (plan.kind === 'shadows') {
      const isActive = (i: number): boolean => isFloat(types[i]!) || isRef(types[i]!)
      const outs = withShadows(isActive)
      return give(b.call(shadowsCallee(module, inst), args, outs.types, at, outs.names), isActive)
    }
    const forward = mode === 'forward'
    const shadows = inst.args.flatMap((id, i) => {
      if (plan.activity[i] !== 'active' || (!forward && !isRef(this.#o.activity.typeOf(id)))) return []
      return [this.shadowOrZero(id, at)]
    })
    const isActive = (i: number): boolean => plan.results[i]! && (forward || isRef(types[i]!))
    const outs = withShadows(isActive)
    const callee = derivedCallee(module, inst, plan, mode, !forward && this.#o.isOverwritten(inst))
    const tape = forward ? [] : [this.#o.keeping!.tape!]
    give(b.call(callee, [...args, ...shadows, ...tape], outs.types, at, outs.names), isActive)
  }

  #dyncall(inst: Extract<Inst, { kind: 'dyncall' }>, at: Loc): void {
    if (!inst.args.some(id => this.#isActiveRef(id))) {
      this.#copy(inst, at)
      return this.#zerosFor(inst.outs, at)
    }
    const { mode } = this.#o
    const tape = mode === 'forward' ? [] : [this.#o.keeping!.tape!]
    const args = [...this.values(inst.args), ...inst.args.map(id => this.shadow(id)), ...tape]
    const types = inst.outs.map(out => out.type)
    const names = inst.outs.map(out => out.name)
    const results = this.b.dyncall(args, [...inst.path, mode], [...types, ...types], at, [...names, ...names.map(name => `${name}_shadow`)])
    inst.outs.forEach((out, i) => {
      this.#values.set(out.id, results[i]!)
      this.#setShadow(out, results[inst.outs.length + i]!)
    })
  }

  // ── Control ──

  /** Yields of a block with those of the shadows of the outs that have one. */
  #yields(block: Block, outs: readonly Param[], at: Loc): ValueId[] {
    const shadows = outs.flatMap((out, i) => (this.#isShadowed(out.id) ? [this.shadowOrZero(block.yields[i]!, at)] : []))
    return [...this.values(block.yields), ...shadows]
  }

  /** Copies of `params`, and shadows of those that stand for outs with one. */
  #outs(outs: readonly Param[], params: readonly Param[] = outs): Param[] {
    const shadowed = params.filter((_param, i) => this.#isShadowed(outs[i]!.id))
    return [...params.map(param => this.#copyOf(param)), ...shadowed.map(param => this.#shadowOf(param))]
  }

  #if(inst: Extract<Inst, { kind: 'if' }>, at: Loc): void {
    const branch = (block: Block): Block => {
      if (this.#o.activity.throws(block)) return this.#throwingBranch(block, inst.outs, at)
      this.b.begin()
      this.block(block)
      return this.b.end(this.#yields(block, inst.outs, at))
    }
    const then = branch(inst.then)
    const otherwise = branch(inst.else)
    this.b.append({ kind: 'if', outs: this.#outs(inst.outs), test: this.value(inst.test), then, else: otherwise, at })
  }

  /** Its results never exist, and neither do their shadows. */
  #throwingBranch(block: Block, outs: readonly Param[], at: Loc): Block {
    this.b.begin()
    for (const inst of block.body) this.#copy(inst, this.made(inst.at))
    const shadows = outs.filter(out => this.#isShadowed(out.id)).map(out => this.b.const(out.type, null, at))
    return this.b.end([...this.values(block.yields), ...shadows])
  }

  #for(inst: Extract<Inst, { kind: 'for' }>, at: Loc): void {
    const inits = this.#inits(inst, at)
    const [index, ...carried] = inst.body.params
    this.b.begin([this.#copyOf(index!), ...this.#outs(inst.outs, carried)])
    this.block(inst.body)
    const body = this.b.end(this.#yields(inst.body, inst.outs, at))
    this.b.append({ kind: 'for', outs: this.#outs(inst.outs), count: this.value(inst.count), inits, body, at })
  }

  #inits(inst: Extract<Inst, { kind: 'for' | 'while' }>, at: Loc): ValueId[] {
    return [
      ...this.values(inst.inits),
      ...inst.outs.flatMap((out, i) => (this.#isShadowed(out.id) ? [this.shadowOrZero(inst.inits[i]!, at)] : [])),
    ]
  }

  #while(inst: Extract<Inst, { kind: 'while' }>, at: Loc): void {
    const counts = this.#o.keeping?.countsTrips(inst) ?? false
    const inits = [...this.#inits(inst, at), ...(counts ? [this.b.i64(0, at)] : [])]
    const trips = (): Param[] => (counts ? [this.b.fresh('i64', 'trips')] : [])
    // The test is never differentiated: it has no effect, and nothing of it outlives it.
    this.b.begin([...this.#outs(inst.outs, inst.cond.params), ...trips()])
    for (const inner of inst.cond.body) this.#copy(inner, this.made(inner.at))
    const cond = this.b.end(this.values(inst.cond.yields))
    const soFar = trips()
    this.b.begin([...this.#outs(inst.outs, inst.body.params), ...soFar])
    this.block(inst.body)
    const next = counts ? [this.b.op('i64.add', [soFar[0]!.id, this.b.i64(1, at)], at, 'trips')] : []
    const body = this.b.end([...this.#yields(inst.body, inst.outs, at), ...next])
    const total = trips()
    if (total[0]) this.#trips.set(inst, total[0].id)
    this.b.append({ kind: 'while', outs: [...this.#outs(inst.outs), ...total], inits, cond, body, at })
  }
}

/**
 * Computes what is known at compile time: operations on literals, exact equations of `algebra.ts`, branches whose test is known,
 * loops that run never or once, carried values that never change, sizes of arrays that were just made.
 *
 * Needs: nothing. Promises: no operation without trap has only literals as operands; literals stand right where an operation commutes.
 */
import { mayResize } from '../3-ir/effects.ts'
import type { Block, ConstValue, Func, Inst, Loc, Param, ValueId } from '../3-ir/ir.ts'
import { Trap } from '../3-ir/memory.ts'
import { OPS, type Op } from '../3-ir/ops.ts'
import { evaluate } from '../3-ir/scalar.ts'
import { mapInst, mapList, mapOperands, outsOf, withBody } from '../3-ir/visit.ts'
import { type Instead, type Known, operandType, simpler } from './algebra.ts'
import type { PassContext } from './pass.ts'
import { Renaming } from './renaming.ts'

export function fold(f: Func, cx: PassContext): Func {
  const folder = new Folder(f, mayResize(f.body, cx.effectsOfCall))
  const body = folder.block(f.body)
  return body === f.body ? f : { ...f, body, nextId: folder.names.nextId }
}

type Of<K extends Inst['kind']> = Extract<Inst, { kind: K }>

/** Steps after which an operation is left as it is; each step makes it simpler, so this only bounds a mistake. */
const MOST_STEPS = 16

class Folder implements Known {
  readonly names: Renaming
  readonly #defs = new Map<ValueId, Inst>()
  readonly #resizes: boolean
  /** Tests whose outcome is known here, by the branch that we are in, or because the other one has thrown. */
  readonly #outcomes = new Map<ValueId, boolean>()
  /** The tests learned in each open block, which are forgotten at its end. */
  readonly #learned: ValueId[][] = []
  #body: Inst[] = []

  constructor(f: Func, resizes: boolean) {
    this.names = new Renaming(f.nextId)
    this.#resizes = resizes
  }

  literal(id: ValueId): ConstValue {
    const def = this.#defs.get(id)
    return def?.kind === 'const' ? def.value : (this.#outcomes.get(id) ?? null)
  }

  madeBy(id: ValueId, op: Op): readonly ValueId[] | null {
    const def = this.#defs.get(id)
    return def?.kind === 'op' && def.op === op ? def.args : null
  }

  block(block: Block, test: ValueId | null = null, outcome = true): Block {
    const outer = this.#body
    this.#body = []
    this.#learned.push([])
    if (test !== null) this.#learn(test, outcome)
    for (const inst of block.body) this.#inst(inst)
    for (const id of this.#learned.pop()!) this.#outcomes.delete(id)
    const yields = mapList(block.yields, this.names.of)
    const body = this.#body
    this.#body = outer
    return withBody(block, body, yields)
  }

  /** From here to the end of the block the test has this outcome, and so have the parts of which it is made. */
  #learn(test: ValueId, outcome: boolean): void {
    if (this.#outcomes.has(test)) return
    this.#outcomes.set(test, outcome)
    this.#learned.at(-1)!.push(test)
    for (const part of this.madeBy(test, outcome ? 'bool.and' : 'bool.or') ?? []) this.#learn(part, outcome)
    for (const part of this.madeBy(test, 'bool.not') ?? []) this.#learn(part, !outcome)
  }

  #emit(inst: Inst): void {
    for (const out of outsOf(inst)) this.#defs.set(out.id, inst)
    this.#body.push(inst)
  }

  #replace(outs: readonly Param[], values: readonly ValueId[]): void {
    outs.forEach((out, i) => this.names.set(out.id, this.names.of(values[i]!)))
  }

  #inst(before: Inst): void {
    const inst = mapOperands(before, this.names.of)
    // biome-ignore format: one case a line
    switch (inst.kind) {
      case 'op': return this.#op(inst)
      case 'if': return this.#if(inst)
      case 'for': return this.#for(inst)
      case 'while': return this.#while(inst)
      case 'prim': return this.#prim(inst)
      case 'try': {
        const block = (b: Block): Block => this.block(b)
        return this.#emit(mapInst(inst, { block }))
      }
      default: return this.#emit(inst)
    }
  }

  // ── Operations ──

  #op(inst: Of<'op'>): void {
    let { op, args } = inst
    for (let step = 0; step < MOST_STEPS; step++) {
      const value = this.#evaluate(op, args)
      if (value !== null) return this.#emit({ kind: 'const', out: inst.out, value, at: inst.at })
      const instead = simpler(op, args, this)
      if (!instead) break
      if (instead.kind === 'value') return this.#replace([inst.out], [instead.id])
      if (instead.kind === 'literal') return this.#emit({ kind: 'const', out: inst.out, value: instead.value, at: inst.at })
      op = instead.op
      args = this.#operands(instead, inst.at)
    }
    this.#emit(op === inst.op && args === inst.args ? inst : { ...inst, op, args })
  }

  #operands({ op, args }: Extract<Instead, { kind: 'op' }>, at: Loc): ValueId[] {
    return args.map((arg, i) => {
      if (typeof arg === 'number') return arg
      const out = this.names.fresh(operandType(op, i), 'c')
      this.#emit({ kind: 'const', out, value: arg.literal, at })
      return out.id
    })
  }

  /** The result if all operands are literals and there is one; a trap stays where it is. */
  #evaluate(op: Op, args: readonly ValueId[]): ConstValue {
    const values = args.map(id => this.literal(id))
    if (values.includes(null)) return null
    try {
      return evaluate(op, values)
    } catch (error) {
      if (error instanceof Trap) return null
      throw error
    }
  }

  // ── Branches ──

  #if(inst: Of<'if'>): void {
    const known = this.literal(inst.test)
    if (typeof known === 'boolean') return this.#splice(known ? inst.then : inst.else, inst.outs)
    const not = this.madeBy(inst.test, 'bool.not')
    const test = not ? not[0]! : inst.test
    const then = this.block(not ? inst.else : inst.then, test, true)
    const otherwise = this.block(not ? inst.then : inst.else, test, false)
    if (isCheap(then) && isCheap(otherwise) && this.#select(inst, test, then, otherwise)) return
    // A result that is the same value on both sides is that value.
    const differs = inst.outs.map((_, i) => then.yields[i] !== otherwise.yields[i])
    inst.outs.forEach((out, i) => {
      if (!differs[i]) this.names.set(out.id, then.yields[i]!)
    })
    this.#emit(changedOnly(inst, { ...inst, test, ...keepYields(inst.outs, then, otherwise, differs) }))
    if (throws(otherwise)) this.#learn(test, true)
    else if (throws(then)) this.#learn(test, false)
  }

  /** An `if` with next to no instructions is one select a result, if there is a select of its type. */
  #select(inst: Of<'if'>, test: ValueId, then: Block, otherwise: Block): boolean {
    const ops = inst.outs.map(out => `${out.type}.select`)
    if (!ops.every((op, i) => Object.hasOwn(OPS, op) || then.yields[i] === otherwise.yields[i])) return false
    for (const inner of [...then.body, ...otherwise.body]) this.#emit(inner)
    inst.outs.forEach((out, i) => {
      if (then.yields[i] === otherwise.yields[i]) this.names.set(out.id, then.yields[i]!)
      else this.#op({ kind: 'op', out, op: ops[i] as Op, args: [test, then.yields[i]!, otherwise.yields[i]!], at: inst.at })
    })
    return true
  }

  /** Puts the instructions of a block here; its yields are the values of `outs`. */
  #splice(block: Block, outs: readonly Param[]): void {
    for (const inst of block.body) this.#inst(inst)
    this.#replace(outs, block.yields)
  }

  // ── Loops ──

  #for(inst: Of<'for'>): void {
    const count = this.literal(inst.count)
    if (typeof count === 'number' && count <= 0) return this.#replace(inst.outs, inst.inits)
    if (count === 1) {
      const [index, ...carried] = inst.body.params
      this.#emit({ kind: 'const', out: index!, value: 0, at: inst.at })
      this.#replace(carried, inst.inits)
      return this.#splice(inst.body, inst.outs)
    }
    const { params, yields } = inst.body
    const varies = yields.map((id, i) => this.#varies(id, params[i + 1]!, inst.inits[i]!, inst.outs[i]!))
    if (varies.includes(false)) {
      const keep = <T>(list: readonly T[]): T[] => list.filter((_, i) => varies[i])
      const body = this.block({ ...inst.body, params: [params[0]!, ...keep(params.slice(1))], yields: keep(yields) })
      this.#emit({ ...inst, outs: keep(inst.outs), inits: keep(inst.inits), body })
    } else this.#emit(changedOnly(inst, { ...inst, body: this.block(inst.body) }))
  }

  #while(inst: Of<'while'>): void {
    const { cond, body } = inst
    const varies = body.yields.map((id, i) => {
      const does = this.#varies(id, body.params[i]!, inst.inits[i]!, inst.outs[i]!)
      if (!does) this.names.set(cond.params[i]!.id, inst.inits[i]!)
      return does
    })
    const keep = <T>(list: readonly T[]): T[] => list.filter((_, i) => varies[i])
    const all = !varies.includes(false)
    const newCond = this.block(all ? cond : { ...cond, params: keep(cond.params) })
    const newBody = this.block(all ? body : { ...body, params: keep(body.params), yields: keep(body.yields) })
    const after = { ...inst, cond: newCond, body: newBody }
    this.#emit(all ? changedOnly(inst, after) : { ...after, outs: keep(inst.outs), inits: keep(inst.inits) })
  }

  /** Does a carried value ever differ from its initial value? If not, it is that value, inside and after the loop. */
  #varies(next: ValueId, param: Param, init: ValueId, out: Param): boolean {
    if (next !== param.id && this.names.of(next) !== init) return true
    this.names.set(param.id, init)
    this.names.set(out.id, init)
    return false
  }

  // ── Primitives ──

  #prim(inst: Of<'prim'>): void {
    const [a, b] = inst.args
    const def = a === undefined ? undefined : this.#defs.get(a)
    switch (inst.prim) {
      case 'bits.f64': {
        const low = this.#defs.get(b!)
        const isBack = def?.kind === 'prim' && def.prim === 'bits.high' && low?.kind === 'prim' && low.prim === 'bits.low'
        if (isBack && def.args[0] === low.args[0]) return this.#replace(inst.outs, [def.args[0]!])
        break
      }
      case 'bits.f32': {
        // An UInt32 is wrapped to its 32 bits, which these are.
        const word = def?.kind === 'op' && def.op === 'i64.wrap_u' && this.literal(def.args[1]!) === 32 ? this.#defs.get(def.args[0]!) : def
        if (word?.kind === 'prim' && word.prim === 'bits.word') return this.#replace(inst.outs, [word.args[0]!])
        break
      }
      case 'arr.dim': {
        const axis = this.literal(b!)
        const dims = def && this.#dims(def)
        if (!dims || typeof axis !== 'number') break
        if (axis < dims.length) return this.#replace(inst.outs, [dims[axis]!])
        return this.#emit({ kind: 'const', out: inst.outs[0]!, value: 1, at: inst.at })
      }
      case 'arr.len': {
        const dims = def && this.#dims(def)
        if (dims?.length === 1) return this.#replace(inst.outs, dims)
        const sizes = dims?.map(id => this.literal(id))
        if (sizes?.every(size => typeof size === 'number')) {
          return this.#emit({ kind: 'const', out: inst.outs[0]!, value: sizes.reduce((n, size) => n * size, 1), at: inst.at })
        }
        break
      }
      case 'ref.is_null': {
        const isNew = def?.kind === 'alloc' || def?.kind === 'new' || def?.kind === 'box' || def?.kind === 'tape-new'
        if (isNew || def?.kind === 'const') return this.#emit({ kind: 'const', out: inst.outs[0]!, value: !isNew, at: inst.at })
        break
      }
      case 'str.is_null':
        if (def?.kind === 'const') return this.#emit({ kind: 'const', out: inst.outs[0]!, value: def.value === null, at: inst.at })
        break
      case 'ref.same':
      case 'arr.same':
        if (a === b) return this.#emit({ kind: 'const', out: inst.outs[0]!, value: true, at: inst.at })
        break
      case 'any.type_is': {
        const type = this.literal(b!)
        if (def?.kind === 'box') return this.#emit({ kind: 'const', out: inst.outs[0]!, value: def.type === type, at: inst.at })
        break
      }
    }
    this.#emit(inst)
  }

  /** The sizes an array was made with, while it has them: only vectors are resized. */
  #dims(def: Inst): readonly ValueId[] | null {
    const dims = def.kind === 'alloc' ? def.dims : def.kind === 'prim' && def.prim === 'arr.reshape' ? def.args.slice(1) : null
    return dims && (dims.length !== 1 || !this.#resizes) ? dims : null
  }
}

function throws(block: Block): boolean {
  return block.body.some(inst => inst.kind === 'throw')
}

/** Literals and a comparison or two: cheaper to compute than to branch around. */
function isCheap(block: Block): boolean {
  let comparisons = 0
  return block.body.every(inst => {
    if (inst.kind === 'op' && inst.out.type === 'bool' && OPS[inst.op].effect === 'pure') return ++comparisons <= 2
    return inst.kind === 'const'
  })
}

function keepYields(outs: readonly Param[], then: Block, otherwise: Block, keeps: readonly boolean[]) {
  if (!keeps.includes(false)) return { outs, then, else: otherwise }
  const keep = <T>(list: readonly T[]): T[] => list.filter((_, i) => keeps[i])
  return { outs: keep(outs), then: { ...then, yields: keep(then.yields) }, else: { ...otherwise, yields: keep(otherwise.yields) } }
}

/** The old object if all parts are the same. */
function changedOnly<I extends Inst>(before: I, after: I): I {
  for (const key in after) if (after[key] !== before[key]) return after
  return before
}

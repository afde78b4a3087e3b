/**
 * Drops what nobody uses: instructions, results of branches, carried values of loops, and memory that is only written to.
 *
 * Needs: nothing. Promises: every instruction left has an effect or a result that is used.
 */
import { hasEffect } from '../3-ir/effects.ts'
import type { Block, Func, Inst, Param, ValueId } from '../3-ir/ir.ts'
import { blocksOf, operands, outsOf, withBody } from '../3-ir/visit.ts'
import type { PassContext } from './pass.ts'
import { nonNegative } from './sizes.ts'

export function deadCode(f: Func, cx: PassContext): Func {
  const marks = new Marks(f, cx)
  marks.run()
  const body = marks.block(f.body)
  return body === f.body ? f : { ...f, body }
}

class Marks {
  readonly #func: Func
  readonly #cx: PassContext
  readonly #liveInsts = new Set<Inst>()
  readonly #liveValues = new Set<ValueId>()
  /** Where each value comes from, and the instruction around each instruction. */
  readonly #definedBy = new Map<ValueId, Inst>()
  readonly #holder = new Map<Inst, Inst>()
  /** A parameter of a nested block or a result of a holder: the values it may be. */
  readonly #sources = new Map<ValueId, readonly ValueId[]>()
  /** Writes into memory made here: they matter once the memory does. */
  readonly #writesTo = new Map<ValueId, Inst[]>()
  readonly #work: ValueId[] = []

  constructor(f: Func, cx: PassContext) {
    this.#func = f
    this.#cx = cx
  }

  run(): void {
    const roots: Inst[] = []
    this.#collect(this.#func.body, null, roots)
    for (const inst of roots) this.#inst(inst)
    for (const id of this.#func.body.yields) this.#value(id)
    for (let id = this.#work.pop(); id !== undefined; id = this.#work.pop()) {
      const def = this.#definedBy.get(id)
      if (def) this.#inst(def)
      for (const source of this.#sources.get(id) ?? []) this.#value(source)
      for (const write of this.#writesTo.get(id) ?? []) this.#inst(write)
    }
  }

  #value(id: ValueId): void {
    if (this.#liveValues.has(id)) return
    this.#liveValues.add(id)
    this.#work.push(id)
  }

  /** Marks an instruction, what it always needs, and the instructions around it. */
  #inst(inst: Inst): void {
    if (this.#liveInsts.has(inst)) return
    this.#liveInsts.add(inst)
    // biome-ignore format: one case a line
    switch (inst.kind) {
      case 'if': this.#value(inst.test); break
      case 'for': this.#value(inst.count); break
      case 'while': this.#value(inst.cond.yields[0]!); break
      default: for (const id of operands(inst)) this.#value(id)
    }
    const holder = this.#holder.get(inst)
    if (holder) this.#inst(holder)
  }

  #collect(block: Block, holder: Inst | null, roots: Inst[]): void {
    for (const inst of block.body) {
      if (holder) this.#holder.set(inst, holder)
      for (const out of outsOf(inst)) this.#definedBy.set(out.id, inst)
      for (const inner of blocksOf(inst)) {
        // A parameter is there only while its block runs.
        for (const param of inner.params) this.#definedBy.set(param.id, inst)
        this.#collect(inner, inst, roots)
      }
      this.#flow(inst)
      if (inst.kind === 'while' || (blocksOf(inst).length === 0 && this.#mustRun(inst))) roots.push(inst)
    }
  }

  /** How values get through a holder. */
  #flow(inst: Inst): void {
    const from = (to: Param | undefined, ...values: (ValueId | undefined)[]): void => {
      if (to)
        this.#sources.set(
          to.id,
          values.filter(value => value !== undefined),
        )
    }
    switch (inst.kind) {
      case 'if':
        inst.outs.forEach((out, i) => from(out, inst.then.yields[i], inst.else.yields[i]))
        break
      case 'for':
        inst.outs.forEach((out, i) => {
          from(out, inst.body.yields[i], inst.inits[i])
          from(inst.body.params[i + 1], inst.body.yields[i], inst.inits[i])
        })
        break
      case 'while':
        inst.outs.forEach((out, i) => {
          for (const param of [out, inst.cond.params[i], inst.body.params[i]]) from(param, inst.body.yields[i], inst.inits[i])
        })
        break
      case 'try':
        inst.outs.forEach((out, i) => from(out, inst.body.yields[i], inst.handler.yields[i]))
        break
    }
  }

  #mustRun(inst: Inst): boolean {
    // biome-ignore format: one case a line
    switch (inst.kind) {
      case 'store': return this.#unlessLocal(inst, inst.arr, 'alloc')
      case 'set': return this.#unlessLocal(inst, inst.obj, 'new')
      case 'push': return this.#unlessLocal(inst, inst.tape, 'tape-new')
      case 'alloc': return !inst.dims.every(id => nonNegative(id, value => this.#definedBy.get(value)))
      // A pop nobody uses still moves the stack, which matters if another pop does.
      case 'pop': return true
      default: return hasEffect(inst, this.#cx.effectsOfCall)
    }
  }

  /** A write into memory that was made in this function matters only if the memory is read or handed on. */
  #unlessLocal(write: Inst, memory: ValueId, made: Inst['kind']): boolean {
    if (this.#definedBy.get(memory)?.kind !== made) return true
    const writes = this.#writesTo.get(memory)
    if (writes) writes.push(write)
    else this.#writesTo.set(memory, [write])
    return false
  }

  // ── The function that is left ──

  block(block: Block): Block {
    const body: Inst[] = []
    for (const inst of block.body) if (this.#liveInsts.has(inst)) body.push(this.#trim(inst))
    return withBody(block, body)
  }

  /** The instruction with live blocks, and without results and carried values that are dead. */
  #trim(inst: Inst): Inst {
    const blocks = blocksOf(inst)
    if (blocks.length === 0) return inst
    const outs = outsOf(inst)
    // A carried value is live if its result is, or its parameter in a block.
    const alive = outs.map((out, i) => this.#liveValues.has(out.id) || this.#isCarriedLive(inst, i))
    const keep = <T>(list: readonly T[]): readonly T[] => (alive.includes(false) ? list.filter((_, i) => alive[i]) : list)
    const yielding = (b: Block): Block => withYields(this.block(b), keep(b.yields))
    // biome-ignore format: one case a line
    switch (inst.kind) {
      case 'if': return rebuilt(inst, { outs: keep(inst.outs), then: yielding(inst.then), else: yielding(inst.else) })
      case 'try': return rebuilt(inst, { outs: keep(inst.outs), body: yielding(inst.body), handler: yielding(inst.handler) })
      case 'for': {
        const params = keep(inst.body.params.slice(1))
        const body = params.length === outs.length ? yielding(inst.body) : { ...yielding(inst.body), params: [inst.body.params[0]!, ...params] }
        return rebuilt(inst, { outs: keep(inst.outs), inits: keep(inst.inits), body })
      }
      case 'while': {
        const params = (b: Block, of: Block): Block => (alive.includes(false) ? { ...b, params: keep(of.params) } : b)
        const cond = params(this.block(inst.cond), inst.cond)
        return rebuilt(inst, { outs: keep(inst.outs), inits: keep(inst.inits), cond, body: params(yielding(inst.body), inst.body) })
      }
      default: return inst
    }
  }

  #isCarriedLive(inst: Inst, i: number): boolean {
    const params = inst.kind === 'for' ? [inst.body.params[i + 1]] : inst.kind === 'while' ? [inst.cond.params[i], inst.body.params[i]] : []
    return params.some(param => param !== undefined && this.#liveValues.has(param.id))
  }
}

function withYields(block: Block, yields: readonly ValueId[]): Block {
  return yields === block.yields ? block : { ...block, yields }
}

/** The instruction with these parts; the same object if they are the same. */
function rebuilt<I extends Inst>(inst: I, parts: Partial<I>): I {
  for (const key in parts) if (parts[key] !== inst[key]) return { ...inst, ...parts }
  return inst
}

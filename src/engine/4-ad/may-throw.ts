/** Which instructions may hand an exception of the program to a `try` around them. Limits of ours (exact integers, memory, time) are none. */
import { effectsOf } from '../3-ir/effects.ts'
import type { Block, Func, Inst, Module, ValueId } from '../3-ir/ir.ts'
import { keepOnly } from '../3-ir/left-functions.ts'
import { blocksOf, forEachInst, outsOf } from '../3-ir/visit.ts'

export class MayThrow {
  readonly #module: Module
  readonly #funcs = new Map<string, boolean>()

  constructor(module: Module) {
    this.#module = module
  }

  /** Looks at functions as they are, so that none is derived for it; one that is still to be derived, or recursive, may throw. */
  func(name: string): boolean {
    let known = this.#funcs.get(name)
    if (known === undefined) {
      if (this.#module.derived.get(name)?.mode === 'caught') return false
      const f = this.#module.funcs.get(name)
      if (!f) return true
      this.#funcs.set(name, true)
      known = this.within(f).block(f.body)
      this.#funcs.set(name, known)
    }
    return known
  }

  letGo(left: ReadonlySet<string>): void {
    keepOnly(left, this.#funcs)
  }

  within(f: Func): MayThrowIn {
    return new MayThrowIn(f, name => this.func(name))
  }
}

/** The same for the instructions of one function. */
export class MayThrowIn {
  readonly #ofCall: (callee: string) => boolean
  readonly #makers = new Map<ValueId, Inst>()
  readonly #params = new Set<ValueId>()

  constructor(f: Func, ofCall: (callee: string) => boolean) {
    this.#ofCall = ofCall
    for (const param of f.body.params) this.#params.add(param.id)
    forEachInst(f.body, inst => {
      for (const out of outsOf(inst)) this.#makers.set(out.id, inst)
    })
  }

  block(block: Block): boolean {
    return block.body.some(inst => this.inst(inst))
  }

  inst(inst: Inst): boolean {
    switch (inst.kind) {
      case 'throw':
        return true
      case 'dyncall':
        return inst.path.at(-1) !== 'caught'
      case 'call':
        return this.#ofCall(inst.callee)
      case 'if':
      case 'for':
      case 'while':
        return blocksOf(inst).some(block => this.block(block))
      case 'try':
        return this.block(inst.handler)
      case 'alloc':
        return !inst.dims.every(id => this.#isSize(id))
      case 'get':
      case 'set':
        return !this.#exists(inst.obj)
      case 'prim':
        return inst.prim === 'arr.reshape' || effectsOf(inst).traps === 'may'
      default:
        return effectsOf(inst).traps === 'may'
    }
  }

  /** Is it surely not negative? */
  #isSize(id: ValueId): boolean {
    const maker = this.#makers.get(id)
    if (maker?.kind === 'const') return typeof maker.value === 'number' && maker.value >= 0
    return maker?.kind === 'prim' && (maker.prim === 'arr.len' || maker.prim === 'arr.dim')
  }

  /** Is it surely not the null reference? */
  #exists(id: ValueId): boolean {
    return this.#params.has(id) || this.#makers.get(id)?.kind === 'new'
  }
}

/**
 * Common subexpressions: a computation that was done before, in this block or one around it, is not done again. Reads of memory are
 * common as long as nothing is written between them, and find what was written last; a check that passed once passes again.
 *
 * Needs: nothing. Promises: of two equal pure operations of which one runs before the other, one is left.
 */
import { effectsOf, mayResize } from '../3-ir/effects.ts'
import type { Block, Func, Inst, ValueId } from '../3-ir/ir.ts'
import { PRIMS } from '../3-ir/prims.ts'
import { isRef } from '../3-ir/types.ts'
import { blocksOf, mapInst, mapList, outsOf } from '../3-ir/visit.ts'
import type { PassContext } from './pass.ts'
import { Renaming } from './renaming.ts'

export function cse(f: Func, cx: PassContext): Func {
  const body = new Numbering(f, cx).block(f.body)
  return body === f.body ? f : { ...f, body }
}

class Numbering {
  readonly #names: Renaming
  readonly #cx: PassContext
  readonly #resizes: boolean
  /** Results of each computation, by its text; entries of a block end with it. */
  readonly #known = new Map<string, readonly ValueId[]>()
  /** Numbers of states of memory: as a whole, after what may have written to any of it, and of single parts of objects since. */
  #memory = 0
  #all = 0
  #parts: ReadonlyMap<string, number> = new Map()
  #memories = 0

  constructor(f: Func, cx: PassContext) {
    this.#names = new Renaming(f.nextId)
    this.#cx = cx
    this.#resizes = mayResize(f.body, cx.effectsOfCall)
  }

  block(block: Block): Block {
    const added: string[] = []
    const body: Inst[] = []
    let same = true
    for (const inst of block.body) {
      const after = this.#inst(inst, added)
      if (after) body.push(after)
      if (after !== inst) same = false
    }
    for (const key of added) this.#known.delete(key)
    const yields = mapList(block.yields, this.#names.of)
    return same && yields === block.yields ? block : { params: block.params, body, yields }
  }

  /** The instruction as it is now, or null if an earlier one gives its results. */
  #inst(before: Inst, added: string[]): Inst | null {
    const inst = mapInst(before, { value: this.#names.of })
    const blocks = blocksOf(inst)
    if (blocks.length > 0) return this.#nested(inst)
    const key = this.#key(inst)
    if (key !== null) {
      const known = this.#known.get(key)
      if (known) {
        outsOf(inst).forEach((out, i) => this.#names.set(out.id, known[i]!))
        return null
      }
      this.#known.set(
        key,
        outsOf(inst).map(out => out.id),
      )
      added.push(key)
    }
    if (inst.kind === 'store' || inst.kind === 'set' || inst.kind === 'global-set') this.#forward(inst, added)
    else if (effectsOf(inst, this.#cx.effectsOfCall).writes) this.#written()
    return inst
  }

  /** What was just written is what the next read finds. Nothing else has changed but the same part of other objects, which may be this one. */
  #forward(inst: Extract<Inst, { kind: 'store' | 'set' | 'global-set' }>, added: string[]): void {
    this.#memory = ++this.#memories
    const part = partOf(inst)
    if (part !== null) this.#parts = new Map(this.#parts).set(part, this.#memory)
    const place = this.#place(inst)
    this.#known.set(place, [inst.value])
    added.push(place)
  }

  /** The place in memory that an instruction reads or writes, with the state of memory after it. */
  #place(inst: Access): string {
    const part = partOf(inst)
    const state = part === null ? this.#memory : (this.#parts.get(part) ?? this.#all)
    // biome-ignore format: one case a line
    switch (inst.kind) {
      case 'load':
      case 'store': return `load ${inst.arr} ${inst.index} ${inst.column} ${state}`
      case 'get':
      case 'set': return `get ${inst.obj} ${inst.field} ${state}`
      case 'global-get':
      case 'global-set': return `global ${inst.cell} ${inst.leaf} ${state}`
    }
  }

  #written(): void {
    this.#memory = ++this.#memories
    this.#all = this.#memory
    this.#parts = new Map()
  }

  /** A loop sees what its later turns write; each branch sees what was there before the branches. */
  #nested(inst: Inst): Inst {
    const writes = effectsOf(inst, this.#cx.effectsOfCall).writes
    const repeats = inst.kind === 'for' || inst.kind === 'while'
    if (writes && repeats) this.#written()
    const [memory, all, parts] = [this.#memory, this.#all, this.#parts]
    const after = mapInst(inst, {
      block: block => {
        if (repeats) return this.block(block)
        this.#memory = memory
        this.#all = all
        this.#parts = parts
        // The handler of a `try` runs after any part of the body.
        if (inst.kind === 'try' && block === inst.handler && writes) this.#written()
        return this.block(block)
      },
    })
    if (writes) this.#written()
    return after
  }

  /** A text that equal computations share; null if doing it twice is not the same as doing it once. */
  #key(inst: Inst): string | null {
    // biome-ignore format: one case a line
    switch (inst.kind) {
      case 'const': return `${inst.out.type} ${typeof inst.value} ${Object.is(inst.value, -0) ? '-0' : inst.value}`
      case 'op': return `${inst.op} ${inst.args.join()}`
      case 'load':
      case 'get':
      case 'global-get': return this.#place(inst)
      case 'unbox': return `unbox ${inst.type} ${inst.value} ${this.#memory}`
      case 'call': {
        const { reads, writes } = this.#cx.effectsOfCall(inst.callee)
        return reads || writes || inst.outs.some(out => isRef(out.type)) ? null : `call ${inst.callee} ${inst.args.join()}`
      }
      case 'prim': {
        const { effect } = PRIMS[inst.prim]
        // Each result of these is a new object.
        if (effect === 'write' || effect === 'io' || inst.prim === 'arr.reshape' || inst.prim === 'arr.zeros_like' || inst.prim === 'arr.zeros_beside' || inst.prim === 'arr.stand_in' || inst.prim === 'arr.stand_in_of_call' || inst.prim === 'any.type') return null
        const isSize = inst.prim === 'arr.len' || inst.prim === 'arr.dim' || inst.prim === 'arr.check' || inst.prim === 'arr.check_dim'
        const memory = effect === 'read' && (!isSize || this.#resizes) ? this.#memory : ''
        // What a check says when it fails is said by the first of its kind.
        const args = inst.prim === 'arr.check_dim' ? inst.args.slice(0, 3) : inst.args
        return `${inst.prim} ${args.join()} ${memory}`
      }
      default: return null
    }
  }
}

type Access = Extract<Inst, { kind: 'load' | 'store' | 'get' | 'set' | 'global-get' | 'global-set' }>

/**
 * Which part of an object or array it is, whatever object that is: writing to one part leaves the others as they are. Null of a global: what is
 * found in one after something was written elsewhere is no value that a transform knows, so that it says what is lost there.
 */
function partOf(inst: Access): string | null {
  // biome-ignore format: one case a line
  switch (inst.kind) {
    case 'load':
    case 'store': return `column ${inst.column}`
    case 'get':
    case 'set': return `field ${inst.field}`
    case 'global-get':
    case 'global-set': return null
  }
}

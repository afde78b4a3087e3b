/** Which objects, boxes, arrays and tapes never leave a function and can be told apart slot by slot at compile time. */
import type { Block, Func, Inst, Module, Type, ValueId } from '../3-ir/ir.ts'
import { stackOf } from '../3-ir/tape.ts'
import { columnsOf, isArray } from '../3-ir/types.ts'
import { blocksOf, operands } from '../3-ir/visit.ts'

/** One field, leaf, or element of a column. */
export interface Slot {
  readonly of: ValueId
  readonly index: number
}

export interface Local {
  readonly name: string
  /** Of each slot. */
  readonly types: readonly Type[]
  /** Number of the Julia type of a box. */
  readonly boxed: number | null
  /** Elements of an array. */
  readonly length: number
  readonly dimOf: (axis: ValueId) => number
  /** The slot of an element. */
  readonly slotOf: (index: ValueId, column: number) => number
  /** What each pop from a tape gives. */
  readonly popped: ReadonlyMap<ValueId, ValueId>
}

/** Slots up to which memory becomes values. */
const MOST_SLOTS = 16

export function findLocals(f: Func, module: Module): ReadonlyMap<ValueId, Local> {
  const finder = new Finder(module)
  finder.block(f.body, 0)
  return finder.locals
}

class Finder {
  readonly locals = new Map<ValueId, Local>()
  readonly #module: Module
  readonly #literals = new Map<ValueId, number>()
  /** For each candidate: how many `try` are around it, and the block it is made in. */
  readonly #home = new Map<ValueId, { tries: number; block: Block }>()
  /** Of each tape: what is on its stacks at this point. */
  readonly #stacks = new Map<ValueId, { id: ValueId; type: Type }[]>()
  readonly #types = new Map<ValueId, Type>()

  constructor(module: Module) {
    this.#module = module
  }

  block(block: Block, tries: number): void {
    for (const param of block.params) this.#types.set(param.id, param.type)
    for (const inst of block.body) {
      this.#candidate(inst, block, tries)
      this.#use(inst, block, tries)
      for (const inner of blocksOf(inst)) this.block(inner, inst.kind === 'try' ? tries + 1 : tries)
      if ('out' in inst) this.#types.set(inst.out.id, inst.out.type)
      if ('outs' in inst) for (const out of inst.outs) this.#types.set(out.id, out.type)
    }
    for (const id of block.yields) this.locals.delete(id)
  }

  #candidate(inst: Inst, block: Block, tries: number): void {
    if (inst.kind === 'const' && typeof inst.value === 'number') this.#literals.set(inst.out.id, inst.value)
    const made = this.#localOf(inst)
    if (!made || !('out' in inst)) return
    this.locals.set(inst.out.id, made)
    this.#home.set(inst.out.id, { tries, block })
  }

  #localOf(inst: Inst): Local | null {
    const base = { boxed: null, length: 0, dimOf: () => 0, slotOf: () => 0, popped: new Map<ValueId, ValueId>() }
    // biome-ignore format: one case a line
    switch (inst.kind) {
      case 'new': {
        const name = inst.out.type.slice(4, -1)
        return { ...base, name: inst.out.name, types: this.#module.structs.get(name)?.fields.map(field => field.type) ?? [] }
      }
      case 'box': return { ...base, boxed: inst.type, name: inst.out.name, types: this.#module.types[inst.type]?.leaves ?? [] }
      case 'tape-new':
        this.#stacks.set(inst.out.id, [])
        return { ...base, name: inst.out.name, types: [] }
      case 'alloc': return this.#smallArray(inst)
      default: return null
    }
  }

  #smallArray(inst: Extract<Inst, { kind: 'alloc' }>): Local | null {
    if (!isArray(inst.out.type)) return null
    const columns = columnsOf(inst.out.type)
    const dims = inst.dims.map(id => this.#literals.get(id) ?? -1)
    const length = dims.reduce((n, size) => n * size, 1)
    if (dims.some(size => size < 0) || length * columns.length > MOST_SLOTS) return null
    return {
      name: inst.out.name,
      boxed: null,
      types: columns.flatMap(type => Array.from({ length }, () => type)),
      length,
      dimOf: axis => dims[this.#literals.get(axis)!] ?? 1,
      slotOf: (index, column) => column * length + this.#literals.get(index)!,
      popped: new Map(),
    }
  }

  /** Takes out of the candidates what is used in any other way than by its slots. */
  #use(inst: Inst, block: Block, tries: number): void {
    const slots = this.#slotAccess(inst)
    operands(inst).forEach((id, i) => {
      if (this.locals.has(id) && !(slots && i === 0 && this.#isTame(inst, id, block, tries))) this.locals.delete(id)
    })
  }

  /** Is the first operand the memory that is accessed? */
  #slotAccess(inst: Inst): boolean {
    // biome-ignore format: one case a line
    switch (inst.kind) {
      case 'load':
      case 'store':
      case 'get':
      case 'set':
      case 'unbox':
      case 'push':
      case 'pop': return true
      case 'prim': return inst.prim === 'arr.len' || inst.prim === 'arr.dim' || inst.prim === 'arr.check' || inst.prim === 'arr.check_dim'
      default: return false
    }
  }

  /** Can this access be done at compile time? */
  #isTame(inst: Inst, id: ValueId, block: Block, tries: number): boolean {
    const local = this.locals.get(id)!
    const home = this.#home.get(id)!
    const inside = (index: ValueId, size: number): boolean => {
      const value = this.#literals.get(index)
      return value !== undefined && value >= 0 && value < size
    }
    // biome-ignore format: one case a line
    switch (inst.kind) {
      case 'load': return inside(inst.index, local.length)
      // A handler sees what was written before the throw, so what a `try` writes stays in memory.
      case 'store': return inside(inst.index, local.length) && tries === home.tries
      case 'set': return tries === home.tries
      case 'get': return inst.field < local.types.length
      case 'unbox': return inst.type === local.boxed
      case 'push':
        this.#stacks.get(id)?.push({ id: inst.value, type: this.#types.get(inst.value)! })
        return block === home.block
      case 'pop': return block === home.block && this.#pop(id, inst.out.id, inst.out.type)
      case 'prim': {
        const [, first, second] = inst.args
        if (inst.prim === 'arr.len') return true
        if (inst.prim === 'arr.dim') return (this.#literals.get(first!) ?? -1) >= 0
        if (inst.prim === 'arr.check') return inside(first!, local.length)
        return (this.#literals.get(first!) ?? -1) >= 0 && inside(second!, local.dimOf(first!))
      }
      default: return false
    }
  }

  /** Takes the last value off the stack of the type. */
  #pop(tape: ValueId, out: ValueId, type: Type): boolean {
    const stack = this.#stacks.get(tape) ?? []
    const shared = (t: Type): string => stackOf(t).replace('Bool', 'Int')
    const at = stack.findLastIndex(entry => shared(entry.type) === shared(type))
    if (at < 0 || stack[at]!.type !== type) return false
    ;(this.locals.get(tape)!.popped as Map<ValueId, ValueId>).set(out, stack[at]!.id)
    stack.splice(at, 1)
    return true
  }
}

/**
 * Memory that never leaves the function becomes values: objects, boxes, small arrays of known size at known indices, and tapes that are
 * pushed and popped in one block. What is written in a branch or a loop becomes a result of the branch, a carried value of the loop.
 *
 * Needs: folded indices. Promises: no such object is left that is only read and written in its own function.
 */
import { invariant } from '../../diagnostics/bug.ts'
import { zeroOf } from '../3-ir/interpret.ts'
import type { Block, ConstValue, Func, Inst, Loc, Param, Type, ValueId } from '../3-ir/ir.ts'
import { blocksOf, mapInst, mapList, withBody } from '../3-ir/visit.ts'
import { findLocals, type Local, type Slot } from './local-memory.ts'
import type { PassContext } from './pass.ts'
import { Renaming } from './renaming.ts'

export function scalarMemory(f: Func, cx: PassContext): Func {
  const locals = findLocals(f, cx.module)
  if (locals.size === 0) return f
  const writer = new Scalars(f, locals)
  const body = writer.block(f.body)
  return { ...f, body, nextId: writer.names.nextId }
}

class Scalars {
  readonly names: Renaming
  readonly #locals: ReadonlyMap<ValueId, Local>
  /** What is in each slot here: the values of objects and arrays, the stacks of tapes. */
  readonly #contents = new Map<ValueId, ValueId[]>()
  #body: Inst[] = []

  constructor(f: Func, locals: ReadonlyMap<ValueId, Local>) {
    this.names = new Renaming(f.nextId)
    this.#locals = locals
  }

  block(block: Block): Block {
    const outer = this.#body
    this.#body = []
    for (const inst of block.body) this.#inst(inst)
    const body = this.#body
    this.#body = outer
    return withBody(block, body, mapList(block.yields, this.names.of))
  }

  #const(type: Type, value: ConstValue, at: Loc): ValueId {
    const out = this.names.fresh(type, 'zero')
    this.#body.push({ kind: 'const', out, value, at })
    return out.id
  }

  #slot({ of, index }: Slot): ValueId {
    const value = this.#contents.get(of)?.[index]
    invariant(value !== undefined, 'a slot of local memory has a value')
    return value
  }

  #inst(before: Inst): void {
    if (blocksOf(before).length > 0) return this.#holder(before)
    const inst = mapInst(before, { value: this.names.of })
    if (!this.#isLocalAccess(inst)) this.#body.push(inst)
  }

  /** Does the access at compile time, if the instruction is one to local memory. */
  #isLocalAccess(inst: Inst): boolean {
    const { of } = this.names
    // biome-ignore format: one case a line
    switch (inst.kind) {
      case 'alloc': {
        const local = this.#locals.get(inst.out.id)
        if (!local) return false
        const zeros = new Map(local.types.map(type => [type, this.#const(type, zeroOf(type) as ConstValue, inst.at)]))
        this.#contents.set(inst.out.id, local.types.map(type => zeros.get(type)!))
        return true
      }
      case 'new':
      case 'box':
        if (!this.#locals.has(inst.out.id)) return false
        this.#contents.set(inst.out.id, [...(inst.kind === 'new' ? inst.fields : inst.leaves)])
        return true
      case 'tape-new':
        if (!this.#locals.has(inst.out.id)) return false
        this.#contents.set(inst.out.id, [])
        return true
      case 'get': return this.#read(inst.out, inst.obj, inst.field)
      case 'set': return this.#write(inst.obj, inst.field, inst.value)
      case 'load': return this.#read(inst.out, inst.arr, this.#locals.get(inst.arr)?.slotOf(inst.index, inst.column) ?? 0)
      case 'store': return this.#write(inst.arr, this.#locals.get(inst.arr)?.slotOf(inst.index, inst.column) ?? 0, inst.value)
      case 'unbox':
        if (!this.#locals.has(inst.value)) return false
        inst.outs.forEach((out, index) => this.names.set(out.id, this.#slot({ of: inst.value, index })))
        return true
      case 'push': {
        const stack = this.#contents.get(inst.tape)
        stack?.push(inst.value)
        return stack !== undefined
      }
      case 'pop': {
        const local = this.#locals.get(inst.tape)
        if (!local) return false
        // `findLocals` has run the stacks: it knows which push this pop takes.
        this.names.set(inst.out.id, of(local.popped.get(inst.out.id)!))
        return true
      }
      case 'prim': {
        const local = this.#locals.get(inst.args[0]!)
        if (!local) return false
        const size = inst.prim === 'arr.len' ? local.length : inst.prim === 'arr.dim' ? local.dimOf(inst.args[1]!) : null
        if (size !== null) this.#body.push({ kind: 'const', out: inst.outs[0]!, value: size, at: inst.at })
        return true
      }
      default: return false
    }
  }

  #read(out: Param, of: ValueId, index: number): boolean {
    if (!this.#locals.has(of)) return false
    this.names.set(out.id, this.#slot({ of, index }))
    return true
  }

  #write(of: ValueId, index: number, value: ValueId): boolean {
    const slots = this.#contents.get(of)
    if (slots) slots[index] = value
    return slots !== undefined
  }

  // ── Branches and loops ──

  /** Slots that a holder writes, of memory made before it. */
  #written(inst: Inst): Slot[] {
    const slots = new Map<string, Slot>()
    const visit = (block: Block): void => {
      for (const inner of block.body) {
        const slot = this.#writtenSlot(inner)
        if (slot && this.#contents.has(slot.of)) slots.set(`${slot.of}.${slot.index}`, slot)
        for (const nested of blocksOf(inner)) visit(nested)
      }
    }
    for (const block of blocksOf(inst)) visit(block)
    return [...slots.values()]
  }

  #writtenSlot(inst: Inst): Slot | null {
    if (inst.kind === 'set') return { of: inst.obj, index: inst.field }
    if (inst.kind !== 'store') return null
    const index = this.#locals.get(inst.arr)?.slotOf(inst.index, inst.column)
    return index === undefined ? null : { of: inst.arr, index }
  }

  #fresh(slots: readonly Slot[]): Param[] {
    return slots.map(({ of, index }) => {
      const local = this.#locals.get(of)!
      return this.names.fresh(local.types[index]!, local.name)
    })
  }

  #fill(slots: readonly Slot[], values: readonly ValueId[]): void {
    slots.forEach(({ of, index }, i) => {
      this.#contents.get(of)![index] = values[i]!
    })
  }

  /** A nested block that starts with these values in the slots, and yields what is in them at its end. */
  #arm(block: Block, slots: readonly Slot[], start: readonly ValueId[]): Block {
    this.#fill(slots, start)
    const inner = this.block(block)
    if (slots.length === 0) return inner
    return { ...inner, yields: [...inner.yields, ...slots.map(slot => this.#slot(slot))] }
  }

  /** The body of a loop: what is in the slots when it starts goes round as more parameters. */
  #turn(block: Block, slots: readonly Slot[]): Block {
    const carried = this.#fresh(slots)
    const inner = this.#arm(
      block,
      slots,
      carried.map(param => param.id),
    )
    return slots.length === 0 ? inner : { ...inner, params: [...inner.params, ...carried] }
  }

  #holder(before: Inst): void {
    const slots = this.#written(before)
    const inst = mapInst(before, { value: this.names.of })
    const start = slots.map(slot => this.#slot(slot))
    const outs = this.#fresh(slots)
    const more = <T>(list: readonly T[], added: readonly T[]): readonly T[] => (added.length > 0 ? [...list, ...added] : list)
    switch (inst.kind) {
      case 'if': {
        const then = this.#arm(inst.then, slots, start)
        const otherwise = this.#arm(inst.else, slots, start)
        this.#body.push({ ...inst, outs: more(inst.outs, outs), then, else: otherwise })
        break
      }
      case 'for': {
        const body = this.#turn(inst.body, slots)
        this.#body.push({ ...inst, outs: more(inst.outs, outs), inits: more(inst.inits, start), body })
        break
      }
      case 'while': {
        const tested = this.#turn(inst.cond, slots)
        // What goes round is handed on by the body; this block yields the test alone.
        const cond = slots.length === 0 ? tested : { ...tested, yields: tested.yields.slice(0, 1) }
        const body = this.#turn(inst.body, slots)
        this.#body.push({ ...inst, outs: more(inst.outs, outs), inits: more(inst.inits, start), cond, body })
        break
      }
      default:
        // `findLocals` leaves out what a `try` writes.
        this.#body.push(mapInst(inst, { block: block => this.block(block) }))
        return
    }
    this.#fill(
      slots,
      outs.map(out => out.id),
    )
  }
}

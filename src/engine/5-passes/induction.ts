/**
 * An integer that every turn of a loop adds the same small literal to is computed from the index instead of being carried: then it can be
 * hoisted, is known to be inside of arrays, and need not be kept for the reverse sweep.
 *
 * Needs: literals on the right. Promises: no `for` carries such an integer.
 */
import type { Block, Func, Inst, Loc, Param, ValueId } from '../3-ir/ir.ts'
import { blocksOf, mapInst, mapList, withBody } from '../3-ir/visit.ts'
import type { PassContext } from './pass.ts'
import { Renaming } from './renaming.ts'

/** With larger ones, the product of index and literal would have to be checked. */
const LARGEST_STEP = 4

type For = Extract<Inst, { kind: 'for' }>

interface Counter {
  /** Among the carried values. */
  readonly place: number
  readonly step: number
}

export function induction(f: Func, _cx: PassContext): Func {
  const writer = new Inductions(f)
  const body = writer.block(f.body)
  return body === f.body ? f : { ...f, body, nextId: writer.names.nextId }
}

class Inductions {
  readonly names: Renaming
  readonly #literals = new Map<ValueId, number>()
  #body: Inst[] = []

  constructor(f: Func) {
    this.names = new Renaming(f.nextId)
  }

  block(block: Block, begin: () => void = () => {}): Block {
    const outer = this.#body
    this.#body = []
    begin()
    for (const inst of block.body) this.#inst(inst)
    const body = this.#body
    this.#body = outer
    return withBody(block, body, mapList(block.yields, this.names.of))
  }

  #inst(inst: Inst): void {
    if (inst.kind === 'const' && typeof inst.value === 'number' && inst.out.type === 'i64') this.#literals.set(inst.out.id, inst.value)
    if (inst.kind === 'for') this.#for(inst)
    else this.#body.push(this.#mapped(inst))
  }

  #mapped(inst: Inst): Inst {
    return mapInst(inst, { value: this.names.of, ...(blocksOf(inst).length > 0 && { block: (b: Block) => this.block(b) }) })
  }

  #for(inst: For): void {
    const found = this.#counters(inst)
    if (found.length === 0) {
      this.#body.push(this.#mapped(inst))
      return
    }
    const { of } = this.names
    const [index, ...carried] = inst.body.params as [Param, ...Param[]]
    const [count, ...inits] = [inst.count, ...inst.inits].map(of) as [ValueId, ...ValueId[]]
    const stays = <T>(list: readonly T[]): T[] => list.filter((_item, place) => !found.some(counter => counter.place === place))
    const body = this.block(inst.body, () => {
      for (const { place, step } of found)
        this.names.set(carried[place]!.id, this.#sum(inits[place]!, index.id, step, carried[place]!.name, inst.at))
    })
    const block: Block = { params: [index, ...stays(carried)], body: body.body, yields: stays(body.yields) }
    this.#body.push({ ...inst, outs: stays(inst.outs), count, inits: stays(inits), body: block })
    const turns = this.#turns(count, inst.at)
    for (const { place, step } of found) {
      const { id, name } = inst.outs[place]!
      this.names.set(id, this.#sum(inits[place]!, turns, step, name, inst.at))
    }
  }

  /** Carried values that the body yields with a literal added. */
  #counters({ body }: For): Counter[] {
    const found: Counter[] = []
    body.params.slice(1).forEach(({ id, type }, place) => {
      if (type !== 'i64') return
      for (const inst of body.body) {
        if (inst.kind === 'const' && typeof inst.value === 'number') this.#literals.set(inst.out.id, inst.value)
        if (inst.kind !== 'op' || inst.op !== 'i64.add' || inst.out.id !== body.yields[place] || inst.args[0] !== id) continue
        const step = this.#literals.get(inst.args[1]!)
        if (step !== undefined && step !== 0 && Math.abs(step) <= LARGEST_STEP) found.push({ place, step })
      }
    })
    return found
  }

  /** start + turn * step */
  #sum(start: ValueId, turn: ValueId, step: number, name: string, at: Loc): ValueId {
    const offset = step === 1 ? turn : this.#op('i64.mul', [turn, this.#i64(step, at)], 'offset', at)
    return this.#op('i64.add', [start, offset], name, at)
  }

  /** A count below zero is none. */
  #turns(count: ValueId, at: Loc): ValueId {
    const zero = this.#i64(0, at)
    const out = this.names.fresh('bool', 'none')
    this.#body.push({ kind: 'op', out, op: 'i64.lt', args: [count, zero], at })
    return this.#op('i64.select', [out.id, zero, count], 'turns', at)
  }

  #op(op: 'i64.add' | 'i64.mul' | 'i64.select', args: readonly ValueId[], name: string, at: Loc): ValueId {
    const out = this.names.fresh('i64', name)
    this.#body.push({ kind: 'op', out, op, args, at })
    return out.id
  }

  #i64(value: number, at: Loc): ValueId {
    const out = this.names.fresh('i64', 'c')
    this.#body.push({ kind: 'const', out, value, at })
    return out.id
  }
}

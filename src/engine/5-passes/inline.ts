/**
 * Puts small functions in the place of their calls. Locations keep the call they came through, so no frame is lost.
 *
 * Needs: nothing. Promises: no call of a function that must be inlined is left, unless it is recursive.
 */
import type { Block, Func, Inst, ValueId } from '../3-ir/ir.ts'
import { inlineLoc } from '../3-ir/loc.ts'
import { blocksOf, cloneBlock, mapInst, mapList, sizeOf } from '../3-ir/visit.ts'
import type { PassContext } from './pass.ts'
import { Renaming } from './renaming.ts'

/** Instructions up to which a function is small. */
const SMALL = 40
/** Instructions up to which a function may grow by inlining small ones. */
const LARGE = 3000
/** Calls within calls. */
const DEEP = 12

export function inline(f: Func, cx: PassContext): Func {
  const inliner = new Inliner(f, cx)
  const body = inliner.block(f.body, [f.name])
  return body === f.body ? f : { ...f, body, nextId: inliner.names.nextId }
}

const sizes = new WeakMap<Block, number>()

function sizeOfFunc({ body }: Func): number {
  let size = sizes.get(body)
  if (size === undefined) {
    size = sizeOf(body)
    sizes.set(body, size)
  }
  return size
}

class Inliner {
  readonly names: Renaming
  readonly #cx: PassContext
  #size: number

  constructor(f: Func, cx: PassContext) {
    this.names = new Renaming(f.nextId)
    this.#cx = cx
    this.#size = sizeOfFunc(f)
  }

  /** `within`: the functions whose code this block is, outermost first. */
  block(block: Block, within: readonly string[]): Block {
    const body: Inst[] = []
    for (const before of block.body) this.#inst(before, within, body)
    const yields = mapList(block.yields, this.names.of)
    const same = yields === block.yields && body.length === block.body.length && body.every((inst, i) => inst === block.body[i])
    return same ? block : { params: block.params, body, yields }
  }

  #inst(before: Inst, within: readonly string[], body: Inst[]): void {
    const inst = mapInst(before, { value: this.names.of, ...(blocksOf(before).length > 0 && { block: (b: Block) => this.block(b, within) }) })
    const callee = inst.kind === 'call' ? this.#cx.module.funcs.get(inst.callee) : undefined
    if (inst.kind !== 'call' || !callee || !this.#wants(callee, within)) {
      body.push(inst)
      return
    }
    this.#size += sizeOfFunc(callee)
    const outer = new Map<ValueId, ValueId>()
    callee.body.params.forEach((param, i) => outer.set(param.id, inst.args[i]!))
    const fresh = (): ValueId => this.names.nextId++ as ValueId
    const copy = cloneBlock({ ...callee.body, params: [] }, fresh, at => inlineLoc(at, inst.at), outer)
    for (const inner of copy.body) this.#inst(inner, [...within, callee.name], body)
    inst.outs.forEach((out, i) => this.names.set(out.id, this.names.of(copy.yields[i]!)))
  }

  #wants(callee: Func, within: readonly string[]): boolean {
    if (callee.inline === 'never' || within.includes(callee.name) || within.length > DEEP) return false
    if (callee.made && !this.#cx.inlineDerived) return false
    if (callee.inline === 'always') return true
    const size = sizeOfFunc(callee)
    return size <= SMALL && this.#size + size <= LARGE
  }
}

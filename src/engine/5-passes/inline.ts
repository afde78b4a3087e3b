/**
 * Puts small functions in the place of their calls, larger ones where a call is in a loop or has an integer that is known. What is put
 * there is optimised already, with the small functions that it calls inside. Locations keep the call they came through, so no frame is lost.
 *
 * Needs: nothing. Promises: no call of a function that must be inlined is left, unless it is recursive.
 */
import type { Block, Func, Inst, ValueId } from '../3-ir/ir.ts'
import { inlineLoc } from '../3-ir/loc.ts'
import { blocksOf, cloneBlock, mapInst, mapList, sizeOf, withBody } from '../3-ir/visit.ts'
import type { PassContext } from './pass.ts'
import { Renaming } from './renaming.ts'

/** Instructions up to which an optimised function is small. */
const SMALL = 30
/** The same for a call in a loop, or with an integer that is known: much of the callee may fold away. */
const SMALL_ENOUGH = 150
/** How many times the limit a function may have before it is optimised to see whether it is small then. */
const PROMISING = 6
/** Instructions up to which a function may grow by inlining small ones. */
const LARGE = 3000

export function inline(f: Func, cx: PassContext): Func {
  const inliner = new Inliner(f, cx)
  const body = inliner.block(f.body)
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

type Call = Extract<Inst, { kind: 'call' }>

class Inliner {
  readonly names: Renaming
  readonly #cx: PassContext
  /** The function itself, then those that are being put into it. */
  readonly #within: string[]
  /** Integers and truth values that are known. */
  readonly #known = new Set<ValueId>()
  #loops = 0
  #size: number

  constructor(f: Func, cx: PassContext) {
    this.names = new Renaming(f.nextId)
    this.#within = [f.name]
    this.#cx = cx
    this.#size = sizeOfFunc(f)
  }

  block(block: Block): Block {
    const body: Inst[] = []
    for (const before of block.body) this.#inst(before, body)
    return withBody(block, body, mapList(block.yields, this.names.of))
  }

  #inst(before: Inst, body: Inst[]): void {
    const loop = before.kind === 'for' || before.kind === 'while' ? 1 : 0
    this.#loops += loop
    const inst = mapInst(before, { value: this.names.of, ...(blocksOf(before).length > 0 && { block: (b: Block) => this.block(b) }) })
    this.#loops -= loop
    if (inst.kind === 'const' && (inst.out.type === 'i64' || inst.out.type === 'bool')) this.#known.add(inst.out.id)
    const callee = inst.kind === 'call' ? this.#smallCallee(inst) : null
    if (inst.kind !== 'call' || !callee) {
      body.push(inst)
      return
    }
    this.#size += sizeOfFunc(callee)
    const outer = new Map<ValueId, ValueId>()
    callee.body.params.forEach((param, i) => outer.set(param.id, inst.args[i]!))
    const fresh = (): ValueId => this.names.nextId++ as ValueId
    const copy = cloneBlock({ ...callee.body, params: [] }, fresh, at => inlineLoc(at, inst.at), outer)
    // A call in there may be in a loop now, or have integers that are known.
    this.#within.push(inst.callee)
    for (const copied of copy.body) this.#inst(copied, body)
    this.#within.pop()
    inst.outs.forEach((out, i) => this.names.set(out.id, this.names.of(copy.yields[i]!)))
  }

  /** The function to put in the place of a call, or null if the call stays. */
  #smallCallee(call: Call): Func | null {
    const name = call.callee
    const raw = this.#cx.module.funcs.get(name)
    if (!raw || this.#within.includes(name) || raw.inline === 'never' || (raw.made && !this.#cx.inlineDerived) || this.#cx.keepsCalls(name))
      return null
    const always = raw.inline === 'always'
    const limit = this.#loops > 0 || call.args.some(id => this.#known.has(id)) ? SMALL_ENOUGH : SMALL
    if (!always && sizeOfFunc(raw) > PROMISING * limit) return null
    const callee = this.#cx.callee(name)
    if (!callee) return null
    const size = sizeOfFunc(callee)
    return always || (size <= limit && this.#size + size <= LARGE) ? callee : null
  }
}

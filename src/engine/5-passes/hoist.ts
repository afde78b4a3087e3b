/**
 * Moves what does not change in a loop in front of it: operations that never trap, literals, sizes of arrays that are in use already, and
 * elements that are surely inside of an array to which the loop does not write. What may trap stays, for the loop might not run.
 *
 * Needs: nothing. Promises: no pure operation in a loop has only operands from outside of it, but those whose derivative a branch guards.
 */
import { effectsOf, mayResize } from '../3-ir/effects.ts'
import type { Block, Func, Inst, Type, ValueId } from '../3-ir/ir.ts'
import type { Prim } from '../3-ir/prims.ts'
import { blocksOf, mapInst, operands, outsOf, withBody } from '../3-ir/visit.ts'
import { IndexFacts } from './index-facts.ts'
import { LoopWrites } from './loop-writes.ts'
import type { PassContext } from './pass.ts'
import { movableOps } from './ranges.ts'

/**
 * Operations whose derivative may be infinite where they stand behind a check (`c / d` behind `d != 0`). Out of their branch, the reverse
 * sweep would multiply it by a zero, which is NaN.
 */
const STEEP: ReadonlySet<string> = new Set(
  ['div', 'sqrt', 'cbrt', 'pow', 'log', 'log2', 'log10', 'log1p', 'asin', 'acos', 'acosh', 'atanh', 'atan2', 'hypot'].flatMap(op => [
    `f64.${op}`,
    `f32.${op}`,
  ]),
)

export function hoist(f: Func, cx: PassContext): Func {
  const hoister = new Hoister(f, cx)
  const body = hoister.block(f.body)
  return body === f.body ? f : { ...f, body }
}

class Hoister {
  readonly #f: Func
  readonly #cx: PassContext
  readonly #resizes: boolean
  /** Integer operations that cannot leave the exact range, once it is asked for them. */
  #exact: ReadonlySet<Inst> | null = null
  /** How many loops are around the definition of a value. */
  readonly #depthOf = new Map<ValueId, number>()
  /** Arrays that were used already where we are, so that they are not null, and how many loops are around the use. */
  readonly #used = new Map<ValueId, number>()
  /** Strings and boxed values that may be the null of an element or a field that was never set. */
  readonly #maybeUnset = new Set<ValueId>()
  /** How many loops are around the innermost branch. */
  #branch = 0
  /** For each open loop, what is to stand in front of it. */
  readonly #before: Inst[][] = []
  readonly #loops: Inst[] = []
  readonly #facts: IndexFacts
  readonly #writes: LoopWrites

  constructor(f: Func, cx: PassContext) {
    this.#f = f
    this.#cx = cx
    this.#resizes = mayResize(f.body, cx.effectsOfCall)
    this.#facts = new IndexFacts(this.#resizes)
    this.#writes = new LoopWrites(f, cx.effectsOfCall)
  }

  block(block: Block): Block {
    const depth = this.#before.length
    for (const param of block.params) {
      this.#depthOf.set(param.id, depth)
      // What a function is given was looked at where it was read.
      if (block !== this.#f.body && isLooked(param.type)) this.#maybeUnset.add(param.id)
    }
    const body: Inst[] = []
    const used: ValueId[] = []
    for (const inst of block.body) {
      const target = this.#target(inst)
      for (const out of outsOf(inst)) {
        this.#depthOf.set(out.id, target)
        this.#facts.define(out.id, inst)
        if (isLooked(out.type) && mayGiveUnset(inst)) this.#maybeUnset.add(out.id)
      }
      if (target < depth) this.#before[target]!.push(inst)
      else this.#keep(inst, body)
      const array = usedArray(inst)
      if (array !== null && !this.#used.has(array)) {
        this.#used.set(array, depth)
        used.push(array)
      }
    }
    for (const array of used) this.#used.delete(array)
    return withBody(block, body)
  }

  #keep(inst: Inst, body: Inst[]): void {
    if (blocksOf(inst).length === 0) {
      body.push(inst)
      return
    }
    const isLoop = inst.kind === 'for' || inst.kind === 'while'
    const branch = this.#branch
    if (isLoop) {
      this.#facts.enter(inst)
      this.#before.push([])
      this.#loops.push(inst)
    } else this.#branch = this.#before.length
    const after = mapInst(inst, { block: block => this.block(block) })
    if (isLoop) {
      this.#loops.pop()
      body.push(...this.#before.pop()!)
    }
    this.#branch = branch
    body.push(after)
  }

  /** The number of loops around the place where an instruction may go. */
  #target(inst: Inst): number {
    const depth = this.#before.length
    if (depth === 0) return 0
    if (inst.kind === 'load') return this.#targetOfLoad(inst)
    let target = isSize(inst) ? (this.#used.get(operands(inst)[0]!) ?? depth) : inst.kind === 'op' && STEEP.has(inst.op) ? this.#branch : 0
    for (const id of operands(inst)) target = Math.max(target, this.#depthOf.get(id) ?? depth)
    return target < depth && this.#isMovable(inst) ? target : depth
  }

  #targetOfLoad(inst: Extract<Inst, { kind: 'load' }>): number {
    const depth = this.#before.length
    const operandsDepth = Math.max(this.#depthOf.get(inst.arr) ?? depth, this.#depthOf.get(inst.index) ?? depth)
    const least = Math.max(operandsDepth, this.#used.get(inst.arr) ?? depth)
    if (least === depth || !this.#facts.isBelow(inst.index, this.#facts.sizeOf(inst.arr, null))) return depth
    let target = depth
    while (target > least && !this.#writes.mayChange(this.#loops[target - 1]!, inst)) target--
    return target
  }

  /** Does it stand behind a check that its operand was set? Such a check is a branch, or a throw before it. */
  #failsOnUnset({ prim, args }: Extract<Inst, { kind: 'prim' }>): boolean {
    return prim === 'arr.reshape' || (!NULL_SAFE.has(prim) && args.some(id => this.#maybeUnset.has(id)))
  }

  #isExact(inst: Inst): boolean {
    this.#exact ??= movableOps(this.#f, this.#cx.effectsOfCall)
    return this.#exact.has(inst)
  }

  #isMovable(inst: Inst): boolean {
    // biome-ignore format: one case a line
    switch (inst.kind) {
      case 'const': return true
      case 'op': return effectsOf(inst).traps === 'never' || this.#isExact(inst)
      case 'prim': {
        if (isSize(inst)) return !this.#resizes
        const effects = effectsOf(inst, this.#cx.effectsOfCall)
        return !effects.reads && !effects.writes && effects.traps === 'never' && !this.#failsOnUnset(inst)
      }
      default: return false
    }
  }
}

/** What is asked of a reference itself, set or not. */
const NULL_SAFE: ReadonlySet<Prim> = new Set<Prim>(['ref.is_null', 'ref.same', 'str.is_null', 'arr.same'])

/** What pure primitives look into. */
function isLooked(type: Type): boolean {
  return type === 'any' || type === 'str'
}

function mayGiveUnset(inst: Inst): boolean {
  // biome-ignore format: one case a line
  switch (inst.kind) {
    case 'const': return inst.value === null
    case 'box':
    case 'prim':
    case 'op':
    case 'call':
    case 'dyncall': return false
    default: return true
  }
}

function isSize(inst: Inst): boolean {
  return inst.kind === 'prim' && (inst.prim === 'arr.len' || inst.prim === 'arr.dim')
}

/** The array that an instruction makes, or uses in a way that fails on the null reference. */
function usedArray(inst: Inst): ValueId | null {
  // biome-ignore format: one case a line
  switch (inst.kind) {
    case 'alloc': return inst.out.id
    case 'load':
    case 'store': return inst.arr
    case 'prim':
      if (inst.prim === 'arr.reshape' || inst.prim === 'arr.zeros_like' || inst.prim === 'arr.zeros_beside' || inst.prim === 'arr.stand_in') return inst.outs[0]!.id
      return inst.prim.startsWith('arr.') && inst.prim !== 'arr.same' ? inst.args[0]! : null
    default: return null
  }
}

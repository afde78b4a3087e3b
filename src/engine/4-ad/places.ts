/** Where each value and instruction of a function stands: its block, the loops around it, its place in program order. */
import { invariant } from '../../diagnostics/bug.ts'
import type { Block, Func, Inst, Param, ValueId } from '../3-ir/ir.ts'
import { blocksOf, outsOf } from '../3-ir/visit.ts'

export interface Scope {
  readonly block: Block
  /** The instruction that holds the block; null for the function's own. */
  readonly owner: Inst | null
  readonly parent: Scope | null
  /** Number of loops around. */
  readonly depth: number
}

export interface Place {
  readonly param: Param
  /** The instruction that defines it; null for a parameter of a block. */
  readonly inst: Inst | null
  readonly scope: Scope
  /** Place in program order. */
  readonly order: number
}

export class Places {
  readonly #values = new Map<ValueId, Place>()
  readonly #scopes = new Map<Block, Scope>()
  readonly #insts = new Map<Inst, { readonly scope: Scope; readonly order: number }>()
  /** All instructions in program order, an outer one before those inside. */
  readonly insts: readonly Inst[]

  constructor(f: Func) {
    const insts: Inst[] = []
    let order = 0
    const walk = (block: Block, owner: Inst | null, parent: Scope | null): void => {
      const inLoop = owner?.kind === 'for' || owner?.kind === 'while' ? 1 : 0
      const scope: Scope = { block, owner, parent, depth: (parent?.depth ?? 0) + inLoop }
      this.#scopes.set(block, scope)
      for (const param of block.params) this.#values.set(param.id, { param, inst: null, scope, order: order++ })
      for (const inst of block.body) {
        insts.push(inst)
        this.#insts.set(inst, { scope, order: order++ })
        for (const inner of blocksOf(inst)) walk(inner, inst, scope)
        for (const param of outsOf(inst)) this.#values.set(param.id, { param, inst, scope, order: order++ })
      }
    }
    walk(f.body, null, null)
    this.insts = insts
  }

  value(id: ValueId): Place {
    const place = this.#values.get(id)
    invariant(place, `value ${id} is not defined in this function`)
    return place
  }

  param(id: ValueId): Param {
    return this.value(id).param
  }

  scope(block: Block): Scope {
    return this.#scopes.get(block)!
  }

  scopeOfInst(inst: Inst): Scope {
    return this.#insts.get(inst)!.scope
  }

  order(inst: Inst): number {
    return this.#insts.get(inst)!.order
  }

  /** May `second` run after `first`, counting only loops inside of `within` (null: all loops)? */
  mayFollow(first: Inst, second: Inst, within: Scope | null): boolean {
    const one = this.scopeOfInst(first)
    const two = this.scopeOfInst(second)
    const common = one === two ? one : commonScope(one, two)
    if (common.depth > (within ? within.depth : 0)) return true
    const oneBelow = childTowards(common, one)
    const twoBelow = childTowards(common, two)
    if (oneBelow && twoBelow && oneBelow.owner === twoBelow.owner) {
      // The two branches of one `if`: only one of them runs. The test and the body of one `while`: each follows the other.
      if (oneBelow.owner?.kind === 'if') return false
      if (oneBelow.owner?.kind === 'while') return true
    }
    return this.order(second) > this.order(first)
  }
}

function commonScope(one: Scope, two: Scope): Scope {
  const around = new Set<Scope>()
  for (let at: Scope | null = one; at; at = at.parent) around.add(at)
  let at = two
  while (!around.has(at)) at = at.parent!
  return at
}

/** The scope directly inside `outer` that holds `inner`; null if it is the same. */
function childTowards(outer: Scope, inner: Scope): Scope | null {
  let at: Scope | null = inner
  let below: Scope | null = null
  while (at && at !== outer) {
    below = at
    at = at.parent
  }
  return below
}

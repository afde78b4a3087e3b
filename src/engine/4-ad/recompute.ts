/** How a value of the forward sweep can be had again in the reverse sweep from other values, if it can at all. */
import type { Inst, ValueId } from '../3-ir/ir.ts'
import type { Op } from '../3-ir/ops.ts'
import { PRIMS } from '../3-ir/prims.ts'
import { isRef } from '../3-ir/types.ts'
import { operands } from '../3-ir/visit.ts'
import type { Activity } from './activity.ts'
import type { Overwrites } from './overwrites.ts'
import type { Places } from './places.ts'

/** A value of the forward sweep: the primal's, or its shadow. */
export type Key = number & { readonly key: unique symbol }

export const primalKey = (id: ValueId): Key => (id * 2) as Key
export const shadowKey = (id: ValueId): Key => (id * 2 + 1) as Key
export const isShadowKey = (key: Key): boolean => key % 2 === 1
export const valueOfKey = (key: Key): ValueId => Math.floor(key / 2) as ValueId

export type Recipe =
  | { readonly kind: 'index'; readonly from: readonly Key[] }
  /** The instruction again; on the shadows of its references if the key is a shadow. */
  | { readonly kind: 'again'; readonly inst: Inst; readonly from: readonly Key[] }
  /** A small array of constants. */
  | {
      readonly kind: 'literal'
      readonly inst: Extract<Inst, { kind: 'alloc' }>
      readonly stores: readonly Extract<Inst, { kind: 'store' }>[]
      readonly from: readonly Key[]
    }

/** Operations that cost more than keeping their result. */
const EXPENSIVE: ReadonlySet<Op> = new Set<Op>([
  'f64.rem',
  'f64.sqrt',
  'f64.cbrt',
  'f64.pow',
  'f64.exp',
  'f64.exp2',
  'f64.exp10',
  'f64.expm1',
  'f64.log',
  'f64.log2',
  'f64.log10',
  'f64.log1p',
  'f64.sin',
  'f64.cos',
  'f64.tan',
  'f64.asin',
  'f64.acos',
  'f64.atan',
  'f64.atan2',
  'f64.sinh',
  'f64.cosh',
  'f64.tanh',
  'f64.asinh',
  'f64.acosh',
  'f64.atanh',
  'f64.hypot',
  'f64.round_f16',
  'str.eq',
  'str.lt',
])
const LONGEST_LITERAL = 16

export class Recipes {
  readonly #places: Places
  readonly #activity: Activity
  readonly #overwrites: Overwrites
  readonly #known = new Map<Key, Recipe | null>()

  constructor(places: Places, activity: Activity, overwrites: Overwrites) {
    this.#places = places
    this.#activity = activity
    this.#overwrites = overwrites
  }

  of(key: Key): Recipe | null {
    let recipe = this.#known.get(key)
    if (recipe === undefined) {
      recipe = isShadowKey(key) ? this.#ofShadow(valueOfKey(key)) : this.#ofPrimal(valueOfKey(key))
      this.#known.set(key, recipe)
    }
    return recipe
  }

  #ofPrimal(id: ValueId): Recipe | null {
    const { inst, scope } = this.#places.value(id)
    if (!inst) return scope.owner?.kind === 'for' && scope.block.params[0]!.id === id ? { kind: 'index', from: [] } : null
    const again = (ids: readonly ValueId[]): Recipe => ({ kind: 'again', inst, from: ids.map(primalKey) })
    switch (inst.kind) {
      case 'const':
        return again([])
      case 'op':
        return EXPENSIVE.has(inst.op) ? null : again(inst.args)
      case 'load':
        return this.#isStable(inst, inst.arr) ? again([inst.arr, inst.index]) : null
      case 'get':
        return this.#isStable(inst, inst.obj) ? again([inst.obj]) : null
      case 'unbox':
        return this.#isStable(inst, inst.value) ? again([inst.value]) : null
      case 'prim':
        return this.#isStablePrim(inst) ? again(inst.args) : null
      case 'alloc':
        return this.#literal(inst)
      default:
        return null
    }
  }

  #ofShadow(id: ValueId): Recipe | null {
    const { inst } = this.#places.value(id)
    if (!inst || !isRef(this.#activity.typeOf(id)) || !this.#activity.isActiveRef(id)) return null
    // What constant memory holds has a shadow of its own.
    const [base] = operands(inst)
    if (base === undefined || !this.#activity.isActiveRef(base)) return null
    switch (inst.kind) {
      // References in shadow memory are written when those in the memory itself are.
      case 'load':
        return this.#isStable(inst, inst.arr) ? { kind: 'again', inst, from: [shadowKey(inst.arr), primalKey(inst.index)] } : null
      case 'get':
        return this.#isStable(inst, inst.obj) ? { kind: 'again', inst, from: [shadowKey(inst.obj)] } : null
      case 'unbox':
        return this.#isStable(inst, inst.value) ? { kind: 'again', inst, from: [shadowKey(inst.value)] } : null
      case 'prim':
        if (inst.prim !== 'arr.reshape') return null
        return { kind: 'again', inst, from: [shadowKey(inst.args[0]!), ...inst.args.slice(1).map(primalKey)] }
      default:
        return null
    }
  }

  #isStable(reader: Inst, base: ValueId): boolean {
    return !this.#overwrites.mayChange(reader, this.#activity.aliases.points(base))
  }

  #isStablePrim(inst: Extract<Inst, { kind: 'prim' }>): boolean {
    if (inst.prim === 'arr.len' || inst.prim === 'arr.dim')
      return !this.#overwrites.mayResize(inst, this.#activity.aliases.points(inst.args[0]!))
    // A literal array may be made again, so identity is not.
    if (inst.prim === 'arr.same' || inst.prim === 'ref.same') return false
    const spec = PRIMS[inst.prim]
    return spec.effect === 'pure' && !spec.traps && inst.outs.length === 1
  }

  /** An array that gets constants at constant places right in its own block, and nothing else ever. */
  #literal(inst: Extract<Inst, { kind: 'alloc' }>): Recipe | null {
    const isConst = (id: ValueId): boolean => this.#places.value(id).inst?.kind === 'const'
    const { aliases } = this.#activity
    const scope = this.#places.scopeOfInst(inst)
    const stores: Extract<Inst, { kind: 'store' }>[] = []
    const own = aliases.points(inst.out.id)
    if (!inst.dims.every(isConst)) return null
    for (const writer of new Set([...own].flatMap(index => [...aliases.writersOf(index)]))) {
      const fits = writer.kind === 'store' && writer.arr === inst.out.id && this.#places.scopeOfInst(writer) === scope
      if (!fits || !isConst(writer.index) || !isConst(writer.value) || stores.length === LONGEST_LITERAL) return null
      stores.push(writer)
    }
    stores.sort((a, b) => this.#places.order(a) - this.#places.order(b))
    return { kind: 'literal', inst, stores, from: [] }
  }
}

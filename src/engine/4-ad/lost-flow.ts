/** How far floats get that are loaded from constant memory: through operations, and through memory that the function makes. */
import type { Inst, ValueId } from '../3-ir/ir.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { outsOf } from '../3-ir/visit.ts'
import type { Activity } from './activity.ts'
import type { Call } from './calls.ts'
import { areApart, GrowingSet, type ObjectSet } from './object-set.ts'
import { isSmooth } from './rules.ts'

/** Floats on which something with a derivative depends, or the memory that a derivative gives. */
export function mattering(activity: Activity): ReadonlySet<ValueId> {
  const { aliases, key } = activity
  const read = new GrowingSet()
  const look = (objects: Iterable<number>): boolean => {
    let isNew = false
    for (const index of objects) if (aliases.object(index).kind === 'local') isNew = read.add(index) || isNew
    return isNew
  }
  if (key.interface) look(aliases.reachOf(aliases.func.body.yields))
  // What only compares floats, say, gives nothing that depends on them smoothly.
  const passesOn = ({ args, outs }: Call, useful: ReadonlySet<ValueId>): boolean =>
    outs.some(out => isRef(out.type) || useful.has(out.id)) || args.some(id => isRef(activity.typeOf(id)))
  let found: ReadonlySet<ValueId>
  let again: boolean
  do {
    found = activity.usefulWhere(base => !areApart(aliases.points(base), read), passesOn)
    again = false
    for (const inst of activity.liveInsts()) {
      const base = loadedFrom(inst)
      if (base !== null && outsOf(inst).some(out => isFloat(out.type) && found.has(out.id))) again = look(aliases.points(base)) || again
    }
  } while (again)
  return found
}

function loadedFrom(inst: Inst): ValueId | null {
  switch (inst.kind) {
    case 'load':
      return inst.arr
    case 'get':
      return inst.obj
    case 'unbox':
      return inst.value
    default:
      return null
  }
}

/** Where floats come from: what a value points to that is there in all of the function, or globals, or one does not know. */
export type Origin = ValueId | 'globals' | 'anywhere'
type Origins = ReadonlySet<Origin>
const NONE: Origins = new Set()

/**
 * For memory that the function makes, where floats in it may have been loaded from. `originOf`: the same for an object; null for one that holds
 * what is stored here.
 */
export class Carried {
  readonly #activity: Activity
  readonly #originOf: (index: number) => Origin | null
  readonly #values = new Map<ValueId, Origins>()
  readonly #objects = new Map<number, Origins>()
  #version = 0

  constructor(activity: Activity, originOf: (index: number) => Origin | null) {
    this.#activity = activity
    this.#originOf = originOf
    let before: number
    do {
      before = this.#version
      for (const inst of activity.liveInsts()) this.#visit(inst)
    } while (this.#version > before)
  }

  /** Where a float comes from. */
  of(value: ValueId): Origins {
    return this.#values.get(value) ?? NONE
  }

  /** Where floats in these objects come from. */
  in(objects: ObjectSet): Origins {
    const all = new Set<Origin>()
    for (const index of objects) for (const origin of this.#objects.get(index) ?? NONE) all.add(origin)
    return all
  }

  #visit(inst: Inst): void {
    const base = loadedFrom(inst)
    if (base !== null) {
      const origins = this.#loaded(base)
      for (const out of outsOf(inst)) if (isFloat(out.type)) this.#add(this.#values, out.id, origins)
      return
    }
    switch (inst.kind) {
      case 'op':
        if (isFloat(inst.out.type) && isSmooth(inst.op)) for (const arg of inst.args) this.#flow(inst.out.id, arg)
        return
      case 'store':
        return this.#put(inst.arr, [inst.value])
      case 'set':
        return this.#put(inst.obj, [inst.value])
      case 'new':
        return this.#put(inst.out.id, inst.fields)
      case 'box':
        return this.#put(inst.out.id, inst.leaves)
      case 'if':
        for (const block of [inst.then, inst.else]) inst.outs.forEach((out, i) => this.#flow(out.id, block.yields[i]!))
        return
      case 'try':
        for (const block of [inst.body, inst.handler]) inst.outs.forEach((out, i) => this.#flow(out.id, block.yields[i]!))
        return
      case 'for':
      case 'while': {
        const offset = inst.kind === 'for' ? 1 : 0
        inst.outs.forEach((out, i) => {
          const param = inst.body.params[i + offset]!.id
          for (const from of [inst.inits[i]!, inst.body.yields[i]!]) this.#flow(param, from)
          this.#flow(out.id, param)
        })
        return
      }
    }
  }

  #loaded(base: ValueId): Origins {
    const all = new Set<Origin>()
    for (const index of this.#activity.aliases.points(base)) {
      const origin = this.#originOf(index)
      if (origin !== null) all.add(origin)
      for (const held of this.#objects.get(index) ?? NONE) all.add(held)
    }
    return all
  }

  #flow(to: ValueId, from: ValueId): void {
    this.#add(this.#values, to, this.#values.get(from) ?? NONE)
  }

  #put(base: ValueId, values: readonly ValueId[]): void {
    for (const value of values) {
      const origins = this.#values.get(value)
      if (origins) for (const index of this.#activity.aliases.points(base)) this.#add(this.#objects, index, origins)
    }
  }

  #add<K>(map: Map<K, Origins>, key: K, origins: Origins): void {
    const known = map.get(key) ?? NONE
    if ([...origins].every(origin => known.has(origin))) return
    map.set(key, new Set([...known, ...origins]))
    this.#version++
  }
}

/**
 * A function that is given what it, or a function that it calls, reads of globals: so it can be differentiated by them. Reads in dynamic
 * calls, in derivatives and in calls that are kept as they are stay reads, as do those of globals that are assigned there too.
 */
import type { Block, Func, Module, Param, Type, ValueId } from './ir.ts'
import { isRef } from './types.ts'
import { forEachInst, mapInst } from './visit.ts'

export interface GlobalLeaf {
  readonly cell: number
  readonly leaf: number
  readonly type: Type
}

export interface Lifted {
  /** The parameters of the function, then one for each of the leaves. */
  readonly name: string
  readonly leaves: readonly GlobalLeaf[]
  /** Are these all globals that it can come to? */
  readonly isWhole: boolean
}

/** Null while some function in there is still being compiled. */
export function liftGlobals(module: Module, name: string, isKept: (callee: string) => boolean): Lifted | null {
  const within = new Map<string, Func>()
  if (!collect(module, name, isKept, within)) return null
  const funcs = [...within.values()]
  const leaves = leavesRead(funcs)
  const isWhole = funcs.every(func => readsInSight(func, callee => within.has(callee)))
  if (leaves.length === 0) return { name, leaves, isWhole }
  const nameOf = (of: string): string => `lifted[${leaves.map(({ cell, leaf }) => `${cell}.${leaf}`).join(' ')}](${of})`
  for (const func of within.values()) {
    const lifted = nameOf(func.name)
    if (!module.funcs.has(lifted))
      module.funcs.set(
        lifted,
        withLeaves(func, lifted, leaves, callee => (within.has(callee) ? nameOf(callee) : null)),
      )
  }
  return { name: nameOf(name), leaves, isWhole }
}

/** Does a function read globals only where this is seen? */
function readsInSight(func: Func, isSeen: (callee: string) => boolean): boolean {
  let inSight = true
  forEachInst(func.body, inst => {
    if (inst.kind === 'dyncall' || inst.kind === 'global-set' || (inst.kind === 'call' && !isSeen(inst.callee))) inSight = false
  })
  return inSight
}

function collect(module: Module, name: string, isKept: (callee: string) => boolean, within: Map<string, Func>): boolean {
  if (within.has(name) || module.derived.has(name)) return true
  const func = module.funcs.get(name)
  if (!func) return false
  if (isKept(name)) return true
  within.set(name, func)
  let isWhole = true
  forEachInst(func.body, inst => {
    if (inst.kind === 'call') isWhole &&= collect(module, inst.callee, isKept, within)
  })
  return isWhole
}

function leavesRead(funcs: readonly Func[]): GlobalLeaf[] {
  const read = new Map<string, GlobalLeaf>()
  const assigned = new Set<number>()
  for (const func of funcs) {
    forEachInst(func.body, inst => {
      if (inst.kind === 'global-set') assigned.add(inst.cell)
      if (inst.kind !== 'global-get' || !isRef(inst.out.type)) return
      read.set(`${inst.cell}.${inst.leaf}`, { cell: inst.cell, leaf: inst.leaf, type: inst.out.type })
    })
  }
  return [...read.values()].filter(({ cell }) => !assigned.has(cell)).sort((a, b) => a.cell - b.cell || a.leaf - b.leaf)
}

function withLeaves(func: Func, name: string, leaves: readonly GlobalLeaf[], liftedName: (callee: string) => string | null): Func {
  const params = leaves.map(({ type }, i): Param => ({ id: (func.nextId + i) as ValueId, name: 'g', type }))
  const place = new Map(leaves.map(({ cell, leaf }, i) => [`${cell}.${leaf}`, params[i]!.id]))
  const given = new Map<ValueId, ValueId>()
  const value = (id: ValueId): ValueId => given.get(id) ?? id
  const block = (b: Block): Block => ({
    params: b.params,
    body: b.body.flatMap(inst => {
      const id = inst.kind === 'global-get' ? place.get(`${inst.cell}.${inst.leaf}`) : undefined
      if (inst.kind === 'global-get' && id !== undefined) {
        given.set(inst.out.id, id)
        return []
      }
      const mapped = mapInst(inst, { value, block })
      const callee = mapped.kind === 'call' ? liftedName(mapped.callee) : null
      return [mapped.kind === 'call' && callee !== null ? { ...mapped, callee, args: [...mapped.args, ...params.map(p => p.id)] } : mapped]
    }),
    yields: b.yields.map(value),
  })
  const body = block(func.body)
  return { ...func, name, nextId: func.nextId + leaves.length, body: { ...body, params: [...body.params, ...params] } }
}

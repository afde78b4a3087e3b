/** A piece of a program that can be differentiated by itself: instructions of one block as a function, with values to run it on. */

import type { Block, Func, Inst, Param, ParamActivity, Type, ValueId } from '../3-ir/ir.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { blocksOf, forEachParam, freeValues, operands, outsOf } from '../3-ir/visit.ts'
import type { Activity } from '../4-ad/activity.ts'
import type { Pipeline } from '../pipeline.ts'

export interface Unit {
  readonly func: Func
  readonly activity: readonly ParamActivity[]
  readonly args: readonly unknown[]
  /** The same instructions, giving the tapes they make; null if they make none. */
  readonly tapes: Func | null
}

/** A block in a function, and what can be asked about its values. */
export interface Site {
  readonly func: Func
  readonly block: Block
  /** Activities of the function's values where they are known; else everything that can be is active. */
  readonly activity: Activity | null
  readonly paramOf: (id: ValueId) => Param
}

export function siteOf(func: Func, block: Block, activity: Activity | null): Site {
  const params = new Map<ValueId, Param>()
  forEachParam(func.body, param => params.set(param.id, param))
  return { func, block, activity, paramOf: id => params.get(id)! }
}

/** Values that the instructions from `from` up to `to` take from outside, and those of `outs` that they do not make. */
export function inputsOf({ block }: Site, from: number, to: number, outs: readonly ValueId[] = []): ValueId[] {
  const inner: Block = { params: [], body: block.body.slice(from, to), yields: outs }
  return [...freeValues(inner)]
}

function isSeedable(type: Type): boolean {
  return isFloat(type) || (isRef(type) && type !== 'tape')
}

function activityOf(site: Site, id: ValueId): ParamActivity {
  const { type } = site.paramOf(id)
  if (!isSeedable(type)) return 'const'
  return site.activity ? site.activity.argument(id) : 'active'
}

/** Is it a piece that was made here, or an operation by itself? */
export function isUnit({ name }: Pick<Func, 'name'>): boolean {
  return name.startsWith('unit ')
}

let made = 0

/** The instructions from `from` up to `to` as a function of the module; it gives `outs`, or all that can carry a derivative. */
export function unitFunc(pipeline: Pipeline, site: Site, from: number, to: number, outs?: readonly ValueId[]): Func {
  const { func, block } = site
  const body = block.body.slice(from, to)
  const yields = outs ?? body.flatMap(outsOf).flatMap(out => (isSeedable(out.type) ? [out.id] : []))
  const inputs = inputsOf(site, from, to, yields)
  const name = `unit ${made++} of ${func.name}`
  const unit: Func = {
    ...func,
    name,
    body: { params: inputs.map(site.paramOf), body, yields },
    results: yields.map(id => site.paramOf(id).type),
    made: null,
    inline: 'auto',
  }
  pipeline.ir.funcs.set(name, unit)
  return unit
}

/** Such a function with what it is to be run on. */
export function unitOf(
  pipeline: Pipeline,
  site: Site,
  from: number,
  to: number,
  values: ReadonlyMap<ValueId, unknown>,
  outs?: readonly ValueId[],
): Unit {
  const func = unitFunc(pipeline, site, from, to, outs)
  const ids = func.body.params.map(param => param.id)
  const tapes = site.block.body
    .slice(from, to)
    .flatMap(outsOf)
    .filter(out => out.type === 'tape')
  return {
    func,
    activity: ids.map(id => activityOf(site, id)),
    args: ids.map(id => values.get(id)),
    tapes:
      tapes.length === 0
        ? null
        : unitFunc(
            pipeline,
            site,
            from,
            to,
            tapes.map(out => out.id),
          ),
  }
}

/** Values of the instruction at `at` that were used in the block before it, by name: what comes together there. */
export function sharedNames(site: Site, at: number): string[] {
  const used = new Set<ValueId>()
  const use = (inst: Inst): void => {
    for (const id of operands(inst)) used.add(id)
    for (const inner of blocksOf(inst)) for (const id of freeValues(inner)) used.add(id)
  }
  site.block.body.slice(0, at).forEach(use)
  const inst = site.block.body[at]!
  const own = [...operands(inst), ...blocksOf(inst).flatMap(inner => [...freeValues(inner)])]
  return [...new Set(own.filter(id => used.has(id) && isSeedable(site.paramOf(id).type)).map(id => site.paramOf(id).name))]
}

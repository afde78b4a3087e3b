/** The forward sweep of calls: of the callee's transform, or of the method that a dynamic call finds under the transform. */
import { dynamicMode } from '../3-ir/dynamic-mode.ts'
import type { Inst, Loc, ValueId } from '../3-ir/ir.ts'
import { overwrittenAll } from '../3-ir/overwritten.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { type Call, derivedCallee, shadowsCallee } from './calls.ts'
import type { Sweep } from './sweep.ts'
import { handOn } from './sweep-memory.ts'

export function sweepCall(sweep: Sweep, inst: Call, at: Loc): void {
  const { b } = sweep
  const { module, mode } = sweep.options
  const plan = sweep.options.planOf(inst)
  const args = sweep.values(inst.args)
  const types = inst.outs.map(out => out.type)
  const names = inst.outs.map(out => out.name)
  const give = (results: readonly ValueId[], isActive: (i: number) => boolean): void => {
    inst.outs.forEach((out, i) => sweep.bind(out, results[i]!))
    let next = inst.outs.length
    inst.outs.forEach((out, i) => {
      if (isActive(i)) sweep.setShadow(out, results[next++]!)
    })
  }
  const withShadows = (isActive: (i: number) => boolean): { types: typeof types; names: string[] } => ({
    types: [...types, ...types.filter((_type, i) => isActive(i))],
    names: [...names, ...names.filter((_name, i) => isActive(i)).map(name => `${name}_shadow`)],
  })
  const { watch } = sweep.options
  if (plan.kind === 'plain' && !watch?.calls(inst)) return sweep.copy(inst, at)
  for (const id of inst.args) handOn(sweep, id, at)
  if (plan.kind !== 'derived') {
    const hasShadows = plan.kind === 'shadows'
    const isActive = (i: number): boolean => hasShadows && (isFloat(types[i]!) || isRef(types[i]!))
    const outs = withShadows(isActive)
    return give(b.call(shadowsCallee(module, inst, hasShadows, watch !== null), args, outs.types, at, outs.names), isActive)
  }
  const forward = mode === 'forward'
  const shadows = inst.args.flatMap((id, i) => {
    if (plan.activity[i] !== 'active' || (!forward && !isRef(sweep.options.activity.typeOf(id)))) return []
    return [sweep.options.imitated.severed.get(inst) === i ? sweep.lostShadow(id, at) : sweep.shadowOrZero(id, at)]
  })
  const isActive = (i: number): boolean => plan.results[i]! && (forward || isRef(types[i]!))
  const outs = withShadows(isActive)
  const overwritten = forward ? overwrittenAll(args.length, false) : sweep.options.overwrittenBy(inst)
  const callee = derivedCallee(module, inst, plan, sweep.options.transform, mode, overwritten, sweep.guarded(inst))
  const tape = forward ? [] : [sweep.options.keeping!.tape!]
  give(b.call(callee, [...args, ...shadows, ...tape], outs.types, at, outs.names), isActive)
}

export function sweepDynamicCall(sweep: Sweep, inst: Extract<Inst, { kind: 'dyncall' }>, at: Loc): void {
  // What is called then is not watched.
  if (sweep.options.watch) sweep.b.prim('ad.none_lost', [], [], at)
  if (!inst.args.some(id => sweep.isActiveRef(id))) {
    sweep.copy(inst, at)
    return standInsFor(sweep, inst, at)
  }
  const { mode } = sweep.options
  const tape = mode === 'forward' ? [] : [sweep.options.keeping!.tape!]
  const args = [...sweep.values(inst.args), ...inst.args.map(id => sweep.shadow(id)), ...tape]
  const types = inst.outs.map(out => out.type)
  const names = inst.outs.map(out => out.name)
  const results = sweep.b.dyncall(args, [...inst.path, dynamicMode(sweep.options.transform, mode)], [...types, ...types], at, [
    ...names,
    ...names.map(name => `${name}_shadow`),
  ])
  inst.outs.forEach((out, i) => {
    sweep.bind(out, results[i]!)
    sweep.setShadow(out, results[inst.outs.length + i]!)
  })
}

/** What a call gave that nothing active went into is new memory, or constant. */
function standInsFor(sweep: Sweep, inst: Extract<Inst, { kind: 'dyncall' }>, at: Loc): void {
  const boxed = inst.args.filter(id => sweep.options.activity.typeOf(id) === 'any')
  for (const out of inst.outs) {
    if (!sweep.isActiveRef(out.id)) continue
    if (out.type !== 'any') sweep.zerosFor([out], at)
    else
      sweep.setShadow(out, sweep.b.prim('arr.stand_in_of_call', sweep.values([out.id, ...boxed]), ['any'], at, [`${out.name}_shadow`])[0]!)
  }
}

/**
 * Memory in the forward sweep: beside each object that is active its shadow, with a part for each part of the object, and what is asked of memory
 * that may be constant.
 */
import type { Inst, Loc, Param, ValueId } from '../3-ir/ir.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { numberOf } from './consult.ts'
import type { Origin } from './lost-flow.ts'
import { storeFailure } from './refusals.ts'
import type { Sweep } from './sweep.ts'

/** What an instruction does to the shadow of the memory that it makes, reads or writes. */
export function sweepMemory(sweep: Sweep, inst: Inst, at: Loc): void {
  const { b } = sweep
  switch (inst.kind) {
    case 'alloc':
      if (sweep.isActiveRef(inst.out.id))
        sweep.setShadow(inst.out, b.alloc(inst.out.type as `arr<${string}>`, sweep.values(inst.dims), at, `${inst.out.name}_shadow`))
      return
    case 'tape-new':
      if (sweep.isActiveRef(inst.out.id)) sweep.setShadow(inst.out, b.shadowTape(at, `${inst.out.name}_shadow`))
      return
    case 'new':
      if (!sweep.isActiveRef(inst.out.id)) return
      return sweep.setShadow(
        inst.out,
        b.new(inst.out.type as `obj<${string}>`, parts(sweep, inst.out.id, inst.fields, at), at, `${inst.out.name}_shadow`),
      )
    case 'box':
      if (!sweep.isActiveRef(inst.out.id)) return
      return sweep.setShadow(inst.out, b.box(inst.type, parts(sweep, inst.out.id, inst.leaves, at), at, `${inst.out.name}_shadow`))
    case 'load':
      lookForMarks(sweep, inst.arr, [inst.out], at)
      if (isOfConstant(sweep, inst.arr, [inst.out], at)) return
      if (sweep.isShadowed(inst.out.id))
        sweep.setShadow(inst.out, b.load(sweep.shadow(inst.arr), sweep.value(inst.index), inst.column, at, `${inst.out.name}_shadow`))
      return
    case 'get':
      lookForMarks(sweep, inst.obj, [inst.out], at)
      if (isOfConstant(sweep, inst.obj, [inst.out], at)) return
      if (sweep.isShadowed(inst.out.id))
        sweep.setShadow(inst.out, b.get(sweep.shadow(inst.obj), inst.field, inst.out.type, at, `${inst.out.name}_shadow`))
      return
    case 'unbox':
      lookForMarks(sweep, inst.value, inst.outs, at)
      if (isOfConstant(sweep, inst.value, inst.outs, at)) return
      if (!inst.outs.some(out => sweep.isShadowed(out.id))) return
      b.unbox(
        inst.type,
        sweep.shadow(inst.value),
        inst.outs.map(out => out.type),
        at,
        inst.outs.map(out => `${out.name}_shadow`),
      ).forEach((id, i) => {
        if (sweep.isShadowed(inst.outs[i]!.id)) sweep.setShadow(inst.outs[i]!, id)
      })
      return
    case 'store': {
      askToStore(sweep, inst.arr, inst.column, inst.value, at)
      mark(sweep, inst.arr, inst.value, at)
      const part = storedPart(sweep, inst.arr, inst.column, inst.value, at)
      if (part !== null) b.store(sweep.shadow(inst.arr), sweep.value(inst.index), inst.column, part, at)
      return
    }
    case 'set': {
      askToStore(sweep, inst.obj, inst.field, inst.value, at)
      mark(sweep, inst.obj, inst.value, at)
      const part = storedPart(sweep, inst.obj, inst.field, inst.value, at)
      if (part !== null) b.set(sweep.shadow(inst.obj), inst.field, part, at)
      return
    }
    case 'push': {
      const type = sweep.options.activity.typeOf(inst.value)
      if (!sweep.isActiveRef(inst.tape)) return
      if (isRef(type)) b.push(sweep.shadow(inst.tape), refPart(sweep, inst.tape, inst.slot ?? 0, inst.value, at), at, inst.slot)
      else if (isFloat(type) && sweep.options.mode === 'forward')
        b.push(sweep.shadow(inst.tape), sweep.shadowOrZero(inst.value, at), at, inst.slot)
      return
    }
    case 'pop': {
      if (!sweep.isActiveRef(inst.tape)) return
      const { type } = inst.out
      if (isRef(type) || (isFloat(type) && sweep.options.mode === 'forward'))
        sweep.setShadow(inst.out, b.pop(sweep.shadow(inst.tape), type, at, `${inst.out.name}_shadow`, inst.slot))
      return
    }
    case 'prim':
      return sweepPrim(sweep, inst, at)
  }
}

/** What goes into the shadow of an object where `value` goes into the object: other data are kept as they are. */
function parts(sweep: Sweep, object: ValueId, values: readonly ValueId[], at: Loc): ValueId[] {
  return values.map((id, i) => {
    const type = sweep.options.activity.typeOf(id)
    if (isFloat(type)) return sweep.options.mode === 'forward' ? sweep.shadowOrZero(id, at) : sweep.b.const(type, 0, at)
    return isRef(type) ? refPart(sweep, object, i, id, at) : sweep.value(id)
  })
}

/** A reference that nobody loads as an active one has a null shadow. */
function refPart(sweep: Sweep, object: ValueId, column: number, id: ValueId, at: Loc): ValueId {
  return sweep.options.activity.isActiveSlot(object, column) ? sweep.shadow(id) : sweep.b.const(sweep.options.activity.typeOf(id), null, at)
}

/** What a store into active memory does to the shadow; null for nothing. In reverse mode floats are the reverse sweep's business. */
function storedPart(sweep: Sweep, object: ValueId, column: number, value: ValueId, at: Loc): ValueId | null {
  if (!sweep.isActiveRef(object)) return null
  const type = sweep.options.activity.typeOf(value)
  if (isRef(type)) return sweep.options.activity.isActiveSlot(object, column) ? sweep.shadow(value) : null
  if (!isFloat(type)) return sweep.value(value)
  const { mode, activity, decisions } = sweep.options
  return mode === 'forward' && decisions.storesTangents && activity.isVariedColumn(object, column) ? sweep.shadowOrZero(value, at) : null
}

/** Something active that goes into memory which may be constant: that is found out when it happens. */
function askToStore(sweep: Sweep, base: ValueId, column: number, value: ValueId, at: Loc): void {
  const { activity, func, guards, transform } = sweep.options
  // What is watched is marked, and asked when it is loaded.
  if (sweep.options.watch || !sweep.isActiveRef(base) || !guards.mayStandIn(base, transform)) return
  const carries = isFloat(activity.typeOf(value))
    ? activity.isVaried(value) && activity.isVariedColumn(base, column)
    : sweep.isActiveRef(value)
  if (!carries) return
  const words = [`\`${activity.nameOf(base)}\``, func.label, `\`${activity.nameOf(value)}\``]
  sweep.b.prim('ad.storable', [sweep.shadow(base), ...words.map(word => sweep.b.const('str', word, at))], [], at)
}

/** Constant memory in which a derivative is lost, or may be when a value that was loaded from such memory goes there. */
function mark(sweep: Sweep, base: ValueId, value: ValueId, at: Loc): void {
  const { watch, module } = sweep.options
  const type = sweep.options.activity.typeOf(value)
  if ((isFloat(type) || isRef(type)) && watch?.changes(base)) sweep.b.prim('ad.not_held', [sweep.value(base)], [], at)
  const stored = watch?.stores(base, value)
  if (!stored) return
  if (stored.what === 'perhaps' && !stored.isDoubtful) return markFrom(sweep, watch!.origins(value), base, at)
  const known = stored.what === 'value' || stored.what === 'reference' ? numberOf(module, storeFailure(sweep.options, stored.into)) : -1
  const failure = sweep.b.i64(known, at)
  const isDoubtful = stored.what !== 'inside' && stored.isDoubtful
  if (stored.what === 'inside') sweep.b.prim('ad.lost_in', [sweep.value(base), sweep.value(value), failure], [], at)
  else if (!isDoubtful && stored.what === 'reference') sweep.b.prim('ad.lost_in', [sweep.value(base), sweep.value(value), failure], [], at)
  else if (!isDoubtful) sweep.b.prim('ad.lost', [sweep.value(base), failure], [], at)
  else if (sweep.isActiveRef(base)) {
    const memory = stored.what === 'reference' ? value : base
    const prim = stored.what === 'reference' ? 'ad.lost_in_doubt' : 'ad.lost_doubtful'
    sweep.b.prim(prim, [sweep.shadow(base), sweep.value(memory), failure], [], at)
  }
}

/** Others get memory with floats in it that may come from marked memory: it is marked then, too. */
export function handOn(sweep: Sweep, id: ValueId, at: Loc): void {
  if (isRef(sweep.options.activity.typeOf(id))) markFrom(sweep, sweep.options.watch?.origins(id) ?? [], id, at)
}

function markFrom(sweep: Sweep, origins: Iterable<Origin>, memory: ValueId, at: Loc): void {
  for (const origin of origins) {
    if (origin === 'globals') sweep.b.prim('ad.lost_on_globals', [sweep.value(memory)], [], at)
    else {
      const from = origin === 'anywhere' ? sweep.b.const('any', null, at) : sweep.value(origin)
      sweep.b.prim('ad.lost_on', [from, sweep.value(memory)], [], at)
    }
  }
}

/** What is loaded from constant memory may be memory with a shadow, which is not found there: zeros stand in for it. */
function isOfConstant(sweep: Sweep, base: ValueId, outs: readonly Param[], at: Loc): boolean {
  if (sweep.isActiveRef(base)) return false
  for (const out of outs) {
    if (sweep.isActiveRef(out.id))
      sweep.setShadow(out, sweep.b.prim('arr.stand_in', [sweep.value(out.id)], [out.type], at, [`${out.name}_shadow`])[0]!)
  }
  return true
}

function lookForMarks(sweep: Sweep, base: ValueId, outs: readonly Param[], at: Loc): void {
  const ids = outs.map(out => out.id)
  if (sweep.options.watch?.loads(base, ids)) sweep.b.prim('ad.not_lost', [sweep.value(base)], [], at)
}

function sweepPrim(sweep: Sweep, inst: Extract<Inst, { kind: 'prim' }>, at: Loc): void {
  const names = inst.outs.map(out => `${out.name}_shadow`)
  const types = inst.outs.map(out => out.type)
  const [base] = inst.args
  switch (inst.prim) {
    case 'arr.reshape':
    case 'arr.resize': {
      if (inst.prim === 'arr.resize' && sweep.options.watch?.changes(base!)) sweep.b.prim('ad.not_held', [sweep.value(base!)], [], at)
      if (!sweep.isActiveRef(base!)) return
      const args = [sweep.shadow(base!), ...sweep.values(inst.args.slice(1))]
      sweep.b.prim(inst.prim, args, types, at, names).forEach((id, i) => sweep.setShadow(inst.outs[i]!, id))
      return
    }
    case 'arr.zero':
      if (sweep.options.mode === 'forward' && sweep.isActiveRef(base!)) sweep.b.prim('arr.zero', [sweep.shadow(base!)], [], at)
      return
    case 'tape.mark':
    case 'tape.rewind':
      // The references on a shadow are there in every mode.
      if (sweep.isActiveRef(base!)) sweep.b.prim(inst.prim, [sweep.shadow(base!)], [], at)
      return
    case 'tape.set_aside':
    case 'tape.add_aside':
      if (sweep.options.mode === 'forward' && sweep.isActiveRef(base!)) sweep.b.prim(inst.prim, [sweep.shadow(base!)], [], at)
      return
    default:
      return sweep.zerosFor(inst.outs, at)
  }
}

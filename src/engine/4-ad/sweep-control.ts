/** The forward sweep of branches and loops: shadows are carried and yielded beside what they are shadows of. */
import type { Block, Inst, Loc, Param, ValueId } from '../3-ir/ir.ts'
import type { Sweep } from './sweep.ts'

/** Yields of a block with those of the shadows of the outs that have one. */
function yieldsOf(sweep: Sweep, block: Block, outs: readonly Param[], at: Loc): ValueId[] {
  const shadows = outs.flatMap((out, i) => (sweep.isShadowed(out.id) ? [sweep.shadowOrZero(block.yields[i]!, at)] : []))
  return [...sweep.values(block.yields), ...shadows]
}

/** Copies of `params`, and shadows of those that stand for outs with one. */
function copies(sweep: Sweep, outs: readonly Param[], params: readonly Param[] = outs): Param[] {
  const shadowed = params.filter((_param, i) => sweep.isShadowed(outs[i]!.id))
  return [...params.map(param => sweep.copyOf(param)), ...shadowed.map(param => sweep.shadowOf(param))]
}

export function sweepIf(sweep: Sweep, inst: Extract<Inst, { kind: 'if' }>, at: Loc): void {
  const branch = (block: Block): Block => {
    if (sweep.options.activity.throws(block)) return throwingBranch(sweep, block, inst.outs, at)
    sweep.b.begin()
    sweep.block(block)
    return sweep.b.end(yieldsOf(sweep, block, inst.outs, at))
  }
  const then = branch(inst.then)
  const otherwise = branch(inst.else)
  sweep.b.append({ kind: 'if', outs: copies(sweep, inst.outs), test: sweep.value(inst.test), then, else: otherwise, at })
}

/** Its results never exist, and neither do their shadows. */
function throwingBranch(sweep: Sweep, block: Block, outs: readonly Param[], at: Loc): Block {
  sweep.b.begin()
  for (const inst of block.body) sweep.copy(inst, sweep.made(inst.at))
  const shadows = outs.filter(out => sweep.isShadowed(out.id)).map(out => sweep.b.const(out.type, null, at))
  return sweep.b.end([...sweep.values(block.yields), ...shadows])
}

export function sweepFor(sweep: Sweep, inst: Extract<Inst, { kind: 'for' }>, at: Loc): void {
  const inits = initials(sweep, inst, at)
  const [index, ...carried] = inst.body.params
  sweep.b.begin([sweep.copyOf(index!), ...copies(sweep, inst.outs, carried)])
  sweep.block(inst.body)
  const body = sweep.b.end(yieldsOf(sweep, inst.body, inst.outs, at))
  sweep.b.append({ kind: 'for', outs: copies(sweep, inst.outs), count: sweep.value(inst.count), inits, body, at })
}

function initials(sweep: Sweep, inst: Extract<Inst, { kind: 'for' | 'while' }>, at: Loc): ValueId[] {
  return [
    ...sweep.values(inst.inits),
    ...inst.outs.flatMap((out, i) => (sweep.isShadowed(out.id) ? [sweep.shadowOrZero(inst.inits[i]!, at)] : [])),
  ]
}

export function sweepWhile(sweep: Sweep, inst: Extract<Inst, { kind: 'while' }>, at: Loc): void {
  const counts = sweep.options.keeping?.countsTrips(inst) ?? false
  const inits = [...initials(sweep, inst, at), ...(counts ? [sweep.b.i64(0, at)] : [])]
  const trips = (): Param[] => (counts ? [sweep.b.fresh('i64', 'trips')] : [])
  // The test is never differentiated: it has no effect, and nothing of it outlives it.
  sweep.b.begin([...copies(sweep, inst.outs, inst.cond.params), ...trips()])
  for (const inner of inst.cond.body) sweep.copy(inner, sweep.made(inner.at))
  const cond = sweep.b.end(sweep.values(inst.cond.yields))
  const soFar = trips()
  sweep.b.begin([...copies(sweep, inst.outs, inst.body.params), ...soFar])
  sweep.block(inst.body)
  const next = counts ? [sweep.b.op('i64.add', [soFar[0]!.id, sweep.b.i64(1, at)], at, 'trips')] : []
  const body = sweep.b.end([...yieldsOf(sweep, inst.body, inst.outs, at), ...next])
  const total = trips()
  if (total[0]) sweep.setTrips(inst, total[0].id)
  sweep.b.append({ kind: 'while', outs: [...copies(sweep, inst.outs), ...total], inits, cond, body, at })
}

/** An atomic `try` (see explicit-throws.ts): after an exception its other results never exist, and neither do their shadows. */
export function sweepTry(sweep: Sweep, inst: Extract<Inst, { kind: 'try' }>, at: Loc): void {
  sweep.b.begin()
  sweep.block(inst.body)
  const body = sweep.b.end(yieldsOf(sweep, inst.body, inst.outs, at))
  sweep.b.begin(inst.handler.params.map(param => sweep.copyOf(param)))
  sweep.zerosFor(inst.handler.params, at)
  sweep.block(inst.handler)
  const handler = sweep.b.end(yieldsOf(sweep, inst.handler, inst.outs, at))
  sweep.b.append({ kind: 'try', outs: copies(sweep, inst.outs), body, handler, at })
}

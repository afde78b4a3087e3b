/** The reverse of branches and loops. */
import { invariant } from '../../diagnostics/bug.ts'
import type { Block, Inst, Loc, Param, ValueId } from '../3-ir/ir.ts'
import { substitute } from '../3-ir/visit.ts'
import { primalKey } from './recompute.ts'
import type { Adjoints, ReverseSweep } from './reverse-sweep.ts'

/** Both branches backwards; the results are what values from outside receive, zero from the branch that does not use them. */
export function reverseIf(sweep: ReverseSweep, inst: Extract<Inst, { kind: 'if' }>, at: Loc): void {
  const { b } = sweep
  const adjoints = inst.outs.map(out => sweep.take(out.id))
  const throwing = [inst.then, inst.else].find(block => sweep.activity.throws(block))
  if (throwing) {
    // Whoever comes back has gone through the other branch.
    const taken = throwing === inst.then ? inst.else : inst.then
    if (sweep.activity.throws(taken)) return
    sweep.values.enter(taken, null, at)
    for (const [id, part] of sweep.block(taken, adjoints, at)) sweep.add(id, part, at)
    return
  }
  const reversed = [inst.then, inst.else].map(block => {
    b.begin()
    sweep.values.enter(block, null, at)
    const received = sweep.block(block, adjoints, at)
    return { received, block: b.end([]) }
  })
  const [then, otherwise] = reversed as [(typeof reversed)[0], (typeof reversed)[0]]
  const outer = [...new Set([...then.received.keys(), ...otherwise.received.keys()])]
  if (outer.length === 0 && reversed.every(branch => branch.block.body.length === 0)) return
  writeBranches(sweep, sweep.values.get(primalKey(inst.test)), reversed, outer, at)
}

/** The body of an atomic `try` backwards, if it went well. */
export function reverseTry(sweep: ReverseSweep, inst: Extract<Inst, { kind: 'try' }>, at: Loc): void {
  const { b } = sweep
  const adjoints = inst.outs.map(out => sweep.take(out.id))
  b.begin()
  sweep.values.enter(inst.body, null, at)
  const received = sweep.block(inst.body, adjoints, at)
  const block = b.end([])
  if (received.size === 0 && block.body.length === 0) return
  const [fine] = b.prim('ref.is_null', [sweep.values.get(primalKey(inst.outs.at(-1)!.id))], ['bool'], at, ['fine'])
  const nothing = { received: new Map(), block: { params: [], body: [], yields: [] } }
  writeBranches(sweep, fine!, [{ received, block }, nothing], [...received.keys()], at)
}

interface Reversed {
  readonly received: Adjoints
  readonly block: Block
}

/** The reversed branches, with what the values from outside receive. */
function writeBranches(sweep: ReverseSweep, test: ValueId, branches: readonly Reversed[], outer: readonly ValueId[], at: Loc): void {
  const blocks = branches.map(({ received, block }) => withYields(sweep, block, outer, received, at))
  const [then, otherwise] = sweep.decisions.branches(blocks[0]!, blocks[1]!)
  const types = outer.map(id => sweep.activity.typeOf(id))
  const names = outer.map(id => sweep.activity.nameOf(id))
  const parts = sweep.b.ifBlocks(test, then, otherwise, types, at, names)
  outer.forEach((id, i) => sweep.add(id, parts[i]!, at))
}

/** The finished block, continued with zeros for what it does not give, and yielding `outer`. */
function withYields(sweep: ReverseSweep, block: Block, outer: readonly ValueId[], received: Adjoints, at: Loc): Block {
  const { b } = sweep
  b.begin()
  for (const inst of block.body) b.append(inst)
  return b.end(outer.map(id => received.get(id) ?? sweep.zero(id, at)))
}

/**
 * The same number of trips with the index counted down. Carried are the adjoints of the carried values and a sum for each value
 * from outside that the body uses.
 */
export function reverseFor(sweep: ReverseSweep, inst: Extract<Inst, { kind: 'for' | 'while' }>, at: Loc): void {
  const { b } = sweep
  const offset = inst.kind === 'for' ? 1 : 0
  const carried = inst.outs.flatMap((out, i) => (sweep.isActiveFloat(out.id) ? [{ out, i, param: inst.body.params[i + offset]! }] : []))
  const given = carried.map(({ out }) => sweep.take(out.id))
  const fresh = (id: ValueId): Param => b.fresh(sweep.activity.typeOf(id), sweep.activity.nameOf(id))
  const count = (): ValueId => (inst.kind === 'for' ? sweep.values.get(primalKey(inst.count)) : sweep.values.trips(inst))

  const index = b.fresh('i64', 'k')
  const adjoints = carried.map(({ param }) => fresh(param.id))
  const params = [index, ...adjoints]
  b.begin(params)
  sweep.values.enter(inst.body, { index: index.id, count }, at)
  const yields: (ValueId | null)[] = inst.outs.map(() => null)
  carried.forEach(({ i }, j) => {
    yields[i] = adjoints[j]!.id
  })
  const received = sweep.block(inst.body, yields, at)
  const next = carried.map(({ param }) => {
    const adjoint = received.get(param.id)
    received.delete(param.id)
    return adjoint
  })
  const isIdentity = b.length === 0 && received.size === 0 && next.every((adjoint, j) => adjoint === adjoints[j]!.id)
  if (isIdentity) {
    b.discard()
    carried.forEach(({ i }, j) => {
      const adjoint = given[j]
      if (adjoint) sweep.add(inst.inits[i]!, adjoint, at)
    })
    return
  }
  const results = next.map((adjoint, j) => adjoint ?? sweep.zero(carried[j]!.param.id, at))
  const outer = [...received].map(([id, part]) => {
    const sum = fresh(id)
    b.declare(sum)
    params.push(sum)
    results.push(sweep.decisions.sums.loop(b, sum.id, part, at))
    return id
  })
  const body = b.end(results)
  const inits = [...carried.map(({ out }, j) => given[j] ?? sweep.zero(out.id, at)), ...outer.map(id => sweep.zero(id, at))]
  const sums = writeLoop(sweep, sweep.decisions.trips(b, count(), at), inits, body, at)
  carried.forEach(({ i }, j) => sweep.add(inst.inits[i]!, sums[j]!, at))
  outer.forEach((id, j) => sweep.add(id, sums[carried.length + j]!, at))
}

/** A `for` without the carried values that every trip hands on unchanged. */
function writeLoop(sweep: ReverseSweep, count: ValueId, inits: readonly ValueId[], body: Block, at: Loc): ValueId[] {
  const [index, ...params] = body.params
  invariant(index && params.length === inits.length && body.yields.length === inits.length, 'a reversed loop is out of step')
  const constant = new Map<ValueId, ValueId>()
  params.forEach((param, j) => {
    if (body.yields[j] === param.id) constant.set(param.id, inits[j]!)
  })
  const moving = params.flatMap((param, j) => (constant.has(param.id) ? [] : [j]))
  const inner = substitute(body, id => constant.get(id) ?? id)
  const slim: Block = { params: [index, ...moving.map(j => params[j]!)], body: inner.body, yields: moving.map(j => inner.yields[j]!) }
  const outs = sweep.b.forBlock(
    count,
    moving.map(j => inits[j]!),
    slim,
    at,
    moving.map(j => params[j]!.name),
  )
  return params.map((param, j) => constant.get(param.id) ?? outs[moving.indexOf(j)]!)
}

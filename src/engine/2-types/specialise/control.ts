/** Control flow: branches that merge what locals hold, loops that carry it, `try`. */
import { invariant } from '../../../diagnostics/bug.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Block, Param, ValueId } from '../../3-ir/ir.ts'
import type { Core, LocalId } from '../core.ts'
import { ANY, BOTTOM } from '../intern.ts'
import { leavesOf } from '../layout.ts'
import type { JType } from '../type.ts'
import type { Env, Frame, Slot, Val } from './frame.ts'
import { loopLocals } from './loop-locals.ts'
import { narrowings } from './narrow.ts'
import { boolVal, DEAD, intVal, isDead, join, NOTHING_VAL, represent, sameConstant, undefinedLeaf, undefinedLeaves } from './value.ts'

/** Widenings of a loop-carried type before it is given up and boxed. */
const MAX_WIDENINGS = 6

interface Side {
  block: Block
  readonly env: Env
  readonly val: Val
}

function side(frame: Frame, env: Env, params: readonly Param[], write: () => Val): Side {
  frame.env = [...env]
  frame.builder.begin(params)
  const val = write()
  const after = frame.env
  return { block: frame.builder.end([]), env: after, val }
}

/** Appends to a side's block; `write` gives the yields. */
function extend(frame: Frame, s: Side, write: () => readonly ValueId[]): void {
  frame.builder.reopen(s.block)
  s.block = frame.builder.end(write())
}

/** `test ? then : else`, with the locals of both merged. The result is represented as `type`, or as the join of both. */
export function branch(frame: Frame, test: ValueId, then: () => Val, otherwise: () => Val, span: Span, type: JType | null = null): Val {
  const before = frame.env
  const a = side(frame, before, [], then)
  const b = side(frame, before, [], otherwise)
  return merge(frame, before, a, b, type, span, (blockA, blockB, outTypes, names) =>
    frame.builder.ifBlocks(test, blockA, blockB, outTypes, frame.at(span), names),
  )
}

type Finish = (a: Block, b: Block, outTypes: readonly ReturnType<typeof leavesOf>[number][], names: string[]) => ValueId[]

/** One merged local: what both sides hold, and whether it may be unset. */
interface Merged {
  readonly id: LocalId
  readonly type: JType
  readonly flag: boolean
}

function merge(frame: Frame, before: Env, a: Side, b: Side, type: JType | null, span: Span, finish: Finish): Val {
  const deadA = isDead(a.val)
  const deadB = isDead(b.val)
  if (deadA && deadB) {
    finish(a.block, b.block, [], [])
    frame.env = before
    return DEAD
  }
  const resultType = type ?? (deadA ? b.val.type : deadB ? a.val.type : join(a.val.type, b.val.type))
  const merged: Merged[] = []
  const env: Env = [...before]
  const length = Math.max(a.env.length, b.env.length)
  for (let id = 0; id < length; id++) {
    const sa = a.env[id]
    const sb = b.env[id]
    if (sa === sb) {
      env[id] = sa
      continue
    }
    if ((deadA && sb === before[id]) || (deadB && sa === before[id])) {
      env[id] = before[id]
      continue
    }
    const types = [deadA ? undefined : sa?.val.type, deadB ? undefined : sb?.val.type].filter(t => t !== undefined)
    if (types.length === 0) {
      env[id] = undefined
      continue
    }
    const flag = (!deadA && sa?.defined !== true) || (!deadB && sb?.defined !== true)
    merged.push({ id, type: types.reduce(join), flag })
  }
  const yieldsOf = (s: Side, dead: boolean) => () => {
    if (dead)
      return [
        ...undefinedLeaves(frame, resultType),
        ...merged.flatMap(m => [...undefinedLeaves(frame, m.type), ...(m.flag ? [undefinedLeaf(frame, 'bool')] : [])]),
      ]
    const value = represent(frame, s.val, resultType, span).leaves
    return [...value, ...merged.flatMap(m => slotLeaves(frame, s.env[m.id], m, span))]
  }
  extend(frame, a, yieldsOf(a, deadA))
  extend(frame, b, yieldsOf(b, deadB))
  const valueLeaves = leavesOf(resultType)
  const outTypes = [...valueLeaves, ...merged.flatMap(m => [...leavesOf(m.type), ...(m.flag ? (['bool'] as const) : [])])]
  const names = [
    ...valueLeaves.map(() => 't'),
    ...merged.flatMap(m => [...leavesOf(m.type).map(() => localName(frame, m.id)), ...(m.flag ? ['defined'] : [])]),
  ]
  const outs = finish(a.block, b.block, outTypes, names)
  let at = valueLeaves.length
  for (const m of merged) {
    const count = leavesOf(m.type).length
    const constant =
      !deadA && !deadB
        ? sameConstant(a.env[m.id]?.val ?? DEAD, b.env[m.id]?.val ?? DEAD)
        : ((deadA ? b : a).env[m.id]?.val.constant ?? null)
    env[m.id] = {
      val: { type: m.type, leaves: outs.slice(at, at + count), constant: m.flag ? null : constant },
      defined: m.flag ? outs[at + count]! : true,
    }
    at += count + (m.flag ? 1 : 0)
  }
  frame.env = env
  const constant = deadA ? b.val.constant : deadB ? a.val.constant : sameConstant(a.val, b.val)
  return { type: resultType, leaves: outs.slice(0, valueLeaves.length), constant }
}

function localName(frame: Frame, id: LocalId): string {
  return frame.code.locals[id]?.name ?? 't'
}

/** Leaves of a local as a merge or a loop carries it, then its flag. */
function slotLeaves(frame: Frame, slot: Slot | undefined, m: Merged, span: Span): ValueId[] {
  if (!slot) return [...undefinedLeaves(frame, m.type), ...(m.flag ? [frame.builder.bool(false, frame.at(span))] : [])]
  const leaves = represent(frame, slot.val, m.type, span).leaves
  if (!m.flag) return [...leaves]
  return [...leaves, slot.defined === true ? frame.builder.bool(true, frame.at(span)) : slot.defined]
}

/** `if` on a Julia value, with what the test says about the types of locals. */
export function emitIf(frame: Frame, core: Core & { kind: 'if' }): Val {
  const test = frame.s.emit.expression(frame, core.test)
  if (isDead(test)) return DEAD
  const narrowed = narrowings(frame, core.test)
  const then = () => {
    narrowed.whenTrue(frame)
    return frame.s.emit.expression(frame, core.then)
  }
  const otherwise = () => {
    narrowed.whenFalse(frame)
    return frame.s.emit.expression(frame, core.else)
  }
  return branchOn(frame, test, then, otherwise, core.test.span)
}

/** Branches on a value that must be a Bool; a constant decides at compile time. */
export function branchOn(frame: Frame, test: Val, then: () => Val, otherwise: () => Val, span: Span): Val {
  if (test.constant?.kind === 'bool') return test.constant.value ? then() : otherwise()
  const bool = frame.s.baseType('Bool')
  if (test.type !== bool) {
    if (test.type.kind === 'data' && test.type !== ANY && !isBoolish(test.type, bool)) {
      return frame.s.emit.throwNew(
        frame,
        'TypeError',
        [frame.s.symbol(frame, 'if', span), frame.s.string(frame, '', span), frame.s.typeValue(bool), test],
        span,
      )
    }
    return branch(frame, represent(frame, test, bool, span).leaves[0]!, then, otherwise, span)
  }
  return branch(frame, test.leaves[0]!, then, otherwise, span)
}

function isBoolish(type: JType, bool: JType): boolean {
  return type.kind === 'data' && (type.name.form === 'abstract' || type === bool)
}

// Loops ----------------------------------------------------------------------------------------------------------------------------

interface Carried {
  readonly id: LocalId
  type: JType
  flag: boolean
}

/** What a loop's parts get: the carried leaves as parameters, put into the environment. */
interface LoopParts {
  /** Parameters before the carried ones (the index of a counted loop). */
  readonly lead: readonly Param[]
  /** Writes the body; returns false if control never reaches its end. */
  readonly body: (lead: readonly ValueId[]) => Val
  /** Closes the loop: makes the instruction from the carried initial values. */
  readonly finish: (
    inits: ValueId[],
    body: Block,
    names: string[],
    carried: { bind: (params: readonly Param[]) => void; types: Param[] },
  ) => ValueId[]
}

/** A loop over Core: carries the locals that its body assigns, widening their types until they hold. */
export function emitLoop(frame: Frame, core: Core & { kind: 'while' | 'for' }, extra: readonly LocalId[], parts: LoopParts): Val {
  const { builder } = frame
  const { span } = core
  const before = frame.env
  const info = loopLocals(frame.code, core)
  const carried: Carried[] = []
  for (const id of new Set([...info.assigned, ...extra])) {
    const slot = before[id]
    if (frame.code.locals[id]?.boxed) continue
    if (slot) carried.push({ id, type: slot.val.type, flag: slot.defined !== true })
    else if (info.usedOutside.has(id)) carried.push({ id, type: BOTTOM, flag: true })
  }
  for (let round = 0; ; round++) {
    const params = carried.map(c => ({
      leaves: builder.freshList(
        leavesOf(c.type),
        leavesOf(c.type).map(() => localName(frame, c.id)),
      ),
      flag: c.flag ? builder.fresh('bool', 'defined') : null,
    }))
    const flat = params.flatMap(p => [...p.leaves, ...(p.flag ? [p.flag] : [])])
    const bind = (all: readonly Param[]) => {
      frame.env = [...before]
      for (const id of info.assigned)
        if (!carried.some(c => c.id === id)) frame.env[id] = frame.code.locals[id]?.boxed ? before[id] : undefined
      let at = 0
      carried.forEach((c, i) => {
        const count = params[i]!.leaves.length
        const leaves = all.slice(at, at + count).map(p => p.id)
        const flag = c.flag ? all[at + count]!.id : true
        at += count + (c.flag ? 1 : 0)
        frame.env[c.id] = {
          val: { type: c.type, leaves, constant: null },
          defined: c.type === BOTTOM ? builder.bool(false, frame.at(span)) : flag,
        }
        if (c.type === BOTTOM) frame.env[c.id] = undefined
      })
    }
    builder.begin([...parts.lead, ...flat])
    bind(flat)
    const end = parts.body(parts.lead.map(p => p.id))
    const after = frame.env
    let widened = false
    if (!isDead(end)) {
      for (const c of carried) {
        const slot = after[c.id]
        const flag = c.flag || slot?.defined !== true
        let type = slot ? (c.type === BOTTOM ? slot.val.type : join(c.type, slot.val.type)) : c.type
        if (type !== c.type && round >= MAX_WIDENINGS) type = ANY
        if (type !== c.type || flag !== c.flag) widened = true
        c.type = type
        c.flag = flag
      }
    }
    if (widened) {
      builder.discard()
      frame.env = before
      invariant(round < MAX_WIDENINGS + 4, 'a loop does not settle')
      continue
    }
    const yields = isDead(end)
      ? carried.flatMap(c => [...undefinedLeaves(frame, c.type), ...(c.flag ? [undefinedLeaf(frame, 'bool')] : [])])
      : carried.flatMap(c => slotLeaves(frame, after[c.id], c, span))
    const body = builder.end(yields)
    const inits = carried.flatMap(c => slotLeaves(frame, before[c.id], c, span))
    const names = flat.map(p => p.name)
    const outs = parts.finish(inits, body, names, { bind, types: flat })
    frame.env = [...before]
    let at = 0
    for (const c of carried) {
      const count = leavesOf(c.type).length
      if (c.type !== BOTTOM)
        frame.env[c.id] = {
          val: { type: c.type, leaves: outs.slice(at, at + count), constant: null },
          defined: c.flag ? outs[at + count]! : true,
        }
      at += count + (c.flag ? 1 : 0)
    }
    return NOTHING_VAL
  }
}

/** Counted loop; `core.until` makes it a `while` with an index. `item` gives what the iteration number stands for. */
export function emitCounted(frame: Frame, core: Core & { kind: 'for' }, count: ValueId, body: (index: ValueId) => Val): Val {
  const { builder } = frame
  const at = frame.at(core.span)
  if (core.until === null) {
    return emitLoop(frame, core, [], {
      lead: [builder.fresh('i64', 'i')],
      body: ([index]) => body(index!),
      finish: (inits, block, names) => builder.forBlock(count, inits, block, at, names),
    })
  }
  const until = core.until
  const index = builder.fresh('i64', 'i')
  return emitLoop(frame, core, [until], {
    lead: [index],
    body: ([i]) => {
      const end = body(i!)
      return end
    },
    finish: (inits, block, names, carried) => {
      // The index is the first carried value; it is advanced at the end of the body.
      builder.reopen(block)
      const next = builder.op('i64.add', [index.id, builder.i64(1, at)], at, 'i')
      const stepped = builder.end([next, ...block.yields])
      const condIndex = builder.fresh('i64', 'i')
      const condParams = carried.types.map(p => builder.fresh(p.type, p.name))
      builder.begin([condIndex, ...condParams])
      carried.bind(condParams)
      const running = builder.op('i64.eq', [flowValue(frame, until, core.span), builder.i64(0, at)], at)
      const inside = builder.op('i64.lt', [condIndex.id, count], at)
      const cond = builder.end([builder.op('bool.and', [running, inside], at, 'go')])
      return builder.whileBlocks([builder.i64(0, at), ...inits], cond, stepped, at, ['i', ...names]).slice(1)
    },
  })
}

function flowValue(frame: Frame, until: LocalId, span: Span): ValueId {
  const slot = frame.env[until]
  return slot ? slot.val.leaves[0]! : intVal(frame, 0, span).leaves[0]!
}

/**
 * `while`: Julia's test may have effects and throw, and the IR's `cond` may not, so the test is evaluated before the loop and at the
 * end of the body, and carried as one more local.
 */
export function emitWhile(frame: Frame, core: Core & { kind: 'while' }): Val {
  return emitGuardedLoop(
    frame,
    core,
    core.until,
    () => frame.s.emit.expression(frame, core.test),
    () => {
      narrowings(frame, core.test).whenTrue(frame)
      return frame.s.emit.expression(frame, core.body)
    },
    core.until === null ? [] : [core.until],
  )
}

/** A loop that runs `body` while `test` holds and `until` (if any) is 0. Both may read and set locals. */
export function emitGuardedLoop(
  frame: Frame,
  core: Core & { kind: 'while' | 'for' },
  until: LocalId | null,
  test: () => Val,
  body: () => Val,
  extra: readonly LocalId[],
): Val {
  const { builder } = frame
  const { span } = core
  const at = frame.at(span)
  const go = frame.s.temporary(frame, 'go')
  let latest: Val['constant'] = null
  const evaluate = (): Val => {
    const asked = test()
    if (isDead(asked)) return DEAD
    const bool = represent(frame, asked, frame.s.baseType('Bool'), span)
    latest = bool.constant
    frame.env[go] = { val: bool, defined: true }
    return NOTHING_VAL
  }
  if (isDead(evaluate())) return DEAD
  const first = frame.env[go]!.val
  if (first.constant?.kind === 'bool' && !first.constant.value) return NOTHING_VAL
  frame.env[go] = { val: { ...first, constant: null }, defined: true }
  emitLoop(frame, core, [go, ...extra], {
    lead: [],
    body: () => {
      if (isDead(body())) return DEAD
      if (until === null) return evaluate()
      // A loop that was left does not ask again.
      const running = builder.op('i64.eq', [flowValue(frame, until, span), builder.i64(0, at)], at)
      return branch(
        frame,
        running,
        evaluate,
        () => {
          frame.env[go] = { val: { ...boolVal(frame, false, span), constant: null }, defined: true }
          return NOTHING_VAL
        },
        span,
      )
    },
    finish: (inits, block, names, carried) => {
      const condParams = carried.types.map(p => builder.fresh(p.type, p.name))
      builder.begin(condParams)
      carried.bind(condParams)
      const cond = builder.end([frame.env[go]!.val.leaves[0]!])
      return builder.whileBlocks(inits, cond, block, at, names)
    },
  })
  // True before the loop may only hold of the values that its variables start with; true at the end of the body holds of all.
  const isForever = first.constant?.kind === 'bool' && isTrue(latest) && until === null
  return isForever ? DEAD : NOTHING_VAL
}

function isTrue(constant: Val['constant']): boolean {
  return constant?.kind === 'bool' && constant.value
}

/** `try`: both ways out merge like branches. Locals assigned in the body before the throw are seen by the handler only if boxed, so they are carried by cells. */
export function emitTry(frame: Frame, core: Core & { kind: 'try' }): Val {
  const { builder } = frame
  const { span } = core
  const at = frame.at(span)
  const before = frame.env
  const whole = (): Val => {
    if (!core.handler) return frame.s.emit.expression(frame, core.body)
    const a = side(frame, before, [], () => {
      const value = frame.s.emit.expression(frame, core.body)
      return core.else && !isDead(value) ? frame.s.emit.expression(frame, core.else) : value
    })
    const caught = builder.fresh('any', 'caught')
    const b = side(frame, before, [caught], () => {
      if (core.caught !== null) frame.s.assign(frame, core.caught, { type: ANY, leaves: [caught.id], constant: null }, span)
      return frame.s.emit.expression(frame, core.handler!)
    })
    return merge(frame, before, a, b, null, span, (blockA, blockB, outTypes, names) =>
      builder.tryBlocks(blockA, blockB, outTypes, at, names),
    )
  }
  if (!core.finally) return whole()
  // Normal way out runs `finally` after; the exceptional one runs it and throws again.
  const outer = frame.env
  const a = side(frame, outer, [], whole)
  const rethrown = builder.fresh('any', 'caught')
  const b = side(frame, outer, [rethrown], () => {
    const done = frame.s.emit.expression(frame, core.finally!)
    if (isDead(done)) return DEAD
    builder.throw(rethrown.id, at)
    return DEAD
  })
  const value = merge(frame, outer, a, b, null, span, (blockA, blockB, outTypes, names) =>
    builder.tryBlocks(blockA, blockB, outTypes, at, names),
  )
  if (isDead(value)) return DEAD
  const done = frame.s.emit.expression(frame, core.finally)
  return isDead(done) ? DEAD : value
}

/** Loops: the locals that a body assigns go round, with types wide enough for every turn. */
import { invariant } from '../../../diagnostics/bug.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Block, Param, ValueId } from '../../3-ir/ir.ts'
import type { Core, LocalId } from '../core.ts'
import { ANY, BOTTOM } from '../intern.ts'
import { branch } from './branch.ts'
import { condition } from './condition.ts'
import type { Env, Frame, Val } from './frame.ts'
import { bindJoined, type JoinedLocal, joinedLeaves, joinedNames, joinedTypes, joinedUndefined } from './joined-local.ts'
import { loopLocals } from './loop-locals.ts'
import { narrowings } from './narrow.ts'
import { boolVal, DEAD, intVal, isDead, join, NOTHING_VAL } from './value.ts'

/** Widenings of a loop-carried type before it is given up and boxed. */
const MAX_WIDENINGS = 6

type Loop = Core & { kind: 'while' | 'for' }

/** The carried leaves as the instruction has them. */
interface Carried {
  readonly inits: readonly ValueId[]
  readonly params: readonly Param[]
  readonly names: readonly string[]
  /** Puts them into the environment. */
  readonly bind: (params: readonly Param[]) => void
}

interface LoopParts {
  /** Parameters before the carried ones (the index of a counted loop). */
  readonly lead: readonly Param[]
  /** Writes the body; what it gives is dead if control never reaches its end. */
  readonly body: (lead: readonly ValueId[]) => Val
  /** Makes the instruction; its results are the carried leaves. */
  readonly finish: (body: Block, carried: Carried) => ValueId[]
}

/** A loop over Core; it is written again with wider types until they hold in each turn. */
export function emitLoop(frame: Frame, core: Loop, extra: readonly LocalId[], parts: LoopParts): Val {
  const { builder } = frame
  const { span } = core
  const before = frame.env
  const { assigned, usedOutside } = loopLocals(frame.code, core)
  let locals = carriedAtFirst(frame, new Set([...assigned, ...extra]), usedOutside)
  for (let round = 0; ; round++) {
    const params = locals.flatMap(c => builder.freshList(joinedTypes(c), joinedNames(frame, c)))
    const bind = (carried: readonly Param[]) => {
      frame.env = [...before]
      for (const id of assigned) if (!frame.code.locals[id]?.boxed) frame.env[id] = undefined
      bindJoined(
        frame.env,
        locals,
        carried.map(p => p.id),
      )
    }
    builder.begin([...parts.lead, ...params])
    bind(params)
    const end = parts.body(parts.lead.map(p => p.id))
    const after = frame.env
    const wider = isDead(end) ? locals : locals.map(c => widened(c, after, round >= MAX_WIDENINGS))
    if (wider.some((c, i) => c !== locals[i])) {
      builder.discard()
      frame.env = before
      invariant(round < MAX_WIDENINGS + 4, 'a loop does not settle')
      locals = wider
      continue
    }
    const body = builder.end(locals.flatMap(c => (isDead(end) ? joinedUndefined(frame, c) : joinedLeaves(frame, after[c.id], c, span))))
    const inits = locals.flatMap(c => joinedLeaves(frame, before[c.id], c, span))
    const outs = parts.finish(body, { inits, params, names: params.map(p => p.name), bind })
    frame.env = [...before]
    bindJoined(frame.env, locals, outs)
    return NOTHING_VAL
  }
}

/** The locals that go round, as they are before the loop. One that only the body has a use for is new in each turn. */
function carriedAtFirst(frame: Frame, assigned: ReadonlySet<LocalId>, usedOutside: ReadonlySet<LocalId>): JoinedLocal[] {
  const carried: JoinedLocal[] = []
  for (const id of assigned) {
    if (frame.code.locals[id]?.boxed) continue
    const slot = frame.env[id]
    if (slot) carried.push({ id, type: slot.val.type, mayBeUnset: slot.defined !== true })
    else if (usedOutside.has(id)) carried.push({ id, type: BOTTOM, mayBeUnset: true })
  }
  return carried
}

/** The same local if what it holds at the end of a turn fits. */
function widened(local: JoinedLocal, after: Env, giveUp: boolean): JoinedLocal {
  const slot = after[local.id]
  const mayBeUnset = local.mayBeUnset || slot?.defined !== true
  const joined = slot ? (local.type === BOTTOM ? slot.val.type : join(local.type, slot.val.type)) : local.type
  if (joined === local.type && mayBeUnset === local.mayBeUnset) return local
  return { id: local.id, type: joined !== local.type && giveUp ? ANY : joined, mayBeUnset }
}

/** Counted loop; `core.until` makes it a `while` with an index. `item` gives what the iteration number stands for. */
export function emitCounted(frame: Frame, core: Core & { kind: 'for' }, count: ValueId, body: (index: ValueId) => Val): Val {
  const { builder } = frame
  const at = frame.at(core.span)
  if (core.until === null) {
    return emitLoop(frame, core, [], {
      lead: [builder.fresh('i64', 'i')],
      body: ([index]) => body(index!),
      finish: (block, { inits, names }) => builder.forBlock(count, inits, block, at, names),
    })
  }
  const until = core.until
  const index = builder.fresh('i64', 'i')
  return emitLoop(frame, core, [until], {
    lead: [index],
    body: ([i]) => body(i!),
    finish: (block, carried) => {
      // The index is the first carried value; it is advanced at the end of the body.
      builder.reopen(block)
      const next = builder.op('i64.add', [index.id, builder.i64(1, at)], at, 'i')
      const stepped = builder.end([next, ...block.yields])
      const condIndex = builder.fresh('i64', 'i')
      const condParams = carried.params.map(p => builder.fresh(p.type, p.name))
      builder.begin([condIndex, ...condParams])
      carried.bind(condParams)
      const running = builder.op('i64.eq', [flowValue(frame, until, core.span), builder.i64(0, at)], at)
      const inside = builder.op('i64.lt', [condIndex.id, count], at)
      const cond = builder.end([builder.op('bool.and', [running, inside], at, 'go')])
      return builder.whileBlocks([builder.i64(0, at), ...carried.inits], cond, stepped, at, ['i', ...carried.names]).slice(1)
    },
  })
}

function flowValue(frame: Frame, until: LocalId, span: Span): ValueId {
  const slot = frame.env[until]
  return slot ? slot.val.leaves[0]! : intVal(frame, 0, span).leaves[0]!
}

/** A loop that was left does not ask again: `again`, or `left` if `until` is not 0. */
export function unlessLeft(frame: Frame, until: LocalId | null, again: () => Val, left: () => void, span: Span): Val {
  const known = until === null ? null : frame.env[until]?.val.constant
  if (until === null || (known?.kind === 'int' && known.value === 0)) return again()
  const leave = (): Val => {
    left()
    return NOTHING_VAL
  }
  if (known?.kind === 'int') return leave()
  const at = frame.at(span)
  const running = frame.builder.op('i64.eq', [flowValue(frame, until, span), frame.builder.i64(0, at)], at)
  return branch(frame, running, again, leave, span)
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
  core: Loop,
  until: LocalId | null,
  test: () => Val,
  body: () => Val,
  extra: readonly LocalId[],
): Val {
  const { builder } = frame
  const { span } = core
  const at = frame.at(span)
  const go = frame.temporary()
  let latest: Val['constant'] = null
  const evaluate = (): Val => {
    const bool = condition(frame, test(), span)
    if (isDead(bool)) return DEAD
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
      return unlessLeft(
        frame,
        until,
        evaluate,
        () => (frame.env[go] = { val: { ...boolVal(frame, false, span), constant: null }, defined: true }),
        span,
      )
    },
    finish: (block, carried) => {
      const condParams = carried.params.map(p => builder.fresh(p.type, p.name))
      builder.begin(condParams)
      carried.bind(condParams)
      const cond = builder.end([frame.env[go]!.val.leaves[0]!])
      return builder.whileBlocks(carried.inits, cond, block, at, carried.names)
    },
  })
  // True before the loop may only hold of the values that its variables start with; true at the end of the body holds of all.
  const isForever = first.constant?.kind === 'bool' && isTrue(latest) && until === null
  return isForever ? DEAD : NOTHING_VAL
}

function isTrue(constant: Val['constant']): boolean {
  return constant?.kind === 'bool' && constant.value
}

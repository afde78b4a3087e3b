/** Branches: both sides begin with the same locals, and what they leave in them is merged. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Block, Type as LeafType, Param, ValueId } from '../../3-ir/ir.ts'
import type { Core } from '../core.ts'
import { leavesOf } from '../layout.ts'
import type { JType } from '../type.ts'
import { condition } from './condition.ts'
import type { Env, Frame, Val } from './frame.ts'
import { bindJoined, type JoinedLocal, joinedLeaves, joinedNames, joinedTypes, joinedUndefined } from './joined-local.ts'
import { narrowings } from './narrow.ts'
import { DEAD, isDead, join, represent, sameConstant, undefinedLeaves } from './value.ts'

export interface Side {
  readonly block: Block
  readonly env: Env
  readonly val: Val
}

export function side(frame: Frame, env: Env, params: readonly Param[], write: () => Val): Side {
  frame.env = [...env]
  frame.builder.begin(params)
  const val = write()
  const after = frame.env
  return { block: frame.builder.end([]), env: after, val }
}

/** A side's block with more at its end; `write` gives the yields. */
function extended(frame: Frame, { block }: Side, write: () => readonly ValueId[]): Block {
  frame.builder.reopen(block)
  return frame.builder.end(write())
}

/** `test ? then : else`, with the locals of both merged. The result is represented as `type`, or as the join of both. */
export function branch(frame: Frame, test: ValueId, then: () => Val, otherwise: () => Val, span: Span, type: JType | null = null): Val {
  const before = frame.env
  const sides: Sides = [side(frame, before, [], then), side(frame, before, [], otherwise)]
  return merge(frame, before, sides, type, span, (a, b, types, names) => frame.builder.ifBlocks(test, a, b, types, frame.at(span), names))
}

type Sides = readonly [Side, Side]
type Finish = (a: Block, b: Block, outTypes: readonly LeafType[], names: readonly string[]) => ValueId[]

/** Closes both sides with what they yield; `finish` makes the instruction that has them. */
export function merge(frame: Frame, before: Env, [a, b]: Sides, type: JType | null, span: Span, finish: Finish): Val {
  const live = [a, b].filter(s => !isDead(s.val))
  if (live.length === 0) {
    finish(a.block, b.block, [], [])
    frame.env = before
    return DEAD
  }
  const resultType = type ?? live.map(s => s.val.type).reduce(join)
  const { env, joined } = mergedLocals(before, [a, b], live)
  const yields = (s: Side) => () =>
    isDead(s.val)
      ? [...undefinedLeaves(frame, resultType), ...joined.flatMap(local => joinedUndefined(frame, local))]
      : [...represent(frame, s.val, resultType, span).leaves, ...joined.flatMap(local => joinedLeaves(frame, s.env[local.id], local, span))]
  const blockA = extended(frame, a, yields(a))
  const blockB = extended(frame, b, yields(b))
  const valueTypes = leavesOf(resultType)
  const names = [...valueTypes.map(() => 't'), ...joined.flatMap(local => joinedNames(frame, local))]
  const outs = finish(blockA, blockB, [...valueTypes, ...joined.flatMap(joinedTypes)], names)
  const constant = (valOf: (s: Side) => Val) => (live.length === 1 ? valOf(live[0]!).constant : sameConstant(valOf(a), valOf(b)))
  bindJoined(env, joined, outs.slice(valueTypes.length), id => constant(s => s.env[id]?.val ?? DEAD))
  frame.env = env
  return { type: resultType, leaves: outs.slice(0, valueTypes.length), constant: constant(s => s.val) }
}

/** The locals after both sides, and those among them that have to come out of the instruction. */
function mergedLocals(before: Env, [a, b]: Sides, live: readonly Side[]): { env: Env; joined: JoinedLocal[] } {
  const joined: JoinedLocal[] = []
  const env: Env = [...before]
  for (let id = 0; id < Math.max(a.env.length, b.env.length); id++) {
    if (a.env[id] === b.env[id]) {
      env[id] = a.env[id]
      continue
    }
    const slots = live.map(s => s.env[id])
    if (live.length === 1 && slots[0] === before[id]) continue
    const types = slots.flatMap(slot => (slot ? [slot.val.type] : []))
    if (types.length === 0) env[id] = undefined
    else joined.push({ id, type: types.reduce(join), mayBeUnset: slots.some(slot => slot?.defined !== true) })
  }
  return { env, joined }
}

/** `if` on a Julia value, with what the test says about the types of locals. */
export function emitIf(frame: Frame, core: Core & { kind: 'if' }): Val {
  const test = condition(frame, frame.s.emit.expression(frame, core.test), core.test.span)
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
  if (test.constant?.kind === 'bool') return test.constant.value ? then() : otherwise()
  return branch(frame, test.leaves[0]!, then, otherwise, core.test.span)
}

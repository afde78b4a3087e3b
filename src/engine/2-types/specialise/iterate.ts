/** `for`: tuples are unrolled, counted iterables become counted loops, filters guard their inner loop, the rest uses `iterate`. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Core } from '../core.ts'
import { coreChildren } from '../core-children.ts'
import { dispatch } from '../dispatch.ts'
import { ARRAY, NAMEDTUPLE, NOTHING, TUPLE } from '../intern.ts'
import { fieldTypes, isBoxed, isFlatUnion } from '../layout.ts'
import { unionOf } from '../subtype.ts'
import type { DataType } from '../type.ts'
import { condition } from './condition.ts'
import type { Frame, Val } from './frame.ts'
import { assign, freshLocal } from './locals.ts'
import { emitCounted, emitGuardedLoop, unlessLeft } from './loop.ts'
import { boolVal, DEAD, fieldVal, isDead, itemsOf, NOTHING_VAL, narrowTo, represent, splitUnion, stringVal, tupleItems } from './value.ts'

/** Longer tuples of one element type are looped over instead. */
const MAX_UNROLL = 24

type ForCore = Core & { kind: 'for' }
type Body = (item: Val) => Val

export function emitFor(frame: Frame, core: ForCore): Val {
  const iterable = frame.s.emit.expression(frame, core.iter)
  if (isDead(iterable)) return DEAD
  return over(frame, core, iterable, item => {
    freshLocal(frame, core.target)
    assign(frame, core.target, item, core.span)
    return frame.s.emit.expression(frame, core.body)
  })
}

function over(frame: Frame, core: ForCore, iterable: Val, body: Body): Val {
  const { type } = iterable
  const { span } = core
  if (isFlatUnion(type)) return splitUnion(frame, iterable, span, member => over(frame, core, member, body), NOTHING)
  if (type.kind === 'data' && (type.name === TUPLE || type.name === NAMEDTUPLE) && !isBoxed(type)) {
    const types = fieldTypes(type)
    if (types.length <= MAX_UNROLL || types.some(t => t !== types[0])) return unrolled(frame, core, tupleItems(iterable), 0, body)
  }
  if (!isBoxed(type)) {
    if (isFilter(frame, type as DataType)) {
      const [predicate, inner] = [fieldVal(iterable, 0), fieldVal(iterable, 1)]
      return over(frame, core, inner, item => {
        const bool = condition(frame, frame.s.emit.call(frame, predicate, [item], [], span), span)
        if (isDead(bool)) return DEAD
        if (bool.constant?.kind === 'bool') return bool.constant.value ? body(item) : NOTHING_VAL
        frame.s.branch(
          frame,
          bool.leaves[0]!,
          () => (isDead(body(item)) ? DEAD : NOTHING_VAL),
          () => NOTHING_VAL,
          span,
        )
        return NOTHING_VAL
      })
    }
    const isVector = type.kind === 'data' && type.name === ARRAY && type.params[1]?.key === '#1'
    if (isVector && resizes(core.body)) return byProtocol(frame, core, iterable, body)
    const count = frame.s.baseFunction('__count')
    if (count && dispatch(frame.s.world, [count.type, type]).kind === 'method') {
      const length = frame.s.emit.base(frame, '__count', [iterable], span)
      if (isDead(length)) return DEAD
      return emitCounted(frame, core, length.leaves[0]!, index => {
        const item = frame.s.emit.base(frame, '__item', [iterable, { type: length.type, leaves: [index], constant: null }], span)
        if (isDead(item) || isDead(body(item))) return DEAD
        if (isVector) checkLength(frame, iterable, length, span)
        return NOTHING_VAL
      })
    }
  }
  return byProtocol(frame, core, iterable, body)
}

const RESIZING = new Set([
  'push!',
  'pop!',
  'append!',
  'prepend!',
  'pushfirst!',
  'popfirst!',
  'insert!',
  'deleteat!',
  'resize!',
  'empty!',
  'filter!',
  'splice!',
  'unique!',
])
const resizing = new WeakMap<Core, boolean>()

/** Does the body itself call something that changes the length of a vector? Then each turn must ask for it again. */
function resizes(core: Core): boolean {
  let known = resizing.get(core)
  if (known === undefined) {
    const callee = core.kind === 'call' && (core.callee.kind === 'global' || core.callee.kind === 'base') ? core.callee.name : ''
    known = RESIZING.has(callee) || coreChildren(core).some(resizes)
    resizing.set(core, known)
  }
  return known
}

/** A function called in the body may have changed the length: the count of turns would be wrong then. */
function checkLength(frame: Frame, vector: Val, length: Val, span: Span): void {
  const at = frame.at(span)
  const [now] = frame.builder.prim('arr.len', vector.leaves, ['i64'], at)
  const same = frame.builder.op('i64.eq', [now!, length.leaves[0]!], at)
  const message = 'a vector changed its length in a function called by the loop over it, which is outside the supported subset'
  frame.s.branch(
    frame,
    same,
    () => NOTHING_VAL,
    () => frame.s.emit.throwNew(frame, 'ErrorException', [stringVal(frame, message, span)], span),
    span,
  )
}

function isFilter(frame: Frame, type: DataType): boolean {
  return type.name.name === 'Filter' && type.name.module === 'Iterators' && frame.s.world.base !== undefined
}

/** One copy of the body an element; after a `break`, the others are skipped by a guard on `flow`. */
function unrolled(frame: Frame, core: ForCore, items: readonly Val[], from: number, body: Body): Val {
  for (let i = from; i < items.length; i++) {
    if (isDead(body(items[i]!))) return DEAD
    if (core.until === null || i + 1 === items.length) continue
    const flow = frame.env[core.until]?.val
    if (!flow || (flow.constant?.kind === 'int' && flow.constant.value === 0)) continue
    if (flow.constant?.kind === 'int') return NOTHING_VAL
    const at = frame.at(core.span)
    const running = frame.builder.op('i64.eq', [flow.leaves[0]!, frame.builder.i64(0, at)], at)
    frame.s.branch(
      frame,
      running,
      () => unrolled(frame, core, items, i + 1, body),
      () => NOTHING_VAL,
      core.span,
    )
    return NOTHING_VAL
  }
  return NOTHING_VAL
}

/**
 * `next = iterate(itr); while next !== nothing; (item, state) = next; …; next = iterate(itr, state); end`. A loop that was left does not
 * ask for another item: to ask may read a line of a stream.
 */
function byProtocol(frame: Frame, core: ForCore, iterable: Val, body: Body): Val {
  const { span } = core
  const next = frame.temporary()
  const first = frame.s.emit.base(frame, 'iterate', [iterable], span)
  if (isDead(first)) return DEAD
  frame.env[next] = { val: { ...first, constant: null }, defined: true }
  const hasNext = (): Val => {
    const { val } = frame.env[next]!
    if (val.type === NOTHING) return { ...boolVal(frame, false, span), constant: null }
    if (isBoxed(val.type)) {
      const at = frame.at(span)
      const none = frame.builder.prim('any.type_is', [val.leaves[0]!, frame.builder.i64(frame.s.typeIndex(NOTHING), at)], ['bool'], at)[0]!
      return { type: frame.s.baseType('Bool'), leaves: [frame.builder.op('bool.not', [none], at)], constant: null }
    }
    if (!isFlatUnion(val.type)) return { ...boolVal(frame, true, span), constant: null }
    const { members } = val.type
    const at = frame.at(span)
    const none = frame.builder.op('i64.eq', [val.leaves[0]!, frame.builder.i64(members.indexOf(NOTHING), at)], at)
    return { type: frame.s.baseType('Bool'), leaves: [frame.builder.op('bool.not', [none], at)], constant: null }
  }
  const step = (): Val => {
    const pair = withoutNothing(frame, frame.env[next]!.val, core)
    const parts = (p: Val): Val => {
      const [item, state] = itemsOf(frame, p, 2, span) as [Val, Val]
      if (isDead(item) || isDead(state) || isDead(body(item))) return DEAD
      const advance = (): Val => {
        const following = frame.s.emit.base(frame, 'iterate', [iterable, state], span)
        if (isDead(following)) return DEAD
        frame.env[next] = { val: { ...following, constant: null }, defined: true }
        return NOTHING_VAL
      }
      return unlessLeft(frame, core.until, advance, () => {}, span)
    }
    return isFlatUnion(pair.type) ? splitUnion(frame, pair, span, parts) : parts(pair)
  }
  return emitGuardedLoop(frame, core, core.until, hasNext, step, core.until === null ? [next] : [next, core.until])
}

function withoutNothing(frame: Frame, val: Val, core: ForCore): Val {
  if (!isFlatUnion(val.type)) return val
  const rest = val.type.members.filter(m => m !== NOTHING)
  if (rest.length === val.type.members.length) return val
  if (rest.length === 1) return narrowTo(val, rest[0]!)
  const type = unionOf(rest)
  return splitUnion(frame, val, core.span, m => represent(frame, m.type === NOTHING ? narrowTo(val, rest[0]!) : m, type, core.span), type)
}

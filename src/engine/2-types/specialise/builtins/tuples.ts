/** Tuples: making them, and taking values apart into them. */
import type { Span } from '../../../../diagnostics/source.ts'
import { NOTHING, namedTupleType, TUPLE } from '../../intern.ts'
import { isFlatUnion } from '../../layout.ts'
import type { JType } from '../../type.ts'
import { fieldCount } from '../construct.ts'
import type { Frame, Val } from '../frame.ts'
import { DEAD, fieldVal, intVal, isDead, splitUnion, tupleItems, tupleVal } from '../value.ts'
import { type Builtin, type BuiltinTable, loosely, noMethod, strictly } from './builtin.ts'
import { getfield } from './fields.ts'

/** The number in an argument `Val(n)`. */
function countArgument(val: Val | undefined): number | null {
  const param = val?.type.kind === 'data' ? val.type.params[0] : undefined
  return param?.kind === 'value' && param.value.kind === 'int' ? param.value.value : null
}

const ntuple: Builtin = (frame, args, _k, span) => {
  const [f, n] = args
  const count = countArgument(n)
  if (!f || count === null) return noMethod(frame, '__ntuple', args, span)
  const items: Val[] = []
  for (let i = 1; i <= count; i++) {
    const item = frame.s.emit.call(frame, f, [intVal(frame, i, span)], [], span)
    if (isDead(item)) return DEAD
    items.push(item)
  }
  return tupleVal(items)
}

/** `a, b = x`: exactly the first n, as a tuple. */
const destructure: Builtin = (frame, args, _k, span) => {
  const [x, n] = args
  const wanted = countArgument(n)
  if (!x || wanted === null) return noMethod(frame, '__destructure', args, span)
  if (isTupleish(x.type)) {
    const items = tupleItems(x)
    if (items.length < wanted) return frame.s.emit.throwNew(frame, 'BoundsError', [x, intVal(frame, items.length + 1, span)], span)
    return tupleVal(items.slice(0, wanted))
  }
  const items: Val[] = []
  let next = frame.s.emit.base(frame, 'iterate', [x], span)
  for (let i = 0; i < wanted; i++) {
    if (isDead(next)) return DEAD
    const pair = present(frame, next, x, i + 1, span)
    if (isDead(pair)) return DEAD
    items.push(isTupleish(pair.type) ? fieldVal(pair, 0) : frame.s.emit.base(frame, 'getindex', [pair, intVal(frame, 1, span)], span))
    if (i + 1 === wanted) break
    const state = isTupleish(pair.type) ? fieldVal(pair, 1) : frame.s.emit.base(frame, 'getindex', [pair, intVal(frame, 2, span)], span)
    next = frame.s.emit.base(frame, 'iterate', [x, state], span)
  }
  return tupleVal(items)
}

/** What `iterate` gave, or a BoundsError if it gave nothing. */
function present(frame: Frame, next: Val, x: Val, index: number, span: Span): Val {
  const missing = () => frame.s.emit.throwNew(frame, 'BoundsError', [x, intVal(frame, index, span)], span)
  if (next.type === NOTHING) return missing()
  if (isFlatUnion(next.type)) return splitUnion(frame, next, span, m => (m.type === NOTHING ? missing() : m))
  return next
}

const destructureRest: Builtin = (frame, args, kwargs, span) => {
  const [x, n] = args
  const wanted = countArgument(n)
  if (!x || wanted === null) return noMethod(frame, '__destructure_rest', args, span)
  if (isTupleish(x.type)) {
    const items = tupleItems(x)
    if (items.length < wanted) return frame.s.emit.throwNew(frame, 'BoundsError', [x, intVal(frame, items.length + 1, span)], span)
    return tupleVal([...items.slice(0, wanted), tupleVal(items.slice(wanted))])
  }
  const array = frame.s.emit.base(frame, 'collect', [x], span)
  if (isDead(array)) return DEAD
  const first = destructure(frame, [array, n!], kwargs, span)
  const last = frame.s.emit.base(frame, 'length', [array], span)
  const range = frame.s.emit.base(frame, ':', [intVal(frame, wanted + 1, span), last], span)
  const rest = frame.s.emit.base(frame, 'getindex', [array, range], span)
  return isDead(first) || isDead(rest) ? DEAD : tupleVal([...tupleItems(first), rest])
}

export function isTupleish(type: JType): boolean {
  return type.kind === 'data' && (type.name === TUPLE || type.name.form === 'namedtuple' || type.name.name === 'Pair')
}

const namedTuple: Builtin = (frame, args, _k, span) => {
  const [names, ...values] = args
  const list = names?.type.kind === 'data' ? names.type.params[0] : undefined
  if (list?.kind !== 'value' || list.value.kind !== 'tuple') return noMethod(frame, '__namedtuple', args, span)
  const texts = list.value.items.map(i => (i.kind === 'symbol' ? i.value : '?'))
  return {
    type: namedTupleType(
      texts,
      values.map(v => v.type),
    ),
    leaves: values.flatMap(v => v.leaves),
    constant: null,
  }
}

export const TUPLE_BUILTINS: BuiltinTable = {
  tuple: loosely((_frame, args) => tupleVal(args)),
  /** A constant index picks the exact type, another one searches. */
  __tuple_get: strictly(getfield),
  __tuple_length: strictly((frame, args, _k, span) =>
    args[0]?.type.kind === 'data' ? fieldCount(frame, args[0].type, span) : noMethod(frame, '__tuple_length', args, span),
  ),
  __ntuple: loosely(ntuple),
  __destructure: strictly(destructure),
  __destructure_rest: strictly(destructureRest),
  __namedtuple: loosely(namedTuple),
}

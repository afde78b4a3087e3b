/** Tuples: making them, and taking values apart into them. */
import type { Span } from '../../../../diagnostics/source.ts'
import { NOTHING, namedTupleType, TUPLE } from '../../intern.ts'
import { isBoxed, isFlatUnion } from '../../layout.ts'
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
  return collected(count, i => frame.s.emit.call(frame, f, [intVal(frame, i + 1, span)], [], span))
}

/** `(f(x, 1), …, f(x, n))`. */
const ntupleWith: Builtin = (frame, args, _k, span) => {
  const [f, x, n] = args
  const count = countArgument(n)
  if (!f || !x || count === null) return noMethod(frame, '__ntuple_with', args, span)
  return collected(count, i => frame.s.emit.call(frame, f, [x, intVal(frame, i + 1, span)], [], span))
}

/** `f` of each item of tuples, as many as the shortest has. One call an item without a closure for each: nothing is compiled once an item. */
const tupleMap: Builtin = (frame, args, _k, span) => {
  const [f, first, ...others] = args
  if (!f || !first || !isTupleish(first.type) || others.some(t => !isTupleish(t.type))) return noMethod(frame, '__tuple_map', args, span)
  const columns = [first, ...others].map(tupleItems)
  const count = Math.min(...columns.map(items => items.length))
  return collected(count, i =>
    frame.s.emit.call(
      frame,
      f,
      columns.map(items => items[i]!),
      [],
      span,
    ),
  )
}

/** `op(op(t[1], t[2]), t[3])` and so on. */
const tupleFold: Builtin = (frame, args, _k, span) => {
  const [op, t] = args
  if (!op || !t || !isTupleish(t.type)) return noMethod(frame, '__tuple_fold', args, span)
  let acc: Val | undefined
  for (const item of tupleItems(t)) {
    acc = acc ? frame.s.emit.call(frame, op, [acc, item], [], span) : item
    if (isDead(acc)) return DEAD
  }
  return acc ?? noMethod(frame, '__tuple_fold', args, span)
}

/** Of a tuple, the items at `from`, `from + step` …, so many of them. */
const tupleSlice: Builtin = (frame, args, _k, span) => {
  const [t, ...numbers] = args
  const [from, step, count] = numbers.map(countArgument)
  if (!t || !isTupleish(t.type) || from == null || step == null || count == null) return noMethod(frame, '__tuple_slice', args, span)
  const items = tupleItems(t)
  return tupleVal(Array.from({ length: count }, (_, k) => items[from - 1 + k * step]!))
}

/** The items of the tuples in a tuple. */
const tupleFlatten: Builtin = (frame, args, _k, span) => {
  const parts = args[0] && isTupleish(args[0].type) ? tupleItems(args[0]) : null
  return parts?.every(p => isTupleish(p.type)) ? tupleVal(parts.flatMap(tupleItems)) : noMethod(frame, '__tuple_flatten', args, span)
}

/** A tuple of what is made for each index from 0, unless that never returns. */
function collected(count: number, make: (index: number) => Val): Val {
  const items: Val[] = []
  for (let i = 0; i < count; i++) {
    const item = make(i)
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
  const rest = frame.s.emit.base(frame, '__after', [x, array, intVal(frame, wanted, span)], span)
  return isDead(first) || isDead(rest) ? DEAD : tupleVal([...tupleItems(first), rest])
}

/** Is it a tuple, and known how many items it has? */
export function isTupleish(type: JType): boolean {
  return type.kind === 'data' && (type.name === TUPLE || type.name.form === 'namedtuple' || type.name.name === 'Pair') && !isBoxed(type)
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
  __ntuple_with: loosely(ntupleWith),
  __tuple_map: loosely(tupleMap),
  __tuple_fold: loosely(tupleFold),
  __tuple_slice: loosely(tupleSlice),
  __tuple_flatten: loosely(tupleFlatten),
  __destructure: strictly(destructure),
  __destructure_rest: strictly(destructureRest),
  __namedtuple: loosely(namedTuple),
}

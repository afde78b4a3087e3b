/** Methods: which there are for what types, and calls that name one. */
import { positionAt, type Span } from '../../../../diagnostics/source.ts'
import { dispatch } from '../../dispatch.ts'
import { ANY, NAMEDTUPLE, TUPLE } from '../../intern.ts'
import { fieldNames, isBoxed } from '../../layout.ts'
import type { Method } from '../../method-table.ts'
import { isSubtype, matchTypes } from '../../subtype.ts'
import type { JType } from '../../type.ts'
import { invoke as invokeMethod } from '../calls.ts'
import type { Frame, Val } from '../frame.ts'
import { boolVal, fieldVal, intVal, NOTHING_VAL, stringVal, tupleItems, tupleVal, typeVal } from '../value.ts'
import { type Builtin, type BuiltinTable, loosely, noMethod, strictly, typeArgument } from './builtin.ts'
import { isTupleish } from './tuples.ts'

/** `invoke(f, Tuple{A, B}, a, b)`: the method for the types that are written, not those of the values. */
const invoke: Builtin = (frame, args, kwargs, span) => {
  const [f, signature, ...rest] = args
  const wanted = typeArgument(signature)
  if (!f || wanted?.kind !== 'data' || wanted.name !== TUPLE) return noMethod(frame, 'invoke', args, span)
  const { s } = frame
  const found = dispatch(s.world, [f.type, ...(wanted.params as JType[])])
  const types = [f.type, ...rest.map(r => r.type)]
  const methods = found.kind === 'method' ? [found.method] : s.world.methodsFor(f.type, true)
  // The most specific method that takes all of the written types.
  const applicable = methods.filter(m => matchTypes([f.type, ...(wanted.params as JType[])], m.params, m.vars))
  const method = applicable.find(m => applicable.every(o => o === m || isSubtype(m.signature, o.signature)))
  const bindings = method && matchTypes(types, method.params, method.vars)
  if (!method || !bindings) return s.emit.throwNew(frame, 'MethodError', [f, tupleVal(rest)], span)
  return invokeMethod(frame, method, bindings, f, rest, kwargs, span)
}

const returnType: Builtin = (frame, args, _k, span) => {
  const [f, ...types] = args
  const params = types.map(t => typeArgument(t) ?? ANY)
  if (!f) return noMethod(frame, '__return_type', args, span)
  return typeVal(frame.s.resultType(frame.module, [f.type, ...params], span))
}

/** Types of arguments, given as a tuple of types or a Tuple type. */
function typesOf(t: Val): readonly JType[] | null {
  const tuple = typeArgument(t)
  const listed = isTupleish(t.type) ? tupleItems(t).map(typeArgument) : null
  const types = listed ?? (tuple?.kind === 'data' ? (tuple.params as JType[]) : null)
  return types?.every(type => type !== null) ? (types as JType[]) : null
}

const hasmethod: Builtin = (frame, args, _k, span) => {
  const [f, t] = args
  const types = t && typesOf(t)
  if (!f || !types) return noMethod(frame, 'hasmethod', args, span)
  const found = dispatch(frame.s.world, [f.type, ...types])
  return boolVal(frame, found.kind === 'method' || found.kind === 'dynamic', span)
}

/** What a program sees of a method: how many arguments, name, signature, file and line. */
function methodVal(frame: Frame, method: Method, span: Span): Val {
  const { source, start } = method.def.span
  return tupleVal([
    intVal(frame, method.given, span),
    stringVal(frame, method.def.name, span),
    typeVal(method.signature),
    stringVal(frame, source.name, span),
    intVal(frame, positionAt(source, start).line, span),
  ])
}

/** `__which(f, types)`: the method that is called with these types, as a tuple; nothing if there is none. */
const which: Builtin = (frame, args, _k, span) => {
  const [f, t] = args
  const types = t && typesOf(t)
  if (!f || !types) return noMethod(frame, '__which', args, span)
  const found = dispatch(frame.s.world, [f.type, ...types])
  return found.kind === 'method' ? methodVal(frame, found.method, span) : NOTHING_VAL
}

export const METHOD_BUILTINS: BuiltinTable = {
  invoke: strictly(invoke),
  applicable: strictly((frame, args, _k, span) => {
    const found = dispatch(
      frame.s.world,
      args.map(a => a.type),
    )
    return boolVal(frame, found.kind === 'method' || found.kind === 'dynamic', span)
  }),
  hasmethod: strictly(hasmethod),
  __which: strictly(which),
  __return_type: loosely(returnType),
  __methods: strictly((frame, [f], _k, span) => tupleVal(frame.s.world.methodsFor(f!.type, true).map(m => methodVal(frame, m, span)))),
  __kwcall: loosely((frame, all, _k, span) => {
    const [named, f, ...args] = all
    if (named?.type.kind !== 'data' || named.type.name !== NAMEDTUPLE || isBoxed(named.type)) return noMethod(frame, '__kwcall', all, span)
    const { type } = named
    return frame.s.emit.call(
      frame,
      f!,
      args,
      fieldNames(type).map((name, i) => ({ name, val: fieldVal(named!, i) })),
      span,
    )
  }),
}

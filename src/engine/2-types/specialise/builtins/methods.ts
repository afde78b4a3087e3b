/** Methods: which there are for what types, and calls that name one. */
import { positionAt, type Span } from '../../../../diagnostics/source.ts'
import { dispatch } from '../../dispatch.ts'
import { ANY, NAMEDTUPLE, TUPLE } from '../../intern.ts'
import { fieldNames, isBoxed } from '../../layout.ts'
import type { Method } from '../../method-table.ts'
import { placeText, signatureText } from '../../method-text.ts'
import { isSubtype, matchTypes, mayIntersect } from '../../subtype.ts'
import type { JType } from '../../type.ts'
import { invoke as invokeMethod } from '../calls.ts'
import type { Frame, Val } from '../frame.ts'
import { boolVal, fieldVal, intVal, NOTHING_VAL, singleton, stringVal, tupleItems, tupleVal, typeVal } from '../value.ts'
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

/** What is compiled now says something of the function's methods. */
function asksFor(frame: Frame, { type }: Val): void {
  frame.s.instances.depend(type)
  if (type.kind === 'data') frame.s.instances.depend(type.name)
}

const hasmethod: Builtin = (frame, args, _k, span) => {
  const [f, t] = args
  const types = t && typesOf(t)
  if (!f || !types) return noMethod(frame, 'hasmethod', args, span)
  asksFor(frame, f)
  const called = [f.type, ...types]
  const found = dispatch(frame.s.world, called)
  // Of types that are not concrete, one method has to take them all.
  const takesAll = () => frame.s.world.methodsFor(f.type, true).some(m => matchTypes(called, m.params, m.vars))
  return boolVal(frame, found.kind === 'method' || (found.kind === 'dynamic' && takesAll()), span)
}

/** What a program sees of a method: how many arguments, name, signature, file and line, module, and how it is shown. */
function methodVal(frame: Frame, method: Method, span: Span): Val {
  const { source, start } = method.def.span
  return tupleVal([
    intVal(frame, method.given, span),
    stringVal(frame, method.def.name, span),
    typeVal(method.signature),
    stringVal(frame, source.name, span),
    intVal(frame, positionAt(source, start).line, span),
    singleton(method.module.type),
    stringVal(frame, signatureText(method, { named: true, keywords: true }), span),
    stringVal(frame, placeText(method), span),
  ])
}

/** `__which(f, types)`: the method that is called with these types, as a tuple; nothing if there is none. */
const which: Builtin = (frame, args, _k, span) => {
  const [f, t] = args
  const types = t && typesOf(t)
  if (!f || !types) return noMethod(frame, '__which', args, span)
  asksFor(frame, f)
  const found = dispatch(frame.s.world, [f.type, ...types])
  return found.kind === 'method' ? methodVal(frame, found.method, span) : NOTHING_VAL
}

function mayTake({ params }: Method, types: readonly JType[]): boolean {
  const own = params.slice(1)
  const last = own.at(-1)
  if (last?.kind === 'vararg' ? types.length < own.length - 1 : types.length !== own.length) return false
  return types.every((type, i) => {
    const param = own[i] ?? last!
    return param.kind === 'value' || mayIntersect(type, param.kind === 'vararg' ? param.element : param)
  })
}

/** `__methods(f)`, `__methods(f, Tuple{A, B})`: those that some arguments of the types would come to. */
const methodsOf: Builtin = (frame, [f, t], _k, span) => {
  asksFor(frame, f!)
  const types = t && typesOf(t)
  const all = frame.s.world.methodsFor(f!.type, true)
  const found = types ? all.filter(method => mayTake(method, types)) : all
  return tupleVal(found.map(m => methodVal(frame, m, span)))
}

export const METHOD_BUILTINS: BuiltinTable = {
  invoke: strictly(invoke),
  applicable: strictly((frame, args, _k, span) => {
    if (args[0]) asksFor(frame, args[0])
    const found = dispatch(
      frame.s.world,
      args.map(a => a.type),
    )
    return boolVal(frame, found.kind === 'method' || found.kind === 'dynamic', span)
  }),
  hasmethod: strictly(hasmethod),
  __which: strictly(which),
  __return_type: loosely(returnType),
  __methods: strictly(methodsOf),
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

/** What a program may ask about its types, functions and modules; answered when code is compiled. */
import type { Span } from '../../../diagnostics/source.ts'
import { dispatch } from '../dispatch.ts'
import {
  ANY,
  anyTuple,
  applied,
  BOTTOM,
  MODULE,
  supertypeOf,
  TUPLE,
  TYPE,
  tupleType,
  unionAll,
  unionAllOf,
  unwrapped,
  varargType,
} from '../intern.ts'
import { fieldNames, fieldTypes, isBoxed, leavesOf } from '../layout.ts'
import { isConcrete, isSubtype, matchTypes, mayIntersect, unionOf } from '../subtype.ts'
import type { DataType, JType, TypeParam } from '../type.ts'
import type { Module } from '../world.ts'
import type { Builtin } from './builtin.ts'
import { invoke as invokeMethod, isTypeVal } from './calls.ts'
import { fieldIndex, fieldIsSet, isReference } from './construct.ts'
import type { Frame, Val } from './frame.ts'
import { isGlobalDefined } from './globals.ts'
import { boolVal, intVal, singleton, stringVal, symbolVal, tupleVal, typeVal } from './value.ts'

const typeOf = (val: Val | undefined): JType | null => (val && isTypeVal(val) ? ((val.type as DataType).params[0] as JType) : null)

function noMethod(frame: Frame, name: string, args: readonly Val[], span: Span): Val {
  return frame.s.emit.throwNew(frame, 'MethodError', [frame.s.readGlobal(frame, frame.s.world.core, name, span), tupleVal(args)], span)
}

function moduleOf(frame: Frame, val: Val | undefined): Module | undefined {
  return val?.type.kind === 'data' && val.type.name === MODULE ? frame.s.world.modulesByType.get(val.type) : undefined
}

/** The index of a field given by name or number; a chain of tests when it is only known at run time. */
export function chooseField(frame: Frame, type: DataType, which: Val, use: (index: number) => Val, none: () => Val, span: Span): Val {
  const names = fieldNames(type)
  const { constant } = which
  if (constant?.kind === 'symbol' || constant?.kind === 'int') {
    const index = constant.kind === 'symbol' ? (type.name === TUPLE ? -1 : fieldIndex(type, constant.value)) : constant.value - 1
    return index >= 0 && index < names.length ? use(index) : none()
  }
  const at = frame.at(span)
  const isSymbol = which.type === frame.s.baseType('Symbol')
  const go = (i: number): Val => {
    if (i === names.length) return none()
    const test = isSymbol
      ? frame.builder.op('str.eq', [which.leaves[0]!, frame.builder.const('str', names[i]!, at)], at)
      : frame.builder.op('i64.eq', [which.leaves[0]!, frame.builder.i64(i + 1, at)], at)
    return frame.s.branch(
      frame,
      test,
      () => use(i),
      () => go(i + 1),
      span,
    )
  }
  return go(0)
}

const isdefined: Builtin = (frame, args, _k, span) => {
  const [x, name] = args
  if (!x || !name) return noMethod(frame, 'isdefined', args, span)
  const module = moduleOf(frame, x)
  if (module) {
    if (name.constant?.kind !== 'symbol') return noMethod(frame, 'isdefined', args, span)
    return boolVal(frame, isGlobalDefined(frame.s, module, name.constant.value), span)
  }
  if (x.type.kind !== 'data' || !['struct', 'mutable', 'tuple', 'namedtuple'].includes(x.type.name.form)) return boolVal(frame, false, span)
  return chooseField(
    frame,
    x.type,
    name,
    index => fieldIsSet(frame, x, index, span),
    () => boolVal(frame, false, span),
    span,
  )
}

const fieldtype: Builtin = (frame, args, _k, span) => {
  const type = unwrappedType(args[0])
  if (!type || !args[1]) return noMethod(frame, 'fieldtype', args, span)
  const types = fieldTypes(type)
  return chooseField(
    frame,
    type,
    args[1],
    index => typeVal(types[index]!),
    () => frame.s.emit.throwNew(frame, 'FieldError', [typeVal(type), args[1]!], span),
    span,
  )
}

function unwrappedType(val: Val | undefined): DataType | null {
  const type = typeOf(val)
  const inner = type && unwrapped(type)
  return inner?.kind === 'data' ? inner : null
}

/** `invoke(f, Tuple{A, B}, a, b)`: the method for the types that are written, not those of the values. */
const invoke: Builtin = (frame, args, kwargs, span) => {
  const [f, signature, ...rest] = args
  const wanted = typeOf(signature)
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

const names: Builtin = (frame, args, _k, span) => {
  const module = moduleOf(frame, args[0])
  if (!module) return noMethod(frame, '__module_names', args, span)
  const all = [...new Set([module.name, ...module.exports])].sort((a, b) => (a < b ? -1 : 1))
  return tupleVal(all.map(name => symbolVal(frame, name, span)))
}

/** The module of a function or type, the parent of a module. */
const parentmodule: Builtin = (frame, args, _k, span) => {
  const [x] = args
  const { world } = frame.s
  const module = moduleOf(frame, x)
  if (module) return singleton((module.parent ?? module).type)
  const type = unwrappedType(x) ?? (x?.type.kind === 'data' ? x.type : null)
  const home = type && [...world.modulesByType.values()].find(m => m.name === type.name.module)
  return home ? singleton(home.type) : noMethod(frame, 'parentmodule', args, span)
}

/** Steps up from `a` until the type holds `b` as well. */
function typejoin(a: JType, b: JType): JType {
  if (isSubtype(a, b)) return b
  if (isSubtype(b, a)) return a
  if (a.kind !== 'data' || b.kind !== 'data') return ANY
  if (a.name === TUPLE && b.name === TUPLE) return tupleJoin(a, b)
  for (let at: JType = a; at.kind === 'data' && at !== ANY; at = supertypeOf(at)) {
    if (isSubtype(b, at)) return at
    if (isSubtype(b, unionAllOf(at.name))) return sharing(at, b)
  }
  return ANY
}

/** Element by element; tuples of different lengths have any number of what all elements share. */
function tupleJoin(a: DataType, b: DataType): JType {
  const isType = (p: TypeParam): p is JType => p.kind !== 'vararg' && p.kind !== 'value'
  if (!a.params.every(isType) || !b.params.every(isType)) return anyTuple()
  if (a.params.length === b.params.length) return tupleType(a.params.map((p, i) => typejoin(p, b.params[i] as JType)))
  return tupleType([varargType([...a.params, ...b.params].reduce(typejoin, BOTTOM), null)])
}

/** `type` with those parameters open that `other` does not have in common with it. */
function sharing(type: DataType, other: JType): JType {
  const open = (isKept: (i: number) => boolean): JType => {
    const params = type.params.map((p, i) => (isKept(i) ? p : type.name.vars[i]!))
    return type.name.vars.reduceRight<JType>((body, v, i) => (isKept(i) ? body : unionAll(v, body)), applied(type.name, params))
  }
  const kept = type.params.map((_, i) =>
    isSubtype(
      other,
      open(k => k === i),
    ),
  )
  return open(i => kept[i]!)
}

/** What is in both, where one holds the other or they have nothing in common. */
function typeintersect(a: JType, b: JType): JType | null {
  if (isSubtype(a, b)) return a
  if (isSubtype(b, a)) return b
  if (a.kind === 'union') return meet(a.members.map(m => typeintersect(m, b)))
  if (b.kind === 'union') return meet(b.members.map(m => typeintersect(a, m)))
  return mayIntersect(a, b) && !(isConcrete(a) || isConcrete(b)) ? null : BOTTOM
}

function meet(types: readonly (JType | null)[]): JType | null {
  return types.some(t => t === null) ? null : unionOf(types as JType[])
}

function onTypes(name: string, body: (frame: Frame, types: readonly JType[], span: Span) => Val | null): Builtin {
  return (frame, args, _k, span) => {
    const types = args.map(typeOf)
    const made = types.some(t => t === null) ? null : body(frame, types as JType[], span)
    return made ?? noMethod(frame, name, args, span)
  }
}

const isBits = (type: JType): boolean =>
  type.kind === 'data' &&
  isConcrete(type) &&
  !isBoxed(type) &&
  leavesOf(type).every(leaf => !isReference(leaf)) &&
  type.name.form !== 'array' &&
  !['String', 'SubString', 'Symbol'].includes(type.name.name) &&
  type.name !== TYPE

/** Types that the program has defined directly below this one. */
function subtypes(frame: Frame, of: JType): JType[] {
  const found: { name: string; type: JType }[] = []
  const target = unwrapped(of)
  for (const module of frame.s.world.modulesByType.values()) {
    for (const [name, binding] of module.bindings) {
      const known = binding.kind === 'known' ? binding.known.type : null
      const type = known?.kind === 'data' && known.name === TYPE ? (known.params[0] as JType) : null
      const inner = type && unwrapped(type)
      if (inner?.kind !== 'data' || inner.name.name !== name || inner === ANY) continue
      const above = unwrapped(inner.name.supertype)
      if (above.kind === 'data' && target.kind === 'data' && above.name === target.name) found.push({ name, type: type! })
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1)).map(f => f.type)
}

const strictly = (body: Builtin) => ({ strict: true, body })
const predicate = (name: string, test: (type: JType) => boolean) =>
  strictly(onTypes(name, (frame, [type], span) => (type ? boolVal(frame, test(type), span) : null)))

export const REFLECTION_BUILTINS: Readonly<Record<string, { readonly strict: boolean; readonly body: Builtin }>> = {
  isdefined: strictly(isdefined),
  fieldtype: strictly(fieldtype),
  invoke: strictly(invoke),
  __module_names: strictly(names),
  parentmodule: strictly(parentmodule),
  isbitstype: predicate('isbitstype', isBits),
  isprimitivetype: predicate(
    'isprimitivetype',
    t => t.kind === 'data' && t.name.form === 'primitive' && !['String', 'SubString'].includes(t.name.name),
  ),
  issingletontype: predicate('issingletontype', t => isConcrete(t) && !isBoxed(t) && leavesOf(t).length === 0),
  typejoin: strictly(onTypes('typejoin', (_frame, types) => typeVal(types.reduce(typejoin, BOTTOM)))),
  typeintersect: strictly(
    onTypes('typeintersect', (_frame, [a, b]) => {
      const both = a && b ? typeintersect(a, b) : null
      return both ? typeVal(both) : null
    }),
  ),
  __typesubtract: strictly(
    onTypes('__typesubtract', (_frame, [type, less]) => {
      if (!type || !less) return null
      const members = type.kind === 'union' ? type.members : [type]
      return typeVal(unionOf(members.filter(m => !isSubtype(m, less))))
    }),
  ),
  fieldtypes: strictly((frame, args, _k, span) => {
    const type = unwrappedType(args[0])
    return type ? tupleVal(fieldTypes(type).map(typeVal)) : noMethod(frame, 'fieldtypes', args, span)
  }),
  __union_types: strictly(
    onTypes('__union_types', (_frame, [type]) => (type?.kind === 'union' ? tupleVal(type.members.map(typeVal)) : null)),
  ),
  __subtypes: strictly(onTypes('__subtypes', (frame, [type]) => (type ? tupleVal(subtypes(frame, type).map(typeVal)) : null))),
  __methods: strictly((frame, [f], _k, span) =>
    tupleVal(
      frame.s.world.methodsFor(f!.type, true).map(m => tupleVal([intVal(frame, m.given, span), stringVal(frame, m.def.name, span)])),
    ),
  ),
}

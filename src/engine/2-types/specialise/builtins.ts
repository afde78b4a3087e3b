/** The functions that the compiler knows, by name: types, fields, tuples, arrays, identity, throwing. */
import type { Span } from '../../../diagnostics/source.ts'
import { dispatch } from '../dispatch.ts'
import { ANY, DATATYPE, MODULE, NOTHING, supertypeOf, TUPLE, UNIONALLTYPE, UNIONTYPE } from '../intern.ts'
import { fieldNames, fieldTypes, isBoxed, isFlatUnion, isOpenTuple, leavesOf } from '../layout.ts'
import { isConcrete, isSubtype } from '../subtype.ts'
import type { DataType, JType, UnionType } from '../type.ts'
import { applyType } from './apply-type.ts'
import { assertType } from './assert-type.ts'
import type { Builtin } from './builtin.ts'
import { isTypeVal } from './calls.ts'
import { constructFields, convertTo, fieldCount, readField, writeField } from './construct.ts'
import type { Frame, Val } from './frame.ts'
import { sameValue } from './identity.ts'
import { chooseField } from './reflection.ts'
import {
  boolVal,
  constantOf,
  DEAD,
  fieldVal,
  intVal,
  isDead,
  NOTHING_VAL,
  paramVal,
  represent,
  symbolVal,
  tupleItems,
  tupleVal,
  typeVal,
} from './value.ts'

export interface BuiltinSpec {
  /** Split unions and resolve boxed arguments at run time before calling. */
  readonly strict: boolean
  readonly body: Builtin
}

const typeArgument = (val: Val | undefined): JType | null => (val && isTypeVal(val) ? ((val.type as DataType).params[0] as JType) : null)

function bad(frame: Frame, name: string, args: readonly Val[], span: Span): Val {
  return frame.s.emit.throwNew(frame, 'MethodError', [frame.s.readGlobal(frame, frame.s.world.core, name, span), tupleVal(args)], span)
}

function kindOfType(type: JType): JType {
  return type.kind === 'data' ? DATATYPE : type.kind === 'unionall' ? UNIONALLTYPE : UNIONTYPE
}

const isa: Builtin = (frame, [x, t], _k, span) => {
  const type = typeArgument(t)
  if (!x || !type)
    return bad(
      frame,
      'isa',
      [x, t].filter(v => v !== undefined),
      span,
    )
  if (isSubtype(x.type, type)) return boolVal(frame, true, span)
  const at = frame.at(span)
  const bool = frame.s.baseType('Bool')
  if (isFlatUnion(x.type)) {
    const hits = (x.type as UnionType).members.map((m, i) => (isSubtype(m, type) ? i : -1)).filter(i => i >= 0)
    if (hits.length === 0) return boolVal(frame, false, span)
    const tests = hits.map(i => frame.builder.op('i64.eq', [x.leaves[0]!, frame.builder.i64(i, at)], at))
    return { type: bool, leaves: [tests.reduce((a, b) => frame.builder.op('bool.or', [a, b], at))], constant: null }
  }
  if (isOpenTuple(x.type)) return isa(frame, [represent(frame, x, ANY, span), t!], [], span)
  if (isBoxed(x.type) && !isConcrete(x.type)) {
    return {
      type: bool,
      leaves: frame.builder.prim('any.isa', [x.leaves[0]!, frame.builder.i64(frame.s.typeIndex(type), at)], ['bool'], at),
      constant: null,
    }
  }
  return boolVal(frame, false, span)
}

const getfield: Builtin = (frame, args, _k, span) => {
  const [x, name] = args
  if (!x || !name || x.type.kind !== 'data') return bad(frame, 'getfield', args, span)
  if (x.type.name === MODULE) {
    const module = frame.s.world.modulesByType.get(x.type)
    if (module && name.constant?.kind === 'symbol') return frame.s.readGlobal(frame, module, name.constant.value, span)
  }
  const { type } = x
  const isIndex = name.constant ? name.constant.kind === 'int' : name.type !== frame.s.baseType('Symbol')
  return chooseField(
    frame,
    type,
    name,
    index => readField(frame, x, index, span),
    () => frame.s.emit.throwNew(frame, isIndex ? 'BoundsError' : 'FieldError', [isIndex ? x : typeVal(type), name], span),
    span,
  )
}

const setfield: Builtin = (frame, args, _k, span) => {
  const [x, name, value] = args
  if (!x || !name || !value || x.type.kind !== 'data') return bad(frame, 'setfield!', args, span)
  const { type } = x
  const refuse = (what: string): Val =>
    frame.s.emit.throwNew(frame, 'ErrorException', [frame.s.string(frame, `setfield!: ${what}`, span)], span)
  if (type.name.form !== 'mutable') return refuse(`immutable struct of type ${type.name.name} cannot be changed`)
  return chooseField(
    frame,
    type,
    name,
    index => {
      const field = type.name.fields[index]
      if (field?.isConst) return refuse(`const field .${field.name} of type ${type.name.name} cannot be changed`)
      return writeField(frame, x, index, value, span)
    },
    () => frame.s.emit.throwNew(frame, 'FieldError', [typeVal(type), name], span),
    span,
  )
}

/** `__tuple_get(t, i)`: a constant index picks the exact type, another one searches. */
const tupleGet: Builtin = (frame, args, kwargs, span) => {
  const [t, i] = args
  if (!t || !i || t.type.kind !== 'data') return bad(frame, '__tuple_get', args, span)
  return getfield(frame, [t, i], kwargs, span)
}

const arrayNew: Builtin = (frame, args, _k, span) => {
  const type = typeArgument(args[0])
  const dims = args[1]
  if (type?.kind !== 'data' || !dims) return bad(frame, '__array_new', args, span)
  frame.s.registerStruct(type)
  return { type, leaves: [frame.builder.alloc(leavesOf(type)[0] as `arr<${string}>`, dims.leaves, frame.at(span))], constant: null }
}

const arrayGet: Builtin = (frame, args, _k, span) => {
  const [a, i] = args
  if (a?.type.kind !== 'data' || a.type.name.form !== 'array' || !i) return bad(frame, '__array_get', args, span)
  const type = a.type.params[0] as JType
  const at = frame.at(span)
  const index = frame.builder.op('i64.sub', [i.leaves[0]!, frame.builder.i64(1, at)], at, 'index')
  return { type, leaves: leavesOf(type).map((_, column) => frame.builder.load(a.leaves[0]!, index, column, at)), constant: null }
}

const arraySet: Builtin = (frame, args, _k, span) => {
  const [a, v, i] = args
  if (a?.type.kind !== 'data' || a.type.name.form !== 'array' || !v || !i) return bad(frame, '__array_set', args, span)
  const value = convertTo(frame, v, a.type.params[0] as JType, span)
  if (isDead(value)) return DEAD
  const at = frame.at(span)
  const index = frame.builder.op('i64.sub', [i.leaves[0]!, frame.builder.i64(1, at)], at, 'index')
  value.leaves.forEach((leaf, column) => {
    frame.builder.store(a.leaves[0]!, index, column, leaf, at)
  })
  return a
}

const arrayReshape: Builtin = (frame, args, _k, span) => {
  const [a, dims] = args
  if (a?.type.kind !== 'data' || a.type.name.form !== 'array' || !dims || dims.type.kind !== 'data')
    return bad(frame, '__array_reshape', args, span)
  const base = applyType(
    frame,
    frame.s.readGlobal(frame, frame.s.world.core, 'Array', span),
    [typeVal(a.type.params[0] as JType), intVal(frame, dims.type.params.length, span)],
    span,
  )
  const type = typeArgument(base)!
  return { type, leaves: frame.builder.prim('arr.reshape', [...a.leaves, ...dims.leaves], leavesOf(type), frame.at(span)), constant: null }
}

const ifelse: Builtin = (frame, args, _k, span) => {
  const [test, a, b] = args
  if (!test || !a || !b) return bad(frame, 'ifelse', args, span)
  const bool = assertType(frame, test, frame.s.baseType('Bool'), span)
  if (isDead(bool)) return DEAD
  if (bool.constant?.kind === 'bool') return bool.constant.value ? a : b
  const leaf = a.type === b.type && a.leaves.length === 1 ? frame.builder.typeOf(a.leaves[0]!) : null
  if (leaf === 'f64' || leaf === 'f32' || leaf === 'i64' || leaf === 'bool') {
    return {
      type: a.type,
      leaves: [frame.builder.op(`${leaf}.select`, [bool.leaves[0]!, a.leaves[0]!, b.leaves[0]!], frame.at(span))],
      constant: null,
    }
  }
  return frame.s.branch(
    frame,
    bool.leaves[0]!,
    () => a,
    () => b,
    span,
  )
}

const ntuple: Builtin = (frame, args, _k, span) => {
  const [f, n] = args
  const count = n && n.type.kind === 'data' && n.type.name.name === 'Val' ? n.type.params[0] : undefined
  if (!f || count?.kind !== 'value' || count.value.kind !== 'int') return bad(frame, '__ntuple', args, span)
  const items: Val[] = []
  for (let i = 1; i <= count.value.value; i++) {
    const item = frame.s.emit.call(frame, f, [intVal(frame, i, span)], [], span)
    if (isDead(item)) return DEAD
    items.push(item)
  }
  return tupleVal(items)
}

const returnType: Builtin = (frame, args, _k, span) => {
  const [f, ...types] = args
  const params = types.map(t => typeArgument(t) ?? ANY)
  if (!f) return bad(frame, '__return_type', args, span)
  return typeVal(frame.s.resultType(frame.module, [f.type, ...params], span))
}

const hasmethod: Builtin = (frame, args, _k, span) => {
  const [f, t] = args
  const tuple = typeArgument(t)
  const listed = t && isTupleish(t.type) ? tupleItems(t).map(typeArgument) : null
  const types = listed ?? (tuple?.kind === 'data' ? (tuple.params as JType[]) : null)
  if (!f || !types || types.some(type => type === null)) return bad(frame, 'hasmethod', args, span)
  const found = dispatch(frame.s.world, [f.type, ...(types as JType[])])
  return boolVal(frame, found.kind === 'method' || found.kind === 'dynamic', span)
}

/** `a, b = x`: exactly the first n, as a tuple. */
const destructure: Builtin = (frame, args, _k, span) => {
  const [x, n] = args
  const count = n?.type.kind === 'data' ? n.type.params[0] : undefined
  if (!x || count?.kind !== 'value' || count.value.kind !== 'int') return bad(frame, '__destructure', args, span)
  const wanted = count.value.value
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
  if (isFlatUnion(next.type)) return frame.s.splitUnion(frame, next, span, m => (m.type === NOTHING ? missing() : m))
  return next
}

const destructureRest: Builtin = (frame, args, kwargs, span) => {
  const [x, n] = args
  const count = n?.type.kind === 'data' ? n.type.params[0] : undefined
  if (!x || count?.kind !== 'value' || count.value.kind !== 'int') return bad(frame, '__destructure_rest', args, span)
  const wanted = count.value.value
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

function isTupleish(type: JType): boolean {
  return type.kind === 'data' && (type.name === TUPLE || type.name.form === 'namedtuple' || type.name.name === 'Pair')
}

const namedTuple: Builtin = (frame, args, _k, span) => {
  const [names, ...values] = args
  const list = names?.type.kind === 'data' ? names.type.params[0] : undefined
  if (list?.kind !== 'value' || list.value.kind !== 'tuple') return bad(frame, '__namedtuple', args, span)
  const texts = list.value.items.map(i => (i.kind === 'symbol' ? i.value : '?'))
  return {
    type: frame.s.namedTupleType(
      texts,
      values.map(v => v.type),
    ),
    leaves: values.flatMap(v => v.leaves),
    constant: null,
  }
}

/** `__map_fields(f, x)`: an object of x's type whose fields are f of x's fields. */
const mapFields: Builtin = (frame, args, _k, span) => {
  const [f, x] = args
  if (!f || x?.type.kind !== 'data') return bad(frame, '__map_fields', args, span)
  const fields: Val[] = []
  for (const i of fieldTypes(x.type).keys()) {
    const field = frame.s.emit.call(frame, f, [readField(frame, x, i, span)], [], span)
    if (isDead(field)) return DEAD
    fields.push(field)
  }
  return constructFields(frame, x.type, fields, span)
}

function typePredicate(name: string, test: (type: JType) => boolean): Builtin {
  return (frame, args, _k, span) => {
    const type = typeArgument(args[0])
    return type ? boolVal(frame, test(type), span) : bad(frame, name, args, span)
  }
}

const loose = (body: Builtin): BuiltinSpec => ({ strict: false, body })
const strictly = (body: Builtin): BuiltinSpec => ({ strict: true, body })

export const BUILTINS: Readonly<Record<string, BuiltinSpec>> = {
  typeof: strictly((frame, args, _k, span) => {
    const [x] = args
    if (!x) return bad(frame, 'typeof', args, span)
    const of = typeArgument(x)
    if (isOpenTuple(x.type)) {
      const boxed = represent(frame, x, ANY, span)
      return { type: ANY, leaves: frame.builder.prim('any.type', boxed.leaves, ['any'], frame.at(span)), constant: null }
    }
    return typeVal(of ? kindOfType(of) : x.type)
  }),
  isa: loose(isa),
  '<:': strictly((frame, args, _k, span) => {
    const [a, b] = args.map(typeArgument)
    return a && b ? boolVal(frame, isSubtype(a, b), span) : bad(frame, '<:', args, span)
  }),
  '>:': strictly((frame, args, _k, span) => {
    const [a, b] = args.map(typeArgument)
    return a && b ? boolVal(frame, isSubtype(b, a), span) : bad(frame, '>:', args, span)
  }),
  '===': loose((frame, args, _k, span) => (args.length === 2 ? sameValue(frame, args[0]!, args[1]!, span) : bad(frame, '===', args, span))),
  '!==': loose((frame, args, _k, span) => {
    if (args.length !== 2) return bad(frame, '!==', args, span)
    const same = sameValue(frame, args[0]!, args[1]!, span)
    if (same.constant?.kind === 'bool') return boolVal(frame, !same.constant.value, span)
    return { ...same, leaves: [frame.builder.op('bool.not', [same.leaves[0]!], frame.at(span))] }
  }),
  tuple: loose((_frame, args) => tupleVal(args)),
  typeassert: loose((frame, [x, t], _k, span) => assertType(frame, x!, typeArgument(t) ?? ANY, span)),
  getfield: strictly(getfield),
  'setfield!': strictly(setfield),
  nfields: strictly((frame, args, _k, span) =>
    args[0]?.type.kind === 'data' ? fieldCount(frame, args[0].type, span) : bad(frame, 'nfields', args, span),
  ),
  fieldnames: strictly((frame, args, _k, span) => {
    const type = unwrap(typeArgument(args[0]))
    if (!type) return bad(frame, 'fieldnames', args, span)
    if (type.name === TUPLE) return tupleVal(fieldTypes(type).map((_, i) => intVal(frame, i + 1, span)))
    return tupleVal(fieldNames(type).map(n => symbolVal(frame, n, span)))
  }),
  fieldcount: strictly((frame, args, _k, span) => {
    const type = unwrap(typeArgument(args[0]))
    return type ? fieldCount(frame, type, span) : bad(frame, 'fieldcount', args, span)
  }),
  throw: loose((frame, args, _k, span) => {
    const [e] = args
    if (!e) return bad(frame, 'throw', args, span)
    frame.builder.throw(represent(frame, e, ANY, span).leaves[0]!, frame.at(span))
    return DEAD
  }),
  ifelse: loose(ifelse),
  applicable: loose((frame, args, _k, span) => {
    const found = dispatch(
      frame.s.world,
      args.map(a => a.type),
    )
    return boolVal(frame, found.kind === 'method' || found.kind === 'dynamic', span)
  }),
  hasmethod: strictly(hasmethod),
  apply_type: strictly((frame, [base, ...args], _k, span) => applyType(frame, base!, args, span)),
  inferencebarrier: loose((frame, [x], _k, span) => (x ? represent(frame, x, ANY, span) : NOTHING_VAL)),
  isconcretetype: strictly(typePredicate('isconcretetype', t => isConcrete(t))),
  isabstracttype: strictly(typePredicate('isabstracttype', t => unwrap(t)?.name.form === 'abstract')),
  ismutabletype: strictly(typePredicate('ismutabletype', t => ['mutable', 'array'].includes(unwrap(t)?.name.form ?? ''))),
  isstructtype: strictly(
    typePredicate('isstructtype', t => ['struct', 'mutable', 'tuple', 'namedtuple'].includes(unwrap(t)?.name.form ?? '')),
  ),
  supertype: strictly((frame, args, _k, span) => {
    const type = unwrap(typeArgument(args[0]))
    return type ? typeVal(supertypeOf(type)) : bad(frame, 'supertype', args, span)
  }),
  nameof: strictly((frame, args, _k, span) => {
    const module = args[0]?.type.kind === 'data' ? frame.s.world.modulesByType.get(args[0].type) : undefined
    if (module) return symbolVal(frame, module.name, span)
    const type = unwrap(typeArgument(args[0])) ?? (args[0]?.type.kind === 'data' ? args[0].type : null)
    return type ? symbolVal(frame, type.name.callable?.name ?? type.name.name, span) : bad(frame, 'nameof', args, span)
  }),
  __parameters: strictly((frame, args, _k, span) => {
    const type = unwrap(typeArgument(args[0]))
    return type ? tupleVal(type.params.map(p => paramVal(frame, p, span))) : bad(frame, '__parameters', args, span)
  }),
  __map_fields: strictly(mapFields),
  __new: loose((frame, [type, ...fields], _k, span) => {
    const made = typeArgument(type)
    return made ? constructFields(frame, made, fields, span) : bad(frame, '__new', [type!, ...fields], span)
  }),
  __array_new: strictly(arrayNew),
  __array_get: strictly(arrayGet),
  __array_set: loose(arraySet),
  __array_reshape: strictly(arrayReshape),
  __tuple_get: strictly(tupleGet),
  __tuple_length: strictly((frame, args, _k, span) =>
    args[0]?.type.kind === 'data' ? fieldCount(frame, args[0].type, span) : bad(frame, '__tuple_length', args, span),
  ),
  __ntuple: loose(ntuple),
  __return_type: loose(returnType),
  __destructure: strictly(destructure),
  __destructure_rest: strictly(destructureRest),
  __namedtuple: loose(namedTuple),
  __kwcall: loose((frame, [named, f, ...args], _k, span) => {
    const type = named!.type as DataType
    return frame.s.emit.call(
      frame,
      f!,
      args,
      fieldNames(type).map((name, i) => ({ name, val: fieldVal(named!, i) })),
      span,
    )
  }),
  __isconstant: loose((frame, [x], _k, span) => boolVal(frame, x !== undefined && constantOf(x) !== null, span)),
}

function unwrap(type: JType | null): DataType | null {
  let t = type
  while (t?.kind === 'unionall') t = t.body
  return t?.kind === 'data' ? t : null
}

/** Types as values: which a value has, how they are ordered, what they are. */
import {
  ANY,
  ARRAY,
  BOTTOM,
  BOX,
  DATATYPE,
  FUNCTION,
  MODULE,
  supertypeOf,
  TYPE,
  typeParameterOf,
  UNIONALLTYPE,
  UNIONTYPE,
  unionAllOf,
  unwrapped,
} from '../../intern.ts'
import { fieldTypes, isBoxed, isFlatUnion, isOpenTuple, leavesOf } from '../../layout.ts'
import { isConcrete, isSubtype, unionOf } from '../../subtype.ts'
import type { JType, TypeName } from '../../type.ts'
import { applyType } from '../apply-type.ts'
import { assertType } from '../assert-type.ts'
import type { Frame } from '../frame.ts'
import { strict } from '../intrinsics.ts'
import { canBeUnset } from '../unset.ts'
import { boolVal, paramVal, represent, tupleVal, typeVal } from '../value.ts'
import {
  type Builtin,
  type BuiltinTable,
  dataTypeArgument,
  loosely,
  noMethod,
  onTypes,
  predicate,
  strictly,
  typeArgument,
} from './builtin.ts'
import { typeintersect, typejoin } from './type-algebra.ts'

function kindOfType(type: JType): JType {
  return type.kind === 'data' ? DATATYPE : type.kind === 'unionall' ? UNIONALLTYPE : UNIONTYPE
}

const isa: Builtin = (frame, args, _k, span) => {
  const [x, t] = args
  if (!x || !t) return noMethod(frame, 'isa', args, span)
  const type = typeArgument(t)
  if (!type) return withFoundType('isa', isa)(frame, args, [], span)
  if (isSubtype(x.type, type)) return boolVal(frame, true, span)
  const at = frame.at(span)
  const bool = frame.s.baseType('Bool')
  if (isFlatUnion(x.type)) {
    const hits = x.type.members.map((m, i) => (isSubtype(m, type) ? i : -1)).filter(i => i >= 0)
    if (hits.length === 0) return boolVal(frame, false, span)
    const tests = hits.map(i => frame.builder.op('i64.eq', [x.leaves[0]!, frame.builder.i64(i, at)], at))
    return { type: bool, leaves: [tests.reduce((a, b) => frame.builder.op('bool.or', [a, b], at))], constant: null }
  }
  if (isOpenTuple(x.type)) return isa(frame, [represent(frame, x, ANY, span), t], [], span)
  if (isBoxed(x.type) && !isConcrete(x.type)) {
    return {
      type: bool,
      leaves: frame.builder.prim('any.isa', [x.leaves[0]!, frame.builder.i64(frame.s.typeIndex(type), at)], ['bool'], at),
      constant: null,
    }
  }
  return boolVal(frame, false, span)
}

const typeassert: Builtin = (frame, args, _k, span) => {
  const [x, t] = args
  if (!x || !t) return noMethod(frame, 'typeassert', args, span)
  const type = typeArgument(t)
  return type ? assertType(frame, x, type, span) : withFoundType('typeassert', typeassert)(frame, args, [], span)
}

/** The same where the type is only known when the program runs. */
const withFoundType =
  (name: string, builtin: Builtin): Builtin =>
  (frame, args, kwargs, span) =>
    strict(
      () => frame.s.readGlobal(frame, frame.s.world.core, name, span).type,
      (_frame, resolved, keywords) =>
        typeArgument(resolved[1]) ? builtin(frame, resolved, keywords, span) : noMethod(frame, name, resolved, span),
    )(frame, args, kwargs, span)

function formOf(type: JType): TypeName['form'] | null {
  const inner = unwrapped(type)
  return inner.kind === 'data' ? inner.name.form : null
}

/** Has a function of this type variables that it captures and assigns, itself or in a function that it captures? */
function holdsAssigned(type: JType): boolean {
  if (type.kind !== 'data') return false
  return fieldTypes(type).some(
    field => field.kind === 'data' && (field.name === BOX || (isSubtype(field, FUNCTION) && holdsAssigned(field))),
  )
}

/** Can a value of this type hold another of it, in a field, an element, or what those hold? */
function refersToItself(type: JType): boolean {
  const met = new Set<JType>()
  const reaches = (from: JType): boolean => {
    const held =
      from.kind === 'union' ? from.members : from.kind !== 'data' ? [] : from.name === ARRAY ? [from.params[0] as JType] : fieldTypes(from)
    return held.some(of => {
      if (of === type) return true
      if (met.has(of) || !(of.kind === 'union' || isConcrete(of))) return false
      met.add(of)
      return reaches(of)
    })
  }
  return reaches(type)
}

const isBits = (type: JType): boolean =>
  type.kind === 'data' &&
  isConcrete(type) &&
  !isBoxed(type) &&
  leavesOf(type).every(leaf => !canBeUnset(leaf)) &&
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
      const type = known && typeParameterOf(known)
      const inner = type && unwrapped(type)
      if (inner?.kind !== 'data' || inner.name.name !== name || inner === ANY) continue
      const above = unwrapped(inner.name.supertype)
      if (above.kind === 'data' && target.kind === 'data' && above.name === target.name) found.push({ name, type: type! })
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1)).map(f => f.type)
}

/** Each module has a type of its own here; programs see one. */
const isModule = (type: JType): boolean => type.kind === 'data' && type.name === MODULE

export const TYPE_BUILTINS: BuiltinTable = {
  typeof: strictly((frame, args, _k, span) => {
    const [x] = args
    if (!x) return noMethod(frame, 'typeof', args, span)
    const of = typeArgument(x)
    if (isOpenTuple(x.type)) {
      const boxed = represent(frame, x, ANY, span)
      return { type: ANY, leaves: frame.builder.prim('any.type', boxed.leaves, ['any'], frame.at(span)), constant: null }
    }
    return typeVal(of ? kindOfType(of) : isModule(x.type) ? unionAllOf(MODULE) : x.type)
  }),
  isa: loosely(isa),
  '<:': strictly((frame, args, _k, span) => {
    const [a, b] = args.map(typeArgument)
    return a && b ? boolVal(frame, isSubtype(a, b), span) : noMethod(frame, '<:', args, span)
  }),
  '>:': strictly((frame, args, _k, span) => {
    const [a, b] = args.map(typeArgument)
    return a && b ? boolVal(frame, isSubtype(b, a), span) : noMethod(frame, '>:', args, span)
  }),
  typeassert: loosely(typeassert),
  apply_type: strictly((frame, [base, ...args], _k, span) => applyType(frame, base!, args, span)),
  supertype: strictly((frame, args, _k, span) => {
    const type = dataTypeArgument(args[0])
    return type ? typeVal(supertypeOf(type)) : noMethod(frame, 'supertype', args, span)
  }),
  typejoin: onTypes('typejoin', (_frame, types) => typeVal(types.reduce(typejoin, BOTTOM))),
  typeintersect: onTypes('typeintersect', (_frame, [a, b]) => {
    const both = a && b ? typeintersect(a, b) : null
    return both ? typeVal(both) : null
  }),
  __typesubtract: onTypes('__typesubtract', (_frame, [type, less]) => {
    if (!type || !less) return null
    const members = type.kind === 'union' ? type.members : [type]
    return typeVal(unionOf(members.filter(m => !isSubtype(m, less))))
  }),
  __parameters: strictly((frame, args, _k, span) => {
    const type = dataTypeArgument(args[0])
    return type ? tupleVal(type.params.map(p => paramVal(frame, p, span))) : noMethod(frame, '__parameters', args, span)
  }),
  __union_types: onTypes('__union_types', (_frame, [type]) => (type?.kind === 'union' ? tupleVal(type.members.map(typeVal)) : null)),
  __subtypes: onTypes('__subtypes', (frame, [type]) => (type ? tupleVal(subtypes(frame, type).map(typeVal)) : null)),
  isconcretetype: predicate('isconcretetype', t => isConcrete(t)),
  isabstracttype: predicate('isabstracttype', t => formOf(t) === 'abstract'),
  ismutabletype: predicate('ismutabletype', t => ['mutable', 'array'].includes(formOf(t) ?? '')),
  isstructtype: predicate('isstructtype', t => ['struct', 'mutable', 'tuple', 'namedtuple'].includes(formOf(t) ?? '')),
  __holds_assigned: predicate('__holds_assigned', holdsAssigned),
  __lies_flat: predicate('__lies_flat', t => isFlatUnion(t)),
  __refers_to_itself: predicate('__refers_to_itself', refersToItself),
  isbitstype: predicate('isbitstype', isBits),
  isprimitivetype: predicate(
    'isprimitivetype',
    t => t.kind === 'data' && t.name.form === 'primitive' && !['String', 'SubString'].includes(t.name.name),
  ),
  issingletontype: predicate('issingletontype', t => isConcrete(t) && !isBoxed(t) && leavesOf(t).length === 0),
}

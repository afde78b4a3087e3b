/** `T{A, B}` on types known at compile time. */
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import {
  ANY,
  anyTuple,
  applied,
  constantKey,
  hasFreeVars,
  instantiate,
  TYPE,
  tupleType,
  typeOfType,
  UNIONTYPE,
  unionAllOf,
  unwrapped,
  VARARG,
  valueParam,
  varargType,
} from '../intern.ts'
import { fieldTypes, isBoxed } from '../layout.ts'
import { isSubtype, unionOf } from '../subtype.ts'
import type { DataType, JType, TypeParam } from '../type.ts'
import { typeText } from '../type-text.ts'
import { dynamicCall, isTypeVal } from './calls.ts'
import type { Frame, Val } from './frame.ts'
import { constantOf, paramVal, stringVal, symbolVal, typeVal } from './value.ts'

/** A value as a type parameter; undefined when it is not known at compile time. */
export function typeParamOf(val: Val): TypeParam | undefined {
  if (val.type.kind === 'data' && val.type.name === TYPE) return val.type.params[0]
  const constant = constantOf(val)
  return constant ? valueParam(constant) : undefined
}

export function applyType(frame: Frame, base: Val, args: readonly Val[], span: Span): Val {
  // A type that only the running program knows: Julia's `apply_type` is called then, with types that are known.
  if ([base, ...args].some(a => !isTypeVal(a) && isBoxed(a.type))) {
    return dynamicCall(frame, frame.s.coreFunction('apply_type'), [base, ...args], [], span)
  }
  if (base.type.kind !== 'data' || base.type.name !== TYPE) return fail('infer', 'type.not-a-type', { found: typeText(base.type) }, span)
  const type = base.type.params[0] as JType
  const params: TypeParam[] = []
  for (const arg of args) {
    const param = typeParamOf(arg)
    if (!param && !mayBeParameter(arg.type)) {
      return typeExpected(frame, 'Type', 'parameter', arg, span)
    }
    // The value decides which type it is when the program runs.
    if (!param) return dynamicCall(frame, frame.s.coreFunction('apply_type'), [base, ...args], [], span)
    params.push(param)
  }
  if (type === VARARG) {
    const [element, count] = params
    const vararg = varargType(
      (element as JType | undefined) ?? ANY,
      count && (count.kind === 'value' || count.kind === 'var') ? count : null,
    )
    return { type: applied(TYPE, [vararg]), leaves: [], constant: null }
  }
  if (type === anyTuple()) return typeVal(tupleType(params))
  if (type === UNIONTYPE) {
    const not = params.find(isNoType)
    return not ? noType(frame, 'Union', '', not, span) : typeVal(unionOf(params as JType[]))
  }
  if (isNamedVararg(type)) return fail('infer', 'subset.no-syntax', { what: 'A name for a type `Vararg{…}`' }, span)
  let result: JType = type
  for (const param of params) {
    if (result.kind !== 'unionall') {
      return frame.s.emit.throwNew(
        frame,
        'TypeError',
        [symbolVal(frame, `Type{...} expression`, span), stringVal(frame, '', span), typeVal(UNIONTYPE), base],
        span,
      )
    }
    const { upper, name } = result.variable
    const isType = param.kind !== 'value' && param.kind !== 'vararg'
    if (isType && !hasFreeVars(param) && !hasFreeVars(upper) && !isSubtype(param, upper)) {
      const inner = unwrapped(type)
      const where = symbolVal(frame, inner.kind === 'data' ? inner.name.name : typeText(type), span)
      const expected = symbolVal(frame, `${name}<:${typeText(upper)}`, span)
      return frame.s.emit.throwNew(frame, 'TypeError', [where, stringVal(frame, name, span), expected, typeVal(param)], span)
    }
    result = instantiate(result, [param])
  }
  if (result.kind === 'data') {
    const not = fieldOfNoType(result)
    if (not) return noType(frame, result.name.name, 'type definition', not, span)
  }
  return { type: typeOfType(result), leaves: [], constant: null }
}

function isNoType(param: TypeParam): param is TypeParam & { kind: 'value' } {
  return param.kind === 'value'
}

/** A parameter that is a value where it would be the type of a field. */
function fieldOfNoType({ name, params }: DataType): (TypeParam & { kind: 'value' }) | undefined {
  return name.vars
    .map((v, k) => (name.fields.some(field => field.type === v) ? params[k] : undefined))
    .find(p => p !== undefined && isNoType(p))
}

function noType(frame: Frame, where: string, context: string, found: TypeParam, span: Span): Val {
  return typeExpected(frame, where, context, paramVal(frame, found, span), span)
}

function typeExpected(frame: Frame, where: string, context: string, found: Val, span: Span): Val {
  const words = [symbolVal(frame, where, span), stringVal(frame, context, span)]
  return frame.s.emit.throwNew(frame, 'TypeError', [...words, typeVal(unionAllOf(TYPE)), found], span)
}

/** Types are made of types, symbols and plain bits. */
function mayBeParameter(type: JType): boolean {
  if (type.kind !== 'data') return type.kind === 'union' && type.members.every(mayBeParameter)
  switch (type.name.form) {
    case 'primitive':
      return type.name.name !== 'String' && type.name.name !== 'SubString'
    case 'struct':
    case 'tuple':
    case 'namedtuple':
      return !isBoxed(type) && fieldTypes(type).every(mayBeParameter)
    default:
      return false
  }
}

export function paramKey(p: TypeParam): string {
  return p.kind === 'value' ? constantKey(p.value) : p.key
}

/** `S{2}` after `const S{N} = Vararg{Int,N}`: a parameter is known to take several arguments by its text. */
function isNamedVararg(type: JType): boolean {
  const inner = unwrapped(type) as TypeParam
  return type.kind === 'unionall' && inner.kind === 'vararg'
}

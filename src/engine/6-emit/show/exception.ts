/** What `showerror` prints: Julia's words for its exceptions. */

import { tupleType, typeParameterOf } from '../../2-types/intern.ts'
import { fieldNames } from '../../2-types/layout.ts'
import type { DataType } from '../../2-types/type.ts'
import { typeOfText, typeText } from '../../2-types/type-text.ts'
import { arraySummary, isArrayLike } from './array.ts'
import { ancestor, boxOf, type Context, isNamed } from './context.ts'
import { stringLiteral } from './escape.ts'
import { scalarText } from './scalar.ts'
import { concrete, fieldsOf, type Value } from './value.ts'

type Concrete = { readonly type: DataType; readonly leaves: readonly unknown[] }
/** Text of an exception from its fields by name. */
type Words = (field: (name: string) => Value, cx: Context, type: DataType) => string

export function exceptionText(value: Value, cx: Context): string {
  const found = concrete(value, cx.host.typeAt)
  if (!found) return '#undef'
  const { type, leaves } = found
  const words = !isNamed(type, type.name.name) ? undefined : WORDS[type.name.name]
  if (!words) return cx.show(value, cx)
  const fields = fieldsOf(type, leaves)
  return words(name => fields.find(field => field.name === name)?.value ?? { type, leaves: [] }, cx, type)
}

const message =
  (prefix: string): Words =>
  (field, cx) =>
    `${prefix}${printed(field('msg'), cx)}`
const fixed =
  (text: string): Words =>
  () =>
    text

/** Where a name was looked for: a module, or one of two words; `UndefVarError(:x)` does not say. */
function scopeText(scope: Value, cx: Context): string {
  const type = concrete(scope, cx.host.typeAt)?.type
  if (!type || isNamed(type, 'Nothing')) return ''
  const text = printed(scope, cx)
  if (!isNamed(type, 'Symbol')) return ` in \`${text}\``
  return text === 'static_parameter' ? ' in static parameter matching' : ` in ${text} scope`
}

function ambiguityText(scope: Value, name: string, cx: Context): string {
  const type = concrete(scope, cx.host.typeAt)?.type
  if (!type || !isNamed(type, 'Module') || !cx.host.isAmbiguous(type, name)) return ''
  return `
Hint: It looks like two or more modules export different bindings with this name, resulting in ambiguity. Try explicitly importing it from a particular module, or qualifying the name with the module it should come from.`
}

const WORDS: Readonly<Record<string, Words>> = {
  ErrorException: message(''),
  ArgumentError: message('ArgumentError: '),
  DimensionMismatch: message('DimensionMismatch: '),
  OverflowError: message('OverflowError: '),
  AssertionError: message('AssertionError: '),
  BoundsError: boundsText,
  DomainError(field, cx) {
    const msg = concrete(field('msg'), cx.host.typeAt)
    const text = msg && !isNamed(msg.type, 'Nothing') ? `:\n${printed(field('msg'), cx)}` : ''
    return `DomainError with ${printed(field('val'), cx)}${text}`
  },
  InexactError(field, cx) {
    const func = printed(field('func'), cx)
    const type = printed(field('T'), cx)
    return `InexactError: ${func}(${type.replace(/\{.*/, '') === func ? '' : `${type}, `}${printed(field('val'), cx)})`
  },
  MethodError: methodText,
  UndefVarError: (field, cx) => {
    const name = printed(field('var'), cx)
    return `UndefVarError: \`${name}\` not defined${scopeText(field('scope'), cx)}${ambiguityText(field('scope'), name, cx)}`
  },
  UndefKeywordError: (field, cx) => `UndefKeywordError: keyword argument \`${printed(field('var'), cx)}\` not assigned`,
  KeyError: (field, cx) => `KeyError: key ${cx.show(field('key'), cx)} not found`,
  TypeError: typeErrorText,
  StringIndexError: (field, cx) =>
    `StringIndexError: invalid index [${printed(field('index'), cx)}]${nearbyText(printed(field('string'), cx), Number(printed(field('index'), cx)))}`,
  FieldError(field, cx) {
    const found = concrete(field('type'), cx.host.typeAt)
    const type = found && typeParameterOf(found.type)
    const name = type?.kind === 'data' ? type.name.name : printed(field('type'), cx)
    const names = type?.kind === 'data' ? fieldNames(type) : []
    const there = names.length > 0 ? `, available fields: ${names.map(n => `\`${n}\``).join(', ')}` : `; ${name} has no fields at all.`
    return `FieldError: type ${name} has no field \`${printed(field('field'), cx)}\`${there}`
  },
  __OutsideSubset: (field, cx) => `${printed(field('what'), cx)} is outside the supported subset.`,
  __IntegerRange: (field, cx) => `The integer ${printed(field('text'), cx)} does not fit; integers are exact up to 2^53.`,
  DivideError: fixed('DivideError: integer division error'),
  StackOverflowError: fixed('StackOverflowError:'),
  OutOfMemoryError: fixed('OutOfMemoryError()'),
  UndefRefError: fixed('UndefRefError: access to undefined reference'),
  InterruptException: fixed('InterruptException:'),
  EOFError: fixed('EOFError: read end of file'),
  PosDefException: (field, cx) =>
    `PosDefException: matrix is not ${printed(field('info'), cx) === '-1' ? 'Hermitian' : 'positive definite'}; Factorization failed.`,
}

/** The characters that begin before and after a byte, with the bytes at which they do. */
function nearbyText(text: string, index: number): string {
  let at = 1
  let before: string | null = null
  for (const character of text) {
    if (at > index && before) return `, valid nearby indices ${before}, [${at}]=>'${escapedText(character)}'`
    before = `[${at}]=>'${escapedText(character)}'`
    at += new TextEncoder().encode(character).length
  }
  return before && index < at ? `, valid nearby index ${before}` : ''
}

function escapedText(character: string): string {
  return stringLiteral(character).slice(1, -1)
}

/** `print` of a field: strings and symbols without quotes. */
function printed(value: Value, cx: Context): string {
  const found = concrete(value, cx.host.typeAt)
  if (found?.type.name.form === 'primitive') return scalarText(found.type, found.leaves[0], cx, true)
  const custom = found?.type.name.form === 'struct' ? cx.host.customShow(boxOf(found, cx.host), 'print') : null
  return custom ?? cx.show(value, cx)
}

function boundsText(field: (name: string) => Value, cx: Context): string {
  const array = concrete(field('a'), cx.host.typeAt)
  if (!array || isNamed(array.type, 'Nothing')) return 'BoundsError'
  const index = concrete(field('i'), cx.host.typeAt)
  const at = !index || isNamed(index.type, 'Nothing') ? '' : ` at index [${indexText(index, cx)}]`
  return `BoundsError: attempt to access ${summary(array, cx)}${at}`
}

function indexText(index: Concrete, cx: Context): string {
  return index.type.name.form === 'tuple'
    ? fieldsOf(index.type, index.leaves)
        .map(({ value }) => oneIndexText(value, cx))
        .join(', ')
    : oneIndexText(index, cx)
}

/** A mask is shown by what it is only, the others whole. */
function oneIndexText(index: Value, cx: Context): string {
  const found = concrete(index, cx.host.typeAt)
  if (!found) return cx.show(index, cx)
  if (isNamed(found.type, 'Colon')) return ':'
  if (isNamed(found.type, '__Mask')) return oneIndexText(fieldsOf(found.type, found.leaves)[0]!.value, cx)
  const element = ancestor(found.type, 'AbstractArray')?.params[0]
  return element?.kind === 'data' && isNamed(element, 'Bool') ? summary(found, cx) : cx.show(index, cx)
}

function summary({ type, leaves }: Concrete, cx: Context): string {
  if (isArrayLike(type) || ancestor(type, 'AbstractRange')) return arraySummary(type, leaves, cx)
  if (isNamed(type, 'String', 'SubString')) return `${new TextEncoder().encode(leaves[0] as string).length}-codeunit ${typeText(type)}`
  return typeText(type)
}

function methodText(field: (name: string) => Value, cx: Context): string {
  let callee = concrete(field('f'), cx.host.typeAt)
  let args = concrete(field('args'), cx.host.typeAt)
  if (!callee || !args) return 'MethodError'
  let keywords = ''
  let keywordNames: readonly string[] = []
  if (callee.type.name.callable?.name === '__kwcall') {
    // A call with keywords: those, the function, its arguments.
    const [named, f, ...rest] = fieldsOf(args.type, args.leaves).map(part => part.value)
    const given = concrete(named!, cx.host.typeAt)
    callee = concrete(f!, cx.host.typeAt) ?? callee
    const texts = given ? fieldsOf(given.type, given.leaves).map(part => `${part.name}::${typeName(part.value, cx)}`) : []
    keywordNames = given ? fieldsOf(given.type, given.leaves).map(part => part.name) : []
    keywords = `; ${texts.join(', ')}`
    args = { type: tupleType(rest.map(value => value.type)), leaves: rest.flatMap(value => value.leaves) }
  }
  const types = fieldsOf(args.type, args.leaves).map(({ value }) => `::${typeName(value, cx)}`)
  const list = `(${types.join(', ')}${keywords})`
  const { ambiguous, methods } = cx.host.candidates(
    callee.type,
    fieldsOf(args.type, args.leaves).map(({ value }) => concrete(value, cx.host.typeAt)?.type ?? value.type),
    keywordNames,
  )
  if (ambiguous) {
    const name = callee.type.name.callable?.name ?? typeText(typeParameterOf(callee.type) ?? callee.type)
    return `MethodError: ${name}${list} is ambiguous.\n\nCandidates:\n${methods.join('\n')}\n\nPossible fix, define\n  ${name}${list}`
  }
  const closest = methods.length > 0 ? `\n\nClosest candidates are:\n${methods.join('\n')}` : ''
  const [wanted, given] = fieldsOf(args.type, args.leaves).map(({ value }) => concrete(value, cx.host.typeAt))
  const target = wanted && typeParameterOf(wanted.type)
  if (callee.type.name.callable?.name === 'convert' && target && given && !keywords) {
    const [from, to] = [typeText(given.type), typeText(target)]
    const isOneLine = target.kind === 'data' && target.name !== given.type.name
    const words = isOneLine ? `${from} to an object of type ${to}` : `\n  ${from} to an object of type\n  ${to}`
    return `MethodError: Cannot \`convert\` an object of type ${words}\nThe function \`convert\` exists, but no method is defined for this combination of argument types.${closest}`
  }
  const explained = (call: string, why: string) => `MethodError: no method matching ${call}\n${why}${closest}`
  const constructed = typeParameterOf(callee.type)
  if (constructed)
    return explained(
      `${typeText(constructed)}${list}`,
      `The type \`${typeText(constructed)}\` exists, but no method is defined for this combination of argument types when trying to construct it.`,
    )
  const { callable } = callee.type.name
  const type = typeText(callee.type)
  if (!callable && cx.host.methodCount(callee.type) === 0) {
    return `MethodError: objects of type ${type} are not callable\nThe object of type \`${type}\` exists, but no method is defined for this combination of argument types when trying to treat it as a callable object.`
  }
  const named = callable !== null && !callable.closure && !callable.name.startsWith('#')
  return explained(
    `${named ? callable.name : `(::${type})`}${list}`,
    `The ${callable ? `function \`${callable.name}\`` : `object of type \`${type}\``} exists, but no method is defined for this combination of argument types.`,
  )
}

function typeName(value: Value, cx: Context): string {
  const found = concrete(value, cx.host.typeAt)
  return found ? typeText(found.type) : 'Any'
}

function typeErrorText(field: (name: string) => Value, cx: Context): string {
  const expected = concrete(field('expected'), cx.host.typeAt)
  const wanted = expected && typeParameterOf(expected.type)
  const got = concrete(field('got'), cx.host.typeAt)
  const found = got ? typeText(got.type) : '#undef'
  if (wanted && isNamed(wanted, 'Bool')) return `TypeError: non-boolean (${got ? typeOfText(got.type) : found}) used in boolean context`
  const context = printed(field('context'), cx)
  const isKeyword = printed(field('func'), cx) === 'keyword argument'
  const place = isKeyword
    ? `in keyword argument ${context}`
    : `in ${printed(field('func'), cx)}${context && context !== 'nothing' ? `, in ${context}` : ''}`
  const given = got && typeParameterOf(got.type) ? found : `a value of type ${found}`
  return `TypeError: ${place}, expected ${printed(field('expected'), cx)}, got ${given}`
}

/** Numbers made of numbers, ranges, functions, and structs in general. */

import { ANY } from '../../2-types/intern.ts'
import { fieldTypes, isSingleton } from '../../2-types/layout.ts'
import type { DataType } from '../../2-types/type.ts'
import { typeText } from '../../2-types/type-text.ts'
import { type Context, isNamed, knowing } from './context.ts'
import { concrete, fieldsOf, type Value } from './value.ts'

export function structText(type: DataType, leaves: readonly unknown[], cx: Context): string {
  const special = STRUCTS[type.name.name]
  if (special && isNamed(type, type.name.name)) return special(type, leaves, cx)
  if (type.name.callable && isSingleton(type)) return functionText(type)
  const fields = fieldsOf(type, leaves).map(({ value }) => cx.show(value, knowing(cx, ANY)))
  return `${typeText(type)}(${fields.join(', ')})`
}

function functionText(type: DataType): string {
  const name = type.name.callable!.name
  return name.startsWith('#') ? `var"${name}"()` : name
}

type Special = (type: DataType, leaves: readonly unknown[], cx: Context) => string

function shown(type: DataType, leaves: readonly unknown[], cx: Context): string[] {
  return fieldsOf(type, leaves).map(({ value }) => cx.show(value, cx))
}

const STRUCTS: Readonly<Record<string, Special>> = {
  Nothing: () => 'nothing',
  Missing: () => 'missing',
  Colon: () => 'Colon()',
  Complex: complexText,
  Rational(type, leaves, cx) {
    const [above, below] = shown(type, leaves, cx)
    // Among rational numbers a whole one shows without its 1.
    return below === '1' && cx.typeInfo.kind === 'data' && isNamed(cx.typeInfo, 'Rational') ? above! : `${above}//${below}`
  },
  UnitRange: (type, leaves, cx) => shown(type, leaves, cx).join(':'),
  StepRange: (type, leaves, cx) => shown(type, leaves, cx).join(':'),
  StepRangeLen: stepRangeText,
  LinRange: (type, leaves, cx) => `${typeText(type).replace(/, Int64}$/, '}')}(${shown(type, leaves, cx).join(', ')})`,
  OneTo: (type, leaves, cx) => `Base.OneTo(${shown(type, leaves, cx)[0]})`,
  Pair: pairText,
  RefValue: (type, leaves, cx) => `${typeText(type)}(${shown(type, leaves, knowing(cx, ANY)).join(', ')})`,
  Module: type => moduleName(type),
  CartesianIndex: (type, leaves, cx) => `CartesianIndex${shown(type, leaves, knowing(cx, ANY))[0]!.replace(/,\)$/, ')')}`,
  Irrational: type => typeText(type).replace(/^Irrational\{:?(.*)\}$/, '$1'),
}

/** `0:0:0` would not read back. */
function stepRangeText(type: DataType, leaves: readonly unknown[], cx: Context): string {
  const [start, step, stop, length] = shown(type, leaves, cx)
  return leaves[1] === 0 ? `StepRangeLen(${start}, ${step}, ${length})` : `${start}:${step}:${stop}`
}

/** A module's type has its name, with a number that tells it from others, as parameter. */
function moduleName(type: DataType): string {
  const [name] = type.params
  return name?.kind === 'value' && name.value.kind === 'symbol' ? name.value.value.replace(/#\d+$/, '') : typeText(type)
}

function complexText(type: DataType, leaves: readonly unknown[], cx: Context): string {
  const [re, im] = fieldsOf(type, leaves).map(({ value }) => value) as [Value, Value]
  const leaf = im.leaves[0]
  if (typeof leaf === 'boolean') return re.leaves[0] === false && leaf ? 'im' : `Complex(${re.leaves[0]},${leaf})`
  const number = typeof leaf === 'number' ? leaf : Number.NaN
  const negative = number < 0 || Object.is(number, -0)
  const magnitude: Value = negative ? { type: im.type, leaves: [-number, ...im.leaves.slice(1)] } : im
  const isFloat = isNamed(im.type, 'Float64', 'Float32', 'Float16')
  const isInteger = !isFloat && typeof leaf === 'number' && im.leaves.length === 1
  const times = isInteger || (isFloat && Number.isFinite(number)) ? '' : '*'
  const sign = negative ? '-' : '+'
  return `${cx.show(re, cx)}${cx.compact ? sign : ` ${sign} `}${cx.show(magnitude, cx)}${times}im`
}

function pairText(type: DataType, leaves: readonly unknown[], cx: Context): string {
  const fields = fieldsOf(type, leaves)
  const types = fieldTypes(type)
  const actual = fields.map(({ value }) => concrete(value, cx.host.typeAt)?.type)
  const info = cx.typeInfo.kind === 'data' && isNamed(cx.typeInfo, 'Pair') ? fieldTypes(cx.typeInfo) : null
  if (!info && actual.some((t, i) => t !== types[i])) {
    return `${typeText(type)}(${fields.map(({ value }) => cx.show(value, knowing(cx, ANY))).join(', ')})`
  }
  const sides = fields.map(({ value }, i) => {
    const text = cx.show(value, knowing(cx, info?.[i] ?? ANY))
    return actual[i] && isNamed(actual[i], 'Pair') ? `(${text})` : text
  })
  return sides.join(cx.compact ? '=>' : ' => ')
}

/** Tuples, named tuples, dictionaries and sets. */
import { ANY } from '../../2-types/intern.ts'
import { fieldTypes } from '../../2-types/layout.ts'
import type { DataType, JType } from '../../2-types/type.ts'
import { typeText } from '../../2-types/type-text.ts'
import type { ArrayObject } from '../../3-ir/memory.ts'
import { ancestor, type Context, knowing } from './context.ts'
import { isImplicit } from './type-info.ts'
import { elementOf, fieldsOf, type Value } from './value.ts'

export function tupleText(type: DataType, leaves: readonly unknown[], cx: Context): string {
  const fields = fieldsOf(type, leaves)
  const named = type.name.form === 'namedtuple'
  if (named && fields.length === 0) return 'NamedTuple()'
  const info = fieldInfo(cx.typeInfo, type)
  const items = fields.map(({ name, value }, i) => {
    const text = cx.show(value, knowing(cx, info?.[i] ?? (named ? ANY : cx.typeInfo)))
    return named ? `${fieldText(name)} = ${text}` : text
  })
  return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`
}

/** Types of the fields as far as the context knows them. */
function fieldInfo(typeInfo: JType, type: DataType): readonly JType[] | null {
  return typeInfo === type ? fieldTypes(type) : null
}

interface Elements {
  readonly element: JType
  readonly items: readonly Value[]
}

/** The elements of a dictionary or set, in the order of its iteration; null if Base cannot give them. */
function elementsOf(type: DataType, leaves: readonly unknown[], cx: Context): Elements | null {
  const boxed = cx.host.collect(cx.host.box(type, leaves))
  if (!boxed) return null
  const arrayType = cx.host.typeAt(boxed.t) as DataType
  const array = boxed.v[0] as ArrayObject
  return { element: arrayType.params[0] as JType, items: Array.from({ length: array.n }, (_, i) => elementOf(arrayType, array, i)) }
}

/** `show` of a dictionary or set; null if it is neither. */
export function collectionText(type: DataType, leaves: readonly unknown[], cx: Context): string | null {
  const dict = ancestor(type, 'AbstractDict')
  const set = dict ? null : ancestor(type, 'AbstractSet')
  if (!dict && !set) return null
  const elements = elementsOf(type, leaves, cx)
  if (!elements) return null
  const { items, element } = elements
  const texts = items.map(item => cx.show(item, knowing(cx, element)))
  if (dict) {
    const implicit = items.length > 0 && (dict.params as JType[]).every(isImplicit)
    return `${implicit ? type.name.name : typeText(type)}(${texts.join(', ')})`
  }
  if (items.length === 0) return `${typeText(type)}()`
  return `${type.name.name}(${isImplicit(element) ? '' : typeText(element)}[${texts.join(', ')}])`
}

/** The form of the REPL, an entry a line; null if it is neither dictionary nor set. */
export function collectionDisplay(type: DataType, leaves: readonly unknown[], cx: Context): string | null {
  const dict = ancestor(type, 'AbstractDict')
  if (!dict && !ancestor(type, 'AbstractSet')) return null
  const elements = elementsOf(type, leaves, cx)
  if (!elements) return null
  const { items, element } = elements
  if (items.length === 0) return `${typeText(type)}()`
  const what = dict ? (items.length === 1 ? 'entry' : 'entries') : items.length === 1 ? 'element' : 'elements'
  return [
    `${typeText(type)} with ${items.length} ${what}:`,
    ...(dict ? entryLines(items, { ...cx, compact: true }) : itemLines(items, knowing(cx, element))),
  ].join('\n')
}

function itemLines(items: readonly Value[], cx: Context): string[] {
  const { screen } = cx
  if (!screen) return items.map(item => `  ${cx.show(item, cx)}`)
  const lines = items.slice(0, screen.rows - 4).map(item => `  ${cut(cx.show(item, cx), screen.columns - 2)}`)
  return lines.length < items.length ? [...lines.slice(0, -1), '  ⋮'] : lines
}

/** Where only what fits is shown, keys are padded so that the arrows stand below each other. */
function entryLines(items: readonly Value[], cx: Context): string[] {
  const { screen } = cx
  const entries = items.slice(0, screen ? screen.rows - 4 : items.length).map(item => {
    const type = item.type as DataType
    return fieldsOf(type, item.leaves).map(({ value }) => cx.show(value, knowing(cx, value.type)))
  })
  if (!screen) return entries.map(([key, value]) => `  ${key} => ${value}`)
  // The two spaces before a key, and the arrow.
  const room = screen.columns - 6
  const widest = (column: number): number => Math.min(room, Math.max(...entries.map(texts => Array.from(texts[column]!).length)))
  const ofValues = widest(1)
  let width = widest(0)
  if (width > Math.max(Math.floor(room / 2), room - ofValues)) width = Math.max(Math.ceil(room / 3), room - ofValues)
  const padded = (text: string): string => `${text}${' '.repeat(Math.max(0, width - Array.from(text).length))}`
  const lines = entries.map(([key, value]) => `  ${padded(cut(key!, width))} => ${cut(value!, room - width)}`)
  return lines.length < items.length ? [...lines.slice(0, -1), `  ${padded('⋮')} => ⋮`] : lines
}

/** At most so many places. */
function cut(text: string, width: number): string {
  const characters = Array.from(text)
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`
}

/** A name that is none in Julia's grammar is written `var"1"`. */
function fieldText(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_!\u00b2-\u209c\u2032-\u2037]*$/u.test(name) ? name : `var"${name}"`
}

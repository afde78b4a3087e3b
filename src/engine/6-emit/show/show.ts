/** Julia's `print`, `show` and `show(io, MIME"text/plain"(), x)` of any value. */

import { typeParameterOf } from '../../2-types/intern.ts'
import type { DataType } from '../../2-types/type.ts'
import { typeDisplay, typeText } from '../../2-types/type-text.ts'
import type { Boxed } from '../../3-ir/memory.ts'
import type { Screen } from './align.ts'
import { arrayDisplay, arrayText, circularArray, isArrayLike } from './array.ts'
import { collectionDisplay, collectionText, tupleText } from './collection.ts'
import { ancestor, boxOf, type Context, isNamed, newContext, type ShowHost } from './context.ts'
import { charDisplay } from './escape.ts'
import { exceptionText } from './exception.ts'
import { scalarText } from './scalar.ts'
import { structText } from './struct.ts'
import { concrete, type Value } from './value.ts'

/** `print(x)` and `string(x)`. */
export function printText(value: Boxed, host: ShowHost): string {
  const cx = newContext(host, show, display)
  const found = concrete(valueOf(value, host), host.typeAt)
  if (found && isNamed(found.type, 'Expr')) return host.code.text(boxOf(found, host))
  if (found && (found.type.name.form === 'struct' || found.type.name.form === 'mutable') && !typeParameterOf(found.type)) {
    const custom = host.customShow(boxOf(found, host), 'print')
    if (custom !== null) return custom
  }
  return found?.type.name.form === 'primitive' ? scalarText(found.type, found.leaves[0], cx, true) : show(valueOf(value, host), cx)
}

/** `repr(x)`. */
export function reprText(value: Boxed, host: ShowHost): string {
  return show(valueOf(value, host), newContext(host, show, display))
}

/** What the REPL shows. */
export function displayText(value: Boxed, host: ShowHost): string {
  return display(valueOf(value, host), newContext(host, show, display))
}

/** What a stream with these properties is written; `plain` is the form of the REPL. */
export function textIn(value: Boxed, host: ShowHost, plain: boolean, compact: boolean, screen: Screen | null): string {
  const cx = { ...newContext(host, show, display), compact, screen }
  return plain ? display(valueOf(value, host), cx) : show(valueOf(value, host), cx)
}

/** What `showerror` prints. */
export function errorText(value: Boxed, host: ShowHost): string {
  return host.customShow(value, 'error') ?? exceptionText(valueOf(value, host), newContext(host, show, display))
}

function valueOf(value: Boxed, host: ShowHost): Value {
  return { type: host.typeAt(value.t), leaves: value.v, box: value }
}

/** `:(a + b)`, and a block in the form in which it is written. */
function codeText(value: Boxed, host: ShowHost): string {
  const text = host.code.text(value)
  return /^begin\b.*\n/.test(text) ? text.replace('begin', 'quote') : `:(${text.replaceAll('\n', '\n  ')})`
}

/** `show(io, x)`. */
export function show(value: Value, cx: Context): string {
  const found = concrete(value, cx.host.typeAt)
  if (!found) return '#undef'
  const { type, leaves } = found
  const { form } = type.name
  if (form === 'primitive') return scalarText(type, leaves[0], cx, false)
  if (form === 'tuple' || form === 'namedtuple') return tupleText(type, leaves, cx)
  const shownType = typeParameterOf(type)
  if (shownType) return typeText(shownType)
  if (isNamed(type, 'Expr')) return codeText(boxOf(found, cx.host), cx.host)
  const custom = form === 'array' ? null : cx.host.customShow(boxOf(found, cx.host), 'show', cx.compact)
  if (custom !== null) return custom
  return guarded(type, leaves, cx, inner => {
    if (isArrayLike(type)) return arrayText(type, leaves, inner)
    return collectionText(type, leaves, inner) ?? structText(type, leaves, inner)
  })
}

/** `show(io, MIME"text/plain"(), x)`. */
export function display(value: Value, cx: Context): string {
  const found = concrete(value, cx.host.typeAt)
  if (!found) return '#undef'
  const { type, leaves } = found
  const { form } = type.name
  if (form === 'primitive')
    return type.name.name === 'Char' && !cx.compact ? charDisplay(leaves[0] as number) : scalarText(type, leaves[0], cx, false)
  if (form === 'struct' || form === 'mutable') {
    const custom = cx.host.customShow(boxOf(found, cx.host), 'plain', cx.compact)
    if (custom !== null) return custom
  }
  if (isArrayLike(type)) return guarded(type, leaves, cx, inner => arrayDisplay(type, leaves, inner))
  const shownType = typeParameterOf(type)
  if (shownType) return cx.compact ? typeText(shownType) : typeDisplay(shownType)
  if (isFunction(type)) {
    const count = cx.host.methodCount(type)
    const name = type.name.callable?.name ?? type.name.name
    const kind = name.startsWith('@') ? 'macro' : 'generic function'
    return `${name} (${kind} with ${count} method${count === 1 ? '' : 's'})`
  }
  return collectionDisplay(type, leaves, cx) ?? show(value, cx)
}

function isFunction(type: DataType): boolean {
  return type.name.callable !== null && ancestor(type, 'Function') !== null
}

/** Prints what a mutable object holds, unless it is being printed already. */
function guarded(type: DataType, leaves: readonly unknown[], cx: Context, print: (cx: Context) => string): string {
  const object = leaves[0]
  if ((type.name.form !== 'mutable' && type.name.form !== 'array') || typeof object !== 'object' || object === null) return print(cx)
  const depth = cx.shown.lastIndexOf(object)
  if (depth >= 0) {
    const mark = `#= circular reference @-${cx.shown.length - depth} =#`
    return type.name.form === 'array' ? circularArray(type, cx, mark) : `${typeText(type)}(${mark})`
  }
  return print({ ...cx, shown: [...cx.shown, object] })
}

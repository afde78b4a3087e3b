/** Values whose type has a `show` or `showerror` method written in Julia are printed by that method. */

import { dispatch } from './2-types/dispatch.ts'
import { ANY, applied, valueParam } from './2-types/intern.ts'
import type { Specialiser } from './2-types/specialise/specialiser.ts'
import type { JType } from './2-types/type.ts'
import type { Boxed } from './3-ir/memory.ts'
import type { Host, ShowForm } from './6-emit/host.ts'

interface Means {
  readonly specialiser: Specialiser
  readonly host: () => Pick<Host, 'box' | 'typeAt' | 'dynamicCall'>
}

const PRINTERS: Readonly<Record<ShowForm, string>> = {
  error: 'showerror',
  show: 'show',
  plain: 'show',
  print: 'print',
  summary: 'summary',
  showarg: 'showarg',
}

/** A two-argument `show` serves `plain` too, as in Julia. */
export function newCustomShow({ specialiser, host }: Means): Host['customShow'] {
  return (value, form, compact = false) => {
    const printer = specialiser.baseFunction(PRINTERS[form])
    const sprint = specialiser.baseFunction(compact ? '__sprint_compact' : 'sprint')
    const { box, typeAt, dynamicCall } = host()
    if (!printer || !sprint) return null
    const mime = form === 'plain' ? [plainMime(specialiser)] : []
    const toplevel = form === 'showarg' ? [{ type: specialiser.baseType('Bool'), leaves: [true] }] : []
    if (
      !isOwn(
        specialiser,
        printer.type,
        mime,
        typeAt(value.t),
        toplevel.map(({ type }) => type),
      )
    )
      return null
    const after = toplevel.map(({ type, leaves }) => box(type, leaves))
    const [text] = dynamicCall([], [box(sprint.type, []), box(printer.type, []), ...mime.map(m => box(m, [])), value, ...after])
    return (text as Boxed).v[0] as string
  }
}

/** `MIME"text/plain"`. */
function plainMime(specialiser: Specialiser): JType {
  return applied(specialiser.baseType('MIME').name, [valueParam({ kind: 'symbol', value: 'text/plain' })])
}

/** Is the method that would print it one for this kind of value, and not the fallback for any? */
function isOwn(specialiser: Specialiser, printer: JType, mime: readonly JType[], type: JType, after: readonly JType[]): boolean {
  const found = dispatch(specialiser.world, [printer, specialiser.baseType('IOBuffer'), ...mime, type, ...after])
  const last = found.kind === 'method' ? found.method.params[2 + mime.length] : undefined
  return last !== undefined && last !== ANY && last.kind !== 'vararg'
}

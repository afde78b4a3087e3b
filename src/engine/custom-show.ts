/** Values whose type has a `show` or `showerror` method written in Julia are printed by that method. */

import { dispatch } from './2-types/dispatch.ts'
import { ANY } from './2-types/intern.ts'
import type { Specialiser } from './2-types/specialise/specialiser.ts'
import type { JType } from './2-types/type.ts'
import type { Boxed } from './3-ir/memory.ts'
import type { Host, ShowForm } from './6-emit/host.ts'

interface Means {
  readonly specialiser: Specialiser
  readonly host: () => Pick<Host, 'box' | 'typeAt' | 'dynamicCall'>
}

/** `Base.showerror` for `error`; a two-argument `show` serves `plain` too, as in Julia. */
export function newCustomShow({ specialiser, host }: Means): Host['customShow'] {
  return (value, form) => {
    const printer = specialiser.baseFunction(form === 'error' ? 'showerror' : 'show')
    const sprint = specialiser.baseFunction('sprint')
    const { box, typeAt, dynamicCall } = host()
    if (!printer || !sprint || !isOwn(specialiser, printer.type, typeAt(value.t), form)) return null
    const [text] = dynamicCall([], [box(sprint.type, []), box(printer.type, []), value])
    return (text as Boxed).v[0] as string
  }
}

/** Is the method that would print it one for this kind of value, and not the fallback for any? */
function isOwn(specialiser: Specialiser, printer: JType, type: JType, form: ShowForm): boolean {
  if (form === 'plain') return false
  const found = dispatch(specialiser.world, [printer, specialiser.baseType('IOBuffer'), type])
  return found.kind === 'method' && found.method.params[2] !== ANY
}

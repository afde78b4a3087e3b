/** Methods as Julia prints them. */
import { positionAt } from '../../diagnostics/source.ts'
import { ANY } from './intern.ts'
import type { Method } from './method-table.ts'
import { pathOf } from './module.ts'
import { typeText, varText } from './type-text.ts'

/** `f(x::Int64, ys...; k) where T`; without names of arguments, `f(::Int64, ::Any...)`. */
export function signatureText({ def, params, vars }: Method, { named, keywords }: { named: boolean; keywords: boolean }): string {
  const parts = params.slice(1).map((p, i) => {
    const type = p.kind === 'vararg' ? p.element : p
    const own = def.params[i]?.name ?? ''
    const name = named && !own.startsWith('#') ? own : ''
    const shown = type === ANY ? name || '::Any' : `${name}::${typeText(type)}`
    return p.kind === 'vararg' ? `${shown}...` : shown
  })
  // What a closure captures has types that are variables of its methods too.
  const written = vars.filter(v => def.whereVars.some(({ name }) => name === v.name))
  const where = written.length === 0 ? '' : ` where ${written.length === 1 ? varText(written[0]!) : `{${written.map(varText).join(', ')}}`}`
  const names = [...def.kwparams.map(k => k.name), ...(def.kwslurp === null ? [] : [`${def.code.locals[def.kwslurp]!.name}...`])]
  return `${def.name}(${parts.join(', ')}${keywords && names.length > 0 ? `; ${names.join(', ')}` : ''})${where}`
}

/** `@ Main.M file.jl:12`. */
export function placeText({ def, module }: Method): string {
  const { source, start } = def.span
  return `@ ${pathOf(module).join('.')} ${source.name}:${positionAt(source, start).line}`
}

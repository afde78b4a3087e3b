/** What a MethodError says of the methods that there are. */
import { positionAt } from '../diagnostics/source.ts'
import { dispatch } from './2-types/dispatch.ts'
import { ANY } from './2-types/intern.ts'
import type { Method } from './2-types/method-table.ts'
import { mayIntersect } from './2-types/subtype.ts'
import type { JType, TypeParam } from './2-types/type.ts'
import { typeText, varText } from './2-types/type-text.ts'
import type { World } from './2-types/world.ts'
import type { Host } from './6-emit/host.ts'

const MOST = 3

/** The program's own methods only: those of the library are written in other ways than Julia's. */
export function candidates(world: World, callee: JType, args: readonly JType[], given: readonly string[]): ReturnType<Host['candidates']> {
  const types = [callee, ...args]
  const found = dispatch(world, types)
  if (found.kind === 'ambiguous') return { ambiguous: true, methods: found.methods.map(m => methodText(m, true, [])) }
  const own = world.methodsFor(callee, true).filter(m => !m.module.isBase && fitting([callee], m) === 1)
  const near = [...own].sort((a, b) => fitting(types, b) - fitting(types, a)).slice(0, MOST)
  return { ambiguous: false, methods: near.map(m => methodText(m, false, given)) }
}

/** How many arguments a method would take. */
function fitting(types: readonly JType[], { params }: Method): number {
  const fits = (type: JType, p: TypeParam | undefined): boolean => {
    if (!p || p.kind === 'value') return false
    if (p.kind === 'vararg') return fits(type, p.element)
    return mayIntersect(type, p.kind === 'var' ? p.upper : p)
  }
  return types.filter((type, i) => fits(type, params[i] ?? (params.at(-1)?.kind === 'vararg' ? params.at(-1) : undefined))).length
}

function methodText({ def, params, vars, module }: Method, named: boolean, given: readonly string[]): string {
  const parts = params.slice(1).map((p, i) => {
    const type = p.kind === 'vararg' ? p.element : p
    const name = named ? (def.params[i]?.name ?? '') : ''
    const shown = type === ANY ? name || '::Any' : `${name}::${typeText(type)}`
    return p.kind === 'vararg' ? `${shown}...` : shown
  })
  const where = vars.length === 0 ? '' : ` where ${vars.length === 1 ? varText(vars[0]!) : `{${vars.map(varText).join(', ')}}`}`
  const keywords = named || def.kwparams.length === 0 ? '' : `; ${def.kwparams.map(k => k.name).join(', ')}`
  const { source, start } = def.span
  const unknown = def.kwslurp === null ? given.filter(name => !def.kwparams.some(k => k.name === name)) : []
  const refused = unknown.length === 0 ? '' : ` got unsupported keyword argument${unknown.length > 1 ? 's' : ''} "${unknown.join('", "')}"`
  return `  ${def.name}(${parts.join(', ')}${keywords})${where}${refused}\n   @ ${module.name} ${source.name}:${positionAt(source, start).line}`
}

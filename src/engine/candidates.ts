/** What a MethodError says of the methods that there are. */
import { dispatch } from './2-types/dispatch.ts'
import type { Method } from './2-types/method-table.ts'
import { placeText, signatureText } from './2-types/method-text.ts'
import { mayIntersect } from './2-types/subtype.ts'
import type { JType, TypeParam } from './2-types/type.ts'
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

function methodText(method: Method, named: boolean, given: readonly string[]): string {
  const { def } = method
  const unknown = def.kwslurp === null ? given.filter(name => !def.kwparams.some(k => k.name === name)) : []
  const refused = unknown.length === 0 ? '' : ` got unsupported keyword argument${unknown.length > 1 ? 's' : ''} "${unknown.join('", "')}"`
  return `  ${signatureText(method, { named, keywords: !named })}${refused}\n   ${placeText(method)}`
}

/** The only file that knows where the subexpressions of Core are. */
import { unreachable } from '../../diagnostics/bug.ts'
import type { Core } from './core.ts'

/** Subexpressions in order of evaluation; the insides of closures and definitions are other code and not among them. */
export function coreChildren(core: Core): readonly Core[] {
  switch (core.kind) {
    case 'literal':
    case 'local':
    case 'captured':
    case 'self':
    case 'fresh':
    case 'static-param':
    case 'global':
    case 'base':
    case 'break':
    case 'continue':
    case 'definition':
    case 'isdefined':
      return []
    case 'set-local':
    case 'set-captured':
      return [core.value]
    case 'set-global':
      return core.type ? [core.value, core.type] : [core.value]
    case 'call':
      return [core.callee, ...core.args.map(arg => arg.value), ...core.kwargs.map(arg => arg.value)]
    case 'block':
      return core.body
    case 'if':
      return [core.test, core.then, core.else]
    case 'while':
      return [core.test, core.body]
    case 'for':
      return [core.iter, core.body]
    case 'return':
      return [core.value]
    case 'closure':
      return core.captures
    case 'new':
      return [...(core.type ? [core.type] : []), ...core.args.map(arg => arg.value)]
    case 'typeassert':
      return [core.value, core.type]
    case 'apply-type':
      return [core.base, ...core.args]
    case 'where':
      return [...core.vars.flatMap(variable => [variable.lower, variable.upper].filter(bound => bound !== null)), core.body]
    case 'try':
      return [core.body, core.handler, core.else, core.finally].filter(part => part !== null)
    case 'inbounds':
      return [core.body]
    default:
      return unreachable(core, 'kind of Core')
  }
}

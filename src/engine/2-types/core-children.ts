/** The only file that knows where the subexpressions of Core are. */
import { unreachable } from '../../diagnostics/bug.ts'
import type { Arg, Core } from './core.ts'

/** Subexpressions in order of evaluation; the insides of closures and definitions are other code and not among them. */
export function coreChildren(core: Core): readonly Core[] {
  const children: Core[] = []
  mapChildren(core, child => {
    children.push(child)
    return child
  })
  return children
}

/** The same node with each subexpression replaced by what `change` makes of it, in order of evaluation. */
export function mapChildren(core: Core, change: (child: Core) => Core): Core {
  const optional = (child: Core | null) => child && change(child)
  const values = <A extends Pick<Arg, 'value'>>(args: readonly A[]): A[] => args.map(arg => ({ ...arg, value: change(arg.value) }))
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
    case 'label':
    case 'goto':
    case 'isdefined':
      return core
    case 'set-local':
    case 'set-captured':
    case 'return':
      return { ...core, value: change(core.value) }
    case 'set-global':
      return { ...core, value: change(core.value), type: optional(core.type) }
    case 'call':
      return { ...core, callee: change(core.callee), args: values(core.args), kwargs: values(core.kwargs) }
    case 'block':
      return { ...core, body: core.body.map(change) }
    case 'if':
      return { ...core, test: change(core.test), then: change(core.then), else: change(core.else) }
    case 'while':
      return { ...core, test: change(core.test), body: change(core.body) }
    case 'for':
      return { ...core, iter: change(core.iter), body: change(core.body) }
    case 'closure':
    case 'definition':
      return { ...core, captures: core.captures.map(change) }
    case 'new':
      return { ...core, type: optional(core.type), args: values(core.args) }
    case 'typeassert':
      return { ...core, value: change(core.value), type: change(core.type) }
    case 'apply-type':
      return { ...core, base: change(core.base), args: core.args.map(change) }
    case 'where': {
      const vars = core.vars.map(variable => ({ ...variable, lower: optional(variable.lower), upper: optional(variable.upper) }))
      return { ...core, vars, body: change(core.body) }
    }
    case 'try':
      return {
        ...core,
        body: change(core.body),
        handler: optional(core.handler),
        else: optional(core.else),
        finally: optional(core.finally),
      }
    case 'inbounds':
      return { ...core, body: change(core.body) }
    default:
      return unreachable(core, 'kind of Core')
  }
}

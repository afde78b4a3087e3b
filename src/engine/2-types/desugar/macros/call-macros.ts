/** Macros on a call, which they make in another way or ask about. */
import type { Core } from '../../core.ts'
import { assignOnce } from '../assign.ts'
import { base, baseCall, block, call } from '../build.ts'
import { lowerArgs } from '../calls.ts'
import { keywordArgs } from '../keywords.ts'
import { argument, callParts, isKeyword, isTree, unparen, unsupported } from '../shapes.ts'
import { allArguments, type Macro } from './macro.ts'

/** `@which f(x)`: the method that the call comes to. */
const WHICH: Macro = {
  kind: 'code',
  scoped: allArguments,
  lower: (scope, { args, span }) => {
    const node = unparen(args.at(-1) ?? unsupported('`@which` without a call', span))
    const parts = isTree(node, 'call') ? callParts(node) : isTree(node, 'ref') ? { callee: null, args: node.args } : null
    if (!parts) return unsupported('`@which` on something else than a call', span)
    const f = parts.callee ? scope.unit.lower(scope, parts.callee) : base('getindex', span)
    const types = parts.args.filter(arg => !isKeyword(arg)).map(arg => baseCall('Typeof', [scope.unit.lower(scope, arg)], span))
    return baseCall('which', [f, baseCall('tuple', types, span)], span)
  },
}

/** `@evalpoly(x, a, b, c)`. */
const EVALPOLY: Macro = {
  kind: 'code',
  scoped: allArguments,
  lower: (scope, { args, span }) => {
    const [x, ...coefficients] = args.map(arg => scope.unit.lower(scope, arg))
    return baseCall('evalpoly', [x ?? unsupported('`@evalpoly` without a point', span), baseCall('tuple', coefficients, span)], span)
  },
}

/** `@invoke f(x::A, y; k)`: the method for the types that are written. */
const INVOKE: Macro = {
  kind: 'code',
  scoped: ({ args }) => args,
  lower: (scope, { args, span }) => {
    const node = args[0] && unparen(args[0])
    if (!isTree(node, 'call')) return unsupported('`@invoke` on something else than a call', span)
    const { callee, args: given, keywords } = callParts(node)
    const before: Core[] = []
    const values: Core[] = []
    const types: Core[] = []
    for (const arg of given.filter(arg => !isKeyword(arg))) {
      const typed = isTree(arg, '::') ? arg : null
      const value = assignOnce(scope, scope.unit.lower(scope, typed ? argument(typed, 0) : arg), 'given', before)
      values.push(value)
      types.push(typed ? scope.unit.lower(scope, argument(typed, 1)) : baseCall('Typeof', [value], span))
    }
    const signature: Core = { kind: 'apply-type', base: base('Tuple', span), args: types, span }
    const kwargs = keywordArgs(scope, [...given.filter(isKeyword), ...keywords])
    return block([...before, call(base('invoke', span), [scope.unit.lower(scope, callee), signature, ...values], span, kwargs)], span)
  },
}

/** `@invokelatest f(x)`. */
const INVOKELATEST: Macro = {
  kind: 'code',
  scoped: allArguments,
  lower: (scope, { args, span }) => {
    const node = args[0] && unparen(args[0])
    if (!isTree(node, 'call')) return unsupported('`@invokelatest` on something else than a call', span)
    const { callee, args: given, keywords } = callParts(node)
    const values = lowerArgs(
      scope,
      given.filter(arg => !isKeyword(arg)),
    )
    const kwargs = keywordArgs(scope, [...given.filter(isKeyword), ...keywords])
    const latest = { value: scope.unit.lower(scope, callee), splat: false }
    return { kind: 'call', callee: base('invokelatest', span), args: [latest, ...values], kwargs, span }
  },
}

// biome-ignore format: one macro a line
export const CALL_MACROS: Readonly<Record<string, Macro>> = {
  evalpoly: EVALPOLY,
  invoke: INVOKE,
  invokelatest: INVOKELATEST,
  which: WHICH,
}

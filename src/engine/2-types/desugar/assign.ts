/** Assignment to every kind of target: names, indices, properties, tuples of those; and updating assignment. */

import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import type { Arg, Core } from '../core.ts'
import { base, baseCall, block, call, intLiteral, isSimple, nothing, symbolLiteral, val } from './build.ts'
import { type IndexParts, indexCall, indexParts } from './indexing.ts'
import { assignVariable, lookup, openScope, refer, type Scope, temporary } from './scope.ts'
import { argument, isIdentifier, isTree, quotedName, unparen, unsupported } from './shapes.ts'
import { typeVariables } from './types.ts'

/** How an assignment to a global declares it. */
export interface GlobalForm {
  readonly isConst: boolean
}

const PLAIN: GlobalForm = { isConst: false }

/** A value that may be read several times: itself when that is free, else a temporary set in `before`. */
export function assignOnce(scope: Scope, value: Core, hint: string, before: Core[]): Core {
  if (isSimple(value)) return value
  const variable = temporary(scope, hint, value.span)
  before.push({ kind: 'set-local', id: variable.id, value, span: value.span })
  return refer(scope.frame, variable, value.span)
}

/** `target = value` for its effect; `value` is used once, or more often when it is simple. */
export function assignTarget(scope: Scope, target: Node, value: Core, span: Span, form: GlobalForm = PLAIN): Core {
  const node = unparen(target)
  if (isIdentifier(node, '_') && !node.raw) return isSimple(value) ? nothing(span) : value
  if (isIdentifier(node)) return assignName(scope, node.name, value, null, span, form)
  if (!('args' in node)) return badTarget(node)
  switch (node.kind) {
    case '::':
      return assignTyped(scope, node, value, span, form)
    case 'tuple':
      return destructure(scope, node, value, span, form)
    case 'ref': {
      const parts = indexParts(scope, node)
      return setIndex(parts, value, span)
    }
    case '.': {
      const name = node.args.length === 2 ? quotedName(argument(node, 1)) : null
      if (name === null) return badTarget(node)
      return baseCall('setproperty!', [scope.unit.lower(scope, argument(node, 0)), symbolLiteral(name, node.span), value], span)
    }
    default:
      return badTarget(node)
  }
}

function badTarget(node: Node): never {
  return fail('lower', 'lower.bad-target', { what: node.kind }, node.span)
}

function setIndex({ before, array, indices, keywords }: IndexParts, value: Core, span: Span): Core {
  const args: Arg[] = [{ value: array, splat: false }, { value, splat: false }, ...indices]
  return block([...before, { kind: 'call', callee: base('setindex!', span), args, kwargs: keywords, span }], span)
}

export function assignName(scope: Scope, name: string, value: Core, typeNode: Node | null, span: Span, form: GlobalForm = PLAIN): Core {
  const meaning = lookup(scope, name)
  const type = typeNode ? scope.unit.lower(scope, typeNode) : null
  if (meaning?.kind === 'variable') {
    if (type) {
      meaning.variable.local.type = type
      meaning.variable.typeNode = typeNode
    }
    return assignVariable(scope, meaning.variable, value, span)
  }
  if (meaning?.kind === 'static-param') return unsupported(`Assigning the type parameter \`${name}\``, span)
  if (scope.frame.topLevel) scope.unit.globals.add(name)
  return { kind: 'set-global', name, value, isConst: form.isConst, type, span }
}

/** `x::T = value` declares the type of a local or global; of anything else it is refused. */
function assignTyped(scope: Scope, node: Tree, value: Core, span: Span, form: GlobalForm): Core {
  const inner = unparen(argument(node, 0))
  if (!isIdentifier(inner)) return unsupported('A type on this target of an assignment', node.span)
  return assignName(scope, inner.name, value, argument(node, 1), span, form)
}

/** `a, b = value`, with at most one slurping target, the last; `(; a, b) = value` reads properties. */
function destructure(scope: Scope, node: Tree, value: Core, span: Span, form: GlobalForm): Core {
  const named = node.args.find(item => isTree(item, 'parameters'))
  const before: Core[] = []
  if (named) {
    if (node.args.length > 1) unsupported('Positional and named targets together', node.span)
    const object = assignOnce(scope, value, 'object', before)
    const sets = named.args.map(item => {
      const name = unparen(isTree(item, '::') ? argument(item, 0) : item)
      if (!isIdentifier(name)) return badTarget(item)
      return assignTarget(scope, item, baseCall('getproperty', [object, symbolLiteral(name.name, item.span)], item.span), span, form)
    })
    return block([...before, ...sets], span)
  }
  const targets = node.args
  const slurp = targets.findIndex(item => isTree(item, '...'))
  const count = slurp >= 0 ? slurp : targets.length
  const after = slurp >= 0 ? targets.length - 1 - slurp : 0
  const opened = baseCall(slurp >= 0 ? '__destructure_rest' : '__destructure', [value, val(intLiteral(count, span), span)], span)
  // What comes after the slurping target is taken from the end.
  const taken = after > 0 ? baseCall('__split_end', [opened, val(intLiteral(after, span), span)], span) : opened
  const items = assignOnce(scope, taken, 'items', before)
  const sets = targets.map((item, at) =>
    assignTarget(
      scope,
      isTree(item, '...') ? argument(item, 0) : item,
      baseCall('__tuple_get', [items, intLiteral(at + 1, item.span)], item.span),
      span,
      form,
    ),
  )
  return block([...before, ...sets], span)
}

/** `target = right`; the value of the whole is that of `right`. */
export function lowerAssignment(scope: Scope, node: Tree, wanted: boolean, form: GlobalForm = PLAIN): Core {
  const target = unparen(argument(node, 0))
  const right = argument(node, 1)
  const { span } = node
  if (isTree(target, 'curly')) return aliasType(scope, target, right, span, form)
  if (isTree(target, 'tuple') && !wanted) {
    const direct = assignTogether(scope, target, right, span, form)
    if (direct) return direct
  }
  if (isTree(target, 'ref')) return assignIndex(scope, target, right, wanted, span)
  const value = scope.unit.lower(scope, right)
  if (!wanted || (isIdentifier(target) && target.name !== '_')) return assignTarget(scope, target, value, span, form)
  const before: Core[] = []
  const kept = assignOnce(scope, value, 'value', before)
  return block([...before, assignTarget(scope, target, kept, span, form), kept], span)
}

/** `a[i] = v`: the array and calls among its indices are evaluated before `v`. */
function assignIndex(scope: Scope, target: Tree, right: Node, wanted: boolean, span: Span): Core {
  const parts = indexParts(scope, target)
  const before: Core[] = [...parts.before]
  const value = scope.unit.lower(scope, right)
  const simple = isSimple(value)
  const indices = simple
    ? parts.indices
    : parts.indices.map(index => (isOrdered(index.value) ? { ...index, value: assignOnce(scope, index.value, 'index', before) } : index))
  const kept = wanted ? assignOnce(scope, value, 'value', before) : value
  const set = setIndex({ ...parts, before, indices }, kept, span)
  return wanted ? block([set, kept], span) : set
}

/** Operators on simple values may be evaluated after the right-hand side: nothing can tell. */
function isOrdered(core: Core): boolean {
  if (isSimple(core)) return false
  if (core.kind !== 'call' || core.kwargs.length > 0) return true
  const name = core.callee.kind === 'global' || core.callee.kind === 'base' ? core.callee.name : ''
  if (!/^([-+*÷%:]|lastindex|firstindex)$/.test(name)) return true
  return core.args.some(arg => isOrdered(arg.value))
}

/** `a, b = x, y` without a tuple: all right-hand sides first, then all targets. Null when the sides do not match. */
function assignTogether(scope: Scope, target: Tree, right: Node, span: Span, form: GlobalForm): Core | null {
  const values = unparen(right)
  if (!isTree(values, 'tuple') || values.args.length !== target.args.length || values.args.length === 0) return null
  if ([...values.args, ...target.args].some(item => isTree(item, '...', 'parameters', '='))) return null
  const before: Core[] = []
  const kept = values.args.map(item => {
    const value = scope.unit.lower(scope, item)
    if (value.kind === 'literal') return value
    const variable = temporary(scope, 'right', value.span)
    before.push({ kind: 'set-local', id: variable.id, value, span: value.span })
    return refer(scope.frame, variable, value.span)
  })
  return block([...before, ...target.args.map((item, at) => assignTarget(scope, item, kept[at]!, span, form))], span)
}

/** `Name{T} = body`: a constant that is `body where T`. */
function aliasType(scope: Scope, target: Tree, right: Node, span: Span, form: GlobalForm): Core {
  const name = argument(target, 0)
  if (!isIdentifier(name)) return badTarget(target)
  const { vars, names } = typeVariables(target.args.slice(1), scope)
  const inner = openScope(scope, 'hard', [], { names })
  const value: Core = { kind: 'where', body: scope.unit.lower(inner, right), vars, span }
  return assignName(scope, name.name, value, null, span, { isConst: form.isConst || scope.form === 'top' })
}

/** `target op= right`: whatever the target is made of is evaluated once. */
export function lowerUpdate(scope: Scope, node: Tree, wanted: boolean): Core {
  const target = unparen(argument(node, 0))
  const { span } = node
  const { lower } = scope.unit
  const operator = lower(scope, argument(node, 1))
  const combine = (old: Core): Core => call(operator, [old, lower(scope, argument(node, 2))], span)
  const before: Core[] = []
  const finish = (value: Core, set: (value: Core) => Core): Core => {
    const kept = wanted ? assignOnce(scope, value, 'value', before) : value
    const assignment = set(kept)
    return block(wanted ? [...before, assignment, kept] : [...before, assignment], span)
  }
  if (isIdentifier(target)) return assignName(scope, target.name, combine(lower(scope, target)), null, span)
  if (isTree(target, '::') && isIdentifier(target.args[0])) {
    return finish(combine(lower(scope, target.args[0])), value => assignTarget(scope, target, value, span))
  }
  if (isTree(target, 'ref')) {
    const parts = indexParts(scope, target, true)
    before.push(...parts.before)
    const indices = parts.indices.map(index => ({ ...index, value: assignOnce(scope, index.value, 'index', before) }))
    const keywords = parts.keywords.map(keyword => ({ ...keyword, value: assignOnce(scope, keyword.value, 'index', before) }))
    const at = { array: parts.array, before: [], indices, keywords }
    return finish(combine(indexCall('getindex', at, [], target.span)), value => setIndex(at, value, span))
  }
  if (isTree(target, '.') && target.args.length === 2) {
    const name = quotedName(argument(target, 1))
    if (name !== null) {
      const object = assignOnce(scope, lower(scope, argument(target, 0)), 'object', before)
      const field = symbolLiteral(name, target.span)
      return finish(combine(baseCall('getproperty', [object, field], target.span)), value =>
        baseCall('setproperty!', [object, field, value], span),
      )
    }
  }
  return badTarget(target)
}

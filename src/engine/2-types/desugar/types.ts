/** Type expressions: `T{A}`, `where`, `Vector{<:Real}`, and the variables of `where` and of type definitions. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import type { Core, TypeVarDef } from '../core.ts'
import { baseCall } from './build.ts'
import { type Meaning, openScope, type Scope } from './scope.ts'
import { argument, callParts, isIdentifier, isTree, unparen, unsupported, whereVariables } from './shapes.ts'

const STATIC: Meaning = { kind: 'static-param' }

interface Bounded {
  readonly name: string
  readonly lower: Node | null
  readonly upper: Node | null
}

/** `T`, `T <: U`, `T >: L`, `L <: T <: U`. */
function boundedVariable(node: Node): Bounded {
  const item = unparen(node)
  if (isIdentifier(item)) return { name: item.name, lower: null, upper: null }
  const bound = boundOf(item)
  if (bound && isIdentifier(bound.left)) {
    return bound.operator === '<:'
      ? { name: bound.left.name, lower: null, upper: bound.right }
      : { name: bound.left.name, lower: bound.right, upper: null }
  }
  if (isTree(item, 'comparison') && item.args.length === 5) {
    const [first, operator, middle, , last] = item.args as [Node, Node, Node, Node, Node]
    if (isIdentifier(middle)) {
      return isIdentifier(operator, '<:')
        ? { name: middle.name, lower: first, upper: last }
        : { name: middle.name, lower: last, upper: first }
    }
  }
  return unsupported('This form of type variable', node.span)
}

/** `a <: b` and `a >: b`, whether read as a head or as a call. */
export function boundOf(node: Node): { operator: '<:' | '>:'; left: Node; right: Node } | null {
  if (isTree(node, '<:', '>:') && node.args.length === 2)
    return { operator: node.kind as '<:' | '>:', left: node.args[0]!, right: node.args[1]! }
  if (isTree(node, '<:', '>:') && node.args.length === 3)
    return { operator: node.kind as '<:' | '>:', left: node.args[0]!, right: node.args[2]! }
  if (isTree(node, 'call') && node.form === 'infix') {
    const { callee, args } = callParts(node)
    if (isIdentifier(callee, '<:') || isIdentifier(callee, '>:'))
      return { operator: callee.name as '<:' | '>:', left: args[0]!, right: args[1]! }
  }
  return null
}

/** `<:T` and `>:T` inside braces. */
function openBound(node: Node): { operator: '<:' | '>:'; bound: Node } | null {
  if (isTree(node, '<:', '>:') && node.args.length === 1) return { operator: node.kind as '<:' | '>:', bound: node.args[0]! }
  if (isTree(node, 'call', '<:', '>:') && node.form === 'prefix-op' && node.args.length === 2) {
    const operator = node.args[0]
    if (isIdentifier(operator, '<:') || isIdentifier(operator, '>:'))
      return { operator: operator.name as '<:' | '>:', bound: node.args[1]! }
  }
  return null
}

/** The variables of `where` clauses with their bounds; those of the clause nearest to the signature may use the later ones. */
export function typeVariables(nodes: readonly Node[], scope: Scope): { vars: TypeVarDef[]; names: (readonly [string, Meaning])[] } {
  const items = nodes.map(boundedVariable)
  const names = items.map(item => [item.name, STATIC] as const)
  const inner = openScope(scope, 'hard', [], { names })
  const lower = (node: Node | null) => (node ? scope.unit.lower(inner, node) : null)
  return { vars: items.map(item => ({ name: item.name, lower: lower(item.lower), upper: lower(item.upper) })), names }
}

/** `body where {T <: U}`. */
export function lowerWhere(scope: Scope, node: Tree): Core {
  const { vars, names } = typeVariables(whereVariables(node), scope)
  const inner = openScope(scope, 'hard', [], { names })
  return { kind: 'where', body: scope.unit.lower(inner, argument(node, 0)), vars, span: node.span }
}

/** `T{A, <:B}`: each `<:B` becomes a variable of a `where` around it. */
export function lowerCurly(scope: Scope, node: Tree): Core {
  const head = scope.unit.lower(scope, argument(node, 0))
  const vars: TypeVarDef[] = []
  const args: Core[] = []
  const splats: boolean[] = []
  for (const item of node.args.slice(1)) {
    if (isTree(item, 'parameters')) unsupported('A `;` inside braces', item.span)
    const open = openBound(item)
    splats.push(isTree(item, '...'))
    if (open) {
      const name = `#${vars.length + 1}`
      const bound = scope.unit.lower(scope, open.bound)
      vars.push({ name, lower: open.operator === '>:' ? bound : null, upper: open.operator === '<:' ? bound : null })
      args.push({ kind: 'static-param', name, span: item.span })
    } else {
      args.push(scope.unit.lower(scope, isTree(item, '...') ? argument(item, 0) : item))
    }
  }
  const span = node.span
  const applied: Core = splats.includes(true) ? applySplatted(head, args, splats, span) : { kind: 'apply-type', base: head, args, span }
  return vars.length === 0 ? applied : { kind: 'where', body: applied, vars, span }
}

/** `Tuple{Ts...}`: `Core.apply_type` takes the parameters as arguments. */
function applySplatted(head: Core, args: readonly Core[], splats: readonly boolean[], span: Span): Core {
  const callee = baseCall(
    'getproperty',
    [
      { kind: 'base', name: 'Core', span },
      { kind: 'literal', value: { kind: 'symbol', value: 'apply_type' }, span },
    ],
    span,
  )
  const all = [{ value: head, splat: false }, ...args.map((value, at) => ({ value, splat: splats[at]! }))]
  return { kind: 'call', callee, args: all, kwargs: [], span }
}

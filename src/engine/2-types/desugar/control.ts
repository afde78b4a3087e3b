/** Blocks, `if`, `let`, `try`, `return` and declarations of scope. */
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import type { Core } from '../core.ts'
import { assignTarget, lowerAssignment } from './assign.ts'
import { targetNames } from './assigned.ts'
import { block, ifThen, nothing } from './build.ts'
import { type FoundDefinition, findDefinition, localFunction, lowerDefinition, lowerLocalFunction } from './definitions.ts'
import { orRefusedWhenRun } from './refused.ts'
import { addLocal, openScope, type Scope, scopeBlock, type Variable } from './scope.ts'
import { argument, isIdentifier, isTree, unparen, unsupported } from './shapes.ts'

/** Statements in order; only the last one's value is wanted, and that only if `wanted`. */
export function lowerStatements(scope: Scope, nodes: readonly Node[], wanted: boolean, span: Span): Core {
  const methods = localMethods(scope, nodes)
  const body: Core[] = []
  nodes.forEach((node, at) => {
    const group = methods.get(node)
    if (group === 'done') return
    const isValue = wanted && at === nodes.length - 1
    body.push(
      orRefusedWhenRun(scope, () => {
        if (group) return lowerLocalFunction(scope, group.variable, group.found)
        return isValue ? scope.unit.lower(scope, node) : scope.unit.effect(scope, node)
      }),
    )
  })
  return body.length === 0 ? { kind: 'block', body: [], span } : block(body, span)
}

/** Local functions defined by these statements: all methods of one are made where the first stands. */
function localMethods(scope: Scope, nodes: readonly Node[]): Map<Node, 'done' | { variable: Variable; found: FoundDefinition[] }> {
  const groups = new Map<Node, 'done' | { variable: Variable; found: FoundDefinition[] }>()
  const firstOf = new Map<Variable, { variable: Variable; found: FoundDefinition[] }>()
  if (scope.form === 'top' && scope.names.size === 0) return groups
  for (const node of nodes) {
    const found = findDefinition(node)
    const variable = found ? localFunction(scope, found) : null
    if (!found || !variable) continue
    const first = firstOf.get(variable)
    if (first) {
      first.found.push(found)
      groups.set(node, 'done')
    } else {
      const group = { variable, found: [found] }
      firstOf.set(variable, group)
      groups.set(node, group)
    }
  }
  return groups
}

type Lower = (scope: Scope, node: Node) => Core

/** `if … elseif … else … end` and `a ? b : c`; `branch` lowers what is run. */
export function lowerIf(scope: Scope, node: Tree, branch: Lower): Core {
  const test = scope.unit.lower(scope, argument(node, 0))
  const then = branch(scope, argument(node, 1))
  const otherwise = node.args[2]
  if (!otherwise) return ifThen(test, then, nothing(node.span), node.span)
  if (isTree(otherwise, 'elseif')) return ifThen(test, then, lowerIf(scope, otherwise, branch), node.span)
  const body = isTree(otherwise, 'else') ? argument(otherwise, 0) : otherwise
  return ifThen(test, then, branch(scope, body), node.span)
}

/** `let x = 1, y; … end`: each binding sees those before it. */
export function lowerLet(scope: Scope, node: Tree, branch: Lower): Core {
  const bindings = argument(node, 0)
  const bodyNode = argument(node, 1)
  return letFrom(scope, isTree(bindings, 'block') ? bindings.args : [bindings], 0, bodyNode, branch, node.span)
}

function letFrom(scope: Scope, bindings: readonly Node[], at: number, bodyNode: Node, branch: Lower, span: Span): Core {
  const binding = bindings[at]
  if (!binding) {
    if (isTree(bodyNode, 'block') && bodyNode.args.length === 0) return nothing(bodyNode.span)
    const inner = openScope(scope, 'hard', [bodyNode])
    return scopeBlock(inner, branch(inner, bodyNode), bodyNode.span)
  }
  const definition = findDefinition(binding)
  const target = isTree(binding, '=') ? argument(binding, 0) : binding
  const names = definition && isIdentifier(definition.signature.callee) ? [definition.signature.callee] : targetNames(target)
  // The value is evaluated outside; a function may refer to itself.
  const value = isTree(binding, '=') ? scope.unit.lower(scope, argument(binding, 1)) : null
  const inner = openScope(scope, 'hard', definition ? [binding] : [], {
    names: names.map(name => [name.name, { kind: 'variable', variable: addLocal(scope.frame, name.name, name.span) }] as const),
  })
  const set: Core[] = []
  if (definition) set.push(lowerDefinition(inner, definition))
  else if (value) set.push(assignTarget(inner, target, value, binding.span))
  else if (isTree(target, '::')) declareType(inner, target)
  return scopeBlock(inner, block([...set, letFrom(inner, bindings, at + 1, bodyNode, branch, span)], span), span)
}

function declareType(scope: Scope, node: Tree): void {
  const name = unparen(argument(node, 0))
  const meaning = isIdentifier(name) ? scope.names.get(name.name) : undefined
  if (meaning?.kind !== 'variable') return
  meaning.variable.local.type = scope.unit.lower(scope, argument(node, 1))
  meaning.variable.typeNode = argument(node, 1)
}

/** `try`: each part is a scope of its own. */
export function lowerTry(scope: Scope, node: Tree, branch: Lower): Core {
  const part = (body: Node): Core => {
    const inner = openScope(scope, 'soft', [body])
    return scopeBlock(inner, branch(inner, body), body.span)
  }
  const clause = (kind: 'catch' | 'else' | 'finally') => node.args.find(item => isTree(item, kind))
  const body = part(argument(node, 0))
  const catchClause = clause('catch')
  const elseClause = clause('else')
  const finallyClause = clause('finally')
  let caught: Variable | null = null
  let handler: Core | null = null
  if (catchClause) {
    const bodyNode = argument(catchClause, catchClause.args.length - 1)
    const name = catchClause.args.length > 1 ? argument(catchClause, 0) : null
    if (name && !isIdentifier(name)) unsupported('This form of `catch`', name.span)
    const rethrown = catchClause.span
    if (name && isIdentifier(name)) caught = addLocal(scope.frame, name.name, name.span)
    else if (rethrows(bodyNode)) caught = addLocal(scope.frame, '#caught', rethrown)
    const inner = openScope(scope, 'soft', [bodyNode], {
      names: caught ? [[caught.name, { kind: 'variable', variable: caught }]] : [],
      caught,
    })
    handler = scopeBlock(inner, branch(inner, bodyNode), bodyNode.span, caught)
  }
  return {
    kind: 'try',
    body,
    caught: caught?.id ?? null,
    handler,
    else: elseClause ? part(argument(elseClause, 0)) : null,
    finally: finallyClause ? part(argument(finallyClause, 0)) : null,
    span: node.span,
  }
}

/** Does this code call `rethrow()`, so that the exception must have a name? */
function rethrows(node: Node): boolean {
  if (!('args' in node)) return false
  if (isTree(node, 'call') && node.args.length === 1 && isIdentifier(node.args[0], 'rethrow')) return true
  return node.args.some(rethrows)
}

export function lowerReturn(scope: Scope, node: Tree): Core {
  const value = node.args[0] ? scope.unit.lower(scope, node.args[0]) : nothing(node.span)
  return { kind: 'return', value, span: node.span }
}

/** `local x`, `global x = 1`, `const y = 2`, in any nesting. */
export function lowerDeclaration(scope: Scope, node: Tree, wanted: boolean, around: readonly Tree['kind'][] = []): Core {
  const kinds = [...around, node.kind]
  const constant = kinds.includes('const')
  const parts = node.args.map((item): Core => {
    if (isTree(item, 'const', 'global', 'local')) return lowerDeclaration(scope, item, wanted, kinds)
    if (constant && !kinds.includes('global') && scope.form !== 'top') fail('lower', 'lower.local-const', {}, node.span)
    if (isTree(item, '=')) return lowerAssignment(scope, item, wanted, { isConst: constant })
    const definition = findDefinition(item)
    if (definition) return lowerDefinition(scope, definition)
    if (isTree(item, 'op=')) return scope.unit.lower(scope, item)
    return declareOnly(scope, node, item)
  })
  return block(parts, node.span)
}

/** `local x::T` sets the type of x; `global x::T` declares a global; `local x` has told the scope already. */
function declareOnly(scope: Scope, node: Tree, item: Node): Core {
  const { span } = node
  if (node.kind === 'const') return unsupported('A constant without a value', span)
  const names = targetNames(item)
  if (names.length === 0) return unsupported(`This form of \`${node.kind}\``, span)
  const typed = isTree(item, '::') ? item : null
  if (node.kind === 'local') {
    if (typed) declareType(scope, typed)
    return nothing(span)
  }
  const type = typed ? scope.unit.lower(scope, argument(typed, 1)) : null
  if (!scope.frame.topLevel && type) return unsupported('A type on a global declared inside a function', span)
  if (!scope.frame.topLevel) return nothing(span)
  for (const name of names) scope.unit.globals.add(name.name)
  return block(
    names.map(name => ({ kind: 'definition', def: { kind: 'declare-global', name: name.name, type, span }, captures: [], span })),
    span,
  )
}

/** `for`, `while`, and the loops inside comprehensions and generators. */

import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import type { Core } from '../core.ts'
import { assignTarget } from './assign.ts'
import { targetNames } from './assigned.ts'
import { base, baseCall, baseMember, block, call } from './build.ts'
import { lambda } from './functions.ts'
import { addLocal, type Meaning, openScope, refer, type Scope, scopeBlock, temporary, type Variable } from './scope.ts'
import { argument, isIdentifier, isTree, tree, unparen, unsupported } from './shapes.ts'

/** `for` with one or more loops; `break` leaves them all, `continue` the innermost turn. */
export function lowerFor(scope: Scope, node: Tree): Core {
  const loops = loopsOf(argument(node, 0))
  return forLoop(scope, loops, 0, argument(node, 1), node.span)
}

/** The `in` trees of an `iteration`. */
export function loopsOf(iteration: Node): readonly Tree[] {
  const items = isTree(iteration, 'iteration') ? iteration.args : [iteration]
  return items.map(item => (isTree(item, 'in') ? item : unsupported('This form of loop', item.span)))
}

function forLoop(scope: Scope, loops: readonly Tree[], at: number, body: Node, span: Span): Core {
  const loop = loops[at]!
  const last = at === loops.length - 1
  const iter = scope.unit.lower(scope, argument(loop, 1))
  return forBody(scope, loop, {
    iter,
    nodes: last ? [body] : [],
    levels: loops.length,
    body: inner => (last ? inner.unit.effect(inner, body) : forLoop(inner, loops, at + 1, body, span)),
    reassigned: name => assignsAnywhere(body, name),
    span,
  })
}

/** One loop of a `for` whose body is made by `body`. */
interface ForBody {
  readonly iter: Core
  readonly nodes: readonly Node[]
  readonly levels: number
  readonly body: (scope: Scope) => Core
  readonly reassigned: (name: string) => boolean
  readonly span: Span
}

function forBody(scope: Scope, loop: Tree, parts: ForBody): Core {
  const target = unparen(argument(loop, 0))
  const direct = isIdentifier(target) && target.name !== '_' && !parts.reassigned(target.name)
  const item: Variable = direct ? addLocal(scope.frame, target.name, target.span) : temporary(scope, 'item', target.span)
  const outer = isTree(target, 'outer')
  const fresh = direct || outer ? [] : targetNames(target).map(name => [name.name, addLocal(scope.frame, name.name, name.span)] as const)
  const names: (readonly [string, Meaning])[] = fresh.map(([name, variable]) => [name, { kind: 'variable', variable }])
  if (direct) names.push([target.name, { kind: 'variable', variable: item }])
  const inner = openScope(scope, 'soft', parts.nodes, { loop: true, breakLevels: parts.levels, names })
  const itemValue = refer(scope.frame, item, target.span)
  const set = direct ? [] : [assignTarget(inner, outer ? argument(target, 0) : target, itemValue, target.span)]
  const body = scopeBlock(inner, block([...set, parts.body(inner)], parts.span), parts.span, direct ? item : null)
  return { kind: 'for', target: item.id, iter: parts.iter, body, until: null, span: parts.span }
}

/** `name = …` or `name += …` somewhere below, whatever the scope: such a loop variable is a variable of its own. */
function assignsAnywhere(node: Node, name: string): boolean {
  if (!('args' in node)) return false
  if (isTree(node, '=', 'op=') && targetNames(node.args[0]!).some(target => target.name === name)) return true
  return node.args.some(arg => assignsAnywhere(arg, name))
}

export function lowerWhile(scope: Scope, node: Tree): Core {
  const test = scope.unit.lower({ ...scope, inLoop: true }, argument(node, 0))
  const bodyNode = argument(node, 1)
  const inner = openScope(scope, 'soft', [bodyNode], { loop: true, breakLevels: 1 })
  const body = scopeBlock(inner, inner.unit.effect(inner, bodyNode), bodyNode.span)
  return { kind: 'while', test, body, until: null, span: node.span }
}

export function lowerBreak(scope: Scope, node: Tree): Core {
  if (scope.breakLevels === 0) fail('lower', 'lower.outside-loop', { what: node.kind }, node.span)
  return node.kind === 'break' ? { kind: 'break', levels: scope.breakLevels, span: node.span } : { kind: 'continue', span: node.span }
}

/** `[… for …]` collects its generator. */
export function lowerComprehension(scope: Scope, node: Tree): Core {
  const typed = node.kind === 'typed_comprehension'
  const generator = lowerGenerator(scope, generatorOf(node.args.at(-1), node))
  const args = typed ? [scope.unit.lower(scope, argument(node, 0)), generator] : [generator]
  return baseCall('collect', args, node.span)
}

function generatorOf(node: Node | undefined, whole: Tree): Tree {
  return isTree(node, 'generator') ? node : unsupported('This form of comprehension', whole.span)
}

/** `body for x in a, y in b if c for z in d`: each further `for` is a generator inside, and the whole is flattened. */
export function lowerGenerator(scope: Scope, node: Tree): Core {
  return generator(scope, argument(node, 0), node.args.slice(1), node.span)
}

function generator(scope: Scope, body: Node, clauses: readonly Node[], span: Span): Core {
  const [clause, ...rest] = clauses
  if (!clause) return unsupported('This form of generator', span)
  const filtered = isTree(clause, 'filter')
  const loops = loopsOf(filtered ? argument(clause, 0) : clause)
  const targets = loops.map(loop => argument(loop, 0))
  const param = targets.length === 1 ? targets[0]! : tree('tuple', targets, clause.span, 'prefix', 'p')
  const iters = loops.map(loop => scope.unit.lower(scope, argument(loop, 1)))
  let iter = iters.length === 1 ? iters[0]! : call(baseMember('Iterators', 'product', span), iters, span)
  if (filtered) {
    const condition = argument(clause, 1)
    const predicate = lambda(scope, [param], [condition], inner => inner.unit.lower(inner, condition), condition.span)
    iter = call(baseMember('Iterators', 'filter', span), [predicate, iter], clause.span)
  }
  const make = (inner: Scope): Core => (rest.length === 0 ? inner.unit.lower(inner, body) : generator(inner, body, rest, span))
  const f = lambda(scope, [param], rest.length === 0 ? [body] : [], make, span)
  const made: Core = {
    kind: 'call',
    callee: base('Generator', span),
    args: [f, iter].map(value => ({ value, splat: false })),
    kwargs: [],
    span,
  }
  return rest.length === 0 ? made : call(baseMember('Iterators', 'flatten', span), [made], span)
}

/** A loop over `iter` for code made here: `@testset … for …`. */
export function loopOver(scope: Scope, loop: Tree, levels: number, nodes: readonly Node[], body: (scope: Scope) => Core): Core {
  const iter = scope.unit.lower(scope, argument(loop, 1))
  return forBody(scope, loop, {
    iter,
    nodes,
    levels,
    body,
    reassigned: name => nodes.some(node => assignsAnywhere(node, name)),
    span: loop.span,
  })
}

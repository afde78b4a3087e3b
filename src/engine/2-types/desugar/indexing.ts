/** `a[i, j]`: indices, and what `end` and `begin` mean in them. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import type { Arg, Core, KeywordArg } from '../core.ts'
import { base, baseCall, intLiteral } from './build.ts'
import { keywordArgs } from './keywords.ts'
import { type Indexed, refer, type Scope, temporary, type Variable } from './scope.ts'
import { argument, isIdentifier, isKeyword, isTree, unparen, unsupported } from './shapes.ts'

/** An indexed array with its indices, ready to be put into `getindex`, `setindex!`, `view`. */
export interface IndexParts {
  /** Assignments that come first. */
  readonly before: readonly Core[]
  readonly array: Core
  readonly indices: readonly Arg[]
  /** `a[row=1]`, which arrays of a program may take. */
  readonly keywords: readonly KeywordArg[]
}

/** `end` or `begin`, standing in an index. */
function isEndpoint(node: Node): boolean {
  return (isIdentifier(node, 'end') || isIdentifier(node, 'begin')) && !node.raw
}

/** Whether `node` uses the `end` or `begin` of the array it indexes; those of arrays indexed inside it are their own. */
function usesEndpoint(node: Node): boolean {
  if (isEndpoint(node)) return true
  if (!('args' in node)) return false
  if (isTree(node, 'ref')) return usesEndpoint(argument(node, 0))
  return node.args.some(usesEndpoint)
}

/** `parts` of `a[i, j]`. An array that is no plain name is evaluated once when an index asks for its end. */
export function indexParts(scope: Scope, node: Tree, once = false): IndexParts {
  const { lower } = scope.unit
  const arrayNode = argument(node, 0)
  const all = node.args.slice(1)
  const items = all.filter(item => !isTree(item, 'parameters') && !isKeyword(item))
  const named = all.flatMap(item => (isTree(item, 'parameters') ? item.args : isKeyword(item) ? [item] : []))
  const before: Core[] = []
  const needsArray = items.some(usesEndpoint)
  let array = lower(scope, arrayNode)
  let subject: Indexed['array'] = { node: arrayNode }
  if ((needsArray || once) && !isIdentifier(unparen(arrayNode))) {
    const variable = keep(scope, array, 'array', before)
    subject = { variable }
    array = refer(scope.frame, variable, arrayNode.span)
  }
  const hasSplat = items.some(item => isTree(item, '...'))
  const splatsBefore: Variable[] = []
  const indices = items.map((item, at): Arg => {
    const inner: Scope = usesEndpoint(item)
      ? { ...scope, indexed: { array: subject, position: at + 1, count: items.length, splatsBefore: [...splatsBefore], hasSplat } }
      : scope
    if (isTree(item, '...')) {
      const value = lower(inner, argument(item, 0))
      if (!needsArray && !once) return { value, splat: true }
      const variable = keep(scope, value, 'splat', before)
      splatsBefore.push(variable)
      return { value: refer(scope.frame, variable, item.span), splat: true }
    }
    const value = lower(inner, item)
    return { value, splat: false }
  })
  return { before, array, indices, keywords: keywordArgs(scope, named) }
}

function keep(scope: Scope, value: Core, hint: string, before: Core[]): Variable {
  const variable = temporary(scope, hint, value.span)
  before.push({ kind: 'set-local', id: variable.id, value, span: value.span })
  return variable
}

/** `end` is `lastindex(a)` or, as index k of several, `lastindex(a, k)`. */
export function lowerEndpoint(scope: Scope, name: string, span: Span): Core {
  const { indexed } = scope
  if (!indexed) return unsupported(`\`${name}\` outside an index`, span)
  const array = 'variable' in indexed.array ? refer(scope.frame, indexed.array.variable, span) : scope.unit.lower(scope, indexed.array.node)
  const callee = name === 'end' ? 'lastindex' : 'firstindex'
  if (indexed.count === 1 && !indexed.hasSplat) return baseCall(callee, [array], span)
  const fixed = indexed.position - indexed.splatsBefore.length
  const lengths = indexed.splatsBefore.map(variable => baseCall('length', [refer(scope.frame, variable, span)], span))
  const position = lengths.length === 0 ? intLiteral(fixed, span) : baseCall('+', [intLiteral(fixed, span), ...lengths], span)
  return baseCall(callee, [array, position], span)
}

/** `a[i, j]` as a value; a view inside `@views`. */
export function lowerIndex(scope: Scope, node: Tree): Core {
  return indexCall(scope.views ? 'maybeview' : 'getindex', indexParts(scope, node), [], node.span)
}

/** `f(a, extra…, i, j)` for an index expression. */
export function indexCall(name: string, parts: IndexParts, extra: readonly Core[], span: Span): Core {
  const args: Arg[] = [parts.array, ...extra].map(value => ({ value, splat: false }))
  const call: Core = { kind: 'call', callee: base(name, span), args: [...args, ...parts.indices], kwargs: parts.keywords, span }
  return parts.before.length === 0 ? call : { kind: 'block', body: [...parts.before, call], span }
}

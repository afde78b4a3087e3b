/** Keyword arguments of calls and the fields of named tuples. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Node } from '../../1-syntax/ast.ts'
import type { Core, KeywordArg } from '../core.ts'
import { baseCall, valNames } from './build.ts'
import type { Scope } from './scope.ts'
import { argument, callParts, isIdentifier, isKeyword, isTree, quotedName, unparen, unsupported } from './shapes.ts'

/** `k = v`, `k`, `a.k`, `:k => v` and `kws...`, as they stand after `;`. */
export function keywordArgs(scope: Scope, nodes: readonly Node[]): KeywordArg[] {
  const { lower } = scope.unit
  return nodes.map((node): KeywordArg => {
    if (isKeyword(node)) {
      const name = argument(node, 0)
      if (!isIdentifier(name)) return unsupported('This form of keyword argument', node.span)
      return { name: name.name, value: lower(scope, argument(node, 1)) }
    }
    if (isTree(node, '...')) return { name: null, value: lower(scope, argument(node, 0)) }
    if (isIdentifier(node)) return { name: node.name, value: lower(scope, node) }
    if (isTree(node, '.') && node.args.length === 2) {
      const name = quotedName(argument(node, 1))
      if (name !== null) return { name, value: lower(scope, node) }
    }
    if (isTree(node, 'call') && isIdentifier(callParts(node).callee, '=>')) {
      const [key, value] = callParts(node).args as [Node, Node]
      const name = isTree(unparen(key), 'quote') ? quotedName(key) : null
      if (name !== null) return { name, value: lower(scope, value) }
      return { name: null, value: baseCall('tuple', [lower(scope, node)], node.span) }
    }
    return unsupported('This form of keyword argument', node.span)
  })
}

/** `(a = 1, b = x)` and `(; x, nt...)`: runs of fields, merged from left to right. */
export function namedTuple(fields: readonly KeywordArg[], span: Span): Core {
  const parts: Core[] = []
  let run: { name: string; value: Core }[] = []
  const flush = () => {
    if (run.length > 0)
      parts.push(
        baseCall(
          '__namedtuple',
          [
            valNames(
              run.map(field => field.name),
              span,
            ),
            ...run.map(field => field.value),
          ],
          span,
        ),
      )
    run = []
  }
  for (const field of fields) {
    if (field.name !== null) {
      run.push({ name: field.name, value: field.value })
      continue
    }
    flush()
    if (parts.length === 0) parts.push(baseCall('__namedtuple', [valNames([], span)], span))
    parts.push(field.value)
  }
  flush()
  if (parts.length === 0) return baseCall('__namedtuple', [valNames([], span)], span)
  return parts.reduce((left, right) => baseCall('merge', [left, right], span))
}

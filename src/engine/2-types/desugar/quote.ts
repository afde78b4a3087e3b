/** Quoted code as a value: symbols, literals, and expressions without interpolation. */
import type { Node, Tree } from '../../1-syntax/ast.ts'
import type { Core } from '../core.ts'
import { symbolLiteral } from './build.ts'
import type { Scope } from './scope.ts'
import { argument, isIdentifier, isTree, unparen, unsupported } from './shapes.ts'

export function lowerQuote(scope: Scope, node: Tree): Core {
  const inner = unparen(argument(node, 0))
  if (isIdentifier(inner)) return symbolLiteral(inner.name, node.span)
  if (!('args' in inner)) return scope.unit.lower(scope, inner)
  if (isTree(inner, '.') && inner.args.length === 1 && isIdentifier(inner.args[0]))
    return symbolLiteral(`.${inner.args[0].name}`, node.span)
  if (isTree(inner, 'string') && inner.args.every(part => part.kind === 'String')) return scope.unit.lower(scope, inner)
  const interpolated = interpolation(inner)
  if (interpolated) unsupported('Interpolation into quoted code', interpolated.span)
  return { kind: 'literal', value: { kind: 'expr', value: inner }, span: node.span }
}

/** The first `$x` inside quoted code. */
export function interpolation(node: Node): Node | null {
  if (!('args' in node)) return null
  if (node.kind === '$') return node
  for (const arg of node.args) {
    const found = interpolation(arg)
    if (found) return found
  }
  return null
}

/** Array literals: `[a, b]`, `[a b; c d]`, `[a;;; b]`, with or without an element type. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import type { Arg, Core } from '../core.ts'
import { base, baseCall, intLiteral } from './build.ts'
import { lowerArgs } from './calls.ts'
import type { Scope } from './scope.ts'
import { isTree, unsupported } from './shapes.ts'

/** Any array literal; the typed ones have their element type first. */
export function lowerArray(scope: Scope, node: Tree): Core {
  const { span } = node
  const typed = node.kind.startsWith('typed_')
  const type = typed ? scope.unit.lower(scope, node.args[0]!) : null
  const items = typed ? node.args.slice(1) : node.args
  const keyword = items.find(item => isTree(item, 'parameters', '='))
  if (keyword) unsupported('A keyword inside an array literal', keyword.span)
  switch (node.kind) {
    case 'vect':
      return concatenation(null, 'vect', [], lowerArgs(scope, items), span)
    case 'hcat':
    case 'typed_hcat':
      return concatenation(type, 'hcat', [], lowerArgs(scope, items), span)
    case 'vcat':
    case 'typed_vcat':
      return rows(scope, type, items, span)
    default:
      return along(scope, type, Number(node.flag), items, span)
  }
}

function concatenation(type: Core | null, name: string, first: readonly Core[], args: readonly Arg[], span: Span): Core {
  const fixed = [...(type ? [type] : []), ...first].map(value => ({ value, splat: false }))
  return { kind: 'call', callee: base(type ? `typed_${name}` : name, span), args: [...fixed, ...args], kwargs: [], span }
}

/** `[a b; c d]` is one `hvcat` with the lengths of its rows; with a splat among them, rows are joined one by one. */
function rows(scope: Scope, type: Core | null, items: readonly Node[], span: Span): Core {
  const nested = items.find(item => isTree(item, 'nrow'))
  if (nested) return along(scope, type, 1, items, span)
  if (!items.some(item => isTree(item, 'row'))) return concatenation(type, 'vcat', [], lowerArgs(scope, items), span)
  const lines = items.map(item => (isTree(item, 'row') ? item.args : [item]))
  if (lines.some(line => line.some(item => isTree(item, '...')))) {
    const joined = lines.map(
      (line, at): Arg => ({ value: concatenation(type, 'hcat', [], lowerArgs(scope, line), items[at]!.span), splat: false }),
    )
    return concatenation(type, 'vcat', [], joined, span)
  }
  const lengths = baseCall(
    'tuple',
    lines.map(line => intLiteral(line.length, span)),
    span,
  )
  return concatenation(type, 'hvcat', [lengths], lowerArgs(scope, lines.flat()), span)
}

/** Concatenation along dimension `dim`; parts of lower dimension are joined first. */
function along(scope: Scope, type: Core | null, dim: number, items: readonly Node[], span: Span): Core {
  const args = items.map((item): Arg => {
    if (isTree(item, 'nrow')) return { value: along(scope, type, Number(item.flag), item.args, item.span), splat: false }
    if (isTree(item, 'row')) return { value: concatenation(type, 'hcat', [], lowerArgs(scope, item.args), item.span), splat: false }
    return lowerArgs(scope, [item])[0]!
  })
  if (dim === 1) return concatenation(type, 'vcat', [], args, span)
  if (dim === 2) return concatenation(type, 'hcat', [], args, span)
  return concatenation(type, 'hvncat', [intLiteral(dim, span)], args, span)
}

/** `@NamedTuple{a::Int, b}` and the same with `begin … end`: types of named tuples by their fields. */
import type { Node } from '../../../1-syntax/ast.ts'
import { argument, identifier, isIdentifier, isTree, tree, unsupported } from '../shapes.ts'
import type { Macro, MacroCall } from './macro.ts'

/** A field without a type may hold anything. */
function fieldOf(node: Node): { readonly name: Node; readonly type: Node } {
  if (isIdentifier(node)) return { name: node, type: identifier('Any', node.span) }
  if (isTree(node, '::') && node.args.length === 2 && isIdentifier(argument(node, 0)))
    return { name: argument(node, 0), type: argument(node, 1) }
  return unsupported('This field of a `NamedTuple`', node.span)
}

function namedTupleType({ name, args, span }: MacroCall): Node {
  const [given] = args
  if (!isTree(given, 'braces', 'block')) return unsupported(`\`@${name}\` without fields in braces or a block`, span)
  const fields = given.args.map(fieldOf)
  const names = tree(
    'tuple',
    fields.map(field => tree('quote', [field.name], span, 'prefix', ':')),
    span,
  )
  const types = tree('curly', [identifier('Tuple', span), ...fields.map(field => field.type)], span)
  return tree('curly', [identifier('NamedTuple', span), names, types], span)
}

export const NAMED_TUPLE: Macro = { kind: 'rewrite', rewrite: namedTupleType }

/** Macros around structs with default values: `@kwdef` of Base, `@with_kw` of Parameters, whose objects can be made anew with changes. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import { argument, identifier, tree } from './shapes.ts'
import { keywordStruct, typeName, withDefaultType, withoutAssertions } from './structs.ts'

/** A function of Parameters, whatever the program has imported of it. */
function parameters(name: string, span: Span): Node {
  const module = tree('.', [identifier('Base', span), identifier('Parameters', span)], span)
  return tree('.', [module, identifier(name, span)], span)
}

/** `@with_kw_noshow struct … end`: keyword constructors, and one that takes the other values from an object. */
function changeable(node: Tree): Node[] {
  const { span } = node
  const name = typeName(argument(node, 0))
  const [old, changes] = [identifier('old', span), tree('...', [identifier('changes', span)], span)]
  const options = tree('parameters', [changes], span)
  const head = tree('call', [name, tree('::', [old, name], span, 'infix'), options], span)
  const body = tree('call', [parameters('reconstruct', span), old, options], span)
  const [struct, ...constructors] = withoutAssertions(withDefaultType(node))
  return [...keywordStruct(struct as Tree), ...constructors, tree('function', [head, body], span, 'prefix', '=')]
}

/** `@with_kw` shows its objects field by field. */
function changeableAndShown(node: Tree): Node[] {
  const { span } = node
  const [io, x] = [identifier('io', span), identifier('x', span)]
  const type = typeName(argument(node, 0))
  const show = tree('.', [identifier('Base', span), identifier('show', span)], span)
  const head = tree('call', [show, tree('::', [io, identifier('IO', span)], span, 'infix'), tree('::', [x, type], span, 'infix')], span)
  const body = tree('call', [parameters('show_fields', span), io, x], span)
  return [...changeable(node), tree('function', [head, body], span, 'prefix', '=')]
}

/** Macros around a struct with default values, by name: what the struct and its macro stand for. */
export const STRUCTS_WITH_DEFAULTS: Readonly<Record<string, (node: Tree) => Node[]>> = {
  kwdef: keywordStruct,
  with_kw: changeableAndShown,
  with_kw_noshow: changeable,
}

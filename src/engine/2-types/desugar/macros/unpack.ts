/** UnPack and Parameters: `@unpack a, b = x` and `@pack! x = a, b`. */
import type { Span } from '../../../../diagnostics/source.ts'
import type { Node } from '../../../1-syntax/ast.ts'
import { argument, identifier, isIdentifier, isTree, tree, unparen, unsupported } from '../shapes.ts'
import type { Macro, MacroCall } from './macro.ts'

function member(module: string, name: string, span: Span): Node {
  const path = tree('.', [identifier('Base', span), identifier(module, span)], span)
  return tree('.', [path, identifier(name, span)], span)
}

function namesOf(node: Node, { name }: MacroCall): readonly Node[] {
  const names = isTree(node, 'tuple') ? node.args : [node]
  return names.every(n => isIdentifier(n)) ? names : unsupported(`This form of \`@${name}\``, node.span)
}

/** `Val(:a)` */
function nameValue(name: Node): Node {
  const { span } = name
  return tree('call', [identifier('Val', span), tree('quote', [name], span, 'prefix', ':')], span)
}

function sides(macro: MacroCall): readonly [Node, Node] {
  const [assignment] = macro.args
  if (!assignment || !isTree(assignment, '=')) return unsupported(`This form of \`@${macro.name}\``, macro.span)
  return [unparen(argument(assignment, 0)), argument(assignment, 1)]
}

const UNPACK: Macro = {
  kind: 'rewrite',
  rewrite: macro => {
    const { span } = macro
    const [left, from] = sides(macro)
    const names = namesOf(left, macro)
    const values = tree('call', [member('UnPack', 'unpacked', span), from, ...names.map(nameValue)], span)
    return tree('=', [tree('tuple', names, span), values], span, 'infix')
  },
}

const PACK: Macro = {
  kind: 'rewrite',
  rewrite: macro => {
    const { span } = macro
    const [into, right] = sides(macro)
    const pairs = namesOf(unparen(right), macro).map(name => tree('tuple', [nameValue(name), name], name.span, 'prefix', 'p'))
    return tree('call', [member('UnPack', 'packed!', span), into, ...pairs], span)
  },
}

export const UNPACK_MACROS: Readonly<Record<string, Macro>> = { unpack: UNPACK, 'pack!': PACK }

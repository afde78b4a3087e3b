/** UnPack and Parameters: `@unpack a, b = x`, `@pack! x = a, b`, and `@with_kw (a = 1, b = 2)`. */
import type { Span } from '../../../../diagnostics/source.ts'
import type { Node, Tree } from '../../../1-syntax/ast.ts'
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

/** A function that makes named tuples with default values; that of a struct is read where structs are. */
const WITH_KW: Macro = {
  kind: 'rewrite',
  rewrite: ({ args, name, span }) => {
    const [given] = args
    const defaults = isTree(given, 'tuple') ? given.args : []
    if (defaults.length === 0 || !defaults.every(d => isTree(d, '='))) return unsupported(`This form of \`@${name}\``, span)
    const same = (d: Node): Node => tree('=', [argument(d as Tree, 0), argument(d as Tree, 0)], d.span, 'infix')
    const listed = (nodes: readonly Node[]): Node => tree('tuple', [tree('parameters', nodes, span)], span, 'prefix', 'p')
    return tree('->', [listed(defaults), listed(defaults.map(same))], span, 'infix')
  },
}

export const UNPACK_MACROS: Readonly<Record<string, Macro>> = { unpack: UNPACK, 'pack!': PACK, with_kw: WITH_KW, with_kw_noshow: WITH_KW }

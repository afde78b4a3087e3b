/** Functors and Flux: `@functor T (a, b)`, `@leaf T` and `@layer T trainable=(a,)` say what stands below a struct in its tree, and what of it is trained. */
import type { Node } from '../../../1-syntax/ast.ts'
import { parseProgram } from '../../../1-syntax/parse.ts'
import { printNode } from '../../../1-syntax/print.ts'
import { argument, isIdentifier, isTree, tree, unparen, unsupported } from '../shapes.ts'
import type { Macro, MacroCall } from './macro.ts'

function defining(call: MacroCall, methods: readonly string[]): Node {
  const text = [...methods, 'nothing'].join('\n')
  return tree('block', parseProgram({ name: `@${call.name}`, text }).args, call.span)
}

/** `(:a, :b)`, of `(a, b)` or `a`. */
function symbols(node: Node, call: MacroCall): string {
  const inner = unparen(node)
  const names = isTree(inner, 'tuple') ? inner.args : [inner]
  if (!names.every(name => isIdentifier(name))) return unsupported(`This form of \`@${call.name}\``, node.span)
  return `(${names.map(name => `:${printNode(name)},`).join(' ')})`
}

function typeOf(call: MacroCall, node: Node | undefined): string {
  return node ? printNode(node) : unsupported(`\`@${call.name}\` without a type`, call.span)
}

const treeOf = (type: string, names: string) => `Base.Functors.functor(::Type{<:${type}}, x) = Base.Functors.with_fields(x, ${names})`
const leafOf = (type: string) => `Base.Functors.functor(::Type{<:${type}}, x) = Base.Functors.leaf(x)`
const trainedOf = (type: string, names: string) => `Base.Optimisers.trainable(x::${type}) = Base.Functors.chosen(x, ${names})`

const FUNCTOR: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const [type, fields] = call.args
    const name = typeOf(call, type)
    return defining(call, fields ? [treeOf(name, symbols(fields, call))] : [])
  },
}

const LEAF: Macro = { kind: 'rewrite', rewrite: call => defining(call, [leafOf(typeOf(call, call.args[0]))]) }

/** `:expand` and `:noexpand` are about how a layer is printed. */
const LAYER: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const [type, ...options] = call.args.filter(arg => !isTree(arg, 'quote'))
    const name = typeOf(call, type)
    return defining(
      call,
      options.map(option => {
        if (!isTree(option, '=')) return unsupported(`This form of \`@${call.name}\``, option.span)
        const what = printNode(argument(option, 0))
        const makes = what === 'trainable' ? trainedOf : what === 'children' ? treeOf : null
        return makes ? makes(name, symbols(argument(option, 1), call)) : unsupported(`This form of \`@${call.name}\``, option.span)
      }),
    )
  },
}

export const FUNCTOR_MACROS: Readonly<Record<string, Macro>> = { functor: FUNCTOR, leaf: LEAF, layer: LAYER }

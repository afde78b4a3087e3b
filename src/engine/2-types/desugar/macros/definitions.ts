/** Macros that stand for small definitions: `@deprecate`, `@gensym`. */
import type { Node } from '../../../1-syntax/ast.ts'
import { identifier, isIdentifier, isTree, tree, unsupported } from '../shapes.ts'
import type { Macro } from './macro.ts'

/** `@deprecate old new`: the old name still works. Of two signatures, `@deprecate old(x) new(x)`, the first is defined as the second. */
const DEPRECATE: Macro = {
  kind: 'rewrite',
  rewrite: ({ args, span }) => {
    const [before, now] = args
    if (!before || !now) return unsupported('This form of `@deprecate`', span)
    if (isTree(before, 'call', 'where')) return tree('function', [before, now], span, 'prefix', '=')
    if (!isIdentifier(before)) return unsupported('This form of `@deprecate`', span)
    const given = [
      tree('...', [identifier('args', span)], span),
      tree('parameters', [tree('...', [identifier('options', span)], span)], span),
    ]
    return tree('function', [tree('call', [before, ...given], span), tree('call', [now, ...given], span)], span, 'prefix', '=')
  },
}

/** `@gensym a b`: each gets a symbol that nothing else has. */
const GENSYM: Macro = {
  kind: 'rewrite',
  rewrite: ({ args, span }) => {
    const made = (name: Node): Node => {
      if (!isIdentifier(name)) return unsupported('This form of `@gensym`', span)
      const text: Node = tree('string', [{ kind: 'String', value: name.name, span }], span)
      return tree('=', [name, tree('call', [identifier('gensym', span), text], span)], span, 'infix')
    }
    return tree('block', args.map(made), span)
  },
}

export const DEFINITION_MACROS: Readonly<Record<string, Macro>> = { deprecate: DEPRECATE, gensym: GENSYM }

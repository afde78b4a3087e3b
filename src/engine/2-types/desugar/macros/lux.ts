/** Lux: `@compact(a = …, b = …) do x … @return y end` is a layer from its parts and what it makes of an input. */
import type { Span } from '../../../../diagnostics/source.ts'
import type { Node, Tree } from '../../../1-syntax/ast.ts'
import { printNode } from '../../../1-syntax/print.ts'
import { argument, identifier, isIdentifier, isTree, tree, unsupported } from '../shapes.ts'
import { type Macro, type MacroCall, macroCall } from './macro.ts'

function called(name: string, args: readonly Node[], span: Span): Node {
  const path = tree('.', [identifier('Base', span), identifier('Lux', span)], span)
  return tree('call', [tree('.', [path, identifier(name, span)], span), ...args], span)
}

/** `(; a, b)` */
function byName(names: readonly Node[], span: Span): Node {
  return tree('tuple', [tree('parameters', names, span)], span, 'prefix', 'p')
}

/** Keywords that are none of its parts. */
const OPTIONS: readonly string[] = ['name', 'dispatch']

interface Parts {
  readonly parts: readonly Tree[]
  readonly options: readonly Tree[]
}

function partsOf(call: MacroCall, given: readonly Node[]): Parts {
  const all = given.map(node => {
    // `(; a)` is `a = a`.
    if (isIdentifier(node)) return tree('=', [node, node], node.span, 'infix')
    return isTree(node, '=') && isIdentifier(argument(node, 0)) ? node : unsupported(`This form of \`@${call.name}\``, node.span)
  })
  const isOption = (node: Tree) => OPTIONS.some(name => isIdentifier(argument(node, 0), name))
  return { parts: all.filter(node => !isOption(node)), options: all.filter(isOption) }
}

/** `@return y` gives what the parts are by then, besides `y`. */
function withReturns(node: Node, last: (y: Node) => Node): Node {
  if (!('args' in node)) return node
  if (isTree(node, 'macrocall')) {
    const call = macroCall(node)
    if (call.name === 'return') return tree('return', [last(call.args[0] ?? tree('tuple', [], node.span, 'prefix', 'p'))], node.span)
  }
  return { ...node, args: node.args.map(arg => withReturns(arg, last)) }
}

function compact(call: MacroCall): Node {
  const { span } = call
  const doBlock = call.args.find(arg => isTree(arg, 'do'))
  const given = call.args.filter(arg => arg !== doBlock)
  const forward = doBlock ?? given.find(arg => isTree(arg, '->'))
  if (!forward || !isTree(forward, 'do', '->')) return unsupported(`\`@${call.name}\` without a function`, span)
  const { parts, options } = partsOf(
    call,
    given.filter(arg => arg !== forward),
  )
  const names = parts.map(part => argument(part, 0))
  const head = argument(forward, 0)
  const inputs = isTree(head, 'tuple') ? head.args : [head]
  const all = identifier('#parts', span)
  const body = withReturns(argument(forward, 1), y => called('Returned', [y, byName(names, y.span)], y.span))
  // Their own variables: those of the `let` around the function have the same names.
  const opened = names.length > 0 ? [tree('local', names, span), tree('=', [byName(names, span), all], span, 'infix')] : []
  const f = tree('->', [tree('tuple', [all, ...inputs], span, 'prefix', 'p'), tree('block', [...opened, body], span)], span, 'infix')
  const text = tree('string', [{ kind: 'String', value: bodyText(forward), span }], span)
  const count = tree('call', [identifier('Val', span), { kind: 'Integer', value: BigInt(inputs.length), span }], span)
  const layer = called('compact_layer', [f, byName(names, span), count, text, tree('parameters', options, span)], span)
  return tree('let', [tree('block', parts, span), tree('block', [layer], span)], span)
}

/** What the function does, as the layer is printed. */
function bodyText(forward: Tree): string {
  return printNode(forward).replace(/@return/g, 'return')
}

const COMPACT: Macro = { kind: 'rewrite', rewrite: compact }

function marked(name: string): Macro {
  return {
    kind: 'rewrite',
    rewrite: call => called(name, call.args.length === 1 ? call.args : unsupported(`This form of \`@${call.name}\``, call.span), call.span),
  }
}

export const LUX_MACROS: Readonly<Record<string, Macro>> = {
  compact: COMPACT,
  non_trainable: marked('NonTrainable'),
  init_fn: {
    kind: 'rewrite',
    rewrite: call => {
      const [f, kind] = call.args
      if (!f) return unsupported(`\`@${call.name}\` without a function`, call.span)
      return called(kind && printNode(kind) === ':state' ? 'InitialState' : 'InitialParameter', [f], call.span)
    },
  },
}

/** `@SVector [a, b]`, `@SMatrix zeros(2, 2)`, `@MArray [f(i) for i in 1:3]`: static arrays from what would make another array. */
import type { Span } from '../../../../diagnostics/source.ts'
import type { Node, Tree } from '../../../1-syntax/ast.ts'
import { argument, identifier, isIdentifier, isTree, tree, unparen, unsupported } from '../shapes.ts'
import type { Macro, MacroCall } from './macro.ts'

/** A name of the module, whatever the program has imported of it. */
function member(name: string, span: Span): Node {
  const module = tree('.', [identifier('Base', span), identifier('StaticArrays', span)], span)
  return tree('.', [module, identifier(name, span)], span)
}

function call(callee: Node, args: readonly Node[], span: Span): Node {
  return tree('call', [callee, ...args], span)
}

/** `Literal{SArray, T}`, as the type of the elements of a typed array: it makes static ones. */
function literal(kind: Node, element: Node | null, span: Span): Node {
  return tree('curly', [member('Literal', span), kind, element ?? identifier('Nothing', span)], span)
}

function comprehended(kind: Node, element: Node | null, generator: Tree, name: string, span: Span): Node {
  const [body, iteration, ...others] = generator.args
  if (!body || !isTree(iteration, 'iteration') || others.length > 0) return unsupported(`This form of comprehension in \`@${name}\``, span)
  const loops = iteration.args.map(loop => (isTree(loop, 'in') ? loop : unsupported('This form of loop', loop.span)))
  const targets = loops.map(loop => argument(loop, 0))
  const each = tree('->', [tree('tuple', targets, span, 'prefix', 'p'), body], span)
  const ranges = loops.map(loop => argument(loop, 1))
  return call(member('comprehended', span), [literal(kind, element, span), each, ...ranges], span)
}

/** What is filled by a function that is told the type of the array: `zeros(SArray{Tuple{3}})`. */
const FILLS: ReadonlySet<string> = new Set(['zeros', 'ones', 'rand', 'randn', 'randexp', 'fill'])

function filled(kind: Node, { name, span }: MacroCall, node: Tree): Node {
  const [callee, ...args] = node.args
  if (!isIdentifier(callee) || !FILLS.has(callee.name)) return unsupported(`This function in \`@${name}\``, node.span)
  const isFill = callee.name === 'fill'
  const rank = name.endsWith('Vector') ? 1 : name.endsWith('Matrix') ? 2 : null
  const isTyped = !isFill && (rank === null ? args[0]?.kind !== 'Integer' : args.length > rank)
  const dims = isFill || isTyped ? args.slice(1) : args
  if (dims.length === 0 || (rank !== null && dims.length !== rank)) return unsupported(`This number of sizes in \`@${name}\``, node.span)
  const size = tree('curly', [identifier('Tuple', span), ...dims], span)
  const type = tree('curly', [kind, size, ...(isTyped ? args.slice(0, 1) : [])], span)
  return call(callee, isFill ? [args[0]!, type] : [type], span)
}

const TYPED: Readonly<Record<string, 'typed_hcat' | 'typed_vcat' | 'typed_ncat'>> = {
  hcat: 'typed_hcat',
  vcat: 'typed_vcat',
  ncat: 'typed_ncat',
}

function staticArray(of: 'SArray' | 'MArray'): Macro {
  return {
    kind: 'rewrite',
    rewrite: macro => {
      const { name, span } = macro
      const node = macro.args[0] && unparen(macro.args[0])
      if (!node || !('args' in node)) return unsupported(`This form of \`@${name}\``, span)
      const kind = member(of, span)
      switch (node.kind) {
        case 'vect':
          return tree('ref', [literal(kind, null, span), ...node.args], node.span)
        case 'ref':
          return tree('ref', [literal(kind, node.args[0]!, span), ...node.args.slice(1)], node.span)
        case 'hcat':
        case 'vcat':
        case 'ncat':
          return { ...node, kind: TYPED[node.kind]!, args: [literal(kind, null, span), ...node.args] }
        case 'typed_hcat':
        case 'typed_vcat':
        case 'typed_ncat':
          return { ...node, args: [literal(kind, node.args[0]!, span), ...node.args.slice(1)] }
        case 'comprehension':
          return comprehended(kind, null, node.args[0] as Tree, name, span)
        case 'typed_comprehension':
          return comprehended(kind, node.args[0]!, node.args[1] as Tree, name, span)
        case 'call':
          return filled(kind, macro, node)
        default:
          return unsupported(`This form of \`@${name}\``, span)
      }
    },
  }
}

const S = staticArray('SArray')
const M = staticArray('MArray')
export const STATIC_ARRAY_MACROS: Readonly<Record<string, Macro>> = { SVector: S, SMatrix: S, SArray: S, MVector: M, MMatrix: M, MArray: M }

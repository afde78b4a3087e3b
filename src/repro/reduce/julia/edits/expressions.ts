/** Edits that put a smaller expression in the place of a larger one. */
import { isTreeOf, type Node, type Tree } from '../../../../engine/index.ts'
import type { Edit } from '../../language.ts'
import { type Patch, patch, replace } from '../../patch.ts'
import { brief } from '../brief.ts'
import { without } from '../functions.ts'
import type { Observations } from '../observations.ts'
import type { JuliaProgram } from '../program.ts'
import { directValues, valuesIn } from '../values.ts'
import { places } from '../walk.ts'

/** How far down the parts are looked for that may take the place of the whole. */
const DEPTH = 2

/** Values inside of a value, nearest first, none of them inside a function of its own. */
function partsOf(node: Node, depth: number): Node[] {
  if (depth === 0 || !('args' in node) || isTreeOf(node, '->', 'function', 'do')) return []
  const direct = directValues(node).flatMap(place => (place.role === 'callee' ? [] : [place.node]))
  return [...direct, ...direct.flatMap(inner => partsOf(inner, depth - 1))]
}

/** `f(g(x), y)` becomes `g(x)`, `y` or `x`, where those were seen to be of the same sort, or nothing was seen, or the value goes nowhere. */
export function hoist(observations: Observations): Edit<JuliaProgram> {
  return {
    id: 'hoist',
    list: 'main',
    together: 1,
    patches: async (program, originOf) => {
      const { tree, names } = program
      const seen = await observations.of(program, originOf)
      const callees = new Set(
        places(tree)
          .flatMap(({ node }) => (isTreeOf(node, 'call', 'dotcall') && node.form === 'prefix' ? [node.args[0]!] : []))
          .map(brief),
      )
      // Of the library, functions and types say nothing of the value that they stand beside; nor do literals, but for those of sums.
      const isVariable = (node: Node, outer: Node) => {
        if (node.kind === 'Identifier')
          return (
            !names.functions.has(node.name) && (!names.library.has(node.name) || (/^\p{Ll}/u.test(node.name) && !callees.has(node.name)))
          )
        return 'args' in node || (isTreeOf(outer, 'call', 'dotcall') && outer.form === 'infix')
      }
      const isAlike = (outer: Node, inner: Node) => {
        const [a, b] = [seen(outer), seen(inner)]
        return a === null || b === null || a.sort === b.sort
      }
      return valuesIn(tree).flatMap(({ node, role }) =>
        role === 'callee' || !('args' in node)
          ? []
          : partsOf(node, DEPTH)
              .filter(inner => isVariable(inner, node) && (role === 'statement' || isAlike(node, inner)))
              .map(inner => patch(`\`${brief(inner)}\` in place of \`${brief(node)}\``, replace(node.span, '(', inner.span, ')'))),
      )
    },
  }
}

/** Lists of which any element may go: arguments, elements, rows, keywords, further operands. */
function lists(node: Tree): readonly Node[][] {
  switch (node.kind) {
    case 'call':
    case 'dotcall':
      if (node.form === 'infix') return node.args.length > 3 ? [node.args.slice(2)] : []
      return node.form === 'prefix' ? [node.args.slice(1).filter(arg => !isTreeOf(arg, 'do'))] : []
    case 'vect':
    case 'tuple':
    case 'hcat':
    case 'vcat':
    case 'row':
    case 'parameters':
    case 'curly':
    case 'braces':
    case 'using':
    case 'import':
    case 'iteration':
      return [[...node.args.slice(node.kind === 'curly' ? 1 : 0)]]
    case 'ref':
      return node.args.length > 2 ? [node.args.slice(1)] : []
    case ':':
      return node.args.length > 2 ? [node.args.slice(1)] : []
    default:
      return []
  }
}

/** One argument, element or operand less; signatures are not touched. */
export const dropElement: Edit<JuliaProgram> = {
  id: 'drop-element',
  list: 'main',
  together: 4,
  *patches({ tree }): Generator<Patch> {
    for (const { node, parent, index } of places(tree)) {
      if (!('args' in node)) continue
      // Of a signature the parameters go with the arguments of the calls.
      if (index === 0 && isTreeOf(parent ?? undefined, 'function', '->', 'do', 'where', '::', 'macro')) continue
      for (const list of lists(node))
        for (const [i, item] of list.entries()) yield patch(`drop \`${brief(item)}\` from \`${brief(node)}\``, without(list, i))
    }
  },
}

/** `f((a, b)...)` becomes `f(a, b)`. */
export const dropSplat: Edit<JuliaProgram> = {
  id: 'drop-splat',
  list: 'main',
  together: 2,
  *patches({ tree }): Generator<Patch> {
    for (const { node } of places(tree)) {
      const inner = isTreeOf(node, '...') ? node.args[0] : undefined
      const held = isTreeOf(inner, 'parens') ? inner.args[0] : inner
      if (!isTreeOf(held, 'tuple', 'vect') || held.args.length === 0 || held.args.some(arg => isTreeOf(arg, 'parameters', '='))) continue
      const list = held.args.flatMap((arg, i) => (i === 0 ? [arg.span] : [', ', arg.span]))
      yield patch(`the elements of \`${brief(held)}\``, replace(node.span, ...list))
    }
  },
}

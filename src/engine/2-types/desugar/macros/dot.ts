/** `@. ex`: a dot on every call, operator and assignment, but those under `$`. */
import type { Node, Tree } from '../../../1-syntax/ast.ts'
import { argument, callParts, isIdentifier, isKeyword, isTree, tree, unsupported } from '../shapes.ts'
import type { Macro } from './macro.ts'

const DOTTED_KINDS = { '=': '.=', 'op=': '.op=', '&&': '.&&', '||': '.||' } as const

export function dotted(node: Node): Node {
  if (!('args' in node)) return node
  switch (node.kind) {
    case '$':
      return argument(node, 0)
    case 'call':
      return dottedCall(node)
    case 'dotcall':
      return dottedCall(node)
    case '=':
    case 'op=':
    case '&&':
    case '||':
      return {
        ...node,
        kind: DOTTED_KINDS[node.kind],
        args: node.args.map((arg, at) => (node.kind === 'op=' && at === 1 ? arg : dotted(arg))),
      }
    case 'juxtapose':
      return node.args
        .map(dotted)
        .reduce((left, right) =>
          tree('dotcall', [left, { kind: 'Identifier', name: '*', raw: false, span: node.span }, right], node.span, 'infix'),
        )
    case 'comparison':
      return {
        ...node,
        args: node.args.map((arg, at) => (at % 2 === 0 ? dotted(arg) : isTree(arg, '.') ? arg : tree('.', [arg], arg.span))),
      }
    case 'function':
      return { ...node, args: [argument(node, 0), ...node.args.slice(1).map(dotted)] }
    case '->':
      return { ...node, args: [argument(node, 0), dotted(argument(node, 1))] }
    case 'for':
      return { ...node, args: [argument(node, 0), dotted(argument(node, 1))] }
    case 'let':
      return { ...node, args: [argument(node, 0), dotted(argument(node, 1))] }
    case 'quote':
    case '.':
    case 'curly':
    case '::':
    case 'string':
    case 'ref':
    case 'where':
      return node.kind === 'ref' ? { ...node, args: node.args.map(dotted) } : node.kind === '.' ? dottedProperty(node) : node
    case 'tuple':
      return {
        ...node,
        args: node.args.map(arg => (isKeyword(arg) ? { ...arg, args: [argument(arg, 0), dotted(argument(arg, 1))] } : dotted(arg))),
      }
    default:
      return { ...node, args: node.args.map(dotted) }
  }
}

function dottedProperty(node: Tree): Node {
  return node.args.length === 2 ? { ...node, args: [dotted(argument(node, 0)), argument(node, 1)] } : node
}

/** A call gets its dot unless its callee is `:`, or interpolated with `$`. */
function dottedCall(node: Tree): Node {
  const { callee } = callParts(node)
  const kept = isTree(callee, '$') || isIdentifier(callee, ':')
  const args = node.args.map(arg => {
    if (arg === callee) return isTree(callee, '$') ? argument(callee, 0) : callee
    if (isKeyword(arg)) return { ...arg, args: [argument(arg, 0), dotted(argument(arg, 1))] }
    return dotted(arg)
  })
  return { ...node, kind: kept ? node.kind : 'dotcall', args }
}

export const DOT_MACRO: Macro = {
  kind: 'rewrite',
  rewrite: call => (call.args.length === 1 ? dotted(call.args[0]!) : unsupported('`@.` on more than one expression', call.span)),
}

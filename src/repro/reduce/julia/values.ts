/** The places of a program where an expression stands for its value, so that another expression may stand there. */
import { isTreeOf, type Node, type Tree } from '../../../engine/index.ts'

export interface ValuePlace {
  readonly node: Node
  readonly parent: Tree
  /** How the value is used. */
  readonly role: 'statement' | 'callee' | 'argument' | 'part'
}

/** Declarations have no value of interest. */
const NO_VALUE = ['using', 'import', 'export', 'public', 'abstract', 'primitive', 'quote', 'macro', 'break', 'continue'] as const

export function valuesIn(node: Node, into: ValuePlace[] = []): readonly ValuePlace[] {
  for (const { child, role } of childrenOf(node)) {
    if (isValue(child, role)) into.push({ node: child, parent: node as Tree, role })
    valuesIn(child, into)
  }
  return into
}

/** Its own parts alone. */
export function directValues(node: Node): readonly ValuePlace[] {
  return childrenOf(node).flatMap(({ child, role }) => (isValue(child, role) ? [{ node: child, parent: node as Tree, role }] : []))
}

function childrenOf(node: Node): readonly { readonly child: Node; readonly role: Child['role'] }[] {
  if (!('args' in node) || isTreeOf(node, ...NO_VALUE)) return []
  return valueChildren(node).flatMap(({ child, role }) => (child ? [{ child, role }] : []))
}

interface Child {
  readonly child: Node | undefined
  /** Null: no value itself, but there are values inside. */
  readonly role: ValuePlace['role'] | null
}

function isValue(child: Node, role: Child['role']): role is ValuePlace['role'] {
  return role !== null && !isTreeOf(child, 'block', ...NO_VALUE)
}

const inside = (child: Node | undefined): Child => ({ child, role: null })
const part = (child: Node | undefined): Child => ({ child, role: 'part' })

function valueChildren(node: Tree): readonly Child[] {
  const { args } = node
  switch (node.kind) {
    case 'toplevel':
    case 'block':
      return args.map(child => ({
        child,
        role: isTreeOf(child, 'function', 'struct', 'module', 'doc', '=', 'const', 'global', 'local') ? null : 'statement',
      }))
    case 'function':
    case '->':
    case 'do':
      return isTreeOf(args[1], 'block') ? [inside(args[1])] : [part(args[1])]
    case 'call':
    case 'dotcall':
      if (node.form === 'infix') return args.flatMap((child, i): Child[] => (i === 1 ? [] : [part(child)]))
      if (node.form === 'postfix-op') return [part(args[0])]
      return [
        ...(node.form === 'prefix-op' ? [] : [{ child: args[0], role: 'callee' } as const]),
        ...args
          .slice(1)
          .map(
            (child): Child => (isTreeOf(child, '=', 'parameters', 'do', '...', 'generator') ? inside(child) : { child, role: 'argument' }),
          ),
      ]
    case '=':
    case '.=':
      return isTreeOf(args[0], 'ref', '.') ? [inside(args[0]), part(args[1])] : [part(args[1])]
    case 'op=':
    case '.op=':
      return [inside(args[0]), part(args[2])]
    case 'comparison':
      return args.flatMap((child, i) => (i % 2 === 0 ? [part(child)] : []))
    case '::':
      return node.form === 'prefix-op' ? [] : [part(args[0])]
    case '.':
      return args.length === 2 ? [part(args[0])] : []
    case 'in':
      return [part(args[1])]
    case 'if':
    case 'elseif':
    case 'while':
      return [part(args[0]), ...args.slice(1).map(inside)]
    case 'macrocall':
      return args.slice(1).map(child => (isTreeOf(child, 'block', 'function', '=', 'struct') ? inside(child) : part(child)))
    case 'typed_comprehension':
    case 'typed_hcat':
    case 'typed_vcat':
    case 'typed_ncat':
      return args.slice(1).map(child => (isTreeOf(child, 'generator', 'row', 'nrow') ? inside(child) : part(child)))
    case 'struct':
    case 'curly':
    case 'where':
      return []
    case 'string':
    case 'cmdstring':
      return args.flatMap(child => (child.kind === 'String' ? [] : [part(child)]))
    case 'module':
      return [inside(args[1])]
    case 'catch':
      return [inside(args.at(-1))]
    case 'for':
    case 'let':
    case 'try':
    case 'else':
    case 'finally':
    case 'iteration':
    case 'parameters':
    case 'comprehension':
    case 'const':
    case 'global':
    case 'local':
    case 'doc':
      return args.map(inside)
    default:
      return args.map(child =>
        isTreeOf(child, 'generator', 'iteration', 'filter', 'row', 'nrow', 'parameters', '=', '...') ? inside(child) : part(child),
      )
  }
}

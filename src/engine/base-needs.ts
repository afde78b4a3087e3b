/**
 * Which types of Base a call of a method has a value of. While nobody has looked the name of a type up, there is no value of it, nor of a
 * subtype; so no call reaches a method that needs one, and the method need not be defined yet.
 */
import type { Node } from './1-syntax/ast.ts'
import { isTree, nameOf, typeName } from './base-names.ts'

/** `Real|Complex Type`: of each word, one name at least must have been looked up. A text, since a startup image has thousands. */
export type Needs = string

/** The first of them that is not met. */
export function missing(needs: Needs, isSeen: (type: string) => boolean): readonly string[] | undefined {
  if (needs === '') return undefined
  return needs
    .split(' ')
    .map(word => word.split('|'))
    .find(names => !names.some(isSeen))
}

export interface TypeNames {
  /** Names of structs, abstract and primitive types. */
  readonly nominal: Set<string>
  /** What other names stand for; null when that is not plain. */
  readonly aliases: Map<string, Node | null>
}

/** `X` of `const T = X` and `const T{A} = X`. */
export function aliasedType(node: Node): Node | null {
  const set = isTree(node, 'const') ? node.args[0]! : node
  return isTree(set, '=') ? set.args[1]! : null
}

/** The type that an alias adds constructors to: `Array` for `Matrix`. */
export function constructedBy(name: string, types: TypeNames): string {
  let at = types.aliases.get(name)
  // Another name of a function says nothing of a function with that name in another module.
  if (at?.kind === 'Identifier' && !types.nominal.has(at.name) && !types.aliases.has(at.name)) return name
  while (at && isTree(at, 'curly')) at = at.args[0]!
  return at?.kind === 'Identifier' && at.name !== 'Union' && at.name !== name ? constructedBy(at.name, types) : name
}

export function neededTypes(node: Node, types: TypeNames): Needs {
  return needed(node, types)
    .map(names => [...new Set(names)].join('|'))
    .join(' ')
}

function needed(node: Node, types: TypeNames): readonly (readonly string[])[] {
  if (isTree(node, 'macrocall')) return node.args.flatMap(arg => needed(arg, types))
  if (!isTree(node, 'function')) return []
  const bounds = new Map<string, Node | null>()
  let at: Node = node.args[0]!
  while (isTree(at, 'where', '::', 'parens') && at.args.length > 0) {
    if (isTree(at, 'where')) for (const variable of at.args.slice(1)) addBounds(variable, bounds)
    at = at.args[0]!
  }
  if (!isTree(at, 'call')) return []
  // The callee is one of them when it is an object, or a type that is called.
  const params = at.form === 'infix' ? [at.args[0]!, ...at.args.slice(2)] : at.args
  return params.flatMap(p => {
    const param = isTree(p, 'parens') ? p.args[0]! : p
    const names = isTree(param, '::') ? neededBy(param.args.at(-1)!, bounds, types) : null
    return names ? [names] : []
  })
}

function addBounds(variable: Node, bounds: Map<string, Node | null>): void {
  if (isTree(variable, 'braces')) for (const v of variable.args) addBounds(v, bounds)
  else if (isTree(variable, '<:') && variable.args.length === 2) bounds.set(nameOf(variable.args[0]!), variable.args[1]!)
  else bounds.set(typeName(variable), null)
}

/** A value of this type is a value of one of these; null when there may be other values. */
function neededBy(type: Node, bounds: ReadonlyMap<string, Node | null>, types: TypeNames): readonly string[] | null {
  if (type.kind === 'Identifier') {
    const bound = bounds.get(type.name)
    return bound === undefined ? neededByName(type.name, types) : bound && neededBy(bound, bounds, types)
  }
  if (isTree(type, 'parens')) return neededBy(type.args[0]!, bounds, types)
  if (isTree(type, '.')) return neededByName(nameOf(type), types)
  if (isTree(type, '<:') && type.args.length === 1) return neededBy(type.args[0]!, bounds, types)
  if (!isTree(type, 'curly')) return null
  const [head, ...params] = type.args as readonly [Node, ...Node[]]
  switch (nameOf(head)) {
    // `Type{T}` needs what `T` needs: who has the type has looked it up.
    case 'Type':
      return params.length === 1 ? neededBy(params[0]!, bounds, types) : null
    case 'Union':
      return neededByMembers(params, bounds, types)
    default:
      return neededBy(head, bounds, types)
  }
}

function neededByMembers(members: readonly Node[], bounds: ReadonlyMap<string, Node | null>, types: TypeNames): readonly string[] | null {
  const each = members.map(member => neededBy(member, bounds, types))
  return each.every(names => names !== null) ? each.flat() : null
}

function neededByName(name: string, types: TypeNames): readonly string[] | null {
  const alias = types.aliases.get(name)
  if (types.nominal.has(name)) return alias === undefined ? [name] : null
  return alias && (alias.kind === 'Identifier' || isTree(alias, 'curly', '.')) ? neededBy(alias, new Map(), types) : null
}

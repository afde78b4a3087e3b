/** What a statement of Base defines, and how its syntax is looked at for that. */
import type { Node, Tree, TreeKind } from './1-syntax/ast.ts'

/** Stands for methods like `(::Type{T})(x) where T`, which any constructor call may mean. */
const ANY_CONSTRUCTOR = '#constructor'

export function isTree<K extends TreeKind>(node: Node, ...kinds: readonly K[]): node is Tree & { readonly kind: K } {
  return 'args' in node && (kinds as readonly TreeKind[]).includes(node.kind)
}

export function undocumented(node: Node): Node {
  return isTree(node, 'doc') ? undocumented(node.args[1]!) : node
}

export function nameOf(node: Node): string {
  if (node.kind === 'Identifier' || node.kind === 'MacroName') return node.name
  return 'args' in node && node.args.length > 0 ? nameOf(node.args.at(-1)!) : ''
}

export function isMethod(node: Node): boolean {
  return isTree(node, 'function') || (isTree(node, 'macrocall') && node.args.some(isMethod))
}

export function isNominal(node: Node): boolean {
  return isTree(node, 'struct', 'abstract', 'primitive') || (isTree(node, 'macrocall') && node.args.some(isNominal))
}

export function isOwn(node: Node): boolean {
  if (isTree(node, 'macrocall')) return node.args.some(isOwn)
  if (!isTree(node, 'function')) return false
  let at: Node = node.args[0]!
  while (isTree(at, 'where', '::', 'parens') && at.args.length > 0) at = at.args[0]!
  if (isTree(at, 'call')) at = at.form === 'infix' ? at.args[1]! : at.args[0]!
  return at.kind === 'Identifier' || (isTree(at, 'parens') && at.args[0]!.kind === 'Identifier')
}

export function definedNames(node: Node): string[] {
  if (!('args' in node)) return []
  const [first] = node.args
  switch (node.kind) {
    case 'function':
      return first ? [signatureName(first)] : []
    case '=':
      return first ? targetNames(first) : []
    case 'const':
    case 'global':
      return node.args.flatMap(definedNames)
    case 'struct':
    case 'abstract':
    case 'primitive':
      return first ? [typeName(first)] : []
    case 'macrocall':
      return node.args.slice(1).flatMap(definedNames)
    case 'doc':
      return definedNames(node.args[1]!)
    case 'using':
    case 'import':
      return isTree(first!, ':') ? first.args.slice(1).map(nameOf) : []
    default:
      return []
  }
}

function targetNames(node: Node): string[] {
  if (isTree(node, 'tuple')) return node.args.flatMap(targetNames)
  return [typeName(node)]
}

/** Base name of `T{A} <: S`, `x::T`, `Base.f`. */
export function typeName(node: Node): string {
  if (isTree(node, '<:', 'curly', '::', 'where', 'parens')) return typeName(node.args[0]!)
  return nameOf(node)
}

/** The name a signature extends: of the function, or of the type whose objects are called. */
function signatureName(node: Node): string {
  if (isTree(node, 'where', '::') && node.args.length > 1) return signatureName(node.args[0]!)
  if (isTree(node, 'parens') && isTree(node.args[0]!, 'where', '::', 'call')) return signatureName(node.args[0]!)
  if (!isTree(node, 'call')) return nameOf(node)
  const callee = node.form === 'infix' ? node.args[1]! : node.args[0]!
  return calleeName(callee)
}

function calleeName(callee: Node): string {
  if (isTree(callee, 'parens')) return calleeName(callee.args[0]!)
  if (isTree(callee, 'where')) return calleeName(callee.args[0]!)
  if (!isTree(callee, '::')) return typeName(callee)
  const type = callee.args.at(-1)!
  if (!isTree(type, 'curly') || nameOf(type.args[0]!) !== 'Type') return typeName(type)
  const of = type.args[1]!
  // A lone variable stands for every type.
  return isTree(of, 'curly') ? typeName(of) : ANY_CONSTRUCTOR
}

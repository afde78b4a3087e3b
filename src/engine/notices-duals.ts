/**
 * Programs that can tell ForwardDiff's dual numbers from plain ones are given them: those that name them, and those that keep numbers
 * where only a float fits, for which the package fails.
 */
import type { Node, Tree } from './1-syntax/ast.ts'

const PACKAGE = 'ForwardDiff'
const PARTS = ['Dual', 'value', 'partials']
const FLOATS = ['Float64', 'Float32']

/** Does the program say `ForwardDiff.Dual`, `using ForwardDiff: value` or the like, or does it use the package and store numbers? */
export function noticesDuals(program: Tree): boolean {
  return program.args.some(names) || (mentions(program, isPackage) && mentions(program, stores))
}

function names(node: Node): boolean {
  if (!('args' in node)) return false
  if (node.kind === '.') {
    const [owner, part] = node.args.map(nameOf)
    if (owner && part && (part === 'Dual' || owner === PACKAGE) && PARTS.includes(part)) return true
  }
  if (node.kind === 'using' || node.kind === 'import') return imports(node)
  return node.args.some(names)
}

function imports(node: Tree): boolean {
  return node.args.some(list => {
    if (!('args' in list) || list.kind !== ':') return false
    const [from, ...what] = list.args.map(path => ('args' in path ? path.args.map(nameOf).at(-1) : nameOf(path)))
    return from === PACKAGE && what.some(name => name !== undefined && PARTS.includes(name))
  })
}

function mentions(node: Node, is: (node: Node) => boolean): boolean {
  return is(node) || ('args' in node && node.args.some(arg => mentions(arg, is)))
}

function isPackage(node: Node): boolean {
  const name = nameOf(node)
  return name === PACKAGE || name === `Auto${PACKAGE}`
}

/** An assignment to an element, a call that writes, or the name of a type of floats. */
function stores(node: Node): boolean {
  const name = nameOf(node)
  if (name !== undefined) return FLOATS.includes(name)
  if (!('args' in node)) return false
  const [first] = node.args
  if (first === undefined) return false
  if (node.kind === 'call') return nameOf(first)?.endsWith('!') ?? false
  if (node.kind === 'macrocall') return first.kind === 'MacroName' && first.name === '.' && node.args.some(isAssignment)
  return isAssignment(node) && (node.kind.startsWith('.') || ('args' in first && first.kind === 'ref'))
}

function isAssignment(node: Node): boolean {
  return ['=', 'op=', '.=', '.op='].includes(node.kind)
}

function nameOf(node: Node): string | undefined {
  return node.kind === 'Identifier' ? node.name : undefined
}

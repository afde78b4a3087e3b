/** Programs that name ForwardDiff's dual numbers are given them: only those can tell them from plain numbers. */
import type { Node, Tree } from './1-syntax/ast.ts'

const PACKAGE = 'ForwardDiff'
const PARTS = ['Dual', 'value', 'partials']

/** Does the program say `ForwardDiff.Dual`, `using ForwardDiff: value` or the like? */
export function namesDuals(program: Tree): boolean {
  return program.args.some(names)
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

function nameOf(node: Node): string | undefined {
  return node.kind === 'Identifier' ? node.name : undefined
}

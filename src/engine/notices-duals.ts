/**
 * Programs that can tell ForwardDiff's dual numbers from plain ones are given them: those that name them, those that keep numbers
 * where only a float fits, for which the package fails, and those whose functions print what they are given or count their calls. So are
 * those that name what ReverseDiff tracks.
 */
import type { Node, Tree } from './1-syntax/ast.ts'

const PACKAGE = 'ForwardDiff'
const PARTS = ['Dual', 'value', 'partials']
const FLOATS = ['Float64', 'Float32']
const PRINTS = ['print', 'println', 'show', 'display', 'dump', 'info', 'warn', 'debug']

/** Does the program say `ForwardDiff.Dual`, `using ForwardDiff: value` or the like, or does it use the package and store numbers? */
export function noticesDuals(program: Tree): boolean {
  return program.args.some(names) || (mentions(program, isPackage) && (mentions(program, stores) || looks(program, [])))
}

const TRACKED = ['TrackedReal', 'TrackedArray', 'TrackedVector', 'TrackedMatrix', 'track', 'istracked', 'deriv']

/** The same for what ReverseDiff tracks: does the program name it, or a rule for it? */
export function noticesTracked(program: Tree): boolean {
  return mentions(program, node => nameOf(node) === 'ReverseDiff') && mentions(program, namesTracked)
}

function namesTracked(node: Node): boolean {
  const name = nameOf(node)
  if (name !== undefined) return TRACKED.includes(name)
  if (node.kind === 'MacroName' && 'name' in node) return node.name === 'grad' || node.name === 'grad_from_chainrules'
  if (!('args' in node) || node.kind !== '.') return false
  const [owner, part] = node.args.map(nameOf)
  return owner === 'ReverseDiff' && part === 'value'
}

/** Does a function print one of its arguments, or assign to a global variable? */
function looks(node: Node, given: readonly string[]): boolean {
  if (!('args' in node)) return false
  const [first, second] = node.args
  if (['function', '->', 'do'].includes(node.kind) && first && second) return looks(second, identifiers(first))
  if (node.kind === 'global' && given.length > 0 && node.args.some(isAssignment)) return true
  const what = first && (first.kind === 'MacroName' ? first.name : nameOf(first))
  const prints = what !== undefined && ['call', 'macrocall'].includes(node.kind) && PRINTS.includes(what)
  return (prints && identifiers(node).some(name => given.includes(name))) || node.args.some(arg => looks(arg, given))
}

function identifiers(node: Node): string[] {
  if (!('args' in node)) return node.kind === 'Identifier' ? [node.name] : []
  return node.args.flatMap(identifiers)
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

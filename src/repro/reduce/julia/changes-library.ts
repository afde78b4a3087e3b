/** Does a program change what it shares with others in one session: methods of the library for types of the library? */
import { isTreeOf, type Node } from '../../../engine/index.ts'
import { type JuliaProgram, readJulia } from './program.ts'
import { places } from './walk.ts'

/** The callee of a signature. */
function callee(node: Node | undefined): Node | undefined {
  if (isTreeOf(node, 'call')) return node.form === 'infix' ? node.args[1] : node.args[0]
  return isTreeOf(node, 'where', '::', 'parens') ? callee(node.args[0]) : undefined
}

/** Names that `import A: f` makes methods of. */
function imported({ tree }: JuliaProgram): Set<string> {
  const names = new Set<string>()
  for (const { node } of places(tree)) {
    const list = isTreeOf(node, 'import') && isTreeOf(node.args[0], ':') ? node.args[0].args.slice(1) : []
    for (const item of list) for (const { node: at } of places(item)) if (at.kind === 'Identifier') names.add(at.name)
  }
  return names
}

/** Is there a name of the program in the types of a signature? Then no other program has use for the method. */
function isOwn(signature: Node, names: ReadonlySet<string>): boolean {
  for (const { node } of places(signature)) {
    const type = isTreeOf(node, '::') ? node.args.at(-1) : undefined
    if (type && places(type).some(({ node: at }) => at.kind === 'Identifier' && names.has(at.name))) return true
  }
  return false
}

/** At sight: a method of the library for types that are not the program's own. */
export function changesLibrary(text: string): boolean {
  const program = readJulia(text)?.program
  if (!program) return true
  const { tree, names } = program
  const methods = imported(program)
  for (const { node } of places(tree)) {
    if (!isTreeOf(node, 'function')) continue
    const name = callee(node.args[0])
    const isOfLibrary = isTreeOf(name, '.') || (name?.kind === 'Identifier' && methods.has(name.name))
    if (isOfLibrary && !isOwn(node.args[0]!, names.functions)) return true
  }
  return false
}

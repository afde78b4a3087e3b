/** Does a program change what it shares with others in one session: methods of the library for types of the library, random streams? */
import { isTreeOf, type Node } from '../../../engine/index.ts'
import { readJulia } from './program.ts'
import { places } from './walk.ts'

/** The callee of a signature. */
function callee(node: Node | undefined): Node | undefined {
  if (isTreeOf(node, 'call')) return node.form === 'infix' ? node.args[1] : node.args[0]
  return isTreeOf(node, 'where', '::', 'parens') ? callee(node.args[0]) : undefined
}

/** At sight: a method under a qualified name, an import of single names, or anything random. */
export function changesLibrary(text: string): boolean {
  const tree = readJulia(text)?.program.tree
  if (!tree) return true
  for (const { node } of places(tree)) {
    if (node.kind === 'Identifier' && /^(?:rand|randn|randexp|shuffle|Random)\b/.test(node.name)) return true
    if (isTreeOf(node, 'function') && isTreeOf(callee(node.args[0]), '.')) return true
    if (isTreeOf(node, 'import') && isTreeOf(node.args[0], ':')) return true
  }
  return false
}

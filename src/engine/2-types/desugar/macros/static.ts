/** `@static`: the branch that holds on this version and system, chosen when the program is read. */
import type { Node } from '../../../1-syntax/ast.ts'
import { argument, callParts, identifier, isIdentifier, isTree, unparen, unsupported } from '../shapes.ts'
import { foldVersionTest } from '../versions.ts'
import type { Macro } from './macro.ts'

/** The value of a condition of literals, versions and `Sys.` predicates. */
function decide(node: Node): boolean {
  const test = unparen(node)
  if (test.kind === 'Bool') return test.value
  const version = foldVersionTest(test)
  if (version !== null) return version
  if (isTree(test, '&&')) return decide(argument(test, 0)) && decide(argument(test, 1))
  if (isTree(test, '||')) return decide(argument(test, 0)) || decide(argument(test, 1))
  if (isTree(test, 'call') && isIdentifier(callParts(test).callee, '!')) return !decide(callParts(test).args[0]!)
  return unsupported('This condition of `@static`', node.span)
}

function chosen(node: Node): Node {
  const nothing = identifier('nothing', node.span)
  const inner = unparen(node)
  if (isTree(inner, 'if', 'elseif', '?')) {
    if (decide(argument(inner, 0))) return argument(inner, 1)
    const other = inner.args[2]
    if (!other) return nothing
    return isTree(other, 'elseif') ? chosen(other) : other
  }
  if (isTree(inner, '&&')) return decide(argument(inner, 0)) ? argument(inner, 1) : { kind: 'Bool', value: false, span: node.span }
  if (isTree(inner, '||')) return decide(argument(inner, 0)) ? { kind: 'Bool', value: true, span: node.span } : argument(inner, 1)
  return unsupported('This form of `@static`', node.span)
}

export const STATIC_MACRO: Macro = { kind: 'rewrite', rewrite: call => chosen(argument(call.node, 1)) }

/** `@static`: the branch that holds, chosen when the macro is expanded. */
import type { Node } from '../../../1-syntax/ast.ts'
import { boolLiteral } from '../build.ts'
import { topLevelScope, type Unit } from '../scope.ts'
import { argument, callParts, identifier, isIdentifier, isTree, unparen, unsupported } from '../shapes.ts'
import { foldVersionTest } from '../versions.ts'
import { allArguments, type Macro } from './macro.ts'

/** The value of a condition; of versions and `Sys.` predicates without running anything. */
function decide(unit: Unit, node: Node): boolean {
  const test = unparen(node)
  if (test.kind === 'Bool') return test.value
  const version = foldVersionTest(test)
  if (version !== null) return version
  if (isTree(test, '&&')) return decide(unit, argument(test, 0)) && decide(unit, argument(test, 1))
  if (isTree(test, '||')) return decide(unit, argument(test, 0)) || decide(unit, argument(test, 1))
  if (isTree(test, 'call') && isIdentifier(callParts(test).callee, '!')) return !decide(unit, callParts(test).args[0]!)
  const scope = topLevelScope(unit)
  const body = unit.lower(scope, test)
  const found = unit.macros.run({ locals: scope.frame.locals, body, captures: [] })
  if (found.kind === 'bool') return found.value
  return unsupported('A condition of `@static` that is no Bool', node.span)
}

function chosen(unit: Unit, node: Node): Node {
  const nothing = identifier('nothing', node.span)
  const inner = unparen(node)
  if (isTree(inner, 'if', 'elseif', '?')) {
    if (decide(unit, argument(inner, 0))) return argument(inner, 1)
    const other = inner.args[2]
    if (!other) return nothing
    return isTree(other, 'elseif') ? chosen(unit, other) : other
  }
  if (isTree(inner, '&&')) return decide(unit, argument(inner, 0)) ? argument(inner, 1) : { kind: 'Bool', value: false, span: node.span }
  if (isTree(inner, '||')) return decide(unit, argument(inner, 0)) ? { kind: 'Bool', value: true, span: node.span } : argument(inner, 1)
  return unsupported('This form of `@static`', node.span)
}

export const STATIC_MACRO: Macro = { kind: 'rewrite', rewrite: (call, unit) => chosen(unit, argument(call.node, 1)) }

/** `if @generated`: the other branch does the same. Before a function it says what that is, and is no call. */
export const GENERATED: Macro = {
  kind: 'code',
  scoped: allArguments,
  lower: (_scope, { args, span }) =>
    args.length === 0 ? boolLiteral(false, span) : unsupported('`@generated` before what is no function', span),
}

/** Quoted code as a value: symbols and literals as they are, expressions built from data when the program runs. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import type { Arg, Core } from '../core.ts'
import { baseMember, stringLiteral, symbolLiteral } from './build.ts'
import { formOf, formText } from './expr-form.ts'
import type { Form } from './form.ts'
import type { Scope } from './scope.ts'
import { argument, isTree, unparen } from './shapes.ts'

export function lowerQuote(scope: Scope, node: Tree): Core {
  const inner = unparen(argument(node, 0))
  const holes: Node[] = []
  const form = formOf(isTree(inner, 'parens') ? argument(inner, 0) : inner, holes)
  return builtForm(scope, form, holes, node.span)
}

/** Code that makes the value a form stands for, with what the holes hold put in. */
export function builtForm(scope: Scope, form: Form, holes: readonly Node[], span: Span): Core {
  if (form.kind === 'symbol' && form.name !== 'nothing') return symbolLiteral(form.name, span)
  if (form.kind === 'hole' && !form.splat) return scope.unit.lower(scope, holes[form.index]!)
  const args: Arg[] = [{ value: stringLiteral(formText(form), span), splat: false }]
  for (const hole of holes) args.push({ value: scope.unit.lower(scope, hole), splat: false })
  return { kind: 'call', callee: baseMember('Intrinsics', 'expr_build', span), args, kwargs: [], span }
}

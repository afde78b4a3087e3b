/** AbstractDifferentiation: `@primitive function jacobian(ab::Backend, f, xs...) … end` says what a backend does itself; the rest of the operators follow. */
import type { Node } from '../../../1-syntax/ast.ts'
import { parseProgram } from '../../../1-syntax/parse.ts'
import { printNode } from '../../../1-syntax/print.ts'
import { argument, callParts, isTree, tree, unparen, unsupported } from '../shapes.ts'
import type { Macro, MacroCall } from './macro.ts'

/** By the primitive: the operator that is made of it, as a call of the library. */
const JACOBIANS: Readonly<Record<string, (backend: string, f: string, xs: string) => string>> = {
  pushforward_function: (ab, f, xs) =>
    `jacobian_by_pushforward(Base.AbstractDifferentiation.pushforward_function(${ab}, ${f}, ${xs}), (${xs},))`,
  pullback_function: (ab, f, xs) => `jacobian_by_pullback(${f}(${xs}), Base.AbstractDifferentiation.pullback_function(${ab}, ${f}, ${xs}))`,
  value_and_pullback_function: (ab, f, xs) =>
    `jacobian_by_pullback(Base.AbstractDifferentiation.value_and_pullback_function(${ab}, ${f}, ${xs})...)`,
}
const ALONE: readonly string[] = ['jacobian', 'primal_value']

export const PRIMITIVE: Macro = { kind: 'rewrite', rewrite: primitive }

function primitive(call: MacroCall): Node {
  const [definition] = call.args
  if (!isTree(definition, 'function') || definition.args.length < 2) return unsupported('This form of `@primitive`', call.span)
  const [head, body] = [argument(definition, 0), argument(definition, 1)]
  if (!isTree(head, 'call')) return unsupported('This form of `@primitive`', head.span)
  const { callee, args } = callParts(head)
  const name = printNode(unparen(callee)).replace(/^.*\./, '')
  const jacobian = Object.hasOwn(JACOBIANS, name) ? JACOBIANS[name] : null
  if (!jacobian && !ALONE.includes(name)) return unsupported(`\`@primitive\` for \`${name}\``, head.span)
  const params = args.map(node => printNode(node)).join(', ')
  const method = `function Base.AbstractDifferentiation.${name}(${params})\n${printNode(body)}\nend`
  if (!jacobian) return parsed(call, [method])
  const [ab, f, xs] = args.map(node => printNode(node).replace(/::.*?(\.\.\.)?$/s, '$1'))
  if (!ab || !f || !xs || args.length !== 3) return unsupported('This form of `@primitive`', head.span)
  return parsed(call, [method, `Base.AbstractDifferentiation.jacobian(${params}) = Base.AbstractDifferentiation.${jacobian(ab, f, xs)}`])
}

function parsed(call: MacroCall, methods: readonly string[]): Node {
  return tree('block', parseProgram({ name: '@primitive', text: [...methods, 'nothing'].join('\n') }).args, call.span)
}

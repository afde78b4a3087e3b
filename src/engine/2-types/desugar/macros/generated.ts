/**
 * `@generated`: a function whose body gives the code for the types of its arguments. The body becomes a function of types, and calls run the code
 * that it gave for theirs, made when they first come.
 */
import type { Node } from '../../../1-syntax/ast.ts'
import { functionDefinition, identifier, isIdentifier, isTree, tree, unsupported } from '../shapes.ts'
import type { Macro, MacroCall } from './macro.ts'

export const GENERATED: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const [node] = call.args
    // `if @generated … else … end`: the code that needs no types will do.
    if (!node) return { kind: 'Bool', value: false, span: call.span }
    return generated(call, node)
  },
}

function generated({ span }: MacroCall, node: Node): Node {
  const found = functionDefinition(node)
  const body = found?.body
  const callee = found?.signature.callee
  if (!found || !body || !callee || found.signature.keywords.length > 0) return unsupported('This form of `@generated`', span)
  const { params: written, wheres } = found.signature
  const names: Node[] = []
  const types: Node[] = []
  const values: Node[] = []
  const params = written.map((param, i) => {
    const isRest = isTree(param, '...')
    const one = isRest ? param.args[0]! : param
    if (isTree(one, '=')) return unsupported('This form of `@generated`', param.span)
    const isTyped = isTree(one, '::')
    const named = isTyped ? (one.args.length > 1 ? one.args[0]! : null) : one
    const name = named && isIdentifier(named) ? named : identifier(`#arg${i}`, param.span)
    names.push(name)
    types.push(isRest ? called('map', [library('Typeof', name), name], name) : called('Typeof', [name], name))
    values.push(name)
    const typed = isTyped ? tree('::', [name, one.args.at(-1)!], one.span, 'infix') : name
    return isRest ? tree('...', [typed], param.span) : typed
  })
  const statics = wheres.map(variable => {
    const name = isTree(variable, '<:', '>:') ? variable.args[0]! : variable
    return isIdentifier(name) ? name : unsupported('This form of `@generated`', variable.span)
  })
  const generator = identifier(`#generator#${span.start}`, span)
  const made = tree('function', [tree('call', [generator, ...names, ...statics], span), body], span)
  const list = (items: readonly Node[]) => tree('tuple', items, span, 'prefix', 'p')
  const quoted = [...names, ...statics].map(name => tree('quote', [name], span, 'prefix', ':'))
  const module = tree('macrocall', [{ kind: 'MacroName', name: '__MODULE__', written: 'at', span }], span)
  const run = called('__run_generated', [generator, module, list(quoted), list(types), list(statics), list(values)], body)
  const head = tree('call', [callee, ...params], span)
  const whole = wheres.length > 0 ? tree('where', [head, tree('braces', wheres, span)], span) : head
  return tree('toplevel', [made, tree('function', [whole, tree('block', [run], span)], span)], span)
}

function library(name: string, at: Node): Node {
  return tree('.', [identifier('Base', at.span), identifier(name, at.span)], at.span, 'infix')
}

function called(name: string, args: readonly Node[], at: Node): Node {
  return tree('call', [library(name, at), ...args], at.span)
}

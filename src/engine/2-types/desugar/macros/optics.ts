/** Accessors and Setfield: `@set x.a[i] = v`, `@reset`, `@modify(f, x.a)`, `@insert`, `@delete`, `@optic _.a[end]`, `@lens _.a`. */
import type { Span } from '../../../../diagnostics/source.ts'
import type { Node } from '../../../1-syntax/ast.ts'
import { argument, callParts, identifier, isIdentifier, isTree, quotedName, tree, unparen, unsupported } from '../shapes.ts'
import type { Macro, MacroCall } from './macro.ts'

/** A value and the way from it to its part, from the outside in. */
interface Reference {
  readonly value: Node
  readonly optics: readonly Node[]
}

function member(module: string, name: string, span: Span): Node {
  const path = tree('.', [identifier('Base', span), identifier(module, span)], span)
  return tree('.', [path, identifier(name, span)], span)
}

function called(name: string, args: readonly Node[], span: Span, module = 'Accessors'): Node {
  return tree('call', [member(module, name, span), ...args], span)
}

function referenceOf(node: Node): Reference {
  const { span } = node
  if (isTree(node, 'parens') && node.args.length === 1) return referenceOf(argument(node, 0))
  if (isTree(node, '$')) return { value: unparen(argument(node, 0)), optics: [] }
  if (isTree(node, '.') && node.args.length === 2) return further(argument(node, 0), propertyOf(argument(node, 1)))
  if (isTree(node, 'ref')) return further(argument(node, 0), indexOf(node.args.slice(1), span))
  if (!isTree(node, 'call')) return { value: node, optics: [] }
  const { callee, args, keywords, doBlock } = callParts(node)
  const [first, second] = args
  if (!first || keywords.length > 0 || doBlock) return { value: node, optics: [] }
  if (isIdentifier(callee, '|>') && second) return further(first, ...stepsOf(second))
  if (!second) return further(first, callee)
  if (args.length > 2) return { value: node, optics: [] }
  if (holds(first)) return further(first, tree('call', [fixed('Fix2', span), callee, second], span))
  return holds(second) ? further(second, tree('call', [fixed('Fix1', span), callee, first], span)) : { value: node, optics: [] }
}

function fixed(name: string, span: Span): Node {
  return tree('.', [identifier('Base', span), identifier(name, span)], span)
}

function further(node: Node, ...steps: readonly Node[]): Reference {
  const { value, optics } = referenceOf(node)
  return { value, optics: [...optics, ...steps] }
}

/** What stands after `|>`: an optic, or a reference from `_` on. */
function stepsOf(node: Node): readonly Node[] {
  return holds(node) ? referenceOf(node).optics : [node]
}

/** Does `_` stand for the value here? */
function holds(node: Node): boolean {
  return isIdentifier(node, '_') || ('args' in node && node.args.some(holds))
}

function propertyOf(name: Node): Node {
  const { span } = name
  const symbol = quotedName(name)
  if (symbol === null)
    return isTree(name, '$') ? called('PropertyLens', [unparen(argument(name, 0))], span) : called('PropertyLens', [name], span)
  const type = tree(
    'curly',
    [member('Accessors', 'PropertyLens', span), tree('quote', [identifier(symbol, span)], span, 'prefix', ':')],
    span,
  )
  return tree('call', [type], span)
}

const EVERY: { readonly [index: string]: string } = { '∗': 'Elements', '∗ₚ': 'Properties' }

/** Indices that the value tells (`end`, `begin`, `_`) are a function of it. */
function indexOf(indices: readonly Node[], span: Span): Node {
  const [only] = indices
  if (indices.length === 1 && only?.kind === 'Identifier' && EVERY[only.name]) return called(EVERY[only.name]!, [], span)
  const value = identifier('#value', span)
  const told = indices.map((index, at) => fromValue(index, value, indices.length > 1 ? at + 1 : null))
  const all = (nodes: readonly Node[]) => tree('tuple', nodes, span, 'prefix', 'p')
  if (told.every((node, at) => node === indices[at])) return called('IndexLens', [all(indices)], span)
  return called('DynamicIndexLens', [tree('->', [tree('tuple', [value], span), all(told)], span, 'infix')], span)
}

/** The index with what the value tells in it; the index itself if that is nothing. */
function fromValue(node: Node, value: Node, axis: number | null): Node {
  const { span } = node
  if (node.kind === 'Identifier' && !node.raw && (node.name === 'end' || node.name === 'begin')) {
    const name = identifier(node.name === 'end' ? 'lastindex' : 'firstindex', span)
    const along: readonly Node[] = axis === null ? [] : [{ kind: 'Integer', value: BigInt(axis), span }]
    return tree('call', [tree('.', [identifier('Base', span), name], span), value, ...along], span)
  }
  if (!('args' in node)) return isIdentifier(node, '_') ? value : node
  const inner = isTree(node, 'ref') ? 1 : node.args.length
  const args = node.args.map((arg, at) => (at < inner ? fromValue(arg, value, axis) : arg))
  return args.every((arg, at) => arg === node.args[at]) ? node : { ...node, args }
}

function opticOf(optics: readonly Node[], span: Span): Node {
  return called('opticcompose', optics, span)
}

/** A reference, and what it is set to: `x.a = v`, `x.a += v`, `f(x) = v`. */
function sides(call: MacroCall): { readonly target: Reference; readonly op: Node | null; readonly value: Node } {
  const [given] = call.args
  if (isTree(given, '=', 'function') && given.args.length === 2)
    return { target: referenceOf(argument(given, 0)), op: null, value: argument(given, 1) }
  if (isTree(given, 'op=')) return { target: referenceOf(argument(given, 0)), op: argument(given, 1), value: argument(given, 2) }
  return unsupported(`This form of \`@${call.name}\``, call.span)
}

function changed(call: MacroCall, again: boolean): Node {
  const { span } = call
  const { target, op, value } = sides(call)
  const optic = opticOf(target.optics, span)
  const made = op ? called('updated', [op, target.value, optic, value], span) : called('set', [target.value, optic, value], span)
  return again ? tree('=', [target.value, made], span, 'infix') : made
}

const SET: Macro = { kind: 'rewrite', rewrite: call => changed(call, false) }
const RESET: Macro = { kind: 'rewrite', rewrite: call => changed(call, true) }

const INSERT: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const { target, op, value } = sides(call)
    if (op) return unsupported(`This form of \`@${call.name}\``, call.span)
    return called('insert', [target.value, opticOf(target.optics, call.span), value], call.span)
  },
}

const DELETE: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const { value, optics } = referenceOf(call.args[0] ?? unsupported(`This form of \`@${call.name}\``, call.span))
    return called('delete', [value, opticOf(optics, call.span)], call.span)
  },
}

const MODIFY: Macro = {
  kind: 'rewrite',
  rewrite: ({ args, name, span }) => {
    const doBlock = args.find(arg => isTree(arg, 'do'))
    const given = args.filter(arg => arg !== doBlock)
    const before = doBlock ? [] : given.slice(0, 1)
    const [at, ...rest] = given.slice(before.length)
    if (!at) return unsupported(`This form of \`@${name}\``, span)
    const { value, optics } = referenceOf(at)
    return called('modify', [...before, value, opticOf(optics, span), ...rest, ...(doBlock ? [doBlock] : [])], span)
  },
}

function optic(call: MacroCall): Node {
  const { value, optics } = referenceOf(call.args[0] ?? unsupported(`This form of \`@${call.name}\``, call.span))
  return isIdentifier(value, '_') ? opticOf(optics, call.span) : unsupported(`This form of \`@${call.name}\``, call.span)
}

const OPTIC: Macro = { kind: 'rewrite', rewrite: optic }
const LENS: Macro = { kind: 'rewrite', rewrite: call => called('lens', [optic(call)], call.span, 'Setfield') }

/** `@accessor f(x) = x.a`: the function, and how to set by it. */
const ACCESSOR: Macro = {
  kind: 'rewrite',
  rewrite: ({ args, name, span }) => {
    const [given] = args
    const head = isTree(given, 'function') ? argument(given, 0) : null
    const { callee, args: params } = isTree(head, 'call') ? callParts(head) : { callee: null, args: [] }
    const [param] = params
    if (!given || !isTree(given, 'function') || !callee || !param || params.length > 1)
      return unsupported(`This form of \`@${name}\``, span)
    const value = identifier('#value', span)
    const itself = tree('::', [tree('call', [identifier('typeof', span), callee], span)], span, 'prefix-op')
    const { value: from, optics } = referenceOf(argument(given, 1))
    const setter = tree('call', [member('Accessors', 'set', span), param, itself, value], span)
    return tree(
      'block',
      [given, tree('function', [setter, called('set', [from, opticOf(optics, span), value], span)], span, 'prefix', '=')],
      span,
    )
  },
}

// biome-ignore format: one package a line
export const OPTIC_MACROS: Readonly<Record<string, Macro>> = {
  set: SET, reset: RESET, modify: MODIFY, insert: INSERT, delete: DELETE, optic: OPTIC, o: OPTIC, accessor: ACCESSOR,
  'set!': RESET, lens: LENS,
}

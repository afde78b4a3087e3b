/** `@enum Color red green = 5`: a struct around an integer, its instances as constants, and what Julia defines for them. */
import type { Span } from '../../../../diagnostics/source.ts'
import type { Node, Tree } from '../../../1-syntax/ast.ts'
import { argument, callParts, identifier, isIdentifier, isTree, tree, unparen, unsupported } from '../shapes.ts'
import { macroCall } from './macro.ts'

interface Member {
  readonly name: string
  readonly value: Node
  readonly span: Span
}

/** Syntax that writes small pieces of Julia with one span. */
function writer(span: Span) {
  const name = (text: string): Node => identifier(text, span)
  const text = (value: string): Node => tree('string', [{ kind: 'String', value, span }], span)
  const call = (callee: Node, ...args: Node[]): Tree => tree('call', [callee, ...args], span)
  const infix = (left: Node, operator: string, right: Node): Tree => tree('call', [left, name(operator), right], span, 'infix')
  const typed = (...parts: Node[]): Tree => tree('::', parts, span, parts.length === 1 ? 'prefix-op' : 'infix')
  const method = (head: Tree, body: Node): Tree => tree('function', [head, body], span, 'prefix', '=')
  const choice = (test: Node, then: Node, other: Node): Tree => tree('?', [test, then, other], span)
  const field = (object: Node, property: string): Tree => tree('.', [object, name(property)], span)
  return { name, text, call, infix, typed, method, choice, field }
}

export function enumDefinitions(node: Tree): Node[] {
  const { args, span } = macroCall(node)
  const [head, ...rest] = args
  if (!head) return unsupported('`@enum` without a name', span)
  const typed = isTree(head, '::')
  const type = typed ? argument(head, 0) : head
  const integer = typed ? argument(head, 1) : identifier('Int32', span)
  if (!isIdentifier(type)) return unsupported('This form of `@enum`', head.span)
  const block = rest.length === 1 && isTree(rest[0], 'block') ? rest[0].args : rest
  const members = membersOf(block, span)
  const { name, text, call, infix, typed: annotated, method, choice, field } = writer(span)
  const x = name('x')
  const color = name(type.name)
  const values = tree(
    'tuple',
    members.map(member => member.value),
    span,
    'prefix',
    members.length === 1 ? 'p-,' : 'p',
  )
  const complaint = call(name('throw'), call(name('ArgumentError'), call(name('string'), text(`invalid value for Enum ${type.name}: `), x)))
  const checked = method(call(color, annotated(x, name('Integer'))), choice(infix(x, 'in', values), call(name('new'), x), complaint))
  const struct = tree(
    'struct',
    [
      tree('<:', [color, tree('curly', [field(name('Base'), 'Enum'), integer], span)], span, 'infix'),
      tree('block', [annotated(name('value'), integer), checked], span),
    ],
    span,
  )
  const constants = members.map(member =>
    tree('const', [tree('=', [identifier(member.name, member.span), call(color, member.value)], member.span)], member.span),
  )
  const argumentOf = annotated(x, color)
  const base = (function_: string) => field(name('Base'), function_)
  const shown = members.reduceRight<Node>(
    (other, member) => choice(infix(field(x, 'value'), '==', member.value), text(member.name), other),
    text(''),
  )
  const instances = tree(
    'tuple',
    members.map(member => name(member.name)),
    span,
    'prefix',
    members.length === 1 ? 'p-,' : 'p',
  )
  return [
    struct,
    ...constants,
    method(call(base('show'), annotated(name('io'), name('IO')), argumentOf), call(name('print'), name('io'), shown)),
    method(call(base('Symbol'), argumentOf), call(name('Symbol'), shown)),
    method(call(base('instances'), annotated(tree('curly', [name('Type'), color], span))), instances),
    name('nothing'),
  ]
}

/** Members in order; one without a value is one more than that before it. */
function membersOf(nodes: readonly Node[], span: Span): Member[] {
  const members: Member[] = []
  let next: Node = { kind: 'Integer', value: 0n, span }
  for (const node of nodes) {
    const name = isTree(node, '=') ? argument(node, 0) : node
    if (!isIdentifier(name)) return unsupported('This form of enum member', node.span)
    if (isTree(node, '=')) {
      const written = argument(node, 1)
      const value = valueOf(written)
      next = value === null ? written : { kind: 'Integer', value, span: written.span }
    }
    members.push({ name: name.name, value: next, span: name.span })
    const one: Node = { kind: 'Integer', value: 1n, span: name.span }
    next =
      next.kind === 'Integer'
        ? { kind: 'Integer', value: next.value + 1n, span: name.span }
        : tree('call', [next, identifier('+', name.span), one], name.span, 'infix')
  }
  return members
}

const FOLDED: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '|': (a, b) => a | b,
  '&': (a, b) => a & b,
  '<<': (a, b) => a << b,
  '^': (a, b) => a ** b,
}

/** The value of an expression of literals; null for one that the program computes. */
function valueOf(node: Node): bigint | null {
  const inner = unparen(node)
  if (inner.kind === 'Integer' || inner.kind === 'UInteger') return inner.value
  if (!isTree(inner, 'call')) return null
  const { callee, args } = callParts(inner)
  const fold = isIdentifier(callee) ? FOLDED[callee.name] : undefined
  const [a, b] = args.map(valueOf)
  if (!fold || typeof a !== 'bigint' || args.length > 2 || b === null) return null
  if (b !== undefined) return fold(a, b)
  return inner.form === 'prefix-op' ? fold(0n, a) : null
}

/** Definitions of types: structs with their constructors, abstract and primitive types. */
import type { Node, Tree } from '../../1-syntax/ast.ts'
import { macroName } from '../../1-syntax/ast.ts'
import type { Core, Definition, TypeVarDef } from '../core.ts'
import { findDefinition } from './definitions.ts'
import { lowerMethod } from './functions.ts'
import { type Meaning, methodFrame, noCaptures, openScope, type Scope } from './scope.ts'
import { argument, identifier, isIdentifier, isTree, tree, unparen, unsupported } from './shapes.ts'
import { boundOf, typeVariables } from './types.ts'

interface TypeHead {
  readonly name: string
  readonly typeParams: TypeVarDef[]
  readonly supertype: Core | null
  readonly inner: Scope
}

/** `Name{T} <: Super{T}`. */
function typeHead(scope: Scope, node: Node): TypeHead {
  const bound = boundOf(unparen(node))
  const named = unparen(bound ? bound.left : node)
  const head = isTree(named, 'curly') ? argument(named, 0) : named
  if (!isIdentifier(head)) return unsupported('This form of type name', node.span)
  const { vars, names } = typeVariables(isTree(named, 'curly') ? named.args.slice(1) : [], scope)
  const inner = openScope(scope, 'hard', [], { names })
  return { name: head.name, typeParams: vars, supertype: bound ? scope.unit.lower(inner, bound.right) : null, inner }
}

export function lowerAbstract(scope: Scope, node: Tree): Definition {
  const { name, typeParams, supertype } = typeHead(scope, argument(node, 0))
  return { kind: 'abstract', name, typeParams, supertype, span: node.span }
}

export function lowerPrimitive(scope: Scope, node: Tree): Definition {
  const { name, typeParams, supertype } = typeHead(scope, argument(node, 0))
  const bits = argument(node, 1)
  if (bits.kind !== 'Integer') return unsupported('A computed width of a primitive type', bits.span)
  return { kind: 'primitive', name, typeParams, supertype, bits: Number(bits.value), span: node.span }
}

type Struct = Extract<Definition, { kind: 'struct' }>

/** The syntax of `@kwdef struct … end`: the struct without its defaults, and its keyword constructors. */
export function keywordStruct(node: Tree): Node[] {
  const { span } = node
  const name = typeName(argument(node, 0))
  const params = typeParameters(argument(node, 0))
  const fields = structStatements(argument(node, 1)).filter(statement => !findDefinition(statement))
  const named = fields.map(statement => ({ field: fieldName(statement), node: statement }))
  const keywords = named.map(({ field, node: statement }) => {
    const plain = isTree(statement, 'const') ? argument(statement, 0) : statement
    return isTree(plain, '=') ? tree('=', [field, argument(plain, 1)], statement.span) : field
  })
  const values = named.map(({ field }) => field)
  const constructorOf = (callee: Node): Tree => tree('call', [callee, tree('parameters', keywords, span)], span)
  const method = (head: Tree, callee: Node): Node => tree('function', [head, tree('call', [callee, ...values], span)], span, 'prefix', '=')
  const made = [withoutDefaults(node), method(constructorOf(name), name)]
  if (params.length > 0) {
    const applied = tree('curly', [name, ...params.map(boundName)], span)
    made.push(method(tree('where', [constructorOf(applied), tree('braces', params, span)], span), applied))
  }
  return made
}

/** A struct with `@deftype T` of Parameters: fields after it that have no type have this one. */
export function withDefaultType(node: Tree): Tree {
  const statements = structStatements(argument(node, 1))
  const at = statements.findIndex(item => isTree(item, 'macrocall') && macroName(argument(item, 0)) === 'deftype')
  if (at < 0) return node
  const type = argument(statements[at] as Tree, 1)
  const typed = (item: Node): Node => {
    if (isIdentifier(item)) return tree('::', [item, type], item.span, 'infix')
    if (isTree(item, '=') && isIdentifier(item.args[0])) return { ...item, args: [typed(item.args[0]), ...item.args.slice(1)] }
    return item
  }
  const body = tree('block', [...statements.slice(0, at), ...statements.slice(at + 1).map(typed)], argument(node, 1).span)
  return { ...node, args: node.args.map((arg, k) => (k === 1 ? body : arg)) }
}

/** A struct whose body has `@assert`s, as `@with_kw` allows: they become part of its constructor. */
export function withoutAssertions(node: Tree): Node[] {
  const { span } = node
  const statements = structStatements(argument(node, 1))
  const isAssertion = (item: Node): boolean => isTree(item, 'macrocall') && macroName(argument(item, 0)) === 'assert'
  const assertions = statements.filter(isAssertion)
  if (assertions.length === 0) return [node]
  const rest = statements.filter(item => !isAssertion(item))
  const name = typeName(argument(node, 0))
  const params = typeParameters(argument(node, 0))
  const fields = rest.filter(statement => !findDefinition(statement))
  const values = fields.map(fieldName)
  const applied = (callee: Node): Node => (params.length > 0 ? tree('curly', [callee, ...params.map(boundName)], span) : callee)
  const whole = (head: Node): Node => (params.length > 0 ? tree('where', [head, tree('braces', params, span)], span) : head)
  const made = tree('call', [applied(identifier('new', span)), ...values], span)
  const inner = tree('function', [whole(tree('call', [applied(name), ...values], span)), tree('block', [...assertions, made], span)], span)
  const struct = { ...node, args: node.args.map((arg, at) => (at === 1 ? tree('block', [...rest, inner], span) : arg)) }
  if (params.length === 0) return [struct]
  const typed = fields.map(withoutDefault)
  return [
    struct,
    tree('function', [whole(tree('call', [name, ...typed], span)), tree('call', [applied(name), ...values], span)], span, 'prefix', '='),
  ]
}

/** `x::T` of `x::T = 1` and `const x::T`. */
function withoutDefault(node: Node): Node {
  return isTree(node, '=', 'const') ? withoutDefault(argument(node, 0)) : node
}

export function typeName(node: Node): Node {
  const bound = boundOf(unparen(node))
  const named = unparen(bound ? bound.left : node)
  return isTree(named, 'curly') ? argument(named, 0) : named
}

function typeParameters(node: Node): readonly Node[] {
  const bound = boundOf(unparen(node))
  const named = unparen(bound ? bound.left : node)
  return isTree(named, 'curly') ? named.args.slice(1) : []
}

function boundName(param: Node): Node {
  return boundOf(param)?.left ?? param
}

/** The name in `x`, `x::T`, `x::T = 1`, `const x = 1`. */
function fieldName(node: Node): Node {
  return isTree(node, '=', 'const', '::') ? fieldName(argument(node, 0)) : node
}

function withoutDefaults(node: Tree): Tree {
  const strip = (item: Node): Node => {
    if (isTree(item, '=')) return argument(item, 0)
    if (isTree(item, 'const', 'block', 'doc')) return { ...item, args: item.args.map(strip) }
    return item
  }
  return { ...node, args: node.args.map((arg, at) => (at === 1 ? strip(arg) : arg)) }
}

export function lowerStruct(scope: Scope, node: Tree): Definition {
  const head = typeHead(scope, argument(node, 0))
  const fields: Struct['fields'][number][] = []
  const constructors: Struct['constructors'][number][] = []
  const self: Core = { kind: 'global', name: head.name, span: argument(node, 0).span }
  const inside = openScope(scope, 'hard', [], { names: [['new', { kind: 'new', type: self } satisfies Meaning]] })
  for (const statement of structStatements(argument(node, 1))) {
    const found = findDefinition(statement)
    if (found) {
      constructors.push(innerConstructor(inside, head.name, self, found))
      continue
    }
    fields.push(field(head.inner, statement))
  }
  return {
    kind: 'struct',
    name: head.name,
    mutable: node.flag.includes('mut'),
    typeParams: head.typeParams,
    supertype: head.supertype,
    fields,
    constructors,
    kwdef: false,
    span: node.span,
  }
}

/** Fields and constructors, docstrings taken off. */
function structStatements(body: Node): readonly Node[] {
  if (!isTree(body, 'block')) return [body]
  return body.args.flatMap(item => {
    if (isTree(item, 'block')) return structStatements(item)
    if (isTree(item, 'string')) return []
    return isTree(item, 'doc') ? [argument(item, 1)] : [item]
  })
}

function field(scope: Scope, node: Node): Struct['fields'][number] {
  const isConst = isTree(node, 'const')
  const at = isConst ? argument(node, 0) : node
  if (isTree(at, 'macrocall')) return unsupported(`\`@${macroName(argument(at, 0))}\` on a field`, at.span)
  if (isIdentifier(at)) return { name: at.name, type: null, isConst, default: null }
  if (isTree(at, '::') && isIdentifier(at.args[0])) {
    return { name: at.args[0].name, type: scope.unit.lower(scope, argument(at, 1)), isConst, default: null }
  }
  return unsupported('This statement in a struct', node.span)
}

type Found = NonNullable<ReturnType<typeof findDefinition>>

/** `P(x) = new(x)` and `P{T}(x) where T = new{T}(x)` inside the struct. */
function innerConstructor(scope: Scope, name: string, self: Core, found: Found): Struct['constructors'][number] {
  const { signature, body, span } = found
  const callee = signature.callee ? unparen(signature.callee) : null
  const head = isTree(callee, 'curly') ? argument(callee, 0) : callee
  if (!head || !isIdentifier(head, name)) return unsupported('A method of another function inside a struct', span)
  if (!body) return unsupported('A constructor without a body', span)
  const { names } = typeVariables(signature.wheres, scope)
  const typeScope = openScope(scope, 'hard', [], { names })
  const ctor: Core = isTree(callee, 'curly')
    ? { kind: 'apply-type', base: self, args: callee.args.slice(1).map(arg => scope.unit.lower(typeScope, arg)), span: callee.span }
    : { ...self, span: head.span }
  const frame = methodFrame(scope.unit, null, noCaptures(), null, true)
  const method = lowerMethod(scope, frame, {
    name,
    signature,
    nodes: [body],
    body: inner => inner.unit.lower(inner, body),
    span,
    attributes: found.attributes,
    isWritten: true,
  })
  return { ctor, method }
}

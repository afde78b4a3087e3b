/** Which names the code of one scope assigns or declares, inner scopes not entered. Julia decides by this what is local. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import { functionDefinition, isIdentifier, isKeyword, isTree, unparen } from './shapes.ts'

/** The code of a macro call that runs in the scope of the call: its expansion, or those of its arguments that are evaluated there. */
export type ScopedCode = (call: Tree) => readonly Node[]

export interface Assigned {
  /** Assigned in any way, functions included, in order. */
  readonly names: Map<string, Span>
  /** Declared with `local`. */
  readonly locals: Map<string, Span>
  /** Declared with `global`. */
  readonly globals: Set<string>
  /** Defined as functions. */
  readonly functions: Set<string>
  /** Assigned otherwise than as functions. */
  readonly values: Set<string>
}

export function assignedNames(scoped: ScopedCode, nodes: readonly Node[]): Assigned {
  const found: Assigned = { names: new Map(), locals: new Map(), globals: new Set(), functions: new Set(), values: new Set() }
  for (const node of nodes) visit(scoped, node, found)
  return found
}

function visitAll(scoped: ScopedCode, nodes: readonly Node[], found: Assigned): void {
  for (const node of nodes) visit(scoped, node, found)
}

function visit(scoped: ScopedCode, node: Node, found: Assigned): void {
  if (!('args' in node)) return
  const definition = functionDefinition(node)
  if (definition) {
    const callee = definition.signature.callee
    if (isIdentifier(callee)) {
      addName(callee.name, callee.span, found)
      found.functions.add(callee.name)
    }
    return
  }
  switch (node.kind) {
    case '=':
      addTarget(scoped, node.args[0]!, found)
      visitAll(scoped, node.args.slice(1), found)
      return
    case 'op=':
      addTarget(scoped, node.args[0]!, found)
      visitAll(scoped, node.args.slice(1), found)
      return
    case 'local':
      for (const item of node.args) declare(scoped, item, found, name => found.locals.set(name.name, name.span))
      return
    case 'global':
      for (const item of node.args) declare(scoped, item, found, name => found.globals.add(name.name))
      return
    case 'call':
    case 'dotcall':
    case 'tuple':
    case 'ref':
    case 'curly':
    case 'parameters':
      // `name = value` here is an argument.
      for (const arg of node.args) {
        if (isKeyword(arg)) visit(scoped, arg.args[1]!, found)
        else visit(scoped, arg, found)
      }
      return
    case 'for':
      // The iterated values belong to this scope, the body does not.
      for (const item of isTree(node.args[0], 'iteration') ? node.args[0].args : []) {
        if (isTree(item, 'in')) visitAll(scoped, item.args.slice(1), found)
      }
      return
    case 'while':
      visit(scoped, node.args[0]!, found)
      return
    case 'macrocall':
      visitAll(scoped, scoped(node), found)
      return
    case 'doc':
      visitAll(scoped, node.args.slice(-1), found)
      return
    case 'struct':
    case 'abstract':
    case 'primitive':
      // A type is a global wherever it is defined, so functions of its name are constructors.
      for (const name of typeName(node.args[0]!)) found.globals.add(name)
      return
    case 'function':
    case '->':
    case 'do':
    case 'let':
    case 'try':
    case 'quote':
    case 'macro':
    case 'module':
    case 'generator':
    case 'comprehension':
    case 'using':
    case 'import':
    case 'export':
    case 'public':
      return
    default:
      visitAll(scoped, node.args, found)
  }
}

/** The name of a definition of a type: `T`, `T{A}`, `T <: S`. */
function typeName(head: Node): readonly string[] {
  const node = unparen(head)
  if (isIdentifier(node)) return [node.name]
  return isTree(node, '<:', 'curly') ? typeName(node.args[0]!) : []
}

/** An item of `local`/`global`: `x`, `x::T`, `x = 1`, `(x, y) = t`, a function. */
function declare(scoped: ScopedCode, item: Node, found: Assigned, add: (name: { name: string; span: Span }) => void): void {
  const definition = functionDefinition(item)
  if (definition) {
    if (isIdentifier(definition.signature.callee)) add(definition.signature.callee)
    visit(scoped, item, found)
    return
  }
  const target = isTree(item, '=', 'op=') ? item.args[0]! : item
  for (const name of targetNames(target)) add(name)
  visit(scoped, item, found)
}

/** The names that an assignment to `target` assigns. */
export function targetNames(target: Node): readonly { name: string; span: Span }[] {
  const node = unparen(target)
  if (isIdentifier(node)) return [node]
  if (isTree(node, 'tuple', 'parameters', '...')) return node.args.flatMap(targetNames)
  // `::T` has no name.
  if (isTree(node, 'curly') || (isTree(node, '::') && node.args.length === 2))
    return isCallLike(node.args[0]!) ? [] : targetNames(node.args[0]!)
  return []
}

function isCallLike(node: Node): node is Tree {
  return isTree(node, 'call', 'ref', '.')
}

function addTarget(scoped: ScopedCode, target: Node, found: Assigned): void {
  for (const name of targetNames(target)) {
    if (name.name === '_') continue
    addName(name.name, name.span, found)
    found.values.add(name.name)
  }
  visitTargetParts(scoped, target, found)
}

/** `a[(i = 1)] = …`: assignments inside a target. */
function visitTargetParts(scoped: ScopedCode, target: Node, found: Assigned): void {
  const node = unparen(target)
  if (isTree(node, 'ref', '.')) visitAll(scoped, node.args, found)
  else if (isTree(node, 'tuple')) for (const item of node.args) visitTargetParts(scoped, item, found)
}

function addName(name: string, span: Span, found: Assigned): void {
  if (!found.names.has(name)) found.names.set(name, span)
}

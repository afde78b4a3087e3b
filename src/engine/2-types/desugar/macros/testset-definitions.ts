/**
 * Definitions in the body of a `@testset`. Julia makes types and methods of global functions when it comes to them; here they are made just before
 * the test set, for its body is a function. A type cannot depend on the variables of the body; a method that does stays where it is, and
 * captures them.
 */
import type { Node, Tree } from '../../../1-syntax/ast.ts'
import { assignedNames, type ScopedCode, targetNames } from '../assigned.ts'
import { loopsOf } from '../loops.ts'
import { argument, functionDefinition, isIdentifier, isTree, unparen } from '../shapes.ts'
import { isTypeMacro, macroCall } from './macro.ts'

export interface TestsetParts {
  readonly definitions: readonly Node[]
  /** The test set without them. */
  readonly rest: Tree
}

/** Null when nothing has to be taken out. */
export function testsetDefinitions(scoped: ScopedCode, testset: Tree): TestsetParts | null {
  const definitions: Node[] = []
  const rest = withoutDefinitions(scoped, testset, new Set(), definitions)
  return definitions.length === 0 ? null : { definitions, rest }
}

function withoutDefinitions(scoped: ScopedCode, testset: Tree, outer: ReadonlySet<string>, definitions: Node[]): Tree {
  const last = testset.args.at(-1)
  const loop = isTree(last, 'for') ? last : null
  const body = loop ? loop.args.at(-1) : last
  if (!isTree(body, 'block')) return testset
  const { globals } = assignedNames(scoped, body.args.flatMap(definedTypes))
  const { names } = assignedNames(
    scoped,
    body.args.filter(statement => !isTypeDefinition(statement)),
  )
  const turns = loop ? loopsOf(argument(loop, 0)).flatMap(each => targetNames(argument(each, 0)).map(({ name }) => name)) : []
  const locals = new Set([...outer, ...turns, ...[...names.keys()].filter(name => !globals.has(name))])
  const kept = body.args.flatMap((statement): Node[] => {
    if (isTestset(statement)) return [withoutDefinitions(scoped, statement, locals, definitions)]
    if (!isGlobalDefinition(statement, globals, locals)) return [statement]
    definitions.push(statement)
    return []
  })
  return withBody(testset, loop ? withBody(loop, withArgs(body, kept)) : withArgs(body, kept))
}

function withArgs(node: Tree, args: readonly Node[]): Tree {
  return { ...node, args }
}

function withBody(node: Tree, body: Tree): Tree {
  return withArgs(node, [...node.args.slice(0, -1), body])
}

export function isTestset(node: Node): node is Tree {
  return isTree(node, 'macrocall') && macroCall(node).name === 'testset'
}

function isTypeDefinition(node: Node): boolean {
  if (isTree(node, 'doc')) return isTypeDefinition(node.args.at(-1)!)
  return (
    isTree(node, 'struct', 'abstract', 'primitive', 'using', 'import') || (isTree(node, 'macrocall') && isTypeMacro(macroCall(node).name))
  )
}

/** The definitions of types in a statement that is nothing else. */
function definedTypes(node: Node): readonly Node[] {
  if (isTree(node, 'struct', 'abstract', 'primitive')) return [node]
  return isTree(node, 'doc', 'macrocall') && isTypeDefinition(node) ? node.args.flatMap(definedTypes) : []
}

/** A type, a constructor of one, a method of what is qualified; `globals` are the types of the body among others. */
function isGlobalDefinition(node: Node, globals: ReadonlySet<string>, locals: ReadonlySet<string>): boolean {
  if (isTypeDefinition(node)) return true
  const callee = functionDefinition(node)?.signature.callee
  if (callee === undefined || callee === null || mentions(node, locals)) return false
  const name = unparen(callee)
  return !isIdentifier(name) || globals.has(name.name)
}

function mentions(node: Node, names: ReadonlySet<string>): boolean {
  if (isIdentifier(node)) return names.has(node.name)
  return 'args' in node && node.args.some(arg => mentions(arg, names))
}

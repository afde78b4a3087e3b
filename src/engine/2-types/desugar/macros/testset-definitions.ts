/**
 * Definitions in the body of a `@testset`. Julia makes types and methods of global functions when it comes to them; here they are made just before
 * the test set, for its body is a function. A type cannot depend on the variables of the body; a method that does stays where it is, and
 * captures them.
 */
import type { Node, Tree } from '../../../1-syntax/ast.ts'
import { assignedNames, type ScopedCode } from '../assigned.ts'
import { functionDefinition, isIdentifier, isTree, unparen } from '../shapes.ts'
import { macroCall } from './macro.ts'

export interface TestsetParts {
  readonly definitions: readonly Node[]
  /** The test set without them. */
  readonly rest: Tree
}

const TYPE_MACROS = ['kwdef', 'with_kw', 'with_kw_noshow', 'enum']

/** Null when nothing has to be taken out. */
export function testsetDefinitions(scoped: ScopedCode, testset: Tree): TestsetParts | null {
  const definitions: Node[] = []
  const rest = withoutDefinitions(scoped, testset, new Set(), definitions)
  return definitions.length === 0 ? null : { definitions, rest }
}

function withoutDefinitions(scoped: ScopedCode, testset: Tree, outer: ReadonlySet<string>, definitions: Node[]): Tree {
  const body = testset.args.at(-1)
  if (!isTree(body, 'block')) return testset
  const code = body.args.filter(statement => !isTypeDefinition(statement))
  const locals = new Set([...outer, ...assignedNames(scoped, code).names.keys()])
  const kept = body.args.flatMap((statement): Node[] => {
    if (isTestset(statement)) return [withoutDefinitions(scoped, statement, locals, definitions)]
    if (!isGlobalDefinition(statement, locals)) return [statement]
    definitions.push(statement)
    return []
  })
  return { ...testset, args: [...testset.args.slice(0, -1), { ...body, args: kept }] }
}

export function isTestset(node: Node): node is Tree {
  return isTree(node, 'macrocall') && macroCall(node).name === 'testset'
}

function isTypeDefinition(node: Node): boolean {
  if (isTree(node, 'doc')) return isTypeDefinition(node.args.at(-1)!)
  return (
    isTree(node, 'struct', 'abstract', 'primitive', 'using', 'import') ||
    (isTree(node, 'macrocall') && TYPE_MACROS.includes(macroCall(node).name))
  )
}

function isGlobalDefinition(node: Node, locals: ReadonlySet<string>): boolean {
  if (isTypeDefinition(node)) return true
  const callee = functionDefinition(node)?.signature.callee
  return callee !== undefined && callee !== null && !isIdentifier(unparen(callee)) && !mentions(node, locals)
}

function mentions(node: Node, names: ReadonlySet<string>): boolean {
  if (isIdentifier(node)) return names.has(node.name)
  return 'args' in node && node.args.some(arg => mentions(arg, names))
}

/** Whole programs: the top-level statements in order, and expressions evaluated in a loaded program. */
import type { Node, Tree } from '../../1-syntax/ast.ts'
import type { Code, Core, Definition, Program, TopLevel } from '../core.ts'
import { type Assigned, assignedNames } from './assigned.ts'
import { decideBoxes } from './boxes.ts'
import { boolLiteral } from './build.ts'
import { findDefinition, lowerDefinition } from './definitions.ts'
import { lower, newUnit } from './expression.ts'
import { STRUCTS_WITH_DEFAULTS } from './keyword-structs.ts'
import { enumDefinitions } from './macros/enum.ts'
import { macroCall } from './macros/macro.ts'
import { expansionOf } from './macros/table.ts'
import { isTestset, testsetDefinitions } from './macros/testset-definitions.ts'
import { definedMacro, macroFunction } from './macros/user.ts'
import { lowerExport, lowerImport } from './modules.ts'
import { addLocal, type Macros, topLevelScope, type Unit } from './scope.ts'
import { argument, isIdentifier, isTree, unparen, unsupported } from './shapes.ts'
import { lowerAbstract, lowerPrimitive, lowerStruct } from './structs.ts'

/** A parsed file as Core. Throws a Failure at the first construct that is outside the subset. */
export function desugarProgram(tree: Tree, options: { moduleName: string }): Program {
  return [...desugarStatements(tree, options)]
}

/** The same, a statement at a time: what stands before a statement that is refused can run first, as in Julia. */
export function desugarStatements(tree: Tree, options: { moduleName: string; macros?: Macros }): Generator<TopLevel> {
  return statements(newUnit(options.moduleName, null, options.macros), tree.args)
}

/** One expression as the code of a function without parameters, evaluated at top level of Main. */
export function desugarExpression(node: Node, macros?: Macros): Code {
  return expressionCode(newUnit('Main', null, macros), node)
}

/** Its names are globals, but for those that it declares `local` outside of any scope of its own. */
function expressionCode(unit: Unit, node: Node): Code {
  const scope = topLevelScope(unit)
  for (const [name, span] of localsOf(unit, node)) scope.names.set(name, { kind: 'variable', variable: addLocal(scope.frame, name, span) })
  return codeOf(scope.frame, lower(scope, node))
}

function localsOf(unit: Unit, node: Node): Assigned['locals'] {
  return assignedNames(unit.scoped, [node]).locals
}

function codeOf(frame: ReturnType<typeof topLevelScope>['frame'], body: Core): Code {
  decideBoxes(frame, [], [body])
  return { locals: frame.locals, body, captures: [] }
}

function* statements(unit: Unit, nodes: readonly Node[]): Generator<TopLevel> {
  for (const node of nodes) yield* statement(unit, node)
}

function defined(...defs: readonly Definition[]): TopLevel[] {
  return defs.map(def => ({ kind: 'definition', def, span: def.span }))
}

function statement(unit: Unit, node: Node): Iterable<TopLevel> {
  const expression = (): TopLevel[] => [{ kind: 'expression', code: expressionCode(unit, node), span: node.span }]
  if (!('args' in node)) return expression()
  // What shares a local is one piece of code.
  if (isTree(node, 'block', 'if') && localsOf(unit, node).size > 0) return expression()
  const scope = topLevelScope(unit)
  switch (node.kind) {
    case 'toplevel':
      return statements(unit, node.args)
    case 'block':
      return node.args.length === 0 ? expression() : statements(unit, node.args)
    case 'if':
      return conditional(unit, node)
    case '&&':
    case '||':
    case '?':
      return node.args.some(defines) ? conditional(unit, node) : expression()
    case 'doc':
      return documented(unit, argument(node, node.args.length - 1))
    case 'module':
      return moduleDefinition(unit, node)
    case 'using':
    case 'import':
      return defined(...lowerImport(node))
    case 'export':
      return defined(lowerExport(node))
    case 'public':
      return []
    case 'struct':
      return defined(lowerStruct(scope, withExpandedFields(unit, node)))
    case 'abstract':
      return defined(lowerAbstract(scope, node))
    case 'primitive':
      return defined(lowerPrimitive(scope, node))
    case 'macro':
      return macroDefinition(unit, node)
    case 'macrocall':
      return macroStatement(unit, node) ?? expression()
    case 'function':
      return functionStatement(unit, node)
    default:
      return expression()
  }
}

const WITH_STATEMENTS = ['block', 'if', 'elseif', 'else', '&&', '||', '?'] as const
const DEFINING = ['struct', 'abstract', 'primitive', 'module', 'const'] as const

/** Does what stands in a condition or a branch define something? */
function defines(node: Node): boolean {
  const inner = unparen(node)
  if (isTree(inner, ...WITH_STATEMENTS)) return inner.args.some(defines)
  return isTree(inner, ...DEFINING) || findDefinition(inner) !== null
}

/** `if`, or `test && statement` and its kin, of which one part is run. */
function conditional(unit: Unit, node: Tree): TopLevel[] {
  const [test, second, third] = node.args
  const { span } = node
  const scope = topLevelScope(unit)
  const known = (value: boolean): TopLevel[] => [
    { kind: 'expression', code: { locals: [], body: boolLiteral(value, span), captures: [] }, span },
  ]
  const branch = (part: Node | undefined): Iterable<TopLevel> => {
    if (!part) return []
    if (isTree(part, 'elseif')) return conditional(unit, part)
    return statement(unit, isTree(part, 'else', 'parens') ? argument(part, 0) : part)
  }
  const then = node.kind === '||' ? known(true) : branch(second)
  const otherwise = node.kind === '||' ? branch(second) : node.kind === '&&' ? known(false) : branch(third)
  return [{ kind: 'if', test: codeOf(scope.frame, lower(scope, test!)), then, else: otherwise, span }]
}

/** A docstring before a name alone documents it and does nothing. */
function documented(unit: Unit, node: Node): Iterable<TopLevel> {
  return isIdentifier(node) || isTree(node, '.') || (isTree(node, 'call') && node.form === 'prefix') ? [] : statement(unit, node)
}

function functionStatement(unit: Unit, node: Tree): TopLevel[] {
  const found = findDefinition(node)
  if (!found) return unsupported('This form of function', node.span)
  const scope = topLevelScope(unit)
  const core = lowerDefinition(scope, found)
  if (core.kind === 'definition' && core.captures.length === 0) return defined(core.def)
  return [{ kind: 'expression', code: codeOf(scope.frame, core), span: node.span }]
}

/** A struct whose body calls macros of the program: what they stand for is part of the body. */
function withExpandedFields(unit: Unit, node: Tree): Tree {
  const expand = (item: Node): Node => {
    if (isTree(item, 'block')) return { ...item, args: item.args.map(expand) }
    const called = isTree(item, 'macrocall') ? macroCall(item) : null
    const expansion = called && unit.macros.homeOf(called.path, called.name) ? expansionOf(unit, called.node) : null
    return expansion ? expand(expansion) : item
  }
  return { ...node, args: node.args.map((arg, at) => (at === 1 ? expand(arg) : arg)) }
}

function moduleDefinition(unit: Unit, node: Tree): TopLevel[] {
  const name = argument(node, 0)
  const body = argument(node, 1)
  if (!isIdentifier(name) || !isTree(body, 'block')) return unsupported('This form of module', node.span)
  return defined({ kind: 'module', name: name.name, body: statements(newUnit(name.name, unit), body.args), span: node.span })
}

/** A macro is a function of code, under a name that no other function has. */
function macroDefinition(unit: Unit, node: Tree): TopLevel[] {
  const note = defined({ kind: 'macro', name: definedMacro(node), span: node.span })
  const method = macroFunction(node)
  return method ? [...note, ...functionStatement(unit, method)] : note
}

/** Macros that define things; null when the call is an expression. */
function macroStatement(unit: Unit, node: Tree): Iterable<TopLevel> | null {
  const { path, name, args } = macroCall(node)
  if (!unit.macros.homeOf(path, name)) {
    const withDefaults = Object.hasOwn(STRUCTS_WITH_DEFAULTS, name) ? STRUCTS_WITH_DEFAULTS[name] : undefined
    if (withDefaults) {
      const struct = args[0]
      if (!isTree(struct, 'struct')) return unsupported(`\`@${name}\` on something else than a struct`, node.span)
      return statements(unit, withDefaults(withExpandedFields(unit, struct)))
    }
    if (name === 'enum') return statements(unit, enumDefinitions(node))
    if (name === 'doc') return args[1] ? documented(unit, args[1]) : []
    if (isTestset(node)) {
      const parts = testsetDefinitions(unit.scoped, node)
      if (parts) return statements(unit, [...parts.definitions, parts.rest])
    }
    if (findDefinition(node)) return functionStatement(unit, node)
  }
  const expansion = expansionOf(unit, node)
  return expansion ? statement(unit, expansion) : null
}

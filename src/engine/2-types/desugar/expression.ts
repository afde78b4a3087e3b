/** The one table that says how each kind of syntax is lowered, as a value and for its effect alone. */
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree, TreeKind } from '../../1-syntax/ast.ts'
import type { Core } from '../core.ts'
import { lowerArray } from './arrays.ts'
import { lowerAssignment, lowerUpdate } from './assign.ts'
import { lowerDotted, lowerDottedAssignment, lowerDottedOperator, lowerDottedUpdate } from './broadcast.ts'
import { base, baseCall, block, nothing, stringLiteral } from './build.ts'
import { lowerArgs, lowerCall, lowerComparison, lowerJuxtaposition, lowerProperty, lowerShortCircuit, lowerString } from './calls.ts'
import { lowerDeclaration, lowerIf, lowerLet, lowerReturn, lowerStatements, lowerTry } from './control.ts'
import { findDefinition, lowerDefinition } from './definitions.ts'
import { lowerAnonymous } from './functions.ts'
import { lowerEndpoint, lowerIndex } from './indexing.ts'
import { keywordArgs, namedTuple } from './keywords.ts'
import { lowerBreak, lowerComprehension, lowerFor, lowerGenerator, lowerWhile } from './loops.ts'
import { isTypeMacro, macroCall } from './macros/macro.ts'
import { expansionOf, findMacro } from './macros/table.ts'
import { lowerExport, lowerImport } from './modules.ts'
import { lowerQuote } from './quote.ts'
import { lookup, type Macros, refer, type Scope, type Unit } from './scope.ts'
import { argument, isKeyword, isTree, unsupported } from './shapes.ts'
import { lowerAbstract, lowerPrimitive, lowerStruct } from './structs.ts'
import { lowerCurly, lowerWhere } from './types.ts'

/** For code that is not run while it is read: macros can be defined, not called. */
function withoutMacros(): Macros {
  return { homeOf: () => null, run: ({ body }) => unsupported('Calling a macro of the program here', body.span), isOf: () => false }
}

/** A unit with nothing defined yet; a module inside a program shares the macros of the program. */
export function newUnit(moduleName: string, outer: Unit | null, macros: Macros = withoutMacros()): Unit {
  const unit: Unit = {
    moduleName,
    globals: new Set(),
    macros: outer?.macros ?? macros,
    globalNames: outer?.globalNames ?? new WeakSet(),
    counts: outer?.counts ?? { anonymous: 0, hygiene: 0 },
    scoped: node => {
      const { path, name } = macroCall(node)
      if (isTypeMacro(name) && !unit.macros.homeOf(path, name)) return []
      const expansion = expansionOf(unit, node)
      if (expansion) return [expansion]
      const { macro, call: found } = findMacro(unit, node)
      return macro.kind === 'code' ? macro.scoped(found) : []
    },
    expand: node => expansionOf(unit, node),
    lower,
    effect,
  }
  return unit
}

/** `node` as a value. */
export function lower(scope: Scope, node: Node): Core {
  return 'args' in node ? KINDS[node.kind](scope, node) : lowerLeaf(scope, node)
}

/** `node` for what it does; its value is of no use to anybody. */
export function effect(scope: Scope, node: Node): Core {
  if (!('args' in node)) return lower(scope, node)
  switch (node.kind) {
    case '=':
      return lowerAssignment(scope, node, false)
    case 'op=':
      return lowerUpdate(scope, node, false)
    case 'block':
      return lowerStatements(scope, node.args, false, node.span)
    case 'parens':
      return effect(scope, argument(node, 0))
    case 'if':
    case '?':
      return lowerIf(scope, node, effect)
    case '&&':
    case '||':
      return lowerShortCircuit(scope, node, false)
    case 'let':
      return lowerLet(scope, node, effect)
    case 'try':
      return lowerTry(scope, node, effect)
    case 'local':
    case 'global':
    case 'const':
      return lowerDeclaration(scope, node, false)
    case 'macrocall':
      return lowerMacro(scope, node, false)
    default:
      return lower(scope, node)
  }
}

const INT64_MAX = 2n ** 63n - 1n

/** An integer of more than 64 bits is an Int128 or, beyond that, a BigInt. */
function wideLiteral(value: bigint, span: Span): Core {
  return wideValue(BigInt.asIntN(128, value) === value ? 'Int128' : 'BigInt', value, span)
}

function wideValue(type: string, value: bigint, span: Span): Core {
  return baseCall('__wide', [base(type, span), stringLiteral(value.toString(16), span)], span)
}

function lowerLeaf(scope: Scope, node: Exclude<Node, Tree>): Core {
  const { span } = node
  switch (node.kind) {
    case 'Identifier':
      return lowerName(scope, node, node.name, node.raw)
    case 'Bool':
      return { kind: 'literal', value: { kind: 'bool', value: node.value }, span }
    case 'Integer':
      if (node.value > INT64_MAX || node.value < -INT64_MAX - 1n) return wideLiteral(node.value, span)
      return { kind: 'literal', value: { kind: 'int', value: node.value }, span }
    case 'UInteger':
      if (node.bits === 128) return wideValue('UInt128', node.value, span)
      return { kind: 'literal', value: { kind: 'uint', value: node.value, bits: node.bits }, span }
    case 'Float':
      return { kind: 'literal', value: { kind: 'float', value: node.value }, span }
    case 'Float32':
      return { kind: 'literal', value: { kind: 'float32', value: node.value }, span }
    case 'Char':
      return { kind: 'literal', value: { kind: 'char', value: node.value }, span }
    case 'String':
      return { kind: 'literal', value: { kind: 'string', value: node.value }, span }
    case 'MacroName':
      return unsupported('The name of a macro as a value', span)
  }
}

function lowerName(scope: Scope, node: Node, name: string, raw: boolean): Core {
  const { span } = node
  if (!raw && (name === 'end' || name === 'begin')) return lowerEndpoint(scope, name, span)
  const meaning = scope.unit.globalNames.has(node) ? null : lookup(scope, name)
  switch (meaning?.kind) {
    case 'variable':
      return refer(scope.frame, meaning.variable, span)
    case 'static-param':
      return { kind: 'static-param', name, span }
    case 'new':
      return unsupported('`new` that is not called', span)
    default:
  }
  // The function that every module has of its own.
  if (name === 'eval') return baseCall('__Evaluator', [{ kind: 'global', name: scope.unit.moduleName, span }], span)
  if (/^_+$/.test(name) && !raw) fail('lower', 'lower.write-only', { name }, span)
  return name === 'nothing' && !raw ? nothing(span) : { kind: 'global', name, span }
}

function lowerMacro(scope: Scope, node: Tree, wanted: boolean): Core {
  const defined = findDefinition(node)
  if (defined) return lowerDefinition(scope, defined)
  const expansion = expansionOf(scope.unit, node)
  if (expansion) return wanted ? lower(scope, expansion) : effect(scope, expansion)
  const { macro, call: found } = findMacro(scope.unit, node)
  return macro.kind === 'code' ? macro.lower(scope, found, wanted) : nothing(node.span)
}

function lowerTuple(scope: Scope, node: Tree): Core {
  const fields = node.args.flatMap(arg => (isTree(arg, 'parameters') ? arg.args : []))
  const items = node.args.filter(arg => !isTree(arg, 'parameters'))
  if (items.some(isKeyword) || node.args.some(arg => isTree(arg, 'parameters'))) {
    const positional = items.find(item => !isKeyword(item))
    if (positional) unsupported('Named and unnamed elements in one tuple', positional.span)
    return namedTuple(keywordArgs(scope, [...items, ...fields]), node.span)
  }
  return { kind: 'call', callee: base('tuple', node.span), args: lowerArgs(scope, items), kwargs: [], span: node.span }
}

/** `x::T` as an expression. */
function lowerTypeAssert(scope: Scope, node: Tree): Core {
  if (node.args.length < 2) return unsupported('A type without a value', node.span)
  return { kind: 'typeassert', value: lower(scope, argument(node, 0)), type: lower(scope, argument(node, 1)), span: node.span }
}

/** `A <: B` as a test. */
function lowerSubtype(scope: Scope, node: Tree): Core {
  const { span } = node
  const operator: Core = { kind: 'global', name: node.kind, span }
  if (node.form === 'prefix-op') return unsupported(`A bare \`${node.kind}\``, span)
  return { kind: 'call', callee: operator, args: lowerArgs(scope, node.args), kwargs: [], span }
}

/** Definitions stand at top level. */
function definition(scope: Scope, node: Tree, make: () => Extract<Core, { kind: 'definition' }>['def']): Core {
  checkTopLevel(scope, node)
  if (!scope.frame.topLevel) unsupported(`A \`${node.kind}\` inside a function`, node.span)
  return { kind: 'definition', def: make(), captures: [], span: node.span }
}

function refusedKind(what: string): (scope: Scope, node: Tree) => Core {
  return (_scope, node) => unsupported(what, node.span)
}

/** What Julia does not take inside a function is refused with the whole statement of the top level, whether it is called or not. */
function checkTopLevel(scope: Scope, node: Tree): void {
  if (scope.frame.inFunction) fail('lower', 'lower.not-top-level', { what: node.kind }, node.span)
}

function topLevelOnly(scope: Scope, node: Tree): Core {
  checkTopLevel(scope, node)
  return misplaced(scope, node)
}

/** So is what it does not take in this place. */
const misplaced = (_scope: Scope, node: Tree): Core =>
  fail('lower', 'subset.no-syntax', { what: `\`${node.kind}\` in this place` }, node.span)

// biome-ignore format: one kind a line
const KINDS: { readonly [K in TreeKind]: (scope: Scope, node: Tree) => Core } = {
  toplevel: (scope, node) => lowerStatements(scope, node.args, true, node.span),
  block: (scope, node) => lowerStatements(scope, node.args, true, node.span),
  parens: (scope, node) => lower(scope, argument(node, 0)),
  doc: (scope, node) => effect(scope, argument(node, node.args.length - 1)),
  call: lowerCall,
  dotcall: lowerDotted,
  juxtapose: lowerJuxtaposition,
  comparison: lowerComparison,
  '&&': (scope, node) => lowerShortCircuit(scope, node, true),
  '||': (scope, node) => lowerShortCircuit(scope, node, true),
  '.&&': lowerDotted,
  '.||': lowerDotted,
  '?': (scope, node) => lowerIf(scope, node, lower),
  '-->': refusedKind('`-->`'),
  '::': lowerTypeAssert,
  '<:': lowerSubtype,
  '>:': lowerSubtype,
  $: refusedKind('`$` outside quoted code'),
  '&': refusedKind('`&x`'),
  '...': refusedKind('`...` outside a call'),
  '.': (scope, node) => (node.args.length === 1 ? lowerDottedOperator(scope, node) : lowerProperty(scope, node)),
  where: lowerWhere,
  ref: lowerIndex,
  curly: lowerCurly,
  ':=': refusedKind('`:=`'),
  '=': (scope, node) => lowerAssignment(scope, node, true),
  '.=': lowerDottedAssignment,
  'op=': (scope, node) => lowerUpdate(scope, node, true),
  '.op=': lowerDottedUpdate,
  function: (scope, node) => lowerDefinition(scope, findDefinition(node) ?? unsupported('This form of function', node.span)),
  macro: topLevelOnly,
  '->': (scope, node) => lowerAnonymous(scope, argument(node, 0), argument(node, 1), node.span),
  do: misplaced,
  struct: (scope, node) => definition(scope, node, () => lowerStruct(scope, node)),
  abstract: (scope, node) => definition(scope, node, () => lowerAbstract(scope, node)),
  primitive: (scope, node) => definition(scope, node, () => lowerPrimitive(scope, node)),
  module: topLevelOnly,
  const: (scope, node) => lowerDeclaration(scope, node, true),
  global: (scope, node) => lowerDeclaration(scope, node, true),
  local: (scope, node) => lowerDeclaration(scope, node, true),
  using: (scope, node) => block(lowerImport(node).map(def => definition(scope, node, () => def)), node.span),
  import: (scope, node) => block(lowerImport(node).map(def => definition(scope, node, () => def)), node.span),
  ':': misplaced,
  as: misplaced,
  importpath: misplaced,
  export: (scope, node) => definition(scope, node, () => lowerExport(node)),
  public: (scope, node) => {
    checkTopLevel(scope, node)
    return nothing(node.span)
  },
  if: (scope, node) => lowerIf(scope, node, lower),
  elseif: misplaced,
  while: lowerWhile,
  for: lowerFor,
  iteration: misplaced,
  in: misplaced,
  outer: misplaced,
  let: (scope, node) => lowerLet(scope, node, lower),
  try: (scope, node) => lowerTry(scope, node, lower),
  catch: misplaced,
  else: misplaced,
  finally: misplaced,
  return: lowerReturn,
  break: lowerBreak,
  continue: lowerBreak,
  tuple: lowerTuple,
  parameters: misplaced,
  vect: lowerArray,
  hcat: lowerArray,
  vcat: lowerArray,
  ncat: lowerArray,
  row: misplaced,
  nrow: misplaced,
  typed_hcat: lowerArray,
  typed_vcat: lowerArray,
  typed_ncat: lowerArray,
  comprehension: lowerComprehension,
  typed_comprehension: lowerComprehension,
  generator: lowerGenerator,
  filter: misplaced,
  braces: refusedKind('Braces as a value'),
  bracescat: refusedKind('Braces as a value'),
  string: lowerString,
  cmdstring: refusedKind('A command'),
  quote: lowerQuote,
  macrocall: (scope, node) => lowerMacro(scope, node, true),
  macro_name: misplaced,
}

/** What a definition of a function defines: a local function, a method of a global one, a functor, a constructor. */
import type { Span } from '../../../diagnostics/source.ts'
import { macroName, type Node } from '../../1-syntax/ast.ts'
import type { Core, Definition, NamePath } from '../core.ts'
import {
  type Attributes,
  anonymousName,
  lowerClosure,
  lowerMethod,
  type MethodSource,
  methodSource,
  type PlacedMethod,
} from './functions.ts'
import { assignVariable, lookup, methodFrame, noCaptures, refer, type Scope, type Variable } from './scope.ts'
import {
  argument,
  functionDefinition,
  identifier,
  isIdentifier,
  isTree,
  namePath,
  type Signature,
  tree,
  unparen,
  unsupported,
} from './shapes.ts'

/** A definition of a function with what macros before it say. */
export interface FoundDefinition {
  readonly signature: Signature
  readonly body: Node | null
  readonly span: Span
  readonly attributes: Attributes
}

/** Macros that may stand before a definition and only say how to compile it. */
const ATTRIBUTE_MACROS = [
  'inline',
  'noinline',
  'constprop',
  'assume_effects',
  'propagate_inbounds',
  'inbounds',
  'fastmath',
  'nospecialize',
  'pure',
  'simd',
  'generated',
]

/** The function that `node` defines, docstrings and attribute macros taken off; null when it is something else. */
export function findDefinition(node: Node): FoundDefinition | null {
  const attributes: Attributes = { inline: 'auto', constprop: false, generated: false }
  let at = node
  for (;;) {
    if (isTree(at, 'doc')) at = argument(at, at.args.length - 1)
    else if (isTree(at, 'macrocall') && at.args.length >= 2 && ATTRIBUTE_MACROS.includes(macroName(argument(at, 0)))) {
      const name = macroName(argument(at, 0))
      if (name === 'inline' || name === 'propagate_inbounds') attributes.inline = 'always'
      if (name === 'noinline') attributes.inline = 'never'
      if (name === 'constprop') attributes.constprop = true
      if (name === 'generated') attributes.generated = true
      at = argument(at, at.args.length - 1)
    } else break
  }
  const found = functionDefinition(at)
  return found ? { signature: found.signature, body: found.body, span: found.node.span, attributes } : null
}

/** The variable that the definition assigns when it defines a local function. */
export function localFunction(scope: Scope, found: FoundDefinition): Variable | null {
  const { callee } = found.signature
  if (!isIdentifier(callee)) return null
  const meaning = lookup(scope, callee.name)
  return meaning?.kind === 'variable' ? meaning.variable : null
}

/** The methods that a local function has so far. */
const methodsOf = new WeakMap<Variable, PlacedMethod[]>()

/**
 * Defines a local function with all the methods that its block gives it, and those that it has from elsewhere: a branch, a scope or a test set of
 * its own. The function that is made here then holds the methods of both places; one of the same signature replaces the earlier one.
 */
export function lowerLocalFunction(scope: Scope, variable: Variable, found: readonly FoundDefinition[]): Core {
  const span = found[0]!.span
  const own = found
    .filter(item => item.body !== null)
    .map(item => ({ scope, source: methodSource(variable.name, item.signature, item.body!, item.span, item.attributes) }))
  const methods = [...(methodsOf.get(variable) ?? []), ...own]
  methodsOf.set(variable, methods)
  const self = variable.frame === scope.frame && onlyFunction(scope, variable) ? variable : null
  return assignVariable(scope, variable, lowerClosure(scope, variable.name, methods, self, span), span)
}

/** `variable` is assigned nothing but its function in the scope that declares it. */
function onlyFunction(scope: Scope, variable: Variable): boolean {
  for (let at: Scope | null = scope; at; at = at.outer) {
    const meaning = at.names.get(variable.name)
    if (meaning?.kind === 'variable' && meaning.variable === variable)
      return at.assigned.functions.has(variable.name) && !at.assigned.values.has(variable.name)
  }
  return false
}

/** A definition that stands alone: of a local function, a global one, a functor or a constructor. */
export function lowerDefinition(scope: Scope, found: FoundDefinition): Core {
  const { signature, body, span, attributes } = found
  if (signature.callee === null) {
    if (!body) unsupported('A function without a name or a body', span)
    const name = anonymousName(scope)
    return lowerClosure(scope, name, [{ scope, source: methodSource(name, signature, body, span, attributes) }], null, span)
  }
  const variable = localFunction(scope, found)
  if (variable) return lowerLocalFunction(scope, variable, [found])
  const callee = unparen(signature.callee)
  const captures = noCaptures()
  const around = scope.form === 'top' ? null : scope
  const method = (source: MethodSource) => lowerMethod(scope, methodFrame(scope.unit, around, captures, null, true), source)
  const definition = (def: Definition): Core => ({
    kind: 'definition',
    def,
    captures: captures.variables.map(variable => refer(scope.frame, variable, span)),
    span,
  })
  const path = namePath(callee)
  if (path) {
    const name: NamePath = { path: path.slice(0, -1), name: path.at(-1)! }
    const made = body ? method(methodSource(name.name, signature, body, span, attributes)) : null
    return definition({ kind: 'method', name, method: made, span })
  }
  if (!body) unsupported('A declaration of methods without a body', span)
  const functor = functorSignature(signature, callee)
  return definition({ kind: 'functor', method: method(methodSource(functor.name, functor.signature, body, span, attributes)), span })
}

/** The callee becomes the first parameter: `(p::P)(x)` has parameters `p::P, x`; `P{T}(x)` has `::Type{P{T}}, x`. */
function functorSignature(signature: Signature, callee: Node): { name: string; signature: Signature } {
  const prepend = (first: Node) => ({ ...signature, params: [first, ...signature.params] })
  if (isTree(callee, '::')) return { name: functorName(argument(callee, callee.args.length - 1)), signature: prepend(callee) }
  if (isTree(callee, 'curly')) {
    const type = tree('curly', [identifier('Type', callee.span), callee], callee.span)
    return { name: functorName(callee), signature: prepend(tree('::', [type], callee.span, 'prefix-op')) }
  }
  return unsupported('This form of callee in a definition', callee.span)
}

function functorName(type: Node): string {
  const at = unparen(type)
  if (isTree(at, 'curly', 'where')) return functorName(argument(at, 0))
  return namePath(at)?.at(-1) ?? 'functor'
}

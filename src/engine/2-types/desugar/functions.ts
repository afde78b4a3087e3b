/** Functions: parameters, methods and closures. */
import type { Span } from '../../../diagnostics/source.ts'
import { macroName, type Node } from '../../1-syntax/ast.ts'
import type { Core, KeywordDef, LocalId, MethodDef, ParamDef } from '../core.ts'
import { assignTarget } from './assign.ts'
import { targetNames } from './assigned.ts'
import { decideBoxes } from './boxes.ts'
import { block } from './build.ts'
import {
  addLocal,
  type Captures,
  declareAssigned,
  type Frame,
  methodFrame,
  noCaptures,
  openScope,
  refer,
  type Scope,
  type Variable,
} from './scope.ts'
import {
  anonymousSignature,
  argument,
  identifier,
  isIdentifier,
  isKeyword,
  isTree,
  type Signature,
  tree,
  unparen,
  unsupported,
} from './shapes.ts'
import { typeVariables } from './types.ts'

/** What `@inline` and its like say about the definition they stand before. */
export interface Attributes {
  inline: MethodDef['inline']
  constprop: boolean
  generated: boolean
}

/** What one method is made from. */
export interface MethodSource {
  readonly name: string
  readonly signature: Pick<Signature, 'params' | 'keywords' | 'wheres' | 'returnType'>
  /** The code of the body, looked through for what it assigns. */
  readonly nodes: readonly Node[]
  readonly body: (scope: Scope) => Core
  readonly span: Span
  readonly attributes?: Attributes
  /** Is it a function in Julia? */
  readonly isWritten: boolean
}

/** A method with the scope where it is written. */
export interface PlacedMethod {
  readonly scope: Scope
  readonly source: MethodSource
}

interface Parameter {
  readonly name: string | null
  /** A tuple to be taken apart. */
  readonly pattern: Node | null
  readonly type: Node | null
  readonly vararg: boolean
  readonly default: Node | null
  readonly nospecialize: boolean
  readonly span: Span
}

function parameter(node: Node): Parameter {
  let at = node
  let fallback: Node | null = null
  let vararg = false
  let type: Node | null = null
  let nospecialize = false
  for (;;) {
    if (isKeyword(at)) {
      fallback = argument(at, 1)
      at = argument(at, 0)
    } else if (isTree(at, '...')) {
      vararg = true
      at = argument(at, 0)
    } else if (isTree(at, '::') && type === null) {
      type = argument(at, at.args.length - 1)
      if (at.args.length === 1) return { name: null, pattern: null, type, vararg, default: fallback, nospecialize, span: node.span }
      at = argument(at, 0)
    } else if (isTree(at, 'macrocall') && macroName(argument(at, 0)) === 'nospecialize') {
      nospecialize = true
      at = argument(at, 1)
    } else if (isTree(at, 'parens')) at = unparen(at)
    else break
  }
  const rest = { type, vararg, default: fallback, nospecialize, span: node.span }
  if (isIdentifier(at)) return { name: at.name, pattern: null, ...rest }
  if (isTree(at, 'tuple')) return { name: null, pattern: at, ...rest }
  return unsupported('This form of parameter', node.span)
}

/** A method in its own frame; `outer` is the scope its definition stands in. */
export function lowerMethod(outer: Scope, frame: Frame, source: MethodSource): MethodDef {
  const { lower } = outer.unit
  const { signature, span } = source
  const { vars: whereVars, names: statics } = typeVariables(signature.wheres, openScope(outer, 'hard', [], { frame }))
  const typeScope = openScope(outer, 'hard', [], { frame, names: statics })
  const scope = openScope(typeScope, 'hard', source.nodes, { frame, declare: false })
  const positional = signature.params.map(parameter)
  const keywords = signature.keywords.map(parameter)
  const typeOf = (item: Parameter) => (item.type ? lower(typeScope, item.type) : null)

  const locals = new Map<Parameter, Variable>()
  for (const [at, item] of positional.entries()) locals.set(item, addLocal(frame, item.name ?? `#arg${at + 1}`, item.span))
  for (const item of keywords) locals.set(item, addLocal(frame, item.name ?? '#keyword', item.span))
  const bind = (item: Parameter) => {
    if (item.name !== null && item.name !== '_') scope.names.set(item.name, { kind: 'variable', variable: locals.get(item)! })
  }
  const types = new Map([...positional, ...keywords].map(item => [item, typeOf(item)]))
  const defaults: Core[] = []
  // What a default assigns is its own; later keywords see what earlier ones assign.
  const defaultOf = (item: Parameter, inside = openScope(scope, 'hard', item.default ? [item.default] : [])) => {
    const value = item.default ? lower(inside, item.default) : null
    if (value) defaults.push(value)
    bind(item)
    return value
  }
  const params: ParamDef[] = positional.map((item, at) => ({
    local: locals.get(item)!.id,
    name: item.name ?? `#arg${at + 1}`,
    type: types.get(item)!,
    vararg: item.vararg,
    default: defaultOf(item),
    nospecialize: item.nospecialize,
  }))
  const kwparams: KeywordDef[] = []
  const keywordScope = openScope(
    scope,
    'hard',
    keywords.map(item => item.default).filter(node => node !== null),
  )
  let kwslurp: LocalId | null = null
  for (const item of keywords) {
    if (item.vararg) {
      kwslurp = locals.get(item)!.id
      bind(item)
    } else if (item.name === null) unsupported('A keyword parameter without a name', item.span)
    else kwparams.push({ local: locals.get(item)!.id, name: item.name, type: types.get(item)!, default: defaultOf(item, keywordScope) })
  }
  const patterns = positional.filter(item => item.pattern !== null)
  for (const name of patterns.flatMap(item => targetNames(item.pattern!))) {
    if (!scope.names.has(name.name)) scope.names.set(name.name, { kind: 'variable', variable: addLocal(frame, name.name, name.span) })
  }
  declareAssigned(scope)
  const unpack = patterns.map(item => assignTarget(scope, item.pattern!, refer(frame, locals.get(item)!, item.span), item.span))
  const returnType = signature.returnType ? lower(scope, signature.returnType) : null
  const body = block([...unpack, source.body(scope)], span)
  decideBoxes(
    frame,
    [...locals.values()].map(variable => variable.id),
    [...defaults, body],
  )
  const of = (written: Node): MethodDef => {
    const attributes = { inline: 'auto' as const, constprop: false, ...source.attributes, generated: false }
    const again = { ...source, nodes: [written], body: (inner: Scope) => inner.unit.lower(inner, written), attributes }
    return lowerMethod(outer, methodFrame(outer.unit, frame.around, noCaptures(), null, frame.inFunction), again)
  }
  return {
    name: source.name,
    params,
    kwparams,
    kwslurp,
    whereVars,
    returnType,
    code: { locals: frame.locals, body, captures: frame.captures.entries },
    span,
    inline: source.attributes?.inline ?? 'auto',
    constprop: source.attributes?.constprop ?? false,
    ...(source.attributes?.generated && { generated: of }),
  }
}

/** A closure of one or more methods, each with the scope where it is written; `self` is the variable that holds it and nothing else. */
export function lowerClosure(scope: Scope, name: string, sources: readonly PlacedMethod[], self: Variable | null, span: Span): Core {
  const captures: Captures = noCaptures()
  const methods = sources.map(from => {
    const inFunction = scope.frame.inFunction || from.source.isWritten
    return lowerMethod(from.scope, methodFrame(scope.unit, scope, captures, self, inFunction), from.source)
  })
  const values = captures.variables.map(variable => refer(scope.frame, variable, span))
  return { kind: 'closure', def: { name, methods, captures: captures.entries, span }, captures: values, span }
}

export function anonymousName(scope: Scope): string {
  return `#${++scope.unit.counts.anonymous}`
}

/** An anonymous function of the given parameters whose body is made by `body`; `nodes` is the code of the body. */
export function lambda(scope: Scope, params: readonly Node[], nodes: readonly Node[], body: (scope: Scope) => Core, span: Span): Core {
  const name = anonymousName(scope)
  const signature = { params, keywords: [], wheres: [], returnType: null }
  return lowerClosure(scope, name, [{ scope, source: { name, signature, nodes, body, span, isWritten: false } }], null, span)
}

/** `x -> body`, `function (x) … end`, and the function of a do-block. */
export function lowerAnonymous(scope: Scope, head: Node, body: Node, span: Span): Core {
  const name = anonymousName(scope)
  return lowerClosure(scope, name, [{ scope, source: methodSource(name, anonymousSignature(head), body, span) }], null, span)
}

/** A method from its syntax. */
export function methodSource(name: string, signature: Signature, body: Node, span: Span, attributes?: Attributes): MethodSource {
  const source: MethodSource = { name, signature, nodes: [body], body: scope => scope.unit.lower(scope, body), span, isWritten: true }
  return attributes ? { ...source, attributes } : source
}

/** The function of a do-block, given as the first argument. */
export function doFunction(scope: Scope, node: Node): Core {
  if (!isTree(node, 'do')) return unsupported('This form of `do`', node.span)
  const body = argument(node, node.args.length - 1)
  const head = argument(node, node.args.length - 2)
  return lowerAnonymous(scope, head, body, node.span)
}

/** `(xs...) -> f(xs)` for code made here: `apply` gets the splatted arguments. */
export function variadicLambda(scope: Scope, apply: (scope: Scope, args: Core) => Core, span: Span): Core {
  const name = identifier('#xs', span)
  return lambda(scope, [tree('...', [name], span)], [], inner => apply(inner, inner.unit.lower(inner, name)), span)
}

/**
 * Macros that the program defines: those whose body is one quoted expression are expanded by substitution. Hygiene as in Julia:
 * outside of `esc`, names that the expansion assigns are renamed, all others mean globals.
 */
import type { Span } from '../../../../diagnostics/source.ts'
import { macroName, type Node, type Tree } from '../../../1-syntax/ast.ts'
import { targetNames } from '../assigned.ts'
import { exprText } from '../expr-text.ts'
import type { Unit } from '../scope.ts'
import { argument, callParts, identifier, isIdentifier, isKeyword, isTree, signatureOf, tree, unparen, unsupported } from '../shapes.ts'
import type { MacroCall } from './macro.ts'

/** The arguments of the call by the names of the macro's parameters. */
type Bindings = Map<string, readonly Node[]>

interface Expansion {
  readonly unit: Unit
  readonly bindings: Bindings
  readonly span: Span
  /** Subtrees that keep the meaning they have at the call. */
  readonly escaped: Set<Node>
}

export function expandUserMacro(unit: Unit, definition: Tree, call: MacroCall): Node {
  const signature = signatureOf(argument(definition, 0))
  if (!signature) return unsupported('This form of macro', definition.span)
  const bindings = bind(signature.params, call)
  const expansion: Expansion = { unit, bindings, span: call.span, escaped: new Set() }
  const template = templateOf(withBindings(expansion, bindings, argument(definition, 1)), definition.span)
  const body = substitute(expansion, template.body)
  if (template.escaped) return body
  return hygienic(expansion, body)
}

function bind(params: readonly Node[], call: MacroCall): Bindings {
  const bound = new Map<string, readonly Node[]>()
  for (const [at, param] of params.entries()) {
    const slurps = isTree(param, '...')
    const optional = isKeyword(param)
    const name = unparen(slurps || optional ? argument(param, 0) : param)
    const typed = isTree(name, '::') ? argument(name, 0) : name
    if (!isIdentifier(typed)) return unsupported('This form of macro parameter', param.span)
    if (slurps) bound.set(typed.name, call.args.slice(at))
    else {
      const given = call.args[at] ?? (optional ? argument(param, 1) : null)
      if (!given) return unsupported(`A call of \`@${call.name}\` with too few arguments`, call.span)
      bound.set(typed.name, [given])
    }
  }
  if (call.args.length > params.length && !params.some(param => isTree(param, '...')))
    unsupported(`A call of \`@${call.name}\` with too many arguments`, call.span)
  return bound
}

/** The last statement of the body; those before it may only give names to what interpolation could put in: `x = esc(x)`. */
function withBindings(cx: Expansion, bindings: Bindings, body: Node): Node {
  if (!isTree(body, 'block')) return body
  const statements = body.args.filter(statement => !isTree(statement, 'string'))
  for (const statement of statements.slice(0, -1)) {
    const name = isTree(statement, '=') ? argument(statement, 0) : null
    if (!isIdentifier(name)) return unsupported('A macro that computes', statement.span)
    bindings.set(name.name, interpolated(cx, argument(statement as Tree, 1)))
  }
  return statements.at(-1) ?? unsupported('A macro without a body', body.span)
}

/** The quoted expression that is the whole body, maybe in `esc` or `return`. */
function templateOf(body: Node, span: Span): { body: Node; escaped: boolean } {
  let at = unparen(body)
  let escaped = false
  for (;;) {
    if (isTree(at, 'block') && at.args.length === 1) at = unparen(argument(at, 0))
    else if (isTree(at, 'return') && at.args.length === 1) at = unparen(argument(at, 0))
    else if (escapedBy(at)) {
      escaped = true
      at = unparen(escapedBy(at)!)
    } else break
  }
  if (isTree(at, 'quote')) return { body: unparen(argument(at, 0)), escaped }
  if (isIdentifier(at) && escaped) return { body: tree('$', [at], at.span), escaped }
  return unsupported('A macro that does not end in a quoted expression', span)
}

/** `x` of `esc(x)`, `esc.(x)`, `map(esc, x)`. */
function escapedBy(node: Node): Node | null {
  if (!isTree(node, 'call', 'dotcall')) return null
  const { callee, args } = callParts(node)
  if (isIdentifier(callee, 'esc') && args.length === 1) return args[0]!
  return isIdentifier(callee, 'map') && args.length === 2 && isIdentifier(args[0], 'esc') ? args[1]! : null
}

/** The template with its interpolations filled in, and its spans those of the call. */
function substitute(cx: Expansion, node: Node): Node {
  if (!('args' in node)) return { ...node, span: cx.span }
  if (node.kind === '$') {
    const filled = interpolated(cx, argument(node, 0))
    return filled.length === 1 ? filled[0]! : unsupported('This interpolation in a macro', node.span)
  }
  if (node.kind === 'quote') unsupported('A quote inside a quote', node.span)
  const args = node.args.flatMap(arg => {
    const splat = isTree(arg, '$') && isTree(unparen(argument(arg, 0)), '...')
    return splat ? interpolated(cx, argument(unparen(argument(arg, 0)) as Tree, 0)) : [substitute(cx, arg)]
  })
  return { ...node, args, span: cx.span }
}

/** What `$(…)` puts in: a parameter, escaped or not, its text, or its quotation. */
function interpolated(cx: Expansion, node: Node): readonly Node[] {
  const inner = unparen(node)
  if (isIdentifier(inner))
    return cx.bindings.get(inner.name) ?? unsupported('Interpolating something else than a parameter of the macro', inner.span)
  const escaped = escapedBy(inner)
  if (escaped) {
    const found = interpolated(cx, escaped)
    for (const item of found) cx.escaped.add(item)
    return found
  }
  if (isTree(inner, 'call')) {
    const name = unparen(callParts(inner).callee)
    const args = callParts(inner).args.flatMap(arg => interpolated(cx, arg))
    if (isIdentifier(name, 'string') && args.length === 1)
      return [tree('string', [{ kind: 'String', value: exprText(args[0]!), span: cx.span }], cx.span)]
    const quotes = isIdentifier(name, 'QuoteNode') || (isTree(name, '.') && exprText(name) === 'Meta.quot')
    if (quotes && args.length === 1) return [tree('quote', [args[0]!], cx.span, 'prefix', ':')]
  }
  return unsupported('This interpolation in a macro', node.span)
}

/** Renames what the expansion assigns, and lets its other names mean globals. */
function hygienic(cx: Expansion, body: Node): Node {
  const own = new Set<string>()
  collect(cx, body, own)
  const suffix = ++cx.unit.counts.hygiene
  return rename(cx, body, own, suffix)
}

function collect(cx: Expansion, node: Node, own: Set<string>): void {
  if (!('args' in node) || cx.escaped.has(node)) return
  const add = (target: Node) => {
    for (const name of targetNames(target)) if (!cx.escaped.has(name as Node)) own.add(name.name)
  }
  switch (node.kind) {
    case '=':
    case 'op=':
    case 'in':
    case 'as':
      add(argument(node, 0))
      break
    case 'local':
      for (const item of node.args) if (!isTree(item, '=')) add(item)
      break
    case '->':
      add(argument(node, 0))
      break
    case 'catch':
      if (node.args.length > 1) add(argument(node, 0))
      break
    case 'do':
      add(argument(node, 0))
      break
    default:
  }
  const keywords = isTree(node, 'call', 'parameters', 'tuple')
  for (const arg of node.args) {
    if (keywords && isKeyword(arg)) collect(cx, argument(arg, 1), own)
    else collect(cx, arg, own)
  }
}

function rename(cx: Expansion, node: Node, own: ReadonlySet<string>, suffix: number): Node {
  if (cx.escaped.has(node)) return node
  if (node.kind === 'Identifier') {
    if (own.has(node.name)) return identifier(`${node.name}#${suffix}`, node.span)
    const global = { ...node }
    cx.unit.globalNames.add(global)
    return global
  }
  if (!('args' in node)) return node
  const walk = (item: Node) => rename(cx, item, own, suffix)
  switch (node.kind) {
    case '.':
      return { ...node, args: node.args.map((arg, at) => (at === 0 && node.args.length === 2 ? walk(arg) : arg)) }
    case 'quote':
    case 'macro_name':
      return node
    case 'macrocall':
      return { ...node, args: [argument(node, 0), ...node.args.slice(1).map(walk)] }
    case 'call':
    case 'parameters':
    case 'tuple':
      return {
        ...node,
        args: node.args.map(arg => (isKeyword(arg) ? { ...arg, args: [argument(arg, 0), walk(argument(arg, 1))] } : walk(arg))),
      }
    default:
      return { ...node, args: node.args.map(walk) }
  }
}

/** The name under which a definition makes a macro known. */
export function definedMacro(node: Tree): string {
  const head = argument(node, 0)
  const callee = signatureOf(head)?.callee ?? head
  return isIdentifier(callee) ? callee.name : macroName(callee)
}

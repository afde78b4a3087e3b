/** What a macro known to the engine is: a rewriting of syntax, or a way of lowering its call. */
import type { Span } from '../../../../diagnostics/source.ts'
import type { Node, Tree } from '../../../1-syntax/ast.ts'
import { macroName } from '../../../1-syntax/ast.ts'
import type { Core } from '../../core.ts'
import type { Scope, Unit } from '../scope.ts'
import { argument, isIdentifier, isTree, unparen } from '../shapes.ts'

export interface MacroCall {
  readonly name: string
  /** The modules that stand before the name. */
  readonly path: readonly string[]
  /** Arguments; what stands after `;` in the form with parentheses comes last. */
  readonly args: readonly Node[]
  readonly node: Tree
  readonly span: Span
}

export type Macro =
  /** Gives other syntax, to be lowered in place of the call; `unit` is the module it stands in. */
  | { readonly kind: 'rewrite'; readonly rewrite: (call: MacroCall, unit: Unit) => Node }
  /** Lowers its call itself; `scoped` is the code that runs in the scope of the call. */
  | {
      readonly kind: 'code'
      readonly scoped: (call: MacroCall) => readonly Node[]
      readonly lower: (scope: Scope, call: MacroCall, wanted: boolean) => Core
    }
  /** Known, and outside the subset; `what` names it in the message. */
  | { readonly kind: 'refused'; readonly what: string }

export function macroCall(node: Tree): MacroCall {
  const args = node.args.slice(1).flatMap(arg => (isTree(arg, 'parameters') ? arg.args : [arg]))
  const callee = argument(node, 0)
  return { name: macroName(callee), path: pathBefore(callee), args, node, span: node.span }
}

/** `A`, `B` of `A.B.@m`. */
function pathBefore(callee: Node): readonly string[] {
  const inner = isTree(callee, 'macro_name') ? argument(callee, 0) : callee
  return isTree(inner, '.') ? namesOf(argument(inner, 0)) : []
}

function namesOf(node: Node): readonly string[] {
  if (isIdentifier(node)) return [node.name]
  return isTree(node, '.') && node.args.length === 2 ? node.args.flatMap(namesOf) : []
}

/** Those that define types: what is in them is no code of the scope they stand in. */
const TYPE_MACROS: readonly string[] = ['kwdef', 'with_kw', 'with_kw_noshow', 'enum']

export function isTypeMacro(name: string): boolean {
  return TYPE_MACROS.includes(name)
}

/** All arguments run in the scope of the call. */
export function allArguments(call: MacroCall): readonly Node[] {
  return call.args
}

/** The arguments run in functions of their own, or not at all. */
export function noArguments(): readonly Node[] {
  return []
}

/** The text of a plain string argument; null when it is none. */
export function plainText(node: Node | undefined): string | null {
  if (!node) return null
  const inner = unparen(node)
  if (!isTree(inner, 'string')) return null
  if (!inner.args.every(part => part.kind === 'String')) return null
  return inner.args.map(part => (part.kind === 'String' ? part.value : '')).join('')
}

/** A macro whose arguments, if it has any, are no code of the place where it stands: a text, or nothing. */
export function constant(make: (scope: Scope, call: MacroCall) => Core): Macro {
  return { kind: 'code', scoped: noArguments, lower: make }
}

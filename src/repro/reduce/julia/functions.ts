/** Definitions of functions and their calls, as the edits see them. */
import { isTreeOf, type Leaf, type Node, type Tree } from '../../../engine/index.ts'
import { type Patch, type Range, replace } from '../patch.ts'
import { places } from './walk.ts'

export interface Definition {
  /** The whole of it, with a docstring or macros before it. */
  readonly whole: Node
  readonly node: Tree
  readonly name: string
  /** The call of the signature, which holds the parameters. */
  readonly head: Tree
  readonly params: readonly Node[]
  readonly hasKeywords: boolean
  readonly body: Node
}

function headOf(node: Node | undefined): Tree | null {
  if (isTreeOf(node, 'where', '::', 'parens')) return headOf(node.args[0])
  return isTreeOf(node, 'call') && node.form === 'prefix' ? node : null
}

/** Functions with a name of their own that are defined at top level, or in a block. */
export function definitionsIn(tree: Tree): Definition[] {
  const found: Definition[] = []
  for (const { node, parent } of places(tree)) {
    if (!isTreeOf(node, 'function') || node.args.length < 2) continue
    const head = headOf(node.args[0])
    const name = head?.args[0]
    if (!head || name?.kind !== 'Identifier') continue
    const params = head.args.slice(1).filter(arg => !isTreeOf(arg, 'parameters'))
    const whole = isTreeOf(parent ?? undefined, 'doc', 'macrocall') ? parent! : node
    found.push({ whole, node, name: name.name, head, params, hasKeywords: params.length < head.args.length - 1, body: node.args[1]! })
  }
  return found
}

export type Name = Extract<Leaf, { readonly kind: 'Identifier' }>

/** The name that a parameter binds; null for patterns and for `::T` alone. */
export function parameterName(node: Node | undefined): Name | null {
  if (node?.kind === 'Identifier') return node
  return isTreeOf(node, '::', '=') && node.form !== 'prefix-op' ? parameterName(node.args[0]) : null
}

/** Occurrences of a name where it may mean the variable; not as a field, a keyword, or in what a nested function binds anew. */
export function occurrences(node: Node, name: string): Name[] {
  const found: Name[] = []
  const visit = (at: Node) => {
    if (at.kind === 'Identifier') {
      if (at.name === name) found.push(at)
      return
    }
    if (!('args' in at)) return
    if (isTreeOf(at, '.') && at.args.length === 2) return visit(at.args[0]!)
    if (isTreeOf(at, '->', 'do') && binds(at.args[0]!, name)) return
    if (isTreeOf(at, 'quote', 'using', 'import')) return
    const isList = isTreeOf(at, 'call', 'dotcall', 'parameters', 'tuple')
    for (const arg of at.args) visit(isList && isTreeOf(arg, '=') ? arg.args[1]! : arg)
  }
  visit(node)
  return found
}

function binds(node: Node, name: string): boolean {
  for (const { node: at } of places(node)) if (at.kind === 'Identifier' && at.name === name) return true
  return false
}

export interface CallSite {
  readonly node: Tree
  readonly callee: Name
  readonly args: readonly Node[]
  /** Splats, keywords or a `do` block: not to be changed lightly. */
  readonly isPlain: boolean
}

/** Calls of a function by its name, those of its own signatures left out. */
export function callsOf(tree: Tree, name: string): CallSite[] {
  const heads = new Set<Node>(definitionsIn(tree).map(d => d.head))
  const found: CallSite[] = []
  for (const { node } of places(tree)) {
    if (!isTreeOf(node, 'call') || node.form !== 'prefix' || heads.has(node)) continue
    const [callee, ...args] = node.args
    if (callee?.kind !== 'Identifier' || callee.name !== name) continue
    found.push({ node, callee, args, isPlain: !args.some(arg => isTreeOf(arg, '...', 'parameters', 'do', '=', 'generator')) })
  }
  return found
}

/** Takes one of a list that is separated by commas or spaces, and one separator with it. */
export function without(list: readonly Node[], index: number): ReturnType<typeof replace> {
  const node = list[index]!
  const before = list[index - 1]
  const after = list[index + 1]
  const range: Range = before
    ? { start: before.span.end, end: node.span.end }
    : { start: node.span.start, end: after ? after.span.start : node.span.end }
  return replace(range)
}

/** Several patches as one, or null if they touch each other. */
export function joined(about: string, replacements: Patch['replacements']): Patch | null {
  const sorted = [...replacements].sort((a, b) => a.start - b.start)
  const overlap = sorted.some((r, i) => i > 0 && r.start < sorted[i - 1]!.end)
  return overlap ? null : { about, replacements }
}

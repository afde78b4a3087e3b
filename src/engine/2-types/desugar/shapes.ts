/** Reads the shapes of syntax trees: calls, signatures, parameters. Knows no scopes and makes no Core. */
import { Failure } from '../../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import { type Leaf, macroName, type Node, type Tree, type TreeKind } from '../../1-syntax/ast.ts'

export type Identifier = Extract<Leaf, { kind: 'Identifier' }>

export function isTree<K extends TreeKind>(node: Node | null | undefined, ...kinds: readonly K[]): node is Tree & { readonly kind: K } {
  return node != null && 'args' in node && (kinds as readonly TreeKind[]).includes(node.kind)
}

export function isIdentifier(node: Node | null | undefined, name?: string): node is Identifier {
  return node?.kind === 'Identifier' && (name === undefined || node.name === name)
}

export function identifier(name: string, span: Span): Identifier {
  return { kind: 'Identifier', name, raw: false, span }
}

export function tree(kind: TreeKind, args: readonly Node[], span: Span, form: Tree['form'] = 'prefix', flag = ''): Tree {
  return { kind, form, flag, args, span }
}

/** A construct that is outside the subset was met. */
export class Refused extends Failure {
  readonly what: string

  constructor(what: string, span: Span) {
    super(diagnostic('lower', 'subset.no-syntax', { what }, span))
    this.what = what
  }
}

/** Refuses a construct that is outside the subset. */
export function unsupported(what: string, span: Span): never {
  throw new Refused(what, span)
}

/** Without the parentheses around it. */
export function unparen(node: Node): Node {
  let at = node
  while (isTree(at, 'parens') && at.args.length === 1) at = at.args[0]!
  return at
}

/** The one argument at `index`; the parser promises it. */
export function argument(node: Tree, index: number): Node {
  const found = node.args[index]
  if (!found) unsupported(`This form of \`${node.kind}\``, node.span)
  return found
}

/** A call with its parts, however it was written. */
export interface CallParts {
  readonly callee: Node
  readonly args: readonly Node[]
  /** What stands after `;`. */
  readonly keywords: readonly Node[]
  readonly doBlock: Tree | null
}

export function callParts(node: Tree): CallParts {
  const { callee, rest } = calleeAndRest(node)
  const args: Node[] = []
  const keywords: Node[] = []
  let doBlock: Tree | null = null
  for (const arg of rest) {
    if (isTree(arg, 'parameters')) keywords.push(...arg.args)
    else if (isTree(arg, 'do')) doBlock = arg
    else args.push(arg)
  }
  return { callee, args, keywords, doBlock }
}

function calleeAndRest(node: Tree): { callee: Node; rest: readonly Node[] } {
  switch (node.form) {
    case 'infix':
      return { callee: argument(node, 1), rest: [argument(node, 0), ...node.args.slice(2)] }
    case 'postfix-op':
      return { callee: argument(node, 1), rest: [argument(node, 0)] }
    default:
      return { callee: argument(node, 0), rest: node.args.slice(1) }
  }
}

/** The signature of a function: `f(x, y=1; k) where T`, with what stands around it. */
export interface Signature {
  /** What is called: a name, a path, `(p::P)`; null for an anonymous function. */
  readonly callee: Node | null
  readonly params: readonly Node[]
  readonly keywords: readonly Node[]
  readonly wheres: readonly Node[]
  readonly returnType: Node | null
  readonly span: Span
}

/** `@main`, which marks the function of this name as the entry point of the script. */
export function isEntryPoint(node: Node): boolean {
  return isTree(node, 'macrocall') && node.args.length === 1 && macroName(argument(node, 0)) === 'main'
}

/** The signature that `node` is, or null when it is no signature: then `node = …` is an assignment. */
export function signatureOf(node: Node): Signature | null {
  const wheres: Node[] = []
  let returnType: Node | null = null
  let at: Node = node
  for (;;) {
    if (isTree(at, 'where')) {
      wheres.push(...whereVariables(at))
      at = argument(at, 0)
    } else if (isTree(at, '::') && at.args.length === 2 && returnType === null && signatureOf(argument(at, 0))) {
      returnType = argument(at, 1)
      at = argument(at, 0)
    } else if (isTree(at, 'parens') && at.args.length === 1 && isTree(at.args[0], 'call', 'where', '::')) {
      at = at.args[0]
    } else break
  }
  if (!isTree(at, 'call')) return null
  const parts = callParts(at)
  const callee = isEntryPoint(unparen(parts.callee)) ? identifier('main', parts.callee.span) : parts.callee
  return { callee, params: parts.args, keywords: parts.keywords, wheres, returnType, span: node.span }
}

/** The variables of one `where`, braces opened. */
export function whereVariables(node: Tree): readonly Node[] {
  return node.args.slice(1).flatMap(item => (isTree(item, 'braces') ? item.args : [item]))
}

/** The signature of `x -> …`, `(x, y; k) -> …`, `function (x) … end`. */
export function anonymousSignature(node: Node): Signature {
  const wheres: Node[] = []
  let returnType: Node | null = null
  let at: Node = node
  for (;;) {
    if (isTree(at, 'where')) {
      wheres.push(...whereVariables(at))
      at = argument(at, 0)
    } else if (isTree(at, '::') && at.args.length === 2) {
      returnType = argument(at, 1)
      at = argument(at, 0)
    } else if (isTree(at, 'parens')) {
      at = argument(at, 0)
    } else break
  }
  const items = isTree(at, 'tuple') ? at.args : [at]
  const params: Node[] = []
  const keywords: Node[] = []
  for (const item of items) {
    if (isTree(item, 'parameters')) keywords.push(...item.args)
    else params.push(item)
  }
  return { callee: null, params, keywords, wheres, returnType, span: node.span }
}

/** `name = value` in an argument list. */
export function isKeyword(node: Node): node is Tree & { readonly kind: '=' } {
  return isTree(node, '=') && node.args.length === 2
}

/** The name quoted in `:name` or `a.name`. */
export function quotedName(node: Node): string | null {
  const inner = unparen(node)
  if (isIdentifier(inner)) return inner.name
  if (isTree(inner, 'quote') && inner.args.length === 1) return quotedName(inner.args[0]!)
  return null
}

/** `[a, b]` for `a.b` in a place where only a path of names makes sense; null otherwise. */
export function namePath(node: Node): string[] | null {
  const inner = unparen(node)
  if (isIdentifier(inner)) return [inner.name]
  if (isTree(inner, 'quote') && inner.args.length === 1 && isIdentifier(inner.args[0])) return [inner.args[0].name]
  if (isTree(inner, '.') && inner.args.length === 2) {
    const before = namePath(inner.args[0]!)
    const last = quotedName(inner.args[1]!)
    return before && last !== null ? [...before, last] : null
  }
  return null
}

/** A definition of a function: `function … end`, `f(x) = …`, with its signature and body; null for anything else. */
export function functionDefinition(node: Node): { readonly signature: Signature; readonly body: Node | null; readonly node: Tree } | null {
  if (!isTree(node, 'function')) return null
  const head = argument(node, 0)
  const body = node.args[1] ?? null
  if (body === null)
    return { signature: { callee: head, params: [], keywords: [], wheres: [], returnType: null, span: head.span }, body, node }
  return { signature: signatureOf(head) ?? anonymousSignature(head), body, node }
}

/** What can be done about a failure, as edits of the program: a row a code, over its syntax and the places that the failure names. */
import type { Diagnostic, Edit, Fix } from '../diagnostics/diagnostic.ts'
import { PACKAGES } from '../diagnostics/packages.ts'
import type { Source, Span } from '../diagnostics/source.ts'
import type { Node, Tree } from './1-syntax/ast.ts'
import { parseProgram } from './1-syntax/parse.ts'
import { nearestNames } from './nearest-names.ts'

/** The program that a failure is about, and where the failure is in it. */
interface Patient {
  readonly found: Diagnostic
  readonly tree: Node
  /** Innermost first. */
  readonly places: readonly Span[]
  /** Names that the program could have meant. */
  readonly names: () => readonly string[]
  /** What a library gives to programs that load it. */
  readonly exports: (library: string) => readonly string[]
}

/** Come with Julia, so that a program only has to load them. */
const STANDARD_LIBRARIES = ['LinearAlgebra', 'Statistics', 'Random', 'SparseArrays']

type Advice = (patient: Patient) => Fix | readonly Fix[] | null

const DERIVATIVES = ['autodiff', 'autodiff_deferred', 'gradient', 'jacobian', 'gradient!']

const ADVICE: Readonly<Record<string, readonly Advice[]>> = {
  'misuse.array-return': [returnNothing],
  'misuse.returns-what-it-wrote': [returnNothing],
  'misuse.output-not-scalar': [
    p => {
      const call = callNear(p, ['gradient'])
      return call && fix('ask for the Jacobian', replace(nameOf(call.callee)!.span, 'jacobian'))
    },
  ],
  'misuse.active-array': [
    p => {
      const call = callNear(p, ['Active'])
      const [x] = call?.args ?? []
      return call && x ? fix('pass the array with a shadow', replace(call.node.span, `Duplicated(${textOf(x)}, zero(${textOf(x)}))`)) : null
    },
  ],
  'misuse.integer-input': [floatLiterals],
  'misuse.integer-shadow': [floatLiterals],
  'misuse.shadow-size': [ownShadow],
  'misuse.shadow-is-primal': [ownShadow],
  'misuse.shadow-not-zeroed': [
    p => {
      const call = callNear(p, DERIVATIVES)
      const shadow = call?.args.flatMap(arg => (callOf(arg)?.name === 'Duplicated' ? [callOf(arg)!.args[1]] : []))[0]
      const statement = call && statementAround(p.tree, call.node.span)
      if (shadow?.kind !== 'Identifier' || !statement) return null
      const { source, start } = statement.span
      return fix('zero the shadow first', {
        span: { source, start, end: start },
        text: `make_zero!(${shadow.name})\n${indentAt(source, start)}`,
      })
    },
  ],
  'misuse.seed-missing': [
    p => {
      // What a function writes is its first argument.
      const call = callNear(p, DERIVATIVES)
      const output = call?.args.slice(2).find(arg => callOf(arg))
      const { name, args } = (output && callOf(output)) ?? { name: null, args: [] }
      const [y, shadow] = args
      if (name?.startsWith('Duplicated') && shadow)
        return fix('set the shadow of the output to one', replace(shadow.span, `fill!(${textOf(shadow)}, 1)`))
      if (name !== 'Const' || y?.kind !== 'Identifier') return null
      return fix('pass the output with a shadow of ones', replace(output!.span, `Duplicated(${y.name}, fill!(zero(${y.name}), 1))`))
    },
  ],
  'misuse.thunk-seed': [
    p => {
      const node = nodeNear(p, one => (callOf(one)?.args.length ?? 0) > 1)
      const tape = node && callOf(node)?.args.at(-1)
      return tape ? fix('pass the seed before the tape', { span: { ...tape.span, end: tape.span.start }, text: '1.0, ' }) : null
    },
  ],
  'ad.union-return': [
    p => {
      const choice = nodeNear(p, one => one.kind === '?')
      const literals = [1, 2].flatMap(i => (choice && childAt(choice, i)?.kind === 'Integer' ? [childAt(choice, i)!] : []))
      return literals.length === 1 ? fix('give both branches the same type', replace(literals[0]!.span, `${textOf(literals[0]!)}.0`)) : null
    },
  ],
  'subset.no-package': [misspelt],
  'ad.untyped-growth': [typedArray],
  'ad.any-concatenation': [typedArray],
  'ad.matrix-solve': [
    p => {
      const node = nodeNear(p, one => one.kind === 'call' && one.form === 'infix' && one.args.some(arg => isNamed(arg, '\\')))
      const [a, b] = node && 'args' in node ? node.args.filter(arg => !isNamed(arg, '\\')) : []
      const columns = a && b ? `hcat((${textOf(a)} \\ b for b in eachcol(${textOf(b)}))...)` : ''
      return columns ? fix('solve column by column', replace(node!.span, columns)) : null
    },
  ],
  'ad.active-store-to-const': [
    p => {
      const call = callNear(p, DERIVATIVES)
      if (!call) return null
      if (p.found.exception === 'EnzymeMutabilityException') return withShadow(call.args[1])
      const constants = call.args.slice(2).filter(arg => callOf(arg)?.name === 'Const')
      return constants.length === 1 ? withShadow(constants[0]) : null
    },
  ],
  'ad.closure-written': [
    p => {
      const f = callNear(p, DERIVATIVES)?.args[1]
      return f && !callOf(f)?.name?.match(/^(Const|Duplicated)$/)
        ? fix('say that the function is constant', replace(f.span, `Const(${textOf(f)})`))
        : null
    },
  ],
  'ad.runtime-activity': [
    p => {
      const mode = callNear(p, DERIVATIVES)?.args[0]
      return mode?.kind === 'Identifier' ? fix('turn runtime activity on', replace(mode.span, `set_runtime_activity(${mode.name})`)) : null
    },
  ],
  'ad.typed-comprehension': [
    p => {
      const node = nodeNear(p, one => one.kind === 'typed_comprehension')
      return node && fix('leave the element type out', replace(childAt(node, 0)!.span, ''))
    },
  ],
  'ad.untyped-global': [
    p => {
      const name = /`(.+?)`/.exec(p.found.message)?.[1]
      const set = 'args' in p.tree ? p.tree.args.find(one => one.kind === '=' && isNamed(childAt(one, 0), name)) : undefined
      return set ? fix(`make \`${name}\` constant`, { span: { ...set.span, end: set.span.start }, text: 'const ' }) : null
    },
  ],
  'run.exception': [
    p => {
      const call = p.found.message === 'Active arguments not allowed in forward mode' ? callNear(p, ['Active']) : null
      const [x] = call?.args ?? []
      return call && x ? fix('pass the number with its tangent', replace(call.node.span, `Duplicated(${textOf(x)}, 1.0)`)) : null
    },
    p => {
      const name = undefinedName(p.found)
      const owner = name && !isAmbiguous(p.found) && STANDARD_LIBRARIES.find(library => p.exports(library).includes(name))
      const [first] = 'args' in p.tree ? p.tree.args : []
      if (!owner || !first) return null
      const { source, start } = first.span
      return fix(`load \`${owner}\`, which has \`${name}\``, { span: { source, start, end: start }, text: `using ${owner}\n` })
    },
    p => {
      const name = isAmbiguous(p.found) ? undefinedName(p.found) : undefined
      const use = name === undefined ? null : nodeNear(p, one => isNamed(one, name))
      if (!use) return null
      const owners = usedModules(p.tree).filter(module => p.exports(module).includes(name!))
      return owners.map(owner => fix(`write \`${owner}.${name}\``, replace(use.span, `${owner}.${name}`)))
    },
    p => {
      const name = isAmbiguous(p.found) ? undefined : undefinedName(p.found)
      const [near] = name ? nearestNames(name, [...namesIn(p.tree), ...p.names()]) : []
      const use = near && nodeNear(p, one => isNamed(one, name))
      return use ? fix(`write \`${near}\``, replace(use.span, near)) : null
    },
  ],
}

/** A package with a name that is nearly that of one there is. */
function misspelt(p: Patient): Fix | null {
  const name = /^The package `(.+)` is/.exec(p.found.message)?.[1]
  const [near] = name ? nearestNames(name, PACKAGES) : []
  const use = near && nodeNear(p, one => isNamed(one, name))
  return use ? fix(`load \`${near}\``, replace(use.span, near)) : null
}

/** The failure with the fixes that are known for it; as it is if its program cannot be read. */
export function advised(found: Diagnostic, names: Patient['names'], exports: Patient['exports']): Diagnostic {
  const advice = ADVICE[found.code]
  const places = [
    found.primary?.span,
    ...found.secondary.map(l => l.span),
    ...found.stack.flatMap(f => (f.origin === 'user' ? f.span : null)),
  ].filter((span): span is Span => Boolean(span))
  const source = found.stack.find(frame => frame.origin === 'user' && frame.span)?.span?.source ?? found.primary?.span.source
  if (!advice || !source) return found
  try {
    const tree = parseProgram(source)
    const own = places.filter(span => span.source === source)
    const fixes = advice.flatMap(one => one({ found, tree, places: own, names, exports }) ?? [])
    return fixes.length > 0 ? { ...found, fixes: [...found.fixes, ...fixes] } : found
  } catch {
    return found
  }
}

function undefinedName(found: Diagnostic): string | undefined {
  return found.exception === 'UndefVarError' ? /`(.+?)` not defined/.exec(found.message)?.[1] : undefined
}

/** Do used modules export the name with several meanings? */
function isAmbiguous(found: Diagnostic): boolean {
  return found.message.includes('resulting in ambiguity')
}

/** `A` and `B` of `using A, B` at the top level. */
function usedModules(tree: Node): string[] {
  const statements = 'args' in tree ? tree.args.filter(one => one.kind === 'using') : []
  return statements.flatMap(one =>
    ('args' in one ? one.args : []).flatMap(path => {
      const first = path.kind === 'importpath' ? path.args[0] : undefined
      return first?.kind === 'Identifier' ? [first.name] : []
    }),
  )
}

function fix(title: string, ...edits: Edit[]): Fix {
  return { title, edits }
}

function replace(span: Span, text: string): Edit {
  return { span, text }
}

// ── The mistakes that have more to them ──

/** The function that is differentiated ends in `nothing`. */
function returnNothing(p: Patient): Fix | null {
  const call = callNear(p, DERIVATIVES)
  const f = call?.args[1] && (callOf(call.args[1])?.args[0] ?? call.args[1])
  if (f?.kind !== 'Identifier') return null
  const methods = allNodes(p.tree).filter((node): node is Tree => isMethodOf(node, f.name))
  const [method] = methods
  if (!method || methods.length > 1) return null
  const title = `return nothing from \`${f.name}\``
  const body = childAt(method, 1)
  if (!body) return null
  if (method.flag === '=') {
    const isSequence = body.kind === 'block' && textOf(body).startsWith('(')
    if (isSequence) return fix(title, { span: { ...body.span, start: body.span.end - 1, end: body.span.end - 1 }, text: '; nothing' })
    const inside = body.kind === 'parens' ? childAt(body, 0)! : body
    return fix(title, replace(body.span, `(${textOf(inside)}; nothing)`))
  }
  const { source, end } = method.span
  const at = end - 'end'.length
  const isLine = source.text.slice(source.text.lastIndexOf('\n', at - 1) + 1, at).trim() === ''
  return fix(title, {
    span: { source, start: at, end: at },
    text: isLine ? `    return nothing\n${indentAt(source, at)}` : '; return nothing; ',
  })
}

function isMethodOf(node: Node, name: string): node is Tree {
  const head = node.kind === 'function' ? node.args[0] : undefined
  return head !== undefined && signatureName(head) === name
}

/** A signature may have a return type and type variables around it. */
function signatureName(head: Node): string | null {
  const call = callOf(head)
  if (call) return call.name
  return head.kind === '::' || head.kind === 'where' || head.kind === 'parens' ? signatureName(head.args[0]!) : null
}

/** Integer literals among the arguments of a derivative become floats. */
function floatLiterals(p: Patient): Fix | null {
  const call = callNear(p, DERIVATIVES)
  const literals = call?.args.slice(2).flatMap(arg => allNodes(arg).filter(node => node.kind === 'Integer')) ?? []
  return literals.length === 0 ? null : fix('write floats', ...literals.map(node => replace(node.span, `${textOf(node)}.0`)))
}

/** The one array of `Any` that the function makes, with the element type of what is differentiated. */
function typedArray(p: Patient): Fix | null {
  const isUntyped = (node: Node): boolean =>
    (node.kind === 'vect' && childAt(node, 0) === undefined) || (node.kind === 'ref' && isNamed(childAt(node, 0), 'Any'))
  const found = allNodes(p.tree).filter(isUntyped)
  const [array] = found
  if (!array || found.length > 1) return null
  return fix(
    'give the array its element type',
    array.kind === 'vect' ? replace(array.span, 'Float64[]') : replace(childAt(array, 0)!.span, 'Float64'),
  )
}

/** `Duplicated(x, …)` with a shadow made from `x`. */
function ownShadow(p: Patient): Fix | null {
  const call = callNear(p, ['Duplicated', 'DuplicatedNoNeed'])
  const [x, shadow] = call?.args ?? []
  return x && shadow ? fix('make the shadow from the value', replace(shadow.span, `zero(${textOf(x)})`)) : null
}

/** Of arrays and of structs. */
function withShadow(arg: Node | undefined): Fix | null {
  if (!arg) return null
  const inner = callOf(arg)?.name === 'Const' ? callOf(arg)!.args[0] : arg
  if (inner?.kind !== 'Identifier') return null
  return fix(`pass \`${inner.name}\` with a shadow`, replace(arg.span, `Duplicated(${inner.name}, make_zero(${inner.name}))`))
}

// ── Syntax ──

interface Call {
  readonly node: Tree
  readonly callee: Node
  readonly name: string | null
  /** Positional ones. */
  readonly args: readonly Node[]
}

function callOf(node: Node): Call | null {
  if (node.kind !== 'call' || node.form !== 'prefix') return null
  const [callee, ...args] = node.args
  if (!callee) return null
  const positional = args.filter(arg => arg.kind !== 'parameters' && arg.kind !== '=' && arg.kind !== 'do')
  return { node, callee, name: nameOf(callee)?.name ?? null, args: positional }
}

/** `f` of `f` and of `A.f`. */
function nameOf(callee: Node): Extract<Node, { kind: 'Identifier' }> | null {
  if (callee.kind === 'Identifier') return callee
  if (callee.kind !== '.') return null
  const last = callee.args.at(-1)
  const name = last && 'args' in last ? last.args[0] : last
  return name?.kind === 'Identifier' ? name : null
}

function isNamed(node: Node | undefined, name: string | undefined): boolean {
  return node?.kind === 'Identifier' && node.name === name
}

function childAt(node: Node, index: number): Node | undefined {
  return 'args' in node ? node.args[index] : undefined
}

function allNodes(node: Node): Node[] {
  return 'args' in node ? [node, ...node.args.flatMap(allNodes)] : [node]
}

/** What the program itself gives a name: variables, functions, parameters. */
function namesIn(tree: Node): string[] {
  const set = allNodes(tree).flatMap(node => {
    if (node.kind === '=' || node.kind === '::') return [childAt(node, 0)]
    return node.kind === 'function' && childAt(node, 0) ? allNodes(childAt(node, 0)!) : []
  })
  return set.flatMap(node => (node?.kind === 'Identifier' ? [node.name] : []))
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** The node of this kind that is nearest to a place of the failure: inside of it, or the smallest around it. */
function nodeNear({ tree, places }: Patient, isWanted: (node: Node) => boolean): Node | null {
  const wanted = allNodes(tree).filter(isWanted)
  const size = ({ span }: Node): number => span.end - span.start
  for (const place of places) {
    const inside = wanted.filter(node => holds(place, node.span))
    if (inside.length === 1) return inside[0]!
    const around = wanted.filter(node => holds(node.span, place)).sort((a, b) => size(a) - size(b))
    if (around[0]) return around[0]
    if (inside[0]) return inside[0]
  }
  return null
}

function callNear(p: Patient, names: readonly string[]): Call | null {
  const node = nodeNear(p, one => names.includes(callOf(one)?.name ?? ''))
  return node && callOf(node)
}

/** The statement of the file, a body or a `begin` that a place stands in. */
function statementAround(tree: Node, span: Span): Node | null {
  if (!('args' in tree)) return null
  const child = tree.args.find(one => holds(one.span, span))
  const deeper = child ? statementAround(child, span) : null
  return deeper ?? (child && (tree.kind === 'toplevel' || tree.kind === 'block') ? child : null)
}

function textOf({ span }: Node): string {
  return span.source.text.slice(span.start, span.end)
}

function indentAt({ text }: Source, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))![0]
}

/**
 * KernelAbstractions: `@kernel function k!(A) … end` defines the code of one group of work items, `cpu_k!`, and `k!(backend)`, which makes what is launched.
 * The body becomes loops over the items of a group, one for each part between two `@synchronize`, as on the CPU back end of the package.
 */
import type { Span } from '../../../../diagnostics/source.ts'
import { macroName, type Node, type Tree } from '../../../1-syntax/ast.ts'
import { argument, identifier, isIdentifier, isTree, tree, unparen, unsupported } from '../shapes.ts'
import { type Macro, type MacroCall, macroCall } from './macro.ts'

/** The state of a group, and the item of a loop, in the code of a kernel. */
const CONTEXT = '__ctx__'
const ITEM = '__item__'

function call(callee: Node, args: readonly Node[], span: Span): Tree {
  return tree('call', [callee, ...args], span)
}

/** A function of the module, whatever the program has imported of it. */
function member(name: string, span: Span): Node {
  const module = tree('.', [identifier('Base', span), identifier('KernelAbstractions', span)], span)
  return tree('.', [module, identifier(name, span)], span)
}

function assigned(to: Node, value: Node): Node {
  return tree('=', [to, value], value.span, 'infix')
}

function isMacro(node: Node | undefined, name: string): node is Tree {
  return isTree(node, 'macrocall') && macroName(argument(node, 0)) === name
}

function contains(node: Node, test: (node: Node) => boolean): boolean {
  return test(node) || ('args' in node && node.args.some(arg => contains(arg, test)))
}

const hasBarrier = (node: Node): boolean => contains(node, inner => isMacro(inner, 'synchronize'))

/** `@index(Global, Cartesian)`, `@ndrange()`, `@groupsize()` and `@print` as calls. */
function calls(node: Node): Node {
  if (!('args' in node)) return node
  if (isTree(node, 'macrocall')) {
    const { name, args, span } = macroCall(node)
    const context = identifier(CONTEXT, span)
    if (name === 'index') {
      const [of, kind] = args.map(arg => (isIdentifier(arg) ? arg.name : unsupported('This form of `@index`', span)))
      return call(member(`index_${of}_${kind ?? 'Linear'}`, span), [context, identifier(ITEM, span)], span)
    }
    if (name === 'ndrange' || name === 'groupsize') return call(member(name, span), [context], span)
    if (name === 'print') return call(tree('.', [identifier('Base', span), identifier('print', span)], span), args.map(calls), span)
    if (name === 'uniform' && args.length === 1) return calls(args[0]!)
  }
  return { ...node, args: node.args.map(calls) }
}

/** What is computed again in each loop, and the names of what each item has for itself. */
interface Known {
  readonly indices: Node[]
  readonly owned: Node[]
}

function store(name: Node): Node {
  return isIdentifier(name) ? identifier(`__private_${name.name}__`, name.span) : unsupported('This form of `@private`', name.span)
}

/** A statement of memory or of values that all items share: it stands before the loop. Null for any other. */
function hoisted(statement: Node, known: Known): Node | null {
  if (isMacro(statement, 'uniform')) return calls(macroCall(statement).args[0] ?? statement)
  if (isMacro(statement, 'private')) {
    const [inner] = macroCall(statement).args
    return isTree(inner, '=') ? ofItems(known, argument(inner, 0), 'values_of_items', [argument(inner, 1)]) : null
  }
  if (!isTree(statement, '=')) return null
  const [to, value] = [argument(statement, 0), unparen(argument(statement, 1))]
  if (isMacro(value, 'uniform')) return assigned(to, calls(value))
  if (!isTree(value, 'macrocall')) return null
  const { name, args, span } = macroCall(value)
  if (name === 'localmem') return assigned(to, call(member('memory', span), args.map(calls), span))
  return name === 'private' ? ofItems(known, to, 'memory_of_items', args) : null
}

function ofItems(known: Known, name: Node, maker: string, args: readonly Node[]): Node {
  known.owned.push(name)
  return assigned(store(name), call(member(maker, name.span), [identifier(CONTEXT, name.span), ...args.map(calls)], name.span))
}

function loop(body: readonly Node[], known: Known, span: Span): Node {
  const context = identifier(CONTEXT, span)
  const place = call(member('index_Local_Linear', span), [context, identifier(ITEM, span)], span)
  const owned = known.owned.map(name => assigned(name, tree('ref', [store(name), place], span)))
  const items = tree('in', [identifier(ITEM, span), call(member('items', span), [context], span)], span)
  const block = tree('block', [...known.indices.map(calls), ...owned, ...body.map(calls)], span)
  return tree('for', [tree('iteration', [items], span), block], span)
}

/** Statements as loops over items with barriers between them; loops and branches around a barrier stay outside. */
function split(statements: readonly Node[], outer: Known, span: Span): Node[] {
  const known: Known = { indices: [...outer.indices], owned: [...outer.owned] }
  const made: Node[] = []
  let shared: Node[] = []
  let current: Node[] = []
  const close = () => {
    made.push(...shared)
    if (current.length > 0) made.push(loop(current, known, span))
    shared = []
    current = []
  }
  for (const statement of statements) {
    if (hasBarrier(statement)) {
      close()
      if (!isMacro(statement, 'synchronize')) made.push(splitInside(statement, known))
      continue
    }
    const before = hoisted(statement, known)
    if (before) shared.push(before)
    else if (isTree(statement, '=') && isMacro(argument(statement, 1), 'index')) known.indices.push(statement)
    else current.push(statement)
  }
  close()
  return made
}

function splitInside(node: Node, known: Known): Node {
  if (!('args' in node) || !hasBarrier(node)) return calls(node)
  if (isTree(node, 'block')) return { ...node, args: split(node.args, known, node.span) }
  return { ...node, args: node.args.map(arg => splitInside(arg, known)) }
}

/** The signature with another name and the state of the group before its parameters; `@Const(A)` is a parameter `A`. */
function signature(node: Node): { readonly name: string; readonly made: Node } {
  if (isTree(node, 'where') || isTree(node, 'parens')) {
    const { name, made } = signature(argument(node, 0))
    return { name, made: { ...node, args: [made, ...node.args.slice(1)] } }
  }
  if (!isTree(node, 'call')) return unsupported('This form of `@kernel`', node.span)
  const [callee, ...params] = node.args
  if (!isIdentifier(callee)) return unsupported('This form of `@kernel`', node.span)
  const { name } = callee
  const plain = params.map(param => (isMacro(param, 'Const') ? (macroCall(param).args[0] ?? param) : param))
  return { name, made: { ...node, args: [identifier(`cpu_${name}`, node.span), identifier(CONTEXT, node.span), ...plain] } }
}

/** KernelAbstractions' own errors, thrown where the kernel is defined. */
function mistake(text: string, span: Span): Node {
  return call(identifier('error', span), [tree('string', [{ kind: 'String', value: text, span }], span)], span)
}

function assigns(body: Node, names: readonly Node[]): boolean {
  const owned = new Set(names.map(name => (isIdentifier(name) ? name.name : '')))
  return contains(body, node => isTree(node, '=', 'op=') && isIdentifier(node.args[0]) && owned.has(node.args[0].name))
}

/** The names that `@private` declares, and the code without those declarations. */
function declared(body: Tree): { readonly names: readonly Node[]; readonly rest: readonly Node[] } {
  const known: Known = { indices: [], owned: [] }
  return { rest: body.args.filter(statement => hoisted(statement, known) === null), names: known.owned }
}

const KERNEL: Macro = {
  kind: 'rewrite',
  rewrite: ({ args, span }: MacroCall) => {
    const definition = args.at(-1)
    if (!isTree(definition, 'function')) return unsupported('`@kernel` before what is no function', span)
    const { name, made } = signature(argument(definition, 0))
    const body = argument(definition, 1)
    const block = isTree(body, 'block') ? body : tree('block', [body], span)
    if (contains(block, node => isTree(node, 'return'))) return mistake(`Return statement not permitted in a kernel function ${name}`, span)
    const { names, rest } = declared(block)
    if (rest.some(statement => assigns(statement, names))) return mistake("Can't assign to variables marked private", span)
    const loops = split(block.args, { indices: [], owned: [] }, span)
    const group = tree('function', [made, tree('block', [...loops, identifier('nothing', span)], span)], span)
    const [backend, sizes] = [identifier('backend', span), tree('...', [identifier('sizes', span)], span)]
    const made_ = call(member('kernel', span), [identifier(`cpu_${name}`, span), backend, sizes], span)
    const maker = tree('function', [call(identifier(name, span), [backend, sizes], span), made_], span, 'prefix', '=')
    return tree('block', [group, maker], span)
  },
}

/** Means something only in the code of a kernel. */
const OUTSIDE: Macro = { kind: 'rewrite', rewrite: ({ name, span }) => mistake(`@${name} used outside kernel or not captured`, span) }

/** `@atomic A[i] += x`: work items run one after another, so it is the assignment itself. */
const ATOMIC: Macro = {
  kind: 'rewrite',
  rewrite: ({ args, span }) => {
    const node = args.at(-1)
    const changed = isTree(node, '=', 'op=') ? node.args[0] : undefined
    return node && isTree(changed, 'ref') ? node : unsupported('`@atomic` on something else than an element of an array', span)
  },
}

// biome-ignore format: one macro a line
export const KERNEL_MACROS: Readonly<Record<string, Macro>> = {
  kernel: KERNEL,
  index: OUTSIDE,
  localmem: OUTSIDE,
  private: OUTSIDE,
  uniform: OUTSIDE,
  synchronize: OUTSIDE,
  ndrange: OUTSIDE,
  groupsize: OUTSIDE,
  print: OUTSIDE,
  Const: OUTSIDE,
  atomic: ATOMIC,
}

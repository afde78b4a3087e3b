/** Julia programs for the reducer: read with the engine's parser, printed in one canonical form. */
import { isTreeOf, type Leaf, type Node, parseProgram, printNode, type Tree } from '../../../engine/index.ts'
import type { Language, Program } from '../language.ts'
import { canonicalNames, misnamed, renamedText } from './canonical-names.ts'
import { misordered } from './canonical-order.ts'
import { weightAt } from './literals.ts'
import { type Names, namesOf, undefinedName } from './names.ts'
import { sameTree } from './same-tree.ts'
import { places } from './walk.ts'

export interface JuliaProgram extends Program {
  readonly tree: Tree
  readonly names: Names
}

export const JULIA: Language<JuliaProgram> = { read: readJulia, objection }

function parsed(text: string): Tree | null {
  try {
    return parseProgram({ name: 'program.jl', text })
  } catch {
    return null
  }
}

/** Statements that share a line get lines of their own. */
function flattened(tree: Tree): Tree {
  const args = tree.args.flatMap(arg => (isTreeOf(arg, 'toplevel') ? flattened(arg).args : [arg]))
  return { ...tree, args: args.map(withoutEmptyKeywords) }
}

/** `f(x;)` is `f(x)`. */
function withoutEmptyKeywords(node: Node): Node {
  if (isLeaf(node)) return node
  const args = isTreeOf(node, 'call', 'dotcall')
    ? node.args.filter(arg => !(isTreeOf(arg, 'parameters') && arg.args.length === 0))
    : node.args
  return { ...node, args: args.map(withoutEmptyKeywords) }
}

/** Without parentheses that only group; printing puts in those that are needed. */
function ungrouped(node: Node): Node {
  if (isLeaf(node)) return node
  if (isTreeOf(node, 'parens')) return ungrouped(node.args[0]!)
  return { ...node, args: node.args.map(ungrouped) }
}

/** As `ungrouped`, but `2(x)` is not `2x`, and its parentheses are one pair. */
function ungroupedButFactors(node: Node): Node {
  if (isLeaf(node)) return node
  if (isTreeOf(node, 'parens')) return ungroupedButFactors(node.args[0]!)
  const own = (arg: Node): Node => {
    const inner = ungroupedButFactors(arg)
    return isTreeOf(node, 'juxtapose') && isTreeOf(arg, 'parens') ? { ...arg, args: [inner] } : inner
  }
  return { ...node, args: node.args.map(own) }
}

/** The canonical text of a tree, and the tree that it is read as; null if there is no text that is read as this tree. */
function canonical(tree: Tree): { text: string; tree: Tree } | null {
  for (const printed of [ungrouped(tree), ungroupedButFactors(tree), tree]) {
    const text = `${printNode(printed)}\n`
    const again = parsed(text)
    if (again && sameTree(again, tree)) return { text, tree: again }
  }
  return null
}

/** By their canonical text: a candidate is asked about several times, by those who only have its text. */
const recent = new Map<string, JuliaProgram>()
const REMEMBERED = 64

export function readJulia(text: string): ReturnType<Language<JuliaProgram>['read']> {
  const known = recent.get(text)
  if (known) return { program: known, from: known.marks }
  const reading = readAnew(text)
  if (reading) {
    recent.set(reading.program.text, reading.program)
    if (recent.size > REMEMBERED) recent.delete(recent.keys().next().value!)
  }
  return reading
}

function readAnew(text: string): ReturnType<Language<JuliaProgram>['read']> {
  const given = parsed(text)
  if (!given) return null
  const flat = flattened(given)
  const printed = canonical(flat)
  if (!printed) return null
  const { text: own, tree } = printed
  const from = marksOf(flat)
  const marks = marksOf(tree)
  if (from.length !== marks.length) return null
  const names = namesOf(tree)
  const { weight, statements } = sizeOf(tree)
  const renamed = canonicalNames(tree, names)
  return {
    program: {
      text: own,
      tree,
      marks,
      names,
      statements,
      weight: [...weight, misordered(tree, names), misnamed(renamed)],
      key: renamedText(own, tree, renamed),
    },
    from,
  }
}

/** The names that a text defines, for messages that name them. */
export function ownNames(text: string): ReadonlySet<string> {
  return readJulia(text)?.program.names.bound ?? new Set()
}

function isLeaf(node: Node): node is Leaf {
  return !('args' in node)
}

/** Where its leaves stand, and its trees without any. */
function marksOf(tree: Tree): Int32Array {
  const starts: number[] = []
  const visit = (node: Node) => {
    if (isLeaf(node) || node.args.length === 0) starts.push(node.span.start)
    else node.args.forEach(visit)
  }
  visit(tree)
  return Int32Array.from(starts).sort()
}

/** Each child of these is a statement, or a definition. */
export function isSequence(node: Node): node is Tree {
  return isTreeOf(node, 'toplevel', 'block')
}

const CONSTRUCTS = ['for', 'while', 'if', 'elseif', 'let', 'try', 'module', 'do'] as const

/** A jacobian is a loop around `autodiff`, which is plainer although it is written with more words. */
const JACOBIAN = 3

/** Leaves, where a statement counts as two more; then how simple its literals are. Order and names come last. */
function sizeOf(tree: Tree): { weight: readonly number[]; statements: number } {
  let statements = 0
  let leaves = 0
  let literals = 0
  for (const { node, parent, index } of places(tree)) {
    if (isLeaf(node)) {
      leaves += 1 + (node.kind === 'Identifier' && node.name === 'jacobian' ? JACOBIAN : 0)
      literals += weightAt(node, parent, index)
      continue
    }
    if (isSequence(node)) statements += node.args.length
    // A dot is a piece of its own, and so is a construct around statements.
    if (isTreeOf(node, 'dotcall', '.=', '.op=', ...CONSTRUCTS)) leaves++
  }
  return { weight: [leaves + 2 * statements, literals], statements }
}

/** Only programs whose last statement is that of the original. */
export function frozen(original: JuliaProgram): Language<JuliaProgram> {
  const last = lastText(original)
  return {
    read: readJulia,
    objection: (candidate, first) => (lastText(candidate) === last ? objection(candidate, first) : 'the last statement is what fails'),
  }
}

function lastText({ tree, text }: JuliaProgram): string | null {
  const last = tree.args.at(-1)
  return last ? text.slice(last.span.start, last.span.end) : null
}

function objection(candidate: JuliaProgram, original: JuliaProgram): string | null {
  const name = undefinedName(candidate.names, original.names)
  return name === null ? null : `\`${name}\` is not defined any more`
}

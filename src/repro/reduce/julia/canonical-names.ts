/** Which names a program would have if nobody had chosen them, so that equal failures have equal programs. */
import { isTreeOf, type Tree } from '../../../engine/index.ts'
import type { Names } from './names.ts'
import { places } from './walk.ts'

const FUNCTIONS = ['f', 'g', 'h', 'p', 'q']
const TYPES = ['A', 'B', 'C']
const VARIABLES = ['x', 'y', 'z', 'u', 'v', 'w', 'a', 'b', 'c']

function* endless(few: readonly string[]): Generator<string> {
  for (let i = 0; ; i++) for (const name of few) yield i === 0 ? name : `${name}${i}`
}

/** Names that stand where they are not variables: fields, keywords, modules, macros. They stay. */
function fixedNames(tree: Tree): Set<string> {
  const fixed = new Set<string>()
  const add = (text: string) => fixed.add(text)
  for (const { node, parent, index } of places(tree)) {
    if (node.kind !== 'Identifier') continue
    const isField = isTreeOf(parent ?? undefined, '.') && index === 1
    const isNamed = isTreeOf(parent ?? undefined, 'using', 'import', 'importpath', 'as', ':', 'module', 'export', 'quote')
    if (isField || isNamed) add(node.name)
    const isKeyword = isTreeOf(parent ?? undefined, '=') && index === 0
    if (isKeyword && !isStatement(tree, parent!)) add(node.name)
  }
  return fixed
}

const holders = new WeakMap<Tree, Set<Tree>>()

/** Assignments that are statements; others are keywords and defaults. */
function isStatement(tree: Tree, node: Tree): boolean {
  let all = holders.get(tree)
  if (!all) {
    all = new Set()
    for (const { node: at, parent } of places(tree))
      if (isTreeOf(at, '=') && isTreeOf(parent ?? undefined, 'block', 'toplevel', 'const', 'local', 'global')) all.add(at)
    holders.set(tree, all)
  }
  return all.has(node)
}

function fieldsOf(tree: Tree): Set<string> {
  const fields = new Set<string>()
  for (const { node } of places(tree)) {
    if (!isTreeOf(node, 'struct') || !isTreeOf(node.args[1], 'block')) continue
    for (const field of node.args[1].args) {
      const name = isTreeOf(field, '::') ? field.args[0] : field
      if (name?.kind === 'Identifier') fields.add(name.name)
    }
  }
  return fields
}

/** New names for old ones, in the order in which they occur. */
export function canonicalNames(tree: Tree, names: Names): ReadonlyMap<string, string> {
  const fixed = new Set([...fixedNames(tree), ...fieldsOf(tree)])
  const taken = new Set([...fixed, ...names.library])
  const [functions, types, variables] = [endless(FUNCTIONS), endless(TYPES), endless(VARIABLES)]
  const renamed = new Map<string, string>()
  for (const { node } of places(tree)) {
    if (node.kind !== 'Identifier' || node.raw || renamed.has(node.name) || fixed.has(node.name) || !names.bound.has(node.name)) continue
    const list = !names.functions.has(node.name) ? variables : /^\p{Lu}/u.test(node.name) ? types : functions
    let next = list.next().value
    while (taken.has(next)) next = list.next().value
    renamed.set(node.name, next)
  }
  return renamed
}

/** How many names are not what they would be. */
export function misnamed(renamed: ReadonlyMap<string, string>): number {
  let count = 0
  for (const [from, to] of renamed) if (from !== to) count++
  return count
}

/** The text with those names: equal for programs that differ in names alone. */
export function renamedText(text: string, tree: Tree, renamed: ReadonlyMap<string, string>): string {
  let made = ''
  let at = 0
  for (const { node, parent, index } of places(tree)) {
    if (node.kind !== 'Identifier' || (isTreeOf(parent ?? undefined, '.') && index === 1)) continue
    const to = renamed.get(node.name)
    if (to === undefined || node.span.start < at) continue
    made += text.slice(at, node.span.start) + to
    at = node.span.end
  }
  return made + text.slice(at)
}

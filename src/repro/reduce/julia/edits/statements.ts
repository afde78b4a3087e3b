/** Edits that take statements and definitions away. */
import { isTreeOf, type Node } from '../../../../engine/index.ts'
import type { Edit } from '../../language.ts'
import { type Patch, patch, replace } from '../../patch.ts'
import { brief } from '../brief.ts'
import { topBindings } from '../names.ts'
import { isSequence, type JuliaProgram } from '../program.ts'
import { places } from '../walk.ts'

/** Names in a subtree, whatever they mean there. */
function mentioned(node: Node, into: Set<string>): Set<string> {
  for (const { node: at } of places(node)) if (at.kind === 'Identifier' || at.kind === 'MacroName') into.add(at.name)
  return into
}

/** Statements of the file that the last one needs, by the names that they mention. */
function needed({ tree }: JuliaProgram): Set<Node> {
  const all = tree.args
  const kept = new Set<Node>()
  const names = new Set<string>()
  const keep = (node: Node) => {
    kept.add(node)
    mentioned(node, names)
  }
  const last = all.at(-1)
  if (last) keep(last)
  for (let grown = true; grown; ) {
    grown = false
    for (const node of all) {
      if (kept.has(node)) continue
      const isImport = isTreeOf(node, 'using', 'import')
      const bound = new Set<string>()
      topBindings(node, bound)
      if (!isImport && ![...bound].some(name => names.has(name))) continue
      keep(node)
      grown = true
    }
  }
  return kept
}

/** Everything that the last statement does not need goes at once. */
export const slice: Edit<JuliaProgram> = {
  id: 'slice',
  list: 'first',
  together: 1,
  *patches(program) {
    const kept = needed(program)
    const gone = program.tree.args.filter(node => !kept.has(node))
    if (gone.length > 0) yield patch('keep what the last statement needs', ...gone.map(node => replace(node.span)))
  },
}

export const dropStatement: Edit<JuliaProgram> = {
  id: 'drop-statement',
  list: 'main',
  together: 8,
  *patches({ tree }) {
    for (const { node, parent } of places(tree))
      if (parent && isSequence(parent)) yield patch(`drop \`${brief(node)}\``, replace(node.span))
  },
}

/** A variable or function, with every statement that mentions it. */
export const dropWithUsers: Edit<JuliaProgram> = {
  id: 'drop-with-users',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    for (const { node, parent } of places(tree)) {
      if (!parent || !isSequence(parent)) continue
      const bound = new Set<string>()
      topBindings(node, bound)
      const users = parent.args.filter(other => other !== node && [...mentioned(other, new Set())].some(name => bound.has(name)))
      // The last statement is what fails.
      if (users.length === 0 || users.includes(tree.args.at(-1)!)) continue
      yield patch(`drop \`${brief(node)}\` and what mentions it`, replace(node.span), ...users.map(user => replace(user.span)))
    }
  },
}

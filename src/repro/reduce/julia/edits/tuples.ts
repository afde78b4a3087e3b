/** An edit that puts tuples in the place of a type of the program. */
import { isTreeOf, type Node, type Tree } from '../../../../engine/index.ts'
import type { Edit } from '../../language.ts'
import { type Patch, replace } from '../../patch.ts'
import { type Change, changed, outermost, type Parts } from '../changes.ts'
import { joined, parameterName } from '../functions.ts'
import { definedName } from '../names.ts'
import type { JuliaProgram } from '../program.ts'
import { places } from '../walk.ts'

interface Record {
  readonly node: Tree
  readonly name: string
  readonly fields: readonly string[]
}

/** Types without constructors of their own that cannot be changed. */
function recordsIn(tree: Tree): Record[] {
  const found: Record[] = []
  for (const { node } of places(tree)) {
    if (!isTreeOf(node, 'struct') || !isTreeOf(node.args[1], 'block')) continue
    const name = definedName(isTreeOf(node.args[0], '<:') ? node.args[0].args[0] : node.args[0])
    const fields = node.args[1].args.map(field => parameterName(field)?.name ?? null)
    if (name !== null && fields.length > 0 && fields.every(field => field !== null)) found.push({ node, name, fields })
  }
  return found
}

function isInside(node: Node, outer: Node): boolean {
  return node.span.start >= outer.span.start && node.span.end <= outer.span.end
}

/** `P` or `P{…}`. */
function isType(node: Node | undefined, name: string): boolean {
  const head = isTreeOf(node, 'curly') ? node.args[0] : node
  return head?.kind === 'Identifier' && head.name === name
}

/** Every use of the type, changed; null if there is one that has no meaning for a tuple. */
function changesOf(tree: Tree, { node: definition, name, fields }: Record): Change[] | null {
  const changes: Change[] = []
  const told = new Set<Node>()
  const tell = (type: Node) => {
    told.add(type)
    if (isTreeOf(type, 'curly')) told.add(type.args[0]!)
  }
  for (const { node, parent, index } of places(tree)) {
    if (isInside(node, definition)) continue
    if (isTreeOf(node, 'call') && node.form === 'prefix' && isType(node.args[0], name)) {
      const args = node.args.slice(1)
      if (args.length !== fields.length || args.some(arg => isTreeOf(arg, '...', '=', 'parameters', 'do', 'generator'))) return null
      const list = () => args.flatMap((arg): Parts => [...changed(arg, changes), ', '])
      tell(node.args[0]!)
      changes.push({ node, parts: () => ['(', ...(args.length === 1 ? list() : list().slice(0, -1)), ')'] })
    } else if (isTreeOf(node, '::') && node.form === 'infix' && isType(node.args[1], name)) {
      tell(node.args[1]!)
      changes.push({ node, parts: () => changed(node.args[0]!, changes) })
    } else if (isTreeOf(node, '.') && node.args.length === 2) {
      const field = node.args[1]!
      const k = field.kind === 'Identifier' ? fields.indexOf(field.name) : -1
      if (k < 0) continue
      if (index === 0 && isTreeOf(parent ?? undefined, '=', 'op=')) return null
      changes.push({ node, parts: () => [...changed(node.args[0]!, changes), `[${k + 1}]`] })
    } else if (node.kind === 'Identifier' && node.name === name && !told.has(node)) return null
  }
  return changes
}

/** `struct P x; y end` goes: `P(1, 2)` becomes `(1, 2)`, and `p.y` becomes `p[2]`. */
export const structToTuple: Edit<JuliaProgram> = {
  id: 'struct-to-tuple',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    const records = recordsIn(tree)
    for (const record of records) {
      const isShared = records.some(other => other !== record && other.fields.some(field => record.fields.includes(field)))
      const changes = isShared || record.node.flag === 'mut' ? null : changesOf(tree, record)
      if (!changes) continue
      const uses = outermost(changes).map(({ node, parts }) => replace(node.span, ...parts()))
      const made = joined(`tuples for \`${record.name}\``, [replace(record.node.span), ...uses])
      if (made) yield made
    }
  },
}

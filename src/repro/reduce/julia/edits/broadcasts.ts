/** Edits of broadcasts: into scalar code and back, and into their steps. */
import { isTreeOf, type Node, type Tree } from '../../../../engine/index.ts'
import type { Edit } from '../../language.ts'
import { type Patch, patch, replace } from '../../patch.ts'
import { brief } from '../brief.ts'
import type { Names } from '../names.ts'
import { isSequence, type JuliaProgram } from '../program.ts'
import { type Place, places } from '../walk.ts'

/** `f.(x)` becomes `f(x)`, `a .+ b` becomes `a + b`. */
export const dropDot: Edit<JuliaProgram> = {
  id: 'drop-dot',
  list: 'main',
  together: 4,
  *patches({ tree }) {
    for (const { node } of places(tree)) {
      if (isTreeOf(node, 'dotcall') && node.form === 'infix') {
        const op = node.args[1]!
        yield patch(`drop the dot of \`${brief(node)}\``, replace({ start: op.span.start - 1, end: op.span.start }))
      } else if (isTreeOf(node, 'dotcall') && node.form === 'prefix') {
        const { end } = node.args[0]!.span
        yield patch(`drop the dot of \`${brief(node)}\``, replace({ start: end, end: end + 1 }))
      }
    }
  },
}

/** `map(f, v)` as what it maps and what it maps over; `[f(x) for x in v]` in the same way. */
function mapped(node: Node): { readonly f: Node; readonly args: readonly Node[] } | null {
  if (isTreeOf(node, 'call') && node.form === 'prefix') {
    const [callee, f, ...args] = node.args
    const isMap = callee?.kind === 'Identifier' && callee.name === 'map'
    return isMap && f && args.length > 0 && !isTreeOf(f, 'do', 'parameters', '=') ? { f, args } : null
  }
  const generator = isTreeOf(node, 'comprehension') ? node.args[0] : undefined
  if (!isTreeOf(generator, 'generator') || generator.args.length !== 2) return null
  const [call, iteration] = generator.args
  const loop = isTreeOf(iteration, 'iteration') && iteration.args.length === 1 ? iteration.args[0] : undefined
  if (!isTreeOf(call, 'call') || call.form !== 'prefix' || call.args.length !== 2 || !isTreeOf(loop, 'in')) return null
  const [variable, over] = loop.args as [Node, Node]
  const arg = call.args[1]!
  return variable.kind === 'Identifier' && arg.kind === 'Identifier' && arg.name === variable.name
    ? { f: call.args[0]!, args: [over] }
    : null
}

/** `map(f, v)` and `[f(x) for x in v]` become `f.(v)`. */
export const toBroadcast: Edit<JuliaProgram> = {
  id: 'to-broadcast',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    for (const { node } of places(tree)) {
      const found = mapped(node)
      if (!found) continue
      const list = found.args.flatMap((arg, i) => (i === 0 ? [arg.span] : [', ', arg.span]))
      yield patch(`a broadcast for \`${brief(node)}\``, replace(node.span, '(', found.f.span, ').(', ...list, ')'))
    }
  },
}

/** What is not always evaluated, or more than once, is no place to take a step out of. */
const GUARDED = ['&&', '||', '?', 'generator', 'comprehension', 'while', 'quote', 'macrocall', 'elseif', 'do'] as const

/** Where a statement may be put in front of an expression: before a statement, or in a body that is an expression. */
function frontOf(place: Place): { readonly kind: 'statement' | 'body'; readonly node: Node } | null {
  for (let at: Place | null = place; at?.parent; at = at.above) {
    const { node, parent } = at
    if (isSequence(parent) && parent.flag === '') return { kind: 'statement', node }
    if (isTreeOf(parent, '->', 'function')) return at.index === 1 ? { kind: 'body', node } : null
    if (isTreeOf(parent, ...GUARDED) || (isTreeOf(parent, 'if') && at.index > 0)) return null
  }
  return null
}

function freshName({ bound, library }: Names): string {
  let name = 'step'
  for (let i = 1; bound.has(name) || library.has(name); i++) name = `step${i}`
  return name
}

/** `a .* sin.(x)` becomes `step = sin.(x)`, `a .* step`; worth it if one of both can go then. */
export const splitBroadcast: Edit<JuliaProgram> = {
  id: 'split-broadcast',
  list: 'pump',
  together: 1,
  *patches({ tree, names }): Generator<Patch> {
    for (const place of places(tree)) {
      const { node, parent } = place
      if (!isTreeOf(node, 'dotcall') || !isTreeOf(parent ?? undefined, 'dotcall')) continue
      const front = frontOf(place)
      if (front) yield split(node, front, freshName(names))
    }
  },
}

function split(node: Tree, front: NonNullable<ReturnType<typeof frontOf>>, name: string): Patch {
  const about = `\`${brief(node)}\` as a step of its own`
  const { start, end } = front.node.span
  const rest = [{ start, end: node.span.start }, name, { start: node.span.end, end }]
  const step = [`${name} = `, node.span, '\n']
  const parts = front.kind === 'statement' ? [...step, ...rest] : ['begin\n', ...step, ...rest, '\nend']
  return patch(about, replace(front.node.span, ...parts))
}

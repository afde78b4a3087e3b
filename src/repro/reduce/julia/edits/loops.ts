/** Edits of loops: one that counts by itself becomes one that counts, and one with few turns becomes its turns. */
import { isTreeOf, type Node, type Tree } from '../../../../engine/index.ts'
import type { Edit } from '../../language.ts'
import { type Patch, patch, replace } from '../../patch.ts'
import { brief } from '../brief.ts'
import type { Parts } from '../changes.ts'
import { joined } from '../functions.ts'
import type { Observations } from '../observations.ts'
import { isSequence, type JuliaProgram, readJulia } from '../program.ts'
import { places } from '../walk.ts'

function lines(statements: readonly Node[]): Parts {
  return statements.flatMap((statement): Parts => ['\n', statement.span])
}

function isName(node: Node | undefined, name: string): boolean {
  return node?.kind === 'Identifier' && node.name === name
}

/** `i` of `i += 1`. */
function stepped(node: Node | undefined): string | null {
  if (!isTreeOf(node, 'op=')) return null
  const [target, op, by] = node.args
  const isOne = isName(op, '+') && by?.kind === 'Integer' && by.value === 1n
  return isOne && target?.kind === 'Identifier' ? target.name : null
}

/** `i = a`, some statements, `while i <= b … i += 1 end` as a loop over `a:b`. */
function counted(node: Tree, before: readonly Node[]): Patch | null {
  const [test, body] = node.args
  if (!isTreeOf(test, 'call') || test.form !== 'infix' || !isTreeOf(body, 'block')) return null
  const [left, op, bound] = test.args
  const name = stepped(body.args.at(-1))
  const isBelow = isName(op, '<')
  if (name === null || !bound || !isName(left, name) || !(isBelow || isName(op, '<='))) return null
  const start = before.findLast(statement => isTreeOf(statement, '=') && isName(statement.args[0], name)) as Tree | undefined
  if (!start) return null
  const range: Parts = ['(', start.args[1]!.span, '):(', bound.span, isBelow ? ' - 1)' : ')']
  return joined(`a loop over a range for \`${brief(node)}\``, [
    replace(start.span),
    replace(node.span, 'for ', left!.span, ' in ', ...range, ...lines(body.args.slice(0, -1)), '\nend'),
  ])
}

/** `while` becomes `for`: over the range that it counts through, or of two turns. */
export const whileToFor: Edit<JuliaProgram> = {
  id: 'while-to-for',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    for (const { node, parent, index } of places(tree)) {
      if (!isTreeOf(node, 'while') || !parent || !isSequence(parent) || !isTreeOf(node.args[1], 'block')) continue
      const counting = counted(node, parent.args.slice(0, index))
      if (counting) yield counting
      yield patch(`two turns of \`${brief(node)}\``, replace(node.span, 'for _ in 1:2', ...lines(node.args[1].args), '\nend'))
    }
  },
}

const MOST_TURNS = 4

/** The values that a loop variable takes, as texts; null if they are not known, or many. */
function turns(iterable: Node, seen: string | null): Parts[] | null {
  const { source, start, end } = iterable.span
  const range = /^(-?\d+):(-?\d+)$/.exec(source.text.slice(start, end).replace(/\s/g, '')) ?? (seen && /^(-?\d+):(-?\d+)$/.exec(seen))
  if (range) {
    const [from, count] = [Number(range[1]), Number(range[2]) - Number(range[1]) + 1]
    return count >= 1 && count <= MOST_TURNS ? Array.from({ length: count }, (_, k) => [String(from + k)]) : null
  }
  const literal = seen === null ? undefined : readJulia(seen)?.program.tree.args[0]
  const elements = isTreeOf(literal, 'vect') ? literal.args.length : 0
  return elements >= 1 && elements <= MOST_TURNS
    ? Array.from({ length: elements }, (_, k): Parts => ['(', iterable.span, `)[${k + 1}]`])
    : null
}

/** `for i in 1:2 f(i) end` becomes `i = 1`, `f(i)`, `i = 2`, `f(i)`; worth it if some of that can go then. */
export function unrollLoop(observations: Observations): Edit<JuliaProgram> {
  return {
    id: 'unroll-loop',
    list: 'pump',
    together: 1,
    patches: async (program, originOf) => {
      const seen = await observations.of(program, originOf)
      return places(program.tree).flatMap(({ node, parent }) => {
        if (!isTreeOf(node, 'for') || !parent || !isSequence(parent) || !isTreeOf(node.args[1], 'block')) return []
        const [iteration, body] = node.args
        const loop = isTreeOf(iteration, 'iteration') && iteration.args.length === 1 ? iteration.args[0] : undefined
        if (!isTreeOf(loop, 'in') || places(body!).some(({ node: at }) => isTreeOf(at, 'break', 'continue'))) return []
        const [variable, iterable] = loop.args as [Node, Node]
        const rounds = turns(iterable, seen(iterable)?.value ?? null)
        if (!rounds) return []
        const parts = rounds.flatMap((value): Parts => ['\n', variable.span, ' = ', ...value, ...lines((body as Tree).args)])
        return [patch(`the turns of \`${brief(node)}\``, replace(node.span, ...parts))]
      })
    },
  }
}

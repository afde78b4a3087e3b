/** Edits that take away what is around code: loops, branches, annotations, macros. */
import { isTreeOf, type Node, type Tree } from '../../../../engine/index.ts'
import type { Edit } from '../../language.ts'
import { type Patch, patch, replace } from '../../patch.ts'
import { brief } from '../brief.ts'
import type { JuliaProgram } from '../program.ts'
import { places } from '../walk.ts'

/** Statements of a body, each on a line of its own. */
function statementsOf(node: Node | undefined): (string | { start: number; end: number })[] {
  if (!node || !('args' in node)) return []
  return node.args.flatMap(arg => ['\n', arg.span])
}

/** `i = first(1:n)` for each loop. */
function firstRound(iteration: Node | undefined): (string | { start: number; end: number })[] {
  if (!isTreeOf(iteration, 'iteration')) return []
  return iteration.args.flatMap(loop => (isTreeOf(loop, 'in') ? ['\n', loop.args[0]!.span, ' = first(', loop.args[1]!.span, ')'] : []))
}

/** What may stand in the place of a construct with bodies: one of them, without the rest. */
function bodies(node: Tree): readonly { readonly of: string; readonly parts: ReturnType<typeof statementsOf> }[] {
  const { args } = node
  switch (node.kind) {
    case 'if':
    case 'elseif':
      return args.slice(1).map((arg, i) => ({ of: i === 0 ? 'the branch' : 'the other branch', parts: branch(arg) }))
    case 'while':
      return [{ of: 'the body', parts: statementsOf(args[1]) }]
    case 'for':
      return [{ of: 'the first round', parts: [...firstRound(args[0]), ...statementsOf(args[1])] }]
    case 'let':
      return [{ of: 'the body', parts: [...statementsOf(args[0]), ...statementsOf(args[1])] }]
    case 'try':
    case 'module':
      return [{ of: 'the body', parts: statementsOf(args[node.kind === 'module' ? 1 : 0]) }]
    case 'block':
      return [{ of: 'the statements', parts: statementsOf(node) }]
    default:
      return []
  }
}

/** An `elseif` that is left alone begins with `if`. */
function branch(arg: Node): ReturnType<typeof statementsOf> {
  if (!isTreeOf(arg, 'elseif')) return statementsOf(arg)
  return ['\nif ', { start: arg.args[0]!.span.start, end: arg.span.end }, '\nend']
}

/** A loop becomes its first round, a branch its statements, a block what is in it. */
export const unwrapBody: Edit<JuliaProgram> = {
  id: 'unwrap-body',
  list: 'main',
  together: 2,
  *patches({ tree }): Generator<Patch> {
    for (const { node, parent } of places(tree)) {
      if (!('args' in node) || !isTreeOf(parent ?? undefined, 'toplevel', 'block')) continue
      for (const { of, parts } of bodies(node)) yield patch(`${of} in place of \`${brief(node)}\``, replace(node.span, ...parts))
      const body = isTreeOf(node, 'macrocall') ? node.args.at(-1) : undefined
      if (isTreeOf(body, 'block')) yield patch(`the body in place of \`${brief(node)}\``, replace(node.span, ...statementsOf(body)))
    }
  },
}

/** What an expression may be without: the part that is left, or null. */
function bare(node: Tree, parent: Tree | null): Node | null {
  const { args } = node
  switch (node.kind) {
    case '::':
      return node.form === 'prefix-op' ? null : args[0]!
    case 'where':
    case '...':
    case 'typed_comprehension':
      return node.kind === 'typed_comprehension' ? null : args[0]!
    case 'return':
    case 'const':
    case 'global':
    case 'local':
      return args.length === 1 ? args[0]! : null
    case 'doc':
      return args[1]!
    case 'macrocall':
      return args.length > 1 ? args.at(-1)! : null
    case '<:':
      return isTreeOf(parent ?? undefined, 'struct', 'abstract') ? args[0]! : null
    case 'curly':
      return args[0]!
    case '=':
      return isTreeOf(parent ?? undefined, 'toplevel', 'block', 'const') ? args[1]! : null
    default:
      return null
  }
}

/** `x::Float64` becomes `x`, `@inbounds y` becomes `y`, `return z` becomes `z`, `f(x) where T` becomes `f(x)`. */
export const dropAnnotation: Edit<JuliaProgram> = {
  id: 'drop-annotation',
  list: 'main',
  together: 8,
  *patches({ tree }) {
    for (const { node, parent } of places(tree)) {
      if (!('args' in node)) continue
      const left = bare(node, parent)
      if (left) yield patch(`\`${brief(left)}\` in place of \`${brief(node)}\``, replace(node.span, left.span))
    }
  },
}

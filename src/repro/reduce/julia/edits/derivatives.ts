/** Edits that know calls of AD packages. */
import { isTreeOf, type Node, type Tree } from '../../../../engine/index.ts'
import type { Edit } from '../../language.ts'
import { type Patch, patch, replace } from '../../patch.ts'
import { brief } from '../brief.ts'
import type { JuliaProgram } from '../program.ts'
import { places } from '../walk.ts'

const DERIVATIVES = new Set(['autodiff', 'gradient', 'jacobian', 'derivative', 'hessian', 'hvp', 'pushforward', 'pullback'])

/** `gradient` of `Enzyme.gradient`. */
function lastName(node: Node | undefined): string | null {
  if (node?.kind === 'Identifier') return node.name
  return isTreeOf(node, '.') && node.args.length === 2 ? lastName(node.args[1]) : null
}

interface DerivativeCall {
  readonly node: Tree
  readonly callee: Node
  readonly mode: Node | null
  readonly f: Node
  readonly args: readonly Node[]
}

function derivativeCall(node: Node): DerivativeCall | null {
  if (!isTreeOf(node, 'call') || node.form !== 'prefix' || !DERIVATIVES.has(lastName(node.args[0]) ?? '')) return null
  const [callee, ...all] = node.args as [Node, ...Node[]]
  const args = all.filter(arg => !isTreeOf(arg, 'parameters', '=', 'do'))
  const hasMode = /^(Forward|Reverse)/.test(lastName(args[0]) ?? '')
  const f = args[hasMode ? 1 : 0]
  return f ? { node, callee, mode: hasMode ? args[0]! : null, f, args: args.slice(hasMode ? 2 : 1) } : null
}

/** The value of `Active(x)`, `Duplicated(x, dx)`, `Const(x)`. */
function primal(node: Node): Node | null {
  if (!isTreeOf(node, 'call') || !/^(Active|Const|Duplicated|DuplicatedNoNeed|BatchDuplicated)$/.test(lastName(node.args[0]) ?? ''))
    return node
  return node.args[1] ?? null
}

/** A level of differentiation less: the function itself at the point, or only what is around one of several levels. */
export const dropDerivative: Edit<JuliaProgram> = {
  id: 'drop-derivative',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    for (const { node } of places(tree)) {
      const call = derivativeCall(node)
      if (!call) continue
      const points = call.args.filter(arg => !/^(Active|Const|Duplicated)$/.test(lastName(arg) ?? '')).map(primal)
      if (points.length === 0 || points.some(p => p === null)) continue
      const list = points.flatMap((p, i) => (i === 0 ? [p!.span] : [', ', p!.span]))
      yield patch(`\`${brief(call.f)}\` itself for its derivative`, replace(node.span, '(', call.f.span, ')(', ...list, ')'))
    }
  },
}

/** From the more special to the plainer; each is tried with the same arguments. */
const PLAINER: Readonly<Record<string, readonly string[]>> = {
  hessian: ['jacobian', 'gradient'],
  jacobian: ['gradient', 'derivative'],
  gradient: ['derivative'],
}

const PLAIN_MODES: Readonly<Record<string, string>> = { ReverseWithPrimal: 'Reverse', ForwardWithPrimal: 'Forward' }

/** `jacobian` becomes `gradient`, `ReverseWithPrimal` becomes `Reverse`. */
export const plainerDerivative: Edit<JuliaProgram> = {
  id: 'plainer-derivative',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    for (const { node } of places(tree)) {
      if (node.kind === 'Identifier' && PLAIN_MODES[node.name])
        yield patch(`\`${PLAIN_MODES[node.name]}\` for \`${node.name}\``, replace(node.span, PLAIN_MODES[node.name]!))
      const call = derivativeCall(node)
      const name = call && lastName(call.callee)
      if (!call || !name) continue
      const { end } = call.callee.span
      for (const to of PLAINER[name] ?? []) yield patch(`\`${to}\` for \`${name}\``, replace({ start: end - name.length, end }, to))
    }
  },
}

/** `jacobian(Reverse, f, x)` becomes `autodiff(Reverse, f, Active(x))`, where `x` is a number. */
export const plainAutodiff: Edit<JuliaProgram> = {
  id: 'plain-autodiff',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    for (const { node } of places(tree)) {
      const call = derivativeCall(node)
      const [x, more] = call?.args ?? []
      if (!call?.mode || !x || more || lastName(call.callee) !== 'jacobian') continue
      const { source, start, end } = call.callee.span
      // `Enzyme.`, or nothing.
      const from = source.text.slice(start, end - 'jacobian'.length)
      const isForward = lastName(call.mode)!.startsWith('Forward')
      const point = isForward ? [`${from}Duplicated(`, x.span, ', 1.0)'] : [`${from}Active(`, x.span, ')']
      yield patch(
        `\`autodiff\` for \`${brief(node)}\``,
        replace(node.span, `${from}autodiff(`, call.mode.span, ', ', call.f.span, ', ', ...point, ')'),
      )
    }
  },
}

/** `Enzyme.gradient` with `import Enzyme` becomes `gradient` with `using Enzyme`. */
export const unqualify: Edit<JuliaProgram> = {
  id: 'unqualify',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    const imports = tree.args.filter(arg => isTreeOf(arg, 'import', 'using') && arg.args.length === 1)
    for (const statement of imports as Tree[]) {
      const from = isTreeOf(statement.args[0], ':') ? statement.args[0].args[0]! : statement.args[0]!
      if (!isTreeOf(from, 'importpath') || from.args.length !== 1) continue
      const name = lastName(from.args[0])
      const qualified = places(tree).filter(
        ({ node }) => isTreeOf(node, '.') && node.args.length === 2 && node.args[0]!.kind === 'Identifier' && node.args[0].name === name,
      )
      if (qualified.length === 0 && isTreeOf(statement, 'using') && statement.args[0] === from) continue
      yield patch(
        `\`using ${name}\` and no \`${name}.\``,
        replace(statement.span, 'using ', from.span),
        ...qualified.map(({ node }) => replace(node.span, (node as Tree).args[1]!.span)),
      )
    }
  },
}

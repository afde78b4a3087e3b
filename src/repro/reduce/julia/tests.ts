/** Tests in a program, as claims about values. */
import { isTreeOf, type Node, parseProgram } from '../../../engine/index.ts'
import { places } from './walk.ts'

export interface TestClaim {
  /** What has to run before it. */
  readonly before: string
  /** Of a comparison. */
  readonly sides: readonly [string, string] | null
  readonly whole: string
}

/** The test that begins on the line of an offset; what stands before it in a test set runs at top level. */
export function readTest(text: string, offset: number): TestClaim | null {
  const tree = parseProgram({ name: 'program.jl', text })
  const lineEnd = text.indexOf('\n', offset) < 0 ? text.length : text.indexOf('\n', offset)
  const isHere = (node: Node) => node.span.start >= offset && node.span.start < lineEnd
  for (const place of places(tree)) {
    const { node } = place
    if (!isTreeOf(node, 'macrocall') || !isHere(node) || !text.startsWith('@test', node.span.start)) continue
    const claim = node.args[1]
    if (!claim) return null
    const slice = (n: Node) => text.slice(n.span.start, n.span.end)
    const before: string[] = []
    for (let at: typeof place | null = place; at?.parent; at = at.above) {
      const { parent, index } = at
      if (isTreeOf(parent, 'toplevel', 'block')) before.unshift(...parent.args.slice(0, index).map(slice))
    }
    const isComparison =
      isTreeOf(claim, 'call') && claim.form === 'infix' && claim.args[1]!.kind === 'Identifier' && /^(?:≈|==|===)$/.test(claim.args[1].name)
    const sides = isComparison ? ([slice(claim.args[0]!), slice(claim.args[2]!)] as const) : null
    return { before: before.map(s => `${s}\n`).join(''), sides, whole: slice(claim) }
  }
  return null
}

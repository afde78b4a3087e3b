/** Tests in a program, as claims about values. */
import { isTreeOf, type Node, parseProgram } from '../../../engine/index.ts'
import { places } from './walk.ts'

export interface TestClaim {
  /** What has to run before it. */
  readonly before: string
  /** Of a comparison. */
  readonly sides: readonly [string, string] | null
  /** That `isapprox` was given; null if it was given none, or more than that. */
  readonly rtol: number | null
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
    const { sides, rtol } = comparison(claim, slice)
    return { before: before.map(s => `${s}\n`).join(''), sides, rtol, whole: slice(claim) }
  }
  return null
}

/** `a ≈ b`, `a == b`, `isapprox(a, b)`, and that with `rtol`. */
function comparison(claim: Node, slice: (node: Node) => string): Pick<TestClaim, 'sides' | 'rtol'> {
  const none = { sides: null, rtol: null }
  if (!isTreeOf(claim, 'call')) return none
  const name = claim.args[claim.form === 'infix' ? 1 : 0]
  if (name?.kind !== 'Identifier') return none
  if (claim.form === 'infix')
    return /^(?:≈|==|===)$/.test(name.name) ? { sides: [slice(claim.args[0]!), slice(claim.args[2]!)], rtol: null } : none
  const isKeyword = (node: Node) => isTreeOf(node, '=', 'parameters')
  const sides = claim.args.slice(1).filter(node => !isKeyword(node))
  const keywords = claim.args.filter(isKeyword).flatMap(node => (isTreeOf(node, 'parameters') ? node.args : [node]))
  if (name.name !== 'isapprox' || sides.length !== 2 || sides.some(node => isTreeOf(node, '...'))) return none
  const both = [slice(sides[0]!), slice(sides[1]!)] as const
  const [first, more] = keywords
  if (!first) return { sides: both, rtol: null }
  const [key, value] = isTreeOf(first, '=') ? first.args : []
  const isRtol = !more && key?.kind === 'Identifier' && key.name === 'rtol' && value?.kind === 'Float'
  return isRtol ? { sides: both, rtol: value.value } : none
}

/** An edit that puts a straight line or a parabola in the place of a call: value and derivatives at the point stay, all else of it goes. */
import { isTreeOf, type Node } from '../../../../engine/index.ts'
import type { Edit } from '../../language.ts'
import { type Patch, patch, replace } from '../../patch.ts'
import { brief } from '../brief.ts'
import { type Bent, bentOf, type Curve } from '../curves.ts'
import { occurrences } from '../functions.ts'
import type { Observations, Seen } from '../observations.ts'
import type { JuliaProgram } from '../program.ts'
import { valuesIn } from '../values.ts'
import { places } from '../walk.ts'

/** The only variable of an expression that is not of the top level; null if there are others, or none. */
function onlyVariable(node: Node, { names }: JuliaProgram): string | null {
  const found = new Set<string>()
  for (const { node: at } of places(node)) {
    if (at.kind !== 'Identifier' || names.defined.has(at.name) || names.library.has(at.name)) continue
    if (names.bound.has(at.name)) found.add(at.name)
  }
  const [only] = found
  return found.size === 1 && only !== undefined ? only : null
}

interface Seeing extends Curve {
  readonly value: string
  readonly isVector: boolean
  readonly givesVector: boolean
}

/** A float or a vector of floats; what counts has no derivative. */
function isSmooth(seen: Seen | null | undefined): seen is Seen & { readonly value: string } {
  return (
    (seen?.sort === 'number' || seen?.sort === '1-dimensional') &&
    seen.value !== null &&
    /^(?:-?[\d.]+(?:e-?\d+)?|\[.*\..*\])$/.test(seen.value) &&
    seen.value.includes('.')
  )
}

/** `v + J(x − p)`, and `v + J(x − p) + ½ (x − p)ᵀH(x − p)`, in the shapes that value and point have. */
function stands({ value, variable, at, isVector, givesVector }: Seeing, { slope, bend }: Bent): { line: string; parabola: string | null } {
  const off = `(${variable} - (${at}))`
  const times = !isVector ? `(${slope}) * ${off}` : givesVector ? `${slope} * ${off}` : `sum(${slope} .* ${off})`
  const line = `${value} + ${times}`
  if (bend === null || /^\[?[0. ;-]*\]?$/.test(bend)) return { line: `(${line})`, parabola: null }
  const square = isVector ? `${off}' * ${bend} * ${off} / 2` : `(${Number(bend) / 2}) * ${off}^2`
  return { line: `(${line})`, parabola: `(${line} + ${square})` }
}

/** `g(x)` becomes `v + s * (x - p)`, or that and a square; worth it if the definition of `g` can go then. */
export function surrogate(observations: Observations): Edit<JuliaProgram> {
  return {
    id: 'surrogate',
    list: 'pump',
    together: 1,
    patches: async (program, originOf) => {
      const seen = await observations.of(program, originOf)
      const curves: Seeing[] = []
      for (const { node } of valuesIn(program.tree)) {
        const callee = isTreeOf(node, 'call') && node.form === 'prefix' ? node.args[0] : undefined
        if (callee?.kind !== 'Identifier' || !program.names.functions.has(callee.name)) continue
        const variable = onlyVariable(node, program)
        const use = variable === null ? undefined : occurrences(node, variable)[0]
        const [value, at] = [seen(node), use ? seen(use) : null]
        if (variable === null || !isSmooth(value) || !isSmooth(at)) continue
        const shapes = { isVector: at.sort === '1-dimensional', givesVector: value.sort === '1-dimensional' }
        curves.push({ call: node, variable, at: at.value, value: value.value, ...shapes })
      }
      const bent = await bentOf(observations.observe, program, curves)
      const made = curves.map((curve, k) => ({ curve, stand: bent[k] ? stands(curve, bent[k]) : null }))
      const put = (text: string | null | undefined, what: string, { call }: Seeing): Patch[] =>
        text === null || text === undefined ? [] : [patch(`${what} for \`${brief(call)}\``, replace(call.span, text))]
      return [
        ...made.flatMap(({ curve, stand }) => put(stand?.line, 'a straight line', curve)),
        ...made.flatMap(({ curve, stand }) => put(stand?.parabola, 'a parabola', curve)),
      ]
    },
  }
}

/** An edit that puts a straight line in the place of a call: the value and the derivative at the point stay, all else of it goes. */
import { isTreeOf, type Node } from '../../../../engine/index.ts'
import type { Edit } from '../../language.ts'
import { patch, replace } from '../../patch.ts'
import { brief } from '../brief.ts'
import { occurrences } from '../functions.ts'
import type { Curve, Observations } from '../observations.ts'
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

/** `g(x)` becomes `v + s * (x - p)`; worth it if the definition of `g` can go then. */
export function surrogate(observations: Observations): Edit<JuliaProgram> {
  return {
    id: 'surrogate',
    list: 'pump',
    together: 1,
    patches: async (program, originOf) => {
      const seen = await observations.of(program, originOf)
      const curves: (Curve & { readonly value: string })[] = []
      for (const { node } of valuesIn(program.tree)) {
        const callee = isTreeOf(node, 'call') && node.form === 'prefix' ? node.args[0] : undefined
        if (callee?.kind !== 'Identifier' || !program.names.functions.has(callee.name)) continue
        const variable = onlyVariable(node, program)
        const use = variable === null ? undefined : occurrences(node, variable)[0]
        const [value, at] = [seen(node), use ? seen(use) : null]
        if (variable === null || value?.sort !== 'number' || at?.sort !== 'number' || value.value === null || at.value === null) continue
        if (/^-?[\d.]+(?:e-?\d+)?$/.test(at.value) && at.value.includes('.'))
          curves.push({ call: node, variable, at: at.value, value: value.value })
      }
      const slopes = await observations.slopes(program, curves)
      return curves.flatMap(({ call, variable, at, value }, k) => {
        const slope = slopes[k]
        if (slope === null || slope === undefined) return []
        const factor = Number.isInteger(slope) ? `${slope}.0` : String(slope)
        return [patch(`a straight line for \`${brief(call)}\``, replace(call.span, `(${value} + (${factor}) * (${variable} - (${at})))`))]
      })
    },
  }
}

/** An edit that puts the value that an expression had in the place of the expression. */
import type { Edit } from '../../language.ts'
import { patch, replace } from '../../patch.ts'
import { brief } from '../brief.ts'
import type { Observations } from '../observations.ts'
import type { JuliaProgram } from '../program.ts'
import { valuesIn } from '../values.ts'

export function valueEdit(observations: Observations): Edit<JuliaProgram> {
  return {
    id: 'value',
    list: 'main',
    together: 2,
    patches: async (program, originOf) => {
      const seen = await observations.of(program, originOf)
      return valuesIn(program.tree).flatMap(({ node, role }) => {
        const found = role === 'callee' ? null : seen(node)
        if (found?.value) return [patch(`its value ${found.value} for \`${brief(node)}\``, replace(node.span, '(', found.value, ')'))]
        // What is neither a number nor an array may be of no importance.
        const isOdd = role === 'argument' && 'args' in node && found?.sort === 'other'
        return isOdd ? [patch(`0.0 for \`${brief(node)}\``, replace(node.span, '0.0'))] : []
      })
    },
  }
}

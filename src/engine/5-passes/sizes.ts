/** What is known about integers that are sizes and indices. */
import type { Inst, ValueId } from '../3-ir/ir.ts'

/** Instructions looked at before giving up. */
const MOST_STEPS = 24

/**
 * Is an integer surely not negative? `definedBy` gives the instruction whose result a value is, or that holds the block whose
 * parameter it is. The answer holds wherever the value exists.
 */
export function nonNegative(id: ValueId, definedBy: (id: ValueId) => Inst | undefined): boolean {
  let steps = 0
  const check = (value: ValueId): boolean => {
    const def = definedBy(value)
    if (!def || ++steps > MOST_STEPS) return false
    // biome-ignore format: one case a line
    switch (def.kind) {
      case 'const': return typeof def.value === 'number' && def.value >= 0
      case 'prim': return def.prim === 'arr.len' || def.prim === 'arr.dim' || def.prim === 'str.length'
      case 'for': return def.body.params[0]!.id === value
      case 'op':
        switch (def.op) {
          case 'i64.add':
          case 'i64.mul':
          case 'i64.div':
          case 'i64.or': return def.args.every(check)
          case 'i64.and': return def.args.some(check)
          case 'i64.rem': return check(def.args[0]!)
          case 'i64.from_bool': return true
          case 'i64.select': return def.args.slice(1).every(check)
          default: return false
        }
      default: return false
    }
  }
  return check(id)
}

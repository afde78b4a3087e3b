/** Whether a derivative can flow through a leaf. */
import type { Type } from '../../3-ir/ir.ts'
import { columnsOf, isArray, isFloat, isObject, structOf } from '../../3-ir/types.ts'
import type { Specialiser } from './specialiser.ts'

/** Can a derivative flow through a leaf of this type? */
export function carriesDerivative(s: Specialiser, leaf: Type, seen: Set<string> = new Set()): boolean {
  if (isFloat(leaf) || leaf === 'any' || leaf === 'tape') return true
  if (seen.has(leaf)) return false
  seen.add(leaf)
  if (isArray(leaf)) return columnsOf(leaf).some(c => carriesDerivative(s, c, seen))
  if (isObject(leaf)) return s.ir.structs.get(structOf(leaf))?.fields.some(f => carriesDerivative(s, f.type, seen)) ?? true
  return false
}

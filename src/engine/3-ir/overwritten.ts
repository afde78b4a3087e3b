/** `Transform.overwritten` where it is not found out by parameter. */
import type { Transform } from './ir.ts'

/** One answer for what is reachable from any of so many parameters or from the results. */
export function overwrittenAll(params: number, answer: boolean): Transform['overwritten'] {
  return Array.from({ length: params + 1 }, () => answer)
}

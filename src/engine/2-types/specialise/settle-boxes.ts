/** Widens the boxes of a function that is done for what its inner functions will assign later. */
import { Failure } from '../../../diagnostics/diagnostic.ts'
import { dispatch } from '../dispatch.ts'
import { ANY, BOX } from '../intern.ts'
import type { Frame } from './frame.ts'

/**
 * Inner functions that are called without arguments do the same whenever they are called. Those that may outlive this function are
 * made now, so that a box is wide enough for what they assign: afterwards it has the type that it has.
 */
export function settleBoxes(frame: Frame): void {
  for (const type of frame.closures) {
    if (!type.params.some(p => p.kind === 'data' && p.name === BOX && p.params[0] !== ANY)) continue
    const found = dispatch(frame.s.world, [type])
    if (found?.kind !== 'method' || found.method.def.params.some(p => p.vararg)) continue
    try {
      frame.s.callable(frame.module, [type], found.method.def.span)
    } catch (error) {
      // Nobody may ever call it; if somebody does, the call says the same again.
      if (!(error instanceof Failure)) throw error
    }
  }
}

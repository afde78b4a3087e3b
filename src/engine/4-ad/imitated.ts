/** What a limit of a profile changes in a derivative. */
import type { Inst } from '../3-ir/ir.ts'

/** What the sweeps do otherwise than they would because of a limit. */
export interface Imitated {
  /** Numbers in `Module.failures`, thrown before the instruction runs. */
  readonly failing: ReadonlyMap<Inst, number>
  /** The same, at the beginning of the function. */
  readonly atEntry: readonly number[]
  /** Instructions whose derivative is lost: of one argument of a call, or of all that it gives. */
  readonly severed: ReadonlyMap<Inst, number | 'all'>
}

export const NOT_IMITATED: Imitated = { failing: new Map(), atEntry: [], severed: new Map() }

/** The passes, in the order in which they run. A name appears once, so that `--after` and `bisect` can name a point. */
import { bounds } from './bounds.ts'
import { cse } from './cse.ts'
import { deadCode } from './dead-code.ts'
import { fold } from './fold.ts'
import { hoist } from './hoist.ts'
import { induction } from './induction.ts'
import { inline } from './inline.ts'
import type { Pass } from './pass.ts'
import { scalarMemory } from './scalar-memory.ts'

export const PASSES: readonly Pass[] = [
  { name: 'inline', run: inline },
  { name: 'fold', run: fold },
  { name: 'cse', run: cse },
  { name: 'scalar-memory', run: scalarMemory, about: 'memory' },
  { name: 'induction', run: induction, about: 'loop' },
  { name: 'hoist', run: hoist, about: 'loop' },
  { name: 'fold-again', run: fold },
  { name: 'cse-again', run: cse },
  { name: 'bounds', run: bounds, about: 'check' },
  { name: 'dead-code', run: deadCode },
]

/** Half of the random programs: two files, as each takes a processor. Change the seed to hunt for new failures. */
import { expect, test } from 'vitest'
import { checkPrograms } from './agreement.ts'

const SEED = 2641
const PROGRAMS = 1000

test('random programs have the same derivatives forward, reverse, nested and by differences', () => {
  const { failure, judged } = checkPrograms(SEED, PROGRAMS)
  expect(failure).toBeNull()
  expect(judged).toBeGreaterThan(0.95 * PROGRAMS)
}, 600_000)

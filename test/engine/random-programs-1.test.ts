/** A quarter of the random programs: four files, so that no processor waits long for another. Change the seed to hunt for new failures. */
import { expect, test } from 'vitest'
import { checkPrograms } from './agreement.ts'

const SEED = 2641
const PROGRAMS = 1250

test('random programs have the same derivatives forward, reverse, nested and by differences, by emitted code and by the interpreter', () => {
  const { failure, judged } = checkPrograms(SEED, PROGRAMS)
  expect(failure).toBeNull()
  expect(judged).toBeGreaterThan(0.95 * PROGRAMS)
}, 600_000)

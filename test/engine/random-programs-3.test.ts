/** Random programs with shared and resized memory, containers, calls found when they run, and exceptions. Change the seed to hunt. */
import { expect, test } from 'vitest'
import { checkPrograms } from './agreement.ts'

const SEED = 8
const PROGRAMS = 200

test('random programs with richer statements have the same derivatives in all ways', () => {
  const { failure, judged } = checkPrograms(SEED, PROGRAMS, true)
  expect(failure).toBeNull()
  expect(judged).toBeGreaterThan(0.95 * PROGRAMS)
}, 600_000)

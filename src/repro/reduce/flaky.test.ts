import { expect, it } from 'vitest'
import { interval, rateOf, sequential } from './flaky.ts'
import type { Oracle } from './oracle.ts'

/** Always the same chances. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Fails as often as the text says. */
function oracleOf(next: () => number): Oracle & { runs: () => number } {
  let runs = 0
  return {
    describe: 'chance',
    signature: 'run/chance',
    test: async text => {
      runs++
      return next() < Number(text) ? { kind: 'same', at: null } : { kind: 'pass' }
    },
    close: () => {},
    runs: () => runs,
  }
}

it('measures how often a program fails, with an interval around it', async () => {
  const rate = await rateOf(oracleOf(chances(1)), '0.4', 50, 2)
  const [low, high] = interval(rate)
  expect(low).toBeLessThan(0.4)
  expect(high).toBeGreaterThan(0.4)
  expect(interval({ failed: 0, runs: 20, other: null })[0]).toBeCloseTo(0)
})

it.each([0.9, 0.5, 0.3])('tells programs that fail at a rate of %d from those that fail hardly ever', async rate => {
  const oracle = oracleOf(chances(7))
  const test = sequential(oracle, rate)
  const share = async (text: string) => {
    let same = 0
    for (let i = 0; i < 200; i++) if ((await test.test(text)).kind === 'same') same++
    return same / 200
  }
  expect(await share(String(rate))).toBeGreaterThan(0.9)
  expect(await share(String(rate / 4))).toBeLessThan(0.1)
  expect(await share('0')).toBe(0)
  expect(oracle.runs() / 600).toBeLessThan(20)
})

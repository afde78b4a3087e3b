/** Failures that do not happen each time: how often they do, and a test that runs a candidate as often as it takes to tell. */
import type { Oracle, Verdict } from './oracle.ts'
import { sideBySide } from './side-by-side.ts'

/** How often a program failed in the way that is looked for, of how many runs. */
export interface Rate {
  readonly failed: number
  readonly runs: number
  /** What else was seen, if anything. */
  readonly other: Verdict | null
}

export async function rateOf(oracle: Oracle, text: string, runs: number, jobs: number): Promise<Rate> {
  const verdicts = await sideBySide(Array<string>(runs).fill(text), jobs, oracle.test)
  const others = verdicts.filter(verdict => verdict.kind !== 'same')
  return { failed: runs - others.length, runs, other: others.at(-1) ?? null }
}

/** The interval that the true rate lies in, by Wilson, at 95 %. */
export function interval({ failed, runs }: Rate): readonly [number, number] {
  const z = 1.96
  const p = failed / runs
  const middle = p + (z * z) / (2 * runs)
  const half = z * Math.sqrt((p * (1 - p)) / runs + (z * z) / (4 * runs * runs))
  return [(middle - half) / (1 + (z * z) / runs), (middle + half) / (1 + (z * z) / runs)]
}

/** A candidate that fails this many times less often than the original is not the same failure any more. */
const LESS_OFTEN = 4
/** Either mistake is made once in so many candidates. */
const MISTAKES = 1 / 20
const MOST_RUNS = 60

/**
 * Wald's sequential test: each run moves the balance between "it fails as often as the original" and "it fails hardly ever or never",
 * by the logarithm of how much likelier the one makes what was seen; beyond either bound it is decided.
 */
export function sequential(oracle: Oracle, rate: number): Oracle {
  const [often, seldom] = [Math.min(rate, 0.99), Math.min(rate, 0.99) / LESS_OFTEN]
  const bound = Math.log((1 - MISTAKES) / MISTAKES)
  const test = async (text: string): Promise<Verdict> => {
    let balance = 0
    let same: Verdict | null = null
    let other: Verdict | null = null
    for (let i = 0; i < MOST_RUNS; i++) {
      const verdict = await oracle.test(text)
      if (verdict.kind === 'same') same = verdict
      else other = verdict
      balance += verdict.kind === 'same' ? Math.log(often / seldom) : Math.log((1 - often) / (1 - seldom))
      if (balance >= bound) return same!
      if (balance <= -bound) break
    }
    return other ?? { kind: 'pass' }
  }
  return { ...oracle, test }
}

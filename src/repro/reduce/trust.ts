/** Before anything is changed: does the original fail in the way that is looked for, how often, and does an empty program not? */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../diagnostics/report.ts'
import { type Rate, rateOf, sequential } from './flaky.ts'
import type { Oracle } from './oracle.ts'

/** A failure that is rarer than this takes too many runs. */
const LEAST_RATE = 0.1
/** Runs that measure how often a program fails, if it does not each time. */
const RUNS_OF_A_RATE = 20

interface Trust {
  /** How often the original fails. */
  readonly rate: Rate
  /** Makes of an oracle that runs a program once one that runs it as often as it takes to tell. */
  readonly steady: <O extends Oracle>(oracle: O) => O
}

export interface Repeating {
  readonly repeats: number
  readonly jobs: number
  /** How often the program was seen to fail in this way already. */
  readonly seen: number
}

/** Gives a diagnostic where there is nothing to rely on. */
export async function trusted(oracle: Oracle, text: string, { repeats, jobs, seen }: Repeating): Promise<Trust | Diagnostic> {
  const again = await rateOf(oracle, text, Math.max(0, repeats - seen), jobs)
  const isSteady = again.failed === again.runs
  const rate = isSteady ? { ...again, failed: repeats, runs: repeats } : await rateOf(oracle, text, RUNS_OF_A_RATE, jobs)
  if (rate.failed < LEAST_RATE * rate.runs) {
    const found = rate.other?.kind === 'slip' ? rate.other.signature : (rate.other?.kind ?? 'pass')
    return diagnostic('compare', 'reduce.not-repeated', { expected: oracle.signature, found }, null)
  }
  const steady: Trust['steady'] = one => (isSteady ? one : { ...one, ...sequential(one, rate.failed / rate.runs) })
  const empty = await steady(oracle).test('')
  if (empty.kind === 'same') return diagnostic('compare', 'reduce.empty-fails', { signature: oracle.signature }, null)
  return { rate, steady }
}

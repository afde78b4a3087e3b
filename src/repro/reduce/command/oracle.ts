/** Any command as the oracle. */
import type { Oracle, Verdict } from '../oracle.ts'
import { Patience } from '../patience.ts'
import { type CommandTarget, endText, isFailure, isSame, targetText } from './failure.ts'
import type { CommandEnd, CommandRunner } from './run-command.ts'

export interface CommandOptions {
  readonly runner: CommandRunner
  readonly target: CommandTarget
  /** The most that a candidate may take. */
  readonly seconds: number
  /** What the original took. */
  readonly firstSeconds: number
  /** Why a candidate need not be run, found out by cheaper means; null if it may be what is looked for. */
  readonly screen: (text: string) => Promise<string | null>
}

/** A time limit below the given one: a program that never ends need not be waited for that long. */
const ENDLESS_SECONDS = 3

export function commandOracle({ runner, target, seconds, firstSeconds, screen }: CommandOptions): Oracle {
  const isEndless = target.how?.kind === 'timeout'
  const patience = new Patience(seconds, firstSeconds)
  const signature = targetText(target)
  return {
    describe: signature,
    signature,
    test: async text => {
      const why = await screen(text)
      if (why !== null) return { kind: 'screened', why }
      const end = await runner.run(text, isEndless ? Math.min(seconds, ENDLESS_SECONDS) : patience.seconds)
      const verdict = verdictOf(end, target)
      if (verdict.kind === 'same' && !isEndless) patience.note(end.seconds)
      return verdict
    },
    close: () => runner.close(),
  }
}

function verdictOf(end: CommandEnd, target: CommandTarget): Verdict {
  if (isSame(end, target)) return { kind: 'same', at: null }
  if (end.how.kind === 'timeout') return { kind: 'timeout' }
  return isFailure(end) ? { kind: 'slip', signature: endText(end), message: end.errors.trim().split('\n').at(-1) ?? '' } : { kind: 'pass' }
}

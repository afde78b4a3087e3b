/** The built-in engine as the oracle: candidates go to processes that stay, as many as there are jobs. */
import type { EngineName } from '../../engines/table.ts'
import type { Oracle, Verdict } from '../oracle.ts'
import { Patience } from '../patience.ts'
import { wordsOf } from '../words.ts'
import type { CandidateChild, Ending } from './child.ts'
import type { Found, Origin, ValueCheck } from './protocol.ts'

/** What a candidate must show to be the same failure. */
export interface Target {
  readonly signature: string
  /** Of its diagnostic. */
  readonly code: string
  /** Of the message, where the code says too little; else null. */
  readonly words: string | null
  readonly check: ValueCheck | null
  /** What makes a value wrong, if that was looked for and found. */
  readonly origin: string | null
}

export interface BuiltinOptions {
  readonly engine: EngineName
  readonly plant: string | null
  readonly target: Target
  /** Each wrong value must come from what the original's comes from. */
  readonly isStrict: boolean
  /** The processes that run candidates, as many as there are jobs; the original was run in the first. */
  readonly children: readonly CandidateChild[]
  /** Of the engine without limits and faults. */
  readonly observer: CandidateChild
  /** The most that a candidate may take. */
  readonly seconds: number
  /** What the original took. */
  readonly firstSeconds: number
  /** The names that a program defines, for its messages. */
  readonly ownNames: (text: string) => ReadonlySet<string>
}

/** A time limit below the case's own: a program that never ends need not be waited for that long. */
const ENDLESS_SECONDS = 3

/** Patterns that say so little that the same mistake may show a plainer one in a smaller program. */
const VAGUE = /^compare\/wrong-value:(?:other|missing-term|extra-term)$/

/** There is nothing but the one fault that could make a difference. */
export function isSure(check: ValueCheck | null, plant: string | null): boolean {
  return check?.oracle.kind === 'plain engine' && plant !== null
}

/** Messages that say more than their code; and a value, where there is only a given one to hold it against. */
export function wordsOfFailure(found: Found, ownNames: ReadonlySet<string>, check: ValueCheck | null): string | null {
  if (found.kind === 'wrong value') return check?.oracle.kind === 'given' ? JSON.stringify(found.found) : null
  if (found.kind !== 'failure') return null
  return found.code === 'run.exception' || found.blame === 'internal' ? wordsOf(found.message, ownNames) : null
}

export interface BuiltinOracle extends Oracle {
  /** What a program showed that failed in the same way, if that was not long ago. */
  readonly foundOf: (text: string) => Found | null
  /** What makes the value of a program wrong; null if that is not found. */
  readonly originOf: (text: string) => Promise<Origin | null>
  /** What a program prints on the engine without limits and faults. */
  readonly observe: (text: string) => Promise<string>
}

/** Looking for what makes a value wrong compiles the program several times. */
const ORIGIN_SECONDS = 30

/** How many of the last good programs are remembered with what they showed. */
const REMEMBERED = 16

export function builtinOracle(options: BuiltinOptions): BuiltinOracle {
  const { engine, plant, target, children } = options
  const isEndless = target.signature === 'run/timeout'
  const patience = new Patience(options.seconds, options.firstSeconds)
  const free = [...children]
  const good = new Map<string, Found>()
  const queue: ((child: CandidateChild) => void)[] = []
  // The first process is up already, and takes all that comes one by one.
  const take = async () => free.shift() ?? new Promise<CandidateChild>(resolve => queue.push(resolve))
  const giveBack = (child: CandidateChild) => {
    const next = queue.shift()
    if (next) next(child)
    else if (child === children[0]) free.unshift(child)
    else free.push(child)
  }
  const test = async (text: string): Promise<Verdict> => {
    const child = await take()
    try {
      const seconds = isEndless ? Math.min(options.seconds, ENDLESS_SECONDS) : patience.seconds
      const ending = await child.run(text, target.check, seconds)
      let verdict = verdictOf(ending, options, options.ownNames(text))
      if (verdict.kind === 'same' && ending.kind === 'found') {
        const found = ending.found
        if (isDoubtful(found, options)) verdict = fromSame(await child.origin(text, ORIGIN_SECONDS), found, target)
      }
      if (verdict.kind === 'same' && ending.kind === 'found') {
        patience.note(ending.seconds)
        good.set(text, ending.found)
        if (good.size > REMEMBERED) good.delete(good.keys().next().value!)
      }
      return verdict
    } finally {
      giveBack(child)
    }
  }
  return {
    describe: `${target.signature} on ${engine}${plant === null ? '' : ` with the fault ${plant}`}`,
    signature: target.signature,
    test,
    foundOf: text => good.get(text) ?? null,
    originOf: async text => {
      const child = await take()
      try {
        return await child.origin(text, ORIGIN_SECONDS)
      } finally {
        giveBack(child)
      }
    },
    observe: text => options.observer.output(text, options.seconds),
    close: () => {
      for (const child of [...children, options.observer]) child.close()
    },
  }
}

function verdictOf(ending: Ending, { target, plant }: BuiltinOptions, ownNames: ReadonlySet<string>): Verdict {
  if (ending.kind === 'timeout') return target.signature === 'run/timeout' ? { kind: 'same', at: null } : { kind: 'timeout' }
  if (ending.kind !== 'found') {
    const signature = `run/crash:${ending.kind}`
    return signature === target.signature ? { kind: 'same', at: null } : { kind: 'slip', signature, message: describeEnd(ending) }
  }
  const { found } = ending
  if (found.kind === 'pass') return { kind: 'pass' }
  const mayBePlainer =
    found.kind === 'wrong value' && VAGUE.test(target.signature) && (target.origin !== null || isSure(target.check, plant))
  const isAlike = found.signature === target.signature || mayBePlainer
  if (isAlike && wordsOfFailure(found, ownNames, target.check) === target.words)
    return { kind: 'same', at: found.kind === 'failure' ? found.at : null }
  return { kind: 'slip', signature: found.signature, message: found.message }
}

/** Must it be looked for what makes the value wrong? That takes longer than running the program. */
function isDoubtful(found: Found, { target, plant, isStrict }: BuiltinOptions): boolean {
  return isStrict && found.kind === 'wrong value' && target.origin !== null && !isSure(target.check, plant)
}

function fromSame(origin: Origin | null, found: Found, target: Target): Verdict {
  if (origin?.what === target.origin) return { kind: 'same', at: origin?.at ?? null }
  const signature = found.kind === 'pass' ? 'pass' : `${found.signature} of ${origin?.what ?? 'an unknown origin'}`
  return { kind: 'slip', signature, message: 'Another mistake makes the value wrong.' }
}

function describeEnd(ending: Exclude<Ending, { kind: 'found' | 'timeout' }>): string {
  return ending.kind === 'memory' ? 'It needs more memory than it may.' : `Its process died: ${ending.how}.`
}

/** Whether the derivatives of random programs agree with each other and with differences, and what a failure looks like. */
import fc from 'fast-check'
import { INPUT } from './random-expression.ts'
import { PRELUDE, randomProgram, type Shape } from './random-program.ts'
import { DIRECTION, emitted, type First, interpreted, Program, type Second, STEP, type Subject, subjectOf } from './transforms-of.ts'

/** What `randomProgram` decides with. */
export const choices: fc.Arbitrary<number[]> = fc.array(fc.nat({ max: 9999 }), { minLength: 60, maxLength: 200 })

function close(a: number, b: number, tolerance: number, scale: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, scale, Math.abs(a), Math.abs(b))
}

function apart(some: readonly number[], others: readonly number[], tolerance: number): boolean {
  const scale = Math.max(...others.map(Math.abs))
  return some.length !== others.length || some.some((a, k) => !close(a, others[k]!, tolerance, scale))
}

const times = (vector: readonly number[]): number => vector.reduce((sum, g, k) => sum + g * (DIRECTION[k] ?? 0), 0)

/** Why derivatives disagree, or null. `judged` is false when the function bends too much for differences to say anything. */
interface Verdict {
  readonly why: string | null
  readonly judged: boolean
}

/** `near`: values one step and two steps ahead and back. */
function firstVerdict({ value, forward, gradient }: First, near: readonly number[]): Verdict {
  const no = (why: string) => ({ why, judged: true })
  if (!Number.isFinite(value)) return no(`the value is ${value}`)
  const along = times(gradient)
  if (!close(along, forward, 1e-9, Math.max(...gradient.map(Math.abs)))) return no(`forward ${forward}, reverse ${along}`)
  const [up = 0, down = 0, up2 = 0, down2 = 0] = near
  const fine = (up - down) / (2 * STEP)
  const coarse = (up2 - down2) / (4 * STEP)
  const best = (4 * fine - coarse) / 3
  const doubt = Math.abs(fine - coarse)
  if (doubt > 1e-2 * Math.max(1, Math.abs(best))) return { why: null, judged: false }
  const tolerance = 1e-7 * Math.max(1, Math.abs(best), Math.abs(value)) + doubt
  return Math.abs(best - forward) > tolerance ? no(`forward ${forward}, differences ${best}`) : { why: null, judged: true }
}

function secondDisagreement(
  { gradient }: First,
  { split, forwardReverse, reverseReverse, reverseForward, forwardForward }: Second,
): string | null {
  if (apart(split, gradient, 1e-12)) return `reverse ${gradient.join(', ')}, split in two ${split.join(', ')}`
  const shown = (what: string, found: readonly number[]) => `reverse over reverse ${reverseReverse.join(', ')}, ${what} ${found.join(', ')}`
  if (apart(forwardReverse, reverseReverse, 1e-8)) return shown('forward over reverse', forwardReverse)
  if (apart(reverseForward, reverseReverse, 1e-8)) return shown('reverse over forward', reverseForward)
  const twice = times(reverseReverse)
  if (close(forwardForward, twice, 1e-8, Math.max(...reverseReverse.map(Math.abs)))) return null
  return `forward over forward ${forwardForward}, along the direction by reverse over reverse ${twice}`
}

/** What emitted code and the interpreter have to give alike, to the last bit. */
function differentBits<T extends object>(some: T, others: T): string | null {
  for (const key of Object.keys(some) as (keyof T & string)[]) {
    const [a, b] = [some[key], others[key]].map(value => (Array.isArray(value) ? value : [value]))
    if (!a!.every((x, k) => Object.is(x, b![k]))) return `${key}: emitted code gives ${a!.join(', ')}, the interpreter ${b!.join(', ')}`
  }
  return null
}

/** How much is asked of a program: that the modes agree with differences; that the interpreter agrees, too; second derivatives. */
type Depth = 'modes' | 'first order' | 'second order' | 'second order, emitted'

function judge(program: Program, subject: Subject, depth: Depth): Verdict {
  const [run, slowly] = [emitted(program), interpreted(program)]
  // First, for what is differentiated again is simplified on the way, and that is where emitting it begins.
  const two = depth === 'modes' || depth === 'first order' ? null : subject.second(slowly)
  const one = subject.first(run)
  const near = [1, -1, 2, -2].map(steps =>
    subject.value(
      run,
      INPUT.map((x, k) => x + steps * STEP * DIRECTION[k]!),
    ),
  )
  const found = firstVerdict(one, near)
  if (found.why !== null || depth === 'modes') return found
  const values = { value: subject.value(run, INPUT) }
  const bits = differentBits(values, { value: subject.value(slowly, INPUT) }) ?? differentBits(one, subject.first(slowly))
  if (bits !== null || two === null) return { ...found, why: bits }
  const why = secondDisagreement(one, two) ?? (depth === 'second order' ? null : differentBits(subject.second(run), two))
  return { ...found, why }
}

function judged(program: Program, name: string, shape: Shape, depth: Depth): Verdict {
  const found = program.explained(() => judge(program, subjectOf(program, name, shape), depth))
  return typeof found === 'string' ? { why: found, judged: false } : found
}

function failureAlone(decisions: readonly number[]): string | null {
  const { text, shape } = randomProgram(decisions, 'p', true)
  return judged(new Program(`${PRELUDE}\n${text}`), 'p', shape, 'second order, emitted').why
}

/** The program and the smallest one found that still fails. */
function report(decisions: readonly number[], why: string, seed: number): string {
  const shrunk = fc.check(
    fc.property(choices, c => failureAlone(c) === null),
    { numRuns: 1, examples: [[[...decisions]]], interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
  )
  const smallest = shrunk.counterexample?.[0] ?? decisions
  const alone = failureAlone(smallest) ?? 'passes when it is alone'
  return `seed ${seed}: ${why}\n\n${randomProgram(decisions, 'p', true).text}\n\nshrunk to (${alone}):\n\n${randomProgram(smallest, 'p', true).text}`
}

/** Programs that share a session, and with it what is compiled of Base; what they leave behind there adds up. */
const BATCH = 250
/** Every so many programs run in the interpreter too, which has none of what the passes did. */
const INTERPRETED = 4
/** Second derivatives of a program cost more than all else: every so many programs have them, and every so many of those by emitted code too. */
const SECOND = 12
const EMITTED = 3

function depthOf(k: number): Depth {
  if (k % INTERPRETED > 0) return 'modes'
  if (k % SECOND > 0) return 'first order'
  return k % (SECOND * EMITTED) > 0 ? 'second order' : 'second order, emitted'
}

interface Checked {
  readonly failure: string | null
  readonly judged: number
}

/** Checks `count` programs made from a seed. The first that fails is described; `judged` counts those that differences could judge. */
export function checkPrograms(seed: number, count: number): Checked {
  const samples = fc.sample(choices, { seed, numRuns: count })
  let judgedByDifferences = 0
  for (let start = 0; start < samples.length; start += BATCH) {
    const batch = samples.slice(start, start + BATCH).map((decisions, k) => ({ decisions, k, ...randomProgram(decisions, `p${k}`, true) }))
    const program = new Program([PRELUDE, ...batch.map(p => p.text)].join('\n\n'))
    for (const { decisions, k, shape } of batch) {
      const depth = depthOf(k)
      const found = judged(program, `p${k}`, shape, depth)
      if (found.why !== null) return { failure: report(decisions, found.why, seed), judged: judgedByDifferences }
      if (found.judged) judgedByDifferences += 1
    }
  }
  return { failure: null, judged: judgedByDifferences }
}

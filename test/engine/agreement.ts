/** Whether the derivatives of a random program agree with each other and with differences, and what a failure looks like. */
import fc from 'fast-check'
import { createSession, type Plain, type Session } from '../../src/engine/index.ts'
import { INPUT } from './random-expression.ts'
import { PRELUDE, randomProgram, type Shape } from './random-program.ts'

/** What `randomProgram` decides with. */
export const choices: fc.Arbitrary<number[]> = fc.array(fc.nat({ max: 9999 }), { minLength: 60, maxLength: 260 })

const DIRECTION = [0.6, -0.35, 0.8] as const
const STEP = 1e-3

const CHECKS = `
const INPUT = [${INPUT.join(', ')}]
const DIRECTION = [${DIRECTION.join(', ')}]
const STEPS = [${STEP}, -${STEP}, 2 * ${STEP}, -2 * ${STEP}]

function first_vector(f)
    x, v, reverse = copy(INPUT), copy(DIRECTION), zeros(3)
    value, forward = Base.__forward((f, x), (nothing, v))
    Base.__gradient((f, x), (nothing, reverse), 1.0)
    near = zeros(4)
    for k in 1:4
        near[k] = f(x + STEPS[k] * v)
    end
    return (value, forward, reverse, near, x == INPUT && v == DIRECTION)
end

function second_vector(f)
    x, v = copy(INPUT), copy(DIRECTION)
    forward_reverse = hvp(f, x, v)
    reverse_reverse = gradient(Reverse, z -> sum(gradient(Reverse, f, z)[1] .* v), x)[1]
    return (forward_reverse, reverse_reverse)
end

function first_scalars(f)
    (a, b, c), v = INPUT, DIRECTION
    value, forward = Base.__forward((f, a, b, c), (nothing, v[1], v[2], v[3]))
    adjoints = Base.__gradient((f, a, b, c), (nothing, Base.__active, Base.__active, Base.__active), 1.0)[2]
    near = zeros(4)
    for k in 1:4
        near[k] = f(a + STEPS[k] * v[1], b + STEPS[k] * v[2], c + STEPS[k] * v[3])
    end
    return (value, forward, (adjoints[2], adjoints[3], adjoints[4]), near, true)
end

slopes(f, a, b, c) = autodiff(Reverse, f, Active, Active(a), Active(b), Active(c))[1]
along(f, a, b, c, v) = (g = slopes(f, a, b, c); g[1] * v[1] + g[2] * v[2] + g[3] * v[3])

function second_scalars(f)
    (a, b, c), v = INPUT, DIRECTION
    forward_reverse = autodiff(Forward, (p, q, r) -> slopes(f, p, q, r), Duplicated(a, v[1]), Duplicated(b, v[2]), Duplicated(c, v[3]))[1]
    reverse_reverse = slopes((p, q, r) -> along(f, p, q, r, v), a, b, c)
    return (forward_reverse, reverse_reverse)
end
`

/** What the first-order checks find of one program. */
export interface First {
  readonly value: number
  readonly forward: number
  readonly reverse: readonly number[]
  readonly near: readonly number[]
  readonly intact: boolean
}

/** The hessian times a direction, in two ways. */
export interface Second {
  readonly forwardReverse: readonly number[]
  readonly reverseReverse: readonly number[]
}

function list(p: Plain | undefined): readonly Plain[] {
  if (!Array.isArray(p)) throw new Error(`expected a list, found ${JSON.stringify(p)}`)
  return p
}

function number(p: Plain | undefined): number {
  if (typeof p !== 'number') throw new Error(`expected a number, found ${JSON.stringify(p)}`)
  return p
}

/** A session with these programs and the checks. */
export function sessionWith(programs: readonly string[], interpret: boolean, verify = false): Session {
  const session = createSession({ profile: 'none', write: () => {}, verbose: verify, interpret })
  const { failure } = session.load({ name: 'random.jl', text: [PRELUDE, CHECKS, ...programs].join('\n\n') })
  if (failure !== null) throw new Error(`the programs do not load: ${failure.message}`)
  return session
}

function call(session: Session, text: string): readonly Plain[] | string {
  const evaluated = session.evaluate({ name: 'call', text })
  if (evaluated.kind === 'failure') return `${evaluated.diagnostic.code}: ${evaluated.diagnostic.message}`
  return list(evaluated.value.plain)
}

/** What is found of a loaded program, or why it failed. */
export function first(session: Session, name: string, shape: Shape): First | string {
  const items = call(session, `first_${shape}(${name})`)
  if (typeof items === 'string') return items
  return {
    value: number(items[0]),
    forward: number(items[1]),
    reverse: list(items[2]).map(number),
    near: list(items[3]).map(number),
    intact: items[4] === true,
  }
}

export function second(session: Session, name: string, shape: Shape): Second | string {
  const items = call(session, `second_${shape}(${name})`)
  if (typeof items === 'string') return items
  return { forwardReverse: list(items[0]).map(number), reverseReverse: list(items[1]).map(number) }
}

function close(a: number, b: number, tolerance: number, scale: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, scale, Math.abs(a), Math.abs(b))
}

/** Why derivatives disagree, or null. `judged` is false when the function bends too much for differences to say anything. */
interface Verdict {
  readonly why: string | null
  readonly judged: boolean
}

function verdict(r: First): Verdict {
  const no = (why: string) => ({ why, judged: true })
  if (!Number.isFinite(r.value)) return no(`the value is ${r.value}`)
  if (!r.intact) return no('the inputs were changed')
  const along = r.reverse.reduce((sum, g, k) => sum + g * (DIRECTION[k] ?? 0), 0)
  if (!close(along, r.forward, 1e-9, Math.max(...r.reverse.map(Math.abs)))) return no(`forward ${r.forward}, reverse ${along}`)
  const [up = 0, down = 0, up2 = 0, down2 = 0] = r.near
  const fine = (up - down) / (2 * STEP)
  const coarse = (up2 - down2) / (4 * STEP)
  const best = (4 * fine - coarse) / 3
  const doubt = Math.abs(fine - coarse)
  if (doubt > 1e-2 * Math.max(1, Math.abs(best))) return { why: null, judged: false }
  const tolerance = 1e-7 * Math.max(1, Math.abs(best), Math.abs(r.value)) + doubt
  return Math.abs(best - r.forward) > tolerance ? no(`forward ${r.forward}, differences ${best}`) : { why: null, judged: true }
}

function secondDisagreement(r: Second): string | null {
  const bend = Math.max(...r.reverseReverse.map(Math.abs))
  const apart = r.forwardReverse.some((h, k) => !close(h, r.reverseReverse[k] ?? Number.NaN, 1e-8, bend))
  return apart ? `forward over reverse ${r.forwardReverse.join(', ')}, reverse over reverse ${r.reverseReverse.join(', ')}` : null
}

function judge(session: Session, name: string, shape: Shape, twice: boolean): Verdict {
  const one = first(session, name, shape)
  if (typeof one === 'string') return { why: one, judged: false }
  const found = verdict(one)
  if (found.why !== null || !twice) return found
  const two = second(session, name, shape)
  return { ...found, why: typeof two === 'string' ? two : secondDisagreement(two) }
}

function failureAlone(decisions: readonly number[], rich: boolean): string | null {
  const { text, shape } = randomProgram(decisions, 'p', rich)
  return judge(sessionWith([text], false), 'p', shape, true).why
}

/** The program and the smallest one found that still fails. */
function report(decisions: readonly number[], why: string, seed: number, rich: boolean): string {
  const shrunk = fc.check(
    fc.property(choices, c => failureAlone(c, rich) === null),
    { numRuns: 1, examples: [[[...decisions]]], interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
  )
  const smallest = shrunk.counterexample?.[0] ?? decisions
  const alone = failureAlone(smallest, rich) ?? 'passes when it is alone'
  return `seed ${seed}: ${why}\n\n${randomProgram(decisions, 'p', rich).text}\n\nshrunk to (${alone}):\n\n${randomProgram(smallest, 'p', rich).text}`
}

const BATCH = 100
/** Second derivatives cost most of the time: every fourth program has them checked. */
const SECOND = 4

interface Checked {
  readonly failure: string | null
  readonly judged: number
}

/** Checks `count` programs made from a seed; of rich ones, the IR of the first batch is verified after each pass. The first that fails is described; `judged` counts those that differences could judge. */
export function checkPrograms(seed: number, count: number, rich = false): Checked {
  const samples = fc.sample(choices, { seed, numRuns: count })
  let judged = 0
  for (let start = 0; start < samples.length; start += BATCH) {
    const batch = samples
      .slice(start, start + BATCH)
      .map((decisions, k) => ({ decisions, k, name: `p${k}`, ...randomProgram(decisions, `p${k}`, rich) }))
    const session = sessionWith(
      batch.map(p => p.text),
      false,
      rich && start === 0,
    )
    for (const p of batch) {
      const found = judge(session, p.name, p.shape, p.k % SECOND === 0)
      if (found.why !== null) return { failure: report(p.decisions, found.why, seed, rich), judged }
      if (found.judged) judged += 1
    }
  }
  return { failure: null, judged }
}

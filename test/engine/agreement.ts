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

function check_vector(f)
    x, v = copy(INPUT), copy(DIRECTION)
    value = f(x)
    forward = autodiff(Forward, f, Duplicated(x, v))[1]
    reverse = gradient(Reverse, f, x)[1]
    forward_reverse = hvp(f, x, v)
    reverse_reverse = gradient(Reverse, z -> sum(gradient(Reverse, f, z)[1] .* v), x)[1]
    near = [f(x .+ h .* v) for h in (${STEP}, -${STEP}, 2 * ${STEP}, -2 * ${STEP})]
    return (value, forward, reverse, forward_reverse, reverse_reverse, near, x == INPUT && v == DIRECTION)
end

slopes(f, a, b, c) = autodiff(Reverse, f, Active, Active(a), Active(b), Active(c))[1]
along(f, a, b, c, v) = (g = slopes(f, a, b, c); g[1] * v[1] + g[2] * v[2] + g[3] * v[3])

function check_scalars(f)
    (a, b, c), v = INPUT, DIRECTION
    value = f(a, b, c)
    forward = autodiff(Forward, f, Duplicated(a, v[1]), Duplicated(b, v[2]), Duplicated(c, v[3]))[1]
    reverse = slopes(f, a, b, c)
    forward_reverse = autodiff(Forward, (p, q, r) -> slopes(f, p, q, r), Duplicated(a, v[1]), Duplicated(b, v[2]), Duplicated(c, v[3]))[1]
    reverse_reverse = slopes((p, q, r) -> along(f, p, q, r, v), a, b, c)
    near = [f(a + h * v[1], b + h * v[2], c + h * v[3]) for h in (${STEP}, -${STEP}, 2 * ${STEP}, -2 * ${STEP})]
    return (value, forward, reverse, forward_reverse, reverse_reverse, near, true)
end
`

/** What the checks above find of one program. */
export interface Found {
  readonly value: number
  readonly forward: number
  readonly reverse: readonly number[]
  readonly forwardReverse: readonly number[]
  readonly reverseReverse: readonly number[]
  readonly near: readonly number[]
  readonly intact: boolean
}

function numbers(p: Plain | undefined): readonly number[] {
  if (!Array.isArray(p)) throw new Error(`expected a list of numbers, found ${JSON.stringify(p)}`)
  return p.map((item: Plain) => {
    if (typeof item !== 'number') throw new Error(`expected a number, found ${JSON.stringify(item)}`)
    return item
  })
}

function found(p: Plain): Found {
  if (!Array.isArray(p)) throw new Error('expected a tuple')
  const items = p as readonly Plain[]
  const [value, forward] = numbers([items[0] ?? null, items[1] ?? null])
  return {
    value: value ?? Number.NaN,
    forward: forward ?? Number.NaN,
    reverse: numbers(items[2]),
    forwardReverse: numbers(items[3]),
    reverseReverse: numbers(items[4]),
    near: numbers(items[5]),
    intact: items[6] === true,
  }
}

/** A session with these programs and the checks. */
export function sessionWith(programs: readonly string[], interpret: boolean): Session {
  const session = createSession({ profile: 'none', write: () => {}, verbose: false, interpret })
  const { failure } = session.load({ name: 'random.jl', text: [PRELUDE, CHECKS, ...programs].join('\n\n') })
  if (failure !== null) throw new Error(`the programs do not load: ${failure.message}`)
  return session
}

/** What is found of a loaded program, or why it failed. */
export function examine(session: Session, name: string, shape: Shape): Found | string {
  const evaluated = session.evaluate({ name: 'call', text: `check_${shape}(${name})` })
  if (evaluated.kind === 'failure') return `${evaluated.diagnostic.code}: ${evaluated.diagnostic.message}`
  return found(evaluated.value.plain)
}

function close(a: number, b: number, tolerance: number, scale = 0): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, scale, Math.abs(a), Math.abs(b))
}

/** Why the derivatives disagree, or null. `judged` is false when the function bends too much for differences to say anything. */
export function disagreement(r: Found): { readonly why: string | null; readonly judged: boolean } {
  const no = (why: string) => ({ why, judged: true })
  if (!Number.isFinite(r.value)) return no(`the value is ${r.value}`)
  if (!r.intact) return no('the inputs were changed')
  const along = r.reverse.reduce((sum, g, k) => sum + g * (DIRECTION[k] ?? 0), 0)
  const size = Math.max(...r.reverse.map(Math.abs))
  if (!close(along, r.forward, 1e-9, size)) return no(`forward ${r.forward}, reverse ${along}`)
  const bend = Math.max(...r.reverseReverse.map(Math.abs))
  const apart = r.forwardReverse.some((h, k) => !close(h, r.reverseReverse[k] ?? Number.NaN, 1e-8, bend))
  if (apart) return no(`forward over reverse ${r.forwardReverse.join(', ')}, reverse over reverse ${r.reverseReverse.join(', ')}`)
  const [up = 0, down = 0, up2 = 0, down2 = 0] = r.near
  const fine = (up - down) / (2 * STEP)
  const coarse = (up2 - down2) / (4 * STEP)
  const best = (4 * fine - coarse) / 3
  const doubt = Math.abs(fine - coarse)
  if (doubt > 1e-2 * Math.max(1, Math.abs(best))) return { why: null, judged: false }
  const tolerance = 1e-7 * Math.max(1, Math.abs(best), Math.abs(r.value)) + doubt
  return Math.abs(best - r.forward) > tolerance ? no(`forward ${r.forward}, differences ${best}`) : { why: null, judged: true }
}

function failureAlone(list: readonly number[]): string | null {
  const { text, shape } = randomProgram(list, 'p')
  const r = examine(sessionWith([text], false), 'p', shape)
  return typeof r === 'string' ? r : disagreement(r).why
}

/** The program and the smallest one found that still fails. */
function report(list: readonly number[], why: string, seed: number): string {
  const shrunk = fc.check(
    fc.property(choices, c => failureAlone(c) === null),
    { numRuns: 1, examples: [[[...list]]], interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
  )
  const smallest = shrunk.counterexample?.[0] ?? list
  const alone = failureAlone(smallest) ?? 'passes when it is alone'
  return `seed ${seed}: ${why}\n\n${randomProgram(list, 'p').text}\n\nshrunk to (${alone}):\n\n${randomProgram(smallest, 'p').text}`
}

const BATCH = 100

/** Checks `count` programs made from a seed. The first that fails is described; `judged` counts those that differences could judge. */
export function checkPrograms(seed: number, count: number): { readonly failure: string | null; readonly judged: number } {
  const samples = fc.sample(choices, { seed, numRuns: count })
  let judged = 0
  for (let start = 0; start < samples.length; start += BATCH) {
    const batch = samples.slice(start, start + BATCH).map((list, k) => ({ list, name: `p${k}`, ...randomProgram(list, `p${k}`) }))
    const session = sessionWith(
      batch.map(p => p.text),
      false,
    )
    for (const p of batch) {
      const r = examine(session, p.name, p.shape)
      const verdict = typeof r === 'string' ? { why: r, judged: false } : disagreement(r)
      if (verdict.why !== null) return { failure: report(p.list, verdict.why, seed), judged }
      if (verdict.judged) judged += 1
    }
  }
  return { failure: null, judged }
}

/**
 * Random programs through the whole engine: forward mode, reverse mode and differences agree, the second derivatives of both
 * nestings agree, inputs stay as they are, and optimised code gives what the interpreter gives.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSession, type Plain, type Session } from '../../src/engine/index.ts'
import { INPUT } from './random-expression.ts'
import { PRELUDE, randomProgram } from './random-program.ts'

/** Change it to hunt for new failures; a failure prints it with the program. */
const SEED = 2640
const PROGRAMS = 2000
const BATCH = 100
/** Every n-th program is also run by the interpreter, which is slow. */
const INTERPRETED = 10

const list = fc.array(fc.nat({ max: 9999 }), { minLength: 30, maxLength: 160 })

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

interface Found {
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

function session(interpret: boolean, programs: readonly string[]): Session {
  const made = createSession({ profile: 'none', write: () => {}, verbose: false, interpret })
  const { failure } = made.load({ name: 'random.jl', text: [PRELUDE, CHECKS, ...programs].join('\n\n') })
  if (failure !== null) throw new Error(`the programs do not load: ${failure.message}`)
  return made
}

function results(made: Session, name: string, shape: string): Found | string {
  const evaluated = made.evaluate({ name: 'call', text: `check_${shape}(${name})` })
  if (evaluated.kind === 'failure') return `${evaluated.diagnostic.code}: ${evaluated.diagnostic.message}`
  return found(evaluated.value.plain)
}

function close(a: number, b: number, tolerance: number, scale = 0): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, scale, Math.abs(a), Math.abs(b))
}

/** Why the derivatives disagree, or null. `differences` is false when the function bends too much for them to say anything. */
function disagreement(r: Found): { readonly why: string | null; readonly differences: boolean } {
  const no = (why: string) => ({ why, differences: true })
  if (!Number.isFinite(r.value)) return no(`the value is ${r.value}`)
  if (!r.intact) return no('the inputs were changed')
  const along = r.reverse.reduce((sum, g, k) => sum + g * (DIRECTION[k] ?? 0), 0)
  const size = Math.max(...r.reverse.map(Math.abs))
  if (!close(along, r.forward, 1e-9, size)) return no(`forward ${r.forward}, reverse ${along}`)
  const bend = Math.max(...r.reverseReverse.map(Math.abs))
  const pair = r.forwardReverse.findIndex((h, k) => !close(h, r.reverseReverse[k] ?? Number.NaN, 1e-8, bend))
  if (pair !== -1) return no(`forward over reverse ${r.forwardReverse.join(', ')}, reverse over reverse ${r.reverseReverse.join(', ')}`)
  const [up = 0, down = 0, up2 = 0, down2 = 0] = r.near
  const fine = (up - down) / (2 * STEP)
  const coarse = (up2 - down2) / (4 * STEP)
  const best = (4 * fine - coarse) / 3
  const doubt = Math.abs(fine - coarse)
  if (doubt > 1e-2 * Math.max(1, Math.abs(best))) return { why: null, differences: false }
  if (Math.abs(best - r.forward) > 1e-7 * Math.max(1, Math.abs(best), Math.abs(r.value)) + doubt)
    return no(`forward ${r.forward}, differences ${best}`)
  return { why: null, differences: true }
}

/** Checks one program alone; used to shrink. */
function failureAlone(choices: readonly number[]): string | null {
  const { text, shape } = randomProgram(choices, 'p')
  const r = results(session(false, [text]), 'p', shape)
  return typeof r === 'string' ? r : disagreement(r).why
}

/** The smallest program found that still fails, with its reason. */
function report(choices: readonly number[], why: string): string {
  const shrunk = fc.check(
    fc.property(list, c => failureAlone(c) === null),
    { seed: SEED, numRuns: 1, examples: [[[...choices]]], interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
  )
  const smallest = shrunk.counterexample?.[0] ?? choices
  return `seed ${SEED}: ${why}\n\n${randomProgram(choices, 'p').text}\n\nshrunk to (${failureAlone(smallest) ?? 'passes alone'}):\n\n${randomProgram(smallest, 'p').text}`
}

test(`${PROGRAMS} random programs have the same derivatives forward, reverse, nested and by differences`, () => {
  const samples = fc.sample(list, { seed: SEED, numRuns: PROGRAMS })
  let judgedByDifferences = 0
  for (let start = 0; start < samples.length; start += BATCH) {
    const batch = samples.slice(start, start + BATCH).map((choices, k) => ({ choices, name: `p${k}`, ...randomProgram(choices, `p${k}`) }))
    const compiled = session(
      false,
      batch.map(p => p.text),
    )
    for (const p of batch) {
      const r = results(compiled, p.name, p.shape)
      if (typeof r === 'string') expect.fail(report(p.choices, r))
      const { why, differences } = disagreement(r)
      if (why !== null) expect.fail(report(p.choices, why))
      if (differences) judgedByDifferences += 1
    }
  }
  expect(judgedByDifferences).toBeGreaterThan(0.95 * PROGRAMS)
})

test('optimised code gives what the interpreter gives', () => {
  const samples = fc.sample(list, { seed: SEED + 1, numRuns: PROGRAMS / INTERPRETED })
  const programs = samples.map((choices, k) => ({ name: `p${k}`, ...randomProgram(choices, `p${k}`) }))
  const texts = programs.map(p => p.text)
  const [compiled, interpreted] = [session(false, texts), session(true, texts)]
  for (const p of programs) {
    const a = results(compiled, p.name, p.shape)
    const b = results(interpreted, p.name, p.shape)
    expect(a, `seed ${SEED + 1}\n${p.text}`).toEqual(b)
  }
})

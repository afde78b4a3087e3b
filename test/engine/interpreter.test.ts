/**
 * The interpreter, which runs what the specialiser makes without any pass, is the judge of optimised code. Values agree to the last
 * bit; derivatives are taken of optimised code, whose adjoints may be summed in another order.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choices } from './agreement.ts'
import { first, second, sessionWith } from './by-api.ts'
import { randomProgram } from './random-program.ts'

const SEED = 2640
const PROGRAMS = 15

test('optimised code gives what the interpreter gives', () => {
  const samples = fc.sample(choices, { seed: SEED, numRuns: PROGRAMS })
  const programs = samples.map((list, k) => ({ name: `p${k}`, ...randomProgram(list, `p${k}`) }))
  const found = (interpret: boolean) => {
    const texts = programs.map(p => p.text)
    const session = sessionWith(texts, interpret)
    return programs.map(p => ({ one: first(session, p.name, p.shape), two: second(session, p.name, p.shape) }))
  }
  const compiled = found(false)
  const interpreted = found(true)
  programs.forEach((p, k) => {
    const [a, b] = [compiled[k], interpreted[k]]
    const text = `seed ${SEED}\n${p.text}`
    if (a === undefined || b === undefined) throw new Error('a program was not run')
    const { one, two } = a
    if (typeof one === 'string' || typeof two === 'string' || typeof b.one === 'string' || typeof b.two === 'string') {
      expect.fail(`${text}\n${JSON.stringify([a, b])}`)
    }
    expect([one.value, one.near], text).toEqual([b.one.value, b.one.near])
    const derivatives = [one.forward, ...one.reverse, ...two.forwardReverse, ...two.reverseReverse]
    const wanted = [b.one.forward, ...b.one.reverse, ...b.two.forwardReverse, ...b.two.reverseReverse]
    const size = Math.max(1, ...wanted.map(Math.abs))
    derivatives.forEach((d, i) => {
      expect(Math.abs(d - (wanted[i] ?? Number.NaN)), text).toBeLessThanOrEqual(1e-12 * size)
    })
  })
}, 600_000)

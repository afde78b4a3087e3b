/** The interpreter, which runs what the specialiser makes without any pass, is the judge of optimised code. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choices, first, second, sessionWith } from './agreement.ts'
import { randomProgram } from './random-program.ts'

const SEED = 2640
const PROGRAMS = 100

test('optimised code gives what the interpreter gives, to the last bit', () => {
  const samples = fc.sample(choices, { seed: SEED, numRuns: PROGRAMS })
  const programs = samples.map((list, k) => ({ name: `p${k}`, ...randomProgram(list, `p${k}`) }))
  const found = (interpret: boolean) => {
    const session = sessionWith(
      programs.map(p => p.text),
      interpret,
    )
    return programs.map(p => [first(session, p.name, p.shape), second(session, p.name, p.shape)])
  }
  const compiled = found(false)
  const interpreted = found(true)
  programs.forEach((p, k) => {
    expect(compiled[k], `seed ${SEED}\n${p.text}`).toEqual(interpreted[k])
  })
}, 600_000)

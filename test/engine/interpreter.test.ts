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
  const texts = programs.map(p => p.text)
  const compiled = sessionWith(texts, false)
  const interpreted = sessionWith(texts, true)
  for (const p of programs) {
    for (const check of [first, second]) {
      expect(check(compiled, p.name, p.shape), `seed ${SEED}\n${p.text}`).toEqual(check(interpreted, p.name, p.shape))
    }
  }
}, 600_000)

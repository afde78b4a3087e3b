/** What others are given of a reduced program. */
import { expect, it } from 'vitest'
import type { Plain } from '../../engine/index.ts'
import { emitted } from './emission.ts'
import { readJulia } from './julia/program.ts'

function testOf(program: string, type: string, found: Plain, value: Plain | undefined, isExact: boolean): string {
  const after = readJulia(program)!.program
  const expected = { value, found, isExact, type }
  const made = emitted({ after, text: '', target: { signature: 'compare/wrong-value:sign' }, engine: 'builtin', expected }, 'test')
  return made.trimEnd().split('\n').at(-1)!
}

// biome-ignore format: a table
it.each([
  ['a number', 'Float64', -1, 1, true, '@test isapprox(f(1.0), 1)'],
  ['a number that is only nearly known', 'Float64', -1, 1.5, false, '@test isapprox(f(1.0), 1.5; rtol = 1.0e-5)'],
  ['a matrix', 'Matrix{Float64}', [[-1, 0]], [[1, 0]], true, '@test isapprox(f(1.0), [1 0])'],
  ['a tuple', 'Tuple{Vector{Float64}}', [[-1, 2]], [[1, 2]], true, '@test all(isapprox.(f(1.0), ([1, 2], )))'],
  ['NaN', 'Vector{Float64}', [Number.NaN], [Number.NaN], false, '@test all(x -> all(isfinite, x), f(1.0))'],
  ['what is only known to be wrong', 'Float64', 0, undefined, false, '@test !isequal(f(1.0), 0)'],
])('a test of %s', (_, type, found, value, isExact, expected) => {
  expect(testOf('f(x) = x\nf(1.0)', type, found, value, isExact)).toBe(expected)
})

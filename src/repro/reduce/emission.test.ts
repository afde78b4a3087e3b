/** What others are given of a reduced program. */
import { expect, it } from 'vitest'
// @ts-expect-error a script without types
import { FAILURES } from '../../../bench/reduce-failures.mjs'
import { createSession, type Plain } from '../../engine/index.ts'
import { profileOf } from '../engines/table.ts'
import { failed } from '../outcome.ts'
import { signature } from '../signature.ts'
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

interface Known {
  readonly name: string
  readonly engine: 'builtin' | 'builtin:enzyme-0.13'
  readonly plant: string | null
  readonly least: string
}

/** What a program shows in a session of its own: the signature of its failure, if it has one, what it prints, and how its tests end. */
function shown(text: string, { engine, plant }: Pick<Known, 'engine' | 'plant'>) {
  let printed = ''
  const write = (more: string) => {
    printed += more
  }
  const session = createSession({ profile: profileOf(engine), write, verbose: false, fault: plant })
  const { failure } = session.load({ name: 'a.jl', text })
  return { session, printed, found: failure && signature(failed(failure)), tests: session.tests().map(({ status }) => status) }
}

const isFailing = ({ name }: Known) => !/NaN|sign|factor|lost use/.test(name)
const RIGHT = { engine: 'builtin', plant: null } as const

it.each((FAILURES as Known[]).filter(isFailing).map(one => [one.name, one] as const))(
  'a script fails as the program does: %s',
  (_, one) => {
    const { found } = shown(one.least, one)
    const expected = { value: undefined, found: undefined, isExact: false, type: '' }
    const given = { after: readJulia(one.least)!.program, text: '', target: { signature: found! }, engine: one.engine, expected }
    expect(found).not.toBeNull()
    const script = shown(emitted(given, 'julia'), one)
    expect([script.found, script.printed]).toEqual([found, expect.stringMatching(/^Julia \d+\.\d+.*\n(?:Enzyme .*\n)?$/)])
    // Whether a pass comes upon what it crashes at depends on what stands around it.
    if (one.plant === null) expect(shown(emitted(given, 'test'), one)).toMatchObject({ found: null, tests: ['error'] })
  },
)

it.each((FAILURES as Known[]).filter(one => !isFailing(one) && one.plant).map(one => [one.name, one] as const))(
  'a script shows the wrong value, and a test fails until it is right: %s',
  (_, one) => {
    const after = readJulia(one.least)!.program
    const last = one.least.split('\n').at(-1)!
    const valueOf = (engine: Pick<Known, 'engine' | 'plant'>) => {
      const value = shown('using Enzyme\n', engine).session.evaluate({ name: 'a.jl', text: last })
      return value.kind === 'value' ? value.value : null
    }
    const [found, right] = [valueOf(one)!, valueOf(RIGHT)!]
    const expected = { value: right.plain, found: found.plain, isExact: true, type: found.type }
    const given = { after, text: '', target: { signature: 'compare/wrong-value' }, engine: one.engine, expected }
    expect(shown(emitted(given, 'julia'), one)).toMatchObject({ found: null, printed: expect.stringContaining(`${last} = `) })
    expect(shown(emitted(given, 'test'), one).tests).toEqual(['fail'])
    expect(shown(emitted(given, 'test'), RIGHT).tests).toEqual(['pass'])
  },
)

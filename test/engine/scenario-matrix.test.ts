/** Every combination of the matrix of scenarios gives the analytic derivative or the documented error; and high orders in any mixture of modes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INPUTS, MEANINGLESS, rowOfMatrix } from './scenario-matrix.ts'
import { sessionOf } from './session-of.ts'

describe('the matrix of scenarios', () => {
  it.each(INPUTS)('by a %s', input => {
    const { program, rows } = rowOfMatrix(input)
    const tests = sessionOf([program, ...rows.map(row => row.line)].join('\n')).tests()
    expect(tests.length).toBe(rows.length)
    const failures = rows.flatMap(({ name, line }, k) => {
      const found = tests[k]
      return found?.status === 'pass' ? [] : [`${name}: ${line}: ${found?.status} ${found?.message}`]
    })
    expect(failures).toEqual([])
  })

  it('is whole, and each reason to leave a combination out is one of some', () => {
    const all = INPUTS.map(rowOfMatrix)
    for (const { rows, left } of all) expect(rows.length + [...left.values()].reduce((sum, n) => sum + n, 0)).toBe(480)
    const used = new Set(all.flatMap(({ left }) => [...left.keys()]))
    expect([...used].sort()).toEqual(MEANINGLESS.map(([reason]) => reason).sort())
  })
})

const ORDERS = `using Enzyme
rev(f) = x -> autodiff(Reverse, f, Active, Active(x))[1][1]
fwd(f) = x -> autodiff(Forward, f, Duplicated(x, 1.0))[1]
mutable struct Sum
    total::Float64
end
scalars(x) = sin(x) + sin(2x) + sin(3x)
function memory(x)
    v = [x, 2x, 3x]
    v .= sin.(v)
    for i in 2:3
        v[i] += v[i - 1]
    end
    return v[3]
end
function objects(x)
    s, add = Sum(0.0), (s, y) -> (s.total += y; nothing)
    foreach(k -> add(s, sin(k * x)), 1:3)
    return s.total
end
late(x) = sum(Base.inferencebarrier(k -> sin(k * x))(k) for k in 1:3)::Float64
`
const FUNCTIONS = ['scalars', 'memory', 'objects', 'late'] as const
const AT = 0.4
const SEED = 2640
const DRAWN = 16

it(`third and fourth derivatives in ${DRAWN} mixtures of modes drawn with seed ${SEED} are the analytic ones`, () => {
  const session = sessionOf(ORDERS)
  const mixture = fc.array(fc.constantFrom('rev', 'fwd'), { minLength: 3, maxLength: 4 })
  const failures = fc.sample(mixture, { seed: SEED, numRuns: DRAWN }).flatMap((modes, k) => {
    const text = `(${modes.join(' ∘ ')})(${FUNCTIONS[k % FUNCTIONS.length]})(${AT})`
    // Each derivative turns the sine by a quarter and multiplies by k.
    const wanted = [1, 2, 3].reduce((sum, n) => sum + n ** modes.length * Math.sin(n * AT + (modes.length * Math.PI) / 2), 0)
    const result = session.evaluate({ name: 'call', text })
    const found = result.kind === 'value' ? result.value.plain : result.diagnostic.message
    return typeof found === 'number' && Math.abs(found - wanted) < 1e-10 * Math.abs(wanted)
      ? []
      : [`${text}: ${String(found)}, not ${wanted}`]
  })
  expect(failures).toEqual([])
})

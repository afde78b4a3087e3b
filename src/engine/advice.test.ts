import { expect, test } from 'vitest'
import { createSession } from './create-session.ts'

// A name that is not defined, and what is said of it.
const ROWS: readonly (readonly [string, readonly string[]])[] = [
  ['1 ⋅ 2', ['load `LinearAlgebra`, which has `⋅`']],
  ['x = norm([3.0])', ['load `LinearAlgebra`, which has `norm`']],
  ['mean([1.0])', ['load `Statistics`, which has `mean`']],
  ['compute(x) = 2x; compte(2)', ['write `compute`']],
  ['q + 1', []],
  ['f(x) = 2x; ff(1)', []],
]

test.each(ROWS)('%s: %j', (text, fixes) => {
  const session = createSession({ profile: 'none', write: () => {}, verbose: false })
  expect(session.load({ name: 'mwe.jl', text }).failure?.fixes.map(fix => fix.title)).toEqual(fixes)
})

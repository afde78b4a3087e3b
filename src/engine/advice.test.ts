import { expect, test } from 'vitest'
import { createSession } from './create-session.ts'

const STEP = 'using Enzyme\nstep!(y, x) = (y[1] = x[1]^2; nothing)\ny = [0.0]\n'

// A program that fails, or is warned of, and what is said of it.
const ROWS: readonly (readonly [string, readonly string[]])[] = [
  ['1 ⋅ 2', ['load `LinearAlgebra`, which has `⋅`']],
  ['x = norm([3.0])', ['load `LinearAlgebra`, which has `norm`']],
  ['mean([1.0])', ['load `Statistics`, which has `mean`']],
  ['compute(x) = 2x; compte(2)', ['write `compute`']],
  ['q + 1', []],
  [`${STEP}autodiff(Reverse, step!, Const, Const(y), Duplicated([3.0], [0.0]))`, ['pass the output with a shadow of ones']],
  [`${STEP}autodiff(Reverse, step!, Duplicated(y, zero(y)), Duplicated([3.0], [0.0]))`, ['set the shadow of the output to one']],
  ['f(x) = 2x; ff(1)', []],
  ['using LinearAlgebra, ForwardDif', ['load `ForwardDiff`']],
  ['using DataFrames', []],
  ['using Enzyme, Zygote\ngradient(x -> 2x, 1.0)', ['write `Enzyme.gradient`', 'write `Zygote.gradient`']],
]

test.each(ROWS)('%s: %j', (text, fixes) => {
  const session = createSession({ profile: 'none', write: () => {}, verbose: false })
  const { failure } = session.load({ name: 'mwe.jl', text })
  const found = failure ? [failure] : session.warnings()
  expect(found.flatMap(one => one.fixes.map(fix => fix.title))).toEqual(fixes)
})

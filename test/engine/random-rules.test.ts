/** Generated programs of functions with rules have the derivatives of the same programs without, and the rules are asked. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Session } from '../../src/engine/index.ts'
import { PRELUDE, ruledProgram } from './random-rules-program.ts'
import { sessionOf } from './session-of.ts'

const choices = fc.array(fc.noBias(fc.nat({ max: 9999 })), { minLength: 60, maxLength: 200 })

/** Calls by what follows the rules of EnzymeRules; by what follows those of ChainRulesCore; and by what knows of none. */
const BY_ENZYME = [
  'autodiff(Reverse, f, Active, Active(0.7))[1][1]',
  'autodiff(Forward, f, Duplicated(0.7, 1.0))[1]',
  'autodiff(ForwardWithPrimal, f, BatchDuplicated(0.7, (1.0, 2.0, 3.0)))',
  'autodiff(ReverseWithPrimal, f, Active(0.7))',
  'split(f, 0.7)',
  'autodiff(Forward, y -> autodiff(Reverse, f, Active, Active(y))[1][1], Duplicated(0.7, 1.0))[1]',
  'autodiff(Reverse, y -> autodiff(Forward, f, Duplicated(y, 1.0))[1], Active, Active(0.7))[1][1]',
  'autodiff(Reverse, y -> autodiff(Reverse, f, Active, Active(y))[1][1], Active, Active(0.7))[1][1]',
  'autodiff(Forward, y -> autodiff(Forward, f, Duplicated(y, 1.0))[1], Duplicated(0.7, 1.0))[1]',
  'Enzyme.jacobian(Reverse, y -> [f(y[1]), f(y[2])], [0.7, 0.4])[1]',
  'Enzyme.gradient(Forward, y -> f(y[1]) * y[2], [0.7, 0.4])[1]',
  'autodiff(set_runtime_activity(Reverse), f, Active, Active(0.7))[1][1]',
]
const BY_ZYGOTE = [
  'Zygote.gradient(f, 0.7)[1]',
  'Zygote.pullback(f, 0.7)[2](2.0)[1]',
  'Zygote.gradient(y -> Zygote.gradient(f, y)[1], 0.7)[1]',
  'Zygote.jacobian(y -> [f(y[1]), f(y[2])], [0.7, 0.4])[1]',
  'Zygote.hessian(f, 0.7)',
]
const BY_DUALS = 'ForwardDiff.derivative(f, 0.7)'

/** The numbers that a call gives in the scope of a program; a message where it gives none. */
function answer(session: Session, program: string, call: string): readonly number[] | string {
  const found = session.evaluate({ name: 'program.jl', text: `let\n${program}\n${call}\nend` })
  if (found.kind === 'failure') return `${found.diagnostic.code}: ${found.diagnostic.message}`
  return [...found.value.shown.matchAll(/-?\d+\.\d+(?:e-?\d+)?|NaN|Inf|nothing/g)].map(([text]) => Number(text))
}

function areNear(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((x, k) => Object.is(x, b[k]) || Math.abs(x - b[k]!) <= 1e-8 * Math.max(1, Math.abs(x)))
}

test('a program has the derivative that it has without rules, and asks them for it', () => {
  const session = sessionOf(PRELUDE)
  fc.assert(
    fc.property(choices, fc.nat({ max: 999 }), (list, which) => {
      const { ruled, plain, isPure } = ruledProgram(list)
      const value = answer(session, plain, 'f(0.7)')
      // Of numbers that grow, rounding is all that is compared.
      if (typeof value === 'string' || value.some(y => !(Math.abs(y) < 1e3))) return
      const followed = [...BY_ENZYME, ...(isPure ? BY_ZYGOTE : [])]
      const calls = [...followed, BY_DUALS]
      const call = calls[which % calls.length]!
      const wanted = answer(session, plain, call)
      if (typeof wanted === 'string') return expect(wanted).not.toMatch(/^internal/)
      const found = answer(session, ruled, `(HITS[] = 0; ${call})`)
      const text = `${call} of\n${ruled}\n${found} and ${wanted}`
      if (typeof found === 'string') expect.fail(text)
      expect(areNear(found, wanted), text).toBe(true)
      const hits = answer(session, '', 'float(HITS[])')
      expect(Number(hits[0]) > 0, `rules were asked by ${text}`).toBe(followed.includes(call))
    }),
    { numRuns: Number(process.env.RULE_RUNS ?? 8), endOnFailure: process.env.RULE_RUNS === undefined },
  )
})

/** Generated programs whose types only the running program knows: they give what the same programs give with known types, and have their derivatives. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Session } from '../../src/engine/index.ts'
import { dynamicProgram, PRELUDE } from './random-dynamic-program.ts'
import { sessionOf } from './session-of.ts'

/** What a program is decided with. All numbers are alike likely, for the small ones are the simple choices. */
const choices = fc.array(fc.noBias(fc.nat({ max: 9999 })), { minLength: 100, maxLength: 300 })

interface Asked {
  readonly calls: readonly string[]
  readonly differences: string | null
  /** How far from differences what the calls give may be. */
  readonly near: number
}

/** Calls that give the same. A program is asked for one of them: to compile a derivative takes longer than all else. */
const ASKED: readonly Asked[] = [
  {
    calls: [
      'autodiff(Reverse, f, Active, Active(0.7))[1][1]',
      'autodiff(Forward, f, Duplicated(0.7, 1.0))[1]',
      'ForwardDiff.derivative(f, 0.7)',
      'Zygote.gradient(f, 0.7)[1]',
    ],
    differences: '(f(0.7 + 1e-5) - f(0.7 - 1e-5)) / 2e-5',
    near: 1e-5,
  },
  {
    calls: [
      'Enzyme.gradient(Reverse, g, [0.3, 0.7])[1]',
      'collect(Enzyme.gradient(Forward, g, [0.3, 0.7])[1])',
      'ForwardDiff.gradient(g, [0.3, 0.7])',
      'Zygote.gradient(g, [0.3, 0.7])[1]',
      '[autodiff(Forward, g, BatchDuplicated([0.3, 0.7], ([1.0, 0.0], [0.0, 1.0])))[1]...]',
    ],
    differences: '[(g([0.3, 0.7] + h) - g([0.3, 0.7] - h)) / 2e-5 for h in ([1e-5, 0.0], [0.0, 1e-5])]',
    near: 1e-5,
  },
  {
    calls: [
      'Enzyme.gradient(Reverse, t -> Enzyme.gradient(Reverse, f, t)[1], 0.7)[1]',
      'autodiff(Forward, t -> Enzyme.gradient(Reverse, f, t)[1], Duplicated(0.7, 1.0))[1]',
      'Enzyme.gradient(Reverse, t -> autodiff(Forward, f, Duplicated(t, 1.0))[1], 0.7)[1]',
      'ForwardDiff.derivative(t -> ForwardDiff.derivative(f, t), 0.7)',
      'Zygote.hessian(f, 0.7)',
    ],
    differences: 'let d = t -> autodiff(Forward, f, Duplicated(t, 1.0))[1]; (d(0.7 + 1e-5) - d(0.7 - 1e-5)) / 2e-5; end',
    near: 1e-5,
  },
  {
    calls: ['Enzyme.hvp(g, [0.3, 0.7], [1.0, 0.5])', 'ForwardDiff.hessian(g, [0.3, 0.7]) * [1.0, 0.5]'],
    differences: null,
    near: 0,
  },
]

interface Answer {
  readonly shown: string
  readonly numbers: readonly number[]
  readonly refusal: string | null
}

/** What a call gives in the scope of a program. */
function answer(session: Session, program: string, call: string): Answer {
  const found = session.evaluate({ name: 'program.jl', text: `let\n${program}\n${call}\nend` })
  if (found.kind === 'failure') return { shown: '', numbers: [], refusal: `${found.diagnostic.code}: ${found.diagnostic.message}` }
  const { shown } = found.value
  const numbers = [...shown.matchAll(/-?\d+\.\d+(?:e-?\d+)?|NaN|Inf/g)].map(([number]) => Number(number))
  return { shown, numbers, refusal: null }
}

function distance(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Infinity
  return Math.max(0, ...a.map((one, k) => (Object.is(one, b[k]) ? 0 : Math.abs(one - b[k]!) / Math.max(1, Math.abs(one)))))
}

test('what is only known when it runs has the derivatives of what is known before', () => {
  const session = sessionOf(PRELUDE)
  fc.assert(
    fc.property(choices, fc.nat({ max: 999 }), (list, which) => {
      const { known, hidden } = dynamicProgram(list)
      /** Both forms of a call; null where what is known is refused. */
      const compared = (call: string): Answer | null => {
        const [a, b] = [answer(session, known, call), answer(session, hidden, call)]
        const text = `${call} of\n${hidden}\nknown:\n${known}\n${a.shown} and ${b.shown}`
        for (const { refusal } of [a, b]) expect(refusal ?? '', text).not.toMatch(/^internal/)
        if (a.refusal !== null) return null
        expect(b.refusal, text).toBe(null)
        expect(distance(a.numbers, b.numbers), text).toBeLessThan(1e-9)
        return a
      }
      const value = compared('(f(0.7), g([0.3, 0.7]), typeof(f(0.7)))')
      // Of numbers that grow there are no good differences.
      if (!value?.numbers.every(y => Math.abs(y) < 1e3)) return
      const { calls, differences, near } = ASKED[which % ASKED.length]!
      const call = calls[Math.floor(which / ASKED.length) % calls.length]!
      const found = compared(call)
      if (!found || differences === null) return
      const wanted = answer(session, known, differences)
      expect(distance(found.numbers, wanted.numbers), `${call} of\n${known}\n${found.shown} and ${wanted.shown}`).toBeLessThan(near)
    }),
    { numRuns: Number(process.env.DYNAMIC_RUNS ?? 8), endOnFailure: true },
  )
})

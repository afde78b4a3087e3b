/** Generated programs whose closures share variables: they do, and have the derivatives of, what the same programs do with a `Ref{Any}` for each. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSession, type Session } from '../../src/engine/index.ts'
import { type Form, inForm, PRELUDE, printingProgram, smoothProgram } from './random-capture-program.ts'

const runs = (by: number) => Math.ceil(Number(process.env.CAPTURES_RUNS ?? 4) / by)

/** What a program is decided with. All numbers are alike likely, for the small ones are the simple choices. */
const choices = fc.array(fc.noBias(fc.nat({ max: 9999 })), { minLength: 40, maxLength: 200 })

/** One session of each form for many programs, as a suite has them. */
class Runner {
  #session: Session | null = null
  #written: string[] = []

  load(text: string): { readonly written: string; readonly code: string | null; readonly session: Session } {
    this.#written = []
    if (this.#session?.leavesNoTrace()) this.#session.restart()
    else this.#session = createSession({ profile: 'none', write: piece => void this.#written.push(piece), verbose: false })
    const { failure } = this.#session.load({ name: 'program.jl', text })
    return { written: this.#written.join(''), code: failure?.code ?? null, session: this.#session }
  }
}

const runners: Record<Form, Runner> = { captured: new Runner(), referenced: new Runner() }
const load = (program: string, form: Form) => runners[form].load(PRELUDE + inForm(program, form))

test('captured variables of inferred types are variables', () => {
  fc.assert(
    fc.property(choices, list => {
      const program = printingProgram(list)
      const { written, code } = load(program, 'captured')
      const referenced = load(program, 'referenced')
      if (code === 'subset.retyped-capture') expect(referenced.written.startsWith(written), program).toBe(true)
      else expect({ written, code }, program).toEqual({ written: referenced.written, code: referenced.code })
    }),
    { numRuns: runs(1), endOnFailure: true },
  )
})

const DERIVATIVES = [
  'f(0.7)',
  'autodiff(Forward, f, Duplicated(0.7, 1.0))',
  'gradient(Reverse, f, 0.7)',
  'ForwardDiff.derivative(f, 0.7)',
  'gradient(Reverse, t -> gradient(Reverse, f, t)[1], 0.7)',
  'autodiff(Forward, t -> gradient(Reverse, f, t)[1], Duplicated(0.7, 1.0))',
  'ForwardDiff.derivative(t -> ForwardDiff.derivative(f, t), 0.7)',
  'gradient(Reverse, g, [0.3, 0.7])',
  'ForwardDiff.gradient(g, [0.3, 0.7])',
  'hvp(g, [0.3, 0.7], [1.0, 0.5])',
]

/** The numbers of a value as it is shown, or the code of the refusal. */
function derivative(session: Session, text: string): readonly number[] | string {
  const found = session.evaluate({ name: 'derivative.jl', text })
  if (found.kind === 'failure') return found.diagnostic.code
  return [...found.value.shown.matchAll(/-?\d+\.\d+(?:e-?\d+)?|NaN|Inf/g)].map(([number]) => Number(number))
}

test('derivatives through captured variables are those through references', () => {
  fc.assert(
    fc.property(choices, list => {
      const program = smoothProgram(list)
      const [captured, referenced] = [load(program, 'captured'), load(program, 'referenced')]
      for (const call of DERIVATIVES) {
        const text = `${call} of\n${program}`
        const [found, wanted] = [derivative(captured.session, call), derivative(referenced.session, call)]
        // What throws has no derivative.
        if (call === 'f(0.7)' && found === 'run.exception' && wanted === found) return
        for (const one of [found, wanted]) expect(one, text).not.toBe('internal.bug')
        if (typeof found === 'string' || typeof wanted === 'string') continue
        expect(found.length, text).toBe(wanted.length)
        for (const [k, number] of found.entries()) {
          if (!Object.is(number, wanted[k])) expect(Math.abs(number - wanted[k]!), text).toBeLessThan(1e-8 * Math.max(1, Math.abs(number)))
        }
      }
    }),
    { numRuns: runs(4), endOnFailure: true },
  )
})

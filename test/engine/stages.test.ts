import { describe, expect, it } from 'vitest'
import { createSession, type Stage } from '../../src/engine/index.ts'

const PROGRAM = `import Enzyme
f(x) = sin(x) * cos(x) * (x + 0.0 * 1.0)
reverse(x) = Enzyme.gradient(Enzyme.Reverse, f, x)[1]
forward(x) = Enzyme.gradient(Enzyme.Forward, f, x)[1]
split(x) = sum(Enzyme.jacobian(Enzyme.Reverse, y -> [f(y), y], x)[1])`

const CALLS: Readonly<Record<string, Stage[]>> = {
  'f(1.0)': ['ir', 'optimised', 'js'],
  'forward(1.0)': ['forward', 'optimised', 'js'],
  'split(1.0)': ['reverse', 'optimised', 'js'],
}

describe('a stage after a pass', () => {
  const session = createSession({ profile: 'none', write: () => {}, verbose: false })
  session.load({ name: 'p.jl', text: PROGRAM })
  const show = (call: string, stage: Stage, pass: string | null): string => {
    const shown = session.show({ name: '--call', text: call }, stage, pass)
    return 'text' in shown ? shown.text : `${shown.failure.code}: ${shown.failure.message}`
  }

  for (const [call, stages] of Object.entries(CALLS))
    for (const stage of stages)
      it(`shows ${stage} of ${call} as the pass leaves it`, () => {
        const [first, last] = [show(call, stage, 'inline'), show(call, stage, 'dead-code')]
        expect(first).toMatch(stage === 'js' ? /return \(function/ : /^func /)
        expect(last).not.toBe(first)
        expect(last.length).toBeLessThanOrEqual(first.length)
      })

  it('of a function that is simple already is that function', () => {
    expect(show('split(1.0)', 'augmented', 'dead-code')).toMatch(/^func @"aug/)
  })

  it('is refused where no pass runs, and for a pass that there is not', () => {
    for (const stage of ['ast', 'types'] as const) expect(show('f(1.0)', stage, 'fold')).toMatch(/^cli.bad-usage: .*after the stage/)
    expect(show('f(1.0)', 'ir', 'nonsense')).toMatch(/^cli.bad-usage: There is no pass `nonsense`; there are .*fold/)
  })
})

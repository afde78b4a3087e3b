import { describe, expect, it } from 'vitest'
import { adrepro, folderWith } from './adrepro.ts'

interface Row {
  readonly check: string
  readonly verdict: string
  readonly code: string | null
  readonly signature: string
  readonly evidence: readonly string[]
}

const PROGRAM = `#= adrepro
title: Calls without a value
checks:
  - call: derivative(f, 2.0)
  - call: Enzyme.gradient(Enzyme.Reverse, f, 2.0)[1]
  - call: ForwardDiff.derivative(lost, 2.0)
  - call: by_mode(Enzyme.Reverse)
  - call: f(3)
  - call: grows()
  - call: grows() > 0
    stateful: true
  - call: f(1.0)
    equals: sin(1.0)
  - call: Enzyme.gradient(Enzyme.Reverse, bent, [1.0, 0.0])[1]
  - call: smallest(data)
=#
import Enzyme, ForwardDiff
f(x) = x^2 * sin(x)
derivative(f, x) = Enzyme.autodiff(Enzyme.Reverse, f, Enzyme.Active, Enzyme.Active(x))[1][1]
lost(x) = x * parse(Float64, string(2.0)) + round(1e12 * x) / 1e12
by_mode(::Enzyme.ReverseMode) = [1.0, 2.0]
by_mode(::Enzyme.ForwardMode) = [3.0, 6.0]
state = [0.0]
bent(x) = x[1]^2 + abs(x[2])
data = [3.0, 1.0, 2.0]
smallest(v) = sort!(v)[1]
grows() = (state[1] += 1.0; state[1])
`

describe('a call without a value', () => {
  it('is held against what else is known of it', async () => {
    const cwd = folderWith({ 'a.jl': PROGRAM })
    const { stdout, code } = await adrepro(['run', 'a.jl', '--json'], { cwd })
    expect(code).toBe(1)
    const rows = (JSON.parse(stdout) as { rows: Row[] }).rows
    expect(rows.map(r => [r.check, r.verdict, r.code])).toEqual([
      ['derivative(f, 2.0)', 'pass', null],
      ['Enzyme.gradient(Enzyme.Reverse, f, 2.0)[1]', 'pass', null],
      ['ForwardDiff.derivative(lost, 2.0)', 'wrong value', 'check.oracle-disagrees'],
      ['by_mode(Enzyme.Reverse)', 'wrong value', 'check.oracle-disagrees'],
      ['f(3)', 'pass', null],
      ['grows()', 'nondeterministic', 'check.keeps-state'],
      ['grows() > 0', 'pass', null],
      ['f(1.0)', 'pass', null],
      ['Enzyme.gradient(Enzyme.Reverse, bent, [1.0, 0.0])[1]', 'pass', null],
      ['smallest(data)', 'unexpected failure', 'check.mutates-input'],
    ])
    // Active results are refused in forward mode, so the first has no other mode to be held against.
    expect(rows[0]!.evidence).toEqual(['ran', 'twice the same'])
    expect(rows[1]!.evidence).toEqual([
      'ran',
      'twice the same',
      'forward = reverse',
      expect.stringMatching(/^finite differences to \de-\d+, Taylor slope 2.0$/),
    ])
    expect(rows[8]!.evidence.at(-1)).toMatch(
      /^finite differences to .*, kink at input 2 of output 1: -1.000 on the left, 1.000 on the right$/,
    )
    expect(rows[3]!.signature).toBe('compare/wrong-value:factor-1/3')
    expect(rows[7]!.evidence).toEqual(['ran', 'twice the same', '`sin(1.0)`'])
  })
})

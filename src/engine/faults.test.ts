import { expect, test } from 'vitest'
import { OPS } from './3-ir/ops.ts'
import { isSmooth } from './4-ad/rules.ts'
import { PASSES } from './5-passes/passes.ts'
import { createSession } from './create-session.ts'
import { faults } from './faults.ts'

const PROGRAM = `
using Enzyme
f(x) = sin(x) * x
function g(x)
    s = 0.0
    for i in eachindex(x)
        s += x[i] * x[i] - i * x[i]
    end
    return s
end
`

/** What these calls give under a fault, or the message of what they fail with. */
function found(fault: string | null, ...calls: readonly string[]): string[] {
  const session = createSession({ profile: 'none', write: () => undefined, verbose: false, fault })
  session.load({ name: 'faults.jl', text: PROGRAM })
  return calls.map(text => {
    const evaluated = session.evaluate({ name: 'call', text })
    return evaluated.kind === 'value' ? evaluated.value.shown : evaluated.diagnostic.message
  })
}

test('every rule and every pass has faults', () => {
  const ids = [...faults().keys()]
  for (const op of (Object.keys(OPS) as (keyof typeof OPS)[]).filter(isSmooth)) {
    const takesFloats = OPS[op].takes.some(type => type === 'f64' || type === 'f32')
    if (takesFloats)
      expect(
        ids.filter(id => id.startsWith(`rule:${op.replace('f64.', '')}:`)),
        op,
      ).not.toEqual([])
  }
  for (const { name } of PASSES) expect(ids).toEqual(expect.arrayContaining([`pass:${name}:wrong`, `pass:${name}:crash`]))
})

const AT = 'autodiff(Reverse, f, Active, Active(2.0))[1][1] ≈ sin(2.0) + 2.0cos(2.0)'

test('a fault of a rule is in both modes, and in a session that has it alone', () => {
  const calls = [AT, 'autodiff(Forward, f, Duplicated(2.0, 1.0))[1] ≈ sin(2.0) + 2.0cos(2.0)', 'f(2.0) ≈ 2.0sin(2.0)']
  expect(found('rule:sin:sign', ...calls)).toEqual(['false', 'false', 'true'])
  expect(found(null, ...calls)).toEqual(['true', 'true', 'true'])
})

// biome-ignore format: one fault a line
test.each([
  ['rule:mul:drop', 'gradient(Reverse, g, [1.0, 5.0])[1] == [1.0, 8.0]'],
  ['sum:value', 'gradient(Reverse, x -> x * x + x, 3.0)[1] == 7.0'],
  ['loop:short', 'gradient(Reverse, g, [1.0, 5.0])[1] == [1.0, 8.0]'],
  ['pass:induction:wrong', 'g([1.0, 5.0]) == 15.0'],
])('%s is seen', (id, call) => {
  expect(found(id, call)).toEqual(['false'])
  expect(found(null, call)).toEqual(['true'])
})

test('what fails fails again, with the same message', () => {
  const [first, second] = found('pass:fold:crash', AT, AT)
  expect(first).toContain('a planted fault: the pass fold met `f64.mul`')
  expect(second).toBe(first)
  expect(found('transform:gradient:crash', 'gradient(Reverse, x -> (x[1] = 2.0; x[1]), [1.0])')[0]).toContain(
    'the gradient transform met `store`',
  )
})

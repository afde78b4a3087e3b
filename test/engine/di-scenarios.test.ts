/** The default scenarios of DifferentiationInterface's own tests: every operator, in place and out of place, on functions of both kinds. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sessionOf } from './session-of.ts'

const SCENARIOS = readFileSync(new URL('./di-scenarios.jl', import.meta.url), 'utf8')

function failures(calls: string): readonly string[] {
  const tests = sessionOf(`${SCENARIOS}\n${calls}\n`).tests()
  expect(tests.length).toBeGreaterThan(20)
  return tests.filter(t => t.status !== 'pass').map(t => `${t.status} ${t.name}: ${t.message}`)
}

test('AutoEnzyme passes all of them', () => {
  expect(failures('check_all(AutoEnzyme(), default_scenarios())')).toEqual([])
}, 120_000)

test('reverse over forward and reverse over reverse pass those of second order', () => {
  expect(
    failures(`
second_order = filter(s -> ops(s)[3] in (prepare_hvp, prepare_hessian, prepare_second_derivative), default_scenarios())
check_all(SecondOrder(AutoEnzyme(; mode=Enzyme.Reverse), AutoEnzyme(; mode=Enzyme.Forward)), second_order)
check_all(SecondOrder(AutoReverseDiff(), AutoZygote()), second_order)
`),
  ).toEqual([])
}, 120_000)

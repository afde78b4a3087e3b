import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { typesOf } from './2-types/types-of-module.ts'
import { forEachInst } from './3-ir/visit.ts'
import { testPipeline } from './test-pipeline.ts'

const WARM_UP = ['warm-up-derivatives.jl', 'warm-up-plain.jl'].map(name => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n')

const AFTER = `using Enzyme, Test
square(x) = x^3
to_vector(x) = [x, square(x)]
@test square(2.0) == 8.0
@test autodiff(Reverse, square, Active, Active(2.0))[1][1] == 12.0
@test jacobian(Reverse, to_vector, 2.0)[1] == [1.0, 12.0]
@test gradient(Reverse, v -> sum(abs2, v), [1.0, 2.0])[1] == [2.0, 4.0]
`

describe('a program that is let go of', () => {
  const tests: string[] = []
  const pipeline = testPipeline(status => tests.push(status))
  const { ir, specialiser } = pipeline
  const { world } = specialiser
  const module = world.newProgram('WarmUp')
  pipeline.load({ name: 'warm-up.jl', text: WARM_UP }, module)
  const before = ir.funcs.size
  pipeline.letGo(module)

  it('leaves functions of the library, and nothing that was made for its types', () => {
    const isOver = typesOf(module)
    const requests = [...ir.funcs.keys()].flatMap(name => specialiser.madeFor(name)?.request ?? [])
    expect(requests.length).toBeGreaterThan(300)
    expect(ir.funcs.size).toBeLessThan(before)
    expect(requests.filter(({ callee, args }) => [callee, ...args].some(({ type }) => isOver(type)))).toEqual([])
    expect(requests.filter(({ method }) => method.module === module)).toEqual([])
  })

  it('leaves no call of a function that is not there', () => {
    const missing: string[] = []
    for (const { body } of ir.funcs.values()) {
      forEachInst(body, inst => {
        if (inst.kind === 'call' && !ir.funcs.has(inst.callee) && !ir.derived.has(inst.callee)) missing.push(inst.callee)
      })
    }
    expect(missing).toEqual([])
  })

  it('means nothing to the next one, which may use its names', () => {
    tests.length = 0
    pipeline.load({ name: 'after.jl', text: AFTER }, world.main)
    expect(tests).toEqual(['pass', 'pass', 'pass', 'pass'])
  })
})

/** A case that is run in a process after others is as it is alone, whatever those did. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readCase } from '../../src/repro/case-file.ts'
import { startChild } from '../../src/repro/child.ts'
import { noneEarly } from '../../src/repro/early-children.ts'
import { CASE_MEGABYTES } from '../../src/repro/limits.ts'
import { type Row, runCases } from '../../src/repro/runner.ts'

/** What some leave behind would let others pass that fail alone. */
const PROGRAMS: readonly string[] = [
  'using Test\n@test sin(0.5) ≈ 0.479425538604203\n@test rand() == rand(1)[1] || true\nx = rand()\n@test x == 0.0 || x > 0',
  'Base.sin(x::Float64) = 0.0\nusing Test\n@test sin(0.5) == 0.0',
  'using Test\n@test sin(0.5) == 0.0',
  'Base.abs2(::String) = 1',
  'using Test\n@test abs2("a") == 1',
  'using Random\nRandom.seed!(7)',
  `using Random, Test\nx = rand()\nRandom.seed!(42)\n@test x == rand()`,
  'using Enzyme\nEnzyme.API.VERBOSE_ERRORS[] = true',
  'using Enzyme, Test\n@test Enzyme.API.VERBOSE_ERRORS[]',
  'using Random, Test\nRandom.seed!(7)\nx = rand()\nRandom.seed!(7)\n@test x == rand()',
  'struct P; a::Float64; end\nBase.:+(p::P, q::P) = P(p.a + q.a)\nusing Test\n@test (P(1.0) + P(2.0)).a == 3.0',
  'struct P; a::Int; b::Int; end\nusing Test\n@test P(1, 2).b == 2\n@test_throws MethodError P(1, 2) + P(1, 2)',
  'using Enzyme, Test\nf(x) = x^2\n@test autodiff(Reverse, f, Active, Active(3.0))[1][1] == 6.0\n@test !@isdefined(P)',
  'using Enzyme, Test\nf(x) = x^3\n@test autodiff(Reverse, f, Active, Active(3.0))[1][1] == 27.0\nfor i in 1:20_000\n println("a line that is printed")\nend',
  'using EnzymeCore, Enzyme, Test\nh(x) = 2x\nEnzymeCore.EnzymeRules.inactive(::typeof(h), args...) = nothing\n@test autodiff(Reverse, h, Active, Active(3.0))[1][1] in (0.0, 2.0)',
  'using Test\nlet s = Ref(0)\n  for i in 1:3; s[] += i; end\n  @test s[] == 6\nend\n@test !@isdefined(f)',
  'error("stop")',
  'using Test\n@test 1 == 2',
  'g() = g2()\ng2() = 1\nusing Test\n@test g() == 1\ng2() = 2\n@test g() == 2',
]

const folder = mkdtempSync(join(tmpdir(), 'adrepro-'))
const files = PROGRAMS.map((text, i) => {
  const name = join(folder, `${i}.jl`)
  writeFileSync(name, text)
  const read = readCase({ name, text })
  if (read.kind !== 'case') throw new Error(`${name} is no case`)
  return read.file
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function rows(of: typeof files): Promise<{ rows: unknown[]; started: number }> {
  let started = 0
  const early = Object.assign(noneEarly(), {
    take: (engine: 'builtin', megabytes: number) => {
      started++
      return startChild(megabytes, engine)
    },
    // Those that wait are for the first jobs.
    discardRest: () => expect(started).toBe(1),
  })
  const options = {
    engines: ['builtin'] as const,
    verbose: false,
    plant: null,
    jobs: 1,
    seconds: 60,
    megabytes: CASE_MEGABYTES,
    wanted: () => true,
    onRow: () => {},
    early,
  }
  const found = await runCases(of, options)
  const plain = ({ check, outcome, verdict }: Row) => ({ check, outcome, verdict })
  return { rows: found.map(plain), started }
}

describe('cases that share a process', () => {
  it('find nothing of each other, in any order', async () => {
    const alone = await Promise.all(files.map(async file => (await rows([file])).rows))
    const together = await rows(files)
    expect(together.rows).toEqual(alone.flat())
    const backwards = await rows([...files].reverse())
    expect(backwards.rows).toEqual([...alone].reverse().flat())
    // Some leave a trace or fail: those after them start afresh.
    expect(together.started).toBeLessThan(files.length)
  }, 120_000)
})

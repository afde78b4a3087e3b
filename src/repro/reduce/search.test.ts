/** The engine of the reducer, with oracles that look at the text. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dropStatement, dropWithUsers, slice } from './julia/edits/statements.ts'
import { JULIA, type JuliaProgram, readJulia } from './julia/program.ts'
import type { Oracle, Verdict } from './oracle.ts'
import { Problem } from './problem.ts'
import { reduceAll } from './schedule.ts'
import { wordsOf } from './words.ts'

function oracleOf(verdict: (text: string) => Verdict): Oracle & { readonly asked: string[] } {
  const asked: string[] = []
  const test = async (text: string) => {
    asked.push(text)
    return verdict(text)
  }
  return { describe: 'a test', signature: 'run/test', test, close: () => {}, asked }
}

function problemOf(text: string, oracle: Oracle, jobs = 1): Problem<JuliaProgram> {
  const { program } = readJulia(text)!
  return new Problem(program, null, { language: JULIA, oracle, jobs, stopped: () => false, onBest: () => {}, onRun: () => {} })
}

const contains =
  (...parts: string[]) =>
  (text: string): Verdict =>
    parts.every(part => text.includes(part)) ? { kind: 'same', at: null } : { kind: 'pass' }

const MANY = Array.from({ length: 60 }, (_, i) => `print(${i + 100})`).join('\n')
const EDITS = [slice, dropStatement, dropWithUsers]

it.each([1, 4])('finds the statements that matter among many, with %i jobs', async jobs => {
  const oracle = oracleOf(contains('print(117)', 'print(145)'))
  const problem = problemOf(MANY, oracle, jobs)
  expect(await reduceAll(problem, EDITS, new Map(), { onEdit: () => {} })).toBe(true)
  expect(problem.current.program.text).toBe('print(117)\nprint(145)\n')
  expect(problem.counts.runs).toBeLessThan(60)
  expect(new Set(oracle.asked).size).toBe(oracle.asked.length)
})

it('comes to the same with 1 job and with 4, and to nothing less from there', async () => {
  const lines = Array.from({ length: 16 }, (_, i) => `print(${i + 100})`)
  await fc.assert(
    fc.asyncProperty(fc.subarray(lines, { minLength: 1 }), async needed => {
      const reduced = async (text: string, jobs: number): Promise<string> => {
        const problem = problemOf(text, oracleOf(contains(...needed)), jobs)
        await reduceAll(problem, EDITS, new Map(), { onEdit: () => {} })
        return problem.best.text
      }
      const [one, four] = [await reduced(lines.join('\n'), 1), await reduced(lines.join('\n'), 4)]
      expect(one).toBe(`${needed.join('\n')}\n`)
      expect(four).toBe(one)
      expect(await reduced(one, 1)).toBe(one)
    }),
    { numRuns: 15 },
  )
})

it('does not run what uses a name that is gone', async () => {
  const oracle = oracleOf(contains('f(2)'))
  const problem = problemOf('f(x) = x\ny = 3\nz = y + 1\nf(2)', oracle)
  await reduceAll(problem, EDITS, new Map(), { onEdit: () => {} })
  expect(problem.current.program.text).toBe('f(x) = x\nf(2)\n')
  expect(oracle.asked.filter(text => text.includes('z = y') && !text.includes('y = 3'))).toEqual([])
})

it('drops a definition with its users in one step', async () => {
  const text = 'v = [1.0]\npush!(v, 2.0)\nw = 5\nprint(w)'
  const problem = problemOf(
    text,
    oracleOf(t => (t.includes('print(w)') && t.includes('v = ') === t.includes('push!(v') ? { kind: 'same', at: null } : { kind: 'pass' })),
  )
  await reduceAll(problem, EDITS, new Map(), { onEdit: () => {} })
  expect(problem.current.program.text).toBe('w = 5\nprint(w)\n')
})

it('keeps what fails in another way, or elsewhere, and does not accept it', async () => {
  const text = 'a = 1\nlog(-1)\nb = 2\nlog(-2)\nc = 3\n'
  const { program } = readJulia(text)!
  const { asked, ...oracle } = oracleOf(t => {
    if (!t.includes('a = 1')) return { kind: 'slip', signature: 'run/other', message: 'Another.' }
    if (!t.includes('log(-2)')) return { kind: 'pass' }
    const at = t.includes('b = 2') ? t.indexOf('log') : t.lastIndexOf('log')
    return { kind: 'same', at: { start: at, end: at + 7 } }
  })
  const place = { start: program.text.indexOf('log'), end: program.text.indexOf('log') + 7 }
  const problem = new Problem(program, place, {
    language: JULIA,
    oracle,
    jobs: 1,
    stopped: () => false,
    onBest: () => {},
    onRun: () => {},
  })
  await reduceAll(problem, EDITS, new Map(), { onEdit: () => {} })
  expect(problem.current.program.text).toBe('a = 1\nlog(-1)\nb = 2\nlog(-2)\n')
  expect([...problem.slips.keys()].sort()).toEqual(['run/other', 'run/test elsewhere'])
  // Where nothing is left of what fails, nothing is run.
  expect(asked.filter(t => !t.includes('log(-1)'))).toEqual([])
})

it('compares messages without numbers and names of the program', () => {
  const own = new Set(['f', 'total'])
  expect(wordsOf('MethodError: no method matching f(::Vector{Float64}, ::Int64)\nmore', own)).toBe(
    'MethodError: no method matching _(::Vector, ::Int64)',
  )
  expect(wordsOf('attempt to access 2-element Vector{Float64} at index [3]', own)).toBe(
    wordsOf('attempt to access 5-element Vector{Int64} at index [13, 2]', own),
  )
  expect(wordsOf('DomainError with -2.0:', own)).toBe(wordsOf('DomainError with -0.5e-3:', own))
  expect(wordsOf('UndefVarError: `g` not defined', own)).not.toBe(wordsOf('UndefVarError: `h` not defined', own))
})

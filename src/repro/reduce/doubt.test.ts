/** A search that is not sure of what it found goes on from the last program that was right, with a question that is. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { dropStatement, slice } from './julia/edits/statements.ts'
import { JULIA, readJulia } from './julia/program.ts'
import type { Oracle } from './oracle.ts'
import { searched } from './reduction.ts'

const folder = mkdtempSync(join(tmpdir(), 'adrepro-doubt-'))
afterAll(() => rmSync(folder, { recursive: true }))

function oracleOf(asked: string[], ...needed: string[]): Oracle {
  const test = async (text: string) => {
    asked.push(text)
    return needed.every(part => text.includes(part)) ? ({ kind: 'same', at: null } as const) : ({ kind: 'pass' } as const)
  }
  return { describe: '', signature: 'run/test', test, close: () => {} }
}

it.each([false, true])('goes back, and on unless it is stopped: %s', async isStopped => {
  const [quick, sure, best]: [string[], string[], string[]] = [[], [], []]
  let isLate = false
  const found = await searched({
    language: JULIA,
    edits: [slice, dropStatement],
    oracle: oracleOf(quick, 'print(117)'),
    original: readJulia(Array.from({ length: 20 }, (_, i) => `print(${i + 100})`).join('\n'))!.program,
    place: null,
    about: ['a test'],
    means: { jobs: 1, repeats: 1, stopped: () => isLate, output: join(folder, `${isStopped}.jl`), onProgress: () => {} },
    onBest: ({ text }) => best.push(text),
    variations: () => [],
    doubt: {
      isSame: async (_, { program }) => {
        isLate = isStopped
        return program.text.includes('print(103)')
      },
      strict: oracleOf(sure, 'print(117)', 'print(103)'),
    },
  })
  expect(found.minimal).toBe(!isStopped)
  expect(found.after.text).toContain('print(103)')
  expect(best.at(-1)).toBe(found.after.text)
  if (!isStopped) expect(found.after.text).toBe('print(103)\nprint(117)\n')
  expect(sure.length > 0).toBe(!isStopped)
})

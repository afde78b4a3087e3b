import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from './commands.ts'
import { EARLY, earlyKinds } from './early.ts'

const MODEL = 'cases/nested/reverse-over-reverse-matrix.jl'

// What is started before the command line is read: [words, processors, engines].
const ROWS: readonly (readonly [string, number, readonly string[]])[] = [
  ['explain ad.mixed-tape', 2, []],
  ['run', 2, []],
  ['run --help', 2, []],
  [`run ${MODEL} --memory 100`, 2, []],
  [`run ${MODEL}`, 2, ['builtin', 'builtin:enzyme-0.13']],
  [`run ${MODEL}`, 1, ['builtin']],
  [`run ${MODEL} --jobs 1`, 2, ['builtin']],
  [`run ${MODEL} --engine builtin:zygote`, 2, ['builtin:zygote']],
  ['run cases/', 2, ['builtin', 'builtin']],
  ['run cases/', 8, ['builtin', 'builtin']],
  ['gate no-such-file.jl', 2, ['builtin', 'builtin']],
  [`reduce ${MODEL}`, 2, ['builtin']],
  ['exec program.jl --engine builtin:zygote', 2, ['builtin:zygote']],
]

describe('processes that are started early', () => {
  it.each(ROWS)('for %s on %i processors: %j', (words, processors, engines) => {
    expect(earlyKinds(words.split(' '), processors).map(kind => kind.engine)).toEqual(engines)
  })
  it('of a program that names no package of derivatives hold none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'adrepro-early-'))
    const purposeOf = (text: string) => {
      const file = join(folder, 'a.jl')
      writeFileSync(file, text)
      return earlyKinds(['exec', file], 2).map(kind => kind.purpose)
    }
    try {
      expect(['', 'using Test', 'using Test, Enzyme', 'import ForwardDiff', 'Zygote.gradient(f, 1)'].map(purposeOf)).toEqual([
        ['plain'],
        ['plain'],
        ['derivatives'],
        ['derivatives'],
        ['derivatives'],
      ])
      expect(earlyKinds(['run', join(folder, 'a.jl')], 1).map(kind => kind.purpose)).toEqual(['derivatives'])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
  it('are those of commands', () => {
    expect(Object.keys(EARLY).filter(name => !COMMANDS.some(c => c.name === name))).toEqual([])
  })
})

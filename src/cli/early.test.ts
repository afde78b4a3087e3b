import { describe, expect, it } from 'vitest'
import { type Early, earlyKinds } from './early.ts'

const MODEL = 'cases/nested/reverse-over-reverse-matrix.jl'

// What is started before the command line is read: [kind of command, words, processors, engines].
const ROWS: readonly (readonly [Early | undefined, string, number, readonly string[]])[] = [
  [undefined, 'explain ad.mixed-tape', 2, []],
  ['suite', 'run', 2, []],
  ['suite', 'run --help', 2, []],
  ['suite', `run ${MODEL} --memory 100`, 2, []],
  ['suite', `run ${MODEL}`, 2, ['builtin', 'builtin:enzyme-0.13']],
  ['suite', `run ${MODEL}`, 1, ['builtin']],
  ['suite', `run ${MODEL} --jobs 1`, 2, ['builtin']],
  ['suite', `run ${MODEL} --engine builtin:zygote`, 2, ['builtin:zygote']],
  ['suite', 'run cases/', 2, ['builtin', 'builtin']],
  ['suite', 'run cases/', 8, ['builtin', 'builtin']],
  ['suite', 'gate no-such-file.jl', 2, ['builtin', 'builtin']],
  ['case', `reduce ${MODEL}`, 2, ['builtin']],
  ['program', 'exec program.jl --engine builtin:zygote', 2, ['builtin:zygote']],
]

describe('processes that are started early', () => {
  it.each(ROWS)('for a %s, %s on %i processors: %j', (early, words, processors, engines) => {
    expect(earlyKinds(early, words.split(' '), processors).map(kind => kind.engine)).toEqual(engines)
  })
})

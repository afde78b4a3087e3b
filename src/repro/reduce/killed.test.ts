/** A reduction that ends at any write: what is on disk was seen failing, and the next one goes on from there. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { writeWhole } from '../write-whole.ts'
import { dropStatement, dropWithUsers, slice } from './julia/edits/statements.ts'
import { JULIA, type JuliaProgram, readJulia } from './julia/program.ts'
import type { Oracle } from './oracle.ts'
import { type ReductionOptions, type Searched, searched } from './reduction.ts'
import { stateFile } from './state.ts'

const folder = mkdtempSync(join(tmpdir(), 'adrepro-killed-'))
afterAll(() => rmSync(folder, { recursive: true }))

const MANY = Array.from({ length: 24 }, (_, i) => `print(${i + 100})`).join('\n')
const isFailing = (text: string) => text.includes('print(117)') && text.includes('print(121)')
const LEAST = 'print(117)\nprint(121)\n'

class Killed extends Error {}

/** `fault` is asked before and after each write of the output, and when a candidate was run, and may throw. */
function reduction(output: string, fault: () => void): { readonly asked: string[]; readonly run: () => Promise<Searched<JuliaProgram>> } {
  const asked: string[] = []
  const oracle: Oracle = {
    describe: '',
    signature: 'run/test',
    test: async text => {
      asked.push(text)
      return isFailing(text) ? { kind: 'same', at: null } : { kind: 'pass' }
    },
    close: () => {},
  }
  const options: ReductionOptions<JuliaProgram> = {
    language: JULIA,
    edits: [slice, dropStatement, dropWithUsers],
    oracle,
    original: readJulia(MANY)!.program,
    place: null,
    about: ['a test'],
    means: { jobs: 1, repeats: 1, stopped: () => false, output, onProgress: fault },
    onBest: ({ text }) => {
      fault()
      writeWhole(output, text)
      fault()
    },
    variations: () => [],
    doubt: null,
  }
  return { asked, run: () => searched(options) }
}

/** Throws at the given one of the moments; counts them. */
function faultAt(moment: number): { readonly fault: () => void; readonly seen: () => number } {
  let seen = 0
  const fault = () => {
    if (seen++ === moment) throw new Killed()
  }
  return { fault, seen: () => seen }
}

it('leaves what was seen failing, at every moment, and goes on from there', async () => {
  const whole = faultAt(-1)
  await reduction(join(folder, 'whole.jl'), whole.fault).run()
  const runs = whole.seen()
  expect(runs).toBeGreaterThan(20)
  let resumed = 0
  for (let moment = 0; moment < runs; moment++) {
    const output = join(folder, `${moment}.jl`)
    await expect(reduction(output, faultAt(moment).fault).run()).rejects.toThrow(Killed)
    if (existsSync(output)) expect(isFailing(readFileSync(output, 'utf8'))).toBe(true)
    const second = reduction(output, () => {})
    const found = await second.run()
    expect(found.after.text).toBe(LEAST)
    expect(readFileSync(output, 'utf8')).toBe(LEAST)
    expect(existsSync(stateFile(output))).toBe(false)
    if (found.resumed !== null && found.resumed > 0) {
      resumed++
      expect(second.asked[0]!.length).toBeLessThan(MANY.length)
    }
  }
  expect(resumed).toBeGreaterThan(runs / 2)
})

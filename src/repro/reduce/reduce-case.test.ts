/** Every version that a reduction writes fails as the original does, for it may be the last. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readCase } from '../case-file.ts'
import { noneEarly } from '../early-children.ts'
import { runCases } from '../runner.ts'
import { signature } from '../signature.ts'
import { reduceCase } from './reduce-case.ts'

const folder = mkdtempSync(join(tmpdir(), 'adrepro-versions-'))
afterAll(() => rmSync(folder, { recursive: true }))

const WANTED = 'run/run.exception:DomainError@sqrt'
const COMMON = { plant: null, verbose: false, jobs: 1, seconds: 20, megabytes: 768, wanted: () => true, onRow: () => {} }

async function signaturesOf(text: string): Promise<string[]> {
  const read = readCase({ name: 'a.jl', text })
  if (read.kind === 'bad') return ['no case']
  const rows = await runCases([read.file], { ...COMMON, engines: ['builtin'], early: noneEarly() })
  return rows.map(row => signature(row.outcome))
}

/** It fails before the last statement. */
const PROGRAM = `using Enzyme
f(x) = sqrt(x)
g(x) = 2x
y = g(3.0)
for k in 1:2
    z = f(y - 5k)
    println(z)
end
println(g(y))
println(f(4.0))
`

it('at every moment', async () => {
  const read = readCase({ name: 'a.jl', text: PROGRAM })
  if (read.kind === 'bad') throw new Error('no case')
  const versions = new Set<string>()
  const options = { ...COMMON, engines: ['builtin'] as const, repeats: 1, stopped: () => false, output: join(folder, 'a.jl') }
  const reducing = await reduceCase(read.file, {
    ...options,
    early: noneEarly(),
    onProgress: () => {},
    onBest: version => versions.add(version),
  })
  expect(reducing).toMatchObject({ kind: 'reduced', reduced: { verified: true, target: { signature: WANTED } } })
  expect(versions.size).toBeGreaterThan(3)
  for (const version of versions) expect(await signaturesOf(version), version).toContain(WANTED)
})

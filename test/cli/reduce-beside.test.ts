/** Other reducers beside ours: what is said where there is none, and the oracle that they are given, by an executable that stands for one. */
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
// @ts-expect-error a script without types
import { besideOthers, OTHERS, reducedBy } from '../../bench/reduce-beside.mjs'
import { folderWith } from './adrepro.ts'

const FAILING = { name: 'domain', engine: 'builtin', plant: null, text: 'f(x) = log(x)\ng(x) = 2x\ng(1.0)\nf(-1.0)\n' }
const length = (text: string) => text.length

it('says what is not installed', () => {
  const said: string[] = []
  vi.stubEnv('PATH', '/nowhere')
  besideOthers({ programs: [FAILING], row: () => {}, own: () => null, tokens: length, say: (line: string) => said.push(line) })
  vi.unstubAllEnvs()
  expect(said).toEqual(OTHERS.map(({ name }: { name: string }) => `${name} is not installed, so there is nothing beside it`))
})

it('gives them an oracle that knows the failure from others', () => {
  const cwd = folderWith({})
  const tool = join(cwd, 'tool')
  // The original and a smaller program are of interest; another failure and none are not.
  writeFileSync(
    tool,
    `#!/bin/sh
set -e
"$3"
echo 'log(-1.0)' > "$4"; "$3"
for other in 'sqrt(-1.0)' '1'; do echo "$other" > "$4"; if "$3"; then exit 1; fi; done
echo 'log(-1.0)' > "$4"
`,
  )
  chmodSync(tool, 0o755)
  const signature = 'run/run.exception:DomainError@log'
  expect(reducedBy(OTHERS[0], tool, FAILING, signature, length)).toEqual({ runs: 4, tokens: 'log(-1.0)\n'.length })
  expect(reducedBy(OTHERS[0], tool, FAILING, 'run/other', length)).toBe(null)
})

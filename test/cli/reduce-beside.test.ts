/** Other reducers beside ours: what is said where there is none, and the oracle that they are given, by an executable that stands for one. */
import { chmodSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
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

/** As plain a reducer as there is: it goes through the lines once and leaves out what it can, by the interface that the real ones have. */
const LINES = `#!/bin/sh
test "$1 $2" = '--n 2' || exit 2
oracle="$3"; file="$4"; line=1
while test "$line" -le "$(wc -l < "$file")"; do
  cp "$file" before
  sed "$line d" before > "$file"
  "$oracle" || { cp before "$file"; line=$((line + 1)); }
done
`

it('finds them where they are installed, and sets what they come to beside our own', () => {
  const cwd = folderWith({ cvise: LINES })
  chmodSync(join(cwd, 'cvise'), 0o755)
  vi.stubEnv('PATH', `${cwd}${delimiter}${process.env.PATH}`)
  const rows: [string, number][] = []
  const own = () => ({ tokens: 4, runs: 12, signature: 'run/run.exception:DomainError@log' })
  const row = (name: string, value: number) => rows.push([name, value])
  besideOthers({ programs: [FAILING], row, own, tokens: length, say: () => {} })
  vi.unstubAllEnvs()
  expect(rows).toEqual([
    ['cvise: tokens of domain beside 4', 'f(x) = log(x)\ng(x) = 2x\nf(-1.0)\n'.length],
    ['cvise: tests of domain beside 12', 4],
  ])
})

/** The same programs, with the same oracle as a script, for reducers that know no Julia: final tokens and number of tests. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin', 'adrepro.js')

/** What they are called, and what they are told: a script that is the oracle, and a file that they change. */
export const OTHERS = [
  { name: 'cvise', args: (script, file) => ['--n', '2', script, file] },
  { name: 'creduce', args: (script, file) => ['--n', '2', '--not-c', script, file] },
]

/** Where a command is found, or null. */
function installed(name) {
  const { status, stdout } = spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
}

/** Ends with 0 where the case file in the folder it is run in has a failure as recorded; notes each run. */
export function oracleScript(one, log) {
  const quoted = text => `'${text.replaceAll("'", `'\\''`)}'`
  const plant = one.plant ? ` --plant ${one.plant}` : ''
  return `#!/bin/sh
echo run >> ${quoted(log)}
${quoted(process.execPath)} ${quoted(MAIN)} run case.jl --engine ${one.engine}${plant} --json 2>/dev/null | tr -d ' \\n' | grep -qF ${quoted(`"signature":"${one.signature}"`)}
`
}

/** `run` starts a reducer; null is given for one that did not end well. */
export function reducedBy(other, path, one, signature, tokens) {
  const folder = mkdtempSync(join(tmpdir(), 'adrepro-beside-'))
  const [file, script, log] = ['case.jl', 'oracle.sh', 'runs'].map(name => join(folder, name))
  writeFileSync(file, one.text)
  writeFileSync(log, '')
  writeFileSync(script, oracleScript({ ...one, signature }, log))
  chmodSync(script, 0o755)
  const { status } = spawnSync(path, other.args(script, 'case.jl'), { cwd: folder, encoding: 'utf8' })
  const runs = readFileSync(log, 'utf8').split('\n').length - 1
  const made = status === 0 ? { runs, tokens: tokens(readFileSync(file, 'utf8')) } : null
  rmSync(folder, { recursive: true, force: true })
  return made
}

export function besideOthers({ programs, row, own, tokens, say = line => process.stdout.write(`${line}\n`) }) {
  for (const other of OTHERS) {
    const path = installed(other.name)
    if (path === null) {
      say(`${other.name} is not installed, so there is nothing beside it`)
      continue
    }
    for (const one of programs) {
      const mine = own(one)
      const theirs = reducedBy(other, path, one, mine.signature, tokens)
      row(`${other.name}: tokens of ${one.name} beside ${mine.tokens}`, theirs?.tokens ?? Number.NaN, 'tokens')
      row(`${other.name}: tests of ${one.name} beside ${mine.runs}`, theirs?.runs ?? Number.NaN, 'runs')
    }
  }
}

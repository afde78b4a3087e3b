/** A reduction that is killed at random moments: what it leaves must be whole, and fail in the same way; and it goes on from there. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CORPUS } from './reduce-corpus.mjs'

const MAIN = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin', 'adrepro.js')

/** Is what was left the failure that there was? */
function isSame(one, output) {
  const plant = one.plant ? ['--plant', one.plant] : []
  const { stdout } = spawnSync(process.execPath, [MAIN, 'run', output, '--json', '--engine', one.engine, ...plant], { encoding: 'utf8' })
  const { rows } = JSON.parse(stdout)
  return rows.some(row => row.verdict === 'known failure')
}

/** Ends it after so many milliseconds, or lets it come to its end. */
function reduceFor(args, cwd, milliseconds) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' })
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
    child.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

export async function killed({ times, row }) {
  const programs = CORPUS.filter(one => one.size === 60)
  let [none, bad] = [0, 0]
  for (let i = 0; i < times; i++) {
    const one = programs[i % programs.length]
    const folder = mkdtempSync(join(tmpdir(), 'adrepro-kill-'))
    writeFileSync(join(folder, 'case.jl'), one.text)
    const output = join(folder, 'out.jl')
    const plant = one.plant ? ['--plant', one.plant] : []
    const args = [MAIN, 'reduce', 'case.jl', '-o', 'out.jl', '--engine', one.engine, ...plant]
    await reduceFor(args, folder, 700 + Math.random() * 5000)
    if (!existsSync(output)) none++
    else if (!isSame(one, output)) bad++
    rmSync(folder, { recursive: true, force: true })
  }
  row(`reduce: killed before anything was seen, of ${times}`, none, 'times')
  row('reduce: left something that does not fail in the same way', bad, 'times', 0)
}

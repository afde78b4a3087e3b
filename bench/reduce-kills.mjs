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
  // A bare program, which is left where another statement than the last one fails, records nothing.
  return rows.some(row => row.verdict === 'known failure' || (row.check === '(program)' && one.says.test(row.diagnostic?.message ?? '')))
}

/** Ends it so many milliseconds after it has written something, or lets it come to its end. */
function reduceFor(args, cwd, output, milliseconds) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' })
    let end = null
    const watch = setInterval(() => {
      if (end === null && existsSync(output)) end = setTimeout(() => child.kill('SIGKILL'), milliseconds)
    }, 20)
    child.once('close', () => {
      clearInterval(watch)
      clearTimeout(end)
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
    await reduceFor(args, folder, output, Math.random() * 4000)
    if (!existsSync(output)) none++
    else if (!isSame(one, output)) bad++
    rmSync(folder, { recursive: true, force: true })
  }
  row(`reduce: killed or ended before anything was written, of ${times}`, none, 'times')
  row('reduce: left something that does not fail in the same way', bad, 'times', 0)
}

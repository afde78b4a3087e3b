/** What `npm start` shows: all cases, then the report of the model failure. */
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

function adrepro(...args) {
  console.log(`$ adrepro ${args.join(' ')}`)
  const { status } = spawnSync(process.execPath, [join('bin', 'adrepro.js'), ...args], { cwd: root, stdio: 'inherit' })
  console.log('')
  return status ?? 2
}

const codes = [adrepro('run', 'cases/'), adrepro('report', 'cases/nested/reverse-over-reverse-matrix.jl', '-o', 'reports/')]
process.exitCode = Math.max(...codes)

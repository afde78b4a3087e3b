/**
 * Whole commands, in processes of their own each time, as a user starts them; beside them what Node takes to start and do nothing. Without
 * NODE_EXTRA_CA_CERTS: where it is set, every start of Node reads those certificates first, which can take longer than all the rest of it.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { best, elapsed } from './timing.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const MODEL_CASE = 'cases/nested/reverse-over-reverse-matrix.jl'

function node(...args) {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`)
}

export function coldRun({ quick, row }) {
  const folder = mkdtempSync(join(tmpdir(), 'adrepro-bench-'))
  const empty = join(folder, 'empty.jl')
  writeFileSync(empty, '')
  const times = quick ? 2 : 5
  row('Node that does nothing', best(times, () => node('-e', '0')) / 1000, 's')
  row('`adrepro exec` of an empty file', best(times, () => node('bin/adrepro.js', 'exec', empty)) / 1000, 's', 0.15)
  row('cold `adrepro run` of the model case', best(times, () => node('bin/adrepro.js', 'run', MODEL_CASE)) / 1000, 's', 0.4)
  row('`adrepro run cases/`', elapsed(() => node('bin/adrepro.js', 'run', 'cases/')) / 1000, 's', 20)
  rmSync(folder, { recursive: true })
}

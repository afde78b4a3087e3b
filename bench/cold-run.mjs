/** A cold run of the model case, in a process of its own each time, as a user starts it. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { best } from './timing.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const MODEL_CASE = 'cases/nested/reverse-over-reverse-matrix.jl'

export function coldRun({ quick, row }) {
  const run = () => {
    const { status, stderr } = spawnSync(process.execPath, ['bin/adrepro.js', 'run', MODEL_CASE], { cwd: root, encoding: 'utf8' })
    if (status !== 0) throw new Error(`adrepro run ${MODEL_CASE} ended with ${status}: ${stderr}`)
  }
  row('cold `adrepro run` of the model case', best(quick ? 2 : 5, run) / 1000, 's', 0.4)
}

/**
 * One program beside the same arithmetic written by hand, in a process of its own: what others have taught the compiler of the machine about
 * shared functions is not measured with it. `node bench/workload.mjs NAME [--quick]` prints the rows as JSON.
 */
import { execFileSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { besideByHand } from './beside-by-hand.mjs'
import { bundleAdjustment } from './workloads/bundle-adjustment.mjs'
import { gaussianMixture } from './workloads/gaussian-mixture.mjs'
import { logisticRegression } from './workloads/logistic-regression.mjs'
import { lstm } from './workloads/lstm.mjs'
import { matrixProduct } from './workloads/matrix-product.mjs'
import { rosenbrock } from './workloads/rosenbrock.mjs'
import { sinExp } from './workloads/sin-exp.mjs'

const WORKLOADS = { rosenbrock, gaussianMixture, bundleAdjustment, lstm, logisticRegression, sinExp, matrixProduct }

/** Adds the rows of every program. */
export function besideWorkloads({ quick, row }) {
  for (const name of Object.keys(WORKLOADS)) {
    const args = [import.meta.filename, name, ...(quick ? ['--quick'] : [])]
    const printed = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
    for (const given of JSON.parse(printed)) row(...given)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , name, option] = process.argv
  const rows = []
  besideByHand(WORKLOADS[name], { quick: option === '--quick', row: (...row) => rows.push(row) })
  process.stdout.write(JSON.stringify(rows))
}

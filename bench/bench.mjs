/**
 * What the tool costs: a cold run of the model case, compiling nested derivatives of it, and programs beside the same arithmetic written by
 * hand. `node bench/bench.mjs [--json FILE] [--quick]`; needs a build. Times are the best of several runs.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { coldRun } from './cold-run.mjs'
import { nestedReverse } from './nested-reverse.mjs'
import { reduceBeside, reduceCorpus, SAMPLE, SAMPLE_OF_TWO, twoFailures } from './reduce.mjs'
import { besideWorkloads } from './workload.mjs'

const { values: options } = parseArgs({ options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } } })

/** One line of the table. `aim` is the largest value that is good enough, where there is one. */
const rows = []
const row = (name, value, unit, aim = null) => {
  rows.push({ name, value, unit, aim, ok: aim === null || value <= aim })
}

const bench = { quick: options.quick, row }
coldRun(bench)
nestedReverse(bench)
besideWorkloads(bench)
if (!options.quick) {
  reduceCorpus({ programs: SAMPLE, row })
  twoFailures({ programs: SAMPLE_OF_TWO, row })
  reduceBeside({ row })
}

const width = Math.max(...rows.map(({ name }) => name.length))
for (const { name, value, unit, aim, ok } of rows) {
  const judged = aim === null ? '' : `   ${ok ? 'within' : 'ABOVE'} the aim of ${aim} ${unit}`
  process.stdout.write(`${name.padEnd(width)}  ${value.toFixed(value < 10 ? 2 : 1).padStart(9)} ${unit}${judged}\n`)
}
if (options.json) {
  const { node, v8 } = process.versions
  writeFileSync(options.json, `${JSON.stringify({ node, v8, platform: `${process.platform}-${process.arch}`, rows }, null, 2)}\n`)
}

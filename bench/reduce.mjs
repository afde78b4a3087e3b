/**
 * The reducer over its corpus: sizes beside the smallest that are known, runs, and whether each result fails as the original did.
 *
 *   node bench/reduce.mjs [--size N]     the whole corpus, or the programs of one size, and what each came to
 *   node bench/reduce.mjs --two          the programs that hold two failures
 *   node bench/reduce.mjs --kills N      a reduction that is killed at N random moments
 *   node bench/reduce.mjs --beside       the same programs beside cvise and creduce, where they are installed
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { besideOthers } from './reduce-beside.mjs'
import { CORPUS, TWO_FAILURES } from './reduce-corpus.mjs'
import { killed } from './reduce-kills.mjs'

const MAIN = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin', 'adrepro.js')

/** Names, numbers, operators and brackets: what a reader reads. */
export function tokens(text) {
  return (
    text.replace(/#=[\s\S]*?=#|#.*|^using Enzyme$/gm, '').match(/[\p{L}_][\p{L}\p{N}_!]*|\d[\w.]*|"[^"]*"|[^\s\p{L}\p{N}]/gu)?.length ?? 0
  )
}

/** What `adrepro reduce` is told of a program of the corpus. */
export function reduceArgs(one, file, output) {
  return [MAIN, 'reduce', file, '--json', '-o', output, '--engine', one.engine, ...(one.plant ? ['--plant', one.plant] : [])]
}

function reduced(one, folder) {
  const file = join(folder, 'case.jl')
  writeFileSync(file, one.text)
  const { stdout, stderr, status } = spawnSync(process.execPath, reduceArgs(one, file, join(folder, 'out.jl')), {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const result = stdout ? JSON.parse(stdout) : null
  return result?.program === undefined
    ? { ...one, failed: stderr || stdout || `exit code ${status}` }
    : { ...one, result, ratio: tokens(result.program) / tokens(one.least) }
}

function all(programs, say) {
  const folder = mkdtempSync(join(tmpdir(), 'adrepro-bench-'))
  const done = programs.map(one => {
    const made = reduced(one, folder)
    say?.(made)
    return made
  })
  rmSync(folder, { recursive: true, force: true })
  return done
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** What `npm run bench` takes of the corpus, and of the programs with two failures. */
export const SAMPLE = CORPUS.filter((_, i) => i % 9 === 1)
export const SAMPLE_OF_TWO = TWO_FAILURES.filter((_, i) => i % 50 === 7)

export function reduceCorpus({ programs, row, say }) {
  const done = all(programs, say)
  const good = done.filter(d => d.result)
  const of = `of ${done.length} programs`
  row(`reduce: not reduced, ${of}`, done.length - good.length, 'programs', 0)
  row('reduce: results that fail in another way', good.filter(d => !d.result.verified).length, 'programs', 0)
  row('reduce: median of tokens beside the least', median(good.map(d => d.ratio)), 'times', 1.2)
  row('reduce: most tokens beside the least', Math.max(...good.map(d => d.ratio)), 'times', 2)
  const runs = least => good.filter(d => d.size >= least).map(d => d.result.runs)
  row('reduce: median of runs, all sizes', median(runs(0)), 'runs')
  row('reduce: most runs, 140 statements and more', Math.max(...runs(140)), 'runs', 300)
  row('reduce: median of times', median(good.map(d => d.result.seconds)), 's')
}

/** The result is the failure that there was, by what it says, and not the one beside it. */
function isSlip({ result, says, not }) {
  const shown = `${result.signature} ${result.message}`
  return !result.verified || !says.test(shown) || (not?.test(shown) ?? false)
}

export function twoFailures({ programs, row, say }) {
  const done = all(programs, say)
  const good = done.filter(d => d.result)
  row(`reduce: not reduced, of ${done.length} with two failures`, done.length - good.length, 'programs', 0)
  row('reduce: ended with the other failure', good.filter(isSlip).length, 'programs', 0)
  row('reduce: met the other failure', good.filter(d => d.result.slips.length > 0).length, 'programs')
}

export function reduceBeside({ row }) {
  const own = one => {
    const [{ result }] = all([one], null)
    return { tokens: tokens(result.program), runs: result.runs, signature: result.signature }
  }
  besideOthers({ programs: SAMPLE, row, own, tokens })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values: options } = parseArgs({
    options: {
      size: { type: 'string' },
      two: { type: 'boolean' },
      from: { type: 'string', default: '0' },
      kills: { type: 'string' },
      beside: { type: 'boolean' },
    },
  })
  const say = made => {
    const { name, ratio, result, failed } = made
    const told = result
      ? `${ratio.toFixed(2)}  ${result.before.statements} → ${result.after.statements} in ${result.runs} runs, ${result.seconds.toFixed(1)} s${result.verified ? '' : '  NOT VERIFIED'}`
      : `not reduced: ${failed.slice(0, 200)}`
    process.stdout.write(`${name.padEnd(36)} ${told}${result && made.says && isSlip(made) ? `  SLIP ${result.message}` : ''}\n`)
  }
  const row = (name, value, unit, aim = null) => {
    process.stdout.write(`${name.padEnd(52)} ${value.toFixed(2)} ${unit}${aim === null ? '' : `   aim ${aim}`}\n`)
  }
  const from = Number(options.from)
  if (options.two) twoFailures({ programs: TWO_FAILURES.slice(from), row, say })
  else if (options.kills) await killed({ times: Number(options.kills), row })
  else if (options.beside) reduceBeside({ row })
  else reduceCorpus({ programs: CORPUS.filter(one => !options.size || one.size === Number(options.size)).slice(from), row, say })
}

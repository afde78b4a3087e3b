/** The reducer over its corpus: sizes beside the smallest that are known, runs, and whether each result fails as the original did. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CORPUS } from './reduce-corpus.mjs'

const MAIN = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin', 'adrepro.js')

/** Names, numbers, operators and brackets: what a reader reads. */
function tokens(text) {
  return (
    text.replace(/#=[\s\S]*?=#|#.*|^using Enzyme$/gm, '').match(/[\p{L}_][\p{L}\p{N}_!]*|\d[\w.]*|"[^"]*"|[^\s\p{L}\p{N}]/gu)?.length ?? 0
  )
}

function reduced(one, folder) {
  const file = join(folder, 'case.jl')
  writeFileSync(file, one.text)
  const args = [
    MAIN,
    'reduce',
    file,
    '--json',
    '-o',
    join(folder, 'out.jl'),
    '--engine',
    one.engine,
    ...(one.plant ? ['--plant', one.plant] : []),
  ]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  const result = stdout ? JSON.parse(stdout) : null
  return result?.program === undefined
    ? { ...one, failed: stderr || stdout || `exit code ${status}` }
    : { ...one, result, ratio: tokens(result.program) / tokens(one.least) }
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** What `npm run bench` takes of the corpus. */
export const SAMPLE = CORPUS.filter((_, i) => i % 9 === 1)

export function reduceCorpus({ programs, row, say }) {
  const folder = mkdtempSync(join(tmpdir(), 'adrepro-bench-'))
  const done = programs.map(one => {
    const made = reduced(one, folder)
    say?.(made)
    return made
  })
  rmSync(folder, { recursive: true, force: true })
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

/** By itself it runs the whole corpus and says what each program came to; `--size N` only those of that size. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const size = process.argv[2] === '--size' ? Number(process.argv[3]) : null
  const say = ({ name, ratio, result, failed }) => {
    const told = result
      ? `${ratio.toFixed(2)}  ${result.before.statements} → ${result.after.statements} in ${result.runs} runs, ${result.seconds.toFixed(1)} s${result.verified ? '' : '  NOT VERIFIED'}`
      : `not reduced: ${failed.slice(0, 200)}`
    process.stdout.write(`${name.padEnd(36)} ${told}\n`)
  }
  const row = (name, value, unit, aim = null) => {
    process.stdout.write(`${name.padEnd(52)} ${value.toFixed(2)} ${unit}${aim === null ? '' : `   aim ${aim}`}\n`)
  }
  reduceCorpus({ programs: CORPUS.filter(one => size === null || one.size === size), row, say })
}

/** `adrepro reduce`: makes the smallest program that still fails in the same way. */

import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { diagnosticJson, type Json, jsonText } from '../diagnostics/as-json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { type CaseFile, readCase } from '../repro/case-file.ts'
import { DEFAULT_LIMITS, guardingChildren } from '../repro/child.ts'
import type { EarlyChildren } from '../repro/early-children.ts'
import { type EngineName, unknownEngines } from '../repro/engines/table.ts'
import { certificateText, readCertificate, replay } from '../repro/reduce/certificate.ts'
import { type Emission, emitted } from '../repro/reduce/emission.ts'
import { interval } from '../repro/reduce/flaky.ts'
import { type Progress, type Reduced, type ReduceOptions, reduceCase } from '../repro/reduce/reduce-case.ts'
import { type Reading, readSource, writeResult } from './files.ts'
import { unknownFault } from './plant.ts'
import type { Terminal } from './terminal.ts'

export interface ReduceArgs {
  readonly file: string
  readonly output?: string
  readonly engine?: string
  readonly plant?: string
  readonly check?: string
  readonly budget?: string
  readonly jobs?: number
  readonly timeout?: number
  readonly memory?: number
  readonly repeats: number
  readonly keepSlips?: string
  readonly certificate?: string
  readonly emit?: Emission
  readonly json: boolean
}

export async function reduce(args: ReduceArgs, terminal: Terminal, early: EarlyChildren): Promise<number> {
  const begun = performance.now()
  const seconds = () => (performance.now() - begun) / 1000
  const certificate = args.file.endsWith('.json') ? readSource(args.file) : null
  if (certificate) return replayed(certificate, args, terminal)
  const read = await readFailing(args)
  if (read.kind === 'bad') return finish(args, terminal, read.diagnostics, 2)
  const { file, budget } = read
  const output = args.output ?? defaultOutput(args.file)
  let interrupted = false
  let unwritten: Diagnostic | null = null
  const options: ReduceOptions = {
    engines: args.engine ? [args.engine as EngineName] : null,
    plant: args.plant ?? null,
    wanted: (_, check) => !args.check || check.includes(args.check),
    jobs: Math.max(1, Math.floor(args.jobs ?? Math.min(2, availableParallelism()))),
    seconds: file.seconds ?? args.timeout ?? DEFAULT_LIMITS.seconds,
    megabytes: file.megabytes ?? args.memory ?? DEFAULT_LIMITS.megabytes,
    repeats: args.repeats,
    stopped: () => interrupted || unwritten !== null || (budget !== null && seconds() > budget),
    early,
    output,
    onProgress: progress => terminal.progress(progressText(progress, seconds())),
    onBest: text => {
      unwritten ??= writeResult(output, text)
    },
  }
  const reducing = await guardingChildren(
    () => reduceCase(file, options),
    () => {
      interrupted = true
    },
  )
  terminal.progress(null)
  if (reducing.kind === 'refused')
    return finish(args, terminal, [reducing.diagnostic], reducing.diagnostic.code === 'reduce.nothing-fails' ? 1 : 2)
  if (unwritten) return finish(args, terminal, [unwritten], 2)
  const { reduced } = reducing
  const took = seconds()
  const problem = [
    args.keepSlips ? keepSlips(args.keepSlips, reduced) : null,
    args.certificate ? writeResult(args.certificate, certificateOf(reduced)) : null,
  ].find(found => found !== null)
  if (problem) return finish(args, terminal, [problem], 2)
  if (args.json || args.emit === 'json') terminal.out(`${jsonText(resultJson(reduced, output, took))}\n`)
  else {
    terminal.out(emitted(reduced, args.emit ?? 'case'))
    for (const line of summary(reduced, output, took)) terminal.talk(`${line}\n`)
  }
  return reduced.verified ? 0 : 1
}

/** A certificate is held against the engine again. */
async function replayed(reading: Reading, args: ReduceArgs, terminal: Terminal): Promise<number> {
  if (reading.kind === 'unreadable') return finish(args, terminal, [reading.diagnostic], 2)
  const certificate = readCertificate(reading.source.text)
  if (!certificate)
    return finish(args, terminal, [diagnostic('parse', 'cli.bad-usage', { why: `\`${args.file}\` is no certificate` }, null)], 2)
  const limits = { seconds: args.timeout ?? DEFAULT_LIMITS.seconds, megabytes: args.memory ?? DEFAULT_LIMITS.megabytes }
  const { runs, differences } = await guardingChildren(() => replay(certificate, limits))
  const exit = differences.length > 0 ? 1 : 0
  if (args.json) terminal.out(`${jsonText({ runs, differences: differences.map(d => ({ ...d })), exit })}\n`)
  else {
    for (const { about, recorded, found } of differences)
      terminal.out(`${visibleLine(about)}: recorded as ${visibleLine(recorded)}, found ${visibleLine(found)}\n`)
    terminal.talk(`${count(runs, 'program')} run again: ${exit === 0 ? 'all as recorded' : `${count(differences.length, 'difference')}`}\n`)
  }
  return exit
}

type Failing =
  | { readonly kind: 'file'; readonly file: CaseFile; readonly budget: number | null }
  | { readonly kind: 'bad'; readonly diagnostics: readonly Diagnostic[] }

async function readFailing(args: ReduceArgs): Promise<Failing> {
  const budget = args.budget === undefined ? null : secondsOf(args.budget)
  const why = (['jobs', 'timeout', 'memory', 'repeats'] as const).filter(
    name => args[name] !== undefined && !(args[name]! > 0 && args[name]! < 1e7),
  )
  const usage = [
    ...why.map(name => `--${name} must be a number above 0`),
    ...(Number.isNaN(budget) ? ['--budget must be a time such as 60s, 5m or 1h'] : []),
  ].map(text => diagnostic('parse', 'cli.bad-usage', { why: text }, null))
  const wrong = [...usage, ...unknownEngines(args.engine ? [args.engine] : []), ...(await unknownFault(args.plant))]
  if (wrong.length > 0) return { kind: 'bad', diagnostics: wrong }
  const reading = readSource(args.file)
  if (reading.kind === 'unreadable') return { kind: 'bad', diagnostics: [reading.diagnostic] }
  const result = readCase(reading.source)
  return result.kind === 'bad' ? result : { kind: 'file', file: result.file, budget }
}

/** Of `90`, `60s`, `5m`, `1h`; NaN for anything else. */
export function secondsOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text.trim())
  return match ? Number(match[1]) * { s: 1, m: 60, h: 3600 }[(match[2] ?? 's') as 's' | 'm' | 'h'] : Number.NaN
}

/** In the folder that the command is given in. */
function defaultOutput(file: string): string {
  const name = file === '-' ? 'stdin' : file.replace(/^.*[\\/]/, '').replace(/\.jl$/, '')
  return `${name}.reduced.jl`
}

export function progressText({ statements, characters, counts, slips, edit }: Progress, seconds: number): string {
  const others = slips > 0 ? ` · ${slips} other failure${slips === 1 ? '' : 's'}` : ''
  return `${statements} statements, ${characters} characters · ${counts.runs} runs${others} · ${edit} · ${seconds.toFixed(1)} s`
}

export function keepSlips(folder: string, { slips }: Pick<Reduced, 'slips'>, extension = '.jl'): Diagnostic | null {
  for (const [i, slip] of slips.entries()) {
    const name = slip.signature.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^[-.]+|[-.]+$/g, '')
    const unwritten = writeResult(join(folder, `${i + 1}-${name || 'slip'}${extension}`), slip.text)
    if (unwritten) return unwritten
  }
  return null
}

export function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}

function minimality({ minimal, counts }: Reduced): string {
  if (!minimal) return 'stopped before it was minimal'
  return counts.timeouts > 0
    ? `minimal: no single edit applies, but ${count(counts.timeouts, 'candidate')} took too long to tell`
    : 'minimal: no single edit applies'
}

function certificateOf(reduced: Reduced): string {
  const { engine, plant, target, after, neighbours } = reduced
  return certificateText({ engine, plant, target, program: after.text, minimal: minimality(reduced) }, neighbours)
}

/** What is said beside the program, the last line being the shortest account of all. */
function summary(reduced: Reduced, output: string, seconds: number): string[] {
  const { before, after, counts, slips, target, engine, verified, passing, free, resumed, rate } = reduced
  const others = slips.map(slip => `another failure, ${slip.seen === 1 ? 'once' : `${slip.seen} times`}: ${visibleLine(slip.signature)}`)
  return [
    `${visibleLine(output)}   ${engine}   ${visibleLine(target.signature)}`,
    ...(resumed === null ? [] : [`went on from an earlier run, after ${count(resumed, 'run')} of it`]),
    ...(rate.failed < rate.runs
      ? [
          `fails ${rate.failed} of ${rate.runs} times: between ${interval(rate)
            .map(p => `${Math.round(100 * p)} %`)
            .join(' and ')}`,
        ]
      : []),
    ...others,
    ...(free.length > 0 ? [`free: ${free.map(f => `${visibleLine(f.was)} in line ${f.line}`).join(', ')}`] : []),
    ...(passing ? [`passes with ${visibleLine(passing.about)}:`, ...differenceText(after.text, passing.text)] : []),
    minimality(reduced),
    verified
      ? 'run once more as it is, in a fresh process: the same failure'
      : 'run once more as it is, in a fresh process: NOT the same failure',
    `${count(before.statements, 'statement')} → ${after.statements} in ${count(counts.runs, 'run')}, ${seconds.toFixed(1)} s`,
  ]
}

/** Lines that only one of two texts has. */
export function differenceText(failing: string, passing: string): string[] {
  const [a, b] = [failing.trimEnd().split('\n'), passing.trimEnd().split('\n')]
  return [
    ...a.filter(line => !b.includes(line)).map(line => `  - ${visibleLine(line)}`),
    ...b.filter(line => !a.includes(line)).map(line => `  + ${visibleLine(line)}`),
  ]
}

function resultJson(reduced: Reduced, output: string, seconds: number): Json {
  const { before, after, counts, slips, minimal, target, engine, check, tallies } = reduced
  return {
    output,
    engine,
    check,
    signature: target.signature,
    program: after.text,
    case: reduced.text,
    verified: reduced.verified,
    expected: (reduced.expected.value ?? null) as Json,
    found: (reduced.expected.found ?? null) as Json,
    free: reduced.free.map(({ line, was, tried }) => ({ line, was, tried: [...tried] })),
    passing: reduced.passing && { about: reduced.passing.about, text: reduced.passing.text },
    neighbours: reduced.neighbours.length,
    resumed: reduced.resumed,
    rate: { failed: reduced.rate.failed, runs: reduced.rate.runs },
    before: { statements: before.statements, characters: before.text.length },
    after: { statements: after.statements, characters: after.text.length },
    minimal,
    runs: counts.runs,
    cached: counts.cached,
    refused: counts.refused,
    timeouts: counts.timeouts,
    slips: slips.map(({ signature: of, message, text, seen }) => ({ signature: of, message, text, seen })),
    edits: [...tallies].map(([id, { tried, accepted }]) => ({ id, tried, accepted })),
    seconds: Math.round(seconds * 1000) / 1000,
    exit: reduced.verified ? 0 : 1,
  }
}

export function finish(args: Pick<ReduceArgs, 'json'>, terminal: Terminal, problems: readonly Diagnostic[], exit: number): number {
  if (args.json) terminal.out(`${jsonText({ problems: problems.map(diagnosticJson), exit })}\n`)
  else for (const problem of problems) terminal.tell(problem)
  return exit
}

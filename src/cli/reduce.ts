/** `adrepro reduce`: makes the smallest program that still fails in the same way. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { diagnosticJson, type Json, jsonText } from '../diagnostics/as-json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { type CaseFile, readCase } from '../repro/case-file.ts'
import { DEFAULT_LIMITS, guardingChildren, type Waiting } from '../repro/child.ts'
import { type EngineName, unknownEngines } from '../repro/engines/table.ts'
import { type Progress, type Reduced, type ReduceOptions, reduceCase } from '../repro/reduce/reduce-case.ts'
import { readSource, writeResult } from './files.ts'
import { unknownFault } from './plant.ts'
import type { Terminal } from './terminal.ts'

interface ReduceArgs {
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
  readonly json: boolean
}

export async function reduce(args: ReduceArgs, terminal: Terminal, early: Waiting | null): Promise<number> {
  const begun = performance.now()
  const seconds = () => (performance.now() - begun) / 1000
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
  const unkept = args.keepSlips ? keepSlips(args.keepSlips, reduced) : null
  if (unkept) return finish(args, terminal, [unkept], 2)
  if (args.json) terminal.out(`${jsonText(resultJson(reduced, output, seconds()))}\n`)
  else show(reduced, output, seconds(), terminal)
  return 0
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
function secondsOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text.trim())
  return match ? Number(match[1]) * { s: 1, m: 60, h: 3600 }[(match[2] ?? 's') as 's' | 'm' | 'h'] : Number.NaN
}

/** In the folder that the command is given in. */
function defaultOutput(file: string): string {
  const name = file === '-' ? 'stdin' : file.replace(/^.*[\\/]/, '').replace(/\.jl$/, '')
  return `${name}.reduced.jl`
}

function progressText({ statements, characters, counts, slips, edit }: Progress, seconds: number): string {
  const others = slips > 0 ? ` · ${slips} other failure${slips === 1 ? '' : 's'}` : ''
  return `${statements} statements, ${characters} characters · ${counts.runs} runs${others} · ${edit} · ${seconds.toFixed(1)} s`
}

function keepSlips(folder: string, { slips }: Reduced): Diagnostic | null {
  for (const [i, slip] of slips.entries()) {
    const name = slip.signature.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^[-.]+|[-.]+$/g, '')
    const unwritten = writeResult(join(folder, `${i + 1}-${name || 'slip'}.jl`), slip.text)
    if (unwritten) return unwritten
  }
  return null
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}

function show(reduced: Reduced, output: string, seconds: number, terminal: Terminal): void {
  const { before, after, counts, slips, minimal, signature, engine } = reduced
  terminal.out(`${after.text}\n`)
  terminal.talk(`${visibleLine(output)}   ${engine}   ${visibleLine(signature)}\n`)
  for (const slip of slips) terminal.talk(`another failure, seen ${slip.seen} times: ${visibleLine(slip.signature)}\n`)
  terminal.talk(`${minimal ? 'minimal: no single edit applies' : 'stopped before it was minimal'}\n`)
  terminal.talk(`${count(before.statements, 'statement')} → ${after.statements} in ${count(counts.runs, 'run')}, ${seconds.toFixed(1)} s\n`)
}

function resultJson(reduced: Reduced, output: string, seconds: number): Json {
  const { before, after, counts, slips, minimal, signature, engine, check, tallies } = reduced
  return {
    output,
    engine,
    check,
    signature,
    program: after.text,
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
    exit: 0,
  }
}

function finish(args: ReduceArgs, terminal: Terminal, problems: readonly Diagnostic[], exit: number): number {
  if (args.json) terminal.out(`${jsonText({ problems: problems.map(diagnosticJson), exit })}\n`)
  else for (const problem of problems) terminal.tell(problem)
  return exit
}

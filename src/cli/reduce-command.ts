/** `adrepro reduce --command`: any program, with a command that fails on it. */
import { availableParallelism } from 'node:os'
import { basename, extname } from 'node:path'
import { type Json, jsonText } from '../diagnostics/as-json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { guardingChildren } from '../repro/child.ts'
import { CASE_MEGABYTES } from '../repro/limits.ts'
import { FILE_PLACE } from '../repro/reduce/command/run-command.ts'
import { type CommandReduced, reduceCommand } from '../repro/reduce/reduce-command.ts'
import { readSource, writeResult } from './files.ts'
import { count, differenceText, finish, keepSlips, progressText, type ReduceArgs, secondsOf } from './reduce.ts'
import type { Terminal } from './terminal.ts'

export interface CommandArgs extends ReduceArgs {
  readonly command: string
  readonly match?: string
}

/** A command may have to start an interpreter that compiles first. */
const SECONDS = 60
const SHOWN_SLIPS = 5

export async function reduceByCommand(args: CommandArgs, terminal: Terminal): Promise<number> {
  const begun = performance.now()
  const seconds = () => (performance.now() - begun) / 1000
  const budget = args.budget === undefined ? null : secondsOf(args.budget)
  const match = args.match === undefined ? null : regexOf(args.match)
  const wrong = [...badUsage(args, budget), ...(match === 'bad' ? [`--match is no regular expression: ${args.match}`] : [])]
  if (wrong.length > 0)
    return finish(
      args,
      terminal,
      wrong.map(why => diagnostic('parse', 'cli.bad-usage', { why }, null)),
      2,
    )
  const reading = readSource(args.file)
  if (reading.kind === 'unreadable') return finish(args, terminal, [reading.diagnostic], 2)
  const output = args.output ?? defaultOutput(args.file)
  let interrupted = false
  let unwritten: Diagnostic | null = null
  const reducing = await guardingChildren(
    () =>
      reduceCommand(reading.source, {
        command: args.command,
        match: match === 'bad' ? null : match,
        jobs: Math.max(1, Math.floor(args.jobs ?? Math.min(2, availableParallelism()))),
        seconds: args.timeout ?? SECONDS,
        megabytes: args.memory ?? CASE_MEGABYTES,
        repeats: args.repeats,
        output,
        stopped: () => interrupted || unwritten !== null || (budget !== null && seconds() > budget),
        onTarget: target => terminal.talk(`Looking for: ${visibleLine(target)}   (--match REGEX looks for something else)\n`),
        onProgress: progress => terminal.progress(progressText(progress, seconds())),
        onBest: text => {
          unwritten ??= writeResult(output, text)
        },
      }),
    () => {
      interrupted = true
    },
  )
  terminal.progress(null)
  if (reducing.kind === 'refused')
    return finish(args, terminal, [reducing.diagnostic], reducing.diagnostic.code === 'reduce.command-passes' ? 1 : 2)
  if (unwritten) return finish(args, terminal, [unwritten], 2)
  const { reduced } = reducing
  const unkept = args.keepSlips ? keepSlips(args.keepSlips, reduced, extname(args.file)) : null
  if (unkept) return finish(args, terminal, [unkept], 2)
  if (args.json) terminal.out(`${jsonText(resultJson(reduced, output, seconds()))}\n`)
  else show(reduced, output, seconds(), terminal)
  return 0
}

function regexOf(text: string): RegExp | 'bad' {
  try {
    return new RegExp(text, 'm')
  } catch {
    return 'bad'
  }
}

function badUsage(args: CommandArgs, budget: number | null): string[] {
  const numbers = (['jobs', 'timeout', 'memory', 'repeats'] as const).filter(
    name => args[name] !== undefined && !(args[name]! > 0 && args[name]! < 1e7),
  )
  const others = (['engine', 'plant', 'check', 'certificate'] as const).filter(name => args[name] !== undefined)
  return [
    ...numbers.map(name => `--${name} must be a number above 0`),
    ...others.map(name => `--${name} is for the built-in engine and does not go with --command`),
    ...(args.command.includes(FILE_PLACE) ? [] : [`--command needs ${FILE_PLACE} where the program goes`]),
    ...(Number.isNaN(budget) ? ['--budget must be a time such as 60s, 5m or 1h'] : []),
    ...(process.platform === 'win32' ? ['--command needs a POSIX shell'] : []),
  ]
}

/** In the folder that the command is given in, under the extension that says the language. */
function defaultOutput(file: string): string {
  if (file === '-') return 'stdin.reduced.txt'
  const extension = extname(file)
  return `${basename(file, extension)}.reduced${extension}`
}

function show(reduced: CommandReduced, output: string, seconds: number, terminal: Terminal): void {
  const { before, after, counts, slips, minimal, signature, screened, passing, resumed } = reduced
  terminal.out(`${after.text}\n`)
  terminal.talk(`${visibleLine(output)}   ${visibleLine(signature)}\n`)
  if (resumed !== null) terminal.talk(`went on from an earlier run, after ${count(resumed, 'run')} of it\n`)
  const often = [...slips].sort((a, b) => b.seen - a.seen)
  for (const slip of often.slice(0, SHOWN_SLIPS))
    terminal.talk(`another failure, seen ${slip.seen} times: ${visibleLine(slip.signature)}\n`)
  if (often.length > SHOWN_SLIPS) terminal.talk(`${often.length - SHOWN_SLIPS} more kinds of failure; --keep-slips FOLDER keeps them\n`)
  if (screened > 0) terminal.talk(`${count(screened, 'run')} of the command saved: the built-in engine saw that the candidate is wrong\n`)
  if (passing) {
    const lines = [`passes with ${visibleLine(passing.about)}:`, ...differenceText(after.text, passing.text)]
    terminal.talk(lines.map(line => `${line}\n`).join(''))
  }
  terminal.talk(`${minimal ? 'minimal: no single edit applies' : 'stopped before it was minimal'}\n`)
  const size = `${count(before.statements, 'statement')} → ${after.statements}`
  terminal.talk(`${size} in ${count(counts.runs - screened, 'run')}, ${seconds.toFixed(1)} s\n`)
}

function resultJson(reduced: CommandReduced, output: string, seconds: number): Json {
  const { before, after, counts, slips, minimal, signature, tallies, screened, passing, resumed } = reduced
  return {
    output,
    signature,
    program: after.text,
    before: { statements: before.statements, characters: before.text.length },
    after: { statements: after.statements, characters: after.text.length },
    minimal,
    runs: counts.runs - screened,
    screened,
    passing: passing ? { about: passing.about, program: passing.text } : null,
    resumed,
    cached: counts.cached,
    refused: counts.refused,
    timeouts: counts.timeouts,
    slips: slips.map(({ signature: of, message, text, seen }) => ({ signature: of, message, text, seen })),
    edits: [...tallies].map(([id, { tried, accepted }]) => ({ id, tried, accepted })),
    seconds: Math.round(seconds * 1000) / 1000,
    exit: 0,
  }
}

/** `adrepro reduce --command`: any program, with a command that fails on it. */
import { basename, extname } from 'node:path'
import { jsonText } from '../diagnostics/as-json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { guardingChildren } from '../repro/child.ts'
import { CASE_MEGABYTES } from '../repro/limits.ts'
import { certificateText } from '../repro/reduce/certificate.ts'
import { FILE_PLACE } from '../repro/reduce/command/run-command.ts'
import { type CommandReduced, reduceCommand } from '../repro/reduce/reduce-command.ts'
import { readSource, writeResult } from './files.ts'
import { badOptions, badUsage, type CommandArgs, Watched } from './reduce-options.ts'
import { count, finish, keepSlips, minimality, summary, summaryJson } from './reduce-text.ts'
import type { Terminal } from './terminal.ts'

/** A command may have to start an interpreter that compiles first. */
export const COMMAND_SECONDS = 60

export async function reduceByCommand(args: CommandArgs, terminal: Terminal): Promise<number> {
  const match = args.match === undefined ? null : regexOf(args.match)
  const wrong = [
    ...badOptions(args),
    ...badCommand(args),
    ...(match === 'bad' ? [badUsage(`--match is no regular expression: ${args.match}`)] : []),
  ]
  if (wrong.length > 0) return finish(args, terminal, wrong, 2)
  const reading = readSource(args.file)
  if (reading.kind === 'unreadable') return finish(args, terminal, [reading.diagnostic], 2)
  const watched = new Watched(args, terminal, '.txt')
  const reducing = await guardingChildren(
    () =>
      reduceCommand(reading.source, {
        ...watched.means(2),
        command: args.command,
        match: match === 'bad' ? null : match,
        seconds: args.timeout ?? COMMAND_SECONDS,
        megabytes: args.memory ?? CASE_MEGABYTES,
        onTarget: target => terminal.talk(`Looking for: ${visibleLine(target)}   (--match REGEX looks for something else)\n`),
        onBest: watched.onBest,
      }),
    () => watched.interrupt(),
  )
  terminal.progress(null)
  if (reducing.kind === 'refused')
    return finish(args, terminal, [reducing.diagnostic], reducing.diagnostic.code === 'reduce.command-passes' ? 1 : 2)
  const { reduced } = reducing
  const { seconds, output } = watched
  const problem =
    watched.unwritten ??
    (args.keepSlips ? keepSlips(args.keepSlips, reduced, extname(args.file)) : null) ??
    (args.certificate ? writeResult(args.certificate, certificateOf(reduced, args.file)) : null)
  if (problem) return finish(args, terminal, [problem], 2)
  const { signature, screened, text } = reduced
  if (args.json || args.emit === 'json')
    terminal.out(`${jsonText({ ...summaryJson(reduced, output, seconds), signature, screened, exit: 0 })}\n`)
  else {
    terminal.out(`${text}\n`)
    const saved = `${count(screened, 'run')} of the command saved: the built-in engine saw that the candidate is wrong`
    const head = `${visibleLine(output)}   ${visibleLine(signature)}`
    for (const line of summary(reduced, head, screened > 0 ? [saved] : [], seconds)) terminal.talk(`${line}\n`)
  }
  return 0
}

export function regexOf(text: string): RegExp | 'bad' {
  try {
    return new RegExp(text, 'm')
  } catch {
    return 'bad'
  }
}

/** What does not go with a command. */
export function badCommand(args: CommandArgs): Diagnostic[] {
  const others = (['engine', 'plant', 'check'] as const).filter(name => args[name] !== undefined)
  return [
    ...others.map(name => `--${name} is for the built-in engine and does not go with --command`),
    ...(args.emit === 'julia' || args.emit === 'test'
      ? [`--emit ${args.emit} is for the built-in engine and does not go with --command`]
      : []),
    ...(args.command.includes(FILE_PLACE) ? [] : [`--command needs ${FILE_PLACE} where the program goes`]),
    ...(process.platform === 'win32' ? ['--command needs a POSIX shell'] : []),
  ].map(badUsage)
}

function certificateOf(reduced: CommandReduced, file: string): string {
  const { command, target, after, neighbours } = reduced
  const match = target.match?.source ?? null
  const about = { command, file: basename(file), target: { ...target, match }, program: after.text, minimal: minimality(reduced) }
  return certificateText(about, neighbours)
}

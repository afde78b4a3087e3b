/** `adrepro reduce CERTIFICATE.json`: what a certificate says is held against the engine or the command again. */
import { jsonText } from '../diagnostics/as-json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { DEFAULT_LIMITS, guardingChildren } from '../repro/child.ts'
import {
  type CommandCertificate,
  type EngineCertificate,
  readCertificate,
  replayOnCommand,
  replayOnEngine,
} from '../repro/reduce/certificate.ts'
import { readSource } from './files.ts'
import { badCommand, COMMAND_SECONDS, reduceByCommand } from './reduce-command.ts'
import { badOptions, badUsage, type CommandArgs, type ReduceArgs } from './reduce-options.ts'
import { count, finish } from './reduce-text.ts'
import type { Terminal } from './terminal.ts'

export type ReplayArgs = ReduceArgs & Partial<CommandArgs>

export async function replayCertificate(args: ReplayArgs, terminal: Terminal): Promise<number> {
  const reading = readSource(args.file)
  if (reading.kind === 'unreadable') return finish(args, terminal, [reading.diagnostic], 2)
  const certificate = readCertificate(reading.source.text)
  if (!certificate) {
    // A program of a command may well be data.
    const { command } = args
    if (command !== undefined) return reduceByCommand({ ...args, command }, terminal)
    return finish(args, terminal, [badUsage(`\`${args.file}\` is no certificate`)], 2)
  }
  const wrong = [...badOptions(args), ...unfit(certificate, args)]
  if (wrong.length > 0) return finish(args, terminal, wrong, 2)
  const { command } = args
  const seconds = args.timeout ?? (command === undefined ? DEFAULT_LIMITS.seconds : COMMAND_SECONDS)
  const limits = { seconds, megabytes: args.memory ?? DEFAULT_LIMITS.megabytes }
  const { runs, differences } = await guardingChildren(() =>
    'command' in certificate ? replayOnCommand(certificate, command!, limits) : replayOnEngine(certificate, limits),
  )
  const exit = differences.length > 0 ? 1 : 0
  if (args.json) terminal.out(`${jsonText({ runs, differences: differences.map(d => ({ ...d })), exit })}\n`)
  else {
    for (const { about, recorded, found } of differences)
      terminal.out(`${visibleLine(about)}: recorded as ${visibleLine(recorded)}, found ${visibleLine(found)}\n`)
    terminal.talk(`${count(runs, 'program')} run again: ${exit === 0 ? 'all as recorded' : count(differences.length, 'difference')}\n`)
  }
  return exit
}

/** A command is never taken from the file: whoever wrote that would run it here. */
function unfit(certificate: EngineCertificate | CommandCertificate, args: ReplayArgs): Diagnostic[] {
  const { command } = args
  if (!('command' in certificate))
    return command === undefined ? [] : [badUsage('the certificate is of an engine, so it does not go with --command')]
  if (command === undefined)
    return [badUsage(`the certificate is of a command; give it with --command. It was made with: ${visibleLine(certificate.command)}`)]
  return badCommand({ ...args, command })
}

/** `adrepro reduce`: by an engine, or by a command; or a certificate again. */
import type { EarlyChildren } from '../repro/early-children.ts'
import { reduce } from './reduce.ts'
import { reduceByCommand } from './reduce-command.ts'
import { type ReplayArgs, replayCertificate } from './reduce-replay.ts'
import type { Terminal } from './terminal.ts'

export async function reduceAny(args: ReplayArgs, terminal: Terminal, early: EarlyChildren): Promise<number> {
  const { command } = args
  if (args.file.endsWith('.json')) return replayCertificate(args, terminal)
  return command === undefined ? reduce(args, terminal, early) : reduceByCommand({ ...args, command }, terminal)
}

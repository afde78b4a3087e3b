/** `adrepro reduce`: by an engine, or by a command. */
import type { EarlyChildren } from '../repro/early-children.ts'
import { type ReduceArgs, reduce } from './reduce.ts'
import { type CommandArgs, reduceByCommand } from './reduce-command.ts'
import type { Terminal } from './terminal.ts'

export async function reduceAny(args: ReduceArgs & Partial<CommandArgs>, terminal: Terminal, early: EarlyChildren): Promise<number> {
  const { command } = args
  return command === undefined ? reduce(args, terminal, early) : reduceByCommand({ ...args, command }, terminal)
}

/** `adrepro reduce`: by an engine, or by a command. */
import type { Waiting } from '../repro/child.ts'
import { type ReduceArgs, reduce } from './reduce.ts'
import { type CommandArgs, reduceByCommand } from './reduce-command.ts'
import type { Terminal } from './terminal.ts'

export async function reduceAny(args: ReduceArgs & Partial<CommandArgs>, terminal: Terminal, early: Waiting | null): Promise<number> {
  const { command } = args
  return command === undefined ? reduce(args, terminal, early) : reduceByCommand({ ...args, command }, terminal)
}

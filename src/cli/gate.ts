/** `adrepro gate`: what CI runs. The same rows as `run`, with JUnit and GitHub annotations beside the text. */
import type { EarlyChildren } from '../repro/early-children.ts'
import { writeResult } from './files.ts'
import { formatOf } from './format.ts'
import { resultsText, suiteResults } from './forms.ts'
import { printSuite, type RunArgs } from './run.ts'
import { runSuite } from './suite.ts'
import type { Terminal } from './terminal.ts'

interface GateArgs extends RunArgs {
  readonly junit?: string
  readonly github: boolean
  readonly allLimits: boolean
}

export async function gate(args: GateArgs, terminal: Terminal, early: EarlyChildren): Promise<number> {
  const suite = await runSuite(args.paths, { ...args, needs: args.allLimits ? 'all' : 'met' }, terminal, early)
  const results = suiteResults(suite)
  await printSuite(suite, { ...args, paths: [] }, terminal)
  const unwritten = args.junit === undefined ? null : writeResult(args.junit, resultsText('junit', results))
  if (unwritten) terminal.tell(unwritten)
  if (args.github) {
    const text = resultsText('github', results)
    if (formatOf(args) === 'text') terminal.out(text)
    else terminal.talk(text)
  }
  return unwritten ? 2 : suite.exit
}

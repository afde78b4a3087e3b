/** What `reduce` is told, whatever it reduces by: checked and read at one place. */
import { availableParallelism } from 'node:os'
import { basename, extname } from 'node:path'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { Emission } from '../repro/reduce/emission.ts'
import type { Means } from '../repro/reduce/reduction.ts'
import { secondsOf } from './duration.ts'
import { writeResult } from './files.ts'
import { progressText } from './reduce-text.ts'
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

export interface CommandArgs extends ReduceArgs {
  readonly command: string
  readonly match?: string
}

export function badUsage(why: string): Diagnostic {
  return diagnostic('parse', 'cli.bad-usage', { why }, null)
}

/** Why the options cannot be followed. */
export function badOptions(args: ReduceArgs): Diagnostic[] {
  const numbers = (['jobs', 'timeout', 'memory', 'repeats'] as const).filter(
    name => args[name] !== undefined && !(args[name] > 0 && args[name] < 1e7),
  )
  const isBudget = args.budget === undefined || !Number.isNaN(secondsOf(args.budget))
  return [
    ...numbers.map(name => `--${name} must be a number above 0`),
    ...(isBudget ? [] : ['--budget must be a time such as 60s, 5m or 1h']),
  ].map(badUsage)
}

/** In the folder that the command is given in, under the extension that says the language. */
function defaultOutput(file: string, fallback: string): string {
  if (file === '-') return `stdin.reduced${fallback}`
  const extension = extname(file)
  return `${basename(file, extension)}.reduced${extension || fallback}`
}

/** A reduction while it runs, as the command line sees it. */
export class Watched {
  readonly #args: ReduceArgs
  readonly #terminal: Terminal
  readonly #begun = performance.now()
  readonly output: string
  #isInterrupted = false
  #hasBest = false
  /** Why the result cannot be written. */
  unwritten: Diagnostic | null = null

  /** `extension` is that of a file without a name. */
  constructor(args: ReduceArgs, terminal: Terminal, extension: string) {
    this.#args = args
    this.#terminal = terminal
    this.output = args.output ?? defaultOutput(args.file, extension)
  }

  get seconds(): number {
    return (performance.now() - this.#begun) / 1000
  }

  /** `candidates`: how many are run at a time when nothing is said. */
  means(candidates: number): Means {
    const { jobs, budget, repeats } = this.#args
    const most = budget === undefined ? Number.POSITIVE_INFINITY : secondsOf(budget)
    return {
      jobs: Math.max(1, Math.floor(jobs ?? Math.min(candidates, availableParallelism()))),
      repeats,
      output: this.output,
      stopped: () => this.#isInterrupted || this.unwritten !== null || this.seconds > most,
      onProgress: progress => this.#terminal.progress(progressText(progress, this.seconds)),
    }
  }

  /** Is there something to end with? */
  interrupt(): boolean {
    this.#isInterrupted = true
    return this.#hasBest
  }

  readonly onBest = (text: string): void => {
    this.#hasBest = true
    this.unwritten ??= writeResult(this.output, text)
  }
}

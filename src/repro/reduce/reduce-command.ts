/** Reduces a program of any language for which a command fails. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../diagnostics/report.ts'
import type { Source } from '../../diagnostics/source.ts'
import { withoutHeader } from '../header-text.ts'
import { type CommandTarget, endText, isFailure, isSame, targetOf, targetText } from './command/failure.ts'
import { commandOracle } from './command/oracle.ts'
import { CommandRunner } from './command/run-command.ts'
import { juliaScreen, NO_SCREEN, type Screen } from './command/screen.ts'
import { GRAMMAR_EDITS } from './grammar/edits.ts'
import { grammarLanguage } from './grammar/program.ts'
import { grammarOf } from './grammar/table.ts'
import { juliaEdits } from './julia/edits/table.ts'
import { JULIA } from './julia/program.ts'
import type { Edit, Language, Program } from './language.ts'
import { type Neighbour, nearestPassing, neighboursOf } from './neighbours.ts'
import type { Oracle } from './oracle.ts'
import { type Counts, Problem, type Slip } from './problem.ts'
import type { Progress } from './reduce-case.ts'
import { reduceAll, type Tallies } from './schedule.ts'
import { readState, removeState, type State, stateKey, writeState } from './state.ts'

export interface CommandReduceOptions {
  /** With `{file}` where the program goes. */
  readonly command: string
  /** In place of what the first run shows. */
  readonly match: RegExp | null
  readonly jobs: number
  /** The most that one run may take. */
  readonly seconds: number
  /** For the process that screens Julia programs. */
  readonly megabytes: number
  readonly repeats: number
  readonly stopped: () => boolean
  /** The file that the result goes to: what is known in the middle is kept beside it. */
  readonly output: string
  /** What was seen in the first run, and is looked for. */
  readonly onTarget: (text: string) => void
  readonly onProgress: (progress: Progress) => void
  /** A program that was seen failing: the smallest so far. */
  readonly onBest: (text: string) => void
}

export interface CommandReduced {
  readonly signature: string
  readonly before: Program
  readonly after: Program
  readonly counts: Counts
  readonly slips: readonly Slip[]
  readonly tallies: Tallies
  readonly minimal: boolean
  /** Candidates that the built-in engine saw to be wrong, so that the command was not run. */
  readonly screened: number
  /** The program that differs least and does not fail; null if none was met. */
  readonly passing: Neighbour | null
  /** Runs of an earlier process that was gone on from. */
  readonly resumed: number | null
}

export type CommandReducing =
  | { readonly kind: 'reduced'; readonly reduced: CommandReduced }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }

function refused(found: Diagnostic): CommandReducing {
  return { kind: 'refused', diagnostic: found }
}

export async function reduceCommand(source: Source, options: CommandReduceOptions): Promise<CommandReducing> {
  if (/\.jl$/i.test(source.name)) {
    const screenOf = (text: string) => juliaScreen(text, options.jobs, options.megabytes)
    return reduceIn(JULIA, screen => juliaEdits(screen.output), source.name, withoutHeader(source), options, screenOf)
  }
  const language = grammarLanguage(await grammarOf(source.name))
  return reduceIn(
    language,
    () => GRAMMAR_EDITS,
    source.name,
    source.text,
    options,
    async () => NO_SCREEN,
  )
}

async function reduceIn<P extends Program>(
  language: Language<P>,
  edits: (screen: Screen) => readonly Edit<P>[],
  file: string,
  text: string,
  options: CommandReduceOptions,
  screenOf: (text: string) => Promise<Screen>,
): Promise<CommandReducing> {
  const program = language.read(text)?.program
  if (!program) return refused(diagnostic('parse', 'reduce.unreadable', { file }, null))
  const runner = new CommandRunner(options.command, file)
  try {
    const first = await runner.run(text, options.seconds)
    const target = targetOf(first, options.match)
    const isFailing = options.match ? isSame(first, target) : isFailure(first)
    if (!isFailing) return refused(diagnostic('run', 'reduce.command-passes', { command: options.command, found: endText(first) }, null))
    options.onTarget(targetText(target))
    const screen = await screenOf(program.text)
    const oracle = commandOracle({ runner, target, seconds: options.seconds, firstSeconds: first.seconds, screen: screen.why })
    try {
      const wrong = await doubts(oracle, program.text, target, options.repeats)
      if (wrong) return refused(wrong)
      return { kind: 'reduced', reduced: await search(language, edits(screen), program, oracle, screen, options) }
    } finally {
      screen.close()
    }
  } finally {
    runner.close()
  }
}

/** The program as the reducer writes it must fail in the same way each time, and an empty one must not. */
async function doubts(oracle: Oracle, text: string, target: CommandTarget, repeats: number): Promise<Diagnostic | null> {
  for (let i = 0; i < repeats; i++) {
    const verdict = await oracle.test(text)
    const found = verdict.kind === 'slip' ? verdict.signature : verdict.kind
    if (verdict.kind !== 'same') return diagnostic('run', 'reduce.not-repeated', { expected: targetText(target), found }, null)
  }
  const empty = await oracle.test('')
  return empty.kind === 'same' ? diagnostic('run', 'reduce.empty-fails', { signature: targetText(target) }, null) : null
}

/** The state is written anew after so many runs, if nothing was accepted since. */
const RUNS_BETWEEN_STATES = 25

async function search<P extends Program>(
  language: Language<P>,
  edits: readonly Edit<P>[],
  original: P,
  oracle: Oracle,
  screen: Screen,
  options: CommandReduceOptions,
): Promise<CommandReduced> {
  const key = stateKey(original.text, options.command, oracle.signature)
  const state = readState(options.output, key)
  const start = (state && (await leftBy(state, language, oracle))) ?? original
  const tallies: Tallies = new Map()
  let edit = ''
  const save = () => {
    const { best, counts, known } = problem
    writeState(options.output, key, { program: best.text, runs: counts.runs, known })
  }
  const problem: Problem<P> = new Problem(start, null, {
    language,
    oracle,
    jobs: options.jobs,
    stopped: options.stopped,
    onBest: program => {
      options.onBest(program.text)
      save()
    },
    onRun: () => {
      const { counts, slips } = problem
      if (counts.runs % RUNS_BETWEEN_STATES === 0) save()
      const { program } = problem.current
      options.onProgress({ statements: program.statements, characters: program.text.length, counts, slips: slips.size, edit })
    },
    ...(start !== original && state ? { known: state.known } : {}),
  })
  options.onBest(start.text)
  const minimal = await reduceAll(problem, edits, tallies, {
    onEdit: id => {
      edit = id
    },
  })
  const neighbours = minimal ? await neighboursOf(problem, edits) : []
  if (minimal) removeState(options.output)
  return {
    signature: oracle.signature,
    before: original,
    after: problem.best,
    counts: problem.counts,
    slips: [...problem.slips.values()],
    tallies,
    minimal,
    screened: screen.saved(),
    passing: nearestPassing(problem.best, neighbours),
    resumed: start !== original && state ? state.runs : null,
  }
}

/** What an earlier process had come to, if that still fails. */
async function leftBy<P extends Program>(state: State, language: Language<P>, oracle: Oracle): Promise<P | null> {
  const program = language.read(state.program)?.program ?? null
  return program && (await oracle.test(program.text)).kind === 'same' ? program : null
}

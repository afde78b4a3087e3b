/** A reduction from beginning to end, for any language and oracle: the search, the neighbours of what it ends with, what is free in that. */
import type { Edit, Language, Program } from './language.ts'
import { explain, type Free, type Neighbour, nearestPassing, neighboursOf, type Variation } from './neighbours.ts'
import type { Oracle } from './oracle.ts'
import type { Range } from './patch.ts'
import { type Counts, Problem, type Slip, type Traced } from './problem.ts'
import { reduceAll, type Tallies } from './schedule.ts'
import { readState, removeState, type State, stateKey, writeState } from './state.ts'

export interface Progress {
  readonly statements: number
  readonly characters: number
  readonly counts: Counts
  readonly slips: number
  readonly edit: string
}

/** What a user says of a reduction. */
export interface Means {
  readonly jobs: number
  /** Of the original, before anything is reduced. */
  readonly repeats: number
  readonly stopped: () => boolean
  /** Where the smallest program is kept; a file beside it has what is needed to go on. */
  readonly output: string
  readonly onProgress: (progress: Progress) => void
}

export interface ReductionOptions<P extends Program> {
  readonly language: Language<P>
  readonly edits: readonly Edit<P>[]
  readonly oracle: Oracle
  readonly original: P
  /** Where it fails, if that is known. */
  readonly place: Range | null
  /** What tells this reduction from others. */
  readonly about: readonly string[]
  readonly means: Means
  /** A program that was seen failing: the smallest so far. */
  readonly onBest: (program: P) => void
  /** No edit applies any more: its neighbours are run now. */
  readonly onMinimal?: () => void
  /** What may be free. */
  readonly variations: (program: P) => readonly Variation[]
  /**
   * Is what the search ended with the same failure, by a question that takes too long to be asked of each candidate? If not, the search goes on from
   * the last program that is, with an oracle that does ask.
   */
  readonly doubt: { readonly isSame: (problem: Problem<P>, traced: Traced<P>) => Promise<boolean>; readonly strict: Oracle } | null
}

export interface Searched<P extends Program> {
  readonly before: P
  readonly after: P
  readonly counts: Counts
  readonly slips: readonly Slip[]
  readonly tallies: Tallies
  /** No edit applies any more; false when it was ended before. */
  readonly minimal: boolean
  readonly neighbours: readonly Neighbour[]
  /** The program that differs least and does not fail; null if none was met. */
  readonly passing: Neighbour | null
  readonly free: readonly Free[]
  /** Runs of an earlier process that this one went on from; null if there was none. */
  readonly resumed: number | null
}

/** The state is written anew after so many runs, if nothing was accepted since. */
const RUNS_BETWEEN_STATES = 25

export async function searched<P extends Program>(options: ReductionOptions<P>): Promise<Searched<P>> {
  const { edits, oracle, original, means, onBest, variations, doubt } = options
  const key = stateKey(original.text, ...options.about)
  const state = readState(means.output, key)
  const left = state && (await leftBy(state, options))
  let edit = ''
  const save = () => {
    const { best, counts, known } = problem
    writeState(means.output, key, { program: best.text, runs: counts.runs, known })
  }
  const problem: Problem<P> = new Problem(left?.program ?? original, left ? left.place : options.place, {
    language: options.language,
    oracle,
    jobs: means.jobs,
    stopped: means.stopped,
    onBest: program => {
      onBest(program)
      save()
    },
    onRun: () => {
      const { counts, slips, current } = problem
      if (counts.runs % RUNS_BETWEEN_STATES === 0) save()
      const { statements, text } = current.program
      means.onProgress({ statements, characters: text.length, counts, slips: slips.size, edit })
    },
    ...(left ? { known: state.known } : {}),
  })
  onBest(problem.best)
  const tallies: Tallies = new Map()
  const onEdit = (id: string) => {
    edit = id
  }
  let minimal = await reduceAll(problem, edits, tallies, { onEdit })
  if (doubt && !(await doubt.isSame(problem, problem.bestTraced))) {
    await problem.goBack(traced => doubt.isSame(problem, traced), doubt.strict)
    minimal = await reduceAll(problem, edits, tallies, { onEdit })
  }
  options.onMinimal?.()
  edit = 'explain'
  const neighbours = minimal ? await neighboursOf(problem, edits) : []
  const explained = minimal ? await explain(problem, variations(problem.best), neighbours) : { free: [], met: [] }
  if (minimal) removeState(means.output)
  return {
    before: original,
    after: problem.best,
    counts: problem.counts,
    slips: [...problem.slips.values()],
    tallies,
    minimal,
    neighbours,
    passing: nearestPassing(problem.best, [...neighbours, ...explained.met]),
    free: explained.free,
    resumed: left ? state.runs : null,
  }
}

/** What an earlier process had come to, if that still fails. */
async function leftBy<P extends Program>(
  state: State,
  { language, oracle }: ReductionOptions<P>,
): Promise<{ readonly program: P; readonly place: Range | null } | null> {
  const program = language.read(state.program)?.program ?? null
  const verdict = program && (await oracle.test(program.text))
  return program && verdict?.kind === 'same' ? { program, place: verdict.at } : null
}

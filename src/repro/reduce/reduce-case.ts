/** Reduces a case: finds what fails, holds on to that failure, and keeps the smallest program that shows it on disk. */

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../diagnostics/report.ts'
import type { CaseFile } from '../case-file.ts'
import type { EarlyChildren } from '../early-children.ts'
import type { EngineName } from '../engines/table.ts'
import { type Row, runCases } from '../runner.ts'
import { CandidateChild } from './candidates/child.ts'
import { type BuiltinOracle, builtinOracle, type Target } from './candidates/oracle.ts'
import type { ValueCheck } from './candidates/protocol.ts'
import { type Rate, rateOf, sequential } from './flaky.ts'
import { changesLibrary } from './julia/changes-library.ts'
import { juliaEdits } from './julia/edits/table.ts'
import { frozen, JULIA, type JuliaProgram, ownNames, readJulia } from './julia/program.ts'
import { variationsOf } from './julia/variations.ts'
import { explain, type Free, type Neighbour, nearestPassing, neighboursOf } from './neighbours.ts'
import type { Oracle } from './oracle.ts'
import { type Counts, Problem, type Slip } from './problem.ts'
import { type Expected, resultText, verifiedText } from './result.ts'
import { reduceAll, type Tallies } from './schedule.ts'
import { failingRow, type Start, startOf } from './start.ts'
import { readState, removeState, type State, stateKey, writeState } from './state.ts'

export interface Progress {
  readonly statements: number
  readonly characters: number
  readonly counts: Counts
  readonly slips: number
  readonly edit: string
}

export interface ReduceOptions {
  readonly engines: readonly EngineName[] | null
  /** Id of a fault to plant in the engine. */
  readonly plant: string | null
  readonly wanted: (file: CaseFile, check: string) => boolean
  readonly jobs: number
  readonly seconds: number
  readonly megabytes: number
  /** Of the original, before anything is reduced. */
  readonly repeats: number
  readonly stopped: () => boolean
  readonly early: EarlyChildren
  readonly onProgress: (progress: Progress) => void
  /** Where the smallest program is kept; a file beside it has what is needed to go on. */
  readonly output: string
  /** A case file that was seen failing: the smallest so far. */
  readonly onBest: (text: string) => void
}

export interface Reduced {
  readonly engine: EngineName
  readonly plant: string | null
  readonly check: string
  readonly target: Target
  readonly before: JuliaProgram
  readonly after: JuliaProgram
  /** The case file. */
  readonly text: string
  /** It was run once more as a case, in a fresh process, and was as recorded. */
  readonly verified: boolean
  readonly expected: Expected
  readonly counts: Counts
  readonly slips: readonly Slip[]
  readonly tallies: Tallies
  /** No edit applies any more; false when it was ended before. */
  readonly minimal: boolean
  readonly neighbours: readonly Neighbour[]
  readonly passing: Neighbour | null
  readonly free: readonly Free[]
  /** How often the original failed in this way. */
  readonly rate: Rate
  /** Runs of an earlier process that this one went on from; null if there was none. */
  readonly resumed: number | null
}

export type Reducing =
  | { readonly kind: 'reduced'; readonly reduced: Reduced }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }

function refused(found: Diagnostic): Reducing {
  return { kind: 'refused', diagnostic: found }
}

async function rowsOf(file: CaseFile, options: ReduceOptions): Promise<Row[]> {
  const { engines, plant, wanted, jobs, seconds, megabytes, early } = options
  return runCases([file], { engines, bareOnAll: true, verbose: false, plant, jobs, seconds, megabytes, wanted, onRow: () => {}, early })
}

export async function reduceCase(file: CaseFile, options: ReduceOptions): Promise<Reducing> {
  const row = failingRow(await rowsOf(file, options))
  if (!row) return refused(diagnostic('compare', 'reduce.nothing-fails', { file: file.source.name }, null))
  const engine = row.engine as EngineName
  const { plant, megabytes, jobs, seconds } = options
  const isolated = changesLibrary(file.source.text)
  const first = new CandidateChild({ kind: 'candidates', engine, plant, isolated }, megabytes)
  const probe = (text: string, check: ValueCheck | null) => first.run(text, check, seconds)
  const starting = await startOf(row, engine === 'builtin' && plant === null, probe)
  const expected = row.outcome.kind === 'pass' ? '' : row.outcome.diagnostic.code
  if (starting.kind === 'lost') {
    first.close()
    return refused(diagnostic('compare', 'reduce.not-repeated', { expected, found: starting.found }, row.span))
  }
  const { start } = starting
  const { target, seconds: firstSeconds } = start
  const oracle = builtinOracle({ engine, plant, target, isolated, jobs, megabytes, seconds, firstSeconds, ownNames, first })
  try {
    const trust = await trusted(oracle, start, options.repeats)
    if (!('oracle' in trust)) return refused(trust)
    const reduced = await new Reduction(file, row, start, trust.oracle, options).run()
    return { kind: 'reduced', reduced: { ...reduced, rate: trust.rate } }
  } finally {
    oracle.close()
  }
}

/** A failure that is rarer than this takes too many runs. */
const LEAST_RATE = 0.1
/** Runs that measure how often a program fails, if it does not each time. */
const RUNS_OF_A_RATE = 20

/** The oracle to go on with, and how often the original fails; or why there is none: the original must fail, and an empty program must not. */
export async function trusted<O extends Oracle>(
  oracle: O,
  { program, target }: Pick<Start, 'program' | 'target'>,
  repeats: number,
): Promise<{ readonly oracle: O; readonly rate: Rate } | Diagnostic> {
  // It was seen to fail once already.
  const again = await rateOf(oracle, program.text, repeats - 1)
  const first = { ...again, failed: again.failed + 1, runs: repeats }
  const isSteady = first.failed === first.runs
  const rate = isSteady ? first : await rateOf(oracle, program.text, RUNS_OF_A_RATE)
  if (rate.failed < LEAST_RATE * rate.runs) {
    const found = rate.other?.kind === 'slip' ? rate.other.signature : (rate.other?.kind ?? 'pass')
    return diagnostic('compare', 'reduce.not-repeated', { expected: target.signature, found }, null)
  }
  const steady = isSteady ? oracle : { ...oracle, ...sequential(oracle, rate.failed / rate.runs) }
  const empty = await steady.test('')
  if (empty.kind === 'same') return diagnostic('compare', 'reduce.empty-fails', { signature: target.signature }, null)
  return { oracle: steady, rate }
}

/** The state is written anew after so many runs, if nothing was accepted since. */
const RUNS_BETWEEN_STATES = 25

class Reduction {
  readonly #file: CaseFile
  readonly #row: Row
  readonly #start: Start
  readonly #oracle: BuiltinOracle
  readonly #options: ReduceOptions
  readonly #key: string
  #edit = ''

  constructor(file: CaseFile, row: Row, start: Start, oracle: BuiltinOracle, options: ReduceOptions) {
    this.#file = file
    this.#row = row
    this.#start = start
    this.#oracle = oracle
    this.#options = options
    this.#key = stateKey(start.program.text, row.engine, options.plant ?? '', JSON.stringify(start.target))
  }

  async run(): Promise<Omit<Reduced, 'rate'>> {
    const { target, program: before, isFrozen } = this.#start
    const { output, plant } = this.#options
    const state = readState(output, this.#key)
    const problem = await this.#problem(state)
    const all = juliaEdits(this.#oracle.observe)
    const edits = isFrozen ? all.filter(edit => edit.id === 'slice' || edit.id.startsWith('drop-')) : all
    const tallies: Tallies = new Map()
    this.#options.onBest(this.#text(problem.best, []))
    const minimal = await reduceAll(problem, edits, tallies, {
      onEdit: id => {
        this.#edit = id
      },
    })
    const neighbours = minimal ? await neighboursOf(problem, edits) : []
    this.#edit = 'explain'
    const explained = minimal && !isFrozen ? await explain(problem, variationsOf(problem.best), neighbours) : { free: [], met: [] }
    const passing = nearestPassing(problem.best, [...neighbours, ...explained.met])
    this.#edit = 'verify'
    if (this.#oracle.foundOf(problem.best.text) === null) await this.#oracle.test(problem.best.text)
    const expected = this.#expected(problem.best)
    const verified = await verifiedText(this.#parts(problem.best, explained.free), this.#options, this.#oracle.signature)
    this.#options.onBest(verified.text)
    if (minimal) removeState(output)
    return {
      engine: this.#row.engine as EngineName,
      plant,
      check: this.#row.check,
      target,
      before,
      after: problem.best,
      text: verified.text,
      verified: verified.isVerified,
      expected,
      counts: problem.counts,
      slips: [...problem.slips.values()],
      tallies,
      minimal,
      neighbours,
      passing,
      free: explained.free,
      resumed: state?.runs ?? null,
    }
  }

  /** Goes on from what an earlier process left, if that still fails. */
  async #problem(state: State | null): Promise<Problem<JuliaProgram>> {
    const left = state ? (readJulia(state.program)?.program ?? null) : null
    const verdict = left ? await this.#oracle.test(left.text) : null
    const isGood = left !== null && verdict?.kind === 'same'
    const program = isGood ? left : this.#start.program
    const place = isGood ? (verdict as { at: Start['place'] }).at : this.#start.place
    const problem: Problem<JuliaProgram> = new Problem(program, place, {
      language: this.#start.isFrozen ? frozen(this.#start.program) : JULIA,
      oracle: this.#oracle,
      jobs: this.#options.jobs,
      stopped: this.#options.stopped,
      onBest: best => {
        this.#options.onBest(this.#text(best, []))
        this.#save(problem)
      },
      onRun: () => {
        if (problem.counts.runs % RUNS_BETWEEN_STATES === 0) this.#save(problem)
        this.#progress(problem)
      },
      ...(isGood && state ? { known: state.known } : {}),
    })
    return problem
  }

  #save({ best, counts, known }: Problem<JuliaProgram>): void {
    writeState(this.#options.output, this.#key, { program: best.text, runs: counts.runs, known })
  }

  #progress({ current, counts, slips }: Problem<JuliaProgram>): void {
    const { statements, text } = current.program
    this.#options.onProgress({ statements, characters: text.length, counts, slips: slips.size, edit: this.#edit })
  }

  #expected(program: JuliaProgram): Expected {
    const found = this.#oracle.foundOf(program.text)
    return found?.kind === 'wrong value' ? { value: found.expected, found: found.found } : { value: undefined, found: undefined }
  }

  #parts(program: JuliaProgram, free: readonly Free[]): Parameters<typeof resultText>[0] {
    const { target, program: before } = this.#start
    return { file: this.#file, row: this.#row, target, before, program, expected: this.#expected(program), free }
  }

  #text(program: JuliaProgram, free: readonly Free[]): string {
    return resultText(this.#parts(program, free), true)
  }
}

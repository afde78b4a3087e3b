/** Reduces a case: finds what fails, holds on to that failure, and keeps the smallest program that shows it on disk. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../diagnostics/report.ts'
import type { CaseFile } from '../case-file.ts'
import type { Waiting } from '../child.ts'
import type { EngineName } from '../engines/table.ts'
import { type Row, runCases } from '../runner.ts'
import { CandidateChild } from './candidates/child.ts'
import { builtinOracle } from './candidates/oracle.ts'
import type { Found, ValueCheck } from './candidates/protocol.ts'
import { caseText } from './case-text.ts'
import { changesLibrary } from './julia/changes-library.ts'
import { JULIA_EDITS } from './julia/edits/table.ts'
import { JULIA, type JuliaProgram, readJulia } from './julia/program.ts'
import type { Oracle } from './oracle.ts'
import { type Counts, Problem, type Slip } from './problem.ts'
import { reduceAll, type Tallies } from './schedule.ts'
import { failingRow, type Start, startOf } from './start.ts'

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
  readonly early: Waiting | null
  readonly onProgress: (progress: Progress) => void
  /** A case file that was seen failing: the smallest so far. */
  readonly onBest: (text: string) => void
}

export interface Reduced {
  readonly engine: EngineName
  readonly check: string
  readonly signature: string
  readonly before: JuliaProgram
  readonly after: JuliaProgram
  readonly text: string
  readonly counts: Counts
  readonly slips: readonly Slip[]
  readonly tallies: Tallies
  /** No edit applies any more; false when it was ended before. */
  readonly minimal: boolean
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
  const isolated = changesLibrary(file.source.text)
  const first = new CandidateChild({ kind: 'candidates', engine, plant: options.plant, isolated }, options.megabytes, null)
  const probe = (text: string, check: ValueCheck | null) => first.run(text, check, options.seconds)
  const starting = await startOf(row, engine === 'builtin' && options.plant === null, probe)
  first.close()
  const expected = row.outcome.kind === 'pass' ? '' : row.outcome.diagnostic.code
  if (starting.kind === 'lost') return refused(diagnostic('compare', 'reduce.not-repeated', { expected, found: starting.found }, row.span))
  const { start } = starting
  const oracle = builtinOracle({
    engine,
    plant: options.plant,
    target: start.target,
    isolated,
    jobs: options.jobs,
    megabytes: options.megabytes,
    seconds: options.seconds,
    firstSeconds: start.seconds,
    ownNames: text => readJulia(text)?.program.names.bound ?? new Set(),
    early: null,
  })
  try {
    const wrong = await doubts(oracle, start, options.repeats)
    if (wrong) return refused(wrong)
    return { kind: 'reduced', reduced: await reduceFrom(file, row, engine, start, oracle, options) }
  } finally {
    oracle.close()
  }
}

/** The original must fail in the same way each time, and an empty program must not. */
async function doubts(oracle: Oracle, { program, target }: Start, repeats: number): Promise<Diagnostic | null> {
  for (let i = 0; i < repeats; i++) {
    const verdict = await oracle.test(program.text)
    const found = verdict.kind === 'slip' ? verdict.signature : verdict.kind
    if (verdict.kind !== 'same') return diagnostic('compare', 'reduce.not-repeated', { expected: target.signature, found }, null)
  }
  const empty = await oracle.test('')
  return empty.kind === 'same' ? diagnostic('compare', 'reduce.empty-fails', { signature: target.signature }, null) : null
}

async function reduceFrom(
  file: CaseFile,
  row: Row,
  engine: EngineName,
  start: Start,
  oracle: Oracle,
  options: ReduceOptions,
): Promise<Reduced> {
  const tallies: Tallies = new Map()
  let edit = ''
  const text = (program: JuliaProgram) => textOf(file, row, engine, start, program)
  const problem: Problem<JuliaProgram> = new Problem(start.program, start.place, {
    language: JULIA,
    oracle,
    jobs: options.jobs,
    stopped: options.stopped,
    onBest: program => options.onBest(text(program)),
    onRun: () => progress(),
  })
  const progress = () => {
    const { program } = problem.current
    options.onProgress({
      statements: program.statements,
      characters: program.text.length,
      counts: problem.counts,
      slips: problem.slips.size,
      edit,
    })
  }
  options.onBest(text(start.program))
  const minimal = await reduceAll(problem, JULIA_EDITS, tallies, {
    onEdit: id => {
      edit = id
    },
  })
  const after = problem.best
  return {
    engine,
    check: row.check,
    signature: start.target.signature,
    before: start.program,
    after,
    text: text(after),
    counts: problem.counts,
    slips: [...problem.slips.values()],
    tallies,
    minimal,
  }
}

/** `fails CODE`, or `wrong PATTERN`. */
function expectation(signature: string, row: Row): string {
  const wrong = /^compare\/wrong-value:(.*)$/.exec(signature)
  if (wrong) return `wrong ${wrong[1]!.replace(/-/g, ' ')}`
  return row.outcome.kind === 'pass' ? 'pass' : `fails ${row.outcome.diagnostic.code}`
}

function textOf(file: CaseFile, row: Row, engine: EngineName, start: Start, program: JuliaProgram, found: Found | null = null): string {
  const last = program.tree.args.at(-1)
  const message = row.outcome.kind === 'pass' ? '' : row.outcome.diagnostic.message.split('\n')[0]!
  return caseText({
    title: file.checks ? file.title : message,
    upstream: file.upstream,
    tags: file.tags,
    notes: [`Reduced from ${start.program.statements} statements by adrepro.`],
    check:
      last === undefined
        ? null
        : {
            call: program.text.slice(last.span.start, last.span.end),
            engine,
            expectation: expectation(start.target.signature, row),
            value: found?.kind === 'wrong value' ? found.expected : undefined,
          },
    program: program.text,
  })
}

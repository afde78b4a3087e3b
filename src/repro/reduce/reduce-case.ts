/** Reduces a case: finds what fails, holds on to that failure, and keeps the smallest program that shows it on disk. */
import { availableParallelism } from 'node:os'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../diagnostics/report.ts'
import type { CaseFile } from '../case-file.ts'
import { EarlyChildren, noneEarly } from '../early-children.ts'
import { type EngineName, isEngine } from '../engines/table.ts'
import { PROGRAM, type Row, runCases } from '../runner.ts'
import { signature } from '../signature.ts'
import { CandidateChild } from './candidates/child.ts'
import { type BuiltinOptions, type BuiltinOracle, builtinOracle, isSure, type Target } from './candidates/oracle.ts'
import type { ValueCheck } from './candidates/protocol.ts'
import type { Rate } from './flaky.ts'
import { juliaEdits } from './julia/edits/table.ts'
import { frozen, JULIA, type JuliaProgram, ownNames } from './julia/program.ts'
import { variationsOf } from './julia/variations.ts'
import type { Free } from './neighbours.ts'
import type { Problem, Traced } from './problem.ts'
import { type Means, type Searched, searched } from './reduction.ts'
import { type Expected, type Result, resultText, verifiedText } from './result.ts'
import { failingRow, hiddenStart, type Start, startOf } from './start.ts'
import { trusted } from './trust.ts'

export interface ReduceOptions extends Means {
  readonly engines: readonly EngineName[] | null
  /** Id of a fault to plant in the engine. */
  readonly plant: string | null
  readonly wanted: (file: CaseFile, check: string) => boolean
  readonly seconds: number
  readonly megabytes: number
  readonly early: EarlyChildren
  /** A case file that was seen failing: the smallest so far. */
  readonly onBest: (text: string) => void
}

export interface Reduced extends Searched<JuliaProgram> {
  readonly engine: EngineName
  readonly plant: string | null
  readonly check: string
  readonly target: Target
  /** The case file. */
  readonly text: string
  /** It was run once more as a case, in a fresh process, and was as recorded. */
  readonly verified: boolean
  readonly expected: Expected
  /** What the reduced program says. */
  readonly message: string
  /** How often the original failed in this way. */
  readonly rate: Rate
}

export type Reducing =
  | { readonly kind: 'reduced'; readonly reduced: Reduced }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }

function refused(found: Diagnostic): Reducing {
  return { kind: 'refused', diagnostic: found }
}

async function rowsOf(file: CaseFile, options: ReduceOptions): Promise<Row[]> {
  const { engines, plant, wanted, seconds, megabytes, early } = options
  const jobs = availableParallelism()
  return runCases([file], { engines, bareOnAll: true, verbose: false, plant, jobs, seconds, megabytes, wanted, onRow: () => {}, early })
}

/** The first engine for which the case records something else than a pass. */
function recordedIn(file: CaseFile): EngineName | null {
  const known = (file.checks ?? []).flatMap(check => check.on).find(k => k.expectation.kind !== 'pass' && isEngine(k.engine))
  return known ? (known.engine as EngineName) : null
}

export async function reduceCase(file: CaseFile, options: ReduceOptions): Promise<Reducing> {
  const { plant, megabytes, seconds } = options
  const [asked] = options.engines ?? []
  const children: CandidateChild[] = []
  let started: EngineName | null = null
  const start = (engine: EngineName) => {
    if (started !== engine) for (const child of children.splice(0)) child.close()
    started = engine
    while (children.length < options.jobs) children.push(new CandidateChild({ kind: 'candidates', engine, plant }, megabytes))
    children[0]!.start()
  }
  const probe = (text: string, check: ValueCheck | null) => children[0]!.run(text, check, seconds)
  try {
    const likely = asked ?? recordedIn(file)
    if (likely) start(likely)
    const rows = await rowsOf(file, options)
    const failing = failingRow(rows)
    const engine = (failing?.engine ?? asked ?? 'builtin') as EngineName
    const isPlain = engine === 'builtin' && plant === null
    start(engine)
    const observer = isPlain ? children.at(-1)! : new CandidateChild({ kind: 'candidates', engine: 'builtin', plant: null }, megabytes)
    const hidden = failing ? null : await hiddenStart(rows, isPlain, probe)
    const row = failing ?? hidden?.row
    if (!row) return refused(diagnostic('compare', 'reduce.nothing-fails', { file: file.source.name }, null))
    const starting = hidden ? ({ kind: 'start', start: hidden.start } as const) : await startOf(row, isPlain, probe)
    const expected = row.outcome.kind === 'pass' ? '' : row.outcome.diagnostic.code
    if (starting.kind === 'lost')
      return refused(diagnostic('compare', 'reduce.not-repeated', { expected, found: starting.found }, row.span))
    return await begun(file, row, starting.start, { engine, plant, children, observer, seconds, ownNames }, options)
  } finally {
    for (const child of children) child.close()
  }
}

/** What all oracles of one reduction have in common. */
type Running = Pick<BuiltinOptions, 'engine' | 'plant' | 'children' | 'observer' | 'seconds' | 'ownNames'>

async function begun(file: CaseFile, row: Row, start: Start, running: Running, options: ReduceOptions): Promise<Reducing> {
  const oracles: BuiltinOracle[] = []
  const newOracle = (target: Target, isStrict: boolean) => {
    const oracle = builtinOracle({ ...running, target, isStrict, firstSeconds: start.seconds })
    oracles.push(oracle)
    return oracle
  }
  const first = newOracle(start.target, false)
  running.observer.start()
  // As the case that it is, and as the start of the search.
  const seen = signature(row.outcome) === start.target.signature ? 2 : 1
  const { text } = start.program
  const isWrong = /^compare\/wrong-value/.test(start.target.signature)
  const mayDiffer = isWrong && !start.isFrozen && !isSure(start.target.check, options.plant)
  try {
    const [trust, origin] = await Promise.all([trusted(first, text, { ...options, seen }), mayDiffer ? first.originOf(text) : null])
    if (!('steady' in trust)) return refused(trust)
    const target = { ...start.target, origin: origin?.what ?? null }
    const known = { ...start, target, place: start.place ?? origin?.at ?? null }
    const oracle = trust.steady(newOracle(target, false))
    const strict = target.origin === null ? null : trust.steady(newOracle(target, true))
    return { kind: 'reduced', reduced: { ...(await reduced(file, row, known, oracle, strict, options)), rate: trust.rate } }
  } finally {
    for (const oracle of oracles) oracle.close()
  }
}

async function reduced(
  file: CaseFile,
  row: Row,
  start: Start,
  oracle: BuiltinOracle,
  strict: BuiltinOracle | null,
  options: ReduceOptions,
): Promise<Omit<Reduced, 'rate'>> {
  const { program: original, isFrozen, place } = start
  const { plant } = options
  const all = juliaEdits(oracle.observe)
  let early = noneEarly()
  const resultOf = (program: JuliaProgram, free: readonly Free[]): Result => {
    const expected = expectedOf(oracle, program)
    return { file, row, target: shownBy(oracle, program, start.target), before: original, program, expected, free }
  }
  const found = await searched({
    language: isFrozen ? frozen(original) : JULIA,
    edits: isFrozen ? all.filter(edit => edit.id === 'slice' || edit.id.startsWith('drop-')) : all,
    oracle,
    original,
    place,
    about: [row.engine, plant ?? '', JSON.stringify(start.target)],
    means: options,
    onBest: program => options.onBest(resultText(resultOf(program, []), failsAtEnd(oracle, program, start) ?? row.check !== PROGRAM)),
    // The process that runs the result once more comes up while its neighbours run.
    onMinimal: () => {
      early = new EarlyChildren([{ engine: row.engine as EngineName, megabytes: options.megabytes }])
    },
    variations: program => (isFrozen ? [] : variationsOf(program)),
    doubt: strict && { strict, isSame: (problem, traced) => isOfOrigin(oracle, problem, traced, start) },
  })
  const { after, free } = found
  if (oracle.foundOf(after.text) === null) await oracle.test(after.text)
  const { target, expected } = resultOf(after, free)
  const shown = oracle.foundOf(after.text)
  const message = shown && 'message' in shown ? shown.message : ''
  const { text, isVerified } = await verifiedText(resultOf(after, free), { ...options, early }, target.signature)
  early.discardRest()
  options.onBest(text)
  return { ...found, engine: row.engine as EngineName, plant, check: row.check, target, text, verified: isVerified, expected, message }
}

/** Does its last statement fail, which is what the check of a case asks for? What fails before that is shown by the bare program. Null: not known. */
function failsAtEnd(oracle: BuiltinOracle, { text, tree }: JuliaProgram, { program, place }: Start): boolean | null {
  const found = oracle.foundOf(text)
  const at = found?.kind === 'failure' ? (found.top ?? found.at?.start) : text === program.text ? place?.start : undefined
  return at === undefined || at === null ? null : at >= (tree.args.at(-1)?.span.start ?? 0)
}

/** Is what makes the value wrong what it was in the original, at a place that comes from there? */
async function isOfOrigin(
  oracle: BuiltinOracle,
  problem: Problem<JuliaProgram>,
  traced: Traced<JuliaProgram>,
  { target }: Start,
): Promise<boolean> {
  if (traced.program === problem.original) return true
  const found = await oracle.originOf(traced.program.text)
  return found?.what === target.origin && problem.isAtPlace(traced, found?.at ?? null, traced.place)
}

/** What it showed; a value that was wrong in no plain way may have become one that is. */
function shownBy(oracle: BuiltinOracle, { text }: JuliaProgram, target: Target): Target {
  const found = oracle.foundOf(text)
  return found?.kind === 'wrong value' ? { ...target, signature: found.signature } : target
}

function expectedOf(oracle: BuiltinOracle, { text }: JuliaProgram): Expected {
  const found = oracle.foundOf(text)
  return found?.kind === 'wrong value'
    ? { value: found.expected, isExact: found.isExact, found: found.found, type: found.type }
    : { value: undefined, isExact: false, found: undefined, type: '' }
}

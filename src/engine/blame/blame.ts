/**
 * Looks for the one place in the engine, or in the rules of the program, that makes a call wrong: the pass that changes its value or fails, the
 * operation that makes NaN, the first operation whose derivative is wrong.
 */
import { InternalError } from '../../diagnostics/bug.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Source } from '../../diagnostics/source.ts'
import type { Watch } from '../3-ir/interpret.ts'
import type { Func, Transform } from '../3-ir/ir.ts'
import { printFunc } from '../3-ir/print.ts'
import { type FailedStep, stepText } from '../3-ir/step.ts'
import type { Pass } from '../5-passes/pass.ts'
import { loadProgram } from '../create-session.ts'
import { diagnosticOfError } from '../error-diagnostic.ts'
import { Evaluator } from '../evaluator.ts'
import { workingsUnder } from '../faults.ts'
import { Pipeline } from '../pipeline.ts'
import type { Plain, Profile, Value } from '../session.ts'
import { bisect, type PassRun } from './bisect.ts'
import { type Culprit, type Entry, Locator, quietly } from './locate.ts'
import { isFiniteValue, type NotFinite, originOf } from './not-finite.ts'
import { isUnit } from './unit.ts'
import { copyValues, floatsOf } from './values.ts'

export interface BlameOptions {
  readonly profile: Profile
  readonly fault: string | null
  /** Told what the search is at. */
  readonly onStep?: (what: string) => void
}

/** `PassRun` with its functions as text. */
export interface PassText {
  readonly pass: string
  readonly of: string
  readonly number: number
  readonly total: number
  readonly before: string
  readonly after: string | null
}

export type Blamed =
  /** As far as can be seen all is right: derivatives that were run, pieces of them that were audited. */
  | { readonly kind: 'nothing'; readonly value: string; readonly derivatives: number; readonly audited: number }
  | { readonly kind: 'operation'; readonly culprit: Culprit }
  | { readonly kind: 'not-finite'; readonly value: string; readonly found: NotFinite }
  /** `without`: what comes out without passes; null when the call failed. */
  | { readonly kind: 'pass'; readonly run: PassText; readonly found: string; readonly without: string | null }
  /** Without any pass it is the same: a transform or the emitter. `number`: which of the transforms of the program it is; null for the emitter. */
  | {
      readonly kind: 'step'
      readonly step: string
      readonly of: string
      readonly number: number | null
      readonly found: string
      readonly ir: string
    }
  /** The call fails, and not by a mistake of the engine. */
  | { readonly kind: 'failure'; readonly diagnostic: Diagnostic }

type Ran =
  | { readonly kind: 'value'; readonly value: Value }
  | {
      readonly kind: 'failure'
      readonly diagnostic: Diagnostic
      /** What an invariant says that does not hold; the message of anything else. */
      readonly why: string
      readonly step: FailedStep | null
      /** Transforms that had been made. */
      readonly made: number
    }

export function blame(program: Source, call: Source, options: BlameOptions): Blamed {
  return new Blame(program, call, options).run()
}

class Blame {
  readonly #program: Source
  readonly #call: Source
  readonly #options: BlameOptions
  /** The last one that passes were tried in. */
  #tried: Pipeline | null = null

  constructor(program: Source, call: Source, options: BlameOptions) {
    this.#program = program
    this.#call = call
    this.#options = options
  }

  #at(what: string): void {
    this.#options.onStep?.(what)
  }

  run(): Blamed {
    this.#at('running the call')
    const found = this.#evaluate(this.#pipeline())
    if (found.kind === 'failure' && found.diagnostic.blame === 'internal') return this.#failing(found)
    this.#at('running the call without passes')
    const judge = this.#pipeline({ judge: 'plain' })
    const plain = this.#evaluate(judge)
    if (plain.kind === 'failure' && plain.diagnostic.blame === 'internal') return this.#failing(plain)
    if (!sameRun(found, plain)) return this.#differing(found, plain)
    if (found.kind === 'failure') return found
    if (!isFiniteValue(found.value.plain)) {
      this.#at('looking for what is not finite')
      const origin = originOf(found.value.plain, watch => this.#watching(judge, watch))
      // A wrong rule may be why.
      const audited = origin?.origin.isDerivative ? this.#audit(judge, found) : null
      if (audited?.kind === 'operation') return audited
      if (origin) return { kind: 'not-finite', value: found.value.shown, found: origin }
    }
    return this.#audit(judge, found)
  }

  // ── Runs ──

  /** `judge`: interpreted, with functions differentiated as they stand, or after the passes. */
  #pipeline({ judge, passes }: { readonly judge?: 'plain' | 'prepared'; readonly passes?: readonly Pass[] } = {}): Pipeline {
    const workings = workingsUnder(this.#options.fault)
    const { profile } = this.#options
    return new Pipeline({
      profile,
      write: () => undefined,
      recordTest: () => undefined,
      verify: false,
      interpret: judge === 'prepared' ? 'prepared' : judge === 'plain',
      // A piece is taken from what has been through the passes, and none may change it once more.
      isPrepared: isUnit,
      workings: passes ? { ...workings, passes } : workings,
    })
  }

  #evaluate(pipeline: Pipeline, isLoaded = false): Ran {
    try {
      if (!isLoaded) loadProgram(pipeline, this.#program)
      return { kind: 'value', value: new Evaluator(pipeline).evaluate(this.#call) }
    } catch (error) {
      const step = error instanceof InternalError ? (error.step as FailedStep | null) : null
      const diagnostic = diagnosticOfError(pipeline, error)
      const why = error instanceof InternalError ? error.message : diagnostic.message
      const made = [...pipeline.ir.funcs.values()].filter(func => func.made !== null).length
      return { kind: 'failure', diagnostic, why, step, made }
    }
  }

  #trying(passes: readonly Pass[]): Ran {
    this.#at('halving the passes that run')
    this.#tried = this.#pipeline({ passes })
    return this.#evaluate(this.#tried)
  }

  #watching(pipeline: Pipeline, watch: Watch): Plain | null {
    pipeline.watch = watch
    const ran = this.#evaluate(pipeline, true)
    pipeline.watch = null
    return ran.kind === 'value' ? ran.value.plain : null
  }

  // ── Passes ──

  #failing(found: Extract<Ran, { kind: 'failure' }>): Blamed {
    const { why } = found
    const isBad = (passes: readonly Pass[]): boolean => {
      const ran = this.#trying(passes)
      return ran.kind === 'failure' && ran.why === why
    }
    const run = bisect(workingsUnder(this.#options.fault).passes, isBad)
    const { step } = found
    if (run && (run.after === null || (!step && this.#comparison(run) === 'other')))
      return { kind: 'pass', run: textOf(run), found: why, without: null }
    // What a pass made may be what another step fails on: then it is that step that fails.
    if (step) {
      const number = step.step.kind === 'transform' ? found.made + 1 : null
      return { kind: 'step', step: stepText(step.step), of: step.label, number, found: why, ir: step.ir }
    }
    // The derivative itself fails when it runs.
    return this.#auditBoth(found) ?? (run ? { kind: 'pass', run: textOf(run), found: why, without: null } : found)
  }

  /** With passes and emitted code the call gives something else than without. */
  #differing(found: Ran, plain: Ran): Blamed {
    const isBad = (passes: readonly Pass[]): boolean => !sameRun(this.#trying(passes), plain)
    const run = bisect(workingsUnder(this.#options.fault).passes, isBad)
    // A pass that keeps the values only brings to light what a transform does wrong.
    const audited = !run || this.#comparison(run) !== 'other' ? this.#auditBoth(found) : null
    if (audited) return audited
    if (run) return { kind: 'pass', run: textOf(run), found: shown(found), without: shown(plain) }
    return {
      kind: 'step',
      step: stepText({ kind: 'emit' }),
      of: this.#call.text,
      number: null,
      found: `${shown(found)}, interpreted ${shown(plain)}`,
      ir: '',
    }
  }

  /** What the function gives before and after the pass, with the arguments that it is called with; unknown if it is not called. */
  #comparison({ before, after }: PassRun): 'same' | 'other' | 'unknown' {
    // The functions name what their own module has: types, callees.
    const pipeline = this.#tried!
    const calls: (readonly unknown[])[] = []
    const types = before.body.params.map(param => param.type)
    if (types.includes('tape')) return 'unknown'
    pipeline.watch = {
      enter: (f, args) => {
        if (isOf(f, before.name, pipeline) && calls.length < CALLS) calls.push(copyValues(types, args.slice(0, types.length), pipeline.ir))
      },
    }
    pipeline.interprets = true
    this.#evaluate(pipeline, true)
    pipeline.watch = null
    if (calls.length === 0 || after === null) return 'unknown'
    const isSame = calls.every(args => {
      const [one, two] = [before, after].map(func => {
        pipeline.ir.funcs.set(COMPARED, { ...func, name: COMPARED })
        return effectsOfCall(pipeline, func, copyValues(types, args, pipeline.ir))
      })
      return one !== null && two !== null && agree(one!, two!)
    })
    return isSame ? 'same' : 'other'
  }

  // ── The audit ──

  #auditBoth(found: Ran): Blamed | null {
    for (const judge of ['plain', 'prepared'] as const) {
      const pipeline = this.#pipeline({ judge })
      this.#evaluate(pipeline)
      const audited = this.#audit(pipeline, found)
      if (audited.kind === 'operation') return audited
    }
    return null
  }

  #audit(pipeline: Pipeline, found: Ran): Blamed {
    const entries = entriesOf(pipeline, () => {
      this.#evaluate(pipeline, true)
    })
    let audited = 0
    for (const [i, entry] of entries.entries()) {
      this.#at(`auditing run ${i + 1} of ${entries.length} of derivatives, ${entry.derived.label}`)
      const locator = new Locator(pipeline, entry)
      const culprit = locator.locate()
      audited += locator.audited
      if (culprit) return { kind: 'operation', culprit }
    }
    // Derivatives of derivatives depend on the rules near the values of the run, too.
    for (const entry of entries) {
      const culprit = new Locator(pipeline, entry).nearby()
      if (culprit) return { kind: 'operation', culprit }
    }
    return { kind: 'nothing', value: shown(found), derivatives: entries.length, audited }
  }
}

/** Is it the function of this name, or made of it by transforms whose first parameters are those of the function? */
function isOf(f: Func, name: string, { ir }: Pipeline): boolean {
  if (f.name === name) return true
  for (let { made } = f; made && made.mode !== 'reverse'; made = ir.derived.get(made.of) ?? null) if (made.of === name) return true
  return false
}

/** Calls of a function with which a pass is tried. */
const CALLS = 3
const COMPARED = 'unit compared'

/** The floats of the results and of the memory that the arguments lead to; null when the call fails. */
function effectsOfCall(pipeline: Pipeline, func: Func, args: unknown[]): number[] | null {
  try {
    const results = pipeline.interpret(COMPARED, args)
    const types = [...func.body.params.map(param => param.type), ...func.results]
    const all = [...args, ...results]
    const numbers = results.filter(result => typeof result === 'number' || typeof result === 'boolean').map(Number)
    return [...numbers, ...floatsOf(types, all, all, () => true, pipeline.ir).primal.map(slot => slot.get())]
  } catch {
    return null
  }
}

/** Runs of one derivative that are audited before those of others, and all that are. */
const RUNS = 2
const MOST_RUNS = 16

/** The derivatives that are entered while `run` runs; those that are entered while the differentiated function itself runs come first. */
function entriesOf(pipeline: Pipeline, run: () => void): Entry[] {
  const entries: Entry[] = []
  const later: Entry[] = []
  const counts = new Map<string, number>()
  let depth = 0
  const isEntrance = (f: Func): f is Func & { made: Transform } => f.made !== null && f.made.mode !== 'reverse' && f.made.mode !== 'caught'
  const outer = pipeline.watch
  pipeline.watch = {
    enter: (f, args) => {
      if (f.made === null) return
      depth += 1
      const count = counts.get(f.name) ?? 0
      if (depth > 1 || !isEntrance(f) || count >= MOST_RUNS) return
      counts.set(f.name, count + 1)
      const { params } = pipeline.deriver.prepared(f.made.of).body
      const types = params.map(param => param.type)
      const entry = { derived: f, transform: f.made, args: copyValues(types, args.slice(0, params.length), pipeline.ir) }
      ;(count < RUNS ? entries : later).push(entry)
    },
    leave: f => {
      if (f.made !== null) depth -= 1
    },
  }
  try {
    run()
  } finally {
    pipeline.watch = outer
  }
  return [...entries, ...later].flatMap(entry => [...innerEntries(pipeline, entry), entry])
}

function innerEntries(pipeline: Pipeline, { transform, args }: Entry): Entry[] {
  const func = pipeline.deriver.prepared(transform.of)
  const types = func.body.params.map(param => param.type)
  return entriesOf(pipeline, () => {
    quietly(() => pipeline.interpret(transform.of, copyValues(types, args, pipeline.ir)))
  })
}

function shown(ran: Ran): string {
  return ran.kind === 'value' ? ran.value.shown : ran.diagnostic.message
}

function sameRun(a: Ran, b: Ran): boolean {
  if (a.kind === 'failure' || b.kind === 'failure') return a.kind === b.kind && shown(a) === shown(b)
  return agree(a.value.plain, b.value.plain)
}

/** Passes and transforms order sums differently, so the last digits may differ. */
const ROUNDING = 1e-8

function agree(a: Plain, b: Plain): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Object.is(a, b) || a === b || Math.abs(a - b) <= ROUNDING * Math.max(1e-300, Math.abs(a), Math.abs(b)) || Math.abs(a - b) < 1e-12
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b
  const [left, right] = [Object.values(a), Object.values(b)]
  return left.length === right.length && left.every((item, i) => agree(item, right[i]!))
}

function textOf({ before, after, ...run }: PassRun): PassText {
  return { ...run, before: printFunc(before), after: after && printFunc(after) }
}

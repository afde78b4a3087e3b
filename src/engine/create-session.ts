/** A session over one pipeline: everything that can go wrong in a program comes back as a diagnostic. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Source } from '../diagnostics/source.ts'
import { parseExpression, parseProgram } from './1-syntax/parse.ts'
import { sexpr } from './1-syntax/sexpr.ts'
import { desugarExpression, desugarStatements } from './2-types/desugar/program.ts'
import { showFrom } from './2-types/specialise/home.ts'
import { releasingLocations } from './3-ir/loc.ts'
import { withDeepStacks } from './6-emit/errors.ts'
import { newTapeMeter } from './6-emit/tape-meter.ts'
import { advised } from './advice.ts'
import { closeBaseFiles, exportsOf } from './base-cache.ts'
import { releasePrograms } from './base-library.ts'
import { diagnosticOfError } from './error-diagnostic.ts'
import { Evaluator } from './evaluator.ts'
import { recordingWorkings, workingsUnder } from './faults.ts'
import { noticesDuals, noticesTracked } from './notices-duals.ts'
import { Pipeline } from './pipeline.ts'
import { runToItsEnd } from './script-end.ts'
import type { Evaluated, Session, SessionOptions, Stage, TestRecord, TestStatus } from './session.ts'
import { stageText } from './stage-text.ts'

export function createSession(options: SessionOptions): Session {
  const tests: TestRecord[] = []
  const warnings: Diagnostic[] = []
  const testsets: string[] = []
  let file = ''

  const recordTest = (status: string, expression: string, message: string, line: number): void => {
    if (status === 'enter') testsets.push(expression)
    else if (status === 'leave') testsets.pop()
    else tests.push({ name: [...testsets, expression].join(' / '), status: status as TestStatus, file, line, message })
  }

  const names = (): string[] => {
    const shown = world.main.usings.flatMap(used => [...(used === world.base ? used.bindings.keys() : used.exports)])
    return [...world.main.bindings.keys(), ...shown].filter(name => !name.startsWith('__'))
  }
  let write = options.warmUp ? () => {} : options.write
  const meter = options.measureTapes ? newTapeMeter(options.onMemory) : null
  const pipeline = new Pipeline({
    profile: options.profile,
    without: options.without ?? [],
    warn: found => warnings.push(advised(found, names, exportsOf)),
    write: text => write(text),
    interpret: options.interpret ?? false,
    verify: options.verbose,
    workings: options.touched ? recordingWorkings(options.touched) : workingsUnder(options.fault ?? null),
    recordTest,
    tapes: meter?.Tape,
    onMemory: options.onMemory,
  })
  // What is known of a fault in the optimiser is what it does to all functions.
  const optimisesAtOnce = options.touched !== undefined || (options.fault ?? null) !== null
  pipeline.optimisesAtOnce = optimisesAtOnce
  const { world } = pipeline.specialiser

  /** Runs `work`; whatever it throws becomes a diagnostic. */
  const guarded = <T>(work: () => T): { value: T } | { failure: Diagnostic } => {
    showFrom(world.main)
    try {
      return { value: withDeepStacks(work) }
    } catch (error) {
      return { failure: advised(diagnosticOfError(pipeline, error), names, exportsOf) }
    }
  }

  const evaluator = new Evaluator(pipeline)

  if (options.warmUp) {
    const { warmUp } = options
    releasingLocations(() => {
      const program = world.newProgram('WarmUp')
      pipeline.optimisesAtOnce = true
      pipeline.load(warmUp, program)
      pipeline.optimisesAtOnce = optimisesAtOnce
      pipeline.letGo(program)
    })
    releasePrograms()
    tests.length = 0
    warnings.length = 0
    write = options.write
    world.settle()
    closeBaseFiles()
  }

  return {
    load(source: Source) {
      file = source.name
      evaluator.forget()
      const done = guarded(() => runToItsEnd(source, part => loadProgram(pipeline, part)))
      return { failure: 'failure' in done ? done.failure : null }
    },
    tests: () => tests,
    restart() {
      tests.length = 0
      warnings.length = 0
      testsets.length = 0
      evaluator.forget()
      useDuals(pipeline, false)
      useTracked(pipeline, false)
      world.restart()
      pipeline.runtime.random.restart()
    },
    leavesNoTrace: () => pipeline.isLibraryUnchanged,
    writeTo(other) {
      write = other
    },
    warnings: () => warnings,
    beBrief() {
      pipeline.attaches = false
    },
    switchOff: ids => pipeline.switchOff(ids),
    tapeBytes: () => meter?.bytes() ?? 0,
    evaluate(expression: Source): Evaluated {
      const done = guarded(() => evaluator.evaluate(expression))
      return 'failure' in done ? { kind: 'failure', diagnostic: done.failure } : { kind: 'value', value: done.value }
    },
    show(expression: Source, stage: Stage, pass: string | null) {
      const done = guarded(() => {
        const node = parseExpression(expression)
        return stage === 'ast' && pass === null ? sexpr(node) : stageText(pipeline, desugarExpression(node), stage, pass)
      })
      return 'failure' in done ? { failure: done.failure } : { text: done.value }
    },
  }
}

export function loadProgram(pipeline: Pipeline, source: Source): void {
  const program = parseProgram(source)
  if (noticesDuals(program)) useDuals(pipeline, true)
  if (noticesTracked(program)) useTracked(pipeline, true)
  pipeline.statements.run(desugarStatements(program, { moduleName: 'Main', macros: pipeline.code.macros }), pipeline.specialiser.world.main)
}

/** From now on ForwardDiff's functions hand dual numbers to what they differentiate, or do not. */
function useDuals(pipeline: Pipeline, used: boolean): void {
  if (pipeline.usesDuals === used) return
  pipeline.usesDuals = used
  const text = `import ForwardDiff\nForwardDiff.names_duals() = ${used}\n`
  pipeline.load({ name: 'duals', text }, pipeline.specialiser.world.newProgram('Duals'))
}

/** The same for ReverseDiff and what it tracks. */
function useTracked(pipeline: Pipeline, used: boolean): void {
  if (pipeline.usesTracked === used) return
  pipeline.usesTracked = used
  const text = `import ReverseDiff\nReverseDiff.names_tracked() = ${used}\n`
  pipeline.load({ name: 'tracked', text }, pipeline.specialiser.world.newProgram('Tracked'))
}

export function parseSexpr(source: Source): string {
  return sexpr(parseProgram(source))
}

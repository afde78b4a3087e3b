/** A session over one pipeline: everything that can go wrong in a program comes back as a diagnostic. */
import { InternalError } from '../diagnostics/bug.ts'
import { type Attachment, type Diagnostic, Failure } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { Source, Span } from '../diagnostics/source.ts'
import type { Frame } from '../diagnostics/stack.ts'
import { parseExpression, parseProgram } from './1-syntax/parse.ts'
import { sexpr } from './1-syntax/sexpr.ts'
import { desugarExpression, desugarStatements } from './2-types/desugar/program.ts'
import { typeText } from './2-types/type-text.ts'
import { releasingLocations } from './3-ir/loc.ts'
import type { Boxed } from './3-ir/memory.ts'
import { type FailedStep, stepAttachment } from './3-ir/step.ts'
import { framesOfError, withDeepStacks } from './6-emit/errors.ts'
import { ProgramEnd } from './6-emit/program-end.ts'
import { errorText } from './6-emit/show/show.ts'
import { newTapeMeter } from './6-emit/tape-meter.ts'
import { advised } from './advice.ts'
import { closeBaseFiles, exportsOf } from './base-cache.ts'
import { releasePrograms } from './base-library.ts'
import { Evaluator } from './evaluator.ts'
import { recordingWorkings, workingsUnder } from './faults.ts'
import { namesDuals } from './names-duals.ts'
import { Pipeline } from './pipeline.ts'
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
  const { world } = pipeline.specialiser

  /** Runs `work`; whatever it throws becomes a diagnostic. */
  const guarded = <T>(work: () => T): { value: T } | { failure: Diagnostic } => {
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
      pipeline.load(warmUp, world.newProgram('WarmUp'))
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
      const done = guarded(() => {
        try {
          loadProgram(pipeline, source)
        } catch (error) {
          if (!(error instanceof ProgramEnd && error.code === 0)) throw error
        }
      })
      return { failure: 'failure' in done ? done.failure : null }
    },
    tests: () => tests,
    restart() {
      tests.length = 0
      warnings.length = 0
      testsets.length = 0
      evaluator.forget()
      pipeline.code.macros.defined.clear()
      useDuals(pipeline, false)
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
  if (namesDuals(program)) useDuals(pipeline, true)
  pipeline.run(desugarStatements(program, { moduleName: 'Main', macros: pipeline.code.macros }), pipeline.specialiser.world.main)
}

/** From now on ForwardDiff's functions hand dual numbers to what they differentiate, or do not. */
function useDuals(pipeline: Pipeline, used: boolean): void {
  if (pipeline.usesDuals === used) return
  pipeline.usesDuals = used
  const text = `import ForwardDiff\nForwardDiff.names_duals() = ${used}\n`
  pipeline.load({ name: 'duals', text }, pipeline.specialiser.world.newProgram('Duals'))
}

export function parseSexpr(source: Source): string {
  return sexpr(parseProgram(source))
}

/** The first frame of the program itself; Base's if there is none. */
function primarySpan(frames: readonly Frame[]): Span | null {
  return (frames.find(f => f.origin === 'user' && f.span) ?? frames.find(f => f.span))?.span ?? null
}

export function diagnosticOfError(pipeline: Pipeline, error: unknown): Diagnostic {
  // What was only made to pass a call on stands nowhere.
  const frames = framesOfError(error).filter(f => f.span?.source.text !== '')
  if (error instanceof Failure) {
    const { diagnostic: d } = error
    // What is found when the program runs has its place from there.
    const span = d.primary ? null : primarySpan(frames)
    return inProgram({ ...d, primary: d.primary ?? (span && { span, text: '' }), stack: [...d.stack, ...frames] })
  }
  if (error instanceof ProgramEnd) return diagnostic('run', 'run.exit', { code: error.code }, primarySpan(frames), { stack: frames })
  const exception = error instanceof InternalError ? null : pipeline.runtime.exceptionOf(error)
  if (exception) return exceptionDiagnostic(pipeline, exception, frames)
  const why = error instanceof Error ? error.message : String(error)
  const attachments = error instanceof InternalError ? [...error.attachments] : []
  if (error instanceof Error && error.stack) attachments.push({ title: 'JavaScript stack', text: error.stack })
  if (error instanceof InternalError && error.step !== null) attachments.push(stepAttachment(error.step as FailedStep))
  return diagnostic('verify', 'internal.bug', { stage: 'the engine', why }, primarySpan(frames), { stack: frames, attachments })
}

/** Said of code of Base, a failure is shown at the program's call of that, with the place in Base beside it. */
function inProgram(d: Diagnostic): Diagnostic {
  const { primary, stack } = d
  if (!primary || !stack.some(frame => frame.origin === 'base' && frame.span?.source === primary.span.source)) return d
  const span = stack.find(frame => frame.origin === 'user' && frame.span)?.span
  return span
    ? { ...d, primary: { span, text: primary.text }, secondary: [...d.secondary, { span: primary.span, text: 'in this call' }] }
    : d
}

/** An exception of the program that nobody caught. */
function exceptionDiagnostic(pipeline: Pipeline, exception: Boxed, frames: readonly Frame[]): Diagnostic {
  const type = pipeline.typeOf(exception)
  const name = type.kind === 'data' ? type.name.name : typeText(type)
  if (name === '__OutsideSubset')
    return diagnostic('run', 'subset.no-syntax', { what: exception.v[0] as string }, primarySpan(frames), { stack: frames })
  const message = errorText(exception, pipeline.host)
  const misuse = pipeline.misuse.behind(exception)
  const details = { stack: frames, exception: name, attachments: workings(pipeline, frames) }
  if (misuse)
    return diagnostic('run', misuse.code, { found: misuse.found }, primarySpan(frames), { ...details, notes: [`thrown: ${message}`] })
  return diagnostic('run', 'run.exception', { exception: name, message }, primarySpan(frames), details)
}

/** What made the innermost function under a transform, if one was being run: IR, activity and tape of each level. */
function workings(pipeline: Pipeline, frames: readonly Frame[]): readonly Attachment[] {
  if (!pipeline.attaches) return []
  for (const { label, made } of frames) {
    const found = made.length > 0 ? pipeline.deriver.workingsAt(label, made) : []
    if (found.length > 0) return found
  }
  return []
}

/** What a session says of whatever was thrown while it ran something. */
import { InternalError } from '../diagnostics/bug.ts'
import { type Attachment, type Diagnostic, Failure } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { Span } from '../diagnostics/source.ts'
import type { Frame } from '../diagnostics/stack.ts'
import { typeText } from './2-types/type-text.ts'
import type { Boxed } from './3-ir/memory.ts'
import { type FailedStep, stepAttachment } from './3-ir/step.ts'
import { framesOfError } from './6-emit/errors.ts'
import { ProgramEnd } from './6-emit/program-end.ts'
import { errorText } from './6-emit/show/show.ts'
import type { Pipeline } from './pipeline.ts'

/** A failure of the program, one of its exceptions that nobody caught, or a mistake of the engine. */
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

/** The first frame of the program itself; Base's if there is none. */
function primarySpan(frames: readonly Frame[]): Span | null {
  return (frames.find(f => f.origin === 'user' && f.span) ?? frames.find(f => f.span))?.span ?? null
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
  if (name === '__IntegerRange')
    return diagnostic('run', 'subset.int-range', { text: exception.v[0] as string }, primarySpan(frames), { stack: frames })
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

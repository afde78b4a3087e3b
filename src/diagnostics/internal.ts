/** Turns what was thrown by mistake into a diagnostic: the one way in which our own bugs reach the user. */
import { InternalError } from './bug.ts'
import { type Diagnostic, Failure } from './diagnostic.ts'
import { diagnostic } from './report.ts'

/** `stage` says what was being done: `the run of cases`, `the report`. */
export function thrownDiagnostic(error: unknown, stage: string): Diagnostic {
  if (error instanceof Failure) return error.diagnostic
  const why = error instanceof Error ? error.message : String(error)
  const attachments = error instanceof InternalError ? [...error.attachments] : []
  if (error instanceof Error && error.stack) attachments.push({ title: 'JavaScript stack', text: error.stack })
  return diagnostic('run', 'internal.bug', { stage, why }, null, { attachments })
}

/** Our own mistakes. Only these throw across stages; everything else is a value. */

/** The title of the attachment that holds a failed step of the compiler (`3-ir/step.ts`). */
export const STEP_TITLE = 'IR before the step that failed'

/** Thrown when the engine finds itself wrong; caught once, at the edge, and shown as an internal failure. */
export class InternalError extends Error {
  override readonly name = 'InternalError'
  /** Texts that help whoever mends it: the IR before the failing stage, the pass, … */
  readonly attachments: { title: string; text: string }[] = []
  /** The step of the compiler that failed, as whoever can run it again wants it. */
  step: unknown = null
}

export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InternalError(message)
}

export function unreachable(value: never, what = 'value'): never {
  throw new InternalError(`unreachable ${what}: ${JSON.stringify(value)}`)
}

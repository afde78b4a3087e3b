/** From a JavaScript error to the frames of the program: each line of its stack that is of a compiled unit is a place, and a place is one frame or, after inlining, several. */
import type { Frame } from '../../diagnostics/stack.ts'
import { framesOf } from '../3-ir/loc.ts'
import { Trap } from '../3-ir/memory.ts'
import { placeOf, UNIT_PREFIX } from './units.ts'

/** Frames that are kept of a deep recursion; V8 keeps ten unless told otherwise. */
const STACK_FRAMES = 60

/** Runs `run` with stack traces that are long enough; the setting is the process's, so it is put back. */
export function withDeepStacks<T>(run: () => T): T {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = STACK_FRAMES
  try {
    return run()
  } finally {
    Error.stackTraceLimit = before
  }
}

const LINE = new RegExp(`\\b${UNIT_PREFIX}(\\d+):(\\d+):\\d+`)

/** Innermost first. Frames of the engine's own JavaScript are left out; what the interpreter has noted is taken as it is. */
export function framesOfError(error: unknown): Frame[] {
  if (error instanceof Trap && error.locs.length > 0) return error.locs.flatMap(framesOf)
  if (!(error instanceof Error) || !error.stack) return []
  const frames: Frame[] = []
  for (const text of error.stack.split('\n')) {
    const found = /^\s+at /.test(text) ? LINE.exec(text) : null
    const place = found && placeOf(Number(found[1]), Number(found[2]))
    if (place) frames.push(...framesOf(place))
  }
  return frames
}

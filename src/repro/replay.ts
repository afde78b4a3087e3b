/** Runs what a crash reproducer holds again: the step that failed from its IR alone, or the program when no step of the compiler had failed. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { Failure } from '../diagnostics/diagnostic.ts'
import type { Source } from '../diagnostics/source.ts'
import { createSession, replayStep } from '../engine/index.ts'
import { REPLAY_MARK, type ReplayHeader } from './crash-reproducer.ts'
import { isEngine, profileOf } from './engines/table.ts'
import { diagnosticSignature } from './signature.ts'

export type Replay =
  /** The file is no reproducer, or not one that this version can read. */
  | { readonly kind: 'unreadable'; readonly why: string }
  /** Its IR cannot be read. */
  | { readonly kind: 'damaged'; readonly diagnostic: Diagnostic }
  | {
      readonly kind: 'same' | 'other' | 'none'
      readonly header: ReplayHeader
      /** `the pass fold, on f(x::Float64)`; `the program` when there was no step. */
      readonly what: string
      /** What it failed with now. */
      readonly found: string | null
    }

function blockOf({ text }: Source): { readonly header: ReplayHeader; readonly step: string } | null {
  const start = text.lastIndexOf(`${REPLAY_MARK}\n`)
  const end = text.indexOf('\n=#', start)
  if (start < 0 || end < 0) return null
  const [json, ...lines] = text.slice(start + REPLAY_MARK.length + 1, end).split('\n')
  try {
    return { header: JSON.parse(json!) as ReplayHeader, step: lines.join('\n') }
  } catch {
    return null
  }
}

export function replay(source: Source): Replay {
  const block = blockOf(source)
  if (!block)
    return { kind: 'unreadable', why: 'it holds nothing to replay; `adrepro run` and `adrepro exec` write such files to .adrepro/' }
  const { header, step } = block
  if (!isEngine(header.engine)) return { kind: 'unreadable', why: `there is no engine ${header.engine}` }
  const profile = profileOf(header.engine)
  try {
    const replayed = step === '' ? null : replayStep(step, profile, header.plant)
    if (!replayed) return replayProgram(source, header)
    const { message } = replayed
    const kind = message === null ? 'none' : header.message.includes(message) ? 'same' : 'other'
    return { kind, header, what: `${replayed.step}, on ${replayed.label}`, found: message }
  } catch (error) {
    if (error instanceof Failure) return { kind: 'damaged', diagnostic: error.diagnostic }
    throw error
  }
}

/** The file is the program too, so it is run as it stands. */
function replayProgram(source: Source, header: ReplayHeader): Replay {
  const profile = isEngine(header.engine) ? profileOf(header.engine) : 'none'
  const session = createSession({ profile, write: () => undefined, verbose: false, fault: header.plant })
  const found: Diagnostic | null = session.load(source).failure
  const kind = found === null ? 'none' : diagnosticSignature(found) === header.signature ? 'same' : 'other'
  return { kind, header, what: 'the program', found: found?.message ?? null }
}

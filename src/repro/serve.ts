/** The process in which one program runs is told one task, prints what the program prints, and says what it found. */
import { closeSync, writeSync } from 'node:fs'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { thrownDiagnostic } from '../diagnostics/internal.ts'
import { createSession, type Session } from '../engine/index.ts'
import type { BlameWork } from './blame/protocol.ts'
import { type EngineName, profileOf } from './engines/table.ts'
import { judge } from './judge.ts'
import type { MutantWork } from './mutate/protocol.ts'
import { optimiseAfter } from './optimiser.ts'
import { failed, type Outcome } from './outcome.ts'
import type { Message, Task } from './protocol.ts'
import type { CandidateWork } from './reduce/candidates/protocol.ts'
import { serveCandidates } from './reduce/candidates/server.ts'
import { tellLast } from './tell-last.ts'

/** Most processes end before an optimised engine has repaid its optimiser, while the loops of a program come to this in milliseconds. */
const OPTIMISES_AFTER = 8

/** Standard output of this process is a pipe to the one that started it: blocking, so a reader that is slow slows the program. */
export function write(text: string): void {
  const bytes = Buffer.from(text)
  let at = 0
  while (at < bytes.length) {
    try {
      at += writeSync(1, bytes, at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') process.exit(1)
    }
  }
}

function tell(message: Message): void {
  process.send!(message)
}

function guarded<T>(stage: string, run: () => T, otherwise: (d: Diagnostic) => T): T {
  try {
    return run()
  } catch (error) {
    return otherwise(thrownDiagnostic(error, stage))
  }
}

/** A session that was made before the task was known. */
export interface Prepared {
  readonly engine: EngineName
  readonly session: Session
}

/** Gives the session if it is as good as new. */
function work(task: Task, prepared: Prepared | null): Session | null {
  const profile = profileOf(task.engine)
  const without = task.without ?? []
  const newSession = (print: (text: string) => void): Session =>
    createSession({ profile, write: print, verbose: task.verbose, fault: task.plant, without })
  const isLike = prepared?.engine === task.engine && !task.verbose && task.plant === null
  const session = isLike && (without.length === 0 || prepared.session.switchOff(without)) ? prepared.session : newSession(write)
  tell({ kind: 'ready' })
  const start = performance.now()
  const { failure } = guarded<{ failure: Diagnostic | null }>(
    'a program',
    () => session.load(task.source),
    failure => ({ failure }),
  )
  tell({ kind: 'loaded', failure, tests: session.tests(), seconds: (performance.now() - start) / 1000 })
  task.checks.forEach((check, index) => {
    if (index < task.from) return
    const from = performance.now()
    const attempt = { check, program: task.source, session, newSession: () => newSession(() => {}), name: `check ${index + 1}` }
    const outcome = guarded<Outcome>(`check ${index + 1}`, () => judge(attempt), failed)
    tell({ kind: 'checked', index, outcome, seconds: (performance.now() - from) / 1000 })
  })
  const warnings = session.warnings()
  if (warnings.length > 0) tell({ kind: 'warned', warnings })
  const again = task.stays === true && session.leavesNoTrace() && process.memoryUsage().rss < MOST_MEMORY
  if (again) {
    tell({ kind: 'done', again })
    return session
  }
  closeSync(1)
  tellLast({ kind: 'done', again } satisfies Message)
  return null
}

/** Bytes of memory up to which a process may have another task: the next program is not to miss what this one took. */
const MOST_MEMORY = 400e6

function isCandidateWork(task: unknown): task is CandidateWork {
  return (task as { kind?: string }).kind === 'candidates'
}

/** Waits for the next task, for which the session is made ready meanwhile. */
function stay(engine: EngineName, session: Session): void {
  session.restart()
  serve({ engine, session })
}

/** Waits for the task; `write` is where sessions of the program print to. */
export function serve(prepared: Prepared | null): void {
  optimiseAfter(OPTIMISES_AFTER)
  process.once('message', task => {
    // Node is still handing over the message, and needs the channel for that.
    setImmediate(() => {
      if (isCandidateWork(task)) {
        serveCandidates(task, prepared?.engine === task.engine ? prepared.session : null)
        return
      }
      if ((task as Partial<MutantWork>).kind === 'mutants') {
        // Seldom wanted, so it is not loaded with the rest.
        void import('./mutate/server.ts').then(({ serveMutants }) => serveMutants())
        return
      }
      if ((task as Partial<BlameWork>).kind === 'blame') {
        void import('./blame/server.ts').then(({ serveBlame }) => serveBlame(task as BlameWork))
        return
      }
      const session = work(task as Task, prepared)
      if (session) stay((task as Task).engine, session)
    })
  })
}

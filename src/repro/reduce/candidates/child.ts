/** A process that runs candidates, seen from outside: it is ended when it takes too long or grows too large, and another takes its place. */
import type { ChildProcess } from 'node:child_process'
import { startChild } from '../../child.ts'
import { changesLibrary } from '../julia/changes-library.ts'
import type { CandidateMessage, CandidateRequest, CandidateWork, Found, FoundOrigin, Origin } from './protocol.ts'

interface Answered<F> {
  readonly kind: 'found'
  readonly found: F
  readonly seconds: number
}

type Gone = { readonly kind: 'memory' } | { readonly kind: 'died'; readonly how: string }

export type Ending = Answered<Found> | { readonly kind: 'timeout' } | Gone

/** The part of its memory that a process may have taken before it is replaced. */
const GROWN = 0.6
/** Starting Node and loading the engine is not the candidate's time. */
const START_SECONDS = 60
/** The first program compiles what all have in common, in an engine that nothing has optimised. */
const TIMES_FOR_THE_FIRST = 4
const KEPT_ERRORS = 4000

/** One process, while it lives. */
interface Life {
  readonly process: ChildProcess
  readonly up: Promise<'up'>
  readonly ended: Promise<Gone>
  readonly answers: Map<number, (message: Extract<CandidateMessage, { kind: 'found' }>) => void>
}

export class CandidateChild {
  readonly #work: CandidateWork
  readonly #megabytes: number
  #life: Life | null = null
  #serial = 0

  constructor(work: CandidateWork, megabytes: number) {
    this.#work = work
    this.#megabytes = megabytes
  }

  /** So that it is up when there is something to run. */
  start(): void {
    this.#life ??= this.#begin()
  }

  async run(text: string, check: CandidateRequest['check'], seconds: number): Promise<Ending> {
    return (await this.#ask({ text, check, wants: 'verdict' }, seconds)) as Ending
  }

  /** What a program prints, also if it fails then. */
  async output(text: string, seconds: number): Promise<string> {
    const ending = await this.#ask({ text, check: null, wants: 'output' }, seconds)
    return ending.kind === 'found' && 'output' in ending.found ? ending.found.output : ''
  }

  /** What makes the value of its last statement wrong; null if that is not found. */
  async origin(text: string, seconds: number): Promise<Origin | null> {
    const ending = await this.#ask({ text, check: null, wants: 'origin' }, seconds)
    return ending.kind === 'found' && ending.found.kind === 'origin' ? ending.found.origin : null
  }

  async #ask(
    asked: Omit<CandidateRequest, 'id' | 'isolated'>,
    seconds: number,
  ): Promise<Answered<Found | FoundOrigin> | { readonly kind: 'timeout' } | Gone> {
    this.#life ??= this.#begin()
    const life = this.#life
    const begun = await withLimit<'up' | Gone>(START_SECONDS, [life.up, life.ended])
    if (begun !== 'up') {
      this.close()
      return begun
    }
    const id = this.#serial++
    const allowed = id === 0 ? TIMES_FOR_THE_FIRST * seconds : seconds
    const from = performance.now()
    const answered = new Promise<Answered<Found | FoundOrigin>>(resolve => {
      life.answers.set(id, ({ found, megabytes }) => {
        if (megabytes > this.#megabytes * GROWN) this.close()
        resolve({ kind: 'found', found, seconds: (performance.now() - from) / 1000 })
      })
    })
    life.process.send({ id, isolated: changesLibrary(asked.text), ...asked } satisfies CandidateRequest)
    const ending = await withLimit<Answered<Found | FoundOrigin> | Gone>(allowed, [answered, life.ended])
    life.answers.delete(id)
    if (ending.kind !== 'found') this.close()
    return ending
  }

  close(): void {
    this.#life?.process.kill('SIGKILL')
    this.#life = null
  }

  #begin(): Life {
    const { process: child } = startChild(this.#megabytes, this.#work.engine)
    let errors = ''
    child.stdout!.resume()
    child.stderr!.on('data', (bytes: Buffer) => {
      errors = (errors + bytes.toString()).slice(-KEPT_ERRORS)
    })
    const answers: Life['answers'] = new Map()
    const up = new Promise<'up'>(resolve => {
      child.on('message', value => {
        const message = value as CandidateMessage
        if (message.kind === 'up') resolve('up')
        else answers.get(message.id)?.(message)
      })
    })
    const ended = new Promise<Gone>(resolve => {
      const gone = () => resolve(howEnded(child, errors))
      child.once('close', gone)
      child.on('error', gone)
      if (child.exitCode !== null || child.signalCode !== null) gone()
    })
    child.send(this.#work)
    return { process: child, up, ended, answers }
  }
}

function howEnded(child: ChildProcess, errors: string): Gone {
  if (/heap out of memory|Array buffer allocation failed|std::bad_alloc|Fatal process out of memory/i.test(errors))
    return { kind: 'memory' }
  return { kind: 'died', how: child.signalCode ? `signal ${child.signalCode}` : `exit code ${child.exitCode}` }
}

/** The first of them, or a time-out. */
async function withLimit<T>(seconds: number, of: readonly Promise<T>[]): Promise<T | { readonly kind: 'timeout' }> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<{ readonly kind: 'timeout' }>(resolve => {
    timer = setTimeout(() => resolve({ kind: 'timeout' }), seconds * 1000)
  })
  const first = await Promise.race([...of, timeout])
  clearTimeout(timer)
  return first
}

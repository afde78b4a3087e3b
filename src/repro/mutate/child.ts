/** A process that tries faults, seen from outside: a fault may make a program run for ever, so it is ended when it takes too long. */
import { startChild, type Waiting } from '../child.ts'
import type { MutantAnswers, MutantMessage, MutantRequest, MutantWork } from './protocol.ts'

export type Answered<K extends keyof MutantAnswers> =
  | { readonly kind: 'answer'; readonly answer: MutantAnswers[K] }
  | { readonly kind: 'timeout' | 'died' }
  | { readonly kind: 'failed'; readonly why: string }

const MEGABYTES = 1536
/** The part of its memory that a process may have taken before it is replaced. */
const GROWN = 0.5
const START_SECONDS = 60

export class MutantChild {
  #waiting: Waiting | null = null

  async ask<K extends MutantRequest['kind']>(request: Extract<MutantRequest, { kind: K }>, seconds: number): Promise<Answered<K>> {
    const isNew = this.#waiting === null
    this.#waiting ??= startChild(MEGABYTES, 'builtin')
    const child = this.#waiting.process
    if (isNew) {
      child.stdout!.resume()
      child.stderr!.resume()
      child.send({ kind: 'mutants' } satisfies MutantWork)
    }
    return new Promise(resolve => {
      let timer: NodeJS.Timeout | undefined
      const end = (answered: Answered<K>): void => {
        clearTimeout(timer)
        child.removeListener('message', hear)
        child.removeListener('close', gone)
        if (answered.kind === 'timeout' || answered.kind === 'died') this.close()
        resolve(answered)
      }
      const limit = (allowed: number): void => {
        clearTimeout(timer)
        timer = setTimeout(() => end({ kind: 'timeout' }), allowed * 1000)
      }
      const send = (): void => {
        limit(seconds)
        child.send(request)
      }
      const hear = (value: unknown): void => {
        const message = value as MutantMessage
        if (message.kind === 'up') send()
        else if (message.kind === 'failed') end(message)
        else {
          if (message.megabytes > MEGABYTES * GROWN) this.close()
          end({ kind: 'answer', answer: message.answer as MutantAnswers[K] })
        }
      }
      const gone = (): void => end({ kind: 'died' })
      child.on('message', hear)
      child.once('close', gone)
      if (isNew) limit(START_SECONDS)
      else send()
    })
  }

  close(): void {
    this.#waiting?.process.kill('SIGKILL')
    this.#waiting = null
  }
}

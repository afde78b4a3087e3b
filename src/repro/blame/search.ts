/** Looks for the place of a failure in a process of its own, for under a fault, and in a program of others, nothing need come to an end. */
import { InternalError } from '../../diagnostics/bug.ts'
import type { Blamed } from '../../engine/index.ts'
import { startChild } from '../child.ts'
import type { BlameMessage, BlameWork } from './protocol.ts'

export type Searched =
  | { readonly kind: 'found'; readonly found: Blamed }
  /** `at`: what the search was at. */
  | { readonly kind: 'timeout'; readonly at: string }
  | { readonly kind: 'died'; readonly at: string }

const MEGABYTES = 2048

export function searchPlace(work: BlameWork, seconds: number): Promise<Searched> {
  // An image has no part of this.
  const child = startChild(MEGABYTES, 'builtin', null).process
  child.stdout!.resume()
  child.stderr!.resume()
  return new Promise((resolve, reject) => {
    let at = 'starting'
    const timer = setTimeout(() => end(() => resolve({ kind: 'timeout', at })), seconds * 1000)
    const end = (finish: () => void): void => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      finish()
    }
    child.on('message', value => {
      const message = value as BlameMessage
      if (message.kind === 'at') at = message.what
      else if (message.kind === 'found') end(() => resolve(message))
      else end(() => reject(new InternalError(message.why)))
    })
    child.once('close', () => end(() => resolve({ kind: 'died', at })))
    child.send(work)
  })
}

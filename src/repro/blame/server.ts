/** The process that looks for the place of a failure. */
import { blame } from '../../engine/index.ts'
import { tellLast } from '../tell-last.ts'
import type { BlameMessage, BlameWork } from './protocol.ts'

export function serveBlame({ program, call, profile, fault }: BlameWork): void {
  const tell = (message: BlameMessage) => process.send!(message)
  const result = (): BlameMessage => {
    try {
      return { kind: 'found', found: blame(program, call, { profile, fault, onStep: what => tell({ kind: 'at', what }) }) }
    } catch (error) {
      return { kind: 'failed', why: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }
  }
  tellLast(result())
}

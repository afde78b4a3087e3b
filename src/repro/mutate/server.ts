/** The process that tries faults, one request after the other. */
import { baselineOf, blameFault, notice, showsByItself } from './mutant.ts'
import type { MutantAnswers, MutantMessage, MutantRequest } from './protocol.ts'

function answer(request: MutantRequest): MutantAnswers[keyof MutantAnswers] {
  switch (request.kind) {
    case 'baseline':
      return baselineOf(request.file)
    case 'notice':
      return notice(request.fault, request.file, request.passing)
    case 'by-itself':
      return showsByItself(request.fault)
    case 'blame':
      return blameFault(request.fault, request.file, request.call)
  }
}

export function serveMutants(): void {
  const tell = (message: MutantMessage) => process.send!(message)
  process.on('message', request => {
    try {
      const found = answer(request as MutantRequest)
      tell({ kind: 'answer', answer: found, megabytes: process.memoryUsage().rss / 1e6 })
    } catch (error) {
      tell({ kind: 'failed', why: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
  tell({ kind: 'up' })
}

/** "The same failure" is the same signature, everywhere. No numbers, names of variables, lines or machine details in it. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Frame } from '../diagnostics/stack.ts'
import type { Outcome } from './outcome.ts'

/** `hcat(::Vector{Float64}, …)` → `hcat`; `reverse #1 of f(…)` → `f`; closures lose their number. */
function frameName(frame: Frame): string {
  const name = frame.label.replace(/^.* of /, '').replace(/[({ ].*$/s, '')
  return name.replace(/#\d+/g, '#').replace(/[^\p{L}\p{N}_!#.+\-*/^<>=|&%~\\]/gu, '') || 'top'
}

/** The innermost function of the program, under the name that the program gave it; null outside of all functions. */
export function failingFunction(d: Diagnostic): string | null {
  const own = d.stack.find(f => f.origin === 'user')
  const name = own ? frameName(own) : null
  return name === 'top-level' ? null : name
}

/** What of the library the program called that failed: how the library came from there to the failure is its own affair. */
function calledLibrary(d: Diagnostic): string | null {
  const own = d.stack.findIndex(f => f.origin === 'user')
  const called = d.stack[(own < 0 ? d.stack.length : own) - 1]
  return called?.origin === 'base' ? frameName(called) : null
}

/**
 * An exception is told apart by its type and the function of the library that threw it; a message of ours by its code alone, for the
 * code is the message. How the program names its own functions says nothing, so that equal failures have equal signatures.
 */
export function diagnosticSignature(d: Diagnostic): string {
  const exception = d.exception ? `:${d.exception.replace(/[^\p{L}\p{N}_.!]/gu, '')}` : ''
  const called = d.code === 'run.exception' ? calledLibrary(d) : null
  return `${d.phase}/${d.code}${exception}${called ? `@${called}` : ''}`
}

export function signature(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'pass':
      return 'pass'
    case 'wrong-value':
      return `compare/wrong-value:${outcome.pattern.replace(/ /g, '-')}`
    case 'crash':
      return `run/crash:${outcome.cause}`
    case 'timeout':
      return 'run/timeout'
    case 'nondeterministic':
      return `compare/${outcome.diagnostic.code}`
    case 'fail':
    case 'unsupported':
      return diagnosticSignature(outcome.diagnostic)
  }
}

/** The same failure at the same place: in one function of the program, where both happen in one at all. */
export function isSameFailure(a: Diagnostic, b: Diagnostic): boolean {
  const [one, two] = [failingFunction(a), failingFunction(b)]
  return diagnosticSignature(a) === diagnosticSignature(b) && (one === null || two === null || one === two)
}

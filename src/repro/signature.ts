/** "The same failure" is the same signature, everywhere. No numbers, names of variables, lines or machine details in it. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Frame } from '../diagnostics/stack.ts'
import type { Outcome } from './outcome.ts'

/** `hcat(::Vector{Float64}, …)` → `hcat`; `reverse #1 of f(…)` → `f`; closures lose their number. */
function frameName(frame: Frame): string {
  const name = frame.label.replace(/^.* of /, '').replace(/[({ ].*$/s, '')
  return name.replace(/#\d+/g, '#').replace(/[^\p{L}\p{N}_!#.+\-*/^<>=|&%~\\]/gu, '') || 'top'
}

/** The two innermost frames of the program; of Base when the program has none. */
function topFrames(stack: readonly Frame[]): string {
  const own = stack.filter(f => f.origin === 'user')
  const names = (own.length > 0 ? own : stack).map(frameName)
  return names
    .filter((name, i) => name !== names[i - 1])
    .slice(0, 2)
    .join('<')
}

/** An exception that the program threw is told apart by its type; a message of ours by its code alone, for the code is the message. */
export function diagnosticSignature(d: Diagnostic): string {
  const frames = topFrames(d.stack)
  const exception = d.exception ? `:${d.exception.replace(/[^\p{L}\p{N}_.!]/gu, '')}` : ''
  return `${d.phase}/${d.code}${exception}${frames ? `@${frames}` : ''}`
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

/** The same statement fails at top level and in a check under other outer frames, so where either has none they say nothing. */
export function isSameFailure(a: Diagnostic, b: Diagnostic): boolean {
  const [one, two] = [diagnosticSignature(a), diagnosticSignature(b)]
  const [headOne, framesOne] = one.split('@')
  const [headTwo, framesTwo] = two.split('@')
  const innermost = (frames: string | undefined) => frames?.split('<')[0]
  return headOne === headTwo && (!framesOne || !framesTwo || innermost(framesOne) === innermost(framesTwo))
}

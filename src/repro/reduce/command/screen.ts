/** The built-in engine looks at Julia candidates before a command is asked that is slow: most of those that are wrong programs it knows. */
import { CandidateChild, type Ending } from '../candidates/child.ts'

export interface Screen {
  /** Why a candidate is not what is looked for; null if it may be. */
  readonly why: (text: string) => Promise<string | null>
  /** What a program prints on the built-in engine. */
  readonly output: (text: string) => Promise<string>
  /** Candidates that the command was not asked about. */
  readonly saved: () => number
  readonly close: () => void
}

export const NO_SCREEN: Screen = { why: async () => null, output: async () => '', saved: () => 0, close: () => {} }

const SECONDS = 5

/** A mistake that every Julia finds in the same way. Anything else may be a difference between the engines. */
function mistakeOf(ending: Ending): string | null {
  if (ending.kind !== 'found' || ending.found.kind !== 'failure' || ending.found.blame !== 'case') return null
  const { code, message } = ending.found
  if (code.startsWith('syntax.') || code === 'name.undefined') return message
  return code === 'run.exception' && /^(?:UndefVarError|MethodError|UndefKeywordError)\b/.test(message) ? message : null
}

/** None for a program that the engine does not take as it is, or that is slow there. */
export async function juliaScreen(original: string, jobs: number, megabytes: number): Promise<Screen> {
  const newChild = () => new CandidateChild({ kind: 'candidates', engine: 'builtin', plant: null }, megabytes)
  const first = newChild()
  const begun = await first.run(original, null, SECONDS)
  const isTaken = begun.kind === 'found' && (begun.found.kind !== 'failure' || begun.found.blame !== 'unsupported')
  if (!isTaken || mistakeOf(begun) !== null) {
    first.close()
    return NO_SCREEN
  }
  const children = [first, ...Array.from({ length: jobs - 1 }, newChild)]
  const free = [...children]
  let saved = 0
  return {
    why: async text => {
      const child = free.pop()
      if (!child) return null
      try {
        const why = mistakeOf(await child.run(text, null, SECONDS))
        if (why !== null) saved++
        return why
      } finally {
        free.push(child)
      }
    },
    output: async text => {
      const ending = await first.run(text, null, SECONDS)
      return ending.kind === 'found' && ending.found.kind !== 'wrong value' ? ending.found.output : ''
    },
    saved: () => saved,
    close: () => {
      for (const child of children) child.close()
    },
  }
}

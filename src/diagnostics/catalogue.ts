import type { Blame, Severity } from './diagnostic.ts'

/** One message: severity, blame, the text from typed arguments, and what to do about it. */
interface Entry<P> {
  readonly severity: Severity
  readonly blame: Blame
  readonly text: (params: P) => string
  readonly help: readonly string[]
}

function entry<P>(severity: Severity, blame: Blame, text: (params: P) => string, ...help: string[]): Entry<P> {
  return { severity, blame, text, help }
}

/** Every message of every stage. Codes are `area.problem` and never change meaning; each has a page under docs/codes/. */
// biome-ignore format: one message an entry
export const CATALOGUE = {
  'syntax.unexpected': entry('error', 'case', (p: { found: string; expected: string }) => `Found ${p.found} where ${p.expected} is expected.`),
  'subset.no-syntax': entry('error', 'unsupported', (p: { what: string }) => `${p.what} is outside the supported subset.`, 'See docs/language.md for what is supported.'),
  'internal.bug': entry('error', 'internal', (p: { stage: string; why: string }) => `Enzyme compilation failed due to an internal error in ${p.stage}: ${p.why}. Please open an issue with the code to reproduce and the full error log on https://github.com/EnzymeAD/Enzyme.jl; to toggle more information for debugging use --verbose-errors.`),
} as const

export type Code = keyof typeof CATALOGUE
export type ParamsOf<C extends Code> = Parameters<(typeof CATALOGUE)[C]['text']>[0]

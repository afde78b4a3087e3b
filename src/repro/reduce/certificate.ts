/** A certificate: the smallest program, and what every program beside it was seen to do. It can be held against the engine again. */
import { type EngineName, isEngine } from '../engines/table.ts'
import { CandidateChild } from './candidates/child.ts'
import { builtinOracle, type Target } from './candidates/oracle.ts'
import { changesLibrary } from './julia/changes-library.ts'
import { ownNames } from './julia/program.ts'
import type { Neighbour } from './neighbours.ts'
import type { Verdict } from './oracle.ts'
import type { Answer } from './problem.ts'

interface Certificate {
  readonly adrepro: 'certificate'
  readonly engine: EngineName
  readonly plant: string | null
  /** What a program has to show to be the same failure. */
  readonly target: Target
  readonly program: string
  /** In the words of the end of `reduce`. */
  readonly minimal: string
  readonly neighbours: readonly { readonly edit: string; readonly about: string; readonly text: string; readonly verdict: string }[]
}

function verdictText(answer: Answer | Verdict): string {
  if (answer.kind === 'slip') return `slip ${answer.signature}`
  return answer.kind === 'not run' ? `not run: ${answer.why}` : answer.kind
}

export function certificateText(of: Omit<Certificate, 'adrepro' | 'neighbours'>, neighbours: readonly Neighbour[]): string {
  const certificate: Certificate = {
    adrepro: 'certificate',
    ...of,
    neighbours: neighbours.map(({ edit, about, text, answer }) => ({ edit, about, text, verdict: verdictText(answer) })),
  }
  return `${JSON.stringify(certificate, null, 1)}\n`
}

interface Difference {
  readonly about: string
  readonly recorded: string
  readonly found: string
}

/** Null for what is no certificate. */
export function readCertificate(text: string): Certificate | null {
  try {
    const read = JSON.parse(text) as Certificate
    return read.adrepro === 'certificate' && isEngine(read.engine) ? read : null
  } catch {
    return null
  }
}

interface Replayed {
  readonly runs: number
  readonly differences: readonly Difference[]
}

/** Runs the program and its neighbours again, and says what is not as recorded. What fails elsewhere cannot be told from the same failure here. */
export async function replay(
  { engine, plant, target, program, neighbours }: Certificate,
  limits: { readonly seconds: number; readonly megabytes: number },
): Promise<Replayed> {
  const isolated = changesLibrary(program)
  const first = new CandidateChild({ kind: 'candidates', engine, plant, isolated }, limits.megabytes)
  const oracle = builtinOracle({ engine, plant, target, isolated, jobs: 1, ...limits, firstSeconds: limits.seconds, ownNames, first })
  const all = [{ about: 'the program itself', text: program, verdict: 'same' }, ...neighbours].filter(n => !n.verdict.startsWith('not run'))
  const differences: Difference[] = []
  try {
    for (const { about, text, verdict } of all) {
      const now = verdictText(await oracle.test(text))
      const isSame = now === verdict || (now === 'same' && verdict.endsWith(' elsewhere'))
      if (!isSame) differences.push({ about, recorded: verdict, found: now })
    }
  } finally {
    oracle.close()
  }
  return { runs: all.length, differences }
}

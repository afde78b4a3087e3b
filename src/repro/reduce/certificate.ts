/** A certificate: the smallest program, and what every program beside it was seen to do. It can be held against the engine or command again. */
import { type EngineName, isEngine } from '../engines/table.ts'
import { CandidateChild } from './candidates/child.ts'
import { builtinOracle, type Target } from './candidates/oracle.ts'
import type { CommandTarget } from './command/failure.ts'
import { commandOracle } from './command/oracle.ts'
import { CommandRunner } from './command/run-command.ts'
import { ownNames } from './julia/program.ts'
import type { Neighbour } from './neighbours.ts'
import type { Oracle, Verdict } from './oracle.ts'
import type { Answer } from './problem.ts'

interface About {
  readonly program: string
  /** In the words of the end of `reduce`. */
  readonly minimal: string
}

interface EngineAbout extends About {
  readonly engine: EngineName
  readonly plant: string | null
  /** What a program has to show to be the same failure. */
  readonly target: Target
}

interface CommandAbout extends About {
  readonly command: string
  /** The name that programs have. */
  readonly file: string
  /** `match` is the source of an expression. */
  readonly target: Omit<CommandTarget, 'match'> & { readonly match: string | null }
}

interface Recorded {
  readonly adrepro: 'certificate'
  readonly neighbours: readonly { readonly edit: string; readonly about: string; readonly text: string; readonly verdict: string }[]
}

export type EngineCertificate = EngineAbout & Recorded
export type CommandCertificate = CommandAbout & Recorded

function verdictText(answer: Answer | Verdict): string {
  if (answer.kind === 'slip') return `slip ${answer.signature}`
  return answer.kind === 'not run' ? `not run: ${answer.why}` : answer.kind
}

export function certificateText(of: EngineAbout | CommandAbout, neighbours: readonly Neighbour[]): string {
  const certificate: (EngineAbout | CommandAbout) & Recorded = {
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
export function readCertificate(text: string): EngineCertificate | CommandCertificate | null {
  try {
    const read = JSON.parse(text) as EngineCertificate | CommandCertificate
    if (read.adrepro !== 'certificate') return null
    return 'command' in read ? (typeof read.command === 'string' ? read : null) : isEngine(read.engine) ? read : null
  } catch {
    return null
  }
}

export interface Replayed {
  readonly runs: number
  readonly differences: readonly Difference[]
}

interface Limits {
  readonly seconds: number
  readonly megabytes: number
}

export async function replayOnEngine(certificate: EngineCertificate, limits: Limits): Promise<Replayed> {
  const { engine, plant, target } = certificate
  const child = new CandidateChild({ kind: 'candidates', engine, plant }, limits.megabytes)
  const firstSeconds = limits.seconds
  const oracle = builtinOracle({
    engine,
    plant,
    target,
    isStrict: false,
    children: [child],
    observer: child,
    ...limits,
    firstSeconds,
    ownNames,
  })
  return replayed(certificate, oracle)
}

/** The command is that of the user, and not what the certificate says: it is run by a shell. */
export async function replayOnCommand(certificate: CommandCertificate, command: string, { seconds }: Limits): Promise<Replayed> {
  const runner = new CommandRunner(command, certificate.file)
  const { match, ...how } = certificate.target
  const target = { ...how, match: match === null ? null : new RegExp(match, 'm') }
  return replayed(certificate, commandOracle({ runner, target, seconds, firstSeconds: seconds, screen: async () => null }))
}

/** Runs the program and its neighbours again, and says what is not as recorded. What fails elsewhere cannot be told from the same failure here. */
async function replayed({ program, neighbours }: Pick<EngineCertificate, 'program' | 'neighbours'>, oracle: Oracle): Promise<Replayed> {
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

/** From a failing row to a program whose last statement fails, and what it has to show. */
import type { CaseFile, Check } from '../case-file.ts'
import { withoutHeader } from '../header-text.ts'
import type { Outcome } from '../outcome.ts'
import type { Row } from '../runner.ts'
import type { Ending } from './candidates/child.ts'
import { type Target, wordsOfFailure } from './candidates/oracle.ts'
import type { Found, ValueCheck, ValueOracle } from './candidates/protocol.ts'
import { type JuliaProgram, readJulia } from './julia/program.ts'
import type { Range } from './patch.ts'

export type Probe = (text: string, check: ValueCheck | null) => Promise<Ending>

export interface Start {
  readonly program: JuliaProgram
  readonly target: Target
  /** Where it fails. */
  readonly place: Range | null
  readonly seconds: number
}

type Starting = { readonly kind: 'start'; readonly start: Start } | { readonly kind: 'lost'; readonly found: string }

/** Statements before the failing one that fail in another way are dropped, but not more than this many. */
const MOST_DROPPED = 40

/** `isPlain`: the engine has no limits and no fault, so that there is none to hold it against. */
export async function startOf(row: Row, isPlain: boolean, probe: Probe): Promise<Starting> {
  const check = row.file.checks?.find(c => c.span === row.span) ?? null
  const text = check ? withCall(row.file, check.call) : withoutHeader(row.file.source)
  let last = 'pass'
  for (const valueCheck of valueChecks(row.outcome, check, isPlain)) {
    const found = await firstFailing(text, valueCheck, row.outcome, probe)
    if (found.kind === 'start') return found
    last = found.found
  }
  return { kind: 'lost', found: last }
}

/** The call as the last statement, unless it is that already. */
function withCall(file: CaseFile, call: string): string {
  const body = withoutHeader(file.source)
  const read = readJulia(body)
  const asked = readJulia(call)
  const last = read?.program.tree.args.at(-1)
  if (read && last && read.program.text.slice(last.span.start).trim() === asked?.program.text.trim()) return body
  return `${body.replace(/\n*$/, '\n')}${call}\n`
}

/** Ways to judge a wrong value, the surest first; for every other failure it is enough to run the program. */
function valueChecks(outcome: Outcome, check: Check | null, isPlain: boolean): (ValueCheck | null)[] {
  if (outcome.kind !== 'wrong-value' && outcome.kind !== 'nondeterministic') return [null]
  const given: ValueOracle = { kind: 'given', value: check?.value, equals: check?.equals ?? null }
  const oracles: ValueOracle[] = [
    ...(isPlain || outcome.kind === 'nondeterministic' ? [] : [{ kind: 'plain engine' } as const]),
    { kind: 'ladder' },
    ...(check?.value === undefined && !check?.equals ? [] : [given]),
  ]
  return oracles.map(oracle => ({ oracle, rtol: check?.rtol ?? 1e-9, atol: check?.atol ?? null, stateful: check?.stateful ?? false }))
}

function sortOf(outcome: Outcome): Found['kind'] {
  return outcome.kind === 'wrong-value' ? 'wrong value' : outcome.kind === 'pass' ? 'pass' : 'failure'
}

async function firstFailing(text: string, check: ValueCheck | null, wanted: Outcome, probe: Probe): Promise<Starting> {
  let program = readJulia(text)?.program ?? null
  for (let dropped = 0; program && dropped < MOST_DROPPED; dropped++) {
    const ending = await probe(program.text, check)
    if (ending.kind !== 'found') {
      const signature = ending.kind === 'timeout' ? 'run/timeout' : `run/crash:${ending.kind}`
      const start = { program, target: { signature, words: null, check }, place: null, seconds: 0 }
      return wanted.kind === 'timeout' || wanted.kind === 'crash' ? { kind: 'start', start } : { kind: 'lost', found: signature }
    }
    const { found, seconds } = ending
    if (found.kind === 'pass') return { kind: 'lost', found: 'pass' }
    if (found.kind === sortOf(wanted) && isWanted(found, wanted)) {
      const words = wordsOfFailure(found, program.names.bound)
      const place = found.kind === 'failure' ? found.at : null
      return { kind: 'start', start: { program, target: { signature: found.signature, words, check }, place, seconds } }
    }
    const without = withoutFailing(program, found)
    if (!without) return { kind: 'lost', found: found.signature }
    program = without
  }
  return { kind: 'lost', found: 'pass' }
}

function isWanted(found: Found, wanted: Outcome): boolean {
  if (wanted.kind === 'pass' || found.kind === 'pass') return false
  // The oracle may see another pattern than the one that the case was judged by.
  return found.kind === 'wrong value' || found.code === wanted.diagnostic.code
}

/** Without the statement of the file at which it ends, unless that is the last one. */
function withoutFailing(program: JuliaProgram, found: Found): JuliaProgram | null {
  if (found.kind !== 'failure' || found.top === null) return null
  const { top } = found
  const statement = program.tree.args.find(node => node.span.start <= top && top < node.span.end)
  if (!statement || statement === program.tree.args.at(-1)) return null
  const { start, end } = statement.span
  return readJulia(program.text.slice(0, start) + program.text.slice(end))?.program ?? null
}

/** The row that is to be reduced: the first that fails, red ones before those that are known. */
export function failingRow(rows: readonly Row[]): Row | null {
  const failing = rows.filter(row => row.outcome.kind !== 'pass' && row.verdict !== 'stale')
  return failing.find(row => row.verdict !== 'known failure') ?? failing[0] ?? null
}

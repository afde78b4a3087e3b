/** From a failing row to a program whose last statement fails, and what it has to show. */
import type { Node, Plain } from '../../engine/index.ts'
import type { CaseFile } from '../case-file.ts'
import { withoutHeader } from '../header-text.ts'
import type { Outcome } from '../outcome.ts'
import { PROGRAM, type Row } from '../runner.ts'
import type { Ending } from './candidates/child.ts'
import { type Target, wordsOfFailure } from './candidates/oracle.ts'
import type { Found, ValueCheck, ValueOracle } from './candidates/protocol.ts'
import { type JuliaProgram, readJulia } from './julia/program.ts'
import { readTest } from './julia/tests.ts'
import type { Range } from './patch.ts'

export type Probe = (text: string, check: ValueCheck | null) => Promise<Ending>

export interface Start {
  readonly program: JuliaProgram
  readonly target: Target
  /** There is no oracle but a value that was given, so nothing that the value depends on may change. */
  readonly isFrozen: boolean
  /** Where it fails. */
  readonly place: Range | null
  readonly seconds: number
}

type Starting = { readonly kind: 'start'; readonly start: Start } | { readonly kind: 'lost'; readonly found: string }

/** Statements before the failing one that fail in another way are dropped, but not more than this many. */
const MOST_DROPPED = 40

/** The text whose last statement is to fail, and what is known of its value. */
interface Claim {
  readonly text: string
  readonly value: Plain | undefined
  readonly equals: string | null
  readonly rtol: number
  readonly atol: number | null
  readonly stateful: boolean
  /** Its value may be wrong; else it is enough to run it. */
  readonly isValue: boolean
}

/** `isPlain`: the engine has no limits and no fault, so that there is none to hold it against. */
export async function startOf(row: Row, isPlain: boolean, probe: Probe): Promise<Starting> {
  const claim = claimOf(row)
  let last = 'pass'
  for (const check of valueChecks(claim, row.outcome, isPlain)) {
    const found = await firstFailing(claim.text, check, row.outcome, probe)
    if (found.kind === 'start') return found
    last = found.found
  }
  return { kind: 'lost', found: last }
}

/**
 * A row that passes although its value is wrong: one that no oracle can judge, which is not what the engine without limits and faults gives; or
 * the last statement of a bare program, which claims nothing.
 */
export async function hiddenStart(
  rows: readonly Row[],
  isPlain: boolean,
  probe: Probe,
): Promise<{ readonly row: Row; readonly start: Start } | null> {
  for (const row of rows.filter(r => r.outcome.kind === 'pass' && (r.span !== null || r.check === PROGRAM))) {
    const { text, rtol, atol, stateful } = claimOf(row)
    const program = readJulia(text)?.program
    if (!program || stateful) continue
    const oracles: ValueOracle[] = [
      ...(isPlain ? [] : [{ kind: 'plain engine' } as const]),
      ...(row.check === PROGRAM ? [{ kind: 'ladder' } as const] : []),
    ]
    for (const oracle of oracles) {
      const check: ValueCheck = { oracle, rtol, atol, stateful }
      const ending = await probe(program.text, check)
      if (ending.kind !== 'found' || ending.found.kind !== 'wrong value') continue
      const target = { signature: ending.found.signature, code: 'check.wrong-value', words: null, check, origin: null }
      return { row, start: { program, target, place: null, seconds: ending.seconds, isFrozen: false } }
    }
  }
  return null
}

function claimOf(row: Row): Claim {
  const { outcome, file } = row
  const check = file.checks?.find(c => c.span === row.span) ?? null
  const isValue = outcome.kind === 'wrong-value' || outcome.kind === 'nondeterministic'
  if (check) {
    const { value, equals, rtol, atol, stateful } = check
    return { text: withCall(file, check.call), value, equals, rtol, atol, stateful, isValue }
  }
  const text = withoutHeader(file.source)
  const test = outcome.kind === 'fail' && outcome.diagnostic.code === 'test.failed' ? testClaim(text, row) : null
  return test ?? { text, value: undefined, equals: null, rtol: 1e-9, atol: null, stateful: false, isValue }
}

/** What `≈` allows. */
const TEST_RTOL = 1.5e-8

/** `@test a ≈ b` claims that `a` has the value of `b`; `@test c` claims that `c` is true. */
function testClaim(text: string, row: Row): Claim | null {
  const span = row.outcome.kind === 'pass' ? null : row.outcome.diagnostic.primary?.span
  const offset = span ? span.start - (row.file.source.text.length - text.length) : -1
  const test = readTest(text, offset)
  if (!test) return null
  const common = { value: undefined, equals: null, rtol: test.rtol ?? TEST_RTOL, atol: null, stateful: false }
  const [left, right] = test.sides ?? []
  if (left !== undefined && right !== undefined) return { ...common, text: `${test.before}${left}\n`, equals: right, isValue: true }
  return { ...common, text: `${test.before}${test.whole}\n`, value: true, isValue: true }
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
function valueChecks({ isValue, value, equals, rtol, atol, stateful }: Claim, outcome: Outcome, isPlain: boolean): (ValueCheck | null)[] {
  if (!isValue) return [null]
  const oracles: ValueOracle[] = [
    ...(isPlain || outcome.kind === 'nondeterministic' ? [] : [{ kind: 'plain engine' } as const]),
    { kind: 'ladder' },
    ...(value === undefined && equals === null ? [] : [{ kind: 'given', value, equals } as const]),
  ]
  const checks: (ValueCheck | null)[] = oracles.map(oracle => ({ oracle, rtol, atol, stateful }))
  // A test may also have ended in an exception.
  return outcome.kind === 'fail' ? [...checks, null] : checks
}

async function firstFailing(text: string, check: ValueCheck | null, wanted: Outcome, probe: Probe): Promise<Starting> {
  let program = readJulia(text)?.program ?? null
  for (let dropped = 0; program && dropped < MOST_DROPPED; dropped++) {
    const ending = await probe(program.text, check)
    if (ending.kind !== 'found') {
      const signature = ending.kind === 'timeout' ? 'run/timeout' : `run/crash:${ending.kind}`
      const code = wanted.kind === 'pass' ? '' : wanted.diagnostic.code
      const start = { program, target: { signature, code, words: null, check, origin: null }, place: null, seconds: 0, isFrozen: false }
      return wanted.kind === 'timeout' || wanted.kind === 'crash' ? { kind: 'start', start } : { kind: 'lost', found: signature }
    }
    const { found, seconds } = ending
    if (found.kind === 'pass') return { kind: 'lost', found: 'pass' }
    if (isWanted(found, wanted, check)) {
      const rest = withoutRest(program, found)
      const again = rest && (await probe(rest.text, check))
      if (again?.kind === 'found' && isWanted(again.found, wanted, check)) return startAt(rest!, again.found, again.seconds, wanted, check)
      return startAt(program, found, seconds, wanted, check)
    }
    const without = withoutFailing(program, found)
    if (!without) return { kind: 'lost', found: found.signature }
    program = without
  }
  return { kind: 'lost', found: 'pass' }
}

function startAt(program: JuliaProgram, found: Found, seconds: number, wanted: Outcome, check: ValueCheck | null): Starting {
  const words = wordsOfFailure(found, program.names.bound, check)
  const place = found.kind === 'failure' ? found.at : null
  const code = found.kind === 'failure' ? found.code : wanted.kind === 'pass' ? '' : wanted.diagnostic.code
  const isFrozen = check?.oracle.kind === 'given'
  const signature = found.kind === 'pass' ? 'pass' : found.signature
  return { kind: 'start', start: { program, target: { signature, code, words, check, origin: null }, place, seconds, isFrozen } }
}

/** Without what stands behind the statement of the file at which it ends: that is never run. Null if nothing does. */
function withoutRest(program: JuliaProgram, found: Found): JuliaProgram | null {
  const statement = endingAt(program, found)
  if (!statement || statement === program.tree.args.at(-1)) return null
  return readJulia(program.text.slice(0, statement.span.end))?.program ?? null
}

function endingAt({ tree }: JuliaProgram, found: Found): Node | null {
  const top = found.kind === 'failure' ? found.top : null
  return top === null ? null : (tree.args.find(node => node.span.start <= top && top < node.span.end) ?? null)
}

function isWanted(found: Found, wanted: Outcome, check: ValueCheck | null): boolean {
  if (wanted.kind === 'pass' || found.kind === 'pass') return false
  const isTest = wanted.kind === 'fail' && wanted.diagnostic.code === 'test.failed'
  // The oracle may see another pattern than the one that the case was judged by.
  if (found.kind === 'wrong value') return wanted.kind === 'wrong-value' || isTest
  return isTest ? check === null : found.code === wanted.diagnostic.code
}

/** Without the statement of the file at which it ends, unless that is the last one. */
function withoutFailing(program: JuliaProgram, found: Found): JuliaProgram | null {
  const statement = endingAt(program, found)
  if (!statement || statement === program.tree.args.at(-1)) return null
  const { start, end } = statement.span
  return readJulia(program.text.slice(0, start) + program.text.slice(end))?.program ?? null
}

/** The row that is to be reduced: the first that fails, red ones before those that are known. */
export function failingRow(rows: readonly Row[]): Row | null {
  const failing = rows.filter(row => row.outcome.kind !== 'pass' && row.verdict !== 'stale')
  return failing.find(row => row.verdict !== 'known failure') ?? failing[0] ?? null
}

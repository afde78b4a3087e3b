/** Makes one check in a loaded program: climbs the ladder of oracles from the cheapest, and stops at the first that says no. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { Source } from '../diagnostics/source.ts'
import type { Evaluated, Plain, Session, Value } from '../engine/index.ts'
import { brief, compare, identical } from './compare.ts'
import { differencesOf } from './differences.ts'
import { failed, type Outcome } from './outcome.ts'
import type { CheckTask } from './protocol.ts'
import { modesIn, withModesExchanged } from './twin.ts'

/** Makes further sessions of the same kind, with nothing printed. */
export type NewSession = () => Session

interface Attempt {
  readonly check: CheckTask
  readonly program: Source
  readonly session: Session
  readonly newSession: NewSession
  /** Names the expression in messages: `check 2`. */
  readonly name: string
}

export function judge(attempt: Attempt): Outcome {
  const { check, session } = attempt
  const first = session.evaluate(expression(attempt, check.call))
  if (first.kind === 'failure') return failed(first.diagnostic)
  const evidence = ['ran']
  for (const step of LADDER) {
    const verdict = step(attempt, first.value)
    if (verdict === null) continue
    if (typeof verdict !== 'string') return verdict
    evidence.push(verdict)
  }
  return { kind: 'pass', value: first.value, evidence }
}

/** Null: does not apply here. A text: what was found to agree. */
type Step = (attempt: Attempt, value: Value) => string | Outcome | null

const LADDER: readonly Step[] = [twiceTheSame, givenValue, equalValue, otherMode, differences]

/** Without a value to hold it against, a call is held against the other oracles; with one, they have nothing to add. */
function hasAnswer(check: CheckTask): boolean {
  return check.value !== undefined || check.equals !== null
}

function expression(attempt: Attempt, text: string): Source {
  return { name: attempt.name, text }
}

function sameValue(a: Value, b: Value): boolean {
  return a.type === b.type && identical(a.plain, b.plain)
}

function twiceTheSame(attempt: Attempt, first: Value): string | Outcome | null {
  if (attempt.check.stateful) return null
  const again = attempt.session.evaluate(expression(attempt, attempt.check.call))
  if (again.kind === 'value' && sameValue(first, again.value)) return 'twice the same'
  const shown = (e: Evaluated) => (e.kind === 'value' ? brief(e.value.plain) : `a failure (${e.diagnostic.code})`)
  const fresh = attempt.newSession()
  fresh.load(attempt.program)
  const elsewhere = fresh.evaluate(expression(attempt, attempt.check.call))
  const repeatable = elsewhere.kind === 'value' && sameValue(first, elsewhere.value)
  const code = repeatable ? 'check.keeps-state' : 'check.nondeterministic'
  const second = shown(repeatable ? again : elsewhere)
  return { kind: 'nondeterministic', diagnostic: diagnostic('compare', code, { first: brief(first.plain), second }, attempt.check.span) }
}

function givenValue(attempt: Attempt, found: Value): string | Outcome | null {
  const { check } = attempt
  return check.value === undefined ? null : against(check, found, check.value, 'the given value')
}

function equalValue(attempt: Attempt, found: Value): string | Outcome | null {
  const { check } = attempt
  if (check.equals === null) return null
  const wanted = attempt.session.evaluate({ name: `equals of ${attempt.name}`, text: check.equals })
  return wanted.kind === 'failure' ? failed(wanted.diagnostic) : against(check, found, wanted.value.plain, `\`${check.equals}\``)
}

function against(check: CheckTask, found: Value, expected: Plain, name: string): string | Outcome {
  const result = compare(expected, found.plain, check)
  if (result.kind === 'agrees') return name
  const notes = result.where ? [`first difference at: ${result.where}`] : []
  const { pattern } = result
  const params = { pattern, expected: result.expected, found: result.found }
  return {
    kind: 'wrong-value',
    pattern,
    value: found,
    diagnostic: diagnostic('compare', 'check.wrong-value', params, check.span, { notes }),
  }
}

/** Two modes are two transforms, so agreement to this is not luck. */
const MODES_AGREE = 1e-8

/**
 * Forward against reverse. A program that cannot be run with its modes exchanged, or then gives something of another shape,
 * says nothing: exchanging `Active` results for forward mode is refused by the API, for one.
 */
function otherMode(attempt: Attempt, found: Value): string | Outcome | null {
  const { check, program } = attempt
  if (hasAnswer(check) || check.stateful || modesIn(program.text + check.call).length === 0) return null
  const session = attempt.newSession()
  session.load({ name: program.name, text: withModesExchanged(program.text) })
  const other = session.evaluate(expression(attempt, withModesExchanged(check.call)))
  if (other.kind === 'failure') return null
  const result = compare(other.value.plain, found.plain, { rtol: Math.max(check.rtol, MODES_AGREE), atol: check.atol })
  const oracle = 'the same program with forward and reverse mode exchanged'
  if (result.kind === 'agrees') return 'forward = reverse'
  return result.pattern === 'shape' ? null : disagreement(check, found, oracle, result)
}

function differences(attempt: Attempt, found: Value): string | Outcome | null {
  const { check, session } = attempt
  if (hasAnswer(check) || check.stateful) return null
  const estimate = differencesOf(check.call, text => session.evaluate({ name: 'finite differences', text }))
  if (!estimate) return null
  const result = compare(estimate.value, found.plain, { rtol: estimate.rtol, atol: estimate.atol })
  if (result.kind === 'agrees') return `finite differences to ${estimate.atol.toExponential(0)}`
  return result.pattern === 'shape' ? null : disagreement(check, found, 'finite differences', result)
}

function disagreement(
  check: CheckTask,
  value: Value,
  oracle: string,
  r: { pattern: string; where: string; expected: string; found: string },
): Outcome {
  const notes = r.where ? [`first difference at: ${r.where}`] : []
  const params = { oracle, pattern: r.pattern, expected: r.expected, found: r.found }
  const wrong: Diagnostic = diagnostic('compare', 'check.oracle-disagrees', params, check.span, { notes })
  return { kind: 'wrong-value', pattern: r.pattern, value, diagnostic: wrong }
}

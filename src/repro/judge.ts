/** Makes one check in a loaded program: climbs the ladder of oracles from the cheapest, and stops at the first that says no. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { Source } from '../diagnostics/source.ts'
import type { Evaluated, Plain, Session, Value } from '../engine/index.ts'
import { brief, compare, identical } from './compare.ts'
import { splitArguments } from './derivative-call.ts'
import { differencesOf, type Kink } from './differences.ts'
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
  const inputs = inputsOf(attempt)
  const first = session.evaluate(expression(attempt, check.call))
  if (first.kind === 'failure') return failed(first.diagnostic)
  const changed = inputs.find(({ name, value }) => !sameOrGone(value, session.evaluate(expression(attempt, name))))
  if (changed) return mutated(attempt, changed)
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

interface Input {
  readonly name: string
  readonly value: Value
}

/** Variables that the call is given whole. A function that is meant to change them has a `!` in its name. */
function inputsOf({ check, session, name }: Attempt): Input[] {
  const call = /^\s*([a-z_\u0080-\uffff][\w.\u0080-\uffff]*)\((.*)\)\s*(\[\d+\])?\s*$/is.exec(check.call)
  if (!call || check.stateful) return []
  const names = (splitArguments(call[2]!) ?? []).filter(part => /^[a-z_\u0080-\uffff][\w\u0080-\uffff]*$/i.test(part))
  return [...new Set(names)].flatMap(text => {
    const found = session.evaluate({ name, text })
    return found.kind === 'value' && found.value.size !== null ? [{ name: text, value: found.value }] : []
  })
}

function sameOrGone(before: Value, after: Evaluated): boolean {
  return after.kind === 'failure' || sameValue(before, after.value)
}

function mutated(attempt: Attempt, { name, value }: Input): Outcome {
  return {
    kind: 'fail',
    diagnostic: diagnostic('compare', 'check.mutates-input', { name, before: brief(value.plain) }, attempt.check.span),
  }
}

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
    expected,
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
  return result.pattern === 'shape' ? null : disagreement(check, found, oracle, other.value.plain, result)
}

function differences(attempt: Attempt, found: Value): string | Outcome | null {
  const { check, session } = attempt
  if (hasAnswer(check) || check.stateful) return null
  const estimate = differencesOf(check.call, found.plain, text => session.evaluate({ name: 'finite differences', text }))
  if (!estimate) return null
  const result = compare(estimate.value, found.plain, { rtol: estimate.rtol, atol: estimate.atol })
  const kinks = estimate.kinks.map(kinkText)
  const slope = estimate.slope === null ? [] : [`Taylor slope ${estimate.slope.toFixed(1)}`]
  if (result.kind === 'agrees') return [`finite differences to ${estimate.atol.toExponential(0)}`, ...slope, ...kinks].join(', ')
  return result.pattern === 'shape'
    ? null
    : disagreement(check, found, 'finite differences', estimate.value, result, [...kinks, ...slope.map(wrongSlope)])
}

function kinkText({ input, output, left, right }: Kink): string {
  return `kink at input ${input} of output ${output}: ${left.toPrecision(4)} on the left, ${right.toPrecision(4)} on the right`
}

function wrongSlope(slope: string): string {
  return `${slope}, where a right derivative has 2 or more`
}

function disagreement(
  check: CheckTask,
  value: Value,
  oracle: string,
  expected: Plain,
  r: { pattern: string; where: string; expected: string; found: string },
  more: readonly string[] = [],
): Outcome {
  const notes = [...(r.where ? [`first difference at: ${r.where}`] : []), ...more]
  const params = { oracle, pattern: r.pattern, expected: r.expected, found: r.found }
  const wrong: Diagnostic = diagnostic('compare', 'check.oracle-disagrees', params, check.span, { notes })
  return { kind: 'wrong-value', pattern: r.pattern, value, expected, diagnostic: wrong }
}

/** The process that runs candidates, one after the other, in a session that keeps what it has compiled of the library. */
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import { thrownDiagnostic } from '../../../diagnostics/internal.ts'
import type { Source } from '../../../diagnostics/source.ts'
import { type Blamed, type BlameOptions, blame, createSession, parseProgram, type Session } from '../../../engine/index.ts'
import { finding } from '../../blame/finding.ts'
import { compare } from '../../compare.ts'
import { profileOf } from '../../engines/table.ts'
import { judge } from '../../judge.ts'
import { optimiseAfter } from '../../optimiser.ts'
import { failed, type Outcome } from '../../outcome.ts'
import type { CheckTask } from '../../protocol.ts'
import { signature } from '../../signature.ts'
import type { CandidateMessage, CandidateRequest, CandidateWork, Found, FoundOrigin, Origin, ValueCheck } from './protocol.ts'

const NAME = 'candidate.jl'

/** Sessions of an engine, each good for one program. */
class Sessions {
  readonly #newSession: (write: (text: string) => void) => Session
  #session: Session | null
  #isUsed = false
  #isSpoilt = false
  output = ''

  constructor(newSession: (write: (text: string) => void) => Session, prepared: Session | null) {
    this.#newSession = newSession
    this.#session = prepared
    prepared?.writeTo(this.#keep)
  }

  readonly #keep = (text: string): void => {
    this.output += text
  }

  /** `isolated`: for a program that must not find what others left, and leaves what others must not find. */
  next(isolated: boolean): Session {
    this.output = ''
    if (this.#session && !this.#isSpoilt && !(isolated && this.#isUsed)) {
      if (this.#isUsed) this.#session.restart()
    } else this.#session = this.#newSession(this.#keep)
    this.#isUsed = true
    this.#isSpoilt = isolated
    return this.#session
  }
}

function failure(d: Diagnostic, output = ''): Found {
  const span = d.primary?.span ?? null
  const at = span && span.source.name === NAME ? { start: span.start, end: span.end } : null
  const top = d.stack.findLast(frame => frame.span?.source.name === NAME)?.span?.start ?? at?.start ?? null
  return { kind: 'failure', signature: signature(failed(d)), code: d.code, blame: d.blame, message: d.message, at, top, output }
}

/** The program without its last statement, and that. */
function parts(text: string): { body: Source; call: Source } | null {
  const last = parseProgram({ name: NAME, text }).args.at(-1)
  if (!last) return null
  return {
    body: { name: NAME, text: text.slice(0, last.span.start) },
    // Places in it are places in the candidate.
    call: { name: NAME, text: ' '.repeat(last.span.start) + text.slice(last.span.start, last.span.end) },
  }
}

function ran(sessions: Sessions, { text, isolated }: CandidateRequest): Found {
  const { failure: found } = sessions.next(isolated).load({ name: NAME, text })
  return found ? failure(found, sessions.output) : { kind: 'pass', output: sessions.output }
}

/** The value that this engine gives, beside that of the engine without limits. */
function besidePlain(own: Sessions, plain: Sessions, { text, isolated }: CandidateRequest, check: ValueCheck): Found {
  const program = parts(text)
  if (!program) return { kind: 'pass', output: '' }
  const value = (sessions: Sessions) => {
    const session = sessions.next(isolated)
    const loaded = session.load(program.body)
    return loaded.failure ? { kind: 'failure' as const, diagnostic: loaded.failure } : session.evaluate(program.call)
  }
  const found = value(own)
  if (found.kind === 'failure') return failure(found.diagnostic)
  const expected = value(plain)
  if (expected.kind === 'failure') return failure(expected.diagnostic)
  const result = compare(expected.value.plain, found.value.plain, { rtol: check.rtol, atol: check.atol })
  if (result.kind === 'agrees') return { kind: 'pass', output: '' }
  return {
    kind: 'wrong value',
    signature: `compare/wrong-value:${result.pattern.replace(/ /g, '-')}`,
    message: `${result.pattern}: ${result.expected} by the engine without limits, ${result.found} here`,
    expected: expected.value.plain,
    isExact: true,
    found: found.value.plain,
    type: found.value.type,
  }
}

function byLadder(own: Sessions, others: Sessions, { text, isolated }: CandidateRequest, check: ValueCheck): Found {
  const program = parts(text)
  if (!program) return { kind: 'pass', output: '' }
  const session = own.next(isolated)
  const { failure: found } = session.load(program.body)
  if (found) return failure(found)
  const given = check.oracle.kind === 'given' ? check.oracle : { value: undefined, equals: null }
  const task: CheckTask = {
    call: program.call.text,
    span: null,
    value: given.value,
    equals: given.equals,
    rtol: check.rtol,
    atol: check.atol,
    stateful: check.stateful,
  }
  return fromOutcome(judge({ check: task, program: program.body, session, newSession: () => others.next(isolated), name: NAME }))
}

function fromOutcome(outcome: Outcome): Found {
  if (outcome.kind === 'pass') return { kind: 'pass', output: '' }
  if (outcome.kind === 'fail' || outcome.kind === 'unsupported') return failure(outcome.diagnostic)
  if (outcome.kind !== 'wrong-value') return { ...failure(outcome.diagnostic), signature: signature(outcome) } as Found
  return {
    kind: 'wrong value',
    signature: signature(outcome),
    message: outcome.diagnostic.message,
    expected: outcome.expected,
    isExact: false,
    found: outcome.value.plain,
    type: outcome.value.type,
  }
}

/** Later than V8 does by itself, but earlier than in the process of a case, which ends sooner. */
const OPTIMISES_AFTER = 4

/** What makes a call wrong; the names of the program are not in it. */
function originOf(text: string, options: BlameOptions): Origin | null {
  const program = parts(text)
  const blamed = program && blame(program.body, program.call, options)
  const what = blamed && whatOf(blamed)
  if (!what) return null
  const span = finding(blamed)?.primary?.span
  return { what, at: span?.source.name === NAME ? { start: span.start, end: span.end } : null }
}

function whatOf(blamed: Blamed): string | null {
  switch (blamed.kind) {
    case 'operation': {
      const { kind, operation } = blamed.culprit
      // What stands around the mistake is not what makes it: a loop may go, and the mistake stay.
      return kind === 'rule' ? `rule ${operation}` : kind === 'custom-rule' ? kind : null
    }
    case 'not-finite':
      return `not-finite ${blamed.found.origin.operation}`
    case 'pass':
      return `pass ${blamed.run.pass}`
    case 'step':
      return `step ${blamed.step}`
    case 'nothing':
    case 'failure':
      return null
  }
}

/** `prepared` is a session of this engine, without a fault: for the engine without limits it judges values where there is a fault. */
export function serveCandidates({ engine, plant }: CandidateWork, prepared: Session | null): void {
  optimiseAfter(OPTIMISES_AFTER)
  const profile = profileOf(engine)
  const brief = (session: Session): Session => {
    session.beBrief()
    return session
  }
  const newSession = (write: (text: string) => void) => brief(createSession({ profile, write, verbose: false, fault: plant }))
  const ready = prepared && brief(prepared)
  const own = new Sessions(newSession, plant === null ? ready : null)
  const others = new Sessions(newSession, null)
  const newPlain = (write: (text: string) => void) => brief(createSession({ profile: 'none', write, verbose: false }))
  const plain = new Sessions(newPlain, plant !== null && profile === 'none' ? ready : null)
  const answer = (request: CandidateRequest): Found | FoundOrigin => {
    const { text, check, wants } = request
    try {
      if (wants === 'origin') return { kind: 'origin', origin: originOf(text, { profile, fault: plant }) }
      if (wants === 'output' || !check) return ran(own, request)
      return check.oracle.kind === 'plain engine' ? besidePlain(own, plain, request, check) : byLadder(own, others, request, check)
    } catch (error) {
      return fromOutcome(failed(thrownDiagnostic(error, 'a candidate')))
    }
  }
  const tell = (message: CandidateMessage) => process.send!(message)
  process.on('message', message => {
    const request = message as CandidateRequest
    const found = answer(request)
    tell({ kind: 'found', id: request.id, found, megabytes: process.memoryUsage().rss / 1e6 })
  })
  tell({ kind: 'up' })
}

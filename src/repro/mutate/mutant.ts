/** One planted fault: which check of which case notices it, whether the rules by themselves show it, and whether `blame` finds its place. */
import { auditRules, type Blamed, blame, createSession, type Fault, faults } from '../../engine/index.ts'
import type { CaseFile, Check } from '../case-file.ts'
import { judge } from '../judge.ts'
import type { Outcome } from '../outcome.ts'
import { signature } from '../signature.ts'

/** What is known of a case without a fault. */
export interface Baseline {
  readonly file: string
  /** Places of faults that it comes by. */
  readonly touched: readonly string[]
  /** Checks that pass. */
  readonly passing: readonly number[]
  readonly seconds: number
}

export interface Noticed {
  readonly file: string
  /** The check that did; null when the program itself failed. */
  readonly call: string | null
  readonly signature: string
}

export interface Found {
  readonly kind: Blamed['kind']
  /** The operation, the pass, the step. */
  readonly what: string
  readonly isRight: boolean
}

const quiet = (): void => undefined

function newSession(fault: string | null) {
  const session = createSession({ profile: 'none', write: quiet, verbose: false, fault })
  session.beBrief()
  return session
}

function outcomeOf(file: CaseFile, check: Check, session: ReturnType<typeof newSession>, fault: string | null): Outcome {
  return judge({ check, program: file.source, session, newSession: () => newSession(fault), name: 'check' })
}

export function baselineOf(file: CaseFile): Baseline {
  const begun = performance.now()
  const touched = new Set<string>()
  const session = createSession({ profile: 'none', write: quiet, verbose: false, touched })
  session.load(file.source)
  const passing = (file.checks ?? []).flatMap((check, i) => (outcomeOf(file, check, session, null).kind === 'pass' ? [i] : []))
  return { file: file.source.name, touched: [...touched], passing, seconds: (performance.now() - begun) / 1000 }
}

/** The session of the fault that was asked about last: its cases come one after the other. */
let last: { readonly fault: string; readonly session: ReturnType<typeof newSession> } | null = null

/** Does a case notice a fault, and which check of it? */
export function notice(fault: string, file: CaseFile, passing: readonly number[]): Noticed | null {
  if (last?.fault === fault) last.session.restart()
  else last = { fault, session: newSession(fault) }
  const { session } = last
  const { failure } = session.load(file.source)
  for (const i of passing) {
    const check = file.checks![i]!
    const outcome = outcomeOf(file, check, session, fault)
    if (outcome.kind !== 'pass') return { file: file.source.name, call: check.call, signature: signature(outcome) }
  }
  return failure ? { file: file.source.name, call: null, signature: failure.code } : null
}

/** Do the rules show it that are tried without a program? Only a fault of a rule can. */
export function showsByItself(fault: string): boolean {
  const { place } = faults().get(fault)!
  return place.kind === 'rule' && auditRules(fault, op => place.names.includes(op)).length > 0
}

export function blameFault(fault: string, file: CaseFile, call: string | null): Found {
  const found = blame(file.source, { name: 'call', text: call ?? 'nothing' }, { profile: 'none', fault })
  return { kind: found.kind, what: whatOf(found), isRight: isAt(faults().get(fault)!, found) }
}

function whatOf(found: Blamed): string {
  switch (found.kind) {
    case 'operation':
      return `${found.culprit.kind} ${found.culprit.operation}`
    case 'not-finite':
      return found.found.origin.text
    case 'pass':
      return found.run.pass
    case 'step':
      return found.step
    case 'failure':
      return found.diagnostic.code
    case 'nothing':
      return ''
  }
}

/** Was the fault found where it was planted? */
function isAt({ place }: Fault, found: Blamed): boolean {
  switch (place.kind) {
    case 'rule':
      return found.kind === 'operation' && place.names.includes(found.culprit.operation)
    case 'sweep':
      return found.kind === 'operation' && place.names.some(name => isOfKind(found.culprit.operation, name))
    case 'transform':
      return found.kind === 'step' && place.names.some(mode => found.step.includes(mode))
    case 'pass':
      return found.kind === 'pass' && place.names.includes(found.run.pass)
  }
}

/** `op` stands for every operation. */
function isOfKind(operation: string, name: string): boolean {
  return operation === name || (name === 'op' && /^(f64|f32|i64|bool)\./.test(operation))
}

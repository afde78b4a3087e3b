/** What a condition says about the types of locals: `x isa T`, `x === nothing`, and their combinations. */
import type { Core, LocalId } from '../core.ts'
import { NOTHING, typeParameterOf } from '../intern.ts'
import { isBoxed, isFlatUnion } from '../layout.ts'
import { isConcrete, isSubtype, unionOf } from '../subtype.ts'
import type { JType } from '../type.ts'
import { constantExpression } from './constant-expression.ts'
import type { Frame } from './frame.ts'
import { narrowTo, represent, splitUnion } from './value.ts'

interface Fact {
  readonly local: LocalId
  readonly type: JType
  /** The value is of the type, or is not. */
  readonly holds: boolean
}

export interface Narrowings {
  whenTrue(frame: Frame): void
  whenFalse(frame: Frame): void
}

export function narrowings(frame: Frame, test: Core): Narrowings {
  const { yes, no } = factsOf(frame, test)
  return { whenTrue: f => yes.forEach(fact => apply(f, fact)), whenFalse: f => no.forEach(fact => apply(f, fact)) }
}

interface Facts {
  readonly yes: readonly Fact[]
  readonly no: readonly Fact[]
}

const NO_FACTS: Facts = { yes: [], no: [] }

function factsOf(frame: Frame, test: Core): Facts {
  if (test.kind === 'if') {
    const a = factsOf(frame, test.test)
    if (isLiteralBool(test.else, false)) return { yes: [...a.yes, ...factsOf(frame, test.then).yes], no: [] }
    if (isLiteralBool(test.then, true)) return { yes: [], no: [...a.no, ...factsOf(frame, test.else).no] }
    return NO_FACTS
  }
  if (test.kind !== 'call' || test.kwargs.length > 0) return NO_FACTS
  const name = test.callee.kind === 'global' || test.callee.kind === 'base' ? test.callee.name : null
  const [first, second] = test.args.map(a => a.value)
  if (name === '!' && first) {
    const inner = factsOf(frame, first)
    return { yes: inner.no, no: inner.yes }
  }
  if (first?.kind !== 'local' || name === null) return NO_FACTS
  if (name === 'isa' && second) {
    const type = typeNamed(frame, second)
    return type ? about(first.id, type) : NO_FACTS
  }
  if (name === 'isnothing') return about(first.id, NOTHING)
  if (second && isNothingCore(second) && (name === '===' || name === '==')) return about(first.id, NOTHING)
  if (second && isNothingCore(second) && (name === '!==' || name === '!=')) {
    const { yes, no } = about(first.id, NOTHING)
    return { yes: no, no: yes }
  }
  return NO_FACTS
}

function about(local: LocalId, type: JType): Facts {
  return { yes: [{ local, type, holds: true }], no: [{ local, type, holds: false }] }
}

function isLiteralBool(c: Core, value: boolean): boolean {
  return c.kind === 'literal' && c.value.kind === 'bool' && c.value.value === value
}

function isNothingCore(c: Core): boolean {
  return (c.kind === 'literal' && c.value.kind === 'nothing') || (c.kind === 'global' && c.name === 'nothing')
}

function typeNamed(frame: Frame, c: Core): JType | null {
  if (c.kind !== 'global' && c.kind !== 'static-param' && c.kind !== 'apply-type') return null
  const val = constantExpression(frame, c)
  return val ? (typeParameterOf(val.type) ?? null) : null
}

function apply(frame: Frame, fact: Fact): void {
  const slot = frame.env[fact.local]
  if (!slot || frame.code.locals[fact.local]?.boxed) return
  const { val } = slot
  const span = frame.code.body.span
  if (isFlatUnion(val.type)) {
    const kept = val.type.members.filter(m => isSubtype(m, fact.type) === fact.holds)
    if (kept.length === 0 || kept.length === val.type.members.length) return
    const [only] = kept
    const type = kept.length === 1 ? only! : unionOf(kept)
    const narrowed =
      kept.length === 1
        ? narrowTo(val, type)
        : splitUnion(frame, val, span, m => represent(frame, kept.includes(m.type) ? m : narrowTo(val, only!), type, span), type)
    frame.env[fact.local] = { val: narrowed, defined: slot.defined }
  } else if (fact.holds && isBoxed(val.type) && isConcrete(fact.type)) {
    frame.env[fact.local] = { val: represent(frame, val, fact.type, span), defined: slot.defined }
  }
}

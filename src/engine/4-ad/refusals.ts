/** What cannot be differentiated, found before anything is written. Each refusal names the place and the chain of reasons. */
import { type Diagnostic, Failure, type Label, type Phase } from '../../diagnostics/diagnostic.ts'
import { diagnostic, fail } from '../../diagnostics/report.ts'
import type { Span } from '../../diagnostics/source.ts'
import type { Loc, ValueId } from '../3-ir/ir.ts'
import { framesOf } from '../3-ir/loc.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { operands, outsOf } from '../3-ir/visit.ts'
import type { Reason } from './activity-found.ts'
import { bitsMadeFloat } from './bits.ts'
import type { Differentiation } from './differentiation.ts'
import type { MemObject } from './memory-objects.ts'

/** The innermost place in the user's program that a location stands for; the place itself if there is none. */
export function userSpan(at: Loc): Span | null {
  const frames = framesOf(at)
  return (frames.find(frame => frame.origin === 'user' && frame.span) ?? frames.find(frame => frame.span))?.span ?? null
}

/** The chain of reasons, nearest first, one a line. */
export function reasonLines(reason: Reason | null): string[] {
  const lines: string[] = []
  for (let at = reason; at && lines.length < 12; at = at.from) lines.push(`${at.what}: ${at.how}`)
  return lines
}

/** An expression is called what the program writes for it: the name of its value is the engine's. */
function writtenAs({ what, how, at }: Reason): string {
  const span = at && /^(`|array )/.test(what) && how !== 'active parameter' ? userSpan(at) : null
  const text = span?.source.text.slice(span.start, span.end) ?? ''
  return text !== '' && text.length <= LONGEST_TEXT && !text.includes('\n') ? `\`${text}\`` : what
}

/** What is longer is no name any more. */
const LONGEST_TEXT = 40

function reasonLabels(reason: Reason | null): Label[] {
  const labels: Label[] = []
  for (let at = reason; at; at = at.from) {
    const span = at.at && userSpan(at.at)
    if (span && !labels.some(label => label.span.start === span.start && label.span.source === span.source))
      labels.push({ span, text: `${writtenAs(at)} becomes active here (${at.how})` })
  }
  return labels.slice(0, 4)
}

const PHASES = {
  forward: 'forward',
  augmented: 'augment',
  reverse: 'reverse',
  gradient: 'augment',
  caught: 'lower',
} as const satisfies Record<string, Phase>

export function phaseOf(d: Differentiation): Phase {
  return PHASES[d.transform.mode]
}

export function refuse(d: Differentiation): void {
  refuseStoresIntoConstant(d)
  const way = bitsMadeFloat(d)
  if (way) {
    const details = { exception: 'EnzymeNoDerivativeError', stack: framesOf(way.at) }
    fail(phaseOf(d), 'ad.bits', { fn: d.func.label }, userSpan(way.at), details)
  }
  d.activity.liveInsts().forEach(inst => {
    if (inst.kind === 'prim' && inst.prim.startsWith('expr.')) {
      const active = inst.args.some(arg => isRef(d.activity.typeOf(arg)) && d.activity.isActiveRef(arg))
      const what = 'Code that is made of values with derivatives'
      if (active) fail(phaseOf(d), 'subset.no-syntax', { what }, userSpan(inst.at), { stack: framesOf(inst.at) })
    } else if (inst.kind === 'global-set') {
      const type = d.activity.typeOf(inst.value)
      const active = isFloat(type) ? d.activity.isVaried(inst.value) : isRef(type) && d.activity.isActiveRef(inst.value)
      if (!active) return
      const reason = d.activity.reasonOf(inst.value)
      const name = d.module.globals[inst.cell]?.name ?? `cell ${inst.cell}`
      fail(phaseOf(d), 'ad.active-global-write', { name }, userSpan(inst.at), {
        exception: 'EnzymeRuntimeActivityError',
        secondary: reasonLabels(reason),
        notes: reasonLines(reason).map(line => `active: ${line}`),
        stack: framesOf(inst.at),
      })
    }
  })
}

/**
 * Memory of the function object that something active is stored into and that has a part in the derivative: that is no object that is only
 * read, as Enzyme asks for, whatever runs.
 */
function refuseStoresIntoConstant(d: Differentiation): void {
  const { activity } = d
  const hasPart = ({ index }: MemObject): boolean =>
    activity.liveInsts().some(inst => {
      if (inst.kind !== 'load' && inst.kind !== 'get') return false
      const base = inst.kind === 'load' ? inst.arr : inst.obj
      return isFloat(inst.out.type) && activity.isUseful(inst.out.id) && activity.aliases.points(base).has(index)
    })
  for (const object of activity.lostInto())
    if (isOfFunction(d, object) && (hasPart(object) || hasPartInCall(d, object))) throw new Failure(storeFailure(d, object))
}

/** Is a reference that is found in this memory given to a call whose result has a part in the derivative? */
function hasPartInCall({ activity }: Differentiation, { index }: MemObject): boolean {
  const found = new Set<ValueId>()
  return activity.liveInsts().some(inst => {
    const base = inst.kind === 'load' ? inst.arr : inst.kind === 'get' ? inst.obj : null
    const isFrom = (base !== null && activity.aliases.points(base).has(index)) || operands(inst).some(id => found.has(id))
    if (!isFrom) return false
    for (const out of outsOf(inst)) if (isRef(out.type)) found.add(out.id)
    return inst.kind === 'call' && outsOf(inst).some(out => isFloat(out.type) && activity.isUseful(out.id))
  })
}

/** What is wrong when something active goes into this constant memory. */
export function storeFailure(d: Differentiation, object: MemObject): Diagnostic {
  // What a caller makes active was inactive here.
  const reason = d.activity.reasonOfStoreInto(object) ?? d.activity.found.reason(object, 'stored into', null, null)
  const at = placeOf(reason) ?? d.func.at
  const cause = elsewhere(reason.from, userSpan(at))
  const name =
    object.kind === 'global' ? 'a global' : object.param < 0 ? 'what a call gave' : `\`${d.func.body.params[object.param]!.name}\``
  const isFunction = isOfFunction(d, object)
  return diagnostic(
    phaseOf(d),
    'ad.active-store-to-const',
    { name: isFunction ? 'the function object' : name, fn: d.func.label, what: cause ? writtenAs(cause) : 'a value' },
    userSpan(at),
    {
      exception: isFunction ? 'EnzymeMutabilityException' : 'EnzymeRuntimeActivityError',
      secondary: reasonLabels(cause),
      notes: reasonLines(reason).map(line => `active: ${line}`),
      stack: framesOf(at),
    },
  )
}

/** The function object is the first parameter of a function that has one. */
function isOfFunction(d: Differentiation, object: MemObject): boolean {
  return object.param === 0 && d.func.body.params[0]!.name === 'self'
}

/** The first of a chain that does not stand at this very place: what is told of the place itself would say the same twice. */
function elsewhere(reason: Reason | null, place: Span | null): Reason | null {
  for (let at = reason; at; at = at.from) {
    const span = at.at && userSpan(at.at)
    if (!span || !place || span.source !== place.source || span.start !== place.start || span.end !== place.end) return at
  }
  return reason
}

function placeOf(reason: Reason): Loc | null {
  for (let at: Reason | null = reason; at; at = at.from) if (at.at) return at.at
  return null
}

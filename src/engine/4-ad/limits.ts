/**
 * Known limits of other engines that a profile imitates: one entry a limit, each consulted at a real decision point of a transform,
 * with a predicate over facts the transform has found. No predicate may look at names, spans or cases.
 */
import type { Attachment } from '../../diagnostics/diagnostic.ts'
import { fail } from '../../diagnostics/report.ts'
import type { Span } from '../../diagnostics/source.ts'
import type { Transform } from '../3-ir/ir.ts'
import { framesOf, madeBy } from '../3-ir/loc.ts'
import { isRef } from '../3-ir/types.ts'
import type { Profile } from '../session.ts'
import type { Call } from './calls.ts'
import type { Differentiation } from './differentiation.ts'
import { phaseOf, userSpan } from './refusals.ts'
import { allEntries, countEntries, isMixed, plural, type TapeLayout } from './tape-layout.ts'

/** A call of an augmented or reverse function, met by reverse mode. */
export interface TapedCall {
  readonly d: Differentiation
  readonly call: Call
  /** What the callee is. */
  readonly inner: Transform
  /** Signature of the function that the callee was made from. */
  readonly innerLabel: string
  readonly layout: TapeLayout
  readonly attachments: () => readonly Attachment[]
}

export interface Limit {
  readonly id: string
  readonly upstream: string
  readonly url: string
  readonly profile: Profile
  readonly since: string
  /** Where it is consulted. */
  readonly point: 'reverse mode meets a call with a tape'
  /** How the upstream engine fails: while it compiles, or in code that it put into the derivative. */
  readonly delivery: 'compile time' | 'run time'
  readonly holds: (met: TapedCall) => boolean
  readonly raise: (met: TapedCall, limit: Limit) => never
}

export const LIMITS: readonly Limit[] = [
  {
    id: 'mixed-tape',
    upstream: 'EnzymeAD/Enzyme.jl#2640',
    url: 'https://github.com/EnzymeAD/Enzyme.jl/issues/2640',
    profile: 'enzyme-0.13',
    since: '0.13',
    point: 'reverse mode meets a call with a tape',
    delivery: 'compile time',
    holds: ({ layout }) => isMixed(layout),
    raise: raiseMixedTape,
  },
]

/** Throws if a limit of the profile holds. */
export function consultLimits(profile: Profile, met: TapedCall): void {
  for (const limit of LIMITS) if (limit.profile === profile && limit.holds(met)) limit.raise(met, limit)
}

function raiseMixedTape(met: TapedCall, limit: Limit): never {
  const { d, call, innerLabel, layout } = met
  const { refs, floats } = countEntries(layout)
  const holds = `${plural(refs, 'reference')} and ${plural(floats, 'float')}`
  const label = `reverse #${d.level - 1} of ${innerLabel}`
  const callAt = madeBy(call.at, `augmented #${d.level}`)
  const reference = [...allEntries(layout)].find(entry => isRef(entry.type))!
  const kept = madeBy(madeBy(reference.at, `augmented #${d.level - 1}`), `augmented #${d.level}`)
  const primary = userOnly(callAt) ?? userOnly(kept) ?? userSpan(callAt)
  const keptSpan = userSpan(kept)
  const secondary =
    keptSpan && keptSpan.start !== primary?.start ? [{ span: keptSpan, text: `kept on the tape here: ${reference.name}, a reference` }] : []
  fail(phaseOf(d), 'ad.mixed-tape', { callee: innerLabel, holds }, primary, {
    label: `the tape of this call holds ${holds}`,
    secondary,
    exception: 'EnzymeInternalError',
    notes: [`while: augmenting ${label} for reverse #${d.level}`, `known: ${limit.upstream} (limit \`${limit.id}\`, since ${limit.since})`],
    help: [
      'make the inner derivative forward mode: `Enzyme.jacobian(Enzyme.Forward, …)`, `Enzyme.autodiff(Enzyme.Forward, …)`',
      'make the outer derivative forward mode, which takes such a tape as it is',
      'run it on the engine without limits, `--engine builtin`, to have the value',
    ],
    stack: [...framesOf(kept), ...framesOf(callAt)],
    attachments: met.attachments(),
  })
}

function userOnly(at: Call['at']): Span | null {
  return framesOf(at).find(frame => frame.origin === 'user' && frame.span)?.span ?? null
}

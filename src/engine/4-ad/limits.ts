/**
 * Known limits of other engines that a profile imitates, one row each: consulted at a real decision of a transform, with a predicate over
 * facts that the transform has found. No predicate may look at names, spans or cases.
 */
import type { Code } from '../../diagnostics/catalogue.ts'
import type { Attachment, Label } from '../../diagnostics/diagnostic.ts'
import type { MetRequest } from '../2-types/specialise/marks.ts'
import type { Inst, Loc } from '../3-ir/ir.ts'
import type { Delivery, LimitInfo, Profile } from '../session.ts'
import type { Call } from './calls.ts'
import type { Differentiation } from './differentiation.ts'
import { familyOf, releaseOf, type Versions } from './limit-versions.ts'
import { ENZYME_LIMITS } from './limits-enzyme.ts'
import { ZYGOTE_LIMITS } from './limits-zygote.ts'
import type { TapeLayout } from './tape-layout.ts'

/** A function that is about to be differentiated, and what is known of it beside its analyses. */
export interface MetFunction {
  readonly kind: 'function'
  readonly d: Differentiation
  /** Its first `try`, which has been taken apart since. */
  readonly tryAt: Loc | null
  /** Its result as Julia prints it, if that is a union that is stored as a tag and the leaves of all members. */
  readonly unionResult: string | null
  /** Calls of what reverse mode has made, with the layout of the tape between their sweeps. */
  readonly taped: () => readonly TapedCall[]
  /** Does this function, or one that it calls, mark that it stands for this foreign routine? */
  readonly standsFor: (callee: string, routine: string) => boolean
}

export interface TapedCall {
  readonly call: Call
  /** Signature of the function that the callee was made from. */
  readonly label: string
  readonly layout: TapeLayout
}

/** What a predicate has found: where, and what to say of it. */
export interface Found {
  /** The instruction that the upstream engine stumbles over; null for the function as a whole. */
  readonly inst: Inst | null
  readonly at: Loc
  /** For the message: what it is about. */
  readonly what: string
  /** Under the carets. */
  readonly label: string
  /** What is kept on a tape, and where: its own place in both stacks. */
  readonly kept?: { readonly at: Loc; readonly name: string }
  readonly secondary?: readonly Label[]
  readonly notes?: readonly string[]
  readonly attachments?: readonly Attachment[]
  /** Of a wrong value: the argument of a call whose derivative is lost; all of it if missing. */
  readonly argument?: number
}

interface Row {
  readonly id: string
  readonly profile: LimitInfo['profile']
  /** Number of the issue in the engine's repository. */
  readonly issue: number
  readonly versions: Versions
  readonly point: string
  readonly delivery: Delivery
  readonly code: Code | null
  /** Type of the exception upstream; null for what no program can catch. */
  readonly exception: string | null
  /** What works instead, best first. */
  readonly help: readonly string[]
}

export type Limit =
  | (Row & { readonly at: 'function'; readonly find: (met: MetFunction) => Found | null })
  | (Row & { readonly at: 'request'; readonly holds: (met: MetRequest) => string | null })

export const LIMITS: readonly Limit[] = [...ENZYME_LIMITS, ...ZYGOTE_LIMITS]

const REPOSITORIES = { 'enzyme-0.13': 'EnzymeAD/Enzyme.jl', zygote: 'FluxML/Zygote.jl' } as const

export function upstreamOf({ profile, issue }: Pick<Row, 'profile' | 'issue'>): string {
  return `${REPOSITORIES[profile]}#${issue}`
}

/** The rows as other layers see them: all, or those of a profile. */
export function limitTable(profile?: Profile): readonly LimitInfo[] {
  const rows = profile === undefined ? LIMITS : limitsOf(profile, [])
  return rows.map(({ id, profile, issue, versions, point, delivery, code }) => {
    const url = `https://github.com/${REPOSITORIES[profile]}/issues/${issue}`
    return { id, profile, upstream: upstreamOf({ profile, issue }), url, versions: versions.text, point, delivery, code }
  })
}

export function limitsOf(profile: Profile, without: readonly string[]): readonly Limit[] {
  const release = releaseOf(profile)
  const family = familyOf(profile)
  return LIMITS.filter(limit => limit.profile === family && limit.versions.includes(release) && !without.includes(limit.id))
}

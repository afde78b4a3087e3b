/** Asks the limits of a profile about a function that is to be differentiated, and delivers what holds in the way of the upstream engine. */
import { type Diagnostic, Failure, type Label } from '../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../diagnostics/report.ts'
import type { Span } from '../../diagnostics/source.ts'
import type { MetRequest } from '../2-types/specialise/marks.ts'
import type { Inst, Loc, Module } from '../3-ir/ir.ts'
import { framesOf, madeBy } from '../3-ir/loc.ts'
import type { Differentiation } from './differentiation.ts'
import type { Imitated } from './imitated.ts'
import { type Found, type Limit, type MetFunction, upstreamOf } from './limits.ts'
import { phaseOf, userSpan } from './refusals.ts'

export interface Consulting {
  readonly limits: readonly Limit[]
  readonly module: Module
  readonly warn: (found: Diagnostic) => void
  readonly attachments: (d: Differentiation) => readonly Diagnostic['attachments'][number][]
}

export function consultLimits(met: MetFunction, cx: Consulting): Imitated {
  const failing = new Map<Inst, number>()
  const atEntry: number[] = []
  const severed = new Map<Inst, number | 'all'>()
  for (const limit of cx.limits) {
    const found = limit.at === 'function' ? limit.find(met) : null
    if (!found) continue
    if (limit.delivery === 'wrong-value') {
      severed.set(found.inst!, found.argument ?? 'all')
      continue
    }
    const failure = failureOf(met.d, limit, found, cx)
    switch (limit.delivery) {
      case 'compile':
      case 'abort':
        throw new Failure(failure)
      case 'warning':
        cx.warn(failure)
        break
      case 'emitted': {
        // Where it runs is known by then.
        const number = numberOf(cx.module, { ...failure, stack: [] })
        if (found.inst) failing.set(found.inst, number)
        else atEntry.push(number)
      }
    }
  }
  return { failing, atEntry, severed }
}

/** A limit that Enzyme's own functions meet: the number of its failure; null if none holds. */
export function consultRequest(met: MetRequest, at: Loc, limits: readonly Limit[], module: Module): number | null {
  for (const limit of limits) {
    const what = limit.at === 'request' ? limit.holds(met) : null
    if (what === null) continue
    const details = { label: '', exception: limit.exception ?? '', notes: [known(limit)], help: limit.help }
    return numberOf(module, diagnostic('forward', limit.code!, { what }, userSpan(at), details))
  }
  return null
}

/** The number of a failure that is thrown at run time. */
export function numberOf(module: Module, failure: Diagnostic): number {
  module.failures ??= []
  return module.failures.push(failure) - 1
}

function known(limit: Limit): string {
  return `known: ${upstreamOf(limit)} (limit \`${limit.id}\`, ${limit.versions.text})`
}

function failureOf(d: Differentiation, limit: Limit, found: Found, cx: Consulting): Diagnostic {
  const label = d.transform.mode === 'forward' ? `forward #${d.level}` : `augmented #${d.level}`
  const at = madeBy(found.at, label)
  const kept = found.kept && madeBy(found.kept.at, label)
  const primary = (userOnly(at) ?? (kept && userOnly(kept))) || userSpan(at)
  const keptSpan = kept && userSpan(kept)
  const secondary: Label[] = [...(found.secondary ?? [])]
  if (keptSpan && !isSame(keptSpan, primary)) secondary.push({ span: keptSpan, text: `kept on the tape here: ${found.kept!.name}` })
  return diagnostic(phaseOf(d), limit.code!, { what: found.what }, primary, {
    label: found.label,
    secondary: secondary.filter(({ span }) => !isSame(span, primary)),
    ...(limit.exception !== null && { exception: limit.exception }),
    notes: [...(found.notes ?? []), known(limit)],
    help: limit.help,
    stack: [...(kept ? framesOf(kept) : []), ...framesOf(at)],
    attachments: [...cx.attachments(d), ...(found.attachments ?? [])],
  })
}

function isSame(a: Span, b: Span | null): boolean {
  return a.start === b?.start && a.source === b.source
}

function userOnly(at: Loc): Span | null {
  return framesOf(at).find(frame => frame.origin === 'user' && frame.span)?.span ?? null
}

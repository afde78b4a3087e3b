/** What a function's tape holds, computed from its pushes and from the tapes of what it calls; the same stacks are shared by all. */
import type { Func, Loc, Param, Transform, Type, ValueId } from '../3-ir/ir.ts'
import { declarationOf } from '../3-ir/loc.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { forEachInst, forEachParam } from '../3-ir/visit.ts'
import type { Call, CallPlan } from './calls.ts'
import type { Differentiation } from './differentiation.ts'
import type { Plan } from './keep.ts'
import type { Scope } from './places.ts'
import { isShadowKey, valueOfKey } from './recompute.ts'

export interface TapeEntry {
  /** `x`, `shadow of v`, `trips`. */
  readonly name: string
  readonly type: Type
  /** How many loops of its function it is pushed in. */
  readonly depth: number
  /** Is it known, when it is compiled, how often the loops around it turn? */
  readonly loops: 'none' | 'known' | 'unknown'
  readonly at: Loc
}

export interface TapeLayout {
  /** Whose tape: `augmented #1 of f(::Float64)`. */
  readonly label: string
  readonly entries: readonly TapeEntry[]
  readonly calls: readonly TapeLayout[]
}

/** Layout of a call's own part; null when it is the layout being computed, in a recursion. */
export type LayoutOfCall = (call: Call, plan: Extract<CallPlan, { kind: 'derived' }>) => TapeLayout | null

export function tapeLayout(d: Differentiation, plan: Plan, ofCall: LayoutOfCall): TapeLayout {
  const entries: TapeEntry[] = []
  for (const { block, kept } of plan.allKept()) {
    const scope = d.places.scope(block)
    const { depth } = scope
    const loops = turnsOf(d, scope)
    if (kept.kind === 'trips') entries.push({ name: 'trips', type: 'i64', depth, loops, at: kept.loop.at })
    else {
      const { param, inst, scope: own } = d.places.value(valueOfKey(kept.key))
      const name = isShadowKey(kept.key) ? `shadow of \`${param.name}\`` : `\`${param.name}\``
      entries.push({ name, type: param.type, depth, loops, at: inst?.at ?? own.owner?.at ?? declarationOf(d.func, param) })
    }
  }
  const calls: TapeLayout[] = []
  for (const inst of d.activity.liveInsts()) {
    if (inst.kind !== 'call') continue
    const callPlan = d.planOf(inst)
    const layout = callPlan.kind === 'derived' ? ofCall(inst, callPlan) : null
    if (layout) calls.push(layout)
  }
  return { label: `augmented #${d.level} of ${d.func.label}`, entries, calls }
}

function turnsOf(d: Differentiation, scope: Scope): TapeEntry['loops'] {
  let found: TapeEntry['loops'] = 'none'
  for (let at: Scope | null = scope; at; at = at.parent) {
    const { owner } = at
    if (owner?.kind === 'while') return 'unknown'
    if (owner?.kind !== 'for') continue
    if (d.places.value(owner.count).inst?.kind !== 'const') return 'unknown'
    found = 'known'
  }
  return found
}

/** The tape of a function that was not made by planning: what it pushes itself. */
export function pushedLayout(f: Func): TapeLayout {
  const entries: TapeEntry[] = []
  const params = new Map<ValueId, Param>()
  forEachParam(f.body, param => params.set(param.id, param))
  forEachInst(f.body, inst => {
    if (inst.kind !== 'push') return
    const param = params.get(inst.value)!
    entries.push({ name: `\`${param.name}\``, type: param.type, depth: 0, loops: 'none', at: inst.at })
  })
  return { label: f.label, entries, calls: [] }
}

/** All entries, those of calls too. */
export function* allEntries(layout: TapeLayout): Generator<TapeEntry> {
  yield* layout.entries
  for (const call of layout.calls) yield* allEntries(call)
}

export interface TapeCount {
  readonly refs: number
  readonly floats: number
  readonly others: number
}

export function countEntries(layout: TapeLayout): TapeCount {
  const count = { refs: 0, floats: 0, others: 0 }
  for (const { type } of allEntries(layout)) {
    if (isRef(type)) count.refs++
    else if (isFloat(type)) count.floats++
    else count.others++
  }
  return count
}

export function isMixed(layout: TapeLayout): boolean {
  const { refs, floats } = countEntries(layout)
  return refs > 0 && floats > 0
}

/** One line an entry, calls indented. */
export function layoutText(layout: TapeLayout, indent = ''): string {
  const { refs, floats, others } = countEntries(layout)
  const lines = [`${indent}${layout.label}: ${plural(refs, 'reference')}, ${plural(floats, 'float')}, ${plural(others, 'other')}`]
  for (const { name, type, depth } of layout.entries)
    lines.push(`${indent}  ${name}: ${type}${depth > 0 ? `, once a trip of ${plural(depth, 'loop')}` : ''}`)
  for (const call of layout.calls) lines.push(layoutText(call, `${indent}  `))
  return lines.join('\n')
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

export function usesCallersTape(transform: Transform | undefined): boolean {
  return transform?.mode === 'augmented' || transform?.mode === 'reverse'
}

/** Makes derived functions on demand. One `Deriver` a module; everything it finds out is kept for the next transform. */
import { invariant } from '../../diagnostics/bug.ts'
import { Failure } from '../../diagnostics/diagnostic.ts'
import { fail } from '../../diagnostics/report.ts'
import type { Func, Module, Transform } from '../3-ir/ir.ts'
import { during } from '../3-ir/step.ts'
import type { Profile } from '../session.ts'
import { activityText, verboseAttachments } from './activity-text.ts'
import { derivedCallee } from './calls.ts'
import { type CustomRules, NO_RULES } from './custom-rules.ts'
import { type Decisions, RIGHT } from './decisions.ts'
import { type Differentiation, differentiation } from './differentiation.ts'
import { caught, type ExplicitContext, explicitThrows } from './explicit-throws.ts'
import { Facts } from './facts.ts'
import { forward } from './forward.ts'
import { flattenGuards } from './guards.ts'
import type { Plan } from './keep.ts'
import { consultLimits } from './limits.ts'
import { MayThrow } from './may-throw.ts'
import { refuse, refuseGuarded, userSpan } from './refusals.ts'
import { augmented, gradient, planReverse, reverse } from './reverse.ts'
import { layoutText, pushedLayout, type TapeLayout, tapeLayout, usesCallersTape } from './tape-layout.ts'
import { levelOf, requestDerived } from './transform-name.ts'

export interface DeriveOptions {
  readonly profile: Profile
  /** The passes that run on a function before it is differentiated. May resolve callees through the deriver. */
  readonly prepare: (f: Func) => Func
  /** Rules that were written for functions; none if missing. */
  readonly rules?: CustomRules
  /** How the transforms do what they do; `RIGHT` if missing. */
  readonly decisions?: Decisions
  /** Collect IR, activity and tape layouts into failures. */
  readonly verbose?: boolean
  /** Told of every derived function, for `show` and for checks between stages. */
  readonly onDerived?: (f: Func) => void
}

/** Both functions of a split reverse mode are made from one plan. */
interface Planned {
  readonly d: Differentiation
  readonly plan: Plan
}

export class Deriver {
  readonly module: Module
  readonly facts: Facts
  readonly #options: DeriveOptions
  readonly #rules: CustomRules
  readonly #explicit: ExplicitContext
  readonly #prepared = new Map<string, Func>()
  readonly #planned = new Map<string, Planned>()
  readonly #layouts = new Map<string, TapeLayout>()
  readonly #levels = new Map<string, number>()
  /** Slots of tapes are numbered through the module, for callees share the tape of their callers. */
  #nextSlot = 1
  readonly #underWay: string[] = []
  readonly #ruledNames = new Set<string>()

  constructor(module: Module, options: DeriveOptions) {
    this.module = module
    this.#options = options
    this.#rules = options.rules ?? NO_RULES
    this.#explicit = { module, rules: this.#rules, mayThrow: new MayThrow(module) }
    this.facts = new Facts(module, this.#rules, options.decisions ?? RIGHT, name => this.prepared(name))
  }

  /** The function of this name; derived now if it is a transform that was only asked for. */
  resolve(name: string): Func {
    const known = this.module.funcs.get(name)
    if (known) return known
    const transform = this.module.derived.get(name)
    invariant(transform, `there is no function ${name}`)
    const primal = this.prepared(transform.of)
    if (this.#underWay.includes(name)) {
      const details = { exception: 'EnzymeNoDerivativeError' }
      fail('activity', 'ad.derivative-of-itself', { fn: primal.label }, userSpan(primal.at), details)
    }
    this.#underWay.push(name)
    try {
      const made = during({ kind: 'transform', name, transform }, primal, this.module, () => this.#derive(name, transform, primal))
      this.module.funcs.set(name, made)
      this.#options.onDerived?.(made)
      return made
    } finally {
      this.#underWay.pop()
    }
  }

  /** A function as it is differentiated: simplified first. */
  prepared(name: string): Func {
    let known = this.#prepared.get(name)
    if (!known) {
      const explicit = explicitThrows(this.#options.prepare(this.resolve(name)), this.#explicit)
      known = flattenGuards(explicit, callee => this.facts.alwaysThrows(callee))
      this.#prepared.set(name, known)
    }
    return known
  }

  #derive(name: string, transform: Transform, primal: Func): Func {
    if (transform.mode === 'caught') return caught(primal, this.#explicit, name, transform)
    const ruled = this.#ruled(name, transform)
    if (ruled) return ruled
    this.facts.decisions.begin(transform, primal)
    if (transform.mode === 'forward') {
      const d = this.#differentiation(transform, primal)
      if (transform.guarded) refuseGuarded(d, transform.guarded)
      return forward(d, name)
    }
    const { d, plan } = this.#plan(transform, primal)
    switch (transform.mode) {
      case 'augmented':
        if (transform.guarded) refuseGuarded({ ...d, transform }, transform.guarded)
        return augmented({ ...d, transform }, plan, name)
      case 'reverse':
        return reverse({ ...d, transform }, plan, name)
      case 'gradient':
        return gradient(d, plan, name)
    }
  }

  /** The reverse function of a rule takes what its augmented one kept, so that is made first. */
  #ruled(name: string, transform: Transform): Func | null {
    if (this.#rules.kindOf(transform.of) !== 'rule') return null
    if (transform.mode === 'reverse') this.resolve(requestDerived(this.module, { ...transform, mode: 'augmented' }))
    const made = this.#rules.derive(name, transform, () => this.#nextSlot++)
    if (made) this.#ruledNames.add(name)
    return made
  }

  /** Layout of the tape of an augmented or reverse transform. */
  layoutOf(name: string): TapeLayout {
    let layout = this.#layouts.get(name)
    if (!layout) {
      const transform = this.module.derived.get(name)
      invariant(transform && usesCallersTape(transform), `${name} has no tape`)
      const ruled = this.resolve(requestDerived(this.module, { ...transform, mode: 'augmented' }))
      if (this.#ruledNames.has(ruled.name)) {
        layout = pushedLayout(ruled)
        this.#layouts.set(name, layout)
        return layout
      }
      const { d, plan } = this.#plan(transform, this.prepared(transform.of))
      // Until it is known, its own calls of itself count nothing.
      this.#layouts.set(name, { label: d.func.label, entries: [], calls: [] })
      layout = tapeLayout(d, plan, (call, callPlan) =>
        this.layoutOf(derivedCallee(this.module, call, callPlan, transform, 'augmented', d.overwrittenBy(call))),
      )
      this.#layouts.set(name, layout)
    }
    return layout
  }

  /** Activity of a function under a transform, as text. */
  activityText(transform: Transform): string {
    return activityText(this.facts.activity(transform.of, transform))
  }

  #differentiation(transform: Transform, primal: Func): Differentiation {
    const level = 1 + levelOf(this.module, transform.of, this.#levels)
    const d = differentiation(this.module, this.facts, transform, primal, level)
    try {
      refuse(d)
    } catch (error) {
      if (!(error instanceof Failure) || !this.#options.verbose) throw error
      throw new Failure({ ...error.diagnostic, attachments: [...error.diagnostic.attachments, ...verboseAttachments(d)] })
    }
    return d
  }

  #plan(transform: Transform, primal: Func): Planned {
    const whole = transform.mode === 'gradient'
    const key = `${whole ? 'whole' : 'split'} ${transform.activity.join()} ${transform.interface} ${transform.overwritten} ${transform.primal ?? true} ${transform.strongZero ?? false} ${transform.of}`
    let planned = this.#planned.get(key)
    if (!planned) {
      const d = this.#differentiation(whole ? transform : { ...transform, mode: 'augmented' }, primal)
      this.#consultLimits(d)
      planned = { d, plan: planReverse(d, () => this.#nextSlot++) }
      this.#planned.set(key, planned)
    }
    return planned
  }

  #consultLimits(d: Differentiation): void {
    if (this.#options.profile === 'none') return
    for (const call of d.activity.liveInsts()) {
      if (call.kind !== 'call' || d.planOf(call).kind !== 'derived') continue
      const inner = this.module.derived.get(call.callee)
      if (!inner || !usesCallersTape(inner)) continue
      const layout = this.layoutOf(call.callee)
      const attachments = () =>
        this.#options.verbose ? [...verboseAttachments(d), { title: 'tape layout', text: layoutText(layout) }] : []
      consultLimits(this.#options.profile, { d, call, inner, innerLabel: this.prepared(inner.of).label, layout, attachments })
    }
  }
}

/** Makes derived functions on demand. One `Deriver` a module; everything it finds out is kept for the next transform. */
import { invariant } from '../../diagnostics/bug.ts'
import { type Attachment, type Diagnostic, Failure } from '../../diagnostics/diagnostic.ts'
import { fail } from '../../diagnostics/report.ts'
import type { Func, Loc, Module, Transform, ValueId } from '../3-ir/ir.ts'
import { keepOnly } from '../3-ir/left-functions.ts'
import { during } from '../3-ir/step.ts'
import { forEachInst } from '../3-ir/visit.ts'
import { activityText, workingsOf } from './activity-text.ts'
import { batched } from './batched.ts'
import { derivedCallee } from './calls.ts'
import { consultLimits } from './consult.ts'
import { type CustomRules, NO_RULES } from './custom-rules.ts'
import { type Decisions, RIGHT } from './decisions.ts'
import { type Differentiation, differentiation, type Noted } from './differentiation.ts'
import { caught, type ExplicitContext, explicitThrows } from './explicit-throws.ts'
import { Facts } from './facts.ts'
import { forward } from './forward.ts'
import { flattenGuards } from './guards.ts'
import type { Plan } from './keep.ts'
import type { Limit, TapedCall } from './limits.ts'
import { MayThrow } from './may-throw.ts'
import { refuse, userSpan } from './refusals.ts'
import { augmented, gradient, planReverse, reverse } from './reverse.ts'
import { layoutText, pushedLayout, type TapeLayout, tapeLayout, usesCallersTape } from './tape-layout.ts'
import { levelOf, requestDerived } from './transform-name.ts'

export interface DeriveOptions {
  /** What is imitated of another engine; nothing if missing. */
  readonly limits?: readonly Limit[]
  /** The passes that run on a function before it is differentiated. May resolve callees through the deriver. */
  readonly prepare: (f: Func) => Func
  /** Rules that were written for functions; none if missing. */
  readonly rules?: CustomRules
  /** How the transforms do what they do; `RIGHT` if missing. */
  readonly decisions?: Decisions
  /** Are IR and activity to be put into failures? They are, if missing. */
  readonly attaches?: () => boolean
  /** Told of what a limit warns of. */
  readonly warn?: (found: Diagnostic) => void
  /** The result of a function as Julia prints it, if that is a union stored as a tag and leaves. */
  readonly unionResult?: (name: string) => string | null
  /** Told of every function that is made here, and by what: for checks between stages. */
  readonly check?: (f: Func, made: string) => void
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
  readonly rules: CustomRules
  readonly #explicit: ExplicitContext
  readonly #prepared = new Map<string, Func>()
  readonly #planned = new Map<string, Planned>()
  readonly #layouts = new Map<string, TapeLayout>()
  readonly #levels = new Map<string, number>()
  /** Slots of tapes are numbered through the module, for callees share the tape of their callers. */
  #nextSlot = 1
  readonly #underWay: string[] = []
  readonly #ruledNames = new Set<string>()
  /** First `try` of the functions that had one. */
  readonly #tries = new Map<string, Loc>()
  readonly #marks = new Map<string, ReadonlySet<string>>()

  constructor(module: Module, options: DeriveOptions) {
    this.module = module
    this.#options = options
    this.rules = options.rules ?? NO_RULES
    this.#explicit = { module, rules: this.rules, mayThrow: new MayThrow(module) }
    this.facts = new Facts(module, this.rules, options.decisions ?? RIGHT, name => this.prepared(name))
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
      this.#options.check?.(made, `the transform \`${transform.mode}\``)
      return made
    } finally {
      this.#underWay.pop()
    }
  }

  /** Forgets functions that are not left. */
  letGo(left: ReadonlySet<string>): void {
    keepOnly(left, this.#prepared, this.#layouts, this.#levels, this.#ruledNames, this.#tries, this.#marks)
    for (const [key, { d }] of this.#planned) if (!left.has(d.func.name)) this.#planned.delete(key)
    this.facts.letGo(left)
    this.#explicit.mayThrow.letGo(left)
  }

  /** A function as it is differentiated: simplified first. */
  prepared(name: string): Func {
    let known = this.#prepared.get(name)
    if (!known) {
      const { prepare, check } = this.#options
      const simple = prepare(this.resolve(name))
      if (this.#limits.length > 0) this.#noteTries(simple)
      const explicit = explicitThrows(simple, this.#explicit)
      if (explicit !== simple) check?.(explicit, 'exceptions became values')
      known = flattenGuards(explicit, callee => this.facts.alwaysThrows(callee))
      if (known !== explicit) check?.(known, 'checks were taken out of their branches')
      this.#prepared.set(name, known)
    }
    return known
  }

  #derive(name: string, transform: Transform, primal: Func): Func {
    if (transform.mode === 'caught') return caught(primal, this.#explicit, name, transform)
    const ruled = this.#ruled(name, transform)
    if (ruled) return ruled
    const { width, ...single } = transform
    if (width === undefined) return this.#made(name, transform, primal)
    const noted: Noted = { shadows: new Set(), tape: null }
    const made = this.#made(name, single, primal, noted)
    return batched(made, name, { ...transform, width }, noted, this.module, of => {
      const { body, results } = this.resolve(of)
      return { params: body.params.length, results: results.length }
    })
  }

  #made(name: string, transform: Transform, primal: Func, toldOf?: Noted): Func {
    const noted = toldOf && { noted: toldOf }
    this.facts.decisions.begin(transform, primal)
    if (transform.mode === 'forward') {
      const d = this.#differentiation(transform, primal)
      return forward({ ...this.#limited(d), ...noted }, name)
    }
    const { d, plan } = this.#plan(transform, primal)
    switch (transform.mode) {
      case 'augmented':
        return augmented({ ...d, transform: d.watch ? { ...transform, watched: true } : transform, ...noted }, plan, name)
      case 'gradient':
        return gradient({ ...d, ...noted }, plan, name)
      default:
        return reverse({ ...d, transform: d.watch ? { ...transform, watched: true } : transform, ...noted }, plan, name)
    }
  }

  /** The reverse function of a rule takes what its augmented one kept, so that is made first. */
  #ruled(name: string, transform: Transform): Func | null {
    if (this.rules.kindOf(transform.of, transform.rules) !== 'rule') return null
    if (transform.mode === 'reverse') this.resolve(requestDerived(this.module, { ...transform, mode: 'augmented' }))
    const made = this.rules.derive(name, transform, () => this.#nextSlot++)
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
      if (!(error instanceof Failure)) throw error
      throw new Failure({ ...error.diagnostic, attachments: [...error.diagnostic.attachments, ...this.#attachments(d)] })
    }
    return d
  }

  #attachments(d: Differentiation): Attachment[] {
    return this.#options.attaches?.() === false ? [] : workingsOf(d)
  }

  /**
   * How code came to be in which something went wrong when it ran: `made` are the transforms that made it of the function with this label,
   * innermost first. For each of them the IR it began with, its activity and its tape.
   */
  workingsAt(label: string, made: readonly string[]): Attachment[] {
    let names = [...this.#prepared].flatMap(([name, func]) => (func.label === label && func.made === null ? [name] : []))
    const found: Attachment[] = []
    for (const text of made) {
      const mode = text.split(' ')[0]!
      const isMade = (transform: Transform): boolean =>
        names.includes(transform.of) && (transform.mode === mode || (transform.mode === 'gradient' && mode !== 'forward'))
      const [name, transform] = [...this.module.derived].find(([one, t]) => isMade(t) && this.module.funcs.has(one)) ?? []
      if (name === undefined || transform === undefined || this.#ruledNames.has(name)) break
      found.push(...this.#workingsOf(name, transform))
      names = [name]
    }
    return found
  }

  #workingsOf(name: string, transform: Transform): Attachment[] {
    const primal = this.prepared(transform.of)
    if (transform.mode === 'caught') return []
    const d = transform.mode === 'forward' ? this.#differentiation(transform, primal) : this.#plan(transform, primal).d
    if (transform.mode === 'forward') return workingsOf(d)
    const layout = transform.mode === 'gradient' ? this.#ownLayout(transform) : this.layoutOf(name)
    return [...workingsOf(d), { title: `tape of ${primal.label} under ${transform.mode} #${d.level}`, text: layoutText(layout) }]
  }

  #plan(transform: Transform, primal: Func): Planned {
    const whole = transform.mode === 'gradient'
    const key = `${whole ? 'whole' : 'split'} ${transform.activity.join()} ${transform.interface} ${transform.overwritten} ${transform.primal ?? true} ${transform.strongZero ?? false} ${transform.rules} ${transform.runtimeActivity ?? false} ${transform.readOnly} ${transform.watched ?? false} ${transform.of}`
    let planned = this.#planned.get(key)
    if (!planned) {
      const d = this.#differentiation(whole ? transform : { ...transform, mode: 'augmented' }, primal)
      const limited = this.#limited(d)
      planned = { d: limited, plan: planReverse(limited, () => this.#nextSlot++) }
      this.#planned.set(key, planned)
    }
    return planned
  }

  // ── Limits of profiles ──

  get #limits(): readonly Limit[] {
    return this.#options.limits ?? []
  }

  /** With what the limits of the profile change; throws if one says so. */
  #limited(d: Differentiation): Differentiation {
    if (this.#limits.length === 0) return d
    const imitated = consultLimits(
      {
        kind: 'function',
        d,
        tryAt: this.#tries.get(d.transform.of) ?? null,
        unionResult: this.#options.unionResult?.(d.transform.of) ?? null,
        taped: () => this.#tapedCalls(d),
        standsFor: (callee, routine) => this.#marksOf(callee).has(routine),
      },
      {
        limits: this.#limits,
        module: this.module,
        warn: this.#options.warn ?? (() => undefined),
        attachments: () => this.#attachments(d),
      },
    )
    return { ...d, imitated }
  }

  /** Calls of what reverse mode has made that are differentiated again. */
  #tapedCalls(d: Differentiation): TapedCall[] {
    return d.activity.liveInsts().flatMap(call => {
      if (call.kind !== 'call' || d.planOf(call).kind !== 'derived') return []
      const inner = this.module.derived.get(call.callee)
      if (!inner || inner.mode === 'forward' || inner.mode === 'caught') return []
      const layout = inner.mode === 'gradient' ? this.#ownLayout(inner) : this.layoutOf(call.callee)
      return [{ call, label: this.prepared(inner.of).label, layout }]
    })
  }

  /** What a function with both sweeps keeps for itself. */
  #ownLayout(transform: Transform): TapeLayout {
    const { d, plan } = this.#plan(transform, this.prepared(transform.of))
    return tapeLayout(d, plan, (call, callPlan) =>
      this.layoutOf(derivedCallee(this.module, call, callPlan, transform, 'augmented', d.overwrittenBy(call))),
    )
  }

  #noteTries({ name, body }: Func): void {
    forEachInst(body, inst => {
      if (inst.kind === 'try' && !this.#tries.has(name)) this.#tries.set(name, inst.at)
    })
  }

  /** The routines that a function, or one that it calls, stands for. */
  #marksOf(name: string): ReadonlySet<string> {
    let known = this.#marks.get(name)
    if (!known) {
      const marks = new Set<string>()
      this.#marks.set(name, marks)
      const literals = new Map<ValueId, string>()
      forEachInst(this.resolve(name).body, inst => {
        if (inst.kind === 'const' && typeof inst.value === 'string') literals.set(inst.out.id, inst.value)
        else if (inst.kind === 'prim' && inst.prim === 'ad.mark') marks.add(literals.get(inst.args[0]!) ?? '')
        else if (inst.kind === 'call') for (const mark of this.#marksOf(inst.callee)) marks.add(mark)
      })
      known = marks
    }
    return known
  }
}

/** Makes derived functions on demand. One `Deriver` a module; everything it finds out is kept for the next transform. */
import { invariant } from '../../diagnostics/bug.ts'
import { fail } from '../../diagnostics/report.ts'
import type { Func, Module, Transform } from '../3-ir/ir.ts'
import type { Profile } from '../session.ts'
import { type Differentiation, differentiation } from './differentiation.ts'
import { Facts } from './facts.ts'
import { forward } from './forward.ts'
import type { Plan } from './keep.ts'
import { refuse, userSpan } from './refusals.ts'
import { augmented, gradient, planReverse, reverse } from './reverse.ts'
import { levelOf } from './transform-name.ts'

export interface DeriveOptions {
  readonly profile: Profile
  /** The passes that run on a function before it is differentiated. May resolve callees through the deriver. */
  readonly prepare: (f: Func) => Func
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
  readonly #prepared = new Map<string, Func>()
  readonly #planned = new Map<string, Planned>()
  readonly #levels = new Map<string, number>()
  readonly #underWay: string[] = []

  constructor(module: Module, options: DeriveOptions) {
    this.module = module
    this.#options = options
    this.facts = new Facts(module, name => this.prepared(name))
  }

  /** The function of this name; derived now if it is a transform that was only asked for. */
  resolve(name: string): Func {
    const known = this.module.funcs.get(name)
    if (known) return known
    const transform = this.module.derived.get(name)
    invariant(transform, `there is no function ${name}`)
    const primal = this.prepared(transform.of)
    if (this.#underWay.includes(name)) fail('activity', 'ad.derivative-of-itself', { fn: primal.label }, userSpan(primal.at))
    this.#underWay.push(name)
    try {
      const made = this.#derive(name, transform, primal)
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
      known = this.#options.prepare(this.resolve(name))
      this.#prepared.set(name, known)
    }
    return known
  }

  #derive(name: string, transform: Transform, primal: Func): Func {
    if (transform.mode === 'forward') {
      const d = this.#differentiation(transform, primal)
      return forward(d, name)
    }
    const { d, plan } = this.#plan(transform, primal)
    switch (transform.mode) {
      case 'augmented': return augmented(d, plan, name)
      case 'reverse': return reverse({ ...d, transform }, plan, name)
      case 'gradient': return gradient(d, plan, name)
    }
  }

  #differentiation(transform: Transform, primal: Func): Differentiation {
    const level = 1 + levelOf(this.module, transform.of, this.#levels)
    const d = differentiation(this.module, this.facts, transform, primal, level)
    refuse(d)
    return d
  }

  #plan(transform: Transform, primal: Func): Planned {
    const whole = transform.mode === 'gradient'
    const key = `${whole ? 'whole' : 'split'} ${transform.activity.join()} ${transform.interface} ${transform.overwritten} ${transform.of}`
    let planned = this.#planned.get(key)
    if (!planned) {
      const d = this.#differentiation(whole ? transform : { ...transform, mode: 'augmented' }, primal)
      planned = { d, plan: planReverse(d) }
      this.#planned.set(key, planned)
    }
    return planned
  }
}

/** Analyses of the functions of a module, each made once: memory, activity, and which functions call each other in a circle. */
import type { Func, Module } from '../3-ir/ir.ts'
import { forEachInst } from '../3-ir/visit.ts'
import { Activity, type ActivityKey, type CalleeFacts } from './activity.ts'
import { Aliases } from './alias.ts'
import type { CustomRules } from './custom-rules.ts'
import { alwaysThrows } from './throws.ts'

export class Facts {
  readonly #module: Module
  readonly #resolve: (name: string) => Func
  readonly #aliases = new Map<string, Aliases>()
  readonly #activities = new Map<string, Activity>()
  readonly #callees = new Map<string, ReadonlySet<string>>()
  readonly #throws = new Map<string, boolean>()
  readonly #reachable = new Map<string, ReadonlySet<string>>()

  readonly #rules: CustomRules

  /** `resolve` gives the function to analyse: prepared for differentiation, derived first if need be. */
  constructor(module: Module, rules: CustomRules, resolve: (name: string) => Func) {
    this.#module = module
    this.#rules = rules
    this.#resolve = resolve
  }

  aliases(name: string): Aliases {
    let known = this.#aliases.get(name)
    if (!known) {
      known = new Aliases(this.#resolve(name), this.#module, callee =>
        this.areInCircle(name, callee) ? 'recursive' : this.aliases(callee),
      )
      this.#aliases.set(name, known)
    }
    return known
  }

  activity(name: string, key: ActivityKey): Activity {
    const text = `${key.activity.map(entry => entry[0]).join('')}${key.interface ? '!' : ''} ${name}`
    let known = this.#activities.get(text)
    if (!known) {
      known = new Activity(
        this.aliases(name),
        key,
        (callee, calleeKey) => this.factsOf(name, callee, calleeKey),
        callee => this.alwaysThrows(callee),
      )
      this.#activities.set(text, known)
    }
    return known
  }

  factsOf(caller: string, callee: string, key: ActivityKey): CalleeFacts {
    const kind = this.#rules.kindOf(callee)
    if (kind !== 'none') return kind
    return this.areInCircle(caller, callee) ? 'recursive' : this.activity(callee, key)
  }

  /** Does a function never return? One that calls itself is taken to return. Looks at functions as they are, so that none is derived for it. */
  alwaysThrows(name: string): boolean {
    let known = this.#throws.get(name)
    if (known === undefined) {
      this.#throws.set(name, false)
      const transform = this.#module.derived.get(name)
      const f = this.#module.funcs.get(name)
      if (transform) known = transform.mode !== 'reverse' && this.alwaysThrows(transform.of)
      else known = f !== undefined && alwaysThrows(f.body, callee => this.alwaysThrows(callee))
      this.#throws.set(name, known)
    }
    return known
  }

  /** Do two functions call each other, directly or through others? */
  areInCircle(caller: string, callee: string): boolean {
    return this.#reachableFrom(callee).has(caller)
  }

  /** Every function that running this one may run, itself included. */
  #reachableFrom(name: string): ReadonlySet<string> {
    let known = this.#reachable.get(name)
    if (!known) {
      const found = new Set([name])
      for (const at of found) for (const callee of this.#reachable.get(at) ?? this.#calleesOf(at)) found.add(callee)
      known = found
      this.#reachable.set(name, known)
    }
    return known
  }

  #calleesOf(name: string): ReadonlySet<string> {
    let known = this.#callees.get(name)
    if (!known) {
      const found = new Set<string>()
      forEachInst(this.#resolve(name).body, inst => {
        if (inst.kind === 'call') found.add(inst.callee)
      })
      known = found
      this.#callees.set(name, known)
    }
    return known
  }
}

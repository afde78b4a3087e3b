/**
 * Analyses of the functions of a module, each made once: memory, activity, and which functions call each other in a circle. Those of
 * a circle are made together, from nothing, until none of them grows.
 */
import { fail } from '../../diagnostics/report.ts'
import type { Func, Module } from '../3-ir/ir.ts'
import { keepOnly } from '../3-ir/left-functions.ts'
import { forEachInst } from '../3-ir/visit.ts'
import { Activity, type ActivityKey, type CalleeFacts } from './activity.ts'
import { Aliases, type AliasOf } from './alias.ts'
import type { CustomRules } from './custom-rules.ts'
import type { Decisions } from './decisions.ts'
import { userSpan } from './refusals.ts'
import { alwaysThrows } from './throws.ts'

/** Activities of functions of one circle that are being made together. */
interface Growing {
  readonly circle: readonly string[]
  readonly activities: Activity[]
}

export class Facts {
  readonly decisions: Decisions
  readonly #module: Module
  readonly #resolve: (name: string) => Func
  readonly #aliases = new Map<string, Aliases>()
  readonly #activities = new Map<string, Activity>()
  readonly #callees = new Map<string, ReadonlySet<string>>()
  readonly #throws = new Map<string, boolean>()
  readonly #reachable = new Map<string, ReadonlySet<string>>()
  readonly #circles = new Map<string, readonly string[] | null>()
  readonly #growing: Growing[] = []

  readonly #rules: CustomRules

  /** `resolve` gives the function to analyse: prepared for differentiation, derived first if need be. */
  constructor(module: Module, rules: CustomRules, decisions: Decisions, resolve: (name: string) => Func) {
    this.decisions = decisions
    this.#module = module
    this.#rules = rules
    this.#resolve = resolve
  }

  aliases(name: string): Aliases {
    const known = this.#aliases.get(name)
    if (known) return known
    const circle = this.#circleOf(name)
    const made = (circle ?? [name]).map(member => {
      const aliases = new Aliases(this.#resolve(member), this.#module, callee => this.alwaysThrows(callee))
      this.#aliases.set(member, aliases)
      return aliases
    })
    const aliasOf: AliasOf = callee => ({ aliases: this.aliases(callee), inCircle: circle?.includes(callee) ?? false })
    growAll(made, aliases => aliases.grow(aliasOf), circle !== null)
    return this.#aliases.get(name)!
  }

  letGo(left: ReadonlySet<string>): void {
    keepOnly(left, this.#aliases, this.#callees, this.#throws, this.#reachable, this.#circles)
    for (const key of this.#activities.keys()) if (!left.has(key.slice(key.indexOf(' ') + 1))) this.#activities.delete(key)
  }

  activity(name: string, key: ActivityKey): Activity {
    const text = `${key.activity.map(entry => entry[0]).join('')}${key.interface ? '!' : ''}${key.rules ?? ''}${key.received ? '?' : ''} ${name}`
    const known = this.#activities.get(text)
    if (known) return known
    const aliases = this.aliases(name)
    const circle = this.#circleOf(name)
    const callThrows = (callee: string): boolean => this.alwaysThrows(callee)
    const asking = {
      factsOf: (callee: string, calleeKey: ActivityKey) => this.factsOf(callee, calleeKey),
      callThrows,
      rules: this.decisions.rules,
    }
    const made = new Activity(aliases, key, asking, circle !== null)
    this.#activities.set(text, made)
    if (!circle) {
      made.grow()
      made.finish()
      return made
    }
    const under = this.#growing.find(growing => growing.circle === circle)
    if (under) {
      // Whoever asks is growing too, and asks again.
      under.activities.push(made)
      return made
    }
    const growing: Growing = { circle, activities: [made] }
    this.#growing.push(growing)
    growAll(growing.activities, activity => activity.grow(), true)
    this.#growing.pop()
    for (const activity of growing.activities) activity.finish()
    return made
  }

  factsOf(callee: string, key: ActivityKey): CalleeFacts {
    const transform = this.#module.derived.get(callee)
    // What catches exceptions of a function without a derivative has none either.
    const kind = this.#rules.kindOf(transform?.mode === 'caught' ? transform.of : callee, key.rules)
    if (kind === 'rule' && transform?.mode === 'caught' && key.rules) {
      // Exceptions were made values for all sources of rules at once, by what Enzyme follows: it would be differentiated without its rule.
      const { label, at } = this.#resolve(callee)
      fail('activity', 'subset.no-syntax', { what: `A call of ${label}, which has a rule and may throw, in a \`try\`` }, userSpan(at))
    }
    if (kind === 'rule' && key.received) {
      const received = this.#rules.receives(callee, key.rules)
      if (received && !key.activity.some((activity, i) => activity === 'active' && received[i])) return 'inactive'
    }
    return kind === 'none' || (kind === 'rule' && transform?.mode === 'caught') ? this.activity(callee, key) : kind
  }

  /** Does a function never return? One that calls itself is taken to return. Looks at functions as they are, so that none is derived for it. */
  alwaysThrows(name: string): boolean {
    let known = this.#throws.get(name)
    if (known === undefined) {
      this.#throws.set(name, false)
      const transform = this.#module.derived.get(name)
      const f = this.#module.funcs.get(name)
      if (transform) known = transform.mode !== 'reverse' && transform.mode !== 'caught' && this.alwaysThrows(transform.of)
      else known = f !== undefined && alwaysThrows(f.body, callee => this.alwaysThrows(callee))
      this.#throws.set(name, known)
    }
    return known
  }

  /** The functions that call a function and are called by it, directly or through others; null if it does not call itself so. */
  #circleOf(name: string): readonly string[] | null {
    const known = this.#circles.get(name)
    if (known !== undefined) return known
    const members = [...this.#reachableFrom(name)].filter(other => this.#reachableFrom(other).has(name))
    const circle = members.length > 1 || this.#calleesOf(name).has(name) ? members : null
    for (const member of members) this.#circles.set(member, circle)
    return circle
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

/** Lets all grow in turn until a whole round brings nothing new; the list may get longer meanwhile. Once is enough outside of a circle. */
function growAll<T>(all: readonly T[], grow: (item: T) => boolean, again: boolean): void {
  let grown: boolean
  do {
    grown = false
    for (const item of all) if (grow(item)) grown = true
  } while (grown && again)
}

/**
 * The first operation whose derivative is wrong: the shortest beginning of a block that fails the audit ends in it, and if it holds blocks or calls
 * a function, the search goes on inside, with the very values of the run.
 */
import { InternalError } from '../../diagnostics/bug.ts'
import { Failure } from '../../diagnostics/diagnostic.ts'
import type { Frame } from '../../diagnostics/stack.ts'
import type { Watch } from '../3-ir/interpret.ts'
import type { Block, Func, Inst, ParamActivity, Transform, ValueId } from '../3-ir/ir.ts'
import { framesOf } from '../3-ir/loc.ts'
import { asTrap } from '../3-ir/memory.ts'
import { instText } from '../3-ir/print.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { blocksOf, freeValues } from '../3-ir/visit.ts'
import type { Activity } from '../4-ad/activity.ts'
import type { Pipeline } from '../pipeline.ts'
import { type Adjoint, auditUnit, type Products } from './adjoint.ts'
import { wrongRuleIn } from './operations.ts'
import { inputsOf, isUnit, type Site, sharedNames, siteOf, unitFunc, unitOf } from './unit.ts'
import { copyValues } from './values.ts'

/** A run of a derivative that nothing else differentiates. */
export interface Entry {
  readonly derived: Func
  readonly transform: Transform
  /** Arguments of the function that was differentiated, as they were. */
  readonly args: readonly unknown[]
}

export interface Culprit {
  /**
   * `rule`: the derivative of this one operation. `custom-rule`: a rule of the program for the function that is called. `transform`: what a transform
   * makes of an instruction that holds others, all of which are right. `together`: right by itself, wrong after what stands before it.
   */
  readonly kind: 'rule' | 'custom-rule' | 'transform' | 'together'
  /** The operation (`f64.sin`), or the kind of instruction (`for`). */
  readonly operation: string
  readonly text: string
  /** Names of what is used here and before. */
  readonly shared: readonly string[]
  readonly products: Products
  /** Where it was written, innermost first; and the transform that was being run. */
  readonly stack: readonly Frame[]
  readonly derivative: string
}

/** By how much arguments are larger near the values of a run. */
const AWAY = 0.03
/** Turns of a loop that are looked at one by one. */
const TURNS = 24

type Values = ReadonlyMap<ValueId, unknown>
type Wrong = Extract<Adjoint, { kind: 'right' | 'wrong' }>

export class Locator {
  readonly #pipeline: Pipeline
  readonly #entry: Entry
  /** Calls that led to where the search is, innermost first. */
  readonly #calls: Inst[] = []
  audited = 0

  constructor(pipeline: Pipeline, entry: Entry) {
    this.#pipeline = pipeline
    this.#entry = entry
  }

  /** Null when the derivative is right at these arguments, as far as can be said. */
  locate(): Culprit | null {
    const { transform, args } = this.#entry
    const func = this.#pipeline.deriver.prepared(transform.of)
    const activity = this.#activity(transform.of, transform.activity, transform.interface)
    const found = this.#inFunction(func, activity, args)?.culprit
    return found ?? (transform.mode === 'gradient' ? this.#byTheEnd(func, activity, args) : null)
  }

  /**
   * With both sweeps in one function much is kept in another way than with two. Beginnings of its block give memory, which that form cannot seed, so
   * here it is ends of the block: the shortest one that fails begins with the operation.
   */
  #byTheEnd(func: Func, activity: Activity | null, args: readonly unknown[]): Culprit | null {
    const site = siteOf(func, func.body, activity)
    const values: Values = new Map(func.body.params.map((param, i) => [param.id, args[i]]))
    const { body } = func.body
    const outs = func.body.yields.filter(id => isFloat(site.paramOf(id).type))
    const audit = (from: number): Adjoint => {
      this.audited += 1
      const here = from === 0 ? values : this.#valuesAt(site, from, values, outs)
      if (!here) return { kind: 'unknown', why: 'what stands before it does not run' }
      return auditUnit(this.#pipeline, unitOf(this.#pipeline, site, from, body.length, here, outs), 'gradient')
    }
    const whole = audit(0)
    if (whole.kind !== 'wrong') return null
    let wrong = 0
    let right = body.length
    let found: Wrong = whole
    while (right - wrong > 1) {
      const middle = (right + wrong) >> 1
      const verdict = audit(middle)
      if (verdict.kind === 'wrong') {
        wrong = middle
        found = verdict
      } else right = middle
    }
    const inst = body[wrong]!
    const rule = this.#rule(site, wrong, values)
    if (rule) return rule
    return this.#culprit(
      blocksOf(inst).length > 0 || inst.kind === 'call' || inst.kind === 'dyncall' ? 'transform' : 'together',
      site,
      wrong,
      found,
    )
  }

  /** An operation whose rule is right at the values of the run, and wrong a little further. */
  nearby(): Culprit | null {
    const { transform, args, derived } = this.#entry
    const types = this.#pipeline.deriver.prepared(transform.of).body.params.map(param => param.type)
    const copies = copyValues(types, args, this.#pipeline.ir)
    const run = (): void => {
      quietly(() => this.#pipeline.interpret(transform.of, copies))
    }
    const wrong = wrongRuleIn(this.#pipeline, run, AWAY)
    if (!wrong) return null
    const { inst, products } = wrong
    return { kind: 'rule', operation: inst.op, text: inst.op, shared: [], products, stack: framesOf(inst.at), derivative: derived.label }
  }

  #activity(name: string, activity: readonly ParamActivity[], isInterface: boolean): Activity | null {
    if (this.#pipeline.rules.isSpokenOf(name)) return null
    return this.#pipeline.deriver.facts.activity(name, { activity, interface: isInterface })
  }

  #inFunction(func: Func, activity: Activity | null, args: readonly unknown[]): { readonly culprit: Culprit } | null {
    const values = new Map(func.body.params.map((param, i) => [param.id, args[i]]))
    return this.#inBlock(siteOf(func, func.body, activity), values)
  }

  /** Null when the whole block passes. */
  #inBlock(site: Site, values: Values): { readonly culprit: Culprit } | null {
    const { length } = site.block.body
    const whole = this.#audit(site, 0, length, values)
    if (whole.kind !== 'wrong') return null
    let right = 0
    let wrong = length
    let found: Wrong = whole
    while (wrong - right > 1) {
      const middle = (right + wrong) >> 1
      const verdict = this.#audit(site, 0, middle, values)
      if (verdict.kind === 'wrong') {
        wrong = middle
        found = verdict
      } else right = middle
    }
    return { culprit: this.#at(site, wrong - 1, values, found) }
  }

  #audit(site: Site, from: number, to: number, values: Values): Adjoint {
    this.audited += 1
    return auditUnit(this.#pipeline, unitOf(this.#pipeline, site, from, to, values))
  }

  /** The block fails with this instruction and passes without. */
  #at(site: Site, at: number, values: Values, before: Wrong): Culprit {
    const inst = site.block.body[at]!
    const here = this.#valuesAt(site, at, values)
    const alone = here && this.#audit(site, at, at + 1, here)
    if (!here || alone?.kind !== 'wrong') return this.#rule(site, at, values) ?? this.#culprit('together', site, at, before)
    const inside = this.#inside(site, inst, here) ?? (inst.kind === 'op' ? null : this.#rule(site, at, values))
    if (inside) return inside
    const isRuled = inst.kind === 'call' && this.#pipeline.rules.isSpokenOf(inst.callee)
    const isWhole = blocksOf(inst).length > 0 || inst.kind === 'call' || inst.kind === 'dyncall'
    return this.#culprit(isRuled ? 'custom-rule' : isWhole ? 'transform' : 'rule', site, at, alone)
  }

  /** A wrong rule of an operation that is executed somewhere in this instruction, or before it in the block. */
  #rule(site: Site, at: number, values: Values): Culprit | null {
    const func = unitFunc(this.#pipeline, site, 0, at + 1)
    const { params } = func.body
    const types = params.map(param => param.type)
    const args = copyValues(
      types,
      params.map(param => values.get(param.id)),
      this.#pipeline.ir,
    )
    const wrong = wrongRuleIn(this.#pipeline, () => {
      quietly(() => this.#pipeline.interpret(func.name, args))
    })
    if (!wrong) return null
    const { inst, products } = wrong
    const stack = [inst, site.block.body[at]!, ...this.#calls].flatMap(({ at: loc }) => framesOf(loc))
    const { derived } = this.#entry
    return { kind: 'rule', operation: inst.op, text: `${inst.op}`, shared: [], products, stack, derivative: derived.label }
  }

  /** What the instruction takes, after the block has run up to it; with `outs`, what it and all after it take to give those. */
  #valuesAt(site: Site, at: number, values: Values, outs: readonly ValueId[] | null = null): Values | null {
    const wanted = outs ? inputsOf(site, at, site.block.body.length, outs) : inputsOf(site, at, at + 1)
    const func = unitFunc(this.#pipeline, site, 0, at, wanted)
    const types = func.body.params.map(param => param.type)
    const args = copyValues(
      types,
      func.body.params.map(param => values.get(param.id)),
      this.#pipeline.ir,
    )
    const results = quietly(() => this.#pipeline.interpret(func.name, args))
    return results && new Map(wanted.map((id, i) => [id, results[i]]))
  }

  #inside(site: Site, inst: Inst, values: Values): Culprit | null {
    if (inst.kind === 'call') return this.#inCall(site, inst, values)
    if (inst.kind === 'dyncall') return this.#inDynamicCall(site, inst, values)
    for (const block of blocksOf(inst)) {
      if (inst.kind === 'while' && block === inst.cond) continue
      const inner = { ...site, block }
      for (const turn of this.#turns(site, inst, block, values)) {
        const found = this.#inBlock(inner, turn)
        if (found) return found.culprit
      }
    }
    return null
  }

  #inCall(site: Site, inst: Extract<Inst, { kind: 'call' }>, values: Values): Culprit | null {
    const { ir, deriver } = this.#pipeline
    if (this.#pipeline.rules.isSpokenOf(inst.callee) || ir.derived.get(inst.callee)?.mode === 'reverse') return null
    const func = deriver.prepared(inst.callee)
    const types = inst.args.map(id => site.paramOf(id).type)
    const active = inst.args.map(
      (id, i): ParamActivity => (site.activity ? site.activity.argument(id) : isFloat(types[i]!) || isRef(types[i]!) ? 'active' : 'const'),
    )
    this.#calls.unshift(inst)
    const args = copyValues(
      types,
      inst.args.map(id => values.get(id)),
      ir,
    )
    const found = this.#inFunction(func, this.#activity(inst.callee, active, false), args)
    this.#calls.shift()
    return found?.culprit ?? null
  }

  /** The function is known only when it runs. */
  #inDynamicCall(site: Site, inst: Inst, values: Values): Culprit | null {
    let entered: { readonly func: Func; readonly args: readonly unknown[] } | null = null
    this.#watching(site, inst, values, {
      enter: (func, args) => {
        if (entered || isUnit(func)) return
        entered = {
          func,
          args: copyValues(
            func.body.params.map(param => param.type),
            args,
            this.#pipeline.ir,
          ),
        }
      },
    })
    if (!entered) return null
    const { func, args } = entered as { readonly func: Func; readonly args: readonly unknown[] }
    this.#calls.unshift(inst)
    const found = this.#inFunction(this.#pipeline.deriver.prepared(func.name), null, args)
    this.#calls.shift()
    return found?.culprit ?? null
  }

  /** What the block of an instruction is given in each of its first turns. */
  #turns(site: Site, inst: Inst, block: Block, values: Values): Values[] {
    const turns: Values[] = []
    const outer = freeValues(block)
    this.#watching(site, inst, values, {
      block: (entered, args, get) => {
        if (entered !== block || turns.length >= TURNS) return
        const ids = [...outer, ...block.params.map(param => param.id)]
        const types = ids.map(id => site.paramOf(id).type)
        const copies = copyValues(types, [...outer.map(get), ...args], this.#pipeline.ir)
        turns.push(new Map(ids.map((id, i) => [id, copies[i]])))
      },
    })
    return turns
  }

  /** Runs one instruction and looks on. */
  #watching(site: Site, inst: Inst, values: Values, watch: Watch): void {
    const at = site.block.body.indexOf(inst)
    const func = unitFunc(this.#pipeline, site, at, at + 1)
    const args = copyValues(
      func.body.params.map(param => param.type),
      func.body.params.map(param => values.get(param.id)),
      this.#pipeline.ir,
    )
    const outer = this.#pipeline.watch
    this.#pipeline.watch = watch
    quietly(() => this.#pipeline.interpret(func.name, args))
    this.#pipeline.watch = outer
  }

  #culprit(kind: Culprit['kind'], site: Site, at: number, { products }: Wrong): Culprit {
    const inst = site.block.body[at]!
    return {
      kind,
      operation: inst.kind === 'op' ? inst.op : inst.kind,
      text: instText(site.func, inst),
      shared: kind === 'together' ? sharedNames(site, at) : [],
      products,
      stack: [inst, ...this.#calls].flatMap(({ at: loc }) => framesOf(loc)),
      derivative: this.#entry.derived.label,
    }
  }
}

/** Null when the run comes to no end: what the program throws is its own business here, and what a wrong derivative in it does is looked at elsewhere. */
export function quietly<T>(run: () => T): T | null {
  try {
    return run()
  } catch (error) {
    if (error instanceof InternalError || error instanceof Failure || asTrap(error) !== null) return null
    throw error
  }
}

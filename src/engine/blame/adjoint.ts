/**
 * Whether the derivative of a piece of a program is right at given values: forward mode against reverse mode, ⟨u, Jv⟩ = ⟨Jᵀu, v⟩ for random u
 * and v, and both against differences of the piece itself.
 */
import { Failure } from '../../diagnostics/diagnostic.ts'
import type { Func, Transform } from '../3-ir/ir.ts'
import { asTrap } from '../3-ir/memory.ts'
import { overwrittenAll } from '../3-ir/overwritten.ts'
import { Tape } from '../3-ir/tape.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { instsOf } from '../3-ir/visit.ts'
import { requestDerived } from '../4-ad/transform-name.ts'
import type { Pipeline } from '../pipeline.ts'
import type { Unit } from './unit.ts'
import { copyValues, type Floats, floatsOf, holdsTape, type Slot } from './values.ts'

/** The three numbers that should be one: u·Jv by forward mode, by reverse mode, and by differences where these can be trusted. */
export interface Products {
  /** Null where the mode refuses: a function may have a rule for one of them only. */
  readonly forward: number | null
  readonly reverse: number | null
  readonly differences: number | null
  /** What the derivative failed with, if it did. */
  readonly failure: string | null
}

export type Adjoint =
  | { readonly kind: 'right' | 'wrong'; readonly products: Products }
  /** It cannot be said, and why: it is refused, it throws, it is not repeatable. */
  | { readonly kind: 'unknown'; readonly why: string }

/** What is relative to the sizes of the terms of the products. */
const EXACT = { step: 1e-4, modes: 1e-9, differences: 1e-5 }
const NARROW = { step: 2e-2, modes: 1e-4, differences: 1e-2 }

class Unknown extends Error {}

/** Reverse mode as two functions, which any piece can be given to, or as the one function that has both sweeps. */
export type ReverseForm = 'split' | 'gradient'

export function auditUnit(pipeline: Pipeline, unit: Unit, form: ReverseForm = 'split'): Adjoint {
  if (holdsTape(unit.args)) return { kind: 'unknown', why: 'a tape comes from outside' }
  try {
    return new Audit(pipeline, unit, form).run()
  } catch (error) {
    if (isNoAnswer(error)) return { kind: 'unknown', why: error.message }
    // The piece itself runs, so it is the derivative that fails.
    const failure = error instanceof Error ? error.message : String(error)
    return { kind: 'wrong', products: { forward: null, reverse: null, differences: null, failure } }
  }
}

/** It is refused, or the program throws; a mistake of the engine is an answer. */
function isNoAnswer(error: unknown): error is Error {
  return error instanceof Unknown || error instanceof Failure || asTrap(error) !== null
}

type Possible<T> = { readonly value: T; readonly why: null } | { readonly value: null; readonly why: string }

function possibly<T>(run: () => T): Possible<T> {
  try {
    return { value: run(), why: null }
  } catch (error) {
    if (!isNoAnswer(error)) throw error
    return { value: null, why: error.message }
  }
}

/** Numbers between 0.5 and 1.5 with either sign, the same in each run. */
function* directions(seed: number): Generator<number> {
  let state = seed
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    const unit = state / 2_147_483_648
    yield unit < 0.5 ? 0.5 + 2 * unit : -(2 * unit - 0.5)
  }
}

function take(from: Generator<number>, count: number): number[] {
  return Array.from({ length: count }, () => from.next().value as number)
}

/** Does it round to less than double precision, in itself or in what it calls? */
function isSinglePrecision(pipeline: Pipeline, func: Func, seen: Set<string> = new Set()): boolean {
  if (seen.has(func.name)) return false
  seen.add(func.name)
  const { ir } = pipeline
  return [...instsOf(func.body)].some(inst => {
    if (inst.kind === 'op') return /f32|f16/.test(inst.op)
    // What it calls is known only when it runs.
    if (inst.kind === 'dyncall') return true
    if (inst.kind !== 'call') return false
    const callee = ir.funcs.get(inst.callee) ?? ir.funcs.get(ir.derived.get(inst.callee)?.of ?? '')
    return callee !== undefined && isSinglePrecision(pipeline, callee, seen)
  })
}

interface Terms {
  readonly sum: number
  readonly size: number
}

function dot(a: readonly number[], b: readonly number[]): Terms {
  let sum = 0
  let size = 0
  a.forEach((x, i) => {
    const term = x === 0 ? 0 : x * b[i]!
    sum += term
    size += Math.abs(term)
  })
  return { sum, size }
}

class Audit {
  readonly #pipeline: Pipeline
  readonly #unit: Unit
  readonly #form: ReverseForm
  readonly #tolerance: typeof EXACT
  /** Direction of the inputs. */
  readonly #v: number[]
  /** Weights of the outputs. */
  readonly #u: number[]
  readonly #before: number[]

  constructor(pipeline: Pipeline, unit: Unit, form: ReverseForm) {
    this.#pipeline = pipeline
    this.#unit = unit
    this.#form = form
    const args = this.#copy()
    const inputs = this.#inputs(args, args).primal
    this.#before = inputs.map(slot => slot.get())
    const weights = take(directions(11), inputs.length)
    this.#v = weights.map((w, i) => w * (Math.abs(this.#before[i]!) > 1e-8 ? Math.abs(this.#before[i]!) : 1))
    const outputs = this.#primal(0)
    this.#u = take(directions(29), outputs.length)
    const isNarrow = inputs.some(slot => slot.isNarrow) || isSinglePrecision(pipeline, unit.func)
    this.#tolerance = isNarrow ? NARROW : EXACT
    const again = this.#primal(0)
    if (outputs.some((y, i) => !Object.is(y, again[i]))) throw new Unknown('two runs differ')
    if (this.#v.length === 0 || this.#u.length === 0) throw new Unknown('nothing in it can carry a derivative')
  }

  /** What is left on a tape is for code that is not in the piece, and without that its derivative has no meaning. */
  #leavesTape(): boolean {
    const { tapes } = this.#unit
    return tapes !== null && holdsTape(this.#pipeline.interpret(tapes.name, this.#copy()))
  }

  run(): Adjoint {
    if (this.#leavesTape()) throw new Unknown('a tape is left')
    const forward = possibly(() => this.#forward())
    const weights = this.#u.map((weight, i) => (forward.value && forward.value[i] === null ? 0 : weight))
    const reverse = possibly(() => (this.#form === 'split' ? this.#reverse(weights) : this.#gradient(weights)))
    // Where one of the modes has no shadow, neither is asked.
    const u = reverse.value?.u ?? weights
    const tangent =
      forward.value &&
      dot(
        u,
        forward.value.map(d => d ?? 0),
      )
    const adjoint = reverse.value && dot(this.#v, reverse.value.received)
    const [one, other] = [tangent, adjoint].filter(terms => terms !== null)
    if (!one) throw new Unknown(`${forward.why}; ${reverse.why}`)
    const scale = Math.max(one.size, other?.size ?? 0)
    const differences = this.#differences(u)
    const products = {
      forward: tangent?.sum ?? null,
      reverse: adjoint?.sum ?? null,
      differences: differences?.value ?? null,
      failure: null,
    }
    if (Number.isNaN(one.sum) || !Number.isFinite(scale))
      return differences === null ? { kind: 'unknown', why: 'a product is not finite' } : { kind: 'wrong', products }
    if (other && Math.abs(one.sum - other.sum) > this.#tolerance.modes * scale) return { kind: 'wrong', products }
    if (differences === null) return { kind: 'right', products }
    const room = this.#tolerance.differences * Math.max(scale, Math.abs(differences.value)) + differences.doubt
    return { kind: Math.abs(one.sum - differences.value) > room ? 'wrong' : 'right', products }
  }

  // ── Runs ──

  #copy(zero = false): unknown[] {
    const types = this.#types()
    return copyValues(types, this.#unit.args, this.#pipeline.ir, zero)
  }

  #types() {
    return this.#unit.func.body.params.map(param => param.type)
  }

  #isActive(position: number): boolean {
    return this.#unit.activity[position] === 'active'
  }

  #isActiveRef(position: number): boolean {
    return this.#isActive(position) && isRef(this.#unit.func.body.params[position]!.type)
  }

  #inputs(args: unknown[], shadows: unknown[]): Floats {
    return floatsOf(this.#types(), args, shadows, k => this.#isActive(k), this.#pipeline.ir)
  }

  /** What the memory of active arguments holds afterwards, then the results. */
  #outputs(args: unknown[], results: unknown[], shadows: unknown[]): Floats {
    const { func } = this.#unit
    const wanted = (k: number): boolean => k >= args.length || this.#isActiveRef(k)
    const types = [...this.#types(), ...func.results]
    return floatsOf(types, [...args, ...results], shadows, wanted, this.#pipeline.ir)
  }

  #call(mode: Transform['mode'] | null, args: readonly unknown[]): unknown[] {
    const { func, activity } = this.#unit
    const name =
      mode === null
        ? func.name
        : requestDerived(this.#pipeline.ir, {
            mode,
            of: func.name,
            activity,
            interface: true,
            overwritten: overwrittenAll(activity.length, mode !== 'gradient'),
          })
    return this.#pipeline.interpret(name, args)
  }

  /** The outputs when the inputs are moved by `h` along the direction. */
  #primal(h: number): number[] {
    const args = this.#copy()
    if (h !== 0)
      this.#inputs(args, args).primal.forEach((slot, i) => {
        slot.set(slot.isNarrow ? Math.fround(this.#before[i]! + h * this.#v[i]!) : this.#before[i]! + h * this.#v[i]!)
      })
    const results = this.#call(null, args)
    return this.#outputs(args, results, [...args, ...results]).primal.map(slot => slot.get())
  }

  /** J·v, null for outputs without a shadow. */
  #forward(): (number | null)[] {
    const args = this.#copy()
    const shadows = this.#copy(true)
    this.#inputs(args, shadows).shadow.forEach((slot, i) => slot?.set(this.#v[i]!))
    const { func } = this.#unit
    const given = shadows.filter((_shadow, k) => this.#isActive(k))
    const returned = this.#call('forward', [...args, ...given])
    const results = returned.slice(0, func.results.length)
    const tangents = returned.slice(func.results.length)
    const outputs = this.#outputs(args, results, [...shadows, ...tangents])
    this.#check(outputs.primal)
    return outputs.shadow.map(slot => slot?.get() ?? null)
  }

  /** Jᵀ·u, and the `u` that there are shadows for. */
  #reverse(weights: readonly number[]): { readonly u: number[]; readonly received: number[] } {
    const { func } = this.#unit
    const args = this.#copy()
    const shadows = this.#copy(true)
    const refs = shadows.filter((_shadow, k) => this.#isActiveRef(k))
    const inputs = this.#inputs(args, shadows)
    const tape = new Tape()
    const returned = this.#call('augmented', [...args, ...refs, tape])
    const results = returned.slice(0, func.results.length)
    const resultRefs = returned.slice(func.results.length)
    let next = 0
    const resultShadows = func.results.map(type => (isFloat(type) ? 0 : resultRefs[next++]))
    // Floats among these are the seeds; the slots of `outputs` write to this list.
    const all = [...shadows, ...resultShadows]
    const outputs = this.#outputs(args, results, all)
    this.#check(outputs.primal)
    const u = outputs.shadow.map((slot, i) => (slot ? weights[i]! : 0))
    outputs.shadow.forEach((slot, i) => slot?.set(u[i]!))
    const seeds = all.slice(args.length).filter((_shadow, i) => isFloat(func.results[i]!))
    const adjoints = this.#call('reverse', [...refs, ...resultRefs, ...seeds, tape])
    return { u, received: this.#received(inputs, shadows, adjoints) }
  }

  /** The same by both sweeps in one function, whose seeds are there before it is called; a result that is memory has none by then. */
  #gradient(weights: readonly number[]): { readonly u: number[]; readonly received: number[] } {
    const { func } = this.#unit
    if (!func.results.every(isFloat)) throw new Unknown('it gives memory, which cannot be seeded in advance')
    const args = this.#copy()
    const shadows = this.#copy(true)
    const refs = shadows.filter((_shadow, k) => this.#isActiveRef(k))
    const inputs = this.#inputs(args, shadows)
    const zeros = func.results.map(() => 0)
    const all = [...shadows, ...zeros]
    const outputs = this.#outputs(args, zeros, all)
    this.#check(outputs.primal)
    const u = outputs.shadow.map((slot, i) => (slot ? weights[i]! : 0))
    outputs.shadow.forEach((slot, i) => slot?.set(u[i]!))
    const returned = this.#call('gradient', [...args, ...refs, ...all.slice(args.length)])
    return { u, received: this.#received(inputs, shadows, returned.slice(func.results.length)) }
  }

  /** What the inputs have received: memory in its shadow, floats as adjoints. */
  #received(inputs: Floats, shadows: unknown[], adjoints: readonly unknown[]): number[] {
    let float = 0
    this.#unit.func.body.params.forEach((param, k) => {
      if (this.#isActive(k) && isFloat(param.type)) shadows[k] = adjoints[float++]
    })
    return inputs.shadow.map(slot => slot?.get() ?? 0)
  }

  /** A transform computes what the piece computes. */
  #check(outputs: readonly Slot[]): void {
    if (outputs.length !== this.#u.length) throw new Unknown('what it gives has no fixed shape')
  }

  // ── Differences ──

  /** Null where they say nothing: at a kink, at the edge of the domain. */
  #differences(u: readonly number[]): { readonly value: number; readonly doubt: number } | null {
    const { step } = this.#tolerance
    let middle: readonly number[]
    const at = (h: number): number => {
      const moved = this.#primal(h)
      if (moved.length !== u.length) throw new Unknown('the shape changes')
      const change = moved.map((y, i) => y - middle[i]!)
      return dot(u, change).sum / h
    }
    try {
      middle = this.#primal(0)
      const [right, left, nearRight, nearLeft] = [at(step), at(-step), at(step / 2), at(-step / 2)]
      const coarse = (right + left) / 2
      const fine = (nearRight + nearLeft) / 2
      const value = (4 * fine - coarse) / 3
      const noise = (2e-15 * dot(u, middle).size * (this.#tolerance === NARROW ? 1e8 : 1)) / step
      const gap = Math.abs(nearRight - nearLeft)
      const isKink = gap > 0.7 * Math.abs(right - left) && gap > 1e-6 * Math.abs(value) + 10 * noise
      if (!Number.isFinite(value) || isKink) return null
      return { value, doubt: 5 * Math.abs(fine - coarse) + 100 * noise }
    } catch (error) {
      if (error instanceof Unknown || asTrap(error)) return null
      throw error
    }
  }
}

/** Calls that are resolved when they run: by the types of their arguments, each combination compiled once. */
import { InternalError, invariant } from '../diagnostics/bug.ts'
import type { Span } from '../diagnostics/source.ts'
import { ANY, constantKey } from './2-types/intern.ts'
import { fieldSlice, fieldTypes } from './2-types/layout.ts'
import { emptyCode } from './2-types/specialise/frame.ts'
import type { Specialiser } from './2-types/specialise/specialiser.ts'
import { isDead, represent, undefinedLeaves } from './2-types/specialise/value.ts'
import type { Constant, JType } from './2-types/type.ts'
import { callLabel } from './2-types/type-text.ts'
import { readDynamicMode } from './3-ir/dynamic-mode.ts'
import type { DynamicMode } from './3-ir/ir.ts'
import { Boxed } from './3-ir/memory.ts'
import { overwrittenAll } from './3-ir/overwritten.ts'
import { requestDerived } from './4-ad/transform-name.ts'

type Callable = (args: readonly unknown[]) => readonly unknown[]

interface Means {
  readonly specialiser: Specialiser
  readonly box: (type: JType, leaves: readonly unknown[]) => Boxed
  /** A compiled function, as one of a list of arguments. */
  readonly callable: (name: string) => Callable
}

/** What was compiled for a call, and for which age of the world. */
interface Target {
  readonly run: Callable
  readonly age: number
}

/** Calls whose first arguments have the same types: a step for each type of the next one. */
interface Step {
  readonly next: Map<number, Step>
  target: Target | null
}

/**
 * The calls under one path of transforms; of so many arguments, how many the primal has. Those are the first, or what reverse mode has in their
 * place, shadows of them: so many of each, one a lane, as the stride says.
 */
interface Route {
  readonly arities: Map<number, number>
  readonly stride: number
  readonly first: Step
}

function added<K, V>(table: Map<K, V>, key: K, value: V): V {
  table.set(key, value)
  return value
}

export class DynamicCalls {
  readonly #means: Means
  readonly #routes = new Map<string, Route>()
  /** Types are made for the very values of their parameters. */
  readonly #ofValues = new Map<string, Target>()

  constructor(means: Means) {
    this.#means = means
  }

  // This runs at each dynamic call, so it only counts its way through small tables.
  call(path: readonly DynamicMode[], args: readonly unknown[]): readonly unknown[] {
    const route = this.#route(path)
    const arity = path.length === 0 ? args.length : arityAmong(route, path, args.length)
    let step = route.first
    for (let i = 0; i < arity; i++) {
      const value = args[i * route.stride]
      invariant(value instanceof Boxed, 'a dynamic call of something that is not boxed')
      step = step.next.get(value.t) ?? added(step.next, value.t, { next: new Map(), target: null })
    }
    const { age } = this.#means.specialiser.world
    const target = step.target?.age === age ? step.target : this.#compiled(path, primalsAmong(args, arity, route.stride), step, age)
    return target.run(args)
  }

  /** Forgets what calls were compiled to. */
  letGo(): void {
    this.#routes.clear()
    this.#ofValues.clear()
  }

  #route(path: readonly DynamicMode[]): Route {
    const key = path.length === 0 ? '' : path.join('.')
    return (
      this.#routes.get(key) ??
      added(this.#routes, key, { arities: new Map(), stride: strideUnder(path), first: { next: new Map(), target: null } })
    )
  }

  #compiled(path: readonly DynamicMode[], primal: readonly Boxed[], step: Step, age: number): Target {
    const { specialiser } = this.#means
    const types = primal.map(value => specialiser.juliaTypes[value.t]!)
    if (types[0] !== specialiser.coreFunction('apply_type').type) {
      const constants = types.map(() => null)
      step.target = { run: this.#means.callable(this.#target(path, types, constants)), age }
      return step.target
    }
    const constants = primal.map(value => this.#constantOf(value))
    const values = constants.map(c => (c ? constantKey(c) : '')).join(';')
    const key = `${path.join('.')}|${types.map(t => t.key).join(';')}|${values}`
    let target = this.#ofValues.get(key)
    if (target?.age !== age) {
      target = { run: this.#means.callable(this.#target(path, types, constants)), age }
      this.#ofValues.set(key, target)
    }
    return target
  }

  /** `(any, …) → any` around the method for these types, under the transforms of `path`. */
  #target(path: readonly DynamicMode[], types: readonly JType[], constants: readonly (Constant | null)[]): string {
    const { specialiser } = this.#means
    const span: Span = { source: { name: 'dynamic call', text: '' }, start: 0, end: 0 }
    const wrapper = specialiser.standalone(
      {
        name: 'dynamic',
        label: callLabel(types),
        code: emptyCode(span),
        module: specialiser.world.main,
        params: types.map(() => ANY),
      },
      (frame, params) => {
        const vals = params.map((p, i) => {
          const val = represent(frame, p, types[i]!, span)
          return constants[i] ? { ...val, constant: constants[i] } : val
        })
        const made = specialiser.emit.call(frame, vals[0]!, vals.slice(1), [], span)
        // What never returns has a result all the same: under `caught`, the exception comes after it.
        return isDead(made) ? { type: ANY, leaves: undefinedLeaves(frame, ANY), constant: null } : represent(frame, made, ANY, span)
      },
    )
    let name = wrapper.name
    let params = types.length
    for (const [i, step] of path.entries()) {
      const { mode, passed } = readDynamicMode(step)
      name = requestDerived(this.#means.specialiser.ir, {
        mode,
        ...passed,
        ...((mode === 'forward' || mode === 'augmented') && { guarded: Array.from({ length: params }, (_, i) => i) }),
        of: name,
        ...(step === 'caught'
          ? { activity: [], interface: false, overwritten: [] }
          : {
              activity: Array.from({ length: params }, () => 'active' as const),
              interface: true,
              overwritten: overwrittenAll(params, true),
            }),
      })
      params = arities(types.length, path.slice(0, i + 1)).params
    }
    return name
  }

  /** A boxed value as a parameter of a type; null for what cannot be one. */
  #constantOf({ t, v }: Boxed): Constant | null {
    const type = this.#means.specialiser.juliaTypes[t]!
    if (type.kind !== 'data') return null
    if (type.name.form === 'tuple') {
      const items = fieldTypes(type).map((field, i) => this.#constantOf(this.#means.box(field, v.slice(...fieldSlice(type, i)))))
      return items.every(item => item !== null) ? { kind: 'tuple', items } : null
    }
    const [leaf] = v
    switch (type.name.name) {
      case 'Int64':
        return { kind: 'int', value: leaf as number }
      case 'Bool':
        return { kind: 'bool', value: leaf as boolean }
      case 'Float64':
        return { kind: 'float', value: leaf as number }
      case 'Symbol':
        return { kind: 'symbol', value: leaf as string }
      case 'Char':
        return { kind: 'char', value: leaf as number }
      default:
        break
    }
    if (type.name.form === 'primitive') return typeof leaf === 'number' ? { kind: 'number', type, value: leaf } : null
    if (type.name.form !== 'struct' && type.name.form !== 'namedtuple') return null
    const items = fieldTypes(type).map((field, i) => this.#constantOf(this.#means.box(field, v.slice(...fieldSlice(type, i)))))
    return items.every(item => item !== null) ? { kind: 'struct', type, items } : null
  }
}

/** Parameters and results of an `(any, …) → any` function of `primal` parameters under transforms. */
function arities(primal: number, path: readonly DynamicMode[]): { params: number; results: number } {
  let params = primal
  let results = 1
  for (const mode of path) {
    const { mode: kind, passed } = readDynamicMode(mode)
    const { width = 1 } = passed
    switch (kind) {
      case 'forward':
        params *= 1 + width
        results *= 1 + width
        break
      case 'augmented':
        params = (1 + width) * params + 1
        results *= 1 + width
        break
      case 'reverse':
        params = width * (params + results) + 1
        results = 0
        break
      case 'caught':
        results += 1
        break
    }
  }
  return { params, results }
}

function strideUnder(path: readonly DynamicMode[]): number {
  let stride = 1
  for (const step of path) {
    const { mode, passed } = readDynamicMode(step)
    if (mode === 'reverse') stride *= passed.width ?? 1
  }
  return stride
}

function primalsAmong(args: readonly unknown[], arity: number, stride: number): Boxed[] {
  return Array.from({ length: arity }, (_, i) => args[i * stride] as Boxed)
}

function arityAmong({ arities: known }: Route, path: readonly DynamicMode[], given: number): number {
  return known.get(given) ?? added(known, given, primalArity(path, given))
}

function primalArity(path: readonly DynamicMode[], given: number): number {
  for (let n = 1; n <= given; n++) if (arities(n, path).params === given) return n
  throw new InternalError(`${given} arguments do not fit a dynamic call under ${path.join(', ')}`)
}

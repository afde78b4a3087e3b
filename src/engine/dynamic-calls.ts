/** Calls that are resolved when they run: by the types of their arguments, each combination compiled once. */
import { InternalError, invariant } from '../diagnostics/bug.ts'
import type { Span } from '../diagnostics/source.ts'
import { ANY, constantKey } from './2-types/intern.ts'
import { fieldSlice, fieldTypes } from './2-types/layout.ts'
import { emptyCode } from './2-types/specialise/frame.ts'
import type { Specialiser } from './2-types/specialise/specialiser.ts'
import { represent } from './2-types/specialise/value.ts'
import type { Constant, JType } from './2-types/type.ts'
import { callLabel } from './2-types/type-text.ts'
import { readDynamicMode } from './3-ir/dynamic-mode.ts'
import type { DynamicMode } from './3-ir/ir.ts'
import { Boxed } from './3-ir/memory.ts'
import { overwrittenAll } from './3-ir/overwritten.ts'
import { requestDerived } from './4-ad/transform-name.ts'

interface Means {
  readonly specialiser: Specialiser
  readonly box: (type: JType, leaves: readonly unknown[]) => Boxed
  /** Runs a compiled function. */
  readonly call: (name: string, args: readonly unknown[]) => readonly unknown[]
}

export class DynamicCalls {
  readonly #means: Means
  readonly #targets = new Map<string, { name: string; age: number }>()

  constructor(means: Means) {
    this.#means = means
  }

  call(path: readonly DynamicMode[], args: readonly unknown[]): readonly unknown[] {
    const arity = primalArity(path, args.length)
    const types = args.slice(0, arity).map(value => {
      invariant(value instanceof Boxed, 'a dynamic call of something that is not boxed')
      return this.#means.specialiser.juliaTypes[value.t]!
    })
    // A type is made for the very values of its parameters.
    const isApply = types[0] === this.#means.specialiser.coreFunction('apply_type').type
    const constants = args.slice(0, arity).map(value => (isApply ? this.#constantOf(value as Boxed) : null))
    const values = constants.map(c => (c ? constantKey(c) : '')).join(';')
    const key = `${path.join('.')}|${types.map(t => t.key).join(';')}|${values}`
    let target = this.#targets.get(key)
    if (!target || target.age !== this.#means.specialiser.world.age) {
      target = { name: this.#target(path, types, constants), age: this.#means.specialiser.world.age }
      this.#targets.set(key, target)
    }
    return this.#means.call(target.name, args)
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
        return represent(frame, specialiser.emit.call(frame, vals[0]!, vals.slice(1), [], span), ANY, span)
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
    switch (readDynamicMode(mode).mode) {
      case 'forward':
        params *= 2
        results *= 2
        break
      case 'augmented':
        params = 2 * params + 1
        results *= 2
        break
      case 'reverse':
        params = params + results + 1
        results = 0
        break
      case 'caught':
        results += 1
        break
    }
  }
  return { params, results }
}

function primalArity(path: readonly DynamicMode[], given: number): number {
  for (let n = 1; n <= given; n++) if (arities(n, path).params === given) return n
  throw new InternalError(`${given} arguments do not fit a dynamic call under ${path.join(', ')}`)
}

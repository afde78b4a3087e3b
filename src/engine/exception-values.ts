/** Julia's exceptions for what goes wrong in the run time and in the compiler. */
import { Failure } from '../diagnostics/diagnostic.ts'
import { tupleType, typeOfType } from './2-types/intern.ts'
import { fieldTypes, isBoxed } from './2-types/layout.ts'
import type { Specialiser } from './2-types/specialise/specialiser.ts'
import type { DataType, JType } from './2-types/type.ts'
import type { Boxed } from './3-ir/memory.ts'
import type { ExceptionField } from './6-emit/host.ts'

export class ExceptionValues {
  readonly #specialiser: Specialiser
  readonly #box: (type: JType, leaves: readonly unknown[]) => Boxed

  constructor(specialiser: Specialiser, box: (type: JType, leaves: readonly unknown[]) => Boxed) {
    this.#specialiser = specialiser
    this.#box = box
  }

  ofFailure(error: Error): Boxed | null {
    if (!(error instanceof Failure) || !error.diagnostic.exception) return null
    const type = this.#type(error.diagnostic.exception)
    return type && this.#of(type, [{ kind: 'string', value: error.diagnostic.message }])
  }

  /** Of Base, or of what Enzyme throws. */
  #type(name: string): DataType | null {
    const { world } = this.#specialiser
    const errors = world.lookup(world.base, 'EnzymeErrors')
    const module = errors?.kind === 'known' && errors.known.type.kind === 'data' ? world.modulesByType.get(errors.known.type) : undefined
    const found = world.lookup(world.base, name) ?? (module && world.lookup(module, name))
    const type = found?.kind === 'known' && found.known.type.kind === 'data' ? found.known.type.params[0] : undefined
    return type?.kind === 'data' ? type : null
  }

  named(name: string, fields: readonly ExceptionField[]): Boxed {
    return this.#of(this.#specialiser.baseType(name), fields)
  }

  #of(type: DataType, fields: readonly ExceptionField[]): Boxed {
    const types = fieldTypes(type)
    const leaves = types.flatMap((fieldType, i): unknown[] => {
      const field = fields[i]
      const value = field ? this.#fieldValue(field) : this.#box(this.#specialiser.baseType('Nothing'), [])
      return isBoxed(fieldType) ? [value] : value.v
    })
    return this.#box(type, type.name.form === 'mutable' ? [{ f: leaves }] : leaves)
  }

  #fieldValue(field: ExceptionField): Boxed {
    const base = (name: string) => this.#specialiser.baseType(name)
    switch (field.kind) {
      case 'string':
        return this.#box(base('String'), [field.value])
      case 'symbol':
        return this.#box(base('Symbol'), [field.value])
      case 'int':
        return this.#box(base('Int64'), [field.value])
      case 'float':
        return this.#box(base('Float64'), [field.value])
      case 'ints': {
        const int = base('Int64')
        return this.#box(tupleType(field.value.map(() => int)), field.value)
      }
      case 'array':
        return this.#box(this.#specialiser.arrayTypeOf(field.type, field.value.d.length, field.julia), [field.value])
      case 'type':
        return this.#box(typeOfType(this.#specialiser.juliaTypes[field.value]!), [])
      case 'type-name':
        return this.#box(typeOfType(base(field.value)), [])
      case 'boxed':
        return field.value
    }
  }
}

/** Where the second and further results of a function are: numbers in a typed array, the rest in a plain one. One set a runtime. */
import type { Type } from '../3-ir/ir.ts'

const NUMBER_REGISTERS = 256

export interface Registers {
  readonly numbers: Float64Array
  readonly others: unknown[]
}

export function newRegisters(): Registers {
  return { numbers: new Float64Array(NUMBER_REGISTERS), others: [] }
}

/** The field of `Registers` that holds result number `index` of this type. */
export function register(type: Type, index: number): keyof Registers {
  return (type === 'f64' || type === 'f32' || type === 'i64') && index < NUMBER_REGISTERS ? 'numbers' : 'others'
}

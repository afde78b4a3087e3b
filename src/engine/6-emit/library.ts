/** What emitted code may name: `$lib.…`. One object a runtime, made once. */
import type { DynamicMode, Type } from '../3-ir/ir.ts'
import type { ArrayObject, Boxed, dimOf } from '../3-ir/memory.ts'
import type { Prim } from '../3-ir/prims.ts'
import type { SCALAR } from '../3-ir/scalar.ts'
import type { Tape } from '../3-ir/tape.ts'
import type { Registers } from './registers.ts'

/** A primitive at one place of a program, where the types of its operands are known; several results come as a list. */
export type Primitive = (...args: never[]) => unknown

export interface Library extends Registers {
  readonly scalar: typeof SCALAR
  readonly Boxed: typeof Boxed
  readonly Tape: typeof Tape
  readonly dimOf: typeof dimOf
  readonly newFloats: (dims: number[]) => ArrayObject
  readonly newArray: (type: `arr<${string}>`, dims: number[]) => ArrayObject
  /** Leaves of a global; the same list for ever. */
  readonly cell: (index: number) => unknown[]
  readonly primitive: (prim: Prim, types: readonly Type[]) => Primitive
  /** All results of a call that is resolved by the types of its arguments at run time. */
  readonly dynamicCall: (path: readonly DynamicMode[], args: readonly unknown[]) => readonly unknown[]
  /** The error that carries a Julia exception: the one that it was, if it has been caught. */
  readonly thrown: (value: Boxed | null) => Error
  /** The Julia exception that an error stands for; what is not the program's fault is thrown on. */
  readonly caught: (error: unknown) => Boxed
  readonly wrongType: (expected: number, found: unknown) => never
  /** `julia`: the array's type as Julia prints it. */
  readonly outOfBounds: (
    array: ArrayObject | null,
    axis: number | null,
    index: number,
    type: Type,
    julia: string | undefined,
    other?: number,
  ) => never
}

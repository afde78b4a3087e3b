/**
 * What the transforms decide in the same way everywhere, each at one place. `RIGHT` is how the engine does it; a planted fault
 * (`../imitated.ts`) puts something else in the place of one of them, so that it can be tested whether the fault is noticed and found.
 */
import type { Builder } from '../3-ir/build.ts'
import type { Func, Loc, Transform, ValueId } from '../3-ir/ir.ts'
import { writeSum } from './rule-code.ts'
import { RULE_BOOK, type RuleBook } from './rule-trees.ts'

export type Sum = (b: Builder, before: ValueId, part: ValueId, at: Loc) => ValueId

export interface Decisions {
  readonly rules: RuleBook
  /**
   * What two contributions come to: of a value that is used twice, of an element or a field that is read, of what a loop uses from outside,
   * and of the operands of an operation in forward mode.
   */
  readonly sums: Readonly<Record<'value' | 'element' | 'field' | 'loop' | 'tangent', Sum>>
  /** Is the shadow of what was overwritten put back to zero? Of elements, of fields, and of arrays that were filled with zeros. */
  readonly clears: Readonly<Record<'element' | 'field' | 'array', boolean>>
  /** The turns that a reversed loop takes, of those that the loop took. */
  readonly trips: (b: Builder, count: ValueId, at: Loc) => ValueId
  /** Number of the turn of the loop that turn `index` of the reversed one stands for. */
  readonly turn: (b: Builder, count: ValueId, index: ValueId, at: Loc, name: string) => ValueId
  /** Where the test of a branch holds, and where it does not. */
  readonly branches: <T>(then: T, otherwise: T) => readonly [T, T]
  /** What was pushed last is popped first. */
  readonly popped: <T>(pushed: readonly T[]) => readonly T[]
  /** Is it seen that memory may be written to between the sweeps, so that what was loaded is kept? */
  readonly seesWrites: boolean
  /** Does forward mode store a tangent beside what is stored? */
  readonly storesTangents: boolean
  /** The adjoints of a call's arguments, in their order. */
  readonly adjointsOfCall: (adjoints: readonly ValueId[]) => readonly ValueId[]
  /** Told of a function that is about to be transformed. */
  readonly begin: (transform: Transform, func: Func) => void
}

export const RIGHT: Decisions = {
  rules: RULE_BOOK,
  sums: { value: writeSum, element: writeSum, field: writeSum, loop: writeSum, tangent: writeSum },
  clears: { element: true, field: true, array: true },
  trips: (_b, count) => count,
  turn: (b, count, index, at, name) => b.op('i64.sub', [b.op('i64.sub', [count, b.i64(1, at)], at), index], at, name),
  branches: (then, otherwise) => [then, otherwise],
  popped: pushed => [...pushed].reverse(),
  seesWrites: true,
  storesTangents: true,
  adjointsOfCall: adjoints => adjoints,
  begin: () => undefined,
}

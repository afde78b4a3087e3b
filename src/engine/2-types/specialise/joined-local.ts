/** Locals whose value comes out of a branch or goes round in a loop: the leaves of their type and, if they may be unset, a flag. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Type as LeafType, ValueId } from '../../3-ir/ir.ts'
import type { LocalId } from '../core.ts'
import { BOTTOM } from '../intern.ts'
import { leavesOf } from '../layout.ts'
import type { Constant, JType } from '../type.ts'
import type { Env, Frame, Slot } from './frame.ts'
import { represent, undefinedLeaf, undefinedLeaves } from './value.ts'

export interface JoinedLocal {
  readonly id: LocalId
  readonly type: JType
  readonly mayBeUnset: boolean
}

export function joinedTypes({ type, mayBeUnset }: JoinedLocal): LeafType[] {
  return [...leavesOf(type), ...(mayBeUnset ? (['bool'] as const) : [])]
}

export function joinedNames(frame: Frame, { id, type, mayBeUnset }: JoinedLocal): string[] {
  const name = frame.code.locals[id]?.name ?? 't'
  return [...leavesOf(type).map(() => name), ...(mayBeUnset ? ['defined'] : [])]
}

/** The leaves where the local holds what `slot` holds. */
export function joinedLeaves(frame: Frame, slot: Slot | undefined, { type, mayBeUnset }: JoinedLocal, span: Span): readonly ValueId[] {
  const at = frame.at(span)
  if (!slot) return [...undefinedLeaves(frame, type), ...(mayBeUnset ? [frame.builder.bool(false, at)] : [])]
  const { leaves } = represent(frame, slot.val, type, span)
  if (!mayBeUnset) return leaves
  return [...leaves, slot.defined === true ? frame.builder.bool(true, at) : slot.defined]
}

/** The leaves where control never gets. */
export function joinedUndefined(frame: Frame, joined: JoinedLocal): ValueId[] {
  return joinedTypes(joined).map(leaf => undefinedLeaf(frame, leaf))
}

/** Takes the values that came out, in the order of `joined`, into an environment. A local that nothing was ever assigned to stays unset. */
export function bindJoined(
  env: Env,
  joined: readonly JoinedLocal[],
  values: readonly ValueId[],
  constantOf: (id: LocalId) => Constant | null = () => null,
): void {
  let at = 0
  for (const { id, type, mayBeUnset } of joined) {
    const leaves = values.slice(at, at + leavesOf(type).length)
    at += leaves.length
    const defined = mayBeUnset ? values[at++]! : true
    env[id] = type === BOTTOM ? undefined : { val: { type, leaves, constant: mayBeUnset ? null : constantOf(id) }, defined }
  }
}

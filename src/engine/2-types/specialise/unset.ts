/** Memory that was never set: which leaves of an element or a field can be, what stands there, and how a program finds out. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Type as LeafType, ValueId } from '../../3-ir/ir.ts'
import { isArray, isObject } from '../../3-ir/types.ts'
import { fieldTypes, isFlatRecord, isFlatUnion, leavesOf, memberSlice } from '../layout.ts'
import type { JType } from '../type.ts'
import type { Frame, Val } from './frame.ts'
import { undefinedLeaf } from './value.ts'

/** May such a leaf never have been set? Numbers are always there. */
export function canBeUnset(leaf: LeafType): boolean {
  return leaf === 'str' || leaf === 'any' || isArray(leaf) || isObject(leaf)
}

/** A field that a constructor leaves out. A union is one of its members that show it. */
export function unsetField(frame: Frame, type: JType): Val {
  return { type, leaves: unsetLeaves(frame, type), constant: null }
}

function unsetLeaves(frame: Frame, type: JType): ValueId[] {
  const at = frame.at(null)
  if (isFlatRecord(type)) return fieldTypes(type).flatMap(field => unsetLeaves(frame, field))
  if (!isFlatUnion(type))
    return leavesOf(type).map(leaf => (canBeUnset(leaf) ? frame.builder.const(leaf, null, at) : undefinedLeaf(frame, leaf)))
  const shows = type.members.findIndex(member => leavesOf(member).some(canBeUnset))
  return [frame.builder.i64(Math.max(shows, 0), at), ...type.members.flatMap(member => unsetLeaves(frame, member))]
}

/**
 * Is this value, as it was read, one that was never set? Null where none can be unset. A reference that is always there tells; one of a
 * union tells only where the union is that member.
 */
export function unsetTest(frame: Frame, { type, leaves }: Val, span: Span): ValueId | null {
  const certain = certainReference(type)
  if (certain !== null) return isUnset(frame, leaves[certain]!, leavesOf(type)[certain]!, span)
  const at = frame.at(span)
  const { builder } = frame
  const any = (tests: (ValueId | null)[]) =>
    tests.reduce((a, b) => (a !== null && b !== null ? builder.op('bool.or', [a, b], at) : (a ?? b)), null)
  if (isFlatUnion(type)) {
    const { members } = type
    return any(
      members.map((member, k) => {
        const unset = unsetTest(frame, { type: member, leaves: leaves.slice(...memberSlice(members, k)), constant: null }, span)
        return unset && builder.op('bool.and', [builder.op('i64.eq', [leaves[0]!, builder.i64(k, at)], at), unset], at)
      }),
    )
  }
  if (!isFlatRecord(type)) return null
  let start = 0
  return any(
    fieldTypes(type).map(field => {
      const end = start + leavesOf(field).length
      const part: Val = { type: field, leaves: leaves.slice(start, end), constant: null }
      start = end
      return unsetTest(frame, part, span)
    }),
  )
}

/** The first leaf that is a reference whatever the value is; null if there is none outside of unions. */
function certainReference(type: JType): number | null {
  if (isFlatUnion(type)) return null
  if (!isFlatRecord(type)) {
    const first = leavesOf(type).findIndex(canBeUnset)
    return first < 0 ? null : first
  }
  let start = 0
  for (const field of fieldTypes(type)) {
    const inside = certainReference(field)
    if (inside !== null) return start + inside
    start += leavesOf(field).length
  }
  return null
}

function isUnset(frame: Frame, id: ValueId, leaf: LeafType, span: Span): ValueId {
  return frame.builder.prim(leaf === 'str' ? 'str.is_null' : 'ref.is_null', [id], ['bool'], frame.at(span))[0]!
}

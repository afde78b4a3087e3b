/** What locals hold: a value that is known here, or a box that is shared with closures. */
import type { Span } from '../../../diagnostics/source.ts'
import type { ValueId } from '../../3-ir/ir.ts'
import type { LocalId } from '../core.ts'
import { ANY, applied, BOTTOM, BOX, NOTHING, valueParam } from '../intern.ts'
import { leavesOf } from '../layout.ts'
import type { DataType, JType } from '../type.ts'
import { constantType } from './constant-expression.ts'
import { convertTo } from './construct.ts'
import type { Frame, Slot, Val } from './frame.ts'
import { mark } from './marks.ts'
import { DEAD, isDead, join, NOTHING_VAL, represent, symbolVal, undefinedLeaves } from './value.ts'
export function readLocal(frame: Frame, id: LocalId, span: Span): Val {
  const local = frame.code.locals[id]
  const slot = frame.env[id]
  if (local?.boxed) {
    if (!slot) return undefinedVariable(frame, local.name, span)
    return readBox(frame, slot.val, local.name, span)
  }
  if (!slot) return undefinedVariable(frame, local?.name ?? '#', span)
  return checked(frame, slot, local?.name ?? '#', span)
}

/** A local that may be unset: reading it throws then. */
function checked(frame: Frame, slot: Slot, name: string, span: Span): Val {
  needSet(frame, slot.defined, () => undefinedVariable(frame, name, span), span)
  return slot.val
}

/** Nothing, if what is about to be read is set, as `isSet` tells; what `unset` throws otherwise. */
export function needSet(frame: Frame, isSet: true | ValueId, unset: () => Val, span: Span): void {
  if (isSet !== true) frame.s.branch(frame, isSet, () => NOTHING_VAL, unset, span)
}

export function undefinedVariable(frame: Frame, name: string, span: Span): Val {
  return frame.s.emit.throwNew(frame, 'UndefVarError', [symbolVal(frame, name, span), symbolVal(frame, 'local', span)], span)
}

export function readCaptured(frame: Frame, index: number, span: Span): Val {
  const val = frame.captures[index]!
  const capture = frame.code.captures[index]
  return capture?.boxed ? readBox(frame, val, capture.name, span) : val
}

export function assign(frame: Frame, id: LocalId, value: Val, span: Span): void {
  const local = frame.code.locals[id]
  const val = local?.type ? convertTo(frame, value, constantType(frame, local.type), span) : value
  if (isDead(val)) return
  if (local?.boxed) {
    if (!frame.env[id]) freshLocal(frame, id)
    writeBox(frame, frame.env[id]!.val, val, span)
  } else frame.env[id] = { val, defined: true }
}

/** The local begins anew, as one that nothing was assigned to. */
export function freshLocal(frame: Frame, id: LocalId): void {
  frame.env[id] = frame.code.locals[id]?.boxed ? { val: newBox(frame, id), defined: true } : undefined
}

/** Contents are a leaf of "was it set" and then the value's leaves. */
function readBox(frame: Frame, box: Val, name: string, span: Span): Val {
  const type = (box.type as DataType).params[0] as JType
  const at = frame.at(span)
  const set = frame.builder.get(box.leaves[0]!, 0, 'bool', at, 'set')
  needSet(frame, set, () => undefinedVariable(frame, name, span), span)
  if (type === BOTTOM) return DEAD
  const leaves = leavesOf(type).map((leaf, i) => frame.builder.get(box.leaves[0]!, i + 1, leaf, at, name))
  return { type, leaves, constant: null }
}

export function writeBox(frame: Frame, box: Val, value: Val, span: Span): void {
  const boxType = box.type as DataType
  const type = boxType.params[0] as JType
  const joined = type === BOTTOM ? value.type : join(type, value.type)
  if (joined !== type) return frame.s.instances.widenBox(boxType, joined, span)
  const at = frame.at(span)
  frame.builder.set(box.leaves[0]!, 0, frame.builder.bool(true, at), at)
  represent(frame, value, type, span).leaves.forEach((leaf, i) => {
    frame.builder.set(box.leaves[0]!, i + 1, leaf, at)
  })
}

/**
 * A variable that holds nothing, or not even that, when its function is done, and that an inner function assigns, gets a value then that
 * nobody knows the type of yet: its box is for any. The function starts again with that.
 */
export function openBoxes(frame: Frame): void {
  const { types } = frame.boxes
  const open = [...frame.boxes.owners.keys()].filter(id => {
    const type = types.get(id) ?? BOTTOM
    return frame.code.locals[id]?.assignedInside && !frame.code.locals[id]?.type && (type === BOTTOM || type === NOTHING)
  })
  for (const id of open) types.set(id, ANY)
  if (open.length > 0) frame.s.instances.restart()
}

/** A new, unset box for a local of this frame. */
export function newBox(frame: Frame, id: LocalId): Val {
  const type = frame.boxes.types.get(id) ?? BOTTOM
  const owner = frame.s.instances.boxOwner(frame, id)
  const boxType = applied(BOX, [type, valueParam({ kind: 'int', value: owner })])
  const box = unsetBox(frame, boxType, frame.code.locals[id]?.span ?? null, frame.code.locals[id]?.name ?? 'box')
  if (!frame.code.locals[id]?.forTry) mark(frame, 'box', box, frame.code.locals[id]?.span ?? null)
  return box
}

/** A box of this type in which nothing was put. */
export function unsetBox(frame: Frame, boxType: DataType, span: Span | null, name = 'box'): Val {
  const at = frame.at(span)
  const [leaf] = leavesOf(boxType)
  frame.s.registerStruct(boxType)
  const unset = undefinedLeaves(frame, boxType.params[0] as JType)
  const object = frame.builder.new(leaf as `obj<${string}>`, [frame.builder.bool(false, at), ...unset], at, name)
  return { type: boxType, leaves: [object], constant: null }
}

/** Puts f of what is in one box into another box of its type; nothing if there is nothing in it. */
export function fillBox(frame: Frame, to: Val, from: Val, f: (contents: Val) => Val, span: Span): Val {
  if ((from.type as DataType).params[0] === BOTTOM) return NOTHING_VAL
  const fill = (): Val => {
    const contents = f(readBox(frame, from, '', span))
    if (isDead(contents)) return DEAD
    writeBox(frame, to, contents, span)
    return NOTHING_VAL
  }
  const isSet = frame.builder.get(from.leaves[0]!, 0, 'bool', frame.at(span), 'set')
  return frame.s.branch(frame, isSet, fill, () => NOTHING_VAL, span)
}

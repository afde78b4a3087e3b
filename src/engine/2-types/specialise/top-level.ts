/**
 * Statements of the top level that assign globals: `x = v`, `a, (b, c) = v`. The code of such a statement only computes the values. The
 * globals get them, and their types, when that is done: until then they are what they were, for whatever is called meanwhile.
 */
import type { Core } from '../core.ts'
import { coreChildren } from '../core-children.ts'
import { isSingleton } from '../layout.ts'
import type { Module } from '../module.ts'
import type { JType } from '../type.ts'
import type { Frame, Val } from './frame.ts'
import { emitAssigned, nameConstant, reassigned, retype, type SetGlobal } from './globals.ts'
import type { Specialiser } from './specialiser.ts'
import { DEAD, isDead, NOTHING_VAL } from './value.ts'

/** A global that a statement assigns. The leaves of its value come after those of the statement's own, in order. */
export interface Assignment {
  readonly core: SetGlobal
  readonly type: JType
}

/** The value of a statement, and after its leaves those of what it assigns, which are added to `assigned`. */
export function emitStatement(frame: Frame, body: Core, assigned: Assignment[]): Val {
  // Emission may have started before.
  assigned.length = 0
  const parts = partsOf(body)
  const first = parts.findIndex(part => part.kind === 'set-global')
  if (first < 0 || !parts.slice(first + 1).every(takesApart)) return frame.s.emit.expression(frame, body)
  let last: Val = NOTHING_VAL
  const more: Val[] = []
  for (const part of parts) {
    last = part.kind === 'set-global' ? emitAssigned(frame, part) : frame.s.emit.expression(frame, part)
    if (isDead(last)) return DEAD
    if (part.kind === 'set-global') {
      more.push(last)
      assigned.push({ core: part, type: last.type })
    }
  }
  return { ...last, leaves: [last, ...more].flatMap(val => val.leaves) }
}

/** The expressions that a statement is, blocks in it gone into. */
function partsOf(core: Core): readonly Core[] {
  return core.kind === 'block' ? core.body.flatMap(partsOf) : [core]
}

/** Does it look at no global, nor call what may? What follows the first assignment must not see that it is still to come. */
function takesApart(core: Core): boolean {
  if (core.kind === 'global' || core.kind === 'definition') return false
  if (core.kind === 'call' && core.callee.kind !== 'base') return false
  return coreChildren(core).every(takesApart)
}

/** What is assigned has been computed: only from now on is the global of that type. */
export function assignAtTop(s: Specialiser, module: Module, { core, type }: Assignment, leaves: readonly unknown[]): void {
  if (core.isConst && isSingleton(type)) {
    nameConstant(s, module, core.name, type)
    return
  }
  const cell = s.world.cell(module, core.name)
  if (cell.type === null && core.isConst) cell.constant = 'yes'
  else reassigned(s, cell)
  retype(s, cell, type, false)
  s.host.cells.store(cell, leaves)
  if (cell.wasSet) s.host.cells.store(cell.wasSet, [true])
}

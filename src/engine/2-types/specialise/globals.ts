/**
 * Variables of modules: read with the type they have now, which what is compiled depends on; assigned with a type that may change. What
 * methods of global functions capture is kept in cells like theirs.
 */
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { ConstValue, ValueId } from '../../3-ir/ir.ts'
import { isRef } from '../../3-ir/types.ts'
import type { Core } from '../core.ts'
import { fieldSlice, fieldTypes, isBoxed, isSingleton, leavesOf } from '../layout.ts'
import type { Method } from '../method-table.ts'
import type { GlobalCell, Module } from '../module.ts'
import type { Constant, DataType, JType } from '../type.ts'
import { constantType } from './constant-expression.ts'
import { convertTo } from './construct.ts'
import type { Frame, Val } from './frame.ts'
import { noteTypeName } from './home.ts'
import { needSet, undefinedVariable } from './locals.ts'
import { outsideName } from './outside.ts'
import type { Specialiser } from './specialiser.ts'
import { boolVal, constantVal, DEAD, isDead, join, singleton, stringVal, symbolVal } from './value.ts'

export type SetGlobal = Core & { kind: 'set-global' }

export function readGlobal(frame: Frame, module: Module, name: string, span: Span): Val {
  const { s } = frame
  const found = s.world.lookup(module, name)
  const outside = found ? undefined : outsideName(name)
  if (outside) return s.throwNew(frame, '__OutsideSubset', [stringVal(frame, outside, span)], span)
  // Of each file its own, so it is no variable of the library.
  if (!found && name === 'PROGRAM_FILE') return stringVal(frame, span.source.name, span)
  if (!found) {
    s.instances.depend(module)
    return lateGlobal(frame, module, name, span)
  }
  if (found.kind === 'known') {
    const { type, constant } = found.known
    s.instances.depend(type)
    return constant ? constantVal(frame, constant, span) : singleton(type)
  }
  const { cell } = found
  s.instances.depend(cell)
  if (cell.type === null) return lateGlobal(frame, module, name, span)
  needSet(frame, whetherSet(frame, cell, span), () => undefinedGlobal(frame, module, name, span), span)
  return readCell(frame, cell, cell.type, span)
}

/** What the cell holds; it was set. */
function readCell(frame: Frame, cell: GlobalCell, type: JType, span: Span): Val {
  const { s } = frame
  const leaves = leavesOf(type).map((leaf, i) => {
    const at = frame.at(span)
    if (cell.constant === 'yes' && !isRef(leaf)) return frame.builder.const(leaf, s.host.cells.leaves(cell)[i] as ConstValue, at, cell.name)
    return frame.builder.globalGet(cell.index, i, leaf, at, cell.name)
  })
  return { type, leaves, constant: cell.constant === 'yes' ? constantIn(s, cell, type, 0) : null }
}

/** True if the cell was set before this is compiled, and so forever; else what the run time knows of it. */
function whetherSet(frame: Frame, cell: GlobalCell, span: Span): true | ValueId {
  if (cell.wasSet && frame.s.host.cells.leaves(cell.wasSet)[0] === true) cell.wasSet = null
  return cell.wasSet ? frame.builder.globalGet(cell.wasSet.index, 0, 'bool', frame.at(span), `${cell.name} is set`) : true
}

/** `@isdefined(name)`. */
export function isGlobalDefined(frame: Frame, module: Module, name: string, span: Span): Val {
  const { s } = frame
  const found = s.world.lookup(module, name)
  s.instances.depend(found?.kind === 'cell' ? found.cell : module)
  if (found?.kind !== 'cell' || found.cell.type === null) return boolVal(frame, found?.kind === 'known', span)
  const wasSet = whetherSet(frame, found.cell, span)
  return wasSet === true ? boolVal(frame, true, span) : { type: s.baseType('Bool'), leaves: [wasSet], constant: null }
}

/** A name that has no meaning when code is compiled may have one when it is come to, if the program evaluates code. */
function lateGlobal(frame: Frame, module: Module, name: string, span: Span): Val {
  const { s } = frame
  if (!s.evaluates) return undefinedGlobal(frame, module, name, span)
  const args = [singleton(module.type), symbolVal(frame, name, span)]
  const isThere = s.emit.base(frame, '__is_defined_in', args, span)
  return s.branch(
    frame,
    isThere.leaves[0]!,
    () => s.emit.base(frame, '__global_named', args, span),
    () => undefinedGlobal(frame, module, name, span),
    span,
  )
}

function undefinedGlobal(frame: Frame, module: Module, name: string, span: Span): Val {
  return frame.s.throwNew(frame, 'UndefVarError', [symbolVal(frame, name, span), singleton(module.type)], span)
}

/** An integer, or a struct of numbers, that types may be made of: `f(::Val{N})`. Its leaves begin at `from`. */
function constantIn(s: Specialiser, cell: GlobalCell, type: JType, from: number): Constant | null {
  if (type.kind !== 'data' || isBoxed(type) || leavesOf(type).length === 0) return null
  const { name } = type
  if (type === s.baseType('Int64') || type === s.baseType('Bool')) {
    const leaf = s.host.cells.leaves(cell)[from]
    if (typeof leaf === 'number') return { kind: 'int', value: leaf }
    return typeof leaf === 'boolean' ? { kind: 'bool', value: leaf } : null
  }
  if (name.form === 'primitive') return from > 0 || cell.type !== type ? numberIn(s.host.cells.leaves(cell)[from], type) : null
  if (name.form !== 'struct') return null
  const items = fieldTypes(type).map((field, i) => constantIn(s, cell, field, from + fieldSlice(type, i)[0]))
  return items.every(item => item !== null) ? { kind: 'struct', type, items } : null
}

function numberIn(leaf: unknown, type: DataType): Constant | null {
  if (type.name.name === 'Float64') return { kind: 'float', value: leaf as number }
  if (type.name.name === 'Char') return { kind: 'char', value: leaf as number }
  if (type.name.name === 'Symbol') return { kind: 'symbol', value: leaf as string }
  return typeof leaf === 'number' ? { kind: 'number', type, value: leaf } : null
}

/** `x = value` wherever it stands, but as a whole statement of the top level: `top-level.ts`. */
export function setGlobal(frame: Frame, core: SetGlobal): Val {
  const { s } = frame
  const value = emitAssigned(frame, core)
  if (isDead(value)) return DEAD
  const atTop = frame.isTopLevel && frame.builder.depth === 0
  if (core.isConst && atTop && isSingleton(value.type)) {
    nameConstant(s, frame.module, core.name, value.type)
    return value
  }
  const cell = s.world.cell(frame.module, core.name)
  writeCell(frame, cell, value, core.isConst, core.span)
  return value
}

/** `M.x = value`; gives the value. */
export function setCell(frame: Frame, cell: GlobalCell, value: Val, span: Span): Val {
  const converted = cell.declared ? convertTo(frame, value, cell.declared, span) : value
  if (isDead(converted)) return DEAD
  frame.s.noteHandedOut(value.type)
  writeCell(frame, cell, converted, false, span)
  return value
}

/** What a global is to be assigned, as one of the type that was declared for it. */
export function emitAssigned(frame: Frame, core: SetGlobal): Val {
  const { s, module } = frame
  const value = s.emit.expression(frame, core.value)
  if (isDead(value)) return DEAD
  s.noteHandedOut(value.type)
  const known = module.bindings.get(core.name)
  if (known && known.kind !== 'cell' && !core.isConst) fail('lower', 'name.not-a-variable', { name: core.name }, core.span)
  if (core.type) s.world.cell(module, core.name).declared = constantType(frame, core.type)
  const declared = core.type || known?.kind === 'cell' ? s.world.cell(module, core.name).declared : null
  return declared ? convertTo(frame, value, declared, core.span) : value
}

/** A name for what is known at compile time. */
export function nameConstant(s: Specialiser, module: Module, name: string, type: JType): void {
  const known = module.bindings.get(name)
  s.world.defineKnown(module, name, type)
  noteTypeName(module, name, type)
  s.changed(known?.kind === 'known' ? known.known.type : type)
}

/** Code that sets a cell; what it holds before, or where the code may not be come to, its type must hold as well. */
function writeCell(frame: Frame, cell: GlobalCell, value: Val, isConst: boolean, span: Span): void {
  const { s, builder } = frame
  s.instances.depend(cell)
  if (cell.type === null) {
    if (isConst && frame.isTopLevel && builder.depth === 0) s.beginConstant(cell)
    if (!s.world.isLoading) cell.wasSet = newFlag(s, cell)
  } else reassigned(s, cell)
  retype(s, cell, cell.type === null ? value.type : join(cell.type, value.type), true)
  emitStore(frame, cell, convertTo(frame, value, cell.type!, span), span)
}

function emitStore(frame: Frame, cell: GlobalCell, { leaves }: Val, span: Span): void {
  const { builder } = frame
  const at = frame.at(span)
  leaves.forEach((leaf, i) => {
    builder.globalSet(cell.index, i, leaf, at)
  })
  if (cell.wasSet) builder.globalSet(cell.wasSet.index, 0, builder.bool(true, at), at)
}

/** Code that puts what a method captures into a cell of its own. What was emitted with another type of it does not count any more. */
export function setCapture(frame: Frame, cell: GlobalCell, value: Val, span: Span): void {
  const { s } = frame
  if (cell.type === null && frame.isTopLevel) s.beginConstant(cell)
  cell.wasSet ??= newFlag(s, cell)
  retype(s, cell, value.type, false)
  emitStore(frame, cell, value, span)
}

/** What a method of a global function captures; DEAD where control cannot have come to its definition. */
export function readCaptures(frame: Frame, { captured, def }: Method): Val[] {
  return captured.map(cell => {
    frame.s.instances.depend(cell)
    const unset = () => undefinedVariable(frame, cell.name, def.span)
    if (cell.type === null) return unset()
    needSet(frame, whetherSet(frame, cell, def.span), unset, def.span)
    return readCell(frame, cell, cell.type, def.span)
  })
}

function newFlag(s: Specialiser, cell: GlobalCell): GlobalCell {
  const flag = s.world.hiddenCell(`${cell.name} is set`)
  retype(s, flag, s.baseType('Bool'), false)
  s.host.cells.store(flag, [false])
  return flag
}

/** Not the one value of a constant any more. */
export function reassigned(s: Specialiser, cell: GlobalCell): void {
  if (cell.constant === 'no') return
  cell.constant = 'no'
  s.changed(cell)
}

/** A constant whose value the run time puts into the cell. */
export function defineValue(s: Specialiser, module: Module, name: string, type: JType): GlobalCell {
  const cell = s.world.cell(module, name)
  cell.constant = 'no'
  retype(s, cell, type, false)
  return cell
}

/** What was compiled with the old type is compiled anew, and what is being compiled with it starts again. */
export function retype(s: Specialiser, cell: GlobalCell, type: JType, keepsValue: boolean): void {
  const from = cell.type
  if (from === type) return
  const old = from === null ? null : s.world.move(cell)
  cell.type = type
  s.types.register(type)
  s.ir.globals[cell.index] = { name: cell.name, leaves: leavesOf(type), ...(cell.constant !== 'no' && { isConstant: true as const }) }
  if (old === null || from === null) {
    s.changed(cell)
    return
  }
  s.ir.globals[old] = { ...s.ir.globals[old]!, isLeft: true }
  s.host.cells.moved(cell, old, from, keepsValue)
  s.retyped(cell)
}

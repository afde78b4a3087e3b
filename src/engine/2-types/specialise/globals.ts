/** Variables of modules: read with the type they have now, which what is compiled depends on; assigned with a type that may change. */
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import { isRef } from '../../3-ir/types.ts'
import type { Core } from '../core.ts'
import { fieldSlice, fieldTypes, isBoxed, isSingleton, leavesOf } from '../layout.ts'
import type { GlobalCell, Module } from '../module.ts'
import type { Constant, DataType, JType } from '../type.ts'
import { constantType } from './constant-expression.ts'
import { convertTo } from './construct.ts'
import type { Frame, Val } from './frame.ts'
import { outsideName } from './outside.ts'
import type { Specialiser } from './specialiser.ts'
import { constantVal, DEAD, isDead, join, singleton, stringVal, symbolVal } from './value.ts'

export function readGlobal(frame: Frame, module: Module, name: string, span: Span): Val {
  const { s } = frame
  const home = name.startsWith('@') ? s.world.macroHomes.get(name.slice(1)) : undefined
  const found = s.world.lookup(home ?? module, name)
  const outside = found ? undefined : outsideName(name)
  if (outside) return s.throwNew(frame, '__OutsideSubset', [stringVal(frame, outside, span)], span)
  // Of each file its own, so it is no variable of the library.
  if (!found && name === 'PROGRAM_FILE') return stringVal(frame, span.source.name, span)
  if (!found) return undefinedGlobal(frame, module, name, span)
  if (found.kind === 'known') {
    const { type, constant } = found.known
    s.instances.depend(type)
    return constant ? constantVal(frame, constant, span) : singleton(type)
  }
  const { cell } = found
  s.instances.depend(cell)
  if (cell.type === null) return undefinedGlobal(frame, module, name, span)
  const leaves = leavesOf(cell.type).map((leaf, i) => {
    const at = frame.at(span)
    if (cell.constant === 'yes' && !isRef(leaf)) return frame.builder.const(leaf, s.host.leafOf(cell, i), at, name)
    return frame.builder.globalGet(cell.index, i, leaf, at, name)
  })
  return { type: cell.type, leaves, constant: cell.constant === 'yes' ? constantIn(s, cell, cell.type, 0) : null }
}

function undefinedGlobal(frame: Frame, module: Module, name: string, span: Span): Val {
  return frame.s.throwNew(frame, 'UndefVarError', [symbolVal(frame, name, span), singleton(module.type)], span)
}

/** An integer, or a struct of numbers, that types may be made of: `f(::Val{N})`. Its leaves begin at `from`. */
function constantIn(s: Specialiser, cell: GlobalCell, type: JType, from: number): Constant | null {
  if (type.kind !== 'data' || isBoxed(type) || leavesOf(type).length === 0) return null
  const { name } = type
  if (type === s.baseType('Int64') || type === s.baseType('Bool')) {
    const leaf = s.host.leafOf(cell, from)
    if (typeof leaf === 'number') return { kind: 'int', value: leaf }
    return typeof leaf === 'boolean' ? { kind: 'bool', value: leaf } : null
  }
  if (name.form === 'primitive') return from > 0 || cell.type !== type ? numberIn(s.host.leafOf(cell, from), type) : null
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

export function setGlobal(frame: Frame, core: Core & { kind: 'set-global' }): Val {
  const { span } = core
  const { s } = frame
  let value = s.emit.expression(frame, core.value)
  if (isDead(value)) return DEAD
  const known = frame.module.bindings.get(core.name)
  const atTop = frame.isTopLevel && frame.builder.depth === 0
  if (known && known.kind !== 'cell' && !core.isConst) fail('lower', 'name.not-a-variable', { name: core.name }, span)
  if (core.isConst && atTop && isSingleton(value.type)) {
    s.world.defineKnown(frame.module, core.name, value.type)
    s.changed(known?.kind === 'known' ? known.known.type : value.type)
    return value
  }
  const cell = s.world.cell(frame.module, core.name)
  if (core.type) cell.declared = constantType(frame, core.type)
  if (cell.declared) {
    value = convertTo(frame, value, cell.declared, span)
    if (isDead(value)) return DEAD
  }
  if (cell.type === null && core.isConst && atTop) s.beginConstant(cell)
  else if (cell.constant !== 'no') {
    cell.constant = 'no'
    s.changed(cell)
  }
  if (cell.type === null || (atTop && cell.type !== value.type)) retype(s, cell, value.type, false)
  else {
    const joined = join(cell.type, value.type)
    if (joined !== cell.type) {
      retype(s, cell, joined, true)
      // What was emitted so far reads the global with its old type.
      s.instances.restart()
    }
  }
  value = convertTo(frame, value, cell.type!, span)
  value.leaves.forEach((leaf, i) => {
    frame.builder.globalSet(cell.index, i, leaf, frame.at(span))
  })
  return value
}

/** A constant whose value the run time puts into the cell. */
export function defineValue(s: Specialiser, module: Module, name: string, type: JType): GlobalCell {
  const cell = s.world.cell(module, name)
  cell.constant = 'no'
  retype(s, cell, type, false)
  return cell
}

function retype(s: Specialiser, cell: GlobalCell, type: JType, keepsValue: boolean): void {
  if (cell.type !== null && keepsValue) s.host.convertCell(cell, cell.type, type)
  cell.type = type
  s.types.register(type)
  s.ir.globals[cell.index] = { name: cell.name, leaves: leavesOf(type), ...(cell.constant !== 'no' && { isConstant: true as const }) }
  s.changed(cell)
}

/** One function a kind of Core: what it is at compile time, and the IR it becomes. */
import { unreachable } from '../../../diagnostics/bug.ts'
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import { numberOfInteger } from '../../3-ir/scalar.ts'
import type { Core, Literal } from '../core.ts'
import { ANY, BOTTOM, typeParameterOf, typeVar, unionAll } from '../intern.ts'
import { isBoxed, isFlatUnion } from '../layout.ts'
import type { JType, TypeParam } from '../type.ts'
import { typeText } from '../type-text.ts'
import { applyType } from './apply-type.ts'
import { assertType } from './assert-type.ts'
import { emitIf } from './branch.ts'
import { dynamicCall, isTypeVal, splatted } from './calls.ts'
import { makeClosure } from './closure.ts'
import { constructFields } from './construct.ts'
import { defineHere } from './define.ts'
import type { Frame, Val } from './frame.ts'
import { isGlobalDefined } from './globals.ts'
import { assign, freshLocal, readCaptured, readLocal, undefinedVariable, writeBox } from './locals.ts'
import { emitWhile } from './loop.ts'
import { emitTry } from './try.ts'
import { boolVal, DEAD, isDead, NOTHING_VAL, paramVal, splitUnion, stringVal, symbolVal, typeVal } from './value.ts'

export function emitExpression(frame: Frame, core: Core): Val {
  switch (core.kind) {
    case 'literal':
      return literal(frame, core.value, core.span)
    case 'local':
      return readLocal(frame, core.id, core.span)
    case 'captured':
      return readCaptured(frame, core.index, core.span)
    case 'self':
      return frame.self ?? fail('infer', 'subset.no-syntax', { what: 'A reference to the function itself here' }, core.span)
    case 'fresh':
      for (const id of core.locals) freshLocal(frame, id)
      return NOTHING_VAL
    case 'static-param':
      return staticParam(frame, core.name, core.span)
    case 'global':
      return frame.s.readGlobal(frame, frame.module, core.name, core.span)
    case 'base':
      return frame.s.readGlobal(frame, frame.s.world.base, core.name, core.span)
    case 'set-local': {
      const value = emitExpression(frame, core.value)
      if (isDead(value)) return DEAD
      assign(frame, core.id, value, core.span)
      return value
    }
    case 'set-captured': {
      const value = emitExpression(frame, core.value)
      if (isDead(value)) return DEAD
      writeBox(frame, frame.captures[core.index]!, value, core.span)
      return value
    }
    case 'set-global':
      return frame.s.setGlobal(frame, core)
    case 'call':
      return frame.s.emit.callCore(frame, core.callee, core.args, core.kwargs, core.span)
    case 'block': {
      let last: Val = NOTHING_VAL
      for (const part of core.body) {
        last = emitExpression(frame, part)
        if (isDead(last)) return DEAD
      }
      return last
    }
    case 'if':
      return emitIf(frame, core)
    case 'while':
      return emitWhile(frame, core)
    case 'for':
      return frame.s.emit.iterate(frame, core)
    case 'break':
    case 'continue':
    case 'label':
    case 'goto':
    case 'return':
      return fail('lower', 'subset.no-syntax', { what: `\`${core.kind}\` here` }, core.span)
    case 'closure':
      return makeClosure(frame, core)
    case 'new': {
      if (core.type) return newOf(frame, emitExpression(frame, core.type), core.type.span, core)
      if (!frame.constructed) return fail('lower', 'subset.no-syntax', { what: '`new` outside of an inner constructor' }, core.span)
      const args = splatted(frame, core.args, core.span)
      if (!args) return DEAD
      const unknown = frame.constructed.kind === 'data' ? frame.constructed.params.find(p => p.kind === 'var') : undefined
      return unknown ? undefinedVariable(frame, unknown.name, core.span) : constructFields(frame, frame.constructed, args, core.span)
    }
    case 'typeassert':
      return typeassert(frame, core)
    case 'apply-type': {
      const base = emitExpression(frame, core.base)
      const args = core.args.map(a => emitExpression(frame, a))
      if (isDead(base) || args.some(isDead)) return DEAD
      // What is a type on one of several paths, or only at run time, is resolved like the arguments of a call.
      const isOpen = [base, ...args].some(v => !isTypeVal(v) && (isFlatUnion(v.type) || isBoxed(v.type)))
      if (isOpen) return frame.s.emit.call(frame, frame.s.coreFunction('apply_type'), [base, ...args], [], core.span)
      return applyType(frame, base, args, core.span)
    }
    case 'where':
      return where(frame, core)
    case 'try':
      return emitTry(frame, core)
    case 'isdefined':
      return isDefined(frame, core.what, core.span)
    case 'inbounds': {
      const before = frame.inbounds
      frame.inbounds = true
      const value = emitExpression(frame, core.body)
      frame.inbounds = before
      return value
    }
    case 'definition':
      return defineHere(frame, core)
    default:
      return unreachable(core, 'kind of Core')
  }
}

/** An error when the program comes to it: what stands around it may never run. */
function tooWide(frame: Frame, value: bigint, span: Span): Val {
  return frame.s.emit.throwNew(frame, '__IntegerRange', [stringVal(frame, `${value}`, span)], span)
}

function literal(frame: Frame, value: Literal, span: Span): Val {
  const { builder } = frame
  const at = frame.at(span)
  const { s } = frame
  switch (value.kind) {
    case 'int': {
      const n = numberOfInteger(value.value)
      if (n === null) return tooWide(frame, value.value, span)
      return { type: s.baseType('Int64'), leaves: [builder.i64(n, at)], constant: { kind: 'int', value: n } }
    }
    case 'uint': {
      if (value.bits === 128) return tooWide(frame, value.value, span)
      const words = value.bits === 64 ? [value.value >> 32n, value.value & 0xffffffffn] : [value.value]
      return { type: s.baseType(`UInt${value.bits}`), leaves: words.map(word => builder.i64(Number(word), at)), constant: null }
    }
    case 'float':
      return { type: s.baseType('Float64'), leaves: [builder.f64(value.value, at)], constant: { kind: 'float', value: value.value } }
    case 'float32':
      return { type: s.baseType('Float32'), leaves: [builder.const('f32', Math.fround(value.value), at)], constant: null }
    case 'bool':
      return boolVal(frame, value.value, span)
    case 'char':
      return { type: s.baseType('Char'), leaves: [builder.i64(value.value, at)], constant: { kind: 'char', value: value.value } }
    case 'string':
      return stringVal(frame, value.value, span)
    case 'symbol':
      return symbolVal(frame, value.value, span)
    case 'nothing':
      return NOTHING_VAL
  }
}

function staticParam(frame: Frame, name: string, span: Span): Val {
  const param = frame.statics.get(name)
  if (param === undefined) return undefinedVariable(frame, name, span)
  return paramVal(frame, param, span)
}

// Types ----------------------------------------------------------------------------------------------------------------------------

/** An expression that must be a type known at compile time. */
export function typeOf(frame: Frame, core: Core): JType {
  const val = emitExpression(frame, core)
  return typeParameterOf(val.type) ?? fail('infer', 'type.not-a-type', { found: typeText(val.type) }, core.span)
}

/** `new{A, B}(args…)`: the type may be another on each of several paths, or only known to the running program. */
function newOf(frame: Frame, type: Val, typeSpan: Span, core: Core & { kind: 'new' }): Val {
  if (isDead(type)) return DEAD
  const args = splatted(frame, core.args, core.span)
  if (!args) return DEAD
  const construct = (of: Val): Val => {
    const made = typeParameterOf(of.type)
    if (made) return constructFields(frame, made, args, core.span)
    const make = frame.s.baseFunction('__new')
    if (isBoxed(of.type) && make) return dynamicCall(frame, make, [of, ...args], [], core.span)
    return fail('infer', 'type.not-a-type', { found: typeText(of.type) }, typeSpan)
  }
  return isFlatUnion(type.type) ? splitUnion(frame, type, core.span, construct) : construct(type)
}

function typeassert(frame: Frame, core: Core & { kind: 'typeassert' }): Val {
  const value = emitExpression(frame, core.value)
  if (isDead(value)) return DEAD
  const type = emitExpression(frame, core.type)
  if (isDead(type)) return DEAD
  const known = typeParameterOf(type.type)
  if (known) return assertType(frame, value, known, core.span)
  if (!isBoxed(type.type)) return fail('infer', 'type.not-a-type', { found: typeText(type.type) }, core.type.span)
  return dynamicCall(frame, frame.s.readGlobal(frame, frame.s.world.core, 'typeassert', core.span), [value, type], [], core.span)
}

function where(frame: Frame, core: Core & { kind: 'where' }): Val {
  const statics = new Map<string, TypeParam>(frame.statics)
  const inner = frame.withStatics(statics)
  const vars = core.vars.map(v => {
    const made = typeVar(v.name, v.lower ? typeOf(inner, v.lower) : BOTTOM, v.upper ? typeOf(inner, v.upper) : ANY)
    statics.set(v.name, made)
    return made
  })
  let type = typeOf(inner, core.body)
  for (let i = vars.length - 1; i >= 0; i--) type = unionAll(vars[i]!, type)
  return typeVal(type)
}

function isDefined(frame: Frame, what: Core, span: Span): Val {
  switch (what.kind) {
    case 'local': {
      const slot = frame.env[what.id]
      if (!slot) return boolVal(frame, false, span)
      if (frame.code.locals[what.id]?.boxed)
        return {
          type: frame.s.baseType('Bool'),
          leaves: [frame.builder.get(slot.val.leaves[0]!, 0, 'bool', frame.at(span))],
          constant: null,
        }
      return slot.defined === true ? boolVal(frame, true, span) : { type: frame.s.baseType('Bool'), leaves: [slot.defined], constant: null }
    }
    case 'captured':
      return boolVal(frame, true, span)
    case 'static-param':
      return boolVal(frame, frame.statics.has(what.name), span)
    case 'global':
      return isGlobalDefined(frame, frame.module, what.name, span)
    default:
      return boolVal(frame, true, span)
  }
}

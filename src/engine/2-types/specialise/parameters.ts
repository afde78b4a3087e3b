/** Arguments into the locals of a method's frame. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Core, KeywordDef, LocalId } from '../core.ts'
import { coreChildren } from '../core-children.ts'
import { applied, namedTupleType, typeParameterOf } from '../intern.ts'
import { fieldTypes, isBoxed, isFlatUnion, leavesOf } from '../layout.ts'
import type { Method } from '../method-table.ts'
import { isSubtype, matchTypes } from '../subtype.ts'
import type { JType, TypeParam } from '../type.ts'
import { assertType } from './assert-type.ts'
import { constantType } from './constant-expression.ts'
import { definitionFrame, type Frame, type Keyword, type Val } from './frame.ts'
import { newBox, writeBox } from './locals.ts'
import { DEAD, isDead, stringVal, symbolVal, tupleVal, typeVal } from './value.ts'

export function bindBoxes(frame: Frame): void {
  frame.code.locals.forEach((local, id) => {
    if (local.boxed) frame.env[id] = { val: newBox(frame, id), defined: true }
  })
}

/** The captured variables of a closure, from its leaves. */
export function capturesOf(callee: Val): Val[] {
  if (callee.type.kind !== 'data') return []
  let at = 0
  return fieldTypes(callee.type).map((type): Val => {
    const count = leavesOf(type).length
    at += count
    return { type, leaves: callee.leaves.slice(at - count, at), constant: null }
  })
}

/** Missing arguments take their defaults, left to right. False if control ends in one of them. */
export function bindParams(frame: Frame, args: readonly Val[], kwargs: readonly Keyword[], statics: Map<string, TypeParam>): boolean {
  const { def } = frame.method!
  const evaluate = (core: Core) => frame.s.emit.expression(frame, core)
  for (const [i, p] of def.params.entries()) {
    const val = p.vararg || isVararg(p.type) ? tupleVal(args.slice(i)) : (args[i] ?? evaluate(p.default!))
    if (!bind(frame, p.local, val, def.span)) return false
  }
  for (const kw of def.kwparams) {
    const given = kwargs.find(k => k.name === kw.name)?.val
    if (!given && !kw.default) {
      frame.s.throwNew(frame, 'UndefKeywordError', [symbolVal(frame, kw.name, def.span)], def.span)
      return false
    }
    const val = given ? ofDeclaredType(frame, kw, given) : evaluate(kw.default!)
    if (!given && kw.type && !isDead(val) && isOpenType(frame, kw.type)) bindKeywordVars(frame, [{ name: kw.name, val }], statics)
    if (!bind(frame, kw.local, val, def.span)) return false
  }
  if (def.kwslurp === null) return true
  const rest = kwargs.filter(k => !def.kwparams.some(p => p.name === k.name))
  const names = rest.map(k => k.name)
  const type = namedTupleType(
    names,
    rest.map(k => k.val.type),
  )
  const named: Val = { type, leaves: rest.flatMap(k => k.val.leaves), constant: null }
  return bind(frame, def.kwslurp, frame.s.emit.base(frame, 'pairs', [named], def.span), def.span)
}

/**
 * The positional arguments with the defaults of those that are missing, if the types of those bind type parameters (`f(::Val{N} = Val(2))`):
 * such a call is one of the whole function. Null otherwise.
 */
export function completedArguments(frame: Frame, args: readonly Val[], bound: number): Val[] | null {
  const { def, vars } = frame.method!
  if (bound === vars.length || !def.params.some((p, i) => i >= args.length && p.default)) return null
  const all: Val[] = []
  for (const [i, p] of def.params.entries()) {
    if (p.vararg || isVararg(p.type)) return [...all, ...args.slice(i)]
    const val = args[i] ?? frame.s.emit.expression(frame, p.default!)
    if (!bind(frame, p.local, val, def.span)) return [DEAD]
    all.push(val)
  }
  return all
}

/** Type variables of the method that only its keywords determine. */
export function bindKeywordVars(frame: Frame, kwargs: readonly Keyword[], statics: Map<string, TypeParam>): void {
  const { vars, def, module } = frame.method!
  const open = vars.filter(v => !statics.has(v.name))
  if (open.length === 0 || def.kwparams.every(kw => kw.type === null)) return
  const known = new Map<string, TypeParam>([...statics, ...open.map(v => [v.name, v] as const)])
  const scratch = definitionFrame(frame.s, module, known, def.span)
  const actual: JType[] = []
  const formal: JType[] = []
  for (const kw of def.kwparams) {
    const given = kwargs.find(k => k.name === kw.name)?.val
    if (!given || !kw.type) continue
    actual.push(given.type)
    formal.push(constantType(scratch, kw.type))
  }
  for (const [v, found] of matchTypes(actual, formal, open) ?? []) statics.set(v.name, found)
}

/** Does a type mention a variable that nothing has determined? */
function isOpenType(frame: Frame, type: Core): boolean {
  if (type.kind === 'static-param') return !frame.statics.has(type.name)
  return coreChildren(type).some(child => isOpenType(frame, child))
}

/** A keyword of another type than the declared one is an error; it is not converted. */
function ofDeclaredType(frame: Frame, kw: KeywordDef, given: Val): Val {
  if (!kw.type || isOpenType(frame, kw.type)) return given
  const { span } = kw.type
  const wanted = constantType(frame, kw.type)
  if (isSubtype(given.type, wanted)) return given
  if (isBoxed(given.type) || isFlatUnion(given.type)) return assertType(frame, given, wanted, span)
  const context = stringVal(frame, kw.name, span)
  return frame.s.throwNew(frame, 'TypeError', [symbolVal(frame, 'keyword argument', span), context, typeVal(wanted), given], span)
}

function bind(frame: Frame, id: LocalId, val: Val, span: Span): boolean {
  if (isDead(val)) return false
  if (frame.code.locals[id]?.boxed) writeBox(frame, frame.env[id]!.val, val, span)
  else frame.env[id] = { val, defined: true }
  return true
}

function isVararg(type: Core | null): boolean {
  return type?.kind === 'apply-type' && (type.base.kind === 'global' || type.base.kind === 'base') && type.base.name === 'Vararg'
}

/** What plain `new(…)` makes in this method. */
export function constructedType(method: Method, callee: JType, statics: ReadonlyMap<string, TypeParam>): JType | null {
  const of = typeParameterOf(callee)
  if (!of) return null
  if (of.kind === 'data') return of
  if (of.kind !== 'unionall') return null
  let body: JType = of
  while (body.kind === 'unionall') body = body.body
  if (body.kind !== 'data') return null
  const params = body.params.map(p => (p.kind === 'var' ? (statics.get(p.name) ?? p) : p))
  return params.some(p => p.kind === 'var') && !method.def.name ? null : applied(body.name, params)
}

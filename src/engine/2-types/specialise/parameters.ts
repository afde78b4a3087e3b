/** Arguments into the locals of a method's frame. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Core, LocalId } from '../core.ts'
import { applied, namedTupleType } from '../intern.ts'
import { fieldTypes, leavesOf } from '../layout.ts'
import type { JType, TypeParam } from '../type.ts'
import type { Method } from '../world.ts'
import { newBox, writeBox } from './expressions.ts'
import type { Frame, Keyword, Val } from './frame.ts'
import { DEAD, isDead, symbolVal, tupleVal } from './value.ts'

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
export function bindParams(frame: Frame, args: readonly Val[], kwargs: readonly Keyword[]): boolean {
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
    if (!bind(frame, kw.local, given ?? evaluate(kw.default!), def.span)) return false
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
  const of = callee.kind === 'data' && callee.name.name === 'Type' ? (callee.params[0] as JType) : null
  if (!of) return null
  if (of.kind === 'data') return of
  if (of.kind !== 'unionall') return null
  let body: JType = of
  while (body.kind === 'unionall') body = body.body
  if (body.kind !== 'data') return null
  const params = body.params.map(p => (p.kind === 'var' ? (statics.get(p.name) ?? p) : p))
  return params.some(p => p.kind === 'var') && !method.def.name ? null : applied(body.name, params)
}

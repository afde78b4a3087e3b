/** The IR function of a method for given argument types, or of code that belongs to no method. */
import type { Span } from '../../../diagnostics/source.ts'
import { Builder } from '../../3-ir/build.ts'
import { RULE_SOURCES } from '../../3-ir/ir.ts'
import { locAt } from '../../3-ir/loc.ts'
import type { Code, MethodDef } from '../core.ts'
import { withoutExits } from '../exits/without-exits.ts'
import { leavesOf } from '../layout.ts'
import type { Module } from '../module.ts'
import type { Constant, JType, TypeParam } from '../type.ts'
import { constantType } from './constant-expression.ts'
import { convertTo } from './construct.ts'
import { type Boxes, Frame, type Keyword, type Val } from './frame.ts'
import { emitGenerator, withGeneratedBody } from './generated.ts'
import { readCaptures } from './globals.ts'
import { type Request, staticsOf } from './instance-key.ts'
import type { Emitted, Running } from './instances.ts'
import { openBoxes } from './locals.ts'
import { bindBoxes, bindKeywordVars, bindParams, capturesOf, completedArguments, constructedType } from './parameters.ts'
import { isPulledBack, mayHaveRules, ruleKind } from './rule-signature.ts'
import { settleBoxes } from './settle-boxes.ts'
import type { Specialiser } from './specialiser.ts'
import { boxTryLocals } from './try-locals.ts'
import { DEAD, isDead, stringVal } from './value.ts'

export interface Standalone {
  readonly name: string
  readonly label: string
  readonly code: Code
  readonly module: Module
  /** Null for a statement of the top level. */
  readonly params: readonly JType[] | null
  readonly statics?: ReadonlyMap<string, TypeParam>
}

export function emitStandalone(
  s: Specialiser,
  { label, code, module, params, statics }: Standalone,
  running: Running,
  boxes: Boxes,
  write: (frame: Frame, params: readonly Val[]) => Val,
): Emitted {
  const frame = new Frame({
    s,
    builder: new Builder(),
    code: prepared(code),
    module,
    label,
    statics: statics ?? new Map(),
    boxes,
    isTopLevel: params === null,
  })
  bindBoxes(frame)
  const vals = (params ?? []).map((type, i) => parameter(frame, { type, constant: null }, `x${i + 1}`))
  return finish(frame, write(frame, vals), running.name, 'auto')
}

export function emitMethod(s: Specialiser, asked: Request, running: Running, boxes: Boxes): Emitted {
  const written = withGeneratedBody(s, asked)
  const request = written === 'throws' ? asked : written
  const { method } = request
  const { def, module } = method
  const statics = staticsOf(request)
  const code = prepared(def.code)
  const frame = new Frame({ s, builder: new Builder(), code, module, label: running.label, statics, boxes, method })
  const { callee, args, kwargs } = parametersOf(frame, request)
  frame.self = callee
  if (code.captures.length > 0) frame.captures = method.captured.length > 0 ? readCaptures(frame, method) : capturesOf(callee)
  frame.constructed = constructedType(method, request.callee.type, statics)
  if (frame.captures.some(isDead)) return finish(frame, DEAD, running.name, def.inline)
  bindBoxes(frame)
  const done = (value: Val) => finish(frame, value, running.name, def.inline)
  if (written === 'throws') {
    // It does so once more where the call stands.
    if (!isDead(emitGenerator(frame, request)))
      s.throwNew(frame, 'ErrorException', [stringVal(frame, 'no code was generated', def.span)], def.span)
    return done(DEAD)
  }
  const positional = method.isFunctor ? [callee, ...args] : args
  const completed = completedArguments(frame, positional, def.generated ? -1 : request.bindings.size)
  if (completed) return done(s.emit.call(frame, callee, method.isFunctor ? completed.slice(1) : completed, kwargs, def.span))
  bindKeywordVars(frame, kwargs, statics)
  if (!bindParams(frame, positional, kwargs, statics)) return done(DEAD)
  const value = calledInFull(frame, request, callee, kwargs) ?? s.emit.expression(frame, code.body)
  if (!def.returnType || isDead(value)) return done(value)
  return done(convertTo(frame, value, constantType(frame, def.returnType), def.returnType.span))
}

/** Parameters of the IR function, named as in the source. */
function parametersOf(frame: Frame, { method, callee, args, kwargs }: Request): { callee: Val; args: Val[]; kwargs: Keyword[] } {
  const { params, kwparams } = method.def
  const declared = method.isFunctor ? params.slice(1) : params
  const spanOf = (param: { readonly local: number } | undefined): Span | undefined => param && frame.code.locals[param.local]?.span
  return {
    callee: parameter(frame, callee, 'self', method.isFunctor ? spanOf(params[0]) : undefined),
    args: args.map((a, i) => {
      const own = declared[Math.min(i, declared.length - 1)]
      return parameter(frame, a, own?.name ?? 'x', spanOf(own))
    }),
    kwargs: kwargs.map(k => ({ name: k.name, val: parameter(frame, k, k.name, spanOf(kwparams.find(p => p.name === k.name))) })),
  }
}

function parameter(frame: Frame, { type, constant }: { type: JType; constant: Constant | null }, name: string, span?: Span): Val {
  frame.s.types.register(type)
  return { type, leaves: leavesOf(type).map(leaf => frame.builder.param(leaf, name, span)), constant }
}

/** A call that leaves arguments to their defaults is one of the method with all of them: where that has a rule, it must be reached. */
function calledInFull(frame: Frame, { method, args }: Request, callee: Val, kwargs: readonly Keyword[]): Val | null {
  const { params } = method.def
  const { world } = frame.s
  if (method.isFunctor || args.length >= params.length || !mayHaveRules(world, false)) return null
  const all = params.map(p => frame.env[p.local]?.val)
  if (params.some(p => p.vararg || frame.code.locals[p.local]?.boxed) || !all.every(val => val !== undefined)) return null
  const types = [callee.type, ...all.map(val => val.type)]
  if (ruleKind(world, types) === 'none' && !RULE_SOURCES.some(source => isPulledBack(world, types, source))) return null
  return frame.s.emit.call(frame, callee, all, kwargs, method.def.span)
}

function finish(frame: Frame, value: Val, name: string, inline: MethodDef['inline']): Emitted {
  openBoxes(frame)
  if (!frame.module.isBase) settleBoxes(frame, value.type)
  const at = locAt(frame.code.body.span, frame.label, frame.origin)
  const func = frame.builder.finish(name, isDead(value) ? [] : value.leaves, at, { label: frame.label, inline })
  frame.s.ir.funcs.set(name, func)
  return { result: value.type, constant: isDead(value) ? null : value.constant }
}

const preparedCode = new WeakMap<Code, Code>()

/** Code as it is emitted from; of Base's it is the same in every session of a process. */
export function prepared(code: Code): Code {
  let found = preparedCode.get(code)
  if (!found) {
    found = withoutExits(boxTryLocals(code))
    preparedCode.set(code, found)
  }
  return found
}

/** Calls: arguments and splats, builtins, union splitting, dispatch, and what happens when no method is certain. */
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Arg, Core, KeywordArg } from '../core.ts'
import { dispatch, takesKeywords } from '../dispatch.ts'
import { ANY, BOTTOM, MODULE, NAMEDTUPLE, namedTupleType, TUPLE, typeParameterOf } from '../intern.ts'
import { fieldNames, hasManyCombinations, isBoxed, isFlatUnion, isOpen, isOpenTuple, leavesOf } from '../layout.ts'
import type { Method } from '../method-table.ts'
import type { DataType, JType, TypeParam, TypeVar } from '../type.ts'
import { typeText } from '../type-text.ts'
import type { Frame, Keyword, Val } from './frame.ts'
import { emitInPlace } from './in-place.ts'
import { type Request, signatureLabel } from './instance-key.ts'
import { mark } from './marks.ts'
import { mayBeRuled } from './rule-signature.ts'
import { constantOf, DEAD, fieldVal, intVal, isDead, represent, splitOpenTuple, splitUnion, tupleItems, tupleVal } from './value.ts'

/** A splat of an array is unrolled for every length up to this; longer ones are resolved at run time. */
const MAX_SPLAT = 8

export function callCore(frame: Frame, callee: Core, args: readonly Arg[], kwargs: readonly KeywordArg[], span: Span): Val {
  const fn = frame.s.emit.expression(frame, callee)
  if (isDead(fn)) return DEAD
  const values: { val: Val; splat: boolean }[] = []
  for (const arg of args) {
    const val = frame.s.emit.expression(frame, arg.value)
    if (isDead(val)) return DEAD
    values.push({ val, splat: arg.splat })
  }
  if (
    callee.kind === 'base' &&
    callee.name === 'getproperty' &&
    values[0]!.val.type.kind === 'data' &&
    values[0]!.val.type.name === MODULE
  ) {
    const name = values[1]!.val.constant
    const module = frame.s.world.modulesByType.get(values[0]!.val.type)
    if (module && name?.kind === 'symbol') return frame.s.readGlobal(frame, module, name.value, span)
  }
  const keywords = givenKeywords(frame, kwargs)
  if (!keywords) return DEAD
  const named = openKeywords(frame, keywords)
  if (named) return callNamed(frame, fn, values, named, span)
  return callSplatted(frame, fn, values, closedKeywords(keywords), span)
}

interface Given {
  /** Null for a splat. */
  readonly name: string | null
  readonly val: Val
  readonly span: Span
}

/** The values of the keywords in their order; null when control ends in one. */
function givenKeywords(frame: Frame, kwargs: readonly KeywordArg[]): Given[] | null {
  const given: Given[] = []
  for (const { name, value } of kwargs) {
    const val = frame.s.emit.expression(frame, value)
    if (isDead(val)) return null
    given.push({ name, val, span: value.span })
  }
  return given
}

/** Keywords whose names are known; a later one of the same name wins. */
function closedKeywords(given: readonly Given[]): Keyword[] {
  const keywords: Keyword[] = []
  const set = (name: string, val: Val) => {
    const known = keywords.findIndex(k => k.name === name)
    if (known >= 0) keywords[known] = { name, val }
    else keywords.push({ name, val })
  }
  for (const { name, val } of given) {
    if (name !== null) set(name, val)
    else {
      const data = val.type.kind === 'data' && val.type.name === NAMEDTUPLE ? val : fieldVal(val, 0)
      fieldNames(data.type as DataType).forEach((field, i) => {
        set(field, fieldVal(data, i))
      })
    }
  }
  return keywords
}

/** All keywords as one named tuple when a splat has names that only the running program knows (a Dict); null if none has. */
function openKeywords(frame: Frame, given: readonly Given[]): Val | null {
  if (given.every(({ name, val }) => name !== null || hasNames(val.type))) return null
  let all: Val | null = null
  for (const { name, val, span } of given) {
    const part = name === null ? frame.s.emit.base(frame, '__named_of', [val], span) : namedTuple([{ name, val }])
    all = all ? frame.s.emit.base(frame, 'merge', [all, part], span) : part
    if (isDead(all)) return all
  }
  return all
}

function hasNames(type: JType): boolean {
  return type.kind === 'data' && (type.name === NAMEDTUPLE || type.name.name === 'Pairs')
}

/** A call whose keywords are in one named tuple. */
function callNamed(frame: Frame, fn: Val, values: readonly { val: Val; splat: boolean }[], named: Val, span: Span): Val {
  if (isDead(named)) return DEAD
  const kwcall = frame.s.readGlobal(frame, frame.s.world.base, '__kwcall', span)
  const given = [named, fn].map(val => ({ val, splat: false }))
  return callSplatted(frame, kwcall, [...given, ...values], [], span)
}

/** How many elements it has, its type says. */
function isTupleLike(type: JType): boolean {
  return type.kind === 'data' && (type.name === TUPLE || type.name === NAMEDTUPLE) && !isBoxed(type)
}

/** Expands the splats whose length is in their type; one array left over is unrolled over its possible lengths. */
function callSplatted(frame: Frame, fn: Val, values: readonly { val: Val; splat: boolean }[], kwargs: readonly Keyword[], span: Span): Val {
  const items: Val[] = []
  for (const [i, { val, splat }] of values.entries()) {
    if (!splat) items.push(val)
    else if (isTupleLike(val.type)) items.push(...tupleItems(val))
    else if (val.type.kind === 'data' && val.type.name.name === 'Pair') items.push(fieldVal(val, 0), fieldVal(val, 1))
    else if (isFlatUnion(val.type)) {
      return splitUnion(frame, val, span, member =>
        callSplatted(
          frame,
          fn,
          values.map((v, k) => (k === i ? { val: member, splat } : v)),
          kwargs,
          span,
        ),
      )
    } else if (isBoxed(val.type)) return dynamicSplat(frame, fn, items, val, values.slice(i + 1), kwargs, span)
    else return callWithArray(frame, fn, items, val, values.slice(i + 1), kwargs, span)
  }
  return frame.s.emit.call(frame, fn, items, kwargs, span)
}

function callWithArray(
  frame: Frame,
  fn: Val,
  before: readonly Val[],
  iterable: Val,
  after: readonly { val: Val; splat: boolean }[],
  kwargs: readonly Keyword[],
  span: Span,
): Val {
  const reduced = frame.s.emit.base(frame, '__splat_reduces', [fn], span)
  if (reduced.constant?.kind === 'bool' && reduced.constant.value && after.length === 0 && kwargs.length === 0) {
    return frame.s.emit.base(frame, '__splat_call', [fn, tupleVal(before), iterable], span)
  }
  const array = frame.s.emit.base(frame, 'collect', [iterable], span)
  if (isDead(array)) return DEAD
  mark(frame, 'apply_iterate', array, span)
  const tuple = () => frame.s.emit.base(frame, '__tuple_of', [array], span)
  // The lengths of two arrays would be unrolled against each other.
  if (after.some(a => a.splat && !isTupleLike(a.val.type))) return dynamicSplat(frame, fn, before, tuple(), after, kwargs, span)
  const length = frame.s.emit.base(frame, '__splat_length', [array], span)
  if (isDead(length)) return DEAD
  const at = frame.at(span)
  const go = (n: number): Val => {
    const test = frame.builder.op('i64.eq', [length.leaves[0]!, frame.builder.i64(n, at)], at)
    return frame.s.branch(
      frame,
      test,
      () => {
        const items = Array.from({ length: n }, (_, i) => frame.s.emit.base(frame, 'getindex', [array, intVal(frame, i + 1, span)], span))
        return callSplatted(frame, fn, [...before, ...items].map(val => ({ val, splat: false })).concat(after), kwargs, span)
      },
      () => (n < MAX_SPLAT ? go(n + 1) : dynamicSplat(frame, fn, before, tuple(), after, kwargs, span)),
      span,
    )
  }
  return go(0)
}

/** `f(before..., tuple..., after...)` when only the running program knows how many there are. */
function dynamicSplat(
  frame: Frame,
  fn: Val,
  before: readonly Val[],
  tuple: Val,
  after: readonly { val: Val; splat: boolean }[],
  kwargs: readonly Keyword[],
  span: Span,
): Val {
  if (isDead(tuple)) return DEAD
  const apply = frame.s.readGlobal(frame, frame.s.world.base, '__apply', span)
  const rest = after.map(({ val, splat }) => (splat ? val : tupleVal([val])))
  return dynamicCall(frame, apply, [fn, tupleVal(before), tuple, ...rest], kwargs, span)
}

/** All arguments in one list, for `new(a, b...)`; null when control ends in one. */
export function splatted(frame: Frame, args: readonly Arg[], span: Span): Val[] | null {
  const items: Val[] = []
  for (const arg of args) {
    const val = frame.s.emit.expression(frame, arg.value)
    if (isDead(val)) return null
    if (!arg.splat) items.push(val)
    else if (isTupleLike(val.type)) items.push(...tupleItems(val))
    else fail('infer', 'subset.no-syntax', { what: `A splat of \`${typeText(val.type)}\` here` }, span)
  }
  return items
}

export function call(frame: Frame, callee: Val, args: readonly Val[], kwargs: readonly Keyword[], span: Span): Val {
  if (isDead(callee) || args.some(isDead)) return DEAD
  if (isFlatUnion(callee.type)) return splitUnion(frame, callee, span, member => call(frame, member, args, kwargs, span))
  if (isBoxed(callee.type)) return dynamicCall(frame, callee, args, kwargs, span)
  const builtin = frame.s.builtin(callee.type)
  if (builtin) return builtin(frame, args, kwargs, span)
  if (hasManyCombinations(args.map(a => a.type))) return dynamicCall(frame, callee, args, kwargs, span)
  const split = args.findIndex(a => isFlatUnion(a.type))
  if (split >= 0) {
    return splitUnion(frame, args[split]!, span, member =>
      call(
        frame,
        callee,
        args.map((a, i) => (i === split ? member : a)),
        kwargs,
        span,
      ),
    )
  }
  const open = args.findIndex(a => isOpenTuple(a.type))
  if (open >= 0) {
    const tried = splitOpenTuple(frame, args[open]!, span, item =>
      call(
        frame,
        callee,
        args.map((a, i) => (i === open ? item : a)),
        kwargs,
        span,
      ),
    )
    if (tried) return tried
  }
  const types = [callee.type, ...args.map(a => a.type)]
  const positional = dispatch(frame.s.world, types)
  const isHiding = kwargs.length > 0 && positional.kind === 'method' && !takesKeywords(positional.method)
  const keyed = isHiding ? dispatch(frame.s.world, types, true) : positional
  const found = keyed.kind === 'none' ? positional : keyed
  switch (found.kind) {
    case 'method':
      if ([...args, ...kwargs.map(k => k.val)].some(a => waitsForType(frame, callee, found.method, a)))
        return dynamicCall(frame, callee, args, kwargs, span)
      return invoke(frame, found.method, found.bindings, callee, args, kwargs, span)
    case 'dynamic':
      return dynamicCall(frame, callee, args, kwargs, span)
    case 'none':
      if (args.some(a => isBoxed(a.type) && a.type.kind !== 'data')) return dynamicCall(frame, callee, args, kwargs, span)
      return frame.s.emit.throwNew(frame, 'MethodError', [callee, tupleVal(args)], span)
    case 'ambiguous':
      return frame.s.emit.throwNew(frame, 'MethodError', [callee, tupleVal(args)], span)
  }
}

/** Is a call of this method compiled for the type that an argument or keyword has when it runs? A rule gives derivatives of known types alone. */
function waitsForType(frame: Frame, callee: Val, method: Method, arg: Val): boolean {
  const { s } = frame
  if (!(isOpen(arg.type) || isFlatUnion(arg.type)) || isTypeVal(arg)) return false
  return (isBoxed(arg.type) && entersPackage(frame, method)) || mayBeRuled(s.world, callee.type, s.ir.derived.size > 0)
}

/** Packages such as ForwardDiff look into the functions they are given: what the program calls there is compiled for types of values. */
function entersPackage(frame: Frame, { module }: Method): boolean {
  return module.isBase && module.parent !== null && module !== frame.s.world.base && !frame.module.isBase
}

/** Compile-time knowledge about an argument that its type does not hold, and whether the callee is specialised for it. */
function specialisesOn(method: Method, val: Val, args: readonly Val[]): boolean {
  const { constant } = val
  if (!constant) return false
  if (constant.kind === 'symbol' || method.def.constprop) return true
  if (!method.module.isBase || constant.kind === 'float') return false
  return args.every(a => a.leaves.length === 0 || constantOf(a) !== null || isTupleLike(a.type))
}

export function invoke(
  frame: Frame,
  method: Method,
  bindings: ReadonlyMap<TypeVar, TypeParam>,
  callee: Val,
  args: readonly Val[],
  kwargs: readonly Keyword[],
  span: Span,
): Val {
  const strange = kwargs.find(k => method.def.kwslurp === null && !method.def.kwparams.some(p => p.name === k.name))
  if (strange) {
    const called = [frame.s.readGlobal(frame, frame.s.world.base, '__kwcall', span), tupleVal([namedTuple(kwargs), callee, ...args])]
    return frame.s.emit.throwNew(frame, 'MethodError', called, span)
  }
  const known = (val: Val): Val => (specialisesOn(method, val, args) ? val : { ...val, constant: null })
  const request: Request = {
    method,
    bindings,
    callee: { type: callee.type, constant: null },
    args: args.map(a => ({ type: a.type, constant: known(a).constant })),
    kwargs: kwargs.map(k => ({
      name: k.name,
      type: k.val.type,
      constant: method.module.isBase || k.val.constant?.kind === 'symbol' ? k.val.constant : null,
    })),
  }
  const inPlace = emitInPlace(frame, request, callee, args.map(known), span)
  if (inPlace) return inPlace
  if (frame.s.instances.isGrowing(method, () => signatureLabel(request))) return dynamicCall(frame, callee, args, kwargs, span)
  const instance = frame.s.instance(request, span, frame)
  const leaves = [...callee.leaves, ...args.flatMap(a => a.leaves), ...kwargs.flatMap(k => k.val.leaves)]
  const outs = frame.builder.call(instance.name, leaves, instance.result === BOTTOM ? [] : leavesOf(instance.result), frame.at(span))
  if (instance.result === BOTTOM) return DEAD
  return { type: instance.result, leaves: outs, constant: instance.constant }
}

/** Resolved at run time; the result is whatever comes back. */
export function dynamicCall(frame: Frame, callee: Val, args: readonly Val[], kwargs: readonly Keyword[], span: Span): Val {
  const at = frame.at(span)
  const boxed = (val: Val) => represent(frame, val, ANY, span).leaves[0]!
  const plain = [callee, ...args].map(boxed)
  const all =
    kwargs.length === 0
      ? plain
      : [boxed(frame.s.readGlobal(frame, frame.s.world.base, '__kwcall', span)), boxed(namedTuple(kwargs)), ...plain]
  const [out] = frame.builder.dyncall(all, [], ['any'], at)
  return { type: ANY, leaves: [out!], constant: null }
}

export function namedTuple(kwargs: readonly Keyword[]): Val {
  const type = namedTupleType(
    kwargs.map(k => k.name),
    kwargs.map(k => k.val.type),
  )
  return { type, leaves: kwargs.flatMap(k => k.val.leaves), constant: null }
}

export function isTypeVal(val: Val): boolean {
  return typeParameterOf(val.type) !== undefined
}

/** `Intrinsics.f64_add` and the like: every row of OPS and PRIMS as a function. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Type as LeafType, ValueId } from '../../3-ir/ir.ts'
import { OPS, type Op } from '../../3-ir/ops.ts'
import { PRIMS, type Prim } from '../../3-ir/prims.ts'
import { SCALAR } from '../../3-ir/scalar.ts'
import { ANY, typeParameterOf } from '../intern.ts'
import { isBoxed, isFlatUnion, leavesOf } from '../layout.ts'
import type { Constant, JType } from '../type.ts'
import type { Builtin } from './builtins/builtin.ts'
import { dynamicCall } from './calls.ts'
import type { Frame, Val } from './frame.ts'
import { boolVal, intVal, NOTHING_VAL, represent, splitUnion, stringVal, tupleVal } from './value.ts'

const JULIA_TYPE: Readonly<Record<string, string>> = { f64: 'Float64', f32: 'Float32', i64: 'Int64', bool: 'Bool', str: 'String' }

/** A builtin that wants concrete arguments: unions are split, boxed ones resolved at run time. */
export function strict(self: () => JType, body: Builtin): Builtin {
  const whole: Builtin = (frame, args, kwargs, span) => {
    const union = args.findIndex(a => isFlatUnion(a.type))
    if (union >= 0)
      return splitUnion(frame, args[union]!, span, m =>
        whole(
          frame,
          args.map((a, i) => (i === union ? m : a)),
          kwargs,
          span,
        ),
      )
    if (args.some(a => isBoxed(a.type) && !isConcreteBox(a.type)))
      return dynamicCall(frame, { type: self(), leaves: [], constant: null }, args, kwargs, span)
    return body(frame, args, kwargs, span)
  }
  return whole
}

/** Recursive immutable structs are boxed although their type is known. */
function isConcreteBox(type: JType): boolean {
  return type.kind === 'data' && type.name.form !== 'abstract' && type.name.form !== 'tuple'
}

export function leafVal(frame: Frame, leaf: LeafType, id: ValueId): Val {
  const name = JULIA_TYPE[leaf]
  return { type: name ? frame.s.baseType(name) : ANY, leaves: [id], constant: null }
}

function foldable(c: Constant | null): number | boolean | undefined {
  return c?.kind === 'int' || c?.kind === 'bool' || c?.kind === 'char' ? c.value : undefined
}

export function opIntrinsic(op: Op): Builtin {
  const spec = OPS[op]
  return (frame, args, _kwargs, span) => {
    const wrong = wrongArguments(frame, op, args, spec.takes, span)
    if (wrong) return wrong
    const at = frame.at(span)
    const known = args.map(a => foldable(a.constant))
    if ((spec.gives === 'i64' || spec.gives === 'bool') && known.every(k => k !== undefined)) {
      const folded = tryFold(op, known as (number | boolean)[])
      if (typeof folded === 'number') return intVal(frame, folded, span)
      if (typeof folded === 'boolean') return boolVal(frame, folded, span)
    }
    return leafVal(
      frame,
      spec.gives,
      frame.builder.op(
        op,
        args.map(a => a.leaves[0]!),
        at,
      ),
    )
  }
}

function tryFold(op: Op, args: readonly (number | boolean)[]): unknown {
  try {
    return (SCALAR[op] as (...a: unknown[]) => unknown)(...args)
  } catch {
    return undefined
  }
}

function wrongArguments(frame: Frame, name: string, args: readonly Val[], takes: readonly string[], span: Span): Val | null {
  const fits =
    args.length === takes.length && args.every((a, i) => a.leaves.length === 1 && frame.builder.typeOf(a.leaves[0]!) === takes[i])
  return fits ? null : noMethod(frame, name, args, span)
}

function noMethod(frame: Frame, name: string, args: readonly Val[], span: Span): Val {
  return frame.s.emit.throwNew(frame, 'MethodError', [stringVal(frame, name, span), tupleVal(args)], span)
}

/**
 * A primitive that takes boxed values leaves those as they are; an argument of another slot is resolved first, as `strict` does, so that a
 * union's tag is never read for its value.
 */
export function primIntrinsic(prim: Prim): Builtin {
  const { takes, gives } = PRIMS[prim]
  const slotOf = (i: number) => (takes[Math.min(i, takes.length - 1)] ?? 'any').replace('...', '')
  const whole: Builtin = (frame, args, kwargs, span) => {
    const union = args.findIndex((a, i) => slotOf(i) !== 'any' && isFlatUnion(a.type))
    if (union >= 0) {
      const withMember = (m: Val) => args.map((a, i) => (i === union ? m : a))
      return splitUnion(frame, args[union]!, span, m => whole(frame, withMember(m), kwargs, span))
    }
    if (prim === 'expr.eval' && !frame.module.isBase) frame.s.evaluates = true
    const at = frame.at(span)
    const ids: ValueId[] = []
    let generic: Val | null = null
    for (const [i, arg] of args.entries()) {
      const slot = slotOf(i)
      if (slot === 'any') ids.push(represent(frame, arg, ANY, span).leaves[0]!)
      else {
        if (slot === 'T') generic ??= arg
        else if (arg.leaves.length !== 1 || frame.builder.typeOf(arg.leaves[0]!) !== slot) return noMethod(frame, prim, args, span)
        ids.push(...arg.leaves)
      }
    }
    const outTypes = gives.map(g => (g === 'T' ? frame.builder.typeOf(generic!.leaves[0]!) : (g as LeafType)))
    const outs = frame.builder.prim(prim, ids, outTypes, at)
    const vals = outs.map(
      (id, i): Val => (gives[i] === 'T' ? { type: generic!.type, leaves: [id], constant: null } : leafVal(frame, outTypes[i]!, id)),
    )
    if (vals.length === 0) return NOTHING_VAL
    return vals.length === 1 ? vals[0]! : tupleVal(vals)
  }
  return whole
}

/** `Intrinsics.cast(T, x)`: the one leaf of x as a value of a primitive type of the same leaf. */
export const castIntrinsic: Builtin = (frame, args, _kwargs, span) => {
  const [target, x] = args
  const type = target && typeParameterOf(target.type)
  if (!type || !x || x.leaves.length !== 1 || leavesOf(type).length !== 1 || frame.builder.typeOf(x.leaves[0]!) !== leavesOf(type)[0]) {
    return noMethod(frame, 'cast', args, span)
  }
  const { constant } = x
  const keeps =
    constant &&
    ((constant.kind === 'int' && type.kind === 'data' && type.name.name === 'Int64') ||
      (constant.kind === 'char' && type.kind === 'data' && type.name.name === 'Char'))
  return { type, leaves: x.leaves, constant: keeps ? constant : null }
}

/** What a function that the compiler knows is, and what such functions ask of their arguments. */
import type { Span } from '../../../../diagnostics/source.ts'
import { MODULE, typeParameterOf, unwrapped } from '../../intern.ts'
import { isOpen } from '../../layout.ts'
import type { Module } from '../../module.ts'
import type { DataType, JType } from '../../type.ts'
import { dynamicCall } from '../calls.ts'
import type { Frame, Keyword, Val } from '../frame.ts'
import { boolVal, tupleVal } from '../value.ts'

/** Emits the IR of a call. Arguments may be of any type, unions included. */
export type Builtin = (frame: Frame, args: readonly Val[], kwargs: readonly Keyword[], span: Span) => Val

export interface BuiltinSpec {
  /** Unions are split and boxed arguments resolved at run time before it is called. */
  readonly strict: boolean
  readonly body: Builtin
}

export type BuiltinTable = Readonly<Record<string, BuiltinSpec>>

export const loosely = (body: Builtin): BuiltinSpec => ({ strict: false, body })
export const strictly = (body: Builtin): BuiltinSpec => ({ strict: true, body })

/** The type that an argument is. */
export function typeArgument(val: Val | undefined): JType | null {
  return (val && typeParameterOf(val.type)) ?? null
}

/** The same, without its `where`s. */
export function dataTypeArgument(val: Val | undefined): DataType | null {
  const type = typeArgument(val)
  const inner = type && unwrapped(type)
  return inner?.kind === 'data' ? inner : null
}

export function moduleArgument(frame: Frame, val: Val | undefined): Module | undefined {
  return val?.type.kind === 'data' && val.type.name === MODULE ? frame.s.world.modulesByType.get(val.type) : undefined
}

/** The arguments are none that a builtin takes: an error, unless only the running program knows what they are. */
export function noMethod(frame: Frame, name: string, args: readonly Val[], span: Span): Val {
  const later = callLater(frame, name, args, span)
  return (
    later ?? frame.s.emit.throwNew(frame, 'MethodError', [frame.s.readGlobal(frame, frame.s.world.core, name, span), tupleVal(args)], span)
  )
}

/** The call of a builtin resolved when it runs, where more is known of its arguments then; null if all is known already. */
export function callLater(frame: Frame, name: string, args: readonly Val[], span: Span): Val | null {
  return args.some(arg => isOpen(arg.type)) ? dynamicCall(frame, frame.s.coreFunction(name), args, [], span) : null
}

/** A function of types; `body` gives null for those that it does not take. */
export function onTypes(name: string, body: (frame: Frame, types: readonly JType[], span: Span) => Val | null): BuiltinSpec {
  return strictly((frame, args, _k, span) => {
    const types = args.map(typeArgument)
    const made = types.every(t => t !== null) ? body(frame, types, span) : null
    return made ?? noMethod(frame, name, args, span)
  })
}

export function predicate(name: string, test: (type: JType) => boolean): BuiltinSpec {
  return onTypes(name, (frame, [type], span) => (type ? boolVal(frame, test(type), span) : null))
}

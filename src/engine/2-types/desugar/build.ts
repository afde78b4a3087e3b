/** Makes Core nodes; knows nothing of syntax. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Arg, Core, KeywordArg } from '../core.ts'

export function intLiteral(value: number | bigint, span: Span): Core {
  return { kind: 'literal', value: { kind: 'int', value: BigInt(value) }, span }
}

export function symbolLiteral(value: string, span: Span): Core {
  return { kind: 'literal', value: { kind: 'symbol', value }, span }
}

export function stringLiteral(value: string, span: Span): Core {
  return { kind: 'literal', value: { kind: 'string', value }, span }
}

export function boolLiteral(value: boolean, span: Span): Core {
  return { kind: 'literal', value: { kind: 'bool', value }, span }
}

export function nothing(span: Span): Core {
  return { kind: 'literal', value: { kind: 'nothing' }, span }
}

export function base(name: string, span: Span): Core {
  return { kind: 'base', name, span }
}

export function positional(values: readonly Core[]): Arg[] {
  return values.map(value => ({ value, splat: false }))
}

export function call(callee: Core, args: readonly Core[], span: Span, kwargs: readonly KeywordArg[] = []): Core {
  return { kind: 'call', callee, args: positional(args), kwargs, span }
}

export function baseCall(name: string, args: readonly Core[], span: Span): Core {
  return call(base(name, span), args, span)
}

export function property(object: Core, name: string, span: Span): Core {
  return baseCall('getproperty', [object, symbolLiteral(name, span)], span)
}

/** `Iterators.filter`: a name of a module that Base defines. */
export function baseMember(module: string, name: string, span: Span): Core {
  return property(base(module, span), name, span)
}

/** `Val(x)`. */
export function val(value: Core, span: Span): Core {
  return baseCall('Val', [value], span)
}

/** `Val((:a, :b))`. */
export function valNames(names: readonly string[], span: Span): Core {
  return val(
    baseCall(
      'tuple',
      names.map(name => symbolLiteral(name, span)),
      span,
    ),
    span,
  )
}

/** A block; blocks directly inside are opened, unless they start a scope, and literals before the last are left out. A block of one is that one. */
export function block(body: readonly Core[], span: Span): Core {
  const opened = body.flatMap(item => (item.kind === 'block' && item.body[0]?.kind !== 'fresh' ? item.body : [item]))
  const flat = opened.filter((item, at) => item.kind !== 'literal' || at === opened.length - 1)
  return flat.length === 1 ? flat[0]! : { kind: 'block', body: flat, span }
}

export function ifThen(test: Core, then: Core, otherwise: Core, span: Span): Core {
  return { kind: 'if', test, then, else: otherwise, span }
}

/** Reading it twice costs nothing, has no effect, and it does not change meanwhile unless it is a variable. */
export function isSimple(core: Core): boolean {
  switch (core.kind) {
    case 'literal':
    case 'local':
    case 'captured':
    case 'self':
    case 'static-param':
    case 'global':
    case 'base':
      return true
    default:
      return false
  }
}

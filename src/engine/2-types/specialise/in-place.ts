/**
 * Methods of the library that only hand on what they are given, such as `getproperty(x, name) = getfield(x, name)`, are emitted where they
 * are called with what only one program has: each closure that is differentiated is handed on by a dozen of them, and to make a function
 * of each, which is inlined wherever it is called, takes longer. For the library's own types there is one function for all programs.
 * Locations and failures say that there was a call, as after inlining.
 */
import type { Span } from '../../../diagnostics/source.ts'
import type { Core, MethodDef } from '../core.ts'
import { coreChildren } from '../core-children.ts'
import { Frame, type Val } from './frame.ts'
import { type Request, signatureLabel, specsOf, staticsOf } from './instance-key.ts'
import { prepared } from './method-body.ts'
import { bindParams, constructedType } from './parameters.ts'
import { mayBeRuled } from './rule-signature.ts'
import { DEAD } from './value.ts'

/** Nodes of Core up to which a body is emitted again for each call. */
const SMALL = 16
/** So many of them, one in the other: they may call each other without end. */
const DEEPEST = 8

/** What the call gives, or null where it must stay a call. `args` have the constants that the request has. */
export function emitInPlace(frame: Frame, request: Request, callee: Val, args: readonly Val[], span: Span): Val | null {
  const { method } = request
  if (!method.module.isBase || request.kwargs.length > 0 || frame.nesting >= DEEPEST || !handsOn(method.def)) return null
  const { s } = frame
  if (!specsOf(request).some(({ type }) => s.world.isOfProgram(type))) return null
  // A derivative must come to a call that a rule is for.
  if (mayBeRuled(s.world, callee.type, s.ir.derived.size > 0)) return null
  const label = signatureLabel(request)
  return s.instances.inPlace(label, span, frame.origin, () => {
    s.noteInPlace(request)
    const code = prepared(method.def.code)
    const statics = staticsOf(request)
    const place = { within: frame.at(span), nesting: frame.nesting + 1 }
    const inner = new Frame({ s, builder: frame.builder, code, module: method.module, label, statics, method, ...place })
    inner.self = callee
    inner.constructed = constructedType(method, callee.type, statics)
    return bindParams(inner, method.isFunctor ? [callee, ...args] : args, [], new Map()) ? s.emit.expression(inner, code.body) : DEAD
  })
}

const known = new WeakMap<MethodDef, boolean>()

/** Is the body an expression of calls and values alone, without anything that is its own to do? */
function handsOn(def: MethodDef): boolean {
  let found = known.get(def)
  if (found === undefined) {
    found =
      def.inline !== 'never' &&
      def.kwparams.length === 0 &&
      def.kwslurp === null &&
      def.returnType === null &&
      def.params.every(p => p.default === null) &&
      def.code.captures.length === 0 &&
      def.code.locals.every(local => !local.boxed) &&
      nodesOf(def.code.body) <= SMALL
    known.set(def, found)
  }
  return found
}

/** Infinitely many where there is something else in it than calls and values. */
function nodesOf(core: Core): number {
  switch (core.kind) {
    case 'literal':
    case 'local':
    case 'static-param':
    case 'base':
      return 1
    case 'global':
      // An operation is its function's own, and what always throws is better left where it is.
      return ['Intrinsics', 'throw', 'error'].includes(core.name) ? Number.POSITIVE_INFINITY : 1
    case 'call':
      if (core.kwargs.length > 0) return Number.POSITIVE_INFINITY
      break
    case 'block':
      if (core.body.length !== 1) return Number.POSITIVE_INFINITY
      break
    case 'new':
    case 'apply-type':
    case 'return':
      break
    default:
      return Number.POSITIVE_INFINITY
  }
  return coreChildren(core).reduce((sum, child) => sum + nodesOf(child), 1)
}

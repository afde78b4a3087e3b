/** `x::T` on a value: nothing where the type is known to fit, a check at run time where it may, a TypeError where it cannot. */
import type { Span } from '../../../diagnostics/source.ts'
import { ANY } from '../intern.ts'
import { isBoxed, isOpenTuple } from '../layout.ts'
import { isConcrete, isSubtype } from '../subtype.ts'
import type { JType } from '../type.ts'
import type { Frame, Val } from './frame.ts'
import { NOTHING_VAL, represent, splitUnion, stringVal, symbolVal, typeVal } from './value.ts'

export function assertType(frame: Frame, value: Val, type: JType, span: Span): Val {
  if (isSubtype(value.type, type)) return value
  const wrong = () =>
    frame.s.emit.throwNew(
      frame,
      'TypeError',
      [symbolVal(frame, 'typeassert', span), stringVal(frame, '', span), typeVal(type), value],
      span,
    )
  if (isBoxed(value.type)) {
    const at = frame.at(span)
    const is = frame.builder.prim('any.isa', [value.leaves[0]!, frame.builder.i64(frame.s.typeIndex(type), at)], ['bool'], at)[0]!
    frame.s.branch(frame, is, () => NOTHING_VAL, wrong, span)
    return isConcrete(type) || isOpenTuple(type) ? represent(frame, value, type, span) : { ...value, type: isBoxed(type) ? type : ANY }
  }
  if (value.type.kind === 'union') return splitUnion(frame, value, span, member => assertType(frame, member, type, span))
  return wrong()
}

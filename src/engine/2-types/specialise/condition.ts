/** What a test has to be. */
import type { Span } from '../../../diagnostics/source.ts'
import { isFlatUnion } from '../layout.ts'
import { isTypeVal } from './calls.ts'
import type { Frame, Val } from './frame.ts'
import { DEAD, isDead, represent, splitUnion, stringVal, symbolVal, typeVal } from './value.ts'

/** The value of a test as a Bool. What is none is a TypeError, when the program runs if only it knows. */
export function condition(frame: Frame, test: Val, span: Span): Val {
  const bool = frame.s.baseType('Bool')
  if (isDead(test) || test.type === bool) return test
  if (isFlatUnion(test.type)) return splitUnion(frame, test, span, member => condition(frame, member, span), bool)
  const isKnown = isTypeVal(test) || (test.type.kind === 'data' && test.type.name.form !== 'abstract')
  if (!isKnown) return represent(frame, test, bool, span)
  frame.s.emit.throwNew(frame, 'TypeError', [symbolVal(frame, 'if', span), stringVal(frame, '', span), typeVal(bool), test], span)
  return DEAD
}

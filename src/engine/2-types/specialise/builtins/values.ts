/** Identity, choice, exceptions, and what is known of a value. */
import { ANY } from '../../intern.ts'
import { assertType } from '../assert-type.ts'
import { sameValue } from '../identity.ts'
import { boolVal, constantOf, DEAD, isDead, NOTHING_VAL, represent } from '../value.ts'
import { type Builtin, type BuiltinTable, loosely, noMethod } from './builtin.ts'

const ifelse: Builtin = (frame, args, _k, span) => {
  const [test, a, b] = args
  if (!test || !a || !b) return noMethod(frame, 'ifelse', args, span)
  const bool = assertType(frame, test, frame.s.baseType('Bool'), span)
  if (isDead(bool)) return DEAD
  if (bool.constant?.kind === 'bool') return bool.constant.value ? a : b
  const leaf = a.type === b.type && a.leaves.length === 1 ? frame.builder.typeOf(a.leaves[0]!) : null
  if (leaf === 'f64' || leaf === 'f32' || leaf === 'i64' || leaf === 'bool') {
    return {
      type: a.type,
      leaves: [frame.builder.op(`${leaf}.select`, [bool.leaves[0]!, a.leaves[0]!, b.leaves[0]!], frame.at(span))],
      constant: null,
    }
  }
  return frame.s.branch(
    frame,
    bool.leaves[0]!,
    () => a,
    () => b,
    span,
  )
}

export const VALUE_BUILTINS: BuiltinTable = {
  '===': loosely((frame, args, _k, span) =>
    args.length === 2 ? sameValue(frame, args[0]!, args[1]!, span) : noMethod(frame, '===', args, span),
  ),
  '!==': loosely((frame, args, _k, span) => {
    if (args.length !== 2) return noMethod(frame, '!==', args, span)
    const same = sameValue(frame, args[0]!, args[1]!, span)
    if (same.constant?.kind === 'bool') return boolVal(frame, !same.constant.value, span)
    return { ...same, leaves: [frame.builder.op('bool.not', [same.leaves[0]!], frame.at(span))] }
  }),
  ifelse: loosely(ifelse),
  throw: loosely((frame, args, _k, span) => {
    const [e] = args
    if (!e) return noMethod(frame, 'throw', args, span)
    frame.builder.throw(represent(frame, e, ANY, span).leaves[0]!, frame.at(span))
    return DEAD
  }),
  inferencebarrier: loosely((frame, [x], _k, span) => (x ? represent(frame, x, ANY, span) : NOTHING_VAL)),
  __isconstant: loosely((frame, [x], _k, span) => boolVal(frame, x !== undefined && constantOf(x) !== null, span)),
}

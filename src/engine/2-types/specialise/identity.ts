/** `===`: known at compile time where types decide, else leaf by leaf. */
import type { Span } from '../../../diagnostics/source.ts'
import type { ValueId } from '../../3-ir/ir.ts'
import { isArray } from '../../3-ir/types.ts'
import { ANY, constantKey } from '../intern.ts'
import { isBoxed, isFlatUnion, isSingleton, leavesOf } from '../layout.ts'
import { isConcrete } from '../subtype.ts'
import type { JType } from '../type.ts'
import type { Frame, Val } from './frame.ts'
import { boolVal, constantOf, represent, splitUnion } from './value.ts'

export function sameValue(frame: Frame, a: Val, b: Val, span: Span): Val {
  if (a.type === b.type && isSingleton(a.type)) return boolVal(frame, true, span)
  const known = [constantOf(a), constantOf(b)]
  if (known[0] && known[1]) return boolVal(frame, a.type === b.type && constantKey(known[0]) === constantKey(known[1]), span)
  if (isFlatUnion(a.type)) return splitUnion(frame, a, span, m => sameValue(frame, m, b, span))
  if (isFlatUnion(b.type)) return splitUnion(frame, b, span, m => sameValue(frame, a, m, span))
  const bool = frame.s.baseType('Bool')
  if (isConcrete(a.type) && isConcrete(b.type)) {
    if (a.type !== b.type) return boolVal(frame, false, span)
    if (!isBoxed(a.type)) return { type: bool, leaves: [sameLeaves(frame, a.type, a.leaves, b.leaves, span)], constant: null }
  }
  const at = frame.at(span)
  const boxed = [a, b].map(v => represent(frame, v, ANY, span).leaves[0]!)
  return { type: bool, leaves: frame.builder.prim('any.same', boxed, ['bool'], at), constant: null }
}

function sameLeaves(frame: Frame, type: JType, a: readonly ValueId[], b: readonly ValueId[], span: Span): ValueId {
  const at = frame.at(span)
  const { builder } = frame
  const both = leavesOf(type).map((leaf, i): ValueId => {
    const [x, y] = [a[i]!, b[i]!]
    switch (leaf) {
      case 'f64':
        return builder.op('f64.same', [x, y], at)
      case 'f32':
        return builder.op('f64.same', [builder.op('f64.from_f32', [x], at), builder.op('f64.from_f32', [y], at)], at)
      case 'i64':
        return builder.op('i64.eq', [x, y], at)
      case 'bool':
        return builder.op('bool.eq', [x, y], at)
      case 'str':
        return builder.op('str.eq', [x, y], at)
      case 'any':
        return builder.prim('any.same', [x, y], ['bool'], at)[0]!
      default:
        return builder.prim(isArray(leaf) ? 'arr.same' : 'ref.same', [x, y], ['bool'], at)[0]!
    }
  })
  return both.length === 0 ? builder.bool(true, at) : both.reduce((p, q) => builder.op('bool.and', [p, q], at))
}

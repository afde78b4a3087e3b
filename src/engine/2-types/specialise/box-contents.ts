/** `f.x.contents`: what a variable holds that the function f captures and that is assigned more than once, as a field of its box. */
import type { Span } from '../../../diagnostics/source.ts'
import { BOTTOM, BOX } from '../intern.ts'
import { leavesOf } from '../layout.ts'
import type { DataType, JType } from '../type.ts'
import type { Frame, Val } from './frame.ts'
import { needSet } from './locals.ts'
import { DEAD } from './value.ts'

/** Is this the name, or the number, of the only field of a box? */
export function isContents(type: DataType, { constant }: Val): boolean {
  if (type.name !== BOX) return false
  return (constant?.kind === 'symbol' && constant.value === 'contents') || (constant?.kind === 'int' && constant.value === 1)
}

/** Was anything put into this box? */
export function contentsAreSet(frame: Frame, box: Val, span: Span): Val {
  return { type: frame.s.baseType('Bool'), leaves: [frame.builder.get(box.leaves[0]!, 0, 'bool', frame.at(span), 'set')], constant: null }
}

/** What is in the box, read as a field is: nothing there is an UndefRefError, not that of a variable. */
export function readContents(frame: Frame, box: Val, span: Span): Val {
  const type = (box.type as DataType).params[0] as JType
  const [isSet] = contentsAreSet(frame, box, span).leaves
  needSet(frame, isSet!, () => frame.s.emit.throwNew(frame, 'UndefRefError', [], span), span)
  if (type === BOTTOM) return DEAD
  const leaves = leavesOf(type).map((leaf, i) => frame.builder.get(box.leaves[0]!, i + 1, leaf, frame.at(span), 'contents'))
  return { type, leaves, constant: null }
}

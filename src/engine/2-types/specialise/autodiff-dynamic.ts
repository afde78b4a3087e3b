/** A function that is differentiated inside of itself: how often, only the running program knows, so its derivative is found then. */
import type { Span } from '../../../diagnostics/source.ts'
import { dynamicMode, type Passed } from '../../3-ir/dynamic-mode.ts'
import type { Type as LeafType, ValueId } from '../../3-ir/ir.ts'
import { isFloat, isRef } from '../../3-ir/types.ts'
import { ANY, NOTHING } from '../intern.ts'
import { leavesOf } from '../layout.ts'
import type { Argument } from './derivative-arguments.ts'
import type { Frame, Val } from './frame.ts'
import { isDead, NOTHING_VAL, represent, tupleVal } from './value.ts'

function anyVal(id: ValueId): Val {
  return { type: ANY, leaves: [id], constant: null }
}

/** Boxed arguments, and their boxed shadows: those of constants stand in, and those of active values are zeros that receive the adjoint. */
function boxed(frame: Frame, args: readonly Argument[], span: Span): { readonly primals: ValueId[]; readonly shadows: ValueId[] } {
  const box = (val: Val): ValueId => represent(frame, val, ANY, span).leaves[0]!
  const primals = args.map(a => box(a.val))
  const shadows = args.flatMap((a, i) =>
    a.shadows.map(shadow => {
      if (a.kind === 'duplicated') return box(shadow)
      const isOwn = a.kind === 'active' && !leavesOf(a.val.type).some(isRef)
      return frame.builder.prim(isOwn ? 'arr.zeros_like' : 'arr.stand_in', [primals[i]!], ['any'], frame.at(span))[0]!
    }),
  )
  return { primals, shadows }
}

export function dynamicForward(frame: Frame, args: readonly Argument[], passed: Passed, span: Span): Val {
  const { primals, shadows } = boxed(frame, args, span)
  const types = Array.from({ length: 1 + (passed.width ?? 1) }, (): LeafType => 'any')
  const outs = frame.builder.dyncall([...primals, ...shadows], [dynamicMode(passed, 'forward')], types, frame.at(span))
  const [y, ...tangents] = outs.map(anyVal)
  return tupleVal([y!, tangents.length === 1 ? tangents[0]! : tupleVal(tangents)])
}

/** Both sweeps. The seed says of which type the result is. */
export function dynamicGradient(frame: Frame, args: readonly Argument[], seed: Val, passed: Passed, span: Span): Val {
  const { builder } = frame
  const at = frame.at(span)
  const { primals, shadows } = boxed(frame, args, span)
  const tape = builder.tapeNew(at)
  const outs = builder.dyncall([...primals, ...shadows, tape], [dynamicMode(passed, 'augmented')], ['any', 'any'], at)
  let y = anyVal(outs[0]!)
  if (seed.type !== NOTHING) {
    y = represent(frame, y, seed.type, span)
    if (isDead(y)) return y
    leavesOf(seed.type).forEach((leaf, i) => {
      if (isFloat(leaf)) builder.set(outs[1]!, i, seed.leaves[i]!, at)
    })
  }
  builder.dyncall([...shadows, outs[1]!, tape], [dynamicMode(passed, 'reverse')], [], at)
  const adjoints = args.map((a, i): Val => {
    const types = leavesOf(a.val.type)
    if (a.kind !== 'active' && !types.some((leaf, k) => isFloat(leaf) && a.activity[k] === 'active')) return NOTHING_VAL
    const received = represent(frame, anyVal(shadows[i]!), a.val.type, span)
    const rest = a.kind === 'duplicated' ? a.shadows[0]! : a.val
    return { type: a.val.type, leaves: types.map((leaf, k) => (isFloat(leaf) ? received.leaves[k]! : rest.leaves[k]!)), constant: null }
  })
  return tupleVal([y, tupleVal(adjoints)])
}

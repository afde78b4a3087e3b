/** Widens the boxes of a function that is done for what its inner functions will assign later. */
import { Failure } from '../../../diagnostics/diagnostic.ts'
import type { Span } from '../../../diagnostics/source.ts'
import { dispatch } from '../dispatch.ts'
import { ANY, BOX } from '../intern.ts'
import type { JType, TypeParam } from '../type.ts'
import type { Frame } from './frame.ts'

/**
 * Inner functions that are called without arguments do the same whenever they are called, and those that are boxed may be called with
 * anything. They may outlive this function, or be called by what is only known when it runs. So they are made now, for a box to be wide
 * enough for what they assign: afterwards it has the type that it has.
 */
export function settleBoxes(frame: Frame): void {
  for (const type of frame.closures) {
    if (!type.params.some(p => p.kind === 'data' && p.name === BOX && p.params[0] !== ANY)) continue
    const found = dispatch(frame.s.world, [type])
    if (found.kind === 'method' && !found.method.def.params.some(p => p.vararg)) make(frame, [type], found.method.def.span)
    if (!frame.s.isBoxedAnywhere(type)) continue
    for (const { params, def } of frame.s.world.methodsFor(type, false)) {
      const given = params.slice(1).flatMap(param => anythingOf(param) ?? [])
      if (given.length === params.length - 1 && given.length > 0) make(frame, [type, ...given], def.span)
    }
  }
}

function make(frame: Frame, types: readonly JType[], span: Span): void {
  try {
    frame.s.callable(frame.module, types, span)
  } catch (error) {
    // Nobody may ever call it; if somebody does, the call says the same again.
    if (!(error instanceof Failure)) throw error
  }
}

/** Whatever a parameter takes; null for what is no single argument. */
function anythingOf(param: TypeParam): JType | null {
  if (param.kind === 'value' || param.kind === 'vararg') return null
  return param.kind === 'var' ? param.upper : param
}

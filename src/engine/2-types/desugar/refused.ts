/** What is outside the subset: refused where it stands at top level, and where a function comes to it. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Core } from '../core.ts'
import { baseCall, stringLiteral } from './build.ts'
import type { Scope } from './scope.ts'
import { Refused, unsupported } from './shapes.ts'

/** A program may hold functions that it never calls, or calls where there is a GPU. */
export function refusedWhenRun(scope: Scope, what: string, span: Span): Core {
  if (scope.frame.topLevel) unsupported(what, span)
  return refusal(what, span)
}

/** What `make` gives. A statement of a function that is outside the subset is refused when the function comes to it. */
export function orRefusedWhenRun(scope: Scope, make: () => Core): Core {
  if (scope.frame.topLevel) return make()
  try {
    return make()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { what, diagnostic } = error
    return refusal(what, diagnostic.primary!.span)
  }
}

function refusal(what: string, span: Span): Core {
  return baseCall('throw', [baseCall('__OutsideSubset', [stringLiteral(what, span)], span)], span)
}

/** What is outside the subset: refused where it stands at top level, and where a function comes to it. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Core } from '../core.ts'
import { baseCall, stringLiteral } from './build.ts'
import type { Scope } from './scope.ts'
import { unsupported } from './shapes.ts'

/** A program may hold functions that it never calls, or calls where there is a GPU. */
export function refusedWhenRun(scope: Scope, what: string, span: Span): Core {
  if (scope.frame.topLevel) unsupported(what, span)
  return baseCall('throw', [baseCall('__OutsideSubset', [stringLiteral(what, span)], span)], span)
}

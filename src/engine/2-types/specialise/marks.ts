/**
 * What Base tells the imitation of other engines: which foreign routine stands here upstream (`__mark`), and what Enzyme's own functions are
 * asked for (`__met`). Without limits to imitate, neither leaves anything in the code.
 */

import type { Span } from '../../../diagnostics/source.ts'
import { isRef } from '../../3-ir/types.ts'
import { fieldTypes, leavesOf } from '../layout.ts'
import type { Constant } from '../type.ts'
import { typeText } from '../type-text.ts'
import type { Builtin } from './builtins/builtin.ts'
import type { Frame, Val } from './frame.ts'
import { NOTHING_VAL } from './value.ts'

/** What Enzyme's own functions ask before they come to a transform. */
export type MetRequest =
  /** Several shadows for the function object. */
  | { readonly kind: 'batched-function'; readonly type: string; readonly fields: number; readonly isClosure: boolean }
  /** Inference says that the function never returns. */
  | { readonly kind: 'no-return'; readonly type: string }

function symbolOf(constant: Constant | null | undefined): string | null {
  return constant?.kind === 'symbol' ? constant.value : null
}

/** Marks the memory that a routine works on. */
export function mark(frame: Frame, routine: string, val: Val, span: Span | null): void {
  if (!frame.s.host.modelled) return
  const at = frame.at(span)
  leavesOf(val.type).forEach((leaf, i) => {
    if (isRef(leaf)) frame.builder.prim('ad.mark', [frame.builder.const('str', routine, at), val.leaves[i]!], [], at)
  })
}

/** `__mark(:syevr, a)`. */
const markBuiltin: Builtin = (frame, [routine, val], _k, span) => {
  const name = symbolOf(routine?.constant)
  if (name !== null && val) mark(frame, name, val, span)
  return NOTHING_VAL
}

/** `__met(:no_return, f)`, with the function object. */
const met: Builtin = (frame, [kind, val], _k, span) => {
  if (!frame.s.host.modelled || !val || val.type.kind !== 'data') return NOTHING_VAL
  const type = typeText(val.type)
  const fields = val.type.name.form === 'struct' ? fieldTypes(val.type).length : 0
  const request: MetRequest =
    symbolOf(kind?.constant) === 'no_return'
      ? { kind: 'no-return', type }
      : { kind: 'batched-function', type, fields, isClosure: val.type.name.callable?.closure ?? false }
  const at = frame.at(span)
  const failure = frame.s.host.met(request, at)
  if (failure !== null) frame.builder.prim('ad.fail', [frame.builder.i64(failure, at)], [], at)
  return NOTHING_VAL
}

export const MARK_BUILTINS: Readonly<Record<string, Builtin>> = { __mark: markBuiltin, __met: met }

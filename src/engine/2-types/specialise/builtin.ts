import type { Span } from '../../../diagnostics/source.ts'
import type { Frame, Keyword, Val } from './frame.ts'

/** A function that the compiler knows: it emits its IR itself. Arguments may be of any type, unions included. */
export type Builtin = (frame: Frame, args: readonly Val[], kwargs: readonly Keyword[], span: Span) => Val

/** `try`: both ways out merge like branches. Locals that the body assigns before it throws live in boxes (`try-locals.ts`). */
import type { Core } from '../core.ts'
import { ANY } from '../intern.ts'
import { merge, side } from './branch.ts'
import type { Frame, Val } from './frame.ts'
import { assign } from './locals.ts'
import { DEAD, isDead } from './value.ts'

type Try = Core & { kind: 'try' }

/** The normal way out runs `finally` after; the exceptional one runs it and throws again. */
export function emitTry(frame: Frame, core: Try): Val {
  const { finally: last } = core
  if (!last) return withHandler(frame, core)
  const value = caught(
    frame,
    core,
    () => withHandler(frame, core),
    exception => {
      if (!isDead(frame.s.emit.expression(frame, last))) frame.builder.throw(exception.leaves[0]!, frame.at(core.span))
      return DEAD
    },
  )
  if (isDead(value)) return DEAD
  return isDead(frame.s.emit.expression(frame, last)) ? DEAD : value
}

function withHandler(frame: Frame, core: Try): Val {
  const { handler } = core
  if (!handler) return frame.s.emit.expression(frame, core.body)
  return caught(
    frame,
    core,
    () => {
      const value = frame.s.emit.expression(frame, core.body)
      return core.else && !isDead(value) ? frame.s.emit.expression(frame, core.else) : value
    },
    exception => {
      if (core.caught !== null) assign(frame, core.caught, exception, core.span)
      return frame.s.emit.expression(frame, handler)
    },
  )
}

function caught(frame: Frame, { span }: Try, body: () => Val, handle: (exception: Val) => Val): Val {
  const { builder } = frame
  const before = frame.env
  const whole = side(frame, before, [], body)
  const exception = builder.fresh('any', 'caught')
  const handler = side(frame, before, [exception], () => handle({ type: ANY, leaves: [exception.id], constant: null }))
  return merge(frame, before, [whole, handler], null, span, (a, b, types, names) => builder.tryBlocks(a, b, types, frame.at(span), names))
}

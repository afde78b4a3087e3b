/**
 * Takes `return`, `break` and `continue` out of Core, so that control is nested: what follows an exit moves into the branch that
 * does not exit; where that cannot be (an exit in one of several paths, or inside a loop), `flow` says how the region was left, and
 * what follows is guarded by it.
 */
import type { Span } from '../../../diagnostics/source.ts'
import type { Code, Core } from '../core.ts'
import { mapChildren } from '../core-children.ts'
import { block, boolLiteral, ifThen, nothing } from '../desugar/build.ts'
import { alwaysExits, deepestBreak, escapesLoop, exits, hasLoopWithExit, mayContinue, mayLeave, opened } from './exits-of.ts'
import { BREAK, CONTINUE, Flow, NORMAL } from './flow.ts'
import { goTo, labelled } from './labels.ts'
import { pushDown } from './push-down.ts'

/** What a list of statements is the tail of: exits in tail position need no flag. */
type Region = 'function' | 'loop' | 'inner'

type Loop = Core & { kind: 'while' | 'for' }

/** The same code without exits; the value of the body is the value of the function. */
export function withoutExits(code: Code): Code {
  const { span } = code.body
  const flow = new Flow(code.locals)
  const body = tail([code.body], 'function', flow, span)
  return { ...code, locals: flow.locals, body: flow.isNeeded ? block([flow.set(NORMAL, span), body], span) : body }
}

function tail(statements: readonly Core[], region: Region, flow: Flow, span: Span): Core {
  return block(list(statements, region, flow), span)
}

/** The first statement by which control may leave the list decides what becomes of those after it. */
function list(statements: readonly Core[], region: Region, flow: Flow): Core[] {
  const out: Core[] = []
  const all = opened(statements)
  const label = all.findIndex(s => s.kind === 'label')
  if (label >= 0) {
    const of = (whole: Region) => (part: readonly Core[]) => list(part, whole, flow)
    return labelled(all, label, { flow, value: region === 'function', list: of(region), inner: of('inner') })
  }
  for (const [at, s] of all.entries()) {
    if (!exits(s)) out.push(inside(s, flow))
    else if (isLoop(s) && !mayLeave(s) && !exits(head(s))) out.push(...loop(s, flow))
    else return [...out, ...exiting(s, all.slice(at + 1), region, flow)]
  }
  return out
}

function isLoop(s: Core): s is Loop {
  return s.kind === 'while' || s.kind === 'for'
}

/** What a loop evaluates outside of its body. */
function head(s: Loop): Core {
  return s.kind === 'for' ? s.iter : s.test
}

/** A statement that exits, with those after it. */
function exiting(s: Core, rest: readonly Core[], region: Region, flow: Flow): Core[] {
  const after = () => guarded(rest, region, flow, s.span)
  switch (s.kind) {
    case 'block':
      return list([...s.body, ...rest], region, flow)
    case 'return':
      if (exits(s.value)) return list([pushDown(s.value, value => ({ ...s, value }), flow)], region, flow)
      return region === 'function' ? [inside(s.value, flow)] : flow.leaveWith(inside(s.value, flow), s.span)
    case 'break':
      return [flow.set(BREAK + s.levels - 1, s.span)]
    case 'continue':
      return region === 'loop' ? [] : [flow.set(CONTINUE, s.span)]
    case 'goto':
      return [goTo(s, flow)]
    case 'set-local':
    case 'set-captured':
    case 'set-global':
      return list([pushDown(s.value, value => ({ ...s, value }), flow), ...rest], region, flow)
    case 'if': {
      if (exits(s.test)) return list([pushDown(s.test, test => ({ ...s, test }), flow), ...rest], region, flow)
      const test = inside(s.test, flow)
      if (region !== 'inner' && (rest.length === 0 || alwaysExits(s.then) || alwaysExits(s.else))) {
        const branch = (b: Core) => tail(alwaysExits(b) ? [b] : [b, ...rest], region, flow, b.span)
        return [{ ...s, test, then: branch(s.then), else: branch(s.else) }]
      }
      return [{ ...s, test, then: inner(s.then, flow), else: inner(s.else, flow) }, ...after()]
    }
    case 'while':
    case 'for': {
      if (s.kind === 'for' && exits(s.iter)) return list([pushDown(s.iter, iter => ({ ...s, iter }), flow), ...rest], region, flow)
      const whole = loop(s.kind === 'while' && exits(s.test) ? testedInside(s) : s, flow)
      return [...whole, ...(escapesLoop(s) ? after() : list(rest, region, flow))]
    }
    case 'try': {
      if (region === 'function' && rest.length === 0 && s.else === null && !(s.finally && exits(s.finally))) {
        const whole = (c: Core) => tail([c], 'function', flow, c.span)
        return [{ ...s, body: whole(s.body), handler: s.handler && whole(s.handler), finally: s.finally && inside(s.finally, flow) }]
      }
      const valued = region === 'function' && rest.length === 0 ? returning(s, flow) : s
      const whole = mapChildren(valued, part => inner(part, flow)) as Core & { kind: 'try' }
      // What leaves the body leaves the `else` out.
      const otherwise =
        s.else && whole.else && exits(s.body) ? ifThen(flow.is(NORMAL, s.span), whole.else, nothing(s.span), s.span) : whole.else
      return [{ ...whole, else: otherwise }, ...after()]
    }
    case 'inbounds':
      return list([{ ...s.body }, ...rest], region, flow)
    default:
      return list([pushDown(s, v => v, flow), ...rest], region, flow)
  }
}

/** A `try` at the end of a function, whose value that of the function is. */
function returning(s: Core & { kind: 'try' }, flow: Flow): Core & { kind: 'try' } {
  const given = (c: Core): Core => pushDown(c, value => ({ kind: 'return', value, span: value.span }), flow)
  return { ...s, body: s.else ? s.body : given(s.body), handler: s.handler && given(s.handler), else: s.else && given(s.else) }
}

function inner(part: Core, flow: Flow): Core {
  return tail([part], 'inner', flow, part.span)
}

/** `while test; body; end` whose test is a statement of the body. */
function testedInside(s: Core & { kind: 'while' }): Core & { kind: 'while' } {
  const { span } = s
  const stop = ifThen(s.test, nothing(span), { kind: 'break', levels: 1, span }, span)
  return { ...s, test: boolLiteral(true, span), body: block([stop, s.body], span) }
}

/** The statements after one that may have left by `flow`. */
function guarded(rest: readonly Core[], region: Region, flow: Flow, span: Span): Core[] {
  // Whatever left the region of a function returns: break and continue have been consumed by their loops.
  if (region !== 'function' && rest.length === 0) return []
  const left = region === 'function' ? flow.result(span) : nothing(span)
  return [ifThen(flow.is(NORMAL, span), tail(rest, region, flow, span), left, span)]
}

/** A loop in which something exits: it ends when `flow` is set; its own `break` and `continue` are consumed here. */
function loop(s: Loop, flow: Flow): Core[] {
  const { span } = s
  const until = flow.local()
  const reset = (from: number, to: number, otherwise: Core) =>
    ifThen(flow.is(from, span), block([flow.set(to, span), nothing(span)], span), otherwise, span)
  const own = list([s.body], 'loop', flow)
  if (mayContinue(s.body)) own.push(reset(CONTINUE, NORMAL, nothing(span)))
  const body = block([...own, nothing(span)], span)
  const whole: Core =
    s.kind === 'for' ? { ...s, iter: inside(s.iter, flow), body, until } : { ...s, test: inside(s.test, flow), body, until }
  const levels = deepestBreak(s.body)
  if (levels === 0) return [whole]
  let consumed: Core = nothing(span)
  // Each loop takes one level off a break, once.
  for (let level = levels; level >= 1; level--) consumed = reset(BREAK + level - 1, level === 1 ? NORMAL : BREAK + level - 2, consumed)
  return [whole, consumed]
}

/** A statement that does not exit itself: loops inside of it may still `break`. */
function inside(s: Core, flow: Flow): Core {
  if (!hasLoopWithExit(s)) return s
  if (isLoop(s) && exits(s)) return block([...loop(s, flow), nothing(s.span)], s.span)
  return mapChildren(s, child => inside(child, flow))
}

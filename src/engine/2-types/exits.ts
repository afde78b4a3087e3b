/**
 * Takes `return`, `break` and `continue` out of Core, so that control is nested: what follows an exit moves into the branch that
 * does not exit; where that cannot be (an exit in one of several paths, or inside a loop), a local Int called `flow` says how the
 * region was left, and what follows is guarded by it.
 */
import { fail } from '../../diagnostics/report.ts'
import type { Code, Core, Local, LocalId } from './core.ts'

/** Values of `flow`; a `break` of n levels is `BREAK + n - 1`. */
const NORMAL = 0
const RETURN = 1
const CONTINUE = 2
const BREAK = 3

/** What a list of statements is the tail of: exits in tail position need no flag. */
type Region = 'function' | 'loop' | 'inner'

interface State {
  readonly locals: Local[]
  flow: LocalId | null
  result: LocalId | null
}

type Span = Core['span']

/** The same code without exits; the value of the body is the value of the function. */
export function withoutExits(code: Code): Code {
  const state: State = { locals: [...code.locals], flow: null, result: null }
  const body = tail([code.body], 'function', state, code.body.span)
  if (state.flow === null) return { ...code, locals: state.locals, body }
  return { ...code, locals: state.locals, body: block([setFlow(state, NORMAL, code.body.span), body], code.body.span) }
}

function tail(statements: readonly Core[], region: Region, state: State, span: Span): Core {
  return block(list(statements, region, state), span)
}

function list(statements: readonly Core[], region: Region, state: State): Core[] {
  const out: Core[] = []
  for (let i = 0; i < statements.length; i++) {
    const s = statements[i]!
    const rest = statements.slice(i + 1)
    if (!exits(s)) {
      out.push(inside(s, state))
      continue
    }
    switch (s.kind) {
      case 'block':
        out.push(...list([...s.body, ...rest], region, state))
        return out
      case 'return':
        if (exits(s.value)) out.push(...list([pushDown(s.value, v => ({ ...s, value: v }), state)], region, state))
        else if (region === 'function') out.push(inside(s.value, state))
        else out.push(...leave(inside(s.value, state), state, s.span))
        return out
      case 'break':
        out.push(setFlow(state, BREAK + s.levels - 1, s.span))
        return out
      case 'continue':
        if (region !== 'loop') out.push(setFlow(state, CONTINUE, s.span))
        return out
      case 'set-local':
      case 'set-captured':
      case 'set-global':
        out.push(...list([pushDown(s.value, v => ({ ...s, value: v }), state), ...rest], region, state))
        return out
      case 'if': {
        if (exits(s.test)) {
          out.push(...list([pushDown(s.test, test => ({ ...s, test }), state), ...rest], region, state))
          return out
        }
        const test = inside(s.test, state)
        const movable = region !== 'inner' && (rest.length === 0 || alwaysExits(s.then) || alwaysExits(s.else))
        if (movable) {
          const branch = (b: Core) => tail(alwaysExits(b) ? [b] : [b, ...rest], region, state, b.span)
          out.push({ ...s, test, then: branch(s.then), else: branch(s.else) })
          return out
        }
        out.push({ ...s, test, then: tail([s.then], 'inner', state, s.then.span), else: tail([s.else], 'inner', state, s.else.span) })
        out.push(...guarded(rest, region, state, s.span))
        return out
      }
      case 'while':
      case 'for':
        if (s.kind === 'for' && exits(s.iter)) {
          out.push(...list([pushDown(s.iter, iter => ({ ...s, iter }), state), ...rest], region, state))
          return out
        }
        out.push(...loop(s.kind === 'while' && exits(s.test) ? testedInside(s) : s, state))
        if (escapesLoop(s)) {
          out.push(...guarded(rest, region, state, s.span))
          return out
        }
        break
      case 'try': {
        if (region === 'function' && rest.length === 0 && s.else === null && !(s.finally && exits(s.finally))) {
          const whole = (c: Core) => tail([c], 'function', state, c.span)
          out.push({ ...s, body: whole(s.body), handler: s.handler && whole(s.handler), finally: s.finally && inside(s.finally, state) })
          return out
        }
        const part = (c: Core | null) => (c ? tail([c], 'inner', state, c.span) : null)
        out.push({
          ...s,
          body: tail([s.body], 'inner', state, s.body.span),
          handler: part(s.handler),
          else: part(s.else),
          finally: part(s.finally),
        })
        out.push(...guarded(rest, region, state, s.span))
        return out
      }
      case 'inbounds':
        out.push(...list([{ ...s.body }, ...rest], region, state))
        return out
      default:
        out.push(...list([pushDown(s, v => v, state), ...rest], region, state))
        return out
    }
  }
  return out
}

/** `while test; body; end` whose test is a statement of the body. */
function testedInside(s: Core & { kind: 'while' }): Core & { kind: 'while' } {
  const { span } = s
  const stop: Core = { kind: 'if', test: s.test, then: nothing(span), else: { kind: 'break', levels: 1, span }, span }
  return { ...s, test: { kind: 'literal', value: { kind: 'bool', value: true }, span }, body: block([stop, s.body], span) }
}

/** The statements after one that may have left by `flow`. */
function guarded(rest: readonly Core[], region: Region, state: State, span: Span): Core[] {
  const flow = readFlow(state, span)
  const normal: Core = call('===', [flow, int(NORMAL, span)], span)
  if (region === 'function') {
    // Whatever left the region returns: break and continue have been consumed by their loops.
    return [{ kind: 'if', test: normal, then: tail(rest, region, state, span), else: readResult(state, span), span }]
  }
  if (rest.length === 0) return []
  return [{ kind: 'if', test: normal, then: tail(rest, region, state, span), else: nothing(span), span }]
}

/** A loop in which something exits: it ends when `flow` is set; its own `break` and `continue` are consumed here. */
function loop(s: Core & { kind: 'while' | 'for' }, state: State): Core[] {
  const { span } = s
  const until = flowOf(state)
  const own = list([s.body], 'loop', state)
  const flow = readFlow(state, span)
  if (leaves(s.body, 'continue')) own.push(ifFlow(flow, CONTINUE, [setFlow(state, NORMAL, span)], span))
  const body = block([...own, nothing(span)], span)
  const consumed: Core[] = []
  let later: Core = nothing(span)
  // Each loop takes one level off a break, once.
  for (let level = deepestBreak(s.body); level >= 1; level--) {
    later = { ...ifFlow(flow, BREAK + level - 1, [setFlow(state, level === 1 ? NORMAL : BREAK + level - 2, span)], span), else: later }
  }
  if (later.kind === 'if') consumed.push(later)
  if (s.kind === 'for') return [{ ...s, iter: inside(s.iter, state), body, until }, ...consumed]
  return [{ ...s, test: inside(s.test, state), body, until }, ...consumed]
}

function leave(value: Core, state: State, span: Span): Core[] {
  return [{ kind: 'set-local', id: resultOf(state, span), value, span }, setFlow(state, RETURN, span)]
}

/** Statement forms inside an expression that does not exit itself: loops in it may still `break`. */
function inside(s: Core, state: State): Core {
  switch (s.kind) {
    case 'while':
    case 'for': {
      if (exits(s.body) || loopExits(s.body)) return block([...loop(s, state), nothing(s.span)], s.span)
      return s.kind === 'for'
        ? { ...s, iter: inside(s.iter, state), body: inside(s.body, state) }
        : { ...s, test: inside(s.test, state), body: inside(s.body, state) }
    }
    case 'block':
      return { ...s, body: s.body.map(b => inside(b, state)) }
    case 'if':
      return { ...s, test: inside(s.test, state), then: inside(s.then, state), else: inside(s.else, state) }
    case 'set-local':
    case 'set-captured':
    case 'set-global':
      return { ...s, value: inside(s.value, state) }
    case 'inbounds':
      return { ...s, body: inside(s.body, state) }
    case 'typeassert':
      return { ...s, value: inside(s.value, state) }
    case 'call':
      return {
        ...s,
        callee: inside(s.callee, state),
        args: s.args.map(a => ({ ...a, value: inside(a.value, state) })),
        kwargs: s.kwargs.map(k => ({ ...k, value: inside(k.value, state) })),
      }
    case 'try':
      return {
        ...s,
        body: inside(s.body, state),
        handler: s.handler && inside(s.handler, state),
        else: s.else && inside(s.else, state),
        finally: s.finally && inside(s.finally, state),
      }
    default:
      return s
  }
}

// What a piece of code may do ------------------------------------------------------------------------------------------------------

type Exit = 'return' | 'break' | 'continue'

interface Exits {
  readonly return: boolean
  readonly continue: boolean
  /** Levels of the deepest break that leaves this code; 0 for none. */
  readonly break: number
}

const NONE: Exits = { return: false, continue: false, break: 0 }
const known = new WeakMap<Core, Exits>()

function exitsOf(core: Core): Exits {
  let found = known.get(core)
  if (!found) {
    found = compute(core)
    known.set(core, found)
  }
  return found
}

function merge(parts: readonly Exits[]): Exits {
  return parts.reduce(
    (a, b) => ({ return: a.return || b.return, continue: a.continue || b.continue, break: Math.max(a.break, b.break) }),
    NONE,
  )
}

function compute(c: Core): Exits {
  switch (c.kind) {
    case 'return':
      return merge([{ ...NONE, return: true }, exitsOf(c.value)])
    case 'break':
      return { ...NONE, break: c.levels }
    case 'continue':
      return { ...NONE, continue: true }
    case 'while':
    case 'for': {
      const body = exitsOf(c.body)
      const head = exitsOf(c.kind === 'for' ? c.iter : c.test)
      return merge([head, { return: body.return, continue: false, break: Math.max(0, body.break - 1) }])
    }
    case 'block':
      return merge(c.body.map(exitsOf))
    case 'if':
      return merge([exitsOf(c.test), exitsOf(c.then), exitsOf(c.else)])
    case 'set-local':
    case 'set-captured':
    case 'set-global':
    case 'typeassert':
      return exitsOf(c.value)
    case 'inbounds':
      return exitsOf(c.body)
    case 'call':
      return merge([exitsOf(c.callee), ...c.args.map(a => exitsOf(a.value)), ...c.kwargs.map(k => exitsOf(k.value))])
    case 'new':
      return merge(c.args.map(a => exitsOf(a.value)))
    case 'try':
      return merge([c.body, c.handler, c.else, c.finally].map(p => (p ? exitsOf(p) : NONE)))
    default:
      return NONE
  }
}

function exits(c: Core): boolean {
  const e = exitsOf(c)
  return e.return || e.continue || e.break > 0 || ((c.kind === 'while' || c.kind === 'for') && loopExits(c.body))
}

/** Does a loop with this body need `flow` at all? */
function loopExits(body: Core): boolean {
  const e = exitsOf(body)
  return e.return || e.continue || e.break > 0
}

function escapesLoop(loopCore: Core & { kind: 'while' | 'for' }): boolean {
  const e = exitsOf(loopCore)
  return e.return || e.break > 0
}

function leaves(body: Core, exit: Exit): boolean {
  const e = exitsOf(body)
  return exit === 'break' ? e.break > 0 : e[exit]
}

function deepestBreak(body: Core): number {
  return exitsOf(body).break
}

function alwaysExits(c: Core): boolean {
  switch (c.kind) {
    case 'return':
    case 'break':
    case 'continue':
      return true
    case 'block':
      return c.body.some(alwaysExits)
    case 'if':
      return alwaysExits(c.then) && alwaysExits(c.else)
    default:
      return false
  }
}

// Small pieces of Core -------------------------------------------------------------------------------------------------------------

/** Moves a use of a value to where the value is known: `x = if c; return 1 else 2 end`, `x = try return 1 catch; 2 end`. */
function pushDown(value: Core, use: (v: Core) => Core, state: State): Core {
  if (!exits(value)) return use(value)
  const { span } = value
  switch (value.kind) {
    case 'block':
      return { ...value, body: [...value.body.slice(0, -1), pushDown(value.body.at(-1) ?? nothing(span), use, state)] }
    case 'if':
      if (exits(value.test)) return pushDown(value.test, test => pushDown({ ...value, test }, use, state), state)
      return { ...value, then: pushDown(value.then, use, state), else: pushDown(value.else, use, state) }
    case 'return':
    case 'break':
    case 'continue':
      return value
    case 'try': {
      // The use is outside: what it throws is not caught here.
      const id = freshLocal(state, '#value', span)
      const given = (c: Core) => pushDown(c, v => ({ kind: 'set-local', id, value: v, span: v.span }), state)
      const whole: Core = {
        ...value,
        body: value.else ? value.body : given(value.body),
        handler: value.handler && given(value.handler),
        else: value.else && given(value.else),
      }
      return block([whole, use({ kind: 'local', id, span })], span)
    }
    case 'while':
    case 'for':
      return block([value, use(nothing(span))], span)
    case 'set-local':
    case 'set-captured':
    case 'set-global':
    case 'typeassert':
      return pushDown(value.value, v => use({ ...value, value: v }), state)
    case 'inbounds':
      return pushDown(value.body, v => use({ ...value, body: v }), state)
    case 'call':
    case 'new': {
      // What is evaluated before the exit keeps its value, in Julia's order.
      const first: Core[] = []
      const kept = (c: Core): Core => {
        if (c.kind === 'literal' || c.kind === 'base') return c
        const id = freshLocal(state, '#value', c.span)
        first.push({ kind: 'set-local', id, value: c, span: c.span })
        return { kind: 'local', id, span: c.span }
      }
      const callee = value.kind === 'call' ? kept(value.callee) : null
      const args = value.args.map(a => ({ ...a, value: kept(a.value) }))
      if (value.kind === 'new' || callee === null) return block([...first, use({ ...(value as Core & { kind: 'new' }), args })], span)
      const kwargs = value.kwargs.map(k => ({ ...k, value: kept(k.value) }))
      return block([...first, use({ ...value, callee, args, kwargs })], span)
    }
    default:
      return refuse(value)
  }
}

function refuse(c: Core): never {
  fail('lower', 'subset.no-syntax', { what: '`return`, `break` or `continue` here' }, c.span)
}

function block(body: readonly Core[], span: Span): Core {
  return body.length === 1 ? body[0]! : { kind: 'block', body, span }
}

function nothing(span: Span): Core {
  return { kind: 'literal', value: { kind: 'nothing' }, span }
}

function int(value: number, span: Span): Core {
  return { kind: 'literal', value: { kind: 'int', value: BigInt(value) }, span }
}

function call(name: string, args: readonly Core[], span: Span): Core {
  return { kind: 'call', callee: { kind: 'base', name, span }, args: args.map(value => ({ value, splat: false })), kwargs: [], span }
}

function ifFlow(flow: Core, value: number, then: readonly Core[], span: Span): Core & { kind: 'if' } {
  return {
    kind: 'if',
    test: call('===', [flow, int(value, span)], span),
    then: block([...then, nothing(span)], span),
    else: nothing(span),
    span,
  }
}

function freshLocal(state: State, name: string, span: Span): LocalId {
  state.locals.push({ name, boxed: false, type: null, span })
  return state.locals.length - 1
}

function flowOf(state: State): LocalId {
  state.flow ??= freshLocal(state, '#flow', { source: { name: '', text: '' }, start: 0, end: 0 })
  return state.flow
}

function resultOf(state: State, span: Span): LocalId {
  state.result ??= freshLocal(state, '#result', span)
  return state.result
}

function setFlow(state: State, value: number, span: Span): Core {
  return { kind: 'set-local', id: flowOf(state), value: int(value, span), span }
}

function readFlow(state: State, span: Span): Core {
  return { kind: 'local', id: flowOf(state), span }
}

function readResult(state: State, span: Span): Core {
  return { kind: 'local', id: resultOf(state, span), span }
}

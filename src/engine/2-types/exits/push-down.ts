/** Exits inside of expressions: the use of a value moves to where the value is known. */
import { fail } from '../../../diagnostics/report.ts'
import type { Core } from '../core.ts'
import { block, nothing } from '../desugar/build.ts'
import { exits } from './exits-of.ts'
import type { Flow } from './flow.ts'

/** `use(value)`, where `value` may exit: `x = if c; return 1 else 2 end`, `x = try return 1 catch; 2 end`. */
export function pushDown(value: Core, use: (v: Core) => Core, flow: Flow): Core {
  if (!exits(value)) return use(value)
  const { span } = value
  switch (value.kind) {
    case 'block':
      return { ...value, body: [...value.body.slice(0, -1), pushDown(value.body.at(-1) ?? nothing(span), use, flow)] }
    case 'if':
      if (exits(value.test)) return pushDown(value.test, test => pushDown({ ...value, test }, use, flow), flow)
      return { ...value, then: pushDown(value.then, use, flow), else: pushDown(value.else, use, flow) }
    case 'return':
    case 'break':
    case 'continue':
    case 'goto':
      return value
    case 'try': {
      // The use is outside: what it throws is not caught here.
      const id = flow.fresh('#value', span)
      const given = (c: Core) => pushDown(c, v => ({ kind: 'set-local', id, value: v, span: v.span }), flow)
      const whole: Core = {
        ...value,
        body: value.else ? value.body : given(value.body),
        handler: value.handler && given(value.handler),
        else: value.else && given(value.else),
      }
      return block([whole, use({ kind: 'local', id, span })], span)
    }
    case 'label':
    case 'while':
    case 'for':
      return block([value, use(nothing(span))], span)
    case 'set-local':
    case 'set-captured':
    case 'set-global':
    case 'typeassert':
      return pushDown(value.value, v => use({ ...value, value: v }), flow)
    case 'inbounds':
      return pushDown(value.body, v => use({ ...value, body: v }), flow)
    case 'call':
    case 'new': {
      // What is evaluated before the exit keeps its value, in Julia's order.
      const first: Core[] = []
      const kept = (c: Core): Core => {
        if (c.kind === 'literal' || c.kind === 'base') return c
        const id = flow.fresh('#value', c.span)
        first.push({ kind: 'set-local', id, value: c, span: c.span })
        return { kind: 'local', id, span: c.span }
      }
      const keptValues = <A extends { readonly value: Core }>(args: readonly A[]): A[] => args.map(a => ({ ...a, value: kept(a.value) }))
      const whole: Core =
        value.kind === 'call'
          ? { ...value, callee: kept(value.callee), args: keptValues(value.args), kwargs: keptValues(value.kwargs) }
          : { ...value, args: keptValues(value.args) }
      return block([...first, use(whole)], span)
    }
    default:
      return fail('lower', 'subset.no-syntax', { what: '`return`, `break` or `continue` here' }, span)
  }
}

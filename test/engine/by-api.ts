/** Derivatives of random programs by the functions that users call, in a session with emitted code or with the interpreter. */
import { createSession, type Plain, type Session } from '../../src/engine/index.ts'
import { INPUT } from './random-expression.ts'
import { PRELUDE, type Shape } from './random-program.ts'
import { DIRECTION, STEP } from './transforms-of.ts'

const CHECKS = `
const INPUT = [${INPUT.join(', ')}]
const DIRECTION = [${DIRECTION.join(', ')}]
const STEPS = [${STEP}, -${STEP}, 2 * ${STEP}, -2 * ${STEP}]

function first_vector(f)
    x, v, reverse = copy(INPUT), copy(DIRECTION), zeros(3)
    value, forward = Base.__forward((f, x), (nothing, v))
    Base.__gradient((f, x), (nothing, reverse), 1.0)
    near = zeros(4)
    for k in 1:4
        near[k] = f(x + STEPS[k] * v)
    end
    return (value, forward, reverse, near, x == INPUT && v == DIRECTION)
end

function second_vector(f)
    x, v = copy(INPUT), copy(DIRECTION)
    forward_reverse = hvp(f, x, v)
    reverse_reverse = gradient(Reverse, z -> sum(gradient(Reverse, f, z)[1] .* v), x)[1]
    return (forward_reverse, reverse_reverse)
end

function first_scalars(f)
    (a, b, c), v = INPUT, DIRECTION
    value, forward = Base.__forward((f, a, b, c), (nothing, v[1], v[2], v[3]))
    adjoints = Base.__gradient((f, a, b, c), (nothing, Base.__active, Base.__active, Base.__active), 1.0)[2]
    near = zeros(4)
    for k in 1:4
        near[k] = f(a + STEPS[k] * v[1], b + STEPS[k] * v[2], c + STEPS[k] * v[3])
    end
    return (value, forward, (adjoints[2], adjoints[3], adjoints[4]), near, true)
end

slopes(f, a, b, c) = autodiff(Reverse, f, Active, Active(a), Active(b), Active(c))[1]
along(f, a, b, c, v) = (g = slopes(f, a, b, c); g[1] * v[1] + g[2] * v[2] + g[3] * v[3])

function second_scalars(f)
    (a, b, c), v = INPUT, DIRECTION
    forward_reverse = autodiff(Forward, (p, q, r) -> slopes(f, p, q, r), Duplicated(a, v[1]), Duplicated(b, v[2]), Duplicated(c, v[3]))[1]
    reverse_reverse = slopes((p, q, r) -> along(f, p, q, r, v), a, b, c)
    return (forward_reverse, reverse_reverse)
end
`

/** What the first-order checks find of one program. */
export interface First {
  readonly value: number
  readonly forward: number
  readonly reverse: readonly number[]
  readonly near: readonly number[]
  readonly intact: boolean
}

/** The hessian times a direction, in two ways. */
export interface Second {
  readonly forwardReverse: readonly number[]
  readonly reverseReverse: readonly number[]
}

function list(p: Plain | undefined): readonly Plain[] {
  if (!Array.isArray(p)) throw new Error(`expected a list, found ${JSON.stringify(p)}`)
  return p
}

function number(p: Plain | undefined): number {
  if (typeof p !== 'number') throw new Error(`expected a number, found ${JSON.stringify(p)}`)
  return p
}

/** A session with these programs and the checks. */
export function sessionWith(programs: readonly string[], interpret: boolean): Session {
  const session = createSession({ profile: 'none', write: () => {}, verbose: false, interpret })
  const { failure } = session.load({ name: 'random.jl', text: [PRELUDE, CHECKS, ...programs].join('\n\n') })
  if (failure !== null) throw new Error(`the programs do not load: ${failure.message}`)
  return session
}

function call(session: Session, text: string): readonly Plain[] | string {
  const evaluated = session.evaluate({ name: 'call', text })
  if (evaluated.kind === 'failure') return `${evaluated.diagnostic.code}: ${evaluated.diagnostic.message}`
  return list(evaluated.value.plain)
}

/** What is found of a loaded program, or why it failed. */
export function first(session: Session, name: string, shape: Shape): First | string {
  const items = call(session, `first_${shape}(${name})`)
  if (typeof items === 'string') return items
  return {
    value: number(items[0]),
    forward: number(items[1]),
    reverse: list(items[2]).map(number),
    near: list(items[3]).map(number),
    intact: items[4] === true,
  }
}

export function second(session: Session, name: string, shape: Shape): Second | string {
  const items = call(session, `second_${shape}(${name})`)
  if (typeof items === 'string') return items
  return { forwardReverse: list(items[0]).map(number), reverseReverse: list(items[1]).map(number) }
}

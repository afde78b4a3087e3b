/** A run-time error in a derivative of a derivative: the emitted JavaScript's stack leads back to where the code was written and what made it. */
import { expect, it } from 'vitest'
import { positionAt } from '../../src/diagnostics/source.ts'
import { createSession } from '../../src/engine/index.ts'

const PROGRAM = `using Enzyme
function g(x)
    y = x .^ 2
    s = 0.0
    for i in 1:length(y) + 1
        s += y[i] * x[1]
    end
    return s
end
inner(x) = gradient(Reverse, g, x)[1][1]
gradient(Reverse, inner, [1.0, 2.0])
`

it('a BoundsError in a second derivative has both stacks, and what each transform began with', () => {
  const session = createSession({ profile: 'none', write: () => undefined, verbose: false })
  const { failure } = session.load({ name: 'second.jl', text: PROGRAM })
  expect(failure).toMatchObject({ code: 'run.exception', exception: 'BoundsError', phase: 'run' })
  const frames = failure!.stack.map(({ label, span, origin, made }) => {
    const line = span ? positionAt(span.source, span.start).line : 0
    return { text: `${label.replace(/\(.*/, '')} ${origin}${origin === 'user' ? `:${line}` : ''}`, made: made.join(', ') }
  })
  expect(frames.filter(({ text }) => text.endsWith('base') === false)).toEqual([
    { text: 'g user:6', made: 'augmented #1, augmented #2' },
    { text: 'inner user:10', made: 'augmented #2' },
    { text: 'top-level scope user:11', made: '' },
  ])
  expect(frames[0]).toEqual({ text: 'getindex base', made: 'augmented #1, augmented #2' })
  const { start, end } = failure!.primary!.span
  expect(PROGRAM.slice(start, end)).toBe('y[i]')
  expect(failure!.attachments.map(({ title }) => title)).toEqual([
    'IR of g(x::Vector{Float64}) before gradient #1',
    'activity of g(x::Vector{Float64})',
    'tape of g(x::Vector{Float64}) under gradient #1',
    'IR of gradient #1 of g(x::Vector{Float64}) before augmented #2',
    'activity of gradient #1 of g(x::Vector{Float64})',
    'tape of gradient #1 of g(x::Vector{Float64}) under augmented #2',
  ])
})

it('an error outside of any derivative has nothing to attach, and a session that is to be brief attaches nothing', () => {
  const session = createSession({ profile: 'none', write: () => undefined, verbose: false })
  expect(session.load({ name: 'plain.jl', text: '[1.0][2]' }).failure!.attachments).toEqual([])
  session.restart()
  session.beBrief()
  expect(session.load({ name: 'second.jl', text: PROGRAM }).failure!.attachments).toEqual([])
})

it('a call of a method that only the running program finds is shown where it is made', () => {
  const text = 'f(x::Int) = x\ng(v) = f(v[2])\ng(Any[1, "two"])\n'
  const { primary, stack } = createSession({ profile: 'none', write: () => undefined, verbose: false }).load({ name: 'late.jl', text })
    .failure!
  expect(text.slice(primary!.span.start, primary!.span.end)).toBe('f(v[2])')
  expect(stack.map(({ label }) => label)).toEqual(['g(v::Vector{Any})', 'top-level scope'])
})

/** What is caught on the way and thrown on is still the error that it was. */
const WAYS_ON: readonly string[] = [
  'try; CALL; finally; push!(seen, 1); end',
  'try; CALL; catch; rethrow(); end',
  'try; CALL; catch e; rethrow(e); end',
  'try; CALL; catch e; e isa ArgumentError || throw(e); end',
  'try; try; CALL; finally; push!(seen, 1); end; catch; rethrow(); finally; push!(seen, 2); end',
]
const FAILURES: readonly { readonly call: string; readonly at: string; readonly code: string }[] = [
  { call: 'root(x)', at: 'sqrt(-abs(x) - 1)', code: 'run.exception' },
  { call: 'past(x)', at: '[x, x][3]', code: 'run.exception' },
  { call: 'own(x)', at: 'throw(Own(2))', code: 'run.exception' },
  { call: 'lost(x)', at: 'BUFFER[1] = x', code: 'ad.active-store-to-const' },
]
const AROUND: readonly ((call: string) => string)[] = [
  call => `f(x) = (${call})\nautodiff(Reverse, f, Active, Active(2.0))`,
  call => `f(x) = (${call})\nautodiff(Forward, f, Duplicated(2.0, 1.0))`,
  call => `f(x) = (${call})\nautodiff(Forward, y -> autodiff(Reverse, f, Active, Active(y))[1][1], Duplicated(2.0, 1.0))`,
  call => `f(x) = (${call.includes('lost') ? 'autodiff(Reverse, lost, Active, Active(x))' : call})\nf(2.0)`,
]
const DEFINITIONS = `using Enzyme
const seen = Int[]
const BUFFER = zeros(1)
struct Own <: Exception; n::Int; end
root(x) = sqrt(-abs(x) - 1)
past(x) = [x, x][3]
own(x) = x > 0 ? throw(Own(2)) : x
lost(x) = (BUFFER[1] = x; BUFFER[1]^2)
`

it.each(FAILURES)('$call that is thrown on is shown where it was thrown first', ({ call, at, code }) => {
  const session = createSession({ profile: 'none', write: () => undefined, verbose: false })
  for (const way of WAYS_ON)
    for (const around of AROUND) {
      const text = DEFINITIONS + around(way.replace('CALL', call))
      session.restart()
      const { failure } = session.load({ name: 'on.jl', text })
      const { start, end } = failure!.primary!.span
      expect({ text, code: failure!.code, at: text.slice(start, end) }).toEqual({ text, code, at })
    }
})

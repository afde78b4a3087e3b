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

/** A planted fault of every kind is found, at its place; and nothing is found where all is right. */
import { expect, test } from 'vitest'
import { type Blamed, blame } from '../../src/engine/index.ts'

const PROGRAM = `
using Enzyme
f(x) = sin(x) * x + exp(x)
function loop(x)
    s = 0.0
    for i in eachindex(x)
        s += sin(x[i]) * x[i] - i * x[i]
        if s > 1
            s = s * 2
        end
    end
    return s
end
mutable struct Pair
    a::Float64
    b::Float64
end
function store(x)
    y = copy(x)
    y[1] = y[1] * y[2]
    y[2] = y[1] * x[2]
    y[1] = x[2]
    return y[1] + y[2]
end
function fields(x)
    p = Pair(x[1], x[2])
    q = Base.inferencebarrier(p)
    q.a = q.a * q.b
    q.b = q.a
    q.a = 1.0
    return q.b::Float64
end
slope(x) = gradient(Reverse, f, x)[1]
function pushed(x)
    list = []
    foreach(k -> push!(list, k * x), 1:2)
    return (list[1]::Float64) * (list[2]::Float64)
end
stored(x, d) = (d[:a] = x; d[:b] = 2 * x; d[:a] * d[:b] / 2)
function squared(x)
    return x * x
end
function EnzymeRules.forward(config, ::Const{typeof(squared)}, ::Type, x)
    return 3 * x.val * x.dval
end
function EnzymeRules.augmented_primal(config, ::Const{typeof(squared)}, ::Type{<:Active}, x)
    return EnzymeRules.AugmentedReturn(needs_primal(config) ? squared(x.val) : nothing, nothing, nothing)
end
function EnzymeRules.reverse(config, ::Const{typeof(squared)}, dret::Active, tape, x)
    return (3 * x.val * dret.val,)
end
ruled(x) = squared(x) + x
`

function blamed(call: string, fault: string | null): Blamed {
  return blame({ name: 'blame.jl', text: PROGRAM }, { name: 'call', text: call }, { profile: 'none', fault })
}

/** The kind of what is found, and the operation, pass or step. */
function place(found: Blamed): string {
  switch (found.kind) {
    case 'operation':
      return `${found.culprit.kind} ${found.culprit.operation}`
    case 'pass':
      return `pass ${found.run.pass}`
    case 'step':
      return `step ${found.step}`
    case 'not-finite':
      return `${found.found.origin.made} ${found.found.origin.operation}${found.found.origin.isDerivative ? ' in the derivative' : ''}`
    default:
      return found.kind
  }
}

const LOOP = 'gradient(Reverse, loop, [0.3, 2.0, 1.0])'
const F = 'gradient(Reverse, f, 2.0)'

// biome-ignore format: one fault a line
test.each([
  ['rule:sin:sign', F, 'rule f64.sin'],
  ['rule:mul:swap', F, 'rule f64.mul'],
  ['rule:from_f32:sign', 'gradient(Reverse, x -> Float64(Float32(x))^2, 0.75)', 'rule f64.from_f32'],
  ['rule:cos:factor', 'gradient(Reverse, slope, 0.7)', 'rule f64.cos'],
  ['sum:value', F, /^together/],
  ['loop:index', LOOP, 'transform for'],
  ['branch:swap', LOOP, 'transform if'],
  ['loop:index', 'autodiff(Reverse, pushed, Active, Active(3.0))', 'transform for'],
  ['branch:swap', 'autodiff(Reverse, x -> stored(x, Dict{Any,Float64}()), Active, Active(3.0))', 'transform if'],
  ['rule:trunc:leak', '[gradient(Reverse, x -> f(x) * 3.0, 1.3)[1] for f in (floor, ceil, trunc)]', 'rule f64.trunc'],
  ['rule:select:sign', 'ForwardDiff.derivative(x -> ForwardDiff.derivative(y -> abs(-y^2), x), 1.0)', 'rule f64.select'],
  ['clear:element', 'gradient(Reverse, store, [2.0, 3.0])', /store$/],
  ['pass:fold:wrong', LOOP, 'pass fold'],
  ['pass:fold:crash', LOOP, 'pass fold'],
  ['transform:gradient:crash', 'gradient(Reverse, store, [2.0, 3.0])', 'step the gradient transform'],
])('%s is found in %s', (fault, call, expected) => {
  expect(place(blamed(call, fault))).toMatch(expected)
})

// biome-ignore format: one call a line
test.each([
  ['gradient(Reverse, x -> sqrt(x[1]) * x[2], [0.0, 1.0])', 'nothing'],
  ['gradient(Reverse, x -> x[1] / x[2], [0.0, 0.0])', 'Inf f64.div in the derivative'],
  ['autodiff(Reverse, x -> x > 0 ? 1.0 : log(x * 0.0), Active, Active(-1.0))', /Inf f64.div in the derivative|NaN/],
  ['gradient(Reverse, ruled, 2.0)', 'custom-rule call'],
  [LOOP, 'nothing'],
  ['gradient(Reverse, store, [2.0, 3.0])', 'nothing'],
  ['gradient(Reverse, slope, 0.7)', 'nothing'],
  ['gradient(Reverse, undefined_name, 0.7)', 'failure'],
  ['gradient(Reverse, x -> Float64(Float32(x))^2, 0.75)', 'nothing'],
])('%s: %s, without a fault', (call, expected) => {
  expect(place(blamed(call, null))).toMatch(expected)
})

test('a transform that fails is named with its number and the IR it began with', () => {
  const found = blamed('hvp(loop, [0.3, 2.0, 1.0], [1.0, 0.0, 0.0])', 'transform:forward:crash')
  expect(found).toMatchObject({ kind: 'step', step: 'the forward transform', of: 'gradient #1 of loop(x::Vector{Float64})', number: 3 })
  if (found.kind === 'step')
    expect([found.found, found.ir]).toEqual([expect.stringMatching(/^a planted fault/), expect.stringContaining('func @loop')])
})

test('what is found has both stacks, the numbers and the difference that a pass made', () => {
  const found = blamed(F, 'rule:sin:sign')
  expect(found).toMatchObject({ kind: 'operation', culprit: { text: '%t.3 = f64.sin %x.0', derivative: 'gradient #1 of f(x::Float64)' } })
  if (found.kind !== 'operation') return
  expect(found.culprit.stack.map(frame => frame.label)).toEqual(['sin(::Float64)', 'f(x::Float64)'])
  expect(found.culprit.products.forward!).toBeCloseTo(-found.culprit.products.differences!, 6)
  const pass = blamed(LOOP, 'pass:hoist:wrong')
  expect(pass).toMatchObject({ kind: 'pass', run: { pass: 'hoist', of: 'loop(x::Vector{Float64})' } })
  if (pass.kind === 'pass') expect(pass.run.after).not.toBe(pass.run.before)
})

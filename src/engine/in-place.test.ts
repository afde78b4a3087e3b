import { describe, expect, test } from 'vitest'
import { forEachInst } from './3-ir/visit.ts'
import { createSession } from './create-session.ts'
import { testPipeline } from './test-pipeline.ts'

/** The functions that are called in the one of this name, as it is specialised. */
function calleesOf(name: string, text: string): string[] {
  const pipeline = testPipeline()
  pipeline.load({ name: 'program', text }, pipeline.specialiser.world.main)
  const found: string[] = []
  forEachInst(pipeline.ir.funcs.get(name)!.body, inst => {
    if (inst.kind === 'call') found.push(inst.callee)
  })
  return found
}

/** Labels of the stack of the failure that the last expression ends in. */
function stackOf(program: string, call: string): string[] {
  const session = createSession({ profile: 'none', write: () => {}, verbose: true })
  expect(session.load({ name: 'program', text: program }).failure).toBeNull()
  const done = session.evaluate({ name: 'call', text: call })
  return done.kind === 'failure' ? done.diagnostic.stack.map(({ label }) => label) : []
}

function valueOf(program: string, call: string): string {
  const session = createSession({ profile: 'none', write: () => {}, verbose: true })
  expect(session.load({ name: 'program', text: program }).failure).toBeNull()
  const done = session.evaluate({ name: 'call', text: call })
  return done.kind === 'value' ? done.value.shown : done.diagnostic.message
}

describe('a method of the library that only hands on', () => {
  test('is no function where it is called with a type of the program', () => {
    expect(calleesOf('f', 'struct P; a::Float64; b::Float64; end\nf(p) = p.a + (p, 1)[1].b\nf(P(1.0, 2.0))')).toEqual(['+'])
  })

  test('is on the stack of what it throws', () => {
    const program = 'struct P; a::Float64; end\nf(t, i) = t[i].a\n'
    expect(stackOf(program, 'f((P(1.0), P(2.0)), 3)')).toEqual([
      'getindex(::Tuple{P, P}, ::Int64)',
      'f(t::Tuple{P, P}, i::Int64)',
      'top-level scope',
    ])
  })

  test('has another meaning when the program gives it one', () => {
    const program = `struct P; a::Float64; end
f(p) = p.a
before = f(P(1.0))
Base.getproperty(p::P, name::Symbol) = 2 * getfield(p, name)
after = f(P(1.0))
`
    expect(valueOf(program, '(before, after)')).toBe('(1.0, 2.0)')
  })

  test('is a call where the program has a rule for it', () => {
    const program = `using Enzyme
import Enzyme.EnzymeRules: forward
struct P; a::Float64; end
function forward(config, f::Const{typeof(getproperty)}, ::Type{<:Any}, p::Annotation{P}, name::Const{Symbol})
    EnzymeRules.needs_primal(config) ? Duplicated(getproperty(p.val, name.val), 7.0) : 7.0
end
f(x) = P(x).a
`
    expect(valueOf(program, 'autodiff(Forward, f, Duplicated(1.0, 1.0))')).toBe('(7.0,)')
    const pulled = `using Zygote, ChainRulesCore
struct P; a::Float64; end
ChainRulesCore.rrule(::typeof(getproperty), p::P, name::Symbol) = getproperty(p, name), d -> (NoTangent(), Tangent{P}(a = 7d), NoTangent())
f(x) = P(x).a
`
    expect(valueOf(pulled, 'Zygote.gradient(f, 1.0)')).toBe('(7.0,)')
  })
})

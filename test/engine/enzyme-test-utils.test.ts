/** `test_forward` and `test_reverse`, `test_frule` and `test_rrule`: they pass what is right and find what is wrong. */
import { expect, test } from 'vitest'
import { sessionOf } from './session-of.ts'

test('right derivatives pass', () => {
  const tests = sessionOf(`
using Enzyme, EnzymeTestUtils, StaticArrays, Test
f(x) = x^2
@testset "scalar" begin
 @testset for Tret in (Const, Duplicated, DuplicatedNoNeed), Tx in (Const, Duplicated)
   test_forward(f, Tret, (2.0, Tx))
 end
 test_forward(f, BatchDuplicated, (2.0, BatchDuplicated))
 @testset for Tx in (Const, Active)
  test_reverse(f, Active, (2.0, Tx))
 end
end
g!(y, x) = (y .= x .^ 2; nothing)
@testset "inplace" begin
  y=zeros(3); x=[1.0,2.0,3.0]
  test_forward(g!, Const, (y, Duplicated), (x, Duplicated))
  test_reverse(g!, Const, (y, Duplicated), (x, Duplicated))
  test_reverse(g!, Const, (y, BatchDuplicated), (x, BatchDuplicated))
  test_reverse(g!, Const, (y, Duplicated), (x, Const))
end
h(x, a) = a .* sin.(x)
@testset "out" begin
  for Tx in (Const, Duplicated), Ta in (Const, Active)
    are_activities_compatible(Duplicated, Tx, Ta) || continue
    test_reverse(h, Duplicated, ([1.0,2.0], Tx), (3.0, Ta))
  end
  test_forward(h, Duplicated, ([1.0,2.0], Duplicated), (3.0, Duplicated))
  test_forward(h, BatchDuplicated, ([1.0,2.0], BatchDuplicated), (3.0, BatchDuplicated))
end
k(x; n=2) = sum(x.^n)
test_reverse(k, Active, ([1.0,2.0], Duplicated); fkwargs=(n=3,))
test_forward(k, Duplicated, ([1.0,2.0], Duplicated); fkwargs=(n=3,), rtol=1e-7)
struct TP; a::Float64; b::Vector{Float64}; end
m(t) = t.a*sum(t.b)
test_forward(m, Duplicated, (TP(2.0,[1.0,2.0]), Duplicated))
test_reverse(m, Active, (TP(2.0,[1.0,2.0]), MixedDuplicated))
struct Fn; w::Vector{Float64}; end
(f::Fn)(x) = sum(f.w .* x)
test_reverse((Fn([1.0,2.0]), Duplicated), Active, ([3.0,4.0], Duplicated))
test_forward(x->(x,[x,2x]), Duplicated, (2.0, Duplicated))
test_reverse(v->v[1]*v[2], Active, (SVector(1.0,2.0), Active))
EnzymeTestUtils.test_approx((a=[1.0], b="s"), (a=[1.0+1e-12], b="s"))
EnzymeTestUtils.test_approx(Dict(:a=>TP(1.0,[2.0])), Dict(:a=>TP(1.1,[2.0])), "far"; atol=0.2)
@test EnzymeTestUtils.auto_activity(([1.0], Duplicated)) isa Duplicated{Vector{Float64}}
`).tests()
  expect(tests.filter(t => t.status !== 'pass')).toEqual([])
  expect(tests.length).toBeGreaterThan(100)
})

test('a wrong rule is found', () => {
  const tests = sessionOf(`
using Enzyme, EnzymeTestUtils, Test
import Enzyme.EnzymeRules
using .EnzymeRules: RevConfig, AugmentedReturn
bad(x) = x^3
EnzymeRules.augmented_primal(c::RevConfig, func::Const{typeof(bad)}, ::Type{<:Active}, x::Active) = AugmentedReturn(EnzymeRules.needs_primal(c) ? func.val(x.val) : nothing, nothing, nothing)
EnzymeRules.reverse(c::RevConfig, ::Const{typeof(bad)}, d::Active, tape, x::Active) = (2*x.val^2*d.val,)
test_reverse(bad, Active, (2.0, Active))
`).tests()
  expect(tests.map(t => t.status)).toEqual(['pass', 'pass', 'pass', 'fail'])
})

test('right rules of ChainRulesCore pass', () => {
  const tests = sessionOf(`
using ChainRulesCore, ChainRulesTestUtils, Test, LinearAlgebra, Random
foo(x) = x^2 + 1
ChainRulesCore.rrule(::typeof(foo), x) = foo(x), ȳ -> (NoTangent(), 2x * ȳ)
ChainRulesCore.frule((_, ẋ), ::typeof(foo), x) = foo(x), 2x * ẋ
bar(x, y) = sum(x .* y)
function ChainRulesCore.rrule(::typeof(bar), x, y)
    bar_pullback(ȳ) = NoTangent(), @thunk(ȳ .* y), @thunk(ȳ .* x)
    return bar(x, y), bar_pullback
end
baz(x, y) = x * y
@scalar_rule baz(x, y) (y, x)
@testset "rules" begin
test_rrule(foo, 2.0)
test_frule(foo, 2.0)
test_rrule(bar, [1.0, 2.0], [3.0, 4.0])
test_scalar(foo, 1.0)
end
@testset "types" begin
@test unthunk(@thunk(1.0 + 1.0)) == 2.0
@test NoTangent() + NoTangent() == NoTangent()
@test ZeroTangent() + 1.0 == 1.0
@test ZeroTangent() * 3 == ZeroTangent()
@test rrule(baz, 2.0, 3.0)[1] == 6.0
@test rrule(baz, 2.0, 3.0)[2](1.0) == (NoTangent(), 3.0, 2.0)
@test frule((NoTangent(), 1.0, 0.0), baz, 2.0, 3.0) == (6.0, 3.0)
t = Tangent{NamedTuple{(:a,),Tuple{Float64}}}(a = 1.0)
@test t.a == 1.0
@test rand_tangent(1.0) isa Float64
@test size(rand_tangent([1.0 2.0])) == (1, 2)
@test rand_tangent(1) isa NoTangent
@test ProjectTo(1.0)(2.0 + 3.0im) == 2.0
@test @not_implemented("x") isa ChainRulesCore.NotImplemented
@test rrule(sin, 1.0) === nothing || rrule(sin, 1.0)[1] == sin(1.0)
@test InplaceableThunk(x -> x .+= 1, @thunk(1.0)) isa Any
@test iszero(ZeroTangent())
@test zero_tangent([1.0, 2.0]) == [0.0, 0.0]
end
qux(x) = round(x)
@non_differentiable qux(::Any)
@testset "nondiff" begin
@test rrule(qux, 1.5)[2](1.0) == (NoTangent(), NoTangent())
@test frule((NoTangent(), 1.0), qux, 1.5) == (2.0, NoTangent())
test_rrule(qux, 1.6 ⊢ NoTangent())
end

struct Aff; W::Matrix{Float64}; b::Vector{Float64}; n::Int; end
(a::Aff)(x) = a.W * x .+ a.b .* a.n
function ChainRulesCore.rrule(a::Aff, x)
    y = a(x)
    pb(ȳ) = (Tangent{Aff}(W = ȳ * x', b = a.n .* ȳ), a.W' * ȳ)
    return y, pb
end
two(x) = (sin(x), 2x)
ChainRulesCore.rrule(::typeof(two), x) = two(x), d -> (NoTangent(), cos(x) * d[1] + 2d[2])
ChainRulesCore.frule((_, dx), ::typeof(two), x) = two(x), Tangent{Tuple{Float64,Float64}}(cos(x) * dx, 2dx)
cplx(z) = abs2(z)
ChainRulesCore.rrule(::typeof(cplx), z) = cplx(z), d -> (NoTangent(), 2d * z)
kwf(x; p = 2) = x^p
ChainRulesCore.rrule(::typeof(kwf), x; p = 2) = kwf(x; p), d -> (NoTangent(), p * x^(p-1) * d)
pw(x, n::Int) = x^n
ChainRulesCore.rrule(::typeof(pw), x, n::Int) = pw(x, n), d -> (NoTangent(), n * x^(n-1) * d, NoTangent())
st(a::Aff) = sum(a.W) * a.b[1]
ChainRulesCore.rrule(::typeof(st), a::Aff) = st(a), d -> (NoTangent(), Tangent{Aff}(W = fill(d * a.b[1], size(a.W)), b = [d * sum(a.W), 0.0]))
inpl(x) = sum(abs2, x)
ChainRulesCore.rrule(::typeof(inpl), x) = inpl(x), d -> (NoTangent(), InplaceableThunk(dx -> dx .+= 2d .* x, @thunk(2d .* x)))
@testset "more" begin
a = Aff([1.0 2.0; 3.0 4.0], [1.0, 2.0], 2)
test_rrule(a, [1.0, -1.0])
test_rrule(two, 0.5); test_frule(two, 0.5)
test_rrule(cplx, 1.0 + 2.0im)
test_rrule(kwf, 1.5; fkwargs = (p = 3,))
test_rrule(pw, 1.5, 3)
test_rrule(st, a)
test_rrule(inpl, [1.0, 2.0])
test_approx([1.0, 2.0], [1.0, 2.0 + 1e-12])
@test_throws MethodError rrule_via_ad(nothing, sin, 1.0)
end
`).tests()
  expect(tests.filter(t => t.status !== 'pass')).toEqual([])
  expect(tests.length).toBeGreaterThan(80)
})

test('a wrong rrule is found', () => {
  const tests = sessionOf(`
using ChainRulesCore, ChainRulesTestUtils, Test
bad(x) = x^2
ChainRulesCore.rrule(::typeof(bad), x) = bad(x), d -> (NoTangent(), 3x * d)
test_rrule(bad, 2.0)
`).tests()
  expect(tests.map(t => t.status)).toEqual(['pass', 'pass', 'pass', 'pass', 'fail'])
})

const SCENARIOS = `
using DifferentiationInterface, DifferentiationInterfaceTest, Enzyme
f(x::AbstractArray) = sum(sin, x)
x = [1.0 2.0; 3.0 4.0]
product(y, x, a) = (y .= a .* x; nothing)
`

test('backends are held against the results that scenarios know', () => {
  const tests = sessionOf(`${SCENARIOS}
scenarios = [Scenario{:gradient,:out}(f, x; res1 = cos.(x)), Scenario{:gradient,:in}(f, x; res1 = cos.(x)),
    Scenario{:pushforward,:in}(product, zeros(2), [1.0, 2.0], ([1.0, 1.0],), Constant(3.0); res1 = ([3.0, 3.0],)),
    Scenario{:hessian,:out}(f, [1.0, 2.0]; res1 = cos.([1.0, 2.0]), res2 = [-sin(1.0) 0.0; 0.0 -sin(2.0)]),
    compute_results(Scenario{:hvp,:out}(f, x, (x,)), AutoForwardDiff())]
test_differentiation([AutoEnzyme(), AutoZygote()], scenarios; excluded = [:jacobian])
test_differentiation(AutoForwardDiff(), scenarios[1:1]; correctness = true)
`)
  // Zygote does not take functions that write their result.
  expect(tests.tests().map(t => t.status)).toEqual(Array.from({ length: 3 * (5 + 4 + 1) }, () => 'pass'))
})

test.each([
  'Scenario{:gradient,:out}(f, x; res1 = sin.(x))',
  'Scenario{:second_derivative,:out}(sin, 1.0; res1 = cos(1.0), res2 = sin(1.0))',
  'Scenario{:gradient,:out}(x -> (x .*= 2.0; sum(x)), copy(x); res1 = fill(2.0, 2, 2))',
])('a scenario that is not met is told: %s', scenario => {
  const tests = sessionOf(`${SCENARIOS}test_differentiation(AutoEnzyme(), [${scenario}])`).tests()
  expect(tests.some(t => t.status === 'fail')).toBe(true)
})

test('scenarios of a shape hold, and those made of them', () => {
  const tests = sessionOf(`using DifferentiationInterface, DifferentiationInterfaceTest, Enzyme
all = default_scenarios(; include_batchified = false, include_constantified = true, include_cachified = true)
test_differentiation(AutoEnzyme(), filter(s -> s.x isa AbstractVector && s.y isa Number, all); excluded = [:hessian, :hvp, :pullback])
`).tests()
  expect(tests).toHaveLength(27)
  expect(tests.filter(t => t.status !== 'pass')).toEqual([])
})
